"""Power cuts at any moment of a day: nothing promised is lost, nothing is torn; and they would be found."""

import shutil
from pathlib import Path

import pytest
from tests.faults.power.cuts import Cuts, Day, Tools, cut, make_tools, record
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH

from counter_app.bootstrap import open_desk
from counter_app.services.look_up import open_dossier
from counter_app.services.receive_dossier import receive
from counter_app.storage.engine import run_outside_transaction


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return make_tools(tmp_path_factory.mktemp("power"))


def power_cuts(folder: Path, tools: Tools, day: Day, *, cuts: int, lies: int = 0) -> Cuts:
    return cut(record(day, folder / "day", tools), folder / "image", tools, seed=1, cuts=cuts, lies=lies)


@pytest.mark.slow
@pytest.mark.parametrize("pages", [8192, 64], ids=["shipped settings", "often moved log"])
def test_nothing_promised_is_lost_or_torn(tools: Tools, tmp_path: Path, pages: int) -> None:
    found = power_cuts(tmp_path, tools, Day(seed=1, acts=30, checkpoint_pages=pages), cuts=40)
    assert found.wrong == []
    assert (found.lost, found.torn, found.told.total()) == (0, 0, 0)
    assert found.images == 80
    assert found.promises > 500, "the cuts came before anything was promised"
    assert found.pending > 500, "nothing was under way when the power went"


@pytest.mark.slow
@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_the_cuts_find_a_program_that_does_not_wait_for_its_disk(
    tools: Tools, tmp_path: Path, synchronous: str
) -> None:
    found = power_cuts(tmp_path, tools, Day(seed=1, acts=30, synchronous=synchronous), cuts=20)
    assert found.lost + found.told.total() > 5
    assert found.wrong


@pytest.mark.slow
def test_a_disk_that_lies_is_never_believed_in_silence(tools: Tools, tmp_path: Path) -> None:
    """Newest acts may be gone; what is shown is whole, or the damage is told."""
    found = power_cuts(tmp_path, tools, Day(seed=2, acts=30, checkpoint_pages=64), cuts=15, lies=300)
    assert found.silent == 0, found.wrong
    assert found.lost + found.told.total() > 3


def test_a_first_sector_torn_while_the_log_was_moved_is_mended_by_the_log(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "counter", MORNING)
    code = receive(desk, BIRTH, clerk="Mai").dossier_code
    with desk.store.writing() as transaction:
        # Page 1 is in the log once the schema or the size of the file has changed.
        transaction._sql.run("CREATE TABLE padding (content BLOB)")  # type: ignore[attr-defined]
        transaction._sql.run("DROP TABLE padding")  # type: ignore[attr-defined]
    after = shutil.copytree(tmp_path / "counter", tmp_path / "after")
    desk.store.close()
    (after / "counter.db-shm").unlink()
    with (after / "counter.db").open("r+b") as file:
        file.write(b"\xa5" * 512)
    again = open_desk(after)
    assert open_dossier(again, code).dossier.dossier_code == code
    (checked,) = run_outside_transaction(again.store._writer, "PRAGMA integrity_check")  # type: ignore[attr-defined]
    assert checked == "ok"
    again.store.close()
