from datetime import date
from itertools import pairwise

import pytest
from card_samples import refusal_of
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier_code import (
    SECRET_ALPHABET,
    DossierCode,
    NumberBlock,
    blocks_of,
    is_unit_code,
    number_for,
    parse_code,
    parse_qr_payload,
    qr_payload,
)
from counter_app.domain.errors import BadInput, RuleRefusal

DAY = date(2026, 11, 21)
CODE = DossierCode(unit_code="H29.12", day=DAY, number="1001")

new_units = st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{2,3}){0,4}", fullmatch=True)
old_units = st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}", fullmatch=True)
days = st.dates(date(2018, 1, 1), date(2068, 12, 31))
numbers = st.from_regex(r"[0-9]{4,6}", fullmatch=True)
secrets = st.text(SECRET_ALPHABET, min_size=4, max_size=4)


def build(unit: str, day: date, number: str) -> DossierCode:
    provisional = len(number) == 6 and number.startswith("9")
    return DossierCode(unit_code=unit, day=day, number=number, provisional=provisional)


codes = st.builds(build, new_units | old_units, days, numbers)


@given(codes)
def test_a_printed_code_reads_back(code: DossierCode) -> None:
    assert parse_code(str(code)) == code
    assert parse_code(f" {code}\n".lower()) == code
    assert parse_code(str(code), "H29.12") == code


@given(codes, secrets)
def test_a_qr_reads_back(code: DossierCode, secret: str) -> None:
    assert parse_qr_payload(qr_payload(code, secret)) == (code, secret)
    assert parse_qr_payload(f"https://tracuu.example.vn/ho-so/{code}/{secret}") == (code, secret)
    assert parse_qr_payload(qr_payload(code, secret).replace("/", "&").lower()) == (code, secret)
    address = qr_payload(code, secret, "https://dichvu.example.vn/tra-cuu")
    assert address == f"HTTPS://DICHVU.EXAMPLE.VN/TRA-CUU/{code}/{secret}"
    assert parse_qr_payload(address) == (code, secret)
    assert parse_qr_payload(address.replace("/", "&").replace("-", "'").replace(":", ";")) == (code, secret)
    assert qr_payload(code, secret, "javascript:alert(1)") == f"{code}/{secret}"


@given(codes, st.sampled_from("/' _.:;?&=*"))
def test_any_office_keeps_its_parts_when_the_dashes_change(code: DossierCode, dash: str) -> None:
    assert parse_code(str(code).replace("-", dash)) == code


@given(codes, st.sampled_from(["", "/", "'", " ", "ß"]))
def test_the_own_office_needs_no_punctuation(code: DossierCode, mark: str) -> None:
    mangled = str(code).replace("-", mark).replace(".", mark)
    assert parse_code(mangled, code.unit_code) == code


@pytest.mark.parametrize(
    "text",
    [
        "H29.12-261121-1001",
        "h29.12-261121-1001",
        "H29 12 261121 1001",
        "H29.12/261121/1001",
        "H2912'261121'1001",
        "H2912/261121/1001",
        "H29:12ß261121ß1001",
        "  H29.12–261121–1001 ",
    ],
)
@pytest.mark.parametrize("unit_code", ["", "H29.12", "H56.06"])
def test_wrong_keyboard_layouts(text: str, unit_code: str) -> None:
    assert parse_code(text, unit_code) == CODE


@pytest.mark.parametrize(
    "text", ["H29122611211001", "h29122611211001", "H2912 2611211001", "H29.12-2611211001"]
)
def test_without_punctuation_the_own_unit_decides(text: str) -> None:
    assert parse_code(text, "H29.12") == CODE
    with pytest.raises(BadInput, match="bad_dossier_code"):
        parse_code(text)


@pytest.mark.parametrize(
    ("text", "provisional"),
    [
        ("H29.12-261121-901001", True),
        ("H29.12-261121-90100", False),
        ("H29.12-261121-123456", False),
        ("H29.12-261121-9001", False),
    ],
)
def test_a_provisional_number_is_known_by_its_shape(text: str, provisional: bool) -> None:
    assert parse_code(text).provisional is provisional


@pytest.mark.parametrize(
    "text", ["H56-231027-0361", "000.17.22.H56-210531-0001", "H56.14-240823-0001", "H29.012.34-240229-0001"]
)
def test_codes_seen_in_the_field(text: str) -> None:
    assert str(parse_code(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H29.12",
        "H29.12-261321-1001",
        "H29.12-250229-1001",
        "H29.12-261121-101",
        "H29.12-261121-1000001",
        "29.12-261121-1001",
        "HH29.12-261121-1001",
        "H291234567/261121/1001",
        "H29.12-26112١-1001",
        "H29.12-261121-1001; DROP TABLE dossiers",
        "<b>H29.12-261121-1001</b>",
        "Đ29.12-261121-1001",
    ],
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="bad_dossier_code"):
        parse_code(text, "H29.12")


@given(st.text(max_size=60), st.sampled_from(["", "H29.12"]))
def test_no_text_crashes_it(text: str, unit_code: str) -> None:
    for parse in (parse_code, parse_qr_payload):
        assert refusal_of(lambda parse=parse: parse(text, unit_code)) in (None, "bad_dossier_code")


@pytest.mark.parametrize(
    ("running", "expected"),
    [
        (1, ("1001", False)),
        (999, ("1999", False)),
        (1000, ("901001", True)),
        (1998, ("901999", True)),
    ],
)
def test_the_own_block_and_what_follows(running: int, expected: tuple[str, bool]) -> None:
    assert number_for(1, running) == expected


@pytest.mark.parametrize(
    ("running", "expected"),
    [
        (1, ("0005", False)),
        (2, ("0006", False)),
        (3, ("5001", False)),
        (5, ("5003", False)),
        (6, ("903001", True)),
    ],
)
def test_leased_blocks_are_used_up_in_order(running: int, expected: tuple[str, bool]) -> None:
    assert number_for(3, running, [NumberBlock(5, 6), NumberBlock(5001, 5003)]) == expected


def test_after_999_provisional_numbers_the_counter_stops() -> None:
    with pytest.raises(RuleRefusal) as refusal:
        number_for(1, 1999)
    assert refusal.value.code == "number_block_exhausted"
    assert refusal.value.params == {"counter": 1, "limit": 1998}


def test_no_two_counters_ever_give_the_same_number() -> None:
    given_out = [number_for(counter, running)[0] for counter in range(1, 10) for running in range(1, 1999)]
    assert len(set(given_out)) == len(given_out)


@given(st.lists(st.integers(1, 9999), min_size=2, max_size=8, unique=True).map(sorted), st.integers(1, 9))
def test_numbers_of_leased_blocks_never_repeat(ends: list[int], counter: int) -> None:
    blocks = [NumberBlock(a, b - 1) for a, b in pairwise(ends)]
    total = sum(map(len, blocks))
    seen = {number_for(counter, running, blocks) for running in range(1, min(total, 300) + 2)}
    assert len(seen) == min(total, 300) + 1


@pytest.mark.parametrize("counter", [0, 10, -1])
def test_counters_are_one_to_nine(counter: int) -> None:
    with pytest.raises(BadInput, match="bad_counter_number"):
        blocks_of(counter)
    with pytest.raises(BadInput, match="bad_counter_number"):
        number_for(counter, 1, [NumberBlock(1, 5)])


@pytest.mark.parametrize(("first", "last"), [(0, 5), (6, 5), (1, 10_000)])
def test_blocks_are_checked(first: int, last: int) -> None:
    with pytest.raises(BadInput, match="bad_number_block"):
        NumberBlock(first, last)


def test_running_numbers_start_at_one() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        number_for(1, 0)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("H29", True),
        ("H29.12", True),
        ("H29.123.45", True),
        ("000.17.22.H56", True),
        ("h29.12", False),
        ("H29.1", False),
        ("", False),
        ("H29-12", False),
    ],
)
def test_unit_codes(text: str, good: bool) -> None:
    assert is_unit_code(text) is good


def test_the_secret_has_no_look_alikes() -> None:
    assert len(set(SECRET_ALPHABET)) == len(SECRET_ALPHABET)
    assert not set(SECRET_ALPHABET) & set("O0I1L2Z5S8BUVAE")
    assert len(SECRET_ALPHABET) ** 4 > 150_000
