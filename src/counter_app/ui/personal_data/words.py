"""The words of the screen about citizens' data."""

from datetime import date

from counter_app.domain.personal_data import Outcome, PersonRequest, Place, RequestKind
from counter_app.domain.procedure import Retention
from counter_app.i18n import _, later, moment
from counter_app.messages import text_of
from counter_app.services.personal_data.access_report import AccessKind
from counter_app.services.personal_data.purge import Purged
from counter_app.services.personal_data.retention import (
    ORIGINALS,
    REQUEST_OPEN,
    UNSENT,
    DueForPurge,
    KeptDossiers,
)

_KINDS = {
    RequestKind.COPY: later("Xem, nhận bản sao dữ liệu của mình"),
    RequestKind.CORRECT: later("Chỉnh sửa dữ liệu"),
    RequestKind.DELETE: later("Xóa dữ liệu"),
    RequestKind.RESTRICT: later("Hạn chế xử lý dữ liệu"),
    RequestKind.OBJECT: later("Phản đối xử lý dữ liệu"),
    RequestKind.ACCESS_REPORT: later("Biết ai đã xem dữ liệu của mình"),
}
_PLACES = {
    Place.PERSON: later("Thông tin công dân"),
    Place.EARLIER_VALUE: later("Thông tin trước đây, lần sửa"),
    Place.FAMILY: later("Quan hệ gia đình"),
    Place.MERGE: later("Lần gộp bản ghi"),
    Place.LETTER: later("Giấy ủy quyền"),
    Place.DOSSIER: later("Hồ sơ đứng tên người nộp"),
    Place.CONTENT: later("Tờ khai, thành phần hồ sơ"),
    Place.HISTORY: later("Quá trình giải quyết"),
    Place.RECEIPT: later("Phiếu thu"),
    Place.PRINT: later("Lần in giấy tờ"),
    Place.SCAN: later("Giấy tờ đã quét"),
    Place.LIST: later("Danh sách giao nhận"),
    Place.DRAFT: later("Bản nháp"),
    Place.NOTICE: later("Yêu cầu bổ sung, từ chối trước tiếp nhận"),
    Place.REQUEST: later("Yêu cầu về dữ liệu"),
    Place.DAY_CLOSE: later("Biên bản đóng ngày"),
    Place.OUTBOX: later("Dữ liệu gửi máy chủ"),
    Place.INBOX: later("Dữ liệu nhận từ máy chủ"),
    Place.SYNC_NOTICE: later("Thông báo của máy chủ"),
    Place.AUDIT: later("Nhật ký"),
}
_ACCESSES = {
    AccessKind.VIEWED: later("Xem"),
    AccessKind.PRINTED: later("In"),
    AccessKind.TAKEN_OUT: later("Xuất tệp"),
    AccessKind.CHANGED: later("Ghi, sửa"),
}


def kind_words(kind: RequestKind) -> str:
    """Return what a citizen asks for."""
    return _(_KINDS[kind])


def place_words(place: Place) -> str:
    """Return where something lies."""
    return _(_PLACES[place])


def access_words(kind: AccessKind) -> str:
    """Return what somebody did."""
    return _(_ACCESSES[kind])


def found_words(certain: int, by_name: int) -> str:
    """Return "3 chỗ · 1 chỗ chỉ trùng họ tên"."""
    sure = _("{n} chỗ").format(n=certain) if certain else ""
    maybe = _("{n} chỗ chỉ trùng họ tên").format(n=by_name) if by_name else ""
    return " · ".join(part for part in (sure, maybe) if part)


def request_state(request: PersonRequest, today: date) -> tuple[str, str]:
    """Return the words and the colour of how a request stands."""
    if request.outcome is Outcome.ANSWERED:
        return _("Đã đáp ứng"), "ok"
    if request.outcome is Outcome.REFUSED:
        return _("Từ chối"), "neutral"
    if today > request.answer_by:
        return _("Quá hạn {day}").format(day=f"{request.answer_by:%d/%m}"), "bad"
    if today == request.answer_by:
        return _("Trả lời hôm nay"), "warn"
    return _("Trả lời trước hết {day}").format(day=f"{request.answer_by:%d/%m}"), "info"


def request_details(request: PersonRequest) -> str:
    """Return when and by whom a request was written down and answered, and what was said."""
    parts = [_("nhận {moment}, {clerk}").format(moment=moment(request.asked_at), clerk=request.clerk)]
    if request.note:
        parts.append(request.note)
    if request.answered_at is not None:
        answered = _("trả lời {moment}, {clerk}")
        parts.append(answered.format(moment=moment(request.answered_at), clerk=request.answered_by))
    if request.answer:
        parts.append(request.answer)
    return " · ".join(parts)


def kept_words(kept: KeptDossiers) -> str:
    """Return how many ended dossiers stay, and why."""
    return _(
        "Chưa hết hạn: {not_yet} · Lưu vĩnh viễn: {for_ever} · Chưa có thời hạn nên không hủy: {no_rule}"
    ).format(not_yet=kept.not_yet, for_ever=kept.for_ever, no_rule=kept.no_rule)


def rule_words(rule: Retention) -> str:
    """Return a period with its certainty."""
    years = _("{n} năm").format(n=rule.years)
    return years if rule.verified else _("{years}, chưa đối chiếu").format(years=years)


def hindrance_words(due: DueForPurge) -> str:
    """Return what stands in the way of a dossier, or that it may go."""
    words = {
        UNSENT: _("Máy chủ chưa có đủ"),
        ORIGINALS: _("Còn giữ bản chính"),
        REQUEST_OPEN: _("Có yêu cầu chờ trả lời"),
    }
    return words.get(due.hindrance, _("Hủy được"))


def purged_words(done: Purged) -> str:
    """Return what became of a purge."""
    parts = [_("Đã hủy {n} hồ sơ, {people} bản ghi công dân.").format(n=len(done.done), people=done.people)]
    if not done.scrubbed:
        parts.append(_("Chưa xóa sạch được phần trống của tệp; bấm “Xóa sạch phần trống” để làm lại."))
    day = f"{done.in_backups_until:%d/%m/%Y}"
    parts.append(_("Bản sao lưu cũ còn giữ đến hết {day}.").format(day=day))
    if done.not_done:
        parts.append(
            _("{n} hồ sơ không hủy được: {why}").format(
                n=len(done.not_done), why=text_of(done.not_done[0].error)
            )
        )
    return " ".join(parts)
