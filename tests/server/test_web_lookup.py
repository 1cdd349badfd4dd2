"""/tra-cuu: where a dossier stands, for whoever holds its slip, and nothing for anybody else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from tests.server.serving import TEST_SETTINGS, Served, serving
from tests.server.web_data import CITIZEN, NOW, Clock, add_dossier, at, run

PER_MINUTE = 30


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[Served]:
    settings = replace(TEST_SETTINGS, lookup_per_minute=PER_MINUTE)
    with serving(database_url, tmp_path, settings=settings, now=clock) as served:
        served.add_office("H29.12", name="UBND xã Đông Hòa")
        yield served


def ask(web: Served, code: str, secret: str = "K7MX") -> httpx.Response:
    return httpx.post(f"{web.url}/tra-cuu", data={"ma": code, "bi-mat": secret})


TYPED = (
    ("H29.12-261116-1001", "K7MX"),
    ("h29.12-261116-1001", "k7mx"),
    ("H29122611161001", "K7MX"),
    (" h2912 261116 1001 ", "K7 mx"),
    ("H29.12–261116–1001", "K7MX"),  # dashes as phones set them
    ("H29.12-261116-1001/K7MX", ""),
    ("https://mot-cua.example/tra-cuu/H29.12-261116-1001/K7MX", ""),
)


def test_a_code_is_found_however_it_is_typed(web: Served) -> None:
    add_dossier(web, "H29.12", 1001, due_at=at(date(2026, 11, 20), 16))
    for code, secret in TYPED:
        page = ask(web, code, secret)
        assert page.status_code == 200, code
        assert "Đăng ký khai sinh" in page.text
        assert "UBND xã Đông Hòa" in page.text
        assert "16:00, ngày 20/11/2026" in page.text
        assert not [value for value in (*CITIZEN.values(), "Trần Văn Mẫu", "K7MX") if value in page.text]


# what is said, and whether the promised day still is
STATUSES = {
    "received": ("Đã tiếp nhận", True),
    "processing": ("Đang giải quyết", True),
    "awaiting_supplement": ("bổ sung giấy tờ", False),
    "awaiting_payment": ("nộp phí", False),
    "resolved": ("Đã có kết quả", False),
    "returned": ("Đã trả kết quả", False),
    "refused": ("Không được giải quyết", False),
    "withdrawn": ("đã rút hồ sơ", False),
    "stopped": ("Dừng giải quyết", False),
    "a status of later": ("Xin hỏi nơi đã nộp", False),
}


def test_each_status_says_what_to_do(web: Served) -> None:
    for n, (status, (says, promised)) in enumerate(STATUSES.items()):
        page = ask(web, add_dossier(web, "H29.12", n, status=status))
        assert says in page.text
        assert ("Ngày hẹn trả" in page.text) is promised, status


def test_a_past_promise_is_owned_up_to_from_the_next_day_on(web: Served, clock: Clock) -> None:
    code = add_dossier(web, "H29.12", 1001, due_at=NOW - timedelta(hours=1))
    assert "quá ngày hẹn" not in ask(web, code).text
    clock.pass_(days=1)
    assert "đã quá ngày hẹn" in ask(web, code).text


def test_official_and_provisional_numbers_lead_to_the_same_dossier(web: Served) -> None:
    add_dossier(
        web,
        "H29.12",
        1,
        dossier_code="H29.12-261116-901001",
        aliases=("H29.12-261116-0777", "G09.20-20260609-0092637"),
    )
    for code in ("H29.12-261116-901001", "H29122611160777", "G09.20-20260609-0092637"):
        assert "Đăng ký khai sinh" in ask(web, code).text


def test_of_two_dossiers_with_one_code_the_secret_decides(web: Served) -> None:
    code = "H29.12-261116-1001"
    add_dossier(web, "H29.12", 1, dossier_code=code, lookup_secret="AAAA", procedure_name="Khai tử")
    add_dossier(web, "H29.12", 2, dossier_code=code, lookup_secret="CCCC", procedure_name="Kết hôn")
    assert "Khai tử" in ask(web, code, "AAAA").text
    assert "Kết hôn" in ask(web, code, "CCCC").text


def test_an_unknown_code_and_a_wrong_secret_get_the_same_answer(web: Served) -> None:
    add_dossier(web, "H29.12", 1001)
    known, unknown = "H29.12-261116-1001", "H29.12-261116-2002"
    for _ in range(6):
        wrong, none = ask(web, known, "3333"), ask(web, unknown, "3333")
        assert wrong.status_code == none.status_code
        assert wrong.text.replace(known, unknown) == none.text
        assert {**wrong.headers, "date": "", "x-request-id": ""} == {
            **none.headers,
            "date": "",
            "x-request-id": "",
        }
    assert none.status_code == 429


def test_five_wrong_secrets_close_a_code_for_an_hour_even_to_the_right_one(web: Served, clock: Clock) -> None:
    code, other = add_dossier(web, "H29.12", 1001), add_dossier(web, "H29.12", 1002)
    for _ in range(5):
        assert ask(web, code, "3333").status_code == 404
    # Typed in another way it is the same code.
    assert ask(web, "h29122611161001").status_code == 429
    assert ask(web, other).status_code == 200
    clock.pass_(minutes=61)
    assert ask(web, code).status_code == 200


def test_wrong_guesses_sent_at_once_are_all_counted(web: Served) -> None:
    code = add_dossier(web, "H29.12", 1001)
    run(web, "INSERT INTO office (unit, name, province) VALUES ('H29.99', 'x', 'x')")

    async def guesses() -> list[int]:
        import asyncio

        async with httpx.AsyncClient() as client:
            answers = await asyncio.gather(
                *(
                    client.post(f"{web.url}/tra-cuu", data={"ma": code, "bi-mat": "3333"}, timeout=20)
                    for _ in range(20)
                )
            )
        return [each.status_code for each in answers]

    assert sorted(web.run(guesses())) == [404] * 5 + [429] * 15
    assert len(web.rows("SELECT 1 FROM lookup_failure")) == 5


def test_old_failures_do_not_pile_up(web: Served, clock: Clock) -> None:
    for n in range(60):
        if n % 25 == 0:
            clock.pass_(hours=2)
        ask(web, f"H29.12-261116-{n:04d}")
    assert len(web.rows("SELECT 1 FROM lookup_failure")) < 50


def test_an_address_may_ask_so_often_a_minute(web: Served, clock: Clock) -> None:
    code = add_dossier(web, "H29.12", 1001)
    assert {ask(web, code).status_code for _ in range(PER_MINUTE)} == {200}
    refused = ask(web, code)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 61
    assert "Đăng ký khai sinh" not in refused.text
    clock.pass_(seconds=61)
    assert ask(web, code).status_code == 200


def test_the_address_on_the_slip_fills_the_form_and_tells_nothing(web: Served) -> None:
    add_dossier(web, "H29.12", 1001)
    page = httpx.get(f"{web.url}/tra-cuu/H29.12-261116-1001/K7MX")
    assert 'value="H29.12-261116-1001"' in page.text
    assert 'value="K7MX"' in page.text
    assert "Đăng ký khai sinh" not in page.text
    assert httpx.get(f"{web.url}/tra-cuu/H29.12-261116-1001").status_code == 200
    assert httpx.get(f"{web.url}/TRA-CUU/H29.12-261116-1001/K7MX").text == page.text


def test_pages_are_kept_by_nobody_and_load_nothing_from_elsewhere(web: Served) -> None:
    for path in ("/tra-cuu", "/tra-cuu/X/Y", "/dang-nhap"):
        check_page(web, path)


def check_page(web: Served, path: str) -> None:
    page = httpx.get(web.url + path)
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in page.text.replace("https://mot-cua", "")
    assert "<script" not in page.text
    assert "style=" not in page.text
    if "tra-cuu" in path:
        assert page.headers["referrer-policy"] == "no-referrer"


def test_hostile_text_is_only_text(web: Served) -> None:
    add_dossier(web, "H29.12", 1001)
    for hostile in (
        '"><script>alert(1)</script>',
        "' OR 1=1 --",
        "\x00\x00",
        "𝐇29",
        "%00%ff",
        "/" * 100,
        "{{ 7*7 }}",
    ):
        for page in (ask(web, hostile, hostile), ask(web, f"H29.12-261116-{len(hostile)}", hostile)):
            assert page.status_code in (404, 422)
            assert "<script>" not in page.text
            assert "49" not in page.text


def test_a_body_that_is_no_form_asks_for_the_codes_again(web: Served) -> None:
    for body in (b"", b"\xff\xfe", b"a=1&" * 5000, b"ma=" + b"x" * 100_000):
        assert httpx.post(f"{web.url}/tra-cuu", content=body).status_code == 422
