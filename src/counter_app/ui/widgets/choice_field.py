"""One answer of several: a row of options for few, a filtering list for many."""

from collections.abc import Sequence

from counter_app.ui.widgets.choices import Choice, pairs
from counter_app.ui.widgets.combo_field import ComboField
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.options_field import OptionsField

__all__ = ["ComboField", "ListField", "OptionsField", "choice_field"]

_FEW = 4


def choice_field(name: str, choices: Sequence[Choice], *, free: bool = False) -> OptionsField | ListField:
    """Return the fitting widget: options up to 4 short choices, else a list.

    Args:
        name: The accessible name.
        choices: Texts, or (value, words) pairs.
        free: Whether an answer outside the choices may be typed.
    """
    words = [label for _value, label in pairs(choices)]
    if not free and len(words) <= _FEW and sum(map(len, words)) <= 36:
        return OptionsField(name, choices)
    return ListField(name, choices, free=free)
