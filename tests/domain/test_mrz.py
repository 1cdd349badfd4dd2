from datetime import date

import pytest
from card_samples import TODAY, refusal_of
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.domain.mrz import MrzCard, check_digit, looks_like_mrz, parse_mrz
from counter_app.domain.person import Person, Sex


def lines(
    number: str = "001190012345",
    born: str = "901115",
    sex: str = "F",
    expires: str = "301115",
    name: str = "NGUYEN<<THI<HUONG",
) -> list[str]:
    """Fill the lines of an invented card by ICAO 9303 part 5, with check digits of our own sum."""
    first = f"IDVNM{number[3:]}{icao(number[3:])}{number}<<{icao(number)}"
    second = f"{born}{icao(born)}{sex}{expires}{icao(expires)}VNM" + "<" * 11
    second += icao(first[5:] + second[:7] + second[8:15] + second[18:29])
    return [first, second, name.ljust(30, "<")[:30]]


def icao(text: str) -> str:
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return str(sum(max(alphabet.find(c), 0) * (7, 3, 1)[i % 3] for i, c in enumerate(text)) % 10)


def read(text: str | bytes) -> MrzCard:
    return parse_mrz(text, today=TODAY)


def codes(card: MrzCard) -> list[tuple[str, str]]:
    return [(warning.code, warning.params.get("field", "")) for warning in card.warnings]


@pytest.mark.parametrize(
    ("text", "digit"),
    # The examples of ICAO Doc 9303 part 3 (date) and part 4 (document number).
    [("520727", "3"), ("AB2134<<<", "5"), ("D23145890", "7"), ("740812", "2"), ("120415", "9")],
)
def test_check_digits_of_the_standard(text: str, digit: str) -> None:
    assert check_digit(text) == digit


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(lines()),
        "\r\n".join(lines()) + "\r",
        "".join(lines()),
        " ".join(lines()),
        "".join(lines()).lower(),
    ],
)
def test_a_card_in_every_layout(text: str) -> None:
    expected = MrzCard(
        personal_id="001190012345",
        full_name="NGUYEN THI HUONG",
        birth_date=date(1990, 11, 15),
        sex=Sex.FEMALE,
        expires_on=date(2030, 11, 15),
    )
    assert read(text) == expected
    assert read(text.encode()) == expected
    assert looks_like_mrz(text)


def test_the_person_has_a_bare_name() -> None:
    assert read("".join(lines())).to_person() == Person(
        full_name="NGUYEN THI HUONG", personal_id="001190012345", birth_date="1990-11-15", sex=Sex.FEMALE
    )


@pytest.mark.parametrize(
    ("number", "born", "year"),
    [
        ("001090012345", "900101", 1990),
        ("001204012345", "040229", 2004),
        ("001326012345", "260101", 2026),
        ("001025012345", "250101", 1925),
    ],
)
def test_the_century_comes_from_the_number(number: str, born: str, year: int) -> None:
    card = read("".join(lines(number, born, "M" if int(number[3]) % 2 == 0 else "F")))
    assert card.birth_date is not None
    assert card.birth_date.year == year
    assert codes(card) == []


def test_a_card_without_expiry() -> None:
    card = read("".join(lines(expires="991231")))
    assert (card.expires_on, codes(card)) == (None, [])


@pytest.mark.parametrize(
    ("line", "place", "wrong", "fields"),
    [
        (0, 14, "0", ["document_number", "all_lines"]),
        (0, 5, "2", ["document_number", "all_lines"]),
        (0, 29, "0", ["personal_id", "all_lines"]),
        (1, 6, "0", ["birth_date", "all_lines"]),
        (1, 14, "0", ["expiry_date", "all_lines"]),
        (1, 29, "x", ["all_lines"]),
    ],
)
def test_each_check_digit_is_checked(line: int, place: int, wrong: str, fields: list[str]) -> None:
    rows = lines()
    wrong = wrong if rows[line][place] != wrong else "1"
    rows[line] = rows[line][:place] + wrong.upper() + rows[line][place + 1 :]
    assert codes(read("".join(rows))) == [("mrz_check_failed", ", ".join(fields))]


def test_a_filler_instead_of_the_optional_check_digit_is_no_fault() -> None:
    rows = lines()
    rows[0] = rows[0][:29] + "<"
    rows[1] = rows[1][:29] + icao(rows[0][5:] + rows[1][:7] + rows[1][8:15] + rows[1][18:29])
    assert codes(read("".join(rows))) == []


def test_a_letter_in_the_number_is_refused_not_guessed() -> None:
    text = "".join(lines())
    with pytest.raises(BadInput, match="not_a_personal_id"):
        read(text[:15] + "O" + text[16:])


def test_a_letter_in_the_birth_date_leaves_it_empty() -> None:
    rows = lines()
    rows[1] = "9O" + rows[1][2:]
    card = read("".join(rows))
    assert card.birth_date is None
    assert ("unreadable_date", "birth_date") in codes(card)


def test_number_and_lines_that_disagree_are_said() -> None:
    assert codes(read("".join(lines(sex="M")))) == [("sex_mismatch", "")]
    assert codes(read("".join(lines(born="911115")))) == [("birth_year_mismatch", "")]
    assert codes(read("".join(lines(sex="<")))) == [("unreadable_sex", "")]


def test_a_name_that_fills_the_line_may_be_cut() -> None:
    assert codes(read("".join(lines(name="NGUYEN<<THI<HUONG<GIANG<BAO<AN")))) == [("name_may_be_cut", "")]


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "".join(lines())[:-1],
        "".join(lines()) + "<",
        "".join(lines()).replace("VNM", "UTO"),
        "".join(lines()).replace("<", "«"),
    ],
)
def test_other_text_is_not_mrz(text: str) -> None:
    with pytest.raises(BadInput, match="not_mrz"):
        read(text)


@given(st.text("ABI0129<VNM\n ", min_size=60, max_size=95).map(lambda tail: "IDVNM" + tail))
def test_lines_of_garbage_never_crash(text: str) -> None:
    assert refusal_of(lambda: read(text)) in (None, "not_mrz", "not_a_personal_id")


@given(st.integers(0, 87), st.sampled_from("0123456789"))
def test_a_wrong_digit_never_passes_silently(place: int, digit: str) -> None:
    text = "".join(lines())
    if not text[place].isdigit() or text[place] == digit:
        return
    try:
        card = read(text[:place] + digit + text[place + 1 :])
    except BadInput:
        return
    assert "mrz_check_failed" in [warning.code for warning in card.warnings]


def test_nothing_personal_in_logs() -> None:
    shown = repr(read("".join(lines())))
    assert not any(secret in shown for secret in ("001190012345", "HUONG", "1990"))
