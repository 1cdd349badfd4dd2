"""The scenes of day close and reports."""

from collections.abc import Iterator

from counter_app.ui.main_window import MainWindow
from counter_app.ui.reports.reading import Page


def report_scenes(window: MainWindow) -> Iterator[str]:
    """Show every page of the reports."""
    for page in Page:
        window.open_screen("reports", page=page.value)
        yield f"reports-{page.value}"
