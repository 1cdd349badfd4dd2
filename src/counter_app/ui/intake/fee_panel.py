"""The fees: what is due, what must be entered, who is exempt."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from counter_app.i18n import _
from counter_app.ui.intake.fee_words import FeeLine, FeeWords
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.choice_field import ComboField
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, clear, column, row
from counter_app.ui.widgets.text_field import NumberField

if TYPE_CHECKING:
    from counter_app.ui.intake.presenter import IntakePresenter


class FeePanel(Card):
    """Shows `FeeWords`; a line with an entry field is kept while its shape stays the same."""

    def __init__(self, presenter: "IntakePresenter") -> None:
        super().__init__(_("Phí, lệ phí"))
        self._presenter = presenter
        self._total = PlainLabel(type="strong")
        self.heading.addWidget(self._total)
        self._lines = column(spacing=8)
        self.body.addLayout(self._lines)
        self._none = PlainLabel(_("Không thu"), tone="muted", type="small")
        self.body.addWidget(self._none)
        self._shown: tuple[tuple[str, bool, tuple[tuple[str, str], ...]], ...] | None = None
        self.rows: dict[str, FeeRow] = {}

    def show_words(self, words: FeeWords) -> None:
        """Show the fees."""
        self._total.setText(words.total)
        self._total.set_tone("" if words.known else "warn")
        shape = tuple((line.fee_id, line.enterable, line.exemptions) for line in words.lines)
        if shape != self._shown:
            self._shown = shape
            clear(self._lines)
            self.rows = {line.fee_id: FeeRow(self._presenter, line) for line in words.lines}
            for each in self.rows.values():
                self._lines.addWidget(each)
        for line in words.lines:
            self.rows[line.fee_id].show_line(line)
        self._none.setVisible(not words.lines)

    def focus_fee(self, fee_id: str) -> bool:
        """Go to the amount of a fee; False when it cannot be entered."""
        each = self.rows.get(fee_id)
        if each is None or each.amount_field is None:
            return False
        each.amount_field.setFocus()
        return True


class FeeRow(QWidget):
    """One fee with its entry field and its exemptions."""

    def __init__(self, presenter: "IntakePresenter", line: FeeLine) -> None:
        super().__init__()
        self._presenter = presenter
        self._fee_id = line.fee_id
        name = WrapLabel(line.name, type="small")
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._amount = PlainLabel(bold=True)
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._basis = WrapLabel(tone="muted", type="caption")
        self._proof = WrapLabel(tone="warn", type="caption")
        head = row(spacing=8)
        head.addWidget(name, 1)
        head.addWidget(self._amount)
        box = column(head, self._basis, spacing=3)
        self.amount_field: NumberField | None = None
        if line.enterable:
            box.addLayout(self._entry(line))
        self._exemption: ComboField | None = None
        if line.exemptions:
            box.addWidget(self._choice(line))
        box.addWidget(self._proof)
        self.setLayout(box)

    def _entry(self, line: FeeLine) -> QHBoxLayout:
        name = _("Số tiền: {fee}").format(fee=line.name)
        field = NumberField(name, money=True, placeholder=_("nhập mức thu"))
        field.edited.connect(self._entered)
        self.amount_field = field
        unit = PlainLabel("đ", tone="muted")
        return row(field, unit, spacing=6)

    def _entered(self) -> None:
        if self.amount_field is not None:
            value = self.amount_field.value()
            self._presenter.enter_amount(self._fee_id, value if isinstance(value, int) else None)

    def _choice(self, line: FeeLine) -> ComboField:
        name = _("Miễn, giảm: {fee}").format(fee=line.name)
        field = ComboField(name, [("", _("Không miễn")), *line.exemptions])
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        field.edited.connect(lambda: self._presenter.exempt(self._fee_id, str(field.value())))
        self._exemption = field
        return field

    def show_line(self, line: FeeLine) -> None:
        """Show the newest amount."""
        self._amount.setText(line.amount)
        self._amount.set_tone("warn" if line.unknown else "")
        self._basis.setText(line.basis)
        self._basis.setVisible(bool(line.basis))
        self._proof.setText(line.proof)
        self._proof.setVisible(bool(line.proof))
        if self.amount_field is not None:
            if not self.amount_field.hasFocus():
                self.amount_field.set_value(line.entered)
            self.amount_field.set_state("missing" if line.unknown else "")
        if self._exemption is not None and self._exemption.value() != line.exemption_id:
            self._exemption.set_value(line.exemption_id)
