"""Another key: ordered at the desk with its sheet, carried out at the next start, told by the audit log."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.builders import FixedClock
from tests.helpers.desks import PaperTray, make_desk
from tests.printing.paper_reading import codes, images

from counter_app.bootstrap import open_desk
from counter_app.domain.clerks import Account, Role
from counter_app.domain.errors import EnvironmentProblem, RuleRefusal
from counter_app.domain.recovery_code import read_code
from counter_app.services.audit_port import AuditFilter
from counter_app.services.backup.create import create
from counter_app.services.desk import Desk
from counter_app.services.keys.passphrase import set_passphrase
from counter_app.services.keys.rekey import cancel_change, order_change
from counter_app.services.keys.sheet import print_recovery_sheet
from counter_app.services.keys_port import WrapKind
from counter_app.services.ports import AuditEntry

PHRASE = "bốn con bò vàng ngủ ngoài đê"


def sheets(desk: Desk) -> list[str]:
    assert isinstance(desk.printer, PaperTray)
    return [read_code(codes(images(pdf)[0])[0][1]) for _title, pdf in desk.printer.printed]


def acts(desk: Desk) -> list[AuditEntry]:
    with desk.store.reading() as queries:
        found = queries.audit_page(AuditFilter(acts=("key_", "recovery_")))
    return [each.entry for each in reversed(found)]


def restarted(desk: Desk, tmp_path: Path) -> Desk:
    desk.store.close()
    again = open_desk(tmp_path / "counter")
    again.clock = FixedClock(desk.clock.now())
    again.printer = desk.printer
    return again


def test_the_next_start_takes_over_and_says_so_once(desk: Desk, tmp_path: Path) -> None:
    print_recovery_sheet(desk)
    before = desk.keys.standing().fingerprint
    after = order_change(desk)
    assert desk.keys.standing().change_to == after
    first, second = sheets(desk)
    for _ in range(2):
        desk = restarted(desk, tmp_path)
    assert desk.keys.standing().fingerprint == after != before
    assert desk.keys.opens(WrapKind.RECOVERY, second)
    assert not desk.keys.opens(WrapKind.RECOVERY, first)
    entries = acts(desk)
    assert [entry.act for entry in entries] == [
        "recovery_sheet_printed",
        "key_changed",
        "key_change_done",
    ]
    detail = {"before": before, "after": after}
    assert [dict(entry.detail) for entry in entries[1:]] == [detail, detail]
    assert entries[2].clerk == entries[1].clerk == "Trần Thị Mai"
    desk.store.close()


def test_a_backup_of_before_opens_here_and_with_the_sheet_of_its_time(desk: Desk, tmp_path: Path) -> None:
    print_recovery_sheet(desk)
    (first,) = sheets(desk)
    _run, made = create(desk, tmp_path / "before.qmcbak")
    order_change(desk)
    desk = restarted(desk, tmp_path)
    second = sheets(desk)[-1]
    assert desk.backups.opens_with_own_key(made.manifest)
    for typed in ("", first):
        assert all(check.ok for check in desk.backups.check(made.path, typed))
    refused(lambda: desk.backups.check(made.path, second), "backup_code_wrong")
    elsewhere = make_desk(tmp_path / "other", desk.clock.now(), counter=2)
    assert not elsewhere.backups.opens_with_own_key(made.manifest)
    refused(lambda: elsewhere.backups.check(made.path), "backup_other_key")
    assert all(check.ok for check in elsewhere.backups.check(made.path, first))
    elsewhere.store.close()
    desk.store.close()


def test_a_passphrase_goes_along(desk: Desk, tmp_path: Path) -> None:
    set_passphrase(desk, PHRASE)
    refused(lambda: order_change(desk), "passphrase_needed")
    refused(lambda: order_change(desk, "một câu khác hẳn nhé"), "passphrase_wrong")
    order_change(desk, PHRASE)
    desk = restarted(desk, tmp_path)
    assert desk.keys.opens(WrapKind.PASSPHRASE, PHRASE)
    desk.store.close()


def test_a_passphrase_nobody_set_is_refused(desk: Desk) -> None:
    refused(lambda: order_change(desk, PHRASE), "passphrase_never_set")


def test_a_printer_that_fails_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    print_recovery_sheet(desk)
    before = desk.keys.standing()
    assert isinstance(desk.printer, PaperTray)
    desk.printer.failing = True
    with pytest.raises(EnvironmentProblem):
        order_change(desk)
    assert desk.keys.standing() == before
    assert "key_changed" not in [entry.act for entry in acts(desk)]
    desk = restarted(desk, tmp_path)
    assert desk.keys.standing() == before
    desk.store.close()


def test_while_a_change_waits_no_other_sheet_is_made(desk: Desk) -> None:
    order_change(desk)
    refused(lambda: print_recovery_sheet(desk), "key_change_waiting")
    refused(lambda: set_passphrase(desk, PHRASE), "key_change_waiting")
    cancel_change(desk)
    print_recovery_sheet(desk)
    assert [entry.act for entry in acts(desk)] == [
        "key_changed",
        "key_change_cancelled",
        "recovery_sheet_printed",
    ]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CLERK, Role.HEAD])
def test_only_an_administrator_keeps_the_keys(desk: Desk, role: Role) -> None:
    print_recovery_sheet(desk)
    before = desk.keys.standing()
    sign_in(desk, role)
    for act in (
        lambda: print_recovery_sheet(desk),
        lambda: set_passphrase(desk, PHRASE),
        lambda: order_change(desk),
        lambda: cancel_change(desk),
    ):
        refused(act, "not_permitted")
    assert desk.keys.standing() == before
    assert len(sheets(desk)) == 1
    sign_in(desk, Role.ADMINISTRATOR)
    print_recovery_sheet(desk)


def sign_in(desk: Desk, role: Role) -> None:
    now = desk.clock.now()
    account = Account(
        account_id=f"account-{role}",
        username=f"u.{role}",
        full_name=f"Người {role}",
        role=role,
        password_hash="",
        must_change=False,
        created_at=now,
        password_at=now,
    )
    with desk.session.proven(account), desk.store.writing() as transaction:
        transaction.put_account(account)
    desk.session.begin(account, now)


def refused(act: Callable[[], object], code: str) -> None:
    with pytest.raises(RuleRefusal) as caught:
        act()
    assert caught.value.code == code
