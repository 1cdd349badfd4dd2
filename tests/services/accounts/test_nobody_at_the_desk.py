"""Where nobody is signed in, no act bears the name of somebody, whoever the settings name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.people_at_desk import HOA, MAI, PASSWORD_OF_HOA, PASSWORD_OF_MAI, employ

from counter_app.domain.errors import RuleRefusal
from counter_app.services.accounts.sign_in import sign_in, sign_out
from counter_app.services.audit.noted import note
from counter_app.services.audit_port import AuditFilter
from counter_app.services.backup.create import create
from counter_app.services.desk import Desk
from counter_app.services.sync.items import SyncItem, release
from counter_app.services.sync_port import ItemState


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


@pytest.mark.parametrize(
    ("who", "code"), [("", "sign_in_needed"), (HOA, "not_permitted")], ids=["nobody", "a viewer"]
)
def test_what_waits_for_the_server_is_let_go_by_who_may_receive(tmp_path: Path, who: str, code: str) -> None:
    desk = employ(make_desk(tmp_path / "viewed", MORNING), viewer=True)
    held = SyncItem(
        seq=1,
        event_id="01930000-0000-7000-8000-0000000000ee",
        kind="dossier_received",
        dossier_id="",
        dossier_code="",
        at=MORNING,
        size=1,
        state=ItemState.QUARANTINED,
        attempts=1,
        next_attempt_at=None,
        last_answer="",
        office_seq=None,
        acts=frozenset(),
    )
    if who:
        sign_in(desk, who, PASSWORD_OF_HOA)
    with pytest.raises(RuleRefusal, match=code):
        release(desk, held)
    desk.store.close()
