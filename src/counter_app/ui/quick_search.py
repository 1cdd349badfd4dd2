"""Ctrl+K: one question over dossiers, people, procedures and commands; plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.person import mask_personal_id
from counter_app.domain.vietnamese_text import fold, initials
from counter_app.i18n import _
from counter_app.ui.screens import SCREENS

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

_DOSSIERS, _PEOPLE, _PROCEDURES = 6, 3, 3
# Screens without a button that are opened by name too.
_OFF_RAIL = frozenset({"audit", "lists", "personal_data", "shift"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of the answer. ``screen_id`` and ``request`` say where it leads."""

    kind: str  # dossier, person, procedure, command
    text: str
    detail: str
    screen_id: str
    request: tuple[tuple[str, str], ...] = ()


def commands() -> tuple[Hit, ...]:
    """Return what can be done by name."""
    screens = tuple(
        Hit(kind="command", text=_(entry.name), detail=_("Mở màn hình"), screen_id=entry.screen_id)
        for entry in SCREENS
        if entry.on_rail or entry.screen_id in _OFF_RAIL
    )
    new = Hit(
        kind="command",
        text=_("Lượt tiếp nhận mới"),
        detail="F2",
        screen_id="intake",
        request=(("new", "1"),),
    )
    scanner = Hit(
        kind="command",
        text=_("Kiểm tra máy quét"),
        detail=_("Cài đặt"),
        screen_id="settings",
        request=(("page", "scanner"),),
    )
    return (new, *screens, scanner)


def matching_commands(text: str) -> list[Hit]:
    """Return the commands whose words or initials start with what was typed."""
    key = fold(text)
    if not key:
        return list(commands())
    return [
        hit
        for hit in commands()
        if key in fold(hit.text) or initials(hit.text).startswith(key.replace(" ", ""))
    ]


def search(desk: "Desk", text: str) -> Sequence[Hit]:
    """Return hits of all kinds, dossiers first; runs on the reader thread."""
    if len(fold(text).replace(" ", "")) < 2:
        return matching_commands(text)
    with desk.store.reading() as queries:
        rows = queries.find(text, _DOSSIERS)
        people = queries.find_people(text, _PEOPLE)
    today = desk.clock.now().date()
    hits = [
        Hit(
            kind="dossier",
            text=f"{row.applicant} · {row.procedure}",
            detail=row.dossier_code,
            screen_id="dossier",
            request=(("dossier_code", row.dossier_code),),
        )
        for row in rows
    ]
    hits += [
        Hit(
            kind="person",
            text=person.full_name,
            detail=mask_personal_id(person.personal_id),
            screen_id="people",
            request=(("person_id", person.personal_id),),
        )
        for person in people
    ]
    hits += [
        Hit(
            kind="procedure",
            text=procedure.name,
            detail=procedure.national_code or procedure.sector,
            screen_id="procedures",
            request=(("procedure_id", procedure.procedure_id),),
        )
        for procedure in list(desk.catalogue.search(text, today))[:_PROCEDURES]
    ]
    return hits + matching_commands(text)
