"""Values of the office through the real program: dated, with a basis, never lost."""

from pathlib import Path

import pytest
from tests.helpers.program import INIT, run_program

FEE = "fee/le_phi_khai_sinh_qua_han"
BASIS = ("--basis", "Nghị quyết số 12/2026/NQ-HĐND")


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "data"
    assert run_program(folder, *INIT).exit_code == 0
    return folder


def test_an_amount_is_entered_listed_and_remembered(counter: Path) -> None:
    before = run_program(counter, "office", "list").out
    assert before["values"] == []
    unknown = {fee["fee_id"]: fee for fee in before["unknown_fees"]}
    assert unknown["le_phi_khai_sinh_qua_han"]["procedures"]
    done = run_program(counter, "office", "set", FEE, "5000", "--from", "2026-01-01", *BASIS)
    assert (done.exit_code, done.out["value"], done.out["valid_from"]) == (0, 5000, "2026-01-01")
    run_program(counter, "office", "set", FEE, "8000", "--from", "2027-01-01", *BASIS)
    today, later = (
        run_program(counter, "office", "list", "--on", day).out for day in ("2026-12-31", "2027-01-01")
    )
    assert [[each["value"] for each in out["values"]] for out in (today, later)] == [[5000], [8000]]
    assert "le_phi_khai_sinh_qua_han" not in {fee["fee_id"] for fee in today["unknown_fees"]}
    shown = run_program(counter, "procedures", "show", "dang-ky-khai-sinh", "--on", "2026-12-31").out
    fees = [fee for case in shown["cases"] for fee in case["fees"] if f"fee/{fee['fee_id']}" == FEE]
    assert {fee["local_amount_vnd"] for fee in fees} == {5000}
    taken = run_program(counter, "office", "take-back", FEE, "--from", "2028-01-01")
    assert taken.out["value"] is None
    history = run_program(counter, "office", "history", FEE).out
    assert [each["value"] for each in history] == [None, 8000, 5000]


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("set", FEE, "5000"), 2, "basis_missing"),
        (("set", FEE, "năm nghìn", *BASIS), 2, "bad_amount"),
        (("set", FEE, "-5", *BASIS), 2, "bad_amount"),
        (("set", "fee/phi_chung_thuc_ban_sao", "5", *BASIS), 3, "fee_not_local"),
        (("set", "sessions", "07:00"), 2, "not_an_office_value"),
        (("set", "time/dang-ky-khai-sinh/thong-thuong", "30d"), 3, "time_longer_than_law"),
        (("set", "phone"), 2, "usage"),
        (("set",), 2, "usage"),
        (("list", "phone"), 2, "usage"),
        (("take-back", "phone"), 2, "nothing_to_take_back"),
    ],
)
def test_what_cannot_hold_is_refused(
    counter: Path, words: tuple[str, ...], exit_code: int, code: str
) -> None:
    done = run_program(counter, "office", *words)
    assert (done.exit_code, done.error["code"]) == (exit_code, code)
    assert done.error["message"] != code
