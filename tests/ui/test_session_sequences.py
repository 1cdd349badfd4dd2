"""Whatever order people type, lock, unlock and take turns in: no form changes, no draft is lost."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.people_at_desk import (
    HOA,
    MAI,
    PASSWORD_OF_HOA,
    PASSWORD_OF_MAI,
    PASSWORD_OF_SON,
    SON,
    employ,
)
from tests.helpers.visits import FATHER, GRANDMOTHER, MOTHER

from counter_app.services import intake_drafts
from counter_app.services.desk import Desk
from counter_app.ui.intake.state import APPLICANT, has_content
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow

pytestmark = pytest.mark.slow
PASSWORDS = {MAI: PASSWORD_OF_MAI, SON: PASSWORD_OF_SON, HOA: PASSWORD_OF_HOA}
CITIZENS = (GRANDMOTHER, MOTHER, FATHER)
STEPS = st.one_of(
    st.tuples(st.just("type"), st.integers(0, 2)),
    st.tuples(st.just("switch"), st.sampled_from(sorted(PASSWORDS))),
    st.tuples(st.just("wrong"), st.sampled_from(sorted(PASSWORDS))),
    st.tuples(st.sampled_from(["lock", "keys", "unlock", "shift"]), st.none()),
)


class Counter:
    """The window with what must be true of it: who holds which half-filled visit."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        self.desk, self.window = desk, window
        self.held: dict[str, str] = {}  # the applicant of each person's visit on their screen

    @property
    def at_desk(self) -> str:
        present = self.desk.session.present
        return present.full_name if present is not None else ""

    @property
    def covered(self) -> bool:
        assert self.window.sitting is not None
        return self.window.sitting.covered

    def intake(self) -> IntakeScreen:
        screen = self.window.current_screen()
        assert isinstance(screen, IntakeScreen)
        return screen

    def type(self, number: int) -> None:
        if self.covered:
            return
        citizen = CITIZENS[number]
        presenter = self.intake().presenter
        presenter.edit_person(APPLICANT, citizen)
        presenter.keeper.flush()
        self.held[self.at_desk] = citizen.full_name

    def lock(self, _none: None) -> None:
        assert self.window.sitting is not None
        if self.at_desk:
            self.window.sitting.lock()

    def keys(self, _none: None) -> None:
        if self.covered:
            for key in (Qt.Key.Key_A, Qt.Key.Key_F2, Qt.Key.Key_F9, Qt.Key.Key_Delete, Qt.Key.Key_Escape):
                QTest.keyClick(self.window.windowHandle(), key)
            assert self.window.sitting is not None
            self.window.sitting.flow.sign_in.password.clear()

    def unlock(self, _none: None) -> None:
        if self.covered and self.at_desk:
            self._enter(self.at_desk, PASSWORDS[self.at_desk])
            assert not self.covered

    def wrong(self, name: str) -> None:
        """Once at most: more would only wait."""
        if self.covered and not getattr(self, "_erred", False):
            self._erred = True
            before = self.at_desk
            self._enter(name, "không phải mật khẩu này")
            assert self.covered
            assert self.at_desk == before

    def switch(self, name: str) -> None:
        assert self.window.sitting is not None
        if self.at_desk and not self.covered:
            self.window.sitting.lock(switching=True)
        self._enter(name, PASSWORDS[name])
        assert not self.covered
        assert self.at_desk == name

    def shift(self, _none: None) -> None:
        assert self.window.sitting is not None
        if self.at_desk and not self.covered:
            self.window.sitting.end_shift()
            assert self.covered
            QApplication.processEvents()

    def _enter(self, name: str, password: str) -> None:
        assert self.window.sitting is not None
        page = self.window.sitting.flow.sign_in
        names = [person.full_name for person in page.list._people]
        page.list.setCurrentRow(names.index(name))
        page.password.setText(password)
        page.submit()

    def check(self) -> None:
        """What is on the screen is the visit of who sits here; every other lies in its owner's draft."""
        if not self.covered:
            visit = self.intake().presenter.state.visit
            shown = visit.applicant.full_name if visit.applicant else ""
            assert shown == self.held.get(self.at_desk, "")
            assert has_content(visit) == bool(shown)
        kept = {draft.clerk: draft.applicant_name for draft in intake_drafts.drafts(self.desk)}
        assert kept == self.held


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=3, max_size=20))
def test_no_order_of_turns_changes_a_form_or_loses_a_draft(
    desk_maker: Callable[[], Desk], open_over: Callable[[Desk], MainWindow], steps: list[tuple[str, object]]
) -> None:
    desk = employ(desk_maker())
    window = open_over(desk)
    counter = Counter(desk, window)
    try:
        counter.switch(MAI)
        for act, argument in steps:
            getattr(counter, act)(argument)
            counter.check()
    finally:
        window.close()
        QApplication.processEvents()
        desk.store.close()


@pytest.fixture
def desk_maker(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Desk]:
    from tests.helpers.builders import MORNING
    from tests.helpers.desks import make_desk

    return lambda: make_desk(tmp_path_factory.mktemp("turns") / "counter", MORNING)


@pytest.fixture
def open_over(make_open_window: Callable[..., MainWindow]) -> Callable[[Desk], MainWindow]:
    return make_open_window
