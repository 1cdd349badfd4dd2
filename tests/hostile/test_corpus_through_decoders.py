"""Every decoder over everything we know to be hostile, and over what fuzzing found before."""

import pytest
from tests.hostile.fuzz import seeds
from tests.hostile.fuzz.targets import TARGETS
from tests.hostile.hostile_texts import EVERY


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_a_known_refusal(name: str) -> None:
    target = TARGETS[name]
    known = [*target.seeds(), *seeds.found_before(name), b"", b"\x00", bytes(range(256)), b"\xff" * 5000]
    for data in known:
        target.attack(data)


@pytest.mark.parametrize("name", ["card_scan", "mrz", "hex_scan", "answers", "form_file", "procedure_list"])
def test_hostile_texts_as_whole_inputs(name: str) -> None:
    for text in EVERY:
        TARGETS[name].attack(text.encode("utf-8", "surrogatepass"))
