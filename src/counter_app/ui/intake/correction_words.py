"""What a correction changes, old and new side by side, in the words of the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.dossier import Channel, Dossier, ReturnBy
from counter_app.domain.fee import format_vnd
from counter_app.domain.person import mask_personal_id
from counter_app.i18n import _, later, moment

if TYPE_CHECKING:
    from counter_app.domain.fee import Charge
    from counter_app.domain.person import Person
    from counter_app.ui.intake.correction import Correction

_CHANNELS = {
    Channel.COUNTER: later("tại quầy"),
    Channel.ONLINE: later("trực tuyến"),
    Channel.POSTAL: later("bưu chính"),
}
_RETURNS = {ReturnBy.COUNTER: later("tại quầy"), ReturnBy.POSTAL: later("qua bưu chính")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line: what, what it was, what it becomes."""

    what: str
    old: str
    new: str

    @property
    def text(self) -> str:
        """The line as it is shown."""
        return f"{self.what}: {self.old or '—'} → {self.new or '—'}"


def changes(correction: Correction) -> tuple[Change, ...]:
    """Return what saving would change, the weightiest first."""
    after = correction.after
    if after is None:
        return ()
    told = tuple(
        Change(what=_(what), old=say(correction.before), new=say(after))
        for name, what, say in _SAID
        if name in correction.changed
    )
    before = correction.before
    return (*_applicant(before, after), *told, *_answers(before, after, correction.changed))


def lacking_words(correction: Correction) -> str:
    """Return what must still be done in the strip, "" for nothing."""
    return {
        "change": _("Chưa sửa gì"),
        "reason": _("Ghi lý do sửa"),
        "due_day": _("Xem lại ngày hẹn"),
        "due_reason": _("Ghi lý do đổi ngày"),
        "": "",
    }[correction.lacking]


def _procedure(dossier: Dossier) -> str:
    procedure = dossier.procedure
    return f"{procedure.name} ({procedure.case_name})" if procedure.case_name else procedure.name


def _person(person: Person, other: Person) -> str:
    """Return the name, and of the rest what differs between the two."""
    details = (
        (mask_personal_id(person.personal_id), person.personal_id != other.personal_id),
        (person.phone, person.phone != other.phone),
        (person.address, person.address != other.address),
    )
    return ", ".join((person.full_name, *(text for text, differs in details if differs and text)))


def _applicant(before: Dossier, after: Dossier) -> tuple[Change, ...]:
    one, other = before.applicant, after.applicant
    if one == other:
        return ()
    return (Change(what=_("Người nộp"), old=_person(one, other), new=_person(other, one)),)


def _people(dossier: Dossier) -> str:
    return ", ".join(person.full_name for person in dossier.people.values())


def _due(dossier: Dossier) -> str:
    return moment(dossier.due_at) if dossier.due_at else _("không hẹn ngày")


def _charges(dossier: Dossier) -> str:
    total = dossier.charges_vnd
    if total is None:
        return _("chưa rõ")
    if not dossier.charges:
        return _("không thu")
    return format_vnd(total) + _exempt(dossier.charges)


def _exempt(charges: tuple[Charge, ...]) -> str:
    return " " + _("(có miễn, giảm)") if any(charge.exemption_id for charge in charges) else ""


def _parts(dossier: Dossier) -> str:
    return ", ".join(
        f"{part.name} ({part.original}+{part.copy + part.electronic})"
        if part.original or part.copy or part.electronic
        else part.name
        for part in dossier.parts
    )


def _facts(dossier: Dossier) -> str:
    from counter_app.services.visit_limits import FACT_LABELS

    return ", ".join(f"{_(FACT_LABELS.get(key, key))}: {value}" for key, value in dossier.facts.items())


_SAID: tuple[tuple[str, str, Callable[[Dossier], str]], ...] = (
    ("procedure", later("Thủ tục"), _procedure),
    ("promise", later("Hẹn trả"), _due),
    ("charges", later("Phí, lệ phí"), _charges),
    ("parts", later("Giấy tờ"), _parts),
    ("people", later("Người trong hồ sơ"), _people),
    ("facts", later("Số lượng"), _facts),
    ("channel", later("Cách nộp"), lambda dossier: _(_CHANNELS[dossier.channel])),
    ("return_by", later("Trả kết quả"), lambda dossier: _(_RETURNS[dossier.return_by])),
    ("copies", later("Số bộ hồ sơ"), lambda dossier: str(dossier.copies)),
    ("assisted", later("Cán bộ nhập giúp"), lambda dossier: _("có") if dossier.assisted else _("không")),
)


def _answers(before: Dossier, after: Dossier, changed: tuple[str, ...]) -> tuple[Change, ...]:
    """Return how many answers of the forms differ; which ones, the clerk has just typed."""
    if "forms" not in changed or "procedure" in changed:
        return ()
    old, new = _all_answers(before), _all_answers(after)
    count = sum(old.get(key) != new.get(key) for key in old.keys() | new.keys())
    if not count:
        return ()
    told = _("{count} câu trả lời đổi").format(count=count)
    return (Change(what=_("Tờ khai"), old=_("{count} câu").format(count=len(old)), new=told),)


def _all_answers(dossier: Dossier) -> Mapping[tuple[str, str], object]:
    return {(form.form_id, key): value for form in dossier.forms for key, value in form.answers.items()}
