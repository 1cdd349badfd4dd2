"""The days the figures are of: this week, month, quarter, year, or days of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from counter_server.web.words import OFFICE_ZONE, day

KINDS = {"tuan": "Tuần này", "thang": "Tháng này", "quy": "Quý này", "nam": "Năm nay"}
_OWN = "tu-chon"
_LONGEST = timedelta(days=5 * 366)
_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole days in office time, both ends included; ``problem`` says why it is not what was asked for."""

    kind: str
    first: date
    last: date
    problem: str = ""

    @property
    def begins_at(self) -> datetime:
        """The first moment."""
        return day_begins(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first moment after."""
        return day_begins(self.last + timedelta(days=1))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """Such as "Tháng này (01/11/2026 – 30/11/2026)"."""
        return f"{KINDS.get(self.kind, 'Từ ngày')} ({day(self.first)} – {day(self.last)})"

    @property
    def query(self) -> str:
        """The part of an address that asks for it again."""
        if self.kind != _OWN:
            return f"ky={self.kind}"
        return f"ky={_OWN}&tu={self.first.isoformat()}&den={self.last.isoformat()}"


def day_begins(of: date) -> datetime:
    """Return 00:00 of a day in office time."""
    return datetime.combine(of, time(), OFFICE_ZONE)


def period_of(query: Mapping[str, str], today: date) -> Period:
    """Return the period an address asks for; this month when it asks for none or for nonsense."""
    kind = query.get("ky", "thang")
    if kind == _OWN:
        return _own(query.get("tu", ""), query.get("den", ""), today)
    return _running(kind if kind in KINDS else "thang", today)


def _own(first: str, last: str, today: date) -> Period:
    try:
        begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return _refused("Ngày chưa đúng. Xin chọn cả ngày bắt đầu và ngày kết thúc.", today)
    if ends < begins:
        return _refused("Ngày kết thúc ở trước ngày bắt đầu.", today)
    if ends - begins > _LONGEST or begins.year not in _YEARS or ends.year not in _YEARS:
        return _refused("Khoảng ngày quá dài: nhiều nhất là 5 năm.", today)
    return Period(kind=_OWN, first=begins, last=ends)


def _refused(problem: str, today: date) -> Period:
    month = _running("thang", today)
    return Period(kind=month.kind, first=month.first, last=month.last, problem=problem)


def _running(kind: str, today: date) -> Period:
    if kind == "tuan":
        first = today - timedelta(days=today.weekday())
        return Period(kind=kind, first=first, last=first + timedelta(days=6))
    months = {"thang": 1, "quy": 3, "nam": 12}[kind]
    begins = (today.month - 1) // months * months + 1
    first = date(today.year, begins, 1)
    after = date(today.year + (begins + months > 12), (begins + months - 1) % 12 + 1, 1)
    return Period(kind=kind, first=first, last=after - timedelta(days=1))
