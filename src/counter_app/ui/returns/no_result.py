"""What to tell a citizen whose result is not there, or has been given already."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from counter_app.domain.dossier_acts import EnterResult, Extend, Resume, allowed_acts
from counter_app.i18n import _, moment
from counter_app.ui.dossier.acts.act_keys import ActKey
from counter_app.ui.dossier.state_words import owed_words, promise_words, where_words
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.flow_row import FlowBox
from counter_app.ui.widgets.layouts import Card

if TYPE_CHECKING:
    from counter_app.services.acts.act_facts import ActFacts
    from counter_app.ui.workspace import Workspace


class NoResultCard(Card):
    """Where it is, since when, promised when, late or not, whom to call; and what can be done now."""

    def __init__(
        self,
        workspace: "Workspace",
        facts: "ActFacts",
        *,
        solve_now: Callable[[], None],
        open_act: Callable[[str], None],
    ) -> None:
        dossier, now = facts.dossier, workspace.desk.clock.now()
        given = dossier.life.returned is not None
        super().__init__(_("Kết quả đã được trả") if given else _("Chưa có kết quả"))
        self.body.addWidget(WrapLabel(where_words(dossier), bold=True, tone="bad" if given else ""))
        promised, tone = promise_words(dossier, now)
        received = _("Tiếp nhận lúc {at}.").format(at=moment(dossier.received_at))
        lines = [(promised, tone), (received, "muted"), (_call_words(workspace, facts), "")]
        lines += [(each, "") for each in owed_words(facts)]
        for words, its_tone in lines:
            if words:
                self.body.addWidget(WrapLabel(words, tone=its_tone))
        self.body.addWidget(FlowBox(*_buttons(facts, solve_now, open_act)))


def _call_words(workspace: "Workspace", facts: "ActFacts") -> str:
    """Return whom to ask while somebody works on it."""
    holder, dossier = facts.dossier.life.holder, facts.dossier
    if dossier.status.final or dossier.waiting_since is not None:
        return ""
    if holder is not None:
        return _("Hỏi: {who}.").format(who=holder.name)
    phone = workspace.desk.office(workspace.desk.clock.now().date()).phone
    return _("Hỏi Bộ phận một cửa, điện thoại {phone}.").format(phone=phone) if phone else ""


def _buttons(
    facts: "ActFacts", solve_now: Callable[[], None], open_act: Callable[[str], None]
) -> list[Button]:
    allowed = frozenset() if facts.dossier.owner else allowed_acts(facts.dossier)
    offered = (
        (EnterResult in allowed, Button(_("Có kết quả và trả ngay"), clicked=solve_now)),
        (EnterResult in allowed, Button(_("Nhập kết quả"), clicked=partial(open_act, ActKey.RESULT.value))),
        (Resume in allowed, Button(_("Nhận bổ sung"), clicked=partial(open_act, ActKey.RESUME.value))),
        (Extend in allowed, Button(_("Xin lỗi, hẹn lại"), clicked=partial(open_act, ActKey.EXTEND.value))),
    )
    return [button for there, button in offered if there]
