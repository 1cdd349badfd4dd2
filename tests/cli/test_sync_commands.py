"""enrol, sync and outbox through the real program, against a real HTTP server."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.test_cli import INIT, run
from tests.sync.scripted_server import ScriptedServer, listening, message, page

from counter_protocol.messages import EnrolReply

KEY = hashlib.sha256(b"a key").digest()


@pytest.fixture
def counter(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    assert run(folder, *INIT, stdin=b"mat-khau-thu\n")[0] == 0
    return folder


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    welcome = EnrolReply(office_name="Thử", province="Thử", signing_key=KEY, sealing_key=KEY)
    scripted.always["/v1/enrol"] = message(welcome)
    with listening(scripted):
        yield scripted


@pytest.mark.slow
def test_enrol_exchange_and_look(counter: Path, server: ScriptedServer, tmp_path: Path) -> None:
    code, _out, error = run(counter, "sync", "--once")
    assert (code, error["code"]) == (3, "sync_not_enrolled")

    code, out, error = run(counter, "enrol", "--server", server.url, "--code", "ABCD-2345")
    assert (code, error) == (0, None)
    assert (out["server"], out["unit_code"], out["counter"]) == (server.url, "H29.12", 1)

    code, out, error = run(counter, "outbox", "list")
    assert (code, error) == (0, None)
    assert out["waiting"] == len(out["items"])

    server.plan("/v1/session", page(200))
    code, out, error = run(counter, "sync", "--once")
    assert (code, out["ok"], out["lanes"][0]["answer"]) == (4, False, "captive_portal")
    assert "đăng nhập" in out["lanes"][0]["words"]

    code, out, error = run(counter, "sync", "--once")
    assert (code, out["ok"], out["waiting"]) == (0, True, 0)

    code, _out, error = run(counter, "outbox", "retry", "no-such-item")
    assert (code, error["code"]) == (2, "outbox_item_unknown")

    target = tmp_path / "support.json"
    code, out, error = run(counter, "outbox", "export", "--out", str(target))
    assert (code, error) == (0, None)
    assert json.loads(target.read_text())["enrolled"] is True

    code, out, error = run(counter, "doctor")
    checks = {check["name"]: check for check in out["checks"]}
    assert checks["sync"]["ok"]
    assert checks["sync"]["detail"].startswith("Đã nối máy chủ")


def test_a_plain_line_to_another_machine_is_refused(counter: Path) -> None:
    code, _out, error = run(counter, "enrol", "--server", "http://motcua.example.vn", "--code", "ABCD")
    assert (code, error["code"]) == (2, "server_url_insecure")
