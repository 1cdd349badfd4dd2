"""Search finds what was meant, newest first, whatever is typed."""

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.builders import MORNING, make_dossier, make_person

from counter_app.storage.search_words import person_expressions, procedure_expressions, query_words
from counter_app.storage.store import SqlStore

NAMES = {
    1: "Đặng Thị Ước",
    2: "Nguyễn Văn Dũng",
    3: "Bùi Thị Đương",
    4: "Nguyễn Thị Hòa",
    5: "H'Hen Niê",
    6: "Trần Y Khoa",
    7: "Nguyên Bảo",
}


@pytest.fixture
def people(store: SqlStore) -> SqlStore:
    with store.writing() as transaction:
        for number, name in NAMES.items():
            person = make_person(number, full_name=name)
            transaction.add_dossier(make_dossier(number, applicant=person))
            transaction.remember_person(person, MORNING, "card")
    return store


def found(store: SqlStore, text: str, limit: int = 50) -> list[int]:
    with store.reading() as queries:
        return [int(row.dossier_id[-12:], 16) for row in queries.find(text, limit)]


EVERYBODY = sorted(NAMES, reverse=True)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dang th", [1]),
        ("Đặng", [1]),  # not everybody's "Đăng ký khai sinh"
        ("dang ky", EVERYBODY),  # for nobody is called that
        ("dang thi uoc", [1]),
        ("nguyen khai sinh", [7, 4, 2]),
        ("sinh khai nguyen th", [4]),
        (unicodedata.normalize("NFD", "Đặng Thị Ước"), [1]),
        ("uoc dang", [1]),
        ("duong", [3]),
        ("ĐƯƠNG", [3]),
        ("nguye", [7, 4, 2]),
        ("nguyen thi", [4]),
        ("thi nguyen", [4]),
        ("nguyen v", [7, 4, 2]),  # one letter narrows nothing yet
        ("tran y khoa", [6]),
        ("h'hen", [5]),
        ("nie", [5]),
        ("khai sinh", EVERYBODY),
        ("khai si", EVERYBODY),
        ("khai tu", []),
        ("000190000003", [3]),
        ("000190 000 003", [3]),
        ("00019", EVERYBODY),
        ("0900000004", [4]),
        ("0900 000 004", [4]),
        ("900000005", [5]),  # the old identity number
        ("H29.12-261123-1002", [2]),
        ("h29122611231002", [2]),
        ("H29.12-2611", EVERYBODY),
        ("H29.12-2612", []),
        ("H29", EVERYBODY),
        ("1002", [2]),
        ("261123-1002", [2]),
        ("261123 1002", [2]),
        ("2611231002", [2]),
        ("261123", EVERYBODY),
        ("zzzz", []),
    ],
)
def test_what_is_typed_finds(people: SqlStore, typed: str, expected: list[int]) -> None:
    assert found(people, typed) == expected


@pytest.mark.parametrize("typed", ["", " ", "d", "Đ", "1", "123", "n 1", "-", "…", "a b c"])
def test_too_little_shows_the_newest(people: SqlStore, typed: str) -> None:
    assert found(people, typed) == EVERYBODY


def test_whole_words_come_before_beginnings(store: SqlStore) -> None:
    with store.writing() as transaction:
        for number, name in enumerate(("Hà An", "Hà Anh", "Hà An", "Hà Anh"), 1):
            transaction.add_dossier(make_dossier(number, applicant=make_person(number, full_name=name)))
    assert found(store, "ha an") == [3, 1, 4, 2]
    assert found(store, "ha an", limit=3) == [3, 1, 4]
    assert found(store, "ha an", limit=1) == [3]


def test_an_alias_is_found(store: SqlStore) -> None:
    with store.writing() as transaction:
        transaction.add_dossier(make_dossier(1, aliases=("H29.12-261123-900001",)))
    assert found(store, "900001") == found(store, "H29.12-261123-9") == [1]


@pytest.mark.parametrize(
    "typed",
    [
        '"', '""', "dang NOT thi", "*", "dang*", "(", ")", "-a", "dang -thi", "applicant:dang", "^dang",
        "dang AND", "OR dang", "NEAR(dang thi)", "dang;", "'; DROP TABLE dossier; --", "%", "_", "\\", "\0",
        "dang\0thi", "H29.12-'--", "\ud800", "\udfff dang thi", "😀😀", "a" * 100_000, "dang " * 10_000,
        "{dang thi}", "dang + thi", "1" * 5000,
    ],
)  # fmt: skip
def test_hostile_text_is_only_text(people: SqlStore, typed: str) -> None:
    found(people, typed)
    with people.reading() as queries:
        queries.find_people(typed)
        queries.dossier_by_code(typed[:100])
        assert queries.dossier_count() == len(NAMES)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_text_can_be_searched(people: SqlStore, text: str) -> None:
    found(people, text)


@given(st.text(max_size=60))
def test_expressions_hold_only_quoted_words(text: str) -> None:
    words = query_words(text)
    assert all(word.isalnum() and word.isascii() and len(word) > 1 for word in words)
    for expression in (*person_expressions(words), *procedure_expressions(words)) if words else ():
        assert re.fullmatch(r'(\(?"þ?[0-9a-z]{2,}"\*?\)?( AND | OR |$))+', expression)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nguyen", [7, 4, 2]),
        ("hoa", [4]),
        ("tran y", [6]),
        ("00019000000", EVERYBODY),
        ("0900000002", [2]),
        ("900000003", [3]),
        ("x", []),
        ("khai sinh", []),
    ],
)
def test_people_are_found(people: SqlStore, typed: str, expected: list[int]) -> None:
    with people.reading() as queries:
        assert [person.full_name for person in queries.find_people(typed)] == [NAMES[n] for n in expected]
        assert len(queries.find_people("nguyen", limit=2)) == 2
