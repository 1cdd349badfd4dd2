"""Row 6: a bit turns over somewhere in the files of a counter."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.faults.kill_server import digest
from tests.faults.rows.row import Found, Size
from tests.helpers.builders import MORNING, CountingIds, FixedClock
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.raw_database import select
from tests.helpers.visits import BIRTH

from counter_app.bootstrap import open_desk
from counter_app.domain.errors import KnownError
from counter_app.services.attachments_port import MadeScan
from counter_app.services.backup.create import create
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import save_draft
from counter_app.services.ports import Catalogue
from counter_app.services.receive_dossier import receive
from counter_app.services.scans.attach import ScanOwner, attach
from counter_app.services.scans.keep import content_of
from counter_app.services.scans.scan_parts import parts_of_dossier

_DOSSIERS = 8
NOTICED, HARMLESS, OLDER, WRONG = "noticed", "harmless", "older", "wrong"


class Shown(NamedTuple):
    """What a counter shows of itself: each value by its name, and how far its chain of events goes."""

    values: dict[str, str]
    last_event: int


class Filled(NamedTuple):
    """A counter to be damaged: what it shows, and what it showed after each act before."""

    folder: Path
    right: Shown
    before: list[Shown]


def bit_rot(size: Size, folder: Path) -> Found:
    """Turn one bit at a time over; open the counter and look at everything."""
    closed, cut, catalogue = _fill(folder / "live", folder / "closed", folder / "cut")
    chance, found = random.Random(6), Found()
    whole = size.of(1200, 40)
    kinds: list[tuple[str, Filled, Callable[[Path], list[Path]], int]] = [
        ("database", closed, lambda at: [at / "counter.db"], whole // 2),
        ("log", cut, lambda at: [at / "counter.db-wal"], whole // 4),
        ("scans", closed, lambda at: sorted(at.glob("scans/*/*.bin")), whole // 8),
        ("key", closed, lambda at: [at / "key.json", at / "counter.key"], whole // 8),
    ]
    flips, silent = _backups(folder, chance, whole // 8, found), 0
    for name, filled, files, times in kinds:
        outcomes = Counter[str]()
        for _ in range(times):
            image = shutil.copytree(filled.folder, folder / "image")
            place = _flip(chance, files(image))
            outcome = _judge(image, filled, catalogue)
            found.must(outcome != WRONG, f"{name}: {place} shows something else")
            outcomes[outcome] += 1
            found.must(name == "log" or outcome != OLDER, f"{name}: {place} took acts away unnoticed")
            shutil.rmtree(image)
        found.must(outcomes[OLDER] <= times // 10, f"{name}: {outcomes[OLDER]} unnoticed")
        flips += times
        silent += outcomes[WRONG]
        told = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()))
        found.figures[f"bits turned over in the {name}"] = f"{times}: {told}"
    found.figures["bits turned over"] = flips
    found.figures["wrong values shown"] = silent
    return found


def _fill(live: Path, closed: Path, cut: Path) -> tuple[Filled, Filled, Catalogue]:
    """Leave a counter that was closed well, and one whose power went while its log was full."""
    desk = make_desk(live, MORNING)
    states = [_shown(desk)]
    for number in range(_DOSSIERS):
        states += _visit(desk, number)
    desk.store.close()
    shutil.copytree(live, closed)
    well = Filled(closed, states[-1], [])
    again = make_desk(live, MORNING)
    again.ids = CountingIds(60_000_000)
    states = [_shown(again)]
    for number in range(3):
        states += _visit(again, number)
    shutil.copytree(live, cut, ignore=shutil.ignore_patterns("*-shm"))
    again.store.close()
    for folder in (closed, cut):
        (folder / "reserve.bin").write_bytes(b"")  # its bytes say nothing; copying them takes time
    return well, Filled(cut, states[-1], states[:-1]), again.catalogue


def _visit(desk: Desk, number: int) -> list[Shown]:
    """Receive, scan, begin the next; return what was shown after each."""
    dossier = receive(desk, BIRTH, clerk=CLERK)
    states = [_shown(desk)]
    with desk.store.reading() as queries:
        part = parts_of_dossier(queries, dossier)[0]
    made = MadeScan(pdf=random.Random(number).randbytes(20_000), pages=1, dpi=300)
    attach(desk, ScanOwner(dossier_id=dossier.dossier_id), part, made)
    states.append(_shown(desk))
    save_draft(
        desk,
        draft_id=desk.ids.new_id(),
        procedure_id=BIRTH.procedure_id,
        procedure_name="Đăng ký khai sinh",
        applicant_name=BIRTH.applicant.full_name,
        state={"note": f"Ghi chú {number}"},
    )
    return [*states, _shown(desk)]


def _backups(folder: Path, chance: random.Random, times: int, found: Found) -> int:
    """Turn bits over in a backup; its check has to notice each."""
    desk = make_desk(folder / "live", MORNING)
    desk.ids = CountingIds(70_000_000)
    _run, made = create(desk, folder / "whole.qmcbak")
    found.must(all(each.ok for each in desk.backups.check(made.path)), "a whole backup is not taken for one")
    noticed = 0
    for _ in range(times):
        damaged = shutil.copy(made.path, folder / "damaged.qmcbak")
        place = _flip(chance, [Path(damaged)])
        try:
            told = not all(each.ok for each in desk.backups.check(Path(damaged)))
        except KnownError:
            told = True
        found.must(told, f"backup: {place} was not noticed")
        noticed += told
    desk.store.close()
    found.figures["bits turned over in a backup"] = f"{times}: {NOTICED} {noticed}"
    return times


def _flip(chance: random.Random, files: list[Path]) -> str:
    file = chance.choice(files)
    content = bytearray(file.read_bytes())
    bit = chance.randrange(len(content) * 8)
    content[bit // 8] ^= 1 << bit % 8
    file.write_bytes(content)
    return f"{file.name} bit {bit}"


def _judge(image: Path, filled: Filled, catalogue: Catalogue) -> str:
    told = False
    try:
        try:
            shown = _look(image, catalogue)
        except KnownError as problem:
            if problem.code != "log_damaged":
                return NOTICED
            told = True  # once; now it opens with what is left, which must be right
            shown = _look(image, catalogue)
    except KnownError:
        return NOTICED
    if shown == filled.right:
        return HARMLESS
    if shown not in filled.before:
        return WRONG
    return NOTICED if told else OLDER


def _look(image: Path, catalogue: Catalogue) -> Shown:
    """Return everything the counter shows; KnownError when it says that something is wrong."""
    desk = open_desk(image)
    desk.catalogue, desk.clock = catalogue, FixedClock(MORNING)
    try:
        with desk.store.reading() as queries:
            if problem := queries.integrity_problem():
                raise KnownError("database_damaged", detail=problem)
        return _shown(desk)
    finally:
        desk.store.close()


def _shown(desk: Desk) -> Shown:
    values: dict[str, str] = {}
    with desk.store.reading() as queries:
        last_event = queries.chain_end().seq
        for draft in queries.drafts():
            values[f"draft {draft.draft_id}"] = str(draft.state)
    for (dossier_id,) in select(desk, "SELECT dossier_id FROM dossier"):
        with desk.store.reading() as queries:
            dossier = queries.dossier(str(dossier_id))
            scans = queries.attachments(dossier_id=str(dossier_id))
        assert dossier is not None
        values[f"dossier {dossier_id}"] = digest(dossier)
        for scan in scans:
            content_of(desk, scan)
            values[f"scan {scan.attachment_id}"] = scan.sha256
    return Shown(values, last_event)
