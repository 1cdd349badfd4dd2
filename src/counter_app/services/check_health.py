"""The self-check (doctor): is this counter fit to receive citizens, and if not, why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from counter_app.domain.errors import KnownError
from counter_app.services.backup.health import backup_finding
from counter_app.services.clock_check import later_moment
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import drafts
from counter_app.services.keys.health import recovery_finding
from counter_app.services.scans.sweep import scan_findings
from counter_app.services.sync_health import outbox_finding, sync_finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding. ``code`` and ``params`` name the message; nothing personal is in them."""

    name: str
    ok: bool
    code: str
    params: dict[str, object]


def as_checks(findings: Iterable[tuple[str, bool, str, dict[str, object]]]) -> list[Check]:
    """Return what was found about the machine (name, ok, message code, params) as checks."""
    return [Check(name=name, ok=ok, code=code, params=params) for name, ok, code, params in findings]


def check_health(desk: Desk) -> tuple[Check, ...]:
    """Run every check; one that fails never hides the others."""
    checks: tuple[tuple[str, Callable[[Desk], Check]], ...] = (
        ("database", _database),
        ("settings", _settings),
        ("password", _password),
        ("clock", _clock),
        ("calendar", _calendar),
        ("catalogue", _catalogue),
        ("drafts", _drafts),
        ("outbox", _outbox),
        ("sync", _sync),
        ("scans", _scans),
        ("backup", _backup),
        ("recovery", _recovery),
    )
    return tuple(_guarded(name, check, desk) for name, check in checks)


def _guarded(name: str, check: Callable[[Desk], Check], desk: Desk) -> Check:
    try:
        return check(desk)
    except KnownError as problem:
        return Check(name=name, ok=False, code=problem.code, params=dict(problem.params))


def _database(desk: Desk) -> Check:
    with desk.store.reading() as queries:
        problem = queries.integrity_problem()
        count = queries.dossier_count()
    if problem:
        return Check(name="database", ok=False, code="database_damaged", params={"detail": problem})
    return Check(name="database", ok=True, code="health_database", params={"count": count})


def _settings(desk: Desk) -> Check:
    unit_code = desk.settings.office.unit_code
    return Check(name="settings", ok=True, code="health_settings", params={"unit_code": unit_code})


def _password(desk: Desk) -> Check:
    """A counter anybody may use is worth a word, but no reason to turn citizens away."""
    with desk.store.reading() as queries:
        kept = queries.has_accounts()
    code = "health_password" if kept else "admin_password_missing"
    return Check(name="password", ok=True, code=code, params={})


def _clock(desk: Desk) -> Check:
    now = desk.clock.now()
    with desk.store.reading() as queries:
        latest = later_moment(queries, now)
    if latest is not None:
        return Check(name="clock", ok=False, code="clock_set_back", params={"now": now, "latest": latest})
    return Check(name="clock", ok=True, code="health_clock", params={"now": now})


def _calendar(desk: Desk) -> Check:
    calendar = desk.catalogue.calendar()
    horizon = desk.clock.now().date() + timedelta(days=60)
    covered = calendar.covers(horizon)
    code = "health_calendar" if covered else "calendar_missing"
    return Check(name="calendar", ok=covered, code=code, params={"year": horizon.year})


def _catalogue(desk: Desk) -> Check:
    today = desk.clock.now().date()
    in_force = len(desk.catalogue.procedures(today))
    problems = desk.catalogue.problems
    if problems:
        return Check(name="catalogue", ok=False, code=problems[0].code, params=dict(problems[0].params))
    return Check(name="catalogue", ok=in_force > 0, code="health_catalogue", params={"count": in_force})


def _drafts(desk: Desk) -> Check:
    return Check(name="drafts", ok=True, code="health_drafts", params={"count": len(drafts(desk))})


def _outbox(desk: Desk) -> Check:
    ok, code, params = outbox_finding(desk)
    return Check(name="outbox", ok=ok, code=code, params=params)


def _sync(desk: Desk) -> Check:
    ok, code, params = sync_finding(desk)
    return Check(name="sync", ok=ok, code=code, params=params)


def _recovery(desk: Desk) -> Check:
    ok, code, params = recovery_finding(desk)
    return Check(name="recovery", ok=ok, code=code, params=params)


def _backup(desk: Desk) -> Check:
    ok, code, params = backup_finding(desk)
    return Check(name="backup", ok=ok, code=code, params=params)


def _scans(desk: Desk) -> Check:
    """A row without its file is a loss; a file without a row may belong to a newer backup and stays."""
    with desk.store.reading() as queries:
        found = scan_findings(queries, desk.scans)
    if found.missing:
        return Check(name="scans", ok=False, code="scan_files_missing", params={"count": found.missing})
    code = "health_scans_unclaimed" if found.unclaimed else "health_scans"
    params: dict[str, object] = {"count": found.kept, "unclaimed": found.unclaimed}
    return Check(name="scans", ok=True, code=code, params=params)
