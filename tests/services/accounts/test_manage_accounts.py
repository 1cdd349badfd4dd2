"""Making, changing, closing accounts; unlocking by two; recovering by the sheet; the first account."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.helpers.builders import FixedClock
from tests.helpers.staff import (
    ADMIN,
    ADMIN_NAME,
    ADMIN_PASSWORD,
    enter,
    hire,
    password_of,
    with_administrator,
)

from counter_app.domain.clerks import LOCK_AFTER, Account, Role
from counter_app.domain.errors import BadInput, KnownError, RuleRefusal
from counter_app.services.accounts import manage
from counter_app.services.accounts.first_account import (
    OLD_PASSWORD_SETTING,
    OldProof,
    make_first_account,
    needs_old_proof,
)
from counter_app.services.accounts.passwords import change_password
from counter_app.services.accounts.recover import recover_administrator, sheet_uses_since
from counter_app.services.accounts.sign_in import sign_in, sign_out
from counter_app.services.accounts.unlock import Unlocker, unlock_account
from counter_app.services.audit_port import AuditFilter
from counter_app.services.desk import Desk

NEW = "sáu con vịt lội qua cầu"


def account(desk: Desk, name: str) -> Account:
    with desk.store.reading() as queries:
        found = queries.account_named(name)
    assert found is not None
    return found


def last_act(desk: Desk) -> tuple[str, str, str, dict[str, object]]:
    with desk.store.reading() as queries:
        entry = queries.audit_page(AuditFilter(), limit=1)[0].entry
    return entry.act, entry.clerk, entry.subject_id, dict(entry.detail)


def recovery_code(desk: Desk) -> str:
    made = desk.keys.add_code(desk.clock.now())
    desk.keys.keep_code(made.wrap_id)
    return made.code


def locked(desk: Desk, name: str) -> Account:
    for _ in range(LOCK_AFTER):
        with pytest.raises(RuleRefusal):
            sign_in(desk, name, "đoán")
        desk.clock = FixedClock(desk.clock.now() + timedelta(minutes=5))
    found = account(desk, name)
    assert found.locked
    return found


def by(name: str, password: str = "") -> Unlocker:
    return Unlocker(name=name, password=password or password_of(name))


@pytest.fixture
def staff(desk: Desk) -> Desk:
    """An administrator, a head, two clerks; nobody is signed in."""
    with_administrator(desk)
    hire(desk, "pin", "Lò Văn Pín", Role.HEAD)
    hire(desk, "sen", "Đinh Thị Sen", Role.CLERK)
    hire(desk, "tu", "Hà Văn Tư", Role.CLERK)
    return desk


# --- Who works here


def test_every_change_of_an_account_is_on_record_without_names(staff: Desk) -> None:
    enter(staff)
    sen = account(staff, "sen")
    manage.change_account(staff, sen.account_id, role=Role.HEAD, username="dinhsen")
    assert last_act(staff) == (
        "account_changed",
        ADMIN_NAME,
        sen.account_id,
        {"role": "head", "role_before": "clerk", "names": ["username"]},
    )
    manage.close_account(staff, sen.account_id)
    assert last_act(staff) == ("account_closed", ADMIN_NAME, sen.account_id, {})
    _reopened, one_time = manage.reopen_account(staff, sen.account_id)
    assert last_act(staff) == ("account_reopened", ADMIN_NAME, sen.account_id, {})
    assert sign_in(staff, "dinhsen", one_time).role is Role.HEAD


@pytest.mark.parametrize(
    ("username", "full_name", "code"),
    [
        ("pin", "Người Khác", "username_taken"),
        ("lovanpin", "LÒ văn pin", "full_name_taken"),
        ("nguoikhac", "Pin", "full_name_taken"),  # somebody's user name is no one else's name
        ("Pín", "Người Khác", "bad_username"),
        ("x", "Người Khác", "bad_username"),
        ("1abc", "Người Khác", "bad_username"),
        ("a b", "Người Khác", "bad_username"),
        ("nguoikhac", " ", "clerk_missing"),
        ("nguoikhac", "<>", "clerk_missing"),
        ("nguoikhac", "x" * 201, "clerk_missing"),
    ],
)
def test_names_by_which_two_could_be_meant_are_refused(
    staff: Desk, username: str, full_name: str, code: str
) -> None:
    enter(staff)
    with pytest.raises(KnownError, match=code):
        manage.make_account(staff, username=username, full_name=full_name, role=Role.CLERK)
    assert len(manage.accounts(staff)) == 4


def test_a_full_name_is_mended_only_before_it_was_used(staff: Desk) -> None:
    enter(staff)
    made, _one_time = manage.make_account(staff, username="mo", full_name="Bùi Thị Mo", role=Role.CLERK)
    assert manage.change_account(staff, made.account_id, full_name="Bùi Thị Mơ").full_name == "Bùi Thị Mơ"
    sen = account(staff, "sen")
    with pytest.raises(RuleRefusal, match="full_name_in_use"):
        manage.change_account(staff, sen.account_id, full_name="Đinh Thị Sen A")


@pytest.mark.parametrize("state", ["never came in", "locked"])
def test_who_cannot_come_in_is_no_other_administrator(staff: Desk, state: str) -> None:
    """A one-time password may be lost or over: then nobody would be left who can make accounts."""
    enter(staff)
    if state == "locked":
        other = manage.change_account(staff, account(staff, "pin").account_id, role=Role.ADMINISTRATOR)
        with staff.store.writing() as transaction:
            transaction.put_account(replace(other, locked=True))
    else:
        manage.make_account(staff, username="moi", full_name="Lò Thị Mới", role=Role.ADMINISTRATOR)
    with pytest.raises(RuleRefusal, match="last_administrator"):
        manage.change_account(staff, account(staff, ADMIN).account_id, role=Role.HEAD)


def test_the_last_administrator_stays_one(staff: Desk) -> None:
    admin = account(staff, ADMIN)
    enter(staff)
    with pytest.raises(RuleRefusal, match="last_administrator"):
        manage.change_account(staff, admin.account_id, role=Role.HEAD)
    pin = account(staff, "pin")
    manage.change_account(staff, pin.account_id, role=Role.ADMINISTRATOR)
    enter(staff, "pin")
    manage.close_account(staff, admin.account_id)
    with pytest.raises(RuleRefusal, match="last_administrator"):
        manage.change_account(staff, pin.account_id, role=Role.CLERK)
    with pytest.raises(RuleRefusal, match="own_account"):
        manage.close_account(staff, pin.account_id)


def test_a_closed_or_demoted_colleague_acts_no_more_at_once(staff: Desk) -> None:
    """Also for what they began before the administrator sat down."""
    enter(staff, "pin")
    enter(staff)
    pin = account(staff, "pin")
    manage.change_account(staff, pin.account_id, role=Role.VIEWER)
    with pytest.raises(RuleRefusal, match="not_permitted"):
        act_as(staff, "Lò Văn Pín")
    manage.close_account(staff, pin.account_id)
    with pytest.raises(RuleRefusal, match="sign_in_needed"):
        act_as(staff, "Lò Văn Pín")


def test_what_another_program_closed_or_demoted_acts_no_more_either(staff: Desk) -> None:
    """The command line works beside the window, which is told nothing of it."""
    enter(staff, "pin")
    pin = account(staff, "pin")
    for changed, refusal in (
        (replace(pin, role=Role.VIEWER), "not_permitted"),
        (replace(pin, closed=True), "sign_in_needed"),
    ):
        with staff.store.writing() as transaction:
            transaction.put_account(changed)
        with pytest.raises(RuleRefusal, match=refusal):
            act_as(staff, "Lò Văn Pín")


def act_as(desk: Desk, name: str) -> None:
    from counter_app.services.ports import AuditEntry

    with desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(at=desk.clock.now(), clerk=name, act="day_closed", subject_id="x")
        )


def test_a_one_time_password_is_taken_as_it_is_copied_from_paper(staff: Desk) -> None:
    enter(staff)
    _made, one_time = manage.make_account(
        staff, username="sen2", full_name="Đinh Thị Sen Hai", role=Role.CLERK
    )
    for typed in (one_time.lower(), one_time.replace("-", ""), " " + one_time.replace("-", " ") + " "):
        assert sign_in(staff, "sen2", typed).must_change
    change_password(staff, one_time.lower(), "ABCD-EFGH-JKMN mưa")
    with pytest.raises(RuleRefusal):
        sign_in(staff, "sen2", "abcd-efgh-jkmn mưa")


def test_a_reset_password_is_for_others_and_for_one_time(staff: Desk) -> None:
    enter(staff)
    sen = account(staff, "sen")
    _account, one_time = manage.reset_password(staff, sen.account_id)
    assert len(one_time.replace("-", "")) == 12
    assert one_time not in repr(last_act(staff))
    with pytest.raises(RuleRefusal, match="sign_in_wrong"):
        sign_in(staff, "sen", password_of("sen"))
    assert sign_in(staff, "sen", one_time).must_change
    change_password(staff, one_time, NEW)
    assert staff.session.present is not None
    assert not staff.session.present.must_change
    staff.require(manage.Permission.RECEIVE)
    enter(staff)
    with pytest.raises(RuleRefusal, match="own_account"):
        manage.reset_password(staff, account(staff, ADMIN).account_id)


def test_a_reset_does_not_unlock(staff: Desk) -> None:
    sen = locked(staff, "sen")
    enter(staff)
    _account, one_time = manage.reset_password(staff, sen.account_id)
    with pytest.raises(RuleRefusal, match="account_is_locked"):
        sign_in(staff, "sen", one_time)


@pytest.mark.parametrize("who", ["sen", "pin", ""])
def test_only_administrators_manage(staff: Desk, who: str) -> None:
    tu = account(staff, "tu")
    if who:
        enter(staff, who)
    code = "not_permitted" if who else "sign_in_needed"
    for act in (
        lambda: manage.accounts(staff),
        lambda: manage.make_account(staff, username="moi", full_name="Người Mới", role=Role.CLERK),
        lambda: manage.change_account(staff, tu.account_id, role=Role.ADMINISTRATOR),
        lambda: manage.close_account(staff, tu.account_id),
        lambda: manage.reopen_account(staff, tu.account_id),
        lambda: manage.reset_password(staff, tu.account_id),
    ):
        with pytest.raises(RuleRefusal, match=code):
            act()
    assert account(staff, "tu") == tu


# --- One's own password


def test_changing_the_own_password_needs_the_present_one(staff: Desk) -> None:
    enter(staff, "sen")
    with pytest.raises(RuleRefusal, match="sign_in_wrong"):
        change_password(staff, "sai", NEW)
    assert account(staff, "sen").failures == 1
    with pytest.raises(BadInput, match="password_same"):
        change_password(staff, password_of("sen"), password_of("sen"))
    with pytest.raises(BadInput, match="password_too_short"):
        change_password(staff, password_of("sen"), "ngắn")
    change_password(staff, password_of("sen"), NEW)
    assert last_act(staff)[:2] == ("password_changed", "Đinh Thị Sen")
    sign_out(staff)
    assert sign_in(staff, "sen", NEW).username == "sen"
    sign_out(staff)
    with pytest.raises(RuleRefusal, match="sign_in_needed"):
        change_password(staff, NEW, "một mật khẩu khác hẳn")


# --- Unlocking


def test_two_people_unlock_and_the_password_stays(staff: Desk) -> None:
    sen = locked(staff, "sen")
    unlock_account(staff, sen.account_id, [by("pin"), by(ADMIN)])
    act, clerk, subject, detail = last_act(staff)
    assert (act, clerk, subject) == ("account_unlocked", "Lò Văn Pín", sen.account_id)
    assert detail == {"with": [account(staff, ADMIN).account_id]}
    assert staff.session.present is None  # nobody was signed in by it
    assert sign_in(staff, "sen", password_of("sen")).failures == 0


def test_one_person_and_the_sheet_unlock(staff: Desk) -> None:
    sen = locked(staff, "sen")
    code = recovery_code(staff)
    unlock_account(staff, sen.account_id, [by("pin")], recovery_code=code.lower())
    assert last_act(staff)[3] == {"with": ["recovery_code"]}
    assert not account(staff, "sen").locked


@pytest.mark.parametrize(
    ("people", "refusal"),
    [
        ((), "unlockers_missing"),
        (("pin",), "unlockers_missing"),
        (("pin", "pin"), "unlockers_missing"),
        (("pin", "lo van pin"), "unlockers_missing"),  # one person under two names
        (("pin", "sen"), "unlocker_is_locked_one"),
        (("pin", "tu"), "unlocker_may_not"),
        (("tu", ADMIN), "unlocker_may_not"),
        (("pin", "khongcoai"), "sign_in_wrong"),
    ],
)
def test_nobody_unlocks_alone_or_without_the_right(
    staff: Desk, people: tuple[str, ...], refusal: str
) -> None:
    sen = locked(staff, "sen")
    names = {"lo van pin": password_of("pin")}
    with pytest.raises(RuleRefusal, match=refusal):
        unlock_account(staff, sen.account_id, [by(name, names.get(name, "")) for name in people])
    assert account(staff, "sen").locked


def test_a_wrong_second_password_counts_against_the_second(staff: Desk) -> None:
    sen = locked(staff, "sen")
    with pytest.raises(RuleRefusal, match="sign_in_wrong"):
        unlock_account(staff, sen.account_id, [by("pin"), by(ADMIN, "đoán")])
    assert account(staff, ADMIN).failures == 1
    assert account(staff, "sen").locked


def test_a_one_time_password_unlocks_nobody(staff: Desk) -> None:
    """Or an administrator alone could make a second person up."""
    sen = locked(staff, "sen")
    enter(staff)
    _made, one_time = manage.make_account(staff, username="gia", full_name="Người Giả", role=Role.HEAD)
    with pytest.raises(RuleRefusal, match="password_must_change"):
        unlock_account(staff, sen.account_id, [by(ADMIN), by("gia", one_time)])


def test_an_account_that_is_not_locked_or_not_there(staff: Desk) -> None:
    with pytest.raises(RuleRefusal, match="account_not_locked"):
        unlock_account(staff, account(staff, "sen").account_id, [by("pin"), by(ADMIN)])
    with pytest.raises(BadInput, match="account_unknown"):
        unlock_account(staff, "khong", [by("pin"), by(ADMIN)])


# --- The recovery sheet


def test_the_sheet_gives_an_administrator_back_and_everybody_is_told(staff: Desk) -> None:
    locked(staff, ADMIN)
    code = recovery_code(staff)
    wrong = recovery_code(staff)  # a newer sheet voids the older
    with pytest.raises(RuleRefusal, match="recovery_code_wrong"):
        recover_administrator(staff, ADMIN, code, NEW)
    recover_administrator(staff, ADMIN, wrong, NEW)
    act, clerk, _subject, detail = last_act(staff)
    assert (act, clerk, detail) == ("account_password_reset", ADMIN_NAME, {"by": "recovery_code"})
    assert not account(staff, ADMIN).locked
    staff.clock = FixedClock(staff.clock.now() + timedelta(seconds=1))
    told = sheet_uses_since(staff, sign_in(staff, "sen", password_of("sen")))
    assert [use.full_name for use in told] == [ADMIN_NAME]
    staff.clock = FixedClock(staff.clock.now() + timedelta(minutes=1))
    assert sheet_uses_since(staff, sign_in(staff, "sen", password_of("sen"))) == []
    assert sign_in(staff, ADMIN, NEW).username == ADMIN


@pytest.mark.parametrize("name", ["sen", "pin", "khongcoai"])
def test_the_sheet_is_for_administrators(staff: Desk, name: str) -> None:
    code = recovery_code(staff)
    with pytest.raises(RuleRefusal, match="not_an_administrator"):
        recover_administrator(staff, name, code, NEW)


def test_a_recovered_password_keeps_the_rules(staff: Desk) -> None:
    code = recovery_code(staff)
    with pytest.raises(BadInput, match="password_too_short"):
        recover_administrator(staff, ADMIN, code, "ngắn")
    assert sign_in(staff, ADMIN, ADMIN_PASSWORD).username == ADMIN


# --- The first account


def test_a_counter_without_accounts_is_open_until_the_first(desk: Desk) -> None:
    act_as(desk, desk.clerk)
    with pytest.raises(RuleRefusal, match="first_account_needed"):
        manage.make_account(desk, username="sen", full_name="Đinh Thị Sen", role=Role.CLERK)
    with_administrator(desk)
    with pytest.raises(RuleRefusal, match="sign_in_needed"):
        act_as(desk, desk.clerk)
    with pytest.raises(RuleRefusal, match="accounts_there_already"):
        make_first_account(desk, username="hai", full_name="Người Hai", password=NEW)


def old_counter(desk: Desk, password: str = "mat-khau-cu") -> None:
    """As the version before accounts kept the administrator's password."""
    salt = bytes(range(16))
    digest = hashlib.scrypt(password.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=64 * 1024 * 1024)
    with desk.store.writing() as transaction:
        transaction.put_setting(OLD_PASSWORD_SETTING, f"scrypt${2**15}$8$1${salt.hex()}${digest.hex()}")


def first(desk: Desk, proof: OldProof | None) -> Account:
    return make_first_account(desk, username=ADMIN, full_name=ADMIN_NAME, password=NEW, proof=proof)


def test_the_first_account_of_an_older_counter_needs_its_password(desk: Desk) -> None:
    old_counter(desk)
    assert needs_old_proof(desk)
    act_as(desk, desk.clerk)  # nobody is locked out by the update
    for proof in (None, OldProof(), OldProof(old_password="sai"), OldProof(old_password="\ud800")):
        with pytest.raises(RuleRefusal, match="old_password_wrong"):
            first(desk, proof)
    first(desk, OldProof(old_password="mat-khau-cu"))
    with desk.store.reading() as queries:
        assert not queries.setting(OLD_PASSWORD_SETTING)
    assert not needs_old_proof(desk)
    assert sign_in(desk, ADMIN, NEW).role is Role.ADMINISTRATOR


def test_or_its_recovery_sheet(desk: Desk) -> None:
    old_counter(desk)
    code = recovery_code(desk)
    assert first(desk, OldProof(recovery_code=code)).role is Role.ADMINISTRATOR


def test_clerks_of_before_are_suggested_until_they_have_an_account(desk: Desk) -> None:
    from counter_app.services.office_settings import with_clerk

    desk.save_settings(with_clerk(desk.settings, "Lò Văn Pín"))
    assert manage.suggested_names(desk) == (ADMIN_NAME, "Lò Văn Pín")
    with_administrator(desk)
    assert manage.suggested_names(desk) == ("Lò Văn Pín",)
    assert manage.suggested_username("Đặng Thị Hồng-Nhung") == "dangthihongnhung"
