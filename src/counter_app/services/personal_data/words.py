"""The words of requests, places and accesses, on paper and in lists."""

from counter_app.domain.personal_data import Outcome, Place, RequestKind

# Papers are Vietnamese whatever the language of the window.
KINDS: dict[RequestKind, str] = {
    RequestKind.COPY: "Xem, nhận bản sao dữ liệu của mình",
    RequestKind.CORRECT: "Chỉnh sửa dữ liệu",
    RequestKind.DELETE: "Xóa dữ liệu",
    RequestKind.RESTRICT: "Hạn chế xử lý dữ liệu",
    RequestKind.OBJECT: "Phản đối xử lý dữ liệu",
    RequestKind.ACCESS_REPORT: "Biết ai đã xem dữ liệu của mình",
}
OUTCOMES: dict[Outcome, str] = {
    Outcome.ANSWERED: "Đã đáp ứng",
    Outcome.REFUSED: "Từ chối",
}
PLACES: dict[Place, str] = {
    Place.PERSON: "Thông tin công dân",
    Place.EARLIER_VALUE: "Thông tin trước đây, lần sửa",
    Place.FAMILY: "Quan hệ gia đình",
    Place.MERGE: "Lần gộp bản ghi",
    Place.LETTER: "Giấy ủy quyền",
    Place.DOSSIER: "Hồ sơ đứng tên người nộp",
    Place.CONTENT: "Tờ khai, thành phần hồ sơ",
    Place.HISTORY: "Quá trình giải quyết",
    Place.RECEIPT: "Phiếu thu",
    Place.PRINT: "Lần in giấy tờ",
    Place.SCAN: "Giấy tờ đã quét",
    Place.LIST: "Danh sách giao nhận",
    Place.DRAFT: "Bản nháp",
    Place.NOTICE: "Yêu cầu bổ sung, từ chối trước tiếp nhận",
    Place.REQUEST: "Yêu cầu về dữ liệu",
    Place.DAY_CLOSE: "Biên bản đóng ngày",
    Place.OUTBOX: "Dữ liệu gửi máy chủ",
    Place.INBOX: "Dữ liệu nhận từ máy chủ",
    Place.SYNC_NOTICE: "Thông báo của máy chủ",
    Place.AUDIT: "Nhật ký",
}
# What a deletion meets while the archive's duty holds: a sentence a head may take over.
KEPT_BY_LAW = (
    "Dữ liệu nằm trong hồ sơ thủ tục hành chính phải lưu trữ theo pháp luật về lưu trữ; chỉ hủy được khi hết "
    "thời hạn lưu. Dữ liệu không dùng vào việc khác."
)
