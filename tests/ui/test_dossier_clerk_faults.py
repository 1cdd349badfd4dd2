"""Faults a clerk met on the dossier screen: lost words, slips of the finger, wrong promises."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from tests.helpers.desks import CLERK
from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import AskSupplement, Refuse, Stop
from counter_app.domain.dossier_status import DossierStatus
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.services.visit import Visit
from counter_app.ui.dossier.acts.act_form import ActForm
from counter_app.ui.dossier.acts.act_keys import ActKey
from counter_app.ui.dossier.view import DossierScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.tick_field import TickField


def key(widget: QWidget, which: Qt.Key) -> None:
    QTest.keyClick(widget, which)
    QApplication.processEvents()


def look(window: MainWindow, dossier: Dossier) -> DossierScreen:
    window.open_screen("dossier", dossier_code=dossier.dossier_code)
    QApplication.processEvents()
    screen = window.current_screen()
    assert isinstance(screen, DossierScreen)
    return screen


def received(desk: Desk, visit: Visit = BIRTH) -> Dossier:
    return receive(desk, visit, clerk=CLERK)


def form_of(screen: DossierScreen, act: ActKey) -> ActForm:
    screen.panel.open(act)
    QApplication.processEvents()
    assert screen.panel.form is not None
    return screen.panel.form


def now(desk: Desk, dossier: Dossier) -> Dossier:
    with desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
    assert found is not None
    return found


def said(widget: QWidget) -> str:
    return " | ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def waiting(desk: Desk) -> Dossier:
    dossier = received(desk, replace(BIRTH, parts=()))
    return perform(desk, dossier.dossier_id, AskSupplement(items=("Giấy chứng sinh",), reason="Thiếu"))


def test_nothing_came_is_refused_until_it_is_explained(window: MainWindow, desk: Desk) -> None:
    dossier = waiting(desk)
    screen = look(window, dossier)
    form = form_of(screen, ActKey.RESUME)
    assert isinstance(QApplication.focusWidget(), TickField), "the first paper is next"
    assert form.fields["reason"].isHidden()
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).status is DossierStatus.AWAITING_SUPPLEMENT
    assert "Hãy đánh dấu giấy tờ đã nhận" in screen.bar._words.text()
    assert form.fields["reason"].hasFocus()
    QTest.keyClicks(form.fields["reason"], "Da co trong kho du lieu")
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).status is DossierStatus.PROCESSING
    with desk.store.reading() as queries:
        assert queries.history(dossier.dossier_id)[-1].detail["reason"] == "Da co trong kho du lieu"


def test_whoever_was_refused_is_not_asked_for_money_first(window: MainWindow, desk: Desk) -> None:
    dossier = received(desk, CERTIFIED_COPY)
    perform(desk, dossier.dossier_id, Refuse(reasons=("Không thuộc thẩm quyền",)))
    screen = look(window, dossier)
    assert screen.panel.offer.first is None
    assert ActKey.COLLECT in screen.panel.offer.others
    assert "Còn phải thu" not in said(screen)
    assert "Chưa thu phí, lệ phí." in said(screen.panel)


def test_a_stop_says_what_was_decided_about_the_fees(window: MainWindow, desk: Desk) -> None:
    dossier = received(desk, CERTIFIED_COPY)
    perform(desk, dossier.dossier_id, Stop(reasons=("Tranh chấp",), decided_by="Chủ tịch", fees="Không thu"))
    assert "Phí, lệ phí: Không thu." in said(look(window, dossier).panel)


def test_no_promise_stands_in_bold_for_who_waits_or_is_refused(window: MainWindow, desk: Desk) -> None:
    dossier = waiting(desk)
    screen = look(window, dossier)
    strong = [each.text() for each in screen.findChildren(QLabel) if each.property("type") == "strong"]
    assert "Đang chờ bổ sung, thời gian tạm dừng" in strong
    perform(desk, dossier.dossier_id, Refuse(reasons=("Không bổ sung",)))
    screen = look(window, dossier)
    strong = [each.text() for each in screen.findChildren(QLabel) if each.property("type") == "strong"]
    assert not any("2026 · " in text for text in strong)


@pytest.mark.parametrize("away", ["esc", "scan", "screen"])
def test_what_was_typed_is_there_again(window: MainWindow, desk: Desk, away: str) -> None:
    dossier, other = received(desk, replace(BIRTH, parts=())), received(desk)
    screen = look(window, dossier)
    form = form_of(screen, ActKey.SUPPLEMENT)
    for name, text in (("items", "Ghi lại tên mẹ"), ("items+1", "Bản sao hộ khẩu"), ("reason", "Thiếu")):
        form.fields[name].set_value(text)
        form.fields[name].edited.emit()
    if away == "esc":
        key(window, Qt.Key.Key_Escape)
    elif away == "scan":
        assert window.live is not None
        window.live.scanning.router.route(f"{other.dossier_code}/{other.lookup_secret}")
    else:
        window.open_screen("work")
    QApplication.processEvents()
    assert screen.panel.form is None
    if away == "scan":
        assert "Nội dung đang ghi dở" not in said(form_of(look(window, other), ActKey.SUPPLEMENT))
    form = form_of(look(window, dossier), ActKey.SUPPLEMENT)
    assert "Nội dung đang ghi dở đã giữ lại" in said(form)
    assert [form.text(name) for name in ("items", "items+1", "reason")] == [
        "Ghi lại tên mẹ",
        "Bản sao hộ khẩu",
        "Thiếu",
    ]
    key(look(window, dossier), Qt.Key.Key_F9)
    assert "Ghi lại tên mẹ" in now(desk, dossier).life.supplements[-1].items


def test_a_form_nobody_touched_keeps_nothing(window: MainWindow, desk: Desk) -> None:
    screen = look(window, received(desk))
    form_of(screen, ActKey.HAND_OVER)
    key(window, Qt.Key.Key_Escape)
    assert "Nội dung đang ghi dở" not in said(form_of(screen, ActKey.HAND_OVER))


def test_an_end_is_asked_once_more_and_its_repair_is_said(window: MainWindow, desk: Desk) -> None:
    dossier = received(desk)
    screen = look(window, dossier)
    form = form_of(screen, ActKey.REFUSE)
    form.fields["reasons"].set_value("Không đủ điều kiện")
    key(screen, Qt.Key.Key_F9)
    QTest.keyClicks(form.fields["reasons"], " thêm".replace("ê", "e"))
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).life.ending is None, "changed in between: asked anew"
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).status is DossierStatus.REFUSED
    assert "giấy đã in nên không hoàn tác được; hãy tiếp nhận lại hồ sơ mới" in said(screen.panel)


def test_keys_open_the_usual_acts(window: MainWindow, desk: Desk) -> None:
    screen = look(window, received(desk, CERTIFIED_COPY))
    key(screen, Qt.Key.Key_F7)
    assert screen.panel.key is ActKey.SUPPLEMENT
    key(window, Qt.Key.Key_Escape)
    focus = QApplication.focusWidget()
    assert isinstance(focus, Button)
    assert screen.panel.isAncestorOf(focus), "the first act, not the personal number"
    key(screen, Qt.Key.Key_F8)
    assert screen.panel.key is ActKey.COLLECT
    key(window, Qt.Key.Key_Escape)
    key(screen, Qt.Key.Key_F6)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert screen.panel._others.isAncestorOf(focus)


@pytest.mark.parametrize(("act", "name"), [(ActKey.HAND_OVER, "to"), (ActKey.WITHDRAW, "reason")])
def test_words_the_program_wrote_are_typed_over(
    window: MainWindow, desk: Desk, act: ActKey, name: str
) -> None:
    form = form_of(look(window, received(desk)), act)
    assert form.text(name)
    target = QApplication.focusWidget()
    assert target is not None
    line = form.fields[name].findChild(QLineEdit)
    assert line is not None
    assert line.selectedText() == line.text()
    QTest.keyClicks(target, "Lo Van Kho")
    assert form.text(name) == "Lo Van Kho"
