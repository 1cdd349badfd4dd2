"""Definitions are kept once, come back as they were, and stay readable for ever."""

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.builders import MORNING, make_office
from tests.helpers.desks import make_desk
from tests.helpers.raw_database import select

from counter_app.bootstrap import open_catalogue, open_desk
from counter_app.domain.definition import Definition
from counter_app.domain.errors import EnvironmentProblem, RuleRefusal
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.office import Office
from counter_app.domain.procedure import Procedure
from counter_app.domain.working_calendar import WorkingCalendar
from counter_app.services.desk import Desk
from counter_app.services.ports import Transaction
from counter_app.storage.definition_bodies import decoded, encoded

SAMPLES = Path(__file__).with_name("definition_samples")
DAY = date(2026, 11, 23)
SHAPES: dict[str, type[Definition]] = {
    "procedure": Procedure,
    "form": FormTemplate,
    "office": Office,
    "calendar": WorkingCalendar,
}

DEFAULTS: dict[str, tuple[str, Any]] = {
    "procedure": ("transition", ""),
    "form": ("basis", ()),
    "office": ("phone", ""),
    "calendar": ("swapped", ()),
}


@pytest.fixture(scope="module")
def shipped() -> dict[str, Definition]:
    catalogue = open_catalogue(None)
    return {
        "procedure": catalogue.procedure("dang-ky-khai-sinh", DAY),
        "form": catalogue.form("ht-khai-sinh", DAY),
        "office": make_office(),
        "calendar": catalogue.calendar(),
    }


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


@pytest.mark.parametrize("kind", SHAPES)
def test_a_definition_comes_back_the_same(kind: str, shipped: dict[str, Definition]) -> None:
    body = encoded(shipped[kind])
    assert body.digest == sha256(body.body.encode()).hexdigest()
    assert decoded(body.body, SHAPES[kind]) == shipped[kind]
    assert encoded(decoded(body.body, SHAPES[kind])) == body
    assert body.kind == kind


def test_every_shipped_definition_comes_back_the_same() -> None:
    catalogue = open_catalogue(None)
    items: list[Definition] = [*catalogue.all_procedures(), *catalogue.all_forms()]
    assert len(items) > 10
    for item in items:
        assert decoded(encoded(item).body, type(item)) == item


@given(st.builds(Office, **dict.fromkeys((f.name for f in fields(Office)), st.text(max_size=20))))
def test_any_office_comes_back_the_same(office: Office) -> None:
    assert decoded(encoded(office).body, Office) == office


@pytest.mark.parametrize("kind", SHAPES)
def test_the_frozen_sample_is_still_read(kind: str) -> None:
    """These bodies lie in the databases of offices: never edit one, a failure is a fault of the code."""
    body = (SAMPLES / f"{kind}.json").read_text(encoding="utf-8")
    definition: Any = decoded(body, SHAPES[kind])
    match kind:
        case "procedure":
            case = definition.case("thong-thuong")
            assert (definition.procedure_id, case.forms) == ("dang-ky-khai-sinh", ("ht-khai-sinh",))
            assert case.same_day
            assert len(case.parts) > 2
        case "form":
            assert definition.title == "TỜ KHAI ĐĂNG KÝ KHAI SINH"
            assert definition.field("ks_ho_ten").uppercase
            assert definition.layout.signatures
            assert definition.roles[0].label
        case "office":
            assert definition == make_office()
        case _:
            assert definition.status_of(date(2026, 11, 24)).name == "Ngày Văn hóa Việt Nam"
            assert definition.certainty_of([date(2027, 2, 3)]).value == "provisional"
            assert [str(each.start) for each in definition.sessions_on(DAY)]


@pytest.mark.parametrize("kind", SHAPES)
def test_fields_unknown_are_ignored_and_fields_missing_get_their_defaults(
    kind: str, shipped: dict[str, Definition]
) -> None:
    """What a program older or newer than the body does."""
    before = json.loads(encoded(shipped[kind]).body)
    newer = before | {"of_a_newer_program": {"deep": [1, 2]}}
    assert decoded(json.dumps(newer), SHAPES[kind]) == shipped[kind]
    key, default = DEFAULTS[kind]
    older = {name: value for name, value in before.items() if name != key}
    assert decoded(json.dumps(older), SHAPES[kind]) == replace(shipped[kind], **{key: default})


def test_a_definition_is_written_once_and_never_again(desk: Desk, shipped: dict[str, Definition]) -> None:
    with desk.store.writing() as transaction:
        digests = {transaction.keep_definition(each) for each in shipped.values()}
        assert {transaction.keep_definition(each) for each in shipped.values()} == digests
    with desk.store.writing() as transaction:
        assert transaction.keep_definition(replace(shipped["office"])) in digests  # type: ignore[type-var]
    rows = select(desk, "SELECT digest, kind, item_id, version FROM definition")
    assert {row[0] for row in rows} == digests
    assert {row[1:3] for row in rows} == {
        ("procedure", "dang-ky-khai-sinh"),
        ("form", "ht-khai-sinh"),
        ("office", "H29.12"),
        ("calendar", ""),
    }


def test_an_act_that_failed_left_no_definition_and_none_is_taken_for_kept(desk: Desk) -> None:
    office = make_office(name="ỦY BAN NHÂN DÂN XÃ TRUNG MINH")
    with pytest.raises(RuleRefusal), desk.store.writing() as transaction:
        _keep_and_fail(transaction, office)
    assert select(desk, "SELECT 1 FROM definition") == []
    with desk.store.writing() as transaction:
        digest = transaction.keep_definition(office)
    with desk.store.reading() as queries:
        assert queries.definition(digest, Office) == office


def _keep_and_fail(transaction: Transaction, office: Office) -> None:
    transaction.keep_definition(office)
    raise RuleRefusal("number_block_exhausted")


def test_the_same_version_with_another_content_is_another_definition(
    desk: Desk, shipped: dict[str, Definition]
) -> None:
    form = shipped["form"]
    assert isinstance(form, FormTemplate)
    edited = replace(form, title="TỜ KHAI KHÁC")
    with desk.store.writing() as transaction:
        digests = [transaction.keep_definition(each) for each in (form, edited, form)]
    assert digests[0] == digests[2] != digests[1]
    with desk.store.reading() as queries:
        assert [queries.definition(digest, FormTemplate).title for digest in digests] == [
            form.title,
            "TỜ KHAI KHÁC",
            form.title,
        ]


def test_definitions_outlive_the_program(tmp_path: Path, shipped: dict[str, Definition]) -> None:
    first = make_desk(tmp_path / "counter", MORNING)
    with first.store.writing() as transaction:
        digest = transaction.keep_definition(shipped["procedure"])
    first.store.close()
    again = open_desk(tmp_path / "counter")
    with again.store.writing() as transaction:
        assert transaction.keep_definition(shipped["procedure"]) == digest
        assert transaction.definition(digest, Procedure) == shipped["procedure"]
    again.store.close()


@pytest.mark.parametrize("statement", ["UPDATE definition SET body = '{}'", "DELETE FROM definition"])
def test_the_database_itself_forbids_changing_one(
    desk: Desk, shipped: dict[str, Definition], statement: str
) -> None:
    with desk.store.writing() as transaction:
        transaction.keep_definition(shipped["office"])
    with pytest.raises(Exception, match="definition is"), desk.store.writing() as transaction:
        transaction._sql.run(statement)  # type: ignore[attr-defined]
    assert len(select(desk, "SELECT 1 FROM definition")) == 1


@pytest.mark.parametrize(
    ("digest", "body"),
    [("0" * 64, None), ("1" * 64, '{"unit_code":"H1","name":"A","province":"B"}')],
    ids=["not there", "not what was written"],
)
def test_what_is_not_there_or_not_itself_is_told(desk: Desk, digest: str, body: str | None) -> None:
    with desk.store.writing() as transaction:
        if body is not None:
            transaction._sql.run(  # type: ignore[attr-defined]
                "INSERT INTO definition VALUES (?, 'office', 'H1', '', ?, 0)", (digest, body)
            )
    with pytest.raises(EnvironmentProblem) as problem, desk.store.reading() as queries:
        queries.definition(digest, Office)
    assert problem.value.code == "definition_missing"
    assert problem.value.params == {"kind": "office", "digest": digest[:8]}


def test_a_definition_is_not_read_as_another_kind(desk: Desk, shipped: dict[str, Definition]) -> None:
    with desk.store.writing() as transaction:
        digest = transaction.keep_definition(shipped["form"])
    with pytest.raises(EnvironmentProblem), desk.store.reading() as queries:
        queries.definition(digest, Procedure)
