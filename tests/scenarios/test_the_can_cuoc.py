"""Steps of the_can_cuoc.feature: cards mangled by scanners."""

import re

from pytest_bdd import parsers, scenarios, then, when
from tests.helpers.program import run_program
from tests.helpers.visits import GRANDMOTHER, card_text
from tests.scenarios.counter import Counter

from counter_app.domain.legacy_encodings import TCVN3
from counter_app.ui.intake.view import IntakeScreen

scenarios("the_can_cuoc.feature")

CARD = card_text(GRANDMOTHER)


def mangled(text: str, kind: str) -> bytes:
    """Return what such a scanner sends."""
    if kind == "mixed":
        return b"".join(bytes([ord(c)]) if ord(c) < 256 else ord(c).to_bytes(2, "big") for c in text)
    if kind == "tcvn3":
        codes = {letter: code for code, letter in TCVN3.items()}
        return bytes(codes.get(c, ord(c) & 0xFF) if ord(c) > 127 else ord(c) for c in text)
    import unicodedata

    composed = {"ă", "â", "ê", "ô", "ơ", "ư", "đ", "Ă", "Â", "Ê", "Ô", "Ơ", "Ư", "Đ"}

    def letters(letter: str) -> str:
        if letter.isascii() or letter in composed:
            return letter
        base, *marks = unicodedata.normalize("NFD", letter)
        tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
        shape = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
        return shape + "".join(mark for mark in marks if mark in tones)

    return "".join(map(letters, text)).encode("cp1258")


@when(parsers.parse("quét thẻ của bà Đinh Thị Sen bằng đầu quét gửi chữ kiểu {kind:w}"))
def scan_a_mangled_card(counter: Counter, kind: str) -> None:
    sent = mangled(CARD, kind)
    assert sent != CARD.encode()
    outcome = run_program(counter.folder, "scan", "--stdin", stdin=sent)
    assert outcome.exit_code == 0, outcome
    counter.scanned = outcome.out


@then(parsers.parse('họ tên đọc được là "{name}"'))
def the_name_reads(counter: Counter, name: str) -> None:
    assert counter.scanned["full_name"] == name


@then(parsers.parse('địa chỉ đọc được là "{address}"'))
def the_address_reads(counter: Counter, address: str) -> None:
    assert counter.scanned["address"] == address


@then("chương trình ghi rõ thẻ đã được sửa chữ")
def it_says_repaired(counter: Counter) -> None:
    assert counter.scanned["repaired"] is True


@when("quét thẻ của bà Đinh Thị Sen bị đọc nhầm bảng mã vào cửa sổ")
def scan_utf8_read_as_latin1(counter: Counter) -> None:
    """The scanner's bytes arrive as one key each; control keys of such text never reach a window."""
    typed = mangled(CARD, "tcvn3").decode("latin-1")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", typed)
    counter.worker.scans_text(typed)


@when(parsers.parse('quét nhầm mã "{code}" vào cửa sổ'))
def scan_something_else(counter: Counter, code: str) -> None:
    counter.worker.scans_text(code)


@then(parsers.parse('người nộp trên màn hình là "{name}"'))
def the_applicant_is(counter: Counter, name: str) -> None:
    screen = counter.worker.window.current_screen()
    assert isinstance(screen, IntakeScreen)
    applicant = screen.presenter.state.visit.applicant
    assert applicant is not None
    assert applicant.full_name == name


@then("thanh thông báo dặn quét thẻ căn cước hoặc giấy hẹn")
def the_bar_says_what_to_scan(counter: Counter) -> None:
    live = counter.worker.window.live
    assert live is not None
    assert live.messages.notice is not None
    assert "thẻ căn cước" in live.messages.notice.text
    assert "giấy hẹn" in live.messages.notice.text


@then("chưa có người nộp nào trên màn hình")
def no_applicant_yet(counter: Counter) -> None:
    screen = counter.worker.window.current_screen()
    assert isinstance(screen, IntakeScreen)
    assert screen.presenter.state.visit.applicant is None
