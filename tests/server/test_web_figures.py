"""The leaders' figures: what is counted, who sees which office, and that nobody's name is anywhere."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import openpyxl
import pytest
from tests.server.serving import Served, serving
from tests.server.web_data import (
    CITIZEN,
    NOW,
    Clock,
    a_province,
    add_counter,
    add_dossier,
    add_figure,
    add_leader,
    at,
    logged_in,
    run,
)

from counter_server.web.period import period_of
from counter_server.web.table import Column, Table, count, on, text
from counter_server.web.words import age, clock_off, share
from counter_server.web.working_days import lost_contact

PAGES = ("/", "/?ky=nam", "/don-vi/H29.12", "/don-vi/H29.13?ky=tuan")
EXPORTS = ("don-vi", "theo-ngay", "sap-den-han", "linh-vuc", "kenh", "qua-han", "hai-long")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[Served]:
    with serving(database_url, tmp_path, now=clock) as served:
        yield served


@pytest.fixture
def one(web: Served) -> Served:
    """One office and whoever sees all."""
    web.add_office("H29.12", name="UBND xã Đông Hòa", province="Tỉnh Thử")
    add_leader(web, "tinh")
    return web


@pytest.fixture
def province(web: Served) -> Served:
    a_province(web)
    add_leader(web, "tinh", province="Tỉnh Thử")
    add_leader(web, "chutich", unit="H29.12")
    return web


def table_of(web: Served, path: str, name: str = "tinh") -> list[dict[str, str]]:
    with logged_in(web, name) as client:
        return table_in(client, path)


def table_in(client: httpx.Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


DUE = at(date(2026, 11, 10), 10)


ON_TIME: list[tuple[dict[str, Any], bool]] = [
    ({"resolved_at": DUE - timedelta(days=1)}, True),
    ({"resolved_at": DUE}, True),
    ({"resolved_at": at(date(2026, 11, 10), 23)}, True),  # the day counts, not the hour
    ({"resolved_at": at(date(2026, 11, 11), 0)}, False),
    ({"resolved_at": datetime.fromisoformat("2026-11-10T17:30:00Z")}, False),  # 0:30 of the 11th there
    ({"resolved_at": DUE, "first_due_at": DUE - timedelta(days=1)}, False),  # the first promise counts
    ({"resolved_at": DUE + timedelta(days=3), "first_due_at": DUE + timedelta(days=3)}, True),
    ({"resolved_at": DUE + timedelta(days=9), "due_at": None}, True),
    ({"resolved_at": DUE + timedelta(days=5), "status": "withdrawn"}, True),
    ({"resolved_at": DUE - timedelta(days=1), "supplements": 1}, True),
    ({"resolved_at": DUE - timedelta(days=1), "supplements": 2}, False),
    ({"resolved_at": DUE - timedelta(days=1), "supplements": 2, "status": "withdrawn"}, False),
]


def test_on_time_is_what_the_counters_say_it_is(web: Served) -> None:
    add_leader(web, "tinh")
    for n, (facts, _) in enumerate(ON_TIME):
        values = {"due_at": DUE, "status": "returned", "ended_at": facts["resolved_at"], **facts}
        web.add_office(f"H29.{100 + n}", name=str(n))
        add_dossier(web, f"H29.{100 + n}", n, received_at=at(date(2026, 11, 2)), sector=str(n), **values)
    offices = {row["Đơn vị"]: row for row in table_of(web, "/xuat/don-vi.csv")}
    sectors = {row["Lĩnh vực"]: row for row in table_of(web, "/xuat/linh-vuc.csv")}
    for n, (facts, in_time) in enumerate(ON_TIME):
        assert offices[str(n)]["Đã giải quyết"] == "1"
        assert offices[str(n)]["Đúng hạn (%)"] == ("100.0" if in_time else "0.0"), facts
        assert sectors[str(n)]["Trễ hạn"] == ("0" if in_time else "1"), facts


# open, overdue, due within three days
STANDING: list[tuple[dict[str, Any], str]] = [
    ({"due_at": at(date(2026, 11, 17), 17)}, "110"),
    ({"due_at": at(date(2026, 11, 18), 0)}, "101"),  # due today, at whatever hour
    ({"due_at": at(date(2026, 11, 20), 17)}, "101"),
    ({"due_at": at(date(2026, 11, 21), 0)}, "100"),
    ({"due_at": None}, "100"),
    ({"due_at": at(date(2026, 11, 1)), "stands_still": True}, "100"),
    ({"due_at": at(date(2026, 11, 1)), "status": "resolved"}, "000"),
    ({"due_at": at(date(2026, 11, 1)), "status": "stopped", "ended_at": NOW}, "000"),
]


def test_what_is_open_and_what_is_overdue(web: Served) -> None:
    add_leader(web, "tinh")
    for n, (facts, _) in enumerate(STANDING):
        web.add_office(f"H29.{100 + n}", name=str(n))
        add_dossier(web, f"H29.{100 + n}", n, received_at=at(date(2026, 10, 1)), **facts)
    offices = {row["Đơn vị"]: row for row in table_of(web, "/xuat/don-vi.csv")}
    for n, (facts, expected) in enumerate(STANDING):
        row = offices[str(n)]
        assert row["Đang giải quyết"] + row["Quá hạn"] + row["Đến hạn trong 3 ngày"] == expected, facts
    [overdue] = table_of(web, "/xuat/qua-han.csv")
    assert (overdue["Số hồ sơ"], overdue["Trễ nhất (ngày)"]) == ("1", "1")


def test_a_period_has_its_first_and_its_last_minute_in_office_time(one: Served) -> None:
    moments = ("2026-10-31T16:59:00Z", "2026-10-31T17:00:00Z", "2026-11-30T16:59:00Z", "2026-11-30T17:00:00Z")
    for n, moment in enumerate(moments, start=1):
        when = datetime.fromisoformat(moment)
        add_dossier(
            one,
            "H29.12",
            n,
            received_at=when,
            resolved_at=when,
            ended_at=when,
            status="returned",
            due_at=when,
        )
    [row] = table_of(one, "/xuat/don-vi.csv?ky=thang")
    assert (row["Tiếp nhận"], row["Đã giải quyết"], row["Đã trả"]) == ("2", "2", "2")
    days = table_of(one, "/xuat/theo-ngay.csv?ky=thang")
    assert [(each["Ngày"], each["Tiếp nhận"], each["Đã trả"]) for each in days] == [
        ("2026-11-01", "1", "1"),
        ("2026-11-30", "1", "1"),
    ]


def test_the_coming_load_is_by_day_and_leaves_out_what_stands_still(one: Served) -> None:
    for n, (day, still) in enumerate(
        [(18, False), (20, False), (20, False), (20, True), (27, False), (28, False)]
    ):
        add_dossier(one, "H29.12", n, due_at=at(date(2026, 11, day), 16), stands_still=still)
    load = table_of(one, "/xuat/sap-den-han.csv")
    assert [int(each["Số hồ sơ đến hạn"]) for each in load] == [1, 0, 2, 0, 0, 0, 0, 0, 0, 1]
    assert load[0]["Ngày"] == "2026-11-18"
    assert load[3]["Thứ"] == "Thứ Bảy, ngày nghỉ"


def test_few_ratings_are_not_shown_because_they_could_be_recognised(one: Served) -> None:
    add_figure(one, "H29.12", date(2026, 11, 3), "rating.unsatisfied", 4)
    [row] = table_of(one, "/xuat/don-vi.csv")
    assert row["Hài lòng (%)"] == ""
    assert table_of(one, "/xuat/hai-long.csv?dv=H29.12") == []
    with logged_in(one, "tinh") as client:
        assert "dưới 5 lượt" in client.get("/").text
    add_figure(one, "H29.12", date(2026, 11, 4), "rating.very_satisfied", 1)
    [row] = table_of(one, "/xuat/don-vi.csv")
    assert row["Hài lòng (%)"] == "20.0"
    assert len(table_of(one, "/xuat/hai-long.csv?dv=H29.12")) == 3


def test_a_page_of_many_offices_is_at_most_half_a_minute_old(one: Served, clock: Clock) -> None:
    with logged_in(one, "tinh") as client:
        assert "Đông Hòa" in client.get("/").text
        one.add_office("H29.13", name="UBND xã Tây Hòa", province="Tỉnh Thử")
        clock.pass_(seconds=29)
        assert "Tây Hòa" not in client.get("/").text
        assert "Tây Hòa" in client.get("/?ky=tuan").text
        clock.pass_(seconds=2)
        assert "Tây Hòa" in client.get("/").text


def test_a_head_sees_the_own_office_and_no_other(province: Served) -> None:
    with logged_in(province, "chutich") as client:
        assert "UBND xã Đông Hòa" in client.get("/").text
        assert client.get("/don-vi/H29.12").status_code == 200
        other = client.get("/don-vi/H29.13")
        assert other.status_code == 404
        assert other.text == client.get("/don-vi/H99.99").text
        assert "Tây Hòa" not in client.get("/").text
        assert [each["Đơn vị"] for each in table_in(client, "/xuat/don-vi.csv")] == ["UBND xã Đông Hòa"]
        for name in ("don-vi", "theo-ngay", "linh-vuc", "kenh", "qua-han"):
            assert table_in(client, f"/xuat/{name}.csv?dv=H29.13") == []
        assert client.get("/xuat/hai-long.csv?dv=H29.13").status_code == 404
        load = table_in(client, "/xuat/sap-den-han.csv?dv=H29.13")
    assert {each["Số hồ sơ đến hạn"] for each in load} == {"0"}


def test_a_province_sees_its_offices_and_not_the_neighbours(province: Served) -> None:
    with logged_in(province, "tinh") as client:
        page = client.get("/").text
        assert client.get("/don-vi/H30.01").status_code == 404
        days = table_in(client, "/xuat/theo-ngay.csv")
        assert len(table_in(client, "/xuat/don-vi.csv")) == 3
        assert table_in(client, "/xuat/kenh.csv?dv=H30.01") == []
    assert "Đông Hòa" in page
    assert "Tây Hòa" in page
    assert "Láng Giềng" not in page
    assert sum(int(each["Tiếp nhận"]) for each in days) == 19  # the neighbours' three are not among them


def test_no_page_and_no_file_names_anybody(province: Served) -> None:
    personal = [value.encode() for value in (*CITIZEN.values(), "Trần Văn Mẫu", "K7MX", "-261109-")]
    with logged_in(province, "tinh") as client:
        seen = [client.get(path).content for path in PAGES]
        for name in EXPORTS:
            seen.append(client.get(f"/xuat/{name}.csv?ky=nam&dv=H29.12").content)
            workbook = client.get(f"/xuat/{name}.xlsx?ky=nam&dv=H29.12").content
            rows = openpyxl.load_workbook(io.BytesIO(workbook)).active.iter_rows(values_only=True)
            seen.append(repr(list(rows)).encode())
    assert all(len(each) > 50 for each in seen)
    assert not [value for value in personal for page in seen if value in page]


LEADERS_MAY_NOT = (
    "SELECT state FROM dossier",
    "SELECT dossier_code FROM dossier",
    "SELECT lookup_secret FROM dossier",
    "SELECT * FROM dossier",
    "SELECT body FROM event",
    "SELECT params FROM flag",
    "SELECT public_key FROM device",
    "SELECT value FROM server_secret",
    "SELECT code FROM dossier_alias",
    "UPDATE dossier SET status = 'returned'",
    "UPDATE leader SET password = ''",
)
THE_PUBLIC_MAY_NOT = (
    "SELECT change_leader_password('', '', '', '')",
    "SELECT state FROM dossier",
    "SELECT owner FROM dossier",
    "SELECT * FROM dossier",
    "SELECT name FROM leader",
    "SELECT kind FROM flag",
    "DELETE FROM dossier_alias",
)


def test_the_roles_of_the_pages_cannot_read_or_write_more(province: Served) -> None:
    database = province.context.database

    async def work(role: Any, query: str) -> None:
        async with role() as connection:
            await connection.execute(query)

    refused = [(database.leader, query) for query in LEADERS_MAY_NOT]
    refused += [(database.public, query) for query in THE_PUBLIC_MAY_NOT]
    for role, query in refused:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            province.run(work(role, query))


def test_contact_is_lost_after_one_working_day(one: Served, clock: Clock) -> None:
    friday = at(date(2026, 11, 13), 16)
    add_counter(one, "H29.12", 1, seen_at=friday, ahead_s=-7200)
    for moment, lost in (
        (friday + timedelta(days=2), False),
        (at(date(2026, 11, 16), 15), False),
        (at(date(2026, 11, 16), 17), True),
    ):
        clock.now = moment
        [row] = table_of(one, "/xuat/don-vi.csv")
        assert ("mất liên lạc" in row["Liên lạc lần cuối"]) is lost
        assert "đồng hồ chậm 2 giờ" in row["Liên lạc lần cuối"]


def test_a_long_holiday_is_no_lost_contact() -> None:
    before_tet = at(date(2026, 2, 13), 16)  # the Friday before the days off of Tết
    assert not lost_contact(before_tet, at(date(2026, 2, 23), 15))
    assert lost_contact(before_tet, at(date(2026, 2, 23), 17))
    assert lost_contact(None, NOW)


def test_a_revoked_counter_is_not_waited_for(one: Served) -> None:
    add_counter(one, "H29.12", 1, seen_at=NOW - timedelta(days=90))
    run(one, "UPDATE device SET state = 'revoked'")
    [row] = table_of(one, "/xuat/don-vi.csv")
    assert row["Liên lạc lần cuối"] == "chưa có quầy nào"


def test_files_run_nothing(one: Served) -> None:
    evil = '=HYPERLINK("http://x","y")'
    add_dossier(one, "H29.12", 1, sector=evil, procedure_name="@SUM(1)", due_at=at(date(2026, 11, 2)))
    run(one, "UPDATE office SET name = '+cmd|x'")
    assert table_of(one, "/xuat/linh-vuc.csv?dv=H29.12")[0]["Lĩnh vực"] == f"'{evil}"
    assert table_of(one, "/xuat/qua-han.csv?dv=H29.12")[0]["Thủ tục"] == "'@SUM(1)"
    assert table_of(one, "/xuat/don-vi.csv")[0]["Đơn vị"] == "'+cmd|x"
    with logged_in(one, "tinh") as client:
        answer = client.get("/xuat/linh-vuc.xlsx?dv=H29.12")
    cell = openpyxl.load_workbook(io.BytesIO(answer.content)).active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (evil, "s", True)
    assert re.fullmatch(
        r'attachment; filename="linh-vuc-\d{8}-\d{8}.xlsx"', answer.headers["content-disposition"]
    )


def test_a_workbook_has_real_numbers_and_days() -> None:
    from counter_server.web.export import xlsx_bytes

    table = Table(
        name="thu",
        caption="Thử",
        columns=(Column(label="Tên"), Column(label="Số"), Column(label="Ngày")),
        rows=((text("Một"), count(1250), on(date(2026, 11, 18))),),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table))).active
    assert [cell.value for cell in sheet[2]] == ["Một", 1250, datetime.fromisoformat("2026-11-18")]


@pytest.mark.parametrize(
    ("query", "first", "last", "problem"),
    [
        ({}, "2026-11-01", "2026-11-30", False),
        ({"ky": "tuan"}, "2026-11-16", "2026-11-22", False),
        ({"ky": "quy"}, "2026-10-01", "2026-12-31", False),
        ({"ky": "nam"}, "2026-01-01", "2026-12-31", False),
        ({"ky": "xyz"}, "2026-11-01", "2026-11-30", False),
        ({"ky": "tu-chon", "tu": "2026-02-27", "den": "2026-03-02"}, "2026-02-27", "2026-03-02", False),
        ({"ky": "tu-chon", "tu": "2026-03-02", "den": "2026-02-27"}, "2026-11-01", "2026-11-30", True),
        ({"ky": "tu-chon", "tu": "hôm nay", "den": ""}, "2026-11-01", "2026-11-30", True),
        ({"ky": "tu-chon", "tu": "0001-01-01", "den": "9999-12-31"}, "2026-11-01", "2026-11-30", True),
        ({"ky": "tu-chon", "tu": "9999-12-31", "den": "9999-12-31"}, "2026-11-01", "2026-11-30", True),
    ],
)
def test_periods(query: dict[str, str], first: str, last: str, problem: bool) -> None:
    period = period_of(query, date(2026, 11, 18))
    assert (period.first.isoformat(), period.last.isoformat(), bool(period.problem)) == (first, last, problem)


def test_december_ends_with_the_year() -> None:
    assert period_of({"ky": "thang"}, date(2026, 12, 5)).last == date(2026, 12, 31)


def test_words() -> None:
    assert [share(*each) for each in ((0, 0), (1, 1), (1999, 2000), (2, 3), (1, 2), (0, 5))] == [
        *("–", "100%", "99,9%", "66,7%", "50%", "0%")
    ]
    assert age(NOW - timedelta(minutes=12), NOW) == "12 phút trước"
    assert age(NOW - timedelta(hours=3), NOW) == "3 giờ trước"
    assert age(NOW - timedelta(hours=20), NOW) == "hôm qua 13:30"
    assert age(NOW - timedelta(days=4), NOW) == "4 ngày trước (14/11)"
    assert age(None, NOW) == "chưa liên lạc"
    assert [clock_off(each) for each in (0, 119, 720, -7200, 864000)] == [
        *("", "", "nhanh 12 phút", "chậm 2 giờ", "nhanh 10 ngày")
    ]


def test_a_page_of_a_whole_province_is_small_and_the_worst_comes_first(web: Served) -> None:
    add_leader(web, "tinh", province="Tỉnh Thử")
    for n in range(130):
        web.add_office(f"H29.{n:03d}", name=f"UBND xã số {n:03d} Đông Hòa Thượng", province="Tỉnh Thử")
        add_counter(web, f"H29.{n:03d}", 1, seen_at=NOW - timedelta(days=3))
    add_dossier(web, "H29.077", 1, due_at=at(date(2026, 11, 2)))
    with logged_in(web, "tinh") as client:
        page = client.get("/")
        assert len(page.content) < 50_000
        names = re.findall(r"UBND xã số (\d+)", page.text)
        assert names[0] == "077"
        assert len(names) == 40
        rest = [
            name
            for n in range(2, 5)
            for name in re.findall(r"UBND xã số (\d+)", client.get(f"/?trang={n}").text)
        ]
        assert len({*names, *rest}) == 130
        for odd in ("0", "-1", "99999", "x", "²"):
            assert client.get("/", params={"trang": odd}).status_code == 200


def test_odd_addresses_get_a_page(province: Served) -> None:
    odd = ("/don-vi/%00", "/xuat/x.csv", "/xuat/don-vi.exe", "/xuat/kenh.csv?dv=%00", "/?ky=a&ky=b&tu[]=1")
    with logged_in(province, "tinh") as client:
        answers = [client.get(path) for path in odd]
    assert [each.status_code for each in answers] == [404, 404, 404, 200, 200]
    assert all(each.headers["content-type"].startswith("text/") for each in answers)


def test_the_style_is_kept_for_good_under_its_own_address(one: Served) -> None:
    page = httpx.get(f"{one.url}/dang-nhap").text
    path = re.search(r'href="(/web/[^"]+\.css)"', page)
    assert path is not None
    style = httpx.get(one.url + path[1])
    assert "immutable" in style.headers["cache-control"]
    assert "url(" not in style.text
    assert httpx.get(f"{one.url}/web/older.css").headers["cache-control"] == "no-store"
    assert "Disallow: /" in httpx.get(f"{one.url}/robots.txt").text
