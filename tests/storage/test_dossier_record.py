"""Any dossier survives the way into its two rows and back."""

from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.builders import make_dossier, make_id

from counter_app.domain.dossier import Channel, Dossier, FilledForm, ReturnBy, SubmittedPart
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import Promise, PromiseDay
from counter_app.domain.fee import Charge, ChargeKind
from counter_app.domain.person import Person, Sex
from counter_app.storage import moments
from counter_app.storage.dossier_record import from_record, to_record

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
dates = st.dates()
offsets = st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=offsets)  # noqa: DTZ001
numbers = st.integers(0, 2**53)
scalars = st.none() | st.booleans() | texts | st.integers(-(2**53), 2**53)
answers = st.dictionaries(
    texts,
    scalars | st.lists(st.dictionaries(texts, texts, max_size=2), max_size=2) | st.dictionaries(texts, texts),
    max_size=4,
)
people = st.builds(
    Person, full_name=texts, personal_id=texts, address=texts, sex=st.none() | st.sampled_from(Sex),
    issued_on=st.none() | dates, phone=texts, legacy_address=texts,
)  # fmt: skip
promises = st.builds(
    Promise,
    due_at=st.none() | times,
    counted_from=times,
    time=texts,
    same_day=st.booleans(),
    days=st.lists(
        st.builds(PromiseDay, date=dates, counted=st.booleans(), reason=texts, name=texts), max_size=3
    ).map(tuple),
    calendar=texts,
)
forms = st.builds(FilledForm, form_id=texts, form_version=texts, answers=answers)
parts = st.builds(SubmittedPart, part_id=texts, name=texts, original=numbers, presented=st.booleans())
charges = st.builds(
    Charge,
    fee_id=texts,
    name=texts,
    kind=st.sampled_from(ChargeKind),
    amount_vnd=st.none() | numbers,
    note=texts,
)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    return make_dossier(
        1,
        received_at=draw(times),
        promise=draw(promises),
        applicant=draw(people),
        people=draw(st.dictionaries(texts, people, max_size=2)),
        forms=tuple(draw(st.lists(forms, max_size=2))),
        parts=tuple(draw(st.lists(parts, max_size=2))),
        charges=tuple(draw(st.lists(charges, max_size=2))),
        aliases=tuple(draw(st.lists(texts, max_size=2))),
        channel=draw(st.sampled_from(Channel)),
        status=draw(st.sampled_from(DossierStatus)),
        return_by=draw(st.sampled_from(ReturnBy)),
        assisted=draw(st.booleans()),
        provisional_code=draw(st.booleans()),
        slip_required=draw(st.booleans()),
        training=draw(st.booleans()),
        copies=draw(numbers),
        clerk=draw(texts),
        dossier_id=make_id(draw(st.integers(0, 2**40))),
    )


@settings(max_examples=150, deadline=None)
@given(dossiers())
def test_round_trip(dossier: Dossier) -> None:
    record = to_record(dossier)
    assert from_record(record) == dossier
    assert to_record(from_record(record)) == record


def test_equal_dossiers_have_equal_bytes() -> None:
    one = make_dossier(1, answers={"a": "1", "b": {"y": 1, "x": 2}})
    two = make_dossier(1, answers={"b": {"x": 2, "y": 1}, "a": "1"})
    assert to_record(one) == to_record(two)


@given(st.lists(times, min_size=2, max_size=2))
def test_moments_sort_as_time_does(pair: list[datetime]) -> None:
    one, two = map(moments.to_text, pair)
    assert len(one) == len(two) == 27
    assert (one < two) == (pair[0] < pair[1])
    assert moments.from_text(one) == pair[0]
