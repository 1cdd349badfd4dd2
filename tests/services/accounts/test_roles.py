"""Who may do what: every rule for every role, and real use cases that leave nothing behind when refused."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, FixedClock, make_person
from tests.helpers.desks import PaperTray, make_desk
from tests.helpers.raw_database import select
from tests.helpers.staff import ADMIN, QuickHasher, enter, hire, password_of, with_administrator
from tests.helpers.visits import CERTIFIED_COPY

from counter_app.bootstrap import open_desk
from counter_app.domain.act_permissions import _RULES
from counter_app.domain.clerks import PERMISSIONS, Permission, Role
from counter_app.domain.dossier_acts import HandOver
from counter_app.domain.dossier_life import Holder
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.period import Period
from counter_app.services import intake_drafts
from counter_app.services.accounts import manage
from counter_app.services.accounts.passwords import change_password
from counter_app.services.acts.perform import perform
from counter_app.services.audit.take_out import take_out
from counter_app.services.audit.verify import verify
from counter_app.services.audit_port import AuditFilter
from counter_app.services.backup.second_place import choose_second_folder
from counter_app.services.confirm_clock import confirm_clock
from counter_app.services.day_close import close_day, day_now, reopen_day
from counter_app.services.desk import Desk
from counter_app.services.keys.passphrase import set_passphrase
from counter_app.services.keys.sheet import print_recovery_sheet
from counter_app.services.office_values import enter_value
from counter_app.services.people.correct_person import correct_person
from counter_app.services.people.merge_people import merge
from counter_app.services.people.person_file import record_view
from counter_app.services.personal_data.find import find_all
from counter_app.services.ports import AuditEntry
from counter_app.services.print_papers import print_paper
from counter_app.services.queue.issue_ticket import issue_ticket
from counter_app.services.queue.queue_settings import queue_settings, save_queue_settings
from counter_app.services.rate_service import rate
from counter_app.services.receive_dossier import receive
from counter_app.services.reports.write_report import ReportKind, write_report
from counter_app.services.session import Session
from counter_app.services.sync.line_settings import save_line
from counter_app.services.sync_settings import SyncSettings

USERS = {Role.VIEWER: "xem", Role.CLERK: "sen", Role.HEAD: "pin", Role.ADMINISTRATOR: ADMIN}
NAMES = {Role.VIEWER: "Hà Văn Tư", Role.CLERK: "Đinh Thị Sen", Role.HEAD: "Lò Văn Pín"}
TODAY = MORNING.date()
PERSON = make_person(1)
OTHER = make_person(2)


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A counter with one person of every role, two citizens and a dossier."""
    folder = tmp_path_factory.mktemp("roles") / "counter"
    desk = make_desk(folder, MORNING)
    with_administrator(desk)
    for role, name in NAMES.items():
        hire(desk, USERS[role], name, role)
    enter(desk)
    receive(desk, CERTIFIED_COPY, clerk=desk.clerk)
    with desk.store.writing() as transaction:
        for person in (PERSON, OTHER):
            transaction.remember_person(person, MORNING, "card")
    desk.store.close()
    return folder


@pytest.fixture
def desk(staffed: Path, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(shutil.copytree(staffed, tmp_path / "counter"))
    desk.clock = FixedClock(MORNING + timedelta(minutes=5))
    desk.printer = PaperTray()
    desk.hasher = QuickHasher()
    yield desk
    desk.store.close()


@pytest.fixture(scope="module")
def guarded(staffed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = open_desk(shutil.copytree(staffed, tmp_path_factory.mktemp("guarded") / "counter"))
    desk.clock = FixedClock(MORNING)
    desk.hasher = QuickHasher()
    yield desk
    desk.store.close()


def dossier_id(desk: Desk) -> str:
    return str(select(desk, "SELECT dossier_id FROM dossier")[0][0])


def dossier_of(desk: Desk):  # type: ignore[no-untyped-def]
    with desk.store.reading() as queries:
        return queries.dossier(dossier_id(desk))


def sen(desk: Desk) -> str:
    with desk.store.reading() as queries:
        account = queries.account_named("sen")
    assert account is not None
    return account.account_id


def _close(desk: Desk) -> None:
    found = day_now(desk, TODAY)
    close_day(desk, TODAY, 0, {finding.kind: "để mai" for finding in found.findings})


def _reopen(desk: Desk) -> None:
    reopen_day(desk, TODAY, "thiếu một phiếu")


def _draft(desk: Desk) -> None:
    intake_drafts.save_draft(
        desk, draft_id="d", procedure_id="x", procedure_name="x", applicant_name="", state={}
    )


def _own_password(desk: Desk) -> None:
    user = desk.session.present.username if desk.session.present is not None else ADMIN
    change_password(desk, password_of(user), "mưa nguồn chớp bể")


def _ticket(desk: Desk) -> None:
    issue_ticket(desk, queue_settings(desk).groups[0].group_id)


def _clock_back(desk: Desk) -> None:
    desk.clock = FixedClock(MORNING - timedelta(days=1))


def _report(desk: Desk) -> None:
    target = desk.store.path.parent / "so.xlsx"  # type: ignore[attr-defined]
    write_report(desk, ReportKind.REGISTER, Period(first=TODAY, last=TODAY), target)


def _take_out(desk: Desk) -> None:
    take_out(desk, AuditFilter(), desk.store.path.parent / "nhat-ky.xlsx", str)  # type: ignore[attr-defined]


def _second_folder(desk: Desk) -> None:
    folder = desk.store.path.parent.parent / "usb"  # type: ignore[attr-defined]
    folder.mkdir(exist_ok=True)
    choose_second_folder(desk, str(folder))


@dataclass(frozen=True)
class Case:
    """A use case, what it needs, and what an administrator did before."""

    needs: Permission
    act: Callable[[Desk], object]
    before: Callable[[Desk], object] = lambda _desk: None


CASES: dict[str, Case] = {
    "look at a citizen": Case(Permission.VIEW, lambda d: record_view(d, PERSON.personal_id)),
    "change one's password": Case(Permission.VIEW, _own_password),
    "receive": Case(Permission.RECEIVE, lambda d: receive(d, CERTIFIED_COPY, clerk=d.clerk)),
    "keep a draft": Case(Permission.RECEIVE, _draft),
    "throw a draft away": Case(Permission.RECEIVE, lambda d: intake_drafts.discard_draft(d, "d"), _draft),
    "hand over": Case(
        Permission.RECEIVE, lambda d: perform(d, dossier_id(d), HandOver(to=Holder(name="Tư pháp")))
    ),
    "print": Case(Permission.RECEIVE, lambda d: print_paper(d, dossier_of(d), "control")),
    "issue a ticket": Case(
        Permission.RECEIVE, lambda d: issue_ticket(d, queue_settings(d).groups[0].group_id)
    ),
    "rate": Case(Permission.RECEIVE, lambda d: rate(d, dossier_id(d), "satisfied")),
    "correct a citizen": Case(
        Permission.RECEIVE, lambda d: correct_person(d, replace(PERSON, phone="0912345678"), "ghi nhầm")
    ),
    "close the day": Case(Permission.RECEIVE, _close),
    "confirm the clock": Case(
        Permission.RECEIVE,
        confirm_clock,
        lambda d: setattr(d, "clock", FixedClock(MORNING - timedelta(days=1))),
    ),
    "reopen the day": Case(Permission.DECIDE, _reopen, _close),
    "merge citizens": Case(
        Permission.DECIDE, lambda d: merge(d, PERSON.personal_id, OTHER.personal_id, "một người, hai số")
    ),
    "save a report": Case(Permission.EXPORT, _report),
    "search all of a citizen": Case(Permission.PERSONAL_DATA, lambda d: find_all(d, PERSON.personal_id)),
    "make an account": Case(
        Permission.ACCOUNTS,
        lambda d: manage.make_account(d, username="moi", full_name="Người Mới", role=Role.CLERK),
    ),
    "make oneself more": Case(
        Permission.ACCOUNTS, lambda d: manage.change_account(d, sen(d), role=Role.ADMINISTRATOR)
    ),
    "read the audit log": Case(Permission.AUDIT, _take_out),
    "check the audit log": Case(Permission.AUDIT, verify),
    "change settings": Case(
        Permission.SET_UP,
        lambda d: d.save_settings(replace(d.settings, office=replace(d.settings.office, phone="0218385123"))),
    ),
    "set up the queue": Case(
        Permission.SET_UP, lambda d: save_queue_settings(d, replace(queue_settings(d), voice=True))
    ),
    "set up the line": Case(Permission.SET_UP, lambda d: save_line(d, SyncSettings(scan_rate_kbps=50))),
    "enter an office value": Case(
        Permission.SET_UP, lambda d: enter_value(d, "phone", "02183851234", date(2026, 11, 23))
    ),
    "choose where backups go": Case(Permission.SAFEKEEP, _second_folder),
    "set the key's passphrase": Case(
        Permission.SAFEKEEP, lambda d: set_passphrase(d, "ba con trâu gặm cỏ bên sông")
    ),
    "print the recovery sheet": Case(Permission.SAFEKEEP, print_recovery_sheet),
}


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, but what is written to remember a refusal."""
    names = [
        str(name)
        for (name,) in select(desk, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL")
        if not str(name).startswith(("word_index", "audit_head", "sqlite_"))
    ]
    rows = {name: select(desk, f"SELECT * FROM {name}") for name in names if name != "audit_entry"}
    rows["audit_entry"] = select(desk, "SELECT act FROM audit_entry WHERE act <> 'access_refused'")
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", CASES)
def test_a_use_case_is_done_or_refused_whole(desk: Desk, name: str, role: Role) -> None:
    case = CASES[name]
    enter(desk)
    case.before(desk)
    enter(desk, USERS[role])
    before, acts = everything(desk), len(select(desk, "SELECT 1 FROM audit_entry"))
    if case.needs in PERMISSIONS[role]:
        case.act(desk)
        assert desk.session.present is not None
        bears = select(desk, f"SELECT DISTINCT clerk FROM audit_entry ORDER BY seq LIMIT -1 OFFSET {acts}")
        assert bears in ([(desk.session.present.full_name,)], []) or name == "throw a draft away"
        assert everything(desk) != before
    else:
        with pytest.raises(RuleRefusal, match="not_permitted"):
            case.act(desk)
        assert everything(desk) == before
        files = [path for path in desk.store.path.parent.iterdir() if path.suffix == ".xlsx"]  # type: ignore[attr-defined]
        assert files == []


@pytest.mark.parametrize("name", CASES)
@pytest.mark.slow
def test_nobody_at_the_desk_does_nothing(desk: Desk, name: str) -> None:
    case = CASES[name]
    enter(desk)
    case.before(desk)
    desk.session = Session()  # the program was started anew
    desk.store._guard = desk.session.check  # type: ignore[attr-defined]
    before = everything(desk)
    with pytest.raises(RuleRefusal, match="sign_in_needed"):
        case.act(desk)
    assert everything(desk) == before


@pytest.mark.parametrize("role", list(Role))
def test_every_rule_for_every_role(guarded: Desk, role: Role) -> None:
    """At the border every act passes: the entry and all that was written with it, or nothing."""
    enter(guarded, USERS[role])
    for beginning, needed in _RULES:
        act = beginning + "_x" if beginning.endswith("_") else beginning
        allowed = needed is None or needed in PERMISSIONS[role]
        kept = f"test.{role.value}.{act}"
        try:
            with guarded.store.writing() as transaction:
                transaction.put_setting(kept, "1")
                transaction.append_audit(AuditEntry(at=MORNING, clerk=guarded.clerk, act=act, subject_id="x"))
        except RuleRefusal as refused:
            assert (refused.code, allowed) == ("not_permitted", False), act  # noqa: PT017 - for many acts
        with guarded.store.reading() as queries:
            assert (queries.setting(kept) is not None) == allowed, act


def test_an_act_without_a_rule_is_left_to_administrators(guarded: Desk) -> None:
    enter(guarded, "pin")
    with pytest.raises(RuleRefusal, match="not_permitted"), guarded.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(at=MORNING, clerk="Lò Văn Pín", act="something_new", subject_id="x")
        )


def test_nobody_acts_in_the_name_of_another(guarded: Desk) -> None:
    """A name nobody signed in with since the start is refused, whoever is at the desk."""
    enter(guarded)
    with pytest.raises(RuleRefusal, match="sign_in_needed"), guarded.store.writing() as transaction:
        transaction.append_audit(AuditEntry(at=MORNING, clerk="Bà Ngoài", act="day_closed", subject_id="x"))
