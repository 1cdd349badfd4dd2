"""Dossiers and lists in the words of the screen."""

from counter_app.domain.transfer_list import ListKind, ListSummary
from counter_app.i18n import _, moment
from counter_app.messages import text_of
from counter_app.services.list_candidates import Candidate
from counter_app.services.paper_number import paper_number


def remark_text(row: Candidate) -> str:
    """Return what should be looked at before the dossier goes, "" for nothing."""
    words = {
        "held_by": _("đang ở {holder}").format(holder=row.holder),
        "no_address": _("chưa có địa chỉ"),
        "wants_counter": _("công dân hẹn nhận tại quầy"),
        "fee_open": _("còn phí, lệ phí chưa thu"),
    }
    return " · ".join(words[each] for each in row.remarks)


def problem_text(row: Candidate) -> str:
    """Return what keeps the dossier off the list, "" for nothing."""
    return text_of(row.problem) if row.problem is not None else ""


def detail_text(row: Candidate) -> str:
    """Return procedure and promise."""
    due = _("hẹn {due}").format(due=moment(row.due_at)) if row.due_at else _("không hẹn ngày")
    originals = _("giữ {count} bản chính").format(count=row.originals) if row.originals else ""
    return " · ".join(each for each in (row.procedure, due, originals) if each)


def list_name(made: ListSummary) -> str:
    """Return "01-Q1/GNHS · Lò Văn Thử"."""
    return f"{paper_number(made.number, made.counter, made.kind.series)} · {made.to.name}"


def list_detail(made: ListSummary) -> str:
    """Return when, how many, and whether it was signed for."""
    signed = (
        _("{name} ký nhận {at}").format(name=made.acknowledged_by, at=moment(made.acknowledged_at))
        if made.acknowledged_at
        else _("chưa ký nhận")
    )
    what = _("{count} bưu gửi") if made.kind is ListKind.POSTAL else _("{count} hồ sơ")
    return " · ".join((moment(made.at), what.format(count=made.count), signed))
