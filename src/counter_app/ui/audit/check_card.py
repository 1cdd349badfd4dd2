"""The check of the audit log: how far it is, and what came of it, in plain words."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from counter_app.audit_words import (
    anchored_words,
    around_words,
    asked_words,
    finding_words,
    outcome_words,
    tip_words,
)
from counter_app.i18n import _
from counter_app.services.audit.findings import AuditReport
from counter_app.ui.audit.presenter import Check
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Scroll, clear, column, row
from counter_app.ui.widgets.properties import restyle

_POLL_MS = 200
_MOST_SHOWN = 50
_HIGHEST = 240  # pixels at 100 %: the list below stays in sight


class CheckCard(QFrame):
    """Hidden until a check begins; `closed` puts the outcome away."""

    def __init__(self, call_off: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("frame", "info")
        self.how_far = PlainLabel()
        self._bar = QProgressBar()
        self._bar.setAccessibleName(_("Tiến độ kiểm tra"))
        self._bar.setTextVisible(False)
        self._stop = Button(_("Dừng"), key="Esc", clicked=call_off)
        self._progress = QWidget()
        line = row(self.how_far, self._bar, self._stop, spacing=12)
        line.setStretch(1, 1)
        self._progress.setLayout(line)
        self.outcome = WrapLabel(type="strong")
        self.anchored = WrapLabel(type="small", tone="muted")
        self.asked = WrapLabel()
        self._close = Button(_("Đóng"), clicked=self.hide)
        self._lines = column(spacing=6)
        inner = QWidget()
        inner.setLayout(self._lines)
        self._list = Scroll(inner)
        head = row(self.outcome, self._close, spacing=12)
        head.setStretch(0, 1)
        self._result = QWidget()
        self._result.setLayout(column(head, self.asked, self.anchored, self._list, spacing=6))
        self.setLayout(column(self._progress, self._result, margins=(14, 10, 14, 10)))
        self._check: Check | None = None
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._show_how_far)
        self.findings: list[str] = []
        self.hide()

    def show_check(self, check: Check | None) -> None:
        """Show a check under way; None: it is over."""
        self._check = check
        self._progress.setVisible(check is not None)
        if check is None:
            self._poll.stop()
            self.hide()
            return
        restyle(self, "frame", "info")
        self._result.hide()
        self._poll.start()
        self._show_how_far()
        self.show()

    def show_report(self, report: AuditReport, tip: str) -> None:
        """Show the outcome."""
        restyle(self, "frame", "ok" if report.whole else "bad")
        self.outcome.setText(outcome_words(report))
        self.anchored.setText(anchored_words(report))
        self.asked.setText(asked_words(report, tip_words("".join(tip.split()))) if tip else "")
        self.asked.setVisible(bool(tip))
        self.findings = [finding_words(each) for each in report.findings]
        clear(self._lines)
        for each, words in list(zip(report.findings, self.findings, strict=True))[:_MOST_SHOWN]:
            self._lines.addWidget(WrapLabel(words, tone="bad"))
            around = around_words(each)
            if around:
                self._lines.addWidget(WrapLabel(around, type="small", tone="muted"))
        left = len(report.findings) + report.more_findings - _MOST_SHOWN
        if left > 0:
            self._lines.addWidget(PlainLabel(_("… và {count} chỗ nữa.").format(count=left), tone="muted"))
        self._list.setVisible(not report.whole)
        self._list.setFixedHeight(min(_HIGHEST, self._lines.sizeHint().height() + 8))
        self._progress.hide()
        self._result.show()
        self.show()

    def _show_how_far(self) -> None:
        if self._check is None:
            return
        done, total = self._check.done, self._check.total
        self._bar.setMaximum(total)
        self._bar.setValue(done)
        self.how_far.setText(
            _("Đang kiểm tra: {done} trên {total} mục").format(done=done, total=total)
            if total
            else _("Đang kiểm tra…")
        )
