"""Papers come after the commit, are counted, and a printer's failure loses nothing."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from tests.helpers.builders import FixedClock
from tests.helpers.desks import PaperTray
from tests.helpers.visits import BIRTH, GRANDMOTHER

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.services.desk import Desk
from counter_app.services.look_up import open_dossier
from counter_app.services.paper_content import PaperSize
from counter_app.services.paper_files import write_paper
from counter_app.services.print_papers import SLIP, papers_to_hand_out, print_paper
from counter_app.services.receive_dossier import receive


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    return receive(desk, replace(BIRTH, slip_asked=True), clerk="Mai")


def tray(desk: Desk) -> PaperTray:
    assert isinstance(desk.printer, PaperTray)
    return desk.printer


def test_the_visit_hands_out_the_forms_and_the_slip_where_wanted(desk: Desk, dossier: Dossier) -> None:
    assert papers_to_hand_out(dossier) == ("form:ht-khai-sinh", SLIP)
    assert papers_to_hand_out(replace(dossier, slip_required=False)) == ("form:ht-khai-sinh",)


def test_the_slip_names_code_promise_and_papers_and_masks_the_id(desk: Desk, dossier: Dossier) -> None:
    print_paper(desk, dossier, SLIP)

    (title, pdf), text = tray(desk).printed[0], text_of(tray(desk).printed[0][1])
    assert title == "slip.pdf"
    assert pdf.startswith(b"%PDF")
    for expected in (
        "H29.12-261123-1001",
        "Đinh Thị Sen",
        "17 giờ 00 phút, ngày 23 tháng 11 năm 2026",
        "Tờ khai đăng ký khai sinh",
        "Giấy chứng sinh",
        "0171******21",
    ):
        assert expected in " ".join(text.split())
    assert GRANDMOTHER.personal_id not in text


def test_a_reprint_is_counted_and_marked(desk: Desk, dossier: Dossier) -> None:
    assert print_paper(desk, dossier, SLIP).copy_no == 1
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(hours=1)
    assert print_paper(desk, dossier, SLIP).copy_no == 2

    first, second = (text_of(pdf) for _, pdf in tray(desk).printed)
    assert "In lại" not in first
    assert "In lại lần 1, 11 giờ 45, ngày 23/11/2026" in second
    prints = open_dossier(desk, dossier.dossier_code).prints
    assert [(p.paper, p.copy_no, p.outcome) for p in prints] == [(SLIP, 1, "printed"), (SLIP, 2, "printed")]


def test_a_failing_printer_loses_nothing_and_uses_no_copy_number(desk: Desk, dossier: Dossier) -> None:
    tray(desk).failing = True
    with pytest.raises(EnvironmentProblem) as failed:
        print_paper(desk, dossier, SLIP)
    assert failed.value.code == "printer_failed"
    assert open_dossier(desk, dossier.dossier_code).dossier == dossier

    tray(desk).failing = False
    assert print_paper(desk, dossier, SLIP).copy_no == 1
    outcomes = [p.outcome for p in open_dossier(desk, dossier.dossier_code).prints]
    assert outcomes == ["failed", "printed"]


def test_a_folder_that_cannot_be_written_is_an_environment_problem(
    desk: Desk, dossier: Dossier, tmp_path: Path
) -> None:
    (tmp_path / "blocked").write_text("a file, not a folder")
    with pytest.raises(EnvironmentProblem) as failed:
        write_paper(desk, dossier, SLIP, folder=tmp_path / "blocked", size=PaperSize.A5)
    assert failed.value.code == "paper_not_saved"


def test_an_unknown_paper_is_refused(desk: Desk, dossier: Dossier) -> None:
    with pytest.raises(BadInput) as refused:
        print_paper(desk, dossier, "form:khong-co")
    assert refused.value.code == "paper_unknown"


def test_the_filled_form_says_what_was_answered(desk: Desk, dossier: Dossier) -> None:
    print_paper(desk, dossier, "form:ht-khai-sinh")

    text = " ".join(text_of(tray(desk).printed[0][1]).split())
    for expected in (
        "TỜ KHAI ĐĂNG KÝ KHAI SINH",
        "Kính gửi",
        "NGUYỄN BÙI MINH KHÔI",
        "ngày mười lăm tháng mười một năm hai nghìn không trăm hai mươi sáu",
        "BÙI THỊ HỒNG NHUNG",
        "NGUYỄN VĂN THẮNG",
        "017194001245",
    ):
        assert expected in text
