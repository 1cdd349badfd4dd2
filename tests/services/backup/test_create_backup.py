"""Backups are read back before they count, noted, hold nothing in clear, and go to a second place."""

import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from tests.helpers.life import rows
from tests.helpers.put_back import fill, scan
from tests.helpers.visits import BIRTH, GRANDMOTHER

from counter_app.domain.audit_chain import AnchorKind
from counter_app.domain.backups import Occasion, Place
from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.backup.automatic import keep_safe
from counter_app.services.backup.create import backup_name, create, moment_of
from counter_app.services.backup.second_place import choose_second_folder
from counter_app.services.backup.standing import backup_standing
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive


def test_a_backup_holds_everything_and_is_noted(desk: Desk, tmp_path: Path) -> None:
    fill(desk)
    with desk.store.reading() as queries:
        tip = queries.audit_tip()
    run, made = create(desk, tmp_path / "usb.qmcbak")
    content = made.manifest.content
    assert (content.dossiers, content.drafts, content.scans, content.tip) == (3, 1, 1, tip)
    assert content.people == len(rows(desk, "SELECT * FROM person"))
    assert (run.size, run.place, run.occasion) == (made.path.stat().st_size, Place.CHOSEN, Occasion.CHOSEN)
    assert all(check.ok for check in desk.backups.check(made.path))
    with desk.store.reading() as queries:
        (noted,) = queries.backup_runs()
        anchor = queries.audit_anchors()[-1]
    assert noted == run
    assert (anchor.kind, anchor.tip, anchor.reference) == (AnchorKind.BACKUP, tip, "usb.qmcbak")
    assert rows(desk, "SELECT act FROM audit_entry ORDER BY seq DESC LIMIT 1") == [("backup_made",)]
    assert {path.name for path in tmp_path.iterdir()} == {"usb.qmcbak", "counter"}
    assert list(desk.backups.own_folder.iterdir()) == []


def test_nothing_of_a_citizen_is_in_the_file_in_clear(desk: Desk, tmp_path: Path) -> None:
    fill(desk)
    create(desk, tmp_path / "usb.qmcbak")
    content = (tmp_path / "usb.qmcbak").read_bytes()
    for secret in (GRANDMOTHER.full_name, GRANDMOTHER.personal_id, "Minh Khôi", "%PDF", "SQLite format"):
        assert secret.encode() not in content
        assert secret.encode("utf-16-le") not in content
    for name in zipfile.ZipFile(tmp_path / "usb.qmcbak").namelist():
        assert GRANDMOTHER.personal_id not in name


def test_work_goes_on_while_a_backup_reads(desk: Desk, tmp_path: Path) -> None:
    """The copy is of one moment; acts before and after it do not wait and are not mixed."""
    fill(desk)
    with desk.store.writing() as transaction:  # an act is under way; a reader never waits for it
        transaction.put_setting("probe", "1")
        made = desk.backups.make(tmp_path / "a.qmcbak", created=desk.clock.now(), with_scans=False)
    assert made.manifest.content.dossiers == 3


@pytest.mark.slow
def test_daily_close_and_rotation(desk: Desk) -> None:
    first = keep_safe(desk)
    assert first.made is not None
    assert first.made.occasion is Occasion.DAILY
    assert keep_safe(desk).made is None
    assert keep_safe(desk, closing=True).made is None  # nothing was done since
    receive(desk, BIRTH, clerk="Mai")
    desk.clock.advance(hours=1)  # type: ignore[attr-defined]
    closing = keep_safe(desk, closing=True)
    assert closing.made is not None
    assert closing.made.occasion is Occasion.CLOSE
    names = set(desk.backups.names(desk.backups.own_folder))
    assert names == {closing.made.file}  # of one day only the newer is kept
    assert closing.expired == 1
    for _day in range(60):
        desk.clock.advance(days=1)  # type: ignore[attr-defined]
        assert keep_safe(desk).problem is None
    kept = desk.backups.names(desk.backups.own_folder)
    moments = [moment_of(name, desk.clock.now()) for name in kept]
    assert len(kept) <= 11
    assert all(moment is not None and desk.clock.now() - moment <= timedelta(days=35) for moment in moments)
    assert rows(desk, "SELECT count(*) FROM audit_entry WHERE act = 'backup_expired'") != [(0,)]


def test_copies_from_before_an_upgrade_go_when_backups_of_then_would(desk: Desk) -> None:
    copy = desk.backups.own_folder / "before-0013.db"
    copy.write_bytes(b"x")
    for age, stays in ((timedelta(days=34), True), (timedelta(days=36), False)):
        then = (desk.clock.now() - age).timestamp()
        os.utime(copy, (then, then))
        keep_safe(desk)
        assert copy.exists() is stays


def test_the_second_place_comes_and_goes_and_catches_up(desk: Desk, tmp_path: Path) -> None:
    received = fill(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    with pytest.raises(EnvironmentProblem, match="backup_place_missing"):
        choose_second_folder(desk, str(tmp_path / "nowhere"))
    choose_second_folder(desk, str(stick))
    done = keep_safe(desk)
    assert done.made is not None
    assert done.copied is not None
    (place,) = (path.parent for path in stick.rglob("*.qmcbak"))
    assert (place / done.made.file).read_bytes() == (desk.backups.own_folder / done.made.file).read_bytes()
    assert len(list(place.rglob("scans/*/*.bin"))) == 1
    stick.rename(tmp_path / "pulled")
    stick.mkdir()  # the empty mount point of a stick that was pulled
    scan(desk, received[2])
    desk.clock.advance(days=1)  # type: ignore[attr-defined]
    away = keep_safe(desk)
    assert (away.problem, away.copied) == (None, None)
    assert backup_standing(desk).second_place == "away"
    assert list(stick.iterdir()) == []
    stick.rmdir()
    (tmp_path / "pulled").rename(stick)
    back = keep_safe(desk)
    assert back.made is None
    assert back.copied is not None
    assert away.made is not None
    assert back.copied.file == away.made.file
    assert len(list(place.rglob("scans/*/*.bin"))) == 2
    assert backup_standing(desk).second_place == "there"


def test_a_stick_pulled_while_it_is_written_to_gets_nothing_on_our_own_disk(
    desk: Desk, tmp_path: Path
) -> None:
    fill(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    choose_second_folder(desk, str(stick))
    _run, made = create(desk, desk.backups.own_folder / "own.qmcbak", with_scans=False)
    place = desk.backups.place_of(str(stick), desk.settings.counter.device_id)
    assert place is not None
    stick.rename(tmp_path / "pulled")
    stick.mkdir()
    with pytest.raises(EnvironmentProblem, match="backup_place_missing"):
        desk.backups.copy(made.path.name, place)
    assert list(stick.iterdir()) == []


def test_a_failed_backup_is_noted_and_leaves_the_one_before(desk: Desk, tmp_path: Path) -> None:
    create(desk, tmp_path / "usb.qmcbak")
    before = (tmp_path / "usb.qmcbak").read_bytes()
    database = tmp_path / "counter" / "counter.db"
    fill(desk)
    desk.store.close()
    good = database.read_bytes()
    damaged = bytearray(good)
    damaged[-2000] ^= 1  # in the last page
    database.write_bytes(damaged)
    with pytest.raises(EnvironmentProblem) as problem:
        desk.backups.make(tmp_path / "usb.qmcbak", created=desk.clock.now(), with_scans=True)
    assert problem.value.code in ("backup_not_whole", "database_damaged")
    assert (tmp_path / "usb.qmcbak").read_bytes() == before
    assert not list(tmp_path.glob("*.unfinished"))
    database.write_bytes(good)
    with pytest.raises(EnvironmentProblem):
        create(desk, tmp_path / "nowhere" / "x.qmcbak")
    with desk.store.reading() as queries:
        assert queries.backup_runs(1)[0].outcome == "backup_not_written"
    assert rows(desk, "SELECT act FROM audit_entry ORDER BY seq DESC LIMIT 1") == [("backup_failed",)]


def test_the_name_tells_office_counter_and_moment(desk: Desk) -> None:
    name = backup_name(desk, desk.clock.now())
    assert name == "sao-luu-H29-12-Q1-20261123-104500.qmcbak"
    assert moment_of(name, desk.clock.now()) == desk.clock.now()
    assert moment_of("x.qmcbak", desk.clock.now()) is None
