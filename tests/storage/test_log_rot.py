"""A log whose middle rotted is told once, before anything is lost; one a power cut ended is not."""

import shutil
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH

from counter_app.bootstrap import open_desk
from counter_app.domain.errors import EnvironmentProblem
from counter_app.messages import text_of
from counter_app.services.receive_dossier import receive
from counter_app.storage.log_rot import is_rotten

_HEAD, _FRAME = 32, 24 + 4096


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A counter whose three dossiers are in its log only."""
    desk = make_desk(tmp_path / "counter", MORNING)
    desk.store.close()
    desk = make_desk(tmp_path / "counter", MORNING)
    for _ in range(3):
        receive(desk, BIRTH, clerk="Mai")
    left = shutil.copytree(tmp_path / "counter", tmp_path / "crashed", ignore=shutil.ignore_patterns("*-shm"))
    desk.store.close()
    return left


def flip(log: Path, at: int) -> None:
    content = bytearray(log.read_bytes())
    content[at] ^= 4
    log.write_bytes(content)


@pytest.mark.parametrize("at", [3, 20, 28, _HEAD + 2, _HEAD + 9, _HEAD + 20, _HEAD + 3000])
def test_a_bit_anywhere_before_the_last_act_is_noticed(crashed: Path, at: int) -> None:
    log = crashed / "counter.db-wal"
    assert not is_rotten(log)
    flip(log, at)
    assert is_rotten(log)


def test_it_is_told_once_and_then_the_rest_is_opened(crashed: Path) -> None:
    flip(crashed / "counter.db-wal", _HEAD + 2000)
    before = (crashed / "counter.db-wal").read_bytes()
    with pytest.raises(EnvironmentProblem, match="log_damaged") as told:
        open_desk(crashed)
    assert text_of(told.value) != "log_damaged"
    assert (crashed / "counter.db-wal").read_bytes() == before, "nothing may be gone before it was told"
    desk = open_desk(crashed)
    with desk.store.reading() as queries:
        assert queries.integrity_problem() == ""
    desk.store.close()
    assert not (crashed / "log-damaged").exists()


@pytest.mark.parametrize("frames", [0, 1, 5, 30])
@pytest.mark.parametrize("more", [0, 10, 24, 2000])
def test_a_log_cut_off_by_a_power_cut_is_none_of_it(crashed: Path, frames: int, more: int) -> None:
    log = crashed / "counter.db-wal"
    log.write_bytes(log.read_bytes()[: _HEAD + frames * _FRAME + more])
    assert not is_rotten(log)


def test_a_torn_last_act_is_a_power_cut(crashed: Path) -> None:
    log = crashed / "counter.db-wal"
    flip(log, log.stat().st_size - 100)
    assert not is_rotten(log)
