"""What can be wrong with the papers: prose among them, counts nobody can hand in, names that are essays."""

from collections.abc import Iterator

from counter_app.catalogue.importing.paper_text import FILE_NAME, names_of, short_name
from counter_app.catalogue.importing.record_defects import DOUBTFUL, NOTE, fault
from counter_app.domain.imported import Defect, ImportedPaper, ImportedRecord, PaperKind
from counter_app.domain.vietnamese_text import fold

MOST_COPIES = 20


def paper_defects(record: ImportedRecord) -> Iterator[Defect]:
    """Yield the defects of the papers table; ``field`` is "papers.N", N counting its rows from 1."""
    if not record.has_page:
        return
    if next(names_of(record.papers), None) is None:
        yield fault(record, "papers_missing", DOUBTFUL, "papers")
    prose = sum(paper.kind is PaperKind.PROSE for paper in record.papers)
    if prose:
        yield fault(record, "prose_among_papers", NOTE, "papers", f"{prose}/{len(record.papers)}")
    seen: set[str] = set()
    for number, paper in enumerate(record.papers, start=1):
        field = f"papers.{number}"
        if paper.kind is PaperKind.ONLINE_FORM:
            yield fault(record, "paper_online_only", NOTE, field, paper.name)
        elif paper.kind is not PaperKind.PROSE:
            yield from _defects_of(record, paper, field)
            name = fold(short_name(paper))
            if name and name in seen:
                yield fault(record, "paper_repeated", NOTE, field, paper.name)
            seen.add(name)


def _defects_of(record: ImportedRecord, paper: ImportedPaper, field: str) -> Iterator[Defect]:
    short = short_name(paper)
    if not short and FILE_NAME.search(paper.name):
        yield fault(record, "paper_file_name", DOUBTFUL, field, paper.name)
    elif not short:
        yield fault(record, "paper_name_long", DOUBTFUL, field, paper.name)
    elif len(short) < len(paper.name.strip(" .;")):
        yield fault(record, "paper_name_cut", NOTE, field, paper.name, short)
    counts = (paper.original, paper.copy)
    if counts == (None, None):
        yield fault(record, "paper_count_missing", NOTE, field, paper.name)
    elif any(count is not None and count > MOST_COPIES for count in counts):
        shown = " + ".join(str(count) for count in counts if count)
        yield fault(record, "paper_count_absurd", DOUBTFUL, field, shown, paper.name)
