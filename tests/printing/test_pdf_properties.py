"""The files themselves: same bytes for the same paper, all fonts inside, nothing personal around it."""

import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from sample_forms import birth_content
from sample_slips import FULL, SLIP

from counter_app.domain.errors import EnvironmentProblem
from counter_app.printing import fonts
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import PaperSize

RENDERER = ReportlabPaperRenderer()
PAPERS = {
    "slip A5": lambda: RENDERER.slip(SLIP, PaperSize.A5),
    "slip A4": lambda: RENDERER.slip(SLIP, PaperSize.A4),
    "stub": lambda: RENDERER.slip(SLIP, PaperSize.MM80),
    "long slip": lambda: RENDERER.slip(FULL, PaperSize.A5),
    "form": lambda: RENDERER.form(birth_content()),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_content_gives_the_same_bytes(paper: str) -> None:
    assert PAPERS[paper]() == PAPERS[paper]()


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from sample_slips import SLIP\n"
        "from counter_app.printing.renderer import ReportlabPaperRenderer\n"
        "from counter_app.services.paper_content import PaperSize\n"
        "pdf = ReportlabPaperRenderer().slip(SLIP, PaperSize.A5)\n"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    arguments = [sys.executable, "-c", program, str(Path(__file__).parent)]
    digests = {
        subprocess.run(
            arguments, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_every_font_is_embedded(paper: str) -> None:
    pdf = PAPERS[paper]()
    names = re.findall(rb"/BaseFont /(\S+)", pdf)
    assert names
    assert all(re.fullmatch(rb"[A-Z]{6}\+Tinos.*", name) for name in names)
    assert pdf.count(b"/FontFile2") == len(set(re.findall(rb"/FontName /(\S+)", pdf)))
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize("paper", PAPERS)
def test_properties_name_the_paper_and_no_citizen(paper: str) -> None:
    pdf = PAPERS[paper]()
    document = pypdfium2.PdfDocument(pdf)
    told = document.get_metadata_dict()
    document.close()
    assert told["Title"]
    around = " ".join(told.values())
    assert SLIP.applicant_name not in around
    assert "DƯƠNG" not in around
    assert SLIP.dossier_code not in around
    assert b"/Lang (vi)" in pdf


def test_papers_are_small() -> None:
    assert len(PAPERS["slip A5"]()) < 120_000
    assert len(PAPERS["form"]()) < 120_000


def test_a_missing_font_is_the_environments_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_FILES", {"Tinos-Absent": "Tinos-Absent.ttf"})
    with pytest.raises(EnvironmentProblem) as caught:
        fonts.register_fonts(tmp_path)
    assert caught.value.code == "font_missing"
    assert caught.value.params == {"file": "Tinos-Absent.ttf"}
