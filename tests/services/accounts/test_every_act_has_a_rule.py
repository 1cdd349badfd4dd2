"""Every act the program can write into the audit log has a rule about who may do it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from counter_app.domain.act_permissions import is_ruled

SOURCE = Path(__file__).parents[3] / "src" / "counter_app"
# Acts made of an enum's value, whose beginning no constant shows.
OF_ENUMS = {
    "kind.series": ("hand_over", "postal"),
    "made.kind.series": ("hand_over", "postal"),
    "audited": ("paper", "intake_notice", "list", "day_close"),
}
# What was written before, by another counter or version, and is only copied.
COPIED = {"stored.act", "row['act']", "values['act']", "row.act"}
CONSTANTS: dict[str, ast.expr] = {}


class Module:
    """One file: its constants, and what its functions are called with anywhere in the program."""

    def __init__(self, path: Path, calls: dict[str, list[ast.Call]]) -> None:
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.path = path
        self.calls = calls
        self.constants = {name: value for node in self.tree.body for name, value in assigned(node)}
        CONSTANTS.update(self.constants)

    def entries(self) -> Iterator[tuple[ast.FunctionDef, ast.expr]]:
        """Yield the act of each audit entry with the innermost function that makes it."""
        for function in ast.walk(self.tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            inner = {id(n) for f in ast.walk(function) if isinstance(f, ast.FunctionDef) and f is not function
                     for n in ast.walk(f)}  # fmt: skip
            for node in ast.walk(function):
                if id(node) not in inner and isinstance(node, ast.Call) and name_of(node) == "AuditEntry":
                    yield function, next(k.value for k in node.keywords if k.arg == "act")

    def values(self, function: ast.FunctionDef, act: ast.expr, depth: int = 0) -> set[str]:
        """Return the acts, or their beginnings, an expression can be."""
        if isinstance(act, ast.Constant):
            return {act.value} if isinstance(act.value, str) else set()
        if isinstance(act, ast.IfExp):
            return self.values(function, act.body, depth) | self.values(function, act.orelse, depth)
        if isinstance(act, ast.JoinedStr):
            return self.of_words(act)
        if isinstance(act, ast.Subscript) and isinstance(act.value, ast.Name):
            table = self.constants.get(act.value.id)
            if isinstance(table, ast.Dict):
                return {v for each in table.values for v in self.values(function, each, depth)}
        if isinstance(act, ast.Name) and (constant := self.constants.get(act.id) or self.imported(act.id)):
            return self.values(function, constant, depth)
        if isinstance(act, ast.Name) and depth < 3:
            return self.of_variable(function, act.id, depth)
        return set()

    def imported(self, name: str) -> ast.expr | None:
        return CONSTANTS.get(name) if name.isupper() else None

    def calls_of(self, function: ast.FunctionDef) -> list[ast.Call]:
        """Return the calls of a function; those of a private one stand in its own file."""
        calls = self.calls.get(function.name, [])
        private = function.name.startswith("_")
        return [call for call in calls if not private or CALLERS[id(call)][1] is self]

    def of_words(self, act: ast.JoinedStr) -> set[str]:
        first = act.values[0]
        if isinstance(first, ast.Constant):
            return {str(first.value)}
        assert isinstance(first, ast.FormattedValue)
        rest = "".join(str(each.value) for each in act.values[1:] if isinstance(each, ast.Constant))
        return {beginning + rest for beginning in OF_ENUMS.get(ast.unparse(first.value), ())}

    def of_variable(self, function: ast.FunctionDef, name: str, depth: int) -> set[str]:
        """Follow a local variable to what it was given, a parameter to what callers give."""
        found: set[str] = set()
        for node in ast.walk(function):
            for variable, value in assigned(node):
                if variable == name:
                    found |= self.values(function, value, depth + 1)
        taken = function.args
        names = [arg.arg for arg in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)]
        if name in names:
            at = names.index(name)
            for given in [*function.args.defaults, *(d for d in function.args.kw_defaults if d is not None)]:
                if isinstance(given, ast.Constant) and given.value and isinstance(given.value, str):
                    found |= {given.value} if "_" in given.value else set()
            for call in self.calls_of(function):
                value = next((k.value for k in call.keywords if k.arg == name), None)
                value = call.args[at] if value is None and at < len(call.args) else value
                caller, module = CALLERS[id(call)]
                found |= module.values(caller, value, depth + 1) if value is not None else set()
        return found


CALLERS: dict[int, tuple[ast.FunctionDef, Module]] = {}


def assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield what names an assignment gives to, tuples one by one."""
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for each, value in zip(target.elts, node.value.elts, strict=False):
                if isinstance(each, ast.Name):
                    yield each.id, value


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def modules() -> list[Module]:
    calls: dict[str, list[ast.Call]] = {}
    found = [Module(path, calls) for path in sorted(SOURCE.rglob("*.py"))]
    for module in found:
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Call):
                        calls.setdefault(name_of(node), []).append(node)
                        CALLERS[id(node)] = (function, module)
    return found


def acts() -> tuple[set[str], list[str]]:
    """Return every act or its beginning, and where one could not be told."""
    found: set[str] = set()
    unknown: list[str] = []
    for module in modules():
        for function, act in module.entries():
            values = module.values(function, act)
            if not values and ast.unparse(act) not in COPIED:
                unknown.append(f"{module.path.relative_to(SOURCE)}:{act.lineno} {ast.unparse(act)}")
            found |= values
    return found, unknown


def test_every_act_has_a_rule() -> None:
    found, unknown = acts()
    assert unknown == []
    assert len(found) > 60
    assert {"dossier_received", "day_closed", "account_made", "signed_in", "person_viewed"} <= found
    assert sorted(act for act in found if not is_ruled(act)) == []
