"""What the scanner really sent, in words: for the scanner test page; plain Python."""

from dataclasses import dataclass
from datetime import date

from counter_app.domain.errors import KnownError
from counter_app.domain.scan import Scan, ScanKind, read_scan
from counter_app.domain.vietnamese_text import clean
from counter_app.i18n import _
from counter_app.messages import text_of, warning_text

# An invented citizen whose name and address hold the letters scanners and input methods garble.
TEST_CARD = (
    "001190000001|012345678|Đặng Thị Ngọc Hường|03021990|Nữ|"
    "Xóm Bưởi, xã Trung Mỹ, huyện Yên Lập, tỉnh Phú Thọ|06052021"
)
_MOST_SHOWN = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    """``tone`` is ok, warn or bad; ``advice`` says what to do; ``raw`` and ``codes`` what came."""

    headline: str
    tone: str
    advice: str
    raw: str
    codes: str
    facts: tuple[tuple[str, str], ...] = ()


def report(data: str | bytes, today: date, unit_code: str = "") -> ScanReport:
    """Judge one scan of the test code, a card or a slip."""
    try:
        scan = read_scan(data, today=today, unit_code=unit_code)
    except KnownError as error:
        return _made(data, text_of(error), "bad", "", ())
    warnings = [warning_text(warning.code, warning.params) for warning in scan.warnings]
    garbled = any(warning.code == "typed_through_ime" for warning in scan.warnings)
    facts = _facts(scan)
    if scan.kind is ScanKind.UNKNOWN:
        return _made(data, _("Đọc được nhưng không nhận ra"), "warn", _advice_unknown(), facts)
    if garbled:
        return _made(data, _("Bộ gõ Telex/VNI làm hỏng chữ"), "bad", _advice_ime(), facts)
    if _is_test(scan) and not _same_words(scan):
        return _made(data, _("Chữ có dấu bị hỏng"), "bad", _advice_ime(), facts)
    if _is_test(scan) and not _exact(data):
        return _made(data, _("Đọc được, nhưng máy quét gửi sai dấu"), "warn", _advice_accents(), facts)
    if _is_test(scan):
        return _made(data, _("Máy quét đọc đúng từng chữ"), "ok", "", facts)
    return _made(data, _("Đã đọc được"), "warn" if warnings else "ok", "\n".join(warnings), facts)


def _made(
    data: str | bytes, headline: str, tone: str, advice: str, facts: tuple[tuple[str, str], ...]
) -> ScanReport:
    raw = data if isinstance(data, str) else data.decode("latin-1")
    raw_bytes = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    shown = "".join(c if c.isprintable() else f"⟨{ord(c):02X}⟩" for c in raw[:_MOST_SHOWN])
    return ScanReport(
        headline=headline,
        tone=tone,
        advice=advice,
        raw=shown,
        codes=raw_bytes[: _MOST_SHOWN // 2].hex(" "),
        facts=facts,
    )


def _is_test(scan: Scan) -> bool:
    return scan.card is not None and scan.card.personal_id == TEST_CARD.split("|", 1)[0]


def _same_words(scan: Scan) -> bool:
    fields = TEST_CARD.split("|")
    return scan.card is not None and (scan.card.full_name, scan.card.address) == (fields[2], fields[5])


def _exact(data: str | bytes) -> bool:
    if isinstance(data, bytes):
        return data.strip() == TEST_CARD.encode()
    return clean(data) == TEST_CARD


def _facts(scan: Scan) -> tuple[tuple[str, str], ...]:
    kinds = {
        ScanKind.CITIZEN_CARD: _("Thẻ căn cước"),
        ScanKind.MRZ: _("Dòng máy đọc (MRZ)"),
        ScanKind.DOSSIER_CODE: _("Mã hồ sơ"),
        ScanKind.UNKNOWN: _("Không rõ"),
    }
    lines = [(_("Loại mã"), kinds[scan.kind])]
    if scan.dossier_code:
        lines.append((_("Mã hồ sơ"), scan.dossier_code))
    if scan.card is not None:
        card = scan.card
        lines += [
            (_("Họ tên"), card.full_name),
            (_("Địa chỉ"), card.address),
            (_("Ngày sinh"), f"{card.birth_date:%d/%m/%Y}" if card.birth_date else ""),
            (_("Sửa lỗi chữ"), _("có, đã đọc lại được") if card.repaired else _("không cần")),
        ]
    return tuple(lines)


def _advice_ime() -> str:
    return _(
        "Tắt bộ gõ tiếng Việt (chuyển Unikey sang E) khi quét, hoặc tốt hơn: đặt máy quét sang chế độ "
        "cổng COM rồi chọn cổng ở trên. Ở chế độ COM bộ gõ không chen vào được."
    )


def _advice_accents() -> str:
    return _(
        "Chương trình đã tự sửa được, vẫn dùng được. Muốn chắc chắn hơn, đặt máy quét sang UTF-8 "
        "hoặc chế độ cổng COM theo sách hướng dẫn của máy."
    )


def _advice_unknown() -> str:
    return _("Hãy quét mã thử bên cạnh, mã QR trên thẻ căn cước hoặc mã trên giấy hẹn.")
