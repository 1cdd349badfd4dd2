"""What a ticket of the queue says; nothing of whoever takes it."""

from dataclasses import dataclass, field

from counter_app.services.paper_content import Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketContent:
    """A ticket: ``number`` is "A012"; ``waiting_before`` counts those in front in the same group."""

    office_name: str
    number: str
    group: str
    issued_text: str
    waiting_before: int
    priority: bool = False
    marks: Marks = field(default_factory=Marks)
