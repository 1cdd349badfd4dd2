"""A real PostgreSQL and server for counters to talk to, and one whose answers are scripted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.postgres import cluster, database_url, server
from tests.sync.counters import Counter
from tests.sync.scripted_server import ScriptedServer, listening

__all__ = ["cluster", "counter", "database_url", "scripted", "server"]


@pytest.fixture
def scripted() -> Iterator[ScriptedServer]:
    """A server that answers what a test says."""
    made = ScriptedServer()
    with listening(made):
        yield made


@pytest.fixture
def counter(tmp_path: Path, scripted: ScriptedServer) -> Iterator[Counter]:
    """A counter that takes the scripted server for its own."""
    made = Counter(tmp_path / "one")
    made.believe(scripted.url)
    yield made
    made.close()
