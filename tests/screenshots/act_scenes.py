"""Acts of a dossier and the return of a result, for the pictures; nothing is confirmed."""

from collections.abc import Callable, Iterator

from tests.helpers.visits import CERTIFIED_COPY, FATHER, GRANDMOTHER, MOTHER, card_text

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import EnterResult
from counter_app.services.acts.perform import perform
from counter_app.services.receive_dossier import receive
from counter_app.ui.dossier.acts.act_keys import ActKey
from counter_app.ui.dossier.view import DossierScreen
from counter_app.ui.main_window import MainWindow


def act_scenes(window: MainWindow, received: Dossier) -> Iterator[str]:
    """One form after another over a dossier just received."""
    window.open_screen("dossier", dossier_code=received.dossier_code)
    screen = window.current_screen()
    assert isinstance(screen, DossierScreen)
    for act in (ActKey.HAND_OVER, ActKey.SUPPLEMENT, ActKey.EXTEND, ActKey.STOP, ActKey.RESULT):
        screen.panel.open(act)
        form = screen.panel.form
        assert form is not None
        if act is ActKey.EXTEND:
            form.fields["reason"].set_value("Cần thêm thời gian xác minh")
            form.fields["days"].set_value(2)
            form.fields["days"].edited.emit()
        yield f"act-{act.value}"
        screen.panel.close()


def return_scenes(window: MainWindow) -> Iterator[str]:
    """Results that wait; a stranger's card, an authorised one, the owner's with the fee; no result yet."""
    assert window.workspace is not None
    assert window.live is not None
    desk = window.workspace.desk
    scan: Callable[[str], None] = window.live.scanning.router.route
    done, open_one = (receive(desk, CERTIFIED_COPY, clerk=desk.settings.clerk) for _each in range(2))
    perform(desk, done.dossier_id, EnterResult(number="45/2026"))
    window.open_screen("returns")
    yield "returns-waiting"
    scan(f"{done.dossier_code}/{done.lookup_secret}")
    scan(card_text(MOTHER))
    yield "returns-wrong-card"
    scan(card_text(FATHER))
    yield "returns-authorised"
    scan(card_text(GRANDMOTHER))
    yield "returns"
    window.open_screen("returns", dossier_code=open_one.dossier_code)
    yield "returns-no-result"
