"""What the screen of today's work says; plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.work_lists import WorkDay, WorkList
from counter_app.i18n import _, moment
from counter_app.messages import text_of
from counter_app.services.act_on_many import DoneToMany
from counter_app.services.worklists_port import MOST_COUNTED, WorkRow
from counter_app.ui.status_words import status_words

DRAFTS_KEY = "B"
KEYS: dict[WorkList, str] = dict(zip(WorkList, "1234567890", strict=True))


@dataclass(frozen=True, slots=True)
class ListWords:
    """A list's name on its tile, what stands on it, and the kind word when nothing does."""

    name: str
    meaning: str
    nothing: str


def words_of(which: WorkList) -> ListWords:
    """Return the words of a list."""
    return {
        WorkList.LATE: ListWords(
            _("Quá hạn"),
            _("Giờ hẹn trên giấy đã qua mà chưa có kết quả."),
            _("Không có hồ sơ nào quá hạn. Tốt quá!"),
        ),
        WorkList.DUE_TODAY: ListWords(
            _("Hẹn trả hôm nay"),
            _("Từ giờ đến cuối ngày, công dân sẽ đến lấy kết quả."),
            _("Hôm nay không còn hồ sơ nào đến hẹn."),
        ),
        WorkList.DUE_TOMORROW: ListWords(
            _("Hẹn ngày mai"),
            _("Đến hẹn vào ngày làm việc tiếp theo."),
            _("Ngày làm việc tiếp theo không có hồ sơ nào đến hẹn."),
        ),
        WorkList.AT_RISK: ListWords(
            _("Sắp đến hạn"),
            _("Đến hẹn trong 2 ngày làm việc tới: nếu không kịp, gia hạn ngay còn đúng quy định."),
            _("Không có hồ sơ nào đến hẹn trong 2 ngày làm việc tới."),
        ),
        WorkList.TO_HAND_OVER: ListWords(
            _("Phải chuyển xử lý"),
            _("Đã tiếp nhận, phải chuyển cho người giải quyết trong hôm nay."),
            _("Mọi hồ sơ phải chuyển hôm nay đều đã chuyển."),
        ),
        WorkList.WAITING_SUPPLEMENT: ListWords(
            _("Chờ bổ sung"),
            _("Đã yêu cầu bổ sung, đang chờ công dân; thời hạn không chạy."),
            _("Không có hồ sơ nào chờ bổ sung."),
        ),
        WorkList.WAITING_PAYMENT: ListWords(
            _("Chờ nộp phí"),
            _("Đang chờ công dân nộp phí, lệ phí hoặc nghĩa vụ tài chính."),
            _("Không có hồ sơ nào chờ nộp phí."),
        ),
        WorkList.RESULTS_READY: ListWords(
            _("Có kết quả, chờ trả"),
            _("Kết quả đã có ở quầy, công dân chưa nhận."),
            _("Mọi kết quả đều đã được trả."),
        ),
        WorkList.ORIGINALS: ListWords(
            _("Đang giữ bản chính"),
            _("Quầy còn giữ bản chính phải trả lại công dân."),
            _("Quầy không giữ bản chính nào của công dân."),
        ),
        WorkList.UNSENT: ListWords(
            _("Chưa gửi máy chủ"),
            _("Đã lưu an toàn ở máy này, chưa được máy chủ xác nhận."),
            _("Mọi hồ sơ đều đã gửi lên máy chủ."),
        ),
    }[which]


def count_words(which: WorkList | None, count: int) -> str:
    """Return a count as a tile shows it."""
    if which is WorkList.UNSENT and count >= MOST_COUNTED:
        return f"{_thousands(MOST_COUNTED - 1)}+"
    return _thousands(count)


def total_words(shown: int, total: int) -> str:
    """Return how many dossiers are there, and how many of them are loaded when not all."""
    return _("{count} hồ sơ").format(count=_thousands(total)) if total or not shown else ""


def when_heading(which: WorkList) -> str:
    """Return what the column of moments tells."""
    if which is WorkList.TO_HAND_OVER:
        return _("Nhận lúc")
    if which in (WorkList.WAITING_SUPPLEMENT, WorkList.WAITING_PAYMENT):
        return _("Chờ từ")
    if which is WorkList.RESULTS_READY:
        return _("Có kết quả")
    return _("Hẹn trả")


def when_of(which: WorkList, row: WorkRow) -> str:
    """Return the moment a list is sorted by; a promise where it is not of another kind."""
    if which is WorkList.TO_HAND_OVER:
        at: datetime | None = row.received_at
    elif which in (WorkList.WAITING_SUPPLEMENT, WorkList.WAITING_PAYMENT):
        at = row.waiting_since
    else:
        at = row.resolved_at if which is WorkList.RESULTS_READY else row.due_at
    return moment(at) if at is not None else _("Không hẹn")


def state_of(which: WorkList, row: WorkRow, day: WorkDay) -> tuple[str, str]:
    """Return the chip of a row: what the list is about, counted in days, with the tone of the chip."""
    if which is WorkList.LATE and row.due_at is not None:
        return _late(_days(row.due_at, day.now))
    if which is WorkList.TO_HAND_OVER and row.received_at < day.hand_over_missed_before:
        return _("Trễ bàn giao"), "bad"
    if which in (WorkList.WAITING_SUPPLEMENT, WorkList.WAITING_PAYMENT) and row.waiting_since is not None:
        return _waiting(_days(row.waiting_since, day.now)), "warn"
    if which is WorkList.RESULTS_READY and row.resolved_at is not None:
        return _waiting(_days(row.resolved_at, day.now)), "ok"
    if which is WorkList.ORIGINALS:
        return _("{count} bản chính").format(count=row.originals_held), "warn"
    if row.extended and which in (WorkList.AT_RISK, WorkList.DUE_TODAY, WorkList.DUE_TOMORROW):
        return _("Đã gia hạn"), "warn"
    if which is WorkList.AT_RISK and row.due_at is not None:
        days = 1 if row.due_at < day.tomorrow_ends else 2
        return _("Còn {count} ngày").format(count=days), "warn"
    return status_words(row.status)


def outcome_words(done: str, outcome: DoneToMany) -> str:
    """Return "Nhập kết quả: 12 xong, 1 bị từ chối."; `done` names the act."""
    parts = [_("{count} xong").format(count=len(outcome.done))]
    if outcome.not_done:
        parts.append(_("{count} bị từ chối").format(count=len(outcome.not_done)))
    return f"{done}: {', '.join(parts)}."


def refusals(outcome: DoneToMany) -> Sequence[str]:
    """Return a line for each dossier that was refused."""
    return [f"{each.dossier_code}: {text_of(each.error)}" for each in outcome.not_done]


def _late(days: int) -> tuple[str, str]:
    return (_("Quá {count} ngày").format(count=days) if days else _("Quá giờ hẹn")), "bad"


def _waiting(days: int) -> str:
    return _("Chờ {count} ngày").format(count=days) if days else _("Từ hôm nay")


def _days(since: datetime, now: datetime) -> int:
    return (now.date() - since.date()).days


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", ".")
