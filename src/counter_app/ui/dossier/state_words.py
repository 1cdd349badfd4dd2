"""Where a dossier is now, since when, what is owed: what a clerk tells the citizen; plain Python."""

from datetime import datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_life import EndedBy, ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.fee import format_vnd
from counter_app.i18n import _, moment
from counter_app.services.acts.act_facts import ActFacts

_S = DossierStatus


def where_words(dossier: Dossier) -> str:
    """Return one sentence: who has it, since when, or how it ended."""
    life = dossier.life
    if life.returned is not None:
        return returned_words(dossier)
    if life.ending is not None:
        ended = {
            EndedBy.REFUSAL: _("Đã từ chối lúc {at}."),
            EndedBy.STOP: _("Đã dừng giải quyết lúc {at}."),
            EndedBy.WITHDRAWAL: _("Công dân đã rút hồ sơ lúc {at}."),
        }
        return ended[life.ending.kind].format(at=moment(life.ending.at))
    if life.result is not None:
        no = "" if life.result.granted else " " + _("Kết quả là văn bản không đồng ý.")
        return _("Có kết quả từ {at}, đang chờ trả.").format(at=moment(life.result.at)) + no
    return _waiting(dossier) or _with_whom(dossier)


def returned_words(dossier: Dossier) -> str:
    """Return when and to whom the result was given; "" before."""
    given = dossier.life.returned
    if given is None:
        return ""
    ways = {
        ReturnTo.OWNER: _("Đã trả lúc {at} cho {who}."),
        ReturnTo.DELEGATE: _("Đã trả lúc {at} cho người nhận thay {who}."),
        ReturnTo.POST: _("Đã gửi bưu chính lúc {at} cho {who}."),
    }
    return ways[given.to].format(at=moment(given.at), who=given.full_name)


def _waiting(dossier: Dossier) -> str:
    since = dossier.waiting_since
    if since is None:
        return ""
    if dossier.status is _S.AWAITING_SUPPLEMENT:
        return _("Chờ công dân bổ sung từ {at}.").format(at=moment(since))
    return _("Chờ công dân nộp tiền từ {at}.").format(at=moment(since))


def _with_whom(dossier: Dossier) -> str:
    life = dossier.life
    if life.holder is not None:
        since = life.handed_over_at or dossier.received_at
        return _("Đang ở {holder}, chuyển từ {at}.").format(holder=life.holder.name, at=moment(since))
    if dossier.status is _S.RECEIVED:
        return _("Mới tiếp nhận, còn ở Bộ phận một cửa.")
    return _("Đang xử lý, chưa ghi ai giữ.")


def promise_words(dossier: Dossier, now: datetime) -> tuple[str, str]:
    """Return how the promise stands, and the tone of that."""
    due = dossier.due_at
    if due is None or dossier.status.final or dossier.status is _S.RESOLVED:
        return "", ""
    if dossier.status is _S.AWAITING_SUPPLEMENT:
        return _("Đang chờ bổ sung, thời gian tạm dừng."), ""
    if due < now:
        return _("Đã quá hẹn {due}.").format(due=moment(due)), "bad"
    if due.date() == now.date():
        return _("Hẹn trả hôm nay, {due}.").format(due=moment(due)), "warn"
    return _("Hẹn trả {due}.").format(due=moment(due)), ""


def owed_words(facts: ActFacts) -> tuple[str, ...]:
    """Return what is still to be taken from, or given back to, the citizen."""
    lines = [_fees_of_the_end(facts.dossier)] if facts.dossier.life.ending else _fees_due(facts)
    if facts.dossier.originals_held:
        lines.append(_("Đang giữ {count} bản chính phải trả lại.").format(count=facts.dossier.originals_held))
    return tuple(lines)


def mistake_words(facts: ActFacts) -> str:
    """Return how an early end done by mistake is put right; "" for a dossier that goes on."""
    if facts.dossier.life.ending is None:
        return ""
    if facts.undoable is not None:
        return _("Nếu nhầm: mở “Việc khác” để hoàn tác.")
    return _("Nếu nhầm: giấy đã in nên không hoàn tác được; hãy tiếp nhận lại hồ sơ mới.")


def _fees_of_the_end(dossier: Dossier) -> str:
    """Return what was decided about the fees of a dossier that got no result."""
    ending, paid = dossier.life.ending, dossier.life.paid_vnd
    if ending is not None and ending.fees:
        return _("Phí, lệ phí: {decided}.").format(decided=ending.fees.rstrip("."))
    if paid:
        return _("Đã thu {sum}, chưa ghi có hoàn trả hay không.").format(sum=format_vnd(paid))
    return _("Chưa thu phí, lệ phí.") if dossier.charges else ""


def _fees_due(facts: ActFacts) -> list[str]:
    lines = []
    unknown = [charge.name for charge in facts.due if charge.amount_vnd is None]
    known = sum(charge.amount_vnd or 0 for charge in facts.due)
    if unknown:
        lines.append(_("Chưa biết mức thu: {fees}.").format(fees=", ".join(unknown)))
    if known:
        lines.append(_("Còn phải thu {sum}.").format(sum=format_vnd(known)))
    return lines
