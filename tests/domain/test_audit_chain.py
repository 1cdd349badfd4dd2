"""The chain of the audit log: what was tampered with is told with its place, and a whole log has no flaw."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from counter_app.domain.audit_chain import (
    Anchor,
    AnchorKind,
    FlawKind,
    StoredEntry,
    Tip,
    entry_hash,
    flaws,
    hash_of,
)

LENGTH = 40


def log(length: int = LENGTH) -> list[StoredEntry]:
    rows: list[StoredEntry] = []
    prev = bytes(32)
    for seq in range(1, length + 1):
        texts = (f"2026-11-23T01:00:{seq:02}.000000Z", "Trần Thị Mai", "dossier_received", f"d{seq}", "{}")
        value = entry_hash(prev, seq, *texts)
        at, clerk, act, subject_id, detail = texts
        rows.append(
            StoredEntry(
                seq=seq,
                at=at,
                clerk=clerk,
                act=act,
                subject_id=subject_id,
                detail=detail,
                prev_hash=prev,
                hash=value,
            )
        )
        prev = value
    return rows


def chained(rows: list[StoredEntry], start: int) -> list[StoredEntry]:
    """Make the hashes of all from place `start` on anew, as somebody with the key could."""
    made = rows[: start - 1]
    for row in rows[start - 1 :]:
        prev = made[-1].hash if made else bytes(32)
        fresh = replace(row, seq=len(made) + 1, prev_hash=prev)
        made.append(replace(fresh, hash=hash_of(fresh)))
    return made


def tip_of(rows: list[StoredEntry]) -> Tip:
    return Tip(seq=rows[-1].seq, hash=rows[-1].hash)


def anchor(rows: list[StoredEntry], place: int) -> Anchor:
    row = rows[place - 1]
    return Anchor(tip=Tip(seq=place, hash=row.hash), at=row.at, kind=AnchorKind.DAY_CLOSE)


def found(
    rows: list[StoredEntry], head: Tip | None = None, anchors: tuple[int, ...] = ()
) -> list[tuple[FlawKind, int, int]]:
    whole = log()
    told = [anchor(whole, place) for place in anchors]
    return [(flaw.kind, flaw.first, flaw.last) for flaw in flaws(rows, head or tip_of(whole), told)]


def test_a_whole_log_has_no_flaw() -> None:
    assert found(log(), anchors=(10, 40)) == []
    assert flaws([], Tip()) == []


@pytest.mark.parametrize("name", ["at", "clerk", "act", "subject_id", "detail"])
@pytest.mark.parametrize("place", [1, 17, LENGTH])
def test_an_edit_of_any_field_is_told_at_its_place(name: str, place: int) -> None:
    rows = log()
    change: dict[str, Any] = {name: "x"}
    rows[place - 1] = replace(rows[place - 1], **change)
    assert found(rows) == [(FlawKind.CHANGED, place, place)]


def _own_hash_anew(rows: list[StoredEntry]) -> list[StoredEntry]:
    edited = replace(rows[16], clerk="x")
    rows[16] = replace(edited, hash=hash_of(edited))
    return rows


def _renumbered(rows: list[StoredEntry]) -> list[StoredEntry]:
    del rows[16]
    return [replace(row, seq=seq) for seq, row in enumerate(rows, 1)]


def _put_in(rows: list[StoredEntry]) -> list[StoredEntry]:
    rows.insert(16, replace(rows[3], subject_id="false"))
    return [replace(row, seq=seq) for seq, row in enumerate(rows, 1)]


def _swapped(rows: list[StoredEntry]) -> list[StoredEntry]:
    rows[16], rows[20] = replace(rows[20], seq=17), replace(rows[16], seq=21)
    return rows


CHANGED, MOVED = FlawKind.CHANGED, FlawKind.MOVED
CASES: dict[str, tuple[Callable[[list[StoredEntry]], list[StoredEntry]], list[tuple[FlawKind, int, int]]]] = {
    "one out": (lambda rows: rows[:16] + rows[17:], [(FlawKind.MISSING, 17, 17)]),
    "many out": (lambda rows: rows[:16] + rows[30:], [(FlawKind.MISSING, 17, 30)]),
    "the first out": (lambda rows: rows[1:], [(FlawKind.MISSING, 1, 1)]),
    "cut off": (lambda rows: rows[:30], [(FlawKind.CUT_OFF, 31, 40)]),
    "all gone": (lambda _rows: [], [(FlawKind.CUT_OFF, 1, 40)]),
    "own hash made anew": (_own_hash_anew, [(FlawKind.REWRITTEN, 1, 17)]),
    "one out, the rest renumbered": (_renumbered, [(MOVED, 17, 39), (FlawKind.CUT_OFF, 40, 40)]),
    "one put in, the rest renumbered": (
        _put_in,
        [(CHANGED, 17, 17), (MOVED, 18, 41), (FlawKind.ADDED, 41, 41)],
    ),
    "two in each other's places": (_swapped, [(MOVED, 17, 17), (MOVED, 21, 21)]),
    "one before the first": (
        lambda rows: [replace(rows[0], seq=-5), *rows],
        [(FlawKind.ADDED, -5, -5)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_was_done_with_the_rows_is_told_with_its_place(name: str) -> None:
    tamper, expected = CASES[name]
    assert found(tamper(log())) == expected


def test_one_put_after_the_end_is_told() -> None:
    longer = log(LENGTH + 2)
    assert found(longer) == [(FlawKind.ADDED, 41, 42)]


def _edited(place: int) -> list[StoredEntry]:
    rows = log()
    rows[place - 1] = replace(rows[place - 1], detail='{"x":1}')
    return chained(rows, place)


def test_all_made_anew_is_seen_by_the_head_alone_when_only_rows_were_written() -> None:
    assert found(_edited(17)) == [(FlawKind.REWRITTEN, 1, 40)]


def test_all_made_anew_with_the_head_is_placed_between_the_anchors_around_it() -> None:
    rows = _edited(17)
    assert found(rows, tip_of(rows), (10, 20, 30, 40)) == [(FlawKind.REWRITTEN, 11, 20)]


def test_an_entry_taken_out_and_all_made_anew_is_placed_the_same_way() -> None:
    rows = log()
    del rows[16]
    rows = chained(rows, 17)
    assert found(rows, tip_of(rows), (10, 20, 30)) == [(FlawKind.REWRITTEN, 11, 20)]


def test_a_cut_with_its_head_is_seen_by_an_anchor_behind_it() -> None:
    rows = log()[:25]
    assert found(rows, tip_of(rows), (20, 30)) == [(FlawKind.CUT_OFF, 26, 30)]


def test_what_nobody_was_told_can_be_written_anew_unseen() -> None:
    """The bound of the method, told in ADR 32: after the last anchor, with the key, nothing shows."""
    rows = _edited(35)
    assert found(rows, tip_of(rows), (10, 30)) == []


def test_a_stretch_made_anew_that_ends_before_the_end_is_known_by_its_end() -> None:
    rows = log()
    anew = _edited(17)
    assert found([*anew[:25], *rows[25:]], anchors=(10,)) == [(FlawKind.REWRITTEN, 11, 25)]
