"""Every text of the program has its English, and the compiled catalogue is the committed one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.i18n import translations

from counter_app import i18n

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"
VIETNAMESE = re.compile("[à-ỹÀ-ỸđĐ]")
MARKERS = {"_", "N_", "later"}
# Not words of the screen: the product's name, papers (always Vietnamese), an invented card, weekdays.
NOT_FOR_THE_SCREEN = ("test_slip.py", "scan_report.py", "promise_words.py", "promise_panel.py")
NAMES = {"Quầy Một Cửa", "Tiếng Việt", "đ", "×"}


@pytest.fixture
def english() -> Iterator[None]:
    i18n.set_language("en", RESOURCES)
    yield
    i18n.set_language("vi", RESOURCES)


def test_every_text_has_its_english() -> None:
    assert translations.missing(translations.merged()) == []


def test_the_compiled_catalogue_is_not_stale() -> None:
    assert translations.MO.read_bytes() == translations.compiled(translations.read())


def test_placeholders_survive_translation() -> None:
    def holes(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w*\}", text))

    wrong = [m.id for m in translations.read() if m.id and m.string and holes(m.id) != holes(m.string)]
    assert wrong == []


def test_the_language_is_chosen_at_start(english: None) -> None:
    assert i18n.language() == "en"
    assert i18n._("Tiếp nhận") == "Receive"
    i18n.set_language("fr", RESOURCES)
    assert (i18n.language(), i18n._("Tiếp nhận")) == ("vi", "Tiếp nhận")


def test_no_vietnamese_stands_on_a_screen_unmarked() -> None:
    found = []
    for path in sorted((ROOT / "src" / "counter_app" / "ui").rglob("*.py")):
        if path.name not in NOT_FOR_THE_SCREEN:
            found += [f"{path.name}:{line} {text}" for line, text in _unmarked(path)]
    assert found == []


def _unmarked(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    marked: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            marked |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            marked.add(id(node.value))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in marked:
            continue
        if VIETNAMESE.search(node.value) and node.value not in NAMES:
            yield node.lineno, node.value
