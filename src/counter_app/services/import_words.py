"""What each defect of an imported list means, in the words of an IT centre, and what to do about it."""

from counter_app.domain.imported import Defect, Difference, Place, Severity

SEVERITY_WORDS = {
    Severity.ERROR: "Lỗi: không nhập được",
    Severity.DOUBTFUL: "Ngờ: bỏ giá trị này",
    Severity.NOTE: "Ghi chú",
}

# code → what is wrong, what to do
_WORDS: dict[str, tuple[str, str]] = {
    "code_missing": ("Dòng không có mã thủ tục", "Bổ sung mã quốc gia rồi nhập lại"),
    "code_ill_formed": ("Mã không đúng dạng 1.001193", "Sửa mã theo Cổng Dịch vụ công quốc gia"),
    "code_suffixed": ("Mã có phần đuôi của đơn vị, đã bỏ", "Không cần làm gì"),
    "code_was_number": (
        "Ô mã là số nên Excel có thể đã mất số 0 cuối",
        "Đổi cột mã sang dạng chữ (Text), đối chiếu lại",
    ),
    "code_in_name_differs": ("Mã ghi trong tên khác cột mã", "Xác định mã đúng"),
    "code_not_listed": ("Mã không có trong danh mục đối chiếu", "Kiểm tra mã còn hiệu lực trên Cổng"),
    "code_superseded": ("Mã đã bị thay thế hoặc bãi bỏ", "Dùng thủ tục thay thế"),
    "code_two_names": ("Một mã có hai tên khác nhau", "Xác định tên đúng, sửa dòng sai"),
    "duplicate": ("Thủ tục đã có ở dòng khác", "Giữ một dòng"),
    "name_missing": ("Dòng không có tên thủ tục", "Bổ sung tên"),
    "name_on_wrong_code": ("Tên không phải tên của mã này", "Đối chiếu mã và tên với Cổng"),
    "name_reworded": ("Tên viết khác danh mục đối chiếu", "Nên dùng tên công bố"),
    "name_many_codes": ("Một tên đứng ở nhiều mã", "Xác định mã đúng của cấp xã"),
    "rows_shifted": ("Lệch dòng: tên của các dòng liền nhau bị xê dịch", "Xếp lại cột tên cho khớp cột mã"),
    "level_missing": ("Không rõ cấp thực hiện", "Bổ sung cấp thực hiện"),
    "level_differs": ("Cấp thực hiện khác danh mục đối chiếu", "Đối chiếu quyết định công bố"),
    "level_doubtful": ("Lĩnh vực này thường không làm ở cấp xã", "Đối chiếu thẩm quyền"),
    "level_of_other_agency": ("Lĩnh vực này không thuộc cấp xã", "Bỏ dòng hoặc sửa cấp thực hiện"),
    "district_level": ("Thủ tục ghi cấp huyện, cấp này không còn", "Tìm thủ tục thay thế ở cấp xã"),
    "sector_missing": ("Không rõ lĩnh vực", "Bổ sung lĩnh vực"),
    "decision_missing": ("Không có quyết định công bố", "Bổ sung số quyết định"),
    "decision_demo": ("Số quyết định là số thử", "Tra số quyết định thật"),
    "decision_ill_formed": ("Số quyết định không đúng dạng", "Ghi đủ số và ký hiệu, ví dụ 163/QĐ-BTP"),
    "basis_missing": ("Không có căn cứ pháp lý", "Bổ sung số văn bản"),
    "basis_glued": ("Số văn bản bị dính với năm", "Đối chiếu số văn bản"),
    "invisible_characters": ("Có ký tự không nhìn thấy, đã bỏ", "Không cần làm gì"),
    "decomposed_letters": ("Chữ Việt viết tách dấu, đã ghép lại", "Không cần làm gì"),
    "markup_in_text": ("Có mã HTML trong ô, đã bỏ", "Đọc lại nội dung"),
    "formula_in_cell": ("Ô là công thức, không phải chữ", "Dán lại dạng giá trị"),
    "text_too_long": ("Nội dung quá dài, đã cắt", "Đọc lại nội dung gốc"),
    "time_missing": ("Không có thời hạn", "Tra thời hạn ở quyết định công bố"),
    "time_unit_lost": ("Thời hạn mất đơn vị (ngày hay ngày làm việc?)", "Tra đơn vị ở quyết định công bố"),
    "time_unit_unclear": (
        "Đơn vị thời hạn không tính được giờ hẹn (giờ, tháng, năm)",
        "Quy ra ngày làm việc, giờ làm việc hoặc ngày theo văn bản",
    ),
    "time_differs": ("Cùng cách nộp mà nhiều thời hạn", "Tách thành các trường hợp"),
    "method_run_together": ("Thời hạn và mức thu bị dính vào nhau", "Tra lại cả hai ở bản gốc"),
    "fee_missing": ("Không có mức thu đọc được", "Tra mức thu; chưa biết không phải là miễn phí"),
    "fee_set_by_council": (
        "Cột ghi mức thu nhưng ghi chú nói HĐND cấp tỉnh quyết định",
        "Cơ quan nhập mức theo nghị quyết của tỉnh",
    ),
    "fee_probably_provincial": (
        "Lĩnh vực này thường do HĐND cấp tỉnh định mức thu",
        "Đối chiếu nghị quyết của tỉnh",
    ),
    "fee_free_stated": ("Nguồn ghi “Miễn phí”", "Đối chiếu trước khi dùng: Cổng hay ghi thiếu mức thu"),
    "fee_free_but_amount": ("Ghi “Miễn phí” nhưng ghi chú có số tiền", "Xác định ai phải nộp, ai được miễn"),
    "fee_text_contradicts": ("Số tiền khác số tiền trong ghi chú", "Tra mức thu ở thông tư hoặc nghị quyết"),
    "fee_more_amounts": ("Ghi chú còn nêu mức thu khác", "Tách mức thu theo trường hợp"),
    "fee_too_small": ("Số tiền quá nhỏ, có thể mất hàng nghìn", "Tra mức thu ở bản gốc"),
    "fee_per_piece": ("Mức thu tính theo trang, bản hoặc người", "Ghi cách tính vào mục phí"),
    "fee_several": ("Một cách nộp có nhiều mức thu", "Tách mức thu theo trường hợp"),
    "fee_foreign_currency": (
        "Mức thu bằng ngoại tệ của cơ quan đại diện ở nước ngoài, đã bỏ",
        "Không cần làm gì",
    ),
    "papers_missing": ("Không có giấy tờ nào đọc được", "Lập danh mục giấy tờ theo văn bản"),
    "prose_among_papers": ("Có đoạn văn lẫn trong danh mục giấy tờ, đã bỏ", "Đọc lại xem có điều cần ghi"),
    "paper_name_long": ("Tên giấy tờ quá dài", "Viết gọn tên giấy tờ rồi thêm tay"),
    "paper_name_cut": ("Tên giấy tờ đã được cắt ngắn", "Đọc lại phần bị cắt"),
    "paper_file_name": ("Tên giấy tờ dính tên tệp đính kèm", "Viết lại tên giấy tờ"),
    "paper_count_absurd": ("Số bản quá lớn, do dính số khác", "Sửa số bản"),
    "paper_count_missing": ("Không rõ số bản chính, bản sao", "Bổ sung số bản"),
    "paper_online_only": ("Biểu mẫu chỉ dùng khi nộp trực tuyến, đã bỏ", "Không cần làm gì"),
    "paper_repeated": ("Giấy tờ lặp lại ở trường hợp khác", "Tách thành các trường hợp nếu cần"),
}
_SKIPPED = {
    "in_catalogue": "Danh mục đã có thủ tục này; xem bảng khác biệt",
    "not_commune": "Không phải thủ tục của cấp xã",
    "duplicate": "Đã lấy ở dòng hoặc tệp khác",
    "draft_exists": "Bản nháp đã có sẵn, không ghi đè",
}
_FIELDS = {
    "name": "Tên",
    "sector": "Lĩnh vực",
    "decision": "Quyết định",
    "time": "Thời hạn",
    "results": "Kết quả",
    "fee": "Mức thu",
    "code": "Mã",
    "level": "Cấp thực hiện",
    "basis": "Căn cứ",
    "papers": "Giấy tờ",
    "methods": "Cách thực hiện",
    "agency": "Cơ quan thực hiện",
    "channel": "Cách nộp",
}


def defect_codes() -> tuple[str, ...]:
    """Return every code that has words."""
    return tuple(_WORDS)


def what_is_wrong(defect: Defect) -> str:
    """Return what is wrong, without the values."""
    return _WORDS[defect.code][0]


def what_to_do(defect: Defect) -> str:
    """Return what the IT centre does about it."""
    return _WORDS[defect.code][1]


def defect_line(defect: Defect) -> str:
    """Return one line for the head of a draft: field, what is wrong, what stood there."""
    line = f"{field_words(defect.field)}: {what_is_wrong(defect)}"
    if defect.value:
        line += f" [{defect.value}]"
    if defect.detail:
        line += f" (đối chiếu: {defect.detail})"
    return f"{line}. {what_to_do(defect)}."


def field_words(field: str) -> str:
    """Return "Giấy tờ 3" for "papers.3"."""
    base, _, number = field.partition(".")
    return f"{_FIELDS.get(base, base)} {number}".strip()


def difference_words(difference: Difference) -> str:
    """Return the name of the value that differs."""
    return field_words(difference.field)


def skipped_words(reason: str) -> str:
    """Return why a record became no draft; a code of a defect gives that defect's words."""
    return _SKIPPED.get(reason) or (_WORDS[reason][0] if reason in _WORDS else reason)


def place_words(place: Place) -> str:
    """Return "danh-sach.xlsx, trang Danh mục, dòng 12"."""
    parts = [place.file]
    if place.sheet:
        parts.append(f"trang {place.sheet}")
    if place.row:
        parts.append(f"dòng {place.row}")
    if place.key:
        parts.append(f"mục {place.key}")
    return ", ".join(parts)
