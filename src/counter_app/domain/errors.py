"""The three families of failures a clerk can be told about; anything else is a bug.

Errors carry a stable code and parameters, never a sentence: `counter_app.messages` turns them
into the words of the user's language.
"""

from collections.abc import Mapping


class KnownError(Exception):
    """A failure with a stable ``code`` and the ``params`` its message needs."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        # Parameters may hold a citizen's words, so logs get their names only.
        return f"{self.code}({', '.join(sorted(self.params))})"


class BadInput(KnownError):
    """What was typed, scanned or passed cannot be used; the clerk corrects it (exit code 2)."""


class RuleRefusal(KnownError):
    """A rule of the office or of law forbids the act (exit code 3)."""


class EnvironmentProblem(KnownError):
    """Disk, database, printer, network or another running instance is in the way (exit code 4)."""
