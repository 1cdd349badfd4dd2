"""Words for what is wrong in a data file, and for what a disk says; `messages` puts them in sentences.

The keys are the phrases of the loaders: short, English, of a closed set.
"""

import errno
import os

from counter_app.i18n import later

DATA_PROBLEMS = {
    "alias not allowed": later("không được dùng bí danh YAML"),
    "cannot be read": later("không đọc được"),
    "cannot be used": later("không dùng được"),
    "date listed twice": later("ngày ghi hai lần"),
    "date of another year": later("ngày của năm khác"),
    "differs from the file name": later("khác với tên tệp"),
    "differs from the folder name": later("khác với tên thư mục"),
    "differs from the year in the file name": later("khác với năm trong tên tệp"),
    "does not fit": later("không hợp lệ"),
    "does not fit the schema": later("không đúng lược đồ"),
    "duplicate key": later("mục ghi hai lần"),
    "empty file": later("tệp rỗng"),
    "ends before it begins": later("ngày kết thúc trước ngày bắt đầu"),
    "file too large": later("tệp quá lớn"),
    "form is not among the forms of the case": later("tờ khai không thuộc trường hợp này"),
    "has no version in force on the first day": later(
        "ngày đầu áp dụng thủ tục, không có bản tờ khai nào còn hiệu lực:"
    ),
    "invisible control character": later("có ký tự điều khiển không nhìn thấy"),
    "is empty": later("bỏ trống"),
    "is listed twice or out of order": later("ghi hai lần hoặc sai thứ tự"),
    "is not CSV": later("không phải CSV"),
    "is not a unit of this overlay": later("không phải đơn vị của gói địa phương này"),
    "is not among the communes": later("không có trong danh sách xã"),
    "is not among the provinces": later("không có trong danh sách tỉnh"),
    "is not one of the known words": later("không thuộc các từ đã biết"),
    "is not set by the province": later("không phải khoản do tỉnh quy định"),
    "is not what the pack was signed for": later("không đúng loại, đơn vị mà gói được ký"),
    "list too long": later("danh sách quá dài, tối đa"),
    "list too short": later("danh sách quá ngắn, tối thiểu"),
    "listed twice": later("ghi hai lần"),
    "longer than the law's limit": later("dài hơn thời hạn luật định"),
    "missing key": later("thiếu mục bắt buộc"),
    "must be": later("phải là"),
    "must not be empty": later("không được bỏ trống"),
    "needs exactly one kind of": later("cần đúng một dạng của"),
    "nested too deeply": later("lồng quá sâu"),
    "no such date": later("không có ngày này"),
    "no such date or hours": later("không có ngày hoặc giờ này"),
    "not UTF-8": later("không phải mã UTF-8"),
    "not a possible answer": later("không phải câu trả lời có thể chọn"),
    "not an allowed value": later("giá trị không được phép"),
    "not valid YAML": later("không đúng cú pháp YAML"),
    "number too large": later("số quá lớn"),
    "number too small": later("số quá nhỏ"),
    "other columns than": later("các cột khác với"),
    "overlaps the version before": later("chồng thời gian với phiên bản trước, phiên bản"),
    "schema cannot be read": later("không đọc được lược đồ"),
    "text too long": later("chữ quá dài, tối đa"),
    "unbalanced braces": later("thiếu dấu ngoặc nhọn"),
    "unknown case": later("không có trường hợp"),
    "unknown fee": later("không có khoản phí"),
    "unknown field": later("không có câu hỏi"),
    "unknown field in condition": later("điều kiện hỏi mục không có:"),
    "unknown field or fact": later("không có câu hỏi hoặc dữ kiện"),
    "unknown form": later("không có tờ khai"),
    "unknown key": later("mục này không có trong mẫu dữ liệu:"),
    "unknown list": later("không có danh sách"),
    "unknown placeholder": later("chỗ điền không có:"),
    "unknown procedure": later("không có thủ tục"),
    "unknown role": later("không có vai"),
    "a tick that may be required has no default": later("ô có thể bắt buộc thì không ghi sẵn"),
    "used twice": later("dùng hai lần"),
    "wrong form": later("viết chưa đúng dạng"),
    "wrong type, expected": later("sai kiểu, phải là"),
}

# What the system says of a disk, by its own sentence: that is all an error still holds here.
DISK_PROBLEMS = {
    os.strerror(errno.ENOSPC): later("ổ đĩa đã đầy"),
    os.strerror(errno.EACCES): later("không có quyền"),
    os.strerror(errno.EPERM): later("không được phép"),
    os.strerror(errno.EROFS): later("ổ đĩa chỉ đọc"),
    os.strerror(errno.ENOENT): later("không có tệp hoặc thư mục này"),
    os.strerror(errno.EISDIR): later("đây là thư mục"),
    os.strerror(errno.ENOTDIR): later("đường dẫn không phải thư mục"),
    os.strerror(errno.EEXIST): later("đã có tệp cùng tên"),
    os.strerror(errno.EIO): later("ổ đĩa báo lỗi"),
}
