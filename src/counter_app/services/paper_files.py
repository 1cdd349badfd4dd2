"""Writes papers as PDF files into a folder: the file appears whole or not at all."""

from pathlib import Path
from tempfile import TemporaryFile

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.desk import Desk
from counter_app.services.paper_content import PaperSize
from counter_app.services.print_papers import Paper, save_paper
from counter_app.services.whole_file import write_whole


def require_writable(folder: Path) -> None:
    """Find out before anything is saved whether papers can be written into `folder`; makes nothing.

    Raises:
        EnvironmentProblem: ``papers_folder_not_writable`` (reason).
    """
    try:
        there = folder
        while not there.exists() and there != there.parent:
            there = there.parent
        with TemporaryFile(dir=there):
            pass
    except OSError as problem:
        raise EnvironmentProblem("papers_folder_not_writable", reason=problem.strerror or "") from problem


def write_paper(desk: Desk, dossier: Dossier, paper: str, *, folder: Path, size: PaperSize) -> Path:
    """Write `paper` as CODE-paper.pdf into `folder` and return its path; counted as a copy."""
    target = folder / f"{dossier.dossier_code}-{paper.replace(':', '-')}.pdf"
    write_paper_to(desk, dossier, paper, target=target, size=size)
    return target


def write_paper_to(desk: Desk, dossier: Dossier, paper: str, *, target: Path, size: PaperSize) -> Paper:
    """Write `paper` to the file `target`.

    Raises:
        EnvironmentProblem: ``paper_not_saved``; the attempt is on record.
    """
    return save_paper(desk, dossier, paper, lambda rendered: write_whole(target, rendered.pdf), size=size)
