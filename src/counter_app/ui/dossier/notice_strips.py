"""What the server asks to look at about one dossier, above everything else of it: impossible to miss."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_app import notice_words
from counter_app.i18n import _
from counter_app.services.sync.open_notices import OpenNotice, notices_of_dossier, returned_twice
from counter_app.ui.dossier.state_words import returned_words
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.layouts import clear, column, row
from counter_app.ui.widgets.properties import restyle

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.sync_port import Notice
    from counter_app.ui.operations import Ticket
    from counter_app.ui.workspace import Workspace

_MOST_NAMED = 4


class NoticeStrips(QWidget):
    """Shows the open notices of the dossier in front, or nothing.

    Args:
        workspace: The window's.
        grave_only: Show only what must stop the clerk (the return screen).
    """

    def __init__(self, workspace: "Workspace", *, grave_only: bool = False) -> None:
        super().__init__()
        self._workspace = workspace
        self._grave_only = grave_only
        self._ticket: Ticket | None = None
        self._dossier_id = ""
        self.strips: list[QFrame] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        self.setLayout(column(self._box))
        self.hide()

    def ask(self, dossier: "Dossier | None") -> None:
        """Look what is open about a dossier; None for no dossier."""
        if self._ticket is not None:
            self._ticket.cancel()
        if dossier is None or dossier.dossier_id != self._dossier_id:
            self._show(None, ())
        if dossier is None:
            return
        desk, asked = self._workspace.desk, dossier

        def read() -> "tuple[Notice, ...]":
            with desk.store.reading() as queries:
                return notices_of_dossier(queries, asked.dossier_id)

        self._ticket = self._workspace.operations.run_query(
            read, done=lambda found: self._show(asked, found), failed=lambda _error: None
        )

    def _show(self, dossier: "Dossier | None", found: "Sequence[Notice]") -> None:
        self._dossier_id = dossier.dossier_id if dossier is not None else ""
        clear(self._box)
        wanted = [each for each in found if not self._grave_only or notice_words.tone_of(each.kind) == "bad"]
        self.strips = [self._strip(each, dossier) for each in wanted]
        for strip in self.strips:
            self._box.addWidget(strip)
        self.setVisible(bool(self.strips))

    def _strip(self, notice: "Notice", dossier: "Dossier | None") -> QFrame:
        shell, kind = self._workspace.shell, notice.kind
        lines = [WrapLabel(notice_words.title_of(kind), type="strong", tone=notice_words.tone_of(kind))]
        lines.append(WrapLabel(notice_words.happened(kind, notice.params), selectable=True))
        if kind == notice_words.RETURNED_TWICE and dossier is not None and dossier.life.returned:
            first = _("Lần được tính: {words}").format(words=returned_words(dossier))
            lines.append(WrapLabel(first, selectable=True))
        lines.append(WrapLabel(notice_words.to_do(kind), bold=True))
        look = Button(_("Xử lý ở Đồng bộ"), clicked=lambda: shell.open_screen("sync", list="review"))
        look.setAccessibleName(f"{look.text()}: {lines[0].text()}")
        return _framed(notice_words.tone_of(kind), lines, look)


class TwiceStrip(QWidget):
    """On the screen of today's work: every result recorded as given twice that nobody cleared up."""

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self._workspace = workspace
        self._box = column()
        self.setLayout(self._box)
        self.hide()

    def look(self) -> None:
        """Look again."""
        desk = self._workspace.desk

        def read() -> tuple[OpenNotice, ...]:
            with desk.store.reading() as queries:
                return returned_twice(queries)

        self._workspace.operations.run_query(read, done=self._show, failed=lambda _error: None)

    def _show(self, found: tuple[OpenNotice, ...]) -> None:
        clear(self._box)
        self.setVisible(bool(found))
        if not found:
            return
        count = _("{count} hồ sơ bị ghi trả kết quả hai lần").format(count=len(found))
        lines = [WrapLabel(count, type="strong", tone="bad")]
        for each in found[:_MOST_NAMED]:
            who = notice_words.who_of(each.notice.params)
            about = " · ".join(part for part in (each.dossier_code, each.applicant) if part)
            second = _("lần thứ hai: {who}").format(who=who)
            lines.append(WrapLabel(f"{about} · {second}" if about else second, selectable=True))
        shell = self._workspace.shell
        look = Button(_("Xử lý ngay"), clicked=lambda: shell.open_screen("sync", list="review"))
        self._box.addWidget(_framed("bad", lines, look))


def _framed(tone: str, lines: Sequence[QWidget], button: Button) -> QFrame:
    frame = QFrame()
    restyle(frame, "frame", tone)
    said = column(*lines, spacing=2)
    whole = row(said, button, margins=(14, 10, 14, 10), spacing=14)
    whole.setStretch(0, 1)
    frame.setLayout(whole)
    return frame
