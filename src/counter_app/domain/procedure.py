"""Administrative procedures (TTHC) and their cases, as the catalogue's dated data describes them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_app.domain.condition import Condition, Scalar
from counter_app.domain.fee import FeeRule
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.provenance import Provenance


class SlipRule(StrEnum):
    """When an appointment slip is printed (NĐ 61/2018 Điều 17.4, TT 01/2020/TT-BTP Điều 2; recalled).

    The last two have the same effect, a slip whenever the result is not of the same day: civil status
    and certification each have their own legal text for it.
    """

    ALWAYS = "always"
    AFTER_15H = "after_15h"
    ONLY_IF_NOT_SAME_DAY = "only_if_not_same_day"


class SupplementPolicy(StrEnum):
    """What happens to the time limit when missing papers arrive."""

    RESET = "reset"
    PAUSE = "pause"
    SHIFT = "shift"


class PartUse(StrEnum):
    """What the citizen does with a paper: hands it in, or only shows it."""

    SUBMIT = "submit"
    PRESENT = "present"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredPart:
    """One line of a case's checklist.

    ``when`` limits the line to the visits that need it; ``form_id`` marks the paper this program
    prints itself; ``not_needed_if`` says in the clerk's words which database makes it superfluous;
    ``shown_by_card`` marks the identity paper, which scanning the applicant's card shows.
    """

    part_id: str
    name: str
    use: PartUse = PartUse.SUBMIT
    original: int = 0
    copy: int = 0
    optional: bool = False
    when: Condition | None = None
    form_id: str = ""
    not_needed_if: str = ""
    shown_by_card: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswer:
    """An answer of a form that follows from the case: the promise would be wrong with another one."""

    form_id: str
    field: str
    value: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureResult:
    """What the citizen gets; ``code`` is the national result code (KQ.G15.000031), "" when unknown."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long the dossier is kept: ``years`` after it is closed, None means for ever."""

    years: int | None
    basis_text: str
    verified: bool = False


class CaseValue(StrEnum):
    """The values of a case whose source may differ from the rest of the case."""

    TIME = "time"
    FEES = "fees"
    PARTS = "parts"
    SLIP_RULE = "slip_rule"
    FORMS = "forms"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSource:
    """Where one value of a case comes from, when it is not where the case comes from."""

    of: CaseValue
    source: str
    verified: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureCase:
    """A case (trường hợp): time, fee, checklist, forms and slip rule hang on it.

    ``time`` is None when the law sets no limit: then the case is either ``same_day`` or
    ``no_promise`` ("Không có ngày hẹn trả cụ thể theo quy định"); otherwise no promise can be made
    until the office enters a limit of its own. ``legal_time`` is the law's limit where the province or
    the office decided another one (see `local_values`), else None. ``sets`` are the answers the case
    decides; see `case_answers`. ``sources`` name the values whose source is not ``provenance``.
    """

    case_id: str
    name: str
    time: ProcessingTime | None = None
    legal_time: ProcessingTime | None = None
    same_day: bool = False
    no_promise: bool = False
    slip_rule: SlipRule = SlipRule.ALWAYS
    supplement_policy: SupplementPolicy = SupplementPolicy.RESET
    forms: tuple[str, ...] = ()
    sets: tuple[CaseAnswer, ...] = ()
    parts: tuple[RequiredPart, ...] = ()
    fees: tuple[FeeRule, ...] = ()
    provenance: Provenance | None = None
    sources: tuple[ValueSource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One dated version of a procedure. ``procedure_id`` is ours; the national code may change.

    ``receiving_body`` names who receives it when that is not the one-stop desk (Công an cấp xã);
    ``destination`` the system the officer works in; ``replaces`` the national codes it took the place
    of; ``superseded_by`` our ids of the procedures that took its place; ``transition`` the transition
    clause, in the clerk's words, for a dossier that must still go under an expired version.
    """

    procedure_id: str
    version: str
    name: str
    sector: str
    valid_from: date
    provenance: Provenance
    cases: tuple[ProcedureCase, ...]
    national_code: str = ""
    short_name: str = ""
    keywords: tuple[str, ...] = ()
    valid_to: date | None = None
    basis: tuple[str, ...] = ()
    decision: str = ""
    results: tuple[ProcedureResult, ...] = ()
    retention: Retention | None = None
    receiving_body: str = ""
    destination: str = ""
    replaces: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    transition: str = ""
    channels: tuple[str, ...] = ("counter", "online", "postal")

    def in_force(self, on: date) -> bool:
        """Tell whether this version can be received on day `on`."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def case(self, case_id: str) -> ProcedureCase | None:
        """Return the case of that id, or None."""
        return next((case for case in self.cases if case.case_id == case_id), None)
