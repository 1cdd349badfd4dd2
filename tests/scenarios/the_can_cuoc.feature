# language: vi
Tính năng: Thẻ căn cước quét bị méo chữ vẫn dùng được
  Nhiều đầu quét gửi chữ có dấu theo bảng mã cũ hoặc bị bộ gõ chen vào.

  Khung kịch bản: Đầu quét gửi sai bảng mã
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 23/11/2026
    Khi quét thẻ của bà Đinh Thị Sen bằng đầu quét gửi chữ kiểu <kiểu>
    Thì họ tên đọc được là "Đinh Thị Sen"
    Và địa chỉ đọc được là "Xóm Chiềng, xã Trung Minh, tỉnh Phú Thọ"
    Và chương trình ghi rõ thẻ đã được sửa chữ

    Dữ liệu:
      | kiểu   |
      | mixed  |
      | cp1258 |
      | tcvn3  |

  Kịch bản: Thẻ hỏng quét vào cửa sổ đang mở
    Biết quầy số 1 xã Trung Minh đang mở cửa sổ tiếp nhận, lúc 09:00 ngày 23/11/2026
    Khi quét thẻ của bà Đinh Thị Sen bị đọc nhầm bảng mã vào cửa sổ
    Thì người nộp trên màn hình là "Đinh Thị Sen"

  Kịch bản: Quét nhầm mã vạch hàng hóa
    Biết quầy số 1 xã Trung Minh đang mở cửa sổ tiếp nhận, lúc 09:00 ngày 23/11/2026
    Khi quét nhầm mã "8934588012345" vào cửa sổ
    Thì thanh thông báo dặn quét thẻ căn cước hoặc giấy hẹn
    Và chưa có người nộp nào trên màn hình
