"""The shipped procedures of residence, identity cards, social protection and grievances on their dates."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.checklist import required_parts
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.fee import charge_for
from counter_app.domain.procedure import ProcedureCase

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
MERGED = "cap-cap-doi-cap-lai-the-can-cuoc"
FIRST_DAY_OF_MERGED = date(2026, 8, 22)
OLD_CARDS = (
    "cap-the-can-cuoc-tu-du-14-tuoi",
    "cap-the-can-cuoc-duoi-14-tuoi",
    "cap-doi-the-can-cuoc",
    "cap-lai-the-can-cuoc",
)
POLICE = "Công an cấp xã"


@pytest.fixture(scope="module")
def shipped() -> FileCatalogue:
    return FileCatalogue(ROOT / "forms", ROOT / "resources" / "calendars")


def case_of(shipped: FileCatalogue, procedure_id: str, case_id: str, *, on: date = TODAY) -> ProcedureCase:
    case = shipped.procedure(procedure_id, on).case(case_id)
    assert case is not None
    return case


def owed(
    case: ProcedureCase, *, channel: str = "counter", on: date = TODAY, exemption: str = ""
) -> list[int]:
    """Return the amounts one visit owes; an exemption is claimed wherever the fee knows it."""
    amounts = []
    for rule in case.fees:
        known = {each.exemption_id for each in rule.exemptions}
        charge = charge_for(
            rule,
            values={"channel": channel, "persons": 3},
            on=on,
            channel=channel,
            province_amounts={},
            exemption_id=exemption if exemption in known else "",
        )
        if charge is not None:
            assert charge.amount_vnd is not None
            amounts.append(charge.amount_vnd)
    return amounts


@pytest.mark.parametrize(
    ("procedure_id", "case_id", "time"),
    [
        ("dang-ky-thuong-tru", "thue-muon-o-nho", "7wd"),
        ("dang-ky-tam-tru", "ca-nhan-ho-gia-dinh", "3wd"),
        ("tach-ho", "vo-chong-ly-hon", "5wd"),
        ("xac-nhan-thong-tin-cu-tru", "da-co-thong-tin", "1wd"),
        ("xac-nhan-thong-tin-cu-tru", "phai-xac-minh", "3wd"),
        ("khai-bao-thong-tin-cu-tru", "chua-co-thong-tin", "30d"),
        ("thong-bao-luu-tru", "thong-thuong", "same day"),
        ("cap-tai-khoan-dinh-danh-dien-tu-muc-2", "the-con-hieu-luc", "3wd"),
        ("cap-tai-khoan-dinh-danh-dien-tu-muc-2", "chua-co-the", "7wd"),
        ("tro-cap-huu-tri-xa-hoi", "huong-moi", "10wd"),
        ("xac-dinh-muc-do-khuyet-tat", "xac-dinh-lai", "25wd"),
        ("giai-quyet-khieu-nai-lan-dau", "thong-thuong", "None"),
        ("giai-quyet-to-cao", "thong-thuong", "None"),
        ("tro-cap-tho-cung-liet-si", "duoc-uy-quyen", "None"),
    ],
)
def test_time_limits(shipped, procedure_id, case_id, time):
    case = case_of(shipped, procedure_id, case_id)
    assert ("same day" if case.same_day else str(case.time)) == time


@pytest.mark.parametrize(
    ("procedure_id", "case_id", "counter", "online"),
    [
        ("dang-ky-thuong-tru", "ve-voi-nguoi-than", 20_000, 10_000),
        ("dang-ky-tam-tru", "ca-nhan-ho-gia-dinh", 15_000, 7_000),
        ("dang-ky-tam-tru", "theo-danh-sach", 30_000, 15_000),  # three persons
        ("gia-han-tam-tru", "ca-nhan-ho-gia-dinh", 15_000, 7_000),
        ("gia-han-tam-tru", "theo-danh-sach", 30_000, 15_000),
        ("tach-ho", "cung-cho-o", 10_000, 5_000),
    ],
)
def test_residence_levies_are_lower_online_and_waived_for_the_poor(
    shipped, procedure_id, case_id, counter, online
):
    case = case_of(shipped, procedure_id, case_id)
    assert owed(case) == owed(case, channel="postal") == [counter]
    assert owed(case, channel="online") == [online]
    assert owed(case, exemption="ho_ngheo") == [0]


@pytest.mark.parametrize(
    ("case_id", "until_2026", "after"),
    [
        ("doi-the-can-cuoc", 25_000, 50_000),
        ("doi-tu-can-cuoc-cong-dan", 15_000, 30_000),
        ("mat-hoac-hong", 35_000, 70_000),
    ],
)
def test_card_levies_are_halved_until_the_end_of_2026(shipped, case_id, until_2026, after):
    last, first = date(2026, 12, 31), date(2027, 1, 1)
    assert owed(case_of(shipped, MERGED, case_id, on=last), on=last) == [until_2026]
    assert owed(case_of(shipped, MERGED, case_id, on=first), on=first) == [after]


@pytest.mark.parametrize(
    ("channel", "on", "waived"),
    [
        ("online", date(2026, 8, 22), True),
        ("online", date(2027, 2, 28), True),
        ("online", date(2027, 3, 1), False),
        ("counter", date(2026, 8, 22), False),
    ],
)
def test_only_online_within_the_window_a_citizen_of_vneid_level_2_owes_nothing(shipped, channel, on, waived):
    rules = case_of(shipped, MERGED, "mat-hoac-hong", on=on).fees
    values = {"channel": channel}
    offered = {
        one.exemption_id
        for rule in rules
        if charge_for(rule, values=values, on=on, channel=channel, province_amounts={}) is not None
        for one in rule.exemptions
        if one.offered(values, on)
    }
    assert ("vneid_muc_2" in offered) is waived


def test_the_first_card_costs_nothing(shipped):
    for case_id in ("cap-lan-dau-tu-du-14-tuoi", "cap-cho-nguoi-duoi-14-tuoi"):
        assert case_of(shipped, MERGED, case_id).fees == ()


def test_the_merged_procedure_of_cards_has_no_code_and_takes_over_from_the_old_ones(shipped):
    merged = shipped.procedure(MERGED, FIRST_DAY_OF_MERGED)
    assert merged.national_code == ""
    eve = FIRST_DAY_OF_MERGED - timedelta(days=1)
    old = [shipped.procedure(procedure_id, eve) for procedure_id in OLD_CARDS]
    assert {each.national_code for each in old} == set(merged.replaces)
    assert {each.superseded_by for each in old} == {(MERGED,)}
    assert all(each.valid_to == eve and each.transition for each in old)
    for procedure_id in OLD_CARDS:
        with pytest.raises(RuleRefusal, match="procedure_expired"):
            shipped.procedure(procedure_id, FIRST_DAY_OF_MERGED)


def test_whatever_is_superseded_names_a_procedure_that_begins_when_it_ends(shipped):
    versions = shipped.all_procedures()
    for procedure in versions:
        for follower in procedure.superseded_by:
            begins = [each.valid_from for each in versions if each.procedure_id == follower]
            assert procedure.valid_to is not None
            assert procedure.valid_to + timedelta(days=1) in begins, procedure.procedure_id


def test_residence_and_identity_are_received_by_the_police_but_the_committee_certifies_the_dwelling(shipped):
    for procedure in shipped.procedures(TODAY):
        if procedure.sector in {"Đăng ký, quản lý cư trú", "Cấp, quản lý căn cước"}:
            certifies = procedure.national_code in {"1.013313", "1.013314"}
            assert procedure.receiving_body == ("" if certifies else POLICE), procedure.procedure_id


def test_the_electronic_request_for_a_card_is_asked_only_online(shipped):
    case = case_of(shipped, MERGED, "doi-the-can-cuoc")
    for channel, asked in (("counter", False), ("online", True)):
        needed = {part.part_id for part in required_parts(case, {"channel": channel})}
        assert ("phieu_dc02" in needed) is asked


def test_every_case_of_residence_asks_the_form_for_exactly_its_own_business(shipped):
    """One CT01 serves nine procedures: none may print a request for something else."""
    asked: dict[str, set[object]] = {}
    for procedure in shipped.procedures(TODAY):
        for case in procedure.cases:
            if case.forms == ("ct01",):
                assert [answer.field for answer in case.sets] == ["loai_viec"], procedure.procedure_id
                asked.setdefault(procedure.procedure_id, set()).add(case.sets[0].value)
    assert all(len(values) == 1 for values in asked.values())
    assert len(asked) == len({value for values in asked.values() for value in values}) == 9
