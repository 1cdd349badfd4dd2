# language: vi
Tính năng: Chỉ nhận thủ tục đang có hiệu lực
  Thủ tục niêm yết đã hết hiệu lực là lỗi hay gặp nhất khi kiểm tra.

  Kịch bản: Thủ tục đã hết hiệu lực
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 01/03/2027
    Khi tiếp nhận thêm một hồ sơ khai sinh
    Thì chương trình từ chối vì thủ tục hết hiệu lực từ 28/02/2027
    Và không có hồ sơ nào được lưu

  Kịch bản: Hồ sơ gửi bưu chính từ khi thủ tục còn hiệu lực
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 01/03/2027
    Khi cán bộ ghi lý do nhận "Hồ sơ gửi bưu chính ngày 26/02/2027"
    Và tiếp nhận thêm một hồ sơ khai sinh
    Thì hồ sơ H29.12-270301-1001 còn nguyên vẹn
    Và lý do "Hồ sơ gửi bưu chính ngày 26/02/2027" nằm trong lịch sử hồ sơ

  Kịch bản: Tìm thủ tục, đọc cho công dân, in giấy hướng dẫn
    Biết quầy số 1 xã Trung Minh đang mở cửa sổ tiếp nhận, lúc 09:00 ngày 23/11/2026
    Khi mở màn hình thủ tục và gõ "dkks"
    Thì trang "Đăng ký khai sinh" nói phải mang theo "Giấy chứng sinh"
    Khi nhấn Ctrl P trên màn hình thủ tục
    Thì giấy hướng dẫn "Đăng ký khai sinh" ra khỏi máy in

  Kịch bản: Nhận theo bản đã hết hiệu lực, ngay trên cửa sổ
    Biết quầy số 1 xã Trung Minh đang mở cửa sổ tiếp nhận, lúc 09:00 ngày 01/03/2027
    Khi mở màn hình thủ tục, xem "dang-ky-khai-sinh"
    Thì nút tiếp nhận tắt, trang ghi "đã hết hiệu lực sau 28/02/2027"
    Khi nhận theo bản đã hết hiệu lực vì "Hồ sơ gửi bưu chính ngày 26/02/2027"
    Và điền hồ sơ khai sinh rồi nhấn F9
    Thì lý do "Hồ sơ gửi bưu chính ngày 26/02/2027" nằm trong lịch sử hồ sơ

  Kịch bản: Cài gói trên cửa sổ buổi tối, qua 0 giờ áp dụng bản mới
    Biết quầy số 1 xã Trung Minh đang mở cửa sổ tiếp nhận, lúc 23:50 ngày 28/02/2027
    Và gói 2027.2.1 trên USB có thủ tục khai sinh "Đăng ký khai sinh theo Luật mới" dùng từ 01/03/2027
    Khi thả gói vào cửa sổ
    Thì danh mục thay đổi có "1 thủ tục đổi tên" và "Tên: Đăng ký khai sinh → Đăng ký khai sinh theo Luật mới"
    Khi xác nhận cài gói
    Và đang nhập một hồ sơ khai sinh thì đồng hồ qua 00:05 ngày 01/03/2027
    Thì cửa sổ báo "Từ 0 giờ, thủ tục này áp dụng bản mới"
    Và không câu trả lời nào bị mất
