"""What a victim said before the power went, and what of it an image of its disk still holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.faults.kill_server import digest
from tests.faults.power.victim import PASSPHRASE
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.life import check_dossier
from tests.helpers.raw_database import assert_definitions_kept, assert_outbox_chain, select

from counter_app.bootstrap import open_desk
from counter_app.clock_and_ids import SystemIds
from counter_app.domain.errors import KnownError
from counter_app.services.audit.verify import check
from counter_app.services.backup.restore import restore
from counter_app.services.desk import Desk
from counter_app.services.ports import Catalogue
from counter_app.services.scans.keep import content_of
from counter_app.storage.backups import BackupFiles

_PRINTS = "SELECT count(*) FROM print_log"


@dataclass
class Promised:
    """What was said to be durable.

    ``backups`` tell which dossiers there were by then; ``doing`` is the act that had begun and not ended,
    "" when none had.
    """

    set_up: bool = False
    dossiers: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    drafts: dict[str, int] = field(default_factory=dict)
    scans: set[str] = field(default_factory=set)
    closed: list[str] = field(default_factory=list)
    sheets: int = 0
    backups: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    doing: str = ""

    @property
    def count(self) -> int:
        """How many things somebody relies on."""
        return len(self.dossiers) + len(self.drafts) + len(self.scans) + len(self.closed) + self.sheets


def promised(said: bytes) -> Promised:
    """Read the victim's words."""
    found = Promised()
    for line in said.decode().splitlines():
        name, *words = line.split()
        _SAID[name](found, words)
        if name != "sheet":  # the act it belongs to goes on
            found.doing = words[0] if name == "doing" else ""
    return found


def _dossier(found: Promised, words: list[str]) -> None:
    code, dossier_id, rev, mark = words
    found.dossiers[dossier_id] = (code, int(rev), mark)


def _sheet(found: Promised, words: list[str]) -> None:
    found.sheets += 1


def _set_up(found: Promised, words: list[str]) -> None:
    found.set_up = True


_SAID: dict[str, Callable[[Promised, list[str]], object]] = {
    "doing": lambda found, words: None,
    "refused": lambda found, words: None,
    "scan-gone": lambda found, words: None,
    "set-up": _set_up,
    "dossier": _dossier,
    "draft": lambda found, words: found.drafts.update({words[0]: int(words[1])}),
    "draft-gone": lambda found, words: found.drafts.pop(words[0], None),
    "scan": lambda found, words: found.scans.add(words[0]),
    "closed": lambda found, words: found.closed.append(words[0]),
    "sheet": _sheet,
    "backup": lambda found, words: found.backups.append((words[0], frozenset(found.dossiers))),
}


@dataclass
class Judged:
    """What an image came to. ``lost`` were promised, ``torn`` are half there, ``told`` is what the program
    itself says is wrong: a code, or its own words for damage; ``alarm`` that it said of its log at the
    first start that newest acts may be missing."""

    lost: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    told: str = ""
    alarm: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing at all is missing or wrong."""
        return not (self.lost or self.torn or self.told)


def judge(folder: Path, promises: Promised, catalogue: Catalogue) -> Judged:
    """Open the image as the program does and compare."""
    judged = Judged()
    try:
        try:
            desk = open_desk(folder, access="create")
        except KnownError as problem:
            if problem.code != "log_damaged":
                raise
            judged.alarm = True  # told once; the next start goes on
            desk = open_desk(folder, access="create")
    except KnownError as problem:
        judged.told = problem.code
        return judged
    desk.catalogue = catalogue
    try:
        _look(desk, promises, judged)
    except KnownError as problem:
        judged.told = problem.code
    finally:
        desk.store.close()
    return judged


def _look(desk: Desk, promises: Promised, judged: Judged) -> None:
    if promises.set_up and not desk.is_set_up:
        judged.lost.append("the set-up")
    with desk.store.reading() as queries:
        judged.told = queries.integrity_problem()
    if not desk.is_set_up or judged.told:
        return
    _dossiers(desk, promises, judged)
    with desk.store.reading() as queries:
        drafts = {each.draft_id: len(str(each.state["note"])) for each in queries.drafts()}
        judged.lost += [f"day {one}" for one in promises.closed if queries.day_close(one) is None]
    gone = [one for one, size in promises.drafts.items() if drafts.get(one) != size]
    # The act that was under way may have used up the draft.
    judged.lost += [f"draft {one}" for one in gone[int(promises.doing in ("receive", "draft")) :]]
    _scans(desk, promises, judged)
    with desk.store.reading() as queries:
        if findings := check(queries).findings:
            judged.torn.append(f"the audit log: {findings[0].kind}")
    if int(select(desk, _PRINTS)[0][0]) < promises.sheets:
        judged.lost.append("the record of a sheet that is out")


def _dossiers(desk: Desk, promises: Promised, judged: Judged) -> None:
    try:
        assert_definitions_kept(desk)
        assert_outbox_chain(desk)
        ids = [str(row[0]) for row in select(desk, "SELECT dossier_id FROM dossier")]
        for dossier_id in ids:
            check_dossier(desk, dossier_id)
        for table, column in (
            ("word_index", "rowid"),
            ("dossier_content", "number"),
            ("dossier_code", "number"),
        ):
            where = " WHERE rowid > 0" if table == "word_index" else ""
            numbers = select(desk, f"SELECT DISTINCT {column} FROM {table}{where} ORDER BY 1")
            assert numbers == select(desk, "SELECT number FROM dossier ORDER BY 1"), table
        received = select(
            desk, "SELECT subject_id FROM audit_entry WHERE act = 'dossier_received' ORDER BY 1"
        )
        assert [row[0] for row in received] == sorted(ids)
    except AssertionError as error:
        judged.torn.append(str(error).splitlines()[0] if str(error) else "a check of whole acts failed")
    with desk.store.reading() as queries:
        for dossier_id, (code, rev, mark) in promises.dossiers.items():
            dossier = queries.dossier(dossier_id)
            if dossier is None or not any(row.dossier_code == code for row in queries.find(code)):
                judged.lost.append(f"dossier {code}")
            elif dossier.life.rev < rev:
                judged.lost.append(f"act {rev} of {code}")
            elif dossier.life.rev == rev and digest(dossier) != mark and not promises.doing:
                judged.torn.append(f"{code} is not what was said")


def _scans(desk: Desk, promises: Promised, judged: Judged) -> None:
    for attachment_id in promises.scans:
        with desk.store.reading() as queries:
            attachment = queries.attachment(attachment_id)
        if attachment is None:
            judged.lost.append(f"scan {attachment_id}")
            continue
        try:
            content_of(desk, attachment)
        except KnownError as problem:
            judged.lost.append(f"scan {attachment_id}: {problem.code}")


def put_back(folder: Path, stick: Path, promises: Promised) -> str:
    """Restore the stick's newest backup over a damaged folder; return what is wrong then, "" for nothing."""
    name, dossiers = promises.backups[-1]
    try:
        prepared = BackupFiles(folder).prepare(stick / name, PASSPHRASE)
        restore(prepared, FixedClock(MORNING + timedelta(days=90)), SystemIds())
        desk = open_desk(folder)
    except KnownError as problem:
        return problem.code
    try:
        with desk.store.reading() as queries:
            missing = [one for one in dossiers if queries.dossier(one) is None]
            flawed = check(queries).findings
            damaged = queries.integrity_problem()
        for one in dossiers:
            check_dossier(desk, one)
    except AssertionError as error:
        return f"torn: {str(error)[:100]}"
    finally:
        desk.store.close()
    return damaged or f"{len(missing)} dossiers and {len(flawed)} audit entries" * bool(missing or flawed)
