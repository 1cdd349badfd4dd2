"""Where nobody is signed in, no act bears the name of somebody, whoever the settings name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.people_at_desk import MAI, PASSWORD_OF_MAI, employ

from counter_app.domain.errors import RuleRefusal
from counter_app.services.accounts.sign_in import sign_in, sign_out
from counter_app.services.audit.noted import note
from counter_app.services.audit_port import AuditFilter
from counter_app.services.backup.create import create
from counter_app.services.desk import Desk


def signed_by(desk: Desk, act: str) -> list[str]:
    with desk.store.reading() as queries:
        return [each.entry.clerk for each in queries.audit_page(AuditFilter(acts=(act,)), limit=10)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    assert CLERK == MAI  # whom the settings name
    made = employ(make_desk(tmp_path / "counter", MORNING))
    yield made
    made.store.close()


def test_nothing_is_done_in_the_name_of_who_went(desk: Desk) -> None:
    sign_in(desk, MAI, PASSWORD_OF_MAI)
    note(desk, "settings_changed", "")
    sign_out(desk)
    with pytest.raises(RuleRefusal, match="sign_in_needed"):
        note(desk, "settings_changed", "")


def test_a_backup_nobody_asked_for_by_name_bears_none(desk: Desk, tmp_path: Path) -> None:
    create(desk, tmp_path / "nobody.qmcbak")
    assert signed_by(desk, "backup_made") == [""]
    sign_in(desk, MAI, PASSWORD_OF_MAI)
    create(desk, tmp_path / "mai.qmcbak")
    assert signed_by(desk, "backup_made") == [MAI, ""]


def test_a_counter_without_accounts_goes_on_in_the_name_of_its_settings(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "open", MORNING)
    create(desk, tmp_path / "open.qmcbak")
    assert signed_by(desk, "backup_made") == [CLERK]
    desk.store.close()
