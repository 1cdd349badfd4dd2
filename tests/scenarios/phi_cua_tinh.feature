# language: vi
Tính năng: Phí do tỉnh quyết định
  Mức chưa nhập là chưa biết: chương trình hỏi, không bao giờ tự ghi 0 đồng.

  Kịch bản: Phí của tỉnh chưa nhập thì hỏi
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 23/11/2026
    Khi tiếp nhận một hồ sơ khai sinh quá hạn
    Thì chương trình hỏi mức "Lệ phí đăng ký khai sinh quá hạn"
    Và không ghi khoản thu nào 0 đ

  Kịch bản: Từ ngày 01/01/2027 thu theo mức mới
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 31/12/2026
    Và cơ quan nhập mức 5.000 đ từ 01/07/2026 theo "Nghị quyết số 12/2026/NQ-HĐND"
    Và cơ quan nhập mức 8.000 đ từ 01/01/2027 theo "Nghị quyết số 40/2026/NQ-HĐND"
    Khi tiếp nhận một hồ sơ khai sinh quá hạn
    Thì hồ sơ thu 5.000 đ
    Khi sang 09:00 ngày 04/01/2027
    Và tiếp nhận một hồ sơ khai sinh quá hạn
    Thì hồ sơ thu 8.000 đ
    Và hồ sơ đầu tiên vẫn ghi 5.000 đ

  Kịch bản: Miễn thu là 0 đồng có căn cứ
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 23/11/2026
    Và cơ quan nhập mức 0 đ từ 01/07/2026 theo "Miễn theo Nghị quyết số 9/2026/NQ-HĐND"
    Khi tiếp nhận một hồ sơ khai sinh quá hạn
    Thì hồ sơ thu 0 đ

  Kịch bản: Nghị quyết bị bãi bỏ thì lại chưa biết
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 23/11/2026
    Và cơ quan nhập mức 5.000 đ từ 01/07/2026 theo "Nghị quyết số 12/2026/NQ-HĐND"
    Và cơ quan bỏ mức ấy từ 01/11/2026
    Khi tiếp nhận một hồ sơ khai sinh quá hạn
    Thì chương trình hỏi mức "Lệ phí đăng ký khai sinh quá hạn"
