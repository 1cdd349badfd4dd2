"""One version of a procedure on a page a clerk can read aloud: bring, pay, wait, receive; then its law."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.procedure import Procedure, ProcedureCase, RequiredPart
from counter_app.i18n import _
from counter_app.services.session_words import hours_text
from counter_app.ui.intake.override_card import OverrideCard
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.procedures import words
from counter_app.ui.procedures.law_card import LawCard
from counter_app.ui.procedures.presenter import ProceduresPresenter, Standing
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.choice_field import ComboField
from counter_app.ui.widgets.labels import Chip, PlainLabel
from counter_app.ui.widgets.layouts import Card, Line, clear, column, row
from counter_app.ui.workspace import Notice, Workspace


class ProcedurePage(QWidget):
    """Shows whichever version `show_procedure` is given, one case of it at a time.

    Args:
        workspace: The window.
        presenter: Knows the day looked at.
        go_to: Shows another procedure, or another version of this one: id and version.
    """

    def __init__(
        self, workspace: Workspace, presenter: ProceduresPresenter, go_to: Callable[[str, str], None]
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._presenter = presenter
        self._go_to = go_to
        self.procedure: Procedure | None = None
        self.case: ProcedureCase | None = None
        self.override = OverrideCard(
            accepted=self._receive_expired, cancelled=self._show_standing_button, by_enter=True
        )
        self.override_button = Button(
            _("Tiếp nhận theo bản đã hết hiệu lực…"), clicked=self._ask_for_a_reason
        )
        self._head, self._case = QVBoxLayout(), QVBoxLayout()
        self._law = QVBoxLayout()
        box = column(
            self._head, self.override, self._case, self._law, None, margins=(0, 0, 4, 14), spacing=12
        )
        self.setLayout(box)
        self.cases: ComboField | None = None
        self.guided: Button | None = None

    def show_procedure(self, procedure: Procedure) -> None:
        """Show a version, with the case that was on show if it still has it."""
        before = self.case.case_id if self.case is not None else ""
        same = self.procedure is not None and self.procedure.procedure_id == procedure.procedure_id
        self.procedure = procedure
        self.case = (procedure.case(before) if same else None) or procedure.cases[0]
        self.override.hide()
        clear(self._head)
        self._head.addWidget(self._head_card(procedure))
        self._show_case()

    def _head_card(self, procedure: Procedure) -> Card:
        card = Card()
        card.body.addWidget(WrapLabel(procedure.name, type="display", selectable=True))
        standing = self._presenter.standing(procedure)
        checked = procedure.provenance.verified
        certainty = Chip(_("Đã đối chiếu"), "ok") if checked else Chip(_("Chưa đối chiếu"), "warn")
        line = f"{words.list_line(procedure)} · {words.validity_words(procedure)}"
        card.body.addLayout(row(PlainLabel(line, tone="muted"), certainty, None, spacing=10))
        if not standing.receivable:
            card.body.addWidget(self._standing(procedure, standing))
        elif "online" in procedure.channels:
            self.guided = Button(
                _("Ghi nhận đã hướng dẫn nộp trực tuyến"), variant="link", clicked=self._note_guidance
            )
            self.guided.setToolTip(_("Tính vào thống kê; không lưu tên ai"))
            card.body.addLayout(row(self.guided, None))
        if len(procedure.cases) > 1 and self.case is not None:
            field = ComboField(_("Trường hợp"), [(each.case_id, each.name) for each in procedure.cases])
            field.set_value(self.case.case_id)
            field.edited.connect(lambda: self._choose_case(str(field.value())))
            self.cases = field
            chooser = row(PlainLabel(_("Trường hợp"), tone="muted"), field, spacing=10)
            chooser.setStretchFactor(field, 1)
            card.body.addLayout(chooser)
        else:
            self.cases = None
        return card

    def _standing(self, procedure: Procedure, standing: Standing) -> QWidget:
        """Say why this version cannot be received today, and what can be done instead."""
        self.override_button = Button(
            _("Tiếp nhận theo bản đã hết hiệu lực…"), clicked=self._ask_for_a_reason
        )
        holder = QWidget()
        line = row(WrapLabel(standing_words(procedure, standing, self._presenter), tone="warn"), spacing=10)
        line.setStretch(0, 1)
        if standing.newer is not None:
            newer = standing.newer
            line.addWidget(
                Button(
                    _("Xem bản đang áp dụng"),
                    clicked=partial(self._go_to, newer.procedure_id, newer.version),
                )
            )
        if standing.expired is not None:
            line.addWidget(self.override_button)
        holder.setLayout(line)
        return holder

    def _note_guidance(self) -> None:
        """Record that a citizen was shown how to apply online."""
        from counter_app.services.intake_notices import guide_online

        if self.procedure is None:
            return
        desk, shell, procedure_id = self._workspace.desk, self._workspace.shell, self.procedure.procedure_id
        self._workspace.operations.run_command(
            lambda: guide_online(desk, procedure_id),
            done=lambda _guidance: shell.notify(
                Notice(text=_("Đã ghi nhận hướng dẫn nộp trực tuyến."), tone="ok")
            ),
        )

    def _choose_case(self, case_id: str) -> None:
        if self.procedure is not None:
            self.case = self.procedure.case(case_id) or self.case
            self._show_case()

    def _show_case(self) -> None:
        clear(self._case)
        clear(self._law)
        if self.procedure is None or self.case is None:
            return
        side = column(
            self._fee_card(self.procedure, self.case),
            self._time_card(self.case),
            self._where_card(self.procedure),
            None,
            spacing=12,
        )
        both = row(column(self._parts_card(self.case), None), side, spacing=12)
        both.setStretch(0, 5)
        both.setStretch(1, 4)
        self._case.addLayout(both)
        self._law.addWidget(LawCard(self._presenter, self.procedure, self.case, self._go_to))

    def _parts_card(self, case: ProcedureCase) -> Card:
        card = Card(_("Mang theo"))
        card.body.setSpacing(8)
        if not case.parts:
            card.body.addWidget(WrapLabel(_("Không phải mang giấy tờ gì"), type="strong"))
        for number, part in enumerate(case.parts, 1):
            if number > 1:
                card.body.addWidget(Line())
            card.body.addLayout(_part_lines(number, part))
        return card

    def _fee_card(self, procedure: Procedure, case: ProcedureCase) -> Card:
        card = Card(_("Hết bao nhiêu"))
        if not case.fees:
            card.body.addWidget(WrapLabel(_("Không thu phí, lệ phí"), type="strong"))
        unknown = False
        for rule in case.fees:
            amount = self._presenter.amount(rule, procedure)
            missing = words.fee_is_unknown(rule, amount)
            unknown = unknown or missing
            text = WrapLabel(
                words.fee_words(rule, amount), type="strong", tone="warn" if missing else "", selectable=True
            )
            notes = [rule.name]
            if words.is_conditional(rule.when):
                notes.append(_("tùy trường hợp"))
            card.body.addLayout(
                column(text, WrapLabel(" · ".join(notes), type="small", tone="muted"), spacing=0)
            )
            for exemption in rule.exemptions:
                proof = f" ({exemption.proof})" if exemption.proof else ""
                exempt = _("Miễn: {name}").format(name=exemption.name + proof)
                card.body.addWidget(WrapLabel(exempt, type="small"))
        if unknown:
            enter = Button(_("Nhập mức thu của tỉnh"), clicked=self._enter_fees)
            card.body.addLayout(row(enter, None))
        return card

    def _time_card(self, case: ProcedureCase) -> Card:
        card = Card(_("Bao giờ xong"))
        lacking = case.time is None and not case.same_day and not case.no_promise
        card.body.addWidget(WrapLabel(words.time_words(case), type="strong", tone="warn" if lacking else ""))
        if legal := words.legal_words(case):
            card.body.addWidget(WrapLabel(legal, type="small", tone="muted"))
        if lacking:
            enter = Button(
                _("Nhập thời hạn của cơ quan"),
                clicked=lambda: self._workspace.shell.open_screen("settings", page="times"),
            )
            card.body.addLayout(row(enter, None))
        return card

    def _where_card(self, procedure: Procedure) -> Card:
        card = Card(_("Nộp ở đâu, nhận gì"))
        office = self._presenter.office_lines()
        first, *others = [procedure.receiving_body] if procedure.receiving_body else office or [""]
        card.body.addWidget(WrapLabel(first, type="strong"))
        hours = "" if procedure.receiving_body else hours_text(self._presenter.hours())
        for line in (*others, hours, _("Cách nộp: {ways}").format(ways=words.channel_words(procedure))):
            if line:
                card.body.addWidget(WrapLabel(line, type="small", tone="muted"))
        if procedure.results:
            results = words.joined([result.name for result in procedure.results])
            card.body.addWidget(Line())
            card.body.addWidget(PlainLabel(_("Kết quả"), type="section"))
            card.body.addWidget(WrapLabel(results, type="strong"))
        return card

    def _enter_fees(self) -> None:
        self._workspace.shell.open_screen("settings", page="fees")

    def _ask_for_a_reason(self) -> None:
        if self.procedure is not None:
            self.override_button.hide()
            self.override.open(self.procedure)
            self.override.reason.setFocus()

    def _show_standing_button(self) -> None:
        self.override_button.show()
        self.override_button.setFocus()

    def _receive_expired(self, reason: str) -> None:
        if self.procedure is not None:
            self.override.hide()
            self._workspace.shell.open_screen(
                "intake", procedure_id=self.procedure.procedure_id, override_reason=reason
            )


def standing_words(procedure: Procedure, standing: Standing, presenter: ProceduresPresenter) -> str:
    """Return why a version cannot be received today."""
    if procedure.valid_from > presenter.today():
        return _("Chưa tiếp nhận được: áp dụng từ {day}.").format(day=words.day(procedure.valid_from))
    end = words.day(procedure.valid_to) if procedure.valid_to else ""
    if standing.newer is not None:
        return _("Bản cũ, hết hiệu lực sau {day}; đã có bản mới.").format(day=end)
    return _("Không tiếp nhận: đã hết hiệu lực sau {day}.").format(day=end)


def _part_lines(number: int, part: RequiredPart) -> QVBoxLayout:
    kind = "info" if words.part_words(part) == _("xuất trình") else "neutral"
    name = WrapLabel(f"{number}. {part.name}", type="strong")
    line = row(name, Chip(words.part_words(part), kind), spacing=10)
    line.setStretch(0, 1)
    lines = column(line, spacing=2)
    if notes := words.part_notes(part):
        lines.addWidget(WrapLabel(notes, tone="ok" if part.form_id else "muted"))
    return lines
