"""Whatever comes in ends in a clear message, or is stored, found, shown and printed as typed."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.builders import MORNING, VIETNAM, FixedClock
from tests.helpers.desks import PaperTray, make_desk
from tests.helpers.program import run_program
from tests.helpers.raw_database import assert_no_torn_act
from tests.helpers.visits import BIRTH, CERTIFIED_COPY, CHILD_ANSWERS, GRANDMOTHER, birth_words, card_text
from tests.printing.paper_reading import all_text, squeezed

from counter_app import bootstrap
from counter_app.cli.run import run_command
from counter_app.domain.errors import KnownError
from counter_app.messages import text_of, text_of_code
from counter_app.services.desk import Desk
from counter_app.services.look_up import find, open_dossier
from counter_app.services.print_papers import papers_to_hand_out, print_paper
from counter_app.services.receive_dossier import receive

NOW = MORNING.isoformat()
CARD = card_text(GRANDMOTHER)
SLIP_ASKED = replace(BIRTH, slip_asked=True)


@pytest.fixture
def desk(data_dir: Path) -> Iterator[Desk]:
    opened = make_desk(data_dir, MORNING)
    yield opened
    opened.store.close()


class Cli:
    """The command line inside this process: exit code, JSON, JSON error."""

    def __init__(self, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data_dir = data_dir
        self._capsys = capsys

    def __call__(self, *words: str, now: str = NOW) -> tuple[int, Any, Any]:
        argv = [*words, "--json", "--now", now, "--data-dir", str(self.data_dir)]
        code = run_command(argv, default_data_dir=self.data_dir, doors=bootstrap.doors())
        done = self._capsys.readouterr()
        out = json.loads(done.out) if done.out.strip() else None
        return code, out, json.loads(done.err)["error"] if done.err.strip() else None


@pytest.fixture
def cli(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(data_dir, capsys)


# --- Scans ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "warnings", "said"),
    [
        (CARD.replace("017159004321", "999159004321"), ["unknown_province"], "Mã tỉnh 999"),
        (CARD.replace("|Nữ|", "|Nam|"), ["sex_mismatch"], "Giới tính không khớp"),
        (CARD.replace("|02041959|", "|02041960|"), ["birth_year_mismatch"], "1960"),
        (CARD.replace("|02041959|", "|02042059|"), None, "tương lai"),
        (CARD.replace("|02082022", "|02081950"), ["issued_before_birth"], "Ngày cấp thẻ trước ngày sinh"),
        (CARD.replace("|02041959|", "|31021959|"), ["unreadable_date"], "Không đọc được một ngày"),
        (CARD.replace("|Nữ|", "|?|"), ["unreadable_sex"], "Không đọc được giới tính"),
    ],
)
def test_a_doubtful_card_is_read_and_the_doubt_is_named(
    cli: Cli, text: str, warnings: list[str] | None, said: str
) -> None:
    code, out, _ = cli("scan", text)
    assert (code, out["kind"], out["full_name"]) == (0, "citizen_card", GRANDMOTHER.full_name)
    assert warnings is None or [warning["code"] for warning in out["warnings"]] == warnings
    assert any(said in warning["message"] for warning in out["warnings"])
    assert all(warning["message"] != warning["code"] for warning in out["warnings"])


@pytest.mark.parametrize(
    ("text", "reason", "said"),
    [
        ("017159004321|x|Sen", "not_a_card", "Đây không phải mã trên thẻ căn cước"),
        (CARD.replace("017159004321", "01715900432"), "not_a_personal_id", "không đủ 12 chữ số"),
        (CARD.replace("017159004321", "0171590O4321"), "not_a_personal_id", "không đủ 12 chữ số"),
        (CARD.replace("Đinh Thị Sen", " "), "not_a_card", "Đây không phải mã trên thẻ căn cước"),
        ("https://example.vn/khuyen-mai", "unknown_scan", "Không nhận ra mã này"),
        ("H29.12-261332-1001", "unknown_scan", "Không nhận ra mã này"),
        ("8934588012345", "unknown_scan", "Không nhận ra mã này"),
    ],
)
def test_what_is_no_card_is_unknown_and_says_what_to_scan(
    cli: Cli, text: str, reason: str, said: str
) -> None:
    code, out, _ = cli("scan", text)
    assert (code, out["kind"], out["personal_id"], out["full_name"]) == (2, "unknown", None, None)
    warnings = out["warnings"] or [{"code": reason, "message": text_of_code(reason, {})}]
    assert [warning["code"] for warning in warnings] == [reason]
    assert said in warnings[0]["message"]


@pytest.mark.parametrize(
    ("text", "code"), [("", "scan_empty"), ("\r\n\t", "scan_empty"), ("x" * 2049, "scan_too_long")]
)
def test_a_scan_of_no_or_endless_length_is_refused(cli: Cli, text: str, code: str) -> None:
    exit_code, _, error = cli("scan", text)
    assert (exit_code, error["code"]) == (2, code)
    assert error["message"] != code


def test_ten_megabytes_of_scan_are_refused(data_dir: Path) -> None:
    outcome = run_program(data_dir, "scan", "--stdin", stdin=CARD.encode() * 100_000, now=NOW)
    assert (outcome.exit_code, outcome.error["code"]) == (2, "scan_too_long")
    assert "2048" in outcome.error["message"]


def test_a_card_that_is_none_is_refused_before_anything_is_written(
    cli: Cli, tmp_path: Path, birth_answers: str
) -> None:
    words = birth_words(birth_answers)
    code, _, error = cli(*words, "--card", "xin chào", "--out", str(tmp_path / "out"))
    assert (code, error["code"]) == (2, "not_a_card")
    assert "thẻ căn cước" in error["message"]
    assert not (tmp_path / "out").exists()
    assert cli("find", "")[1] == []


# --- Text that could be taken for something else --------------------------------------------------

LONGEST = " ".join(["Nguyễn Thị Đoàn"] * 12) + " Hương Lý"
HOSTILE_NAMES = [
    '<b>Đặng</b> <font size="x">Thị</font> Thử &amp; &lt;Nghiệm&gt;',
    "Đặng ‘Thị’ \"Thử\" 'Nghiệm' ` \\ /",
    "Thử'); DROP TABLE dossier;-- Nghiệm",
    'NEAR(Thử* -Nghiệm) OR ^applicant : "Sen" AND NOT',
    "%s {a} {{Thử}} %(name)s $HOME ${x} Nghiệm",
    "\u202eĐặng\u202c Thị\u200f Thử\u2066 Nghiệm\u2069",
    "Đặng\u200b Thị\ufeff Thử\u00a0Nghiệm",
    "Đặng\r\nThị\tThử\x00 \x1b[mNghiệm",
    unicodedata.normalize("NFD", "Đặng Thị Thử Nghiệm"),
    LONGEST,
]


def as_stored(name: str) -> str:
    """What a person would say was typed: composed letters on one line, nothing invisible."""
    seen = (c if unicodedata.category(c) not in ("Cf", "Cc") else " " for c in name)
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_strange_name_is_stored_found_shown_and_printed_as_typed(desk: Desk, name: str) -> None:
    wanted = as_stored(name)
    assert len(wanted) <= 200
    visit = replace(
        SLIP_ASKED,
        applicant=replace(GRANDMOTHER, full_name=name, address=f"{name}, xã Trung Minh"[:200]),
        fields={"ht-khai-sinh": CHILD_ANSWERS | {"ks_ho_ten": name, "ks_noi_sinh": name}},
    )
    dossier = receive(desk, visit, clerk=name)

    shown = open_dossier(desk, dossier.dossier_code).dossier
    assert shown.applicant.full_name == wanted
    assert shown.forms[0].answers["ks_noi_sinh"] == wanted
    assert [row.applicant for row in find(desk, name)] == [wanted]
    with desk.store.reading() as queries:
        assert [person.full_name for person in queries.find_people(wanted)] == [wanted]
    for paper in papers_to_hand_out(dossier):
        print_paper(desk, dossier, paper)
    tray = desk.printer
    assert isinstance(tray, PaperTray)
    form, slip = (all_text(pdf) for _, pdf in tray.printed)
    assert squeezed(wanted) in slip
    assert squeezed(wanted.upper()) in form
    assert squeezed(wanted) in form
    assert_no_torn_act(desk)


def test_letters_of_other_scripts_are_kept(desk: Desk) -> None:
    """The papers' font has no Han letters; what is stored and shown must not suffer from that."""
    name = "Trần 陳 Мария Ελένη"
    visit = replace(CERTIFIED_COPY, applicant=replace(GRANDMOTHER, full_name=name), slip_asked=True)
    dossier = receive(desk, visit, clerk="Mai")
    assert open_dossier(desk, dossier.dossier_code).dossier.applicant.full_name == name
    print_paper(desk, dossier, "slip")
    tray = desk.printer
    assert isinstance(tray, PaperTray)
    assert squeezed("Мария Ελένη") in all_text(tray.printed[0][1])


# --- Answers --------------------------------------------------------------------------------------


def birth(**changes: object) -> dict[str, object]:
    return {"fields": {"ht-khai-sinh": {**CHILD_ANSWERS, **changes}}}


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        (birth(ks_noi_sinh=""), "answers_missing", ["Nơi sinh"]),
        (birth(ks_ho_ten=" ", ks_dan_toc=""), "answers_missing", ["Họ tên", "Dân tộc"]),
        ({"fields": {}}, "answers_missing", ["Nơi sinh", "Người yêu cầu là gì của trẻ"]),
        (birth() | {"copies": 0}, "answers_wrong", ["Số lượng hồ sơ"]),
        (birth() | {"copies": 100}, "answers_wrong", ["Số lượng hồ sơ"]),
        (birth(ks_ngay_sinh="2026-12-24"), "answers_wrong", ["Ngày sinh của người được khai sinh"]),
        (birth(ks_ngay_sinh="31/02/2026"), "answers_wrong", ["Ngày sinh của người được khai sinh"]),
        (birth(ks_gioi_tinh="Khác"), "answers_wrong", ["Giới tính"]),
        (birth(ks_ho_ten="Ă" * 201), "answers_wrong", ["Họ tên người được khai sinh"]),
        (birth(ks_que_quan="xã Trung Minh"), "answers_wrong", ["Quê quán"]),
        (birth(khong_co="x"), "answers_wrong", ["khong_co"]),
        (birth(nyc_ho_ten="Bùi Thị Na"), "answers_wrong", ["Họ tên"]),
        (birth(ks_noi_sinh="", ks_gioi_tinh="Khác"), "answers_missing", ["Nơi sinh. Cần sửa: Giới tính"]),
        (birth() | {"copies": 99_999}, "answers_wrong", ["Số lượng hồ sơ"]),
        (
            birth(nyc_giay_to={"kind": "Căn cước", "number": "017159009999"}),
            "answers_wrong",
            ["Giấy tờ tùy thân người yêu cầu"],
        ),
        (birth() | {"applicant": {"phone": "12"}}, "answers_wrong", ["Điện thoại người nộp"]),
        (birth() | {"applicant": {"personal_id": "001190000001"}}, "applicant_is_not_the_card", []),
        (birth() | {"applicant": {"full_name": "Bùi Thị Na"}}, "applicant_is_not_the_card", []),
        (birth() | {"applicant": ["Sen"]}, "bad_answers", ["applicant"]),
        (birth() | {"applicant": {"fullname": "Sen"}}, "bad_answers", ["applicant.fullname"]),
        (birth() | {"copys": 2}, "bad_answers", ["copys"]),
        ({"fields": {"ht-khai-tu": {}}}, "bad_answers", ["fields.ht-khai-tu"]),
        (birth() | {"people": {"ong": {"full_name": "Sen"}}}, "bad_answers", ["people.ong"]),
        (birth() | {"entered_amounts": {"le_phi": 1}}, "bad_answers", ["entered_amounts.le_phi"]),
        (birth() | {"exemptions": {"le_phi": "x"}}, "bad_answers", ["exemptions.le_phi"]),
        (
            birth() | {"exemptions": {"le_phi_khai_sinh_qua_han": "x"}},
            "bad_answers",
            ["exemptions.le_phi_khai_sinh_qua_han"],
        ),
        (birth() | {"not_needed": ["giay_la"]}, "bad_answers", ["not_needed.giay_la"]),
        (birth() | {"parts": [{"part_id": "x", "originals": 1}]}, "bad_answers", ["parts.originals"]),
        (birth() | {"facts": {"pages": [1]}}, "bad_answers", ["facts.pages"]),
        (birth(ks_noi_sinh="Hòa Bình \udcff"), "bad_answers", ["fields"]),
        ({"fields": "nhiều"}, "bad_answers", ["fields"]),
        ({"fields": {"ht-khai-sinh": []}}, "bad_answers", ["ht-khai-sinh"]),
        (birth() | {"copies": "hai"}, "bad_answers", ["copies"]),
        (birth() | {"copies": -1}, "bad_answers", ["copies"]),
        (birth() | {"channel": "fax"}, "bad_answers", ["channel"]),
        (birth() | {"parts": [{"part_id": 5}]}, "bad_answers", ["part_id"]),
        (birth() | {"applicant": {"birth_date": 1959}}, "bad_answers", ["birth_date"]),
        (birth() | {"applicant": {"sex": "x"}}, "bad_answers", ["applicant"]),
    ],
)
def test_bad_answers_are_named_and_nothing_is_written(
    cli: Cli, tmp_path: Path, answers: dict[str, object], code: str, said: list[str]
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"applicant": {"phone": "0912345678"}} | answers), encoding="utf-8")
    words = birth_words(path, "--card", CARD)
    mother = card_text(BIRTH.people["me"])
    father = card_text(BIRTH.people["cha"])
    exit_code, out, error = cli(*words, "--card", mother, "--card", father, "--out", str(tmp_path / "out"))
    assert (exit_code, out, error["code"]) == (2, None, code)
    for label in said:
        assert label in error["message"]
    for problem in error["details"].get("problems", ()):
        assert problem["message"] != problem["code"], f"{problem['code']} has no words"
    assert not (tmp_path / "out").exists()
    assert cli("find", "")[1] == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe{\x00}\x00", b'{"copies": NaN}', b'{"a":' * 3000 + b"1" + b"}" * 3000],
    ids=["empty", "open", "list", "utf-16", "nan", "deep"],
)
def test_an_answers_file_that_is_none_says_so(cli: Cli, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(content)
    words = ("receive", "--procedure", BIRTH.procedure_id, "--case", BIRTH.case_id, "--answers", str(path))
    code, _, error = cli(*words, "--out", str(tmp_path))
    assert (code, error["code"]) == (2, "bad_answers_file")
    assert "JSON" in error["message"]


def test_answers_nested_too_deep_are_refused_before_anything_walks_through_them(
    cli: Cli, tmp_path: Path
) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"fields":' + '{"a":' * 300 + "1" + "}" * 301, encoding="utf-8")
    words = ("receive", "--procedure", BIRTH.procedure_id, "--case", BIRTH.case_id, "--answers", str(path))
    code, _, error = cli(*words, "--out", str(tmp_path))
    assert (code, error["code"], error["details"]["field"]) == (2, "bad_answers", "fields")


@pytest.mark.parametrize("letters", [201, 10_000])
def test_a_name_too_long_for_any_paper_is_refused(desk: Desk, letters: int) -> None:
    applicant = replace(GRANDMOTHER, full_name="Ă" * letters)
    for visit in (BIRTH, CERTIFIED_COPY):
        with pytest.raises(KnownError) as refused:
            receive(desk, replace(visit, applicant=applicant), clerk="Mai")
        assert refused.value.code == "answers_wrong"
        assert text_of(refused.value) != refused.value.code


# --- Procedures and calendar ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("procedure", "case", "day", "exit_code", "code", "said"),
    [
        ("khong-co", "", "2026-11-23", 2, "procedure_unknown", ""),
        (BIRTH.procedure_id, "khong-co", "2026-11-23", 2, "case_unknown", "khong-co"),
        (BIRTH.procedure_id, "", "2027-03-01", 3, "procedure_expired", "28/02/2027"),
        (BIRTH.procedure_id, "", "2025-12-31", 3, "procedure_not_yet_valid", "01/01/2026"),
    ],
)
def test_a_procedure_that_cannot_be_received_says_why(
    cli: Cli,
    tmp_path: Path,
    birth_answers: str,
    procedure: str,
    case: str,
    day: str,
    exit_code: int,
    code: str,
    said: str,
) -> None:
    words = ("receive", "--procedure", procedure, "--case", case, "--answers", birth_answers, "--card", CARD)
    status, out, error = cli(*words, "--out", str(tmp_path / "out"), now=f"{day}T09:00:00")
    assert (status, out, error["code"]) == (exit_code, None, code)
    assert error["message"] != code
    assert said in error["message"]


def test_no_calendar_no_promise(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.moment = datetime(2029, 3, 1, 9, 0, tzinfo=VIETNAM)
    with pytest.raises(KnownError) as refused:
        receive(desk, CERTIFIED_COPY, clerk="Mai")
    assert refused.value.code == "calendar_missing"
    assert "2029" in text_of(refused.value)
    with desk.store.reading() as queries:
        assert queries.dossier_count() == 0
