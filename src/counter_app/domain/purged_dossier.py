"""What is left of a dossier whose papers were destroyed after their time: proof, and no content."""

from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_life import Life
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.person import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgedDossier:
    """Proof that there was such a dossier and by which rule it went; nothing tells whose it was.

    ``content_digest`` is the SHA-256 of what was destroyed: a copy kept elsewhere can be recognised by it.
    ``basis`` is the rule of retention in words, ``clerk`` who confirmed.
    """

    dossier_id: str
    dossier_code: str
    procedure_id: str
    received_at: datetime
    ended_at: datetime
    status: DossierStatus
    content_digest: str
    basis: str
    purged_at: datetime
    clerk: str


def emptied(dossier: Dossier) -> Dossier:
    """Return the dossier without anything about anybody but the office's own people.

    What figures and the register count by stays: code, procedure, moments, status, amounts, how the
    result was given. Texts go even where they look harmless: a reason may name a citizen.
    """
    return replace(
        dossier,
        applicant=Person(full_name=""),
        forms=(),
        parts=(),
        people={},
        facts={},
        charges=tuple(replace(each, note="") for each in dossier.charges),
        life=_emptied_life(dossier.life),
    )


def _emptied_life(life: Life) -> Life:
    return replace(
        life,
        supplements=tuple(replace(each, items=(), reason="", repeat_reason="") for each in life.supplements),
        extension=life.extension and replace(life.extension, reason="", late_reason=""),
        payment=life.payment and replace(life.payment, text=""),
        ending=life.ending and replace(life.ending, reasons=(), fees="", originals=""),
        result=life.result and replace(life.result, name="", number=""),
        returned=life.returned
        and replace(
            life.returned,
            full_name="",
            personal_id="",
            identity_checked="",
            authorisation="",
            postal_code="",
            note="",
        ),
        given_back={},
    )
