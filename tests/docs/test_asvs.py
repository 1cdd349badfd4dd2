"""The checklist of ASVS is whole, and points at what there is."""

import ast
from functools import cache
from typing import Any

import pytest
from tests.docs.asvs import PAGE, ROOT, STATES, levels, page, requirements


@cache
def names_in(file: str) -> frozenset[str]:
    """Return the tests of a file; those in a class as ``Class.test``."""
    found = set()
    for node in ast.parse((ROOT / file).read_text("utf-8")).body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        before = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for each in inner:
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name.startswith("test_"):
                found.add(before + each.name)
    return frozenset(found)


def test_every_requirement_stands_there_once() -> None:
    assert len(levels()) == 253  # levels 1 and 2 of ASVS 5.0.0
    assert set(levels().values()) == {1, 2}
    assert list(requirements()) == sorted(levels(), key=lambda number: [*map(int, number.split("."))])


def test_a_number_said_twice_would_be_seen() -> None:
    lines = (ROOT / "docs" / "asvs.yaml").read_text("utf-8").splitlines()
    assert sum(line[2:3].isdigit() or line.startswith("  '") for line in lines) >= len(levels())
    keys = [line.strip(" :'") for line in lines if line.startswith("  ") and not line.startswith("   ")]
    numbers = [key for key in keys if key.count(".") == 2 and key.replace(".", "").isdigit()]
    assert len(numbers) == len(set(numbers)) == len(levels())


@pytest.mark.parametrize("number", levels())
def test_what_is_said_is_said_whole(number: str) -> None:
    said: dict[str, Any] = requirements()[number]
    assert set(said) <= {"name", "state", "where", "test", "untested", "remark"}
    assert said["state"] in STATES
    assert 0 < len(said["name"].split()) <= 8
    if said["state"] in ("met", "met in part"):
        assert said["where"]
    if said["state"] == "met":
        assert said.get("test") or said.get("untested")
    elif said["state"] == "met in part":
        assert "Missing: " in said["remark"]
    else:
        assert said["remark"]  # why not, and what would do it


def test_every_place_is_there() -> None:
    paths = {path for said in requirements().values() for path in said.get("where", ())}
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_every_test_is_there() -> None:
    for said in requirements().values():
        for told in said.get("test", ()):
            file, _, name = told.partition("::")
            assert file.rpartition("/")[2].startswith("test_"), told
            assert names_in(file), told
            assert not name or name in names_in(file), told


def test_the_page_is_the_data_s() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.docs.asvs"
