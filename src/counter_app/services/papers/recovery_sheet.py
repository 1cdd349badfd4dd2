"""The recovery sheet: the code that opens the counter's data when the machine has lost the key.

No form of law prescribes it; the layout is ours. It names office, counter and key, no citizen.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.recovery_code import qr_text
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text

if TYPE_CHECKING:
    from counter_app.domain.office import Counter, Office
    from counter_app.services.keys_port import NewCode

TITLE = "Giấy khôi phục khóa dữ liệu"
_GROUP_OF_FINGERPRINT = 4
_WHAT = (
    "Dữ liệu tiếp nhận của quầy được mã hóa bằng một khóa nằm trong máy. Khi máy hỏng, bị cài lại hoặc đổi "
    "người dùng Windows thì khóa mất theo: mã dưới đây là cách lấy lại khóa để mở dữ liệu và bản sao lưu.",
)
_KEEPING = (
    "– Cho vào phong bì dán kín, ký giáp lai, cất trong két hoặc tủ khóa của cơ quan; ghi vào sổ bàn giao.",
    "– Không để cạnh máy tính, không chụp ảnh, không sao chụp, không gửi qua mạng.",
    "– Ai có tờ giấy này và có máy hoặc bản sao lưu thì đọc được toàn bộ dữ liệu công dân, đặt lại được "
    "mật khẩu người quản trị. Nghi bị lộ: đổi khóa dữ liệu ngay, giấy mới được in cùng lúc.",
    "– In giấy mới thì tờ này hết tác dụng trên máy. Bản sao lưu làm trong thời gian tờ này còn hiệu lực "
    "vẫn mở bằng tờ này: giữ nó cho đến khi các bản sao lưu đó đã hết hạn và bị xóa.",
)
_USING = (
    "– Ở màn hình báo không tìm thấy khóa, chọn “Mở bằng giấy khôi phục”, gõ mã hoặc quét mã QR.",
    "– Chữ hoa, chữ thường, dấu cách, gạch nối đều được; O đọc là 0, I và L đọc là 1. Mã không có chữ U.",
    "– Dùng xong, niêm phong lại; nếu phong bì đã mở ngoài ý muốn thì in giấy mới.",
)
_SIGNATURES = (
    "NGƯỜI LẬP\n(Ký và ghi rõ họ tên)",
    "NGƯỜI GIỮ\n(Ký, ghi rõ họ tên, ngày nhận)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """What the sheet says. The code is not in its text; nothing keeps it but the paper."""

    office: "Office"
    title: str
    subtitle: str
    place_date: str
    code: str = field(repr=False)
    qr: str = field(repr=False)
    facts: tuple[str, ...]
    paragraphs: tuple[tuple[str, tuple[str, ...]], ...]
    signatures: tuple[str, ...] = _SIGNATURES
    marks: Marks = field(default_factory=Marks)


def recovery_sheet(made: "NewCode", office: "Office", counter: "Counter", at: datetime) -> RecoverySheet:
    """Return the sheet of a code that was just made."""
    step = _GROUP_OF_FINGERPRINT
    digits = made.fingerprint
    shown = " ".join(digits[start : start + step] for start in range(0, len(digits), step))
    return RecoverySheet(
        office=office,
        title=TITLE,
        subtitle=f"Quầy số {counter.number} – mã đơn vị {office.unit_code}",
        place_date=f"{office.date_place}, {day_in_text(at.date())}",
        code=made.code,
        qr=qr_text(made.code),
        facts=(
            f"Dấu nhận biết khóa: {shown}",
            f"Lập lúc: {at:%H:%M} ngày {at:%d/%m/%Y}",
            f"Thiết bị: {counter.device_id}",
        ),
        paragraphs=(("", _WHAT), ("Cách giữ", _KEEPING), ("Khi cần dùng", _USING)),
        marks=Marks(training=counter.training),
    )
