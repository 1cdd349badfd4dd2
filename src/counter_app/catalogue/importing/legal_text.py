"""Reads numbers of legal texts and results out of running text."""

import re

from counter_app.domain.procedure import ProcedureResult

_KIND = r"(?:[A-ZĐÐ]*QH\d{1,2}|[A-ZĐÐ]{2,}(?:-TTg|-[A-ZĐÐ]+(?:\d{1,2}(?![\d]*/))?)*)"
NUMBER = re.compile(rf"(?<![\d/])(?<!\d\.)(\d[\d.]{{0,9}}?)/((?:19|20)\d{{2}})/({_KIND})")
_ISSUERS = (
    "CP", "BTP", "BCA", "BTC", "BNV", "BXD", "BNNMT", "BTNMT", "BNNPTNT", "BYT", "BQP", "BCT", "BNG",
    "BKHCN", "BTTTT", "BGTVT", "BKHĐT", "BGDĐT", "BVHTTDL", "BLĐTBXH", "VPCP", "NHNN", "TTCP", "HĐND", "UBND",
)  # fmt: skip
_GLUED = re.compile(r"(?:19|20)\d{2}(\d{1,3})")
_GOVERNMENT = re.compile(r"\d{4}/N[ĐQ]-CP(?=[A-ZĐ-])")
_RESULT = re.compile(r"(.{2,300}?)\s*Mã:\s*(KQ\.[A-Z0-9]+\.\d{6})", re.DOTALL)
_MOST = 100


def legal_numbers(text: str) -> tuple[str, ...]:
    """Return each number once, as it stands there, glued to a year or not."""
    found: dict[str, None] = {}
    for match in NUMBER.finditer(text):
        kind, after = match[3], text[match.end() : match.end() + 1]
        # "NĐ-CPSố: 151": the capital of the next word was copied right behind.
        if after.islower() and not kind.endswith(_ISSUERS) and kind[:-1].endswith(_ISSUERS):
            kind = kind[:-1]
        found[f"{match[1]}/{match[2]}/{kind}"] = None
    return tuple(found)[:_MOST]


def unglued(number: str) -> str:
    """Return the number without what was copied right before or behind it; itself when nothing was.

    "202068/2020/QH14" is 68/2020/QH14, "166/2016/NĐ-CPLU" is 166/2016/NĐ-CP.
    """
    ordinal, _, rest = number.partition("/")
    match = _GLUED.fullmatch(ordinal)
    return f"{match[1] if match else ordinal}/{_without_tail(rest)}"


def _without_tail(rest: str) -> str:
    government = _GOVERNMENT.match(rest)
    if government is not None:
        return government[0]
    head, _, issuer = rest.rpartition("-")
    known = [each for each in _ISSUERS if issuer.startswith(each)]
    return f"{head}-{max(known, key=len)}" if head and known else rest


def results_of_page(text: str) -> tuple[ProcedureResult, ...]:
    """Return the results with a national code; what the page prints after them is dropped."""
    return tuple(
        ProcedureResult(name=name.strip(" -;,"), code=code) for name, code in _RESULT.findall(text)[:_MOST]
    )
