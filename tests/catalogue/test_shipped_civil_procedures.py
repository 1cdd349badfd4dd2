"""Certification, civil status, adoption and the linked procedures: what the law sets, case by case."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.checklist import required_parts
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.fee import FeeSetter, charge_for
from counter_app.domain.local_values import LocalValues
from counter_app.domain.office import Office
from counter_app.domain.procedure import CaseValue, ProcedureCase
from counter_app.services.assess_visit import Assessment, assess
from counter_app.services.visit import Visit

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OFFICE = Office(unit_code="H29.12", name="TRUNG TÂM", province="Phú Thọ", commune_name="xã Trung Minh")
DRAFT_MARK = "CHƯA RÚT GỌN"


@pytest.fixture(scope="module")
def shipped() -> FileCatalogue:
    return FileCatalogue(ROOT / "forms", ROOT / "resources" / "calendars")


def case_of(shipped: FileCatalogue, procedure_id: str, case_id: str = "thong-thuong") -> ProcedureCase:
    case = shipped.procedure(procedure_id, TODAY).case(case_id)
    assert case is not None
    return case


@pytest.mark.parametrize(
    ("procedure_id", "case_id", "time", "slip_rule"),
    [
        ("chung-thuc-chu-ky", "giay-uy-quyen", "same day", "only_if_not_same_day"),
        ("cap-ban-sao-tu-so-goc", "nguoi-co-ten", "same day", "only_if_not_same_day"),
        ("chung-thuc-giao-dich", "the-chap", "2wd", "only_if_not_same_day"),
        ("chung-thuc-di-chuc", "thong-thuong", "2wd", "only_if_not_same_day"),
        ("dang-ky-cham-dut-giam-ho", "thong-thuong", "2wd", "always"),
        ("dang-ky-giam-ho", "cu", "3wd", "always"),
        ("dang-ky-ket-hon-co-yeu-to-nuoc-ngoai", "voi-nguoi-nuoc-ngoai", "5wd", "always"),
        ("dang-ky-ket-hon-khu-vuc-bien-gioi", "thong-thuong", "3wd", "always"),
        ("dang-ky-khai-sinh-co-yeu-to-nuoc-ngoai", "sinh-tai-viet-nam", "same day", "after_15h"),
        ("dang-ky-lai-khai-sinh", "can-bo", "5wd", "always"),
        ("dang-ky-nhan-cha-me-con", "thong-thuong", "3wd", "always"),
        ("dang-ky-nhan-cha-me-con-co-yeu-to-nuoc-ngoai", "thong-thuong", "10d", "always"),
        ("dang-ky-khai-tu-khu-vuc-bien-gioi", "thong-thuong", "same day", "after_15h"),
        ("thay-doi-cai-chinh-ho-tich-co-yeu-to-nuoc-ngoai", "bo-sung", "same day", "after_15h"),
        ("thay-doi-cai-chinh-ho-tich-co-yeu-to-nuoc-ngoai", "cai-chinh", "3wd", "always"),
        ("nguoi-nuoc-ngoai-bien-gioi-nhan-con-nuoi", "thong-thuong", "45wd", "always"),
        ("xac-nhan-thong-tin-ho-tich", "thong-thuong", "none", "always"),
        ("dang-ky-nuoi-con-nuoi-trong-nuoc", "thong-thuong", "none", "always"),
        ("lien-thong-khai-sinh-thuong-tru-bhyt-can-cuoc", "co-can-cuoc", "none", "always"),
    ],
)
def test_time_limits_and_slip_rules(shipped, procedure_id, case_id, time, slip_rule):
    case = case_of(shipped, procedure_id, case_id)
    assert ("same day" if case.same_day else str(case.time or "none")) == time
    assert case.slip_rule.value == slip_rule


@pytest.mark.parametrize(
    ("procedure_id", "case_id", "vnd"),
    [
        ("chung-thuc-chu-ky", "giay-to-van-ban", 10_000),
        ("chung-thuc-chu-ky-nguoi-dich", "thong-thuong", 10_000),
        ("chung-thuc-di-chuc", "thong-thuong", 50_000),
        ("chung-thuc-van-ban-phan-chia-di-san", "thong-thuong", 50_000),
        ("chung-thuc-van-ban-tu-choi-nhan-di-san", "thong-thuong", 50_000),
        ("chung-thuc-sua-doi-huy-bo-giao-dich", "thong-thuong", 30_000),
        ("sua-loi-sai-sot-giao-dich", "thong-thuong", 25_000),
        ("xac-nhan-thong-tin-ho-tich", "thong-thuong", 8_000),
        ("dang-ky-nuoi-con-nuoi-trong-nuoc", "thong-thuong", 400_000),
        ("nguoi-nuoc-ngoai-bien-gioi-nhan-con-nuoi", "thong-thuong", 4_500_000),
    ],
)
def test_what_the_state_charges_for_one_case(shipped, procedure_id, case_id, vnd):
    (fee,) = case_of(shipped, procedure_id, case_id).fees
    owed = charge_for(fee, values={}, on=TODAY, channel="counter", province_amounts={}, exemption_id="")
    assert owed is not None
    assert (owed.amount_vnd, fee.set_by) == (vnd, FeeSetter.CENTRAL)


@pytest.mark.parametrize(
    ("nationality", "asked"), [("Việt Nam", False), ("Lào", True)], ids=["Vietnamese", "foreign"]
)
def test_a_foreign_nationality_for_the_child_needs_that_countrys_word(shipped, nationality, asked):
    case = case_of(shipped, "dang-ky-khai-sinh-co-yeu-to-nuoc-ngoai", "sinh-tai-viet-nam")
    needed = {part.part_id for part in required_parts(case, {"ks_quoc_tich": nationality})}
    assert ("xac_nhan_quoc_tich" in needed) is asked


def visited(shipped: FileCatalogue, visit: Visit) -> Assessment:
    return assess(
        visit,
        catalogue=shipped,
        office=OFFICE,
        local_values=LocalValues(),
        calendar=shipped.calendar,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("procedure_id", "case_id"),
    [
        ("khai-sinh-ket-hop-nhan-cha-me-con", "thong-thuong"),
        ("khai-sinh-ket-hop-nhan-cha-me-con-nuoc-ngoai", "sinh-tai-viet-nam"),
    ],
)
def test_the_copies_of_a_joint_registration_are_paid(shipped, procedure_id, case_id):
    """Both forms ask for copies; the one that is not asked may not unsay what the other one says."""
    asked = {"ht-khai-sinh": {"cap_ban_sao": "Có", "so_luong_ban_sao": 2}}
    charges = visited(shipped, Visit(procedure_id=procedure_id, case_id=case_id, fields=asked)).charges
    paid = {charge.fee_id: charge.amount_vnd for charge in charges}
    assert paid["phi_ban_sao_trich_luc"] == 16_000


def test_every_case_is_promised_unless_the_office_must_say_its_limit_first(shipped):
    for procedure in shipped.procedures(TODAY):
        for case in procedure.cases:
            seen = visited(shipped, Visit(procedure_id=procedure.procedure_id, case_id=case.case_id))
            known = bool(case.same_day or case.no_promise or case.time)
            assert (seen.promise is not None) is known, (procedure.procedure_id, case.case_id)
            assert (seen.promise_problem is None) is known


def test_a_superseded_procedure_names_a_successor_that_names_it(shipped):
    old = [each for each in shipped.all_procedures() if each.superseded_by]
    assert len(old) >= 2
    for each in old:
        with pytest.raises(RuleRefusal, match="procedure_expired"):
            shipped.procedure(each.procedure_id, TODAY)
        for successor in each.superseded_by:
            assert each.national_code in shipped.procedure(successor, TODAY).replaces


def test_an_uncertain_limit_says_what_is_uncertain(shipped):
    """The copy of the portal lost the unit of many limits; none of them is given out as certain."""
    lost = [
        source
        for procedure in shipped.all_procedures()
        for case in procedure.cases
        for source in case.sources
        if source.of is CaseValue.TIME
    ]
    assert len(lost) >= 20
    assert [source for source in lost if source.verified or not source.note] == []


def test_civil_status_says_what_happens_to_a_dossier_of_the_old_law(shipped):
    civil = [each for each in shipped.procedures(TODAY) if each.sector == "Hộ tịch"]
    assert [each.procedure_id for each in civil if "01/03/2027" not in each.transition] == []


def test_no_draft_is_shipped():
    drafts = [
        path.parent.name
        for path in (ROOT / "forms" / "procedures").rglob("*.yaml")
        if DRAFT_MARK in path.read_text(encoding="utf-8")
    ]
    assert drafts == []
