"""Reports of a counter where things happened: the figures are those of the acts, on paper and in Excel."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.helpers.builders import VIETNAM, FixedClock
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.visits import BIRTH, CERTIFIED_COPY, GRANDMOTHER
from tests.printing.paper_reading import all_text, page_texts, squeezed

from counter_app.domain.dossier import Channel, Dossier, SubmittedPart
from counter_app.domain.dossier_acts import AskSupplement, EnterResult, GiveResult, HandOver, Refuse, Withdraw
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.errors import BadInput
from counter_app.domain.period import Period
from counter_app.domain.rating import Rating, Score
from counter_app.domain.receipt import PaidBy
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.receipts import Payment, collect, void_receipt
from counter_app.services.receive_dossier import receive
from counter_app.services.reports.b06_report import b06_report
from counter_app.services.reports.day_report import DETAILED_DAYS, day_report
from counter_app.services.reports.day_tables import day_tables
from counter_app.services.reports.write_report import ReportKind, day_pdf, write_report

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)
NOVEMBER = Period(first=date(2026, 11, 1), last=date(2026, 11, 30))
HELD = replace(
    BIRTH,
    parts=(SubmittedPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", original=1, held=1),),
    slip_asked=True,
    assisted=False,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MONDAY)
    yield made
    made.store.close()


def _clock(desk: Desk) -> FixedClock:
    assert isinstance(desk.clock, FixedClock)
    return desk.clock


def _returned(desk: Desk, dossier: Dossier, *, clerk: str = "") -> None:
    perform(desk, dossier.dossier_id, EnterResult(number="12/2026"), clerk=clerk)
    taker = dossier.applicant
    given = GiveResult(
        to=ReturnTo.OWNER,
        full_name=taker.full_name,
        personal_id=taker.personal_id,
        identity_checked="seen",
        originals={part.part_id: part.held for part in dossier.parts if part.held},
    )
    perform(desk, dossier.dossier_id, given, clerk=clerk)


@pytest.fixture
def busy(desk: Desk) -> dict[str, Dossier]:
    """Two days: five received; one returned on its day, one a week late, one refused, one withdrawn."""
    names = {
        "in_time": receive(desk, HELD, clerk="Mai"),
        "late": receive(desk, replace(HELD, assisted=True), clerk="Mai"),
        "refused": receive(desk, replace(BIRTH, channel=Channel.ONLINE, assisted=False), clerk="Hoa"),
        "withdrawn": receive(desk, replace(BIRTH, channel=Channel.POSTAL, assisted=False), clerk="Hoa"),
    }
    _clock(desk).advance(hours=1)
    perform(desk, names["in_time"].dossier_id, HandOver(to=Holder(name="Công chức Hộ tịch")))
    _returned(desk, names["in_time"], clerk="Hoa")
    perform(desk, names["refused"].dossier_id, Refuse(reasons=("Không thuộc thẩm quyền",)))
    _clock(desk).advance(days=8)
    perform(desk, names["withdrawn"].dossier_id, Withdraw(reason="Không còn nhu cầu"))
    _returned(desk, names["late"], clerk="Mai")
    names["open"] = receive(desk, replace(HELD, slip_asked=True), clerk="Mai")
    perform(desk, names["open"].dossier_id, AskSupplement(items=("Giấy kết hôn",), reason="Còn thiếu"))
    return names


def test_figures_of_a_period(desk: Desk, busy: dict[str, Dossier]) -> None:
    figures = day_report(desk, Period(first=MONDAY.date(), last=date(2026, 12, 31)))
    assert figures.received == 5
    assert figures.channels == {Channel.COUNTER: 3, Channel.ONLINE: 1, Channel.POSTAL: 1}
    assert (figures.assisted, figures.by_post, figures.online_guided) == (1, 1, 1)
    assert (figures.returned, figures.refused, figures.withdrawn, figures.stopped) == (2, 1, 1, 0)
    assert figures.taken_by == {ReturnTo.OWNER: 2}
    assert (figures.by_first.total, figures.by_first.late) == (4, 1)
    assert figures.by_first.rate == pytest.approx(0.75)
    standing = figures.standing
    assert (standing.open, standing.awaiting_supplement, standing.overdue) == (1, 1, 0)
    assert (standing.originals_held, standing.dossiers_with_originals) == (1, 1)
    assert standing.unsent == 5
    clerks = {each.clerk: each for each in figures.clerks}
    assert (clerks["Mai"].received, clerks["Mai"].assisted, clerks["Mai"].late) == (3, 1, 1)
    assert (clerks["Mai"].handed_out, clerks["Hoa"].handed_out) == (1, 1)
    assert sum(each.received for each in figures.sectors) == 5


def test_a_day_counts_only_itself(desk: Desk, busy: dict[str, Dossier]) -> None:
    monday = day_report(desk, Period.of_day(MONDAY.date()))
    assert (monday.received, monday.returned, monday.refused, monday.withdrawn) == (4, 1, 1, 0)
    assert monday.by_first.late == 0
    sunday = day_report(desk, Period.of_day(MONDAY.date() - timedelta(days=1)))
    assert (sunday.received, sunday.by_first.total, sunday.by_first.rate) == (0, 0, None)
    assert sunday.sectors == ()


def test_a_long_period_leaves_out_what_needs_every_dossier(desk: Desk, busy: dict[str, Dossier]) -> None:
    receive(desk, CERTIFIED_COPY, clerk="Mai")
    first = MONDAY.date()
    quarter = Period(first=first, last=first + timedelta(days=DETAILED_DAYS - 1))
    year = replace(quarter, last=quarter.last + timedelta(days=1))
    short, long = day_report(desk, quarter), day_report(desk, year)
    assert short.charged is not None
    assert short.charged
    assert long.charged is None
    assert all(each.handed_out is None for each in long.clerks)
    assert (short.received, short.returned) == (long.received, long.returned)
    assert "Trả kết quả" in "".join(page_texts(day_pdf(desk, long)))


def test_a_reprint_is_counted_and_a_failed_print_is_not(desk: Desk) -> None:
    from counter_app.services.ports import PrintRecord

    dossier = receive(desk, HELD, clerk="Mai")
    copies = (("slip", 1, "printed"), ("slip", 2, "printed"), ("form:a", 2, "saved"), ("form:b", 2, "failed"))
    with desk.store.writing() as transaction:
        for paper, copy_no, outcome in copies:
            transaction.record_print(
                PrintRecord(
                    dossier_id=dossier.dossier_id,
                    paper=paper,
                    copy_no=copy_no,
                    at=MONDAY,
                    clerk="Mai",
                    outcome=outcome,
                )
            )
    assert day_report(desk, Period.of_day(MONDAY.date())).reprints == {"form": 1, "slip": 1}


def test_b06_of_what_happened(desk: Desk, busy: dict[str, Dossier]) -> None:
    november = b06_report(desk, NOVEMBER).total
    december = b06_report(desk, Period(first=date(2026, 12, 1), last=date(2026, 12, 31))).total
    assert (november.received, november.online, november.at_desk) == (4, 1, 3)
    assert (november.resolved, november.pending, november.overdue) == (2, 2, 2)
    assert (december.carried_over, december.at_desk, december.late) == (2, 1, 1)
    assert (december.on_time, december.running, december.overdue) == (1, 1, 0)


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_report_is_written_as_pdf_and_as_workbook(
    desk: Desk, busy: dict[str, Dossier], tmp_path: Path, kind: ReportKind
) -> None:
    period = Period(first=date(2026, 11, 1), last=date(2026, 12, 31))
    pdf = write_report(desk, kind, period, tmp_path / "out" / "a.pdf")
    xlsx = write_report(desk, kind, period, tmp_path / "out" / "a.xlsx")
    assert pdf.totals == xlsx.totals
    assert page_texts(pdf.path.read_bytes())
    assert load_workbook(xlsx.path).sheetnames
    with pytest.raises(BadInput, match="report_format_unknown"):
        write_report(desk, kind, period, tmp_path / "a.docx")


def test_the_register_on_paper_and_in_excel(desk: Desk, busy: dict[str, Dossier], tmp_path: Path) -> None:
    year = Period.of_year(2026)
    text = all_text(write_report(desk, ReportKind.REGISTER, year, tmp_path / "r.pdf").path.read_bytes())
    for dossier in busy.values():
        assert dossier.dossier_code.partition("-")[2] in text
    assert "Quyểnsố:1/2026" in text
    written = write_report(desk, ReportKind.REGISTER, year, tmp_path / "r.xlsx")
    assert dict(written.totals) == {
        "books": 1,
        "dossiers": 5,
        "unused_numbers": 0,
        "first": 1,
        "last": 5,
    }
    head, *rows = _rows(tmp_path / "r.xlsx")
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5]
    received = rows[0][head.index("Nhận hồ sơ")]
    assert received == MONDAY.replace(tzinfo=None)
    assert rows[0][head.index("Người nhận")] == busy["in_time"].applicant.full_name
    assert "Từ chối" in str(rows[2][head.index("Ghi chú")])


def test_numbers_nobody_has_are_struck_out(desk: Desk, tmp_path: Path) -> None:
    receive(desk, HELD, clerk="Mai")
    with desk.store.writing() as transaction:
        wasted = [transaction.take_paper_number("register", 2026, 1) for _ in range(2)]
    assert wasted == [2, 3]
    _clock(desk).advance(days=1)
    receive(desk, CERTIFIED_COPY, clerk="Mai")
    with desk.store.writing() as transaction:
        transaction.take_paper_number("register", 2026, 1)
    whole = write_report(desk, ReportKind.REGISTER, Period.of_year(2026), tmp_path / "w.xlsx")
    assert (whole.totals["unused_numbers"], whole.totals["last"]) == (3, 5)
    days = Period(first=MONDAY.date(), last=MONDAY.date() + timedelta(days=1))
    extract = write_report(desk, ReportKind.REGISTER, days, tmp_path / "e.xlsx")
    assert (extract.totals["unused_numbers"], extract.totals["last"]) == (2, 4)
    _head, *rows = _rows(tmp_path / "e.xlsx")
    assert [row[0] for row in rows] == [1, 2, 4]
    assert rows[1][1] == "Từ số 2 đến số 3 không sử dụng"
    tuesday = Period.of_day(days.last)
    assert write_report(desk, ReportKind.REGISTER, tuesday, tmp_path / "t.pdf").totals["first"] == 4


def test_a_register_without_a_line_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="report_empty"):
        write_report(desk, ReportKind.REGISTER, NOVEMBER, tmp_path / "r.pdf")
    assert not (tmp_path / "r.pdf").exists()


def test_money_taken_and_given_back_and_what_citizens_said(desk: Desk) -> None:
    copy = receive(desk, CERTIFIED_COPY, clerk="Mai")
    kept = collect(desk, copy.dossier_id, Payment(method=PaidBy.CASH), clerk="Mai")
    other = receive(desk, CERTIFIED_COPY, clerk="Mai")
    voided = collect(desk, other.dossier_id, Payment(method=PaidBy.CASH), clerk="Hoa")
    void_receipt(desk, voided.receipt_id, "Thu nhầm", clerk="Hoa")
    with desk.store.writing() as transaction:
        for key, score in (("a", Score.VERY_SATISFIED), ("b", Score.SATISFIED), ("c", Score.UNSATISFIED)):
            transaction.add_rating(key, Rating(day=MONDAY.date(), score=score, clerk="Mai"))
    figures = day_report(desk, Period.of_day(MONDAY.date()))
    assert figures.kept_vnd(PaidBy.CASH) == kept.total_vnd > 0
    assert sum(each.taken_vnd for each in figures.cash) == kept.total_vnd + voided.total_vnd
    assert figures.satisfaction == pytest.approx(2 / 3)
    tables = {table.title: list(table.rows) for table in day_tables(figures)}
    assert tables["Phí, lệ phí đã thu"][-1][0] == "Cộng tiền mặt"
    assert tables["Phí, lệ phí đã thu"][-1][-1] == kept.total_vnd
    assert ("Hài lòng trở lên", 2, 66.7) in tables["Đánh giá"]


def test_each_year_is_a_book_of_its_own(desk: Desk, tmp_path: Path) -> None:
    receive(desk, HELD, clerk="Mai")
    _clock(desk).advance(days=60)
    receive(desk, CERTIFIED_COPY, clerk="Mai")
    period = Period(first=date(2026, 1, 1), last=date(2027, 12, 31))
    written = write_report(desk, ReportKind.REGISTER, period, tmp_path / "r.pdf")
    pages = page_texts(written.path.read_bytes())
    assert written.totals["books"] == 2
    assert [n for n, page in enumerate(pages) if "KHÓA SỔ" in page] == [2]  # 2026 is over, 2027 is not
    assert "Năm 2027" in pages[3]
    assert "gồm 3 trang" in pages[2]
    assert [squeezed(page)[-3:] for page in pages] == ["1/3", "2/3", "3/3", "1/2", "2/2"]


def test_a_name_that_looks_like_a_formula_stays_text(desk: Desk, tmp_path: Path) -> None:
    person = replace(GRANDMOTHER, full_name='=HYPERLINK("http://x";"y")')
    receive(desk, replace(HELD, applicant=person), clerk="Mai")
    write_report(desk, ReportKind.REGISTER, NOVEMBER, tmp_path / "r.xlsx")
    sheet: Any = load_workbook(tmp_path / "r.xlsx").active
    cell = next(cell for cell in sheet[2] if str(cell.value).startswith("=HYPERLINK"))
    assert cell.data_type == "s"


def test_the_sheet_of_figures_says_them(desk: Desk, busy: dict[str, Dossier]) -> None:
    text = all_text(day_pdf(desk, day_report(desk, NOVEMBER)))
    for words in ("Tổng số tiếp nhận4", "I. Tiếp nhận", "Theo cán bộ", "Mai", "từ ngày 01/11/2026"):
        assert squeezed(words).casefold() in text.casefold()
    assert CLERK  # the clerk of the settings did the refusal, not the receipt


def _rows(path: Path) -> list[tuple[Any, ...]]:
    sheet: Any = load_workbook(path).active
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]
