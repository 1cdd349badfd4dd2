"""Printing the sheet, setting the passphrase, guessing: what counts, what is told, what is never kept."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.helpers.builders import FixedClock
from tests.helpers.desks import PaperTray
from tests.printing.paper_reading import all_text, codes, images, page_texts

from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.domain.recovery_code import RANDOM_BYTES, code_from, read_code
from counter_app.services.audit_port import AuditFilter
from counter_app.services.desk import Desk
from counter_app.services.keys.health import recovery_finding
from counter_app.services.keys.passphrase import set_passphrase
from counter_app.services.keys.recover import passphrase_is_right, recover_key, recovery_code_is_right
from counter_app.services.keys.sheet import keep_sheet, make_sheet, print_recovery_sheet, take_back_sheet
from counter_app.services.keys_port import WrapKind
from counter_app.services.papers.recovery_sheet import TITLE
from counter_app.services.ports import AuditEntry

PHRASE = "bốn con bò vàng ngủ ngoài đê"
WRONG = code_from(bytes(RANDOM_BYTES))


def printed(desk: Desk) -> tuple[str, bytes]:
    assert isinstance(desk.printer, PaperTray)
    return desk.printer.printed[-1]


def code_on(pdf: bytes) -> str:
    ((_format, text),) = codes(images(pdf)[0])
    return read_code(text)


def told(desk: Desk, *acts: str) -> list[AuditEntry]:
    with desk.store.reading() as queries:
        return [each.entry for each in queries.audit_page(AuditFilter(acts=acts))]


def later(desk: Desk, **by: int) -> None:
    desk.clock = FixedClock(desk.clock.now() + timedelta(**by))


def test_the_code_read_back_from_the_paper_opens_the_key(desk: Desk) -> None:
    fingerprint = print_recovery_sheet(desk)
    title, pdf = printed(desk)
    code = code_on(pdf)
    assert recovery_code_is_right(desk, code)
    assert title == TITLE
    assert fingerprint == desk.keys.standing().fingerprint
    (page,) = page_texts(pdf)
    letters = "".join(page.split())
    assert "".join(fingerprint.split()) in letters.replace(" ", "")
    groups = code.split("-")
    assert all(f"{number}.{group}" in letters for number, group in enumerate(groups, 1))


def test_the_sheet_says_what_it_is_and_whose(desk: Desk) -> None:
    print_recovery_sheet(desk)
    text = all_text(printed(desk)[1])
    office = desk.settings.office
    for words in (
        TITLE.upper(),
        office.unit_code,
        "Quầy số 1",
        "ngày 23 tháng 11 năm 2026",
        "phong bì dán kín",
        "Không để cạnh máy tính",
        "giữ nó cho đến khi các bản sao lưu đó đã hết hạn",
        "NGƯỜI LẬP",
        "NGƯỜI GIỮ",
    ):
        assert "".join(words.split()) in text


def test_a_new_sheet_voids_the_old_one(desk: Desk) -> None:
    print_recovery_sheet(desk)
    first = code_on(printed(desk)[1])
    print_recovery_sheet(desk)
    second = code_on(printed(desk)[1])
    assert first != second
    assert not recovery_code_is_right(desk, first)
    assert recovery_code_is_right(desk, second)


def test_a_printer_that_fails_leaves_the_old_sheet(desk: Desk) -> None:
    print_recovery_sheet(desk)
    first = code_on(printed(desk)[1])
    assert isinstance(desk.printer, PaperTray)
    desk.printer.failing = True
    with pytest.raises(EnvironmentProblem):
        print_recovery_sheet(desk)
    assert recovery_code_is_right(desk, first)
    assert len(desk.keys.standing().wraps) == 1
    assert [entry.act for entry in told(desk, "recovery_")] == [
        "recovery_sheet_failed",
        "recovery_sheet_printed",
        "recovery_sheet_printed",
    ]


def test_nothing_of_the_code_stays_anywhere(desk: Desk, tmp_path: Path) -> None:
    """In the data folder, database decrypted, and the audit log: the fingerprint alone."""
    print_recovery_sheet(desk)
    code = code_on(printed(desk)[1])
    groups = [group.encode() for group in code.split("-")]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        assert code.encode() not in content
        assert sum(group in content for group in groups) < 2
    with desk.store.reading() as queries:
        (entry,) = told(desk, "recovery_")
        assert set(entry.detail) == {"fingerprint", "to"}
        sql = queries._sql  # type: ignore[attr-defined]
        tables = [row[0] for row in sql.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = [repr(tuple(row)) for table in tables for row in sql.rows(f'SELECT * FROM "{table}"')]
    assert len(rows) > 20
    assert not any(code in row or code.replace("-", "") in row for row in rows)


def test_a_sheet_for_the_screen_counts_when_it_is_kept(desk: Desk) -> None:
    print_recovery_sheet(desk)
    first = code_on(printed(desk)[1])
    dropped = make_sheet(desk, "screen")
    take_back_sheet(desk, dropped)
    assert recovery_code_is_right(desk, first)
    kept = make_sheet(desk, "screen")
    assert code_on(kept.pdf) == kept.made.code
    keep_sheet(desk, kept)
    assert not recovery_code_is_right(desk, first)
    assert recovery_code_is_right(desk, kept.made.code)


def test_a_training_counters_sheet_says_so(desk: Desk) -> None:
    from dataclasses import replace

    settings = desk.settings
    desk.save_settings(replace(settings, counter=replace(settings.counter, training=True)))
    print_recovery_sheet(desk)
    assert "TẬPHUẤN" in all_text(printed(desk)[1])


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [
        ("ngắn quá", "passphrase_too_short"),
        ("a" * 101, "passphrase_too_long"),
        ("matkhaumatkhau", "passphrase_too_easy"),
        ("123456789012", "passphrase_too_easy"),
        ("qwertyuiop[]", "passphrase_too_easy"),
    ],
)
def test_a_weak_passphrase_is_refused(desk: Desk, passphrase: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        set_passphrase(desk, passphrase)
    assert caught.value.code == code
    assert passphrase not in repr(caught.value)
    assert not desk.keys.standing().has(WrapKind.PASSPHRASE)


def test_a_passphrase_opens_and_is_told_without_itself(desk: Desk) -> None:
    set_passphrase(desk, PHRASE)
    assert passphrase_is_right(desk, PHRASE)
    assert not passphrase_is_right(desk, PHRASE.upper())
    (entry,) = told(desk, "key_passphrase_set")
    assert set(entry.detail) == {"fingerprint"}


def test_guessing_takes_longer_and_longer(desk: Desk) -> None:
    print_recovery_sheet(desk)
    right = code_on(printed(desk)[1])
    for _ in range(3):
        assert not recovery_code_is_right(desk, WRONG)
    with pytest.raises(RuleRefusal) as caught:
        recovery_code_is_right(desk, right)
    assert caught.value.code == "key_try_later"
    assert caught.value.params["until"] == desk.clock.now() + timedelta(seconds=5)
    later(desk, seconds=5)
    assert not recovery_code_is_right(desk, WRONG)
    later(desk, seconds=9)
    with pytest.raises(RuleRefusal):
        passphrase_is_right(desk, PHRASE)  # one count for both
    later(desk, seconds=2)
    assert recovery_code_is_right(desk, right)
    assert desk.keys.failures() == (0, None)


def test_a_clock_set_back_makes_nobody_wait_for_ever(desk: Desk) -> None:
    print_recovery_sheet(desk)
    right = code_on(printed(desk)[1])
    for _ in range(4):
        desk.keys.note_try(desk.clock.now(), right=False)
    later(desk, days=-400)
    assert recovery_code_is_right(desk, right)


def test_a_slip_costs_no_time(desk: Desk) -> None:
    print_recovery_sheet(desk)
    right = code_on(printed(desk)[1])
    for _ in range(5):
        with pytest.raises(BadInput):
            recovery_code_is_right(desk, right[:-1])
    assert recovery_code_is_right(desk, right)


def test_without_sheet_or_passphrase_there_is_nothing_to_type(desk: Desk) -> None:
    with pytest.raises(RuleRefusal) as caught:
        recover_key(desk.keys, desk.clock, WRONG)
    assert caught.value.code == "recovery_never_made"


def test_a_passphrase_that_looks_like_a_code_opens_too(desk: Desk) -> None:
    phrase = "correct1horse2battery3staple4and5zebra"[:35]
    desk.keys.put_passphrase(phrase, desk.clock.now())
    assert recover_key(desk.keys, desk.clock, phrase) is WrapKind.PASSPHRASE


def test_the_self_check_tells_how_the_key_would_come_back(desk: Desk) -> None:
    assert recovery_finding(desk)[:2] == (True, "recovery_not_printed")
    set_passphrase(desk, PHRASE)
    assert recovery_finding(desk)[:2] == (True, "recovery_passphrase_only")
    print_recovery_sheet(desk)
    assert recovery_finding(desk)[:2] == (True, "health_recovery")
