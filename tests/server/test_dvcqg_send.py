"""Sending an export to a gateway that answers as the real one: taken once, resumed, refusals reported."""

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.server.dvcqg_dossiers import GIVE, HAND_OVER, RESULT, CountersOffice, counters_office, lived
from tests.server.dvcqg_gateway import PASSWORD, USER, StubGateway, stub_gateway

from counter_app.domain.dossier import Dossier
from counter_server.__main__ import main
from counter_server.dvcqg.build import build
from counter_server.dvcqg.mapping import mapping_on
from counter_server.dvcqg.write import write

DAY = date(2026, 11, 23)
TABLES = mapping_on(DAY)


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubGateway]:
    monkeypatch.setenv("DVCQG_PASSWORD", PASSWORD)
    with stub_gateway() as made:
        yield made


@pytest.fixture
def office(tmp_path: Path) -> Iterator[CountersOffice]:
    with counters_office(tmp_path / "counter") as made:
        yield made


def export(office: CountersOffice, folder: Path, *dossiers: Dossier) -> Path:
    told = [build(office.source(dossier), TABLES) for dossier in dossiers]
    write(folder, told, (), first=DAY, last=DAY)
    return folder


def send(monkeypatch: pytest.MonkeyPatch, gateway: StubGateway, folder: Path, *more: str) -> int:
    words = ["send", "dvcqg", str(folder), "--user", USER, "--login-url", f"{gateway.url}/login"]
    words += ["--service-url", f"{gateway.url}/service", *more]
    monkeypatch.setattr("sys.argv", ["counter-server", *words])
    return main()


@pytest.mark.parametrize("ok", ["0", "00"])
def test_dossiers_and_steps_are_taken_once_however_often_they_are_sent(
    office: CountersOffice, gateway: StubGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ok: str
) -> None:
    gateway.ok = ok
    one, two = office.receive(), office.receive()
    office.act(one, HAND_OVER, RESULT, GIVE)
    folder = export(office, tmp_path / "out", one, two)
    assert send(monkeypatch, gateway, folder) == 0
    assert set(gateway.dossiers) == {one.dossier_code, two.dossier_code}
    assert [step["TrangThai"] for step in gateway.steps] == ["2", "4", "9", "10", "2"]
    sent = len(gateway.calls)
    assert send(monkeypatch, gateway, folder) == 0
    assert len(gateway.calls) == sent
    assert gateway.services("DongBoHoSoMC")[0]["isUpdating"] == "false"
    assert {body["madonvi"] for _, body in gateway.calls} == {"H29.12"}


def test_a_later_export_updates_and_tells_the_new_steps_only(
    office: CountersOffice, gateway: StubGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = ("--book", str(tmp_path / "sent.jsonl"))
    dossier = office.receive()
    assert send(monkeypatch, gateway, export(office, tmp_path / "monday", dossier), *book) == 0
    office.act(dossier, HAND_OVER, RESULT)
    assert send(monkeypatch, gateway, export(office, tmp_path / "tuesday", dossier), *book) == 0
    assert [body["isUpdating"] for body in gateway.services("DongBoHoSoMC")] == ["false", "true"]
    assert gateway.dossiers[dossier.dossier_code]["TrangThaiHoSo"] == "9"
    assert [step["TrangThai"] for step in gateway.steps] == ["2", "4", "9"]


def test_an_old_export_does_not_put_a_dossier_back(
    office: CountersOffice, gateway: StubGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = ("--book", str(tmp_path / "sent.jsonl"))
    dossier = office.receive()
    monday = export(office, tmp_path / "monday", dossier)
    office.act(dossier, HAND_OVER, RESULT)
    assert send(monkeypatch, gateway, export(office, tmp_path / "tuesday", dossier), *book) == 0
    assert send(monkeypatch, gateway, monday, *book) == 0
    assert gateway.dossiers[dossier.dossier_code]["TrangThaiHoSo"] == "9"
    assert len(gateway.steps) == 3


def test_words_are_understood_in_any_spelling_of_unicode(
    office: CountersOffice, gateway: StubGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = office.receive()
    said = unicodedata.normalize("NFD", "Hồ sơ ĐÃ TỒN TẠI")
    gateway.refuses[dossier.dossier_code] = {"error_code": "3", "message": said}
    folder = export(office, tmp_path / "out", dossier)
    assert send(monkeypatch, gateway, folder) == 3  # an update was tried, and refused as well
    assert [body["isUpdating"] for body in gateway.services("DongBoHoSoMC")] == ["false", "true"]
    assert json.loads((folder / "refused.json").read_text("utf-8"))[0]["message"] == said


def test_a_dossier_that_exists_after_all_is_updated(
    office: CountersOffice, gateway: StubGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = office.receive()
    gateway.dossiers[dossier.dossier_code] = {}
    gateway.hidden.add(dossier.dossier_code)
    assert send(monkeypatch, gateway, export(office, tmp_path / "out", dossier)) == 0
    assert gateway.dossiers[dossier.dossier_code]["TrangThaiHoSo"] == "2"
    assert [body["isUpdating"] for body in gateway.services("DongBoHoSoMC")] == ["false", "true"]


@pytest.mark.parametrize("code", ["7", "0"])  # code 0 with words of failure is a failure
def test_a_refused_dossier_is_reported_and_holds_nobody_up(
    office: CountersOffice,
    gateway: StubGateway,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    code: str,
) -> None:
    bad, good = office.receive(), office.receive()
    gateway.refuses[bad.dossier_code] = {"error_code": code, "message": "Lỗi dữ liệu của bà Đinh Thị Sen"}
    folder = export(office, tmp_path / "out", bad, good)
    assert send(monkeypatch, gateway, folder) == 3
    assert set(gateway.dossiers) == {good.dossier_code}
    assert {step["MaHoSo"] for step in gateway.steps} == {good.dossier_code}
    said = capsys.readouterr()
    assert f"{bad.dossier_code}\tDongBoHoSoMC\t{code}" in said.err
    assert "Sen" not in said.err + said.out
    (refused,) = json.loads((folder / "refused.json").read_text("utf-8"))
    assert (refused["MaHoSo"], refused["error_code"]) == (bad.dossier_code, code)
    gateway.refuses.clear()
    assert send(monkeypatch, gateway, folder) == 0
    assert set(gateway.dossiers) == {bad.dossier_code, good.dossier_code}
    assert json.loads((folder / "refused.json").read_text("utf-8")) == []


def test_a_session_that_ends_is_renewed_once(
    office: CountersOffice, gateway: StubGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = office.receive(), office.receive()
    folder = export(office, tmp_path / "out", first, second)
    serve = gateway.serve

    def forgetful(body: dict[str, object]) -> dict[str, object]:
        if len(gateway.calls) == 3:
            gateway.sessions.clear()
        return serve(body)

    monkeypatch.setattr(gateway, "serve", forgetful)
    assert send(monkeypatch, gateway, folder) == 0
    assert gateway.logins == 2
    assert len(gateway.steps) == 2


def test_a_wrong_password_is_told_and_nothing_is_sent(
    office: CountersOffice, gateway: StubGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = export(office, tmp_path / "out", office.receive())
    monkeypatch.setenv("DVCQG_PASSWORD", "sai")
    assert send(monkeypatch, gateway, folder) == 2
    assert (gateway.logins, gateway.calls) == (1, [])


@pytest.mark.parametrize("broken_after", range(6))
def test_a_page_of_a_proxy_stops_the_run_and_the_next_one_ends_it(
    office: CountersOffice,
    gateway: StubGateway,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken_after: int,
) -> None:
    folder = export(office, tmp_path / "out", office.receive(), office.receive())
    gateway.broken_after = broken_after
    assert send(monkeypatch, gateway, folder) == 4
    gateway.broken_after = -1
    assert send(monkeypatch, gateway, folder) == 0
    assert len(gateway.dossiers) == 2
    assert len(gateway.steps) == 2


def test_a_lost_reply_to_a_new_dossier_becomes_an_update(
    office: CountersOffice, gateway: StubGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = office.receive()
    folder = export(office, tmp_path / "out", dossier)
    gateway.lost_replies = {1}
    assert send(monkeypatch, gateway, folder) == 4
    assert set(gateway.dossiers) == {dossier.dossier_code}
    assert send(monkeypatch, gateway, folder) == 0
    assert [body["isUpdating"] for body in gateway.services("DongBoHoSoMC")] == ["false", "true"]


def test_more_than_ten_steps_go_in_tens(
    office: CountersOffice, gateway: StubGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = build(lived(office, "returned"), TABLES)
    many = tuple(told.steps[0] for _ in range(12))
    steps = tuple(type(step)(**{**_fields(step), "NoiDungXuLy": str(n)}) for n, step in enumerate(many))
    folder = tmp_path / "out"
    write(folder, [type(told)(unit=told.unit, dossier=told.dossier, steps=steps)], (), first=DAY, last=DAY)
    assert send(monkeypatch, gateway, folder) == 0
    assert [len(body["data"]) for body in gateway.services("CapNhatTienDoHoSoMC")] == [10, 2]


def _fields(step: object) -> dict[str, str]:
    return {name: getattr(step, name) for name in step.__struct_fields__}  # type: ignore[attr-defined]


def test_a_book_a_power_cut_tore_is_mended(
    office: CountersOffice, gateway: StubGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = export(office, tmp_path / "out", office.receive())
    assert send(monkeypatch, gateway, folder) == 0
    book = folder / "sent.jsonl"
    book.write_bytes(book.read_bytes()[:-5])  # the last line is of the step
    assert send(monkeypatch, gateway, folder) == 0
    assert len(gateway.services("DongBoHoSoMC")) == 1
    assert len(gateway.services("CapNhatTienDoHoSoMC")) == 2
    assert book.read_bytes().count(b"\n") == 2


def test_a_batch_somebody_changed_is_not_sent(
    office: CountersOffice, gateway: StubGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = export(office, tmp_path / "out", office.receive())
    (batch,) = folder.glob("*-hoso-*.json")
    batch.write_text(batch.read_text("utf-8").replace("Sen", "San"), "utf-8")
    assert send(monkeypatch, gateway, folder) == 2
    assert gateway.dossiers == {}
