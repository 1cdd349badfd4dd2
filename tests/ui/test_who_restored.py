"""The audit log names who asked for a restore: somebody who proved it, or nobody."""

from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.people_at_desk import HOA, MAI, PASSWORD_OF_HOA, PASSWORD_OF_MAI, employ
from tests.helpers.raw_database import select

from counter_app.services.accounts.sign_in import sign_in
from counter_app.services.backup.create import create
from counter_app.ui.operations import Operations
from counter_app.ui.restore.presenter import RestorePresenter


@pytest.mark.parametrize("who", [HOA, MAI, ""], ids=["a head", "the administrator", "nobody"])
def test_a_restore_bears_the_name_of_who_was_signed_in(tmp_path: Path, who: str) -> None:
    folder, file = tmp_path / "counter", tmp_path / "usb.qmcbak"
    desk = employ(make_desk(folder, MORNING))
    create(desk, file)
    if who:
        sign_in(desk, who, PASSWORD_OF_MAI if who == MAI else PASSWORD_OF_HOA)
    presenter = RestorePresenter(desk, Operations.synchronous())
    failures: list[str] = []
    done: list[object] = []

    def failed(error: Exception) -> None:
        failures.append(str(error))

    presenter.look(file, lambda *_found: None, failed)
    presenter.prepare("", lambda _found: None, failed)
    presenter.put_in_place("", done.append, failed)
    assert (len(done), failures) == (1, [])
    again = make_desk(folder, MORNING)
    assert select(again, "SELECT clerk FROM audit_entry WHERE act = 'restored'") == [(who,)]
    again.store.close()


def test_where_no_accounts_are_kept_it_is_the_clerk_of_the_settings(tmp_path: Path) -> None:
    folder, file = tmp_path / "counter", tmp_path / "usb.qmcbak"
    desk = make_desk(folder, MORNING)
    create(desk, file)
    presenter = RestorePresenter(desk, Operations.synchronous())
    presenter.look(file, lambda *_found: None, lambda _error: None)
    presenter.prepare("", lambda _found: None, lambda _error: None)
    presenter.put_in_place("", lambda _done: None, lambda _error: None)
    again = make_desk(folder, MORNING)
    assert select(again, "SELECT clerk FROM audit_entry WHERE act = 'restored'") == [(CLERK,)]
    again.store.close()
