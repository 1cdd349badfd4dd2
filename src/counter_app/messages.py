"""The words of every error, warning and finding: what happened and what to do next.

Codes are stable and carry parameters; the sentence is made here, in the language of the user.
"""

from collections.abc import Mapping
from datetime import date, datetime

from counter_app import account_words, act_words, key_words
from counter_app.domain.errors import KnownError
from counter_app.i18n import _, later, moment


def text_of(error: KnownError) -> str:
    """Return the sentence for an error; what is missing and what is wrong are told together."""
    words = text_of_code(error.code, error.params)
    problems = error.params.get("problems")
    if error.code == "answers_missing" and isinstance(problems, list) and problems:
        labels = [problem["label"] for problem in problems]
        return f"{words} {text_of_code('answers_wrong', {'labels': labels})}"
    return words


def text_of_code(code: str, params: Mapping[str, object]) -> str:
    """Return the sentence for a code; an unknown code is shown as it is, never hidden."""
    if params.get("printer") == "":
        code = _OF_THE_DEFAULT_PRINTER.get(code, code)
    known, told = _WHEN_KNOWN.get(code, ("", ""))
    rule = str(params.get("rule", ""))
    template = act_words.RULES.get((code, rule)) or _MESSAGES.get(told if params.get(known) else code)
    if template is None:
        from counter_app import sync_words

        template = sync_words.ERRORS.get(code)
    if template is None:
        return code
    words = _(template)
    try:
        return words.format(**{key: _shown(_plainer(key, value)) for key, value in params.items()})
    except (KeyError, IndexError):
        return words


def warning_text(code: str, params: Mapping[str, object]) -> str:
    """Return the sentence for a warning of a scan or a field."""
    return text_of_code(code, params)


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple):
        return ", ".join(_shown(item).rstrip("?.") for item in value)  # the sentence ends only once
    return str(value)


def _plainer(key: str, value: object) -> object:
    """Return words for a reason only programmers know; the system's own words stay as they are."""
    known = None
    if key == "field":
        known = act_words.FIELDS.get(str(value))
    elif key in ("status", "from_status", "to_status"):
        known = act_words.STATUSES.get(str(value))
    elif key == "answer":
        from counter_app.sync_words import text_of_answer

        return text_of_answer(str(value))
    elif key == "cause":
        from counter_app.sync_words import cause_of_answer

        return cause_of_answer(str(value))
    elif key in ("reason", "problem"):
        from counter_app.data_problem_words import DATA_PROBLEMS, DISK_PROBLEMS

        said = str(value)
        known = _REASONS.get(said) or DATA_PROBLEMS.get(said) or DISK_PROBLEMS.get(said)
    elif key == "findings" and isinstance(value, list):
        from counter_app.finding_words import FINDINGS

        return [_(FINDINGS.get(str(each), str(each))) for each in value]
    return _(known) if known else value


# The printer "" is the system's default one, which has no name to put between quotes.
_OF_THE_DEFAULT_PRINTER = {"printer_failed": "default_printer_failed"}

# What more can be said of a code when a parameter is there: the parameter, and whose words they are.
_WHEN_KNOWN = {
    "procedure_expired": ("successors", "procedure_replaced"),
    "no_time_limit": ("note", "no_time_limit_because"),
}

_REASONS = {
    "id_missing": later("thiếu mã thủ tục, ví dụ: dang-ky-khai-sinh"),
    "words_missing": later("thiếu chữ cần tìm"),
    "other_missing": later("thiếu người thứ hai cần gộp"),
    "nothing_expected": later("lệnh này không nhận mã hay chữ nào ở sau"),
    "out_missing": later("thiếu --out, tên tệp PDF để ghi"),
    "key_missing": later("thiếu tên giá trị, ví dụ: phone"),
    "value_missing": later("thiếu giá trị cần ghi"),
    "no_pattern": later("chưa có giờ nào"),
    "unreadable": later("viết chưa đúng"),
    "unknown_weekday": later("tên ngày chưa đúng"),
    "no_such_day": later("ngày đầu hoặc cuối mùa chưa đúng, ví dụ 15/05"),
    "season_without_days": later("mùa chưa có ngày đầu, ngày cuối"),
    "too_many_seasons": later("quá nhiều mùa"),
    "first_pattern_must_cover_the_year": later("giờ đầu tiên phải là của cả năm"),
    "seven_weekdays_needed": later("thiếu ngày trong tuần"),
    "no_working_weekday": later("chưa có ngày nào tính là ngày làm việc"),
    "working_day_without_sessions": later("ngày làm việc mà không có giờ"),
    "sessions_overlap_or_unordered": later("giờ trong ngày chồng nhau hoặc sai thứ tự"),
    "error": later("máy in báo lỗi"),
    "aborted": later("lệnh in đã bị hủy"),
    "cannot_start": later("máy in không nhận lệnh"),
    "no_new_page": later("không sang trang được"),
    "cannot_finish": later("in chưa xong"),
    "no_window_system": later("chạy không có màn hình"),
}

_MESSAGES: dict[str, str] = {
    "bug": later("Chương trình gặp lỗi ngoài dự kiến. Vui lòng báo bộ phận hỗ trợ kèm tệp nhật ký."),
    # Input
    "usage": later("Lệnh chưa đúng: {problem}. Gõ --help để xem cách dùng."),
    "bad_moment": later("Không đọc được ngày giờ “{text}”. Viết dạng 2026-11-23T10:45."),
    "bad_day": later("Không đọc được ngày “{text}”. Viết dạng 2026-11-23 (năm-tháng-ngày)."),
    "audit_too_long": later(
        "Có {count} mục, quá nhiều để in (tối đa {most}). Hãy chọn ít ngày hơn, hoặc xuất Excel."
    ),
    "audit_not_whole": later("Nhật ký không còn nguyên vẹn: {count} chỗ cần xem.\n{found}"),
    "bad_tip": later("Dấu nhật ký gồm 8 chữ số và chữ cái A–F, ví dụ 1A2B 3C4D."),
    "bad_hex": later("Dữ liệu không phải mã thập lục phân."),
    "input_too_long": later("Dữ liệu đưa vào quá dài (tối đa {limit} byte)."),
    "bad_answers": later("Nội dung trả lời không đúng kiểu ở mục “{field}”."),
    "bad_answers_file": later("Không đọc được tệp trả lời. Tệp phải là JSON, mã hóa UTF-8."),
    "answers_missing": later("Còn thiếu: {labels}."),
    "answers_wrong": later("Cần sửa: {labels}."),
    # Scans
    "not_a_card": later("Đây không phải mã trên thẻ căn cước. Hãy quét mã QR trên thẻ."),
    "scan_too_long": later(
        "Dữ liệu quét quá dài (tối đa {limit} byte). Hãy quét lại đúng mã trên thẻ hoặc giấy hẹn."
    ),
    "scan_empty": later("Chưa đọc được gì. Hãy quét lại."),
    "not_a_personal_id": later("Số định danh không đủ 12 chữ số. Hãy quét lại hoặc nhập tay theo thẻ."),
    "not_mrz": later("Không phải ba dòng mã ở mặt sau thẻ (3 dòng, mỗi dòng 30 ký tự). Hãy quét lại."),
    "unknown_scan": later("Không nhận ra mã này. Hãy quét thẻ căn cước hoặc giấy hẹn, hoặc nhập tay."),
    "bad_dossier_code": later("Mã hồ sơ không đúng. Mẫu: H29.12-261121-1001. Hãy kiểm tra lại."),
    "unknown_province": later(
        "Mã tỉnh {province} trong số định danh không có trong danh mục. Hãy đối chiếu với thẻ."
    ),
    "sex_mismatch": later("Giới tính không khớp với số định danh. Hãy đối chiếu với thẻ."),
    "birth_year_mismatch": later(
        "Năm sinh trên thẻ là {card_year}, theo số định danh là {number_year}. Hãy đối chiếu."
    ),
    "birth_in_future": later("Ngày sinh ở tương lai. Hãy kiểm tra thẻ và đồng hồ máy tính."),
    "issued_before_birth": later("Ngày cấp thẻ trước ngày sinh. Hãy đối chiếu với thẻ."),
    "unreadable_date": later("Không đọc được một ngày trên thẻ. Hãy nhập tay theo thẻ."),
    "unreadable_sex": later("Không đọc được giới tính. Hãy chọn theo thẻ."),
    "unreadable_text": later("Họ tên hoặc địa chỉ có ký tự không đọc được. Hãy sửa theo thẻ."),
    "typed_through_ime": later(
        "Bộ gõ hoặc bàn phím tiếng Việt đã làm sai chữ khi quét. "
        "Hãy đối chiếu họ tên, địa chỉ với thẻ và tắt bộ gõ khi quét."
    ),
    "mrz_check_failed": later(
        "Dòng mã mặt sau thẻ đọc sai (số kiểm tra không khớp). Hãy quét lại hoặc đối chiếu từng số."
    ),
    "name_may_be_cut": later("Họ tên dài, dòng mã có thể bị cắt. Hãy nhập đủ theo thẻ."),
    # Answers
    "applicant_differs": later("Người nộp hồ sơ khác người ghi trong tờ khai. Hãy sửa một trong hai."),
    "applicant_is_not_the_card": later(
        "Người nộp ghi trong tệp trả lời khác người trên thẻ vừa quét. Hãy sửa tệp hoặc quét đúng thẻ."
    ),
    "not_a_name": later("Họ tên chưa đúng: cần ít nhất hai chữ cái và không có chữ số."),
    "case_needed": later("Thủ tục “{procedure}” có nhiều trường hợp khác nhau. Hãy chọn một: {cases}."),
    "open_dossier_same_procedure": later(
        "Người nộp đang có hồ sơ cùng thủ tục chưa giải quyết xong: {codes}. "
        "Hãy kiểm tra trước khi nhận thêm."
    ),
    "no_role_left": later("Hồ sơ đã đủ người, thẻ vừa quét không điền vào đâu cả."),
    "case_unknown": later("Thủ tục “{procedure}” không có trường hợp “{case}”."),
    "part_unknown": later("Danh mục của thủ tục không có giấy tờ “{part}”."),
    "reason_missing": later("Hãy ghi lý do."),
    "paper_unknown": later("Hồ sơ không có giấy tờ “{paper}” để in."),
    "size_not_offered": later(
        "Giấy tờ “{paper}” không in được ở khổ này. Chọn một trong các khổ: {offered}."
    ),
    "definition_missing": later(
        "Không đọc được nội dung gốc mà hồ sơ được tiếp nhận theo ({kind} {digest}). "
        "Dữ liệu có thể bị hỏng: vui lòng báo quản trị để khôi phục bản sao lưu."
    ),
    "dossier_unknown": later("Không tìm thấy hồ sơ “{dossier_code}” trên máy này."),
    # Set-up
    "not_set_up": later("Máy chưa được thiết lập. Mở chương trình để khai báo đơn vị và số quầy."),
    "already_set_up": later("Máy đã được thiết lập; không thể thiết lập lại trên dữ liệu đang có."),
    "bad_unit_code": later("Mã đơn vị “{unit_code}” không đúng. Ví dụ đúng: H29.12."),
    "commune_kind_missing": later("Tên “{commune}” thiếu chữ xã, phường hoặc đặc khu ở trước. Hãy ghi thêm."),
    "office_name_missing": later("Hãy ghi tên đơn vị và tên tỉnh, thành phố."),
    "bad_counter_number": later("Số quầy phải từ 1 đến 9."),
    "clerk_missing": later("Hãy ghi họ tên cán bộ tiếp nhận."),
    "bad_idle_lock": later("Thời gian tự khóa màn hình từ {first} đến {last} phút."),
    "bad_amount": later("Số tiền không hợp lệ. Vui lòng nhập từ 0 đến 1.000.000.000 đ."),
    # Rules
    "training_mismatch": later(
        "Dữ liệu tập huấn chỉ ghi được khi có --training, dữ liệu thật chỉ khi không có. "
        "Hãy kiểm tra lại thư mục dữ liệu."
    ),
    "clock_set_back": later(
        "Đồng hồ máy đang là {now}, sớm hơn lần ghi cuối ({latest}). "
        "Hãy chỉnh lại giờ của máy rồi làm tiếp; giờ sai sẽ in sai trên giấy hẹn và trong nhật ký."
    ),
    "bad_number_block": later("Dải số {first}–{last} không hợp lệ (từ 1 đến 9999)."),
    "number_block_exhausted": later(
        "Quầy {counter} đã dùng hết {limit} số trong ngày. Hãy tiếp nhận ở quầy khác hoặc xin thêm dải số."
    ),
    "number_too_large": later("Số quá lớn, không đọc được bằng chữ."),
    "calendar_missing": later(
        "Chưa có lịch nghỉ năm {year} nên không thể hẹn ngày. Vui lòng cập nhật gói dữ liệu lịch."
    ),
    "no_time_limit": later(
        "Trường hợp này chưa có thời hạn giải quyết nên không thể hẹn ngày. "
        "Vui lòng chọn trường hợp khác hoặc báo người quản lý dữ liệu."
    ),
    **act_words.MESSAGES,
    "naive_moment": later("Thời điểm thiếu múi giờ. Vui lòng ghi kèm +07:00."),
    "bad_processing_time": later("Thời hạn “{text}” không đúng. Viết dạng 5wd, 8wh hoặc 15d."),
    "procedure_unknown": later("Không có thủ tục “{id}”. Hãy tìm lại theo tên."),
    "procedure_expired": later(
        "Thủ tục “{name}” đã hết hiệu lực sau ngày {valid_to}. "
        "Hãy chọn thủ tục thay thế hoặc cập nhật dữ liệu."
    ),
    "procedure_replaced": later(
        "Thủ tục “{name}” đã hết hiệu lực sau ngày {valid_to}. Nay làm theo: {successors}."
    ),
    "no_time_limit_because": later(
        "Trường hợp “{case}” chưa có thời hạn giải quyết nên không thể hẹn ngày. {note} "
        "Hãy nhập thời hạn của cơ quan ở Cài đặt, hoặc chọn trường hợp khác."
    ),
    "override_reason_short": later(
        "Hãy ghi rõ lý do nhận theo bản đã hết hiệu lực (ít nhất {least} ký tự), để sau này kiểm tra được."
    ),
    "received_on_expired_procedure": later(
        "Thủ tục “{name}” đã hết hiệu lực sau ngày {valid_to}; hồ sơ nhận theo bản cũ với lý do đã ghi."
    ),
    "amount_differs_from_decision": later(
        "“{name}” thu {entered}, khác mức đã quyết định {decided}. Hãy đối chiếu căn cứ."
    ),
    "amount_is_set_centrally": later(
        "“{name}” do Trung ương quy định nên không nhập số tiền khác được. Hãy bỏ số tiền này."
    ),
    "out_in_data_folder": later(
        "Không ghi tệp vào thư mục dữ liệu của quầy, vì có thể ghi đè dữ liệu. Hãy chọn thư mục khác."
    ),
    "paper_format_unknown": later("Chỉ ghi được tệp PDF. Hãy đặt tên tệp kết thúc bằng .pdf."),
    "report_format_unknown": later("Chỉ ghi được tệp .pdf hoặc .xlsx. Hãy đặt tên tệp kết thúc như vậy."),
    "report_empty": later("Sổ không có hồ sơ nào trong thời gian này. Hãy chọn ngày khác."),
    "report_cancelled": later("Đã dừng lập báo cáo; chưa ghi hay in gì."),
    "day_ahead": later("Ngày {day} chưa tới nên chưa đóng được."),
    "day_not_settled": later(
        "Ngày {day} còn việc chưa xong: {findings}. Hãy xử lý, hoặc ghi lý do chuyển sang ngày sau."
    ),
    "earlier_day_open": later("Ngày {first_open} chưa đóng. Hãy đóng ngày đó trước."),
    "day_already_closed": later(
        "Đã đóng đến hết ngày {last}. Phát sinh sau đó ghi vào biên bản của ngày sau; "
        "muốn sửa thì mở lại ngày {last}."
    ),
    "day_not_closed": later("Ngày {day} chưa đóng nên không có gì để mở lại."),
    "only_last_day_reopens": later("Chỉ mở lại được ngày đóng sau cùng là {last}."),
    "day_close_unknown": later("Không tìm thấy biên bản đóng ngày này."),
    "bad_cash_count": later("“{amount}” không phải số tiền đã đếm. Hãy nhập số đồng, từ 0 trở lên."),
    "finding_unknown": later("Không có việc nào tên “{finding}” để chuyển sang."),
    "out_folder_missing": later("Không có thư mục để ghi tệp vào. Hãy kiểm tra lại đường dẫn."),
    "sector_unknown": later("Không có lĩnh vực “{sector}”. Các lĩnh vực: {sectors}."),
    "days_reversed": later("Ngày đầu {first} ở sau ngày cuối {last}. Hãy đổi lại."),
    "posting_incomplete": later(
        "Chưa nên niêm yết: còn {unknown_fees} khoản phí, lệ phí chưa biết mức và {without_limit} thủ tục "
        "chưa có thời hạn. Hãy nhập ở Cài đặt rồi in lại."
    ),
    "letters_not_printable": later(
        "Có ký tự không in được trong: {places}. Chỗ đó trên giấy sẽ in thành ô trống □."
    ),
    "bad_data_age": later("Số ngày phải từ 1 đến {most}."),
    "procedure_not_yet_valid": later("Thủ tục “{name}” chỉ tiếp nhận từ ngày {valid_from}."),
    "form_unknown": later("Không có mẫu tờ khai “{id}”. Hãy báo người quản trị."),
    "form_expired": later("Mẫu “{name}” đã hết hiệu lực sau ngày {valid_to}. Hãy cập nhật dữ liệu."),
    "form_not_yet_valid": later("Mẫu “{name}” dùng từ ngày {valid_from}."),
    # Answers of a form
    "required": later("Mục này cần được điền."),
    "wrong_type": later("Câu trả lời không đúng kiểu. Hãy nhập lại."),
    "too_long": later("Dài quá {limit} chữ. Hãy viết gọn lại."),
    "day_needed": later("Cần đủ ngày, tháng, năm."),
    "not_a_date": later("Ngày chưa đúng. Ví dụ: 15/11/2026, hoặc 1950."),
    "not_money": later("Số tiền chưa đúng. Ví dụ: 50.000."),
    "not_a_phone": later("Số điện thoại chưa đúng. Ví dụ: 0912345678."),
    "not_a_choice": later("Hãy chọn một trong các câu có sẵn."),
    "not_a_number": later("Hãy nhập số."),
    "number_out_of_range": later("Số phải từ {least} đến {most}."),
    "commune_missing": later("Thiếu xã, phường, đặc khu. Hãy chọn trong danh sách hoặc ghi nước ngoài nào."),
    "bad_document_number": later("Số giấy tờ chưa đúng. Hãy đối chiếu với giấy tờ."),
    "document_number_missing": later("Thiếu số giấy tờ."),
    "issued_in_future": later("Ngày cấp ở sau hôm nay. Hãy kiểm tra."),
    "too_many_rows": later("Bảng chỉ ghi tối đa {limit} dòng."),
    "unknown_column": later("Bảng không có cột “{column}”."),
    "unknown_field": later("Tờ khai không có mục này."),
    "id_numbers_differ": later("Số định danh khác số trên giấy tờ. Hãy đối chiếu."),
    "same_person_twice": later("Số định danh này đã ghi cho người khác trong tờ khai."),
    "differs_from_case": later(
        "Câu trả lời khác trường hợp đã chọn “{case}”. Hãy chọn lại trường hợp, hoặc sửa câu này."
    ),
    "sex_differs_from_role": later("Giới tính không hợp với vai “{role}”. Hãy đối chiếu."),
    # Database and disk
    "unprintable_text": later("Phần vừa nhập có ký tự lỗi, không ghi được. Vui lòng xóa phần đó và gõ lại."),
    "code_already_used": later("Mã hồ sơ {dossier_code} đã được dùng. Vui lòng tiếp nhận lại để lấy số mới."),
    "already_running": later("Chương trình đang mở ở cửa sổ khác. Hãy dùng cửa sổ đó hoặc đóng nó trước."),
    "folder_not_writable": later("Không ghi được vào thư mục dữ liệu. Vui lòng kiểm tra quyền hoặc ổ đĩa."),
    "database_read_only": later(
        "Dữ liệu chỉ đọc được: vẫn tra cứu được, chưa tiếp nhận được. Vui lòng báo quản trị."
    ),
    "database_busy": later("Dữ liệu đang bận, thao tác chưa được ghi. Vui lòng thử lại."),
    "database_damaged": later(
        "Tệp dữ liệu bị hỏng. Không có gì bị ghi đè. Vui lòng báo quản trị để khôi phục bản sao lưu."
    ),
    "database_missing": later(
        "Không thấy tệp dữ liệu counter.db tuy khóa vẫn còn. Hãy khôi phục từ bản sao lưu; "
        "chương trình không tạo dữ liệu mới để khỏi dùng lại mã hồ sơ."
    ),
    "database_unreachable": later("Không mở được tệp dữ liệu. Vui lòng kiểm tra ổ đĩa và quyền truy cập."),
    "database_foreign": later(
        "Tệp này không phải dữ liệu của chương trình. Vui lòng kiểm tra lại thư mục dữ liệu."
    ),
    "database_key_wrong": later(
        "Khóa không mở được dữ liệu này. Hãy dùng đúng khóa, hoặc mã trên giấy khôi phục."
    ),
    "database_key_missing": later(
        "Không tìm thấy khóa dữ liệu. Hãy mở kho khóa của máy hoặc khôi phục khóa; "
        "chương trình không tạo khóa mới."
    ),
    "database_newer": later("Dữ liệu thuộc bản mới hơn ({found} > {known}). Vui lòng cập nhật chương trình."),
    "database_outdated": later("Dữ liệu cần nâng cấp. Hãy mở chương trình chính một lần."),
    "disk_full": later(
        "Ổ đĩa đã đầy, thao tác vừa rồi chưa được ghi. Phần dự phòng đã được giải phóng: "
        "hãy thử lại, rồi dọn ổ đĩa."
    ),
    "disk_failed": later("Ổ đĩa báo lỗi, thao tác chưa được ghi. Vui lòng thử lại và báo quản trị."),
    "log_damaged": later(
        "Phần dữ liệu ghi sau cùng trước khi máy tắt bị hỏng trên ổ đĩa: một số việc vừa làm có thể đã mất. "
        "Chưa có gì bị ghi đè; vui lòng báo quản trị. "
        "Mở lại chương trình để làm tiếp với phần còn lại."
    ),
    "sqlite_too_old": later("Thư viện dữ liệu {found} quá cũ (cần {needed}). Vui lòng cài lại chương trình."),
    # Backups
    "backup_changed": later(
        "Bản sao lưu này đã bị sửa, bị cắt hoặc hỏng; không dùng được. Hãy chọn bản sao lưu khác."
    ),
    "backup_code_wrong": later(
        "Mã hoặc mật khẩu khóa không mở được bản sao lưu này. Hãy dùng đúng tờ giấy khôi phục của quầy "
        "vào thời điểm tạo bản sao lưu; tờ cũ vẫn mở được bản cũ."
    ),
    "backup_disk_full": later("Nơi lưu hết chỗ giữa chừng; bản sao lưu dở dang đã xóa, dữ liệu không sao."),
    "backup_needs_room": later("Cần {needed_mb} MB để sao lưu hoặc khôi phục, ổ đĩa chỉ còn {free_mb} MB."),
    "backup_never_wrapped": later(
        "Khi tạo bản sao lưu này chưa có giấy khôi phục hay mật khẩu khóa, nên chỉ máy đã tạo mở được."
    ),
    "backup_newer": later("Bản sao lưu do phiên bản mới hơn tạo. Hãy cập nhật chương trình rồi thử lại."),
    "backup_not_a_backup": later("Tệp này không phải bản sao lưu của Quầy Một Cửa."),
    "backup_not_whole": later(
        "Dữ liệu đang dùng có chỗ hỏng ({detail}) nên không sao lưu được; các bản sao lưu trước vẫn "
        "giữ nguyên. Hãy báo người quản trị ngay."
    ),
    "backup_not_written": later("Không ghi được bản sao lưu: {reason}."),
    "backup_other_key": later(
        "Máy này không có khóa của bản sao lưu. Hãy nhập mã trên giấy khôi phục hoặc mật khẩu khóa."
    ),
    "backup_place_missing": later("Không thấy nơi sao lưu thứ hai. Hãy cắm USB hoặc chọn thư mục khác."),
    "backup_unreadable": later("Không đọc được tệp sao lưu. Hãy kiểm tra USB hoặc ổ đĩa."),
    "restore_not_placed": later(
        "Không đặt được dữ liệu khôi phục vào chỗ ({reason}). Dữ liệu trước đó vẫn còn nguyên."
    ),
    "restore_slip_other": later("Giấy hẹn {slip} không phải của quầy này hôm nay."),
    "salvage_no_key": later("Không có khóa dữ liệu trên máy này; hãy mở khóa trước khi cứu dữ liệu."),
    "salvage_nothing_readable": later(
        "Không đọc được gì trong tệp dữ liệu hỏng. Hãy khôi phục từ bản sao lưu; tệp hỏng vẫn giữ nguyên."
    ),
    # Data files
    "bad_data_file": later(
        "Tệp dữ liệu {file}, dòng {line}, mục {field} chưa đúng: {problem} {value}. "
        "Hãy sửa hoặc cài lại gói dữ liệu."
    ),
    # Data packs
    "pack_not_a_pack": later(
        "Tệp “{file}” không phải gói dữ liệu, hoặc tải về chưa đủ. Hãy chọn đúng tệp .qmcpack, hoặc tải lại."
    ),
    "pack_unreadable": later(
        "Không đọc được tệp “{file}” ({reason}). Hãy kiểm tra USB hoặc thư mục chứa tệp."
    ),
    "pack_not_written": later(
        "Không ghi được gói dữ liệu vào máy ({reason}). Dữ liệu đang dùng không thay đổi. "
        "Hãy dọn ổ đĩa hoặc kiểm tra quyền ghi rồi cài lại."
    ),
    "pack_wrong_key": later(
        "Gói này không do nơi máy đang tin cậy ký cho loại dữ liệu và đơn vị đó. Đừng cài; "
        "hãy hỏi lại nơi phát hành gói."
    ),
    "pack_changed": later(
        "Nội dung gói đã bị thay đổi hoặc hỏng sau khi ký ({name}). Hãy lấy lại tệp từ nơi phát hành."
    ),
    "pack_bad_path": later("Gói có tệp tên không được phép ({name}). Đừng cài; hãy báo nơi phát hành gói."),
    "pack_too_big": later(
        "Gói có phần quá lớn ({name}, tối đa {limit_kb} kB). Đừng cài; hãy báo nơi phát hành gói."
    ),
    "pack_too_many_files": later(
        "Gói “{name}” có quá nhiều tệp (tối đa {limit} tệp). Đừng cài; hãy báo nơi phát hành gói."
    ),
    "pack_needs_room": later(
        "Ổ đĩa còn {free_mb} MB, cài gói này cần {needed_mb} MB. Dữ liệu đang dùng không thay đổi. "
        "Hãy dọn ổ đĩa rồi cài lại."
    ),
    "pack_key_not_granted": later(
        "Khóa gốc không cho khóa này ký gói loại {kind} (đơn vị {unit}), hoặc chưa đủ số khóa ký. "
        "Gói chưa được làm: hãy dùng đúng khóa, hoặc bổ sung quyền trong khóa gốc."
    ),
    "pack_root_half_signed": later(
        "Tệp khóa gốc mới có {signed}/{needed} chữ ký. "
        "Hãy để những người giữ khóa còn lại ký tiếp rồi làm lại."
    ),
    "pack_kind_unknown": later(
        "Không rõ loại gói “{kind}”. Hãy cập nhật chương trình hoặc hỏi nơi phát hành gói."
    ),
    "pack_newer_format": later(
        "Gói dùng định dạng {found}, chương trình này chỉ đọc được đến {known}. "
        "Hãy cập nhật chương trình rồi cài lại gói."
    ),
    "pack_older": later(
        "Gói {version} không mới hơn dữ liệu đang có ({installed}). Không cần cài; "
        "muốn về bản trước hãy dùng lệnh quay lại."
    ),
    "pack_for_other_unit": later(
        "Gói dành cho đơn vị {unit}, máy này thuộc {own}. Hãy lấy đúng gói của đơn vị mình."
    ),
    "pack_bad_data": later(
        "Gói không cài được: tệp {file}, dòng {line}, mục {field}: {problem} {value}. "
        "Dữ liệu đang dùng không thay đổi. Hãy báo nơi phát hành gói."
    ),
    "pack_bad_root": later(
        "Tệp khóa gốc không đúng hoặc bị hỏng. Hãy lấy lại tệp root.json từ nơi phát hành gói."
    ),
    "pack_root_refused": later(
        "Máy đã từng cài gói theo khóa gốc khác, và khóa gốc đó chưa ký cho bản {version} này. "
        "Hãy hỏi nơi phát hành gói."
    ),
    "pack_no_rollback": later("Không có gói nào đang dùng để quay lại bản trước."),
    "pack_damaged": later(
        "Gói dữ liệu “{file}” trên máy bị hỏng nên đang dùng dữ liệu trước đó. "
        "Hãy cài gói mới nhất; trước khi có gói, hãy đối chiếu thủ tục và lệ phí với bản niêm yết."
    ),
    "pack_key_unusable": later(
        "Không mở được khóa ký “{file}”. Hãy kiểm tra tệp khóa Ed25519 và mật khẩu trong COUNTER_PASSWORD."
    ),
    "bad_pack_version": later("Phiên bản gói “{text}” chưa đúng. Viết dạng 2027.3.1 (năm.tháng.số thứ tự)."),
    "pack_nothing_to_pack": later(
        "Thư mục “{folder}” không có dữ liệu của loại gói này. "
        "Gói toàn quốc cần forms, calendars hoặc admin-units; gói địa phương cần overlay."
    ),
    # Carry files, to and from the server on a stick
    "carry_not_a_file": later(
        "Đây không phải tệp bàn giao USB của chương trình. Hãy chọn đúng tệp, tên kết thúc bằng .qmc."
    ),
    "carry_newer": later(
        "Tệp bàn giao USB do phiên bản mới hơn tạo ra nên máy này chưa đọc được. "
        "Vui lòng cập nhật chương trình."
    ),
    "carry_damaged": later(
        "Tệp bàn giao USB bị hỏng, bị sửa, hoặc không do nơi gửi ghi trong tệp tạo ra; chưa nhận gì từ tệp. "
        "Hãy chép lại từ nơi đã tạo, hoặc tạo tệp mới."
    ),
    "carry_wrong_recipient": later(
        "Tệp bàn giao USB được mã hóa cho nơi khác nên máy này không mở được. Hãy lấy đúng tệp của quầy này."
    ),
    "carry_too_big": later(
        "Tệp bàn giao USB lớn hơn mức cho phép (2 GB) hoặc ghi sai nội dung bên trong. "
        "Hãy xuất lại, không kèm bản quét, rồi gửi bản quét sau."
    ),
    "carry_unreadable": later(
        "Không đọc được tệp bàn giao USB ({reason}). Hãy kiểm tra USB còn cắm không, rồi chọn lại tệp."
    ),
    "carry_not_written": later(
        "Không ghi được tệp bàn giao USB ({reason}). Chưa có gì được ghi là đã gửi. "
        "Hãy kiểm tra USB còn cắm và ghi được, rồi xuất lại."
    ),
    "carry_disk_full": later(
        "USB hoặc ổ đĩa không đủ chỗ để ghi tệp bàn giao USB. Chưa có gì được ghi là đã gửi. "
        "Hãy dọn bớt hoặc dùng USB khác, rồi xuất lại."
    ),
    "carry_goes_up": later(
        "Đây là tệp quầy gửi lên máy chủ, không phải tệp máy chủ trả về. "
        "Hãy nộp tệp này cho nơi quản lý máy chủ và nhận tệp trả lời."
    ),
    "carry_for_other_unit": later(
        "Tệp bàn giao USB dành cho đơn vị {unit}, không phải đơn vị này; chưa nhận gì từ tệp."
    ),
    "carry_for_other_counter": later(
        "Tệp bàn giao USB dành cho máy khác (quầy {counter}); chưa nhận gì từ tệp. "
        "Hãy đưa tệp đến đúng quầy đó."
    ),
    "carry_changed_meanwhile": later(
        "Việc gửi qua mạng vừa thay đổi dữ liệu trong lúc ghi tệp. Tệp chưa được ghi; hãy xuất lại."
    ),
    # Files of procedures from outside
    "import_unreadable": later(
        "Không đọc được tệp “{file}” ({reason}). Hãy kiểm tra tên tệp, USB và quyền đọc."
    ),
    "import_too_big": later(
        "Tệp “{file}” quá lớn (tối đa {limit}) nên không mở. Hãy tách thành nhiều tệp nhỏ hơn."
    ),
    "import_password": later(
        "Tệp “{file}” có đặt mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại dạng .xlsx."
    ),
    "import_old_format": later(
        "Tệp “{file}” là dạng Excel hoặc Word cũ (.xls, .doc). Hãy mở bằng Excel và lưu lại dạng .xlsx."
    ),
    "import_damaged": later("Tệp “{file}” bị hỏng hoặc tải về chưa đủ. Hãy lấy lại tệp từ nơi gửi."),
    "import_not_utf8": later(
        "Tệp “{file}” không viết bằng UTF-8 nên chữ Việt sẽ sai. Hãy lưu lại với bảng mã UTF-8."
    ),
    "import_not_supported": later(
        "Tệp “{file}” không phải danh sách Excel (.xlsx) hay trang thủ tục dạng JSON. Hãy chọn đúng tệp."
    ),
    "import_no_header": later(
        "Tệp “{file}” không có dòng tiêu đề với cột mã và cột tên thủ tục. Hãy thêm dòng đó rồi nhập lại."
    ),
    "import_no_procedures": later("Tệp “{file}” không có thủ tục nào. Hãy kiểm tra lại tệp."),
    "import_nothing_found": later("Thư mục “{folder}” không có tệp .xlsx hay .json nào."),
    "import_into_forms": later(
        "Không ghi bản nháp vào thư mục dữ liệu của chương trình. Hãy chọn thư mục khác, ví dụ ban-nhap."
    ),
    "import_not_written": later(
        "Không ghi được bản nháp hoặc báo cáo ({reason}). Hãy chọn thư mục khác rồi làm lại."
    ),
    "catalogue_missing": later("Không tìm thấy dữ liệu thủ tục. Hãy cài lại chương trình."),
    "bad_session": later("Giờ mở cửa {start} phải trước giờ đóng cửa {end}."),
    "bad_week_pattern": later("Giờ làm việc chưa hợp lệ ({problem}). Vui lòng kiểm tra lại."),
    "calendar_conflict": later("Lịch {version} có ngày bị khai hai lần hoặc vừa nghỉ vừa làm bù."),
    "papers_missing": later("Chưa nhận: {papers}. Vẫn tiếp nhận hồ sơ?"),
    # Papers
    "papers_folder_not_writable": later(
        "Không ghi được vào thư mục lưu giấy tờ ({reason}). Chưa có gì được lưu; "
        "hãy chọn thư mục khác rồi làm lại."
    ),
    "dossier_saved": later(
        "Hồ sơ {dossier_code} đã được lưu: đừng tiếp nhận lại, chỉ in lại giấy tờ của hồ sơ này."
    ),
    "work_list_too_long": later("Danh sách dài hơn {most} dòng. Hãy lọc bớt rồi làm lại."),
    "paper_not_saved": later(
        "Không ghi được tệp ({reason}). Dữ liệu của quầy vẫn an toàn; hãy chọn nơi lưu khác."
    ),
    "no_display": later(
        "Không tìm thấy màn hình để mở cửa sổ. Hãy chạy chương trình trong phiên làm việc có màn hình, "
        "hoặc dùng dòng lệnh (gõ --help)."
    ),
    "printer_not_found": later(
        "Không tìm thấy máy in “{printer}”. Hãy kiểm tra dây nối và nguồn điện, "
        "chọn máy in khác trong Cài đặt, hoặc lưu giấy thành tệp PDF."
    ),
    "no_default_printer": later(
        "Máy tính chưa có máy in mặc định. Hãy chọn máy in trong Cài đặt hoặc lưu thành tệp PDF."
    ),
    "printer_failed": later(
        "Máy in “{printer}” không in được ({reason}). Hồ sơ vẫn được lưu an toàn. "
        "Hãy kiểm tra giấy, mực, nắp máy rồi bấm In lại, hoặc lưu thành PDF."
    ),
    "default_printer_failed": later(
        "Máy in mặc định không in được ({reason}). Hồ sơ vẫn được lưu an toàn. "
        "Hãy kiểm tra giấy, mực, nắp máy rồi bấm In lại, hoặc lưu thành PDF."
    ),
    "paper_not_made": later(
        "Không tạo được giấy này do lỗi của chương trình. Hồ sơ đã lưu an toàn; "
        "hãy bấm In lại, nếu vẫn lỗi xin báo bộ phận hỗ trợ."
    ),
    "not_a_picture": later("Không đọc được ảnh này. Hãy chọn ảnh chụp rõ mã QR, tệp PNG hoặc JPEG."),
    "pdf_unreadable": later("Không đọc được tệp giấy cần in. Hãy bấm In lại để tạo tệp mới."),
    "font_missing": later(
        "Thiếu phông chữ {file} của chương trình nên không in được. "
        "Hãy cài lại chương trình; dữ liệu không bị ảnh hưởng."
    ),
    "code_not_printable": later(
        "Mã hồ sơ {dossier_code} có ký tự không in được thành mã vạch. Hãy kiểm tra mã đơn vị trong Cài đặt."
    ),
    "qr_text_too_long": later("Nội dung mã QR quá dài ({length} ký tự)."),
    # Scanned papers
    "scan_file_empty": later("Tệp rỗng, không có gì để đính kèm. Hãy quét lại hoặc chọn tệp khác."),
    "scan_too_big": later("Tệp lớn quá {limit_mb} MB. Hãy quét lại ở 300 dpi, hoặc chia thành nhiều tệp."),
    "scan_not_supported": later(
        "Tệp này không phải PDF, JPEG, PNG hay TIFF (dù tên tệp ghi gì). Hãy quét lại hoặc chọn tệp khác."
    ),
    "scan_broken": later("Tệp bị hỏng hoặc chép về chưa đủ. Hãy quét lại hoặc lấy lại tệp."),
    "scan_password": later("Tệp PDF có mật khẩu. Hãy bỏ mật khẩu hoặc quét lại bản giấy."),
    "scan_too_many_pages": later("Tệp có quá {limit} trang. Hãy chia thành nhiều giấy tờ."),
    "scan_too_many_pixels": later(
        "Trang quá lớn (hơn khổ A3 ở 600 dpi) nên không mở. Hãy quét lại ở 300 dpi."
    ),
    "scan_inflates": later(
        "Tệp PDF phình ra quá lớn khi mở nên bị từ chối. Hãy quét lại bản giấy; đừng mở tệp này."
    ),
    "scan_active_content": later(
        "Tệp PDF có mã lệnh hoặc tệp khác giấu bên trong nên bị từ chối. Hãy in ra rồi quét lại."
    ),
    "scan_two_files_in_one": later(
        "Tệp PDF có một tệp khác gắn ở cuối nên bị từ chối. Hãy in ra rồi quét lại."
    ),
    "scan_signed_not_merged": later(
        "Tệp PDF có chữ ký số phải để nguyên, không ghép thêm trang được. "
        "Hãy gỡ tệp đang có, hoặc đính kèm ở giấy tờ khác."
    ),
    "scan_unreadable": later("Không đọc được tệp {reason}. Hãy kiểm tra USB hoặc thư mục chứa tệp."),
    "scan_resolution_too_low": later(
        "Ảnh chỉ đạt {dpi} dpi, không đọc được chữ nhỏ (ít nhất {least} dpi). Hãy quét lại ở 300 dpi."
    ),
    "scan_resolution_low": later(
        "Ảnh đạt {dpi} dpi, thấp hơn mức {wanted} dpi. Nên quét lại; nếu vẫn đọc rõ thì có thể giữ."
    ),
    "scan_part_has_file": later("“{part}” đã có tệp. Hãy xem lại: thêm trang vào tệp đó, hoặc gỡ nó trước."),
    "draft_unknown": later("Hồ sơ này chưa được lưu nháp hoặc bản nháp đã bị bỏ. Hãy lưu nháp rồi làm lại."),
    "scan_unknown": later("Không còn tệp này. Có thể nó vừa được gỡ hoặc thay."),
    "scan_file_missing": later(
        "Không thấy tệp quét này trên ổ đĩa. Hãy khôi phục thư mục scans từ bản sao lưu, hoặc quét lại."
    ),
    "scan_file_damaged": later(
        "Tệp quét này đã bị hỏng hoặc bị sửa trên ổ đĩa. Hãy khôi phục từ bản sao lưu, hoặc quét lại."
    ),
    "scan_no_device": later(
        "Máy tính này chưa có máy quét dùng được từ chương trình. "
        "Hãy quét bằng phần mềm của máy quét vào thư mục đã chọn trong Cài đặt."
    ),
    "scan_device_gone": later(
        "Không nối được máy quét “{device}”. Hãy kiểm tra dây nối, nguồn điện rồi quét lại."
    ),
    "scan_device_busy": later("Máy quét đang bận. Hãy đóng phần mềm quét khác, đợi một lát rồi quét lại."),
    "scan_device_jammed": later("Máy quét bị kẹt giấy. Hãy gỡ giấy rồi quét lại."),
    "scan_device_empty": later("Khay nạp giấy của máy quét chưa có giấy. Hãy đặt giấy vào rồi quét lại."),
    "scan_device_open": later("Nắp máy quét đang mở. Hãy đóng nắp rồi quét lại."),
    "scan_device_denied": later("Không có quyền dùng máy quét. Hãy nhờ quản trị cấp quyền."),
    "scan_device_failed": later(
        "Máy quét không quét được ({reason}). Hãy thử lại hoặc khởi động lại máy quét."
    ),
    "scan_device_slow": later("Máy quét không trả lời sau {seconds} giây nên đã dừng. Hãy thử lại."),
    "scan_cancelled": later("Đã dừng quét."),
    "scan_folder_missing": later("Không mở được thư mục nhận tệp quét. Hãy kiểm tra trong Cài đặt."),
    "health_scans": later("{count} tệp quét đủ trên ổ đĩa."),
    "health_scans_unclaimed": later(
        "{count} tệp quét đủ; {unclaimed} tệp không thuộc hồ sơ nào (có thể do khôi phục bản sao lưu cũ)."
    ),
    "scan_files_missing": later(
        "Thiếu {count} tệp quét trên ổ đĩa. Hãy khôi phục thư mục scans từ bản sao lưu."
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
    "health_writable": later("Ghi được vào thư mục dữ liệu."),
    "health_password": later("Đã đặt tài khoản: mọi việc cần đăng nhập."),
    "office_key_unknown": later("Không có giá trị nào của cơ quan tên là “{key}”."),
    "nothing_to_take_back": later("“{key}” chưa từng được nhập nên không có gì để bỏ."),
    "fee_unknown": later("Không có khoản thu “{fee_id}” trong danh mục thủ tục."),
    "fee_not_local": later("“{name}” do Trung ương quy định, tỉnh và cơ quan không đặt mức khác được."),
    "basis_missing": later(
        "Hãy ghi căn cứ của mức thu “{name}”, ví dụ: Nghị quyết số … của HĐND tỉnh; kể cả khi miễn thu."
    ),
    "time_longer_than_law": later(
        "Thời hạn này dài hơn thời hạn pháp luật quy định cho trường hợp “{name}”. "
        "Chỉ được đặt bằng hoặc ngắn hơn."
    ),
    "text_missing": later("Nội dung còn trống. Hãy ghi, hoặc bỏ giá trị này."),
    "list_empty": later("Danh sách chưa có hồ sơ nào. Hãy quét giấy hẹn hoặc chọn hồ sơ."),
    "list_too_long": later("Một danh sách có tối đa {limit} hồ sơ. Hãy lập thành nhiều danh sách."),
    "list_unknown": later("Không có danh sách này. Hãy kiểm tra lại số danh sách."),
    "list_has_refused": later(
        "Không đưa được vào danh sách: {dossiers}. Chưa hồ sơ nào được bàn giao. "
        "Hãy bỏ các hồ sơ này ra, hoặc xem lại từng hồ sơ."
    ),
    "paper_changed_meanwhile": later(
        "Giấy này vừa thay đổi hoặc vừa được in ở cửa sổ khác. Hãy xem lại rồi in; lần này chưa in gì."
    ),
    "list_already_acknowledged": later("Danh sách này đã được ghi nhận ký nhận lúc {at}."),
    "postal_code_twice": later("Số hiệu bưu gửi {postal_code} ghi cho hai hồ sơ. Hãy quét lại từng bưu gửi."),
    "notice_of_nothing": later("Hãy chọn thủ tục trước: phiếu phải ghi nội dung công dân yêu cầu."),
    "second_notice_needs_reason": later(
        "Lượt này đã có phiếu yêu cầu bổ sung lúc {at}. Luật chỉ cho yêu cầu bổ sung một lần: "
        "hãy ghi vì sao phải yêu cầu thêm."
    ),
    "notice_unknown": later("Không có phiếu này. Hãy kiểm tra lại số phiếu."),
    "bad_placeholder": later(
        "Không có ô điền “{name}”. Dùng được, ví dụ: office.committee đặt trong ngoặc nhọn."
    ),
    "bad_office_phone": later("Số điện thoại chỉ gồm chữ số, từ 3 đến 15 số. Ví dụ: 0218 3851 234."),
    "signatory_missing": later("Hãy ghi họ tên và chức vụ của người ký."),
    "not_an_office_value": later("Giá trị phải viết bằng JSON, hoặc là số tiền, thời hạn, câu chữ."),
    **account_words.MESSAGES,
    **key_words.MESSAGES,
    "admin_password_missing": later(
        "Chưa đặt mật khẩu, chưa có tài khoản nào: ai cũng làm được mọi việc. "
        "Hãy tạo tài khoản quản trị ở Cài đặt trước khi đưa vào sử dụng."
    ),
    "fonts_missing": later("Thiếu phông chữ in giấy tờ. Hãy cài lại chương trình."),
    "backup_audit_flawed": later("Nhật ký trong bản sao lưu có {flawed} đoạn không còn như lúc ghi."),
    "backup_audit_whole": later("Nhật ký liền mạch, dấu cuối {tip}."),
    "backup_counts": later("Số liệu khớp với bản kê: {dossiers} hồ sơ, {scans} tệp quét."),
    "backup_database_whole": later("Cơ sở dữ liệu trong bản sao lưu mở được bằng khóa và nguyên vẹn."),
    "backup_file_whole": later("Tệp nguyên vẹn, {files} thành phần đúng như lúc ghi."),
    "backup_scans_beside": later("Tệp quét không nằm trong bản này mà ở thư mục “scans” bên cạnh."),
    "backup_scans_inside": later("{count} tệp quét nằm trong bản này (hồ sơ ghi nhận {scans})."),
    "health_backup": later("Bản sao lưu tốt gần nhất: {at}."),
    "health_backup_none": later("Chưa có bản sao lưu nào. Hãy mở chương trình, chờ vài phút, hoặc tạo ngay."),
    "health_backup_old": later(
        "Bản sao lưu tốt gần nhất đã quá 3 ngày ({at}). Hãy vào Cài đặt, mục Sao lưu, bấm “Sao lưu ngay”."
    ),
    "health_backup_second_away": later(
        "Nơi sao lưu thứ hai đang không có mặt. Hãy cắm USB hoặc nối ổ đĩa; chương trình tự chép bù."
    ),
    "health_restored": later("Dữ liệu vừa được khôi phục xong. Dữ liệu trước đó còn ở thư mục {folder}."),
    "health_restore_abandoned": later(
        "Lần khôi phục trước bị ngắt giữa chừng nên đã bỏ; dữ liệu đang dùng là dữ liệu trước khi khôi phục."
    ),
    "health_set_aside": later(
        "Còn {count} thư mục dữ liệu cũ để riêng sau khi khôi phục (mới nhất: {folder}). Khi chắc chắn "
        "không cần, người quản trị tự xóa vì trong đó có dữ liệu cá nhân."
    ),
    "mended_second_place": later("Đã chép bù bản sao lưu sang nơi thứ hai."),
    "health_key": later("Khóa dữ liệu nằm trong kho khóa của hệ điều hành."),
    "key_in_file": later(
        "Khóa dữ liệu nằm trong một tệp vì hệ điều hành không có kho khóa. "
        "Hãy hạn chế người mở được thư mục dữ liệu."
    ),
    "health_disk": later("Ổ đĩa còn {free_mb} MB."),
    "disk_low": later("Ổ đĩa chỉ còn {free_mb} MB. Hãy dọn bớt trước khi tiếp nhận."),
    # The queue and the ratings
    "ticket_groups_missing": later("Hãy khai báo ít nhất một nhóm lấy số."),
    "too_many_ticket_groups": later("Nhiều nhất {limit} nhóm lấy số, mỗi nhóm một phím số."),
    "ticket_group_name_missing": later("Có nhóm lấy số chưa có tên. Hãy ghi tên hoặc bỏ dòng đó."),
    "bad_ticket_letter": later("Nhóm “{name}” cần một chữ cái từ A đến Z đứng trước số."),
    "ticket_letter_twice": later("Chữ {letter} dùng cho hai nhóm nên số sẽ trùng. Hãy đổi một chữ."),
    "ticket_group_unknown": later("Không có nhóm lấy số “{group}”."),
    "ticket_unknown": later("Không có số thứ tự “{ticket}”."),
    "ticket_called_enough": later("Số {ticket} đã gọi {times} lần. Hãy đánh dấu vắng để gọi người khác."),
    "ticket_of_another_day": later("Số {ticket} là của ngày {day}, không còn dùng được. Hãy lấy số mới."),
    "ticket_not_there_now": later("Số {ticket} không còn ở bước này, có thể đã gọi ở quầy khác."),
    "already_rated": later("Hồ sơ này đã được đánh giá. Mỗi hồ sơ chỉ ghi một lần."),
    "rating_score_unknown": later("Mức đánh giá “{score}” không có."),
    "rating_reason_unknown": later("Lý do đánh giá “{reason}” không có."),
    "bad_rating_count": later("Số phiếu đánh giá phải từ 0 đến {limit}."),
    "rating_day_ahead": later("Ngày {day} chưa tới. Hãy ghi ngày công dân bỏ phiếu."),
    # People
    "open_dossier_same_subject": later(
        "Đang có hồ sơ cùng thủ tục, do người khác nộp, cho cùng một người: {codes}. "
        "Hãy kiểm tra trước khi nhận."
    ),
    "known_under_other_id": later(
        "Người nộp giống người đã có trên máy với số khác: {ids}. "
        "Hãy xem có phải cùng một người (ví dụ số chứng minh cũ) rồi gộp."
    ),
    "person_unknown": later("Không có người này trên máy. Hãy tìm lại theo tên hoặc số định danh."),
    "person_name_missing": later("Hãy ghi họ tên."),
    "birth_date_unreadable": later("Không đọc được ngày sinh. Viết dạng 02/04/1959, hoặc chỉ năm sinh."),
    "already_merged": later("Hai bản ghi này đã là một người."),
    "merge_doubtful": later("Hai bản ghi có chỗ khác nhau, có thể là hai người. Nếu vẫn gộp, hãy ghi lý do."),
    "merge_unknown": later("Không tìm thấy lần gộp này."),
    "merge_already_undone": later("Lần gộp này đã được hoàn tác."),
    "delegate_missing": later("Hãy ghi họ tên và số giấy tờ của người được ủy quyền."),
    "letter_signed_ahead": later("Ngày ký giấy ủy quyền {day} chưa tới. Hãy xem lại."),
    "letter_ends_before_it_begins": later("Giấy ủy quyền hết hạn trước ngày ký. Hãy xem lại hai ngày."),
    "authorises_oneself": later("Người ủy quyền và người được ủy quyền là một người."),
    "not_their_dossier": later("Người ủy quyền không có trong hồ sơ {dossier_code}."),
    "authorisation_unknown": later("Không tìm thấy giấy ủy quyền này."),
    "authorisation_already_ended": later("Giấy ủy quyền này đã chấm dứt trước đó."),
    # Citizens' data: requests, destroying after the time of keeping
    "archive_password_short": later("Mật khẩu tệp cần ít nhất {least} ký tự."),
    "dossier_purged": later(
        "Hồ sơ {dossier_code} đã hủy theo thời hạn lưu: trên máy chỉ còn biên bản hủy, không còn gì để in."
    ),
    "person_request_answered": later("Yêu cầu này đã được trả lời."),
    "person_request_reason_missing": later("Từ chối thì phải ghi lý do: công dân được báo bằng văn bản."),
    "person_request_unknown": later("Không tìm thấy yêu cầu này."),
    "privacy_notice_missing": later("Không có thông báo xử lý dữ liệu nào cho ngày này."),
    "purge_not_due": later("Hồ sơ này chưa hết thời hạn lưu, hoặc không có thời hạn nào cho phép hủy."),
    "purge_originals": later("Quầy còn giữ bản chính của hồ sơ này. Hãy trả bản chính trước."),
    "purge_request_open": later(
        "Công dân có yêu cầu về dữ liệu chưa được trả lời. Hãy trả lời trước khi hủy."
    ),
    "purge_unsent": later("Máy chủ chưa có đủ hồ sơ này. Hãy đồng bộ xong rồi hủy."),
    "retention_not_verified": later(
        "Thời hạn lưu của thủ tục này chưa đối chiếu với văn bản. "
        "Hãy đối chiếu với cơ quan lưu trữ và ghi căn cứ."
    ),
    # Receipts
    "nothing_to_collect": later("Không còn khoản nào phải thu."),
    "fee_amount_unknown": later("Chưa biết mức thu của: {names}. Hãy nhập số tiền từng khoản."),
    "more_than_due": later(
        "“{name}” chỉ còn phải thu {due}, đang ghi {amount}. Hãy sửa số tiền, hoặc ghi lý do thu thêm."
    ),
    "receipt_unknown": later("Không tìm thấy phiếu thu này."),
    "receipt_already_void": later("Phiếu thu số {number} đã được hủy trước đó."),
    "day_closed_already": later(
        "Phiếu thu số {number} đã vào biên bản đóng ngày {day}. Muốn hủy thì mở lại ngày {day} trước."
    ),
    "receipt_void_same_day": later(
        "Phiếu thu số {number} của ngày {day}: chỉ hủy được trong ngày thu. Hãy báo người phụ trách sổ quỹ."
    ),
}
