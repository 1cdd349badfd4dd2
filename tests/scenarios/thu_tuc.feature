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
