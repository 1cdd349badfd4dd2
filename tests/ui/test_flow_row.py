"""Buttons that go on in the next line, in a box that scrolls: every one is whole, at any text size."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.visits import BIRTH

from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.ui.dossier.view import DossierScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.flow_row import FlowBox
from counter_app.ui.widgets.layouts import Card, Scroll, column


def assert_whole(box: FlowBox) -> int:
    """Return on how many lines the buttons stand."""
    buttons = [each for each in box.findChildren(Button) if not each.isHidden()]
    for each in buttons:
        assert box.rect().contains(each.geometry()), each.text()
        assert each.width() >= each.sizeHint().width(), each.text()
    for number, one in enumerate(buttons):
        assert not any(one.geometry().intersects(two.geometry()) for two in buttons[number + 1 :])
    return len({each.y() for each in buttons})


def test_a_row_in_a_scrolled_card_takes_the_height_of_its_lines(qtbot: QtBot) -> None:
    box, card, inner = FlowBox(), Card("Việc"), QWidget()
    card.body.addWidget(box)
    inner.setLayout(column(card, None))
    scroll = Scroll(inner)
    qtbot.addWidget(scroll)
    scroll.resize(320, 400)
    scroll.show()
    lines = []
    for count in (9, 2):
        box.show_only([Button(f"Việc thứ {number}") for number in range(count)])
        qtbot.waitUntil(lambda count=count: len(box.findChildren(Button)) == count)  # type: ignore[misc]
        QApplication.processEvents()
        lines.append(assert_whole(box))
    assert lines[0] > 2
    assert lines[1] == 1


@pytest.mark.parametrize("scale", [100, 200])
def test_what_comes_next_is_whole_on_the_dossier(
    desk: Desk, make_open_window: Callable[..., MainWindow], scale: int
) -> None:
    dossier = receive(desk, BIRTH, clerk="Mai")
    window = make_open_window(desk, text_scale=scale)
    window.resize(1366, 768)
    window.open_screen("dossier", dossier_code=dossier.dossier_code)
    screen = window.current_screen()
    assert isinstance(screen, DossierScreen)
    for more in [each for each in screen.findChildren(Button) if each.text() == "Việc khác"]:
        more.click()
    for _round in range(3):
        QApplication.processEvents()
    boxes = [each for each in screen.findChildren(FlowBox) if each.isVisible()]
    assert len(boxes) == 2
    for box in boxes:
        assert_whole(box)
