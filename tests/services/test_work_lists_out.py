"""A list of work too long for paper says so; acts on many tell apart what was done and what was not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import PaperTray, make_desk
from tests.helpers.life import check_dossier
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier_acts import EnterResult
from counter_app.domain.errors import EnvironmentProblem, RuleRefusal
from counter_app.domain.work_lists import WorkList
from counter_app.services import work_list_table, work_lists
from counter_app.services.act_on_many import act_on_many, print_for_many, undo_many
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.services.worklists_port import Narrowing


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


def received(desk: Desk, count: int = 3) -> list[str]:
    visit = replace(BIRTH, slip_asked=True)
    return [receive(desk, visit, clerk="Mai").dossier_id for _number in range(count)]


def test_a_list_too_long_is_refused_not_cut(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(desk)
    monkeypatch.setattr(work_list_table, "MOST_ON_PAPER", 2)
    monkeypatch.setattr(work_list_table, "MOST_IN_WORKBOOK", 2)
    target = tmp_path / "list.xlsx"
    with pytest.raises(RuleRefusal, match="work_list_too_long"):
        work_list_table.work_list_paper(desk, WorkList.UNSENT, Narrowing())
    with pytest.raises(RuleRefusal, match="work_list_too_long"):
        work_list_table.write_work_list(desk, WorkList.UNSENT, Narrowing(), target)
    assert not target.exists()


def test_each_dossier_stands_for_itself(desk: Desk) -> None:
    ids = received(desk)
    first = act_on_many(desk, [ids[0]], EnterResult())
    assert first.done == (ids[0],)
    outcome = act_on_many(desk, [*ids, ids[1], "nobody"], EnterResult())
    assert outcome.done == tuple(ids[1:])
    assert [each.error.code for each in outcome.not_done] == ["move_not_allowed", "dossier_unknown"]
    assert work_lists.counts(desk).lists[WorkList.RESULTS_READY] == 3
    assert undo_many(desk, outcome.done).done == outcome.done
    for dossier_id in ids:
        check_dossier(desk, dossier_id)
    assert work_lists.counts(desk).lists[WorkList.RESULTS_READY] == 1


def test_a_printer_that_fails_ends_the_run(desk: Desk) -> None:
    ids = received(desk)
    assert isinstance(desk.printer, PaperTray)
    assert print_for_many(desk, ids, "apology").done == ()  # nobody has one
    desk.printer.failing = True
    with pytest.raises(EnvironmentProblem, match="printer_failed"):
        print_for_many(desk, ids, "slip")
    with desk.store.reading() as queries:
        assert [len(queries.prints(each)) for each in ids] == [1, 0, 0]


def test_a_clock_set_back_stops_before_anything_is_done(desk: Desk) -> None:
    ids = received(desk)
    desk.clock.moment = MORNING.replace(year=2025)  # type: ignore[attr-defined]
    with pytest.raises(RuleRefusal, match="clock_set_back"):
        act_on_many(desk, ids, EnterResult())
