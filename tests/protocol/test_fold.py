"""The rules by which events of several counters and the server become one state."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_protocol.dossier_state import patch_between, patched
from counter_protocol.events import SERVER, EventEnvelope, EventKind
from counter_protocol.fold import ENDED_BY, OWNER, REV, FlagKind, Folded, changes_state, fold

ONE, TWO = "device-1", "device-2"


def event(
    kind: str, device: str = ONE, *, seen: int = 0, add: Mapping[str, int] | None = None, **fields: object
) -> EventEnvelope:
    patch: dict[str, object] = {"set": {name.replace("__", "."): value for name, value in fields.items()}}
    if add:
        patch["add"] = dict(add)
    return EventEnvelope(
        event_id="e",
        kind=kind,
        unit_code="H29.12",
        device_id=device,
        counter=1,
        clerk="hoa",
        dossier_id="d",
        rev=1,
        at=datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
        data={"seen": seen, "state": patch},
    )


RECEIVED = event(EventKind.DOSSIER_RECEIVED, status="received", life__paid_vnd=0, life__holder=None)
HANDED_OVER = event(EventKind.DOSSIER_HANDED_OVER, status="processing", life__holder={"name": "Lan"})
RESOLVED = event(EventKind.RESULT_ARRIVED, status="resolved")
RETURNED = event(EventKind.RESULT_RETURNED, status="returned")
RETURNED_ELSEWHERE = event(EventKind.RESULT_RETURNED, TWO, seen=3, status="returned")
TAKEN_OVER = event(EventKind.DOSSIER_TAKEN_OVER, TWO)
SERVER_RESOLVED = event(EventKind.STATUS_SET, SERVER, status="resolved")
ACTED_ELSEWHERE = event(EventKind.DOSSIER_HANDED_OVER, TWO, status="processing")
PAID = event(EventKind.FEE_COLLECTED, add={"life.paid_vnd": 5})
UNDONE = event(EventKind.ACT_UNDONE, seen=2, status="processing")
UNDONE_ELSEWHERE = event(EventKind.ACT_UNDONE, TWO, seen=2, status="resolved")
ALIASED = event(EventKind.CODE_ALIASED, SERVER, aliases=["H29.12-261123-9999"])
NEWER = event("dossier_digitised", copies=3)
CASES: dict[str, tuple[list[EventEnvelope], str, FlagKind | None]] = {
    "the owner acts": ([RECEIVED, HANDED_OVER], "processing", None),
    "nothing is known of it": ([HANDED_OVER], "", FlagKind.RECEIPT_MISSING),
    "received again": ([RECEIVED, RECEIVED], "received", FlagKind.RECEIVED_TWICE),
    "another acts": ([RECEIVED, ACTED_ELSEWHERE], "received", FlagKind.NOT_OWNER),
    "another gives the result": ([RECEIVED, HANDED_OVER, RESOLVED, RETURNED_ELSEWHERE], "returned", None),
    "given twice": ([RECEIVED, RETURNED, RETURNED_ELSEWHERE], "returned", FlagKind.RETURNED_TWICE),
    "given twice by one": ([RECEIVED, RETURNED, RETURNED], "returned", FlagKind.RETURNED_TWICE),
    "a return unseen": ([RECEIVED, RETURNED_ELSEWHERE, HANDED_OVER], "returned", FlagKind.ACT_AFTER_END),
    "money after a return unseen": ([RECEIVED, RETURNED_ELSEWHERE, PAID], "returned", None),
    "taken over": ([RECEIVED, TAKEN_OVER, ACTED_ELSEWHERE], "processing", None),
    "the old owner goes on": ([RECEIVED, TAKEN_OVER, HANDED_OVER], "received", FlagKind.NOT_OWNER),
    "the server says resolved": ([RECEIVED, SERVER_RESOLVED], "resolved", None),
    "the server is late": ([RECEIVED, RETURNED, SERVER_RESOLVED], "returned", FlagKind.STATUS_AFTER_END),
    "the server unseen": ([RECEIVED, SERVER_RESOLVED, HANDED_OVER], "resolved", FlagKind.STATUS_CONFLICT),
    "the server seen": ([RECEIVED, SERVER_RESOLVED, UNDONE], "processing", None),
    "its own return taken back": ([RECEIVED, RETURNED_ELSEWHERE, UNDONE_ELSEWHERE], "resolved", None),
    "another's taken back": ([RECEIVED, RETURNED, UNDONE_ELSEWHERE], "returned", FlagKind.NOT_OWNER),
    "a kind of a newer program": ([RECEIVED, NEWER], "received", None),
    "an alias after the end": ([RECEIVED, RETURNED, ALIASED], "returned", None),
}


def folded(events: list[EventEnvelope]) -> Folded:
    result = Folded(state=None)
    for office_seq, each in enumerate(events, 1):
        result = fold(result.state, each, office_seq)
    return result


@pytest.mark.parametrize(("events", "status", "flag"), list(CASES.values()), ids=list(CASES))
def test_rule(events: list[EventEnvelope], status: str, flag: FlagKind | None) -> None:
    result = folded(events)
    assert (result.state or {}).get("status", "") == status
    assert result.flag is flag
    if result.state is not None:
        assert result.state[REV] == len(events)


def test_what_is_put_aside_changes_nothing_but_the_count() -> None:
    before = folded([RECEIVED, RESOLVED, RETURNED]).state
    after = fold(before, event(EventKind.RESULT_RETURNED, TWO, status="returned", life__returned={"x": 1}), 4)
    assert before is not None
    assert after.state is not None
    assert {**after.state, REV: 0} == {**before, REV: 0}
    assert after.params["ended_by"] == ONE


def test_sums_of_two_counters_add_up_and_the_rest_stays() -> None:
    money = [event(EventKind.FEE_COLLECTED, device, add={"life.paid_vnd": 8000}) for device in (ONE, TWO)]
    state = folded([RECEIVED, *money]).state
    assert state is not None
    assert state["life.paid_vnd"] == 16000
    assert state["status"] == "received"


def test_no_patch_can_make_itself_the_owner() -> None:
    thief = event(EventKind.FEE_COLLECTED, TWO, fold__owner=TWO, fold__ended_by=TWO)
    state = folded([RECEIVED, thief]).state
    assert state is not None
    assert (state[OWNER], state[ENDED_BY]) == (ONE, "")


@pytest.mark.parametrize(
    "patch",
    [{"set": []}, {"add": {"life.paid_vnd": "8"}}, {"add": {"life.paid_vnd": True}}, {"add": {"status": 1}}],
)
def test_a_patch_nobody_can_read_is_an_error(patch: Mapping[str, object]) -> None:
    broken = EventEnvelope(
        **{**{f: getattr(HANDED_OVER, f) for f in HANDED_OVER.__slots__}, "data": {"state": patch}}
    )
    with pytest.raises(ValueError, match=r"patch|whole number"):
        fold(folded([RECEIVED]).state, broken, 2)


def test_events_without_a_patch_leave_the_state() -> None:
    rated = replace(RECEIVED, data={"score": 5})
    state = folded([RECEIVED]).state
    assert not changes_state(rated)
    assert fold(state, rated, 2).state == state


values = st.none() | st.booleans() | st.integers(0, 9) | st.lists(st.integers(0, 2), max_size=2)
states = st.fixed_dictionaries(
    {"life.paid_vnd": st.integers(0, 9)}, optional={"a": values, "b": values, "life.c": values}
)


@given(states, states)
def test_a_patch_leads_from_one_state_to_the_other(
    before: dict[str, object], after: dict[str, object]
) -> None:
    whole = {**before, **after}  # no field is ever taken away
    assert patched(before, patch_between(before, whole)) == whole
    assert patched(None, patch_between(None, whole)) == whole
