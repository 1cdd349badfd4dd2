"""The counter a scenario plays at, and what the steps remember of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.helpers.builders import VIETNAM, FixedClock
from tests.helpers.clerk import Clerk
from tests.helpers.desks import PaperTray, make_desk
from tests.helpers.visits import BIRTH, CHILD_ANSWERS
from tests.printing.paper_reading import all_text

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import KnownError
from counter_app.domain.person import Person, Sex
from counter_app.locations import program_data
from counter_app.services.desk import Desk
from counter_app.services.print_papers import Paper, papers_to_hand_out, print_paper
from counter_app.services.receive_dossier import receive
from counter_app.services.visit import Visit

SINGLE_MAN = Person(
    full_name="Hà Văn Sơn",
    personal_id="017095003141",
    birth_date="1995-08-20",
    sex=Sex.MALE,
    address="Xóm Ngọc, xã Trung Minh, tỉnh Phú Thọ",
)


@dataclass
class Counter:
    """One counter of the invented commune; steps read and change it."""

    folder: Path
    desk: Desk
    clerk: Clerk | None = None
    slip_asked: bool = False
    override_reason: str = ""
    dossier: Dossier | None = None
    error: KnownError | None = None
    printed: list[Paper] = field(default_factory=list)
    scanned: Mapping[str, object] = field(default_factory=dict)

    @property
    def tray(self) -> PaperTray:
        tray = self.desk.printer
        assert isinstance(tray, PaperTray)
        return tray

    @property
    def received(self) -> Dossier:
        assert self.dossier is not None
        return self.dossier

    @property
    def worker(self) -> Clerk:
        assert self.clerk is not None
        return self.clerk

    def receive(self, visit: Visit) -> None:
        visit = replace(visit, slip_asked=self.slip_asked, override_reason=self.override_reason)
        try:
            self.dossier = receive(self.desk, visit, clerk=self.desk.settings.clerk)
        except KnownError as error:
            self.error = error

    def print_all(self) -> None:
        for name in papers_to_hand_out(self.received):
            try:
                self.printed.append(print_paper(self.desk, self.received, name))
            except KnownError as error:
                self.error = error

    def slip_text(self) -> str:
        """Print the slip, as the counter does where the rule or the citizen wants one."""
        return all_text(print_paper(self.desk, self.received, "slip").pdf)

    def restart(self) -> None:
        """The computer is switched on again."""
        self.desk.store.close()
        clock = self.desk.clock
        self.desk = make_desk(self.folder, clock.now())


def open_counter(folder: Path, moment: datetime) -> Counter:
    return Counter(folder=folder, desk=make_desk(folder, moment))


def moment_of(hour: str, day: str) -> datetime:
    """Read "10:45" and "23/11/2026"."""
    return datetime.strptime(f"{day} {hour}", "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def set_clock(desk: Desk, moment: datetime) -> None:
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.moment = moment


def single_status_visit(fee_vnd: int) -> Visit:
    """A request for a certificate of marital status, answered like the shipped example."""
    example = program_data() / "forms/templates/ht-xac-nhan-tinh-trang-hon-nhan/examples/plain.json"
    answers = json.loads(example.read_text(encoding="utf-8"))["answers"]
    return Visit(
        procedure_id="cap-giay-xac-nhan-tinh-trang-hon-nhan",
        case_id="cap-moi",
        applicant=SINGLE_MAN,
        fields={"ht-xac-nhan-tinh-trang-hon-nhan": answers},
        entered_amounts={"le_phi_xac_nhan_tinh_trang_hon_nhan": fee_vnd},
    )


def birth_visit(moment: datetime) -> Visit:
    """A grandmother registers a child born eight days before, well within the sixty days."""
    born = (moment - timedelta(days=8)).date().isoformat()
    return replace(BIRTH, fields={"ht-khai-sinh": CHILD_ANSWERS | {"ks_ngay_sinh": born}})
