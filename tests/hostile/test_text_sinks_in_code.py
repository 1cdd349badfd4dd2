"""No widget of the window may take a text for markup: what the code may say, checked line by line."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "counter_app"
LABELS, TOOLTIPS = "widgets/labels.py", "widgets/tooltips.py"

# These guess whether a text is rich, or know nothing else.
RICH_CLASSES = {
    *("QMessageBox", "QTextBrowser", "QTextEdit", "QTextDocument", "QStaticText", "QErrorMessage"),
    *("QToolTip", "QWhatsThis", "QInputDialog", "QProgressDialog", "QStatusBar", "QSystemTrayIcon"),
    *("QWizard", "QSplashScreen", "QGraphicsTextItem", "QTextCursor", "QWebEngineView", "QCommandLinkButton"),
}
RICH_CALLS = {
    *("setHtml", "insertHtml", "appendHtml", "setMarkdown", "insertMarkdown", "toHtml", "setTextFormat"),
    *("setWhatsThis", "setStatusTip", "showMessage", "setInformativeText", "setDetailedText"),
    *("setDefaultStyleSheet", "setOpenExternalLinks"),
}
RICH_ROLES = {"WhatsThisRole", "StatusTipRole"}
ALLOWED = {(LABELS, "QLabel"), (LABELS, "setTextFormat"), (TOOLTIPS, "setToolTip")}


@cache
def window_files() -> list[tuple[str, ast.Module]]:
    """Return every module that may import Qt, under its name from `ui` on."""
    found = [*(SOURCE / "ui").rglob("*.py"), *(SOURCE / "devices").rglob("*.py")]
    assert len(found) > 150
    return [(name_of(path), ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(found)]


def name_of(path: Path) -> str:
    below = path.relative_to(SOURCE)
    return below.relative_to("ui").as_posix() if below.parts[0] == "ui" else below.as_posix()


def offences(file: str, tree: ast.Module) -> Iterator[str]:
    """Yield what the module says that could show a citizen's text as anything but that text."""
    for node in ast.walk(tree):
        for word in words_of(node):
            if (file, word) not in ALLOWED:
                yield f"{file}:{getattr(node, 'lineno', 0)} {word}"


def words_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6"):
        yield from (each.name for each in node.names if each.name in {*RICH_CLASSES, "QLabel", "*"})
    elif isinstance(node, ast.Import):
        yield from (each.name for each in node.names if each.name.startswith("PySide6"))
    elif isinstance(node, ast.Call):
        yield from call_offences(node)
    elif isinstance(node, ast.Attribute) and node.attr in RICH_ROLES:
        yield node.attr
    elif isinstance(node, ast.If) and is_role(node.test):
        yield from (f"ToolTipRole gives {said}" for said in raw_returns(node))


def call_offences(call: ast.Call) -> Iterator[str]:
    said = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if said in RICH_CALLS or (said == "setToolTip" and not all(map(is_fixed, call.args))):
        yield said
    elif said == "setData" and any("ToolTipRole" in ast.unparse(each) for each in call.args):
        yield "setData of ToolTipRole"


def is_fixed(said: ast.expr) -> bool:
    """A text of the program itself: "…" or _("…") with no tag in it."""
    if isinstance(said, ast.Call) and getattr(said.func, "id", "") == "_" and len(said.args) == 1:
        said = said.args[0]
    return isinstance(said, ast.Constant) and isinstance(said.value, str) and not {"<", "&"} & set(said.value)


def is_role(test: ast.expr) -> bool:
    return "ToolTipRole" in ast.unparse(test)


def raw_returns(branch: ast.If) -> Iterator[str]:
    for node in branch.body:
        for each in ast.walk(node):
            if isinstance(each, ast.Return) and each.value is not None:
                said = ast.unparse(each.value)
                if not said.startswith("tooltip_text("):
                    yield said


def test_no_module_of_the_window_shows_rich_text() -> None:
    assert [each for file, tree in window_files() for each in offences(file, tree)] == []


def test_every_label_of_the_window_is_a_plain_one() -> None:
    """QLabel may be inherited from in one module, and every class there is made plain."""
    tree = dict(window_files())[LABELS]
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    bases = {name: [ast.unparse(base) for base in node.bases] for name, node in classes.items()}
    assert [name for name, above in bases.items() if "QLabel" in above] == ["PlainLabel"]
    assert "Qt.TextFormat.PlainText" in ast.unparse(classes["PlainLabel"])
    assert "QLabel(" not in ast.unparse(tree).replace("class PlainLabel(QLabel)", "")


@pytest.mark.parametrize(
    "said",
    [
        "from PySide6.QtWidgets import QLabel",
        "from PySide6.QtWidgets import QMessageBox as Box",
        "from PySide6.QtWidgets import *",
        "import PySide6.QtWidgets",
        "view.setHtml(name)",
        "label.setTextFormat(Qt.TextFormat.AutoText)",
        "button.setToolTip(person.full_name)",
        "button.setToolTip(_('Sửa {name}').format(name=name))",
        "button.setToolTip('<b>x</b>')",
        "button.setToolTip(_('<b>x</b>'))",
        "bar.showMessage(name)",
        "item.setData(Qt.ItemDataRole.ToolTipRole, name)",
        "def f(role):\n if role == Qt.ItemDataRole.ToolTipRole:\n  return self.name",
        "def f(role):\n if role in (1, Qt.ItemDataRole.ToolTipRole):\n  return self.name",
        "def f(role):\n return {Qt.ItemDataRole.StatusTipRole: 1}",
    ],
)
def test_the_check_sees(said: str) -> None:
    assert list(offences("x.py", ast.parse(said)))


@pytest.mark.parametrize(
    "said",
    [
        "from PySide6.QtWidgets import QWidget, QPlainTextEdit",
        "button.setToolTip(_('Bấm để sửa'))",
        "set_tooltip(button, name)",
        "def f(role):\n if role == Qt.ItemDataRole.ToolTipRole:\n  return tooltip_text(self.name)",
    ],
)
def test_the_check_lets_pass(said: str) -> None:
    assert list(offences("x.py", ast.parse(said))) == []
