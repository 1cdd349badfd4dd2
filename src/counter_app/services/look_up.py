"""Finds dossiers and people in the local database, unsent ones too."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.purged_dossier import PurgedDossier
from counter_app.services.definitions import template_of
from counter_app.services.desk import Desk
from counter_app.services.ports import DossierRow, HistoryEntry, PrintRecord, Queries

_LIKE_A_CODE = re.compile(r"[A-Za-z0-9./-]{5,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFile:
    """A dossier with all that happened to it.

    ``purged`` is the proof of one destroyed after its time: there is nothing else to show.
    ``templates`` are its forms as they were filled, by form id; one that cannot be read is left out.
    """

    dossier: Dossier
    history: tuple[HistoryEntry, ...]
    prints: tuple[PrintRecord, ...]
    unsent: bool
    templates: Mapping[str, FormTemplate] = field(default_factory=dict)
    purged: PurgedDossier | None = None


def find(desk: Desk, text: str, *, limit: int = 50) -> Sequence[DossierRow]:
    """Return the newest dossiers matching a code, name without marks, personal id or phone.

    What a slip's QR holds ("CODE/SECRET") finds its dossier too.
    """
    with desk.store.reading() as queries:
        return queries.find(_code_in(desk, text) if "/" in text else text, limit)


def open_dossier(desk: Desk, dossier_code: str) -> DossierFile:
    """Return the dossier of a code, provisional codes and aliases included, also as a slip's QR has it.

    Raises:
        BadInput: ``dossier_unknown``.
    """
    with desk.store.reading() as queries:
        dossier = queries.dossier_by_code(dossier_code) or queries.dossier_by_code(
            _code_in(desk, dossier_code)
        )
        if dossier is None:
            raise BadInput("dossier_unknown", dossier_code=_no_person(dossier_code))
        return DossierFile(
            dossier=dossier,
            history=tuple(queries.history(dossier.dossier_id)),
            prints=tuple(queries.prints(dossier.dossier_id)),
            unsent=queries.unsent(dossier.dossier_id),
            templates=_templates(queries, dossier),
            purged=queries.purged_dossier(dossier.dossier_id),
        )


def status_of(desk: Desk, dossier_code: str) -> DossierStatus | None:
    """Return where the dossier of a code stands, None when there is no such dossier."""
    with desk.store.reading() as queries:
        dossier = queries.dossier_by_code(dossier_code)
    return dossier.status if dossier else None


def _no_person(text: str) -> str:
    """Return what was typed where it looks like a code; a name or a personal id is not told again."""
    return text[:40] if _LIKE_A_CODE.fullmatch(text) and not text.isdigit() else "…"


def _templates(queries: Queries, dossier: Dossier) -> dict[str, FormTemplate]:
    """Return what can be read: a dossier is looked at even when its database is damaged."""
    found: dict[str, FormTemplate] = {}
    for form in dossier.forms:
        with suppress(EnvironmentProblem):
            found[form.form_id] = template_of(queries, form)
    return found


def _code_in(desk: Desk, text: str) -> str:
    """Return the dossier code a scan or a clerk's typing means, or the text itself."""
    from counter_app.domain.scan import read_code

    try:
        return read_code(text, desk.settings.office.unit_code)[0]
    except BadInput:
        return text
