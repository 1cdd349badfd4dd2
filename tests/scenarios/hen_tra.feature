# language: vi
Tính năng: Ngày hẹn trả và giấy hẹn
  Việc làm ngay trong ngày thì không bắt công dân cầm giấy hẹn.
  Nhận sau 15 giờ thì phải có giấy hẹn ghi rõ giờ, ngày.

  Kịch bản: Chứng thực trong ngày không cần giấy hẹn
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 23/11/2026
    Khi tiếp nhận chứng thực 2 bản sao từ bản chính 3 trang
    Thì hẹn trả lúc 17:00 ngày 23/11/2026
    Và không cần in giấy tờ nào
    Và phí là 10.000 đ
    Và hồ sơ vẫn được ghi vào sổ và chờ gửi lên máy chủ

  Kịch bản: Công dân muốn có giấy hẹn dù trả trong ngày
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 23/11/2026
    Khi công dân xin giấy hẹn
    Và tiếp nhận chứng thực 2 bản sao từ bản chính 3 trang
    Thì giấy hẹn ghi "17 giờ 00 phút, ngày 23 tháng 11 năm 2026"

  Khung kịch bản: Nhận sau 15 giờ phải có giấy hẹn
    Biết quầy số 1 xã Trung Minh, lúc <giờ> ngày 25/11/2026
    Khi tiếp nhận chứng thực 2 bản sao từ bản chính 3 trang
    Thì hẹn trả lúc 17:00 ngày <hẹn>
    Và giấy hẹn <giấy hẹn>

    Dữ liệu:
      | giờ   | hẹn        | giấy hẹn       |
      | 14:59 | 25/11/2026 | không bắt buộc |
      | 15:00 | 26/11/2026 | phải in        |
      | 16:59 | 26/11/2026 | phải in        |

  Kịch bản: Hồ sơ nộp trước ngày nghỉ lễ
    Biết quầy số 1 xã Trung Minh, lúc 10:45 ngày 23/11/2026
    Khi tiếp nhận xin xác nhận tình trạng hôn nhân, hạn 3 ngày làm việc, lệ phí 15.000 đ
    Thì hẹn trả lúc 10:45 ngày 27/11/2026
    Và ngày 24/11/2026 không tính vì nghỉ lễ "Ngày Văn hóa Việt Nam"
    Và giấy hẹn ghi "10 giờ 45 phút, ngày 27 tháng 11 năm 2026"

  Kịch bản: Chứng thực chiều muộn ngay trước ngày nghỉ lễ
    Biết quầy số 1 xã Trung Minh, lúc 15:30 ngày 23/11/2026
    Khi tiếp nhận chứng thực 2 bản sao từ bản chính 3 trang
    Thì hẹn trả lúc 17:00 ngày 25/11/2026
    Và ngày 24/11/2026 không tính vì nghỉ lễ "Ngày Văn hóa Việt Nam"
    Và giấy hẹn phải in
