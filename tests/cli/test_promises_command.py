"""The promises command: what a script sees of slips a new calendar moves, and how it decides."""

from pathlib import Path

import pytest
from tests.helpers.data_copy import copy_data
from tests.helpers.desks import make_desk
from tests.helpers.program import run_program
from tests.printing.paper_reading import all_text, squeezed
from tests.scenarios.counter import moment_of, single_status_visit

from counter_app.services.receive_dossier import receive

NOW = "2027-02-02T16:00:00"


@pytest.fixture
def counter(tmp_path: Path) -> tuple[Path, str]:
    """A dossier received while 09/02/2027 was still thought to be worked; the program knows better."""
    data = copy_data(tmp_path / "data")
    data.edit("calendars/vn-2027.yaml", "date: 2027-02-09  # thứ Ba", "date: 2027-12-31")
    desk = make_desk(tmp_path / "counter", moment_of("09:00", "02/02/2027"))
    desk.catalogue = data.catalogue()
    code = receive(desk, single_status_visit(15000), clerk="Mai").dossier_code
    desk.store.close()
    return tmp_path / "counter", code


def test_list_change_and_the_slip_again(counter: tuple[Path, str], tmp_path: Path) -> None:
    folder, code = counter
    listed = run_program(folder, "promises", "list", "--out", str(tmp_path / "list.pdf"), now=NOW)
    assert (listed.exit_code, listed.error) == (0, None)
    (row,) = listed.out
    assert (row["dossier_code"], row["applicant"]) == (code, "Hà Văn Sơn")
    assert (row["old_due"], row["new_due"]) == ("2027-02-11T09:00:00+07:00", "2027-02-12T09:00:00+07:00")
    assert [(day["date"], day["before"], day["after"]) for day in row["changes"]] == [
        ("2027-02-09", "working", "holiday")
    ]
    assert row["changes"][0]["words"] == "Thứ Ba 09/02/2027: ngày làm việc, nay nghỉ (Nghỉ bù Tết Nguyên đán)"
    text = all_text((tmp_path / "list.pdf").read_bytes())
    for expected in ("Danh sách phiếu hẹn phải báo lại", code, "Hà Văn Sơn", "11/02/2027", "12/02/2027"):
        assert squeezed(expected).casefold() in text.casefold()

    changed = run_program(
        *(folder, "promises", "change", code, "--reason", "Lịch nghỉ Tết", "--out", str(tmp_path / "slips")),
        now=NOW,
    )
    assert (changed.exit_code, changed.error) == (0, None)
    assert changed.out["changed"] == [
        {
            "dossier_code": code,
            "due_at": "2027-02-12T09:00:00+07:00",
            "first_due_at": "2027-02-11T09:00:00+07:00",
        }
    ]
    slip = all_text(Path(changed.out["slips"][0]).read_bytes())
    assert squeezed("09 giờ 00 phút, ngày 12 tháng 02 năm 2027") in slip

    shown = run_program(folder, "show", code, now=NOW).out
    assert [step["act"] for step in shown["history"]] == ["received", "promise_changed"]
    assert shown["first_due_at"] == "2027-02-11T09:00:00+07:00"
    assert run_program(folder, "promises", "list", now=NOW).out == []
    again = run_program(folder, "promises", "change", code, "--reason", "lần nữa", now=NOW).out
    assert again == {"changed": [], "untouched": 1}


def test_keep_them_all(counter: tuple[Path, str]) -> None:
    folder, code = counter
    kept = run_program(folder, "promises", "keep", "--all", "--reason", "Đã có kết quả", now=NOW)
    assert kept.out == {
        "kept": [{"dossier_code": code, "due_at": "2027-02-11T09:00:00+07:00", "first_due_at": None}],
        "untouched": 0,
    }
    assert run_program(folder, "promises", "list", now=NOW).out == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("change",), "usage"),
        (("list", "H29.12-270202-1001"), "usage"),
        (("keep", "--all", "H29.12-270202-1001"), "usage"),
        (("change", "--all"), "reason_missing"),
        (("keep", "H29.12-999999-9999", "--reason", "thử"), "dossier_unknown"),
    ],
)
def test_what_cannot_be_done_is_told(counter: tuple[Path, str], words: tuple[str, ...], code: str) -> None:
    refused = run_program(counter[0], "promises", *words, now=NOW)
    assert (refused.exit_code, refused.error["code"]) == (2, code)
