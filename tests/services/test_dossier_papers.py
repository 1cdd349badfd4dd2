"""The papers of a dossier's life: there once their act happened, and counted from it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, FixedClock, make_dossier
from tests.helpers.desks import PaperTray, make_desk
from tests.helpers.visits import BIRTH
from tests.printing.paper_reading import all_text, page_sizes_mm, squeezed

from counter_app.domain.dossier import Dossier, ReturnBy
from counter_app.domain.dossier_acts import (
    AskSupplement,
    EnterResult,
    Extend,
    HandOver,
    Refuse,
    Resume,
    Stop,
    Undo,
)
from counter_app.domain.dossier_life import Holder
from counter_app.domain.errors import BadInput
from counter_app.services.acts.perform import perform
from counter_app.services.acts.undo import undo
from counter_app.services.desk import Desk
from counter_app.services.paper_content import PaperSize
from counter_app.services.papers.names import paper_name
from counter_app.services.papers.paper_kinds import papers_of, require_size, size_for, sizes_of
from counter_app.services.print_papers import Paper, print_paper, render, save_paper
from counter_app.services.receipts import Payment, collect, void_receipt
from counter_app.services.receive_dossier import receive

ALL = ("supplement", "refusal", "apology", "stop", "receipt", "label")
ASK = AskSupplement(items=("Giấy chứng sinh", "Giấy kết hôn"), reason="Thiếu giấy tờ")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    return receive(desk, replace(BIRTH, slip_asked=True), clerk="Mai")


def later(desk: Desk, **amount: int) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(**amount)


def printed(desk: Desk, dossier: Dossier, paper: str) -> Paper:
    later(desk, minutes=1)
    return print_paper(desk, dossier, paper)


@pytest.mark.parametrize("paper", [*ALL, "supplement:1", "receipt:1", "form:none", "slip:2", "control:1", ""])
def test_what_did_not_happen_has_no_paper(desk: Desk, dossier: Dossier, paper: str) -> None:
    with pytest.raises(BadInput) as refused:
        print_paper(desk, dossier, paper)
    assert refused.value.code == "paper_unknown"


@pytest.mark.parametrize("place", ["0", "2", "-1", "1.5", "x", "", "9999"])
def test_a_place_no_request_has_is_no_paper(desk: Desk, dossier: Dossier, place: str) -> None:
    asked = perform(desk, dossier.dossier_id, ASK)
    with pytest.raises(BadInput) as refused:
        print_paper(desk, asked, f"supplement:{place}")
    assert refused.value.code == "paper_unknown"


def test_every_paper_named_can_be_printed(desk: Desk, dossier: Dossier) -> None:
    dossier = perform(desk, dossier.dossier_id, HandOver(to=Holder(name="Bùi Văn Công")))
    dossier = perform(desk, dossier.dossier_id, ASK)
    dossier = perform(desk, dossier.dossier_id, Resume())
    dossier = perform(desk, dossier.dossier_id, replace(ASK, repeat_reason="Giấy nộp bị mờ"))
    dossier = perform(desk, dossier.dossier_id, Resume())
    dossier = perform(desk, dossier.dossier_id, Extend(reason="Chờ xác minh", time="3wd", late_reason="Muộn"))
    dossier = perform(
        desk,
        dossier.dossier_id,
        Stop(reasons=("Theo đề nghị",), decided_by="Chủ tịch", fees="Không", originals="Trả lại"),
    )
    names = papers_of(dossier)
    assert names == (
        *("slip", "form:ht-khai-sinh", "supplement:1", "supplement", "apology", "stop", "control"),
    )
    for name in names:
        assert printed(desk, dossier, name).pdf.startswith(b"%PDF")
        assert paper_name(name, dossier)
    assert len({paper_name(name, dossier) for name in names}) == len(names)


def test_the_numbers_and_words_of_the_act_are_on_its_paper(desk: Desk, dossier: Dossier) -> None:
    first = perform(desk, dossier.dossier_id, ASK)
    text = all_text(printed(desk, first, "supplement").pdf)
    for words in ("Số: 01-Q1/HDHS", *ASK.items, ASK.reason, "tính lại từ đầu", "toàn bộ nội dung"):
        assert squeezed(words) in text
    perform(desk, dossier.dossier_id, Resume())
    again = perform(desk, dossier.dossier_id, replace(ASK, items=("Giấy C",), repeat_reason="Giấy nộp bị mờ"))
    second = all_text(printed(desk, again, "supplement").pdf)
    assert squeezed("Số: 02-Q1/HDHS") in second
    assert squeezed("Giấy nộp bị mờ") in second
    assert squeezed("Số: 01-Q1/HDHS") in all_text(printed(desk, again, "supplement:1").pdf)


def test_copies_are_counted_from_the_act_a_paper_tells_of(desk: Desk, dossier: Dossier) -> None:
    first = perform(desk, dossier.dossier_id, ASK)
    assert [printed(desk, first, "supplement").copy_no for _ in range(2)] == [1, 2]
    later(desk, minutes=5)
    perform(desk, dossier.dossier_id, Resume())
    again = perform(desk, dossier.dossier_id, replace(ASK, repeat_reason="Mờ"))
    new = printed(desk, again, "supplement")
    assert new.copy_no == 1
    assert "Inlại" not in all_text(new.pdf)
    assert printed(desk, again, "supplement:1").copy_no == 3
    assert printed(desk, again, "supplement:2").copy_no == 2
    assert printed(desk, again, "supplement").copy_no == 3


def test_a_refusal_made_anew_is_not_a_reprint(desk: Desk, dossier: Dossier) -> None:
    refused = perform(desk, dossier.dossier_id, Refuse(reasons=("Sai thẩm quyền",)))
    assert papers_of(refused)[-2:] == ("refusal", "control")
    undo(desk, dossier.dossier_id, Undo())
    later(desk, minutes=1)
    anew = perform(desk, dossier.dossier_id, Refuse(reasons=("Không đủ điều kiện",)))
    paper = printed(desk, anew, "refusal")
    assert paper.copy_no == 1
    assert squeezed("Số: 02-Q1/TCHS") in all_text(paper.pdf)
    assert printed(desk, anew, "refusal").copy_no == 2


def test_the_receipt_says_what_was_taken_and_when_it_was_taken_back(desk: Desk) -> None:
    from tests.helpers.desks import add_pinned

    with desk.store.writing() as transaction:
        dossier = add_pinned(transaction, make_dossier(return_by=ReturnBy.POSTAL))
    assert "receipt" not in papers_of(dossier)
    taken = collect(desk, dossier.dossier_id, Payment())
    with desk.store.reading() as queries:
        paid = queries.dossier(dossier.dossier_id)
    assert paid is not None
    assert {"receipt", "label"} <= set(papers_of(paid))
    first = printed(desk, paid, "receipt")
    text = all_text(first.pdf)
    for words in ("8.000 đ", "Tám nghìn đồng", "Số: 01-Q1/BNT", "không phải biên lai", "Tiền mặt"):
        assert squeezed(words) in text
    assert printed(desk, paid, "label").size is PaperSize.A4
    later(desk, minutes=1)
    void_receipt(desk, taken.receipt_id, "Thu nhầm")
    void = render(desk, paid, "receipt", copy_no=2, size=PaperSize.MM80)
    assert squeezed("PHIẾU ĐÃ HỦY ngày 23/11/2026. Lý do: Thu nhầm") in all_text(void.pdf)


def test_the_control_sheet_follows_the_dossier(desk: Desk, dossier: Dossier) -> None:
    before = all_text(render(desk, dossier, "control", copy_no=1, size=PaperSize.A4).pdf)
    assert "BùiVănCông" not in before
    perform(desk, dossier.dossier_id, HandOver(to=Holder(name="Lê Văn Nhầm")))
    undo(desk, dossier.dossier_id)
    later(desk, hours=1)
    perform(desk, dossier.dossier_id, HandOver(to=Holder(name="Bùi Văn Công")))
    later(desk, hours=2)
    done = perform(desk, dossier.dossier_id, EnterResult(name="Giấy khai sinh", number="45"))
    text = all_text(render(desk, done, "control", copy_no=1, size=PaperSize.A4).pdf)
    for words in (
        "Nhận: Bùi Văn Công",
        "2. Giao: Bùi Văn Công",
        "09 giờ 30 phút,",
        "11 giờ 30 phút,",
        "số 45",
        "3. Giao: ....",
    ):
        assert squeezed(words) in text
    assert "LêVănNhầm" not in text


def test_the_slip_names_its_register_line_and_the_promise_before(desk: Desk, dossier: Dossier) -> None:
    first = all_text(printed(desk, dossier, "slip").pdf)
    assert squeezed(f"Quyển số: 1/2026 Số thứ tự: {dossier.register_no}") in first
    assert dossier.register_no > 0
    assert "Hẹnlại" not in first
    later(desk, minutes=1)
    moved = perform(
        desk, dossier.dossier_id, Extend(reason="Chờ xác minh", time="2wd", late_reason="Mới biết")
    )
    slip = all_text(printed(desk, moved, "slip").pdf)
    assert dossier.due_at is not None
    assert squeezed(f"Hẹn lại; lần trước hẹn 17 giờ 00, ngày {dossier.due_at:%d/%m/%Y}") in slip
    later(desk, minutes=1)
    asked = perform(desk, dossier.dossier_id, ASK)
    assert squeezed("Đang chờ bổ sung hồ sơ theo Phiếu số 01-Q1/HDHS") in all_text(
        printed(desk, asked, "slip").pdf
    )


def test_a_corrected_slip_says_so(desk: Desk, dossier: Dossier) -> None:
    corrected = replace(dossier, life=replace(dossier.life, corrections=2))
    paper = render(desk, corrected, "slip", copy_no=1, size=PaperSize.MM80)
    assert squeezed("Đính chính lần 2") in all_text(paper.pdf)
    assert "Đínhchính" not in all_text(render(desk, dossier, "slip", copy_no=1, size=PaperSize.A5).pdf)


def test_a_paper_comes_on_its_own_sheet_where_the_wished_one_is_not_offered(
    desk: Desk, dossier: Dossier, tmp_path: Path
) -> None:
    assert size_for("control", PaperSize.A5) is PaperSize.A4
    assert size_for("form:x", PaperSize.MM80) is PaperSize.A4
    assert size_for("refusal", PaperSize.MM80) is PaperSize.A5
    paper = save_paper(desk, dossier, "control", lambda _paper: None, size=PaperSize.A5)
    assert paper.size is PaperSize.A4
    assert page_sizes_mm(paper.pdf)[0] == pytest.approx((210, 297), abs=0.1)


@pytest.mark.parametrize(("paper", "size"), [("refusal", PaperSize.MM80), ("control", PaperSize.A5)])
def test_a_sheet_asked_for_by_name_must_suit(paper: str, size: PaperSize) -> None:
    with pytest.raises(BadInput) as refused:
        require_size(paper, size)
    assert refused.value.code == "size_not_offered"
    assert refused.value.params["offered"] == [each.value for each in sizes_of(paper)]


def test_the_printer_gets_titles_without_names(desk: Desk, dossier: Dossier) -> None:
    asked = perform(desk, dossier.dossier_id, ASK)
    perform(desk, dossier.dossier_id, Resume())
    again = perform(desk, asked.dossier_id, replace(ASK, repeat_reason="Mờ"))
    assert printed(desk, again, "supplement:1").file_name == "supplement-1.pdf"
    assert isinstance(desk.printer, PaperTray)
    assert desk.printer.printed[-1][0] == "supplement-1.pdf"
