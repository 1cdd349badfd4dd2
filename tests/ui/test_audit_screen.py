"""The screen of the audit log in the real window: read, filtered, checked, taken out, kept from clerks."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK
from tests.helpers.raw_database import select
from tests.helpers.visits import CERTIFIED_COPY

from counter_app.audit_words import GROUPS, tip_words
from counter_app.domain.clerks import Account, Role
from counter_app.domain.dossier import Dossier
from counter_app.services.desk import Desk
from counter_app.services.ports import AuditEntry
from counter_app.services.receive_dossier import receive
from counter_app.ui.audit import list_model
from counter_app.ui.audit.presenter import PAGE, CalledOff, Check
from counter_app.ui.audit.view import AuditScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.quick_search import matching_commands


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    return receive(desk, CERTIFIED_COPY, clerk=CLERK)


def audit(window: MainWindow, **request: object) -> AuditScreen:
    window.open_screen("audit", **request)
    screen = window.current_screen()
    assert isinstance(screen, AuditScreen)
    return screen


def acts(screen: AuditScreen) -> list[str]:
    model = screen.model
    return [str(model.data(model.index(line, list_model.ACT))) for line in range(model.rowCount())]


def write_entries(desk: Desk, count: int) -> None:
    with desk.store.writing() as transaction:
        for number in range(count):
            transaction.append_audit(
                AuditEntry(at=MORNING, clerk="Lò Văn Thử", act="ticket_called", subject_id=f"v{number}")
            )


def test_the_log_is_listed_newest_first_with_its_tip(
    desk: Desk, dossier: Dossier, window: MainWindow
) -> None:
    screen = audit(window)
    assert acts(screen) == ["Tiếp nhận hồ sơ", "Đổi cài đặt"]
    assert screen.model.code_at(0) == dossier.dossier_code
    with desk.store.reading() as queries:
        assert screen.tip.text() == tip_words(queries.audit_tip().digits)
    assert matching_commands("nhat ky")[0].screen_id == "audit"


def test_enter_opens_the_dossier_of_a_line(dossier: Dossier, window: MainWindow, qtbot: QtBot) -> None:
    screen = audit(window)
    screen.table.selectRow(0)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert window.current_screen() is not screen


def test_opening_a_dossier_is_one_look_however_often_it_is_shown(
    desk: Desk, dossier: Dossier, window: MainWindow
) -> None:
    for _time in range(2):
        window.open_screen("dossier", dossier_code=dossier.dossier_code)
        window.operations.data_changed.emit()
        window.open_screen("returns", dossier_code=dossier.dossier_code)
    looks = select(desk, "SELECT clerk, subject_id FROM audit_entry WHERE act = 'dossier_viewed'")
    assert looks == [(CLERK, dossier.dossier_id)]


def test_filters_and_pages(desk: Desk, dossier: Dossier, window: MainWindow) -> None:
    write_entries(desk, PAGE + 5)
    screen = audit(window)
    assert screen.model.rowCount() == PAGE
    screen.model.fetchMore(screen.model.index(-1, -1))
    assert screen.model.rowCount() == PAGE + 7
    screen.clerk.set_value(CLERK)
    screen.load()
    assert acts(screen) == ["Tiếp nhận hồ sơ", "Đổi cài đặt"]
    group = next(number for number, each in enumerate(GROUPS) if "dossier_" in each.acts)
    screen.group.set_value(str(group))
    screen.load()
    assert acts(screen) == ["Tiếp nhận hồ sơ"]
    screen.code.setText("H00-khong-co")
    screen.load()
    assert acts(screen) == []
    assert not screen.check.isEnabled() or screen._none.isVisible()


def test_a_check_says_whole_or_names_the_place(
    desk: Desk, dossier: Dossier, window: MainWindow, qtbot: QtBot
) -> None:
    screen = audit(window)
    screen.asked_tip.setText(screen.tip.text())
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert screen.card.outcome.text().startswith("Nhật ký nguyên vẹn: 2 mục")
    assert screen.card.asked.text().endswith("là của mục 2.")
    assert acts(screen)[0] == "Kiểm tra toàn vẹn nhật ký"
    with desk.store.writing() as transaction:
        sql = transaction._sql  # type: ignore[attr-defined]
        sql.run("DROP TRIGGER audit_entry_fixed")
        sql.run("UPDATE audit_entry SET clerk = '<b>x</b>' WHERE seq = 2")
    screen.asked_tip.clear()
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert "KHÔNG còn nguyên vẹn" in screen.card.outcome.text()
    assert screen.card.findings == ["Mục 2 không còn đúng như lúc ghi."]
    assert screen.escape()
    assert not screen.card.isVisible()


def test_a_check_that_nobody_waits_for_ends() -> None:
    check = Check()
    check.note(1, 2)
    check.called_off = True
    with pytest.raises(CalledOff):
        check.note(2, 2)


def test_what_is_listed_is_saved_as_a_workbook(
    desk: Desk, dossier: Dossier, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "nhat-ky.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    screen = audit(window, code=dossier.dossier_code)
    screen._save("xlsx")
    rows = list(load_workbook(target).active.values)  # type: ignore[union-attr]
    assert [row[3:] for row in rows[1:]] == [("Tiếp nhận hồ sơ", dossier.dossier_code)]
    assert select(desk, "SELECT act FROM audit_entry ORDER BY seq DESC LIMIT 1") == [("audit_exported",)]


def test_a_clerk_is_told_who_may_read_it(desk: Desk, dossier: Dossier, window: MainWindow) -> None:
    account = Account(
        account_id="a",
        username="mai",
        full_name=CLERK,
        role=Role.CLERK,
        password_hash="",
        must_change=False,
        created_at=MORNING,
        password_at=MORNING,
    )
    with desk.store.writing() as transaction:
        transaction.put_account(account)
    desk.session.begin(account, MORNING)
    screen = audit(window)
    assert acts(screen) == []
    assert screen._none.isVisible()
    assert not screen.check.isEnabled()
