"""Every step of a dossier's life in words; plain Python."""

from collections.abc import Callable, Mapping
from datetime import datetime

from counter_app.domain.fee import format_vnd
from counter_app.i18n import _, moment
from counter_app.services.ports import HistoryEntry

Detail = Mapping[str, object]


def history_words(entry: HistoryEntry) -> str:
    """Return one step of the history in words; a step nobody named yet is shown as it is."""
    name = act_words(entry.act)
    more = _MORE.get(entry.act, _of_promise)(entry.detail)
    return f"{name}: {more}" if more else name


def act_words(act: str) -> str:
    """Return what a step is called."""
    acts = {
        "received": _("Đã nhận hồ sơ"),
        "paper_printed": _("In giấy tờ"),
        "paper_saved": _("Lưu giấy tờ PDF"),
        "paper_failed": _("In lỗi"),
        "promise_changed": _("Đổi ngày hẹn"),
        "promise_kept": _("Giữ ngày hẹn cũ"),
        "handed_over": _("Chuyển xử lý"),
        "supplement_requested": _("Yêu cầu bổ sung"),
        "resumed": _("Nhận bổ sung"),
        "refused": _("Từ chối"),
        "payment_asked": _("Chờ công dân nộp tiền"),
        "payment_taken": _("Công dân đã nộp tiền"),
        "extended": _("Xin lỗi, hẹn lại"),
        "stopped": _("Dừng giải quyết"),
        "withdrawn": _("Công dân rút hồ sơ"),
        "result_entered": _("Có kết quả"),
        "returned": _("Trả kết quả"),
        "given_back": _("Trả bản chính"),
        "corrected": _("Sửa tiếp nhận"),
        "undone": _("Đã hoàn tác"),
        "fee_collected": _("Thu phí, lệ phí"),
        "fee_voided": _("Hủy phiếu thu"),
        "attached": _("Gắn bản quét"),
        "attachment_removed": _("Bỏ bản quét"),
        "rated": _("Công dân đã đánh giá"),
        "taken_over": _("Tiếp quản hồ sơ"),
        "status_set": _("Máy chủ cập nhật tình trạng"),
        "code_aliased": _("Được cấp mã chính thức"),
    }
    return acts.get(act, act)


def _received(detail: Detail) -> str:
    reason = detail.get("override_reason")
    return _("theo bản đã hết hiệu lực, {reason}").format(reason=reason) if reason else ""


def _of_promise(detail: Detail) -> str:
    """Return "05/02/2027 08:30 → 11/02/2027 08:30 (lý do)" for a step about the promise, else the reason."""
    old, new = _moment(detail, "old_due"), _moment(detail, "new_due")
    reason = str(detail.get("reason") or "")
    if not old or not new or old == new:
        return reason
    return f"{old} → {new} ({reason})" if reason else f"{old} → {new}"


def _corrected(detail: Detail) -> str:
    old, new = detail.get("old_procedure"), detail.get("new_procedure")
    return _joined(f"{old} → {new}" if old and new and old != new else "", _of_promise(detail))


def _handed_over(detail: Detail) -> str:
    return _joined(detail.get("to"), detail.get("note"))


def _supplement(detail: Detail) -> str:
    return _joined(
        _number(detail), "; ".join(_texts(detail, "items")), detail.get("reason"), detail.get("repeat_reason")
    )


def _extended(detail: Detail) -> str:
    late = detail.get("late_reason")
    return _joined(_number(detail), _of_promise(detail), _("muộn: {why}").format(why=late) if late else "")


def _ended(detail: Detail) -> str:
    return _joined(_number(detail), "; ".join(_texts(detail, "reasons")), detail.get("decided_by"))


def _payment(detail: Detail) -> str:
    amount = detail.get("amount_vnd")
    return _joined(detail.get("text"), format_vnd(amount) if isinstance(amount, int) else "")


def _paid(detail: Detail) -> str:
    return _joined(detail.get("note"), _of_promise(detail))


def _result(detail: Detail) -> str:
    granted = "" if detail.get("granted", True) else _("không đồng ý")
    number = detail.get("number")
    return _joined(detail.get("name"), _("số {number}").format(number=number) if number else "", granted)


def _returned(detail: Detail) -> str:
    to = {
        "owner": _("cho chính chủ"),
        "delegate": _("cho người được ủy quyền"),
        "post": _("qua bưu chính"),
    }.get(str(detail.get("to")), "")
    unpaid = detail.get("unpaid_vnd")
    owed = (
        _("còn chưa thu {sum}").format(sum=format_vnd(unpaid)) if isinstance(unpaid, int) and unpaid else ""
    )
    return _joined(to, detail.get("authorisation"), detail.get("postal_code"), _originals(detail), owed)


def _originals(detail: Detail) -> str:
    originals = detail.get("originals")
    count = (
        sum(each for each in originals.values() if isinstance(each, int))
        if isinstance(originals, dict)
        else 0
    )
    return _("trả {count} bản chính").format(count=count) if count else ""


def _undone(detail: Detail) -> str:
    return _joined(act_words(str(detail.get("undone", ""))), detail.get("reason"))


def _fee(detail: Detail) -> str:
    total = detail.get("total_vnd")
    money = format_vnd(total) if isinstance(total, int) else ""
    return _joined(
        _number(detail), money, detail.get("by"), detail.get("over_reason") or detail.get("reason")
    )


def _files(detail: Detail) -> str:
    files = detail.get("files")
    count = len(files) if isinstance(files, list) else 0
    replaced = _("thay bằng tệp mới") if detail.get("replaced_by") else ""
    return _joined(_("{count} tệp").format(count=count) if count else "", replaced, detail.get("reason"))


def _number(detail: Detail) -> str:
    number = detail.get("number")
    return _("số {number}").format(number=number) if number else ""


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _texts(detail: Detail, key: str) -> list[str]:
    value = detail.get(key)
    return [str(each) for each in value] if isinstance(value, list | tuple) else []


def _moment(detail: Detail, key: str) -> str:
    value = detail.get(key)
    return moment(datetime.fromisoformat(value)) if isinstance(value, str) else ""


_MORE: Mapping[str, Callable[[Detail], str]] = {
    "received": _received,
    "corrected": _corrected,
    "handed_over": _handed_over,
    "supplement_requested": _supplement,
    "refused": _ended,
    "stopped": _ended,
    "withdrawn": _ended,
    "payment_asked": _payment,
    "payment_taken": _paid,
    "extended": _extended,
    "result_entered": _result,
    "returned": _returned,
    "given_back": _originals,
    "undone": _undone,
    "fee_collected": _fee,
    "fee_voided": _fee,
    "attached": _files,
    "attachment_removed": _files,
}
