"""``counter-server export dvcqg`` over a real PostgreSQL with what a real counter reported."""

import asyncio
import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from tests.helpers.visits import CERTIFIED_COPY
from tests.server.dvcqg_dossiers import GIVE, HAND_OVER, OFFICE, RESULT, UNIT, CountersOffice, counters_office

from counter_protocol.events import EventEnvelope
from counter_server.__main__ import main
from counter_server.database.connections import Database
from counter_server.dvcqg import write as writing
from counter_server.events.office_log import OfficeLog
from counter_server.events.server_events import append

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[CountersOffice]:
    with counters_office(tmp_path / "counter") as made:
        yield made


def report(url: str, office: CountersOffice, *events: EventEnvelope, unit: str = UNIT) -> None:
    """Let the server have everything the counter has, or these events."""
    office.log.take(office.desk)

    async def take() -> None:
        database = await Database.open(url, size=1)
        async with database.admin() as connection:
            await connection.execute("INSERT INTO office VALUES ($1, $2, 'Phú Thọ')", unit, OFFICE)
            await connection.execute("INSERT INTO office_log (unit) VALUES ($1)", unit)
            await append(await OfficeLog.lock(connection, unit), events or office.log.events, NOW)
        await database.close()

    asyncio.run(take())


def run_sql(url: str, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(url)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(run())


def export(monkeypatch: pytest.MonkeyPatch, url: str, out: Path, *more: str, day: str = "2026-11-23") -> int:
    words = ["export", "dvcqg", "--database-url", url, "--from", day, "--to", day, "--out", str(out), *more]
    monkeypatch.setattr("sys.argv", ["counter-server", *words])
    return main()


def test_an_export_holds_what_was_reported_in_batches(
    office: CountersOffice, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = [office.receive() for _ in range(3)]
    office.act(dossiers[0], HAND_OVER, RESULT, GIVE)
    report(database_url, office)
    out = tmp_path / "out"
    assert export(monkeypatch, database_url, out) == 0
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert [(each["service"], each["count"]) for each in manifest["batches"]] == [
        ("DongBoHoSoMC", 3),
        ("CapNhatTienDoHoSoMC", 4),
        ("CapNhatTienDoHoSoMC", 1),
        ("CapNhatTienDoHoSoMC", 1),
    ]
    messages = json.loads((out / manifest["batches"][0]["file"]).read_text("utf-8"))
    golden = Path(__file__).parent / "dvcqg_golden" / "returned.json"
    assert messages[0] == json.loads(golden.read_text("utf-8"))["dossier"]
    assert sorted(each["MaHoSo"] for each in messages) == sorted(each.dossier_code for each in dossiers)
    names = " ".join(path.name for path in out.iterdir())
    assert "Sen" not in names
    assert all(dossier.dossier_code not in names for dossier in dossiers)
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_only_what_happened_or_arrived_in_those_days_is_told(
    office: CountersOffice, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receive()
    report(database_url, office)
    run_sql(database_url, "UPDATE event SET taken_at = '2027-02-03T16:59:59Z'")  # 23:59:59 in Vietnam
    counts = {}
    for day in ("2026-11-22", "2026-11-23", "2026-11-24", "2027-02-02", "2027-02-03", "2027-02-04"):
        assert export(monkeypatch, database_url, tmp_path / day, day=day) == 0
        batches = json.loads((tmp_path / day / "manifest.json").read_text("utf-8"))["batches"]
        counts[day] = sum(each["count"] for each in batches if each["service"] == "DongBoHoSoMC")
    assert counts == {
        "2026-11-22": 0,
        "2026-11-23": 1,
        "2026-11-24": 0,
        "2027-02-02": 0,
        "2027-02-03": 1,
        "2027-02-04": 0,
    }


def test_one_unmapped_value_and_nothing_is_written(
    office: CountersOffice,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fine, bad = office.receive(), office.receive(CERTIFIED_COPY)
    report(database_url, office)
    run_sql(
        database_url,
        "UPDATE dossier SET state = replace(state, 'Chứng thực', 'Thanh tra') "
        f"WHERE dossier_id = '{bad.dossier_id}'",
    )
    out = tmp_path / "out"
    assert export(monkeypatch, database_url, out) == 3
    assert f"{bad.dossier_code}\tMaLinhVuc\tThanh tra" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["counter"]
    assert export(monkeypatch, database_url, out, "--skip-unmapped") == 3
    assert json.loads((out / "unmapped.json").read_text("utf-8")) == [
        {
            "MaHoSo": bad.dossier_code,
            "madonvi": UNIT,
            "field": "MaLinhVuc",
            "value": "Thanh tra",
            "reason": "unmapped",
        }
    ]
    (batch,) = out.glob("*-hoso-*.json")
    assert [each["MaHoSo"] for each in json.loads(batch.read_text("utf-8"))] == [fine.dossier_code]
    own = tmp_path / "own.yaml"
    own.write_text(
        "valid_from: 2026-01-01\ntables:\n  MaLinhVuc: {source: Sở, certainty: verified, "
        "checked: 2026-11-20, codes: {Thanh tra: G12-TC23}}\n",
        "utf-8",
    )
    assert export(monkeypatch, database_url, tmp_path / "whole", "--mapping", str(own)) == 0


def test_training_and_other_offices_stay_out(
    office: CountersOffice, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receive()
    trained = office.receive()
    report(database_url, office)
    run_sql(
        database_url,
        "UPDATE dossier SET state = replace(state, '\"training\":false', '\"training\":true') "
        f"WHERE dossier_id = '{trained.dossier_id}'",
    )
    assert export(monkeypatch, database_url, tmp_path / "own", "--office", UNIT) == 0
    assert export(monkeypatch, database_url, tmp_path / "other", "--office", "H29.13") == 0
    assert _count(tmp_path / "own") == 1
    assert _count(tmp_path / "other") == 0


def _count(out: Path) -> int:
    files = [json.loads(path.read_text("utf-8")) for path in out.glob("*-hoso-*.json")]
    return sum(map(len, files))


def test_a_folder_that_is_there_is_never_overwritten(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    assert export(monkeypatch, database_url, tmp_path / "out") == 2
    assert list((tmp_path / "out").iterdir()) == []


def test_an_export_the_disk_stops_leaves_nothing(
    office: CountersOffice, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receive()
    report(database_url, office)
    written = []

    def full(self: Path, body: bytes) -> int:
        written.append(self.name)
        if len(written) > 1:
            raise OSError(28, "No space left on device")
        with self.open("wb") as file:
            return file.write(body)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        assert export(patched, database_url, tmp_path / "out") == 4
    assert len(written) > 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["counter"]
    assert export(monkeypatch, database_url, tmp_path / "out") == 0


def test_days_the_wrong_way_round_are_refused(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["export", "dvcqg", "--database-url", database_url, "--from", "2026-11-24", "--to", "2026-11-23"]
    monkeypatch.setattr("sys.argv", ["counter-server", *words, "--out", str(tmp_path / "out")])
    assert main() == 2


def test_a_full_batch_is_followed_by_another(
    office: CountersOffice, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "DOSSIERS_A_BATCH", 2)
    for _ in range(3):
        office.receive()
    report(database_url, office)
    assert export(monkeypatch, database_url, tmp_path / "out") == 0
    assert sorted(path.name for path in (tmp_path / "out").glob("*-hoso-*")) == [
        "H29.12-hoso-0001.json",
        "H29.12-hoso-0002.json",
    ]
