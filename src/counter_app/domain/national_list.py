"""The national list of procedures: which name belongs to which code.

The list is a second-hand copy of the portal (June-July 2026) and covers commune procedures only, so a
code it does not have is no fault, and a name it contradicts is for a person to look at.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from counter_app.domain.procedure import Procedure
from counter_app.domain.vietnamese_text import clean, fold

CODE = re.compile(r"\d\.\d{6}")
_SUFFIXED = re.compile(r"(\d\.\d{6})((?:\.[0-9A-Z]+)*)")
_TAIL = re.compile(r"\s*\((?:(?:thực hiện tại )?cấp [^()]*|\d\.\d{6}[^()]*)\)\s*$", re.IGNORECASE)
_HEAD = re.compile(r"^(?:thủ tục\s*(?:hành chính\s*)?[:\-–]?\s*)(?=\S)", re.IGNORECASE)
_FOLDED_HEAD = re.compile(r"^thu tuc (?:hanh chinh )?(?=\S)")

# Above this two wordings of one name; below `_OTHER` another procedure. Chosen on the list itself: its
# nearest true neighbours ("đăng ký lại …") are told apart by the decisive words, not by the number.
_SAME = 0.88
_OTHER = 0.55
_LEAST_START = 6  # words a shortened name must keep

# A name with one of these and a name without it are never the same procedure, however alike.
_DECISIVE = (
    "lai", "cap lai", "cap doi", "dinh chinh", "thu hoi", "gia han", "cham dut", "tam ngung", "tam dung",
    "xoa", "huy", "luu dong",
    "nuoc ngoai", "bien gioi", "khai sinh", "khai tu", "ket hon", "giam ho", "giam sat", "thuong tru",
    "tam tru", "tam vang", "luu tru", "nhap khau", "xuat khau", "thay doi", "bo sung", "dieu chinh",
    "lan dau", "tu choi", "ly hon",
)  # fmt: skip


class NameVerdict(StrEnum):
    """What a name is to the name the list has for its code."""

    SAME = "same"
    REWORDED = "reworded"
    OTHER = "other"
    CODE_UNKNOWN = "code_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalEntry:
    """One line of the list; ``level`` as published, for example "Cấp tỉnh, Cấp xã"."""

    code: str
    name: str
    sector: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFinding:
    """A name that does not fit its code. ``belongs_to`` is the entry the name fits, if one does."""

    subject: str
    code: str
    name: str
    listed_name: str
    verdict: NameVerdict
    belongs_to: NationalEntry | None = None


@dataclass(frozen=True, slots=True)
class NationalList:
    """The list, by code and by folded name."""

    entries: tuple[NationalEntry, ...] = ()
    by_code: Mapping[str, NationalEntry] = field(init=False, repr=False, compare=False)
    _by_name: Mapping[str, NationalEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {entry.code: entry for entry in self.entries})
        names: dict[str, NationalEntry] = {}
        for entry in self.entries:
            names.setdefault(_key(entry.name), entry)
        object.__setattr__(self, "_by_name", names)

    def named(self, name: str) -> NationalEntry | None:
        """Return the entry of exactly that name, whatever its case, marks and leading "Thủ tục"."""
        return self._by_name.get(_key(name))

    def verdict(self, code: str, name: str) -> NameVerdict:
        """Tell whether `name` is the name of `code`."""
        entry = self.by_code.get(code)
        if entry is None:
            return NameVerdict.CODE_UNKNOWN
        if _key(name) == _key(entry.name):
            return NameVerdict.SAME
        # The name stands in the list word for word, but under another code.
        if self.named(name) is not None:
            return NameVerdict.OTHER
        if self._shortened(name, entry):
            return NameVerdict.REWORDED
        if not _decisive_words_agree(name, entry.name):
            return NameVerdict.OTHER
        alike = similarity(name, entry.name)
        if alike >= _SAME:
            return NameVerdict.SAME
        return NameVerdict.REWORDED if alike >= _OTHER else NameVerdict.OTHER

    def _shortened(self, name: str, entry: NationalEntry) -> bool:
        """Tell whether `name` is the beginning of this entry's long name and of no other entry's."""
        start = _key(name) + " "
        if len(start.split()) < _LEAST_START:
            return False
        return [one.code for one in self.entries if _key(one.name).startswith(start)] == [entry.code]

    def nearest(self, name: str) -> NationalEntry | None:
        """Return the entry `name` most probably means, or None when none is near."""
        exact = self.named(name)
        if exact is not None:
            return exact
        near = [entry for entry in self.entries if _decisive_words_agree(name, entry.name)]
        best = max(near, key=lambda entry: similarity(name, entry.name), default=None)
        return best if best is not None and similarity(name, best.name) >= _SAME else None

    def extended(self, more: Iterable[NationalEntry]) -> "NationalList":
        """Return the list with codes it did not have; what it has stays as it is. Sorted by code."""
        merged = {entry.code: entry for entry in more} | dict(self.by_code)
        return NationalList(tuple(merged[code] for code in sorted(merged)))


def bare_name(name: str) -> str:
    """Return the name without what exports add: "Thủ tục", "(cấp xã)", "(1.010736)", loose spaces."""
    bare = clean(name)
    while (shorter := _HEAD.sub("", _TAIL.sub("", bare)).strip(" .;:,-–")) != bare:
        bare = shorter
    return clean(bare[:1].upper() + bare[1:])


def split_code(text: str) -> tuple[str, str]:
    """Return national code and suffix of "1.001193.000.00.00.H29"; ("", "") when it is no code."""
    match = _SUFFIXED.fullmatch(clean(text).upper().replace(" ", ""))
    return (match[1], match[2].lstrip(".")) if match else ("", "")


def similarity(one: str, other: str) -> float:
    """Return how alike two names are, word by word, from 0 to 1."""
    return SequenceMatcher(None, _key(one).split(), _key(other).split(), autojunk=False).ratio()


def alike_names(one: str, other: str) -> bool:
    """Tell whether two names are wordings of one procedure."""
    if _key(one) == _key(other):
        return True
    return _decisive_words_agree(one, other) and similarity(one, other) >= _SAME


def check_names(procedures: Iterable[Procedure], national_list: NationalList) -> tuple[NameFinding, ...]:
    """Return the procedures whose name is not the one the list has for their code.

    A reworded name is no finding here: what we ship may be shorter than what was published.
    """
    findings = []
    for procedure in procedures:
        code, _suffix = split_code(procedure.national_code)
        if national_list.verdict(code, procedure.name) is NameVerdict.OTHER:
            findings.append(_finding(procedure.procedure_id, code, procedure.name, national_list))
    return tuple(findings)


def shifted_rows(rows: Sequence[tuple[str, str]], national_list: NationalList) -> tuple[int, ...]:
    """Return by how many rows the name of each row is displaced from its code; 0 where it is not.

    `rows` are code and name in the order of the sheet. A displacement counts only when at least three
    neighbouring rows share it: one wrong name is a slip, a run of them is a shifted column.
    """
    places = {code: index for index, (code, _) in enumerate(rows) if code}
    offsets: list[int | None] = []
    for index, (code, name) in enumerate(rows):
        entry = national_list.named(name)
        place = places.get(entry.code) if entry else None
        offsets.append(None if entry is None or place is None or entry.code == code else place - index)
    return tuple(
        offset if offset is not None and _run_length(offsets, index) >= _LEAST_RUN else 0
        for index, offset in enumerate(offsets)
    )


_LEAST_RUN = 3


def _run_length(offsets: Sequence[int | None], index: int) -> int:
    """Count the rows around `index` with its offset; rows the list cannot judge do not break the run."""
    offset, length = offsets[index], 1
    for step in (1, -1):
        at = index + step
        while 0 <= at < len(offsets) and offsets[at] in (offset, None):
            length += offsets[at] == offset
            at += step
    return length


def _finding(subject: str, code: str, name: str, national_list: NationalList) -> NameFinding:
    return NameFinding(
        subject=subject,
        code=code,
        name=name,
        listed_name=national_list.by_code[code].name,
        verdict=NameVerdict.OTHER,
        belongs_to=national_list.nearest(name),
    )


@lru_cache(maxsize=8192)
def _key(name: str) -> str:
    return _FOLDED_HEAD.sub("", fold(bare_name(name)))


@lru_cache(maxsize=8192)
def _decisive(name: str) -> Counter[str]:
    padded = f" {_key(name)} "
    return Counter(word for word in _DECISIVE if f" {word} " in padded)


def _decisive_words_agree(one: str, other: str) -> bool:
    return _decisive(one) == _decisive(other)
