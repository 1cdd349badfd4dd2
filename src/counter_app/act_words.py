"""The words of what keeps a clerk from an act: which rule, and what to do instead."""

from counter_app.i18n import later

# Words of a rule, by code and rule; a rule without words of its own takes those of its code.
RULES: dict[tuple[str, str], str] = {
    ("move_not_allowed", "already_there"): later("Hồ sơ đã ở bước này rồi."),
    ("move_not_allowed", "final_status"): later(
        "Hồ sơ đã kết thúc ({from_status}) nên không làm thêm việc này được."
    ),
    ("move_not_allowed", "receive_first"): later("Hồ sơ chưa được tiếp nhận. Hãy tiếp nhận trước."),
    ("move_not_allowed", "resolve_before_return"): later(
        "Hồ sơ chưa có kết quả nên chưa trả được. Hãy nhập kết quả trước."
    ),
    ("move_not_allowed", "resolved_only_returned"): later(
        "Hồ sơ đã có kết quả, chỉ còn trả cho công dân. Nếu nhập nhầm, hãy hoàn tác bước nhập kết quả."
    ),
    ("move_not_allowed", "never_back_to_intake"): later("Hồ sơ đã tiếp nhận không quay về bước tiếp nhận."),
    ("act_not_allowed", "final_status"): later("Hồ sơ đã kết thúc nên không làm thêm việc này được."),
    ("act_not_allowed", "not_while_waiting"): later(
        "Hồ sơ đang chờ công dân bổ sung nên chưa làm việc này được. Hãy nhận bổ sung trước."
    ),
    ("act_not_allowed", "resolved_only_returned"): later("Hồ sơ đã có kết quả, chỉ còn trả cho công dân."),
    ("act_not_allowed", "correct_while_open"): later(
        "Chỉ sửa được tiếp nhận khi hồ sơ còn đang giải quyết. Hồ sơ này đã có kết quả hoặc đã kết thúc."
    ),
}

STATUSES: dict[str, str] = {
    "draft": later("Nháp"),
    "registered": later("Mới đăng ký"),
    "received": later("Đã tiếp nhận"),
    "refused": later("Không tiếp nhận"),
    "processing": later("Đang xử lý"),
    "awaiting_supplement": later("Chờ bổ sung"),
    "awaiting_payment": later("Chờ nộp phí"),
    "withdrawn": later("Đã rút"),
    "stopped": later("Dừng xử lý"),
    "resolved": later("Có kết quả"),
    "returned": later("Đã trả"),
}

FIELDS: dict[str, str] = {
    "to": later("nơi nhận hồ sơ"),
    "items": later("nội dung cần bổ sung"),
    "reason": later("lý do"),
    "reasons": later("lý do"),
    "repeat_reason": later("lý do yêu cầu bổ sung lần nữa"),
    "late_reason": later("lý do gia hạn muộn"),
    "decided_by": later("người quyết định"),
    "text": later("nội dung phải nộp"),
    "full_name": later("họ tên người nhận"),
    "originals": later("bản chính trả lại"),
    "note": later("ghi chú"),
    "name": later("tên kết quả"),
    "number": later("số kết quả"),
    "amount_vnd": later("số tiền"),
    "due_at": later("ngày hẹn mới"),
    "time": later("số ngày gia hạn"),
    "parts": later("giấy tờ nộp thêm"),
    "fees": later("xử lý phí, lệ phí"),
    "identity_checked": later("cách kiểm tra giấy tờ"),
    "personal_id": later("số định danh"),
    "unpaid_reason": later("lý do chưa thu phí, lệ phí"),
    "authorisation": later("giấy ủy quyền"),
    "postal_code": later("mã bưu gửi"),
    "payer": later("họ tên người nộp tiền"),
    "over_reason": later("lý do thu thêm"),
}

MESSAGES: dict[str, str] = {
    "move_not_allowed": later("Không thể chuyển hồ sơ từ “{from_status}” sang “{to_status}”."),
    "act_not_allowed": later("Hồ sơ đang ở bước “{status}” nên không làm việc này được."),
    "entry_missing": later("Chưa ghi {field}."),
    "entry_too_long": later("Phần {field} quá dài (tối đa {limit})."),
    "dossier_changed_meanwhile": later(
        "Hồ sơ {dossier_code} vừa được người khác cập nhật. Hãy xem lại rồi làm tiếp; chưa có gì thay đổi."
    ),
    "dossier_of_other_counter": later(
        "Hồ sơ {dossier_code} do quầy {counter} đang giữ. Quầy này trả kết quả, thu tiền, gắn bản quét được; "
        "muốn làm việc khác, hãy tiếp quản hồ sơ trước."
    ),
    "dossier_is_own": later("Hồ sơ {dossier_code} đã thuộc quầy này rồi, không cần tiếp quản."),
    "notice_not_open": later("Việc này đã được xử lý trước đó. Hãy xem lại danh sách."),
    "sync_bad_hour": later("Giờ “{text}” không đúng. Hãy ghi dạng 18:00."),
    "second_supplement_needs_reason": later(
        "Hồ sơ đã được yêu cầu bổ sung {count} lần. Yêu cầu lần nữa bị tính quá hạn theo bộ chỉ số, "
        "nên phải ghi lý do."
    ),
    "nothing_came": later(
        "Hãy đánh dấu giấy tờ đã nhận; nếu công dân không phải nộp gì thêm, hãy ghi rõ lý do."
    ),
    "extension_only_once": later("Hồ sơ đã gia hạn một lần. Theo quy định chỉ được hẹn lại một lần."),
    "no_promise_to_extend": later("Hồ sơ không có ngày hẹn trả nên không có gì để gia hạn."),
    "extension_late_needs_reason": later(
        "Phải gia hạn chậm nhất 1 ngày làm việc trước ngày hẹn ({due}). "
        "Vẫn gia hạn được, nhưng phải ghi lý do gia hạn muộn."
    ),
    "extension_not_later": later("Ngày hẹn mới phải sau ngày hẹn cũ ({due}) và sau hôm nay."),
    "extension_day_missing": later("Hãy chọn ngày hẹn mới hoặc số ngày làm việc gia hạn thêm."),
    "authorisation_needed": later(
        "Người nhận thay phải có giấy ủy quyền. Hãy ghi số, ngày của giấy ủy quyền."
    ),
    "originals_not_held": later("Số bản chính trả lại nhiều hơn số đang giữ. Hãy kiểm tra lại."),
    "too_many_of_a_paper": later("Số lượng của một loại giấy tờ phải từ 0 đến {limit}."),
    "taker_is_not_the_owner": later(
        "Người nhận không phải là người nộp hồ sơ. Hãy chọn “Người được ủy quyền” và ghi giấy ủy quyền."
    ),
    "held_more_than_brought": later("Số bản chính giữ hộ nhiều hơn số đã nhận. Hãy kiểm tra lại."),
    "no_originals_held": later("Cơ quan không giữ bản chính nào của hồ sơ này."),
    "identity_not_checked": later(
        "Chưa đối chiếu người nhận. Hãy quét thẻ căn cước của họ, hoặc đánh dấu đã xem giấy tờ."
    ),
    "already_returned": later("Kết quả đã được trả lúc {at}. Hãy xem hồ sơ để biết đã trả cho ai."),
    "nothing_to_undo": later("Không có bước nào hoàn tác được."),
    "paper_handed_out": later("Giấy tờ của bước này đã được in ra nên không hoàn tác được nữa."),
    "result_handed_out": later(
        "Kết quả đã ghi là đã trả. Chỉ hoàn tác khi chưa giao cho ai: hãy xác nhận điều đó và ghi lý do."
    ),
    "undo_same_day_only": later("Bước trả kết quả chỉ hoàn tác được trong ngày."),
    "nothing_corrected": later("Chưa sửa gì. Hãy sửa rồi lưu, hoặc bấm Esc để thoát."),
    "due_before_receipt": later("Ngày hẹn trả phải sau lúc tiếp nhận hồ sơ."),
    "action_unknown": later("Không có việc “{action}”. Các việc: {known}."),
    "bad_act_data": later("Dữ liệu của việc này không đúng ở mục “{field}”."),
    "bad_json_file": later("Không đọc được tệp dữ liệu. Tệp phải là một đối tượng JSON, mã hóa UTF-8."),
}
