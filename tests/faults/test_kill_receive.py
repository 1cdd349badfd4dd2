"""`kill -9` while dossiers are received: what was acknowledged is there, whole."""

from pathlib import Path

import pytest
from tests.faults.receive_kills import kill_receivers


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kills", "pages"), [(200, 8192), (20, 32)], ids=["two hundred", "while the log is moved often"]
)
def test_nothing_acknowledged_is_lost(tmp_path: Path, kills: int, pages: int) -> None:
    killed = kill_receivers(tmp_path / "counter", kills, checkpoint_pages=pages)
    assert (killed.lost, killed.wrong) == (0, [])
    assert killed.acknowledged >= killed.kills == kills
    assert killed.spread > 5, "the kills were not spread over the act"
