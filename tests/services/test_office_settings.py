"""Settings are checked before they are kept, and read back as they were."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers.builders import FixedClock, make_office

from counter_app.bootstrap import open_desk
from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.services.desk import Desk
from counter_app.services.office_settings import with_clerk
from counter_app.services.paper_content import PaperSize
from counter_app.services.set_up_counter import set_up_counter


def reopened(desk: Desk) -> Desk:
    return replace(desk, _settings=None)


def test_settings_are_read_back(desk: Desk) -> None:
    changed = replace(
        desk.settings,
        slip_size=PaperSize.A4,
        printer_name="Máy in A5",
    )
    desk.save_settings(with_clerk(changed, "Lò Văn Pín"))
    settings = reopened(desk).settings
    assert settings.clerk == "Lò Văn Pín"
    assert settings.clerks == ("Trần Thị Mai", "Lò Văn Pín")
    assert settings.slip_size is PaperSize.A4


@pytest.mark.parametrize(
    ("office", "counter", "clerk", "code"),
    [
        ({"unit_code": "h29"}, 1, "Mai", "bad_unit_code"),
        ({"unit_code": ""}, 1, "Mai", "bad_unit_code"),
        ({"name": " "}, 1, "Mai", "office_name_missing"),
        ({"province": ""}, 1, "Mai", "office_name_missing"),
        ({}, 0, "Mai", "bad_counter_number"),
        ({}, 10, "Mai", "bad_counter_number"),
        ({}, 1, "  ", "clerk_missing"),
    ],
)
def test_a_first_run_no_paper_could_be_printed_with_is_refused(
    tmp_path: Path, office: dict[str, str], counter: int, clerk: str, code: str
) -> None:
    desk = open_desk(tmp_path / "new", access="create")
    desk.clock = FixedClock()
    with pytest.raises(BadInput) as refused:
        set_up_counter(desk, office=make_office(**office), counter_number=counter, clerk=clerk)
    assert refused.value.code == code
    with pytest.raises(EnvironmentProblem) as not_yet:
        _ = desk.settings
    assert not_yet.value.code == "not_set_up"
    desk.store.close()


def test_a_counter_keeps_its_identity(desk: Desk) -> None:
    with pytest.raises(RuleRefusal) as refused:
        set_up_counter(desk, office=make_office(), counter_number=2, clerk="Mai")
    assert refused.value.code == "already_set_up"
