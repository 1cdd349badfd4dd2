"""What `make run` does without a display: the whole visit, and nothing missing of it."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.printing.paper_reading import all_text, page_texts, squeezed


@pytest.mark.slow
def test_one_visit_leaves_papers_and_pictures(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.visit.drive_visit", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "H29.12-261123-1001" in done.stdout
    slip = (tmp_path / "slip.pdf").read_bytes()
    assert len(page_texts(slip)) == 2
    assert squeezed("17 giờ 00 phút, ngày 25 tháng 11 năm 2026") in all_text(slip)
    form = all_text((tmp_path / "form.pdf").read_bytes())
    assert "NGUYỄNBÙIMINHKHÔI" in form
    assert "BẢNTẬPHUẤN" in form
    pictures = {path.name for path in tmp_path.glob("*.png")}
    assert pictures == {
        *("first-run.png", "intake-filled.png", "why-this-date.png", "after-receive.png", "dossier.png"),
    }


def test_without_a_folder_it_says_how_to_call_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.visit.drive_visit"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "OUT_DIR" in done.stderr
