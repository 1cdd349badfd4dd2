"""The words about the data key and what gives it back, for `counter_app.messages`."""

from counter_app.i18n import later

MESSAGES: dict[str, str] = {
    "health_recovery": later("Có giấy khôi phục cho khóa dữ liệu {fingerprint}."),
    "key_change_failed": later(
        "Chưa đổi được khóa dữ liệu: bản chép dưới khóa mới không khớp. Khóa cũ vẫn dùng, dữ liệu giữ nguyên."
    ),
    "key_change_needs_room": later(
        "Đổi khóa cần chép lại toàn bộ dữ liệu: ổ đĩa còn thiếu khoảng {needed_mb} MB trống. "
        "Hãy dọn bớt rồi làm lại."
    ),
    "key_change_stuck": later(
        "Lần mở chương trình vừa rồi chưa đổi được khóa dữ liệu; khóa cũ vẫn dùng, dữ liệu giữ nguyên. "
        "Hãy dọn chỗ trống trên ổ đĩa, đóng chương trình khác đang mở dữ liệu, rồi mở lại."
    ),
    "key_change_waiting": later(
        "Đã đặt đổi khóa, sẽ thực hiện khi mở lại chương trình. Hãy mở lại chương trình rồi làm việc này."
    ),
    "key_record_damaged": later(
        "Phần khóa đi kèm bản sao lưu này bị hỏng. Hãy chọn bản sao lưu khác hoặc dùng khóa đang có trên máy."
    ),
    "key_try_later": later("Mã hoặc mật khẩu khóa đã sai nhiều lần. Hãy chờ đến {until} rồi thử lại."),
    "passphrase_needed": later("Hãy nhập mật khẩu khóa đang dùng: khóa mới cũng mở được bằng mật khẩu này."),
    "passphrase_never_set": later("Quầy này chưa đặt mật khẩu khóa."),
    "passphrase_not_repeated": later("Hai lần nhập mật khẩu khóa không giống nhau. Hãy nhập lại."),
    "passphrase_too_easy": later(
        "Mật khẩu khóa này dễ đoán. Hãy dùng một câu dài chỉ mình biết, không có tên cơ quan hay tên người."
    ),
    "passphrase_too_long": later("Mật khẩu khóa dài tối đa {length} ký tự."),
    "passphrase_too_short": later("Mật khẩu khóa cần ít nhất {length} ký tự."),
    "passphrase_wrong": later("Mật khẩu khóa không đúng."),
    "recovery_code_length": later(
        "Mã khôi phục có {needed} ký tự, mới gõ {typed}. Hãy gõ đủ 7 nhóm, mỗi nhóm 5 ký tự."
    ),
    "recovery_code_letters": later(
        "Mã khôi phục chỉ gồm chữ số và chữ cái không dấu, không có chữ U. "
        "Hãy tắt bộ gõ tiếng Việt rồi gõ lại."
    ),
    "recovery_code_mistyped": later("Nhóm {groups} của mã khôi phục gõ chưa đúng. Hãy so lại với tờ giấy."),
    "recovery_never_made": later(
        "Quầy này chưa in giấy khôi phục, chưa đặt mật khẩu khóa nên không lấy lại khóa bằng cách này được. "
        "Hãy khôi phục kho khóa của máy, hoặc mở bản sao lưu."
    ),
    "recovery_not_printed": later(
        "Chưa in giấy khôi phục, chưa đặt mật khẩu khóa: máy hỏng thì không mở lại được dữ liệu. "
        "Hãy in ở Cài đặt, mục Khóa dữ liệu, hoặc bằng lệnh “key sheet”."
    ),
    "recovery_passphrase_only": later(
        "Có mật khẩu khóa nhưng chưa in giấy khôi phục: quên mật khẩu là mất dữ liệu. Nên in giấy."
    ),
    "recovery_wrong": later(
        "Mã hoặc mật khẩu khóa không đúng với dữ liệu này. Nếu đã in giấy mới thì tờ cũ không còn dùng được."
    ),
}
