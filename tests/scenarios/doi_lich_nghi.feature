# language: vi
Tính năng: Lịch nghỉ thay đổi sau khi đã hẹn
  Phiếu hẹn đã nằm trong tay công dân thì không tự đổi.
  Cán bộ được báo, gọi cho người nộp, rồi mới đổi ngày và in lại phiếu.

  Bối cảnh:
    Biết quầy số 1 xã Trung Minh, lúc 09:00 ngày 02/02/2027
    Và lịch nghỉ Tết 2027 còn là dự kiến
    Và đã tiếp nhận xin xác nhận tình trạng hôn nhân, hạn 3 ngày làm việc
    Và đã in giấy hẹn ghi "09 giờ 00 phút, ngày 12 tháng 02 năm 2027"

  Kịch bản: Ngày hẹn qua Tết dự kiến được ghi là dự kiến
    Thì ngày hẹn được ghi là dự kiến
    Và không có phiếu hẹn nào phải báo lại

  Kịch bản: Lịch nghỉ chính thức đến, cán bộ đổi ngày hẹn và in lại phiếu
    Khi lịch nghỉ chính thức đến, nghỉ thêm ngày 03/02/2027
    Thì danh sách báo lại có hồ sơ, hẹn cũ 12/02/2027, hẹn mới 15/02/2027, vì ngày 03/02/2027
    Và giấy hẹn in lại vẫn ghi "09 giờ 00 phút, ngày 12 tháng 02 năm 2027"
    Khi cán bộ đổi ngày hẹn, lý do "Lịch nghỉ Tết chính thức"
    Thì giấy hẹn in lại ghi "09 giờ 00 phút, ngày 15 tháng 02 năm 2027" và "In lại lần 2"
    Và quá trình ghi cả hẹn cũ 12/02/2027 lẫn hẹn mới 15/02/2027
    Và ngày hẹn đầu tiên vẫn là 12/02/2027
    Và không có phiếu hẹn nào phải báo lại

  Kịch bản: Cán bộ giữ ngày cũ
    Khi lịch nghỉ chính thức đến, nghỉ thêm ngày 03/02/2027
    Và cán bộ giữ ngày hẹn cũ, lý do "Kết quả đã có sẵn"
    Thì giấy hẹn in lại vẫn ghi "09 giờ 00 phút, ngày 12 tháng 02 năm 2027"
    Và không có phiếu hẹn nào phải báo lại
