"""Row 4: the disk is full at any step of a visit."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.faults.rows.row import Found, Size
from tests.faults.rows.small_disk import NotAllowed, fill, mounted
from tests.helpers.builders import MORNING, CountingIds
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.life import check_dossier
from tests.helpers.raw_database import assert_outbox_chain, select
from tests.helpers.visits import BIRTH

from counter_app.domain.day_close import FindingKind
from counter_app.domain.errors import KnownError
from counter_app.messages import text_of
from counter_app.services.attachments_port import MadeScan
from counter_app.services.backup.create import create
from counter_app.services.day_close import close_day
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import save_draft
from counter_app.services.keys.rekey import order_change
from counter_app.services.print_papers import print_paper
from counter_app.services.receive_dossier import receive
from counter_app.services.scans.attach import ScanOwner, attach
from counter_app.services.scans.scan_parts import parts_of_dossier
from counter_app.storage.disk_reserve import RESERVE_BYTES

_MB = 1024 * 1024
_DISK = 5 * RESERVE_BYTES + 8 * _MB  # the reserve is only set aside where four times as much is free
_BACKUP_DISK = 80 * _MB  # a backup leaves so much free that it needs a larger one
_LEFT = (0, 4096, 16_384, 40_960, 90_112)  # bytes left when a step begins
_SCAN = 400_000
_CODES = {"disk_full", "backup_disk_full", "backup_needs_room", "key_change_needs_room"}
_FULL = 200  # dossiers; no disk of this size takes more of them after the warning


@dataclass(frozen=True)
class Step:
    """Something a clerk does, and how much of it is there."""

    name: str
    do: Callable[[Desk], object]
    count: Callable[[Desk], int]
    waits: bool = False  # for room: the reserve is for work at the desk, not for this


def _rows(table: str) -> Callable[[Desk], int]:
    return lambda desk: int(select(desk, f"SELECT count(*) FROM {table}")[0][0])


def _draft(desk: Desk) -> None:
    save_draft(
        desk,
        draft_id=desk.ids.new_id(),
        procedure_id=BIRTH.procedure_id,
        procedure_name="Đăng ký khai sinh",
        applicant_name=BIRTH.applicant.full_name,
        state={"note": "Ghi chú " * 2000},
    )


def _scan(desk: Desk) -> None:
    with desk.store.reading() as queries:
        dossier = queries.dossier_by_code(_newest(desk))
        assert dossier is not None
        part = parts_of_dossier(queries, dossier)[0]
        standing = queries.attachments(dossier_id=dossier.dossier_id)
    made = MadeScan(pdf=b"%PDF-1.7\n" + bytes(_SCAN), pages=1, dpi=300)
    replaces = standing[0].attachment_id if standing else ""
    attach(desk, ScanOwner(dossier_id=dossier.dossier_id), part, made, replaces=replaces)


def _print(desk: Desk) -> None:
    with desk.store.reading() as queries:
        dossier = queries.dossier_by_code(_newest(desk))
    assert dossier is not None
    print_paper(desk, dossier, "slip")


def _newest(desk: Desk) -> str:
    return str(select(desk, "SELECT dossier_code FROM dossier ORDER BY number LIMIT 1")[0][0])


def _close(desk: Desk) -> None:
    close_day(desk, MORNING.date(), None, dict.fromkeys(FindingKind, "Hết chỗ"))


def _back_up(desk: Desk) -> None:
    folder = desk.backups.own_folder
    create(desk, folder / f"{desk.ids.new_id()}.qmcbak")


def _whole_backups(desk: Desk) -> int:
    """Count backups; -1 when one of them is not whole or was left half."""
    folder = desk.backups.own_folder
    files = [each for each in folder.iterdir() if each.is_file()] if folder.is_dir() else []
    if any(not each.name.endswith(".qmcbak") or not _sound(desk, each) for each in files):
        return -1
    return len(files)


def _sound(desk: Desk, file: Path) -> bool:
    return all(each.ok for each in desk.backups.check(file))


def _change_key(desk: Desk) -> None:
    order_change(desk)


STEPS = [
    Step("draft", _draft, _rows("draft")),
    Step("receive", lambda desk: receive(desk, BIRTH, clerk=CLERK), _rows("dossier")),
    Step("scan", _scan, _rows("attachment WHERE removed_at IS NULL")),
    Step("print", _print, _rows("print_log")),
    Step("day close", _close, _rows("day_close")),
    Step("backup", _back_up, _whole_backups, waits=True),
    Step("key change", _change_key, _rows("audit_entry WHERE act = 'key_changed'"), waits=True),
]


def full_disk(size: Size, folder: Path) -> Found:
    """Fill the disk before each step, so far that it fails at different places."""
    start, found = folder / "start", Found()
    desk = make_desk(start, MORNING)
    receive(desk, BIRTH, clerk=CLERK)
    desk.store.close()
    (start / "reserve.bin").unlink(missing_ok=True)  # made anew on the small disk
    told, finished, further = Counter[str](), 0, []
    tries, waiting = 0, 0
    for step in STEPS:
        for left in _LEFT[:: size.of(1, 4)]:
            try:
                with mounted(folder / f"disk-{tries}", _BACKUP_DISK if step.waits else _DISK) as disk:
                    tries += 1
                    code, then, more = _try(step, shutil.copytree(start, disk / "counter"), disk, left, found)
            except NotAllowed:
                found.must(kept=False, words="only root may mount a small disk: run it as root")
                return found
            told[code] += 1
            waiting += step.waits and bool(code)
            finished += then
            further += [more] if more >= 0 else []
    found.figures = {
        "steps begun on a full disk": tries,
        "refused with the words of a full disk": tries - told[""],
        "done all the same": told[""],
        "refused, then finished on the reserve": finished,
        "backups and key changes refused until there is room": waiting,
        "dossiers received after the warning, fewest": min(further, default=0),
        "half acts": sum("half" in words for words in found.wrong),
    }
    found.must(tries - told[""] > 0, "the disk was never full enough")
    found.must(finished == tries - told[""] - waiting, "open work could not be finished on the reserve")
    return found


def _try(step: Step, data: Path, disk: Path, left: int, found: Found) -> tuple[str, bool, int]:
    """Return the code of the refusal, whether the step was done then, and how much more work fitted."""
    desk = make_desk(data, MORNING + timedelta(hours=1))
    desk.ids = CountingIds(50_000_000)
    found.must((data / "reserve.bin").is_file(), "no reserve was set aside")
    before = step.count(desk)
    fill(disk, left)
    code, then, more = "", False, -1
    try:
        with _deceived() if step.waits and left else nullcontext():
            step.do(desk)
    except KnownError as problem:
        code = problem.code
        _refused(step, desk, problem, before, found)
        then, more = (False, -1) if step.waits else _go_on(step, desk, found)
    _whole(step, desk, found)
    (disk / "filler").unlink()
    receive(desk, BIRTH, clerk=CLERK)
    if code and step.waits:
        step.do(desk)
        found.must(step.count(desk) == before + 1, f"{step.name}: not even when there is room")
    desk.store.close()
    if step.name == "key change":
        make_desk(data, MORNING + timedelta(hours=2)).store.close()  # the next key takes over here
    return code, then, more


@contextmanager
def _deceived() -> Iterator[None]:
    """Let programs believe that there is room: somebody else takes it after they looked."""
    real = shutil.disk_usage
    shutil.disk_usage = lambda place: real(place)._replace(free=1000 * _MB)  # type: ignore[assignment]
    try:
        yield
    finally:
        shutil.disk_usage = real


def _refused(step: Step, desk: Desk, problem: KnownError, before: int, found: Found) -> None:
    found.must(problem.code in _CODES, f"{step.name}: told as {problem.code}")
    found.must(text_of(problem) not in ("", problem.code), f"{step.name}: {problem.code} has no words")
    # A sheet that went out before the disk was full stays on record as being on its way.
    allowed = (before, before + 1) if step.name == "print" else (before,)
    found.must(step.count(desk) in allowed, f"{step.name}: half of it is there")


def _go_on(step: Step, desk: Desk, found: Found) -> tuple[bool, int]:
    """Do the refused step again and then receive until nothing fits any more."""
    try:
        step.do(desk)
    except KnownError as problem:
        found.must(kept=False, words=f"{step.name}: not even on the reserve: {problem.code}")
        return False, 0
    more = 0
    while more < _FULL:
        try:
            receive(desk, BIRTH, clerk=CLERK)
        except KnownError as problem:
            found.must(problem.code in _CODES, f"receive: told as {problem.code}")
            break
        more += 1
    return True, more


def _whole(step: Step, desk: Desk, found: Found) -> None:
    try:
        assert_dossiers_whole(desk)
        assert_outbox_chain(desk)
    except AssertionError as error:
        found.wrong.append(f"{step.name}: half an act: {str(error)[:120]}")
    with desk.store.reading() as queries:
        problem = queries.integrity_problem()
    found.must(not problem, f"{step.name}: {problem}")


def assert_dossiers_whole(desk: Desk) -> None:
    """Every dossier is whole, whatever else was done to it."""
    for (dossier_id,) in select(desk, "SELECT dossier_id FROM dossier"):
        check_dossier(desk, str(dossier_id))
    numbers = select(desk, "SELECT number FROM dossier ORDER BY 1")
    assert select(desk, "SELECT number FROM dossier_content ORDER BY 1") == numbers
    assert select(desk, "SELECT rowid FROM word_index WHERE rowid > 0 ORDER BY 1") == numbers
