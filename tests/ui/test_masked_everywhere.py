"""Lists, titles, tooltips and messages of every screen show no citizen's whole number."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from tests.helpers.builders import MORNING
from tests.helpers.personal_traces import LETTER, full_dossier
from tests.helpers.visits import BIRTH, FATHER, GRANDMOTHER, MOTHER

from counter_app.domain.personal_data import RequestKind
from counter_app.domain.work_lists import WorkList
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import save_draft
from counter_app.services.personal_data.requests import register
from counter_app.services.receive_dossier import receive
from counter_app.ui import quick_search
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens import SCREENS

OLD = replace(GRANDMOTHER, personal_id="113456789", phone="0912345678", issued_on=None)
NUMBERS = [each.personal_id for each in (GRANDMOTHER, MOTHER, FATHER, OLD)]
_ROLES = (
    *(Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole),
    *(Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.EditRole),
)
_TOP = QModelIndex()
_REQUESTS: dict[str, tuple[dict[str, object], ...]] = {
    "people": ({"text": "dinh thi"}, {"person_id": GRANDMOTHER.personal_id}),
    "personal_data": ({}, {"person_id": GRANDMOTHER.personal_id}),
    "dossier": ({"dossier_code": "H29.12-261123-1001"},),
    "dossiers": ({}, {"text": GRANDMOTHER.personal_id}),
    "lists": ({"kind": "hand_over"},),
    "returns": ({}, {"dossier_code": "H29.12-261123-1001"}),
    "work": tuple({"list": each.value} for each in WorkList),
}


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Dossiers open and given, an old number of the same citizen, a draft, a request."""
    full_dossier(desk)
    receive(desk, BIRTH, clerk="Mai")
    receive(desk, replace(LETTER, applicant=FATHER), clerk="Mai")
    with desk.store.writing() as transaction:
        transaction.remember_person(OLD, MORNING, "applicant")
    draft = "01930000-0000-7000-8000-0000000000dd"
    save_draft(
        desk,
        draft_id=draft,
        procedure_id=BIRTH.procedure_id,
        procedure_name="Đăng ký khai sinh",
        applicant_name=MOTHER.full_name,
        state={"applicant": {"personal_id": MOTHER.personal_id}},
    )
    register(desk, GRANDMOTHER.personal_id, RequestKind.COPY, note="")
    return desk


def shown_texts(top: QWidget) -> Iterator[str]:
    """Yield every text the widgets show or tell, and every cell of every list."""
    yield top.windowTitle()
    for widget in (top, *top.findChildren(QWidget)):
        yield from (
            widget.toolTip(),
            widget.statusTip(),
            widget.accessibleName(),
            widget.accessibleDescription(),
        )
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        if isinstance(widget, QAbstractItemView | QComboBox):
            yield from cells(widget.model())


def cells(model: QAbstractItemModel | None) -> Iterator[str]:
    """Yield what a list says in every role a person can come to see or hear."""
    if model is None:
        return
    # A list keeps to itself that it has one column. No list of ours is a tree.
    flat = isinstance(model, QAbstractListModel)
    for row in range(model.rowCount(_TOP)):
        for column in range(1 if flat else model.columnCount(_TOP)):
            index = model.index(row, column, _TOP)
            for role in _ROLES:
                value = model.data(index, role)
                if isinstance(value, str):
                    yield value


def whole_numbers(texts: Iterator[str]) -> set[str]:
    return {text for text in texts for number in NUMBERS if number in re.sub(r"\s", "", text)}


def test_the_walk_itself_finds_a_number(filled: Desk, window: MainWindow) -> None:
    """What is shown on purpose is found by the same walk."""
    assert filled.is_set_up
    window.open_screen("people", person_id=GRANDMOTHER.personal_id)
    screen = window.current_screen()
    screen.reveal()  # type: ignore[union-attr]
    QApplication.processEvents()
    assert whole_numbers(shown_texts(window))


@pytest.mark.slow
def test_no_screen_shows_a_whole_number(filled: Desk, window: MainWindow) -> None:
    assert filled.is_set_up
    typed: set[str] = set()
    for screen_id in (entry.screen_id for entry in SCREENS):
        for request in _REQUESTS.get(screen_id, ({},)):
            window.open_screen(screen_id, **request)
            QApplication.processEvents()
            found = whole_numbers(shown_texts(window))
            # What the clerk typed to search stays in the field it was typed into.
            typed |= {str(request.get("text", ""))}
            assert found <= typed, (screen_id, request)


@pytest.mark.parametrize("text", ["dinh thi sen", GRANDMOTHER.personal_id, "113456789"])
def test_quick_search_answers_with_masked_numbers(filled: Desk, text: str) -> None:
    hits = quick_search.search(filled, text)
    assert hits
    assert not whole_numbers(part for hit in hits for part in (hit.text, hit.detail))
