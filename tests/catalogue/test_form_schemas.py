"""The schemas say exactly what the domain classes hold, and explain themselves to a non-programmer."""

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest

from counter_app.domain import condition, fee, form_template, procedure, provenance
from counter_app.domain.form_checks import CHECKS
from counter_app.domain.form_computing import COMPUTATIONS

SCHEMAS = ("procedure", "form", "list")
SHAPES = {
    ("procedure", ""): procedure.Procedure,
    ("procedure", "case"): procedure.ProcedureCase,
    ("procedure", "case_answer"): procedure.CaseAnswer,
    ("procedure", "result"): procedure.ProcedureResult,
    ("procedure", "value_source"): procedure.ValueSource,
    ("procedure", "part"): procedure.RequiredPart,
    ("procedure", "fee"): fee.FeeRule,
    ("procedure", "tier"): fee.FeeTier,
    ("procedure", "exemption"): fee.Exemption,
    ("procedure", "condition"): condition.Condition,
    ("procedure", "provenance"): provenance.Provenance,
    ("form", ""): form_template.FormTemplate,
    ("form", "field"): form_template.FormField,
    ("form", "role"): form_template.Role,
    ("form", "column"): form_template.Column,
    ("form", "rule"): form_template.ValidationRule,
    ("form", "layout"): form_template.FormLayout,
    ("form", "block"): form_template.Block,
    ("form", "signature"): form_template.SignatureBlock,
}


def _schema(folder: Path, name: str) -> dict:
    return json.loads((folder / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_valid_schemas(shipped_forms: Path, name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(_schema(shipped_forms, name))


@pytest.mark.parametrize(("name", "definition"), SHAPES)
def test_keys_are_the_fields_of_the_domain(shipped_forms: Path, name: str, definition: str) -> None:
    schema = _schema(shipped_forms, name)
    node = schema["$defs"][definition] if definition else schema
    # A list by name is resolved while loading, so the domain never sees it.
    extra = {"choices_from"} if definition == "field" else set()
    # The law's own limit is kept beside the province's when that is applied, never written in a file.
    derived = {"legal_time"} if definition == "case" else set()
    assert set(node["properties"]) - extra == {one.name for one in fields(SHAPES[name, definition])} - derived
    assert node["additionalProperties"] is False


def test_enumerations_are_those_of_the_program(shipped_forms: Path) -> None:
    form = _schema(shipped_forms, "form")["$defs"]
    assert set(form["rule"]["properties"]["check"]["enum"]) == set(CHECKS)
    assert set(form["field"]["properties"]["compute"]["enum"]) == set(COMPUTATIONS)
    assert set(form["field"]["properties"]["type"]["enum"]) == set(form_template.FieldType)
    assert set(form["field"]["properties"]["card"]["enum"]) == set(form_template.CardFact)
    assert set(form["block"]["properties"]["kind"]["enum"]) == set(form_template.BlockKind)
    case = _schema(shipped_forms, "procedure")["$defs"]["case"]["properties"]
    source = _schema(shipped_forms, "procedure")["$defs"]["value_source"]["properties"]
    assert set(source["of"]["enum"]) == set(procedure.CaseValue)
    assert set(case["slip_rule"]["enum"]) == set(procedure.SlipRule)
    assert set(case["supplement_policy"]["enum"]) == set(procedure.SupplementPolicy)


def test_what_two_schemas_share_is_the_same(shipped_forms: Path) -> None:
    first, second = (_schema(shipped_forms, name)["$defs"] for name in ("procedure", "form"))
    for shared in ("condition", "provenance", "date"):
        assert first[shared] == second[shared]


def _nodes(node: dict, path: str) -> Iterator[tuple[str, dict]]:
    yield path, node
    for part in ("properties", "$defs"):
        for name, inner in node.get(part, {}).items():
            yield from _nodes(inner, f"{path}/{name}")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_object_has_a_title_and_every_key_some_words(shipped_forms: Path, name: str) -> None:
    for path, node in _nodes(_schema(shipped_forms, name), name):
        if node.get("type") == "object":
            assert node.get("title"), path
            assert node.get("description"), path
