"""Clerks write a citizen's request down; heads and administrators do the rest."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.helpers.desks import make_desk
from tests.helpers.personal_traces import AFTER_TWO_YEARS, RECEIVED, Whole, full_dossier
from tests.helpers.visits import GRANDMOTHER

from counter_app.domain.clerks import Account, Role
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.personal_data import Outcome, RequestKind
from counter_app.services.desk import Desk
from counter_app.services.look_up import open_dossier
from counter_app.services.personal_data.access_report import access_report
from counter_app.services.personal_data.export import export
from counter_app.services.personal_data.find import find_all
from counter_app.services.personal_data.purge import purge
from counter_app.services.personal_data.requests import answer, register, waiting
from counter_app.services.personal_data.retention import due_for_purge
from counter_app.storage.sealed_archive import make_archive

SEN = GRANDMOTHER.personal_id


def account(role: Role) -> Account:
    return Account(
        account_id=role.value,
        username=role.value,
        full_name=f"Hà Văn {role.value.title()}",
        role=role,
        password_hash="",
        must_change=False,
        created_at=RECEIVED,
        password_at=RECEIVED,
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", RECEIVED)
    yield made
    made.store.close()


@pytest.fixture
def whole(desk: Desk) -> Whole:
    """What was received before the counter had accounts."""
    made = full_dossier(desk)
    with desk.store.writing() as transaction:
        for role in Role:
            transaction.put_account(account(role))
    desk.clock.moment = AFTER_TWO_YEARS  # type: ignore[attr-defined]
    return made


def acts(desk: Desk, whole: Whole, folder: Path) -> tuple[Callable[[], object], ...]:
    return (
        lambda: find_all(desk, SEN),
        lambda: access_report(desk, SEN),
        lambda: export(desk, SEN, folder / "out.zip", make_archive),
        lambda: waiting(desk),
        lambda: due_for_purge(desk),
        lambda: purge(desk, [whole.dossier.dossier_id]),
    )


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CLERK])
def test_those_who_may_not_find_export_or_destroy_nothing(
    desk: Desk, whole: Whole, tmp_path: Path, role: Role
) -> None:
    desk.session.begin(account(role), AFTER_TWO_YEARS)
    for act in acts(desk, whole, tmp_path):
        with pytest.raises(RuleRefusal, match="not_permitted"):
            act()
    assert not (tmp_path / "out.zip").exists()
    assert open_dossier(desk, whole.dossier.dossier_code).purged is None


def test_nobody_signed_in_may_do_nothing(desk: Desk, whole: Whole, tmp_path: Path) -> None:
    for act in acts(desk, whole, tmp_path):
        with pytest.raises(RuleRefusal, match="sign_in_needed"):
            act()


def test_a_clerk_writes_down_what_a_head_answers(desk: Desk, whole: Whole) -> None:
    assert whole.dossier.dossier_id
    desk.session.begin(account(Role.CLERK), AFTER_TWO_YEARS)
    asked = register(desk, SEN, RequestKind.COPY)
    with pytest.raises(RuleRefusal, match="not_permitted"):
        answer(desk, asked.request_id, Outcome.ANSWERED, "")
    desk.session.begin(account(Role.HEAD), AFTER_TWO_YEARS)
    done = answer(desk, asked.request_id, Outcome.ANSWERED, "")
    assert (asked.clerk, done.answered_by) == ("Hà Văn Clerk", "Hà Văn Head")


@pytest.mark.parametrize("role", [Role.HEAD, Role.ADMINISTRATOR])
def test_heads_and_administrators_do_all_of_it(desk: Desk, whole: Whole, tmp_path: Path, role: Role) -> None:
    desk.session.begin(account(role), AFTER_TWO_YEARS)
    for act in acts(desk, whole, tmp_path):
        act()
    purged = open_dossier(desk, whole.dossier.dossier_code).purged
    assert purged is not None
    assert purged.clerk == account(role).full_name
