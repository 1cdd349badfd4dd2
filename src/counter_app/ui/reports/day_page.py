"""The page that closes a day: what is left to do at the left, the cash and the day's sums at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_app.domain.day_close import CarriedOver, Finding, FindingKind, cash_findings
from counter_app.domain.fee import format_vnd
from counter_app.i18n import _
from counter_app.services.day_close import DayNow
from counter_app.services.list_export import ColumnKind, ListColumn, ListTable
from counter_app.services.papers.day_close_sheet import (
    COUNTS,
    FINDINGS,
    METHODS,
    how_much,
    other_days_words,
    signed_vnd,
    tip_in_words,
)
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.reports.finding_card import FindingCard
from counter_app.ui.reports.tables import figure_card
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, clear, column, row
from counter_app.ui.widgets.text_field import NumberField

_RIGHT_WIDTH = 430


class DayPage(QWidget):
    """``reasons`` and ``counted`` are what the clerk typed; they stay while the same day is shown."""

    def __init__(self, theme: Theme, go: Callable[[str, str], None], edited: Callable[[], None]) -> None:
        super().__init__()
        self._theme, self._go, self._edited = theme, go, edited
        self.reasons: dict[FindingKind, str] = {}
        self.cards: tuple[FindingCard, ...] = ()
        self.now: DayNow | None = None
        self._told = WrapLabel(bold=True)
        self._state = QFrame()
        self._state.setLayout(column(self._told, margins=(14, 10, 14, 10)))
        self._findings = QVBoxLayout()
        self._findings.setSpacing(8)
        self.counted = NumberField(_("Tiền mặt kiểm đếm được"), money=True, placeholder=_("đồng"))
        self.counted.edited.connect(self._count)
        self.counted.left.connect(edited)
        self._expected, self._difference = PlainLabel(bold=True), PlainLabel(bold=True)
        self._cash_card = self._make_cash_card()
        self._sums = QVBoxLayout()
        self._sums.setSpacing(12)
        left, self._right = QWidget(), QWidget()
        left.setLayout(column(self._state, self._findings, None, margins=(16, 4, 4, 14), spacing=10))
        inner = column(self._cash_card, self._sums, None, margins=(4, 4, 16, 14), spacing=12)
        self._right.setLayout(inner)
        self._right_scroll = Scroll(self._right)
        body = row(Scroll(left), self._right_scroll, spacing=8)
        body.setStretch(0, 1)
        self.setLayout(body)
        theme.changed.connect(self._fit)
        self._fit()

    def counted_vnd(self) -> int | None:
        """Return what was counted; None while nothing, or no number, is there."""
        value = self.counted.value()
        return value if isinstance(value, int) else None

    def show_day(self, now: DayNow) -> None:
        """Show a day as it stands; what was typed for it stays."""
        if self.now is None or self.now.day != now.day or now.closed is not None:
            self.reasons.clear()
            self.counted.clear()
        self.now = now
        self._show_state(now)
        self._show_findings(now)
        self._cash_card.setVisible(now.closed is None)
        self._show_cash()
        self._show_sums(now)

    def findings(self) -> tuple[Finding, ...]:
        """Return what was found, the cash compared with what the clerk has counted so far."""
        if self.now is None or self.now.closed is not None:
            return ()
        others = (each for each in self.now.findings if each.kind not in _CASH)
        return (*cash_findings(self.now.expected_cash_vnd, self.counted_vnd()), *others)

    def unsettled(self) -> tuple[FindingKind, ...]:
        """Return what still blocks, as far as the page knows."""
        blocking = (each.kind for each in self.findings() if each.blocks)
        return tuple(kind for kind in blocking if not self.reasons.get(kind))

    def _make_cash_card(self) -> Card:
        card = Card(_("Tiền mặt"))
        for label, value in (
            (_("Theo phiếu thu"), self._expected),
            (_("Kiểm đếm"), self.counted),
            (_("Chênh lệch"), self._difference),
        ):
            card.body.addLayout(row(PlainLabel(label, tone="muted"), None, value))
        self.counted.setMaximumWidth(190)
        return card

    def _show_state(self, now: DayNow) -> None:
        closed = now.closed
        blocking = sum(each.blocks for each in self.findings())
        if closed is not None:
            self._tell(
                "ok",
                _("Đã đóng ngày {day} lúc {at}. Dấu nhật ký {tip}.").format(
                    day=f"{now.day:%d/%m/%Y}",
                    at=f"{closed.closed_at:%H:%M %d/%m}",
                    tip=tip_in_words(closed.audit_tip, closed.audit_seq) if closed.audit_tip else closed.tip,
                ),
            )
        elif now.first_open is not None and now.first_open < now.day:
            first = f"{now.first_open:%d/%m/%Y}"
            self._tell("warn", _("Ngày {day} chưa đóng. Hãy đóng ngày đó trước.").format(day=first))
        elif blocking:
            self._tell(
                "warn",
                _("Còn {count} việc: làm cho xong, hoặc ghi lý do chuyển sang ngày sau.").format(
                    count=blocking
                ),
            )
        else:
            self._tell("ok", _("Không còn việc nào dở dang. Ngày này đóng được."))

    def _tell(self, frame: str, words: str) -> None:
        from counter_app.ui.widgets.properties import restyle

        restyle(self._state, "frame", frame)
        self._told.setText(words)

    def _show_findings(self, now: DayNow) -> None:
        """Keep the cards while the findings are the same: a field must not vanish under the clerk."""
        shown = self.findings()
        kinds = tuple(each.kind for each in self.cards)
        focused = next((c.kind for c in self.cards if c.reason is not None and c.reason.hasFocus()), None)
        if kinds == tuple(each.kind for each in shown) and focused is not None:
            return
        clear(self._findings)
        self.cards = tuple(
            FindingCard(each, self.reasons.get(each.kind, ""), self._go, self._reason) for each in shown
        )
        for card in self.cards:
            self._findings.addWidget(card)
        if now.closed is not None and now.closed.carried:
            self._findings.addWidget(_carried_card(_("Chuyển sang ngày sau"), now.closed.carried))

    def _reason(self, kind: FindingKind, reason: str) -> None:
        self.reasons[kind] = reason
        self._edited()

    def _count(self) -> None:
        """Compare while the clerk counts."""
        self._show_cash()
        if self.now is not None:
            self._show_state(self.now)
            self._show_findings(self.now)
        self._edited()

    def _show_cash(self) -> None:
        if self.now is None:
            return
        expected = self.now.expected_cash_vnd
        self._expected.setText(format_vnd(expected))
        counted = self.counted_vnd()
        if counted is None:
            self._difference.setText("–")
            self._difference.set_tone("")
            return
        self._difference.setText(signed_vnd(counted - expected))
        self._difference.set_tone("bad" if counted != expected else "ok")

    def _show_sums(self, now: DayNow) -> None:
        clear(self._sums)
        told = now.closed.told if now.closed else now.told
        if now.closed is not None:
            self._sums.addWidget(figure_card(_table(_("Tiền mặt"), _cash_rows(now))))
        if told.cash:
            rows = tuple((f"{c.fee_name} ({METHODS[c.method].lower()})", c.kept_vnd) for c in told.cash)
            self._sums.addWidget(figure_card(_table(_("Phí, lệ phí đã thu"), rows, money=True)))
        others = now.closed.other_days if now.closed else now.other_days
        for words in other_days_words(others):
            self._sums.addWidget(WrapLabel(words, tone="warn"))
        counts = tuple((words, told.counts[name]) for name, words in COUNTS if told.counts.get(name))
        self._sums.addWidget(
            figure_card(_table(_("Trong ngày"), counts or ((_("Chưa có việc nào."), None),)))
        )
        if now.last is not None and now.closed is None and now.last.carried:
            title = _("Chuyển từ ngày {day}").format(day=f"{now.last.day:%d/%m/%Y}")
            self._sums.addWidget(_carried_card(title, now.last.carried))

    def _fit(self) -> None:
        self._right_scroll.setFixedWidth(round(_RIGHT_WIDTH * (1 + (self._theme.text_scale / 100 - 1) * 0.4)))


_CASH = (FindingKind.CASH_DIFFERS, FindingKind.CASH_NOT_COUNTED)


def _cash_rows(now: DayNow) -> tuple[tuple[object, ...], ...]:
    closed = now.closed
    if closed is None or closed.difference_vnd is None or closed.counted_cash_vnd is None:
        return ((_("Không kiểm đếm"), ""),)
    return (
        (_("Theo phiếu thu"), format_vnd(closed.expected_cash_vnd)),
        (_("Kiểm đếm"), format_vnd(closed.counted_cash_vnd)),
        (_("Chênh lệch"), signed_vnd(closed.difference_vnd)),
    )


def _table(title: str, rows: tuple[tuple[object, ...], ...], *, money: bool = False) -> ListTable:
    kind = ColumnKind.MONEY if money else ColumnKind.NUMBER
    return ListTable(title=title, columns=(ListColumn(label=""), ListColumn(label="", kind=kind)), rows=rows)


def _carried_card(title: str, carried: Sequence[CarriedOver]) -> Card:
    card = Card(title)
    for each in carried:
        card.body.addWidget(WrapLabel(_carried_words(each)))
    return card


def _carried_words(carried: CarriedOver) -> str:
    return f"{FINDINGS[carried.kind]} ({how_much(carried)}): {carried.reason}"
