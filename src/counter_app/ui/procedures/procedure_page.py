"""One procedure on a page: time, fees and papers of each case, and where it all comes from."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.procedure import Procedure, ProcedureCase
from counter_app.i18n import _
from counter_app.ui.procedures import presenter as words
from counter_app.ui.procedures.presenter import ProceduresPresenter
from counter_app.ui.widgets.buttons import primary_button
from counter_app.ui.widgets.labels import Chip, PlainLabel, fact_row
from counter_app.ui.widgets.layouts import Card, Line, clear, column, row
from counter_app.ui.workspace import Workspace


class ProcedurePage(QWidget):
    """Shows whichever procedure `show_procedure` is given."""

    def __init__(self, workspace: Workspace, presenter: ProceduresPresenter) -> None:
        super().__init__()
        self._workspace = workspace
        self._presenter = presenter
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 4, 14)
        self._box.setSpacing(12)

    def show_procedure(self, procedure: Procedure) -> None:
        """Show a procedure."""
        clear(self._box)
        self._box.addWidget(self._head(procedure))
        for case in procedure.cases:
            self._box.addWidget(self._case(case))
        self._box.addWidget(self._source(procedure))
        self._box.addStretch(1)

    def _head(self, procedure: Procedure) -> Card:
        card = Card()
        start = primary_button(
            _("Tiếp nhận thủ tục này"),
            clicked=lambda: self._workspace.shell.open_screen("intake", procedure_id=procedure.procedure_id),
        )
        name = PlainLabel(procedure.name, type="title", wrap=True, selectable=True)
        top = row(name, start, spacing=16)
        top.setStretch(0, 1)
        card.body.addLayout(top)
        checked = procedure.provenance.verified
        chip = Chip(_("Đã đối chiếu"), "ok") if checked else Chip(_("Chưa đối chiếu"), "warn")
        code = procedure.national_code or procedure.procedure_id
        line = PlainLabel(
            f"{code} · {procedure.sector} · {words.validity_words(procedure)}", tone="muted", type="small"
        )
        card.body.addLayout(row(line, chip, None, spacing=10))
        return card

    def _case(self, case: ProcedureCase) -> Card:
        card = Card(case.name)
        card.body.addWidget(fact_row(_("Thời hạn"), words.time_words(case), label_width=120))
        if not case.fees:
            card.body.addWidget(fact_row(_("Phí, lệ phí"), _("Không thu"), label_width=120))
        for rule in case.fees:
            text = f"{rule.name}: {self._presenter.amount(rule)}"
            if words.is_conditional(rule.when):
                text += " · " + _("tùy trường hợp")
            card.body.addWidget(fact_row(_("Phí, lệ phí"), text, label_width=120))
            for exemption in rule.exemptions:
                proof = f" ({exemption.proof})" if exemption.proof else ""
                card.body.addWidget(
                    fact_row("", _("Miễn: {name}").format(name=exemption.name + proof), label_width=120)
                )
        card.body.addWidget(Line())
        card.body.addWidget(PlainLabel(_("Giấy tờ"), type="section"))
        for part in case.parts:
            notes = words.part_notes(part)
            name = PlainLabel(part.name, wrap=True)
            use = PlainLabel(words.part_words(part), type="small", tone="muted")
            line = row(name, use, spacing=16)
            line.setStretch(0, 1)
            lines = column(line, spacing=0)
            if notes:
                lines.addWidget(PlainLabel(notes, type="caption", tone="muted", wrap=True))
            card.body.addLayout(lines)
        return card

    def _source(self, procedure: Procedure) -> Card:
        card = Card(_("Căn cứ và nguồn"))
        provenance = procedure.provenance
        checked = f"{provenance.checked_on:%d/%m/%Y}" if provenance.checked_on else _("chưa đối chiếu")
        facts = (
            (_("Quyết định"), procedure.decision),
            (_("Căn cứ"), "; ".join(procedure.basis)),
            (_("Kết quả"), "; ".join(result.name for result in procedure.results)),
            (_("Nguồn dữ liệu"), provenance.source),
            (_("Đối chiếu"), checked),
            (_("Ghi chú"), provenance.note.strip()),
        )
        for label, value in facts:
            if value:
                card.body.addWidget(fact_row(label, value, label_width=120))
        return card
