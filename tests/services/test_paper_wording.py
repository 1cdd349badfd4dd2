"""What the papers say: the fields of each form, and what depends on the case."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.builders import MORNING, make_dossier, make_office

from counter_app.domain.dossier import ReturnBy
from counter_app.domain.dossier_life import EndedBy, Ending, Extension, Supplement
from counter_app.domain.office import Office
from counter_app.domain.procedure import SupplementPolicy
from counter_app.services.notice_content import Items, Labelled, NoticeContent, NoticeTable, Paragraph
from counter_app.services.office_in_text import office_in_text
from counter_app.services.papers.apology import apology
from counter_app.services.papers.copy_number import next_copy
from counter_app.services.papers.fee_receipt import (
    FeeReceipt,
    ReceiptLine,
    fee_receipt,
    receipt_detail,
    receipt_of_detail,
)
from counter_app.services.papers.refusal import refusal
from counter_app.services.papers.standing_steps import standing_steps
from counter_app.services.papers.stop_notice import stop_notice
from counter_app.services.papers.subject import subject_of
from counter_app.services.papers.supplement_request import supplement_request
from counter_app.services.papers.transfer_list import (
    HandOverRow,
    PostalRow,
    Side,
    TransferListContent,
    transfer_list_sheet,
)
from counter_app.services.ports import HistoryEntry, PrintRecord

OFFICE = make_office()
DOSSIER = make_dossier()


def said(content: NoticeContent) -> str:
    """Everything the blocks say, in reading order."""
    words: list[str] = []
    for block in content.blocks:
        match block:
            case Labelled():
                words += [block.label + block.value, *(label + value for label, value in block.more)]
            case Paragraph():
                words.append(block.text)
            case Items():
                words += block.texts
            case NoticeTable():
                words += [cell for row in block.rows for cell in row.cells]
    return "\n".join(words)


def asked(policy: SupplementPolicy = SupplementPolicy.RESET, again: str = "") -> Supplement:
    return Supplement(
        number=7,
        at=MORNING,
        clerk="Mai",
        items=("Giấy A", "Giấy B"),
        reason="Thiếu giấy tờ",
        policy=policy,
        repeat_reason=again,
    )


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (SupplementPolicy.RESET, "tính lại từ đầu"),
        (SupplementPolicy.PAUSE, "thời gian còn lại được tính tiếp"),
        (SupplementPolicy.SHIFT, "được cộng thêm vào ngày hẹn trả"),
    ],
)
def test_a_request_says_what_becomes_of_the_time_limit(policy: SupplementPolicy, words: str) -> None:
    content = supplement_request(subject_of(DOSSIER), asked(policy), OFFICE, number="07-Q1/HDHS")
    assert words in said(content)
    others = {"tính lại từ đầu", "còn lại được tính tiếp", "được cộng thêm"}
    assert sum(other in said(content) for other in others) == 1


def test_a_request_has_the_fields_of_the_form() -> None:
    content = supplement_request(subject_of(DOSSIER), asked(), OFFICE, number="07-Q1/HDHS")
    words = said(content)
    for field in (
        "Hồ sơ của: Đặng Thị Thử Nghiệm",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh (Trong thời hạn 60 ngày)",
        "Địa chỉ: Xóm Bưởi",
        "Số điện thoại: 0900000001",
        "Email: ",
        "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:\nGiấy A\nGiấy B",
        "Lý do: Thiếu giấy tờ",
        "Mai, Trung tâm Phục vụ hành chính công xã Trung Minh, điện thoại: 02180000000",
    ):
        assert field in words
    assert content.number == "07-Q1/HDHS"
    assert [place.title for place in content.signatures] == ["NGƯỜI HƯỚNG DẪN"]
    assert "thêm lần nữa" not in words
    again = supplement_request(subject_of(DOSSIER), asked(again="Giấy nộp bị mờ"), OFFICE, number="8")
    assert "thêm lần nữa: Giấy nộp bị mờ" in said(again)


def test_before_the_receipt_no_limit_runs() -> None:
    content = supplement_request(subject_of(DOSSIER), asked(), OFFICE, number="1", received=False)
    assert "chưa được tiếp nhận" in said(content)
    assert "tính lại từ đầu" not in said(content)


def _ending(kind: EndedBy, **changes: object) -> Ending:
    made = Ending(kind=kind, number=3, at=MORNING, clerk="Mai", reasons=("Sai thẩm quyền", "Hết hạn"))
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_refusal_has_two_signatures_and_every_reason() -> None:
    content = refusal(subject_of(DOSSIER), _ending(EndedBy.REFUSAL), OFFICE, number="03-Q1/TCHS")
    assert [place.title for place in content.signatures] == ["NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ"]
    assert "không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:\nSai thẩm quyền\nHết hạn" in said(
        content
    )
    assert "Xin thông báo cho Ông/Bà được biết và thực hiện." in said(content)


@pytest.mark.parametrize(
    ("on_request", "words"), [(True, "theo đề nghị của người nộp"), (False, "vì có căn cứ phải dừng")]
)
def test_a_stop_says_who_wanted_it_who_decided_and_what_becomes_of_things(
    on_request: bool, words: str
) -> None:
    ending = _ending(
        EndedBy.STOP, on_request=on_request, decided_by="Chủ tịch", fees="Hoàn 8.000 đ", originals="Trả lại"
    )
    content = stop_notice(DOSSIER, ending, OFFICE, number="1")
    for field in (words, "quyết định dừng giải quyết: Chủ tịch", "phí đã nộp: Hoàn 8.000 đ", "nộp: Trả lại"):
        assert field in said(content)
    assert content.signatures[0].title == "THỦ TRƯỞNG CƠ QUAN"
    assert content.addressee == DOSSIER.applicant.full_name


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (ReturnBy.COUNTER, "tại Trung tâm Phục vụ hành chính công xã Trung Minh, Xóm Miều, xã Trung Minh:"),
        (ReturnBy.POSTAL, "qua dịch vụ bưu chính công ích:"),
    ],
)
def test_an_apology_says_both_promises_and_where(way: ReturnBy, words: str) -> None:
    extension = Extension(
        number=2,
        at=MORNING + timedelta(days=1),
        clerk="Mai",
        reason="Chờ kết quả xác minh",
        due_before=MORNING + timedelta(days=3),
        due_after=MORNING + timedelta(days=7),
    )
    content = apology(replace(DOSSIER, return_by=way), extension, OFFICE, number="02-Q1/XLHG")
    assert content.about.startswith("V/v xin lỗi")
    for field in (
        DOSSIER.dossier_code,
        "hẹn trả kết quả: 08 giờ 30 phút, ngày 26 tháng 11 năm 2026",
        "Nguyên nhân: Chờ kết quả xác minh.",
        words,
        "08 giờ 30 phút, ngày 30 tháng 11 năm 2026.",
    ):
        assert field in said(content)
    assert content.recipients


LINES = st.lists(
    st.builds(
        ReceiptLine,
        name=st.text(max_size=40),
        amount_vnd=st.integers(1, 10**9),
        quantity=st.integers(1, 99),
    ),
    max_size=8,
).map(tuple)


@given(LINES, st.text(max_size=30), st.integers(1, 9999))
def test_a_receipt_comes_back_from_history_as_it_was(
    lines: tuple[ReceiptLine, ...], payer: str, number: int
) -> None:
    receipt = FeeReceipt(number=number, at=MORNING, cashier="Mai", payer=payer, lines=lines, by="Tiền mặt")
    assert receipt_of_detail(receipt_detail(receipt), at=MORNING, clerk="Mai") == receipt


@given(LINES)
def test_the_sum_of_a_receipt_is_that_of_its_lines(lines: tuple[ReceiptLine, ...]) -> None:
    receipt = FeeReceipt(number=1, at=MORNING, cashier="Mai", payer="", lines=lines)
    content = fee_receipt(DOSSIER, receipt, OFFICE, number="01-Q1/BNT")
    (table,) = [block for block in content.blocks if isinstance(block, NoticeTable)]
    amounts = [int("".join(filter(str.isdigit, row.cells[3]))) for row in table.rows]
    assert sum(amounts[:-1]) == amounts[-1] == receipt.total_vnd
    assert "không phải biên lai" in content.notes[0]


@pytest.mark.parametrize(
    ("name", "commune", "expected"),
    [
        (
            "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH",
            "xã Trung Minh",
            "Trung tâm Phục vụ hành chính công xã Trung Minh",
        ),
        ("BỘ PHẬN MỘT CỬA PHƯỜNG ĐỒNG NGUYÊN", "Phường Đồng Nguyên", "Bộ phận một cửa phường Đồng Nguyên"),
        ("CHI NHÁNH SỐ 12 THÀNH PHỐ HÀ NỘI", "phường Láng", "CHI NHÁNH SỐ 12 THÀNH PHỐ HÀ NỘI"),
        ("Trung tâm Phục vụ xã Trung Minh", "xã Trung Minh", "Trung tâm Phục vụ xã Trung Minh"),
        ("TRUNG TÂM", "", "TRUNG TÂM"),
        ("", "", ""),
    ],
)
def test_an_office_is_written_small_within_a_sentence(name: str, commune: str, expected: str) -> None:
    office = Office(unit_code="H29.12", name=name, province="Phú Thọ", commune_name=commune)
    assert office_in_text(office) == expected


def _step(act: str, **detail: object) -> HistoryEntry:
    return HistoryEntry(at=MORNING, clerk="Mai", act=act, detail=detail)


def test_steps_taken_back_do_not_stand() -> None:
    history = (
        _step("received"),
        _step("handed_over", to="A"),
        _step("undone", undone="handed_over"),
        _step("handed_over", to="B"),
        _step("undone", undone="no_such_step"),
    )
    assert [(s.act, s.detail.get("to")) for s in standing_steps(history)] == [
        ("received", None),
        ("handed_over", "B"),
    ]


def _left(paper: str, copy_no: int, of_step: int, outcome: str = "printed") -> PrintRecord:
    return PrintRecord(
        dossier_id="d",
        paper=paper,
        copy_no=copy_no,
        at=MORNING,
        clerk="Mai",
        outcome=outcome,
        of_step=of_step,
    )


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ("slip", 3),
        ("control", 1),
        ("supplement:1", 3),
        ("supplement", 2),
        ("supplement:2", 2),
        ("apology", 1),
        ("stop", 2),
    ],
)
def test_the_next_copy_is_counted_by_paper_and_act(paper: str, expected: int) -> None:
    asked = "supplement_requested"
    acts = ("received", "extended", "undone", asked, "resumed", asked, "extended", "stopped")
    history = tuple(_step(act, **({"undone": "extended"} if act == "undone" else {})) for act in acts)
    prints = [
        _left("slip", 1, 1),
        _left("apology", 1, 2),  # of the extension taken back: another paper
        _left("slip", 2, 3),
        _left("control", 1, 4, "failed"),
        _left("supplement", 1, 4),
        _left("supplement", 1, 6),
        _left("supplement:1", 2, 7),
        _left("stop", 1, 8, "sending"),  # perhaps in somebody's hands
    ]
    assert next_copy(paper, prints, history) == expected


def _list(rows: tuple[HandOverRow | PostalRow, ...]) -> TransferListContent:
    return TransferListContent(
        number="03-Q1/GNHS", at=MORNING, giver=Side(unit="A", person="Mai"), taker=Side(unit="B"), rows=rows
    )


def test_a_hand_over_list_counts_papers_and_is_signed_by_both() -> None:
    rows = tuple(
        HandOverRow(
            dossier_code=f"H29.12-261123-{1000 + n}",
            procedure_name="Khai sinh",
            applicant_name="Đặng Thị Thử",
            papers=n,
            originals=1,
            due_at=MORNING if n else None,
        )
        for n in range(3)
    )
    sheet = transfer_list_sheet(_list(rows), OFFICE)
    assert "3 hồ sơ, 3 giấy tờ, trong đó 3 bản chính" in sheet.sections[-1].lines[0]
    table = sheet.sections[1].table
    assert table is not None
    assert [row[0] for row in table.rows] == ["1", "2", "3"]
    assert [row[6] for row in table.rows] == ["Không hẹn", "08:30\n23/11/2026", "08:30\n23/11/2026"]
    assert [place.split("\n")[0] for place in sheet.signatures] == ["BÊN GIAO", "BÊN NHẬN"]
    assert sheet.signatures[0].endswith("Mai")


def test_a_postal_list_leaves_room_for_codes_written_by_hand() -> None:
    row = PostalRow(
        dossier_code="H29.12-261123-1001",
        recipient="Đặng Thị Thử",
        address="Xóm Bưởi",
        phone="0900000001",
        content="Giấy khai sinh",
    )
    sheet = transfer_list_sheet(_list((row, replace(row, item_code="RA1VN"))), OFFICE)
    assert "2 bưu gửi" in sheet.sections[-1].lines[0]
    table = sheet.sections[1].table
    assert table is not None
    assert [cells[6] for cells in table.rows] == ["", "RA1VN"]
