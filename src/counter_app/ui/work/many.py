"""What can be done with several dossiers of a list at once; plain Python."""

from enum import StrEnum

from counter_app.domain.work_lists import WorkList
from counter_app.i18n import _


class ManyAct(StrEnum):
    """An act on the ticked dossiers."""

    HAND_OVER = "hand_over"
    ENTER_RESULT = "enter_result"
    EXTEND = "extend"
    POSTAL = "postal"
    PRINT_SLIP = "slip"
    PRINT_SUPPLEMENT = "supplement"
    PRINT_APOLOGY = "apology"
    PRINT_LABEL = "label"
    PRINT_CONTROL = "control"


PAPERS = frozenset(
    {
        ManyAct.PRINT_SLIP,
        ManyAct.PRINT_SUPPLEMENT,
        ManyAct.PRINT_APOLOGY,
        ManyAct.PRINT_LABEL,
        ManyAct.PRINT_CONTROL,
    }
)
_WORKED_ON = (ManyAct.HAND_OVER, ManyAct.PRINT_SLIP, ManyAct.PRINT_CONTROL, ManyAct.PRINT_APOLOGY)
_ACTS: dict[WorkList, tuple[ManyAct, ...]] = {
    WorkList.LATE: (ManyAct.ENTER_RESULT, ManyAct.EXTEND, *_WORKED_ON),
    WorkList.DUE_TODAY: (ManyAct.ENTER_RESULT, ManyAct.EXTEND, *_WORKED_ON),
    WorkList.DUE_TOMORROW: (ManyAct.ENTER_RESULT, ManyAct.EXTEND, *_WORKED_ON),
    WorkList.AT_RISK: (ManyAct.EXTEND, ManyAct.ENTER_RESULT, *_WORKED_ON),
    WorkList.TO_HAND_OVER: (
        ManyAct.HAND_OVER,
        ManyAct.ENTER_RESULT,
        ManyAct.PRINT_SLIP,
        ManyAct.PRINT_CONTROL,
    ),
    WorkList.WAITING_SUPPLEMENT: (ManyAct.PRINT_SUPPLEMENT, ManyAct.PRINT_SLIP, ManyAct.PRINT_CONTROL),
    WorkList.WAITING_PAYMENT: (ManyAct.ENTER_RESULT, ManyAct.PRINT_SLIP, ManyAct.PRINT_CONTROL),
    WorkList.RESULTS_READY: (ManyAct.POSTAL, ManyAct.PRINT_LABEL, ManyAct.PRINT_CONTROL),
    WorkList.ORIGINALS: (ManyAct.PRINT_SLIP, ManyAct.PRINT_CONTROL),
    WorkList.UNSENT: (ManyAct.PRINT_SLIP, ManyAct.PRINT_CONTROL),
}


def acts_of(which: WorkList) -> tuple[ManyAct, ...]:
    """Return what the dossiers of a list usually need; the first is the list's main act."""
    return _ACTS[which]


def name_of(act: ManyAct) -> str:
    """Return the act in words."""
    return {
        ManyAct.HAND_OVER: _("Chuyển xử lý"),
        ManyAct.ENTER_RESULT: _("Nhập kết quả"),
        ManyAct.EXTEND: _("Gia hạn, xin lỗi"),
        ManyAct.POSTAL: _("Danh sách bưu chính"),
        ManyAct.PRINT_SLIP: _("In giấy hẹn"),
        ManyAct.PRINT_SUPPLEMENT: _("In phiếu yêu cầu bổ sung"),
        ManyAct.PRINT_APOLOGY: _("In văn bản xin lỗi"),
        ManyAct.PRINT_LABEL: _("In nhãn bưu chính"),
        ManyAct.PRINT_CONTROL: _("In phiếu kiểm soát"),
    }[act]


def question_of(act: ManyAct, count: int) -> str:
    """Return what is asked before it is done."""
    if act is ManyAct.ENTER_RESULT:
        return _("Ghi nhận đã có kết quả cho {count} hồ sơ?").format(count=count)
    if act is ManyAct.EXTEND:
        return _("Gia hạn và in văn bản xin lỗi cho {count} hồ sơ?").format(count=count)
    return _("{act} cho {count} hồ sơ?").format(act=name_of(act), count=count)
