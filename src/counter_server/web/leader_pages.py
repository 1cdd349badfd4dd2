"""The pages and files for leaders, each within what the viewer may see."""

from collections.abc import Mapping
from datetime import datetime

from litestar import Response

from counter_server.database.connections import Database
from counter_server.web import export, figures, office_tables, tables, tiles
from counter_server.web.chart import load_chart
from counter_server.web.figures import Movement, OfficeFigures, Overview, Scope
from counter_server.web.kept import Kept
from counter_server.web.login import Viewer
from counter_server.web.page import attachment, page, problem
from counter_server.web.period import KINDS, Period, period_of
from counter_server.web.table import Table
from counter_server.web.words import OFFICE_ZONE
from counter_server.web.working_days import lost_contact

_OFFICES_A_PAGE = 40
_DAYS_ON_A_PAGE = 45  # a longer period is shown by month
_SORTS = {"can-chu-y": "Cần chú ý trước", "ten": "Tên", "nhieu": "Nhiều hồ sơ nhất"}

Query = Mapping[str, str]


def home_scope(viewer: Viewer) -> Scope:
    """Return all that the viewer may see."""
    return Scope(unit=viewer.unit, province=viewer.province)


def _office_scope(viewer: Viewer, unit: str) -> Scope:
    """Return the scope of one office; for a viewer bound to another office, one that holds nothing."""
    if viewer.unit and viewer.unit != unit:
        return Scope(unit=viewer.unit, province="-")
    return Scope(unit=unit, province=viewer.province)


async def province_page(
    database: Database, kept: Kept[Overview], viewer: Viewer, query: Query, now: datetime
) -> Response[bytes]:
    """Return the page of all offices of the viewer; its figures may be half a minute old, and say so."""
    scope, period = home_scope(viewer), _period(query, now)
    read_at, found = await kept.get(
        (scope, period), now, lambda: figures.overview(database, scope, period, now)
    )
    known = found.offices
    sort = query.get("xep", "")
    sort = sort if sort in _SORTS else "can-chu-y"
    ordered = _sorted(known, sort, now)
    pages = max(-(-len(ordered) // _OFFICES_A_PAGE), 1)
    at = min(int(query["trang"]), pages) if query.get("trang", "")[:4].isdecimal() else 1
    shown = ordered[(max(at, 1) - 1) * _OFFICES_A_PAGE :][:_OFFICES_A_PAGE]
    values = {
        **_common(viewer, period, read_at),
        "title": viewer.province or "Tất cả đơn vị",
        "tiles": (*tiles.now_tiles(known, now), *tiles.period_tiles(known)[:3]),
        "offices": tables.offices_table(shown, period.query, now),
        "sorts": _SORTS,
        "sort": sort,
        "pages": pages,
        "at": max(at, 1),
        "chart": load_chart(found.load),
        "load": tables.load_table(found.load),
        "movement": _movement(found.movements, period),
    }
    return page("offices.html", values)


async def office_page(
    database: Database, viewer: Viewer, unit: str, query: Query, now: datetime
) -> Response[bytes]:
    """Return the page of one office; a page that says so when it is none of the viewer's."""
    scope, period = _office_scope(viewer, unit), _period(query, now)
    known = await figures.offices(database, scope, period, now) if unit else []
    if not known:
        return no_such_page()
    office = known[0]
    detail = await figures.detail(database, scope, period, now)
    load = await figures.due_load(database, scope, now)
    values = {
        **_common(viewer, period, now),
        "office": office,
        "path": f"/don-vi/{office.unit}",
        "tiles": tiles.now_tiles(known, now),
        "period_tiles": tiles.period_tiles(known),
        "contacts": [
            tables.contact_line(each.counter, each.seen_at, each.clock_ahead_s, now)
            for each in office.counters
        ],
        "audit_lines": [tables.audit_line(each) for each in office.counters],
        "overdue": office_tables.overdue_table(detail, now.astimezone(OFFICE_ZONE).date()),
        "sectors": office_tables.sector_table(detail),
        "channels": office_tables.channel_table(detail),
        "ratings": office_tables.rating_table(office),
        "on_time_note": tables.ON_TIME_NOTE,
        "chart": load_chart(load),
        "load": tables.load_table(load),
        "movement": _movement(await figures.movements(database, scope, period), period),
    }
    return page("office.html", values)


async def export_file(
    database: Database, viewer: Viewer, file_name: str, query: Query, now: datetime
) -> Response[bytes]:
    """Return a table whole, as ``<table>.csv`` or ``<table>.xlsx``."""
    name, _, kind = file_name.partition(".")
    period, unit = _period(query, now), query.get("dv", "")
    scope = _office_scope(viewer, unit) if unit else home_scope(viewer)
    table = await _table(database, scope, name, period, now)
    if table is None or kind not in ("csv", "xlsx"):
        return no_such_page()
    saved_as = f"{name}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{kind}"
    if kind == "csv":
        return attachment(export.csv_bytes(table), export.CSV_TYPE, saved_as)
    return attachment(export.xlsx_bytes(table), export.XLSX_TYPE, saved_as)


async def _table(database: Database, scope: Scope, name: str, period: Period, now: datetime) -> Table | None:
    match name:
        case "don-vi":
            known = await figures.offices(database, scope, period, now)
            return tables.offices_table(known, period.query, now)
        case "sap-den-han":
            return tables.load_table(await figures.due_load(database, scope, now))
        case "theo-ngay":
            return tables.movement_table(await figures.movements(database, scope, period), monthly=False)
        case "hai-long":
            known = await figures.offices(database, scope, period, now)
            return office_tables.rating_table(known[0]) if len(known) == 1 else None
        case "linh-vuc":
            return office_tables.sector_table(await figures.detail(database, scope, period, now))
        case "kenh":
            return office_tables.channel_table(await figures.detail(database, scope, period, now))
        case "qua-han":
            detail = await figures.detail(database, scope, period, now)
            return office_tables.overdue_table(detail, now.astimezone(OFFICE_ZONE).date())
        case _:
            return None


def _movement(days: list[Movement], period: Period) -> Table:
    monthly = period.days > _DAYS_ON_A_PAGE
    return tables.movement_table(figures.by_month(days) if monthly else days, monthly=monthly)


def no_such_page() -> Response[bytes]:
    """Return the page for what is not there, or not the viewer's: nobody learns which."""
    return problem(404, "Không có trang này", "Địa chỉ không đúng, hoặc ông/bà không xem được đơn vị này.")


def _period(query: Query, now: datetime) -> Period:
    return period_of(query, now.astimezone(OFFICE_ZONE).date())


def _common(viewer: Viewer, period: Period, now: datetime) -> dict[str, object]:
    made_at = f"{now.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}"
    return {"viewer": viewer, "period": period, "kinds": KINDS, "made_at": made_at}


def _sorted(known: list[OfficeFigures], sort: str, now: datetime) -> list[OfficeFigures]:
    if sort == "ten":
        return known
    if sort == "nhieu":
        return sorted(known, key=lambda each: -each.received)

    def lost(office: OfficeFigures) -> int:
        return sum(lost_contact(each.seen_at, now) for each in office.counters) or int(not office.counters)

    return sorted(known, key=lambda each: (-each.overdue, -lost(each), -each.flags, -each.due_soon))
