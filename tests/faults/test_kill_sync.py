"""`kill -9` of the server under load and of a counter in its exchange: nothing is lost or doubled."""

import pytest
from tests.faults.sync_kills import kill_counters, kill_servers


@pytest.mark.slow
def test_what_a_killed_server_confirmed_is_there_once() -> None:
    outcome = kill_servers(8, stop_postgres_each=4)
    assert outcome.wrong == []
    assert (outcome.missing, outcome.doubled) == (0, 0)
    assert outcome.acked > 100


@pytest.mark.slow
def test_a_counter_killed_in_its_exchange_loses_and_doubles_nothing() -> None:
    outcome = kill_counters(8)
    assert outcome.wrong == []
    assert (outcome.missing, outcome.doubled) == (0, 0)
    assert outcome.acked > 8
