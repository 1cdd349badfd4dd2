"""What somebody may not do is refused, taken back whole, and remembered (ASVS 5.0 16.3.2)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH

from counter_app.domain.clerks import Account, Permission, Role
from counter_app.domain.errors import RuleRefusal
from counter_app.services.audit_port import AuditFilter
from counter_app.services.desk import Desk
from counter_app.services.ports import AuditEntry
from counter_app.services.receive_dossier import receive

VIEWER = Account(
    account_id="a1",
    username="xem",
    full_name="Hà Văn Xem",
    role=Role.VIEWER,
    password_hash="",
    must_change=False,
    created_at=MORNING,
    password_at=MORNING,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    with made.store.writing() as transaction:
        transaction.put_account(VIEWER)
    yield made
    made.store.close()


def refusals(desk: Desk) -> list[AuditEntry]:
    with desk.store.reading() as queries:
        return [each.entry for each in queries.audit_page(AuditFilter(acts=("access_refused",)))]


def test_an_act_without_the_permission_leaves_only_its_refusal(desk: Desk) -> None:
    desk.session.begin(VIEWER, MORNING)
    with pytest.raises(RuleRefusal) as refusal:
        receive(desk, BIRTH, clerk=desk.clerk)
    assert refusal.value.code == "not_permitted"
    with desk.store.reading() as queries:
        assert queries.dossier_count() == 0
    (entry,) = refusals(desk)
    assert (entry.clerk, entry.detail) == (
        VIEWER.full_name,
        {"act": "dossier_received", "why": "not_permitted"},
    )


def test_nobody_at_the_desk_is_told_to_sign_in(desk: Desk) -> None:
    with pytest.raises(RuleRefusal) as refusal:
        desk.require(Permission.VIEW)
    assert refusal.value.code == "sign_in_needed"
    (entry,) = refusals(desk)
    assert entry.detail == {"act": "view", "why": "sign_in_needed"}


def test_a_look_without_the_permission_is_remembered_too(desk: Desk) -> None:
    desk.session.begin(VIEWER, MORNING)
    desk.require(Permission.VIEW)
    with pytest.raises(RuleRefusal):
        desk.require(Permission.AUDIT)
    assert [entry.detail["act"] for entry in refusals(desk)] == ["audit"]


def test_a_clerk_changes_the_printer_and_an_administrator_the_office(desk: Desk) -> None:
    clerk = replace(VIEWER, role=Role.CLERK)
    with desk.store.writing() as transaction:
        transaction.put_account(clerk)
    desk.session.begin(clerk, MORNING)
    desk.save_settings(replace(desk.settings, printer_name="Máy in mới", text_scale=130))
    before = desk.settings.office
    with pytest.raises(RuleRefusal):
        desk.save_settings(replace(desk.settings, office=replace(before, phone="0218385123")))
    assert (desk.settings.printer_name, desk.settings.office) == ("Máy in mới", before)
    with desk.store.reading() as queries:
        (entry,) = (e.entry for e in queries.audit_page(AuditFilter(acts=("desk_settings_changed",))))
    assert entry.detail == {"keys": ["printer_name", "text_scale"]}


def test_what_waits_its_turn_is_done_in_the_name_of_who_asked(desk: Desk) -> None:
    asked = replace(VIEWER, role=Role.CLERK)
    next_one = replace(asked, account_id="a2", username="sau", full_name="Bùi Thị Sau")
    with desk.store.writing() as transaction:
        for account in (asked, next_one):
            transaction.put_account(account)
    desk.session.begin(asked, MORNING)
    waiting = desk.session.in_this_name(lambda: receive(desk, BIRTH, clerk=desk.clerk))
    desk.session.begin(next_one, MORNING)
    dossier = waiting()
    assert dossier.clerk == asked.full_name
    assert desk.clerk == next_one.full_name
