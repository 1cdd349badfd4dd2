"""Who has come for a result, judged by the card that was scanned; plain Python."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.domain.dossier_life import ReturnTo
from counter_app.i18n import _
from counter_app.services.people.authorisations import letter_in_words

if TYPE_CHECKING:
    from counter_app.domain.person import Person
    from counter_app.services.returns import ReturnFile

CARD, SEEN = "card", "seen"


class CardSays(StrEnum):
    """What a scanned card means for the return."""

    OWNER = "owner"
    DELEGATE = "delegate"  # somebody with a letter the desk keeps
    NAMED = "named"  # in the dossier, but not its applicant
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """What a card proposes: to whom, by which letter, and a warning, "" when there is nothing to say."""

    says: CardSays
    to: ReturnTo
    person: "Person"
    authorisation: str = ""
    warning: str = ""


def read_card(file: "ReturnFile", person: "Person") -> Recipient:
    """Tell whose card it is."""
    dossier = file.facts.dossier
    owner = dossier.applicant
    if person.personal_id and person.personal_id in (owner.personal_id, owner.old_id):
        return Recipient(says=CardSays.OWNER, to=ReturnTo.OWNER, person=person)
    for delegate, letter in file.delegates:
        if delegate.personal_id == person.personal_id:
            words = letter_in_words(letter)
            return Recipient(says=CardSays.DELEGATE, to=ReturnTo.DELEGATE, person=person, authorisation=words)
    if not owner.personal_id and owner.full_name.casefold() == person.full_name.casefold():
        return Recipient(
            says=CardSays.OWNER,
            to=ReturnTo.OWNER,
            person=person,
            warning=_("Hồ sơ không ghi số định danh người nộp: chỉ đối chiếu được họ tên."),
        )
    named = any(each.personal_id == person.personal_id for each in dossier.people.values())
    words = (
        _("{name} có tên trong hồ sơ nhưng không phải người nộp {owner}. Cần giấy ủy quyền.")
        if named
        else _("Thẻ vừa quét là của {name}, KHÔNG phải người nộp {owner}. Chỉ trả khi có giấy ủy quyền.")
    )
    return Recipient(
        says=CardSays.NAMED if named else CardSays.STRANGER,
        to=ReturnTo.DELEGATE,
        person=person,
        warning=words.format(name=person.full_name, owner=owner.full_name),
    )
