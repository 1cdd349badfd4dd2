"""What the operator reads when something cannot be written into an office's log."""

from collections.abc import Awaitable

from counter_server.commands.in_context import BAD_INPUT, REFUSED, refuse

_WORDS = {
    "dossier_unknown": "Không có hồ sơ {code} ở đơn vị này trên máy chủ.",
    "dossier_ambiguous": "Có nhiều hồ sơ cùng mang mã {code}; hãy xử lý cảnh báo trùng mã trước.",
    "status_order": "Hồ sơ {code} đang ở trạng thái {status}; việc này phải làm tại quầy.",
    "alias_taken": "Mã {code} đã là mã của một hồ sơ khác.",
    "flag_unknown": "Không có cảnh báo hay việc cần làm nào mang mã này.",
    "text_needed": "Nội dung để trống hoặc dài quá 500 ký tự.",
    "wrong_office": "Chưa có đơn vị này trên máy chủ.",
}
_BY_RULE = frozenset({"dossier_ambiguous", "status_order", "alias_taken"})


async def answered(work: Awaitable[int]) -> int:
    """Return the exit code of the work; say in words why it could not be done."""
    from counter_server.office_log.refusal import NotWritten
    from counter_server.wire_body import Refused

    try:
        return await work
    except NotWritten as problem:
        words = _WORDS[problem.why].format(**problem.params)
        return refuse(words, REFUSED if problem.why in _BY_RULE else BAD_INPUT)
    except Refused as problem:
        return refuse(_WORDS[problem.code], BAD_INPUT)
