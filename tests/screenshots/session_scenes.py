"""The scenes of signing in: the page, a wait, a locked account, the lock, a change of clerks, a shift."""

from collections.abc import Iterator
from dataclasses import replace

from tests.helpers.people_at_desk import (
    HOA,
    MAI,
    PASSWORD_OF_HOA,
    PASSWORD_OF_MAI,
    SON,
    account_of,
    employ,
)

from counter_app.domain.clerks import LOCK_AFTER
from counter_app.ui.main_window import MainWindow
from counter_app.ui.session.sitting import Sitting


def session_scenes(window: MainWindow) -> Iterator[str]:
    """Give the counter people, and let them come and go; the last scenes of a window."""
    assert window.workspace is not None
    desk = employ(window.workspace.desk)
    window.ask_who_is_here()
    sitting = window.sitting
    assert sitting is not None
    flow = sitting.flow
    yield "sign-in"
    _choose(sitting, SON)
    for _try in range(3):
        _enter(sitting, "nhầm rồi")
    yield "sign-in-wait"
    flow.sign_in.forgot.click()
    yield "sign-in-forgotten"
    with desk.store.writing() as transaction:
        locked = replace(account_of(desk, SON), locked=True, failures=LOCK_AFTER)
        once = replace(account_of(desk, HOA), must_change=True, password_at=desk.clock.now())
        transaction.put_account(locked)
        transaction.put_account(once)
    flow.begin()
    _choose(sitting, SON)
    yield "sign-in-locked"
    flow.sign_in.unlock.click()
    yield "unlock-account"
    flow.begin()
    _choose(sitting, HOA)
    _enter(sitting, PASSWORD_OF_HOA)
    yield "new-password"
    flow.begin()
    _choose(sitting, MAI)
    _enter(sitting, PASSWORD_OF_MAI)
    window.open_screen("shift")
    yield "shift"
    window.lock()
    yield "lock"
    window.lock(switching=True)
    sitting.take_scan("nothing of use")
    yield "switch"
    _choose(sitting, MAI)
    _enter(sitting, PASSWORD_OF_MAI)


def _choose(sitting: Sitting, name: str) -> None:
    names = sitting.flow.sign_in.list
    for row in range(names.count()):
        if names.item(row).text().startswith(name):
            names.setCurrentRow(row)


def _enter(sitting: Sitting, password: str) -> None:
    sitting.flow.sign_in.password.setText(password)
    sitting.flow.sign_in.submit()
