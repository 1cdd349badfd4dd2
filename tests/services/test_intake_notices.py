"""What a citizen is told before anything is received: durable with its number, then printed, and counted."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.helpers.desks import CLERK, PaperTray
from tests.helpers.life import rows
from tests.helpers.raw_database import select
from tests.helpers.visits import BIRTH, GRANDMOTHER
from tests.printing.paper_reading import all_text, squeezed

from counter_app.domain.dossier_acts import AskSupplement
from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.domain.intake_notice import NoticeKind
from counter_app.services import print_intake_notices
from counter_app.services.acts.perform import perform
from counter_app.services.assess_visit import assess_at
from counter_app.services.desk import Desk
from counter_app.services.intake_notices import (
    ask_before_receipt,
    guide_online,
    missing_items,
    refuse_before_receipt,
)
from counter_app.services.receive_dossier import receive
from counter_app.services.visit import Visit
from counter_protocol.events import EventKind, decode_event

NO_PAPERS = replace(BIRTH, parts=())
WHY = "Thiếu thành phần hồ sơ theo quy định"


def printed(desk: Desk) -> list[tuple[str, bytes]]:
    assert isinstance(desk.printer, PaperTray)
    return desk.printer.printed


def test_everything_missing_is_asked_for_once_with_a_number_of_the_book(desk: Desk) -> None:
    assessment = assess_at(desk, NO_PAPERS, desk.clock.now())
    items = (*missing_items(assessment.checklist), "Ảnh 3×4")
    assert items[0].startswith("Giấy chứng sinh")
    assert items[0].endswith("(01 bản chính)")
    asked = ask_before_receipt(desk, NO_PAPERS, items=items, reason=WHY, draft_id="draft-1")
    assert (asked.number, asked.items, asked.clerk) == (1, items, CLERK)
    with desk.store.reading() as queries:
        assert queries.intake_notice(asked.notice_id) == asked
        assert list(queries.notices_of_draft("draft-1")) == [asked]
        assert queries.last_notices(["draft-1", "other"]) == {"draft-1": asked}
        assert list(queries.notices_of_person(GRANDMOTHER.personal_id)) == [asked]
        assert not queries.notices_of_person("")

    assert print_intake_notices.print_notice(desk, asked.notice_id) == 1
    (name, pdf) = printed(desk)[-1]
    assert name == "supplement.pdf"
    text = all_text(pdf)
    for words in ("01-Q1/HDHS", GRANDMOTHER.full_name, *items, WHY, "Hồ sơ chưa được tiếp nhận"):
        assert squeezed(words) in text
    assert print_intake_notices.print_notice(desk, asked.notice_id) == 2
    assert "Inlại" in all_text(printed(desk)[-1][1])


def test_requests_before_and_after_the_receipt_never_bear_the_same_number(desk: Desk) -> None:
    dossier = receive(desk, BIRTH, clerk=CLERK)
    before = ask_before_receipt(desk, NO_PAPERS, items=["Giấy A"], reason=WHY)
    asked = perform(desk, dossier.dossier_id, AskSupplement(items=("Giấy B",), reason=WHY))
    assert (before.number, asked.life.supplements[0].number) == (1, 2)


def test_a_second_request_for_the_same_visit_needs_its_reason(desk: Desk) -> None:
    ask_before_receipt(desk, NO_PAPERS, items=["Giấy A"], reason=WHY, draft_id="draft-1")
    with pytest.raises(RuleRefusal, match="second_notice_needs_reason"):
        ask_before_receipt(desk, NO_PAPERS, items=["Giấy B"], reason=WHY, draft_id="draft-1")
    again = ask_before_receipt(
        desk,
        NO_PAPERS,
        items=["Giấy B"],
        reason=WHY,
        draft_id="draft-1",
        repeat_reason="Giấy nộp thêm không đúng người",
    )
    assert again.number == 2
    pdf = print_intake_notices.notice_pdf(desk, again, size=desk.settings.slip_size)
    assert squeezed("Giấy nộp thêm không đúng người") in all_text(pdf)
    assert ask_before_receipt(desk, NO_PAPERS, items=["Giấy C"], reason=WHY, draft_id="draft-2").number == 3


def test_a_refusal_names_every_ground(desk: Desk) -> None:
    grounds = ("Không thuộc thẩm quyền của xã", "Trẻ đã được đăng ký khai sinh")
    refused = refuse_before_receipt(desk, NO_PAPERS, reasons=grounds, draft_id="draft-1")
    assert (refused.number, refused.kind) == (1, NoticeKind.REFUSAL)
    print_intake_notices.print_notice(desk, refused.notice_id)
    text = all_text(printed(desk)[-1][1])
    for words in ("01-Q1/TCHS", *grounds):
        assert squeezed(words) in text


@pytest.mark.parametrize(
    ("visit", "items", "reason", "code"),
    [
        (Visit(procedure_id=""), ["Giấy A"], WHY, "notice_of_nothing"),
        (Visit(procedure_id="no-such"), ["Giấy A"], WHY, "procedure_unknown"),
        (NO_PAPERS, ["  ", ""], WHY, "entry_missing"),
        (NO_PAPERS, ["Giấy A"], " ", "entry_missing"),
        (NO_PAPERS, ["x" * 1001], WHY, "entry_too_long"),
    ],
)
def test_what_cannot_be_asked(desk: Desk, visit: Visit, items: list[str], reason: str, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        ask_before_receipt(desk, visit, items=items, reason=reason)
    assert not rows(desk, "SELECT * FROM intake_notice")
    assert not rows(desk, "SELECT * FROM outbox_event")


def test_a_clock_set_back_writes_nothing(desk: Desk) -> None:
    receive(desk, BIRTH, clerk=CLERK)
    clock: Any = desk.clock
    clock.moment -= timedelta(hours=2)
    with pytest.raises(RuleRefusal, match="clock_set_back"):
        refuse_before_receipt(desk, NO_PAPERS, reasons=["Giấy A"])
    assert refuse_before_receipt(desk, NO_PAPERS, reasons=["Giấy A"], clock_confirmed=True).number == 1


def test_the_printer_fails_and_the_request_stays(desk: Desk) -> None:
    asked = ask_before_receipt(desk, NO_PAPERS, items=["Giấy A"], reason=WHY)
    tray: Any = desk.printer
    tray.failing = True
    with pytest.raises(EnvironmentProblem, match="printer_failed"):
        print_intake_notices.print_notice(desk, asked.notice_id)
    tray.failing = False
    assert print_intake_notices.print_notice(desk, asked.notice_id) == 1


def test_counts_by_kind_and_procedure_within_days_of_the_office(desk: Desk) -> None:
    clock: Any = desk.clock
    ask_before_receipt(desk, NO_PAPERS, items=["Giấy A"], reason=WHY)
    guide_online(desk, BIRTH.procedure_id)
    guide_online(desk, BIRTH.procedure_id, visit=NO_PAPERS)
    clock.moment = clock.moment.replace(hour=0, minute=30) + timedelta(days=1)  # still the day before in UTC
    refuse_before_receipt(desk, NO_PAPERS, reasons=["Giấy A"])
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    with desk.store.reading() as queries:
        (first,) = queries.notice_counts(monday, monday)
        (second,) = queries.notice_counts(tuesday, tuesday)
        (guidance,) = queries.guidance_counts(monday, tuesday)
        assert not queries.guidance_counts(tuesday, tuesday)
    assert (first.kind, second.kind) == (NoticeKind.SUPPLEMENT, NoticeKind.REFUSAL)
    assert (first.procedure_id, first.count) == (BIRTH.procedure_id, 1)
    assert (guidance.procedure_id, guidance.count) == (BIRTH.procedure_id, 2)
    assert guidance.sector == first.sector != ""


def test_the_server_learns_what_was_told_and_never_whom(desk: Desk) -> None:
    ask_before_receipt(desk, NO_PAPERS, items=["Giấy A", "Giấy B"], reason=WHY, draft_id="draft-1")
    guide_online(desk, BIRTH.procedure_id, visit=NO_PAPERS)
    bodies = [bytes(body) for (body,) in select(desk, "SELECT body FROM outbox_event ORDER BY seq")]
    told, guided = map(decode_event, bodies)
    assert told.kind == guided.kind == EventKind.GUIDANCE_GIVEN
    assert (told.dossier_id, told.data["notice"], told.data["items"]) == ("", "supplement", 2)
    assert guided.data["notice"] == "online_guidance"
    audit = "".join(str(row) for row in rows(desk, "SELECT act, detail FROM audit_entry"))
    for private in (GRANDMOTHER.full_name, GRANDMOTHER.personal_id):
        assert private.encode() not in b"".join(bodies)
        assert private not in audit
    with desk.store.reading() as queries:
        assert len(queries.notices_of_person(GRANDMOTHER.personal_id)) == 1  # guidance keeps no name
