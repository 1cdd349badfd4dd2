"""What clerks usually write when they act, to choose from: it goes onto papers, which are always Vietnamese.

Suggestions, never chosen by themselves; the law asks for the ground of the very case.
"""

REFUSALS = (
    "Không thuộc thẩm quyền giải quyết của Ủy ban nhân dân cấp xã",
    "Không đủ điều kiện giải quyết theo quy định",
    "Đã được yêu cầu bổ sung nhưng không bổ sung trong thời hạn",
    "Nội dung kê khai không đúng với giấy tờ xuất trình",
)
STOPS = (
    "Người nộp hồ sơ đề nghị dừng giải quyết",
    "Phát hiện giấy tờ trong hồ sơ không hợp lệ, phải xác minh",
    "Có tranh chấp hoặc khiếu nại đang được giải quyết",
    "Không thực hiện nghĩa vụ tài chính trong thời hạn",
)
STOPPED_FEES = ("Không thu", "Hoàn trả phí, lệ phí đã thu", "Không hoàn trả phí, lệ phí đã thu")
STOPPED_ORIGINALS = ("Trả lại toàn bộ bản chính", "Không giữ bản chính nào")
WITHDRAWALS = ("Công dân đề nghị rút hồ sơ", "Công dân không còn nhu cầu", "Công dân nộp tại nơi khác")
EXTENSIONS = (
    "Cần thêm thời gian xác minh",
    "Phải lấy ý kiến của cơ quan khác",
    "Sự cố hệ thống thông tin",
    "Công chức chuyên môn vắng đột xuất",
)
VOIDED_RECEIPTS = ("Thu nhầm hồ sơ", "Nhập sai số tiền", "Công dân không nộp nữa")
PAYMENT = "Nghĩa vụ tài chính theo thông báo của cơ quan thuế"
SUPPLEMENT = "Thành phần hồ sơ chưa đầy đủ theo quy định"
LEFT_ORIGINALS = "Để lại bản chính: {reason}"
