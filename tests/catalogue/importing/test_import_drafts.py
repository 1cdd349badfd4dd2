"""Drafts hold only what is beyond doubt; the rest is a comment, and nothing is free by accident."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.catalogue.importing.import_samples import LIST, METHODS_HEAD, methods, page, papers, put_json

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.catalogue.data_folders import DataFolders, FixedFolders
from counter_app.catalogue.importing.import_files import import_files, with_drafts
from counter_app.catalogue.importing.paper_text import names_of
from counter_app.domain.fee import charge_for, total
from counter_app.domain.imported import ImportOutcome
from counter_app.domain.national_list import NationalList
from counter_app.domain.procedure import Procedure
from counter_app.services.import_words import defect_line

DAY = date(2026, 11, 23)
SCHEMAS = Path(__file__).resolve().parents[3] / "forms" / "schema"


def drafted(
    folder: Path,
    value: object,
    national_list: NationalList | None = None,
    existing: Sequence[Procedure] = (),
) -> ImportOutcome:
    listed = national_list or NationalList()
    outcome = import_files([put_json(folder / "page.json", value)], listed, existing, DAY)
    return with_drafts(outcome, listed, existing, folder / "out", SCHEMAS, defect_line)


def content(folder: Path, outcome: ImportOutcome) -> tuple[dict[str, Any], str]:
    (draft,) = outcome.drafts
    assert (draft.skipped, draft.problem) == ("", "")
    text = (folder / "out" / draft.path).read_text(encoding="utf-8")
    return yaml.safe_load(text), text


def due(body: dict[str, Any], folder: Path, outcome: ImportOutcome) -> int | None:
    """Return what a visit at the counter would owe under the draft, through the real loader."""
    folders = DataFolders(
        forms=folder / "out", forms_schemas=SCHEMAS, calendars=folder, calendar_schemas=folder
    )
    case = FileCatalogue.of(FixedFolders(folders)).procedure(body["procedure_id"], DAY).cases[0]
    charges = [
        charge_for(fee, values={}, on=DAY, channel="counter", province_amounts={}) for fee in case.fees
    ]
    return total([charge for charge in charges if charge is not None])


def test_a_clean_page_becomes_a_draft_the_loader_takes(tmp_path: Path) -> None:
    outcome = drafted(tmp_path, page())
    body, text = content(tmp_path, outcome)
    (draft,) = outcome.drafts
    assert draft.path == "procedures/cap-the-ban-doc-thu-vien/2026-11-23.yaml"
    assert text.startswith("# BẢN NHÁP")
    assert body["provenance"]["verified"] is False
    assert body["decision"] == "12/QĐ-BVHTTDL"
    assert body["basis"] == ["Nghị định 93/2020/NĐ-CP"]
    (case,) = body["cases"]
    assert case["time"] == "3wd"
    assert [part["name"] for part in case["parts"]] == ["Đơn đề nghị cấp thẻ", "Ảnh chân dung"]
    assert case["parts"][1]["copy"] == 2
    assert due(body, tmp_path, outcome) == 5000


@pytest.mark.parametrize(
    ("text", "setter"),
    [
        ("Trực tiếp3 NgàyMiễn phí(Mức lệ phí do Hội đồng nhân dân tỉnh quyết định)", "province_council"),
        ("Trực tiếp3 NgàyMiễn phí(Theo quy định của HĐND cấp tỉnh)", "province_council"),
        ("Trực tuyến3 Ngày5,000 VNĐ(HĐND tỉnh)Trực tiếp3 Ngày5,000 VNĐ", "province_council"),
        ("Trực tiếp3 NgàyKhông có thông tin", "none"),
        ("Trực tuyến3 Ngày5,000 VNĐ(thu 7.000 đồng/lần đăng ký)Trực tiếp3 Ngày5,000 VNĐ", "none"),
        ("Trực tiếp15 Ngày700 VNĐ(700.000 đồng/cơ sở.)", "none"),
        ("Trực tiếp3 NgàyMiễn phí(trẻ em; người khác thu 8.000 đồng)", "none"),
        ("Trực tiếp15,000 Việt Nam Đồng", "none"),
        ("Trực tiếp3 Ngày2,000 VNĐ(/trang)", "none"),
        ("Trực tiếpKhông có thông tin10 USD(/bản)", "none"),
    ],
)
def test_a_doubtful_fee_is_unknown_and_never_nothing(tmp_path: Path, text: str, setter: str) -> None:
    outcome = drafted(tmp_path, methods(text))
    body, comment = content(tmp_path, outcome)
    assert [(fee["set_by"], "amount_vnd" in fee) for fee in body["cases"][0]["fees"]] == [(setter, False)]
    assert due(body, tmp_path, outcome) is None
    assert "# - Mức thu: " in comment


def test_the_free_fee_of_a_provincial_sector_is_the_provinces(tmp_path: Path) -> None:
    value = methods("Trực tiếp3 Ngày làm việcMiễn phí") | {"linh_vuc": "Hộ tịch"}
    outcome = drafted(tmp_path, value)
    body, _ = content(tmp_path, outcome)
    assert body["cases"][0]["fees"][0]["set_by"] == "province_council"
    assert due(body, tmp_path, outcome) is None


@pytest.mark.parametrize(
    "text", ["Trực tiếp1Miễn phí", "Trực tiếp2 GiờMiễn phí", "Trực tiếp3 NgàyMiễn phíTrực tiếp5 NgàyMiễn phí"]
)
def test_a_doubtful_time_is_left_out_and_told(tmp_path: Path, text: str) -> None:
    body, comment = content(tmp_path, drafted(tmp_path, methods(text)))
    assert "time" not in body["cases"][0]
    assert "# - Thời hạn: " in comment


def test_doubtful_papers_numbers_and_decisions_are_left_out_and_told(tmp_path: Path) -> None:
    value = papers("- Đơn1 bản chính- Tờ trình theo Mẫu số 181 bản chính") | {
        "so_quyet_dinh": "QĐ/0001-BCA",
        "can_cu_phap_ly": "202068/2020/QH14, 203016/2026/QĐ-UBND",
    }
    body, comment = content(tmp_path, drafted(tmp_path, value))
    assert [part["name"] for part in body["cases"][0]["parts"]] == ["Đơn"]
    assert "decision" not in body
    assert body["basis"] == ["68/2020/QH14"]
    for told in ("QĐ/0001-BCA", "181", "203016/2026"):
        assert told in comment


def test_a_page_of_33_rows_with_25_of_prose_gives_about_six_papers(tmp_path: Path) -> None:
    """Shaped like the copied page of a birth registration, in words of our own."""
    prose = "".join(f"Trường hợp thứ {i} thì cơ quan tự tra cứu dữ liệu.0 bản chính" for i in range(25))
    rows = (
        "- Giấy báo tin; nếu không có thì nộp bản cam đoan. " + "Người làm chứng ký tên vào bản đó. " * 3,
        "- Trường hợp em bé ở xa thì phải có giấy xác nhận của trạm y tế.",
        "- Giấy giới thiệu (có ký tên) theo quy định trong trường hợp đi thay. "
        + "Người thân không cần. " * 5,
        "- Giấy tờ về nơi ở trong trường hợp chưa tra được trên cơ sở dữ liệu.",
        "Tờ khai theo mẫu (nếu nộp tại quầy)",
        "- Thẻ",
        "- Mẫu điện tử tương tác",
        "- Văn bản " + "rất dài và không cắt được " * 8,
    )
    value = papers(prose + "".join(f"{row}1 bản chính" for row in rows))
    outcome = drafted(tmp_path, value)
    (record,) = outcome.records
    assert len(record.papers) == 33
    assert len(list(names_of(record.papers))) == 7
    body, comment = content(tmp_path, outcome)
    names = [part["name"] for part in body["cases"][0]["parts"]]
    assert len(names) == 6
    assert names[1] == "Giấy xác nhận của trạm y tế"
    assert "[25/33]" in comment
    assert all(len(name) <= 110 for name in names)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"cap_thuc_hien": "Cấp tỉnh"}, "not_commune"),
        ({"cap_thuc_hien": ""}, "level_missing"),
        ({"ma_thu_tuc": "1.9"}, "code_ill_formed"),
        ({"ma_thu_tuc": "1.001193"}, "name_on_wrong_code"),
        ({"linh_vuc": ""}, "sector_missing"),
    ],
)
def test_no_draft_where_code_name_or_level_is_doubted(
    tmp_path: Path, changes: dict[str, Any], reason: str
) -> None:
    outcome = drafted(tmp_path, page(**changes), LIST)
    assert [(draft.path, draft.skipped) for draft in outcome.drafts] == [("", reason)]
    assert not (tmp_path / "out" / "procedures").exists()


def test_the_catalogue_is_never_overwritten_but_differences_are_told(
    tmp_path: Path, shipped_forms: Path, shipped_calendars: Path
) -> None:
    existing = FileCatalogue(shipped_forms, shipped_calendars).all_procedures()
    value = page(
        ma_thu_tuc="1.001193",
        ten_thu_tuc="Đăng ký khai sinh",
        linh_vuc="Hộ tịch",
        so_quyet_dinh="999/QĐ-BTP",
        ket_qua_xu_ly="Giấy khai sinhMã: KQ.G15.000099Từ khóa",
    )
    outcome = drafted(tmp_path, value, LIST, existing)
    assert [draft.skipped for draft in outcome.drafts] == ["in_catalogue"]
    assert [(each.field, each.procedure_id) for each in outcome.differences] == [
        ("decision", "dang-ky-khai-sinh"),
        ("fee", "dang-ky-khai-sinh"),
        ("results", "dang-ky-khai-sinh"),
    ]


def test_a_draft_a_person_has_corrected_stays(tmp_path: Path) -> None:
    (draft,) = drafted(tmp_path, page()).drafts
    path = tmp_path / "out" / draft.path
    path.write_text("đã sửa", encoding="utf-8")
    assert [each.skipped for each in drafted(tmp_path, page()).drafts] == ["draft_exists"]
    assert path.read_text(encoding="utf-8") == "đã sửa"


def test_a_draft_the_loader_refuses_says_why(tmp_path: Path) -> None:
    (tmp_path / "out" / "procedures" / "cap-the-ban-doc-thu-vien").mkdir(parents=True)
    other = tmp_path / "out" / "procedures" / "cap-the-ban-doc-thu-vien" / "2026-01-01.yaml"
    drafted(tmp_path, page())
    good = (other.parent / "2026-11-23.yaml").read_text(encoding="utf-8")
    (other.parent / "2026-11-23.yaml").unlink()
    other.write_text(good.replace("2026-11-23", "2026-01-01"), encoding="utf-8")
    (draft,) = drafted(tmp_path, page()).drafts
    assert "overlaps the version before" in draft.problem


AMOUNTS = st.integers(1, 10**8).map(lambda n: f"{n:,}") | st.integers(1, 10**6).map(str)
FEES = st.tuples(
    AMOUNTS, st.sampled_from([" VNĐ", " Đồng", " USD", "", " Việt Nam Đồng(thu 7.000 đồng)"])
).map("".join)
ROWS = st.tuples(
    st.sampled_from(["Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính"]),
    st.sampled_from(["3 Ngày", "1", "", "Không có thông tin", "12 Ngày làm việc"]),
    FEES | st.sampled_from(["Miễn phí", "Miễn phí(HĐND)", "Không có thông tin"]),
).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(ROWS, max_size=4).map("".join))
@example("Trực tiếp3 NgàyMiễn phíTrực tiếp3 Ngày1 USD")
def test_no_amount_appears_that_the_source_does_not_have(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("fees")
    body, _ = content(folder, drafted(folder, page(cach_thuc_thuc_hien=METHODS_HEAD + text)))
    fees = body["cases"][0].get("fees", [])
    said = {int(re.sub(r"[.,]", "", each)) for each in re.findall(r"\d[\d.,]*(?<![.,])", text)}
    assert {fee["amount_vnd"] for fee in fees if "amount_vnd" in fee} <= said - {0}
    # No fee at all is a fee of nothing: only where every way says that it is free, and nothing else.
    assert fees or set(
        re.sub(
            r"Trực tiếp|Trực tuyến|Dịch vụ bưu chính|3 Ngày|12 Ngày làm việc|Không có thông tin|1", "", text
        )
    ) <= set("Miễn phí")
