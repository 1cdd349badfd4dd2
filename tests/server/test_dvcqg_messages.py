"""Dossiers a real counter worked on, as the messages the national gateway gets."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.builders import make_person
from tests.helpers.visits import CERTIFIED_COPY
from tests.server.dvcqg_dossiers import GIVE, HAND_OVER, LIVES, RESULT, CountersOffice, counters_office, lived

from counter_app.domain.dossier_acts import Undo
from counter_app.domain.receipt import PaidBy
from counter_app.services.acts.undo import undo
from counter_app.services.receipts import Payment, void_receipt
from counter_app.services.scans.keep import remove_scan
from counter_protocol.events import SERVER, EventKind
from counter_server.dvcqg.build import DossierSource, build, is_told
from counter_server.dvcqg.coding import Unmapped
from counter_server.dvcqg.mapping import mapping_on
from counter_server.dvcqg.messages import HoSo, HoSoBoSung, TienTrinh

GOLDEN = Path(__file__).parent / "dvcqg_golden"
TABLES = mapping_on(date(2026, 11, 23))
# Of the list of fields read in the public code of a provincial system, in its order.
DOSSIER_FIELDS = """MaHoSo MaTTHC TenTTHC MaLinhVuc TenLinhVuc KenhThucHien SoGiayToChuHoSo ChuHoSo
LoaiDoiTuong MaDoiTuong ThongTinKhac Email Fax SoDienThoai TrichYeuHoSo NgayTiepNhan NgayHenTra
TrangThaiHoSo NgayTra ThongTinTra HinhThuc NgayKetThucXuLy DonViXuLy GhiChu TaiLieuNop DanhSachLePhi
DanhSachTepDinhKemKhac DanhSachHoSoBoSung DanhSachGiayToKetQua NoiNopHoSo HoSoCoThanhPhanSoHoa
TaiKhoanDuocXacThucVoiVNeID DuocThanhToanTrucTuyen NgayTuChoi DinhDanhCHS NgayNopHoSo DSKetNoiCSDL"""
SUPPLEMENT_FIELDS = """HoSoBoSungId NguoiYeuCauBoSung NoiDungBoSung NgayBoSung NguoiTiepNhanBoSung
ThongTinTiepNhan NgayTiepNhanBoSung TrangThaiBoSung DanhSachGiayToBoSung DanhSachLePhiBoSung
NgayHenTraTruoc NgayHenTraMoi"""
STEP_FIELDS = """MaHoSo NguoiXuLy ChucDanh ThoiDiemXuLy PhongBanXuLy NoiDungXuLy TrangThai NgayBatDau
NgayKetThucTheoQuyDinh"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[CountersOffice]:
    with counters_office(tmp_path / "counter") as made:
        yield made


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> DossierSource:
    with counters_office(tmp_path_factory.mktemp("counter")) as made:
        return lived(made, "returned")


def told(source: DossierSource) -> dict[str, Any]:
    return json.loads(msgspec.json.encode(build(source, TABLES).dossier))  # type: ignore[no-any-return]


def problems(source: DossierSource) -> set[tuple[str, str, str, str]]:
    with pytest.raises(Unmapped) as caught:
        build(source, TABLES)
    return {(each.dossier_code, each.field, each.value, each.reason) for each in caught.value.problems}


@pytest.mark.parametrize("life", LIVES)
def test_a_dossier_is_told_as_it_was_agreed(office: CountersOffice, life: str) -> None:
    messages = build(lived(office, life), TABLES)
    made = json.loads(msgspec.json.encode({"dossier": messages.dossier, "steps": messages.steps}))
    assert made == json.loads((GOLDEN / f"{life}.json").read_text("utf-8"))


def test_the_fields_are_the_gateways_and_every_value_is_text() -> None:
    for kind, names in ((HoSo, DOSSIER_FIELDS), (HoSoBoSung, SUPPLEMENT_FIELDS), (TienTrinh, STEP_FIELDS)):
        assert list(kind.__struct_fields__) == names.split()
    for life in LIVES:
        _only_text(json.loads((GOLDEN / f"{life}.json").read_text("utf-8")))


def _only_text(value: object) -> None:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            _only_text(each)
    else:
        assert isinstance(value, str)


def test_scans_are_told_as_files_and_the_results_own_as_the_result(office: CountersOffice) -> None:
    dossier = office.receive()
    kept, taken_off = office.scan(dossier, "giay_chung_sinh"), office.scan(dossier, "to_khai", 2)
    result = office.scan(dossier, "ket_qua", 3)
    remove_scan(office.desk, taken_off, "Quét nhầm")
    office.act(dossier, HAND_OVER, RESULT)
    message = told(replace(office.source(dossier), files_url="https://tep.example.vn/"))
    files = {each["TepDinhKemId"]: each for each in message["TaiLieuNop"]}
    assert set(files) == {kept, taken_off}
    assert (files[kept]["IsDeleted"], files[taken_off]["IsDeleted"]) == ("0", "1")
    assert files[kept]["DuongDanTaiTepTin"] == f"https://tep.example.vn/{kept}"
    assert files[kept]["TenTepDinhKem"].startswith(dossier.dossier_code)
    assert message["HoSoCoThanhPhanSoHoa"] == "1"
    names = [each["TenGiayTo"] for each in message["DanhSachTepDinhKemKhac"]]
    assert names == ["Tờ khai đăng ký khai sinh"]  # the scanned one is a file already
    (given,) = message["DanhSachGiayToKetQua"]
    assert given["DuongDanTepTinKetQua"] == f"https://tep.example.vn/{result}"


def test_a_scan_of_the_result_alone_digitises_no_part(office: CountersOffice) -> None:
    dossier = office.receive()
    office.scan(dossier, "ket_qua")
    message = told(office.source(dossier))
    assert (message["TaiLieuNop"], message["HoSoCoThanhPhanSoHoa"]) == ([], "0")


def test_fees_tell_amount_kind_and_when_they_were_taken(office: CountersOffice) -> None:
    early, late, void = (office.receive(CERTIFIED_COPY) for _ in range(3))
    office.pay(early, Payment(method=PaidBy.ONLINE))
    office.act(late, replace(RESULT, name=""))
    office.pay(late)
    office.pay(void, Payment(method=PaidBy.ONLINE))
    with office.desk.store.reading() as queries:
        (receipt,) = queries.receipts(void.dossier_id)
    void_receipt(office.desk, receipt.receipt_id, "Thu nhầm")
    first, second, third = (told(office.source(each)) for each in (early, late, void))
    (fee,) = first["DanhSachLePhi"]
    amount = str(early.charges_vnd)
    assert (fee["Gia"], fee["LoaiPhiLePhi"], fee["MaPhiLePhi"], fee["HinhThucThu"]) == (amount, "1", "1", "1")
    assert second["DanhSachLePhi"][0]["HinhThucThu"] == "4"
    paid_online = [each["DuocThanhToanTrucTuyen"] for each in (first, second, third)]
    assert paid_online == ["1", "0", "0"]


def test_what_was_taken_back_is_no_step(office: CountersOffice) -> None:
    dossier = office.receive()
    office.act(dossier, HAND_OVER, RESULT)
    undo(office.desk, dossier.dossier_id, Undo(reason="Nhập nhầm"), clerk="Trần Thị Mai")
    steps = build(office.source(dossier), TABLES).steps
    assert [step.TrangThai for step in steps] == ["2", "4"]


def test_a_second_return_by_another_counter_is_told_once(office: CountersOffice) -> None:
    dossier = office.receive()
    office.act(dossier, HAND_OVER, RESULT, GIVE)
    source = office.source(dossier)
    last_seq, last = source.events[-1]
    assert last.kind == EventKind.RESULT_RETURNED
    again = replace(last, event_id="another", device_id="another counter", clerk="Bùi Văn Hai")
    steps = build(replace(source, events=[*source.events, (last_seq + 1, again)]), TABLES).steps
    assert [step.TrangThai for step in steps] == ["2", "4", "9", "10"]


def test_a_status_of_another_system_is_a_step_of_no_clerk(office: CountersOffice) -> None:
    source = lived(office, "received")
    seq, first = source.events[-1]
    data = {"state": {"set": {"status": "processing"}}}
    status = replace(first, event_id="s", device_id=SERVER, kind=EventKind.STATUS_SET, clerk="", data=data)
    step = build(replace(source, events=[*source.events, (seq + 1, status)]), TABLES).steps[-1]
    assert (step.TrangThai, step.NguoiXuLy) == ("4", "Hệ thống một cửa")


def test_a_provisional_code_is_told_only_by_its_official_one(office: CountersOffice) -> None:
    source = lived(office, "received")
    code = source.state["dossier_code"]
    provisional = replace(source, state={**source.state, "provisional_code": True})
    assert problems(provisional) == {(code, "MaHoSo", code, "unmapped")}
    official = {**provisional.state, "aliases": ["H29.12-261123-901001", "H29.12-261123-0042"]}
    made = build(replace(provisional, state=official), TABLES)
    assert {made.dossier.MaHoSo, *(step.MaHoSo for step in made.steps)} == {"H29.12-261123-0042"}


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"status": "mislaid"}, "TrangThaiHoSo", "mislaid"),
        ({"channel": "drone"}, "KenhThucHien", "drone"),
        ({"return_by": "drone"}, "HinhThuc", "drone"),
    ],
)
def test_a_value_without_a_code_is_named(
    office: CountersOffice, change: dict[str, object], field: str, value: str
) -> None:
    source = lived(office, "received")
    source = replace(source, state={**source.state, **change})
    assert (source.state["dossier_code"], field, value, "unmapped") in problems(source)


def test_every_reason_is_named_at_once_and_no_citizen_with_it(office: CountersOffice) -> None:
    source = lived(office, "returned")
    applicant = {**source.state["applicant"], "personal_id": "B1234567", "kind": "ghost"}  # type: ignore[dict-item]
    procedure = {**source.state["procedure"], "sector": "Thanh tra", "national_code": ""}  # type: ignore[dict-item]
    charges = [{"fee_id": "x", "name": "Khoản thu", "kind": "toll", "amount_vnd": 1000}]
    state = {**source.state, "applicant": applicant, "procedure": procedure, "charges": charges}
    found = problems(replace(source, state=state, result_codes={}))
    assert {(field, value) for _, field, value, _ in found} == {
        ("LoaiDinhDanh", "8 ký tự"),
        ("LoaiDoiTuong", "ghost"),
        ("MaLinhVuc", "Thanh tra"),
        ("MaTTHC", "dang-ky-khai-sinh"),
        ("LoaiPhiLePhi", "toll"),
        ("MaGiayToKetQua", "Giấy khai sinh"),
    }


def test_a_result_of_another_name_has_the_code_of_the_only_result_there_is(office: CountersOffice) -> None:
    source = lived(office, "resolved")
    one = replace(source, result_codes={"Trích lục": "KQ.G15.000099"})
    assert told(one)["DanhSachGiayToKetQua"][0]["MaGiayToKetQua"] == "KQ.G15.000099"
    two = replace(source, result_codes={"Trích lục": "KQ.G15.000099", "Bản sao": "KQ.G15.000098"})
    assert [field for _, field, _, _ in problems(two)] == ["MaGiayToKetQua"]


def test_a_negative_answer_is_none_of_the_results(office: CountersOffice) -> None:
    dossier = office.receive()
    office.act(dossier, HAND_OVER, replace(RESULT, granted=False, name="Văn bản trả lời"))
    assert told(office.source(dossier))["DanhSachGiayToKetQua"] == []


def test_too_long_names_are_refused_and_only_our_own_summary_is_cut(office: CountersOffice) -> None:
    source = lived(office, "received")
    seq, first = source.events[-1]
    long_clerk = replace(source, events=[(seq, replace(first, clerk="M" * 51))])
    assert {(field, value, why) for _, field, value, why in problems(long_clerk)} == {
        ("NguoiXuLy", "51 > 50", "too_long")
    }
    procedure = {**source.state["procedure"], "case_name": "x" * 1000}  # type: ignore[dict-item]
    summary = told(replace(source, state={**source.state, "procedure": procedure}))["TrichYeuHoSo"]
    assert (len(summary), summary[-1]) == (1000, "…")


def test_who_has_no_number_has_none_and_who_has_an_old_one_too_has_both(office: CountersOffice) -> None:
    without, with_both = (
        office.receive(replace(CERTIFIED_COPY, applicant=person))
        for person in (make_person(personal_id="", old_id=""), make_person(2))
    )
    first, second = told(office.source(without)), told(office.source(with_both))
    assert (first["SoGiayToChuHoSo"], first["DinhDanhCHS"]) == ("", [])
    assert second["DinhDanhCHS"] == [
        {"LoaiDinhDanh": "1", "SoDinhDanh": "000190000002"},
        {"LoaiDinhDanh": "2", "SoDinhDanh": "900000002"},
    ]


def test_a_training_dossier_is_never_told(office: CountersOffice) -> None:
    source = lived(office, "received")
    training = replace(source, state={**source.state, "training": True})
    assert not is_told(training.state)
    assert problems(training) == {(source.state["dossier_code"], "training", "true", "unmapped")}


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        ("Đinh Thị Sen", "ValueError"),
        ("2026-11-23T08:30:00", "ValueError"),  # whose time?
        ("9999-12-31T23:59:59Z", "OverflowError"),
    ],
)
def test_an_unreadable_state_is_named_without_its_content(
    office: CountersOffice, moment: str, kind: str
) -> None:
    source = lived(office, "received")
    broken = replace(source, state={**source.state, "received_at": moment})
    assert problems(broken) == {(source.state["dossier_code"], "state", kind, "unreadable")}


_MOMENTS = ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-11-23T08:30:00", "2026-02-30")
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from(_MOMENTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_a_state_holds_it_is_told_or_the_reason_named(
    returned: DossierSource, data: st.DataObject
) -> None:
    """A newer or a broken counter may write anything: one dossier never stops the others."""
    name = data.draw(st.sampled_from(sorted(returned.state)))
    value: object = data.draw(_ANYTHING)
    known = returned.state[name]
    if isinstance(known, dict) and data.draw(st.booleans()):
        value = {**known, data.draw(st.sampled_from([*known, "x"])): value}
    state = {**returned.state, name: value}
    try:
        made = build(replace(returned, state=state), TABLES)
    except Unmapped:
        return
    _only_text(json.loads(msgspec.json.encode(made.dossier)))
