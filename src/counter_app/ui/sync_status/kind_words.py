"""What each act on its way to the server is called; plain Python."""

from counter_app.i18n import _, later
from counter_protocol.events import EventKind

_KINDS: dict[str, str] = {
    EventKind.DOSSIER_RECEIVED: later("Tiếp nhận hồ sơ"),
    EventKind.DOSSIER_CORRECTED: later("Sửa tiếp nhận"),
    EventKind.SUPPLEMENT_REQUESTED: later("Yêu cầu bổ sung"),
    EventKind.SUPPLEMENT_RECEIVED: later("Nhận bổ sung"),
    EventKind.DOSSIER_REFUSED: later("Từ chối hồ sơ"),
    EventKind.DOSSIER_HANDED_OVER: later("Chuyển xử lý"),
    EventKind.DEADLINE_EXTENDED: later("Gia hạn"),
    EventKind.DOSSIER_STOPPED: later("Dừng giải quyết"),
    EventKind.DOSSIER_WITHDRAWN: later("Công dân rút hồ sơ"),
    EventKind.RESULT_ARRIVED: later("Nhập kết quả"),
    EventKind.RESULT_RETURNED: later("Trả kết quả"),
    EventKind.PAPER_PRINTED: later("In giấy tờ"),
    EventKind.SCAN_ATTACHED: later("Gắn bản quét"),
    EventKind.SCAN_REMOVED: later("Gỡ bản quét"),
    EventKind.DAY_CLOSED: later("Đóng ngày"),
    EventKind.PROMISE_CHANGED: later("Đổi ngày hẹn"),
    EventKind.RATING_GIVEN: later("Đánh giá của công dân"),
    EventKind.PAYMENT_REQUESTED: later("Yêu cầu nộp tiền"),
    EventKind.PAYMENT_RECEIVED: later("Đã nộp tiền"),
    EventKind.ORIGINALS_GIVEN_BACK: later("Trả bản chính"),
    EventKind.FEE_COLLECTED: later("Thu phí, lệ phí"),
    EventKind.FEE_VOIDED: later("Hủy phiếu thu"),
    EventKind.ACT_UNDONE: later("Hoàn tác"),
    EventKind.GUIDANCE_GIVEN: later("Hướng dẫn công dân"),
    EventKind.DEFINITION_KEPT: later("Bản thủ tục dùng khi tiếp nhận"),
    EventKind.DOSSIER_TAKEN_OVER: later("Tiếp quản hồ sơ"),
    EventKind.NOTICE_SETTLED: later("Đã xử lý việc cần xem lại"),
}


def kind_words(kind: str) -> str:
    """Return what an act is called; one nobody has words for is shown by its code, never hidden."""
    return _(_KINDS[kind]) if kind in _KINDS else kind
