"""The form column: which procedure, what is still to be asked, and what is known already."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from counter_app.i18n import _
from counter_app.ui.intake.form_heading import FormHeading
from counter_app.ui.intake.known_list import KnownList
from counter_app.ui.intake.law_strip import LawStrip
from counter_app.ui.intake.question_row import QuestionRow
from counter_app.ui.intake.questions import AwaitedPerson, FormColumn, Key, Question, form_column
from counter_app.ui.intake.state import IntakeState
from counter_app.ui.intake.way_panel import WayPanel
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Line, Scroll, clear, column, page, row

if TYPE_CHECKING:
    from counter_app.services.places import Places
    from counter_app.services.ports import Catalogue
    from counter_app.ui.intake.presenter import IntakePresenter

# Optional questions up to this number stand open; more are folded until the clerk wants them.
_FEW = 6


class FormActs(Protocol):
    """What the column asks of the screen."""

    def pick_procedure(self) -> None:
        """Open the picker."""
        ...

    def type_person(self, role: str) -> None:
        """Open the page where a person is typed by hand."""
        ...

    def settle(self) -> None:
        """Move the focus to where the next key press is wanted."""
        ...

    def go_to_next_missing(self) -> None:
        """Move the focus to what is missing after the present place."""
        ...


class FormPanel(Card):
    """Questions in the order: asked, awaited people, optional, way, known."""

    def __init__(
        self,
        presenter: "IntakePresenter",
        acts: FormActs,
        catalogue: "Catalogue",
        places: "Places | None" = None,
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self._acts = acts
        self._places = places
        self._opened: set[Key] = set()
        self._visit: tuple[object, ...] = ("", "")
        self._optional_open = False
        self.rows: dict[Key, QuestionRow] = {}
        self._column = FormColumn(asked=(), awaited=(), optional=(), known=(), still_to_ask=0)
        self._shown_awaited: tuple[AwaitedPerson, ...] | None = None
        self.head = FormHeading(presenter, acts.pick_procedure)
        self.law = LawStrip(presenter, catalogue, acts.settle)
        self._asked, self._awaited, self._optional = column(spacing=7), column(spacing=6), column(spacing=7)
        self._optional_head = Button("", variant="link", clicked=self._fold_optional)
        self._optional_title = PlainLabel(_("Không bắt buộc"), type="section")
        self._known_title = PlainLabel(_("Đã biết, không phải hỏi"), type="section")
        self._known_line = Line()
        self._known = KnownList(self.open_known)
        self.way = WayPanel(presenter)
        self._scroll = Scroll(self._content())
        self.body.setSpacing(8)
        self.body.addWidget(self.head)
        self.body.addWidget(self.law)
        self.body.addWidget(self._scroll, 1)

    def _content(self) -> QWidget:
        content = page(
            self._asked,
            self._awaited,
            self._optional_title,
            self._optional_head,
            self._optional,
            Line(),
            self.way,
            self._known_line,
            self._known_title,
            self._known,
            margins=(0, 2, 8, 4),
            spacing=9,
        )
        box = content.layout()
        assert isinstance(box, QVBoxLayout)  # noqa: S101  (made so by `page`)
        box.addStretch(1)
        self._optional_head.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return content

    def show_state(self, state: IntakeState) -> None:
        """Show the visit; editors the clerk is in keep their text."""
        self.law.show_state(state)
        visit = (state.draft_id, state.visit.procedure_id, state.switched)
        if visit != self._visit:
            self._visit = visit
            self._drop_all_but(set())
            self._opened.clear()
            self._optional_open = False
        self._column = form_column(state, frozenset(self._opened))
        self.head.show_state(state, self._column)
        few = len(self._column.optional) <= _FEW
        shown = self._column.optional if few or self._optional_open else ()
        self._drop_all_but({question.key for question in (*self._column.asked, *shown)})
        self._show_rows(self._asked, self._column.asked, state)
        self._show_awaited(self._column.awaited)
        self._show_rows(self._optional, shown, state)
        self._optional_title.setVisible(few and bool(shown))
        self._optional_head.setVisible(not few)
        self._optional_head.set_text(self._optional_words())
        self._known.show_questions(self._column.known)
        for widget in (self._known_line, self._known_title):
            widget.setVisible(bool(self._column.known))
        self.way.show_state(state)

    def _optional_words(self) -> str:
        words = _("Không bắt buộc · {count} mục").format(count=len(self._column.optional))
        return f"{words} ▴" if self._optional_open else f"{words} ▾"

    def _show_rows(self, box: QVBoxLayout, questions: Sequence[Question], state: IntakeState) -> None:
        """Bring the rows of a box in line, touching as few widgets as possible."""
        for position, question in enumerate(questions):
            each = self.rows.get(question.key)
            if each is None:
                each = self._make_row(question, state)
                self.rows[question.key] = each
                box.insertWidget(position, each)
            elif box.indexOf(each) != position:
                box.insertWidget(position, each)
            each.show_question(question)

    def _make_row(self, question: Question, state: IntakeState) -> QuestionRow:
        return QuestionRow(
            question,
            today=state.now.date(),
            answered=self._answered,
            accepted=lambda _key: self._acts.go_to_next_missing(),
            left=self._presenter.keeper.flush,
            places=self._places,
        )

    def follow_text_size(self) -> None:
        """Build the rows anew at the present text size."""
        self.way.follow_text_size()
        self._known.show_questions(())
        self._drop_all_but(set())
        if self._visit[1]:
            self.show_state(self._presenter.state)

    def _drop_all_but(self, wanted: set[Key]) -> None:
        # All of them first: one that loses the focus may have the screen shown once more meanwhile.
        gone = [self.rows.pop(key) for key in [key for key in self.rows if key not in wanted]]
        for each in gone:
            each.hide()
            each.setParent(None)
            each.deleteLater()

    def _show_awaited(self, awaited: tuple[AwaitedPerson, ...]) -> None:
        if awaited == self._shown_awaited:
            return
        self._shown_awaited = awaited
        clear(self._awaited)
        for person in awaited:
            self._awaited.addWidget(_AwaitedLine(person, self._acts.type_person))

    def _answered(self, key: Key, value: object) -> None:
        form_id, field_key = key
        if form_id:
            self._presenter.answer(form_id, field_key, value)
        else:
            self._presenter.state_fact(field_key, value)

    def _fold_optional(self) -> None:
        self._optional_open = not self._optional_open
        self.show_state(self._presenter.state)

    def open_known(self, key: Key) -> None:
        """Turn a known answer into a question so that the clerk can change it."""
        self._opened.add(key)
        self.show_state(self._presenter.state)
        self.focus_question(key)

    def focus_question(self, key: Key) -> bool:
        """Go to a question; False when it is not on the screen."""
        each = self.rows.get(key)
        if each is None:
            return False
        each.focus()
        QTimer.singleShot(0, each, lambda: self._reveal(key))
        return True

    def _reveal(self, key: Key) -> None:
        each = self.rows.get(key)
        if each is not None:
            self._scroll.ensureWidgetVisible(each, 0, 40)

    def current_key(self) -> Key | None:
        """Return the question the clerk is in."""
        return next((key for key, each in self.rows.items() if each.has_focus()), None)

    def missing_keys(self) -> tuple[Key, ...]:
        """Return the questions still to be answered or corrected, in the order shown."""
        questions = (*self._column.asked, *self._column.optional)
        return tuple(q.key for q in questions if q.missing or (q.problem and q.blocks))

    def awaited(self) -> tuple[AwaitedPerson, ...]:
        """Return the roles whose card or typing is awaited."""
        return self._column.awaited

    def commit(self) -> None:
        """End a pre-edit of the input method wherever it is."""
        for each in self.rows.values():
            each.commit()
        self.way.commit()


class _AwaitedLine(QWidget):
    def __init__(self, person: AwaitedPerson, type_person: Callable[[str], None]) -> None:
        super().__init__()
        words = _("{role}: quét thẻ để điền {count} mục").format(role=person.label, count=person.missing)
        if not person.missing:
            words = _("{role}: quét thẻ nếu có").format(role=person.label)
        tone = "warn" if person.missing else "muted"
        label = WrapLabel(words, tone=tone)
        button = Button(_("Nhập tay"), variant="link", clicked=lambda: type_person(person.role))
        button.setAccessibleName(_("Nhập tay: {role}").format(role=person.label))
        box = row(spacing=8)
        box.addWidget(label, 1, Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(button)
        self.setLayout(box)
