"""The scenes of keys, accounts, the audit log, citizens' data, backups, support and faults.

The last of them restores a backup: the data of the window is closed then.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget
from tests.helpers.builders import FixedClock
from tests.helpers.visits import GRANDMOTHER

from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.personal_data import RequestKind
from counter_app.services.backup.create import create
from counter_app.services.clock_check import later_moment
from counter_app.services.desk import Desk
from counter_app.services.personal_data.requests import register
from counter_app.ui.audit.view import AuditScreen
from counter_app.ui.crash_dialog import CrashDialog
from counter_app.ui.main_window import MainWindow
from counter_app.ui.personal_data.view import PersonalDataScreen
from counter_app.ui.restore.view import RestoreView
from counter_app.ui.settings.accounts_page import AccountsPage
from counter_app.ui.settings.backup_page import BackupPage
from counter_app.ui.settings.keys.keys_page import KeysPage
from counter_app.ui.settings.view import SettingsScreen

P = TypeVar("P")


def trust_scenes(window: MainWindow) -> Iterator[str]:
    """Show what an administrator and a head look after, signed in as the administrator."""
    assert window.workspace is not None
    desk = window.workspace.desk
    with desk.store.reading() as queries:
        written = later_moment(queries, desk.clock.now())
    if written is not None:
        desk.clock = FixedClock(written)  # other scenes live on other days
    yield from key_scenes(window)
    yield from account_scenes(window)
    yield from audit_scenes(window)
    yield from personal_data_scenes(window, desk)
    yield from backup_scenes(window)
    window.open_screen("settings", page="support")
    _quiet(window)
    yield "settings-support"
    yield from crash_scene(window)
    with tempfile.TemporaryDirectory() as folder:
        yield from restore_scenes(window, desk, Path(folder) / "quay-1.qmcbak")


def start_scenes(make_window: Callable[[], MainWindow]) -> Iterator[tuple[MainWindow, str]]:
    """Show the page of a start that finds no key, and of one that finds the data damaged."""
    problems = {
        "start-key-lost": EnvironmentProblem("database_key_missing", where="keyring"),
        "start-damaged": EnvironmentProblem("database_damaged"),
    }
    for name, problem in problems.items():
        window = make_window()
        window.start_page.on_retry(_nothing)
        window.start_page.on_restore(_nothing)
        window.start_page.on_recover(lambda _typed: None)
        window.show()
        window.data_refused(problem)
        yield window, name
        window.close()


def key_scenes(window: MainWindow) -> Iterator[str]:
    """Show the key with its sheet, and a sheet on the screen for an office without a printer."""
    page = _settings_page(window, "keys", KeysPage)
    page.sheet.do.click()
    _quiet(window)
    yield "settings-keys"
    page.on_demand.click()
    yield "settings-keys-on-screen"
    page.on_screen.dropped.click()


def account_scenes(window: MainWindow) -> Iterator[str]:
    """Show who has an account, and one being added."""
    page = _settings_page(window, "accounts", AccountsPage)
    yield "settings-accounts"
    assert page.manage is not None
    page.manage.add.click()
    yield "settings-accounts-new"


def audit_scenes(window: MainWindow) -> Iterator[str]:
    """Show the log, and a check of the whole chain."""
    window.open_screen("audit")
    screen = window.current_screen()
    assert isinstance(screen, AuditScreen)
    _quiet(window)
    yield "audit"
    screen.check.click()
    _quiet(window)
    yield "audit-checked"


def personal_data_scenes(window: MainWindow, desk: Desk) -> Iterator[str]:
    """Show what waits, all that is kept of a citizen, the copy for them, and an answer."""
    request = register(desk, GRANDMOTHER.personal_id, RequestKind.COPY)
    window.open_screen("personal_data")
    screen = window.current_screen()
    assert isinstance(screen, PersonalDataScreen)
    _quiet(window)
    yield "personal-data"
    window.open_screen("personal_data", person_id=GRANDMOTHER.personal_id)
    yield "personal-data-citizen"
    screen.give.click()
    yield "personal-data-copy"
    screen.back()
    screen.answer(request)
    yield "personal-data-answer"
    screen.back()


def crash_scene(window: MainWindow) -> Iterator[str]:
    """Show what is said of an error nobody foresaw."""
    try:
        {}["key"]
    except KeyError as error:
        window.show_crash(error)
    (dialog,) = window.findChildren(CrashDialog)
    yield "crash"
    dialog.accept()


def backup_scenes(window: MainWindow) -> Iterator[str]:
    """Show the page of backups before the first, with a stick, and with the stick pulled."""
    stick = Path(tempfile.gettempdir()) / "USB-quay-1"  # drawn in the picture: the same in every run
    shutil.rmtree(stick, ignore_errors=True)
    page = _settings_page(window, "backup", BackupPage)
    yield "settings-backup-none"
    page.make_now()
    stick.mkdir()
    page.take_folder(str(stick))
    _quiet(window)
    yield "settings-backup"
    shutil.rmtree(stick)
    window.open_screen("settings", page="support")
    window.open_screen("settings", page="backup")
    yield "settings-backup-stick-pulled"


def restore_scenes(window: MainWindow, desk: Desk, file: Path) -> Iterator[str]:
    """Show the guided restore step by step; the data is closed behind it."""
    create(desk, file)
    window.open_restore(desk, damaged=True)
    view = window.stack.currentWidget()
    assert isinstance(view, RestoreView)
    yield "restore"
    (steps,) = view.findChildren(QStackedWidget)
    steps.setCurrentWidget(view.key_form)
    yield "restore-key"
    view.take_file(file)
    yield "restore-confirm"
    view.confirm_form.do.click()
    yield "restore-done"


def _settings_page(window: MainWindow, name: str, kind: type[P]) -> P:
    window.open_screen("settings", page=name)
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)
    page = screen.pages[name]
    assert isinstance(page, kind)
    _quiet(window)
    return page


def _quiet(window: MainWindow) -> None:
    assert window.live is not None
    window.live.messages.hide()


def _nothing() -> None:
    """The pages of a start are only looked at."""
