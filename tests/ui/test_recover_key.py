"""A machine that lost its key: the window asks for the sheet, opens with it, and goes to work."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import make_desk

from counter_app.bootstrap import late_desk, open_desk, open_keys
from counter_app.domain.clerks import Account, Role
from counter_app.domain.recovery_code import RANDOM_BYTES, code_from, qr_text
from counter_app.services.audit_port import AuditFilter
from counter_app.services.keys.recover import recover_key
from counter_app.ui import app as start
from counter_app.ui.appearance import Appearance
from counter_app.ui.main_window import MainWindow
from counter_app.ui.operations import Operations
from counter_app.ui.recover_card import RecoverCard
from counter_app.ui.session.sign_in_hint import SignInHint

RESOURCES = Path(__file__).parents[2] / "resources"
PHRASE = "bốn con bò vàng ngủ ngoài đê"


@pytest.fixture
def lost(tmp_path: Path) -> tuple[Path, str]:
    """A counter with a sheet and a passphrase whose machine lost the key; and the code of the sheet."""
    desk = make_desk(tmp_path / "counter", MORNING)
    made = desk.keys.add_code(MORNING)
    desk.keys.keep_code(made.wrap_id)
    desk.keys.put_passphrase(PHRASE, MORNING)
    desk.store.close()
    (tmp_path / "counter" / "counter.key").unlink()
    return tmp_path / "counter", made.code


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[[Path], MainWindow]]:
    """Start the program on a data folder as it starts at an office; nothing may crash in it."""
    crashes: list[Exception] = []
    starts: list[start._Start] = []

    def begin(data_dir: Path) -> MainWindow:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        look = Appearance(scheme="light")
        window = start.make_window(application, RESOURCES, look, Operations.synchronous())
        window.operations.crashed.connect(crashes.append)
        qtbot.addWidget(window)
        window.sign_in_hint = SignInHint(data_dir / "sign-in-hint")
        shown: list[MainWindow] = []
        starts.append(
            start._Start(
                window,
                lambda: late_desk(data_dir, MORNING),
                expects_data=True,
                take_look=False,
                on_usable=shown.append,
                on_shown=lambda _window: None,
            )
        )
        starts[-1].begin()
        qtbot.waitUntil(lambda: bool(shown))
        return window

    yield begin
    for each in starts:
        each._window.close()
        each.end()
    gc.unfreeze()  # a start freezes what it made
    assert not crashes, crashes


def card_of(window: MainWindow) -> RecoverCard:
    assert window.stack.currentWidget() is window.start_page
    card = window.start_page.recover_card
    assert card is not None
    assert card.isVisible()
    return card


def is_covered(window: MainWindow) -> bool:
    return window.sitting is not None and window.sitting.covered


def submit(card: RecoverCard, typed: str) -> None:
    card.typed.setText(typed)
    card.form.do.click()


def test_the_sheet_opens_the_data(open_window: Callable[[Path], MainWindow], lost: tuple[Path, str]) -> None:
    data_dir, code = lost
    window = open_window(data_dir)
    card = card_of(window)
    assert window.focusWidget() is card.typed
    submit(card, code.lower().replace("-", " "))
    assert window.stack.currentWidget() is not window.start_page
    assert window.rail.isEnabled()
    assert window.workspace is not None
    assert window.workspace.desk.settings.counter.number == 1
    with window.workspace.desk.store.reading() as queries:
        (told,) = queries.audit_page(AuditFilter(acts=("key_recovered",)))
    assert told.entry.detail["with"] == "recovery"
    assert code not in str(told)


def test_the_sheets_qr_is_used_wherever_the_focus_is(
    open_window: Callable[[Path], MainWindow], lost: tuple[Path, str]
) -> None:
    data_dir, code = lost
    window = open_window(data_dir)
    card_of(window)
    assert window.live is not None
    window.live.scanning._scanned(qr_text(code))
    assert window.stack.currentWidget() is not window.start_page


def test_slips_and_wrong_codes_are_told_apart(
    open_window: Callable[[Path], MainWindow], lost: tuple[Path, str]
) -> None:
    data_dir, code = lost
    window = open_window(data_dir)
    card = card_of(window)
    groups = code.split("-")
    slipped = "-".join([*groups[:2], groups[2][::-1], *groups[3:]])
    if groups[2] != groups[2][::-1]:
        submit(card, slipped)
        assert "Nhóm 3" in card.form.message.text
        assert card.typed.value() == slipped
    submit(card, code_from(bytes(RANDOM_BYTES)))
    assert "không đúng" in card.form.message.text
    submit(card, "một câu chẳng phải mật khẩu nào")
    submit(card, "một câu nữa cũng chẳng phải")
    submit(card, code)
    assert "Hãy chờ đến" in card.form.message.text
    assert open_keys(data_dir).failures()[0] == 3


def test_the_passphrase_opens_too(open_window: Callable[[Path], MainWindow], lost: tuple[Path, str]) -> None:
    data_dir, _code = lost
    window = open_window(data_dir)
    submit(card_of(window), PHRASE)
    assert window.stack.currentWidget() is not window.start_page


def test_a_damaged_record_offers_no_sheet(
    open_window: Callable[[Path], MainWindow], lost: tuple[Path, str]
) -> None:
    data_dir, _code = lost
    (data_dir / "key.json").write_bytes(b"{}")
    window = open_window(data_dir)
    assert window.stack.currentWidget() is window.start_page
    assert window.start_page.recover_card is None


def test_where_people_have_accounts_they_sign_in_after_the_sheet(
    open_window: Callable[[Path], MainWindow], lost: tuple[Path, str]
) -> None:
    """The sheet gives the data back, not the right to work with it."""
    data_dir, code = lost
    recover_key(open_keys(data_dir), FixedClock(MORNING), code)
    desk = open_desk(data_dir)
    account = Account(
        account_id="a1",
        username="mai",
        full_name="Trần Thị Mai",
        role=Role.ADMINISTRATOR,
        password_hash="",
        must_change=False,
        created_at=MORNING,
        password_at=MORNING,
    )
    with desk.session.proven(account), desk.store.writing() as transaction:
        transaction.put_account(account)
    desk.store.close()
    SignInHint(data_dir / "sign-in-hint").keep(expected=True)
    (data_dir / "counter.key").unlink()
    window = open_window(data_dir)
    assert not is_covered(window)
    submit(card_of(window), code)
    assert is_covered(window)
    assert window.workspace is not None
    assert window.workspace.desk.session.present is None
    with window.workspace.desk.store.reading() as queries:
        assert queries.audit_count(AuditFilter(acts=("key_recovered",))) == 1
