"""Looks into packs, installs them, takes them back; every step off the UI thread; plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.data_pack import DataVersion, InstalledPack, PackPreview
from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services import daily_notices, install_pack
from counter_app.ui.operations import Ticket
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.services.install_pack import PackInstallation


@dataclass(frozen=True, slots=True, kw_only=True)
class PacksState:
    """What the page knows. ``preview`` of ``file`` is asked about; ``taking_back`` instead of installing.

    ``waiting`` says in words what is under way, ``problem`` why the last wish was refused.
    """

    versions: tuple[DataVersion, ...] = ()
    packs: tuple[InstalledPack, ...] = ()
    problems: tuple[str, ...] = ()
    max_age: int = daily_notices.DEFAULT_MAX_AGE
    waiting: str = ""
    problem: str = ""
    file: Path | None = None
    preview: PackPreview | None = None
    taking_back: bool = False


class DataPacksPresenter:
    """`changed` is called after every change of ``state``."""

    def __init__(self, workspace: Workspace, changed: Callable[[], None]) -> None:
        self._workspace = workspace
        self._changed = changed
        self._ticket: Ticket | None = None
        self.state = PacksState()

    @property
    def today(self) -> date:
        """The office's date."""
        return self._workspace.desk.clock.now().date()

    def load(self) -> None:
        """Look again which data counts."""
        desk = self._workspace.desk

        def work() -> PacksState:
            return PacksState(
                versions=tuple(desk.catalogue.data_versions()),
                packs=tuple(desk.packs.installed()),
                problems=tuple(text_of(problem) for problem in desk.catalogue.problems),
                max_age=daily_notices.max_data_age(desk),
            )

        self._workspace.operations.run_query(work, done=self._loaded, failed=self._refused)

    def look_into(self, file: Path) -> None:
        """Check a pack file and show what it would change; nothing is installed."""
        desk = self._workspace.desk
        words = _("Đang kiểm tra chữ ký và nội dung gói {name}…").format(name=file.name)
        self._ask(words, lambda: install_pack.preview_pack(desk, file), file=file)

    def look_back(self, pack: InstalledPack) -> None:
        """Show what taking a pack back would change; nothing is done."""
        desk, info = self._workspace.desk, pack.info
        words = _("Đang so với dữ liệu trước…")
        self._ask(words, lambda: install_pack.preview_roll_back(desk, info.kind, info.unit), taking_back=True)

    def give_up(self) -> None:
        """Back to the overview; nothing was changed."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._become(waiting="", problem="", file=None, preview=None, taking_back=False)

    def confirm(self) -> None:
        """Do what the preview showed: install the file, or take the pack back."""
        preview = self.state.preview
        if preview is None or self.state.waiting:
            return
        if self.state.taking_back:
            self._take_back(preview)
        elif self.state.file is not None:
            self._install(self.state.file)

    def change_sheet(self) -> Callable[[], bytes]:
        """Return what draws the list of changes on show."""
        from counter_app.services.catalogue_papers import change_paper

        desk, preview, today = self._workspace.desk, self.state.preview, self.today
        if preview is None:
            raise AssertionError("no preview is on show")
        return lambda: change_paper(desk, preview.changes, str(preview.info.version), today)

    def keep_max_age(self, days: object) -> None:
        """Remember after how many days without a pack the clerk is told."""
        desk, shell = self._workspace.desk, self._workspace.shell
        self._workspace.operations.run_command(
            lambda: daily_notices.set_max_data_age(desk, days),
            done=lambda _none: shell.notify(Notice(text=_("Đã lưu."), tone="ok")),
        )

    def _ask(
        self,
        words: str,
        work: Callable[[], PackPreview],
        *,
        file: Path | None = None,
        taking_back: bool = False,
    ) -> None:
        self.give_up()
        self._become(waiting=words, file=file, taking_back=taking_back)
        self._ticket = self._workspace.operations.run_query(
            work, done=lambda preview: self._become(waiting="", preview=preview), failed=self._refused
        )

    def _install(self, file: Path) -> None:
        desk = self._workspace.desk

        def done(installed: "PackInstallation") -> None:
            words = _("Đã cài gói {version}.").format(version=installed.pack.info.version)
            self._counts_now(words)

        self._become(waiting=_("Đang cài gói dữ liệu…"))
        self._workspace.operations.run_command(
            lambda: install_pack.install_pack(desk, file), done=done, failed=self._refused
        )

    def _take_back(self, preview: PackPreview) -> None:
        desk, info = self._workspace.desk, preview.info

        def done(_now: InstalledPack | None) -> None:
            self._counts_now(_("Đã quay lại dữ liệu trước gói {version}.").format(version=info.version))

        self._become(waiting=_("Đang quay lại dữ liệu trước…"))
        self._workspace.operations.run_command(
            lambda: install_pack.roll_back_pack(desk, info.kind, info.unit), done=done, failed=self._refused
        )

    def _counts_now(self, words: str) -> None:
        self.state = PacksState()
        self._workspace.shell.notify(Notice(text=words, tone="ok"))
        self._workspace.shell.catalogue_changed()
        self.load()

    def _loaded(self, found: PacksState) -> None:
        self._become(
            versions=found.versions, packs=found.packs, problems=found.problems, max_age=found.max_age
        )

    def _refused(self, error: KnownError) -> None:
        self._become(waiting="", preview=None, problem=text_of(error))

    def _become(self, **changes: object) -> None:
        from dataclasses import replace

        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._changed()


def can_go_back(packs: Sequence[InstalledPack], pack: InstalledPack) -> bool:
    """Tell whether a pack is the last of its kind and counts, so that it can be taken back."""
    same = [
        each
        for each in packs
        if (each.info.kind, each.info.unit) == (pack.info.kind, pack.info.unit) and each.active
    ]
    return bool(same) and same[0] == pack
