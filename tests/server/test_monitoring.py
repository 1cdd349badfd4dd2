"""What monitoring reads, what every answer carries, and what the logs never say."""

import dataclasses
import io
import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import structlog
from tests.server.serving import TEST_SETTINGS, Served, serving

from counter_protocol import wire
from counter_protocol.messages import EnrolRequest, ErrorReply
from counter_protocol.refusals import Refusal
from counter_server import log
from counter_server.devices.tokens import Bearer, token_of


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    log.configure(stream)
    yield stream
    structlog.reset_defaults()


def _lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_sound_server_says_so(server: Served) -> None:
    answer = httpx.get(f"{server.url}/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "objects": "ok"})


def test_a_schema_of_before_is_no_health(server: Served) -> None:
    async def older() -> None:
        async with server.context.database.admin() as connection:
            await connection.execute("UPDATE alembic_version SET version_num = 's0000'")

    server.run(older())
    answer = httpx.get(f"{server.url}/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "schema is not the newest", "objects": "ok"}


def test_a_lost_database_is_no_health_and_asks_counters_to_come_again(server: Served) -> None:
    server.run(server.context.database.close())
    answer = httpx.get(f"{server.url}/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


def test_a_lost_store_is_no_health(server: Served, tmp_path: Path) -> None:
    folder = tmp_path / "server" / "objects"
    shutil.rmtree(folder)
    folder.write_text("a file where the folder was")
    answer = httpx.get(f"{server.url}/healthz")
    assert (answer.status_code, answer.json()["objects"]) == (503, "unreachable")


def test_prometheus_reads_counts_by_kind_and_age_and_no_unit(server: Served) -> None:
    server.add_office("H29.12")

    async def fill() -> None:
        async with server.context.database.admin() as connection:
            for number, age in ((1, "10 minutes"), (2, "2 days"), (3, "400 days")):
                await connection.execute(
                    "INSERT INTO device (unit, device_id, counter, public_key, seen_at)"
                    f" VALUES ('H29.12', $1, $2, $3, now() - interval '{age}')",
                    f"device-{number}",
                    number,
                    bytes(32),
                )
            await connection.execute(
                "INSERT INTO flag (unit, flag_id, subject, kind, dossier_id, params)"
                " VALUES ('H29.12', 'f', 's', 'returned_twice', 'd', '{}')"
            )

    server.run(fill())
    httpx.get(f"{server.url}/v1/nowhere/Nguyen")
    text = httpx.get(f"{server.url}/metrics").text
    for line in (
        'counter_server_devices{last_contact="hour"} 1.0',
        'counter_server_devices{last_contact="3 days"} 1.0',
        'counter_server_devices{last_contact="longer"} 1.0',
        'counter_server_open_flags{kind="returned_twice"} 1.0',
        'counter_server_refusals_total{code="not_a_message"}',
        'route="none",status="404"',
    ):
        assert line in text
    assert "H29" not in text
    assert "Nguyen" not in text


def test_the_schema_names_every_call_of_the_protocol(server: Served) -> None:
    document = httpx.get(f"{server.url}/schema").json()
    assert document["openapi"].startswith("3.")
    assert {"/v1/uploads", "/v1/uploads/{upload_id}", "/v1/packs", "/v1/packs/{sha256}"} <= set(
        document["paths"]
    )
    assert wire.MEDIA_TYPE in document["info"]["description"]


def test_every_answer_is_safe_to_show_and_carries_an_id(server: Served, logged: io.StringIO) -> None:
    given = "0123456789abcdef0123456789abcdef"
    answer = httpx.get(f"{server.url}/v1/nowhere", headers={"X-Request-Id": given})
    assert answer.headers["x-request-id"] == given
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    forged = httpx.get(f"{server.url}/v1/nowhere", headers={"X-Request-Id": 'Nguyễn"\\'.encode()})
    assert forged.headers["x-request-id"] != given
    first, second = _lines(logged)
    assert (first["id"], first["status"], first["refused"]) == (given, 404, "not_a_message")
    assert second["id"] == forged.headers["x-request-id"]


def test_an_address_is_logged_as_its_pattern(server: Served, logged: io.StringIO) -> None:
    secret = "a-dossiers-code"
    httpx.get(f"{server.url}/v1/packs/{secret}", headers={"Authorization": f"Bearer {secret}"})
    (line,) = _lines(logged)
    assert line["route"] == "/v1/packs/{sha256}"
    assert secret not in logged.getvalue()


def test_an_unexpected_failure_is_told_without_its_text(server: Served, logged: io.StringIO) -> None:
    server.run(server.context.database.close())
    answer = httpx.get(f"{server.url}/metrics")
    assert answer.status_code >= 500
    failed = next(line for line in _lines(logged) if line["event"] == "failed")
    assert failed["error"]
    assert failed["at"]
    assert wire.from_bytes(answer.content, ErrorReply).code == Refusal.SERVER_BUSY


def test_the_words_of_an_error_reach_no_log(logged: io.StringIO) -> None:
    try:
        raise ValueError("Key (name)=(Nguyễn Thị Sen) already exists")
    except ValueError as error:
        log.failure("failed", error)
        import logging

        logging.getLogger("asyncpg").error("row %s", "Nguyễn Thị Sen", exc_info=error)
        logging.getLogger("asyncio").warning("future: Nguyễn Thị Sen")
    assert len(_lines(logged)) == 3
    assert "Sen" not in logged.getvalue()


def test_a_device_that_asks_too_often_has_to_wait(database_url: str, tmp_path: Path) -> None:
    settings = dataclasses.replace(TEST_SETTINGS, push_per_minute=3)
    with serving(database_url, tmp_path, settings=settings) as server:
        sessions = itertools.count(2**40)

        def of_device(name: str) -> str:
            bearer = Bearer("H29.12", name, next(sessions), 1)
            return token_of(server.context.secrets.tokens, bearer)

        def ask(token: str) -> httpx.Response:
            return httpx.get(f"{server.url}/v1/packs", headers={"Authorization": f"Bearer {token}"})

        assert [ask(of_device("one")).status_code for _ in range(3)] == [401, 401, 401]
        refused = ask(of_device("one"))
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        reply = wire.from_bytes(refused.content, ErrorReply)
        assert (reply.code, 0 < reply.retry_after <= 60) == (Refusal.RATE_LIMITED, True)
        assert ask(of_device("two")).status_code == 401
        assert [ask("forged").status_code for _ in range(4)] == [401, 401, 401, 429]


def test_an_address_that_guesses_enrolment_codes_has_to_wait(server: Served) -> None:
    server.add_office("H29.12")

    def guess(number: int, path: str = "/v1/enrol") -> httpx.Response:
        body = EnrolRequest(
            unit_code="H29.12",
            code=f"CDFGH-{number:05d}",
            device_id="device-1",
            counter=1,
            public_key=bytes(32),
            now="2026-11-23T01:30:00.000000Z",
        )
        return httpx.post(f"{server.url}{path}", content=wire.to_bytes(body))

    assert {guess(number).status_code for number in range(20)} == {403}
    refused = guess(20, "//v1//enrol/")
    assert (refused.status_code, wire.from_bytes(refused.content, ErrorReply).code) == (
        429,
        Refusal.RATE_LIMITED,
    )
