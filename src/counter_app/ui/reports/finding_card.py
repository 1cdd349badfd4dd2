"""One thing that keeps a day open: what it is, where to settle it, or why it is left for later."""

from collections.abc import Callable, Mapping

from counter_app.domain.day_close import Finding, FindingKind
from counter_app.finding_words import FINDINGS
from counter_app.i18n import _
from counter_app.services.papers.day_close_sheet import how_much
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import Chip
from counter_app.ui.widgets.layouts import Card, row
from counter_app.ui.widgets.text_field import TextField

_SHOWN = 6
# Where each is settled: a screen and its request; "" has no place of its own.
_PLACES: Mapping[FindingKind, tuple[str, str]] = {
    FindingKind.RESULTS_MISSING: ("work", "due_today"),
    FindingKind.NOT_HANDED_OVER: ("work", "to_hand_over"),
    FindingKind.ORIGINALS: ("work", "originals"),
    FindingKind.UNSENT: ("work", "unsent"),
    FindingKind.DRAFTS: ("drafts", ""),
}


class FindingCard(Card):
    """`go` is called with a screen and a list; `edited` with each reason as it is typed."""

    def __init__(
        self,
        finding: Finding,
        reason: str,
        go: Callable[[str, str], None],
        edited: Callable[[FindingKind, str], None],
    ) -> None:
        words = _(FINDINGS[finding.kind.value])
        name = words[:1].upper() + words[1:]
        super().__init__()
        self.kind = finding.kind
        self.heading.insertWidget(0, WrapLabel(name, bold=True), 1)
        # Nothing is counted yet: an amount beside it would read as what is missing from the drawer.
        if finding.kind is not FindingKind.CASH_NOT_COUNTED:
            self.heading.insertWidget(0, Chip(how_much(finding), "warn" if finding.blocks else "neutral"))
        self.heading.setStretch(self.heading.count() - 1, 0)  # the name takes the room, and wraps
        place = _PLACES.get(finding.kind)
        said = self.heading
        if finding.items:
            said = row(WrapLabel(_named(finding), type="small", tone="muted"), spacing=10)
            said.setStretch(0, 1)
            self.body.addLayout(said)
        if place is not None:
            button = Button(_("Mở"), variant="link", clicked=lambda: go(*place))
            button.setAccessibleName(f"{_('Mở')}: {name}")
            said.addWidget(button)
        self.reason: TextField | None = None
        if finding.blocks:
            field = TextField(
                f"{_('Lý do chuyển sang ngày sau')}: {name}",
                placeholder=_("Chưa xong? Ghi lý do chuyển sang ngày sau"),
                max_length=300,
            )
            field.set_value(reason)
            field.edited.connect(lambda: edited(finding.kind, str(field.value())))
            field.accepted.connect(field.focusNextChild)
            self.body.addWidget(field)
            self.reason = field


def _named(finding: Finding) -> str:
    shown = [item.label for item in finding.items[:_SHOWN]]
    if shown and finding.count > len(shown):
        shown.append(_("và {count} mục nữa").format(count=finding.count - len(shown)))
    return " · ".join(shown)
