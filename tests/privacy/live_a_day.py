"""A whole day of a counter in a process of its own; run by `test_whole_day`, which says where.

`python -m tests.privacy.live_a_day HOME OUTSIDE SERVER_URL ENROL_CODE`: every folder the program could write
to lies below HOME, and what a clerk takes away on purpose (papers, lists, the printer's spool) below OUTSIDE.
Twice, with the database open and after the end, everything below HOME is searched; what was found, and what
other programs were started with, is printed as JSON.
"""

import io
import json
import logging
import os
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.devices.scan_samples import picture_bytes, text_page
from tests.helpers import visits
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.hostile.scene_people import OtherPeople
from tests.privacy.open_text import Finder, Leak
from tests.privacy.watched_folder import WatchedFolder

DECOY = "planted"
NAMES = ("Quách Ngưỡng Xuyềnh", "Lò Thị Ẳm Khoằm", "Giàng Pờ Chẩu Xoè", "Ngô Quỳnh Ộp Ẹt", "Mã Thị Xoắn")
IDS = ("017159887311", "017194776422", "017091665533")
PHONE, EMAIL = "0968375912", "xuyenh.khoam@thu.example.vn"
PLACE = "Xóm Khoằm Xoắn, xã Trung Minh, tỉnh Phú Thọ"
# Each is in a name, an address or a number, and in nothing else of this world.
WORDS = ("Xuyềnh", "Khoằm", "Chẩu Xoè", "Ộp Ẹt", "Xoắn", *IDS, PHONE, "xuyenh.khoam")


def _person(place: int, like: Any) -> Any:
    return replace(
        like, full_name=NAMES[place], personal_id=IDS[place], address=PLACE, phone=PHONE, email=EMAIL
    )


PEOPLE = OtherPeople(
    applicant=_person(0, visits.GRANDMOTHER),
    mother=_person(1, visits.MOTHER),
    father=_person(2, visits.FATHER),
    child=NAMES[3],
    place=PLACE,
    agency="Chi nhánh Văn phòng đăng ký đất đai",
    clerk="Trần Thị Mai",
)


class Day:
    """What happens, and what is found."""

    def __init__(self, home: Path, outside: Path) -> None:
        self.home, self.outside = home, outside
        self.data = home / "share" / "counter"
        self.started: list[str] = []
        self.temporary = WatchedFolder(Path(tempfile.gettempdir()))
        self.finder = Finder(WORDS)
        self.leaks: list[Leak] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
            self.started.append(repr((arguments, dict(os.environ))))

    def search(self) -> None:
        """Look everywhere below home."""
        self.leaks += self.finder.in_folder(self.home)

    def command(self, *words: str, data: Path | None = None) -> Any:
        """Run one command of the program in this process, as its console would."""
        from counter_app import bootstrap
        from counter_app.cli.run import run_command

        said = io.StringIO()
        with redirect_stdout(said):
            line = ["--data-dir", str(data or self.data), "--json", "--now", "2026-11-23T16:00:00", *words]
            code = run_command(line, default_data_dir=self.data, doors=bootstrap.doors())
        if code:
            raise AssertionError(f"{words[0]}: exit code {code}")
        return json.loads(said.getvalue() or "null")


def in_the_window(day: Day) -> None:
    """Everything the window can do, then an error nobody foresaw that has a name in it."""
    from PySide6.QtWidgets import QApplication
    from tests.screenshots import make_screenshots

    from counter_app import bootstrap, program_log
    from counter_app.devices.platform.qt_printer import QtPrinter
    from counter_app.ui.app import make_window
    from counter_app.ui.appearance import Appearance
    from counter_app.ui.operations import Operations

    application = QApplication([])
    desk = make_desk(day.data, MORNING)
    program_log.start_log(day.data)
    program_log.watch_faults(day.data)
    desk.printer = QtPrinter(day.outside / "spool")
    for module, word, value in PEOPLE.in_scenes():
        setattr(module, word, value)
    window = make_window(
        application, bootstrap.program_data() / "resources", Appearance(), Operations.synchronous()
    )
    window.resize(1366, 768)
    window.attach(desk)
    window.show()
    received = make_screenshots.fill(desk)
    for scene in make_screenshots.scenes(window, received):
        if scene == "scans":
            day.search()  # in the middle: a draft, a scan, the log of the database is full
    _go_wrong(window.operations.run_command)
    application.processEvents()
    window.close()
    desk.store.close()


def _go_wrong(run: Callable[..., object]) -> None:
    """An act that dies with a citizen's name in its error and in what was logged about it."""

    def act() -> None:
        logging.getLogger("counter_app.somewhere").warning("no room for %s", NAMES[0])
        raise ValueError(f"{NAMES[0]} {IDS[0]} {PHONE}")

    run(act)


def on_the_line(day: Day, url: str, code: str) -> None:
    """A second counter: receives, scans, sends to a real server, backs up, is asked for support, closes."""
    data, papers = day.home / "share" / "second", day.outside / "papers"
    desk = make_desk(data, MORNING, counter=2)
    desk.store.close()
    answers = day.outside / "answers.json"
    told = {"applicant": {"phone": PHONE, "email": EMAIL}, "fields": {"ht-khai-sinh": PEOPLE.answers}}
    answers.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    cards = [
        w for p in (PEOPLE.applicant, PEOPLE.mother, PEOPLE.father) for w in ("--card", visits.card_text(p))
    ]
    words = ("receive", "--procedure", visits.BIRTH.procedure_id, "--case", visits.BIRTH.case_id)

    def run(*said: str) -> Any:
        return day.command(*said, data=data)

    dossier = run(*words, "--answers", str(answers), *cards, "--slip", "--out", str(papers))["dossier_code"]
    paper = day.outside / f"{NAMES[0]}.png"
    paper.write_bytes(picture_bytes(text_page(1654, 2339), "PNG", 200))
    run("scans", "add", dossier, "giay_chung_sinh", str(paper))
    run("scans", "export", dossier, "--out", str(papers))
    run("find", NAMES[0])
    run("show", dossier)
    run("enrol", "--server", url, "--code", code)
    sent = run("sync", "--once")
    assert sent["ok"], sent
    assert sent["sent"] >= 1
    run(*words, "--answers", str(answers), *cards, "--out", str(papers))
    stick = day.home / "stick"
    stick.mkdir()
    run("carry", "--scans", "export", str(stick / "up.qmc"))
    run("lists", "hand-over", dossier, "--to", NAMES[4], "--out", str(papers / "list.pdf"))
    run("report", "register", "--out", str(papers / "register.xlsx"))
    run("backup", "create", str(day.home / "counter.backup"))
    run("support", "bundle", str(day.home / "support.zip"))
    with suppress(AssertionError):
        run("doctor")
    findings = run("day", "findings")
    carried = {each["kind"]: NAMES[1] for each in findings["findings"] if each["blocks"]}
    reasons = day.outside / "reasons.json"
    reasons.write_text(json.dumps(carried, ensure_ascii=False), encoding="utf-8")
    run("day", "close", "--cash", "0", "--carry", str(reasons), "--out", str(papers / "day.pdf"))


def plant(day: Day) -> None:
    """Do once what may never happen: a search that does not tell of this has searched nothing."""
    (day.home / DECOY).write_bytes(b"junk" + zlib.compress(NAMES[0].encode("utf-16-le") * 3))
    (Path(tempfile.gettempdir()) / DECOY).touch()
    (Path(tempfile.gettempdir()) / DECOY).unlink()
    subprocess.run([sys.executable, "-c", "pass", DECOY], check=True)


def main() -> None:
    """Live through the day and tell what it left."""
    home, outside, url, code = Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]
    logging.getLogger("counter_app.cli").addHandler(logging.StreamHandler())  # tells why a command died
    day = Day(home, outside)
    plant(day)
    in_the_window(day)
    on_the_line(day, url, code)
    day.search()
    told = {
        "leaks": sorted({f"{leak.word} in {leak.where}" for leak in day.leaks}),
        "started": day.started,
        "temporary": day.temporary.made(),
        "files": sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()),
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
