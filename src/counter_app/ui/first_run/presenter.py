"""Setting up the counter from the answers of the first run; plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from counter_app.domain.errors import KnownError
from counter_app.domain.office import Counter, Office
from counter_app.services import office_settings
from counter_app.services.accounts.sign_in import sign_in
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.paper_content import PaperSize
from counter_app.services.set_up_counter import set_up_counter
from counter_app.ui.operations import Ticket
from counter_app.ui.session.acts import judged
from counter_app.ui.session.strength_line import Judged
from counter_app.ui.settings.test_slip import sample_slip
from counter_app.ui.workspace import Workspace


def blank_settings(*, training: bool = False) -> OfficeSettings:
    """Return settings nobody has answered yet."""
    return OfficeSettings(
        office=Office(unit_code="", name="", province=""),
        counter=Counter(number=1, device_id="", training=training),
        clerk="",
    )


class FirstRunPresenter:
    """Checks the answers step by step and writes them once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def problem_of(self, settings: OfficeSettings, *, clerk_asked: bool) -> KnownError | None:
        """Return what is wrong with the answers so far, or None."""
        checked = settings if clerk_asked else replace(settings, clerk=settings.clerk or "-")
        try:
            office_settings.check(checked)
        except KnownError as error:
            return error
        return None

    def judge(self, office: Office, password: str, names: Sequence[str], told: Judged) -> Ticket:
        """Tell what is wrong with a password, and how strong it is."""
        desk = self._workspace.desk
        return self._workspace.operations.run_query(
            lambda: judged(desk, office, password, names), done=lambda found: told(*found)
        )

    def finish(
        self,
        settings: OfficeSettings,
        *,
        username: str,
        password: str,
        done: Callable[[], None],
        failed: Callable[[KnownError], None],
    ) -> None:
        """Set the counter up; the codes and papers are right from the first dossier on.

        With a password the administrator's account is made, and the administrator is at the desk.
        """
        desk = self._workspace.desk

        def work() -> None:
            set_up_counter(
                desk,
                office=settings.office,
                counter_number=settings.counter.number,
                clerk=settings.clerk,
                username=username,
                password=password,
                training=settings.counter.training,
            )
            if password:
                sign_in(desk, username, password)
            desk.save_settings(
                replace(
                    desk.settings,
                    printer_name=settings.printer_name,
                    slip_size=settings.slip_size,
                    serial_port=settings.serial_port,
                )
            )

        self._workspace.operations.run_command(work, done=lambda _result: done(), failed=failed)

    def print_sheet(self, *, done: Callable[[], None], failed: Callable[[KnownError], None]) -> None:
        """Print the recovery sheet; a sheet printed before is void then."""
        from counter_app.services.keys.sheet import print_recovery_sheet

        desk = self._workspace.desk
        self._workspace.operations.run_command(
            lambda: print_recovery_sheet(desk),
            done=lambda _fingerprint: done(),
            failed=failed,
            changes=False,
        )

    def test_print(
        self,
        settings: OfficeSettings,
        printer_name: str,
        size: PaperSize,
        *,
        done: Callable[[], None],
        failed: Callable[[KnownError], None],
    ) -> None:
        """Print a sample slip."""
        desk = self._workspace.desk

        def work() -> None:
            pdf = desk.renderer.slip(sample_slip(settings.office, settings.clerk, desk.clock.now()), size)
            desk.printer.print_pdf(pdf, printer_name=printer_name, size=size, title="test")

        self._workspace.operations.run_command(
            work, done=lambda _result: done(), failed=failed, changes=False
        )
