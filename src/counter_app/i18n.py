"""Words of the user's language: Vietnamese is the source text, English a gettext catalogue."""

from datetime import datetime
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

DOMAIN = "counter_app"

_current: NullTranslations = NullTranslations()
_language = "vi"


def set_language(language: str, resources: Path) -> None:
    """Choose the language of everything shown from now on.

    Args:
        language: "vi" or "en"; anything else, or a missing catalogue, falls back to Vietnamese.
        resources: The folder that holds ``i18n/<language>/LC_MESSAGES/counter_app.mo``.
    """
    global _current, _language
    compiled = resources / "i18n" / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if language == "vi" or not compiled.is_file():
        _current, _language = NullTranslations(), "vi"
        return
    with compiled.open("rb") as stream:
        _current, _language = GNUTranslations(stream), language


def language() -> str:
    """Return the language in use: "vi" or "en"."""
    return _language


def _(text: str) -> str:
    """Return `text` (Vietnamese source) in the language in use."""
    return _current.gettext(text) if text else ""


def moment(at: datetime) -> str:
    """Return 26/11/2026 08:30, as moments are written in both languages."""
    return f"{at:%d/%m/%Y %H:%M}"


def later(text: str) -> str:
    """Mark a source text for translation where it is only stored; show it through `_` later."""
    return text
