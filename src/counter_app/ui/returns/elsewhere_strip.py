"""A warning before another counter's result is given while nobody can know whether it was given there."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from counter_app.i18n import _
from counter_app.services.acts.holder import holding_counter
from counter_app.services.sync.standing import Standing
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.layouts import column
from counter_app.ui.widgets.properties import restyle

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.sync.overview import SyncBadge
    from counter_app.ui.operations import Ticket
    from counter_app.ui.workspace import Workspace

_OUT_OF_TOUCH = frozenset({Standing.OFFLINE, Standing.TROUBLED, Standing.REJECTED})


class ElsewhereStrip(QFrame):
    """Hidden for the counter's own dossiers, and while the server answers."""

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self._workspace = workspace
        self._ticket: Ticket | None = None
        restyle(self, "frame", "warn")
        self.words = WrapLabel()
        self.setLayout(column(self.words, margins=(14, 9, 14, 9)))
        self.hide()

    def ask(self, dossier: "Dossier | None") -> None:
        """Look whether the clerk must be warned; None for no dossier."""
        if self._ticket is not None:
            self._ticket.cancel()
        self.hide()
        desk = self._workspace.desk
        if dossier is None or not dossier.owner:
            return
        asked = dossier

        def read() -> "tuple[SyncBadge, int]":
            from counter_app.services.sync.overview import read_badge

            with desk.store.reading() as queries:
                holder = holding_counter(asked, queries.history(asked.dossier_id))
            return read_badge(desk), holder

        def found(seen: "tuple[SyncBadge, int]") -> None:
            badge, holder = seen
            words = _(
                "Hồ sơ của Quầy {n}. Đang không liên lạc được với máy chủ nên chưa biết quầy đó đã trả "
                "hay chưa: hãy hỏi Quầy {n} trước khi trả."
            )
            self.words.setText(words.format(n=holder))
            self.setVisible(badge.standing in _OUT_OF_TOUCH)

        self._ticket = self._workspace.operations.run_query(read, done=found, failed=lambda _error: None)
