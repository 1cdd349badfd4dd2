"""Scanner or human: nothing typed may be lost, nothing scanned may land in a field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.devices.keyboard_wedge import BurstDetector, Outcome, WedgeSettings

CARD = "001190000001|012345678|Đặng Thị Hường|03021990|Nữ|Xóm Bưởi|06052021"


class Typist:
    """Feeds a detector and keeps what came back."""

    def __init__(self, settings: WedgeSettings | None = None) -> None:
        self.detector: BurstDetector[str] = BurstDetector(settings or WedgeSettings())
        self.at = 1.0
        self.released = ""
        self.scans: list[str] = []

    def take(self, outcome: Outcome[str]) -> None:
        self.released += "".join(outcome.released)
        if outcome.scan is not None:
            self.scans.append(outcome.scan)

    def type(self, text: str, gap: float) -> None:
        for char in text:
            self.at += gap
            self.take(self.detector.feed(char, char, self.at))

    def pause(self) -> None:
        self.at += 1
        self.take(self.detector.expire())


@pytest.mark.parametrize(
    ("text", "scan"),
    [
        ("H29.12-261123-1001\r", "H29.12-261123-1001"),
        ("H29.12-261123-1001\t", "H29.12-261123-1001"),
        (CARD + "\r", CARD),
        ("123456\r", "123456"),
    ],
)
def test_a_burst_ended_by_enter_is_a_scan(text: str, scan: str) -> None:
    typist = Typist()
    typist.type(text, 0.004)
    typist.pause()
    assert (typist.scans, typist.released) == ([scan], "")


@pytest.mark.parametrize("text", ["12345\r", "abc\r", "\r"])
def test_short_bursts_are_typing(text: str) -> None:
    typist = Typist()
    typist.type(text, 0.004)
    typist.pause()
    assert (typist.scans, typist.released) == ([], text)


def test_a_card_without_enter_is_a_scan_when_the_time_is_up() -> None:
    typist = Typist()
    typist.type(CARD, 0.004)
    typist.pause()
    assert (typist.scans, typist.released) == ([CARD], "")


def test_machine_readable_lines_stay_together() -> None:
    lines = "\r".join(
        ("IDVNM1900000016001190000001<<1", "9002031F3002032VNM<<<<<<<<<<<4", "DANG<<THI<HUONG<<<<<<<<<<<<<<<")
    )
    typist = Typist()
    typist.type(lines + "\r", 0.003)
    typist.pause()
    assert typist.scans == [lines.replace("\r", "\n")]


def test_a_prefix_makes_slow_and_short_scans_safe() -> None:
    typist = Typist(WedgeSettings(prefix="\x02"))
    typist.type("\x02AB1\r", 0.2)
    assert (typist.scans, typist.released) == (["AB1"], "")


def test_a_suffix_ends_a_scan_without_enter() -> None:
    typist = Typist(WedgeSettings(suffix="~"))
    typist.type("H29.12-261123-1001~", 0.004)
    assert (typist.scans, typist.released) == (["H29.12-261123-1001"], "")


def test_typing_right_before_a_scan_is_given_back() -> None:
    typist = Typist()
    typist.type("ab", 0.09)
    typist.at += 0.2
    typist.type("H29.12-261123-1001\r", 0.004)
    assert (typist.scans, typist.released) == (["H29.12-261123-1001"], "ab")


def test_backspace_gives_back_what_is_held() -> None:
    typist = Typist()
    typist.type("ngu", 0.02)
    typist.take(typist.detector.interrupt())
    assert typist.released == "ngu"


@given(st.lists(st.tuples(st.characters(codec="utf-8"), st.floats(0.0351, 2)), max_size=60))
def test_a_human_never_loses_a_letter(keys: list[tuple[str, float]]) -> None:
    typist = Typist()
    for char, gap in keys:
        typist.type(char, gap)
    typist.pause()
    assert (typist.released, typist.scans) == ("".join(char for char, _gap in keys), [])


@given(
    st.lists(
        st.tuples(st.sampled_from("abc|1<\r\t"), st.sampled_from([0.001, 0.02, 0.05, 0.2, 1.0])), max_size=80
    )
)
def test_every_key_is_either_given_back_or_part_of_a_scan(keys: list[tuple[str, float]]) -> None:
    typist = Typist()
    for char, gap in keys:
        typist.type(char, gap)
    typist.pause()
    typed = [char for char, _gap in keys if char not in "\r\t"]
    kept = [char for char in typist.released + "".join(typist.scans) if char not in "\r\t\n"]
    assert sorted(kept) == sorted(typed)
    assert not typist.detector.holding
