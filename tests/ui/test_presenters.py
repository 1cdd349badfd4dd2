"""What screens say and decide, without showing one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.helpers.builders import MORNING, make_dossier, make_person

from counter_app.domain.due_date import Promise, PromiseDay
from counter_app.domain.errors import KnownError
from counter_app.services.desk import Desk
from counter_app.services.local_fees import province_fees
from counter_app.services.sync.overview import SyncBadge
from counter_app.services.sync.standing import Age, Standing
from counter_app.ui.dossier_list.presenter import PAGE, ListPresenter
from counter_app.ui.dossier_list.state import ListState
from counter_app.ui.operations import Operations
from counter_app.ui.procedures.presenter import fee_words, time_words
from counter_app.ui.quick_search import search
from counter_app.ui.settings.scan_report import TEST_CARD, report
from counter_app.ui.settings.values_presenter import ValuesPresenter
from counter_app.ui.sync_status.words import badge_words
from counter_app.ui.widgets.promise_words import explanation, headline
from counter_app.ui.workspace import Notice, Workspace


class QuietShell:
    """Remembers what screens ask of the window."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.opened: list[tuple[str, dict[str, object]]] = []

    def notify(self, notice: Notice) -> None:
        self.notices.append(notice)

    def show_error(self, error: KnownError) -> None:
        self.notices.append(Notice(text=error.code, tone="bad"))

    def open_screen(self, screen_id: str, **request: object) -> None:
        self.opened.append((screen_id, request))

    def go_back(self) -> None:
        self.opened.append(("back", {}))

    def settings_changed(self) -> None:
        """Nothing is shown."""

    def ask_who_is_here(self) -> None:
        raise AssertionError("no account is made here")

    def keep_appearance(self, language: str = "") -> None:
        """Nothing is kept."""


@pytest.fixture
def workspace(desk: Desk) -> Workspace:
    return Workspace(
        desk=desk,
        operations=Operations.synchronous(),
        theme=None,  # type: ignore[arg-type]  # presenters draw nothing
        shell=QuietShell(),
    )


def test_the_list_loads_page_after_page_without_gaps(workspace: Workspace) -> None:
    with workspace.desk.store.writing() as transaction:
        for number in range(1, PAGE + 31):
            transaction.add_dossier(make_dossier(number))
    states: list[ListState] = []
    presenter = ListPresenter(workspace, states.append)
    presenter.search("")
    assert (len(presenter.state.rows), presenter.state.more, presenter.state.total) == (PAGE, True, PAGE + 30)
    presenter.more()
    ids = [row.dossier_id for row in presenter.state.rows]
    assert len(ids) == len(set(ids)) == PAGE + 30
    assert ids == sorted(ids, reverse=True)
    assert not presenter.state.more


def test_a_search_without_hits_is_not_the_same_as_an_empty_counter(workspace: Workspace) -> None:
    presenter = ListPresenter(workspace, lambda _state: None)
    presenter.search("")
    assert (presenter.state.nothing_yet, presenter.state.nothing_found) == (True, False)
    presenter.search("khong co ai")
    assert (presenter.state.nothing_yet, presenter.state.nothing_found) == (False, True)


@pytest.mark.parametrize(
    "text", ['"', "'; DROP TABLE dossier;--", "NOT * (", "%_", "\x00", "🙂" * 40, "a" * 5000]
)
def test_hostile_search_text_is_only_text(workspace: Workspace, text: str) -> None:
    presenter = ListPresenter(workspace, lambda _state: None)
    presenter.search(text)
    assert presenter.state.error == ""
    assert isinstance(search(workspace.desk, text), Sequence)


def test_quick_search_finds_people_procedures_and_commands(workspace: Workspace) -> None:
    with workspace.desk.store.writing() as transaction:
        transaction.add_dossier(make_dossier(1))
        transaction.remember_person(make_person(1), MORNING, "card")
    kinds = {hit.kind for hit in search(workspace.desk, "thu nghiem")}
    assert {"dossier", "person"} <= kinds
    assert "procedure" in {hit.kind for hit in search(workspace.desk, "khai sinh")}
    assert [hit.screen_id for hit in search(workspace.desk, "cai dat")][-1] == "settings"
    number = make_person(1).personal_id
    assert all(number not in hit.text + hit.detail for hit in search(workspace.desk, number))


@pytest.mark.parametrize(
    ("waiting", "ago", "words"),
    [
        (0, None, "Đã gửi hết"),
        (12, timedelta(seconds=20), "Chưa gửi: 12"),
        (12, timedelta(minutes=3), "Chưa gửi: 12 · 3 phút"),
        (2, timedelta(hours=5, minutes=59), "Chưa gửi: 2 · 5 giờ"),
        (2, timedelta(days=3), "Chưa gửi: 2 · 3 ngày"),
        (2, timedelta(minutes=-9), "Chưa gửi: 2"),
        (1, None, "Chưa gửi: 1"),
    ],
)
def test_what_is_unsent_is_said_with_its_age(waiting: int, ago: timedelta | None, words: str) -> None:
    oldest = None if ago is None else MORNING - ago
    badge = SyncBadge(
        standing=Standing.WAITING if waiting else Standing.ALL_SENT,
        age=Age.FRESH,
        waiting=waiting,
        held=0,
        notices=0,
        oldest_at=oldest,
    )
    assert badge_words(badge, MORNING) == (words, "ok")


def promised(
    due_at: datetime | None, *, same_day: bool = False, days: tuple[PromiseDay, ...] = ()
) -> Promise:
    return Promise(
        due_at=due_at, counted_from=MORNING, time="", same_day=same_day, days=days, calendar="official"
    )


def test_the_promise_in_words() -> None:
    today = MORNING.date()
    at_five = MORNING.replace(hour=17, minute=0)
    assert headline(promised(at_five, same_day=True), today) == "Trong ngày · 17:00"
    assert headline(promised(at_five, same_day=True), today + timedelta(days=1)) == "T2 23/11/2026 · 17:00"
    assert headline(promised(None), today) == "Không có ngày hẹn cụ thể theo quy định"


def test_the_explanation_names_every_day_that_has_a_name() -> None:
    days = (
        PromiseDay(date=date(2026, 11, 23), counted=False, reason="intake"),
        PromiseDay(date=date(2026, 11, 24), counted=False, reason="holiday", name="Ngày Văn hóa Việt Nam"),
        PromiseDay(date=date(2026, 11, 28), counted=False, reason="weekend"),
        PromiseDay(date=date(2026, 11, 29), counted=True, reason="swapped_workday", name="làm bù ngày 30/11"),
    )
    words = explanation(replace(promised(MORNING, days=days), calendar="provisional"))
    assert "T3 24/11 nghỉ lễ: Ngày Văn hóa Việt Nam" in words
    assert "làm bù ngày 30/11" in words
    assert "chưa chính thức" in words
    assert "28/11" not in words


def test_what_the_province_sets_is_unknown_until_entered(workspace: Workspace) -> None:
    procedures = list(workspace.desk.catalogue.procedures(MORNING.date()))
    fees = province_fees(procedures)
    assert fees
    assert len({fee.fee_id for fee in fees}) == len(fees)
    rules = [r for p in procedures for c in p.cases for r in c.fees if r.fee_id == fees[0].fee_id]
    assert fee_words(rules[0], None) == "chưa biết (HĐND tỉnh quy định)"
    assert fee_words(rules[0], 0) == "không thu"
    assert fee_words(rules[0], 50_000) == "50.000 đ"


def test_a_case_in_force_says_how_long_it_takes_or_the_office_is_asked(workspace: Workspace) -> None:
    asked = {row.key for row in ValuesPresenter(workspace).times() if row.missing}
    unknown = {
        f"time/{procedure.procedure_id}/{case.case_id}"
        for procedure in workspace.desk.catalogue.procedures(MORNING.date())
        for case in procedure.cases
        if time_words(case) == "Chưa có thời hạn"
    }
    assert asked == unknown


@pytest.mark.parametrize(
    ("data", "tone", "headline_"),
    [
        (TEST_CARD, "ok", "Máy quét đọc đúng từng chữ"),
        (TEST_CARD.encode() + b"\r", "ok", "Máy quét đọc đúng từng chữ"),
        (TEST_CARD.encode("utf-8").decode("latin-1"), "warn", "Đọc được, nhưng máy quét gửi sai dấu"),
        (TEST_CARD.replace("Hường", "H??ng"), "bad", "Chữ có dấu bị hỏng"),
        ("H29.12-261123-1001", "ok", "Đã đọc được"),
        ("8934563138165", "warn", "Đọc được nhưng không nhận ra"),
    ],
)
def test_the_scanner_test_says_how_good_a_scan_was(data: str | bytes, tone: str, headline_: str) -> None:
    found = report(data, MORNING.date(), "H29.12")
    assert (found.tone, found.headline) == (tone, headline_)
    assert found.tone == "ok" or found.advice


def test_control_characters_of_a_scan_are_made_visible() -> None:
    assert "⟨02⟩" in report("\x02H29.12-261123-1001\x03", MORNING.date()).raw
    assert report("", MORNING.date()).tone == "bad"
