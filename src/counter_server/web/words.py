"""Numbers, moments and statuses in the words of the pages."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_VIETNAMESE_MARKS = str.maketrans({",": ".", ".": ","})


def number(value: int) -> str:
    """Return 1.250."""
    return f"{value:,}".translate(_VIETNAMESE_MARKS)


def share(part: int, whole: int) -> str:
    """Return a share such as 97,5%; "–" of nothing. Only all is ever 100%."""
    if not whole:
        return "–"
    per_mille = min(round(1000 * part / whole), 999) if part < whole else 1000
    return f"{per_mille / 10:.1f}".rstrip("0").rstrip(".").replace(".", ",") + "%"


def day(value: date) -> str:
    """Return 23/11/2026; of a moment its day in office time."""
    if isinstance(value, datetime):
        value = value.astimezone(OFFICE_ZONE).date()
    return f"{value:%d/%m/%Y}"


def age(since: datetime | None, now: datetime) -> str:
    """Return how long ago something was: "12 phút trước", "hôm qua 16:05", "4 ngày trước (18/11)"."""
    if since is None:
        return "chưa liên lạc"
    passed = now - since
    if passed < timedelta(minutes=2):
        return "vừa xong"
    if passed < timedelta(hours=1):
        return f"{int(passed.total_seconds() // 60)} phút trước"
    then = since.astimezone(OFFICE_ZONE)
    days = (now.astimezone(OFFICE_ZONE).date() - then.date()).days
    if days == 0:
        return f"{int(passed.total_seconds() // 3600)} giờ trước"
    if days == 1:
        return f"hôm qua {then:%H:%M}"
    return f"{days} ngày trước ({then:%d/%m})" if days < 300 else f"từ {then:%d/%m/%Y}"


def clock_off(ahead_s: int) -> str:
    """Return how wrong a counter's clock is: "nhanh 12 phút"; "" below two minutes."""
    minutes = abs(ahead_s) // 60
    if minutes < 2:
        return ""
    which = "nhanh" if ahead_s > 0 else "chậm"
    if minutes < 120:
        return f"{which} {minutes} phút"
    return f"{which} {minutes // 60} giờ" if minutes < 2880 else f"{which} {number(minutes // 1440)} ngày"


CHANNELS = {"counter": "Trực tiếp tại quầy", "online": "Trực tuyến", "postal": "Bưu chính công ích"}


@dataclass(frozen=True, slots=True)
class StatusWords:
    """What a status means to the citizen: in a word, and what to do next. ``tone`` colours it."""

    short: str
    next_step: str
    tone: str
    runs: bool = False  # the promised day still stands


_WAIT = "Ông/bà không cần làm gì thêm, xin chờ đến ngày hẹn."
STATUSES = {
    "registered": StatusWords("Đã đăng ký, chờ tiếp nhận", _WAIT, "info", runs=True),
    "received": StatusWords("Đã tiếp nhận", _WAIT, "info", runs=True),
    "processing": StatusWords("Đang giải quyết", _WAIT, "info", runs=True),
    "awaiting_supplement": StatusWords(
        "Chờ ông/bà bổ sung giấy tờ",
        "Mời ông/bà mang giấy tờ ghi trên phiếu yêu cầu bổ sung đến nơi đã nộp hồ sơ. Trong lúc chờ bổ sung, "
        "thời hạn giải quyết tạm dừng; ngày hẹn mới được báo khi nhận đủ giấy tờ.",
        "warn",
    ),
    "awaiting_payment": StatusWords(
        "Chờ ông/bà nộp phí, lệ phí",
        "Mời ông/bà nộp khoản phí, lệ phí theo thông báo tại nơi đã nộp hồ sơ để hồ sơ được giải quyết tiếp.",
        "warn",
    ),
    "resolved": StatusWords(
        "Đã có kết quả",
        "Mời ông/bà mang giấy hẹn và giấy tờ tùy thân đến nơi đã nộp hồ sơ để nhận kết quả. Nếu đã đăng ký "
        "nhận qua bưu chính, xin chờ nhân viên bưu chính.",
        "ok",
    ),
    "returned": StatusWords("Đã trả kết quả", "Hồ sơ đã xong, ông/bà không cần làm gì thêm.", "ok"),
    "refused": StatusWords(
        "Không được giải quyết",
        "Lý do ghi trong thông báo bằng văn bản. Mời ông/bà đến nơi đã nộp hồ sơ để nhận thông báo, nhận lại "
        "giấy tờ và được hướng dẫn.",
        "bad",
    ),
    "withdrawn": StatusWords("Ông/bà đã rút hồ sơ", "Hồ sơ đã kết thúc theo yêu cầu rút hồ sơ.", "neutral"),
    "stopped": StatusWords(
        "Dừng giải quyết",
        "Mời ông/bà đến nơi đã nộp hồ sơ để nhận lại giấy tờ và được giải thích lý do.",
        "neutral",
    ),
}
UNKNOWN_STATUS = StatusWords("Đang được xem xét", "Xin hỏi nơi đã nộp hồ sơ để biết thêm.", "neutral")
LATE = (
    "Hồ sơ đã quá ngày hẹn. Chúng tôi xin lỗi vì sự chậm trễ này. Xin ông/bà liên hệ nơi đã nộp hồ sơ để "
    "được báo ngày hẹn mới."
)
