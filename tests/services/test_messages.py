"""Every code the program raises has words, wherever they are kept, and they take their parameters."""

import ast
from pathlib import Path

from counter_app.messages import text_of_code

SOURCE = Path(__file__).parents[2] / "src" / "counter_app"
RAISERS = {"BadInput", "RuleRefusal", "EnvironmentProblem", "CardWarning", "FieldProblem"}
CHECKS = SOURCE / "domain" / "form_checks.py"  # their words stand in the form data


def raised_codes() -> set[str]:
    codes = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISERS:
                given = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "code")]
                codes |= {g.value for g in given if isinstance(g, ast.Constant) and isinstance(g.value, str)}
    return codes


def test_every_raised_code_has_words() -> None:
    codes = raised_codes()
    assert len(codes) > 60
    assert sorted(code for code in codes if text_of_code(code, {}) == code) == []


def test_words_take_the_parameters_they_are_given() -> None:
    assert "05/01/2031" in text_of_code("procedure_not_yet_valid", {"name": "X", "valid_from": "05/01/2031"})
    assert text_of_code("answers_missing", {"labels": ["a", "b"]}) == "Còn thiếu: a, b."
    assert text_of_code("no_such_code", {}) == "no_such_code"
