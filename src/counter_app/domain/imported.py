"""What a list or page of procedures says, read but not yet believed, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_app.domain.procedure import ProcedureResult


class Severity(StrEnum):
    """How bad a defect is: the row cannot be used, one value cannot be used, or good to know."""

    ERROR = "error"
    DOUBTFUL = "doubtful"
    NOTE = "note"


class PaperKind(StrEnum):
    """What a row of the papers table really is."""

    SUBMIT = "submit"
    PRESENT = "present"
    CONDITIONAL = "conditional"
    ONLINE_FORM = "online_form"
    PROSE = "prose"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where a record stands: file, sheet and row (from 1) of a workbook, or the key within a JSON file."""

    file: str
    sheet: str = ""
    row: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedMethod:
    """One way of handing in, as the source has it. None means the source does not say, never 0.

    ``time`` counts ``unit``: "working_day", "day", "working_hour", "hour", "month", "year", "minute",
    or "" when the copy lost it. ``fee`` is in ``currency`` ("VND" for đồng); ``free`` is the portal's
    "Miễn phí", which is often untrue. ``run_together`` marks a row whose figures cannot be told apart.
    """

    channel: str
    time: int | None = None
    unit: str = ""
    fee: int | None = None
    currency: str = ""
    free: bool = False
    note: str = ""
    run_together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPaper:
    """One row of the papers table; counts are None where the source gives none."""

    name: str
    original: int | None = None
    copy: int | None = None
    kind: PaperKind = PaperKind.SUBMIT
    group: str = ""


@dataclass(frozen=True, slots=True)
class TextMark:
    """Something in a text of the source that reading had to take away: which key, what, an excerpt."""

    key: str
    what: str
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRecord:
    """One procedure of a source. ``has_page`` is False for a row of a list, which has no papers or fees.

    ``code_text`` is the code as written; ``basis`` the numbers of legal texts as written, glued or not.
    """

    place: Place
    code_text: str
    code: str = ""
    suffix: str = ""
    name: str = ""
    sector: str = ""
    level: str = ""
    agency: str = ""
    decision: str = ""
    methods: tuple[ImportedMethod, ...] = ()
    papers: tuple[ImportedPaper, ...] = ()
    results: tuple[ProcedureResult, ...] = ()
    basis: tuple[str, ...] = ()
    has_page: bool = False
    marks: tuple[TextMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One file that was read."""

    file: str
    records: tuple[ImportedRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """One fault of a record; its words are in `services.import_words`.

    ``field`` is the value it is about ("time", "fee", "papers.3"), ``value`` what stands there, ``detail``
    what it is compared with.
    """

    code: str
    severity: Severity
    place: Place
    subject: str
    field: str
    value: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A value of the source that is not the catalogue's; the catalogue is never overwritten."""

    place: Place
    national_code: str
    procedure_id: str
    field: str
    catalogue: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What became of one record: a file ``path`` under the drafts folder, or why there is none.

    ``problem`` is why the loader refuses the file, "" when it takes it.
    """

    national_code: str
    name: str
    place: Place
    path: str = ""
    skipped: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that could not be read at all: the code of the error and its parameters."""

    file: str
    code: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """All that one import found and wrote."""

    day: date
    files: tuple[str, ...]
    records: tuple[ImportedRecord, ...]
    defects: tuple[Defect, ...]
    differences: tuple[Difference, ...] = ()
    drafts: tuple[Draft, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
