"""No personal id in any barcode, QR code, log line or file name; the slip masks it too."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import PaperTray, make_desk
from tests.helpers.program import INIT, run_program
from tests.helpers.visits import BIRTH, CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER, birth_words, card_text
from tests.printing.paper_reading import all_text, codes, images

from counter_app.domain.errors import EnvironmentProblem, KnownError
from counter_app.domain.scan import read_scan
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import drafts, save_draft
from counter_app.services.look_up import find, open_dossier
from counter_app.services.paper_content import PaperSize
from counter_app.services.print_papers import papers_of, print_paper, render
from counter_app.services.receive_dossier import receive
from counter_app.services.visit import Visit
from counter_app.services.visit_json import visit_to_json

PHONE = "0987654321"
APPLICANT = replace(GRANDMOTHER, phone=PHONE, email="dinh.thi.sen@example.vn", old_id="113456789")
VISIT = replace(BIRTH, applicant=APPLICANT, slip_asked=True)
PEOPLE = (APPLICANT, MOTHER, FATHER)
NUMBERS = (*(person.personal_id for person in PEOPLE), APPLICANT.old_id, PHONE)
NAMES = (
    *(person.full_name for person in PEOPLE),
    *("Dinh Thi Sen", "Bui Thi Hong Nhung", "Nguyen Van Thang"),
    str(CHILD_ANSWERS["ks_ho_ten"]),
    "Xóm Chiềng",
    "example.vn",
)


def assert_nobody_in(text: str) -> None:
    """Neither names nor numbers of the visit, in whatever case and with whatever between the digits."""
    digits = "".join(c for c in text if c.isdigit())
    for number in NUMBERS:
        assert number not in text
        assert number not in digits
    for name in NAMES:
        assert name.casefold() not in text.casefold()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = make_desk(tmp_path / "counter", MORNING)
    yield opened
    opened.store.close()


@pytest.mark.parametrize("size", list(PaperSize))
@pytest.mark.parametrize("copy_no", [1, 2])
def test_codes_on_paper_hold_the_dossier_and_nobody(desk: Desk, size: PaperSize, copy_no: int) -> None:
    dossier = receive(desk, VISIT, clerk="Mai")
    seen: list[tuple[str, str]] = []
    for name in papers_of(dossier):
        paper = render(desk, dossier, name, copy_no=copy_no, size=size)
        seen += [code for image in images(paper.pdf) for code in codes(image)]
    formats = {kind for kind, _ in seen}
    assert any("128" in kind for kind in formats)
    assert any("QR" in kind for kind in formats)
    for _, text in seen:
        assert text.removesuffix(f"/{dossier.lookup_secret}") == dossier.dossier_code
        assert_nobody_in(text.replace(dossier.dossier_code, ""))
        assert read_scan(text, today=MORNING.date()).dossier_code == dossier.dossier_code


def test_the_slip_masks_the_personal_id(desk: Desk) -> None:
    dossier = receive(desk, VISIT, clerk="Mai")
    text = all_text(render(desk, dossier, "slip", copy_no=1, size=PaperSize.A5).pdf)
    assert "0171******21" in text
    for number in (APPLICANT.personal_id, MOTHER.personal_id, FATHER.personal_id, APPLICANT.old_id):
        assert number not in text


def test_a_list_never_shows_a_whole_number(desk: Desk) -> None:
    receive(desk, VISIT, clerk="Mai")
    (row,) = find(desk, APPLICANT.personal_id)
    assert row.personal_id_masked == "0171******21"
    assert not [
        value for value in map(str, (row.applicant, row.procedure, row.dossier_code)) if PHONE in value
    ]


def work_a_day(desk: Desk, visit: Visit) -> None:
    """Everything a counter does, the failures too."""
    save_draft(
        desk,
        draft_id=desk.ids.new_id(),
        procedure_id=visit.procedure_id,
        procedure_name="Đăng ký khai sinh",
        applicant_name=APPLICANT.full_name,
        state=visit_to_json(visit),
    )
    drafts(desk)
    dossier = receive(desk, visit, clerk="Mai")
    for name in papers_of(dossier):
        print_paper(desk, dossier, name)
    find(desk, APPLICANT.full_name)
    find(desk, APPLICANT.personal_id)
    open_dossier(desk, dossier.dossier_code)
    logger = logging.getLogger("counter_app")
    wrong = {"ht-khai-sinh": CHILD_ANSWERS | {"ks_ngay_sinh": "2027-01-01"}}
    for broken in (replace(visit, fields=wrong), replace(visit, fields={}), replace(visit, case_id="x")):
        with pytest.raises(KnownError) as refused:
            receive(desk, broken, clerk="Mai")
        logger.error("refused", exc_info=refused.value)
    tray = desk.printer
    assert isinstance(tray, PaperTray)
    tray.failing = True
    with pytest.raises(EnvironmentProblem) as failed:
        print_paper(desk, dossier, "slip")
    logger.error("failed", exc_info=failed.value)
    card = read_scan(card_text(APPLICANT), today=MORNING.date())
    logger.info("scanned %s %r", card, card)


def test_no_log_line_says_who_came(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)  # before the database opens, so that its engine logs too
    desk = make_desk(tmp_path / "counter", MORNING)
    work_a_day(desk, VISIT)
    desk.store.close()
    assert caplog.records
    formatter = logging.Formatter("%(name)s %(message)s %(exc_text)s")
    for record in caplog.records:
        assert_nobody_in(formatter.format(record))


def test_the_program_says_nothing_of_citizens_to_the_console(tmp_path: Path) -> None:
    """Standard error is what an administrator copies into a mail."""
    data_dir, answers = tmp_path / "counter", tmp_path / "answers.json"
    assert run_program(data_dir, *INIT).exit_code == 0
    fields = {"ht-khai-sinh": CHILD_ANSWERS | {"ks_ngay_sinh": "2027-01-01"}}
    answers.write_text(json.dumps({"applicant": {"phone": PHONE}, "fields": fields}), encoding="utf-8")
    cards = [word for person in PEOPLE for word in ("--card", card_text(person))]
    words = birth_words(answers, *cards)
    refused = run_program(data_dir, *words, "--out", str(tmp_path / "out"))
    assert refused.exit_code == 2
    assert_nobody_in(refused.stderr)
    doctor = run_program(data_dir, "doctor")
    assert_nobody_in(json.dumps(doctor.out, ensure_ascii=False) + doctor.stderr)


def test_no_file_name_says_who_came(tmp_path: Path) -> None:
    data_dir, answers, out = tmp_path / "counter", tmp_path / "answers.json", tmp_path / "out"
    assert run_program(data_dir, *INIT).exit_code == 0
    answers.write_text(json.dumps({"fields": {"ht-khai-sinh": CHILD_ANSWERS}}), encoding="utf-8")
    cards = [word for person in PEOPLE for word in ("--card", card_text(person))]
    words = birth_words(answers, *cards, "--slip")
    received = run_program(data_dir, *words, "--out", str(out))
    assert received.exit_code == 0, received.stderr
    code = received.out["dossier_code"]
    assert {path.name for path in out.iterdir()} == {f"{code}-slip.pdf", f"{code}-form-ht-khai-sinh.pdf"}
    for path in (*data_dir.rglob("*"), *out.rglob("*")):
        assert_nobody_in(path.name.replace(code, ""))


def test_what_the_printer_is_told_names_nobody(desk: Desk) -> None:
    """Print queues keep titles, and show them to the next user of the computer."""
    dossier = receive(desk, VISIT, clerk="Mai")
    for name in papers_of(dossier):
        print_paper(desk, dossier, name)
    tray = desk.printer
    assert isinstance(tray, PaperTray)
    assert len(tray.printed) == len(papers_of(dossier))
    for title, _ in tray.printed:
        assert_nobody_in(title)
