"""A paper is on record before it leaves: no undo, no stale window and no clock set back can untell it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import PaperTray, make_desk
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import ActRequest, AskSupplement, Extend, HandOver, Refuse, Resume, Stop
from counter_app.domain.dossier_life import Holder
from counter_app.domain.errors import EnvironmentProblem, KnownError, RuleRefusal
from counter_app.domain.period import Period
from counter_app.domain.transfer_list import ListKind, TransferList
from counter_app.services import print_lists, transfer_lists
from counter_app.services.acts.correct_intake import correct_intake
from counter_app.services.acts.perform import perform
from counter_app.services.acts.undo import undo
from counter_app.services.desk import Desk
from counter_app.services.look_up import open_dossier
from counter_app.services.paper_content import PaperSize
from counter_app.services.ports import SENDING
from counter_app.services.print_papers import print_paper, save_paper
from counter_app.services.receive_dossier import receive
from counter_app.services.visit_of_dossier import visit_to_correct

ASK = AskSupplement(items=("Giấy chứng nhận kết hôn",), reason="Còn thiếu")
TELLING: tuple[tuple[ActRequest, str], ...] = (
    (ASK, "supplement"),
    (HandOver(to=Holder(name="Bùi Văn Công")), "control"),
    (Refuse(reasons=("Không thuộc thẩm quyền",)), "refusal"),
    (Stop(reasons=("Theo đề nghị",), decided_by="Chủ tịch UBND xã"), "stop"),
    (Extend(reason="Chờ xác minh", time="3wd", late_reason="Muộn"), "apology"),
    (Extend(reason="Chờ xác minh", time="3wd", late_reason="Muộn"), "slip"),
)


class MeddlingPrinter(PaperTray):
    """Lets something else happen while a paper is in the printer."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    def print_pdf(self, pdf: bytes, *, printer_name: str, size: PaperSize, title: str) -> None:
        self.meanwhile()
        super().print_pdf(pdf, printer_name=printer_name, size=size, title=title)


class SecondFails(PaperTray):
    """Prints one copy, then has no paper left."""

    def print_pdf(self, pdf: bytes, *, printer_name: str, size: PaperSize, title: str) -> None:
        self.failing = bool(self.printed)
        super().print_pdf(pdf, printer_name=printer_name, size=size, title=title)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    return receive(desk, replace(BIRTH, slip_asked=True), clerk="Mai")


def refused(desk: Desk, dossier: Dossier) -> str:
    try:
        undo(desk, dossier.dossier_id)
    except KnownError as problem:
        return problem.code
    return ""


def outcomes(desk: Desk, subject_id: str) -> list[str]:
    with desk.store.reading() as queries:
        return [each.outcome for each in queries.prints(subject_id)]


def handed_over(desk: Desk, dossier: Dossier) -> TransferList:
    entries = [transfer_lists.ListEntry(dossier_id=dossier.dossier_id)]
    return transfer_lists.make_list(desk, ListKind.HAND_OVER, entries, to=Holder(name="Bùi Văn Công")).made


@pytest.mark.parametrize(("request_", "paper"), TELLING)
def test_nothing_is_undone_while_its_paper_prints(
    desk: Desk, dossier: Dossier, request_: ActRequest, paper: str
) -> None:
    changed = perform(desk, dossier.dossier_id, request_)
    during: list[str] = []
    desk.printer = MeddlingPrinter(lambda: during.append(refused(desk, changed)))
    print_paper(desk, changed, paper)
    assert during == ["paper_handed_out"]
    assert outcomes(desk, dossier.dossier_id) == ["printed"]
    assert refused(desk, changed) == "paper_handed_out"


@pytest.mark.parametrize(("request_", "paper"), TELLING)
def test_a_clock_set_back_unprints_nothing(
    desk: Desk, dossier: Dossier, request_: ActRequest, paper: str
) -> None:
    changed = perform(desk, dossier.dossier_id, request_)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(minutes=-3)
    assert print_paper(desk, changed, paper).copy_no == 1
    assert print_paper(desk, changed, paper).copy_no == 2
    with pytest.raises(RuleRefusal, match="paper_handed_out"):
        undo(desk, dossier.dossier_id, clock_confirmed=True)


def test_a_paper_of_before_the_act_does_not_bind_it(desk: Desk, dossier: Dossier) -> None:
    print_paper(desk, dossier, "slip")
    perform(desk, dossier.dossier_id, TELLING[-1][0])  # told on the slip too; that slip is of before
    assert refused(desk, dossier) == ""


def test_a_program_that_died_printing_leaves_the_paper_possibly_out(desk: Desk, dossier: Dossier) -> None:
    changed = perform(desk, dossier.dossier_id, ASK)

    def die() -> None:
        raise KeyboardInterrupt

    desk.printer = MeddlingPrinter(die)
    with pytest.raises(KeyboardInterrupt):
        print_paper(desk, changed, "supplement")
    assert outcomes(desk, dossier.dossier_id) == [SENDING]
    assert refused(desk, changed) == "paper_handed_out"
    desk.printer = PaperTray()
    assert print_paper(desk, changed, "supplement").copy_no == 2
    assert outcomes(desk, dossier.dossier_id) == [SENDING, "printed"]


def test_a_printer_that_failed_leaves_the_act_undoable(desk: Desk, dossier: Dossier) -> None:
    changed = perform(desk, dossier.dossier_id, ASK)
    assert isinstance(desk.printer, PaperTray)
    desk.printer.failing = True
    with pytest.raises(EnvironmentProblem):
        print_paper(desk, changed, "supplement")
    assert refused(desk, changed) == ""


def test_a_stale_window_prints_nothing(desk: Desk, dossier: Dossier) -> None:
    asked = perform(desk, dossier.dossier_id, ASK)
    undo(desk, dossier.dossier_id)
    visit = replace(visit_to_correct(desk, dossier), copies=2)
    correct_intake(desk, dossier.dossier_id, visit, reason="Nhầm")
    written: list[object] = []
    for seen, paper in ((asked, "supplement"), (dossier, "slip")):
        with pytest.raises(RuleRefusal, match="dossier_changed_meanwhile"):
            print_paper(desk, seen, paper)
        with pytest.raises(RuleRefusal, match="dossier_changed_meanwhile"):
            save_paper(desk, seen, paper, written.append)
    assert isinstance(desk.printer, PaperTray)
    assert (desk.printer.printed, written, outcomes(desk, dossier.dossier_id)) == ([], [], [])


def test_two_windows_do_not_both_print_the_first_copy(desk: Desk, dossier: Dossier) -> None:
    copies: list[int] = []
    others = PaperTray()

    def other_window() -> None:
        desk.printer = others
        copies.append(print_paper(desk, dossier, "slip").copy_no)

    desk.printer = MeddlingPrinter(other_window)
    copies.append(print_paper(desk, dossier, "slip").copy_no)
    assert copies == [2, 1]


def test_a_request_made_anew_is_a_first_copy_whatever_the_clock_says(desk: Desk, dossier: Dossier) -> None:
    first = perform(desk, dossier.dossier_id, ASK)
    print_paper(desk, first, "supplement")
    perform(desk, dossier.dossier_id, Resume())
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(minutes=-3)
    second = perform(
        desk, dossier.dossier_id, replace(ASK, repeat_reason="Văn bản mới"), clock_confirmed=True
    )
    assert print_paper(desk, second, "supplement:1").copy_no == 2
    assert print_paper(desk, second, "supplement").copy_no == 1


def test_a_list_whose_second_copy_failed_says_so(desk: Desk, dossier: Dossier) -> None:
    made = handed_over(desk, dossier)
    desk.printer = SecondFails()
    with pytest.raises(EnvironmentProblem):
        print_lists.print_list(desk, made.list_id)
    assert outcomes(desk, made.list_id) == ["printed", "failed"]
    with desk.store.reading() as queries:
        found = queries.failed_papers(Period.of_day(MORNING.date()))
    assert [each.dossier_id for each in found.items] == [made.list_id]


def test_a_dossier_is_not_taken_off_a_list_that_prints(desk: Desk, dossier: Dossier) -> None:
    made = handed_over(desk, dossier)
    during: list[str] = []
    desk.printer = MeddlingPrinter(lambda: during.append(refused(desk, dossier)))
    print_lists.print_list(desk, made.list_id)
    assert set(during) == {"paper_handed_out"}
    assert outcomes(desk, made.list_id) == ["printed", "printed"]
    assert open_dossier(desk, dossier.dossier_code).dossier.life.holder is not None
