"""The list of procedures says truly what is missing, what ended and what begins, on any day."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.data_copy import DataCopy, copy_data
from tests.helpers.desks import make_desk
from tests.helpers.later_versions import add_successor

from counter_app.services.desk import Desk
from counter_app.services.office_values import enter_value
from counter_app.services.procedure_overview import (
    Trait,
    narrowed,
    overviews,
    sector_counts,
    trait_counts,
    versions_of,
    with_words,
)

BIRTH, SINGLE, COPY = (
    "dang-ky-khai-sinh",
    "cap-giay-xac-nhan-tinh-trang-hon-nhan",
    "chung-thuc-ban-sao-tu-ban-chinh",
)
TODAY, MARCH = MORNING.date(), date(2027, 3, 1)
FEE = "fee/le_phi_xac_nhan_tinh_trang_hon_nhan"


@pytest.fixture
def data(tmp_path: Path) -> DataCopy:
    return copy_data(tmp_path / "data")


@pytest.fixture
def desk(tmp_path: Path, data: DataCopy) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    made.catalogue = data.catalogue()
    yield made
    made.store.close()


def ids(desk: Desk, on: date, trait: Trait | None = None) -> set[str]:
    return {each.procedure.procedure_id for each in narrowed(overviews(desk, on), trait=trait)}


@pytest.mark.parametrize(
    ("on", "trait", "expected"),
    [
        (TODAY, None, {BIRTH, SINGLE, COPY}),
        (TODAY, Trait.PRINTED_FORM, {BIRTH, SINGLE}),
        (TODAY, Trait.FEE_UNKNOWN, {BIRTH, SINGLE}),
        (TODAY, Trait.EXPIRING, set()),
        (date(2027, 1, 28), Trait.EXPIRING, set()),  # 31 days before
        (date(2027, 1, 29), Trait.EXPIRING, {BIRTH, SINGLE}),
        (date(2027, 2, 28), Trait.EXPIRING, {BIRTH, SINGLE}),
        (MARCH, Trait.EXPIRING, set()),
        (MARCH, Trait.EXPIRED, {BIRTH, SINGLE}),
        (MARCH, None, {COPY}),
    ],
)
def test_a_list_holds_what_it_says(desk: Desk, on: date, trait: Trait | None, expected: set[str]) -> None:
    assert ids(desk, on, trait) == expected


def test_an_entered_fee_is_unknown_no_more_from_its_first_day(desk: Desk) -> None:
    enter_value(desk, FEE, 15000, TODAY, "Nghị quyết thử")
    assert SINGLE not in ids(desk, TODAY, Trait.FEE_UNKNOWN)
    assert SINGLE in ids(desk, TODAY - timedelta(days=1), Trait.FEE_UNKNOWN)


def test_a_zero_with_its_basis_is_known(desk: Desk) -> None:
    enter_value(desk, FEE, 0, TODAY, "Nghị quyết thử: miễn")
    assert SINGLE not in ids(desk, TODAY, Trait.FEE_UNKNOWN)


def test_a_successor_keeps_a_procedure_from_expiring(desk: Desk, data: DataCopy) -> None:
    for kind, item in (("procedures", BIRTH), ("templates", "ht-khai-sinh")):
        add_successor(data.forms, kind, item, MARCH)
    desk.catalogue = data.catalogue()
    assert ids(desk, date(2027, 2, 28), Trait.EXPIRING) == {SINGLE}
    assert [each.version for each in versions_of(desk, BIRTH)] == ["2027-03-01", "2026-01-01"]
    assert BIRTH in ids(desk, MARCH)


def test_what_begins_later_is_listed_as_coming_and_not_in_force(desk: Desk) -> None:
    before = date(2025, 12, 31)
    assert BIRTH in ids(desk, before, Trait.COMING)
    assert BIRTH not in ids(desk, before)
    assert BIRTH not in ids(desk, TODAY, Trait.COMING)


def test_counts_are_those_of_the_lists(desk: Desk) -> None:
    everything = overviews(desk, MARCH)
    for trait in Trait:
        assert trait_counts(everything)[trait] == len(narrowed(everything, trait=trait))
    counts = sector_counts(narrowed(overviews(desk, TODAY)))
    assert counts == {"Chứng thực": 1, "Hộ tịch": 2}
    assert len(narrowed(overviews(desk, TODAY), sector="Hộ tịch")) == 2


@pytest.mark.parametrize(("typed", "found"), [("hon nhan", {SINGLE}), ("1.001193", {BIRTH}), ("xyz", set())])
def test_expired_procedures_are_found_without_marks(desk: Desk, typed: str, found: set[str]) -> None:
    expired = narrowed(overviews(desk, MARCH), trait=Trait.EXPIRED)
    assert {each.procedure.procedure_id for each in with_words(expired, typed)} == found
