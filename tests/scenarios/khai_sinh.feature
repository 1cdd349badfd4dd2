# language: vi
Tính năng: Đăng ký khai sinh với ba lần quét thẻ
  Thẻ căn cước đã có sẵn họ tên, số định danh, ngày sinh và địa chỉ.
  Cán bộ chỉ gõ những gì chưa ai biết, và giấy tờ ra ngay khi nhấn F9.

  Bối cảnh:
    Biết quầy số 1 xã Trung Minh đang mở cửa sổ tiếp nhận, lúc 10:45 ngày 23/11/2026

  Kịch bản: Bà đi khai sinh cho cháu
    Khi quét thẻ của người nộp Đinh Thị Sen
    Và chọn thủ tục bằng mấy chữ "ksi"
    Và quét thẻ của mẹ Bùi Thị Hồng Nhung
    Và quét thẻ của cha Nguyễn Văn Thắng
    Và trả lời từng câu đang được hỏi:
      | câu hỏi                            | trả lời                                               |
      | Người yêu cầu là gì của trẻ?       | Bà                                                    |
      | Họ tên người được khai sinh        | Nguyễn Bùi Minh Khôi                                  |
      | Ngày sinh của người được khai sinh | 15112026                                              |
      | Giới tính của người được khai sinh | phím 1                                                |
      | Dân tộc của người được khai sinh   | Mường                                                 |
      | Nơi sinh                           | Trung tâm Y tế Hòa Bình, phường Hòa Bình, tỉnh Phú Thọ |
      | Quê quán của người được khai sinh  |                                                       |
      | Quê quán của người được khai sinh  | xã Trung Minh                                         |
      | Quê quán của người được khai sinh  | Phú Thọ                                               |
    Và đánh dấu giấy tờ đầu tiên rồi nhấn F9
    Thì hồ sơ H29.12-261123-1001 đã được lưu, hẹn trả lúc 17:00 ngày 23/11/2026
    Và tờ khai in ra có đủ tên trẻ, mẹ, cha và người nộp
    Và không có giấy hẹn nào được in
    Và cả lượt chỉ cần 3 lần quét, không quá 10 câu trả lời, không quá 60 phím khác

  Kịch bản: Quét thẻ khi con trỏ đang ở giữa một ô chữ
    Khi quét thẻ của người nộp Đinh Thị Sen
    Và chọn thủ tục bằng mấy chữ "ksi"
    Và đang gõ dở chữ "Bà" thì quét thẻ của mẹ Bùi Thị Hồng Nhung
    Thì ô chữ vẫn chỉ có chữ "Bà"
    Và mẹ trong tờ khai là "Bùi Thị Hồng Nhung"
