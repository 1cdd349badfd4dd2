"""What a pack changes, in sentences a clerk reads and posts: "3 thủ tục đổi lệ phí"."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from counter_app.domain.catalogue_changes import (
    Aspect,
    CatalogueChanges,
    CommuneChange,
    DayChange,
    ItemChange,
    SpecialDay,
)
from counter_app.domain.compare_catalogues import case_aspects
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.procedure import Procedure, ProcedureCase
from counter_app.domain.working_calendar import Certainty, SwappedWorkday
from counter_app.services.procedure_words import fee_text, time_text

_ASPECTS = {
    Aspect.NAME: "đổi tên",
    Aspect.CODE: "đổi mã quốc gia",
    Aspect.CASES: "thêm hoặc bớt trường hợp",
    Aspect.TIME: "đổi thời hạn",
    Aspect.FEES: "đổi phí, lệ phí",
    Aspect.PARTS: "đổi giấy tờ phải nộp",
    Aspect.FORMS: "đổi tờ khai phải dùng",
    Aspect.RESULTS: "đổi kết quả",
    Aspect.CHANNELS: "đổi cách nộp hoặc nơi tiếp nhận",
    Aspect.VALIDITY: "đổi thời gian áp dụng",
    Aspect.BASIS: "đổi căn cứ, quyết định công bố",
    Aspect.FIELDS: "đổi nội dung phải khai",
    Aspect.LAYOUT: "đổi mẫu in",
    Aspect.OTHER: "đổi ghi chú",
}


def aspect_words(aspects: Iterable[Aspect]) -> str:
    """Return "đổi thời hạn, đổi phí, lệ phí" as one phrase."""
    return "; ".join(_ASPECTS[aspect] for aspect in aspects)


def summary(changes: CatalogueChanges) -> tuple[str, ...]:
    """Return one line for each kind of change, the heaviest first; one line when nothing changes."""
    lines = [
        *_counted(changes.procedures, "thủ tục"),
        *_counted(changes.forms, "tờ khai"),
    ]
    if changes.days:
        lines.append(f"{len(changes.days)} ngày nghỉ, ngày làm bù thay đổi")
    if changes.communes:
        lines.append(f"{len(changes.communes)} đơn vị hành chính thay đổi")
    return tuple(lines) or ("Không có gì thay đổi",)


def _counted(
    changes: "Iterable[ItemChange[Procedure]] | Iterable[ItemChange[FormTemplate]]", noun: str
) -> Iterator[str]:
    new = gone = 0
    aspects: Counter[Aspect] = Counter()
    for change in changes:
        new += change.before is None
        gone += change.after is None
        aspects.update(change.aspects)
    if new:
        yield f"{new} {noun} mới"
    for aspect in Aspect:
        if aspects[aspect]:
            yield f"{aspects[aspect]} {noun} {_ASPECTS[aspect]}"
    if gone:
        yield f"{gone} {noun} hết hiệu lực hoặc bị bãi bỏ"


def rewritten_words(changes: CatalogueChanges, on: date) -> tuple[str, ...]:
    """Return a warning for each version that would be rewritten under its own name.

    A misprint must be correctable, so it is no fault; yet dossiers may have been received under it.
    """
    return tuple(
        f"{_rewriting(change, on)}: {change.name} ({aspect_words(change.aspects)})"
        for change in changes.items()
        if change.rewritten
    )


def _rewriting(change: "ItemChange[Procedure] | ItemChange[FormTemplate]", on: date) -> str:
    in_use = change.before is not None and change.before.valid_from <= on
    return "Sửa ngay trong phiên bản đang dùng" if in_use else "Sửa trong phiên bản sắp áp dụng"


def gap_words(change: "ItemChange[Procedure] | ItemChange[FormTemplate]") -> str:
    """Return from when until when nothing would be in force."""
    if change.after is None:
        raise AssertionError("a gap ends with the next version")
    return f"Không áp dụng từ {_day(change.from_day)} cho đến {_day(change.after.valid_from)}"


def procedure_details(change: ItemChange[Procedure]) -> tuple[str, ...]:
    """Return the differences of a procedure, one a line, old and new side by side."""
    before, after = change.before, change.after
    if before is None or after is None:
        return ()
    if change.gap:
        return (gap_words(change),)
    lines = [
        f"{label}: {old or '(không có)'} → {new or '(không có)'}" for label, old, new in _plain(before, after)
    ]
    several = len(after.cases) > 1 or len(before.cases) > 1
    for case in before.cases:
        other = after.case(case.case_id)
        prefix = f"{case.name}: " if several else ""
        if other is None:
            lines.append(f"Bỏ trường hợp: {case.name}")
        else:
            lines += [prefix + line for line in _case_details(case, other)]
    lines += [f"Thêm trường hợp: {case.name}" for case in after.cases if before.case(case.case_id) is None]
    return tuple(lines)


def change_lines(change: "ItemChange[Procedure] | ItemChange[FormTemplate]") -> tuple[str, ...]:
    """Return what happens to a procedure or form, one difference a line; never empty."""
    day = _day(change.from_day)
    if change.before is None:
        return (f"Mới, từ {day}",)
    if change.after is None:
        return (f"Thôi áp dụng từ {day}",)
    if change.gap:
        return (gap_words(change),)
    own = procedure_details(_of_procedure(change)) if isinstance(change.after, Procedure) else ()
    words = aspect_words(change.aspects)
    return own or (words[:1].upper() + words[1:],)


def _of_procedure(change: "ItemChange[Procedure] | ItemChange[FormTemplate]") -> ItemChange[Procedure]:
    if not isinstance(change.after, Procedure) or not isinstance(change.before, Procedure):
        raise AssertionError("both sides are procedures")
    return ItemChange(
        item_id=change.item_id,
        before=change.before,
        after=change.after,
        from_day=change.from_day,
        aspects=change.aspects,
    )


def _plain(before: Procedure, after: Procedure) -> Iterator[tuple[str, str, str]]:
    pairs = (
        ("Tên", before.name, after.name),
        ("Mã quốc gia", before.national_code, after.national_code),
        ("Quyết định công bố", before.decision, after.decision),
        ("Nơi tiếp nhận", before.receiving_body, after.receiving_body),
        ("Áp dụng đến hết ngày", _day(before.valid_to), _day(after.valid_to)),
    )
    for label, old, new in pairs:
        if old != new and not (label.startswith("Áp dụng") and before.valid_from != after.valid_from):
            yield label, old, new


def _case_details(before: ProcedureCase, after: ProcedureCase) -> Iterator[str]:
    aspects = case_aspects(before, after)
    if Aspect.TIME in aspects and time_text(before) != time_text(after):
        yield f"Thời hạn: {time_text(before)} → {time_text(after)}"
    if Aspect.FEES in aspects:
        yield from _fee_details(before, after)
    if Aspect.PARTS in aspects:
        yield from _part_details(before, after)
    if Aspect.FORMS in aspects:
        yield f"Tờ khai: {', '.join(before.forms) or 'không'} → {', '.join(after.forms) or 'không'}"


def _fee_details(before: ProcedureCase, after: ProcedureCase) -> Iterator[str]:
    """Yield the fees that changed, not those that stayed."""
    old = {rule.fee_id: rule for rule in before.fees}
    new = {rule.fee_id: rule for rule in after.fees}
    for fee_id, rule in old.items():
        other = new.get(fee_id)
        if other is None:
            yield f"Bỏ khoản thu: {rule.name}"
        elif fee_text(rule, {}) != fee_text(other, {}):
            yield f"{other.name}: {fee_text(rule, {})} → {fee_text(other, {})}"
        elif rule != other:
            yield f"{other.name}: đổi tên, diện miễn giảm, thời gian áp dụng hoặc căn cứ"
    for fee_id, rule in new.items():
        if fee_id not in old:
            yield f"Thêm khoản thu: {rule.name}: {fee_text(rule, {})}"


def _part_details(before: ProcedureCase, after: ProcedureCase) -> Iterator[str]:
    old = {part.part_id: part for part in before.parts}
    new = {part.part_id: part for part in after.parts}
    for part_id, part in old.items():
        if part_id not in new:
            yield f"Bỏ giấy tờ: {part.name}"
        elif new[part_id] != part:
            yield f"Đổi giấy tờ: {new[part_id].name}"
    for part_id, part in new.items():
        if part_id not in old:
            yield f"Thêm giấy tờ: {part.name}"


def day_words(change: DayChange) -> str:
    """Return "30/12/2026: ngày thường → nghỉ (Tết, dự kiến)"."""
    return f"{change.day:%d/%m/%Y}: {_special(change.before)} → {_special(change.after)}"


def commune_words(change: CommuneChange) -> str:
    """Return "xã A → phường A", "mới: xã C", "thôi dùng: xã B"."""
    if not change.before:
        return f"Mới: {change.after}"
    return f"{change.before} → {change.after}" if change.after else f"Thôi dùng: {change.before}"


def _special(day: SpecialDay | None) -> str:
    if day is None:
        return "ngày thường"
    kind = "làm bù" if isinstance(day, SwappedWorkday) else "nghỉ"
    certainty = ", dự kiến" if day.certainty is Certainty.PROVISIONAL else ""
    return f"{kind} ({day.name}{certainty})"


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
