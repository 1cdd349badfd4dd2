"""Address labels of results sent by post: the citizen's name, address and phone, and nothing else personal.

What is sent is not named: an envelope is read by many. The code on it is how the desk finds the dossier.
"""

from dataclasses import dataclass, field

from counter_app.domain.dossier import Dossier
from counter_app.domain.office import Office
from counter_app.services.office_in_text import office_in_text
from counter_app.services.paper_content import Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressLabel:
    """One label. Empty texts print as dots to write on."""

    recipient: str
    address: str
    phone: str
    dossier_code: str
    sender: str
    sender_address: str = ""
    sender_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """Labels in reading order; ``skip`` places of the first sheet are used up already."""

    labels: tuple[AddressLabel, ...]
    skip: int = 0
    marks: Marks = field(default_factory=Marks)


def address_label(dossier: Dossier, office: Office) -> AddressLabel:
    """Return the label of the result sent to the applicant."""
    person = dossier.applicant
    return AddressLabel(
        recipient=person.full_name,
        address=person.address,
        phone=person.phone,
        dossier_code=dossier.dossier_code,
        sender=office_in_text(office),
        sender_address=office.address,
        sender_phone=office.phone,
    )
