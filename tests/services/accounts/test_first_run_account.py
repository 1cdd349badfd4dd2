"""The first run makes the first account, in one act with everything else or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, FixedClock, make_office
from tests.helpers.compiled_data import seed_compiled_data
from tests.helpers.raw_database import select

from counter_app.bootstrap import open_desk
from counter_app.domain.clerks import Permission, Role
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.accounts.sign_in import sign_in
from counter_app.services.desk import Desk
from counter_app.services.set_up_counter import set_up_counter

PASSWORD = "ba con trâu gặm cỏ"


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Desk]:
    seed_compiled_data(tmp_path / "counter")
    desk = open_desk(tmp_path / "counter", access="create")
    desk.clock = FixedClock(MORNING)
    yield desk
    desk.store.close()


def set_up(desk: Desk, *, username: str = "", clerk: str = "Trần Thị Mai", password: str = PASSWORD) -> None:
    set_up_counter(
        desk, office=make_office(), counter_number=1, clerk=clerk, password=password, username=username
    )


@pytest.mark.parametrize(("username", "kept"), [("", "tranthimai"), ("mai.tt", "mai.tt")])
def test_a_password_makes_an_administrator(new: Desk, username: str, kept: str) -> None:
    set_up(new, username=username)
    with pytest.raises(RuleRefusal, match="sign_in_needed"):
        new.require(Permission.VIEW)
    present = sign_in(new, kept, PASSWORD)
    assert (present.full_name, present.role, present.must_change) == (
        "Trần Thị Mai",
        Role.ADMINISTRATOR,
        False,
    )
    assert select(new, "SELECT act, clerk FROM audit_entry ORDER BY seq LIMIT 2") == [
        ("settings_changed", "Trần Thị Mai"),
        ("account_made", "Trần Thị Mai"),
    ]


@pytest.mark.parametrize(
    ("clerk", "password", "username", "code"),
    [
        ("Trần Thị Mai", "ngắn", "", "password_too_short"),
        ("Trần Thị Mai", "tranthimai", "", "password_too_easy"),
        ("Trần Thị Mai", "trungminh2026", "", "password_too_easy"),  # the office's own name
        ("Trần Thị Mai", PASSWORD, "Mai Trần", "bad_username"),
        ("  ", PASSWORD, "", "clerk_missing"),
    ],
)
def test_what_is_refused_leaves_nothing_set_up(
    new: Desk, clerk: str, password: str, username: str, code: str
) -> None:
    with pytest.raises(BadInput, match=code):
        set_up(new, clerk=clerk, password=password, username=username)
    assert not new.is_set_up
    assert select(new, "SELECT 1 FROM account") == []
    assert select(new, "SELECT 1 FROM audit_entry") == []


def test_without_a_password_the_counter_stays_open(new: Desk) -> None:
    set_up(new, password="")
    new.require(Permission.SAFEKEEP)
    assert new.clerk == "Trần Thị Mai"
    assert select(new, "SELECT 1 FROM account") == []
