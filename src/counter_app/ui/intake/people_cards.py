"""The people column in words: one card a person, who is still awaited, what to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain import field_values
from counter_app.domain.person import Person, Sex
from counter_app.i18n import _
from counter_app.messages import text_of_code
from counter_app.ui.intake.answer_words import masked
from counter_app.ui.intake.state import APPLICANT, FROM_CARD, FROM_RECORD, IntakeState, Origin

if TYPE_CHECKING:
    from counter_app.services.places import NewAddress, Places
    from counter_app.services.visit import Visit
    from counter_app.ui.intake.people_notes import PeopleNote


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A person as the column shows them. ``source`` reads "từ thẻ 10:42".

    ``new_address`` is what the address of an older card is today, for the clerk to confirm.
    """

    role: str
    role_label: str
    name: str
    facts: str
    address: str
    source: str
    from_card: bool
    cautions: tuple[str, ...] = ()
    visits: str = ""
    waits: bool = False
    new_address: str = ""
    new_address_certain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeOffer:
    """A known relative for an empty role: "Mẹ: Bùi Thị Hồng Nhung" and who that is."""

    role: str
    text: str
    details: str
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleColumn:
    """Everybody of the visit, the next role a card would fill ("" for none), relatives to take instead."""

    cards: tuple[PersonCard, ...]
    awaited: str
    notes: tuple[PeopleNote, ...] = ()
    offers: tuple[RelativeOffer, ...] = ()


def people_column(state: IntakeState, places: Places | None = None) -> PeopleColumn:
    """Return the people column for a state; `places` say what older addresses are today."""
    labels = role_labels(state)
    cards = tuple(_card(state, labels, role, person, places) for role, person in _everybody(state.visit))
    return PeopleColumn(cards=cards, awaited=_awaited(state), notes=_notes(state), offers=_offers(state))


def _everybody(visit: Visit) -> Iterable[tuple[str, Person]]:
    if visit.applicant is None and not visit.people:
        return ()  # what the first paint shows
    from counter_app.services import place_people

    return place_people.everybody(visit)


def role_labels(state: IntakeState) -> dict[str, str]:
    """Return the words for every role of the visit's forms, the applicant's first."""
    labels = {APPLICANT: _("Người nộp hồ sơ")}
    if state.assessment is not None:
        from counter_app.services.place_people import roles_of

        for role in roles_of([form.template for form in state.assessment.forms]):
            labels[APPLICANT if role.applicant else role.role_id] = _(role.label)
    return labels


def _card(
    state: IntakeState, labels: dict[str, str], role: str, person: Person, places: Places | None
) -> PersonCard:
    from counter_app.services import place_people

    origin = state.origins.get(role)
    waits = place_people.is_waiting(role)
    new = new_address_of(person, places)
    return PersonCard(
        role=role,
        role_label=_("Chưa có vai trò") if waits else labels.get(role, role),
        name=person.full_name or _("(chưa có tên)"),
        facts=facts_line(person),
        address=person.address,
        source=_source(origin),
        from_card=origin is not None and origin.kind == FROM_CARD,
        cautions=_cautions(origin),
        visits=_visits(state, person),
        waits=waits,
        new_address=_words_of(new),
        new_address_certain=new is not None and new.certain,
    )


def new_address_of(person: Person, places: Places | None) -> NewAddress | None:
    """Return what a person's address is today while nobody has confirmed it; None when it needs nothing."""
    from counter_app.domain.address_value import two_levels

    settled = not person.address or person.legacy_address or two_levels(person.address) is not None
    return None if settled or places is None else places.renewed(person.address)


def _words_of(new: NewAddress | None) -> str:
    if new is None:
        return ""
    if new.certain:
        return _("Địa chỉ mới: {text}").format(text=new.with_place(new.places[0]))
    names = " / ".join(place.commune for place in new.places)
    return _("Địa chỉ mới, chọn một: {names}").format(names=names)


def facts_line(person: Person) -> str:
    """Return "0170••••••45 · Nữ · 12/03/1994"."""
    sex = {Sex.MALE: _("Nam"), Sex.FEMALE: _("Nữ"), None: ""}[person.sex]
    parts = (
        masked(person.personal_id),
        sex,
        field_values.printed_date(person.birth_date) or person.birth_date,
        person.phone,
    )
    return " · ".join(part for part in parts if part)


def _source(origin: Origin | None) -> str:
    if origin is None:
        return ""
    time = f"{origin.at:%H:%M}"
    if origin.kind == FROM_CARD:
        return _("từ thẻ {time}").format(time=time)
    if origin.kind == FROM_RECORD:
        return _("từ hồ sơ trước {time}").format(time=time)
    return _("nhập tay {time}").format(time=time)


def _cautions(origin: Origin | None) -> tuple[str, ...]:
    if origin is None:
        return ()
    told = [text_of_code(caution.code, caution.params) for caution in origin.cautions]
    if origin.repaired:
        told.append(_("Máy quét làm sai dấu, đã sửa lại: xin đọc lại họ tên, địa chỉ."))
    return tuple(told)


def _visits(state: IntakeState, person: Person) -> str:
    record = state.records.get(person.personal_id) if person.personal_id else None
    if record is None or not record.visits:
        return ""
    last: datetime = record.visits[0].received_at
    return _("{count} hồ sơ trước · gần nhất {day}").format(count=len(record.visits), day=f"{last:%d/%m/%Y}")


def _awaited(state: IntakeState) -> str:
    if state.visit.applicant is None:
        return role_labels(state)[APPLICANT]
    if state.assessment is None:
        return ""
    from counter_app.services.place_people import next_role

    role = next_role(state.visit, state.assessment.forms)
    return _(role.label) if role is not None else ""


def _notes(state: IntakeState) -> tuple[PeopleNote, ...]:
    if not (state.open_same or state.open_about or state.records or state.alike):
        return ()  # what the first paint shows
    from counter_app.ui.intake.people_notes import people_notes

    return people_notes(state)


def _offers(state: IntakeState) -> tuple[RelativeOffer, ...]:
    if state.assessment is None or not any(state.relatives.values()):
        return ()
    from counter_app.services.people.offer_relatives import offers
    from counter_app.ui.kin_words import kin_words

    return tuple(
        RelativeOffer(
            role=each.role,
            text=f"{_(each.role_label)}: {each.person.full_name}",
            details=_("{kin} của {name}, sinh {birth}").format(
                kin=kin_words(each.kin, each.person.sex),
                name=each.of,
                birth=field_values.printed_date(each.person.birth_date) or "?",
            ),
            person=each.person,
        )
        for each in offers(state.visit, state.assessment.forms, state.relatives)
    )
