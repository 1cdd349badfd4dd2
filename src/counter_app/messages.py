"""The words of every error, warning and finding: what happened and what to do next.

Codes are stable and carry parameters; the sentence is made here, in the language of the user.
"""

from collections.abc import Mapping
from datetime import date, datetime

from counter_app.domain.errors import KnownError
from counter_app.i18n import _, later


def text_of(error: KnownError) -> str:
    """Return the sentence for an error."""
    return text_of_code(error.code, error.params)


def text_of_code(code: str, params: Mapping[str, object]) -> str:
    """Return the sentence for a code; an unknown code is shown as it is, never hidden."""
    template = _MESSAGES.get(code)
    if template is None:
        return code
    words = _(template)
    try:
        return words.format(**{key: _shown(value) for key, value in params.items()})
    except (KeyError, IndexError):
        return words


def warning_text(code: str, params: Mapping[str, object]) -> str:
    """Return the sentence for a warning of a scan or a field."""
    return text_of_code(code, params)


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple):
        return ", ".join(_shown(item) for item in value)
    return str(value)


_MESSAGES: dict[str, str] = {
    # Input
    "usage": later("Lệnh chưa đúng: {problem}. Gõ --help để xem cách dùng."),
    "bad_moment": later("Không đọc được ngày giờ “{text}”. Viết dạng 2026-11-23T10:45."),
    "bad_hex": later("Dữ liệu không phải mã thập lục phân."),
    "input_too_long": later("Dữ liệu đưa vào quá dài (tối đa {limit} byte)."),
    "bad_answers": later("Nội dung trả lời không đúng kiểu ở mục “{field}”."),
    "bad_answers_file": later("Không đọc được tệp trả lời. Tệp phải là JSON, mã hóa UTF-8."),
    "answers_missing": later("Còn thiếu: {labels}."),
    "answers_wrong": later("Cần sửa: {labels}."),
    "not_a_card": later("Đây không phải mã trên thẻ căn cước. Hãy quét mã QR ở góc thẻ."),
    "no_role_left": later("Hồ sơ đã đủ người, thẻ vừa quét không điền vào đâu cả."),
    "case_unknown": later("Thủ tục “{procedure}” không có trường hợp “{case}”."),
    "paper_unknown": later("Hồ sơ không có giấy tờ “{paper}” để in."),
    "dossier_unknown": later("Không tìm thấy hồ sơ “{dossier_code}” trên máy này."),
    # Set-up
    "not_set_up": later("Máy chưa được thiết lập. Mở chương trình để khai báo đơn vị và số quầy."),
    "already_set_up": later("Máy đã được thiết lập; không thể thiết lập lại trên dữ liệu đang có."),
    "bad_unit_code": later("Mã đơn vị “{unit_code}” không đúng. Ví dụ đúng: H29.12."),
    "office_name_missing": later("Hãy ghi tên đơn vị và tên tỉnh, thành phố."),
    "bad_counter_number": later("Số quầy phải từ 1 đến 9."),
    "clerk_missing": later("Hãy ghi họ tên cán bộ tiếp nhận."),
    "bad_amount": later("Số tiền không hợp lệ. Vui lòng nhập từ 0 đến 1.000.000.000 đ."),
    "bad_password": later("Mật khẩu phải viết bằng UTF-8."),
    "password_too_short": later("Mật khẩu cần ít nhất {length} ký tự."),
    # Rules
    "clock_set_back": later(
        "Đồng hồ máy đang là {now}, sớm hơn lần ghi cuối ({latest}). "
        "Hãy chỉnh lại giờ của máy rồi tiếp nhận; giờ sai sẽ in sai trên giấy hẹn."
    ),
    "calendar_missing": later(
        "Chưa có lịch nghỉ năm {year} nên không thể hẹn ngày. Vui lòng cập nhật gói dữ liệu lịch."
    ),
    "no_time_limit": later(
        "Trường hợp này chưa có thời hạn giải quyết nên không thể hẹn ngày. "
        "Vui lòng chọn trường hợp khác hoặc báo người quản lý dữ liệu."
    ),
    "move_not_allowed": later("Không thể chuyển hồ sơ từ “{from_status}” sang “{to_status}”."),
    "naive_moment": later("Thời điểm thiếu múi giờ. Vui lòng ghi kèm +07:00."),
    "bad_processing_time": later("Thời hạn “{text}” không đúng. Viết dạng 5wd, 8wh hoặc 15d."),
    # Data files
    "bad_session": later("Giờ mở cửa {start} phải trước giờ đóng cửa {end}."),
    "bad_week_pattern": later("Giờ làm việc chưa hợp lệ ({problem}). Vui lòng kiểm tra lại."),
    "calendar_conflict": later("Lịch {version} có ngày bị khai hai lần hoặc vừa nghỉ vừa làm bù."),
    # Papers
    "paper_not_saved": later(
        "Không ghi được tệp PDF ({reason}). Hồ sơ đã lưu an toàn; hãy chọn nơi lưu khác."
    ),
    # Findings of the self-check
    "health_database": later("Cơ sở dữ liệu nguyên vẹn, {count} hồ sơ."),
    "health_settings": later("Đơn vị {unit_code} đã khai báo."),
    "health_clock": later("Giờ máy {now}."),
    "health_calendar": later("Lịch làm việc đủ đến năm {year}."),
    "health_catalogue": later("{count} thủ tục đang có hiệu lực."),
    "health_drafts": later("{count} bản nháp."),
    "health_outbox": later("{count} mục chưa gửi lên máy chủ."),
    "health_sqlite": later("SQLite {version}."),
    "health_fonts": later("Phông chữ in giấy tờ có đủ."),
    "fonts_missing": later("Thiếu phông chữ in giấy tờ. Hãy cài lại chương trình."),
    "health_key": later("Khóa dữ liệu nằm trong kho khóa của hệ điều hành."),
    "key_in_file": later(
        "Khóa dữ liệu nằm trong một tệp vì hệ điều hành không có kho khóa. "
        "Hãy hạn chế người mở được thư mục dữ liệu."
    ),
    "health_disk": later("Ổ đĩa còn {free_mb} MB."),
    "disk_low": later("Ổ đĩa chỉ còn {free_mb} MB. Hãy dọn bớt trước khi tiếp nhận."),
}
