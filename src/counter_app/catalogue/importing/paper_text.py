"""Reads the papers of a procedure: which rows are papers, which are prose, and how many of each."""

import re
from collections.abc import Iterator

from counter_app.domain.imported import ImportedPaper, PaperKind
from counter_app.domain.vietnamese_text import fold

LONGEST_NAME = 110
_HEADING = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_COUNT = re.compile(r"(\d+) bản chính(?:,\s*(\d+) bản sao)?|(\d+) bản sao")
_COUNT_CELL = re.compile(r"Bản (chính|sao)\s*:\s*(\d+)", re.IGNORECASE)
_LEAD = re.compile(r"^(?:[-+*•–]\s*|[a-zđ0-9]{1,2}[).]\s+|\(?[ivx]{1,4}\)\s*)+", re.IGNORECASE)
_FILE = re.compile(r"(?<=[.;)])\s*[^.;()]*(?:\.[^.;()]*)?\.(?:docx?|pdf|xlsx?|rar|zip)$", re.IGNORECASE)
FILE_NAME = re.compile(r"\.(?:docx?|pdf|xlsx?|rar|zip)\b", re.IGNORECASE)
_PROSE_START = ("luu y", "ghi chu", "chu y", "doi voi", "neu ", "trong thoi han", "nguoi yeu cau", "co quan ")
_PROSE_WITHIN = (
    " thi khong phai ", " co trach nhiem ", " chiu trach nhiem ", " khong duoc yeu cau ", " quy dinh nhu sau",
)  # fmt: skip
_CONDITION = re.compile(r"^Trường hợp .+?(?:thì )?phải (?:có|nộp|xuất trình) (?P<paper>\S.+)$", re.IGNORECASE)
# What follows these says when or how, not what paper it is.
_QUALIFIERS = (
    "; ",
    ". ",
    " (",
    ", trong đó ",
    " trong đó ",
    " trong trường hợp ",
    " (nếu ",
    " để chứng minh ",
)


def papers_of_page(text: str) -> tuple[ImportedPaper, ...]:
    """Read the flattened table of a copied page, group by group."""
    pieces = text.split(_HEADING)
    if len(pieces) == 1:
        return ()
    papers: list[ImportedPaper] = []
    group = pieces[0]
    for piece in pieces[1:]:
        rows, rest = _rows(piece)
        papers += [paper_of(name, original, copy, group) for name, original, copy in rows]
        group = rest
    return tuple(papers)


def paper_of(name: str, original: int | None, copy: int | None, group: str = "") -> ImportedPaper:
    """Build one paper and tell what kind of row it is."""
    bare = _LEAD.sub("", name.strip()).strip(" -;:")
    group = group.strip(" *-:;")
    return ImportedPaper(
        name=bare, original=original, copy=copy, kind=_kind(bare, original, copy, group), group=group
    )


def counts_of_cell(text: str) -> tuple[int | None, int | None]:
    """Return originals and copies of "Bản chính: 1 Bản sao: 0"; None where the cell does not say."""
    found = {word.lower(): int(number[:6]) for word, number in _COUNT_CELL.findall(text)}
    return found.get("chính"), found.get("sao")


def short_name(paper: ImportedPaper) -> str:
    """Return the name cut to the paper itself, or "" when only a person can shorten it."""
    name = _FILE.sub("", paper.name).strip(" .;")
    if FILE_NAME.search(name):
        return ""
    condition = _CONDITION.match(name)
    if condition is not None:
        name = condition["paper"][:1].upper() + condition["paper"][1:]
    ends = sorted(name.find(mark) for mark in _QUALIFIERS if name.find(mark) > 0)
    for end in [len(name), *reversed(ends)]:
        if end <= LONGEST_NAME:
            return name[:end].strip(" .;,:")
    return ""


def _rows(text: str) -> tuple[list[tuple[str, int | None, int | None]], str]:
    """Return the rows of one group and what follows its last count: the title of the next group."""
    rows: list[tuple[str, int | None, int | None]] = []
    at = 0
    for match in _COUNT.finditer(text):
        # "01 bản chính; …" within a name counts nothing: the count of a row ends it.
        if not _ends_row(text[match.end() :]):
            continue
        original = int(match[1][:6]) if match[1] else 0
        rows.append((text[at : match.start()], original, int((match[2] or match[3] or "0")[:6])))
        at = match.end()
    return rows, text[at:]


def _ends_row(rest: str) -> bool:
    following = rest[:1]
    return not following or following in "-+*•–(" or following.isupper() or following.isdigit()


def _kind(name: str, original: int | None, copy: int | None, group: str) -> PaperKind:
    folded = f"{fold(name)} "
    if "dien tu tuong tac" in folded:
        return PaperKind.ONLINE_FORM
    if original == 0 and not copy:
        return PaperKind.PROSE
    if folded.startswith(_PROSE_START) or any(mark in folded for mark in _PROSE_WITHIN):
        return PaperKind.PROSE
    if folded.startswith("truong hop"):
        return PaperKind.CONDITIONAL if _CONDITION.match(name) else PaperKind.PROSE
    if " neu " in folded or " truong hop " in folded:
        return PaperKind.CONDITIONAL
    return PaperKind.PRESENT if "xuat trinh" in fold(group) else PaperKind.SUBMIT


def names_of(papers: tuple[ImportedPaper, ...]) -> Iterator[ImportedPaper]:
    """Yield the rows that are papers a citizen brings to the counter."""
    return (paper for paper in papers if paper.kind not in (PaperKind.PROSE, PaperKind.ONLINE_FORM))
