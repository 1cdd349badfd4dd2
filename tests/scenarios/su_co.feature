# language: vi
Tính năng: Sự cố ở quầy không làm mất hồ sơ
  Hồ sơ được lưu chắc chắn rồi mới in. In hỏng thì in lại, không phải nhập lại.

  Kịch bản: Mất điện giữa lúc lưu và in
    Biết quầy số 1 xã Trung Minh, lúc 10:45 ngày 23/11/2026
    Khi vừa lưu xong hồ sơ khai sinh thì mất điện trước khi in
    Và bật máy lên lại
    Thì hồ sơ H29.12-261123-1001 còn nguyên vẹn
    Và chưa có giấy tờ nào được ghi là đã in
    Khi in lại giấy hẹn của hồ sơ H29.12-261123-1001
    Thì đó là bản in lần 1 và không có chữ "In lại"
    Khi in lại giấy hẹn của hồ sơ H29.12-261123-1001
    Thì đó là bản in lần 2 và có chữ "In lại lần 1"
    Khi tiếp nhận thêm một hồ sơ khai sinh
    Thì hồ sơ mới mang mã H29.12-261123-1002

  Kịch bản: Máy in hỏng không mất hồ sơ
    Biết quầy số 1 xã Trung Minh, lúc 10:45 ngày 23/11/2026
    Và máy in đang kẹt giấy
    Khi tiếp nhận thêm một hồ sơ khai sinh
    Và in giấy tờ của hồ sơ
    Thì chương trình báo máy in lỗi và dặn hồ sơ vẫn an toàn
    Và hồ sơ H29.12-261123-1001 còn nguyên vẹn
    Khi máy in chạy lại
    Và in giấy tờ của hồ sơ
    Thì mỗi giấy tờ là bản in lần 1

  Kịch bản: Máy in hỏng khi đang làm trên cửa sổ
    Biết quầy số 1 xã Trung Minh đang mở cửa sổ tiếp nhận, lúc 15:10 ngày 23/11/2026
    Và máy in đang kẹt giấy
    Khi làm xong một lượt khai sinh và nhấn F9
    Thì màn hình cho biết giấy tờ nào chưa in được và vì sao
    Và hồ sơ H29.12-261123-1001 còn nguyên vẹn
    Khi máy in chạy lại và cán bộ bấm in lại
    Thì các giấy tờ đã in xong là bản đầu, không có chữ "In lại"
