"""What happens to the scans of one dossier or draft; plain Python.

Pictures are read and straightened beside the clerk's acts, on threads of their own; only the short act of
attaching waits in line with the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.devices.scan_device import Colour, DeviceScan, can_scan
from counter_app.devices.scan_folder import ScanFolder, WaitingFile
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import KnownError
from counter_app.domain.scan_file import Resolution, judge
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.scans.attach import FROM_DEVICE, FROM_FILE, FROM_FOLDER, ScanOwner, attach, prepare
from counter_app.services.scans.keep import remove_scan, scans_of, view_scan
from counter_app.services.scans.scan_parts import ScanPart, parts_of_dossier
from counter_app.services.scans.scan_sources import read_file
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.services.attachments_port import Attachment, MadeScan


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A file made ready for a paper, waiting for the clerk's word because it is coarse."""

    made: "MadeScan"
    source: str
    taken: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartState:
    """One line: the paper, its file, what is under way, what went wrong, what is asked."""

    part: ScanPart
    file: "Attachment | None" = None
    busy: str = ""
    stoppable: bool = False
    problem: str = ""
    offer: Offer | None = None


@dataclass(slots=True)
class _Shown:
    owner: ScanOwner
    lines: dict[str, PartState] = field(default_factory=dict)


class ScansPresenter:
    """`changed` is called whenever `lines` or `waiting` are others."""

    def __init__(self, workspace: Workspace, changed: Callable[[], None]) -> None:
        self._workspace = workspace
        self._slow = workspace.operations.beside()
        self._changed: Callable[[], None] = changed
        self._shown: _Shown | None = None
        self._folder: ScanFolder | None = None
        self._scan: DeviceScan | None = None
        self.waiting: tuple[WaitingFile, ...] = ()
        self._slow.closing.connect(self.cancel)

    @property
    def lines(self) -> tuple[PartState, ...]:
        """The papers in the order of the checklist."""
        return tuple(self._shown.lines.values()) if self._shown else ()

    def line(self, part_id: str) -> PartState | None:
        """Return one line, or None when that paper is not on show."""
        return self._shown.lines.get(part_id) if self._shown else None

    @property
    def can_scan(self) -> bool:
        """Whether a scanner was chosen in the settings and this computer can use one."""
        return bool(self._workspace.desk.settings.scan_device) and can_scan()

    @property
    def has_folder(self) -> bool:
        """Whether a folder is watched."""
        return bool(self._workspace.desk.settings.scan_folder)

    def let_go(self) -> None:
        """Tell nobody any more: the panel is gone."""
        self._changed = _nothing

    def show(self, owner: ScanOwner, parts: Sequence[ScanPart]) -> None:
        """Show these papers; what is under way for the same owner stays under way."""
        before = self._shown.lines if self._shown and self._shown.owner == owner else {}
        lines = {
            part.part_id: replace(before.get(part.part_id) or PartState(part=part), part=part)
            for part in parts
        }
        self._shown = _Shown(owner, lines)
        self.refresh()

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the papers of a dossier."""
        desk, owner = self._workspace.desk, ScanOwner(dossier_id=dossier.dossier_id)

        def parts() -> tuple[ScanPart, ...]:
            with desk.store.reading() as queries:
                return parts_of_dossier(queries, dossier)

        self._workspace.operations.run_query(parts, done=lambda found: self.show(owner, found))

    def refresh(self) -> None:
        """Look again which files there are."""
        shown, desk = self._shown, self._workspace.desk
        if shown is None:
            return

        def found(files: "Sequence[Attachment]") -> None:
            if self._shown is not shown:
                return
            by_part = {each.part_id: each for each in files}
            for part_id, line in shown.lines.items():
                shown.lines[part_id] = replace(line, file=by_part.pop(part_id, None))
            for each in by_part.values():  # of a paper no longer on the list: never hidden
                part = ScanPart(part_id=each.part_id, name=each.part_name, order=each.part_order)
                shown.lines[each.part_id] = PartState(part=part, file=each)
            self._changed()

        self._workspace.operations.run_query(lambda: scans_of(desk, shown.owner), done=found)

    def add_files(self, part_id: str, paths: Sequence[Path]) -> None:
        """Attach files the clerk chose or dropped; they stay where they are."""
        if paths:
            self._add(part_id, lambda: [read_file(path) for path in paths], FROM_FILE, _("Đang xử lý…"))

    def add_waiting(self, part_id: str, paths: Sequence[Path]) -> None:
        """Attach files of the watched folder; they move to its folder of files taken."""
        if paths:
            read: Callable[[], list[bytes]] = lambda: [read_file(path) for path in paths]  # noqa: E731
            self._add(part_id, read, FROM_FOLDER, _("Đang xử lý…"), taken=tuple(paths))

    def scan(self, part_id: str) -> None:
        """Scan a sheet with the device of the settings."""
        if self._scan is not None:
            return
        settings = self._workspace.desk.settings
        colour = Colour.COLOUR if settings.scan_colour else Colour.GRAY
        scan = self._scan = DeviceScan(settings.scan_device, dpi=settings.scan_dpi, colour=colour)
        self._add(part_id, lambda: [scan.run()], FROM_DEVICE, _("Đang quét…"), stoppable=True)

    def cancel(self) -> None:
        """Stop the scanner."""
        if self._scan is not None:
            self._scan.cancel()

    def accept_offer(self, part_id: str) -> None:
        """Keep the file although it is coarse."""
        line, shown = self.line(part_id), self._shown
        if line is not None and line.offer is not None and shown is not None:
            self._attach(shown, line, line.offer, low_accepted=True)

    def drop_offer(self, part_id: str) -> None:
        """Do not keep it."""
        self._set(part_id, offer=None)

    def remove(self, part_id: str, reason: str) -> None:
        """Take the file off its paper."""
        line, desk = self.line(part_id), self._workspace.desk
        if line is None or line.file is None:
            return
        attachment_id, name = line.file.attachment_id, line.part.name
        self._workspace.operations.run_command(
            lambda: remove_scan(desk, attachment_id, reason),
            done=lambda _removed: self._say(_("Đã gỡ tệp của {paper}.").format(paper=name)),
            failed=lambda error: self._set(part_id, problem=text_of(error)),
        )

    def view(self, part_id: str, show: Callable[[bytes], None]) -> None:
        """Hand the PDF to `show`; the audit keeps who looked."""
        line, desk = self.line(part_id), self._workspace.desk
        if line is None or line.file is None:
            return
        attachment_id = line.file.attachment_id
        self._workspace.operations.run_command(
            lambda: view_scan(desk, attachment_id),
            done=show,
            failed=lambda error: self._set(part_id, problem=text_of(error)),
            changes=False,
        )

    def look(self) -> None:
        """Look into the watched folder."""
        chosen = self._workspace.desk.settings.scan_folder
        if not chosen:
            self._folder, self.waiting = None, ()
            return
        if self._folder is None or self._folder.folder != Path(chosen):
            self._folder = ScanFolder(Path(chosen))
        folder = self._folder

        def found(files: Sequence[WaitingFile]) -> None:
            settled = tuple(each for each in files if each.settled)
            if settled != self.waiting:
                self.waiting = settled
                self._changed()

        # A folder that cannot be reached now shows no files; the settings page says why.
        self._slow.run_query(folder.look, done=found, failed=lambda _error: found(()))

    def _add(
        self,
        part_id: str,
        read: Callable[[], list[bytes]],
        source: str,
        busy: str,
        *,
        taken: tuple[Path, ...] = (),
        stoppable: bool = False,
    ) -> None:
        line, shown, desk = self.line(part_id), self._shown, self._workspace.desk
        if line is None or shown is None or line.busy:
            return
        onto = line.file.attachment_id if line.file else ""

        def made(scan: "MadeScan") -> None:
            self._over(source)
            offer = Offer(made=scan, source=source, taken=taken)
            if judge(scan.dpi) is Resolution.LOW:
                self._set(part_id, of=shown, busy="", offer=offer)
            else:
                self._attach(shown, line, offer)

        def failed(error: KnownError) -> None:
            self._over(source)
            problem = "" if error.code == "scan_cancelled" else text_of(error)
            self._set(part_id, of=shown, busy="", problem=problem)

        self._set(part_id, busy=busy, stoppable=stoppable, problem="", offer=None)
        self._slow.run_command(
            lambda: prepare(desk, read(), onto=onto), done=made, failed=failed, changes=False
        )

    def _attach(self, shown: _Shown, line: PartState, offer: Offer, *, low_accepted: bool = False) -> None:
        desk, part_id = self._workspace.desk, line.part.part_id
        replaces = line.file.attachment_id if line.file else ""

        def attached(_attachment: "Attachment") -> None:
            self._put_away(offer.taken)
            self._set(part_id, of=shown, busy="", problem="", offer=None)
            self._say(_("Đã lưu bản quét của {paper}.").format(paper=line.part.name))
            self.refresh()

        def not_attached(error: KnownError) -> None:
            if self._shown is not None and self._shown.owner == shown.owner:
                self._set(part_id, busy="", problem=text_of(error))
            else:
                self._workspace.shell.show_error(error)  # its line is no longer on show

        self._set(part_id, of=shown, busy=_("Đang lưu…"), stoppable=False, offer=None)
        self._workspace.operations.run_command(
            lambda: attach(
                desk,
                shown.owner,
                line.part,
                offer.made,
                source=offer.source,
                replaces=replaces,
                low_accepted=low_accepted,
            ),
            done=attached,
            failed=not_attached,
        )

    def _put_away(self, paths: Sequence[Path]) -> None:
        folder = self._folder
        if paths and folder is not None:
            self._slow.run_query(
                lambda: [folder.put_away(path) for path in paths], done=lambda _moved: self.look()
            )

    def _over(self, source: str) -> None:
        if source == FROM_DEVICE:
            self._scan = None

    def _say(self, text: str) -> None:
        self._workspace.shell.notify(Notice(text=text, tone="ok"))

    def _set(self, part_id: str, *, of: _Shown | None = None, **changes: object) -> None:
        """Change a line of what is on show; what belongs to an earlier dossier is shown nowhere."""
        shown = self._shown
        if shown is None or (of is not None and of.owner != shown.owner) or part_id not in shown.lines:
            return
        shown.lines[part_id] = replace(shown.lines[part_id], **changes)  # type: ignore[arg-type]
        self._changed()


def _nothing() -> None:
    """Nobody looks any more."""
