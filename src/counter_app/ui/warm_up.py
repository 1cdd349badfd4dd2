"""Does in idle time what the start left out, so that the first procedure, scan and print are instant."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.ui.main_window import MainWindow

_PAUSE_MS = 15  # between two steps, for keys and paint

# What a chosen procedure, a first scan, a receipt and its papers need, those they stand on first.
_LATER = (
    "counter_app.domain.form_validation",
    "counter_app.domain.form_filling",
    "counter_app.services.assess_visit",
    "counter_app.services.place_people",
    "counter_app.services.visit_papers",
    "counter_app.domain.card_repair",
    "counter_app.domain.scan",
    "counter_app.services.unprintable_letters",
    "counter_app.ui.intake.law_switch",
    "counter_app.ui.intake.draft_state",
    "counter_app.services.dossier_events",
    "counter_app.services.receive_dossier",
    "counter_app.services.paper_text",
    "counter_app.services.print_papers",
    "counter_app.ui.intake.preview",
    "counter_app.ui.intake.receipt_words",
    "counter_app.ui.intake.questions",
    "counter_app.ui.intake.question_row",
    "counter_app.ui.intake.answer_editor",
    "counter_app.ui.widgets.compound_fields",
    "counter_app.ui.widgets.address_field",
    "counter_app.domain.commune_search",
    "counter_app.domain.address_proposal",
    "counter_app.devices.platform.qt_printer",
)


class WarmUp(QTimer):
    """One small step a tick, the last of them the renderer's, on the reader thread."""

    def __init__(self, window: "MainWindow", desk: "Desk") -> None:
        super().__init__(window)
        self._steps: list[Callable[[], object]] = [partial(import_module, name) for name in _LATER]
        self._steps += _of_screen(window)
        self._steps.append(lambda: desk.catalogue.search("k", desk.clock.now().date()))
        self._steps.append(lambda: window.operations.run_query(desk.renderer.warm_up, done=_nothing))
        self.setInterval(_PAUSE_MS)
        self.timeout.connect(self._step)
        self.start()

    def _step(self) -> None:
        self._steps.pop(0)()
        if not self._steps:
            self.stop()


def _of_screen(window: "MainWindow") -> Sequence[Callable[[], object]]:
    screen = window.current_screen()
    return screen.warm_up() if screen is not None else ()


def _nothing(_answer: object) -> None:
    """The work was all that was wanted."""
