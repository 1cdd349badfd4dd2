"""A crash is remembered across starts; a sudden end is told from a proper one."""

from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, FixedClock

from counter_app.incident_files import MOST_KEPT, IncidentFiles


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "counter"


def incidents_of(data_dir: Path) -> IncidentFiles:
    return IncidentFiles(data_dir, FixedClock(MORNING), data_dir / "fonts")


def _crash(name: str) -> Exception:
    try:
        raise KeyError(name)
    except KeyError as error:
        return error


def test_a_crash_is_kept_by_kind_and_place(data_dir: Path) -> None:
    made = incidents_of(data_dir).record(_crash("Lò Văn Pín"))
    (kept,) = incidents_of(data_dir).kept()
    assert kept == made
    assert (kept.kind, kept.at) == ("KeyError", MORNING.isoformat(timespec="seconds"))
    assert kept.place.startswith("KeyError at test_incidents.py:")
    assert all("Pín" not in path.read_text() for path in (data_dir / "logs").iterdir())


def test_the_newest_stand_first_and_old_ones_go(data_dir: Path) -> None:
    incidents = incidents_of(data_dir)
    for number in range(MOST_KEPT + 5):
        incidents.record(ValueError() if number == MOST_KEPT + 4 else KeyError())
    kept = incidents.kept()
    assert len(kept) == MOST_KEPT
    assert [each.kind for each in kept[:2]] == ["ValueError", "KeyError"]


def test_a_torn_line_hides_no_other(data_dir: Path) -> None:
    incidents = incidents_of(data_dir)
    incidents.record(KeyError())
    file = data_dir / "logs" / "incidents.jsonl"
    file.write_text('{"at": "2026-\n[1]\n{"nothing": 1}\n' + file.read_text())
    assert [each.kind for each in incidents.kept()] == ["KeyError"]
    file.write_bytes(b"\xff\xfe")
    assert incidents.kept() == []


def test_a_crash_is_told_where_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    assert incidents_of(tmp_path).record(KeyError()).kind == "KeyError"


def test_only_a_start_after_a_sudden_end_is_told_so(data_dir: Path) -> None:
    first = incidents_of(data_dir)
    assert not first.begin()
    assert incidents_of(data_dir).begin(), "the first never ended"
    second = incidents_of(data_dir)
    second.begin()
    second.end()
    assert not incidents_of(data_dir).begin()


def test_a_program_that_was_refused_the_data_leaves_the_mark_of_the_other(data_dir: Path) -> None:
    working = incidents_of(data_dir)
    working.begin()
    incidents_of(data_dir).end()
    assert incidents_of(data_dir).begin(), "the mark of the one at work was taken away"
