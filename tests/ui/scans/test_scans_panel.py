"""The panel of scans in a real window: files dropped, chosen, from the folder and from a scanner."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from tests.devices.scan_samples import picture_bytes, scanned_pdf, text_page
from tests.helpers.visits import BIRTH

from counter_app.devices.scan_folder import TAKEN
from counter_app.domain.dossier import Dossier
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import save_draft
from counter_app.services.receive_dossier import receive
from counter_app.services.scans.attach import ScanOwner
from counter_app.services.scans.keep import scans_of
from counter_app.services.scans.scan_parts import ScanPart
from counter_app.ui.main_window import MainWindow
from counter_app.ui.scans.panel import ScansPanel
from counter_app.ui.scans.scan_line import ScanLine
from counter_app.ui.scans.viewer import ScanViewer
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column

PART = "giay_chung_sinh"


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    return receive(desk, BIRTH, clerk="Mai")


@pytest.fixture
def panel(window: MainWindow, dossier: Dossier, qtbot: QtBot) -> Iterator[ScansPanel]:
    screen = window.current_screen()
    assert screen is not None
    made = ScansPanel(screen.workspace)
    holder = QWidget()
    holder.setLayout(column(made, None))
    qtbot.addWidget(holder)
    holder.resize(420, 600)
    holder.show()
    made.show_dossier(dossier)
    yield made
    made.presenter.cancel()


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scans") / "IMG_0001.jpg"
    path.write_bytes(picture_bytes(text_page(1654, 2339, skew=1.8), "JPEG", 200))
    return path


def files(desk: Desk, dossier: Dossier) -> list[tuple[str, int, int]]:
    found = scans_of(desk, ScanOwner(dossier_id=dossier.dossier_id))
    return [(each.part_id, each.pages, each.dpi) for each in found]


def said(line: ScanLine) -> str:
    return " | ".join(label.text() for label in line.findChildren(PlainLabel))


def button(line: ScanLine, text: str) -> Button:
    return next(each for each in line.findChildren(Button) if each.text() == text)


def buttons(line: ScanLine) -> list[str]:
    return [each.text() for each in line.findChildren(Button)]


def drop(line: ScanLine, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    line.dropEvent(event)


def test_a_dropped_file_is_attached_and_told(
    panel: ScansPanel, desk: Desk, dossier: Dossier, page_file: Path
) -> None:
    line = panel.lines[PART]
    assert "Giấy chứng sinh" in said(line)
    assert "Chọn tệp…" in buttons(line)
    drop(line, page_file)
    assert files(desk, dossier) == [(PART, 1, 200)]
    assert "1 trang · 200 dpi" in said(line)
    assert "đã xoay thẳng 1,8°" in said(line)
    assert page_file.exists()
    assert buttons(line) == ["Xem", "Thêm tệp…", "Gỡ"]
    drop(line, page_file)
    assert files(desk, dossier) == [(PART, 2, 200)]


def test_what_cannot_be_used_is_told_on_its_line(
    panel: ScansPanel, desk: Desk, dossier: Dossier, tmp_path: Path
) -> None:
    wrong = tmp_path / "giấy tờ.pdf"
    wrong.write_bytes(b"MZ not a PDF")
    line = panel.lines[PART]
    drop(line, wrong)
    assert "không phải PDF, JPEG, PNG hay TIFF" in said(line)
    drop(line, tmp_path / "gone.pdf")
    assert "Không đọc được tệp" in said(line)
    assert files(desk, dossier) == []


def test_a_coarse_picture_asks_first(panel: ScansPanel, desk: Desk, dossier: Dossier, tmp_path: Path) -> None:
    coarse = tmp_path / "photo.png"
    coarse.write_bytes(picture_bytes(text_page(1240, 1754)))
    line = panel.lines[PART]
    drop(line, coarse)
    assert files(desk, dossier) == []
    assert "150 dpi" in said(line)
    button(line, "Bỏ, quét lại").click()
    assert "Chọn tệp…" in buttons(line)
    drop(line, coarse)
    button(line, "Vẫn giữ").click()
    assert files(desk, dossier) == [(PART, 1, 150)]
    assert "Dưới 200 dpi" in said(line)


def test_taking_off_asks_for_the_reason(
    panel: ScansPanel, desk: Desk, dossier: Dossier, page_file: Path
) -> None:
    line = panel.lines[PART]
    drop(line, page_file)
    button(line, "Gỡ").click()
    button(line, "Gỡ tệp").click()
    assert files(desk, dossier) != []
    line.reason.setText("Quét nhầm")
    button(line, "Gỡ tệp").click()
    assert files(desk, dossier) == []
    with desk.store.reading() as queries:
        assert queries.history(dossier.dossier_id)[-1].detail["reason"] == "Quét nhầm"
    assert "Chọn tệp…" in buttons(line)


def test_a_file_of_the_scanners_folder_is_taken_and_moves_aside(
    panel: ScansPanel, desk: Desk, dossier: Dossier, tmp_path: Path
) -> None:
    folder = tmp_path / "scanner"
    folder.mkdir()
    desk.save_settings(replace(desk.settings, scan_folder=str(folder)))
    waiting = folder / "Scan & 1.pdf"
    waiting.write_bytes(scanned_pdf(300))
    panel.presenter.look()
    assert panel.presenter.waiting == ()  # it may still grow
    panel.presenter.look()
    line = panel.lines[PART]
    assert "Từ máy quét (1)" in buttons(line)
    (action,) = line.waiting_menu().actions()
    assert "Scan && 1.pdf" in action.text()
    action.trigger()
    assert files(desk, dossier) == [(PART, 1, 300)]
    assert not waiting.exists()
    assert (folder / TAKEN / "Scan & 1.pdf").exists()
    assert "Từ máy quét (1)" not in buttons(line)


def test_a_file_that_is_refused_stays_in_the_folder(
    panel: ScansPanel, desk: Desk, dossier: Dossier, tmp_path: Path
) -> None:
    desk.save_settings(replace(desk.settings, scan_folder=str(tmp_path)))
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 cut off")
    panel.presenter.look()
    panel.presenter.look()
    panel.presenter.add_waiting(PART, [broken])
    assert "hỏng" in said(panel.lines[PART])
    assert broken.exists()
    assert files(desk, dossier) == []


@pytest.fixture
def scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A scanner command that does what a script says."""

    def make(script: str) -> None:
        command = tmp_path / "bin" / "scanimage"
        command.parent.mkdir(exist_ok=True)
        command.write_text(f"#!/bin/sh\n{script}\n")
        command.chmod(0o755)
        monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")

    return make


def test_a_scanner_gives_a_page(
    panel: ScansPanel,
    desk: Desk,
    dossier: Dossier,
    tmp_path: Path,
    scanner: Callable[[str], None],
) -> None:
    picture = tmp_path / "page.png"
    picture.write_bytes(picture_bytes(text_page(), "PNG", 200))
    scanner(f"cat {picture}")
    desk.save_settings(replace(desk.settings, scan_device="test:0"))
    panel.presenter.refresh()
    line = panel.lines[PART]
    button(line, "Quét").click()
    assert files(desk, dossier) == [(PART, 1, 200)]
    button(line, "Quét thêm trang").click()
    assert files(desk, dossier) == [(PART, 2, 200)]


def test_a_scanner_without_paper_says_so(
    panel: ScansPanel, desk: Desk, scanner: Callable[[str], None]
) -> None:
    scanner("exit 7")
    desk.save_settings(replace(desk.settings, scan_device="test:0"))
    panel.presenter.refresh()
    line = panel.lines[PART]
    button(line, "Quét").click()
    assert "Khay nạp giấy" in said(line)


def test_a_scan_is_looked_at_page_by_page(
    panel: ScansPanel, desk: Desk, dossier: Dossier, tmp_path: Path, qtbot: QtBot
) -> None:
    two = tmp_path / "two.pdf"
    two.write_bytes(scanned_pdf(200, pages=2))
    line = panel.lines[PART]
    drop(line, two)
    button(line, "Xem").click()
    viewer = panel.findChild(ScanViewer)
    assert viewer is not None
    assert "Trang 1/2" in " ".join(label.text() for label in viewer.findChildren(PlainLabel))
    viewer.turn(1)
    viewer.turn(1)
    assert "Trang 2/2" in " ".join(label.text() for label in viewer.findChildren(PlainLabel))
    with desk.store.reading() as queries:
        acts = [row[0] for row in queries._sql.rows("SELECT act FROM audit_entry")]  # type: ignore[attr-defined]
    assert acts[-1] == "scan_viewed"
    viewer.close()
    qtbot.waitUntil(lambda: not isValid(viewer))


def test_a_panel_that_is_gone_hears_nothing_more(
    panel: ScansPanel, desk: Desk, dossier: Dossier, page_file: Path, qtbot: QtBot
) -> None:
    presenter = panel.presenter
    panel.deleteLater()
    qtbot.waitUntil(lambda: not isValid(panel))
    presenter.add_files(PART, [page_file])
    assert files(desk, dossier) == [(PART, 1, 200)]


def test_papers_of_a_draft_are_shown_and_a_vanished_paper_is_not_hidden(
    panel: ScansPanel, desk: Desk, page_file: Path
) -> None:
    owner = ScanOwner(draft_id="01930000-0000-7000-8000-0000000000dd")
    save_draft(desk, draft_id=owner.draft_id, procedure_id="", procedure_name="", applicant_name="", state={})
    first = ScanPart(part_id="a", name="Giấy A", order=1)
    second = ScanPart(part_id="b", name="Giấy B", order=2)
    panel.show_scans(owner, (first, second))
    assert list(panel.lines) == ["a", "b"]
    drop(panel.lines["b"], page_file)
    panel.show_scans(owner, (first,))  # another case needs other papers
    assert list(panel.lines) == ["a", "b"]
    assert "1 trang" in said(panel.lines["b"])
    panel.show_scans(owner, (second,))
    assert list(panel.lines) == ["b"]
    assert [each.part_id for each in scans_of(desk, owner)] == ["b"]


def test_every_button_says_for_which_paper(panel: ScansPanel) -> None:
    for line in panel.lines.values():
        for each in line.findChildren(Button):
            assert each.accessibleName().endswith(line.accessibleName())
