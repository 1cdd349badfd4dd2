"""counter-app print: every paper of a dossier's life, on the sheets it is offered on."""

from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.program import run_program
from tests.helpers.visits import BIRTH
from tests.printing.paper_reading import page_sizes_mm

from counter_app.domain.dossier_acts import AskSupplement
from counter_app.services.acts.perform import perform
from counter_app.services.receive_dossier import receive


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("print") / "counter"
    desk = make_desk(folder, MORNING)
    dossier = receive(desk, BIRTH, clerk="Mai")
    perform(desk, dossier.dossier_id, AskSupplement(items=("Giấy chứng sinh",), reason="Thiếu"))
    desk.store.close()
    return folder


CODE = "H29.12-261123-1001"


@pytest.mark.parametrize(
    ("paper", "size", "width"), [("supplement", "A5", 148), ("supplement", "A4", 210), ("control", "", 210)]
)
def test_a_paper_is_written(data_dir: Path, tmp_path: Path, paper: str, size: str, width: float) -> None:
    target = tmp_path / "paper.pdf"
    words = ("print", CODE, paper, "--out", str(target), *(("--size", size) if size else ()))
    outcome = run_program(data_dir, *words)
    assert outcome.exit_code == 0
    assert page_sizes_mm(target.read_bytes())[0][0] == pytest.approx(width, abs=0.1)


@pytest.mark.parametrize(
    ("paper", "size", "code"),
    [
        ("supplement", "80mm", "size_not_offered"),
        ("form:ht-khai-sinh", "A5", "size_not_offered"),
        ("apology", "A5", "paper_unknown"),
        ("supplement:2", "A5", "paper_unknown"),
        ("nonsense", "", "paper_unknown"),
    ],
)
def test_what_cannot_be_printed_is_refused(
    data_dir: Path, tmp_path: Path, paper: str, size: str, code: str
) -> None:
    target = tmp_path / "paper.pdf"
    words = ("print", CODE, paper, "--out", str(target), *(("--size", size) if size else ()))
    outcome = run_program(data_dir, *words)
    assert outcome.exit_code == 2
    assert outcome.error["code"] == code
    assert not target.exists()
