"""What the server asks this office to look at and nobody has settled, with the dossier each is about."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_protocol.fold import FlagKind

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries
    from counter_app.services.sync_port import Notice

_FIRST = (FlagKind.RETURNED_TWICE, FlagKind.ACT_AFTER_END, FlagKind.DUPLICATE_CODE)
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNotice:
    """A notice and its dossier; ``dossier_code`` is "" when the dossier is not here."""

    notice: "Notice"
    dossier_code: str = ""
    applicant: str = ""
    procedure: str = ""


def open_notices(desk: "Desk") -> tuple[OpenNotice, ...]:
    """Return what is open, the gravest first, then the newest; errors as `Store.reading`."""
    with desk.store.reading() as queries:
        notices = sorted(queries.notices(), key=lambda each: _rank(each.kind))[:MOST_SHOWN]
        return tuple(_with_dossier(queries, each) for each in notices)


def notices_of_dossier(queries: "Queries", dossier_id: str) -> "tuple[Notice, ...]":
    """Return what is open about one dossier, the gravest first."""
    return tuple(sorted(queries.notices(dossier_id=dossier_id), key=lambda each: _rank(each.kind)))


def returned_twice(queries: "Queries") -> tuple[OpenNotice, ...]:
    """Return the results that were recorded as given twice and nobody has cleared up."""
    found = [each for each in queries.notices() if each.kind == FlagKind.RETURNED_TWICE]
    return tuple(_with_dossier(queries, each) for each in found[:MOST_SHOWN])


def _with_dossier(queries: "Queries", notice: "Notice") -> OpenNotice:
    dossier: Dossier | None = queries.dossier(notice.dossier_id) if notice.dossier_id else None
    if dossier is None:
        return OpenNotice(notice=notice)
    return OpenNotice(
        notice=notice,
        dossier_code=dossier.dossier_code,
        applicant=dossier.applicant.full_name,
        procedure=dossier.procedure.name,
    )


def _rank(kind: str) -> int:
    return _FIRST.index(FlagKind(kind)) if kind in _FIRST else len(_FIRST)
