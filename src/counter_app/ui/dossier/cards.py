"""The cards that tell of a dossier: receipt, people, papers, money, promise, history."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.fee import format_vnd
from counter_app.domain.receipt import overpaid_vnd
from counter_app.i18n import _, moment
from counter_app.ui.dossier import presenter as words
from counter_app.ui.dossier.history_words import history_words
from counter_app.ui.dossier.person_lines import PersonLines
from counter_app.ui.dossier.presenter import PaperLine
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel, fact_row
from counter_app.ui.widgets.layouts import Card, Line, column, row
from counter_app.ui.widgets.promise_calendar import PromiseCalendar
from counter_app.ui.widgets.promise_words import headline

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.domain.form_template import FormTemplate
    from counter_app.domain.person import Person
    from counter_app.services.look_up import DossierFile
    from counter_app.services.ports import HistoryEntry
    from counter_app.ui.theme import Theme


def facts_card(dossier: "Dossier") -> Card:
    """What was received, when, by whom, how."""
    card = Card(_("Thông tin tiếp nhận"))
    card.body.addWidget(PlainLabel(dossier.procedure.name, type="strong", wrap=True))
    for label, value in words.facts(dossier):
        card.body.addWidget(fact_row(label, value, label_width=118))
    return card


def people_card(file: "DossierFile", open_person: Callable[[str], None]) -> Card:
    """The applicant and everybody of the forms, each with the way to all we know of them."""
    card, dossier = Card(_("Người nộp và người liên quan")), file.dossier
    lines: list[tuple[str, Person]] = [(_("Người nộp"), dossier.applicant)]
    lines += [
        (_role_label(file.templates, role), person)
        for role, person in dossier.people.items()
        if person != dossier.applicant
    ]
    for index, (label, person) in enumerate(lines):
        if index:
            card.body.addWidget(Line())
        card.body.addWidget(PersonLines(label, person))
        if person.personal_id:
            more = Button(
                _("Xem người này"), variant="link", clicked=partial(open_person, person.personal_id)
            )
            more.setAccessibleName(f"{_('Xem người này')}: {label}")
            card.body.addLayout(row(more, None))
    return card


def _role_label(templates: "Mapping[str, FormTemplate]", role_id: str) -> str:
    for template in templates.values():
        for role in template.roles:
            if role.role_id == role_id:
                return role.label
    return _("Người liên quan")


def parts_card(dossier: "Dossier") -> Card:
    """What was handed in."""
    card = Card(_("Giấy tờ đã nhận"))
    if not dossier.parts:
        card.body.addWidget(PlainLabel(_("Không nhận giấy tờ nào"), tone="muted"))
    for part in dossier.parts:
        name = PlainLabel(part.name, wrap=True)
        counts = PlainLabel(words.part_words(part), type="small", tone="muted", wrap=True)
        card.body.addLayout(column(name, counts, spacing=0))
    return card


def charges_card(dossier: "Dossier") -> Card:
    """What it costs and what was taken."""
    card = Card(_("Phí, lệ phí"))
    card.heading.addWidget(PlainLabel(words.total_words(dossier.charges), type="strong"))
    if not dossier.charges:
        card.body.addWidget(PlainLabel(_("Không thu phí"), tone="muted"))
    for charge in dossier.charges:
        name = PlainLabel(charge.name, wrap=True, type="small")
        line = row(name, PlainLabel(words.charge_words(charge), type="small"))
        line.setStretchFactor(name, 1)
        card.body.addLayout(line)
        if charge.note:
            card.body.addWidget(PlainLabel(charge.note, type="caption", tone="muted", wrap=True))
    if dossier.life.paid_vnd:
        paid = _("Đã thu {sum}").format(sum=format_vnd(dossier.life.paid_vnd))
        card.body.addWidget(PlainLabel(paid, tone="ok", type="small"))
    over_vnd = overpaid_vnd(dossier.charges, dossier.life.paid_vnd)
    if over_vnd:
        over = _("Đã thu thừa {sum}").format(sum=format_vnd(over_vnd))
        card.body.addWidget(PlainLabel(over, tone="bad", type="small"))
    return card


def promise_card(dossier: "Dossier", theme: "Theme", today: date) -> Card:
    """The promised moment, day by day; the first one too, once it was changed."""
    card = Card(_("Hẹn trả"))
    told = headline(dossier.promise, today)
    waiting = dossier.status is DossierStatus.AWAITING_SUPPLEMENT
    if waiting or dossier.status.final:
        if waiting:
            words = _("Đang chờ bổ sung, thời gian tạm dừng")
            card.body.addWidget(PlainLabel(words, type="strong", wrap=True))
        if dossier.due_at is not None:
            before = _("Đã hẹn {due}").format(due=moment(dossier.due_at))
            card.body.addWidget(PlainLabel(before, type="small", tone="muted", wrap=True))
        return card
    card.body.addWidget(PlainLabel(told, type="strong", wrap=True))
    if dossier.first_due_at is not None:
        first = _("Hẹn lần đầu {due}").format(due=moment(dossier.first_due_at))
        card.body.addWidget(PlainLabel(first, type="small", tone="muted", wrap=True))
    calendar = PromiseCalendar(theme)
    calendar.show_promise(dossier.promise)
    card.body.addWidget(calendar)
    return card


def papers_card(
    papers: list[PaperLine], print_it: Callable[[str], None], save_it: Callable[[str], None]
) -> Card:
    """Every paper there is, with how often it left the desk."""
    card = Card(_("Giấy in ra"))
    grid = QGridLayout()
    grid.setColumnStretch(0, 1)
    grid.setHorizontalSpacing(8)
    for line, paper in enumerate(papers):
        tone = "bad" if paper.failed else "muted"
        last = PlainLabel(paper.last, type="caption", tone=tone, wrap=True)
        grid.addLayout(column(PlainLabel(paper.name, wrap=True), last, spacing=0), line, 0)
        again = Button(_("In lại") if paper.copies else _("In"), clicked=partial(print_it, paper.paper))
        again.setAccessibleName(_("In {name}").format(name=paper.name))
        save = Button("PDF", clicked=partial(save_it, paper.paper))
        save.setAccessibleName(_("Lưu PDF {name}").format(name=paper.name))
        grid.addWidget(again, line, 1)
        grid.addWidget(save, line, 2)
    card.body.addLayout(grid)
    return card


def history_card(history: "tuple[HistoryEntry, ...]") -> Card:
    """Every step, oldest first."""
    card = Card(_("Quá trình"))
    for entry in history:
        line = row(
            PlainLabel(moment(entry.at), type="small", tone="muted"),
            PlainLabel(f"{history_words(entry)} · {entry.clerk}", type="small", wrap=True),
            spacing=10,
        )
        line.setStretch(1, 1)
        card.body.addLayout(line)
    if not history:
        card.body.addWidget(PlainLabel(_("Chưa có bước nào"), tone="muted"))
    return card
