"""Pictures of the sync screen of both counters, drawn by a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.demo.cast import Cast

_SIZE = (1366, 768)


def sync_pictures(cast: Cast) -> None:
    """Draw the sync screens as they stand now."""
    places = [str(counter.folder / "data") for counter in cast.counters]
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo.pictures", str(cast.out), *places],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    made = [cast.out / f"sync-counter-{counter.number}.png" for counter in cast.counters]
    there = done.returncode == 0 and all(picture.stat().st_size > 10_000 for picture in made)
    cast.story.check(f"the sync screens are drawn: {', '.join(picture.name for picture in made)}", there)


def draw(out: Path, data_dirs: list[Path]) -> None:
    """Open the window on each counter's data and save its list of what to look at."""
    from PySide6.QtWidgets import QApplication

    from counter_app.bootstrap import open_desk
    from counter_app.locations import program_data
    from counter_app.ui.app import make_window
    from counter_app.ui.appearance import Appearance
    from counter_app.ui.operations import Operations

    application = QApplication([])
    resources, look = program_data() / "resources", Appearance()
    for data_dir in data_dirs:
        desk = open_desk(data_dir, access="write")
        window = make_window(application, resources, look, Operations.synchronous())
        window.resize(*_SIZE)
        window.attach(desk)
        window.show()
        window.open_screen("sync", list="review")
        for _turn in range(6):
            application.processEvents()
        window.grab().save(str(out / f"sync-counter-{desk.settings.counter.number}.png"))
        window.close()
        desk.store.close()


if __name__ == "__main__":
    draw(Path(sys.argv[1]), [Path(place) for place in sys.argv[2:]])
