"""`kill -9` while a day is closed: it is closed whole or not at all, and its sheet can still be printed."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.visits import CERTIFIED_COPY

from counter_app.domain.day_close import FindingKind
from counter_app.services.day_close import close_day
from counter_app.services.ports import SENDING
from counter_app.services.print_day_close import print_day_close
from counter_app.services.receipts import Payment, collect
from counter_app.services.receive_dossier import receive


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_day_is_closed_whole_or_not_at_all(tmp_path: Path, when: str) -> None:
    desk = make_desk(tmp_path / "counter", MORNING)
    collect(desk, receive(desk, CERTIFIED_COPY, clerk=CLERK).dossier_id, Payment(amount_vnd=4000))
    desk.store.close()
    words = [sys.executable, "-m", "tests.faults.kill_day_close", str(tmp_path / "counter"), when]
    killed = subprocess.run(words, capture_output=True, check=False)
    assert killed.returncode == -9, killed.stderr.decode()
    desk = make_desk(tmp_path / "counter", MORNING.replace(hour=18))
    with desk.store.reading() as queries:
        close = queries.last_day_close()
        events, tip = queries.sync_state().waiting, queries.chain_tip()
    if when == "before":
        assert close is None
        close = close_day(desk, MORNING.date(), 4000, dict.fromkeys(FindingKind, "Mất điện"))
        assert close.revision == 1
    else:
        assert close is not None
        assert (close.tip, close.expected_cash_vnd, close.difference_vnd) == (tip, 4000, 0)
        assert events == 3, "the receipt of the dossier, of the money, and the closing"
        with desk.store.reading() as queries:
            outcomes = [each.outcome for each in queries.prints(close.close_id)]
        assert outcomes == [SENDING], "nobody knows whether the sheet is out"
    assert print_day_close(desk, close.close_id) == (1 if when == "before" else 2)
    desk.store.close()
