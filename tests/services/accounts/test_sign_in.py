"""Signing in: who gets in, who waits, who is locked out, and what is kept when the process dies."""

import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import make_desk
from tests.helpers.staff import (
    ADMIN,
    ADMIN_NAME,
    ADMIN_PASSWORD,
    QuickHasher,
    enter,
    hire,
    password_of,
    with_administrator,
)

from counter_app.bootstrap import open_desk
from counter_app.domain.clerks import LOCK_AFTER, Account, Role, wait_after
from counter_app.domain.errors import EnvironmentProblem, RuleRefusal
from counter_app.services.accounts import manage
from counter_app.services.accounts.prove import prove
from counter_app.services.accounts.sign_in import (
    ONE_TIME_PASSWORD_LIVES,
    end_shift,
    lock_screen,
    sign_in,
    sign_out,
    unlock_screen,
)
from counter_app.services.audit_port import AuditFilter
from counter_app.services.desk import Desk
from counter_app.services.ports import AuditEntry


def refusal(desk: Desk, name: str = ADMIN, password: str = "sai mật khẩu") -> RuleRefusal:
    with pytest.raises(RuleRefusal) as refused:
        sign_in(desk, name, password)
    return refused.value


def account(desk: Desk, name: str = ADMIN) -> Account:
    with desk.store.reading() as queries:
        found = queries.account_named(name)
    assert found is not None
    return found


def acts(desk: Desk) -> list[AuditEntry]:
    with desk.store.reading() as queries:
        return [each.entry for each in reversed(queries.audit_page(AuditFilter()))]


def wait(desk: Desk, span: timedelta) -> None:
    desk.clock = FixedClock(desk.clock.now() + span)


def test_the_right_password_lets_in_and_every_act_bears_the_name(desk: Desk) -> None:
    made = with_administrator(desk)
    present = sign_in(desk, "  TRANTHIMAI ", ADMIN_PASSWORD)
    assert (present.full_name, present.role, desk.clerk) == (ADMIN_NAME, Role.ADMINISTRATOR, ADMIN_NAME)
    desk.save_settings(replace(desk.settings, printer_name="HP"))
    sign_out(desk)
    last = acts(desk)[-3:]
    assert [entry.act for entry in last] == ["signed_in", "desk_settings_changed", "signed_out"]
    assert {entry.clerk for entry in last} == {ADMIN_NAME}
    assert last[0].subject_id == made.account_id
    with pytest.raises(RuleRefusal, match="sign_in_needed"):
        desk.require(manage.Permission.VIEW)


def test_the_full_name_is_as_good_as_the_user_name(desk: Desk) -> None:
    with_administrator(desk)
    assert sign_in(desk, "tran thi mai", ADMIN_PASSWORD).username == ADMIN


def test_a_password_is_the_same_however_the_keyboard_composed_it(desk: Desk) -> None:
    with_administrator(desk)
    assert sign_in(desk, ADMIN, unicodedata.normalize("NFD", ADMIN_PASSWORD)).username == ADMIN


@pytest.mark.parametrize("name", [ADMIN, "khongcoai", "", "dong", "ADMIN'--", "\ud800"])
@pytest.mark.parametrize("password", ["", "sai", ADMIN_PASSWORD + " ", "x" * 100_000, "\ud800", "x\0y"])
def test_a_name_nobody_has_a_closed_account_and_a_wrong_password_look_alike(
    desk: Desk, name: str, password: str
) -> None:
    with_administrator(desk)
    closed = hire(desk, "dong", "Đinh Văn Đông", Role.CLERK)
    enter(desk)
    manage.close_account(desk, closed.account_id)
    sign_out(desk)
    assert isinstance(desk.hasher, QuickHasher)
    desk.hasher.asked.clear()
    refused = refusal(desk, name, password)
    assert (refused.code, refused.params) == ("sign_in_wrong", {})
    assert len(desk.hasher.asked) == 1  # the costly part happens once, whoever is meant
    assert desk.session.present is None


def test_a_closed_account_stays_out_with_the_right_password(desk: Desk) -> None:
    with_administrator(desk)
    closed = hire(desk, "dong", "Đinh Văn Đông", Role.CLERK)
    enter(desk)
    manage.close_account(desk, closed.account_id)
    assert refusal(desk, "dong", password_of("dong")).code == "sign_in_wrong"


def test_waits_grow_and_the_right_password_waits_too(desk: Desk) -> None:
    with_administrator(desk)
    waits = []
    for failures in range(1, LOCK_AFTER):
        assert refusal(desk).code == "sign_in_wrong"
        span = wait_after(failures)
        if span:
            wait(desk, span - timedelta(seconds=1))
            refused = refusal(desk, password=ADMIN_PASSWORD)
            assert (refused.code, refused.params["seconds"]) == ("sign_in_waits", 1)
            wait(desk, timedelta(seconds=1))
        waits.append(span.total_seconds())
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 300]
    assert refusal(desk).code == "account_is_locked"  # the tenth
    wait(desk, timedelta(days=365))
    assert refusal(desk, password=ADMIN_PASSWORD).code == "account_is_locked"
    assert [entry.act for entry in acts(desk)][-2:] == ["sign_in_failed", "account_locked"]


def test_the_right_password_forgives_and_tells_of_the_tries(desk: Desk) -> None:
    with_administrator(desk)
    enter(desk)
    first = desk.clock.now()
    wait(desk, timedelta(hours=1))
    for _ in range(2):
        refusal(desk)
    present = sign_in(desk, ADMIN, ADMIN_PASSWORD)
    assert (present.failures, present.last_in_at) == (2, first)
    assert (account(desk).failures, account(desk).failed_at) == (0, None)
    assert sign_in(desk, ADMIN, ADMIN_PASSWORD).failures == 0


def test_setting_the_clock_back_or_forward_wins_no_guess(desk: Desk) -> None:
    with_administrator(desk)
    for _ in range(3):
        refusal(desk)
    tried = 3
    for _ in range(3):
        wait(desk, timedelta(days=-30))
        assert refusal(desk).code == "sign_in_wrong"  # counted like every other
        tried += 1
    wait(desk, timedelta(days=3650))
    while refusal(desk).code != "account_is_locked":
        wait(desk, timedelta(days=1))
        tried += 1
    assert tried == LOCK_AFTER - 1


def test_a_clock_set_back_keeps_nobody_out(desk: Desk) -> None:
    """An empty battery sets it back by years; the wait was for seconds."""
    with_administrator(desk)
    for _ in range(3):
        refusal(desk)
    wait(desk, timedelta(days=-2000))
    assert sign_in(desk, ADMIN, ADMIN_PASSWORD).failures == 3


def test_a_thousand_guesses_never_get_in(desk: Desk) -> None:
    """Also when the thousandth would be right: it is never looked at."""
    with_administrator(desk)
    assert isinstance(desk.hasher, QuickHasher)
    desk.hasher.asked.clear()
    for guess in range(999):
        refusal(desk, password=f"đoán lần thứ {guess}")
        wait(desk, timedelta(minutes=5))
    assert refusal(desk, password=ADMIN_PASSWORD).code == "account_is_locked"
    assert len(desk.hasher.asked) == LOCK_AFTER
    assert sum(entry.act == "account_locked" for entry in acts(desk)) == 1


class DyingHasher(QuickHasher):
    """The process is killed while the password is checked."""

    def matches(self, password: str, kept: str) -> bool:
        raise KeyboardInterrupt


def test_killing_the_process_between_count_and_answer_wins_no_guess(desk: Desk) -> None:
    with_administrator(desk)
    usual = desk.hasher
    kills = 0
    for _ in range(40):
        desk.hasher = DyingHasher()
        try:
            sign_in(desk, ADMIN, "đoán")
        except KeyboardInterrupt:
            kills += 1
        except RuleRefusal:
            pass
        wait(desk, timedelta(minutes=5))
    assert kills == LOCK_AFTER
    desk.hasher = usual
    assert refusal(desk, password=ADMIN_PASSWORD).code == "account_is_locked"
    assert account(desk).locked


def test_a_dated_hash_is_made_anew(desk: Desk) -> None:
    with_administrator(desk)
    with desk.store.writing() as transaction:
        old = account(desk)
        transaction.put_account(replace(old, password_hash=old.password_hash.replace("new$", "old$")))
    enter(desk)
    assert account(desk).password_hash.startswith("new$")
    enter(desk)


def test_a_password_changed_while_it_is_checked_is_wrong(desk: Desk) -> None:
    with_administrator(desk)
    usual = desk.hasher

    class Meanwhile(QuickHasher):
        def matches(self, password: str, kept: str) -> bool:
            with desk.store.writing() as transaction:
                transaction.put_account(replace(account(desk), password_hash=usual.hash("mật khẩu khác")))
            return super().matches(password, kept)

    desk.hasher = Meanwhile()
    assert refusal(desk, password=ADMIN_PASSWORD).code == "sign_in_wrong"
    assert desk.session.present is None


def test_the_locked_screen_opens_to_the_one_at_the_desk_only(desk: Desk) -> None:
    with_administrator(desk)
    hire(desk, "sen", "Đinh Thị Sen", Role.CLERK)
    enter(desk, "sen")
    lock_screen(desk)
    lock_screen(desk)
    assert desk.session.locked
    for wrong in (ADMIN_PASSWORD, ""):
        with pytest.raises(RuleRefusal, match="sign_in_wrong"):
            unlock_screen(desk, wrong)
        assert desk.session.locked
    unlock_screen(desk, password_of("sen"))
    assert not desk.session.locked
    told = [(entry.act, entry.clerk) for entry in acts(desk)]
    assert told.count(("session_locked", "Đinh Thị Sen")) == 1
    assert told[-1] == ("session_unlocked", "Đinh Thị Sen")


def test_guessing_at_the_locked_screen_locks_the_account(desk: Desk) -> None:
    with_administrator(desk)
    enter(desk)
    lock_screen(desk)
    codes = []
    for _ in range(LOCK_AFTER):
        with pytest.raises(RuleRefusal) as refused:
            unlock_screen(desk, "đoán")
        codes.append(refused.value.code)
        wait(desk, timedelta(minutes=5))
    assert codes[-1] == "account_is_locked"
    with pytest.raises(RuleRefusal, match="account_is_locked"):
        unlock_screen(desk, ADMIN_PASSWORD)
    assert desk.session.locked


def test_a_colleague_signs_in_over_the_locked_screen(desk: Desk) -> None:
    with_administrator(desk)
    hire(desk, "sen", "Đinh Thị Sen", Role.CLERK)
    enter(desk)
    lock_screen(desk)
    enter(desk, "sen")
    assert (desk.session.locked, desk.clerk) == (False, "Đinh Thị Sen")


def test_the_shift_ends_and_nobody_is_there(desk: Desk) -> None:
    with_administrator(desk)
    enter(desk)
    end_shift(desk)
    end_shift(desk)
    sign_out(desk)
    assert desk.session.present is None
    assert [(e.act, e.clerk) for e in acts(desk)][-1:] == [("session_shift_ended", ADMIN_NAME)]
    with pytest.raises(RuleRefusal, match="sign_in_needed"):
        unlock_screen(desk, ADMIN_PASSWORD)


def test_a_one_time_password_opens_nothing_but_its_change_and_not_for_long(desk: Desk) -> None:
    with_administrator(desk)
    enter(desk)
    _made, one_time = manage.make_account(desk, username="sen", full_name="Đinh Thị Sen", role=Role.HEAD)
    assert sign_in(desk, "sen", one_time).must_change
    for permission in (manage.Permission.VIEW, manage.Permission.RECEIVE):
        with pytest.raises(RuleRefusal, match="password_must_change"):
            desk.require(permission)
    with pytest.raises(RuleRefusal, match="password_must_change"), desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(at=desk.clock.now(), clerk="Đinh Thị Sen", act="day_closed", subject_id="x")
        )
    wait(desk, ONE_TIME_PASSWORD_LIVES + timedelta(minutes=1))
    assert refusal(desk, "sen", one_time).code == "one_time_password_over"


class ReadOnlyStore:
    """The folder can no more be written."""

    def __init__(self, desk: Desk) -> None:
        self.reading = desk.store.reading
        self.close = desk.store.close

    def writing(self) -> None:
        raise EnvironmentProblem("database_read_only")


def test_where_nothing_can_be_written_looking_needs_the_password_all_the_same(desk: Desk) -> None:
    with_administrator(desk)
    desk.store = ReadOnlyStore(desk)  # type: ignore[assignment]
    for _ in range(3):
        assert refusal(desk).code == "sign_in_wrong"
    assert refusal(desk, password=ADMIN_PASSWORD).code == "sign_in_waits"
    wait(desk, timedelta(seconds=5))
    assert sign_in(desk, ADMIN, ADMIN_PASSWORD).failures == 3
    with pytest.raises(EnvironmentProblem, match="database_read_only"):
        prove(desk, ADMIN, ADMIN_PASSWORD)


def test_no_password_and_no_name_typed_is_ever_on_record(desk: Desk) -> None:
    with_administrator(desk)
    refusal(desk, "mật khẩu gõ nhầm vào ô tên", "bí mật")
    refusal(desk, ADMIN, "bí mật")
    sign_in(desk, ADMIN, ADMIN_PASSWORD)
    kept = repr(acts(desk)) + repr(account(desk)) + repr(desk.session.present)
    for secret in ("gõ nhầm", "bí mật", ADMIN_PASSWORD, account(desk).password_hash):
        assert secret not in kept


def outcome(desk: Desk, password: str) -> str:
    try:
        sign_in(desk, ADMIN, password)
    except RuleRefusal as refused:
        return refused.code
    return ""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = make_desk(tmp_path_factory.mktemp("tries") / "counter", MORNING)
    with_administrator(desk)
    yield desk
    desk.store.close()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(-4000, 4000)), max_size=25))
def test_any_order_of_tries_and_clocks_keeps_the_rule(played: Desk, tries: list[tuple[bool, int]]) -> None:
    """Between two right passwords at most ten wrong ones are ever looked at."""
    with played.store.writing() as transaction:
        fresh = replace(account(played), failures=0, failed_at=None, locked=False)
        transaction.put_account(fresh)
    assert isinstance(played.hasher, QuickHasher)
    wrong_ones = 0
    for right, seconds in tries:
        played.hasher.asked.clear()
        code = outcome(played, ADMIN_PASSWORD if right else "đoán")
        looked_at = len(played.hasher.asked)
        if code == "":
            assert right
            assert wrong_ones < LOCK_AFTER
            wrong_ones = 0
        else:
            assert not looked_at or not right  # the right one, once looked at, is never refused
            wrong_ones += looked_at
        assert wrong_ones <= LOCK_AFTER
        wait(played, timedelta(seconds=seconds))


GUESS_AND_DIE = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from counter_app.bootstrap import open_desk
from counter_app.services.accounts.sign_in import sign_in
from counter_app.storage.password_hashes import Argon2Hasher

class Dying(Argon2Hasher):
    def matches(self, password, kept):
        os.kill(os.getpid(), signal.SIGKILL)

desk = open_desk(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
desk.hasher = Dying()
sign_in(desk, sys.argv[3], "mật khẩu đoán")
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_program_has_counted(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "counter", MORNING)
    with_administrator(desk, quick=False)
    desk.store.close()
    for _ in range(3):
        words = [sys.executable, "-c", GUESS_AND_DIE, str(tmp_path / "counter"), MORNING.isoformat(), ADMIN]
        assert subprocess.run(words, capture_output=True, check=False).returncode == -signal.SIGKILL
    again = open_desk(tmp_path / "counter", MORNING)
    assert account(again).failures == 3
    assert refusal(again, password=ADMIN_PASSWORD).code == "sign_in_waits"
    again.store.close()
