"""Renders every screen with invented citizens; run from the root of the project.

The pictures of the clerk's guide (`GUIDE_SCENES`: Vietnamese, light, 1366×768) go to
docs/clerk-guide/images; everything, in every language, colours and size, goes to out/screenshots.
With --guide only the guide's look is rendered.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from PIL import Image  # noqa: E402
from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from tests.helpers.builders import MORNING, FixedClock, make_dossier, make_person  # noqa: E402
from tests.helpers.desks import PaperTray, make_desk  # noqa: E402
from tests.helpers.later_versions import add_successor  # noqa: E402
from tests.helpers.packs import PackMaker  # noqa: E402
from tests.helpers.people_at_desk import PASSWORD_OF_MAI  # noqa: E402
from tests.helpers.visits import (  # noqa: E402
    BIRTH,
    CERTIFIED_COPY,
    CHILD_ANSWERS,
    FATHER,
    GRANDMOTHER,
    MOTHER,
    card_text,
)
from tests.screenshots.act_scenes import act_scenes, return_scenes  # noqa: E402
from tests.screenshots.counter_scenes import (  # noqa: E402
    correction_scene,
    list_scenes,
    notice_scenes,
    people_scenes,
    scan_scenes,
)
from tests.screenshots.queue_scenes import citizen_scenes, in_front, queue_scenes  # noqa: E402
from tests.screenshots.report_scenes import report_scenes  # noqa: E402
from tests.screenshots.session_scenes import session_scenes  # noqa: E402
from tests.screenshots.sync_scenes import sync_scenes  # noqa: E402
from tests.screenshots.trust_scenes import start_scenes, trust_scenes  # noqa: E402

from counter_app.bootstrap import open_desk  # noqa: E402
from counter_app.domain.dossier import Dossier  # noqa: E402
from counter_app.domain.dossier_status import DossierStatus  # noqa: E402
from counter_app.services import intake_drafts, print_papers  # noqa: E402
from counter_app.services.desk import Desk  # noqa: E402
from counter_app.services.install_pack import trust_root  # noqa: E402
from counter_app.services.receive_dossier import receive  # noqa: E402
from counter_app.ui.app import make_window  # noqa: E402
from counter_app.ui.appearance import Appearance  # noqa: E402
from counter_app.ui.first_run.view import FirstRunView  # noqa: E402
from counter_app.ui.intake.view import IntakeScreen  # noqa: E402
from counter_app.ui.main_window import MainWindow  # noqa: E402
from counter_app.ui.operations import Operations  # noqa: E402
from counter_app.ui.settings.scan_report import TEST_CARD  # noqa: E402
from counter_app.ui.window_keys import show_keys  # noqa: E402

GUIDE = ROOT / "docs" / "clerk-guide" / "images"
OUT = ROOT / "out" / "screenshots"
AFTERNOON = MORNING.replace(hour=15, minute=10)
SIZES = ((1366, 768), (1920, 1080))
GUIDE_SCENES = {
    "first-run",
    "intake",
    "why-this-date",
    "notice",
    "correction",
    "dossiers",
    "dossier",
    "act-supplement",
    "act-extend",
    "scans",
    "returns",
    "returns-wrong-card",
    "lists",
    "drafts",
    "work",
    "people",
    "queue",
    "citizen-reading",
    "citizen-rating",
    "reports-day",
    "reports-figures",
    "procedures",
    "posting",
    "data-pack-preview",
    "settings-fees",
    "promise-changes",
    "sync-waiting",
    "sync-offline",
    "sync-held",
    "sync-review",
    "sync-seal",
    "scanner-test",
    "key-card",
    "first-run-password",
    "sign-in",
    "lock",
    "switch",
    "shift",
    "unlock-account",
    "settings-accounts",
    "settings-keys",
    "settings-backup",
    "restore-confirm",
    "start-damaged",
    "audit",
    "personal-data-citizen",
    "settings-support",
    "crash",
}
_NAMES = (
    "Đặng Thị Ngọc Hường",
    "Bùi Văn Thắng",
    "Hà Văn Quý",
    "Công Tằng Tôn Nữ Thị Phương Thảo Nguyên Hạnh",
    "Lò Thị Xuân",
)
# A family nobody has met yet: grandmother, mother, father.
_FAMILY = (
    replace(GRANDMOTHER, full_name="Bùi Thị Thơm", personal_id="017157002217", birth_date="1957-06-21"),
    replace(MOTHER, full_name="Quách Thị Lan", personal_id="017195003318", birth_date="1995-10-02"),
    replace(FATHER, full_name="Hà Văn Tuấn", personal_id="017092004419", birth_date="1992-01-30"),
)
_STATUSES = (
    DossierStatus.RECEIVED,
    DossierStatus.PROCESSING,
    DossierStatus.AWAITING_SUPPLEMENT,
    DossierStatus.RESOLVED,
    DossierStatus.RETURNED,
)


def fill(desk: Desk) -> Dossier:
    """Put invented dossiers and drafts on the desk; return one received through the real use case."""
    with desk.store.writing() as transaction:
        for number in range(1, 31):
            at = MORNING - timedelta(days=(30 - number) // 3, minutes=9 * (number % 7))
            person = make_person(number, full_name=_NAMES[number % 5])
            dossier = make_dossier(number, received_at=at, applicant=person, people={"mother": person})
            transaction.add_dossier(replace(dossier, status=_STATUSES[number % 5]))
            transaction.remember_person(person, at, "card")
    received = receive(desk, BIRTH, clerk=desk.settings.clerk)
    for paper in print_papers.papers_to_hand_out(received) or (print_papers.SLIP,):
        print_papers.print_paper(desk, received, paper)
    receive(desk, CERTIFIED_COPY, clerk=desk.settings.clerk)
    for number, (who, what) in enumerate((("Đinh Thị Sen", "Đăng ký khai tử"), ("", "Đăng ký kết hôn"))):
        intake_drafts.save_draft(
            desk,
            draft_id=f"draft-{number}",
            procedure_id="",
            procedure_name=what,
            applicant_name=who,
            state={},
        )
    return received


def scenes(window: MainWindow, received: Dossier) -> Iterator[str]:
    """Bring the window to one scene after another, yielding the name of each."""
    assert window.live is not None
    scan: Callable[[str], None] = window.live.scanning.router.route
    yield "intake-empty"
    window.open_screen("intake", new="1")
    window.open_screen("intake", procedure_id="dang-ky-khai-sinh")
    for person in _FAMILY:
        scan(card_text(person))
    yield "intake-asking"
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    screen.setFocus()  # a field the clerk is in keeps the clerk's own text
    for key, value in (CHILD_ANSWERS | {"ks_ho_ten": "Hà Minh Khôi"}).items():
        screen.presenter.answer("ht-khai-sinh", key, value)
    for part in BIRTH.parts:
        screen.presenter.tick_part(part.part_id, True)
    screen.go_to_next_missing()
    yield "intake"
    _set_clock(window, AFTERNOON)
    screen.presenter.tick()
    screen.outcome.promise.why.click()
    yield "why-this-date"
    _set_clock(window, MORNING)
    screen.presenter.tick()
    yield from notice_scenes(window)
    yield from work_scenes(window)
    window.open_screen("drafts")
    yield "drafts"
    window.open_screen("dossiers")
    yield "dossiers"
    window.open_screen("dossiers", text="huong")
    yield "dossiers-search"
    window.open_screen("dossiers", text="không có ai")
    yield "dossiers-none"
    yield from people_scenes(window)
    window.open_screen("dossier", dossier_code=received.dossier_code)
    yield "dossier"
    yield from act_scenes(window, received)
    yield from scan_scenes(window, received)
    yield from correction_scene(window, received)
    yield from return_scenes(window)
    yield from list_scenes(window)
    window.open_screen("procedures", procedure_id="dang-ky-khai-sinh")
    yield "procedures"
    yield from catalogue_scenes(window)
    yield from queue_scenes(window)
    yield from report_scenes(window)
    yield from citizen_scenes(window, received)
    for page in (
        "office",
        "counter",
        "printer",
        "paper_scanner",
        "look",
        "fees",
        "times",
        "sessions",
        "contact",
        "queue",
        "scanner",
    ):
        window.open_screen("settings", page=page)
        yield f"settings-{page}"
    scan(TEST_CARD)
    yield "scanner-test"
    yield from sync_scenes(window)
    window.open_screen("dossiers", text="")
    window.live.top_bar.search.open_empty()
    window.live.top_bar.search.setText("huong")
    window.live.top_bar.search.ask_now()
    yield "quick-search"
    window.live.top_bar.search.close_list()
    window.open_screen("intake")
    show_keys(window)
    yield "key-card"
    yield from session_scenes(window)
    yield from trust_scenes(window)


def work_scenes(window: MainWindow) -> Iterator[str]:
    """Today's work: a list with ticks, the question before an act on many, a list with nothing on it."""
    from counter_app.ui.work.many import ManyAct
    from counter_app.ui.work.view import WorkScreen

    window.open_screen("work", list="late")
    screen = window.current_screen()
    assert isinstance(screen, WorkScreen)
    screen.presenter.tick([row.dossier_id for row in screen.presenter.state.rows[:3]], True)
    yield "work"
    screen.ask(ManyAct.EXTEND)
    yield "work-extend"
    screen.escape()
    screen.escape()
    window.open_screen("work", list="waiting_payment")
    yield "work-nothing"


def catalogue_scenes(window: MainWindow) -> Iterator[str]:
    """Another day, an expired procedure, posting, data packs, notices and the switch at midnight."""
    from counter_app.ui.data_packs.view import DataPacksScreen
    from counter_app.ui.procedures.view import ProceduresScreen

    screen = window.current_screen()
    assert isinstance(screen, ProceduresScreen)
    screen.look_at(date(2027, 3, 1))
    yield "procedures-another-day"
    screen.look_at(None)
    window.open_screen("procedures", trait="expired")
    screen.page.override_button.click()
    yield "procedures-expired"
    screen.escape()
    screen.escape()
    window.open_screen("posting", sector="Hộ tịch")
    yield "posting"
    window.open_screen("data_packs")
    yield "data-packs"
    packs = window.current_screen()
    assert isinstance(packs, DataPacksScreen)
    with tempfile.TemporaryDirectory() as folder:
        window.open_screen("data_packs", file=_new_law(window, Path(folder)))
        yield "data-pack-preview"
    packs.escape()
    yield from promise_scene(window)
    window.open_screen("intake", new="1", procedure_id="dang-ky-khai-sinh")
    _set_clock(window, datetime(2027, 3, 1, 8, 0, tzinfo=MORNING.tzinfo))
    window.begin_daily()
    assert window.daily is not None
    window.daily.notices.look()
    window.catalogue_changed()
    yield "intake-expired"
    _set_clock(window, MORNING)
    window.catalogue_changed()
    window.daily.notices.look()


def promise_scene(window: MainWindow) -> Iterator[str]:
    """Promises moved by new opening hours: the office now closes on Fridays."""
    from counter_app.services.office_values import enter_value, take_back

    assert window.workspace is not None
    desk = window.workspace.desk
    hours = ["07:30-11:30", "13:30-17:30"]
    days = ["mon", "tue", "wed", "thu"]
    patterns = [{"working_weekdays": days, "sessions": dict.fromkeys(days, hours)}]
    enter_value(desk, "sessions", patterns, MORNING.date(), "Thông báo 12/TB-UBND")
    window.open_screen("promise_changes")
    yield "promise-changes"
    take_back(desk, "sessions", MORNING.date())


def _new_law(window: MainWindow, folder: Path) -> Path:
    """Return a pack whose birth registration changes on 1/3/2027, signed with a key of this run."""
    assert window.workspace is not None
    maker = PackMaker.below(folder)
    trust_root(window.workspace.desk, maker.roots[0])
    shutil.copytree(ROOT / "forms", folder / "content" / "forms")
    edits = [
        ("name: Đăng ký khai sinh", "name: Đăng ký khai sinh theo Luật Hộ tịch mới"),
        ("amount_vnd: 8000", "amount_vnd: 10000"),
    ]
    first = date(2027, 3, 1)
    add_successor(folder / "content" / "forms", "procedures", "dang-ky-khai-sinh", first, edits)
    add_successor(folder / "content" / "forms", "templates", "ht-khai-sinh", first)
    return maker.make(folder / "content", "2027.2.1")


def _set_clock(window: MainWindow, moment: datetime) -> None:
    assert window.workspace is not None
    window.workspace.desk.clock = FixedClock(moment)


def first_run_scenes(wizard: FirstRunView) -> Iterator[str]:
    """Walk through the first run."""
    yield "first-run-empty"
    values = (
        ("unit_code", "H29.12"),
        ("name", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH"),
        ("parent_name", "ỦY BAN NHÂN DÂN XÃ TRUNG MINH"),
        ("commune", "xã Trung Minh"),
        ("province", "Phú Thọ"),
    )
    for name, value in values:
        getattr(wizard.pages[0], name).set_value(value)
    yield "first-run"
    wizard.go_on()
    wizard.pages[1].clerk.set_value("Trần Thị Mai")  # type: ignore[attr-defined]
    yield "first-run-counter"
    wizard.go_on()
    page = wizard.administrator
    for field in (page.password, page.again):
        field.setText(PASSWORD_OF_MAI)
    page.strength.look()
    yield "first-run-password"
    wizard.go_on()
    yield "first-run-printer"
    wizard.go_on()
    yield "first-run-scanner"
    wizard.go_on()
    yield "first-run-finish"
    wizard.go_on()
    yield "first-run-sheet"


def save(widget: QWidget, path: Path) -> None:
    """Write a small picture of the widget."""
    drawn = QEventLoop()
    QTimer.singleShot(
        1200 if path.stem in ("intake", "intake-asking", "why-this-date") else 30, drawn.quit
    )  # previews come late
    drawn.exec()
    for _turn in range(6):
        QApplication.processEvents()
    path.parent.mkdir(parents=True, exist_ok=True)
    widget.grab().save(str(path))
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def keep(widget: QWidget, scene: str, folder: Path, *, guide: bool) -> None:
    """Save a scene, and copy it to the guide where that shows it."""
    save(widget, folder / f"{scene}.png")
    if guide and scene in GUIDE_SCENES:
        shutil.copyfile(folder / f"{scene}.png", GUIDE / f"{scene}.png")


def shoot(
    application: QApplication,
    look: Appearance,
    size: tuple[int, int],
    folder: Path,
    data: Path,
    *,
    guide: bool,
) -> int:
    """Render every scene in one look; return how many pictures were made."""
    count = 0
    crashes: list[Exception] = []
    for name, first_run in (("counter", False), ("new", True)):
        desk = open_desk(data / name, access="create") if first_run else make_desk(data / name, MORNING)
        desk.clock = FixedClock(MORNING)
        desk.printer = PaperTray()
        received = None if first_run else fill(desk)
        window = make_window(application, ROOT / "resources", look, Operations.synchronous())
        window.operations.crashed.connect(crashes.append)
        window.resize(*size)
        window.attach(desk)
        window.show()
        window.activateWindow()
        wizard = window.stack.currentWidget()
        if received is not None:
            steps = scenes(window, received)
        else:
            assert isinstance(wizard, FirstRunView)
            steps = first_run_scenes(wizard)
        for scene in steps:
            keep(in_front(window), scene, folder, guide=guide)
            count += 1
        window.close()
        desk.store.close()
    if crashes:
        raise crashes[0]

    def begun() -> MainWindow:
        window = make_window(application, ROOT / "resources", look, Operations.synchronous())
        window.resize(*size)
        return window

    for window, scene in start_scenes(begun):
        keep(window, scene, folder, guide=guide)
        count += 1
    return count


def main() -> None:
    """Render everything."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    only_guide = "--guide" in sys.argv
    total = 0
    for language in ("vi", "en"):
        for scheme in ("light", "dark"):
            for size in SIZES:
                guide = (language, scheme, size) == ("vi", "light", SIZES[0])
                if only_guide and not guide:
                    continue
                folder = OUT / f"{language}-{scheme}-{size[0]}"
                look = Appearance(language=language, scheme=scheme)
                with tempfile.TemporaryDirectory() as data:
                    total += shoot(application, look, size, folder, Path(data), guide=guide)
    sys.stdout.write(f"{total} pictures\n")


if __name__ == "__main__":
    main()
