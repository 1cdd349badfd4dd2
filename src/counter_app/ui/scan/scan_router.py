"""Sends each scan where it belongs: a card to the intake, a slip to its dossier."""

from collections.abc import Callable

from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.messages import text_of_code
from counter_app.ui.workspace import Notice, Screen, Workspace


class ScanRouter:
    """Decides by what was scanned and which screen is in front; plain Python.

    `new_citizen` is called before a card is used: what was said of another citizen no longer counts.
    """

    def __init__(
        self,
        workspace: Workspace,
        current: Callable[[], Screen | None],
        new_citizen: Callable[[], None] = lambda: None,
    ) -> None:
        self._workspace = workspace
        self._current = current
        self._new_citizen = new_citizen

    def route(self, data: str | bytes) -> None:
        """Use one scan; tells the clerk what to do when it is nothing we know."""
        from counter_app.domain.scan import ScanKind, read_scan

        screen = self._current()
        if screen is not None and screen.take_raw_scan(data):
            return
        desk, shell = self._workspace.desk, self._workspace.shell
        try:
            scan = read_scan(data, today=desk.clock.now().date(), unit_code=desk.settings.office.unit_code)
        except KnownError as error:
            shell.show_error(error)
            return
        if scan.kind in (ScanKind.CITIZEN_CARD, ScanKind.MRZ):
            self._new_citizen()
        if scan.kind is ScanKind.UNKNOWN:
            shell.notify(Notice(text=unknown_words(scan.reason), tone="warn"))
        elif screen is not None and screen.take_scan(scan):
            return
        elif scan.kind is ScanKind.DOSSIER_CODE:
            self._open_slip(scan.dossier_code or "")
        else:
            shell.open_screen("intake", scan=scan)

    def _open_slip(self, code: str) -> None:
        """Open the return when the result is there, else the dossier, which says where it is."""
        from counter_app.domain.dossier_status import DossierStatus
        from counter_app.services.look_up import status_of

        desk, shell = self._workspace.desk, self._workspace.shell

        def show(status: DossierStatus | None) -> None:
            to_return = status is DossierStatus.RESOLVED
            shell.open_screen("returns" if to_return else "dossier", dossier_code=code)

        self._workspace.operations.run_query(lambda: status_of(desk, code), done=show)


def unknown_words(reason: str) -> str:
    """Return what happened and what to do about a scan nobody could read."""
    words = text_of_code(reason, {})
    if words == reason:
        return _("Không nhận ra mã vừa quét. Hãy quét mã QR trên thẻ căn cước hoặc mã trên giấy hẹn.")
    return words
