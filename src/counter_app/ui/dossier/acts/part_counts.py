"""How many of a paper: originals, copies, and originals kept only for a while."""

from PySide6.QtWidgets import QWidget

from counter_app.domain.dossier import SubmittedPart
from counter_app.i18n import _
from counter_app.ui.dossier.acts.act_form import ActForm
from counter_app.ui.dossier.acts.item_picks import tick_row
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.text_field import NumberField
from counter_app.ui.widgets.tick_field import TickField

_KINDS = ("original", "copy", "held")
_MOST = 99


class PartCounts(QWidget):
    """A paper to tick; its counts show once it is ticked, as the case asks for them."""

    def __init__(self, form: ActForm, part_id: str, name: str, *, original: int, copy: int) -> None:
        super().__init__()
        self.part_id, self._name = part_id, name
        self.tick = TickField(name)
        words = {
            "original": _("bản chính"),
            "copy": _("bản sao"),
            "held": _("bản chính giữ tạm, phải trả lại"),
        }
        self._counts: dict[str, NumberField] = {}
        inner = row(spacing=6, margins=(33, 0, 0, 0))
        for kind in _KINDS:
            field = NumberField(f"{name}: {words[kind]}", placeholder="0")
            field.setFixedWidth(64)
            self._counts[kind] = field
            inner.addWidget(field)
            inner.addWidget(WrapLabel(words[kind], type="small"), 2 if kind == "held" else 1)
        self._counts["original"].set_value(original)
        self._counts["copy"].set_value(copy)
        self._row = QWidget()
        self._row.setLayout(inner)
        self.setLayout(column(tick_row(self.tick, name), self._row, spacing=2))
        self._row.hide()
        self.tick.edited.connect(lambda: self._row.setVisible(self.tick.isChecked()))
        form.watch(f"part:{part_id}", self.tick)
        for kind, field in self._counts.items():
            form.watch(f"part:{part_id}:{kind}", field)

    def part(self) -> SubmittedPart | None:
        """Return the paper that came, or None when it is not ticked or nothing was counted."""
        if not self.tick.isChecked():
            return None
        counts = {kind: self._count(kind) for kind in _KINDS}
        if not any(counts.values()):
            return None
        return SubmittedPart(
            part_id=self.part_id,
            name=self._name,
            original=max(counts["original"], counts["held"]),
            copy=counts["copy"],
            held=counts["held"],
        )

    def _count(self, kind: str) -> int:
        value = self._counts[kind].value()
        return min(max(value, 0), _MOST) if isinstance(value, int) else 0
