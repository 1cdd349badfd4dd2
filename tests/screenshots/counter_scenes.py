"""Visits that end without a dossier, a corrected dossier, lists, scans and letters, for the pictures."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from tests.devices.scan_samples import picture_bytes, text_page
from tests.helpers.visits import BIRTH, FATHER, GRANDMOTHER, MOTHER, card_text

from counter_app.domain.dossier import Dossier, ReturnBy
from counter_app.domain.dossier_acts import EnterResult
from counter_app.services.acts.perform import perform
from counter_app.services.people.authorisations import LetterDraft, add
from counter_app.services.receive_dossier import receive
from counter_app.ui.dossier.view import DossierScreen
from counter_app.ui.intake.notice_page import NoticePage
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.lists.view import ListsScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.people.view import PeopleScreen
from counter_app.ui.scans.panel import ScansPanel
from counter_app.ui.widgets.layouts import Scroll

_AGENCY = "Chi nhánh Văn phòng đăng ký đất đai khu vực Hòa Bình"
_ITEMS = ("RB123456785VN", "RB123456799VN")


def notice_scenes(window: MainWindow) -> Iterator[str]:
    """F7: what is missing, why a visit is refused; and the page where its papers are scanned."""
    scan = _scan(window)
    window.open_screen("intake", new="1", procedure_id=BIRTH.procedure_id)
    scan(card_text(GRANDMOTHER))
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    screen.open_notice()
    quiet(window)
    page = screen.findChild(NoticePage)
    assert page is not None
    page.more.setText("Ảnh 3×4 của người được khai sinh")
    page.more.accepted.emit()
    yield "notice"
    screen.open_refusal()
    yield "notice-refusal"
    screen.escape()
    screen.open_scans()
    yield "intake-scans"
    screen.escape()
    window.open_screen("intake", new="1")
    quiet(window)


def correction_scene(window: MainWindow, received: Dossier) -> Iterator[str]:
    """Correct the child's name in a dossier received this morning, and leave it as it was."""
    window.open_screen("intake", correct=received.dossier_code)
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    screen.presenter.answer("ht-khai-sinh", "ks_ho_ten", "Nguyễn Bùi Minh Khuê")
    screen.correction.reason.set_value("Sai câu trả lời trong tờ khai")
    screen.correction.reason.edited.emit()
    yield "correction"
    screen.presenter.leave_correction()
    quiet(window)


def list_scenes(window: MainWindow) -> Iterator[str]:
    """Hand dossiers over to an agency, and give results to the post with the codes of the items."""
    assert window.workspace is not None
    desk = window.workspace.desk
    visits = [replace(BIRTH, applicant=each, return_by=ReturnBy.POSTAL) for each in (FATHER, MOTHER)]
    dossiers = [receive(desk, visit, clerk=desk.settings.clerk) for visit in visits]
    ids = [each.dossier_id for each in dossiers]
    window.open_screen("lists", kind="hand_over", dossier_ids=ids)
    screen = window.current_screen()
    assert isinstance(screen, ListsScreen)
    screen.to.set_value(_AGENCY)
    screen.agency.setChecked(True)
    yield "lists"
    screen.save()
    for dossier_id in ids:
        perform(desk, dossier_id, EnterResult())
    window.open_screen("lists", kind="postal", dossier_ids=())
    for dossier, item in zip(dossiers, _ITEMS, strict=True):
        _scan(window)(f"{dossier.dossier_code}/{dossier.lookup_secret}")
        _scan(window)(item)
    quiet(window)
    yield "lists-postal"


def scan_scenes(window: MainWindow, received: Dossier) -> Iterator[str]:
    """A straightened scan, a coarse one the clerk is asked about, papers without a file; and the viewer."""
    window.open_screen("dossier", dossier_code=received.dossier_code)
    screen = window.current_screen()
    assert isinstance(screen, DossierScreen)
    panel = screen.findChild(ScansPanel)
    assert panel is not None
    with tempfile.TemporaryDirectory() as folder:
        for part_id, dpi in zip(list(panel.lines), (300, 150), strict=False):
            page = text_page(round(8.27 * dpi), round(11.69 * dpi), skew=1.8)
            path = Path(folder) / f"{dpi}.jpg"
            path.write_bytes(picture_bytes(page, "JPEG", dpi))
            panel.presenter.add_files(part_id, [path])
    quiet(window)
    for _turn in range(6):
        QApplication.processEvents()  # the lines have their heights before they are scrolled to
    area = next(each for each in screen.findChildren(Scroll) if each.isAncestorOf(panel))
    inside = area.widget()
    assert inside is not None
    area.verticalScrollBar().setValue(panel.mapTo(inside, QPoint(0, 0)).y() - 40)
    yield "scans"


def people_scenes(window: MainWindow) -> Iterator[str]:
    """A citizen with relatives; one with a letter; the page where a letter is entered."""
    assert window.workspace is not None
    desk = window.workspace.desk
    letter = LetterDraft(
        giver_id=GRANDMOTHER.personal_id,
        delegate=FATHER,
        paper_number="12/UQ",
        signed_on=date(2026, 11, 20),
        certified_by="UBND xã Trung Minh",
    )
    add(desk, letter)
    window.open_screen("people", text="bui thi", person_id=MOTHER.personal_id)
    yield "people"
    window.open_screen("people", text="dinh thi", person_id=GRANDMOTHER.personal_id)
    yield "people-with-letter"
    screen = window.current_screen()
    assert isinstance(screen, PeopleScreen)
    screen.write_letter()
    screen.letter.take_delegate(FATHER)
    yield "people-letter"
    screen.escape()


def quiet(window: MainWindow) -> None:
    """Put the message of the step before away."""
    assert window.live is not None
    window.live.messages.hide()


def _scan(window: MainWindow) -> Callable[[str], None]:
    assert window.live is not None
    return window.live.scanning.router.route
