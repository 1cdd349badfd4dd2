"""The keys of the intake screen, for the key card."""

from counter_app.i18n import _
from counter_app.ui.workspace import KeyHelp


def key_help() -> tuple[KeyHelp, ...]:
    """Return the keys in the order a visit needs them."""
    return (
        KeyHelp("F2", _("Lượt tiếp nhận mới; lượt đang làm nằm trong Bản nháp")),
        KeyHelp("F3", _("Chọn thủ tục: gõ vài chữ, Enter")),
        KeyHelp("F4", _("Đến mục còn thiếu tiếp theo")),
        KeyHelp("Enter", _("Nhận gợi ý, sang mục còn thiếu tiếp theo")),
        KeyHelp("1 2 3", _("Chọn câu trả lời theo số")),
        KeyHelp("F6", _("Giấy tờ: phím cách để đánh dấu, số để đếm, G để giữ hộ bản chính")),
        KeyHelp("Shift F6", _("Quét giấy tờ của lượt này")),
        KeyHelp("F5", _("Dùng địa chỉ mới thay địa chỉ cũ trên thẻ")),
        KeyHelp("F7", _("Yêu cầu bổ sung, từ chối, hoặc hướng dẫn nộp trực tuyến")),
        KeyHelp("F8", _("Xem trước cả trang")),
        KeyHelp("F9", _("Tiếp nhận và in")),
        KeyHelp("F10", _("Cho công dân đọc lại; bấm nữa để sang trang")),
        KeyHelp("Shift F9", _("Tiếp nhận, in, mở hồ sơ mới cho cùng người nộp")),
        KeyHelp("Ctrl S", _("Lưu nháp")),
        KeyHelp("Ctrl P", _("In lại giấy tờ của hồ sơ vừa nhận")),
        KeyHelp("Esc", _("Trở lại, không mất dữ liệu")),
    )
