"""A slice of the rounds `make faults` runs ten thousand of."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.stoppable_postgres import StoppablePostgres, stoppable_postgres
from tests.faults.sync_rounds import HEALED_WITHIN, run_seed


@pytest.fixture(scope="module")
def postgres() -> Iterator[StoppablePostgres]:
    with tempfile.TemporaryDirectory(prefix="counter-pg-") as data, stoppable_postgres(Path(data)) as server:
        yield server


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 4, 5])
def test_nothing_is_lost_doubled_or_different_after_the_line_is_mended(
    postgres: StoppablePostgres, tmp_path: Path, seed: int
) -> None:
    outcome = run_seed(tmp_path, postgres, seed, 100)
    assert outcome.wrong == []
    assert (outcome.lost, outcome.doubled) == (0, 0)
    assert outcome.exchanges <= HEALED_WITHIN
    assert len(outcome.faults) > 10, "the faults were not spread"
    assert outcome.events > 200
