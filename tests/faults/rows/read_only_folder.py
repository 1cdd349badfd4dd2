"""Row 5: the folder can be read and not written."""

import shutil
from pathlib import Path

from tests.faults.rows.row import Found, Size
from tests.faults.rows.small_disk import NotAllowed, read_only
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.visits import BIRTH

from counter_app.bootstrap import open_desk
from counter_app.domain.errors import KnownError
from counter_app.messages import text_of
from counter_app.services.look_up import find, open_dossier
from counter_app.services.receive_dossier import receive

_REFUSED = "database_read_only"
_WITH_LOG = {"database_read_only", "database_unreachable"}


def read_only_folder(size: Size, folder: Path) -> Found:
    """Look everything up in a folder mounted read-only; then the tests of a folder without rights."""
    count, found = size.of(20, 3), Found()
    desk = make_desk(folder / "counter", MORNING)
    codes = [receive(desk, BIRTH, clerk=CLERK).dossier_code for _ in range(count)]
    after_crash = shutil.copytree(folder / "counter", folder / "crashed")
    desk.store.close()
    try:
        with read_only(folder / "counter", folder / "closed-well") as place:
            shown = _look_up(place, codes, found)
            refused = _refusals(place, found)
        with read_only(after_crash, folder / "crashed-then-closed") as place:
            told = _open_with_log(place)
    except NotAllowed:
        found.must(kept=False, words="only root may mount a folder: run it as root")
        return found
    found.figures = {
        "dossiers found and shown, of " + str(count): shown,
        "acts refused with the words for it": refused,
        "a folder with an unfinished log, not readable without writing": told,
    }
    found.must(shown == count, "not everything could be looked up")
    found.must(told in _WITH_LOG or told == "shown", f"told as {told}")
    return found


def _look_up(place: Path, codes: list[str], found: Found) -> int:
    desk = open_desk(place, access="read")
    desk.clock = FixedClock(MORNING)
    try:
        return sum(
            open_dossier(desk, code).dossier.dossier_code == code
            and code in {row.dossier_code for row in find(desk, code)}
            for code in codes
        )
    finally:
        desk.store.close()


def _refusals(place: Path, found: Found) -> int:
    told = []
    desk = open_desk(place, access="read")
    desk.clock = FixedClock(MORNING)
    for attempt in (lambda: receive(desk, BIRTH, clerk=CLERK), lambda: open_desk(place)):
        try:
            attempt()
        except KnownError as problem:
            told.append(problem.code)
            found.must(text_of(problem) not in ("", problem.code), f"{problem.code} has no words")
    desk.store.close()
    found.must(told == [_REFUSED, _REFUSED], f"refused as {told}")
    return len(told)


def _open_with_log(place: Path) -> str:
    try:
        open_desk(place, access="read").store.close()
    except KnownError as problem:
        return problem.code
    return "shown"
