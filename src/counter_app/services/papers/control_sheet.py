"""Mẫu 06, Phiếu kiểm soát quá trình giải quyết hồ sơ: it travels with the dossier and is signed by hand.

Columns after the 2018 form as public systems reproduce it (third-party, partly recalled); to be compared
with Phụ lục I of Thông tư 03/2025/TT-VPCP. What the program knows is filled in, the rest is left blank.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_life import EndedBy
from counter_app.domain.office import Office
from counter_app.services.notice_content import DOTS, Labelled, NoticeContent, NoticeRow, NoticeTable
from counter_app.services.office_in_text import office_in_text
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import NO_DATE, moment_in_text
from counter_app.services.papers.standing_steps import standing_steps
from counter_app.services.papers.subject import place_and_day, request_of
from counter_app.services.sheet_content import SheetColumn

if TYPE_CHECKING:
    from counter_app.services.ports import HistoryEntry

TITLE = "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"

_COLUMNS = (
    SheetColumn(label="TÊN CƠ QUAN", width=3.2),
    SheetColumn(label="THỜI GIAN GIAO, NHẬN HỒ SƠ", width=3.5),
    SheetColumn(label="KẾT QUẢ GIẢI QUYẾT HỒ SƠ (trước hạn/ đúng hạn/ quá hạn)", width=2.2),
    SheetColumn(label="GHI CHÚ", width=2.2),
)
_ROWS = 4  # steps a sheet has room for at least, done or to come
_ROOM = 15.0  # mm to sign in
_BLANK_TIME = "....... giờ ....... phút,\nngày ...... tháng ...... năm ........."
_SIGNERS = "\u00a0".join(("Người", "giao", *("" for _gap in range(6)), "Người", "nhận"))
_ENDED = {
    EndedBy.REFUSAL: "từ chối giải quyết",
    EndedBy.STOP: "dừng giải quyết",
    EndedBy.WITHDRAWAL: "người nộp rút hồ sơ",
}


@dataclass(slots=True)
class _Step:
    """One hand-over; ``notes`` are what happened until the next."""

    giver: str
    taker: str
    at: datetime
    outcome: str
    notes: list[str]


def control_sheet(
    dossier: Dossier, history: Sequence["HistoryEntry"], office: Office, *, marks: Marks | None = None
) -> NoticeContent:
    """Return the control sheet as far as the dossier has come; `history` oldest first."""
    desk = office_in_text(office)
    steps = _steps(dossier, standing_steps(history), desk)
    resolver = next((step.taker for step in reversed(steps) if step.taker != desk), "")
    rows = [_row(number, step) for number, step in enumerate(steps, start=1)]
    rows += [_blank_row(number) for number in range(len(rows) + 1, max(_ROWS, len(rows) + 1) + 1)]
    return NoticeContent(
        office=office,
        title=TITLE,
        place_date=place_and_day(office, dossier.received_at),
        dossier_code=dossier.dossier_code,
        provisional=dossier.provisional_code,
        blocks=(
            Labelled(label="Người nộp hồ sơ: ", value=dossier.applicant.full_name, strong=True),
            Labelled(label="Nội dung yêu cầu giải quyết: ", value=request_of(dossier)),
            Labelled(label="Thời gian nhận hồ sơ: ", value=moment_in_text(dossier.received_at)),
            Labelled(label="Thời gian hẹn trả kết quả: ", value=_promised(dossier), strong=True),
            Labelled(label="Cơ quan (bộ phận) giải quyết hồ sơ: ", value=resolver),
            Labelled(label="Cơ quan phối hợp giải quyết hồ sơ: ", value=""),
            NoticeTable(columns=_COLUMNS, rows=tuple(rows), smaller=1.0),
        ),
        notes=(
            "Trường hợp hồ sơ được chuyển qua nhiều cơ quan, bộ phận, mỗi lần giao, nhận ghi một dòng; "
            "cột kết quả do bên nhận ghi.",
        ),
        marks=marks or Marks(),
    )


def _promised(dossier: Dossier) -> str:
    return moment_in_text(dossier.due_at) if dossier.due_at else NO_DATE


def _steps(dossier: Dossier, history: Sequence["HistoryEntry"], desk: str) -> list[_Step]:
    """Return the hand-overs, each with the notes of what followed it."""
    steps: list[_Step] = []
    before: list[str] = []  # what was noted before the first hand-over
    place = desk
    for entry in history:
        notes = steps[-1].notes if steps else before
        match entry.act:
            case "handed_over":
                taker = _taker(dossier, entry)
                steps.append(_Step(place, taker, entry.at, "", []))
                place = taker
            case "result_entered" if dossier.life.result is not None:
                giver = place if place != desk else ""
                steps.append(_Step(giver, desk, entry.at, _outcome(dossier), _result_notes(dossier)))
                place = desk
            case _:
                notes += _notes(dossier, entry)
    if before and steps:
        steps[0].notes[:0] = before
    elif before:
        steps.append(_Step(desk, "", dossier.received_at, "", before))
    return steps


def _taker(dossier: Dossier, entry: "HistoryEntry") -> str:
    holder = dossier.life.holder
    return str(entry.detail.get("to") or (holder.name if holder else ""))


def _result_notes(dossier: Dossier) -> list[str]:
    result = dossier.life.result
    if result is None:
        return []
    number = f", số {result.number}" if result.number else ""
    return [f"{result.name}{number}" if result.granted else f"{result.name}{number}: không giải quyết"]


def _notes(dossier: Dossier, entry: "HistoryEntry") -> list[str]:
    """Return what a step between two hand-overs leaves in the last column."""
    life, day = dossier.life, f"{entry.at:%d/%m/%Y}"
    extension, ending = life.extension, life.ending
    match entry.act:
        case "supplement_requested":
            return [f"{day}: yêu cầu bổ sung"]
        case "resumed":
            again = next((each.due_after for each in life.supplements if each.resumed_at == entry.at), None)
            return [f"{day}: nhận đủ bổ sung" + (f", hẹn trả {again:%d/%m/%Y}" if again else "")]
        case "payment_asked":
            return [f"{day}: chờ nghĩa vụ tài chính"]
        case "payment_taken":
            return [f"{day}: đã nộp nghĩa vụ tài chính"]
        case "extended" if extension is not None:
            return [f"{day}: gia hạn đến {extension.due_after:%d/%m/%Y}"]
        case "refused" | "stopped" | "withdrawn" if ending is not None:
            return [f"{day}: {_ENDED[ending.kind]}"]
        case "returned":
            return [f"{day}: đã trả kết quả"]
    return []


def _outcome(dossier: Dossier) -> str:
    """Return the three choices with the one that holds ticked, by the promise in force."""
    result, due = dossier.life.result, dossier.due_at
    if result is None or due is None:
        return _choices(None)
    on, by = result.at.date(), due.date()
    return _choices(0 if on < by else 1 if on == by else 2)


def _choices(ticked: int | None) -> str:
    names = ("Trước hạn", "Đúng hạn", "Quá hạn")
    return "\n".join(f"{'☒' if n == ticked else '☐'} {name}" for n, name in enumerate(names))


def _row(number: int, step: _Step) -> NoticeRow:
    sides = f"{number}. Giao: {step.giver or DOTS}\nNhận: {step.taker or DOTS}"
    when = moment_in_text(step.at) if step.taker else _BLANK_TIME
    return NoticeRow(cells=(sides, f"{when}\n{_SIGNERS}", step.outcome, "\n".join(step.notes)), room_mm=_ROOM)


def _blank_row(number: int) -> NoticeRow:
    sides = f"{number}. Giao: {DOTS}\nNhận: {DOTS}"
    return NoticeRow(cells=(sides, f"{_BLANK_TIME}\n{_SIGNERS}", _choices(None), ""), room_mm=_ROOM)
