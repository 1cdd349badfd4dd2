"""Lists that travel with dossiers: all of them change hands under one number, or none does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.helpers.desks import CLERK, PaperTray
from tests.helpers.life import everything, rows
from tests.helpers.visits import BIRTH, CERTIFIED_COPY
from tests.printing.paper_reading import all_text, codes, images, squeezed

from counter_app.domain.dossier import Dossier, ReturnBy
from counter_app.domain.dossier_acts import EnterResult, HandOver, Undo
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.domain.transfer_list import ListKind
from counter_app.services import print_lists, transfer_lists
from counter_app.services.acts.perform import perform
from counter_app.services.acts.undo import undo, undoable
from counter_app.services.desk import Desk
from counter_app.services.list_candidates import candidates
from counter_app.services.receive_dossier import receive
from counter_app.services.results_by_list import enter_results
from counter_app.services.transfer_lists import ListEntry, acknowledge, make_list

OFFICER = Holder(name="Lò Văn Thử")


def received(desk: Desk, count: int, **changes: Any) -> list[Dossier]:
    return [receive(desk, replace(BIRTH, **changes), clerk=CLERK) for _each in range(count)]


def entries(dossiers: Sequence[Dossier], *texts: str) -> list[ListEntry]:
    padded = [*texts, *[""] * len(dossiers)]
    return [ListEntry(dossier_id=d.dossier_id, entry=text) for d, text in zip(dossiers, padded, strict=False)]


def now_of(desk: Desk, dossier: Dossier) -> Dossier:
    with desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
    assert found is not None
    return found


def run(transaction: Any, statement: str) -> None:
    transaction._sql.run(statement)


def history(desk: Desk, dossier: Dossier) -> list[str]:
    with desk.store.reading() as queries:
        return [step.act for step in queries.history(dossier.dossier_id)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=some.lists(some.integers(1, 4), min_size=1, max_size=3))
def test_every_member_has_the_holder_and_numbers_run_on(desk: Desk, sizes: list[int]) -> None:
    with desk.store.reading() as queries:
        before = max((each.number for each in queries.transfer_lists(ListKind.HAND_OVER)), default=0)
    for place, size in enumerate(sizes, start=1):
        dossiers = [receive(desk, CERTIFIED_COPY, clerk=CLERK) for _each in range(size)]
        made = make_list(desk, ListKind.HAND_OVER, entries(dossiers), to=OFFICER).made
        assert made.number == before + place
        assert [item.dossier_id for item in made.items] == [d.dossier_id for d in dossiers]
        for dossier in dossiers:
            after = now_of(desk, dossier)
            assert (after.status, after.life.holder) == (DossierStatus.PROCESSING, OFFICER)
            assert after.life.handed_over_at == made.at
        with desk.store.reading() as queries:
            assert queries.transfer_list(made.list_id) == made
            year = made.at.year
            assert queries.transfer_list_by_number(ListKind.HAND_OVER, made.number, year, 1) == made


def test_one_dossier_the_rules_refuse_leaves_none_handed_over(desk: Desk) -> None:
    first, ended, last = received(desk, 3)
    perform(desk, ended.dossier_id, EnterResult())
    with pytest.raises(RuleRefusal) as refused:
        make_list(desk, ListKind.HAND_OVER, entries([first, ended, last]), to=OFFICER)
    assert refused.value.code == "list_has_refused"
    assert refused.value.params["dossiers"] == [ended.dossier_code]
    assert history(desk, first) == history(desk, last) == ["received"]
    with desk.store.reading() as queries:
        assert not queries.transfer_lists()

    outcome = make_list(
        desk, ListKind.HAND_OVER, entries([first, ended, last]), to=OFFICER, leave_out_refused=True
    )
    assert [each.dossier_code for each in outcome.left_out] == [ended.dossier_code]
    assert [item.dossier_id for item in outcome.made.items] == [first.dossier_id, last.dossier_id]
    assert outcome.made.number == 1
    with pytest.raises(RuleRefusal, match="list_has_refused"):
        make_list(desk, ListKind.HAND_OVER, entries([ended]), to=OFFICER, leave_out_refused=True)


def test_a_list_that_cannot_be_written_hands_nothing_over(desk: Desk) -> None:
    """The database refuses the last row of the list, after every dossier was already changed."""
    dossiers = received(desk, 3)
    with desk.store.writing() as transaction:
        run(
            transaction,
            "CREATE TRIGGER refuse BEFORE INSERT ON transfer_item WHEN new.position = 3 "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END",
        )
    before = everything(desk)
    with pytest.raises(Exception, match="no room"):
        make_list(desk, ListKind.HAND_OVER, entries(dossiers), to=OFFICER)
    assert everything(desk) == before
    assert [now_of(desk, dossier) for dossier in dossiers] == dossiers
    with desk.store.writing() as transaction:
        run(transaction, "DROP TRIGGER refuse")
    assert make_list(desk, ListKind.HAND_OVER, entries(dossiers), to=OFFICER).made.number == 1


@pytest.mark.parametrize(
    ("kind", "texts", "to", "code"),
    [
        (ListKind.HAND_OVER, (), "   ", "entry_missing"),
        (ListKind.POSTAL, ("EB1VN", "EB1VN"), "Bưu điện", "postal_code_twice"),
    ],
)
def test_lists_that_make_no_sense(
    desk: Desk, kind: ListKind, texts: tuple[str, ...], to: str, code: str
) -> None:
    dossiers = received(desk, 2)
    with pytest.raises(BadInput, match=code):
        make_list(desk, kind, entries(dossiers, *texts), to=Holder(name=to))
    with pytest.raises(BadInput, match="list_empty"):
        make_list(desk, kind, [], to=OFFICER)


def test_a_dossier_named_twice_is_on_the_list_once(desk: Desk) -> None:
    (dossier,) = received(desk, 1)
    made = make_list(desk, ListKind.HAND_OVER, entries([dossier, dossier]), to=OFFICER).made
    assert len(made.items) == 1
    assert history(desk, dossier) == ["received", "handed_over"]


def test_printed_for_both_sides_and_again_as_a_reprint(desk: Desk) -> None:
    dossiers = received(desk, 2)
    made = make_list(desk, ListKind.HAND_OVER, entries(dossiers, "gấp"), to=OFFICER).made
    tray = desk.printer
    assert isinstance(tray, PaperTray)
    print_lists.print_list(desk, made.list_id)
    (title, pdf), (_same, second) = tray.printed
    assert (title, pdf) == ("danh-sach.pdf", second)
    text = all_text(pdf)
    for words in ("01-Q1/GNHS", "BÊN GIAO", "BÊN NHẬN", OFFICER.name, CLERK, "gấp", "2 hồ sơ"):
        assert squeezed(words) in text
    for dossier in dossiers:
        assert squeezed(dossier.dossier_code) in text
    assert "Inlại" not in text
    assert print_lists.print_list(desk, made.list_id) == 2
    assert "Inlại" in all_text(tray.printed[-1][1])


def test_a_list_says_what_was_signed_for_whatever_is_corrected_later(desk: Desk) -> None:
    (dossier,) = received(desk, 1)
    made = make_list(desk, ListKind.HAND_OVER, entries([dossier]), to=OFFICER).made
    before = all_text(print_lists.list_pdf(desk, made))
    with desk.store.writing() as transaction:
        transaction.change_dossier(
            replace(dossier, applicant=replace(dossier.applicant, full_name="Tên Khác Hẳn"))
        )
        again = transaction.transfer_list(made.list_id)
    assert again is not None
    assert all_text(print_lists.list_pdf(desk, again)) == before


def test_undo_before_the_print_takes_it_off_and_after_the_print_is_refused(desk: Desk) -> None:
    first, second = received(desk, 2)
    made = make_list(desk, ListKind.HAND_OVER, entries([first, second]), to=OFFICER).made
    undo(desk, first.dossier_id, Undo())
    assert now_of(desk, first).status is DossierStatus.RECEIVED
    with desk.store.reading() as queries:
        kept = queries.transfer_list(made.list_id)
        assert not queries.lists_of_dossier(first.dossier_id)
        assert [each.count for each in queries.lists_of_dossier(second.dossier_id)] == [1]
    assert kept is not None
    assert [item.dossier_id for item in kept.standing] == [second.dossier_id]
    assert squeezed(first.dossier_code) not in all_text(print_lists.list_pdf(desk, kept))

    print_lists.print_list(desk, made.list_id)
    with desk.store.reading() as queries:
        assert undoable(queries, now_of(desk, second)) is None
    with pytest.raises(RuleRefusal, match="paper_handed_out"):
        undo(desk, second.dossier_id, Undo())


def test_a_print_that_failed_is_no_paper_in_anybodys_hands(desk: Desk) -> None:
    (dossier,) = received(desk, 1)
    made = make_list(desk, ListKind.HAND_OVER, entries([dossier]), to=OFFICER).made
    tray = desk.printer
    assert isinstance(tray, PaperTray)
    tray.failing = True
    with pytest.raises(EnvironmentProblem, match="printer_failed"):
        print_lists.print_list(desk, made.list_id)
    undo(desk, dossier.dossier_id, Undo())
    assert now_of(desk, dossier).life.holder is None


def test_the_receipt_is_noted_once(desk: Desk) -> None:
    made = make_list(desk, ListKind.HAND_OVER, entries(received(desk, 1)), to=OFFICER).made
    with desk.store.reading() as queries:
        assert not queries.list_acknowledged(made.list_id)
    noted = acknowledge(desk, made.list_id, "Lò Văn Thử")
    assert (noted.acknowledged_by, noted.acknowledged_at) == ("Lò Văn Thử", made.at)
    with desk.store.reading() as queries:
        assert queries.list_acknowledged(made.list_id)
        assert not queries.list_acknowledged("no-such-list")
    with pytest.raises(RuleRefusal, match="list_already_acknowledged"):
        acknowledge(desk, made.list_id, "Người khác")
    with pytest.raises(BadInput, match="list_unknown"):
        acknowledge(desk, "no-such-list", "Ai đó")


def test_results_for_the_post_leave_with_their_codes_labels_and_originals(desk: Desk, tmp_path: Path) -> None:
    held = tuple(replace(part, original=1, held=1) for part in BIRTH.parts)
    dossiers = received(desk, 2, return_by=ReturnBy.POSTAL, parts=held)
    enter_results(desk, entries(dossiers, "123/2026", "124/2026"))
    made = make_list(desk, ListKind.POSTAL, entries(dossiers, "EB123456785VN", "EB123456799VN")).made
    assert made.to == transfer_lists.THE_POST
    for dossier, item in zip(dossiers, made.items, strict=True):
        after = now_of(desk, dossier)
        assert after.status is DossierStatus.RETURNED
        assert after.life.returned is not None
        assert (after.life.returned.to, after.life.returned.postal_code) == (ReturnTo.POST, item.entry)
        assert after.originals_held == 0
        assert "1 bản chính" in item.content
    print_lists.save_list(desk, made.list_id, tmp_path / "list.pdf")
    print_lists.save_list(desk, made.list_id, tmp_path / "labels.pdf", paper=print_lists.LABELS)
    text = all_text((tmp_path / "list.pdf").read_bytes())
    for words in ("01-Q1/BCCI", "EB123456785VN", "124/2026", dossiers[0].applicant.full_name):
        assert squeezed(words) in text
    labels = (tmp_path / "labels.pdf").read_bytes()
    read = {code for _format, code in codes(images(labels)[0])}
    assert read >= {dossier.dossier_code for dossier in dossiers}
    assert dossiers[0].applicant.personal_id not in all_text(labels) + text


def test_results_of_several_come_back_in_one_act(desk: Desk) -> None:
    dossiers = received(desk, 3)
    make_list(desk, ListKind.HAND_OVER, entries(dossiers[:2]), to=OFFICER)
    perform(desk, dossiers[2].dossier_id, EnterResult())
    with pytest.raises(RuleRefusal, match="list_has_refused"):
        enter_results(desk, entries(dossiers))
    assert now_of(desk, dossiers[0]).life.result is None
    outcome = enter_results(desk, entries(dossiers, "7/TL"), leave_out_refused=True)
    assert outcome.dossier_codes == tuple(d.dossier_code for d in dossiers[:2])
    result = now_of(desk, dossiers[0]).life.result
    assert result is not None
    assert result.number == "7/TL"


def test_candidates_say_what_keeps_them_off(desk: Desk) -> None:
    free, ended, held = received(desk, 3)
    perform(desk, ended.dossier_id, EnterResult())
    perform(desk, held.dossier_id, HandOver(to=OFFICER))
    found = candidates(desk, HandOver, [d.dossier_id for d in (free, ended, held)])
    assert [each.problem.code if each.problem else "" for each in found] == ["", "move_not_allowed", ""]
    assert [each.remarks for each in found] == [(), (), ("held_by",)]
    assert found[2].holder == OFFICER.name


def test_takers_are_remembered_last_first(desk: Desk) -> None:
    clock: Any = desk.clock
    first, second, third = received(desk, 3)
    make_list(desk, ListKind.HAND_OVER, entries([first]), to=Holder(name="Công an xã", agency=True))
    clock.moment += timedelta(minutes=1)
    perform(desk, second.dossier_id, HandOver(to=Holder(name="Hà Thị Mẫu")))
    clock.moment += timedelta(minutes=1)
    make_list(desk, ListKind.HAND_OVER, entries([third]), to=OFFICER)
    with desk.store.reading() as queries:
        takers = queries.recent_takers(ListKind.HAND_OVER)
    assert [taker.name for taker in takers] == [OFFICER.name, "Hà Thị Mẫu", "Công an xã"]
    assert takers[-1].agency


def test_names_stay_out_of_the_audit(desk: Desk) -> None:
    dossiers = received(desk, 1)
    made = make_list(desk, ListKind.HAND_OVER, entries(dossiers), to=OFFICER).made
    acknowledge(desk, made.list_id, OFFICER.name)
    print_lists.print_list(desk, made.list_id)
    told = "".join(str(row) for row in rows(desk, "SELECT act, detail FROM audit_entry"))
    assert "hand_over_list_made" in told
    assert "hand_over_list_acknowledged" in told
    assert OFFICER.name not in told
    assert dossiers[0].applicant.full_name not in told
