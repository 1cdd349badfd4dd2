"""Finds procedures from two or three typed letters: words, prefixes, initials, codes.

``khai si`` are prefixes of words; ``dkks`` are the initials of "Đăng ký khai sinh"; ``ksi`` are the
beginnings of neighbouring words (k|si of "khai sinh"); ``1.001193`` is a national code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from counter_app.catalogue.entries import Head
from counter_app.domain.vietnamese_text import fold

_MOST_LETTERS = 60

Rank = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class SearchText:
    """The folded words of one procedure, prepared once."""

    short_name: str
    name: str
    phrases: tuple[str, ...]  # keywords
    words: tuple[str, ...]  # of short name and name
    more_words: tuple[str, ...]  # of keywords and sector
    code: str
    bare_code: str

    @classmethod
    def of(cls, head: Head) -> "SearchText":
        """Fold everything a clerk may look for."""
        short, name = fold(head.short_name), fold(head.name)
        phrases = tuple(fold(keyword) for keyword in head.keywords)
        return cls(
            short_name=short,
            name=name,
            phrases=phrases,
            words=tuple(dict.fromkeys(f"{short} {name}".split())),
            more_words=tuple(" ".join((*phrases, fold(head.sector))).split()),
            code=fold(head.national_code),
            bare_code=fold(head.national_code).replace(" ", ""),
        )


def ranked(text: str, candidates: Sequence[tuple[Head, SearchText]]) -> list[Head]:
    """Return the candidates that match `text`, best first; all of them for an empty text."""
    query = fold(text[:_MOST_LETTERS])
    if not query:
        return [head for head, _ in candidates]
    found: list[tuple[Rank, Head]] = []
    for head, words in candidates:
        rank = _rank(query, words)
        if rank is not None:
            # Shorter names first among equals: they are the ordinary procedures.
            found.append(((*rank, len(words.name), words.name), head))
    found.sort(key=lambda pair: pair[0])
    return [head for _, head in found]


def _rank(query: str, text: SearchText) -> tuple[int, int] | None:
    """Return (tier, finer) of a match, lower is better; None when nothing matches."""
    phrase = _rank_phrase(query, text)
    if phrase is not None:
        return phrase
    tokens = query.split()
    if _all_prefix(tokens, text.words):
        return 3, _first_position(tokens[0], text.words)
    squeezed = query.replace(" ", "")
    for tier, source in ((4, text.short_name), (5, text.name)):
        if source and _initials(source).startswith(squeezed):
            return tier, 0
    for tier, sources in ((6, (text.short_name,)), (7, (text.name,)), (8, text.phrases)):
        start = min((_abbreviation_start(squeezed, tuple(s.split())) for s in sources if s), default=_NEVER)
        if start < _NEVER:
            return tier, start
    everything = (*text.words, *text.more_words)
    if _all_prefix(tokens, everything):
        return 9, 0
    if all(_matches_word_or_abbreviation(token, everything) for token in tokens):
        return 10, 0
    return None


def _rank_phrase(query: str, text: SearchText) -> tuple[int, int] | None:
    if text.code and (query in (text.code, text.bare_code) or _is_code_part(query, text)):
        return 0, 0
    if query in (text.short_name, text.name):
        return 0, 1
    if text.short_name.startswith(query):
        return 1, 0
    if query in text.phrases:
        return 1, 1
    if f" {query}" in f" {text.short_name}" or f" {query}" in f" {text.name}":
        return 2, f" {text.name}".find(f" {query}")
    return None


def _is_code_part(query: str, text: SearchText) -> bool:
    digits = query.replace(" ", "")
    if len(digits) < 4 or not digits.isdigit():
        return False
    return text.bare_code.startswith(digits) or text.bare_code.endswith(digits)


def _initials(phrase: str) -> str:
    return "".join(word[0] for word in phrase.split())


def _all_prefix(tokens: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(token) for word in words) for token in tokens)


def _first_position(token: str, words: Sequence[str]) -> int:
    return next(position for position, word in enumerate(words) if word.startswith(token))


def _matches_word_or_abbreviation(token: str, words: tuple[str, ...]) -> bool:
    return any(word.startswith(token) for word in words) or _abbreviation_start(token, words) < _NEVER


_NEVER = 10_000


@lru_cache(maxsize=20_000)
def _abbreviation_start(token: str, words: tuple[str, ...]) -> int:
    """Return where a run of neighbouring words begins whose beginnings spell `token`."""
    if len(token) < 2:
        return _NEVER
    for start in range(len(words)):
        if _spells(token, words, start):
            return start
    return _NEVER


def _spells(token: str, words: tuple[str, ...], at: int) -> bool:
    if not token:
        return True
    if at >= len(words):
        return False
    word = words[at]
    common = 0
    while common < min(len(word), len(token)) and word[common] == token[common]:
        common += 1
    # The longest beginning first; shorter ones leave letters for the next word.
    return any(_spells(token[length:], words, at + 1) for length in range(common, 0, -1))
