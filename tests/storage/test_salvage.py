"""What a damaged database still gives is saved, nothing wrong is, and what is missing is named."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.builders import MORNING, CountingIds
from tests.helpers.desks import make_desk
from tests.helpers.life import rows
from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.bootstrap import open_backups
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.backup.automatic import keep_safe
from counter_app.services.backup.salvage import Salvaged, salvage
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.storage import key_store
from counter_app.storage.damaged_file import DamagedFile
from counter_app.storage.data_folder import DataFolder

PAGE = 4096
COUNT = 24


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A counter of 24 dossiers; the backup knows the first 16."""
    folder = tmp_path_factory.mktemp("office") / "data"
    desk = make_desk(folder, MORNING)
    for number in range(COUNT):
        if number == 16:
            assert keep_safe(desk).made is not None
        receive(desk, BIRTH if number % 3 else CERTIFIED_COPY, clerk="Mai")
    desk.store.close()
    return folder


def all_dossiers(desk: Desk) -> dict[str, tuple[Dossier, Any]]:
    with desk.store.reading() as queries:
        found = [
            queries.dossier_by_code(str(row[0])) for row in rows(desk, "SELECT dossier_code FROM dossier")
        ]
        return {each.dossier_code: (each, queries.history(each.dossier_id)) for each in found if each}


def damage(folder: Path, pages: list[int]) -> None:
    database = DataFolder(folder).database
    content = bytearray(database.read_bytes())
    for page in pages:
        content[PAGE * page + 1000] ^= 0x10
    database.write_bytes(content)


def page_of(table: str, folder: Path) -> int:
    """Return a page without which a table cannot be read."""
    statement = f"SELECT * FROM {table}"
    pages = with_each_page_damaged(folder)
    return next(page for page, file in pages if file.readable() and file.value(statement) is None)


def data_pages(folder: Path) -> list[int]:
    """Return the pages that hold data: without those of the list of tables nothing can be read at all."""
    return [page for page, file in with_each_page_damaged(folder) if file.readable()]


def with_each_page_damaged(folder: Path) -> Iterator[tuple[int, DamagedFile]]:
    database = DataFolder(folder).database
    good, key = database.read_bytes(), key_store.load(DataFolder(folder)).secret
    probe = folder.parent / "probe.db"
    for page in range(1, len(good) // PAGE):
        content = bytearray(good)
        content[PAGE * page + 1000] ^= 0x10
        probe.write_bytes(content)
        file = DamagedFile(probe, key)
        yield page, file
        file.close()


def saved(folder: Path) -> Salvaged:
    desk = make_desk(folder.parent / "for-its-clock", MORNING)
    desk.store.close()
    return salvage(open_backups(folder), desk.clock, desk.ids)


def check(folder: Path, done: Salvaged, before: dict[str, Any], *, filled: bool) -> None:
    desk = make_desk(folder, MORNING)
    desk.ids = CountingIds(9_000_000)
    after = all_dossiers(desk)
    assert len(after) == done.report.dossiers
    assert set(before) == set(after) | set(done.report.lost_dossiers)
    assert not set(after) & set(done.report.lost_dossiers)
    history_whole = not any(each.table == "history" for each in done.report.tables)
    for code, (dossier, history) in after.items():
        assert dossier == before[code][0]  # never a wrong value
        if history_whole:
            assert history == before[code][1]
    if filled:
        assert not set(done.report.lost_dossiers) & set(list(before)[:16])
    with desk.store.reading() as queries:
        assert queries.integrity_problem() == ""
        assert len(queries.find("dinh thi sen")) == len(after)
    assert str(receive(desk, BIRTH, clerk="Mai").dossier_code) not in before
    desk.store.close()


@pytest.mark.slow
@pytest.mark.parametrize("with_backup", [True, False])
def test_pages_damaged_at_random_lose_nothing_that_can_be_read(
    office: Path, tmp_path: Path, with_backup: bool
) -> None:
    desk = make_desk(office, MORNING)
    before = all_dossiers(desk)
    desk.store.close()
    chance, refused, pages = random.Random(22), 0, data_pages(office)
    for round_ in range(0, 8, 2):
        folder = shutil.copytree(office, tmp_path / f"round-{round_}" / "data")
        if not with_backup:
            shutil.rmtree(folder / "backups")
        damage(folder, chance.sample(pages, 1 + round_))
        broken = DataFolder(folder).database.read_bytes()
        try:
            done = saved(folder)
        except EnvironmentProblem:
            # Without a backup the page of the settings may be gone: then nothing is replaced.
            assert not with_backup
            assert DataFolder(folder).database.read_bytes() == broken
            refused += 1
            continue
        aside = DataFolder(folder.parent / done.set_aside).database
        assert aside.read_bytes() == broken  # the damaged file is never touched
        check(folder, done, before, filled=with_backup)
    assert refused < 3


def test_an_unharmed_database_loses_nothing(office: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(office, tmp_path / "data")
    desk = make_desk(folder, MORNING)
    before = all_dossiers(desk)
    desk.store.close()
    done = saved(folder)
    assert (done.report.tables, done.report.lost_dossiers) == ([], [])
    check(folder, done, before, filled=True)


@pytest.mark.slow
def test_acts_that_are_only_in_the_log_are_saved(office: Path, tmp_path: Path) -> None:
    """The newest acts lie in the log until the window is closed; a power cut and a bad page come together."""
    folder = shutil.copytree(office, tmp_path / "live")
    desk = make_desk(folder, MORNING)
    newest = receive(desk, BIRTH, clerk="Mai")
    crashed = shutil.copytree(folder, tmp_path / "data")
    desk.store.close()
    assert (crashed / "counter.db-wal").stat().st_size > 0
    done = saved(crashed)
    assert done.report.dossiers == COUNT + 1
    again = make_desk(crashed, MORNING)
    assert newest.dossier_code in all_dossiers(again)
    again.store.close()


def test_a_file_of_which_nothing_can_be_read_is_left_alone(office: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(office, tmp_path / "data")
    damage(folder, [0])
    broken = DataFolder(folder).database.read_bytes()
    with pytest.raises(EnvironmentProblem, match="salvage_nothing_readable"):
        saved(folder)
    assert DataFolder(folder).database.read_bytes() == broken
    assert not (tmp_path / "data.restoring").exists()


@pytest.mark.slow
def test_numbers_of_papers_filled_from_a_backup_jump_over_what_was_given_since(
    office: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(office, tmp_path / "data")
    damage(folder, [page_of("paper_number", office)])
    done = saved(folder)
    assert "paper_number" in {each.table for each in done.report.tables}
    desk = make_desk(folder, MORNING)
    desk.ids = CountingIds(9_000_000)
    assert receive(desk, BIRTH, clerk="Mai").register_no > COUNT
    desk.store.close()
