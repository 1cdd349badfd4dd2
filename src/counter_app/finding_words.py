"""What keeps a day open, in words: of the message, the window and the command line."""

from counter_app.i18n import later

FINDINGS: dict[str, str] = {
    "cash_not_counted": later("chưa kiểm đếm tiền mặt"),
    "cash_differs": later("tiền mặt lệch với phiếu thu"),
    "results_missing": later("hồ sơ hẹn trả trong ngày chưa có kết quả"),
    "not_handed_over": later("hồ sơ phải bàn giao trong ngày chưa bàn giao"),
    "papers_failed": later("giấy tờ in hỏng hoặc không rõ đã in chưa, chưa in lại"),
    "drafts": later("hồ sơ nhập dở"),
    "originals": later("bản chính đang giữ"),
    "unsent": later("hồ sơ chưa gửi lên máy chủ"),
}
