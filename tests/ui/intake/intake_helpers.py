"""A clerk at the intake without a window: a shell that remembers, a timer driven by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field

from counter_app.domain.errors import KnownError
from counter_app.domain.person import Person
from counter_app.services.desk import Desk
from counter_app.ui.intake.presenter import IntakePresenter
from counter_app.ui.operations import Operations
from counter_app.ui.workspace import Notice

BIRTH_ID = "dang-ky-khai-sinh"
COPY_ID = "chung-thuc-ban-sao-tu-ban-chinh"
FORM = "ht-khai-sinh"


@dataclass
class QuietShell:
    notices: list[Notice] = field(default_factory=list)
    errors: list[KnownError] = field(default_factory=list)
    opened: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def notify(self, notice: Notice) -> None:
        self.notices.append(notice)

    def show_error(self, error: KnownError) -> None:
        self.errors.append(error)

    def open_screen(self, screen_id: str, **request: object) -> None:
        self.opened.append((screen_id, request))

    def go_back(self) -> None:
        raise AssertionError("the intake never leaves by itself")


class HandTimer:
    """Calls back when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[int, Callable[[], None]]] = []

    def __call__(self, delay_ms: int, callback: Callable[[], None]) -> Callable[[], None]:
        entry = (delay_ms, callback)
        self.waiting.append(entry)

        def cancel() -> None:
            if entry in self.waiting:
                self.waiting.remove(entry)

        return cancel

    def ring(self) -> None:
        due, self.waiting = self.waiting, []
        for _delay, callback in due:
            callback()


class Intake:
    """A presenter over a desk, with what it said."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.shell = QuietShell()
        self.timer = HandTimer()
        self.operations = Operations.synchronous()
        self.crashes: list[Exception] = []
        self.operations.crashed.connect(self.crashes.append)
        self.presenter = IntakePresenter(desk, self.operations, self.shell, schedule=self.timer)

    def choose(self, procedure_id: str) -> None:
        procedure = self.desk.catalogue.procedure(procedure_id, self.desk.clock.now().date())
        self.presenter.choose_procedure(procedure)

    def scan(self, *people: Person) -> None:
        for person in people:
            self.presenter.take_card(person)

    def answer(self, answers: dict[str, object]) -> None:
        for key, value in answers.items():
            self.presenter.answer(FORM, key, value)

    @property
    def visit(self):  # type: ignore[no-untyped-def]
        return self.presenter.state.visit

    def drafts(self):  # type: ignore[no-untyped-def]
        with self.desk.store.reading() as queries:
            return list(queries.drafts())
