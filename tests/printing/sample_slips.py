"""Invented contents for the tests of papers."""

from dataclasses import replace

from counter_app.domain.office import Office
from counter_app.services.paper_content import Marks, SlipContent, SlipPart

OFFICE = Office(
    unit_code="H29.12",
    name="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH",
    province="tỉnh Thí Dụ",
    commune_name="xã Trung Minh",
    parent_name="ỦY BAN NHÂN DÂN XÃ TRUNG MINH",
    address="Thôn Một, xã Trung Minh",
    phone="0200 000 000",
)

SLIP = SlipContent(
    office=OFFICE,
    dossier_code="H29.12-261121-1001",
    qr_text="H29.12-261121-1001 K7MX",
    provisional=False,
    place_date="Trung Minh, ngày 21 tháng 11 năm 2026",
    applicant_name="ĐẶNG THỊ NGỌC QUỲNH",
    applicant_id="0010******01",
    address="Số 5, thôn Đồng Lạc, xã Trung Minh, tỉnh Thí Dụ",
    phone="0912 000 001",
    email="",
    request="Đăng ký khai sinh (trường hợp cha mẹ có đăng ký kết hôn)",
    parts=(
        SlipPart(name="Tờ khai đăng ký khai sinh", kind="Bản chính", count=1),
        SlipPart(name="Giấy chứng sinh do cơ sở y tế nơi trẻ em sinh ra cấp", kind="Bản chính", count=1),
        SlipPart(name="Giấy chứng nhận kết hôn của cha, mẹ trẻ em", kind="Xuất trình", count=1),
        SlipPart(name="Căn cước công dân hoặc thẻ căn cước của người đi đăng ký", kind="Xuất trình", count=1),
    ),
    copies=1,
    time_text="Trong ngày làm việc",
    received_text="10 giờ 45 phút, ngày 21 tháng 11 năm 2026",
    due_text="17 giờ 00 phút, ngày 23 tháng 11 năm 2026",
    return_text="Trung tâm Phục vụ hành chính công xã Trung Minh",
    charges_text="Không thu",
    clerk_name="Trần Văn Bình",
    secret="K7MX",
)

LONG_CODE = replace(
    SLIP, dossier_code="H29.12.345.678.999-261121-910001", qr_text="H29.12.345.678.999-261121-910001 K7MX"
)
ADDRESS = replace(
    LONG_CODE,
    qr_text="HTTPS://TRACUU.MOTCUA.TINH-TEN-DAI.EXAMPLE.VN/TRA-CUU/H29.12.345.678.999-261121-910001/K7MX",
)

FULL = replace(
    SLIP,
    applicant_name="NGUYỄN HOÀNG CÔNG TẰNG TÔN NỮ THỊ HƯƠNG GIANG THƯỢNG ĐẲNG QUỲNH NHƯ",
    address="Số nhà 128/45/6B, ngõ 12, đường Đoàn Kết, tổ dân phố Nguyễn Trãi kéo dài, thôn Thượng, "
    "xã Trung Minh, tỉnh Thí Dụ (trước là xã Thượng Trung, huyện Cũ)",
    parts=tuple(
        SlipPart(name=f"Giấy tờ thứ {n}: bản vẽ hiện trạng thửa đất số {n}", kind="Bản sao", count=n % 3 + 1)
        for n in range(1, 61)
    ),
    provisional=True,
    marks=Marks(reprint="In lại lần 2, 14 giờ 05, ngày 21/11/2026", training=True),
)
