"""How the window looks before the database is open: a small file, nothing personal in it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Language (vi, en), colour scheme and text size in percent."""

    language: str = "vi"
    scheme: str = "system"
    text_scale: int = 100


def load_appearance(path: Path) -> Appearance:
    """Return what was saved; the defaults when nothing readable is there."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Appearance(
            language=str(raw["language"]), scheme=str(raw["scheme"]), text_scale=int(raw["text_scale"])
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return Appearance()


def save_appearance(path: Path, appearance: Appearance) -> None:
    """Keep the appearance for the next start; a folder that cannot be written is no error."""
    try:
        path.write_text(json.dumps(asdict(appearance)), encoding="utf-8")
    except OSError:
        return
