"""What kind of card a personal ID stands on and who issued it, told from the day of issue."""

from dataclasses import dataclass
from datetime import date

from counter_app.domain.person import Person
from counter_app.domain.provenance import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class CardIssue:
    """From day `valid_from` on, cards of this kind were issued by this authority."""

    valid_from: date
    kind: str
    issued_by: str
    provenance: Provenance


# Newest first. The card's QR does not name the issuer; the clerk can always correct the proposal.
CARD_ISSUES = (
    CardIssue(
        valid_from=date(2024, 7, 1),
        kind="Căn cước",
        issued_by="Bộ Công an",
        provenance=Provenance(source="Luật Căn cước 26/2023/QH15; Thông tư 17/2024/TT-BCA", note="recalled"),
    ),
    CardIssue(
        valid_from=date(2018, 10, 10),
        kind="Căn cước công dân",
        issued_by="Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        provenance=Provenance(source="Thông tư 33/2018/TT-BCA", note="recalled"),
    ),
    CardIssue(
        valid_from=date(2016, 1, 1),
        kind="Căn cước công dân",
        issued_by="Cục Cảnh sát đăng ký quản lý cư trú và dữ liệu quốc gia về dân cư",
        provenance=Provenance(source="Thông tư 61/2015/TT-BCA", note="recalled"),
    ),
)


def card_issue(issued_on: date | None) -> CardIssue | None:
    """Return the kind and issuer of a card issued on that day; None when the day tells nothing."""
    if issued_on is None:
        return None
    return next((issue for issue in CARD_ISSUES if issue.valid_from <= issued_on), None)


def id_document_of(person: Person) -> dict[str, str] | None:
    """Return a person's card as an answer of type ID_DOCUMENT, or None without a personal ID."""
    if not person.personal_id:
        return None
    issue = card_issue(person.issued_on)
    return {
        "kind": issue.kind if issue else "Căn cước công dân",
        "number": person.personal_id,
        "issued_on": person.issued_on.isoformat() if person.issued_on else "",
        "issued_by": issue.issued_by if issue else "",
    }
