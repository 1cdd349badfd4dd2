"""The letter itself (giấy ủy quyền), printed with what is known of both for them to sign."""

from typing import TYPE_CHECKING

from counter_app.domain.form_filling import fill_from_people
from counter_app.domain.form_printing import printed_form
from counter_app.services.paper_content import FormContent, Marks

if TYPE_CHECKING:
    from counter_app.domain.person import Person
    from counter_app.services.desk import Desk

FORM = "giay-uy-quyen"
FILE_NAME = "giay-uy-quyen.pdf"
_GIVER, _DELEGATE = "ben_uy_quyen", "ben_duoc_uy_quyen"


def authorisation_paper(desk: "Desk", giver: "Person", delegate: "Person | None", *, purpose: str) -> bytes:
    """Return the letter as PDF; what is not known is left to be written by hand.

    Raises:
        BadInput: ``form_unknown``.
        RuleRefusal: ``form_expired``.
    """
    today = desk.clock.now().date()
    template = desk.catalogue.form(FORM, today)
    people = {_GIVER: giver} | ({_DELEGATE: delegate} if delegate is not None else {})
    office = desk.office(today)
    typed: dict[str, object] = {"noi_dung": purpose} if purpose else {}
    filled = fill_from_people(template, typed, people, office=office, today=today)
    printed = printed_form(template, filled.values, office=office, today=today)
    return desk.renderer.form(
        FormContent(
            template=template,
            values=printed.values,
            tables=printed.tables,
            answers=filled.known,
            marks=Marks(training=desk.settings.counter.training),
        )
    )
