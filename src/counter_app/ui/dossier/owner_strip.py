"""Whose dossier it is when it is another counter's, what may be done with it, and taking it over."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from counter_app.i18n import _
from counter_app.services.acts.holder import holding_counter
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.properties import restyle
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.workspace import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counter_app.domain.dossier import Dossier
    from counter_app.services.ports import HistoryEntry
    from counter_app.ui.workspace import Workspace


class OwnerStrip(QFrame):
    """Hidden for the own dossiers of this counter."""

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self._workspace = workspace
        self._dossier: Dossier | None = None
        self._holder = 0
        restyle(self, "frame", "info")
        self.words = WrapLabel(bold=True)
        self._rule = WrapLabel(type="small")
        self.take = Button(_("Tiếp quản hồ sơ…"), clicked=self._ask)
        said = column(self.words, self._rule, spacing=2)
        head = row(said, self.take, spacing=14)
        head.setStretch(0, 1)
        self.reason = TextField(
            _("Lý do tiếp quản"), placeholder=_("Ghi lý do tiếp quản, rồi Enter"), max_length=500
        )
        self.reason.accepted.connect(self.confirm)
        self.reason.edited.connect(lambda: self.reason.set_state(""))
        self._yes = Button(_("Tiếp quản"), clicked=self.confirm)
        line = row(self.reason, self._yes, Button(_("Thôi"), clicked=self._give_up))
        line.setStretch(0, 1)
        self._question = QWidget()
        self._question.setLayout(line)
        self._question.hide()
        self.setLayout(column(head, self._question, margins=(14, 9, 14, 9), spacing=8))
        self.hide()

    def show_dossier(self, dossier: "Dossier | None", history: "Sequence[HistoryEntry]" = ()) -> None:
        """Show whose dossier it is, as its history tells; a reason being typed for the same one stays."""
        same = dossier is not None and self._dossier is not None
        if not (same and dossier.dossier_id == self._dossier.dossier_id):  # type: ignore[union-attr]
            self._give_up()
            self.reason.clear()
        self._dossier = dossier
        self.setVisible(dossier is not None and bool(dossier.owner))
        if dossier is None or not dossier.owner:
            return
        self._holder = holding_counter(dossier, history)
        self.words.setText(_("Hồ sơ của Quầy {n}").format(n=self._holder))
        ended = dossier.ended_at is not None
        may = _("Quầy này xem, in, thu tiền, gắn bản quét và trả kết quả được.")
        rest = _("Muốn chuyển xử lý, yêu cầu bổ sung, nhập kết quả hay sửa, hãy tiếp quản hồ sơ trước.")
        self._rule.setText(may if ended else f"{may} {rest}")
        self.take.setVisible(not ended)

    def confirm(self) -> None:
        """Take the dossier over; a reason is needed."""
        self.reason.commit()
        reason, dossier = str(self.reason.value()), self._dossier
        if dossier is None or not reason:
            self.reason.set_state("error")
            self.reason.setFocus()
            return
        desk, shell, holder = self._workspace.desk, self._workspace.shell, self._holder

        def work() -> "Dossier":
            from counter_app.services.acts.take_over import take_over

            return take_over(desk, dossier.dossier_id, reason, seen_rev=dossier.life.rev)

        def done(taken: "Dossier") -> None:
            self._give_up()
            self.reason.clear()
            words = _("Đã tiếp quản hồ sơ {code}. Quầy {n} sẽ được báo.")
            shell.notify(Notice(text=words.format(code=taken.dossier_code, n=holder), tone="ok"))

        self._workspace.operations.run_command(work, done=done)

    def _ask(self) -> None:
        self.take.hide()
        self._question.show()
        self.reason.setFocus()

    def _give_up(self) -> None:
        self._question.hide()
        self.take.setVisible(self._dossier is None or self._dossier.ended_at is None)
