"""Prints or saves the sheets about procedures, off the UI thread; plain Python."""

from collections.abc import Callable
from pathlib import Path

from counter_app.i18n import _
from counter_app.services.paper_content import PaperSize
from counter_app.ui.workspace import Notice, Workspace


class PaperActs:
    """What becomes of a sheet once `make` has drawn it; errors go to the message bar."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def print_sheet(self, make: Callable[[], bytes], file_name: str, done: str) -> None:
        """Print on A4 at the desk's printer; when it fails, saving as PDF is the clerk's other way."""
        desk, shell = self._workspace.desk, self._workspace.shell

        def work() -> None:
            printer = desk.settings.printer_name
            desk.printer.print_pdf(make(), printer_name=printer, size=PaperSize.A4, title=file_name)

        self._workspace.operations.run_command(
            work, done=lambda _none: shell.notify(Notice(text=done, tone="ok")), changes=False
        )

    def save_sheet(self, make: Callable[[], bytes], target: Path) -> None:
        """Write the sheet to a PDF file, whole or not at all."""
        from counter_app.services.whole_file import write_whole

        shell = self._workspace.shell
        self._workspace.operations.run_command(
            lambda: write_whole(target, make()),
            done=lambda _none: shell.notify(
                Notice(text=_("Đã lưu {name}").format(name=target.name), tone="ok")
            ),
            changes=False,
        )
