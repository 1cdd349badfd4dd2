"""The words of every answer of the central server, of the line, and of this machine while it exchanges.

Each says what happened, why, and what to do; nobody has to ring a technician to understand that the line is
down. Codes: `counter_protocol.refusals.Refusal`, `counter_app.sync.answers`, and any code of `messages`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.i18n import _, later


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """What happened, why, and what the clerk does; ``to_do`` is never empty."""

    what: str
    why: str
    to_do: str


def words_of(code: str, params: Mapping[str, object] | None = None) -> AnswerWords:
    """Return the words of an answer in the user's language; a code nobody knows is shown, never hidden."""
    known = _ANSWERS.get(code)
    if known is not None:
        what, why, to_do = known
        return AnswerWords(what=_(what), why=_(why), to_do=_(to_do))
    from counter_app.messages import text_of_code

    told = text_of_code(code, params or {})
    if told != code:
        return AnswerWords(what=told, why=_(_HERE), to_do=_(_GOES_ON))
    what = _("Có sự cố chưa rõ nguyên nhân khi gửi, nhận ({code}).").format(code=code)
    return AnswerWords(what=what, why="", to_do=_(_SUPPORT))


def text_of_answer(code: str) -> str:
    """Return the words of an answer in one line; "" for none."""
    if not code:
        return ""
    words = words_of(code)
    return " ".join(part for part in (words.what, words.why, words.to_do) if part)


def cause_of_answer(code: str) -> str:
    """Return what happened and why, for an act nobody repeats by itself; "" for none."""
    if not code:
        return ""
    words = words_of(code)
    return " ".join(part for part in (words.what, words.why) if part)


_ALONE = later("Máy tự gửi lại, không cần làm gì. Vẫn tiếp nhận hồ sơ bình thường.")
_RETRIED = later(
    "Các việc khác vẫn nhận bình thường. Chương trình tự thử lại khi khởi động và khi có việc mới của hồ sơ; "
    "nếu còn mãi, hãy cập nhật chương trình hoặc bấm “Gửi cho hỗ trợ”."
)
_GOES_ON = later("Nếu vẫn tiếp nhận được, cứ làm việc bình thường; hết sự cố, máy tự gửi tiếp.")
_HERE = later("Sự cố ở máy này, không phải ở đường mạng.")
_SUPPORT = later(
    "Hãy bấm “Gửi cho hỗ trợ” rồi chuyển tệp cho bộ phận hỗ trợ. Vẫn tiếp nhận hồ sơ bình thường."
)
_NEW_CODE = later(
    "Hãy xin người quản trị máy chủ một mã đăng ký mới rồi đăng ký lại quầy. Trong lúc chờ, "
    "vẫn tiếp nhận hồ sơ bình thường; không mất gì."
)
_UPDATE = later("Hãy báo bộ phận hỗ trợ cập nhật phần mềm. Việc của quầy vẫn được gửi lên bình thường.")
_HELD = later(
    "Mục này được giữ lại để các hồ sơ khác đi tiếp. Hãy bấm “Gửi cho hỗ trợ”; "
    "khi đã khắc phục xong, bấm “Gửi việc này ngay”."
)
_SCAN_AGAIN = later("Hãy mở hồ sơ, quét lại giấy tờ này rồi đính kèm lại.")

_ANSWERS: Mapping[str, tuple[str, str, str]] = {
    # What is told no more
    "event_purged": (
        later("Nội dung của việc này đã hủy theo thời hạn lưu; máy chủ chỉ nhận lại vị trí."),
        later("Máy chủ được khôi phục từ bản sao lưu cũ hơn lần hủy."),
        later("Không cần làm gì ở quầy; người quản trị máy chủ đối chiếu với kho lưu trữ."),
    ),
    # What came down
    "entry_parked": (
        later("Chương trình chưa đọc được việc này của quầy khác hoặc của máy chủ."),
        later("Có thể nơi gửi dùng chương trình mới hơn."),
        _RETRIED,
    ),
    # The line
    "name_unknown": (
        later("Không tìm được máy chủ trên mạng."),
        later("Máy chưa có mạng, hoặc tên máy chủ không tra được."),
        _ALONE,
    ),
    "server_unreachable": (
        later("Chưa nối được máy chủ."),
        later("Mạng đang đứt, hoặc máy chủ đang tắt."),
        _ALONE,
    ),
    "line_timeout": (
        later("Máy chủ chưa trả lời kịp."),
        later("Đường mạng đang rất chậm."),
        _ALONE,
    ),
    "line_broken": (
        later("Mạng bị ngắt giữa chừng."),
        later("Việc chưa có xác nhận sẽ được gửi lại; máy chủ không ghi trùng."),
        _ALONE,
    ),
    "lane_stuck": (
        later("Kết nối bị treo hơn 5 phút, máy đã ngắt để nối lại."),
        later("Mạng chập chờn: truyền được một ít rồi dừng hẳn."),
        _ALONE,
    ),
    "captive_portal": (
        later("Mạng trả về một trang khác, không phải máy chủ."),
        later("Thường là trang đăng nhập Wi-Fi hoặc trang báo của nhà mạng."),
        later("Hãy mở trình duyệt, đăng nhập mạng hoặc gia hạn gói cước; máy sẽ tự gửi lại."),
    ),
    "certificate_refused": (
        later("Không xác nhận được đó đúng là máy chủ, nên máy không gửi gì."),
        later("Chứng thư số của máy chủ không đúng hoặc đã hết hạn, hoặc ngày giờ máy này sai."),
        later("Hãy xem lại ngày giờ máy tính. Nếu đúng, báo bộ phận hỗ trợ. Vẫn tiếp nhận bình thường."),
    ),
    "tls_broken": (
        later("Không lập được kết nối bảo mật với máy chủ."),
        later("Mạng bị ngắt khi bắt đầu, hoặc có thiết bị chặn ở giữa."),
        _ALONE,
    ),
    "proxy_refused": (
        later("Máy chủ trung gian (proxy) của cơ quan không cho kết nối."),
        later("Cài đặt mạng của máy tính có thể đã đổi."),
        later("Hãy báo người quản trị mạng của cơ quan. Vẫn tiếp nhận hồ sơ bình thường."),
    ),
    # The server has no time
    "server_busy": (
        later("Máy chủ đang bận hoặc đang bảo trì."),
        later("Máy chủ đề nghị gửi lại sau."),
        _ALONE,
    ),
    "rate_limited": (
        later("Máy chủ nhận quá nhiều lần gửi trong một lúc."),
        later("Máy chủ đề nghị gửi lại sau."),
        _ALONE,
    ),
    "strange_answer": (
        later("Không đọc được trả lời của máy chủ."),
        later("Máy chủ có thể đang được sửa hoặc nâng cấp."),
        _ALONE,
    ),
    # Who we are to the server
    "token_missing": (later("Phiên làm việc với máy chủ đã hết."), "", _ALONE),
    "token_expired": (later("Phiên làm việc với máy chủ đã hết."), "", _ALONE),
    "device_unknown": (
        later("Máy chủ không biết quầy này."),
        later("Quầy chưa được đăng ký ở máy chủ này, hoặc máy chủ đã được dựng lại."),
        _NEW_CODE,
    ),
    "device_revoked": (
        later("Máy chủ không còn nhận thiết bị này."),
        later("Người quản trị đã thu hồi, hoặc quầy này đã được đăng ký trên một máy khác."),
        _NEW_CODE,
    ),
    "bad_signature": (
        later("Máy chủ không nhận ra chữ ký của quầy này."),
        later("Khóa của quầy khác với khóa máy chủ đang giữ."),
        _NEW_CODE,
    ),
    "wrong_office": (
        later("Thiết bị này được đăng ký cho đơn vị khác."),
        later("Mã đơn vị trong cài đặt khác với mã đơn vị ở máy chủ."),
        later("Hãy xem lại mã đơn vị cùng người quản trị máy chủ, rồi đăng ký lại."),
    ),
    "clock_too_far": (
        later("Ngày giờ máy này lệch quá xa so với máy chủ."),
        later("Pin đồng hồ có thể đã hết."),
        later("Hãy chỉnh lại ngày giờ máy tính rồi bấm “Gửi ngay”."),
    ),
    "enrol_code_refused": (
        later("Mã đăng ký không dùng được."),
        later("Mã bị gõ nhầm, đã dùng, đã quá hạn, hoặc được cấp cho đơn vị hay quầy khác."),
        later("Hãy kiểm tra lại từng chữ, hoặc xin người quản trị máy chủ mã mới."),
    ),
    "counter_taken": (
        later("Số quầy này đã có một máy khác."),
        later("Mỗi số quầy chỉ có một máy."),
        later("Muốn thay máy, hãy xin người quản trị máy chủ một mã thay thế."),
    ),
    # The protocol
    "chain_broken": (
        later("Dữ liệu ở quầy và ở máy chủ chưa khớp nhau."),
        later("Một bên vừa được khôi phục từ bản sao lưu."),
        later("Máy tự so lại và gửi bù. Nếu quá một ngày còn báo, hãy bấm “Gửi cho hỗ trợ”."),
    ),
    "update_needed": (
        later("Phần mềm ở quầy đã cũ, chưa nhận được việc từ máy chủ."),
        later("Máy chủ đã chuyển sang định dạng dữ liệu mới."),
        _UPDATE,
    ),
    "upload_offset": (later("Bản quét được gửi tiếp từ phần máy chủ đã nhận."), "", _ALONE),
    "upload_unknown": (later("Bản quét phải gửi lại từ đầu."), "", _ALONE),
    # One item that nobody can take
    "not_a_message": (later("Máy chủ không đọc được mục này."), "", _HELD),
    "body_too_big": (later("Mục này quá lớn, máy chủ không nhận."), "", _HELD),
    "event_too_big": (
        later("Mục này quá lớn, máy chủ không nhận."),
        later("Thường do một ghi chú quá dài."),
        _HELD,
    ),
    "event_malformed": (later("Nội dung mục này máy chủ không đọc được."), "", _HELD),
    "event_of_another": (
        later("Mục này mang tên đơn vị hoặc thiết bị khác."),
        later("Dữ liệu có thể được chép từ máy khác sang."),
        _HELD,
    ),
    "checksum": (
        later("Tệp đến nơi không còn nguyên vẹn."),
        later("Đường mạng hoặc ổ đĩa làm sai dữ liệu."),
        _HELD,
    ),
    "block_refused": (
        later("Máy chủ hết số hồ sơ để cấp thêm hôm nay."),
        later("Khi hết số, hồ sơ được cấp số tạm."),
        later("Cứ tiếp nhận bình thường; hãy báo người quản trị máy chủ nếu ngày nào cũng hết."),
    ),
    "pack_unknown": (
        later("Gói dữ liệu không còn ở máy chủ."),
        later("Gói đã được thay bằng gói mới hơn."),
        _ALONE,
    ),
    # This machine
    "scan_file_missing": (later("Không thấy tệp bản quét trên máy này."), _HERE, _SCAN_AGAIN),
    "scan_file_damaged": (later("Tệp bản quét trên máy này đã hỏng."), _HERE, _SCAN_AGAIN),
    "sync_bug": (later("Phần gửi nhận gặp lỗi của phần mềm."), _HERE, _SUPPORT),
}

ERRORS: Mapping[str, str] = {
    "sync_training_refused": later(
        "Quầy tập huấn không nối máy chủ: hồ sơ tập huấn không được lẫn vào hồ sơ thật."
    ),
    "sync_not_enrolled": later(
        "Quầy chưa đăng ký với máy chủ. Hãy xin mã đăng ký rồi nhập ở mục Đồng bộ, hoặc dùng lệnh enrol."
    ),
    "bad_server_url": later("Địa chỉ máy chủ chưa đúng. Ví dụ: https://motcua.tinh.gov.vn"),
    "server_url_insecure": later(
        "Địa chỉ http:// không được mã hóa: ai trên đường truyền cũng đọc được. Hãy dùng https://."
    ),
    "enrol_code_missing": later("Hãy nhập mã đăng ký do người quản trị máy chủ cấp."),
    "enrol_refused": later("Máy chủ từ chối đăng ký. {answer}"),
    "server_is_another": later(
        "Ở địa chỉ này không có máy chủ một cửa, hoặc máy chủ không hiểu quầy này. Hãy xem lại "
        "địa chỉ máy chủ; mã đăng ký vẫn còn dùng được."
    ),
    "server_not_reached": later(
        "Chưa đăng ký được. {cause} Hãy kiểm tra mạng và địa chỉ máy chủ rồi thử lại; "
        "mã đăng ký vẫn còn dùng được."
    ),
    "sync_bad_rate": later("Tốc độ gửi bản quét phải từ 0 đến {limit} kB/giây (0: không giới hạn)."),
    "sync_bad_window": later("Giờ gửi bản quét phải có cả giờ bắt đầu và giờ kết thúc."),
    "outbox_item_unknown": later("Không có mục {item} đang bị giữ lại. Hãy xem lại bằng lệnh outbox list."),
    "health_sync": later("Đã nối máy chủ. {answer}"),
    "health_sync_none": later("Chưa nối máy chủ trung tâm."),
    "sync_lane_stopped": later("Việc gửi lên máy chủ đang dừng. {answer}"),
    "sync_items_held": later("{count} mục bị giữ lại, cần người xem ở mục Đồng bộ."),
    "sync_clock_off": later(
        "Đồng hồ máy này lệch {minutes} phút so với máy chủ. Hãy chỉnh lại ngày giờ máy tính."
    ),
    "health_outbox_age": later("{count} mục chưa gửi lên máy chủ, cũ nhất từ {oldest}."),
}
