"""The law behind a page: decision, basis, validity, certainty of each value, versions, successors."""

from collections.abc import Callable
from functools import partial

from counter_app.domain.procedure import Procedure, ProcedureCase
from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.procedures import words
from counter_app.ui.procedures.presenter import ProceduresPresenter
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import Chip, PlainLabel, fact_row
from counter_app.ui.widgets.layouts import Card, Line, column, row

_LABEL_WIDTH = 130


class LawCard(Card):
    """Everything that is not read aloud.

    Args:
        presenter: Knows other procedures and versions.
        procedure: The version on show.
        case: Its case on show.
        go_to: Shows a procedure: id and version ("" for the one in force).
    """

    def __init__(
        self,
        presenter: ProceduresPresenter,
        procedure: Procedure,
        case: ProcedureCase,
        go_to: Callable[[str, str], None],
    ) -> None:
        super().__init__(_("Căn cứ và nguồn"))
        self._presenter = presenter
        self._go_to = go_to
        self._facts(procedure)
        self._certainty(procedure, case)
        self._others(procedure)
        self._versions(procedure)

    def _facts(self, procedure: Procedure) -> None:
        facts = (
            (_("Quyết định"), procedure.decision),
            (_("Căn cứ"), words.joined(procedure.basis)),
            (_("Hiệu lực"), words.validity_words(procedure)),
            (_("Chuyển tiếp"), procedure.transition),
            (_("Phần mềm xử lý"), procedure.destination),
            (_("Lưu hồ sơ"), words.retention_words(procedure.retention)),
        )
        for label, value in facts:
            if value:
                self.body.addWidget(fact_row(label, value, label_width=_LABEL_WIDTH))

    def _certainty(self, procedure: Procedure, case: ProcedureCase) -> None:
        self.body.addWidget(Line())
        self.body.addWidget(PlainLabel(_("Nguồn của từng mục"), type="section"))
        for what, source, verified in words.certainty_lines(procedure.provenance, case):
            chip = Chip(_("Đã đối chiếu"), "ok") if verified else Chip(_("Chưa đối chiếu"), "warn")
            name = PlainLabel(what, tone="muted")
            name.setFixedWidth(_LABEL_WIDTH)
            line = row(name, column(WrapLabel(source, type="small", selectable=True)), chip, spacing=8)
            line.setStretch(1, 1)
            self.body.addLayout(line)
        if procedure.provenance.checked_on:
            when = _("Đối chiếu ngày {day}").format(day=words.day(procedure.provenance.checked_on))
            self.body.addWidget(PlainLabel(when, type="small", tone="muted"))

    def _others(self, procedure: Procedure) -> None:
        links: list[tuple[str, str, str]] = []
        for other_id in procedure.superseded_by:
            links.append((_("Được thay bằng"), self._presenter.named(other_id), other_id))
        for code in procedure.replaces:
            other = self._presenter.by_code(code)
            name = f"{code} {other.name}" if other is not None else code
            links.append((_("Thay cho"), name, other.procedure_id if other is not None else ""))
        for label, name, other_id in links:
            if not other_id:
                self.body.addWidget(fact_row(label, name, label_width=_LABEL_WIDTH))
                continue
            said = PlainLabel(label, tone="muted")
            said.setFixedWidth(_LABEL_WIDTH)
            link = Button(name, variant="link", clicked=partial(self._go_to, other_id, ""))
            self.body.addLayout(row(said, link, None))

    def _versions(self, procedure: Procedure) -> None:
        versions = self._presenter.versions(procedure.procedure_id)
        if len(versions) < 2:
            return
        self.body.addWidget(Line())
        self.body.addWidget(PlainLabel(_("Các bản của thủ tục này"), type="section"))
        for each in versions:
            text = words.validity_words(each)
            if each.version == procedure.version:
                self.body.addWidget(PlainLabel(_("{validity} (đang xem)").format(validity=text), bold=True))
            else:
                go = partial(self._go_to, each.procedure_id, each.version)
                self.body.addLayout(row(Button(text, variant="link", clicked=go), None))
