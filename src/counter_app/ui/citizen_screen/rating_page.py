"""The rating: three answers, then reasons for those who want to give them; skipping is as easy."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from counter_app.domain.rating import REASON_WORDS, SCORE_WORDS, Score
from counter_app.i18n import _
from counter_app.ui.citizen_screen.big import BigButton, BigLabel
from counter_app.ui.citizen_screen.face_button import FaceButton
from counter_app.ui.citizen_screen.stage_port import RatingAnswer
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.layouts import column, row

_MOODS = {
    Score.VERY_SATISFIED: (1.0, "ok"),
    Score.SATISFIED: (0.35, "info"),
    Score.UNSATISFIED: (-0.8, "warn"),
}


class RatingPage(QWidget):
    """Asks once; `answered` gets the answer, None when the citizen skips.

    A score that was chosen counts even when the citizen leaves at the reasons.
    """

    def __init__(self, theme: Theme, answered: Callable[[RatingAnswer | None], None]) -> None:
        super().__init__()
        self._answered = answered
        self._score: Score | None = None
        self.faces = {
            score: FaceButton(_(SCORE_WORDS[score]), mood, tone, theme, partial(self.choose, score))
            for score, (mood, tone) in _MOODS.items()
        }
        self.skip = FaceButton(_("Bỏ qua"), None, "neutral", theme, self.leave)
        self.reasons = {reason: _tick(_(words)) for reason, words in REASON_WORDS.items()}
        self.send = BigButton(_("Gửi"), self.leave)
        self.skip_reasons = BigButton(_("Bỏ qua"), self._without_reasons)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._ask_score())
        self._stack.addWidget(self._ask_reasons())
        self.setLayout(column(self._stack, margins=(36, 24, 36, 16)))

    def _ask_score(self) -> QWidget:
        page = QWidget()
        faces = row(*self.faces.values(), self.skip, spacing=18)
        head = BigLabel(_("Ông/bà thấy việc phục vụ thế nào?"), pixels=42, strong=True, centred=True)
        free = BigLabel(_not_a_condition(), tone="muted", centred=True)
        box = column(head, faces, free, spacing=16)
        box.setStretch(1, 1)
        page.setLayout(box)
        return page

    def _ask_reasons(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout()
        grid.setSpacing(14)
        for number, tick in enumerate(self.reasons.values()):
            grid.addWidget(tick, number // 2, number % 2)
        head = BigLabel(_("Điều gì chưa tốt? (có thể bỏ qua)"), pixels=42, strong=True, centred=True)
        page.setLayout(
            column(head, None, grid, None, row(self.skip_reasons, self.send, spacing=24), spacing=16)
        )
        return page

    def begin(self) -> None:
        """Start empty."""
        self._score = None
        for tick in self.reasons.values():
            tick.setChecked(False)
        self._stack.setCurrentIndex(0)

    def choose(self, score: Score) -> None:
        """Take a score; only who is not satisfied is asked why."""
        self._score = score
        if score is Score.UNSATISFIED:
            self._stack.setCurrentIndex(1)
        else:
            self.leave()

    def leave(self) -> None:
        """Answer with what was chosen so far: also when the time is over."""
        if self._score is None:
            self._answered(None)
            return
        reasons = tuple(reason.value for reason, tick in self.reasons.items() if tick.isChecked())
        self._answered(RatingAnswer(score=self._score.value, reasons=reasons))

    def _without_reasons(self) -> None:
        for tick in self.reasons.values():
            tick.setChecked(False)
        self.leave()


def _tick(words: str) -> BigButton:
    tick = BigButton(words, lambda: None, variant="option")
    tick.setCheckable(True)
    tick.toggled.connect(lambda on: tick.setText(("✓ " if on else "") + words.replace("&", "&&")))
    return tick


def _not_a_condition() -> str:
    return _("Không ghi tên. Đánh giá hay không là tùy ông/bà, không ảnh hưởng đến hồ sơ.")
