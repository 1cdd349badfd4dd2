"""A disk without room, or a data folder that cannot be written: no pack, and nothing has changed."""

import os
import shutil
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.packs import PackMaker

from counter_app.domain.errors import EnvironmentProblem
from counter_app.locations import program_data
from counter_app.messages import text_of
from counter_app.services.install_pack import install_pack, trust_root
from counter_app.storage.disk_reserve import RESERVE_BYTES


@pytest.fixture
def maker(tmp_path: Path) -> PackMaker:
    return PackMaker.below(tmp_path)


@pytest.fixture
def pack(maker: PackMaker, tmp_path: Path) -> Path:
    content = tmp_path / "content"
    shutil.copytree(program_data() / "resources" / "calendars", content / "calendars")
    shutil.copytree(program_data() / "resources" / "admin-units", content / "admin-units")
    return maker.make(content, "2026.12.1")


def fill_up(path: Path) -> None:
    with path.open("wb", buffering=0) as filler:
        try:
            while filler.write(b"\0" * 4096):
                pass
        except OSError:
            return


def test_a_full_disk_takes_no_pack_and_keeps_the_data(
    small_disk: Path | None, maker: PackMaker, pack: Path, tmp_path: Path
) -> None:
    folder = (small_disk or tmp_path) / "counter"
    desk = make_desk(folder, MORNING)
    trust_root(desk, maker.roots[0])
    if small_disk is not None:
        fill_up(small_disk / "filler")
    else:
        # No disk of our own here: a file stands where the packs' folder must grow.
        (folder / "packs" / f".part-{os.getpid()}").write_text("in the way")
    before = desk.catalogue.calendar().version
    with pytest.raises(EnvironmentProblem) as refused:
        install_pack(desk, pack)
    assert refused.value.code == ("pack_not_written" if small_disk is None else "pack_needs_room")
    assert text_of(refused.value) != "pack_not_written"
    assert desk.catalogue.calendar().version == before
    assert not desk.packs.installed()
    if small_disk is not None:
        (small_disk / "filler").unlink()
    else:
        (folder / "packs" / f".part-{os.getpid()}").unlink()
    assert install_pack(desk, pack).pack.active
    desk.store.close()


def test_the_reserve_for_dossiers_is_not_spent_on_a_pack(
    maker: PackMaker, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "counter"
    desk = make_desk(folder, MORNING)
    trust_root(desk, maker.roots[0])
    usage = shutil.disk_usage(folder)
    # What is free once the reserve has been given back.
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage._replace(free=RESERVE_BYTES))
    with pytest.raises(EnvironmentProblem) as refused:
        install_pack(desk, pack)
    assert refused.value.code == "pack_needs_room"
    assert (folder / "reserve.bin").is_file()
    assert not desk.packs.installed()
    desk.store.close()
