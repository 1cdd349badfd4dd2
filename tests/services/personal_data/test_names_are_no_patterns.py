"""A name with signs that mean something in a pattern hides itself and nothing else."""

import pytest

from counter_app.services.personal_data.third_parties import ThirdParties

KEPT = "Nguyễn Thị Sen khai cho con"


@pytest.mark.parametrize(
    "name", ["Lò Văn (Pín", "Lò.*", "[a-z]+ .* Lò", "Lò\\", "^", "$", "Lò|Nguyễn", "(?i)", "a{9999}"]
)
def test_names_are_no_patterns(name: str) -> None:
    others = ThirdParties((), (name,))
    assert others.text(KEPT) == KEPT
    hidden = others.text(f"{KEPT}, cùng {name} đến")
    assert hidden.startswith(KEPT)
    if " " in name:  # one word alone is too short to be shortened
        assert name not in hidden
