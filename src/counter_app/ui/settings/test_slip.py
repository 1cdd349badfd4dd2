"""The sample slip of the printer test: nothing of a real citizen, marked as worthless."""

from datetime import datetime

from counter_app.domain.office import Office
from counter_app.services.paper_content import Marks, SlipContent, SlipPart


def sample_slip(office: Office, clerk: str, now: datetime) -> SlipContent:
    """Return a slip that shows every Vietnamese tone, the barcode and the QR code."""
    code = f"{office.unit_code or 'H00.00'}-{now:%y%m%d}-0000"
    return SlipContent(
        office=office,
        dossier_code=code,
        qr_text=f"{code}/TEST",
        provisional=False,
        place_date=f"{office.date_place}, ngày {now:%d} tháng {now:%m} năm {now:%Y}",
        applicant_name="TRANG IN THỬ – KHÔNG PHẢI HỒ SƠ",
        applicant_id="0000******00",
        address="Ặ Ằ Ẵ Ẩ Ễ Ộ Ỡ Ự Ỷ ặ ằ ẵ ẩ ễ ộ ỡ ự ỷ",
        phone="",
        email="",
        request="Kiểm tra máy in, khổ giấy và mã vạch",
        parts=(SlipPart(name="Giấy tờ thử", kind="Bản sao", count=1),),
        copies=1,
        time_text="Trong ngày",
        received_text=f"{now:%H} giờ {now:%M} phút, ngày {now:%d/%m/%Y}",
        due_text=f"{now:%H} giờ {now:%M} phút, ngày {now:%d/%m/%Y}",
        return_text=office.name,
        charges_text="0 đồng",
        clerk_name=clerk,
        secret="TEST",  # noqa: S106  (printed in the open on a sample)
        marks=Marks(training=True),
    )
