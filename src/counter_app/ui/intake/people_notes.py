"""What the clerk should know of the people before going on, each with the screen that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.dossier_status import DossierStatus
from counter_app.i18n import _
from counter_app.ui.status_words import status_words

if TYPE_CHECKING:
    from datetime import datetime

    from counter_app.domain.person import Person
    from counter_app.ui.intake.state import IntakeState

_MOST = 4
_WAITING = {
    DossierStatus.AWAITING_SUPPLEMENT: "dossier",
    DossierStatus.AWAITING_PAYMENT: "dossier",
    DossierStatus.RESOLVED: "returns",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleNote:
    """A sentence, and the button that leads to what it is about."""

    text: str
    label: str
    screen_id: str
    request: tuple[tuple[str, str], ...]


def people_notes(state: IntakeState) -> tuple[PeopleNote, ...]:
    """Return the notes of a state, the most pressing first; each dossier once, one being corrected never."""
    own = state.correcting.before.dossier_code if state.correcting is not None else ""
    told: dict[tuple[tuple[str, str], ...], PeopleNote] = {}
    for note in (*_same_requests(state), *_waiting(state), *_letters(state), *_namesakes(state)):
        if dict(note.request).get("dossier_code", "-") != own:
            told.setdefault(note.request, note)
    return tuple(told.values())[:_MOST]


def _same_requests(state: IntakeState) -> Iterator[PeopleNote]:
    for row in state.open_same:
        yield _of_dossier(_("Đang có hồ sơ cùng thủ tục"), row.dossier_code, row.received_at, row.status)
    for each in state.open_about:
        words = _("{name} đã nộp hồ sơ cùng thủ tục cho cùng một người").format(name=each.applicant)
        yield _of_dossier(words, each.dossier_code, each.received_at, each.status)


def _waiting(state: IntakeState) -> Iterator[PeopleNote]:
    """What the applicant may have come for: a result that is ready, papers still to bring."""
    applicant = state.visit.applicant
    record = state.records.get(applicant.personal_id) if applicant is not None else None
    for visit in record.visits if record is not None else ():
        screen = _WAITING.get(visit.status)
        if screen is not None:
            yield _of_dossier(visit.procedure, visit.dossier_code, visit.received_at, visit.status, screen)


def _letters(state: IntakeState) -> Iterator[PeopleNote]:
    """The applicant may stand in another's place: the letter says in what."""
    applicant = state.visit.applicant
    for giver in state.acts_for.get(applicant.personal_id, ()) if applicant is not None else ():
        yield PeopleNote(
            text=_("Người nộp có giấy ủy quyền của {name}.").format(name=giver.full_name),
            label=_("Xem"),
            screen_id="people",
            request=(("person_id", giver.personal_id),),
        )


def _namesakes(state: IntakeState) -> Iterator[PeopleNote]:
    everybody = (state.visit.applicant, *state.visit.people.values())
    for person in (each for each in everybody if each is not None):
        for other in state.alike.get(person.personal_id, ()):
            yield _namesake(person, other)


def _namesake(person: Person, other: Person) -> PeopleNote:
    from counter_app.domain.person import mask_personal_id

    number = mask_personal_id(other.personal_id)
    words = _("{name} giống người đã có trên máy với số {number}. Có thể là một người.")
    return PeopleNote(
        text=words.format(name=person.full_name, number=number),
        label=_("Xem"),
        screen_id="people",
        request=(("person_id", other.personal_id),),
    )


def _of_dossier(
    words: str, code: str, received_at: datetime, status: DossierStatus, screen: str = "dossier"
) -> PeopleNote:
    text = _("{what}: {code}, nhận {day}, {status}.").format(
        what=words, code=code, day=f"{received_at:%d/%m/%Y}", status=status_words(status)[0].lower()
    )
    label = _("Trả kết quả") if screen == "returns" else _("Mở")
    return PeopleNote(text=text, label=label, screen_id=screen, request=(("dossier_code", code),))
