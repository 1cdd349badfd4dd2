"""Conditions written as data."""

import pytest

from counter_app.domain.condition import Condition, holds, is_filled

IS_MOTHER = Condition(field="who", equals="Mẹ")
HAS_ID = Condition(field="id", filled=True)


@pytest.mark.parametrize(
    ("condition", "values", "expected"),
    [
        (None, {}, True),
        (IS_MOTHER, {"who": "Mẹ"}, True),
        (IS_MOTHER, {"who": "Cha"}, False),
        (IS_MOTHER, {}, False),
        (HAS_ID, {"id": "  "}, False),
        (HAS_ID, {"id": "017194001245"}, True),
        (Condition(field="id", filled=False), {}, True),
        (Condition(field="who", one_of=("Cha", "Mẹ")), {"who": "Cha"}, True),
        (Condition(field="pages", at_least=3), {"pages": 3}, True),
        (Condition(field="pages", at_least=3), {"pages": 2}, False),
        (Condition(field="pages", at_least=3), {"pages": "3"}, False),
        (Condition(all=(IS_MOTHER, HAS_ID)), {"who": "Mẹ"}, False),
        (Condition(any=(IS_MOTHER, HAS_ID)), {"who": "Mẹ"}, True),
        (Condition(none=(IS_MOTHER, HAS_ID)), {"who": "Cha"}, True),
        (Condition(none=(IS_MOTHER,)), {"who": "Mẹ"}, False),
    ],
)
def test_holds(condition: Condition | None, values: dict[str, object], expected: bool) -> None:
    assert holds(condition, values) is expected


@pytest.mark.parametrize(
    ("value", "filled"),
    [(None, False), (False, False), (0, True), ("", False), ([], False), ([{"a": " "}], False),
     ({"detail": "", "commune": "xã"}, True), ([{"a": "x"}], True), (True, True)],
)  # fmt: skip
def test_is_filled(value: object, filled: bool) -> None:
    assert is_filled(value) is filled
