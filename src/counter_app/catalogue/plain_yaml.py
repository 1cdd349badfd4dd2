"""A small, strict YAML: no surprises of type, no duplicate keys, and the line of every value.

Only ``true``/``false`` are booleans and only plain decimal digits are numbers, so ``no``, ``07:30``,
``2026-11-21`` and ``001090000001`` stay the text a non-programmer typed.
"""

import re
import unicodedata
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

FieldPath = tuple[str | int, ...]

_BOOL = re.compile(r"^(?:true|false)$")
_INT = re.compile(r"^-?(?:0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$")
_DEEPEST = 40
_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "map", "seq")
)
_NULL = re.compile(r"^(?:null|~|)$")


class _PlainLoader(_BaseLoader):
    """The safe loader with YAML 1.1's guesses of type taken away."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", _BOOL, list("tf"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:int", _INT, list("-0123456789"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:float", _FLOAT, list("-0123456789"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", _NULL, ["~", "n", ""])


class PlainYamlError(Exception):
    """The text is not plain YAML; ``path`` is the place within the document, ``line`` counts from 1."""

    def __init__(self, problem: str, line: int, path: FieldPath = (), value: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.path = path
        self.value = value


@dataclass(frozen=True, slots=True)
class Document:
    """The data of one file and the line on which each of its values starts (counted from 1)."""

    data: Any
    lines: Mapping[FieldPath, int]

    def line_of(self, path: FieldPath) -> int:
        """Return the line of the value at `path`, or of the nearest enclosing value that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse_plain_yaml(text: str) -> Document:
    """Parse one YAML document; every text in it comes back in NFC.

    Raises:
        PlainYamlError: bad syntax, a duplicate key, an alias, a tag, a number of thousands of digits, or
            more than one document.
    """
    loader = _PlainLoader(text)
    try:
        _check_structure(text)
        node = loader.get_single_node()
        if node is None:
            raise PlainYamlError("empty file", 1)
        lines: dict[FieldPath, int] = {}
        data = _Builder(loader, lines).build(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PlainYamlError(
            "not valid YAML", mark.line + 1 if mark else 1, (), error.problem or ""
        ) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise PlainYamlError("not valid YAML", line, (), "invisible control character") from error
    finally:
        loader.dispose()
    return Document(data, lines)


def _check_structure(text: str) -> None:
    """Refuse aliases, and deep nesting before it reaches the C composer, which overflows the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise PlainYamlError("nested too deeply", _line(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            raise PlainYamlError("alias not allowed", _line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Builder:
    """Turns the node tree into plain Python values and notes their lines."""

    def __init__(self, loader: Any, lines: dict[FieldPath, int]) -> None:
        self._loader = loader
        self._lines = lines

    def build(self, node: yaml.Node, path: FieldPath) -> Any:
        line = node.start_mark.line + 1
        # A key's own line says more than the line its block of values starts on.
        self._lines.setdefault(path, line)
        if node.tag not in _TAGS:
            raise PlainYamlError("tag not allowed", line, path, str(node.tag))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: yaml.Node, path: FieldPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self._key(key_node, path, line)
            if key in result:
                raise PlainYamlError("duplicate key", line, (*path, key), key)
            self._lines[(*path, key)] = line
            result[key] = self.build(value_node, (*path, key))
        return result

    def _key(self, node: yaml.Node, path: FieldPath, line: int) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise PlainYamlError("key must be text", line, path)
        return unicodedata.normalize("NFC", str(node.value))

    def _scalar(self, node: yaml.ScalarNode, path: FieldPath) -> Hashable:
        try:
            value: Any = self._loader.construct_object(node)
        except ValueError as error:  # Python makes no number of thousands of digits
            line = node.start_mark.line + 1
            raise PlainYamlError("number too large", line, path, str(node.value)[:20]) from error
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
