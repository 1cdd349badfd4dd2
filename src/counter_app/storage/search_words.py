"""The words of the search index and of a query: both are folded here, so both sides agree."""

import re
from collections.abc import Iterable, Sequence

from counter_app.domain.dossier import Dossier
from counter_app.domain.person import Person
from counter_app.domain.vietnamese_text import fold

MOST_WORDS = 8
# Procedure words are indexed with this mark: most names begin with "đăng ký", and without it the
# surname Đặng would find every dossier there is. No folded word can hold this letter.
PROCEDURE_MARK = "þ"
_NOT_CODE = re.compile(r"[^0-9A-Z]+")


def compact_code(code: str) -> str:
    """Return the code without punctuation, as a scanner with a wrong keyboard layout types it."""
    return _NOT_CODE.sub("", code.upper())


def compact_number(text: str) -> str:
    """Return a personal id or phone as one word."""
    return compact_code(text).lower()


def dossier_words(dossier: Dossier, also_named: Sequence[str] = ()) -> tuple[str, ...]:
    """Return everything a dossier is found by; a name that stands there twice is written once."""
    codes, procedure = code_words(dossier), procedure_words(dossier.procedure.name)
    names = dict.fromkeys(fold(name) for name in also_named)
    names.pop(fold(dossier.applicant.full_name), None)
    return (*codes, *person_words(dossier.applicant), *names, procedure)


def person_words(person: Person) -> tuple[str, ...]:
    """Return everything a citizen is found by: name, both numbers, phone."""
    numbers = (person.personal_id, person.old_id, person.phone)
    return (fold(person.full_name), *(compact_number(number) for number in numbers))


def code_words(dossier: Dossier) -> Iterable[str]:
    """Return what finds a dossier by its codes: the whole, the day, the running number, both.

    The unit code is in every dossier, so as a word of its own it would find everything.
    """
    for code in (dossier.dossier_code, *dossier.aliases):
        last_two = re.findall(r"[0-9a-z]+", code.lower())[-2:]
        yield from (compact_code(code).lower(), *last_two, "".join(last_two))


def procedure_words(name: str) -> str:
    """Return the words of a procedure's name as the index holds them."""
    return " ".join(PROCEDURE_MARK + word for word in fold(name).split())


def query_words(text: str) -> tuple[str, ...]:
    """Return the folded words worth searching, none when too little was typed.

    Single letters are left out beside longer words: as prefixes they cost a walk through a third of
    the index and narrow nothing, and the result stays a superset of what was meant. A number typed
    in groups (0912 345 678) is one word.
    """
    words = fold(text).split()
    if words and all(word.isdigit() for word in words):
        words = ["".join(words)]
    kept = tuple(dict.fromkeys(word for word in words if len(word) > 1))[:MOST_WORDS]
    letters = sum(character.isalpha() for word in kept for character in word)
    digits = sum(character.isdigit() for word in kept for character in word)
    return kept if letters >= 2 or digits >= 4 else ()


def person_expressions(words: Sequence[str]) -> tuple[str, str]:
    """Return the FTS5 expressions that want every word of the person: whole, then the last begun."""
    expression = " AND ".join(f'"{word}"' for word in words)
    return expression, expression + "*"


def procedure_expressions(words: Sequence[str]) -> tuple[str, ...]:
    """Return the same with each word in the person or in the procedure's name; none for numbers."""
    if not any(word.isalpha() for word in words):
        return ()
    *others, last = (f'("{word}" OR "{PROCEDURE_MARK}{word}")' for word in words)
    begun = f'("{words[-1]}"* OR "{PROCEDURE_MARK}{words[-1]}"*)'
    return " AND ".join((*others, last)), " AND ".join((*others, begun))
