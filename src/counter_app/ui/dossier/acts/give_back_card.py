"""Originals given back ahead of the result, or after an early end."""

from typing import TYPE_CHECKING

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import GiveBack
from counter_app.i18n import _
from counter_app.ui.dossier.acts.act_form import ActForm, FormContext
from counter_app.ui.dossier.acts.item_picks import tick_row
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField

if TYPE_CHECKING:
    from counter_app.domain.person import Person


class OriginalTicks:
    """One tick for each paper of which originals are held; a tick gives all of them back."""

    def __init__(self, dossier: Dossier) -> None:
        self.held = held_parts(dossier)
        self.ticks: dict[str, TickField] = {}
        for part_id, (name, count) in self.held.items():
            self.ticks[part_id] = TickField(f"{name}: {count}")

    def words(self, part_id: str) -> str:
        """Return "Sổ đỏ · 1 bản chính"."""
        name, count = self.held[part_id]
        return _("{paper} · {count} bản chính").format(paper=name, count=count)

    def words_left(self) -> list[str]:
        """Return the names of what is not ticked, with how many where it is more than one."""
        left = [part_id for part_id, tick in self.ticks.items() if not tick.isChecked()]
        return [self.words(each) if self.held[each][1] > 1 else self.held[each][0] for each in left]

    def chosen(self) -> dict[str, int]:
        """Return what is ticked, by paper."""
        return {part_id: self.held[part_id][1] for part_id, tick in self.ticks.items() if tick.isChecked()}

    def left(self) -> int:
        """Return how many originals would stay."""
        return sum(count for _name, count in self.held.values()) - sum(self.chosen().values())


def held_parts(dossier: Dossier) -> dict[str, tuple[str, int]]:
    """Return name and count of the originals still held, by paper."""
    given = dossier.life.given_back
    left = {part.part_id: (part.name, part.held - given.get(part.part_id, 0)) for part in dossier.parts}
    return {part_id: each for part_id, each in left.items() if each[1] > 0}


class GiveBackCard(ActForm):
    """Which originals, and to whom."""

    def __init__(self, context: FormContext) -> None:
        super().__init__(_("Trả bản chính"), context)
        dossier = context.facts.dossier
        self._originals = OriginalTicks(dossier)
        for part_id, tick in self._originals.ticks.items():
            self.add(tick_row(tick, self._originals.words(part_id)))
            self.watch("originals" if "originals" not in self.fields else f"originals:{part_id}", tick)
        self.add_field("full_name", _("Người nhận"), TextField(_("Họ tên người nhận"), max_length=200))
        self.add_field(
            "personal_id", _("Số định danh người nhận"), TextField(_("Số định danh"), max_length=20)
        )
        self.fields["full_name"].set_value(dossier.applicant.full_name)
        self.fields["personal_id"].set_value(dossier.applicant.personal_id)

    def focus_first(self) -> None:
        """Begin with the papers."""
        self.fields["originals"].setFocus()

    def take_person(self, person: "Person") -> bool:
        """Whoever's card was scanned takes the papers."""
        self.fields["full_name"].set_value(person.full_name)
        self.fields["personal_id"].set_value(person.personal_id)
        return True

    def asked(self) -> GiveBack:
        """Return what is given back."""
        return GiveBack(
            originals=self._originals.chosen(),
            full_name=self.text("full_name"),
            personal_id=self.text("personal_id"),
        )
