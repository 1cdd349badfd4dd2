"""What the tests of the web pages show: offices, counters, dossiers, leaders, put into the database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from tests.server.serving import Served

from counter_server.web import passwords

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)  # a Wednesday, 9:30 at the offices
PASSWORD = "mot-cua-phuc-vu-dan"
# An invented citizen: nothing of this may ever reach a page.
CITIZEN = {"full_name": "Nguyễn Thị Thử Nghiệm", "id_number": "001190009999", "phone": "0900000123"}


def at(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def run(server: Served, statement: str, *values: object) -> None:
    async def work() -> None:
        async with server.context.database.admin() as connection:
            await connection.execute(statement, *values)

    server.run(work())


def add_counter(
    server: Served, unit: str, counter: int, *, seen_at: datetime | None, ahead_s: int = 0
) -> None:
    run(
        server,
        "INSERT INTO device (unit, device_id, counter, public_key, seen_at, clock_ahead_s) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        unit,
        f"{unit}-{counter}",
        counter,
        bytes(32),
        seen_at,
        ahead_s,
    )


def add_dossier(server: Served, unit: str, number: int, **given: Any) -> str:
    """Add a dossier received and due as given; returns its code."""
    received_at = given.pop("received_at", at(date(2026, 11, 16)))
    code = given.pop("dossier_code", f"{unit}-{received_at.astimezone(ZONE):%y%m%d}-{number:04d}")
    aliases = given.pop("aliases", ())
    dossier_id = f"d{number:04d}"
    values = {
        "unit": unit,
        "dossier_id": dossier_id,
        "office_seq": number,
        "dossier_code": code,
        "lookup_secret": "K7MX",
        "owner": f"{unit}-1",
        "counter": 1,
        "status": "processing",
        "procedure_id": "khai-sinh",
        "procedure_name": "Đăng ký khai sinh",
        "sector": "Hộ tịch",
        "channel": "counter",
        "assisted": False,
        "received_at": received_at,
        "due_at": received_at + timedelta(days=3),
        "first_due_at": None,
        "resolved_at": None,
        "ended_at": None,
        "waiting_since": None,
        "stands_still": False,
        "supplements": 0,
        "extended": False,
        "state": json.dumps({"applicant": CITIZEN, "clerk": "Trần Văn Mẫu"}, ensure_ascii=False),
        **given,
    }
    names = ", ".join(values)
    places = ", ".join(f"${n}" for n in range(1, len(values) + 1))
    run(server, f"INSERT INTO dossier ({names}) VALUES ({places})", *values.values())
    for alias in (code, *aliases):
        run(
            server,
            "INSERT INTO dossier_alias (unit, code, dossier_id) VALUES ($1, $2, $3)",
            unit,
            alias,
            dossier_id,
        )
    return code


def add_figure(server: Served, unit: str, day: date, name: str, value: int) -> None:
    run(
        server,
        "INSERT INTO day_figure (unit, device_id, day, name, value) VALUES ($1, $2, $3, $4, $5)",
        unit,
        f"{unit}-1",
        day,
        name,
        value,
    )


def add_flag(server: Served, unit: str, subject: str) -> None:
    run(
        server,
        "INSERT INTO flag (unit, flag_id, subject, kind, dossier_id, params) "
        "VALUES ($1, $2, $2, $3, '', '{}')",
        unit,
        subject,
        "returned_twice",
    )


_HASH = passwords.hashed(PASSWORD)


def add_leader(server: Served, name: str, *, unit: str = "", province: str = "") -> None:
    run(
        server,
        "INSERT INTO leader (unit, name, province, password) VALUES ($1, $2, $3, $4)",
        unit,
        name,
        province,
        _HASH,
    )


def send_login(client: httpx.Client, name: str, password: str = PASSWORD) -> httpx.Response:
    return client.post(
        "/dang-nhap", data={"ten": name, "mat-khau": password}, headers={"Origin": str(client.base_url)}
    )


@contextmanager
def logged_in(server: Served, name: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url) as client:
        answer = send_login(client, name)
        assert answer.status_code == 303, answer.text
        yield client


class Clock:
    """A clock the test moves."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **amount: float) -> None:
        self.now += timedelta(**amount)


def a_province(server: Served) -> None:
    """Three offices of one province and one of another, with everything a page shows."""
    server.add_office("H29.12", name="UBND xã Đông Hòa", province="Tỉnh Thử")
    server.add_office("H29.13", name="UBND xã Tây Hòa", province="Tỉnh Thử")
    server.add_office("H29.14", name="UBND phường Nam Hòa", province="Tỉnh Thử")
    server.add_office("H30.01", name="UBND xã Láng Giềng", province="Tỉnh Bên")
    add_counter(server, "H29.12", 1, seen_at=NOW - timedelta(minutes=12))
    add_counter(server, "H29.12", 2, seen_at=NOW - timedelta(days=5), ahead_s=-3 * 3600)
    add_counter(server, "H29.13", 1, seen_at=NOW - timedelta(hours=20), ahead_s=600)
    day = date(2026, 11, 9)
    made = 0
    for unit, count in (("H29.12", 14), ("H29.13", 5), ("H30.01", 3)):
        for n in range(count):
            made += 1
            received = at(day + timedelta(days=n % 5), 8 + n % 6)
            done = received + timedelta(days=2) if n % 2 else None
            add_dossier(
                server,
                unit,
                made,
                received_at=received,
                due_at=received + timedelta(days=1 + n % 10),
                status="returned" if done else "processing",
                resolved_at=done,
                ended_at=done,
                assisted=n % 3 == 0,
                channel=("counter", "online", "postal")[n % 3],
                sector=("Hộ tịch", "Chứng thực", "Đất đai")[n % 3],
            )
    for score, count in (("very_satisfied", 7), ("satisfied", 2), ("unsatisfied", 1)):
        add_figure(server, "H29.12", date(2026, 11, 10), f"rating.{score}", count)
    add_figure(server, "H29.12", date(2026, 11, 11), "guidance.supplement", 3)
    add_figure(server, "H29.13", date(2026, 11, 10), "rating.unsatisfied", 1)
    add_flag(server, "H29.12", "f1")
