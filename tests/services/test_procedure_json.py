"""Procedures as JSON say the fees of the day, what was decided here, and why a limit is missing."""

from datetime import date
from typing import Any

import pytest
from tests.printing.paper_reading import page_texts

from counter_app.services.catalogue_papers import instruction_paper, posting_paper
from counter_app.services.desk import Desk
from counter_app.services.office_values import enter_value
from counter_app.services.procedure_json import procedure_to_json

CARD, SINGLE = "cap-cap-doi-cap-lai-the-can-cuoc", "cap-giay-xac-nhan-tinh-trang-hon-nhan"
LAST_OF_HALF, FIRST_OF_WHOLE = date(2026, 12, 31), date(2027, 1, 1)
HALF, WHOLE = {25_000, 15_000, 35_000}, {50_000, 30_000, 70_000}


def listed(desk: Desk, procedure_id: str, on: date) -> list[dict[str, Any]]:
    """Return the cases as `procedures list` has them."""
    procedure = desk.catalogue.procedure(procedure_id, on)
    cases: Any = procedure_to_json(procedure, on=on, values=desk.local_values)["cases"]
    return list(cases)


@pytest.mark.parametrize(
    ("on", "amounts", "other"),
    [(LAST_OF_HALF, HALF, WHOLE), (FIRST_OF_WHOLE, WHOLE, HALF)],
)
def test_only_the_fees_of_the_day_are_told(desk: Desk, on: date, amounts: set[int], other: set[int]) -> None:
    fees = [fee for case in listed(desk, CARD, on) for fee in case["fees"]]
    assert {fee["amount_vnd"] for fee in fees} == amounts
    dates = ("valid_from", "valid_to")
    assert all({fee[key] for key in dates} & {"2026-12-31", "2027-01-01"} for fee in fees)
    text = "\n".join(page_texts(instruction_paper(desk, CARD, on)))
    for amount in other:
        assert f"{amount // 1000}.000 đ" not in text
    for amount in amounts:
        assert f"{amount // 1000}.000 đ" in text


def test_the_posting_sheet_says_the_fees_of_its_day(desk: Desk) -> None:
    texts = [
        "\n".join(page_texts(posting_paper(desk, on, sector="Cấp, quản lý căn cước").pdf))
        for on in (LAST_OF_HALF, FIRST_OF_WHOLE)
    ]
    assert ["giảm 50%" in text.lower() for text in texts] == [True, False]


def test_a_list_says_what_the_office_decided_and_nothing_for_the_unknown(desk: Desk) -> None:
    on = desk.clock.now().date()
    before = [fee for case in listed(desk, SINGLE, on) for fee in case["fees"]]
    assert {fee["local_amount_vnd"] for fee in before} == {None}
    enter_value(desk, "fee/le_phi_xac_nhan_tinh_trang_hon_nhan", 12_000, on, "Nghị quyết thử")
    after = [fee for case in listed(desk, SINGLE, on) for fee in case["fees"]]
    assert {fee["local_amount_vnd"] for fee in after} == {12_000}


def test_a_missing_limit_says_why(desk: Desk) -> None:
    on = desk.clock.now().date()
    case = listed(desk, "giai-quyet-khieu-nai-lan-dau", on)[0]
    assert case["time"] is None
    assert "thụ lý" in case["time_note"]
    assert all(case["time_note"] == "" for case in listed(desk, CARD, on) if case["time"])
