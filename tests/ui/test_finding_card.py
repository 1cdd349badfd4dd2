"""Cards of what keeps a day open: no amount before anything is counted, no empty line."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app.domain.day_close import Finding, FindingKind
from counter_app.ui.reports.finding_card import FindingCard


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding(kind=FindingKind.CASH_NOT_COUNTED, amount_vnd=-8000), ["Chưa kiểm đếm tiền mặt"]),
        (Finding(kind=FindingKind.ORIGINALS, count=2), ["2", "Bản chính đang giữ"]),
    ],
)
def test_a_card_says_what_is_known_and_nothing_else(qtbot: QtBot, finding: Finding, words: list[str]) -> None:
    card = FindingCard(finding, "", lambda *_place: None, lambda *_reason: None)
    qtbot.addWidget(card)
    shown = [label.text() for label in card.findChildren(QLabel) if not label.isHidden()]
    assert sorted(text for text in shown if text != "Mở") == sorted(words)
