"""What citizens take a ticket for: the groups of an office, each with the letter of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.domain.errors import BadInput
from counter_app.domain.vietnamese_text import clean

MAX_GROUPS = 9  # one number key each
MAX_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketGroup:
    """A queue of its own. ``letter`` starts its tickets: A012."""

    group_id: str
    name: str
    letter: str


DEFAULT_GROUPS = (
    TicketGroup(group_id="civil_status", name="Hộ tịch – Chứng thực", letter="A"),
    TicketGroup(group_id="land_building", name="Đất đai – Xây dựng", letter="B"),
    TicketGroup(group_id="business", name="Kinh doanh", letter="C"),
    TicketGroup(group_id="social", name="Bảo trợ – Người có công", letter="D"),
    TicketGroup(group_id="returns", name="Trả kết quả", letter="E"),
)

# Who may be served first. Recalled, not re-read: Luật Người cao tuổi 2009, Luật Người khuyết tật 2010 and
# the offices' own rules (pregnant women, parents with a small child). The clerk decides by looking; why a
# ticket goes first is not kept, as it would tell something about a citizen's health.
PRIORITY_PEOPLE = ("người cao tuổi", "người khuyết tật", "phụ nữ có thai", "người có con nhỏ đi cùng")


def checked_groups(groups: Sequence[TicketGroup]) -> tuple[TicketGroup, ...]:
    """Return the groups with clean names and capital letters.

    Raises:
        BadInput: ``ticket_groups_missing``, ``too_many_ticket_groups``, ``ticket_group_name_missing``,
            ``bad_ticket_letter`` (not one letter A-Z), ``ticket_letter_twice``.
    """
    if not groups:
        raise BadInput("ticket_groups_missing")
    if len(groups) > MAX_GROUPS:
        raise BadInput("too_many_ticket_groups", limit=MAX_GROUPS)
    checked = tuple(_checked(group) for group in groups)
    letters, ids = [group.letter for group in checked], [group.group_id for group in checked]
    checked = tuple(
        replace(group, group_id=f"{group.group_id}-{place}") if group.group_id in ids[:place] else group
        for place, group in enumerate(checked)
    )
    twice = next((letter for letter in letters if letters.count(letter) > 1), "")
    if twice:
        raise BadInput("ticket_letter_twice", letter=twice)
    return checked


def _checked(group: TicketGroup) -> TicketGroup:
    name, letter = clean(group.name)[:MAX_NAME].strip(), clean(group.letter).upper()
    if not name:
        raise BadInput("ticket_group_name_missing")
    if len(letter) != 1 or not "A" <= letter <= "Z":
        raise BadInput("bad_ticket_letter", name=name)
    return TicketGroup(group_id=group.group_id or letter.lower(), name=name, letter=letter)
