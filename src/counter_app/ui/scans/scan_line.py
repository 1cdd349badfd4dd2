"""One paper of the panel: its file or the ways to get one, what is under way, and what is asked."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QProgressBar, QSizePolicy

from counter_app.domain.scan_file import WANTED_DPI
from counter_app.i18n import _
from counter_app.ui.scans import words
from counter_app.ui.scans.presenter import PartState, ScansPresenter
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.flow_row import FlowRow
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import clear, column, row
from counter_app.ui.widgets.properties import restyle
from counter_app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from counter_app.devices.scan_folder import WaitingFile

_KINDS = "*.pdf *.jpg *.jpeg *.png *.tif *.tiff"
_MOST_IN_MENU = 15


class ScanLine(QFrame):
    """Takes files dropped on it; `view` opens the file."""

    def __init__(self, presenter: ScansPresenter, part_id: str, view: Callable[[str], None]) -> None:
        super().__init__()
        self._presenter = presenter
        self._part_id = part_id
        self._view = view
        self._shown: tuple[object, ...] = ()
        self._removing = False
        self.reason = TextField(_("Lý do gỡ tệp"), placeholder=_("Lý do gỡ tệp"), max_length=200)
        self.setProperty("frame", "soft")
        self.setAcceptDrops(True)
        self._name = PlainLabel(wrap=True)
        self._body = column(spacing=4)
        self.setLayout(column(self._name, self._body, margins=(10, 8, 10, 8), spacing=3))
        self.reason.setParent(self)
        self.reason.hide()

    def show_state(self, state: PartState, waiting: int) -> None:
        """Show the line anew when something about it is other than before."""
        shown = (state, waiting, self._removing, self._presenter.can_scan, self._presenter.has_folder)
        if shown == self._shown:
            return
        self._shown = shown
        focused = self._focused_name()
        self._name.setText(state.part.name)
        self.setAccessibleName(state.part.name)
        # It never loses its parent: a layout's late wish to show it would open a window of its own.
        self.reason.hide()
        self._body.removeWidget(self.reason)
        clear(self._body)
        if state.file is not None:
            self._show_file(state)
        if state.problem:
            self._body.addWidget(PlainLabel(state.problem, type="small", tone="bad", wrap=True))
        if state.busy:
            self._show_busy(state)
        elif state.offer is not None:
            self._show_offer(state)
        elif self._removing and state.file is not None:
            self._show_removing()
        else:
            self._show_ways(state, waiting)
        self._focus_again(focused)

    def _show_file(self, state: PartState) -> None:
        if state.file is None:
            return
        self._body.addWidget(PlainLabel(words.facts(state.file), type="small", tone="muted", wrap=True))
        caution = words.caution(state.file)
        if caution:
            self._body.addWidget(PlainLabel(caution, type="small", tone="warn", wrap=True))

    def _show_busy(self, state: PartState) -> None:
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedHeight(6)
        bar.setAccessibleName(state.busy)
        line = row(PlainLabel(state.busy, type="small"), bar, spacing=8)
        line.setStretchFactor(bar, 1)
        if state.stoppable:
            line.addWidget(self._link(_("Dừng"), self._presenter.cancel))
        self._body.addLayout(line)

    def _show_offer(self, state: PartState) -> None:
        if state.offer is None:
            return
        said = _("Ảnh chỉ đạt {dpi} dpi, nên có {wanted} dpi. Nếu vẫn đọc rõ thì có thể giữ.").format(
            dpi=state.offer.made.dpi, wanted=WANTED_DPI
        )
        self._body.addWidget(PlainLabel(said, type="small", tone="warn", wrap=True))
        keep = self._link(_("Vẫn giữ"), partial(self._presenter.accept_offer, self._part_id))
        drop = self._link(_("Bỏ, quét lại"), partial(self._presenter.drop_offer, self._part_id))
        self._body.addLayout(FlowRow(drop, keep))

    def _show_removing(self) -> None:
        self._body.addWidget(self.reason)
        self.reason.show()
        remove = self._link(_("Gỡ tệp"), self._remove)
        back = self._link(_("Thôi"), partial(self._ask_reason, False))
        self._body.addLayout(FlowRow(back, remove))
        self.reason.setFocus()

    def _show_ways(self, state: PartState, waiting: int) -> None:
        line = FlowRow()
        if state.file is not None:
            line.addWidget(self._link(_("Xem"), partial(self._view, self._part_id)))
        if self._presenter.can_scan:
            text = _("Quét thêm trang") if state.file else _("Quét")
            line.addWidget(self._link(text, partial(self._presenter.scan, self._part_id)))
        if self._presenter.has_folder and waiting:
            button = self._link(_("Từ máy quét ({count})").format(count=waiting), _nothing)
            button.clicked.connect(partial(self._offer_waiting, button))
            line.addWidget(button)
        text = _("Thêm tệp…") if state.file else _("Chọn tệp…")
        if state.file is None or not state.file.signed:
            line.addWidget(self._link(text, self._choose))
        if state.file is not None:
            line.addWidget(self._link(_("Gỡ"), partial(self._ask_reason, True)))
        self._body.addLayout(line)

    def _link(self, text: str, clicked: Callable[[], object]) -> Button:
        button = Button(text, variant="link", clicked=clicked)
        button.setProperty("small", True)
        button.setAccessibleName(f"{text}: {self._name.text()}")
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return button

    def _choose(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kinds = _("Bản quét ({endings})").format(endings=_KINDS)
        chosen = QFileDialog.getOpenFileNames(self, _("Chọn tệp"), folder, kinds)[0]
        self._presenter.add_files(self._part_id, [Path(each) for each in chosen])

    def _offer_waiting(self, button: Button) -> None:
        menu = self.waiting_menu()
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def waiting_menu(self) -> QMenu:
        """Return the menu of files the scanner wrote, the newest first."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self._presenter.waiting[:_MOST_IN_MENU]:
            action = menu.addAction(_entry(each))
            action.triggered.connect(partial(self._take, each.path))
        return menu

    def _take(self, path: Path, _checked: bool = False) -> None:
        self._presenter.add_waiting(self._part_id, [path])

    def _ask_reason(self, asking: bool) -> None:
        self._removing = asking
        self.reason.clear()
        self._again()

    def _remove(self) -> None:
        self.reason.commit()
        reason = str(self.reason.value())
        if not reason:
            self.reason.set_state("missing")
            self.reason.setFocus()
            return
        self._removing = False
        self._presenter.remove(self._part_id, reason)

    def _again(self) -> None:
        state = self._presenter.line(self._part_id)
        if state is not None:
            self.show_state(state, len(self._presenter.waiting))

    def _focused_name(self) -> str:
        """Return which button has the focus, so that it is found again on the renewed line."""
        for button in self.findChildren(Button):
            if button.hasFocus():
                return button.accessibleName()
        return ""

    def _focus_again(self, name: str) -> None:
        buttons = [each for each in self.findChildren(Button) if each.parent() is self]
        if name and buttons and not self.reason.hasFocus():
            same = next((each for each in buttons if each.accessibleName() == name), buttons[0])
            same.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  (Qt)
        """Take files of this computer."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            restyle(self, "frame", "info")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802, ARG002  (Qt)
        """Look as before."""
        restyle(self, "frame", "soft")

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  (Qt)
        """Attach what was dropped."""
        restyle(self, "frame", "soft")
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self._presenter.add_files(self._part_id, paths)


def _entry(file: "WaitingFile") -> str:
    name = file.path.name.replace("&", "&&")
    return f"{file.written_at:%H:%M}  {name}  ·  {words.size_words(file.size)}"


def _nothing() -> None:
    """The menu opens."""
