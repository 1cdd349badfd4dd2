"""Warnings of a card in the clerk's words; they never block."""

from counter_app.i18n import _, later
from counter_app.ui.intake.state import Caution

_TEXTS = {
    "unknown_province": later("Ba số đầu của số định danh không phải mã tỉnh nào."),
    "sex_mismatch": later("Giới tính trên thẻ không khớp số định danh."),
    "birth_year_mismatch": later("Năm sinh trên thẻ không khớp số định danh."),
    "birth_in_future": later("Ngày sinh trên thẻ ở sau hôm nay."),
    "issued_before_birth": later("Ngày cấp thẻ ở trước ngày sinh."),
    "not_a_personal_id": later("Số định danh không đủ 12 chữ số."),
    "unreadable_date": later("Có ngày trên thẻ không đọc được: xin nhập tay."),
    "unreadable_sex": later("Không đọc được giới tính trên thẻ: xin nhập tay."),
    "unreadable_text": later("Có chữ không đọc được: xin xem lại họ tên, địa chỉ."),
    "typed_through_ime": later("Bộ gõ tiếng Việt đã làm sai chữ: xin đọc lại họ tên, nên tắt bộ gõ."),
    "mrz_check_failed": later("Số kiểm tra của dòng mã không khớp: xin đọc lại từng số."),
    "name_may_be_cut": later("Họ tên trên dòng mã có thể bị cắt: xin đối chiếu với mặt thẻ."),
}


def caution_text(caution: Caution) -> str:
    """Return the words of a warning; an unknown one still says where to look."""
    text = _TEXTS.get(caution.code)
    return _(text) if text is not None else _("Xin đối chiếu lại thông tin với thẻ.")
