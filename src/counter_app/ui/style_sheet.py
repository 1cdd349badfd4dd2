"""The one style sheet of the window: ``window.qss`` with the tokens put in.

Widgets ask for a look through dynamic properties, never through their own style sheets:
``variant`` of buttons (primary, quiet, danger, link), ``tone`` and ``type`` of labels,
``state`` of fields (missing, suggested, error), ``frame`` of frames (card, plain, drop).
"""

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_app.ui.theme import Tokens


def style_sheet(tokens: "Tokens") -> str:
    """Return the style sheet for these tokens."""
    values: dict[str, str] = dict(tokens.colours)
    values |= {f"space_{name}": f"{size}px" for name, size in tokens.space.items()}
    values |= {f"radius_{name}": f"{size}px" for name, size in tokens.radius.items()}
    values |= {f"type_{name}": f"{size}px" for name, size in tokens.type.items()}
    values["target"] = f"{tokens.target - 2}px"
    values["target_inner"] = f"{tokens.target - 6}px"
    for name, letters_width in (("s", 22), ("m", 39), ("l", 54)):  # pixels of the key's letters at 12 px
        values[f"room_{name}"] = f"{round(letters_width * tokens.type['caption'] / 12) + 34}px"
    values["folder"] = tokens.folder.as_posix()
    values["check"] = "check-light" if tokens.scheme == "light" else "check-dark"
    template = (tokens.folder / "window.qss").read_text(encoding="utf-8")
    return Template(template).substitute(values)
