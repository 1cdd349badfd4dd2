"""Receives dossiers until it is killed, again and again: one warm process forks every victim.

    python -m tests.faults.kill_server DATA_DIR [CHECKPOINT_PAGES]

For every line on standard input (the moment the clock stands at, ISO) it forks a child and answers
"pid N". The child opens the counter and writes "CODE DIGEST" for each dossier, only after `receive`
has returned. When the child is dead it answers "dead".
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec
from tests.faults import writer_settings
from tests.helpers.builders import FixedClock
from tests.helpers.visits import BIRTH, CHILD_ANSWERS, GRANDMOTHER

from counter_app.bootstrap import open_desk
from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.dossier import Dossier
from counter_app.locations import program_data
from counter_app.services.receive_dossier import receive
from counter_app.services.visit import Visit


def digest(dossier: Dossier) -> str:
    """Return a short mark of everything in the dossier."""
    return hashlib.sha256(msgspec.json.encode(dossier, order="sorted")).hexdigest()[:16]


def _in_letters(number: int) -> str:
    """Return a name of letters alone that tells one dossier from another: names hold no digits."""
    return "".join(chr(ord("A") + int(digit)) for digit in str(number)).capitalize()


def visits(salt: int) -> Iterator[Visit]:
    """Yield birth registrations that differ from each other, half of them by a new applicant."""
    number = 0
    while True:
        number += 1
        serial = (salt * 1000 + number // 2) % 1_000_000
        yield replace(
            BIRTH,
            applicant=replace(GRANDMOTHER, personal_id=f"000159{serial:06d}", phone=f"09{serial:08d}"),
            fields={
                "ht-khai-sinh": {**CHILD_ANSWERS, "ks_ho_ten": f"Nguyễn Bùi Minh Khôi {_in_letters(number)}"}
            },
            slip_asked=number % 2 == 0,
        )


def _receive_for_ever(data_dir: Path, catalogue: FileCatalogue, moment: datetime) -> None:
    desk = open_desk(data_dir)
    desk.catalogue = catalogue
    desk.clock = FixedClock(moment)
    for visit in visits(os.getpid()):
        dossier = receive(desk, visit, clerk="Mai")
        os.write(1, f"{dossier.dossier_code} {digest(dossier)}\n".encode())


def _warm_up(data_dir: Path) -> FileCatalogue:
    """Load every module and data file the act needs; no database connection may cross the fork."""
    root = program_data()
    catalogue = FileCatalogue(root / "forms", root / "resources" / "calendars")
    desk = open_desk(data_dir)
    desk.catalogue = catalogue
    desk.clock = FixedClock()
    receive(desk, BIRTH, clerk="Mai")
    desk.store.close()
    return catalogue


def main() -> None:
    data_dir = Path(sys.argv[1])
    if sys.argv[2:]:
        writer_settings.use(checkpoint_pages=int(sys.argv[2]))
    catalogue = _warm_up(data_dir)
    os.write(1, b"ready\n")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                _receive_for_ever(data_dir, catalogue, datetime.fromisoformat(line.strip()))
            finally:
                os._exit(1)
        os.write(1, f"pid {child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()
