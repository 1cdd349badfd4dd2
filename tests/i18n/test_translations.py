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
EXAMPLES = {"xã Trung Minh", "ỦY BAN NHÂN DÂN XÃ …"}  # of what is printed on papers
APP = ROOT / "src" / "counter_app"
SPOKEN = (*APP.glob("*.py"), *(APP / "cli").rglob("*.py"), *(APP / "sync").rglob("*.py"))


def test_every_text_has_its_english() -> None:
    assert translations.missing(translations.merged()) == []


def test_the_compiled_catalogue_is_not_stale() -> None:
    assert translations.MO.read_bytes() == translations.compiled(translations.read())


def test_placeholders_survive_translation() -> None:
    def holes(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w*\}", text))

    wrong = [m.id for m in translations.read() if m.id and m.string and holes(m.id) != holes(m.string)]
    assert wrong == []


@pytest.mark.usefixtures("english")
def test_the_language_is_chosen_at_start() -> None:
    assert i18n.language() == "en"
    assert i18n._("Tiếp nhận") == "Receive"
    i18n.set_language("fr", RESOURCES)
    assert (i18n.language(), i18n._("Tiếp nhận")) == ("vi", "Tiếp nhận")


def test_no_vietnamese_stands_on_a_screen_unmarked() -> None:
    found = []
    for path in sorted((APP / "ui").rglob("*.py")):
        if path.name not in NOT_FOR_THE_SCREEN:
            found += [f"{path.name}:{line} {text}" for line, text in _unmarked(path)]
    assert found == []


def test_no_vietnamese_is_said_unmarked_outside_the_window() -> None:
    found = [
        f"{path.name}:{line} {text}"
        for path in sorted(SPOKEN)
        for line, text in _unmarked(path)
        if text not in EXAMPLES
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "stays"),
    [
        ('def f(): return _("Gửi ngay")', False),
        ('SEND = later("Gửi " "ngay")', False),
        ("def f(kind): return _(TITLES[kind])", False),
        ('SEND = lambda: _("Gửi ngay")', False),
        ('def f(n): return _(f"Gửi {n}")', True),
        ('def f(now): return _("Gửi" if now else "Chờ")', True),
        ('SEND = _("Gửi ngay")', True),
        ('class Head:\n    send = _("Gửi ngay")', True),
        ('def f(words=_("Gửi ngay")): ...', True),
    ],
)
def test_the_search_for_texts_that_stay_vietnamese(source: str, stays: bool) -> None:
    assert bool(list(_stays_vietnamese(ast.parse(source)))) is stays


def test_every_marked_text_can_be_found_and_is_asked_for_in_time() -> None:
    found = [
        f"{path.name}:{line}"
        for path in sorted(APP.rglob("*.py"))
        for line in _stays_vietnamese(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def _stays_vietnamese(tree: ast.AST, *, running: bool = False) -> Iterator[int]:
    """Yield the lines of texts the catalogue cannot hold, or asked for before there is a language."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _stays_vietnamese(node.args, running=running)
            body = [ast.Expr(node.body)] if isinstance(node, ast.Lambda) else node.body
            yield from _stays_vietnamese(ast.Module(list(body), []), running=True)
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            whole = bool(node.args) and isinstance(node.args[0], ast.Constant)
            literals = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
            made_up = not whole and any(VIETNAMESE.search(str(each)) for each in literals)
            if made_up or (node.func.id == "_" and not running):
                yield node.lineno
        yield from _stays_vietnamese(node, running=running)


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
