"""Whatever is typed, scanned or stored: one known refusal, or clean data that comes back as it was."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.helpers.builders import MORNING, make_dossier, make_person
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.visits import BIRTH, CHILD_ANSWERS
from tests.hostile.fuzz.targets import TARGETS, card_scan, check_card
from tests.hostile.hostile_texts import BY_AIM, EVERY, is_utf8, texts

from counter_app.domain.answer_types import is_name
from counter_app.domain.citizen_card import parse_card
from counter_app.domain.dossier_code import SECRET_ALPHABET, parse_code, qr_payload
from counter_app.domain.errors import BadInput, KnownError
from counter_app.domain.recovery_code import RANDOM_BYTES, code_from
from counter_app.domain.scan import ScanKind, read_scan
from counter_app.domain.vietnamese_text import clean, fold
from counter_app.messages import text_of
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import drafts, save_draft
from counter_app.services.keys_port import WrapKind
from counter_app.services.look_up import find
from counter_app.services.paper_content import PaperSize
from counter_app.services.print_papers import papers_of, render
from counter_app.services.receipts_json import payment_from_json
from counter_app.services.receive_dossier import receive
from counter_app.services.session_json import patterns_from_json
from counter_app.services.visit import Visit
from counter_app.services.visit_json import visit_from_json, visit_to_json
from counter_app.storage.key_wraps import info, seal, unseal

TODAY = date(2026, 11, 21)
CODE = code_from(bytes(range(RANDOM_BYTES)))
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


# Every decoder over damaged inputs of its own kind.


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=25)
@given(chance=st.data())
def test_damaged_inputs_are_refused_in_our_words(name: str, chance: st.DataObject) -> None:
    target = TARGETS[name]
    whole = bytearray(chance.draw(st.sampled_from(_seeds(name))))
    for _time in range(chance.draw(st.integers(0, 4))):
        at = chance.draw(st.integers(0, len(whole)))
        gone = chance.draw(st.integers(0, 8))
        whole[at : at + gone] = chance.draw(st.binary(max_size=8))
    target.attack(bytes(whole))


_kept: dict[str, list[bytes]] = {}


def _seeds(name: str) -> list[bytes]:
    if name not in _kept:
        _kept[name] = [seed for seed in TARGETS[name].seeds() if len(seed) < 20_000]
    return _kept[name]


# Cards and codes.


@given(fields=st.lists(texts, min_size=1, max_size=9))
def test_any_fields_are_a_clean_card_or_no_card(fields: list[str]) -> None:
    card_scan("|".join(fields).encode("utf-8", "surrogatepass"))
    card_scan("|".join(["001190012345", "", *fields]).encode("utf-8", "surrogatepass"))


@given(name=texts, address=texts)
def test_a_card_in_utf8_says_what_it_says(name: str, address: str) -> None:
    """Markup, formulas and operators are letters of a name like any other; only what nobody sees goes.

    A name with a Vietnamese mark in it is known to be right; another may be keys, or in another coding.
    """
    name, address = (f"Lễ {_on_a_card(text)}" for text in (name, address))
    card = parse_card(f"001190012345||{name}|15111990|Nữ|{address}|01072022", today=TODAY)
    check_card(card)
    assert card.repaired or (card.full_name, card.address) == (clean(name), clean(address))


def _on_a_card(text: str) -> str:
    return text.replace("|", "/").encode("utf-8", "replace").decode()[:100]


@given(
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    number=st.from_regex(r"[0-9]{4}|9[0-9]{5}", fullmatch=True),
    secret=st.text(SECRET_ALPHABET, min_size=4, max_size=4),
    junk=texts,
)
def test_a_slip_reads_back_and_nothing_beside_it_does(day: date, number: str, secret: str, junk: str) -> None:
    code = f"H29.12-{day:%y%m%d}-{number}"
    scan = read_scan(qr_payload(code, secret), today=TODAY, unit_code="H29.12")
    assert (scan.dossier_code, scan.secret) == (code, secret)
    try:
        scan = read_scan(f"{junk}{code}/{secret}{junk}", today=TODAY, unit_code="H29.12")
    except BadInput:
        return
    if scan.kind is ScanKind.DOSSIER_CODE:
        assert scan.dossier_code == str(parse_code(str(scan.dossier_code)))
        assert set(scan.secret) <= set(SECRET_ALPHABET)


@given(text=texts)
def test_clean_text_stays_clean(text: str) -> None:
    """Cleaning twice changes nothing, and nothing that a paper or a file cannot hold passes."""
    said = clean(text)
    assert clean(said) == said
    assert unicodedata.is_normalized("NFC", said)
    assert is_utf8(said)
    assert not any(ord(letter) < 32 or letter in "\u202e\u200b\u2066\ufeff" for letter in said)


def test_long_texts_are_cleaned_and_folded_in_no_time() -> None:
    for text in EVERY:
        clean(text)
        fold(text)


# What a desk keeps.


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = make_desk(tmp_path_factory.mktemp("counter"), MORNING)
    yield made
    made.store.close()


def tried(desk: Desk, visit: Visit) -> None:
    """Receive the visit, or be told in words why not; what is received can be looked up and printed."""
    try:
        dossier = receive(desk, visit, clerk=CLERK)
    except KnownError as refused:
        if text_of(refused) == refused.code:
            raise  # nobody has found words for it
        return
    for paper in papers_of(dossier):
        assert render(desk, dossier, paper, copy_no=1, size=PaperSize.A5).pdf
    assert dossier.applicant.full_name == clean(dossier.applicant.full_name)
    row = next(each for each in find(desk, dossier.dossier_code))
    assert row.dossier_code == dossier.dossier_code


@settings(max_examples=30, suppress_health_check=SHARED)
@given(name=texts, address=texts, phone=texts, email=texts)
def test_any_applicant_is_received_or_refused(
    desk: Desk, name: str, address: str, phone: str, email: str
) -> None:
    assert BIRTH.applicant is not None
    shy = replace(BIRTH.applicant, full_name=name, address=address, email=email)
    tried(desk, replace(BIRTH, applicant=shy))
    tried(desk, replace(BIRTH, applicant=replace(shy, phone=phone)))


@settings(max_examples=40, suppress_health_check=SHARED)
@given(answers=st.dictionaries(st.sampled_from([*CHILD_ANSWERS, "__class__", "x"]), json_values, max_size=3))
def test_any_answers_are_received_or_refused(desk: Desk, answers: dict[str, object]) -> None:
    tried(desk, replace(BIRTH, fields={"ht-khai-sinh": CHILD_ANSWERS | answers}))


@pytest.mark.parametrize("aim", BY_AIM)
def test_hostile_texts_in_every_answer(desk: Desk, aim: str) -> None:
    for text in [each for each in BY_AIM[aim] if is_utf8(each)][:4]:
        answers = {key: text if isinstance(value, str) else value for key, value in CHILD_ANSWERS.items()}
        tried(desk, replace(BIRTH, fields={"ht-khai-sinh": answers}))
        tried(desk, replace(BIRTH, fields={"ht-khai-sinh": CHILD_ANSWERS | {"ks_noi_sinh": text or "x"}}))


@settings(max_examples=40, suppress_health_check=SHARED)
@given(state=st.dictionaries(st.sampled_from([*visit_to_json(BIRTH), "x"]), json_values, max_size=4))
def test_any_stored_visit_is_read_or_refused(state: dict[str, object]) -> None:
    whole = visit_to_json(BIRTH) | state
    try:
        visit = visit_from_json(whole)
    except BadInput as refused:
        assert refused.code == "bad_answers"  # noqa: PT017
        return
    assert visit_from_json(json.loads(json.dumps(visit_to_json(visit)))) == visit


@settings(max_examples=60)
@given(value=json_values)
def test_other_values_from_outside_are_read_or_refused(value: object) -> None:
    """Sessions of an office, a payment of a script, a sealed copy of the key in somebody's backup."""
    days = {"working_weekdays": ["mon"], "sessions": {"mon": value}, "from": value}
    for said in (value, [value], [days], [{"working_weekdays": value, "sessions": {"mon": ["7:00-11:00"]}}]):
        try:
            patterns_from_json(said)
        except BadInput as refused:
            if refused.code not in ("bad_session", "bad_week_pattern"):
                raise
    for field in ("amounts", "amount_vnd", "method", "payer", "x"):
        try:
            payment_from_json({field: value})
        except BadInput as refused:
            if refused.code != "bad_act_data":
                raise
    sound = seal(bytes(32), WrapKind.RECOVERY, CODE, MORNING)
    assert unseal(sound, CODE) == bytes(32)
    for field in sound:
        opened = unseal({**sound, field: value}, CODE)
        assert opened is None or field in ("id", "made_at") or sound[field] == value
        info({**sound, field: value})


@settings(max_examples=30, suppress_health_check=SHARED)
@given(who=texts.filter(is_utf8), what=texts.filter(is_utf8), typed=json_values)
def test_a_draft_keeps_whatever_was_typed(desk: Desk, who: str, what: str, typed: object) -> None:
    assume(is_utf8(json.dumps(typed, ensure_ascii=False)))
    save_draft(
        desk,
        draft_id="one",
        procedure_id="x",
        procedure_name=what,
        applicant_name=who,
        state={"typed": typed},
    )
    (draft,) = [each for each in drafts(desk) if each.draft_id == "one"]
    assert draft.state["typed"] == typed


# Search.


def test_whoever_is_called_so_is_found_by_it(tmp_path: Path) -> None:
    """A name full of operators finds its bearer, and nobody who only shares the operators."""
    names = sorted({clean(text) for text in EVERY if is_name(clean(text)) and len(clean(text)) < 200})
    desk = make_desk(tmp_path, MORNING)
    try:
        with desk.store.writing() as transaction:
            for number, name in enumerate(names, start=1):
                person = make_person(number, full_name=name)
                transaction.add_dossier(make_dossier(number, applicant=person))
                transaction.remember_person(person, MORNING, "card")
        searchable = 0
        for name in names:
            words = [word for word in fold(name).split() if len(word) > 1]
            rows = find(desk, name, limit=200)
            with desk.store.reading() as queries:
                queries.find_people(name)
            if sum(letter.isalpha() for word in words for letter in word) >= 2:
                searchable += 1
                assert name in {row.applicant for row in rows}, name
        assert searchable > 40
        for operator in (*BY_AIM["full_text"], *BY_AIM["sql"], *BY_AIM["path"], *BY_AIM["template"]):
            find(desk, operator)
        with desk.store.reading() as queries:
            assert queries.dossier_count() == len(names)
    finally:
        desk.store.close()
