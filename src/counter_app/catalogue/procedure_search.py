"""Finds procedures from two or three typed letters: words, prefixes, initials, codes.

``khai si`` are prefixes of words; ``dkks`` are the initials of "Đăng ký khai sinh"; ``ksi`` are the
beginnings of neighbouring words (k|si of "khai sinh"); ``1.001193`` is a national code.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.catalogue.entries import Head
from counter_app.domain.vietnamese_text import fold

_MOST_LETTERS = 60
_NEVER = 10_000
_MOST_NEAR = 8
# What people say around what they want, without marks.
_SAYS_NOTHING = frozenset(
    ("toi", "em", "anh", "chi", "bac", "muon", "xin", "can", "nho", "giup", "di", "lam")
)

Rank = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class SearchText:
    """The folded words of one procedure, prepared once."""

    short_name: str
    name: str
    spaced: str  # short name and name, a space before every word
    keywords: tuple[str, ...]
    runs: tuple[tuple[str, ...], ...]  # words of short name, name, then of every keyword
    words: tuple[str, ...]  # of short name and name
    all_words: tuple[str, ...]  # of keywords and sector too
    initials: tuple[str, str]  # of short name and name
    code: str
    bare_code: str
    letters: frozenset[str]

    @classmethod
    def of(cls, head: Head) -> "SearchText":
        """Fold everything a clerk may look for."""
        short, name, code = fold(head.short_name), fold(head.name), fold(head.national_code)
        keywords = tuple(fold(keyword) for keyword in head.keywords)
        words = tuple(dict.fromkeys(f"{short} {name}".split()))
        all_words = tuple(dict.fromkeys((*words, *" ".join((*keywords, fold(head.sector))).split())))
        return cls(
            short_name=short,
            name=name,
            spaced=f" {short} | {name}",
            keywords=keywords,
            runs=tuple(tuple(phrase.split()) for phrase in (short, name, *keywords)),
            words=words,
            all_words=all_words,
            initials=(_initials(short), _initials(name)),
            code=code,
            bare_code=code.replace(" ", ""),
            letters=frozenset("".join((*all_words, code))),
        )


def ranked(text: str, candidates: Sequence[tuple[Head, SearchText]]) -> list[Head]:
    """Return the candidates that match `text`, best first; all of them for an empty text.

    What a citizen says ("tôi muốn làm sổ đỏ") is searched again without the words that say nothing,
    and when no procedure has all that is left, those are shown that have most of it.
    """
    query = fold(text[:_MOST_LETTERS])
    if not query:
        return [head for head, _ in candidates]
    tokens = query.split()
    telling = [token for token in tokens if token not in _SAYS_NOTHING]
    found = _matching(query, candidates)
    if not found and telling and len(telling) < len(tokens):
        found = _matching(" ".join(telling), candidates)
    return found or _nearest(telling, candidates)


def _matching(query: str, candidates: Sequence[tuple[Head, SearchText]]) -> list[Head]:
    letters = set(query) - {" "}
    found: list[tuple[Rank, Head]] = []
    for head, words in candidates:
        rank = _rank(query, words) if letters <= words.letters else None
        if rank is not None:
            # Shorter names first among equals: they are the ordinary procedures.
            found.append(((*rank, len(words.name), words.name), head))
    found.sort(key=lambda pair: pair[0])
    return [head for _, head in found]


def _nearest(tokens: Sequence[str], candidates: Sequence[tuple[Head, SearchText]]) -> list[Head]:
    """Return those that have most of the words, at least two and more than half, whole words only."""
    least = max(2, len(tokens) // 2 + 1)
    counted = [(sum(token in words.all_words for token in tokens), head, words) for head, words in candidates]
    near = [(-count, len(words.name), words.name, head) for count, head, words in counted if count >= least]
    near.sort(key=lambda each: each[:3])
    return [head for *_, head in near[:_MOST_NEAR]]


def _rank(query: str, text: SearchText) -> tuple[int, int] | None:
    """Return (tier, finer) of a match, lower is better; None when nothing matches."""
    phrase = _rank_phrase(query, text)
    if phrase is not None:
        return phrase
    tokens = query.split()
    if _all_prefix(tokens, text.words):
        return 3, next(at for at, word in enumerate(text.words) if word.startswith(tokens[0]))
    squeezed = query.replace(" ", "")
    for tier, initials in enumerate(text.initials, start=4):
        if initials.startswith(squeezed):
            return tier, 0
    # Beginnings of neighbouring words: of the short name, of the name, of a keyword.
    for tier, run in enumerate(text.runs, start=6):
        start = _abbreviation_start(squeezed, run)
        if start < _NEVER:
            return min(tier, 8), start
    if all(_prefix_or_abbreviation(token, text.all_words) for token in tokens):
        return (9 if _all_prefix(tokens, text.all_words) else 10), 0
    return None


def _rank_phrase(query: str, text: SearchText) -> tuple[int, int] | None:
    if text.code and (query == text.code or _is_code_part(query, text)):
        return 0, 0
    if query in (text.short_name, text.name):
        return 0, 1
    if text.short_name.startswith(query):
        return 1, 0
    if query in text.keywords:
        return 1, 1
    at = text.spaced.find(f" {query}")
    return (2, at) if at >= 0 else None


def _is_code_part(query: str, text: SearchText) -> bool:
    digits = query.replace(" ", "")
    if len(digits) < 4 or not digits.isdigit():
        return False
    return text.bare_code.startswith(digits) or text.bare_code.endswith(digits)


def _initials(phrase: str) -> str:
    return "".join(word[0] for word in phrase.split())


def _all_prefix(tokens: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(token) for word in words) for token in tokens)


def _prefix_or_abbreviation(token: str, words: tuple[str, ...]) -> bool:
    return any(word.startswith(token) for word in words) or _abbreviation_start(token, words) < _NEVER


def _abbreviation_start(token: str, words: tuple[str, ...]) -> int:
    """Return where a run of neighbouring words begins whose beginnings spell `token`."""
    if len(token) < 2:
        return _NEVER
    for start, word in enumerate(words):
        if word[0] == token[0] and _spells(token, words, start):
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
