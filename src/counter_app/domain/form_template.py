"""Form templates (tờ khai) as dated data: what is asked, who fills it, how it is printed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_app.domain.condition import Condition, Scalar
from counter_app.domain.provenance import Provenance


class FieldType(StrEnum):
    """The kinds of answers and the JSON value each one is stored as.

    PERSON_NAME, PERSONAL_ID, PHONE, TEXT, CHOICE: string. DATE: "YYYY-MM-DD", or "YYYY" when only
    the year is known. ADDRESS: {"detail", "commune", "province", "legacy_text"}. MONEY (đồng) and
    NUMBER: integer. TICK: boolean. TABLE: list of {column key: string}. ID_DOCUMENT: {"kind",
    "number", "issued_on", "issued_by"}. COMPUTED: never stored, derived from ``compute``.
    """

    PERSON_NAME = "person_name"
    PERSONAL_ID = "personal_id"
    ID_DOCUMENT = "id_document"
    DATE = "date"
    CHOICE = "choice"
    ADDRESS = "address"
    PHONE = "phone"
    MONEY = "money"
    NUMBER = "number"
    TEXT = "text"
    TICK = "tick"
    TABLE = "table"
    COMPUTED = "computed"


class CardFact(StrEnum):
    """What a scanned card can fill in."""

    FULL_NAME = "full_name"
    PERSONAL_ID = "personal_id"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    ADDRESS = "address"
    ISSUED_ON = "issued_on"
    ID_DOCUMENT = "id_document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A person of the form whom a card scan can fill, in the order the form names them.

    The role of the applicant is the first one filled; ``same_as`` offers "the applicant is this
    person" when the answer of field ``same_when.field`` says so (the mother who registers a birth).
    """

    role_id: str
    label: str
    applicant: bool = False
    same_as_applicant_when: Condition | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a repeating table; ``width`` is a share of the table's width."""

    key: str
    label: str
    type: FieldType = FieldType.TEXT
    width: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationRule:
    """A check with the message the clerk sees; ``check`` names a rule of `form_validation`.

    ``value`` is the rule's parameter (a pattern, a limit, the key of another field).
    """

    check: str
    message: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One question of the form.

    ``label`` is the printed wording, ``ask`` the short wording for the screen. ``suggest`` names a
    source the clerk may accept with Enter (``field:KEY``, ``office:commune_name``, ``last``).
    """

    key: str
    label: str
    type: FieldType
    ask: str = ""
    required: bool = False
    required_when: Condition | None = None
    when: Condition | None = None
    role: str = ""
    card: CardFact | None = None
    default: Scalar | None = None
    suggest: str = ""
    choices: tuple[str, ...] = ()
    free_choice: bool = False
    columns: tuple[Column, ...] = ()
    max_rows: int = 20
    compute: str = ""
    compute_from: tuple[str, ...] = ()
    year_only: bool = False
    uppercase: bool = False
    rules: tuple[ValidationRule, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBlock:
    """A signature place: ``title`` in bold, ``note`` in italics, ``name`` a {field} printed below.

    ``date`` stands over the title where every place has a day of its own; ``below`` holds small lines
    under the name. ``when`` limits it to the papers that need it.
    """

    title: str
    note: str = "(Ký, ghi rõ họ, chữ đệm, tên)"
    name: str = ""
    when: Condition | None = None
    date: str = ""
    below: str = ""


class BlockKind(StrEnum):
    """The building blocks of a printed form's body."""

    LINE = "line"  # text with {field} placeholders; an empty answer prints a dotted leader
    PARAGRAPH = "paragraph"  # justified text, may hold placeholders
    HEADING = "heading"  # bold line
    TABLE = "table"  # the repeating table `field`, header repeated on every page
    GRID = "grid"  # fixed cells: `rows` of texts with placeholders (bride | groom)
    CHOICES = "choices"  # a tick box for every choice of `field`
    BOXES = "boxes"  # one box a digit of `field`, with `text` before
    SPACE = "space"  # `height_mm` of nothing
    SIGNATURES = "signatures"  # `places` to sign side by side, for parts others fill in


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the body; ``text`` may hold ``{field_key}`` placeholders.

    A ``numbered`` table starts with a column of row numbers (STT).
    """

    kind: BlockKind = BlockKind.LINE
    text: str = ""
    field: str = ""
    when: Condition | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()
    indent_mm: float = 0.0
    height_mm: float = 0.0
    min_rows: int = 0
    numbered: bool = False
    align: str = ""
    places: tuple[SignatureBlock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLayout:
    """The official layout of the A4 sheet, from header to signatures.

    Placeholders of the office (``{office.commune_name}`` …) and fields may stand in any text.
    """

    body: tuple[Block, ...]
    addressee: str = ""
    subtitle: str = ""
    form_number: str = ""
    oath: str = ""
    place_date: str = "Làm tại: {office.place}, {today}"
    signatures: tuple[SignatureBlock, ...] = ()
    closing: tuple[Block, ...] = ()
    footnotes: tuple[str, ...] = ()
    font_size: float = 13.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTemplate:
    """One dated version of a form."""

    form_id: str
    version: str
    title: str
    valid_from: date
    provenance: Provenance
    fields: tuple[FormField, ...]
    layout: FormLayout
    roles: tuple[Role, ...] = ()
    valid_to: date | None = None
    basis: tuple[str, ...] = ()

    def in_force(self, on: date) -> bool:
        """Tell whether this version may be filled on day `on`."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def field(self, key: str) -> FormField | None:
        """Return the field of that key, or None."""
        return next((field for field in self.fields if field.key == key), None)
