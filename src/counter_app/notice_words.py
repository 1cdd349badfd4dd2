"""The words of what the server asks a counter to look at: what happened, who did what, what to do now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.errors import BadInput
from counter_app.domain.working_time import office_moment
from counter_app.i18n import _, later, moment
from counter_protocol.fold import FlagKind

RETURNED_TWICE = FlagKind.RETURNED_TWICE.value


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """A kind of notice: its name, what happened (``{who}`` is counter, clerk, moment), what to do now."""

    title: str
    happened: str
    to_do: str
    tone: str = "warn"


_WORDS: dict[str, NoticeWords] = {
    FlagKind.RETURNED_TWICE: NoticeWords(
        later("Kết quả bị ghi trả hai lần"),
        later("Kết quả đã được ghi trả ở một quầy, rồi lại được {who} ghi trả lần nữa."),
        later("Kiểm tra ngay ai đang cầm bản chính kết quả; liên hệ công dân nếu có hai người nhận."),
        "bad",
    ),
    FlagKind.RECEIVED_TWICE: NoticeWords(
        later("Hồ sơ được tiếp nhận hai lần"),
        later("Máy chủ nhận được hai phần tiếp nhận của cùng một hồ sơ; phần sau do {who} gửi."),
        later("Đối chiếu hai giấy hẹn; báo bộ phận hỗ trợ nếu chúng khác nhau."),
        "bad",
    ),
    FlagKind.RECEIPT_MISSING: NoticeWords(
        later("Thiếu phần tiếp nhận"),
        later("Máy chủ đã nhận việc do {who} làm nhưng chưa nhận được phần tiếp nhận của hồ sơ."),
        later("Mở Đồng bộ ở quầy đã tiếp nhận hồ sơ và gửi các việc bị giữ lại."),
    ),
    FlagKind.NOT_OWNER: NoticeWords(
        later("Việc do quầy không giữ hồ sơ làm"),
        later("{who} đã làm một việc với hồ sơ do quầy khác giữ. Việc đó chưa được tính."),
        later("Hỏi quầy kia; nếu việc đó đúng, hãy tiếp quản hồ sơ rồi làm lại."),
    ),
    FlagKind.ACT_AFTER_END: NoticeWords(
        later("Làm tiếp sau khi hồ sơ đã kết thúc"),
        later("{who} đã làm một việc khi hồ sơ đã kết thúc ở quầy khác. Việc đó chưa được tính."),
        later("Mở hồ sơ, xem việc nào đúng; báo công dân nếu giấy tờ đã giao khác với hồ sơ."),
        "bad",
    ),
    FlagKind.STATUS_AFTER_END: NoticeWords(
        later("Cơ quan giải quyết báo sau khi hồ sơ đã kết thúc"),
        later("Máy chủ báo tình trạng mới nhưng hồ sơ đã kết thúc ở quầy."),
        later("Mở hồ sơ và đối chiếu với cơ quan giải quyết."),
    ),
    FlagKind.STATUS_CONFLICT: NoticeWords(
        later("Hai tình trạng khác nhau"),
        later("{who} đã làm một việc khi chưa biết tình trạng mới từ cơ quan giải quyết."),
        later("Mở hồ sơ, xem tình trạng đang có; làm lại việc đó nếu vẫn còn đúng."),
    ),
    FlagKind.DUPLICATE_CODE: NoticeWords(
        later("Trùng mã hồ sơ"),
        later("Hai hồ sơ mang cùng một mã; hồ sơ sau do {who} gửi."),
        later("Máy chủ cấp mã mới cho hồ sơ sau. In lại giấy hẹn khi công dân đến."),
        "bad",
    ),
    FlagKind.CLOCK_OFF: NoticeWords(
        later("Đồng hồ máy lệch nhiều"),
        later("Việc của {who} ghi giờ lệch hơn một ngày so với máy chủ."),
        later("Sửa đồng hồ của máy ở quầy đó; kiểm tra ngày hẹn trên các giấy đã in."),
    ),
    FlagKind.UNKNOWN_KIND: NoticeWords(
        later("Máy chủ chưa hiểu một việc"),
        later("{who} gửi một loại việc máy chủ chưa biết. Việc được giữ nguyên, không mất."),
        later("Không cần làm gì; việc được tính khi máy chủ được cập nhật."),
    ),
    FlagKind.EVENT_WITHHELD: NoticeWords(
        later("Có việc còn ở quầy"),
        later("Máy chủ biết có một việc của {who} nhưng chưa nhận được nội dung."),
        later("Mở Đồng bộ ở quầy đó, xem mục Bị giữ lại."),
    ),
    FlagKind.FORKED_DEVICE: NoticeWords(
        later("Hai máy dùng chung một đăng ký"),
        later("Máy chủ thấy hai máy cùng tự nhận là {who}."),
        later(
            "Kiểm tra xem có máy nào được sao chép ổ đĩa từ máy này; ngừng dùng một máy, báo bộ phận hỗ trợ."
        ),
        "bad",
    ),
    FlagKind.AUDIT_ROLLED_BACK: NoticeWords(
        later("Nhật ký của quầy không còn như trước"),
        later("Nhật ký {who} gửi lên ngắn hơn hoặc khác với nhật ký máy chủ đã ký xác nhận."),
        later("Mở Cài đặt › Nhật ký ở quầy đó, bấm Kiểm tra toàn vẹn và báo ngay cho người phụ trách."),
        "bad",
    ),
    FlagKind.AUDIT_RESTORED: NoticeWords(
        later("Nhật ký của quầy lùi lại cùng dữ liệu"),
        later("{who} chạy tiếp từ bản sao cũ của dữ liệu; nhật ký bắt đầu lại từ chỗ của bản sao đó."),
        later("Nếu vừa khôi phục từ bản sao lưu thì không cần làm gì; nếu không, hãy báo người phụ trách."),
    ),
}
_TASK = NoticeWords(later("Việc máy chủ giao"), "", later("Mở hồ sơ, làm xong rồi bấm Đã xử lý."), "info")


def title_of(kind: str) -> str:
    """Return the short name of a notice."""
    return _(_WORDS.get(kind, _TASK).title)


def tone_of(kind: str) -> str:
    """Return how loudly it is told: bad, warn or info."""
    return _WORDS.get(kind, _TASK).tone


def happened(kind: str, params: Mapping[str, object]) -> str:
    """Return what happened, with who, when and at which counter as far as it is known."""
    words = _WORDS.get(kind)
    if words is not None:
        told = _(words.happened).format(who=who_of(params))
        return told[:1].upper() + told[1:]
    text = params.get("text")
    return str(text) if text else _("Máy chủ giao việc loại “{kind}”.").format(kind=kind)


def to_do(kind: str) -> str:
    """Return what the clerk should do about it."""
    return _(_WORDS.get(kind, _TASK).to_do)


def who_of(params: Mapping[str, object]) -> str:
    """Return "Quầy 2 (Bùi Văn Thử, 23/11/2026 09:15)", or what of it is known."""
    counter, clerk, at = params.get("counter"), params.get("clerk"), _moment_of(params.get("at"))
    inside = ", ".join(part for part in (str(clerk or ""), moment(at) if at else "") if part)
    who = _("Quầy {n}").format(n=counter) if counter else _("một quầy")
    return f"{who} ({inside})" if inside else who


def _moment_of(value: object) -> datetime | None:
    try:
        return office_moment(datetime.fromisoformat(str(value))) if value else None
    except (ValueError, BadInput):
        return None
