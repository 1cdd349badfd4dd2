"""No plain text of a citizen in any byte of any file of the data folder, at any moment."""

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.killed_receipt import kill_before_the_first_paper
from tests.helpers.program import run_program
from tests.helpers.visits import BIRTH, CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER, card_text

from counter_app.domain.vietnamese_text import fold
from counter_app.services.intake_drafts import save_draft
from counter_app.services.print_papers import papers_of, print_paper
from counter_app.services.receive_dossier import receive
from counter_app.services.visit_json import visit_to_json

NOW = MORNING.isoformat()
PHONE = "0987654321"
EMAIL = "dinh.thi.sen@example.vn"
APPLICANT = replace(GRANDMOTHER, phone=PHONE, email=EMAIL)
VISIT = replace(BIRTH, applicant=APPLICANT, slip_asked=True)
PLACE = str(CHILD_ANSWERS["ks_noi_sinh"])
WORDS = (
    *(person.full_name for person in (APPLICANT, MOTHER, FATHER)),
    *(person.personal_id for person in (APPLICANT, MOTHER, FATHER)),
    str(CHILD_ANSWERS["ks_ho_ten"]),
    *(APPLICANT.address, "Xóm Chiềng", PLACE, PHONE, EMAIL),
)


def shapes(word: str) -> set[bytes]:
    """Return the bytes a word could lie on a disk in."""
    forms = {word, word.upper(), word.lower(), fold(word), json.dumps(word).strip('"')}
    forms |= {unicodedata.normalize("NFD", form) for form in forms}
    return {form.encode(code) for form in forms for code in ("utf-8", "utf-16-le", "utf-16-be")}


NEEDLES = {shape for word in WORDS for shape in shapes(word)}


def assert_unreadable(folder: Path) -> None:
    """Search every file, the database's log and shared memory too."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert folder / "counter.db" in files
    for path in files:
        content = path.read_bytes()
        found = [needle for needle in NEEDLES if needle in content]
        assert found == [], path.name


def test_the_search_finds_what_lies_open(tmp_path: Path) -> None:
    (tmp_path / "counter.db").write_bytes(b"\x00" + "ĐINH THỊ SEN".encode("utf-16-le"))
    with pytest.raises(AssertionError):
        assert_unreadable(tmp_path)


def test_nothing_is_readable_after_draft_intake_and_print(tmp_path: Path) -> None:
    folder = tmp_path / "counter"
    desk = make_desk(folder, MORNING)
    save_draft(
        desk,
        draft_id="0193",
        procedure_id=VISIT.procedure_id,
        procedure_name="Đăng ký khai sinh",
        applicant_name=APPLICANT.full_name,
        state=visit_to_json(VISIT),
    )
    assert_unreadable(folder)
    dossier = receive(desk, VISIT, clerk="Mai")
    assert_unreadable(folder)
    for name in papers_of(dossier):
        print_paper(desk, dossier, name)
    assert_unreadable(folder)
    desk.store.close()
    assert_unreadable(folder)
    assert (folder / "counter.db").stat().st_size > 50_000


def test_nothing_is_readable_after_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporary files count as well: the program gets a folder of its own for them."""
    folder, out, answers = tmp_path / "counter", tmp_path / "out", tmp_path / "answers.json"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    make_desk(folder, MORNING).store.close()
    applicant = {"phone": PHONE, "email": EMAIL}
    fields = {"ht-khai-sinh": CHILD_ANSWERS}
    answers.write_text(json.dumps({"applicant": applicant, "fields": fields}), encoding="utf-8")
    cards = [word for p in (APPLICANT, MOTHER, FATHER) for word in ("--card", card_text(p))]
    words = (
        "receive",
        "--procedure",
        VISIT.procedure_id,
        "--case",
        VISIT.case_id,
        "--answers",
        str(answers),
        *cards,
        "--slip",
    )

    kill_before_the_first_paper(folder, out, (*words, "--out", str(out)), now=NOW)
    assert (folder / "counter.db-wal").stat().st_size > 0
    assert_unreadable(folder)
    assert list(temporary.rglob("*")) == []

    code = "H29.12-261123-1001"
    printed = run_program(folder, "print", code, "slip", "--out", str(out / "slip.pdf"), now=NOW)
    assert printed.exit_code == 0, printed.stderr
    assert_unreadable(folder)
    assert list(temporary.rglob("*")) == []
