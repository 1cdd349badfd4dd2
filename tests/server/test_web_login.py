"""Logging in to the figures: who gets in, for how long, and what guessing leads to."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from tests.server.serving import TEST_SETTINGS, Served, serving
from tests.server.web_data import PASSWORD, Clock, add_leader, logged_in, send_login

from counter_server.commands import leader


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[Served]:
    with serving(database_url, tmp_path, now=clock) as served:
        served.add_office("H29.12")
        add_leader(served, "chutich", unit="H29.12")
        yield served


def client_of(web: Served) -> httpx.Client:
    return httpx.Client(base_url=web.url)


def test_without_a_session_every_figure_leads_to_the_form(web: Served) -> None:
    for cookie in ("", "made-up"):
        with httpx.Client(base_url=web.url, cookies={"leader": cookie}) as client:
            for path in ("/", "/don-vi/H29.12", "/xuat/don-vi.csv"):
                answer = client.get(path)
                assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap")


def test_a_session_lasts_half_a_day(web: Served, clock: Clock) -> None:
    with logged_in(web, "chutich") as client:
        for _ in range(12):
            clock.pass_(minutes=59)
            assert client.get("/").status_code == 200
        clock.pass_(minutes=13)
        assert client.get("/").status_code == 303


def test_a_session_nobody_uses_ends_after_an_hour(web: Served, clock: Clock) -> None:
    with logged_in(web, "chutich") as client:
        clock.pass_(minutes=59)
        assert client.get("/").status_code == 200
        clock.pass_(minutes=61)
        assert client.get("/").status_code == 303
        assert client.get("/").status_code == 303  # asking for it brings nothing back


def test_logging_out_ends_the_session_itself(web: Served) -> None:
    with logged_in(web, "chutich") as client:
        kept = client.cookies["leader"]
        assert client.post("/dang-xuat", headers={"Origin": web.url}).status_code == 303
        client.cookies.set("leader", kept)
        assert client.get("/").status_code == 303


def test_logging_in_anew_ends_the_session_before(web: Served) -> None:
    with logged_in(web, "chutich") as client:
        before = client.cookies["leader"]
        assert send_login(client, "chutich").status_code == 303
        assert client.cookies["leader"] != before
    with httpx.Client(base_url=web.url, cookies={"leader": before}) as other:
        assert other.get("/").status_code == 303


def test_logging_out_leaves_nothing_in_the_browser(web: Served) -> None:
    with logged_in(web, "chutich") as client:
        answer = client.post("/dang-xuat", headers={"Origin": web.url})
    assert '"cache"' in answer.headers["clear-site-data"]
    assert 'leader=""' in answer.headers["set-cookie"]


def test_the_cookie_is_for_this_site_alone(database_url: str, tmp_path: Path) -> None:
    with serving(database_url, tmp_path, settings=replace(TEST_SETTINGS, secure_cookies=True)) as web:
        add_leader(web, "tinh")
        with client_of(web) as client:
            cookie = send_login(client, "tinh").headers["set-cookie"]
    name, *flags = [each.strip().lower() for each in cookie.split(";")]
    assert name.startswith("__host-leader=")
    assert len(name.partition("=")[2]) >= 43  # 256 bits
    assert {"httponly", "secure", "samesite=strict", "path=/"} <= set(flags)


def test_the_token_is_stored_only_as_a_hash(web: Served) -> None:
    with logged_in(web, "chutich") as client:
        token = client.cookies["leader"].encode()
    stored = web.rows("SELECT token_hash FROM leader_session")[0]["token_hash"]
    assert len(stored) == 32
    assert token not in stored
    assert PASSWORD not in web.rows("SELECT password FROM leader")[0]["password"]


def test_a_form_from_elsewhere_does_nothing(web: Served) -> None:
    fields = {"ten": "chutich", "mat-khau": PASSWORD}
    foreign: list[dict[str, str]] = [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": web.url},
    ]
    with logged_in(web, "chutich") as client:
        for headers in foreign:
            assert client.post("/dang-xuat", headers=headers).status_code == 403
            assert client.post("/dang-nhap", data=fields, headers=headers).status_code == 403
        assert client.get("/").status_code == 200


@pytest.mark.slow
def test_ten_wrong_passwords_lock_even_the_right_one_out_for_a_while(web: Served, clock: Clock) -> None:
    with client_of(web) as client:
        for _ in range(10):
            assert send_login(client, "chutich", "sai-mat-khau-nay").status_code == 403
            clock.pass_(minutes=3)  # longer than any pause but the last
        assert send_login(client, "chutich").status_code == 403
        clock.pass_(minutes=13)
        assert send_login(client, "chutich").status_code == 303
        assert web.rows("SELECT failures FROM leader")[0]["failures"] == 0


def test_the_pause_after_a_wrong_password_grows(web: Served, clock: Clock) -> None:
    with client_of(web) as client:
        for _ in range(3):
            send_login(client, "chutich", "sai")
        assert send_login(client, "chutich", "sai").status_code == 403  # the fourth: two seconds
        assert send_login(client, "chutich").status_code == 403
        clock.pass_(seconds=3)
        assert send_login(client, "chutich").status_code == 303


def test_an_unknown_name_is_told_nothing_a_known_one_is_not(web: Served) -> None:
    with client_of(web) as client:
        known = send_login(client, "chutich", "sai")
        unknown = send_login(client, "khongai", "sai")
    assert known.status_code == unknown.status_code == 403
    assert known.text.replace("chutich", "khongai") == unknown.text


@pytest.mark.slow
def test_an_address_cannot_try_names_by_the_hundred(web: Served) -> None:
    with client_of(web) as client:
        answers = [send_login(client, f"ten{n}", "").status_code for n in range(22)]
    assert answers == [403] * 20 + [429] * 2


def test_odd_names_are_only_wrong(web: Served) -> None:
    with client_of(web) as client:
        for name in ("", "\x00chutic", "chutich' OR '1'='1", "ch\ufffd", "x" * 3000):
            assert send_login(client, name, "x" * 5).status_code == 403


NEW = "bốn con trâu qua sông"


def send_change(client: httpx.Client, present: str, new: str, again: str | None = None) -> httpx.Response:
    fields = {"mat-khau": present, "moi": new, "lai": new if again is None else again}
    return client.post("/mat-khau", data=fields, headers={"Origin": str(client.base_url)})


def test_a_leader_changes_the_password_and_every_other_session_ends(web: Served) -> None:
    with logged_in(web, "chutich") as client, logged_in(web, "chutich") as elsewhere:
        assert "Mật khẩu đang dùng" in client.get("/mat-khau").text
        assert send_change(client, PASSWORD, NEW).headers["location"] == "/"
        assert client.get("/").status_code == 200
        assert elsewhere.get("/").status_code == 303
    with client_of(web) as client:
        assert send_login(client, "chutich").status_code == 403
        assert send_login(client, "chutich", NEW).status_code == 303


def test_a_change_needs_the_present_password_and_a_good_new_one(web: Served) -> None:
    with logged_in(web, "chutich") as client:
        assert send_change(client, "sai-mat-khau-nay", NEW).status_code == 403
        for new, again in ((NEW, NEW + "!"), ("ngan", "ngan"), (PASSWORD, PASSWORD), ("chutich12345",) * 2):
            refused = send_change(client, PASSWORD, new, again)
            assert refused.status_code == 422
            assert PASSWORD not in refused.text
        elsewhere = {"Origin": "https://evil.example"}
        fields = {"mat-khau": PASSWORD, "moi": NEW, "lai": NEW}
        assert client.post("/mat-khau", data=fields, headers=elsewhere).status_code == 403
        assert client.get("/").status_code == 200
    with client_of(web) as client:
        assert send_change(client, PASSWORD, NEW).headers["location"] == "/dang-nhap"
        assert send_login(client, "chutich").status_code == 303


@pytest.mark.slow
def test_guessing_at_the_change_locks_the_name(web: Served, clock: Clock) -> None:
    with logged_in(web, "chutich") as client:
        for _ in range(10):
            assert send_change(client, "sai-mat-khau-nay", NEW).status_code == 403
            clock.pass_(minutes=3)
        assert send_change(client, PASSWORD, NEW).status_code == 403


class TestCommand:
    """``counter-server leader``."""

    @pytest.fixture(autouse=True)
    def _password(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COUNTER_PASSWORD", PASSWORD)

    def run(self, web: Served, *words: str) -> int:
        parser = argparse.ArgumentParser()
        leader.add(parser.add_subparsers())
        arguments = parser.parse_args(["leader", *words, "--database-url", web.database_url])
        return int(arguments.run(arguments))

    def test_adds_lists_and_removes(self, web: Served, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run(web, "add", "tinh", "--province", "Tỉnh Thử") == 0
        assert self.run(web, "list") == 0
        assert "tinh\tTỉnh Thử" in capsys.readouterr().out
        with logged_in(web, "tinh") as client:
            assert client.get("/").status_code == 200
            assert self.run(web, "remove", "tinh") == 0
            assert client.get("/").status_code == 303
        assert self.run(web, "remove", "tinh") == 2

    def test_ends_the_sessions_of_one_or_of_all(self, web: Served) -> None:
        add_leader(web, "tinh")
        with logged_in(web, "chutich") as one, logged_in(web, "tinh") as other:
            assert self.run(web, "end-sessions", "khongai") == 2
            assert self.run(web, "end-sessions", "chutich") == 0
            assert [each.get("/").status_code for each in (one, other)] == [303, 200]
            assert self.run(web, "end-sessions") == 0
            assert other.get("/").status_code == 303
        with logged_in(web, "chutich") as again:
            assert again.get("/").status_code == 200

    def test_refuses_what_cannot_be(self, web: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.run(web, "add", "a", "--unit", "H99.99") == 2
        assert self.run(web, "add", "a", "--province", "Không có") == 2
        assert self.run(web, "add", "chutich", "--all") == 3
        monkeypatch.setenv("COUNTER_PASSWORD", "ngan")
        assert self.run(web, "add", "b", "--unit", "H29.12") == 2
        assert len(web.rows("SELECT 1 FROM leader")) == 1

    @pytest.mark.parametrize(
        "password", ["password12345", "chutich.donghoa", "motcua123456", "aaaaaaaaaaaaaaaa"]
    )
    def test_refuses_what_is_guessed_first(
        self, web: Served, monkeypatch: pytest.MonkeyPatch, password: str
    ) -> None:
        monkeypatch.setenv("COUNTER_PASSWORD", password)
        assert self.run(web, "add", "chutich.donghoa", "--unit", "H29.12") == 2
        assert len(web.rows("SELECT 1 FROM leader")) == 1
