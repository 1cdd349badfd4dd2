"""Every code the program can raise has a sentence for the clerk, and the sentence gets its parameters."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app import messages

SOURCE = Path(messages.__file__).parent
RAISED = {"BadInput", "RuleRefusal", "EnvironmentProblem", "KnownError", "CardWarning", "_fault", "_refuse"}


def raised_codes() -> Iterator[tuple[str, frozenset[str], str]]:
    """Yield code, names of its parameters and place of every error the sources make by name."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            first = node.args[0]
            if node.func.id in RAISED and isinstance(first, ast.Constant) and isinstance(first.value, str):
                names = frozenset(keyword.arg or "**" for keyword in node.keywords)
                if len(node.args) > 1 and isinstance(node.args[1], ast.Dict):
                    names |= {key.value for key in node.args[1].keys if isinstance(key, ast.Constant)}
                yield first.value, names, f"{path.relative_to(SOURCE)}:{node.lineno}"


FOUND = list(raised_codes())


def test_the_search_finds_the_codes() -> None:
    assert len({code for code, _, _ in FOUND}) > 60


@pytest.mark.parametrize("code", sorted({code for code, _, _ in FOUND}))
def test_a_code_has_words(code: str) -> None:
    places = [place for found, _, place in FOUND if found == code]
    words = messages.text_of_code(code, {})
    assert words != code, f"no words for {code}, raised in {', '.join(places)}"


@pytest.mark.parametrize(("code", "names", "place"), FOUND)
def test_a_sentence_asks_for_no_parameter_it_is_not_given(
    code: str, names: frozenset[str], place: str
) -> None:
    wanted = {name for _, name, _, _ in string.Formatter().parse(messages.text_of_code(code, {})) if name}
    assert "**" in names or wanted <= names, place
