"""Land, building, household business, poverty and farming procedures: what the counter relies on."""

from datetime import date

import pytest

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.checklist import required_parts
from counter_app.domain.fee import FeeSetter, charge_for
from counter_app.domain.procedure import CaseValue, Procedure, ProcedureCase

TODAY = date(2026, 11, 23)
LAND, BUILDING, POVERTY = "Đất đai", "Hoạt động xây dựng", "Giảm nghèo"
HARD_AREA = "vung-kho-khan"
FIRST_CERTIFICATE = "dang-ky-dat-dai-lan-dau-ho-gia-dinh-ca-nhan"
SETTLE_DISPUTE = "giai-quyet-tranh-chap-dat-dai"  # 45 and 60 days, not ten apart


@pytest.fixture(scope="module")
def catalogue(shipped_forms, shipped_calendars) -> FileCatalogue:
    return FileCatalogue(shipped_forms, shipped_calendars)


def case_of(catalogue: FileCatalogue, procedure_id: str, case_id: str) -> ProcedureCase:
    case = catalogue.procedure(procedure_id, TODAY).case(case_id)
    assert case is not None
    return case


def of_sector(catalogue: FileCatalogue, sector: str) -> list[Procedure]:
    return [each for each in catalogue.procedures(TODAY) if each.sector == sector]


@pytest.mark.parametrize(
    ("procedure_id", "case_id", "time"),
    [
        ("cap-giay-phep-xay-dung", "nha-o-rieng-le", "15d"),
        ("cap-giay-phep-xay-dung", "khong-theo-tuyen", "20d"),
        ("giay-phep-sua-chua-cai-tao-cong-trinh", "nha-o-rieng-le", "15d"),
        ("gia-han-giay-phep-xay-dung", "thong-thuong", "5wd"),
        (FIRST_CERTIFICATE, "dang-ky-va-cap", "20wd"),
        (FIRST_CERTIFICATE, "dang-ky-va-cap-vung-kho-khan", "30wd"),
        (FIRST_CERTIFICATE, "chi-dang-ky", "17wd"),
        (FIRST_CERTIFICATE, "chi-dang-ky-vung-kho-khan", "27wd"),
        ("hoa-giai-tranh-chap-dat-dai", "thong-thuong", "30d"),
        (SETTLE_DISPUTE, "thong-thuong", "45d"),
        (SETTLE_DISPUTE, "vung-kho-khan", "60d"),
        ("giay-phep-chat-ha-dich-chuyen-cay-xanh", "cay-bao-ton", "20wd"),
        ("su-dung-tam-thoi-long-duong-via-he", "dam-tang", "1d"),
        ("su-dung-tam-thoi-long-duong-via-he", "muc-dich-khac", "5wd"),
        ("cap-giay-xac-nhan-nuoi-trong-thuy-san", "cap-moi", "5wd"),
        ("cong-nhan-ho-ngheo-can-ngheo-thuong-xuyen", "ho-ngheo", "15d"),
    ],
)
def test_time_hangs_on_the_case_and_not_on_the_channel(catalogue, procedure_id, case_id, time) -> None:
    assert str(case_of(catalogue, procedure_id, case_id).time) == time


@pytest.mark.parametrize(
    ("procedure_id", "case_id"),
    [
        ("cong-nhan-ho-ngheo-can-ngheo-dinh-ky", "ho-ngheo"),  # the copy's "1" means nothing
        ("ho-tro-thiet-hai-dich-benh-dong-vat", "thong-thuong"),  # runs from another day than reception
        ("cap-lai-doi-dieu-chinh-so-bhxh-the-bhyt", "the-bhyt"),
    ],
)
def test_a_limit_that_cannot_be_counted_from_reception_is_left_to_the_office(
    catalogue, procedure_id, case_id
) -> None:
    case = case_of(catalogue, procedure_id, case_id)
    assert (case.time, case.same_day, case.no_promise) == (None, False, False)
    assert [source.note for source in case.sources if source.of is CaseValue.TIME]


def test_a_hard_area_gets_ten_days_more_for_the_same_papers_and_fees(catalogue) -> None:
    pairs = 0
    for procedure in of_sector(catalogue, LAND):
        for hard in (case for case in procedure.cases if case.case_id.endswith(HARD_AREA)):
            plain = procedure.case(hard.case_id.removesuffix(HARD_AREA).rstrip("-") or "thong-thuong")
            assert plain is not None, (procedure.procedure_id, hard.case_id)
            assert plain.time is not None
            assert hard.time is not None
            more = 15 if procedure.procedure_id == SETTLE_DISPUTE else 10
            assert hard.time.amount - plain.time.amount == more, procedure.procedure_id
            assert hard.time.unit is plain.time.unit
            assert (hard.parts, hard.fees, hard.forms) == (plain.parts, plain.fees, plain.forms)
            pairs += 1
    assert pairs >= 20


def test_food_safety_costs_seven_hundred_thousand_and_not_seven_hundred(catalogue) -> None:
    (fee,) = case_of(catalogue, "chung-nhan-an-toan-thuc-pham-nong-lam-thuy-san", "thong-thuong").fees
    owed = charge_for(fee, values={}, on=TODAY, channel="counter", province_amounts={})
    assert owed is not None
    assert owed.amount_vnd == 700_000


@pytest.mark.parametrize("sector", [BUILDING, "Thành lập và hoạt động hộ kinh doanh"])
def test_what_the_portal_prints_as_free_waits_for_the_provinces_amount(catalogue, sector) -> None:
    for procedure in of_sector(catalogue, sector):
        for case in procedure.cases:
            assert case.fees, (procedure.procedure_id, case.case_id)
            for fee in case.fees:
                owed = charge_for(fee, values={}, on=TODAY, channel="counter", province_amounts={})
                assert fee.set_by is FeeSetter.PROVINCE_COUNCIL
                assert owed is not None
                assert owed.amount_vnd is None


def test_poverty_reviews_are_free_and_not_open_online(catalogue) -> None:
    reviews = of_sector(catalogue, POVERTY)
    assert len(reviews) == 5
    assert {each.channels for each in reviews} == {("counter", "postal")}
    assert not [case for each in reviews for case in each.cases if case.fees]


def test_house_papers_are_on_the_list_only_when_the_house_is_registered(catalogue) -> None:
    case = case_of(catalogue, FIRST_CERTIFICATE, "dang-ky-va-cap")
    with_house = {part.part_id for part in required_parts(case, {"co_nha": True})}
    without = {part.part_id for part in required_parts(case, {"co_nha": False})}
    assert with_house - without == {"giay_to_nha"}


def test_each_kind_of_permit_decides_what_the_application_asks_for(catalogue) -> None:
    chosen = {
        answer.value
        for case in catalogue.procedure("cap-giay-phep-xay-dung", TODAY).cases
        for answer in case.sets
        if answer.field == "nd_loai"
    }
    assert {"Nhà ở riêng lẻ", "Công trình không theo tuyến", "Theo giai đoạn", "Dự án"} <= chosen
    assert not chosen & {"Sửa chữa, cải tạo", "Di dời"}  # procedures of their own
