"""A counter put back elsewhere has everything again, and gives no number a second time."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.desks import make_desk
from tests.helpers.life import rows
from tests.helpers.put_back import (
    assert_audit_whole,
    assert_same,
    everything_kept,
    fill,
    put_back,
    reopened,
)
from tests.helpers.visits import BIRTH
from tests.services.backup.conftest import MONDAY_MORNING

from counter_app.domain.audit_chain import AnchorKind
from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.services.backup.create import create
from counter_app.services.desk import Desk
from counter_app.services.paper_number import ALL_SERIES
from counter_app.services.receive_dossier import receive
from counter_app.storage.schema_version import HEAD


@pytest.mark.slow
def test_everything_is_back_on_another_pc_with_the_recovery_code(desk: Desk, tmp_path: Path) -> None:
    sheet = desk.keys.add_code(desk.clock.now())
    desk.keys.keep_code(sheet.wrap_id)
    desk.keys.put_passphrase("bốn con voi đi chợ", desk.clock.now())
    fill(desk)
    before = everything_kept(desk)
    create(desk, tmp_path / "usb.qmcbak")
    tip = rows(desk, "SELECT max(seq) FROM audit_entry")
    desk.store.close()
    shutil.rmtree(tmp_path / "counter")  # the PC is gone, and its keyring with it
    with pytest.raises(RuleRefusal, match="backup_other_key"):
        put_back(desk, tmp_path / "usb.qmcbak")
    with pytest.raises(RuleRefusal, match="backup_code_wrong"):
        put_back(desk, tmp_path / "usb.qmcbak", typed="năm con voi đi chợ")
    done = put_back(desk, tmp_path / "usb.qmcbak", typed=sheet.code.lower())
    assert (done.set_aside, done.scans_missing) == ("", 0)
    again = reopened(tmp_path / "counter", desk)
    assert_same(before, everything_kept(again))
    assert_audit_whole(again)
    with again.store.reading() as queries:
        assert queries.find("dinh thi sen")
        anchor = queries.audit_anchors()[-1]
        assert queries.integrity_problem() == ""
    assert (anchor.kind, anchor.tip.seq) == (AnchorKind.RESTORE, int(str(tip[0][0])) - 1)
    assert again.keys.standing().wraps  # the sheet opens this PC's data too
    again.store.close()
    # The passphrase of the time opens it as well, on a third PC.
    shutil.rmtree(tmp_path / "counter")
    put_back(desk, tmp_path / "usb.qmcbak", typed="bốn con voi đi chợ")


@pytest.mark.slow
def test_the_data_of_before_is_set_aside_whole(desk: Desk, tmp_path: Path) -> None:
    create(desk, tmp_path / "usb.qmcbak")
    lost = fill(desk)
    after = everything_kept(desk)
    desk.store.close()
    holder = make_desk(tmp_path / "counter", MONDAY_MORNING)
    with pytest.raises(EnvironmentProblem, match="already_running"):
        put_back(desk, tmp_path / "usb.qmcbak")
    holder.store.close()
    done = put_back(desk, tmp_path / "usb.qmcbak")
    assert done.set_aside == "counter.truoc-20261123-104500"
    aside = make_desk(tmp_path / done.set_aside, MONDAY_MORNING)
    assert everything_kept(aside) == after
    aside.store.close()
    again = reopened(tmp_path / "counter", desk)
    with again.store.reading() as queries:
        assert queries.dossier_by_code(lost[0].dossier_code) is None
    again.store.close()


@pytest.mark.slow
def test_scans_beside_an_automatic_backup_are_found_again(desk: Desk, tmp_path: Path) -> None:
    fill(desk)
    before = everything_kept(desk)
    _run, made = create(desk, desk.backups.own_folder / "own.qmcbak", with_scans=False)
    desk.store.close()
    assert put_back(desk, made.path).scans_missing == 0
    again = reopened(tmp_path / "counter", desk)
    assert_same(before, everything_kept(again))
    again.store.close()
    elsewhere = shutil.copy(tmp_path / "counter.truoc-20261123-104500" / "backups" / "own.qmcbak", tmp_path)
    shutil.rmtree(tmp_path / "counter" / "scans")
    assert put_back(desk, Path(elsewhere)).scans_missing == 1  # told, and everything else is back


@pytest.mark.slow
def test_numbers_go_on_in_the_provisional_block_and_papers_jump(desk: Desk, tmp_path: Path) -> None:
    fill(desk)
    create(desk, tmp_path / "usb.qmcbak")
    lost = [receive(desk, BIRTH, clerk="Mai") for _ in range(3)]
    desk.clock.advance(minutes=30)  # type: ignore[attr-defined]
    desk.store.close()
    put_back(desk, tmp_path / "usb.qmcbak", slip=str(lost[-1].dossier_code))
    again = reopened(tmp_path / "counter", desk)
    next_one = receive(again, BIRTH, clerk="Mai")
    # 11:15: 378 slots of 50 seconds since six, and a hundred.
    assert str(next_one.dossier_code) == "H29.12-261123-901479"
    assert next_one.register_no > max(each.register_no for each in lost)
    with again.store.reading() as queries:
        jumped = {series: queries.numbered_until(series, 2026, 1) for series in ALL_SERIES}
    assert jumped.pop("register") == 3 + 36 + 10 + 1
    assert set(jumped.values()) == {46}
    again.clock.advance(days=1)  # type: ignore[attr-defined]
    assert str(receive(again, BIRTH, clerk="Mai").dossier_code) == "H29.12-261124-1001"
    again.store.close()


@pytest.mark.slow
def test_a_provisional_slip_of_today_raises_further_and_others_are_refused(
    desk: Desk, tmp_path: Path
) -> None:
    create(desk, tmp_path / "usb.qmcbak")
    desk.store.close()
    for wrong in ("H29.12-261122-1001", "H29.12-261123-2001", "H29.13-261123-1001"):
        with pytest.raises(BadInput, match="restore_slip_other"):
            put_back(desk, tmp_path / "usb.qmcbak", slip=wrong)
    with pytest.raises(BadInput, match="bad_dossier_code"):
        put_back(desk, tmp_path / "usb.qmcbak", slip="abc")
    assert not (tmp_path / "counter.restoring").exists()
    put_back(desk, tmp_path / "usb.qmcbak", slip="H29.12-261123-901700")
    again = reopened(tmp_path / "counter", desk)
    assert receive(again, BIRTH, clerk="Mai").dossier_code.endswith("-901701")
    again.store.close()


def test_a_clock_before_the_backup_is_refused(desk: Desk, tmp_path: Path) -> None:
    create(desk, tmp_path / "usb.qmcbak")
    desk.store.close()
    desk.clock.advance(days=-30)  # type: ignore[attr-defined]
    with pytest.raises(RuleRefusal, match="clock_set_back"):
        put_back(desk, tmp_path / "usb.qmcbak")
    desk.clock.advance(days=30)  # type: ignore[attr-defined]
    make_desk(tmp_path / "counter", MONDAY_MORNING).store.close()  # the data of before is there and opens


def test_a_backup_of_a_newer_program_is_refused_and_the_data_stays(desk: Desk, tmp_path: Path) -> None:
    fill(desk)
    before = everything_kept(desk)
    with desk.store.writing() as transaction:
        transaction._sql.run("UPDATE alembic_version SET version_num = '9999'")  # type: ignore[attr-defined]
    create(desk, tmp_path / "usb.qmcbak")
    with desk.store.writing() as transaction:
        transaction._sql.run("UPDATE alembic_version SET version_num = ?", (HEAD,))  # type: ignore[attr-defined]
    desk.store.close()
    with pytest.raises(EnvironmentProblem, match="database_newer"):
        put_back(desk, tmp_path / "usb.qmcbak")
    again = reopened(tmp_path / "counter", desk)
    assert_same(before, everything_kept(again))
    again.store.close()


moves = st.lists(st.sampled_from(["receive", "receive", "backup", "lose", "lose again"]), max_size=9)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves)
def test_whatever_is_lost_no_code_and_no_register_number_comes_twice(
    moves: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Offline all the time: nobody but the citizens knows what was given and lost."""
    base = tmp_path_factory.mktemp("lives")
    desk = make_desk(base / "counter", MONDAY_MORNING)
    create(desk, base / "usb.qmcbak")
    codes: list[str] = []
    register: list[int] = []
    for move in moves:
        desk.clock.advance(seconds=60)  # type: ignore[attr-defined]
        if move == "receive":
            dossier = receive(desk, BIRTH, clerk="Mai")
            codes.append(str(dossier.dossier_code))
            register.append(dossier.register_no)
        elif move == "backup":
            create(desk, base / "usb.qmcbak")
        else:
            desk.store.close()
            put_back(desk, base / "usb.qmcbak")
            desk = reopened(base / "counter", desk)
    desk.store.close()
    assert len(set(codes)) == len(codes)
    assert len(set(register)) == len(register)
