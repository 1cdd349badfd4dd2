"""One dossier in the clerk's words, and printing its papers again; plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.dossier import Channel, Dossier, ReturnBy, SubmittedPart
from counter_app.domain.errors import KnownError
from counter_app.domain.fee import Charge, format_vnd, total
from counter_app.i18n import _, moment
from counter_app.messages import text_of
from counter_app.services import look_up, paper_files, print_papers
from counter_app.services.acts.act_facts import ActFacts, facts_of
from counter_app.services.acts.known_holders import known_holders
from counter_app.services.audit.noted import note_dossier_view
from counter_app.services.look_up import DossierFile
from counter_app.services.papers import names
from counter_app.services.ports import SENDING
from counter_app.ui.workspace import Notice, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A paper of the dossier: how it is called and how often it left the counter."""

    paper: str
    name: str
    copies: int
    last: str
    failed: bool


class DossierPresenter:
    """Loads a dossier and prints its papers; `show` gets each new file, `failed` a message."""

    def __init__(
        self, workspace: Workspace, *, show: Callable[[DossierFile], None], failed: Callable[[str], None]
    ) -> None:
        self._workspace = workspace
        self._show = show
        self._failed = failed
        self.file: DossierFile | None = None
        self.facts: ActFacts | None = None
        self.holders: tuple[str, ...] = ()
        self.code = ""

    def load(self, dossier_code: str, *, again: bool = False) -> None:
        """Show the dossier of a code, and note that it was looked at unless it is shown `again`."""
        self.code = dossier_code
        desk = self._workspace.desk

        def look() -> tuple[DossierFile, ActFacts | None, tuple[str, ...]]:
            file = look_up.open_dossier(desk, dossier_code)
            with desk.store.reading() as queries:
                holders = known_holders(queries)
            try:
                return file, facts_of(desk, file.dossier), holders
            except KnownError:
                return file, None, holders  # it can still be looked at where nothing can be done with it

        def shown(found: tuple[DossierFile, ActFacts | None, tuple[str, ...]]) -> None:
            if self.code == dossier_code:
                self.file, self.facts, self.holders = found
                self._show(self.file)
                if not again:
                    self._note_look(self.file.dossier.dossier_id)

        self._workspace.operations.run_query(
            look,
            done=shown,
            failed=lambda error: self._failed(text_of(error)),
        )

    def refresh(self) -> None:
        """Look again after something changed."""
        if self.code and self.file is not None:
            self.load(self.code, again=True)

    def _note_look(self, dossier_id: str) -> None:
        """Only now: nobody waits for a dossier longer because it is put on record."""
        desk = self._workspace.desk
        self._workspace.operations.run_command(lambda: note_dossier_view(desk, dossier_id), changes=False)

    def reprint(self, paper: str) -> None:
        """Print a paper once more; counted and marked, with a PDF offered when the printer fails."""
        if self.file is None:
            return
        desk, dossier = self._workspace.desk, self.file.dossier
        shell = self._workspace.shell

        def printed(done: print_papers.Paper) -> None:
            words = _("Đã in {name} (bản thứ {copy}).").format(name=self.paper_name(paper), copy=done.copy_no)
            shell.notify(Notice(text=words, tone="ok"))

        def failed(error: KnownError) -> None:
            self.refresh()
            words = _("{problem} Hồ sơ không mất; có thể lưu PDF rồi in ở máy khác.").format(
                problem=text_of(error)
            )
            shell.notify(
                Notice(text=words, tone="bad", label=_("Lưu PDF"), action=lambda: self._ask_where(paper))
            )

        self._workspace.operations.run_command(
            lambda: print_papers.print_paper(desk, dossier, paper), done=printed, failed=failed
        )

    def save_pdf(self, paper: str, target: Path) -> None:
        """Write a paper to a PDF file; counted like a print."""
        if self.file is None:
            return
        desk, dossier = self._workspace.desk, self.file.dossier
        shell = self._workspace.shell
        size = desk.settings.slip_size
        self._workspace.operations.run_command(
            lambda: paper_files.write_paper_to(desk, dossier, paper, target=target, size=size),
            done=lambda _paper: shell.notify(
                Notice(text=_("Đã lưu {name}").format(name=target.name), tone="ok")
            ),
        )

    ask_where: Callable[[str], None] | None = None

    def _ask_where(self, paper: str) -> None:
        if self.ask_where is not None:
            self.ask_where(paper)

    def papers(self) -> list[PaperLine]:
        """Return every paper that can be printed now, the slip first."""
        if self.file is None:
            return []
        return [self._paper_line(name) for name in print_papers.papers_of(self.file.dossier)]

    def paper_name(self, paper: str) -> str:
        """Return what a paper is called."""
        if self.file is None:
            return paper
        template = self.file.templates.get(paper.removeprefix(print_papers.FORM_PREFIX))
        if paper.startswith(print_papers.FORM_PREFIX) and template is not None:
            return template.title.capitalize()
        return names.paper_name(paper, self.file.dossier)

    def _paper_line(self, paper: str) -> PaperLine:
        prints = [record for record in self.file.prints if record.paper == paper] if self.file else []
        good = [record for record in prints if record.outcome != "failed"]
        failed = bool(prints) and prints[-1].outcome in ("failed", SENDING)
        if failed and prints[-1].outcome == SENDING:
            last = _("Không rõ đã in chưa, {at}").format(at=moment(prints[-1].at))
        elif failed:
            last = _("In lỗi lúc {at}").format(at=moment(prints[-1].at))
        elif good:
            kind = _("Lưu PDF") if good[-1].outcome == "saved" else _("In")
            last = _("{kind} lần {n}, {at}").format(kind=kind, n=good[-1].copy_no, at=moment(good[-1].at))
        else:
            last = _("Chưa in")
        return PaperLine(paper=paper, name=self.paper_name(paper), copies=len(good), last=last, failed=failed)


def facts(dossier: Dossier) -> list[tuple[str, str]]:
    """Return the facts of the receipt as (label, value)."""
    channels = {
        Channel.COUNTER: _("Trực tiếp tại quầy"),
        Channel.ONLINE: _("Trực tuyến"),
        Channel.POSTAL: _("Bưu chính công ích"),
    }
    returns = {
        ReturnBy.COUNTER: _("Nhận tại Bộ phận một cửa"),
        ReturnBy.POSTAL: _("Qua bưu chính công ích"),
    }
    lines = [
        (_("Lĩnh vực"), dossier.procedure.sector),
        (_("Mã thủ tục"), dossier.procedure.national_code),
        (_("Trường hợp"), dossier.procedure.case_name),
        (_("Tiếp nhận lúc"), moment(dossier.received_at)),
        (_("Cán bộ tiếp nhận"), f"{dossier.clerk} · " + _("Quầy {n}").format(n=dossier.counter)),
        (_("Hình thức nộp"), channels[dossier.channel]),
        (_("Cán bộ viết hộ"), _("Có") if dossier.assisted else _("Không")),
        (_("Trả kết quả"), returns[dossier.return_by]),
        (_("Mã tra cứu"), dossier.lookup_secret),
        (_("Mã khác"), ", ".join(dossier.aliases)),
    ]
    return [(label, value) for label, value in lines if value]


def part_words(part: SubmittedPart) -> str:
    """Return "1 bản chính, 2 bản sao" or "đã xuất trình"."""
    counted = (
        (part.original, _("bản chính")),
        (part.copy, _("bản sao")),
        (part.electronic, _("bản điện tử")),
    )
    words = [f"{count} {kind}" for count, kind in counted if count]
    if part.presented:
        words.append(_("đã xuất trình"))
    if part.held:
        words.append(_("giữ tạm {count}, phải trả lại").format(count=part.held))
    return ", ".join(words)


def charge_words(charge: Charge) -> str:
    """Return the amount, or that it is not known yet; never 0 for unknown."""
    if charge.amount_vnd is None:
        return _("chưa biết")
    return format_vnd(charge.amount_vnd)


def total_words(charges: Sequence[Charge]) -> str:
    """Return the sum of all charges, or that a part of it is unknown."""
    amount = total(charges)
    return _("chưa đủ mức thu") if amount is None else format_vnd(amount)
