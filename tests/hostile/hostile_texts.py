"""Texts nobody should trust, by what they are made to hurt; and a strategy that mixes them."""

import json
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

# A busy machine is no fault of the code.
settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")

CORPUS = Path(__file__).parent / "corpus"
BY_AIM: dict[str, list[str]] = json.loads((CORPUS / "texts.json").read_text(encoding="ascii"))
LONG = (
    "A" * 100_000,
    "Nguyễn " * 5_000,
    "<b>" * 20_000,
    "\u0301" * 30_000,
    "😀" * 20_000,
    "=" * 40_000,
    "Z" + "".join(map(chr, range(0x300, 0x36F))) * 100,
)
SHORT = tuple(text for texts in BY_AIM.values() for text in texts)
EVERY = (*SHORT, *LONG)

_anything = st.text(max_size=60) | st.text(
    st.characters() | st.sampled_from("<>&=\"'{}%|\\/\u202e\u200b\u0301\ud800\x00đĐ"), max_size=40
)
texts = st.one_of(
    st.sampled_from(SHORT),
    _anything,
    st.builds("{}{}{}".format, _anything, st.sampled_from(SHORT), _anything),
)


def is_utf8(text: str) -> bool:
    """Tell whether any file or database can hold the text."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
