"""The instruction sheet of one procedure: what to bring, what it costs, when and where to come back.

Large letters, short words: it is read by the citizen, often an old one, at home.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.domain.fee import FeeRule
from counter_app.domain.office import Office
from counter_app.domain.procedure import Procedure, ProcedureCase, RequiredPart
from counter_app.services.condition_words import condition_words
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.procedure_words import channels_text, fee_text, part_text, time_text
from counter_app.services.sheet_content import (
    CellAlign,
    SheetColumn,
    SheetContent,
    SheetSection,
    SheetTable,
)

_PARTS = (
    SheetColumn(label="TT", width=0.6, align=CellAlign.CENTRE),
    SheetColumn(label="Giấy tờ", width=7),
    SheetColumn(label="Cần", width=3),
)


def instruction_sheet(
    procedure: Procedure,
    *,
    office: Office,
    amounts: Mapping[str, int],
    on: date,
    case_id: str = "",
    hours: str = "",
    labels: Mapping[str, str] = {},
    training: bool = False,
) -> SheetContent:
    """Return the sheet of one case, or of all cases for `case_id` ""; cases that are alike stand once.

    `amounts` as for `posting_sheets.posting_sheet`, `hours` the hours in words, `labels` as for
    `condition_words`.
    """
    code = f"Mã thủ tục: {procedure.national_code}" if procedure.national_code else "Chưa có mã quốc gia"
    cases = [case for case in procedure.cases if case_id in ("", case.case_id)]
    several = len(procedure.cases) > 1
    return SheetContent(
        office=office,
        title=f"Hướng dẫn: {procedure.name}",
        subtitle=f"{code} · Lĩnh vực {procedure.sector}",
        place_date=f"{office.date_place}, {day_in_text(on)}",
        sections=(
            *_cases([_told(case, amounts, labels) for case in cases], several=several),
            _where(procedure, office, hours),
        ),
        note="Không phải nộp giấy tờ mà cán bộ tra được trên cơ sở dữ liệu. Cơ quan không được yêu cầu thêm "
        "giấy tờ ngoài danh sách này.",
        font_size=13.0,
        marks=Marks(training=training),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What the sheet says of a case."""

    name: str
    facts: tuple[str, ...]
    papers: tuple[tuple[str, ...], ...]


def _told(case: ProcedureCase, amounts: Mapping[str, int], labels: Mapping[str, str]) -> _Told:
    papers = tuple(
        (str(number), _paper(part, labels), part_text(part))
        for number, part in enumerate(case.parts, start=1)
    )
    fees = [_fee(rule, amounts) for rule in case.fees] or ["Phí, lệ phí: Không thu"]
    return _Told(case.name, (f"Thời gian giải quyết: {time_text(case)}", *fees), papers)


def _cases(cases: Sequence[_Told], *, several: bool) -> Iterator[SheetSection]:
    """Yield the cases, those that say the same under one heading, no list of papers twice."""
    alike: dict[tuple[object, ...], list[_Told]] = {}
    for case in cases:
        alike.setdefault((case.facts, case.papers), []).append(case)
    listed: dict[tuple[tuple[str, ...], ...], str] = {}
    for first, *others in alike.values():
        names = "; ".join(case.name for case in (first, *others))
        before = listed.get(first.papers) if first.papers else None
        again = (f"Giấy tờ cần có: như trường hợp “{before}” ở trên",) if before else ()
        heading = f"Trường hợp: {names}" if several else ""
        yield SheetSection(heading=heading, lines=(*first.facts, *again), labelled=True)
        if first.papers and before is None:
            listed[first.papers] = first.name
            table = SheetTable(columns=_PARTS, rows=first.papers)
            yield SheetSection(heading="Giấy tờ cần có", table=table)


def _paper(part: RequiredPart, labels: Mapping[str, str]) -> str:
    notes = []
    if part.form_id:
        notes.append("cán bộ in sẵn, ông/bà chỉ ký")
    if part.when is not None:
        words = condition_words(part.when, labels)
        notes.append(f"chỉ {words}" if words else "chỉ khi thuộc trường hợp này")
    elif part.optional and "nếu có" not in part.name.lower():
        notes.append("nếu có")
    if part.not_needed_if:
        text = part.not_needed_if
        notes.append(text[:1].lower() + text[1:] if notes else text)
    return part.name + (f"\n({'; '.join(notes)})" if notes else "")


def _fee(rule: FeeRule, amounts: Mapping[str, int]) -> str:
    exempt = ", ".join(exemption.name for exemption in rule.exemptions)
    return f"{rule.name}: {fee_text(rule, amounts)}" + (f". Miễn cho: {exempt}" if exempt else "")


def _where(procedure: Procedure, office: Office, hours: str) -> SheetSection:
    lines = [f"Nơi nộp: {procedure.receiving_body or office.name}"]
    if office.address and not procedure.receiving_body:
        lines.append(f"Địa chỉ: {office.address}")
    if office.phone:
        lines.append(f"Điện thoại hỏi: {office.phone}")
    if hours:
        lines.append(f"Giờ tiếp nhận: {hours}")
    lines.append(f"Cách nộp: {channels_text(procedure)}")
    if procedure.results:
        lines.append(f"Kết quả: {'; '.join(result.name for result in procedure.results)}")
    basis = [procedure.decision, *procedure.basis] if procedure.decision else list(procedure.basis)
    if basis:
        lines.append(f"Căn cứ: {'; '.join(basis)}")
    return SheetSection(heading="Nộp ở đâu, nhận gì", lines=tuple(lines), labelled=True)
