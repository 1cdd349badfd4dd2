"""The words about people who work here: what is said when they cannot sign in or may not act."""

from counter_app.i18n import later

MESSAGES: dict[str, str] = {
    "sign_in_needed": later("Chưa có ai đăng nhập. Hãy đăng nhập rồi làm lại."),
    "sign_in_wrong": later("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy nhập lại."),
    "sign_in_waits": later("Đã nhập sai nhiều lần. Hãy đợi {seconds} giây rồi thử lại."),
    "account_is_locked": later(
        "Tài khoản đang bị khóa vì nhập sai mật khẩu quá nhiều lần. "
        "Cần hai người (phụ trách bộ phận hoặc quản trị) cùng mở khóa, hoặc một người cùng giấy khôi phục."
    ),
    "one_time_password_over": later(
        "Mật khẩu dùng một lần đã quá hạn. Hãy nhờ người quản trị cấp mật khẩu khác."
    ),
    "not_permitted": later(
        "Tài khoản của anh/chị không có quyền làm việc này. Hãy nhờ phụ trách bộ phận hoặc người quản trị."
    ),
    "password_must_change": later("Hãy đặt mật khẩu mới của riêng mình trước khi làm việc."),
    # Passwords
    "bad_password": later("Mật khẩu có ký tự không đọc được. Hãy nhập lại."),
    "password_too_short": later("Mật khẩu cần ít nhất {length} ký tự."),
    "password_too_long": later("Mật khẩu dài nhất {length} ký tự."),
    "password_too_easy": later(
        "Mật khẩu này dễ đoán. Hãy dùng vài từ không liên quan đến nhau, "
        "không lấy tên người, tên đơn vị, ngày tháng hay dãy phím."
    ),
    "password_same": later("Mật khẩu mới trùng mật khẩu đang dùng. Hãy chọn mật khẩu khác."),
    "old_password_wrong": later(
        "Máy này đã có mật khẩu quản trị từ lần thiết lập đầu. "
        "Hãy nhập đúng mật khẩu đó, hoặc mã trên giấy khôi phục, để tạo tài khoản đầu tiên."
    ),
    # Accounts
    "account_unknown": later("Không có tài khoản này. Hãy xem lại danh sách tài khoản."),
    "account_not_locked": later("Tài khoản này không bị khóa."),
    "accounts_there_already": later("Máy đã có tài khoản. Người quản trị thêm tài khoản ở Cài đặt."),
    "bad_username": later(
        "Tên đăng nhập gồm 2 đến 32 chữ thường không dấu, chữ số, dấu chấm hay gạch; bắt đầu bằng chữ."
    ),
    "clerk_unknown": later("Không có tài khoản nào tên như vậy. Xem danh sách: counter-app clerks list."),
    "first_account_needed": later("Máy chưa có tài khoản nào. Hãy tạo tài khoản quản trị đầu tiên trước."),
    "full_name_in_use": later(
        "Người này đã đăng nhập bằng họ tên đang có nên giấy tờ, nhật ký mang tên đó. "
        "Muốn dùng họ tên khác thì đóng tài khoản này và tạo tài khoản mới."
    ),
    "full_name_taken": later(
        "Đã có tài khoản mang họ tên này. Tên trên giấy tờ không được trùng: hãy ghi thêm để phân biệt."
    ),
    "last_administrator": later(
        "Đây là người quản trị duy nhất. Hãy giao quyền quản trị cho người khác trước."
    ),
    "not_an_administrator": later(
        "Giấy khôi phục chỉ đặt lại được mật khẩu của người quản trị. Người khác hãy nhờ người quản trị."
    ),
    "own_account": later("Không tự làm việc này với tài khoản của mình. Hãy nhờ người quản trị khác."),
    "recovery_code_wrong": later("Mã khôi phục chưa đúng. Hãy nhập lại theo giấy khôi phục mới nhất."),
    "unlocker_is_locked_one": later("Người bị khóa không tự mở khóa được. Cần hai người khác."),
    "unlocker_may_not": later("Chỉ phụ trách bộ phận hoặc người quản trị mở khóa được cho người khác."),
    "unlockers_missing": later(
        "Cần {count} người khác nhau cùng nhập mật khẩu, hoặc một người cùng mã trên giấy khôi phục."
    ),
    "username_taken": later("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."),
    # The command line
    "cli_password_missing": later(
        "Máy này có tài khoản nên lệnh cần đăng nhập. Đặt mật khẩu của “{user}” vào biến môi trường "
        "COUNTER_PASSWORD, hoặc lưu một lần vào kho khóa của máy: counter-app clerks remember --clerk {user}."
    ),
    "cli_recovery_code_missing": later(
        "Đặt mã trên giấy khôi phục vào biến môi trường COUNTER_RECOVERY_CODE."
    ),
    "cli_user_missing": later(
        "Máy này có nhiều tài khoản. Ghi tên đăng nhập sau --clerk hoặc vào biến môi trường COUNTER_USER."
    ),
    "keyring_missing": later(
        "Máy không có kho khóa để giữ mật khẩu. Hãy dùng biến môi trường COUNTER_PASSWORD."
    ),
}
