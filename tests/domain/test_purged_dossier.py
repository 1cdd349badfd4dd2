"""What is left of a purged dossier: no text a citizen could stand in, and all that figures count by."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum

import pytest
from tests.helpers.builders import MORNING, make_dossier, make_person

from counter_app.domain.dossier import Dossier, FilledForm, SubmittedPart
from counter_app.domain.dossier_life import (
    EndedBy,
    Ending,
    Extension,
    Holder,
    Life,
    PaymentDemand,
    Result,
    Return,
    ReturnTo,
    Supplement,
)
from counter_app.domain.fee import Charge, ChargeKind
from counter_app.domain.procedure import Retention, SupplementPolicy
from counter_app.domain.purged_dossier import emptied
from counter_app.domain.retention import longest, over_on

# Texts that stay: what the dossier is, its procedure, office and clerks, what was charged.
STAYS = {
    *("dossier_id", "dossier_code", "lookup_secret", "clerk", "aliases", "owner", "office_definition"),
    *(
        "calendar_definition",
        "procedure",
        "promise",
        "charges.fee_id",
        "charges.name",
        "charges.exemption_id",
    ),
    *("life.holder.name", "life.handed_to.name", "life.ending.decided_by"),
    *("life.supplements.clerk", "life.extension.clerk", "life.payment.clerk", "life.ending.clerk"),
    *("life.result.clerk", "life.returned.clerk"),
}


def full() -> Dossier:
    """A dossier with something in every place."""
    person = make_person(1)
    life = Life(
        holder=Holder(name="Phạm Văn Tiến"),
        handed_to=Holder(name="Phạm Văn Tiến"),
        handed_over_at=MORNING,
        supplements=(
            Supplement(
                number=1,
                at=MORNING,
                clerk="Mai",
                items=("Giấy của bà Sen",),
                reason="bà Sen",
                policy=SupplementPolicy.RESET,
                repeat_reason="bà Sen",
            ),
        ),
        extension=Extension(
            number=1,
            at=MORNING,
            clerk="Mai",
            reason="bà Sen",
            due_before=MORNING,
            due_after=MORNING,
            late_reason="bà Sen",
        ),
        payment=PaymentDemand(at=MORNING, clerk="Mai", text="bà Sen nộp", amount_vnd=5000),
        ending=Ending(
            kind=EndedBy.STOP,
            number=1,
            at=MORNING,
            clerk="Mai",
            reasons=("bà Sen xin dừng",),
            decided_by="Chủ tịch",
            fees="trả bà Sen",
            originals="trả bà Sen",
        ),
        result=Result(at=MORNING, clerk="Mai", name="Giấy của bà Sen", number="12/2026"),
        returned=Return(
            at=MORNING,
            clerk="Mai",
            to=ReturnTo.DELEGATE,
            full_name=person.full_name,
            personal_id=person.personal_id,
            identity_checked="card",
            authorisation="UQ của bà Sen",
            postal_code="VN1",
            note="bà Sen",
        ),
        given_back={"bà Sen": 1},
        paid_vnd=5000,
    )
    return replace(
        make_dossier(1),
        applicant=person,
        forms=(FilledForm(form_id="f", form_version="1", answers={"ho_ten": person.full_name}),),
        parts=(SubmittedPart(part_id="p", name="Giấy của bà Sen", original=1),),
        charges=(Charge(fee_id="x", name="Phí", kind=ChargeKind.FEE, amount_vnd=5000, note="bà Sen nghèo"),),
        people={"me": person},
        facts={"pages": 3, "note": "bà Sen"},
        life=life,
    )


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text with the path of its field."""
    if isinstance(value, Enum | datetime | date):
        return
    if isinstance(value, str):
        if value:
            yield path, value
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from texts(getattr(value, each.name), f"{path}.{each.name}".lstrip("."))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield f"{path}.key", str(key)
            yield from texts(each, path)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each, path)


def test_no_text_is_left_that_could_name_a_citizen() -> None:
    left = {path for path, _text in texts(emptied(full()))}
    assert {path for path in left if path not in STAYS and path.split(".")[0] not in STAYS} == set()
    assert not any("Sen" in text for _path, text in texts(emptied(full())))


def test_what_figures_count_by_stays() -> None:
    before, after = full(), emptied(full())
    same = ("dossier_code", "status", "received_at", "due_at", "resolved_at", "ended_at", "charges_vnd")
    assert [getattr(before, name) for name in same] == [getattr(after, name) for name in same]
    assert (after.life.paid_vnd, len(after.life.supplements), after.life.rev) == (5000, 1, before.life.rev)
    assert after.life.returned is not None
    assert after.life.returned.to is ReturnTo.DELEGATE
    assert after.originals_held == 0


@pytest.mark.parametrize(
    ("years", "ended", "first_day"),
    [
        (2, date(2026, 11, 23), date(2029, 1, 1)),
        (2, date(2026, 1, 1), date(2029, 1, 1)),  # a year counts from the first of January after it
        (20, date(2024, 2, 29), date(2045, 1, 1)),
        (0, date(2026, 12, 31), date(2027, 1, 1)),
        (None, date(2026, 11, 23), None),
    ],
)
def test_when_the_time_is_over(years: int | None, ended: date, first_day: date | None) -> None:
    assert over_on(Retention(years=years, basis_text=""), ended) == first_day


def test_the_longest_rule_counts_and_doubt_outlives_certainty() -> None:
    two, sure, doubtful = (
        Retention(years=2, basis_text="a", verified=True),
        Retention(years=20, basis_text="b", verified=True),
        Retention(years=20, basis_text="c"),
    )
    for_ever = Retention(years=None, basis_text="d", verified=True)
    assert longest([two, None, sure]) == sure
    assert longest([sure, doubtful]) == longest([doubtful, sure]) == doubtful
    assert longest([sure, for_ever, doubtful]) == for_ever
    assert longest([None, None]) is None
