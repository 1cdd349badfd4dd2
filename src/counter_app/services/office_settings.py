"""What an administrator configures once: office, counter, clerks, printers."""

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.domain.office import Counter, Office
from counter_app.services.paper_content import PaperSize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from counter_app.services.ports import Queries, Transaction

_OFFICE_PREFIX = "office."
IDLE_LOCK_MINUTES = range(3, 16)  # "never" is not offered: citizens stand at the desk


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSettings:
    """Everything configured, but not what changes with its day: see `office_values`."""

    office: Office
    counter: Counter
    clerk: str
    clerks: tuple[str, ...] = ()
    printer_name: str = ""
    slip_size: PaperSize = PaperSize.A5
    serial_port: str = ""
    language: str = "vi"
    theme: str = "system"
    text_scale: int = 100
    scan_folder: str = ""  # where the scanner's own software puts its files
    scan_device: str = ""
    scan_dpi: int = 300
    scan_colour: bool = False
    idle_lock_minutes: int = 5  # the screen locks itself when nobody used it so long


def load(queries: "Queries") -> OfficeSettings:
    """Read the settings.

    Raises:
        EnvironmentProblem: ``not_set_up`` when the first-run questions were never answered.
    """
    stored = queries.settings()
    if _OFFICE_PREFIX + "unit_code" not in stored:
        raise EnvironmentProblem("not_set_up")
    office = Office(
        **{name: stored.get(_OFFICE_PREFIX + name, "") for name in asdict(_BLANK_OFFICE)},
    )
    counter = Counter(
        number=int(stored["counter.number"]),
        device_id=stored["counter.device_id"],
        training=stored.get("counter.training") == "1",
    )
    clerks = tuple(name for name in stored.get("clerks", "").split("\n") if name)
    return OfficeSettings(
        office=office,
        counter=counter,
        clerk=stored.get("clerk", clerks[0] if clerks else ""),
        clerks=clerks,
        printer_name=stored.get("printer_name", ""),
        slip_size=PaperSize(stored.get("slip_size", PaperSize.A5.value)),
        serial_port=stored.get("serial_port", ""),
        language=stored.get("language", "vi"),
        theme=stored.get("theme", "system"),
        text_scale=int(stored.get("text_scale", "100")),
        scan_folder=stored.get("scan_folder", ""),
        scan_device=stored.get("scan_device", ""),
        scan_dpi=int(stored.get("scan_dpi", "300")),
        scan_colour=stored.get("scan_colour") == "1",
        idle_lock_minutes=int(stored.get("idle_lock_minutes", "5")),
    )


def store(transaction: "Transaction", settings: OfficeSettings) -> None:
    """Write all settings; part of the caller's act."""
    check(settings)
    before = transaction.settings()
    for key, value in _as_text(settings).items():
        if before.get(key) != value:
            transaction.put_setting(key, value)


def check(settings: OfficeSettings) -> None:
    """Refuse settings no paper could be printed with.

    Raises:
        BadInput: ``bad_unit_code``, ``office_name_missing``, ``commune_kind_missing``,
            ``bad_counter_number``, ``clerk_missing``, ``bad_idle_lock`` (first, last).
    """
    from counter_app.domain.dossier_code import is_unit_code

    if not is_unit_code(settings.office.unit_code):
        raise BadInput("bad_unit_code", unit_code=settings.office.unit_code)
    if not settings.office.name.strip() or not settings.office.province.strip():
        raise BadInput("office_name_missing")
    if settings.office.commune_name.strip() and not settings.office.names_its_kind:
        raise BadInput("commune_kind_missing", commune=settings.office.commune_name)
    if not 1 <= settings.counter.number <= 9:
        raise BadInput("bad_counter_number", number=settings.counter.number)
    if not settings.clerk.strip():
        raise BadInput("clerk_missing")
    if settings.idle_lock_minutes not in IDLE_LOCK_MINUTES:
        raise BadInput("bad_idle_lock", first=IDLE_LOCK_MINUTES[0], last=IDLE_LOCK_MINUTES[-1])


def with_clerk(settings: OfficeSettings, clerk: str) -> OfficeSettings:
    """Return the settings with another clerk at the desk, remembered for the next shift."""
    clerks = settings.clerks if clerk in settings.clerks else (*settings.clerks, clerk)
    return replace(settings, clerk=clerk, clerks=clerks)


# What belongs to the desk and whoever sits at it: a printer out of order must not wait for an administrator.
_OF_THE_DESK = frozenset(
    {
        "printer_name",
        "slip_size",
        "serial_port",
        "language",
        "theme",
        "text_scale",
        "scan_folder",
        "scan_device",
        "scan_dpi",
        "scan_colour",
    }
)


def changed_keys(before: OfficeSettings, after: OfficeSettings) -> list[str]:
    """Return which settings differ, by their keys."""
    old, new = _as_text(before), _as_text(after)
    return sorted(key for key in new if new[key] != old[key])


def only_of_the_desk(keys: "Iterable[str]") -> bool:
    """Tell whether these are settings of printers, scanners and looks alone."""
    return all(key in _OF_THE_DESK for key in keys)


def _as_text(settings: OfficeSettings) -> dict[str, str]:
    text = {_OFFICE_PREFIX + name: value for name, value in asdict(settings.office).items()}
    text |= {
        "counter.number": str(settings.counter.number),
        "counter.device_id": settings.counter.device_id,
        "counter.training": "1" if settings.counter.training else "0",
        "clerk": settings.clerk,
        "clerks": "\n".join(settings.clerks),
        "printer_name": settings.printer_name,
        "slip_size": settings.slip_size.value,
        "serial_port": settings.serial_port,
        "language": settings.language,
        "theme": settings.theme,
        "text_scale": str(settings.text_scale),
        "scan_folder": settings.scan_folder,
        "scan_device": settings.scan_device,
        "scan_dpi": str(settings.scan_dpi),
        "scan_colour": "1" if settings.scan_colour else "0",
        "idle_lock_minutes": str(settings.idle_lock_minutes),
    }
    return text


_BLANK_OFFICE = Office(unit_code="", name="", province="")
