"""What each paper of a dossier is called on screen and in lists."""

from counter_app.domain.dossier import Dossier
from counter_app.i18n import _, later

_NAMES = {
    "slip": later("Giấy tiếp nhận và hẹn trả"),
    "supplement": later("Phiếu yêu cầu bổ sung"),
    "refusal": later("Phiếu từ chối"),
    "apology": later("Văn bản xin lỗi, gia hạn"),
    "stop": later("Thông báo dừng giải quyết"),
    "control": later("Phiếu kiểm soát"),
    "receipt": later("Phiếu thu phí, lệ phí"),
    "label": later("Nhãn địa chỉ bưu chính"),
    "form": later("Tờ khai"),
    "list": later("Danh sách bàn giao"),
}


def paper_name(paper: str, dossier: Dossier) -> str:
    """Return the name of a paper in the language in use; a numbered one says which it is.

    A form is called as the dossier's papers call it, where they do; its title stands in its template.
    """
    kind, _colon, which = paper.partition(":")
    words = _(_NAMES.get(kind, paper))
    if kind == "form":
        return next((part.name for part in dossier.parts if part.part_id == which), f"{words} {which}")
    return _("{paper} lần {number}").format(paper=words, number=which) if which else words
