import pytest
from card_samples import CARD, ENCODERS, TODAY, best_seconds, refusal_of, to_tcvn3
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.domain.scan import Scan, ScanKind, read_scan

MRZ = "IDVNM1900123455001190012345<<5" + "9011157F3011150VNM<<<<<<<<<<<0" + "NGUYEN<<THI<HUONG<<<<<<<<<<<<<"


def read(data: str | bytes) -> Scan:
    return read_scan(data, today=TODAY, unit_code="H29.12")


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_card_in_any_encoding(encoding: str) -> None:
    scan = read(b"\x02]Q1" + ENCODERS[encoding](CARD) + b"\x03\r\n")
    assert scan.kind is ScanKind.CITIZEN_CARD
    assert scan.card is not None
    assert scan.card.full_name == "Nguyễn Thị Hường"


def test_machine_readable_lines() -> None:
    scan = read(f"{MRZ[:30]}\r\n{MRZ[30:60]}\r\n{MRZ[60:]}\r\n")
    assert scan.kind is ScanKind.MRZ
    assert scan.mrz is not None
    assert scan.mrz.full_name == "NGUYEN THI HUONG"
    assert scan.warnings == scan.mrz.warnings


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("]C0H29.12-261121-1001\r", ""),
        ("H29122611211001", ""),
        ("H29.12-261121-1001/K7WX", "K7WX"),
        ("h29.12/261121/1001&k7wx", "K7WX"),
        ("H29122611211001K7WX", "K7WX"),
        ("H29122611211001/3467", "3467"),
        ("https://tracuu.example.vn/h/H29.12-261121-1001/K7WX", "K7WX"),
    ],
)
def test_a_slip(text: str, secret: str) -> None:
    for data in (text, text.encode()):
        scan = read(data)
        assert (scan.kind, scan.dossier_code, scan.secret) == (
            ScanKind.DOSSIER_CODE,
            "H29.12-261121-1001",
            secret,
        )


def test_a_slip_of_another_office() -> None:
    assert read("000.17.22.H56-210531-0001").dossier_code == "000.17.22.H56-210531-0001"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("xin chào", "unknown_scan"),
        ("8934567890123", "unknown_scan"),
        ("H29.12-261321-1001", "unknown_scan"),
        ("a|b", "not_a_card"),
        (CARD.replace("001190012345", "190012345"), "not_a_personal_id"),
        (MRZ.replace("IDVNM1900123455001", "IDVNM1900123455OO1"), "not_a_personal_id"),
        (MRZ.replace("VNM", "UTO"), "unknown_scan"),
        ("https://example.vn/", "unknown_scan"),
        ("<script>alert(1)</script>", "unknown_scan"),
        ("'; DROP TABLE dossiers;--", "unknown_scan"),
        ("\u202e1001-261121-21.92H", "unknown_scan"),
        (b"\xff\xfe\x00\x00", "unknown_scan"),
        ("\ud800", "unknown_scan"),
        ("9" * 2048, "unknown_scan"),
    ],
)
def test_the_unknown_says_why(data: str | bytes, reason: str) -> None:
    scan = read(data)
    assert (scan.kind, scan.reason) == (ScanKind.UNKNOWN, reason)
    assert [warning.code for warning in scan.warnings] == [reason]


@pytest.mark.parametrize("data", ["", b"", "\r\n", b"\x02\x03", "]Q1\r", " \t ", "\x00"])
def test_nothing_is_said_to_be_empty(data: str | bytes) -> None:
    with pytest.raises(BadInput, match="scan_empty"):
        read(data)


@pytest.mark.parametrize(
    "data", ["|" * 10_000_000, b"\x00" * 10_000_000, "ễ" * 2048], ids=["text", "bytes", "wide"]
)
def test_a_flood_costs_nothing(data: str | bytes) -> None:
    assert best_seconds(lambda: refusal_of(lambda: read(data))) < 0.001
    with pytest.raises(BadInput) as refusal:
        read(data)
    assert (refusal.value.code, refusal.value.params) == ("scan_too_long", {"limit": 2048})


@given(
    st.binary(max_size=2100)
    | st.text(max_size=2100)
    | st.text("\ud800\udc80|H29.12-6<\x1e\x01ễ", max_size=120)
)
def test_nothing_else_is_ever_raised(data: str | bytes) -> None:
    if refusal_of(lambda: read(data)) not in ("scan_empty", "scan_too_long"):
        scan = read(data)
        assert (scan.kind is ScanKind.UNKNOWN) == bool(scan.reason)


def test_the_usual_scan_is_quick() -> None:
    assert best_seconds(lambda: read(CARD.encode())) < 0.001
    assert best_seconds(lambda: read("H29.12-261121-1001/K7WX")) < 0.001


def test_nothing_personal_in_logs() -> None:
    for data in (CARD, MRZ, to_tcvn3(CARD), "H29.12-261121-1001/K7WX"):
        shown = repr(read(data))
        assert not any(secret in shown for secret in ("001190012345", "Hường", "HUONG", "1990", "K7WX"))
