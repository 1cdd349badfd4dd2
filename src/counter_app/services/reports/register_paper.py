"""What the register says on paper (Mẫu 07 Thông tư 03/2025/TT-VPCP) and in a workbook.

Columns as third-party systems print them (recalled groups). What a book must have: pages and lines
numbered, no blanks, closed at the year's end with signature and seal (Thông tư 01/2018/TT-VPCP, Điều 10).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from counter_app.domain.dossier import ReturnBy
from counter_app.domain.dossier_life import ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.number_words import number_in_words
from counter_app.domain.register_numbers import Unused
from counter_app.services.figures_port import RegisterEntry
from counter_app.services.list_export import PERSONAL_NOTE, ColumnKind, ListColumn, ListTable, cell_text
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.reports.day_tables import period_words
from counter_app.services.reports.register_report import BookOfYear
from counter_app.services.ruled_content import (
    PAGE_COUNT,
    BookPart,
    BookRow,
    BookSum,
    ClosingPage,
    RegisterBook,
    RuledColumn,
    StruckRow,
)
from counter_app.services.sheet_content import CellAlign

if TYPE_CHECKING:
    from counter_app.domain.office import Office

Lines = Callable[[BookOfYear], Iterable[RegisterEntry | Unused]]
_DATES, _RETURN = "NGÀY, THÁNG, NĂM", "TRẢ KẾT QUẢ"
_C = CellAlign.CENTRE
_COLUMNS = (
    RuledColumn(label="STT", width=9.5, align=_C),
    RuledColumn(label="Mã hồ sơ", width=20),
    RuledColumn(label="Tên thủ tục hành chính", width=28),
    RuledColumn(label="Số bộ", width=8, align=_C),
    RuledColumn(label="Tên cá nhân, tổ chức", width=25),
    RuledColumn(label="Địa chỉ, số điện thoại", width=27.5),
    RuledColumn(label="Cơ quan chủ trì giải quyết", width=19),
    RuledColumn(label="Nhận hồ sơ", width=15.6, align=_C, group=_DATES),
    RuledColumn(label="Hẹn trả kết quả", width=15.6, align=_C, group=_DATES),
    RuledColumn(label="Chuyển cơ quan giải quyết", width=15.6, align=_C, group=_DATES),
    RuledColumn(label="Nhận kết quả", width=15.6, align=_C, group=_DATES),
    RuledColumn(label="Ngày, tháng, năm", width=15.6, align=_C, group=_RETURN),
    RuledColumn(label="Phương thức nhận", width=22.5, group=_RETURN),
    RuledColumn(label="Ký nhận", width=19.5, group=_RETURN),
    RuledColumn(label="Ghi chú", width=18.5),
)
_GIVEN = frozenset({DossierStatus.RESOLVED, DossierStatus.RETURNED})
_WITHOUT_RESULT = {
    DossierStatus.REFUSED: "Từ chối",
    DossierStatus.STOPPED: "Dừng giải quyết",
    DossierStatus.WITHDRAWN: "Công dân rút",
}
_TAKEN = {ReturnTo.OWNER: "Trực tiếp", ReturnTo.DELEGATE: "Ủy quyền", ReturnTo.POST: "Bưu chính"}
_WANTED = {ReturnBy.COUNTER: "Trực tiếp", ReturnBy.POSTAL: "Bưu chính"}


def register_book(
    books: tuple[BookOfYear, ...], lines: Lines, *, office: "Office", on: date, training: bool = False
) -> RegisterBook:
    """Return the book as it is printed; `lines` gives the lines of a book when it is drawn."""
    return RegisterBook(
        office=office,
        columns=_COLUMNS,
        parts=tuple(_part(book, lines(book), office, on) for book in books),
        carried=lambda so_far: f"Trang trước chuyển sang: {_sum_words(so_far)}.",
        page_sum=lambda page, so_far: f"Cộng trang này: {_sum_words(page)}. Lũy kế: {_sum_words(so_far)}.",
        marks=Marks(training=training),
    )


def _sum_words(counted: BookSum) -> str:
    rows, copies, done = map(cell_text, (counted.rows, counted.copies, counted.done))
    return f"{rows} hồ sơ, {copies} bộ, đã kết thúc {done}"


def _part(book: BookOfYear, lines: Iterable[RegisterEntry | Unused], office: "Office", on: date) -> BookPart:
    rows = (_row(line, office) for line in lines)
    if not book.whole:
        return BookPart(
            title="Trích sổ theo dõi hồ sơ",
            subtitle=f"Quyển số {book.volume} – {period_words(book.period).lower()}",
            rows=rows,
        )
    subtitle = f"Năm {book.year} – Quyển số {book.volume} – Quầy số {book.counter}"
    return BookPart(
        title="Sổ theo dõi hồ sơ",
        subtitle=subtitle,
        rows=rows,
        cover=_cover(book, on),
        closing=_closing(book, office, on) if book.over else None,
    )


def _cover(book: BookOfYear, on: date) -> tuple[str, ...]:
    last_day = book.period.last if book.over else on
    return (
        "Sổ theo dõi hồ sơ",
        f"Năm {book.year}",
        f"Quyển số: {book.volume} (Quầy số {book.counter})",
        f"Từ số {book.first} đến số {book.last}",
        f"Từ ngày {book.period.first:%d/%m/%Y} đến ngày {last_day:%d/%m/%Y}",
        *(() if book.over else (f"Sổ chưa khóa – in ngày {on:%d/%m/%Y}",)),
    )


def _closing(book: BookOfYear, office: "Office", on: date) -> ClosingPage:
    entered = len(book.places)
    unused = f", trong đó {book.unused_count} số không sử dụng" if book.unused else ""
    return ClosingPage(
        title="Khóa sổ",
        paragraphs=(
            f"Sổ theo dõi hồ sơ năm {book.year}, quyển số {book.volume}, của {office.name} gồm {PAGE_COUNT} "
            f"trang. Hồ sơ được đánh số liên tục từ số {book.first} đến số {book.last}{unused}.",
            f"Tổng số hồ sơ đã vào sổ: {cell_text(entered)} hồ sơ (bằng chữ: {number_in_words(entered)}). "
            "Sổ có đóng dấu giáp lai giữa các trang; sau trang này không ghi thêm.",
        ),
        place_date=f"{office.date_place}, {day_in_text(on)}",
        signatures=("NGƯỜI GIỮ SỔ\n(Ký, ghi rõ họ tên)", "THỦ TRƯỞNG CƠ QUAN\n(Ký tên, đóng dấu)"),
    )


def _row(line: RegisterEntry | Unused, office: "Office") -> BookRow | StruckRow:
    if isinstance(line, Unused):
        return StruckRow(text=unused_words(line))
    cells = (
        str(line.register_no),
        line.dossier_code.replace("-", "-\n", 1),
        line.procedure,
        str(line.copies),
        line.applicant,
        "\n".join(part for part in (line.address, line.phone) if part),
        line.agency or office.committee,
        _stacked(line.received_at),
        _stacked(line.due_at),
        _stacked(line.handed_over_at),
        _stacked(_result_at(line)),
        _stacked(_returned_at(line)),
        _way(line),
        line.taken_by,
        _note(line),
    )
    return BookRow(cells=cells, copies=line.copies, done=line.ended_at is not None)


def unused_words(numbers: Unused) -> str:
    """Return "Số 7 không sử dụng" or "Từ số 7 đến số 9 không sử dụng"."""
    if numbers.first == numbers.last:
        return f"Số {numbers.first} không sử dụng"
    return f"Từ số {numbers.first} đến số {numbers.last} không sử dụng"


def _stacked(moment: datetime | None) -> str:
    """Return the hour over the day: a narrow column holds both."""
    return "" if moment is None else f"{moment:%H:%M}\n{moment:%d/%m/%Y}"


def _result_at(line: RegisterEntry) -> datetime | None:
    return line.resolved_at if line.status in _GIVEN else None


def _returned_at(line: RegisterEntry) -> datetime | None:
    return line.ended_at if line.status is DossierStatus.RETURNED else None


def _way(line: RegisterEntry) -> str:
    if line.returned_to is None:
        return _WANTED[line.return_by] if line.status not in _WITHOUT_RESULT else ""
    return _TAKEN[line.returned_to] + (f"\n{line.postal_code}" if line.postal_code else "")


def _note(line: RegisterEntry) -> str:
    notes = []
    if line.status in _WITHOUT_RESULT and line.ended_at:
        notes.append(f"{_WITHOUT_RESULT[line.status]} {line.ended_at:%d/%m/%Y}")
    if line.supplements:
        notes.append(f"Bổ sung {line.supplements} lần")
    if line.extended:
        notes.append("Đã gia hạn")
    if line.first_due_at:
        notes.append(f"Hẹn đầu {line.first_due_at:%d/%m/%Y}")
    return "\n".join(notes)


_MOMENT = ColumnKind.MOMENT
_LIST_COLUMNS = (
    ListColumn(label="STT", width=8, kind=ColumnKind.NUMBER),
    ListColumn(label="Mã hồ sơ", width=22),
    ListColumn(label="Tên thủ tục hành chính", width=40),
    ListColumn(label="Số bộ", width=7, kind=ColumnKind.NUMBER),
    ListColumn(label="Tên cá nhân, tổ chức", width=28),
    ListColumn(label="Địa chỉ", width=40),
    ListColumn(label="Số điện thoại", width=14),
    ListColumn(label="Cơ quan chủ trì giải quyết", width=26),
    ListColumn(label="Người xử lý", width=22),
    ListColumn(label="Nhận hồ sơ", width=17, kind=_MOMENT),
    ListColumn(label="Hẹn trả kết quả", width=17, kind=_MOMENT),
    ListColumn(label="Hẹn trả lần đầu", width=17, kind=_MOMENT),
    ListColumn(label="Chuyển cơ quan giải quyết", width=17, kind=_MOMENT),
    ListColumn(label="Nhận kết quả", width=17, kind=_MOMENT),
    ListColumn(label="Trả kết quả", width=17, kind=_MOMENT),
    ListColumn(label="Phương thức nhận kết quả", width=16),
    ListColumn(label="Người nhận", width=26),
    ListColumn(label="Ghi chú", width=30),
)


def register_table(book: BookOfYear, lines: Iterable[RegisterEntry | Unused], office: "Office") -> ListTable:
    """Return a book as a list, read as it is written."""
    return ListTable(
        title=f"Sổ {book.counter}-{book.year}",
        columns=_LIST_COLUMNS,
        rows=_list_rows(lines, office),
        subtitle=period_words(book.period),
        note=PERSONAL_NOTE,
    )


def _list_rows(lines: Iterable[RegisterEntry | Unused], office: "Office") -> Iterator[tuple[object, ...]]:
    for line in lines:
        if isinstance(line, Unused):
            yield (line.first, unused_words(line), *[None] * (len(_LIST_COLUMNS) - 2))
            continue
        yield (
            *(line.register_no, line.dossier_code, line.procedure, line.copies, line.applicant),
            *(line.address, line.phone, line.agency or office.committee, line.holder),
            *(line.received_at, line.due_at, line.first_due_at, line.handed_over_at),
            *(_result_at(line), _returned_at(line), _way(line).replace("\n", " "), line.taken_by),
            _note(line).replace("\n", "; "),
        )
