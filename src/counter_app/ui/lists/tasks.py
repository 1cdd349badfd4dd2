"""The three things done by list, and what each is called on the screen."""

from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.dossier_acts import EnterResult, GiveResult, HandOver
from counter_app.domain.transfer_list import ListKind
from counter_app.i18n import later


class ListTask(StrEnum):
    """What is done with the dossiers; the request ``kind`` of the screen."""

    HAND_OVER = "hand_over"
    POSTAL = "postal"
    RESULTS = "results"

    @property
    def act(self) -> type:
        """The request each dossier is checked against."""
        return {ListTask.HAND_OVER: HandOver, ListTask.POSTAL: GiveResult, ListTask.RESULTS: EnterResult}[
            self
        ]

    @property
    def kind(self) -> ListKind | None:
        """The kind of list it makes; taking results in makes none."""
        return None if self is ListTask.RESULTS else ListKind(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWords:
    """``entry`` is what is typed beside each dossier, ``save`` the button of F9."""

    name: str
    entry: str
    save: str
    about: str


WORDS = {
    ListTask.HAND_OVER: TaskWords(
        name=later("Bàn giao hồ sơ"),
        entry=later("Ghi chú"),
        save=later("Lưu và in danh sách"),
        about=later("Mọi hồ sơ cùng chuyển cho một công chức hoặc cơ quan, một số danh sách, hai bên ký."),
    ),
    ListTask.POSTAL: TaskWords(
        name=later("Gửi bưu chính"),
        entry=later("Số hiệu bưu gửi"),
        save=later("Lưu và in danh sách"),
        about=later("Quét giấy hẹn, rồi quét mã bưu gửi của hồ sơ ấy. Nhãn địa chỉ in sau khi lưu."),
    ),
    ListTask.RESULTS: TaskWords(
        name=later("Nhận kết quả"),
        entry=later("Số kết quả"),
        save=later("Ghi nhận kết quả"),
        about=later("Quét từng hồ sơ có kết quả chuyển về; ghi nhận tất cả một lần."),
    ),
}
