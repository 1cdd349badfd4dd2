# language: vi
Tính năng: Gói dữ liệu đã ký, tự dùng từ ngày có hiệu lực
  Luật thay cả bộ mẫu trong một ngày đã biết trước. Gói dữ liệu đến bằng USB vài tháng trước ngày ấy;
  đến ngày, máy không có mạng vẫn phải đổi đúng mẫu, còn hồ sơ cũ in lại vẫn theo mẫu cũ.

  Kịch bản: Gói cài hôm nay, mẫu mới dùng từ 01/03/2027
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 23/11/2026
    Và gói 2026.12.1 có tờ khai khai sinh "TỜ KHAI KHAI SINH MẪU 2027" dùng từ 01/03/2027
    Khi cài gói dữ liệu
    Thì chương trình báo tờ khai và thủ tục khai sinh sẽ đổi từ 01/03/2027
    Khi máy mở lại, lúc 09:00 ngày 26/02/2027
    Và tiếp nhận thêm một hồ sơ khai sinh
    Thì tờ khai in ra là "TỜ KHAI ĐĂNG KÝ KHAI SINH"
    Khi máy mở lại, lúc 09:00 ngày 01/03/2027
    Thì in lại hồ sơ ấy vẫn là "TỜ KHAI ĐĂNG KÝ KHAI SINH"
    Khi tiếp nhận thêm một hồ sơ khai sinh
    Thì tờ khai in ra là "TỜ KHAI KHAI SINH MẪU 2027"
    Khi quay lại dữ liệu trước
    Thì in lại hồ sơ ấy vẫn là "TỜ KHAI KHAI SINH MẪU 2027"
    Và nhật ký ghi đã cài gói 2026.12.1 rồi quay lại

  Kịch bản: Gói do người lạ ký
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 23/11/2026
    Và gói 2026.12.1 do người lạ ký có tờ khai khai sinh "TỜ KHAI GIẢ" dùng từ 01/12/2026
    Khi cài gói dữ liệu
    Thì chương trình từ chối gói vì người ký
    Khi tiếp nhận thêm một hồ sơ khai sinh
    Thì tờ khai in ra là "TỜ KHAI ĐĂNG KÝ KHAI SINH"
