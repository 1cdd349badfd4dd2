"""Shows a command's JSON outcome to a person: one "key: value" a line, nested by indentation."""

from counter_app.i18n import _


def as_plain_text(outcome: object, indent: str = "") -> str:
    """Return readable lines for a JSON value."""
    if isinstance(outcome, dict):
        return "\n".join(_entry(key, value, indent) for key, value in outcome.items())
    if isinstance(outcome, list):
        return "\n\n".join(as_plain_text(item, indent) for item in outcome) or f"{indent}–"
    return f"{indent}{_scalar(outcome)}"


def _entry(key: str, value: object, indent: str) -> str:
    if isinstance(value, dict | list) and value:
        return f"{indent}{key}:\n{as_plain_text(value, indent + '  ')}"
    return f"{indent}{key}: {_scalar(value)}"


def _scalar(value: object) -> str:
    if value is None or value in ([], {}):
        return "–"
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return str(value)
