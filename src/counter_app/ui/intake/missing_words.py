"""What keeps the visit from being received, in one line."""

from dataclasses import dataclass

from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.ui.intake.fee_words import waiting_fees
from counter_app.ui.intake.state import IntakeState, has_content

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether F9 works now, how many answers or papers are missing, the first of them by name.

    ``button`` says what F4 leads to, where that is no missing answer.
    """

    ready: bool
    count: int = 0
    words: str = ""
    button: str = ""


def readiness(state: IntakeState) -> Readiness:
    """Return what the bar at the foot says."""
    assessment = state.assessment
    if assessment is None:
        if state.problem is not None:
            return Readiness(ready=False, words=text_of(state.problem))
        words = _("Chọn thủ tục để bắt đầu") if has_content(state.visit) else _("Quét thẻ hoặc chọn thủ tục")
        return Readiness(ready=False, words=words)
    if assessment.ready and state.correcting is not None and state.correcting.lacking:
        from counter_app.ui.intake.correction_words import lacking_words

        return Readiness(ready=False, button=lacking_words(state.correcting))
    if assessment.ready:
        lacking = 0 if state.correcting else assessment.checklist.missing
        return Readiness(ready=True, count=lacking, words=_ready_words(state))
    waiting = waiting_fees(assessment)
    missing = [item for item in assessment.missing if item.kind != "amount" or item.key not in waiting]
    labels = [_(item.label) for item in missing]
    wrong = [_(error.label) for error in assessment.errors if error.problem.code != "required"]
    labels += [_("{label} (cần sửa)").format(label=label) for label in dict.fromkeys(wrong)]
    if not labels and assessment.promise_problem is not None:
        return Readiness(ready=False, count=1, words=text_of(assessment.promise_problem))
    shown = ", ".join(_lower_first(label) for label in labels[:_NAMED])
    more = len(labels) - _NAMED
    if more > 0:
        shown += _(" và {count} mục khác").format(count=more)
    return Readiness(ready=False, count=len(labels), words=_("Còn thiếu: {list}").format(list=shown))


def _ready_words(state: IntakeState) -> str:
    assessment = state.assessment
    if state.correcting is not None:
        return _("Đã đủ, có thể lưu sửa")
    papers = assessment.checklist.missing if assessment is not None else 0
    if papers:
        return _("Đủ câu trả lời · giấy tờ còn thiếu {count}").format(count=papers)
    return _("Đã đủ, có thể tiếp nhận")


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
