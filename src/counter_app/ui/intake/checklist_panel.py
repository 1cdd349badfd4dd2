"""F6: the papers this visit needs; Space ticks, digits count, G holds originals to give back later."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from counter_app.domain.checklist import ChecklistLine, PartState
from counter_app.domain.procedure import PartUse
from counter_app.i18n import _
from counter_app.ui.intake.state import IntakeState
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import ElidedLabel, KeyHint, PlainLabel
from counter_app.ui.widgets.layouts import Card, clear, column, row
from counter_app.ui.widgets.tick_field import TickField
from counter_app.ui.widgets.tooltips import set_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_app.ui.intake.presenter import IntakePresenter

_MOST = 9


class ChecklistPanel(Card):
    """The checklist with its progress ("3/4")."""

    def __init__(self, presenter: "IntakePresenter", open_scans: "Callable[[], None]") -> None:
        super().__init__(_("Giấy tờ"))
        self._presenter = presenter
        self._progress = PlainLabel(bold=True)
        self.heading.insertWidget(1, KeyHint("F6"))
        self.heading.addWidget(self._progress)
        self._lines = column(spacing=6)
        self.body.addLayout(self._lines)
        self.scan = Button(_("Quét giấy tờ"), key="Shift F6", clicked=open_scans)
        # Enter walks from the last paper on to what is missing, never into scanning.
        self.scan.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self.scan)
        self.lines: dict[str, PartLine] = {}

    def show_state(self, state: IntakeState) -> None:
        """Show the visit's checklist."""
        assessment = state.assessment
        self.setVisible(assessment is not None and bool(assessment.checklist.lines))
        if assessment is None:
            return
        self.scan.setVisible(state.correcting is None)  # a received dossier has its scans on its page
        checklist = assessment.checklist
        needed = [line for line in checklist.lines if line.state is not PartState.OPTIONAL]
        self._progress.setText(f"{checklist.done}/{len(needed)}")
        self._progress.set_tone("ok" if checklist.complete else "warn")
        ids = [line.part.part_id for line in checklist.lines]
        if ids != list(self.lines):
            clear(self._lines)
            self.lines = {line.part.part_id: PartLine(self._presenter, line) for line in checklist.lines}
            for each in self.lines.values():
                self._lines.addWidget(each)
        for line in checklist.lines:
            self.lines[line.part.part_id].show_line(line)

    def focus_first(self) -> None:
        """Go to the first paper not yet settled, or the first one."""
        order = list(self.lines.values())
        target = next((each for each in order if not each.settled), order[0] if order else None)
        if target is not None:
            target.tick.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Up and down walk the papers; digits count the originals, G says that they are only held."""
        order = list(self.lines.values())
        here = next((i for i, each in enumerate(order) if each.tick.hasFocus()), -1)
        step = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(event.key())
        digit = event.key() - int(Qt.Key.Key_0)
        if here >= 0 and step is not None:
            order[(here + step) % len(order)].tick.setFocus()
        elif here >= 0 and 0 <= digit <= _MOST:
            order[here].count(digit)
        elif here >= 0 and event.key() == Qt.Key.Key_G:
            order[here].hold()
        else:
            super().keyPressEvent(event)


class PartLine(QWidget):
    """One paper: tick, counts, and what makes it needless."""

    def __init__(self, presenter: "IntakePresenter", line: ChecklistLine) -> None:
        super().__init__()
        self._presenter = presenter
        self._part = line.part
        self.settled = False
        self.tick = TickField(line.part.name)
        self.tick.setFixedWidth(27)
        self.tick.edited.connect(self._ticked)
        self.tick.accepted.connect(self._go_on)
        name = WrapLabel(line.part.name)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        name.clicked.connect(self._clicked)
        self._detail = ElidedLabel(tone="muted", type="caption")
        self._detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._waive = Button(_("Không cần"), variant="link", clicked=self._waive_it)
        self._waive.setProperty("small", True)
        set_tooltip(self._waive, line.part.not_needed_if)
        self._waive.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._counts = self._counts_button()
        below = row(spacing=8)
        below.addWidget(self._detail, 1)
        below.addWidget(self._counts)
        below.addWidget(self._waive)
        below.addStretch(0)
        words = column(name, below, spacing=0)
        box = row(spacing=6)
        box.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(words, 1)
        self.setLayout(box)

    def _counts_button(self) -> Button:
        button = Button("", variant="link")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(_("Đổi số lượng"))
        menu = QMenu(button)
        kinds = (
            ("original", _("Bản chính")),
            ("copy", _("Bản sao")),
            ("electronic", _("Bản điện tử")),
            ("held", _("Bản chính giữ hộ, sẽ trả lại")),
        )
        for kind, words in kinds:
            inner = menu.addMenu(words)
            for number in range(_MOST + 1):
                count = partial(self._presenter.count_part, self._part.part_id, kind, number)
                inner.addAction(str(number)).triggered.connect(lambda _checked=False, count=count: count())
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    def show_line(self, line: ChecklistLine) -> None:
        """Show how the paper stands."""
        printed = bool(line.part.form_id)
        self.settled = line.state in (PartState.PROVIDED, PartState.NOT_NEEDED)
        self.tick.setChecked(line.state is PartState.PROVIDED)
        self.tick.setEnabled(not printed)
        self._detail.setText(_detail(line))
        set_tooltip(self._detail, line.part.not_needed_if)
        self._detail.setVisible(bool(self._detail.text()))
        waivable = bool(line.part.not_needed_if) and line.state in (PartState.MISSING, PartState.NOT_NEEDED)
        self._waive.setVisible(waivable)
        needless = line.state is PartState.NOT_NEEDED
        self._waive.set_text(_("Vẫn cần") if needless else _("Tra được, không cần"))
        self._waive.setAccessibleName(f"{self._waive.text()}: {line.part.name}")
        self._counts.setVisible(not printed and line.submitted is not None)
        self._counts.set_text(_count_text(line))
        spoken = _("Số lượng: {paper}, {count}").format(paper=line.part.name, count=_count_text(line))
        self._counts.setAccessibleName(spoken)

    def count(self, number: int) -> None:
        """Set how many of the paper's main kind were brought."""
        kind = "copy" if self._part.copy and not self._part.original else "original"
        self._presenter.count_part(self._part.part_id, kind, number)

    def hold(self) -> None:
        """Hold every original of the paper to give it back, or none any more."""
        here = next((p for p in self._presenter.state.visit.parts if p.part_id == self._part.part_id), None)
        if here is not None and self._part.use is PartUse.SUBMIT:
            self._presenter.count_part(self._part.part_id, "held", 0 if here.held else here.original)

    def _go_on(self) -> None:
        self.focusNextChild()

    def _clicked(self) -> None:
        if self.tick.isEnabled():
            self.tick.click()

    def _ticked(self) -> None:
        self._presenter.tick_part(self._part.part_id, self.tick.isChecked())

    def _waive_it(self) -> None:
        self._presenter.waive_part(
            self._part.part_id, self._part.part_id not in self._presenter.state.visit.not_needed
        )


def _detail(line: ChecklistLine) -> str:
    part = line.part
    if part.form_id:
        return _("phần mềm in ra, công dân ký")
    if line.state is PartState.NOT_NEEDED:
        return _("không cần: đã tra được")
    use = _("chỉ xuất trình") if part.use is PartUse.PRESENT else ""
    optional = _("nếu có") if line.state is PartState.OPTIONAL else ""
    return " · ".join(each for each in (use, optional, _held(line)) if each)


def _held(line: ChecklistLine) -> str:
    held = line.submitted.held if line.submitted else 0
    return _("giữ {n} bản chính, sẽ trả lại").format(n=held) if held else ""


def _shown(line: ChecklistLine) -> bool:
    """Whether the citizen showed a paper that stays with them; a scanned card is one."""
    return line.part.use is PartUse.PRESENT and line.state is PartState.PROVIDED


def _count_text(line: ChecklistLine) -> str:
    if line.submitted is None:
        return _("đã xem") if _shown(line) else "0"
    counts = (
        (line.submitted.original, _("chính")),
        (line.submitted.copy, _("sao")),
        (line.submitted.electronic, _("điện tử")),
    )
    counted = " + ".join(f"{number} {words}" for number, words in counts if number)
    return counted or (_("đã xem") if line.submitted.presented else "0")
