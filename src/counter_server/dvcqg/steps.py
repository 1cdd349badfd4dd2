"""The steps of a dossier (tiến trình xử lý)."""

from collections.abc import Iterable, Mapping

from counter_protocol.events import SERVER, EventEnvelope, EventKind
from counter_server.dvcqg.coding import Coding, moment
from counter_server.dvcqg.dossier_acts import Act
from counter_server.dvcqg.messages import TienTrinh

LONGEST_NAME = 50
_SERVER_CLERK = "Hệ thống một cửa"  # who set a status that came from another system

_WORDS: Mapping[str, str] = {
    EventKind.DOSSIER_RECEIVED: "Tiếp nhận hồ sơ",
    EventKind.DOSSIER_HANDED_OVER: "Chuyển hồ sơ để giải quyết",
    EventKind.SUPPLEMENT_REQUESTED: "Yêu cầu bổ sung hồ sơ",
    EventKind.SUPPLEMENT_RECEIVED: "Tiếp nhận hồ sơ bổ sung",
    EventKind.PAYMENT_REQUESTED: "Yêu cầu thực hiện nghĩa vụ tài chính",
    EventKind.PAYMENT_RECEIVED: "Đã thực hiện nghĩa vụ tài chính",
    EventKind.DEADLINE_EXTENDED: "Xin lỗi và hẹn lại ngày trả kết quả",
    EventKind.DOSSIER_REFUSED: "Từ chối tiếp nhận, giải quyết hồ sơ",
    EventKind.DOSSIER_STOPPED: "Dừng giải quyết hồ sơ",
    EventKind.DOSSIER_WITHDRAWN: "Công dân rút hồ sơ",
    EventKind.RESULT_ARRIVED: "Kết thúc xử lý hồ sơ",
    EventKind.RESULT_RETURNED: "Trả kết quả",
    EventKind.STATUS_SET: "Cập nhật trạng thái hồ sơ",
}


def steps(acts: Iterable[Act], code: str, office_name: str, coding: Coding) -> tuple[TienTrinh, ...]:
    """Return the steps in order; a name that is too long or a status without a number is a problem."""
    return tuple(_step(act, code, office_name, coding) for act in acts if act.event.kind in _WORDS)


def _step(act: Act, code: str, office_name: str, coding: Coding) -> TienTrinh:
    event = act.event
    name = _SERVER_CLERK if event.device_id == SERVER else coding.needed("NguoiXuLy", event.clerk)
    return TienTrinh(
        MaHoSo=code,
        NguoiXuLy=coding.within("NguoiXuLy", name, LONGEST_NAME),
        ChucDanh="",
        ThoiDiemXuLy=moment(event.at),
        PhongBanXuLy=office_name,
        NoiDungXuLy=_words(event),
        TrangThai=coding.code("TrangThaiHoSo", str(act.state.get("status", ""))),
        NgayBatDau="",
        NgayKetThucTheoQuyDinh=moment(act.state.get("due_at")),
    )


def _words(event: EventEnvelope) -> str:
    """Return what was done, and the grounds the citizen was told."""
    reasons = event.data.get("reasons", ())
    grounds = [str(each) for each in reasons] if isinstance(reasons, list) else []
    reason = event.data.get("reason")
    if isinstance(reason, str) and reason:
        grounds.append(reason)
    return f"{_WORDS[event.kind]}: {'; '.join(grounds)}" if grounds else _WORDS[event.kind]
