"""Whether to ask for a password before the database is open: a small file, nothing personal in it.

Only the look of the start hangs on it. The database says who has an account, and refuses acts of nobody.
"""

import json
from pathlib import Path


class SignInHint:
    """A file beside the data; one that cannot be read or written is no error."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    @property
    def expected(self) -> bool:
        """Whether there were accounts when the data was last open."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8")) if self._path is not None else {}
        except (OSError, ValueError, RecursionError):
            return False
        return isinstance(kept, dict) and kept.get("sign_in") is True

    def keep(self, *, expected: bool) -> None:
        """Remember it for the next start."""
        if self._path is None or expected == self.expected:
            return
        try:
            self._path.write_text(json.dumps({"sign_in": expected}), encoding="utf-8")
        except OSError:
            return
