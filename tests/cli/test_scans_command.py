"""The scans command: what a script sees of scanned papers, adds, and copies out."""

from pathlib import Path

import pytest
from tests.devices.scan_samples import picture_bytes, scanned_pdf, text_page
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.program import run_program
from tests.helpers.visits import BIRTH

from counter_app.services.receive_dossier import receive

NOW = MORNING.isoformat()
PART = "giay_chung_sinh"


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("scans") / "counter"
    desk = make_desk(folder, MORNING)
    code = receive(desk, BIRTH, clerk="Mai").dossier_code
    desk.store.close()
    return folder, code


@pytest.mark.slow
def test_add_list_and_export(counter: tuple[Path, str], tmp_path: Path) -> None:
    folder, code = counter
    page, photo = tmp_path / "page.pdf", tmp_path / "photo.png"
    page.write_bytes(scanned_pdf(300))
    photo.write_bytes(picture_bytes(text_page(1240, 1754)))

    listed = run_program(folder, "scans", "list", code, now=NOW)
    assert [line["file"] for line in listed.out if line["part_id"] == PART] == [None]

    added = run_program(folder, "scans", "add", code, PART, str(page), now=NOW)
    assert (added.exit_code, added.error) == (0, None)
    assert added.out["name"].startswith(f"{code}-")
    assert added.out["name"].endswith(f"-{PART}.pdf")
    assert (added.out["pages"], added.out["dpi"]) == (1, 300)

    coarse = run_program(folder, "scans", "add", code, PART, str(photo), now=NOW)
    assert (coarse.exit_code, coarse.error["code"]) == (3, "scan_resolution_low")
    assert coarse.error["details"] == {"dpi": 150, "wanted": 200}
    both = run_program(folder, "scans", "add", code, PART, str(photo), "--accept-low", now=NOW)
    assert (both.out["pages"], both.out["dpi"]) == (2, 150)
    alone = run_program(folder, "scans", "add", code, PART, str(page), "--replace", now=NOW)
    assert (alone.out["pages"], alone.out["sha256"]) == (1, added.out["sha256"])

    out = tmp_path / "out"
    copied = run_program(folder, "scans", "export", code, "--out", str(out), now=NOW)
    assert [Path(path).read_bytes() for path in copied.out["files"]] == [page.read_bytes()]
    shown = run_program(folder, "show", code, now=NOW).out
    swapped = ["attachment_removed", "attached"]
    assert [step["act"] for step in shown["history"]] == ["received", "attached", *swapped, *swapped]
    checks = {check["name"]: check for check in run_program(folder, "doctor", now=NOW).out["checks"]}
    assert checks["scans"]["ok"] is True


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("add", "CODE", PART), 2, "usage"),
        (("export", "CODE"), 2, "usage"),
        (("list", "CODE", "extra"), 2, "usage"),
        (("list", "H29.12-261123-9999"), 2, "dossier_unknown"),
        (("add", "CODE", "no_such_paper", "FILE"), 2, "part_unknown"),
        (("add", "CODE", PART, "nowhere.pdf"), 2, "scan_unreadable"),
        (("add", "CODE", PART, "FILE"), 2, "scan_not_supported"),
    ],
)
def test_what_cannot_be_done_is_told(
    counter: tuple[Path, str], tmp_path: Path, words: tuple[str, ...], exit_code: int, code: str
) -> None:
    folder, dossier_code = counter
    wrong = tmp_path / "wrong.pdf"
    wrong.write_bytes(b"MZ")
    meant = {"CODE": dossier_code, "FILE": str(wrong)}
    outcome = run_program(folder, "scans", *(meant.get(word, word) for word in words), now=NOW)
    assert (outcome.exit_code, outcome.error["code"]) == (exit_code, code)
    assert str(tmp_path) not in outcome.stderr
