"""What the strip of notices says and where it leads; plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from counter_app.i18n import _, later
from counter_app.services.daily_notices import DailyNotice, NoticeKind
from counter_app.services.procedure_overview import Trait

_LABELS = {
    "data_packs": later("Xem dữ liệu"),
    "settings": later("In giấy khôi phục"),
    "personal_data": later("Xem yêu cầu"),
}
_PROCEDURES = later("Xem thủ tục")
_NAMED = 1  # more names than this do not fit the line


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """A line of the strip. ``tone`` is info or warn; the button ``label`` leads to a screen."""

    kind: NoticeKind
    text: str
    tone: str
    label: str
    screen_id: str
    request: Mapping[str, object] = field(default_factory=dict)


def notice_line(notice: DailyNotice) -> NoticeLine:
    """Return a notice in the clerk's words, with the place to see to it."""
    screen_id, request = _place(notice)
    quiet = notice.kind in (NoticeKind.SWITCHED_TODAY, NoticeKind.SWITCHING_TOMORROW, NoticeKind.SUPERSEDED)
    return NoticeLine(
        kind=notice.kind,
        text=_text(notice),
        tone="info" if quiet else "warn",
        label=_("Xem sao lưu")
        if notice.kind is NoticeKind.BACKUP_OLD
        else _(_LABELS.get(screen_id, _PROCEDURES)),
        screen_id=screen_id,
        request=request,
    )


def _text(notice: DailyNotice) -> str:
    day = f"{notice.day:%d/%m/%Y}" if notice.day else ""
    texts = {
        NoticeKind.SHEET_MISSING: _("Chưa in giấy khôi phục: hỏng máy thì không ai mở lại được dữ liệu"),
        NoticeKind.BACKUP_OLD: _("Đã {count} ngày chưa sao lưu được dữ liệu"),
        NoticeKind.PERSON_REQUESTS: _(
            "{count} yêu cầu của công dân về dữ liệu chờ trả lời, hạn gần nhất {day}"
        ),
        NoticeKind.DATA_DAMAGED: _("Có {count} chỗ dữ liệu hỏng, phần còn lại vẫn dùng được"),
        NoticeKind.SWITCHED_TODAY: _("Từ hôm nay {count} thủ tục áp dụng bản mới"),
        NoticeKind.SWITCHING_TOMORROW: _("Từ ngày mai {count} thủ tục áp dụng bản mới"),
        NoticeKind.EXPIRED: _("{count} thủ tục đã hết hiệu lực, chưa có bản thay thế"),
        NoticeKind.FORMS_EXPIRED: _("{count} tờ khai đã hết hiệu lực, chưa có mẫu thay thế"),
        NoticeKind.EXPIRING: _("{count} thủ tục sắp hết hiệu lực, gần nhất {day}"),
        NoticeKind.FORMS_EXPIRING: _("{count} tờ khai sắp hết hiệu lực trong 30 ngày"),
        NoticeKind.FEES_ENDING: _("{count} mức phí, lệ phí sắp hết thời gian áp dụng, gần nhất {day}"),
        NoticeKind.SUPERSEDED: _("{count} thủ tục đã được thay bằng thủ tục khác"),
        NoticeKind.DATA_OLD: _("Đã {count} ngày chưa có gói dữ liệu mới"),
    }
    text = texts[notice.kind].format(count=notice.count, day=day)
    if not 1 <= len(notice.names) <= _NAMED:
        return text + "."
    return f"{text}: {'; '.join(notice.names)}."


def _place(notice: DailyNotice) -> tuple[str, Mapping[str, object]]:
    if notice.kind is NoticeKind.SHEET_MISSING:
        return "settings", {"page": "keys"}
    if notice.kind is NoticeKind.BACKUP_OLD:
        return "settings", {"page": "backup"}
    if notice.kind is NoticeKind.PERSON_REQUESTS:
        return "personal_data", {}
    if notice.kind in (NoticeKind.DATA_DAMAGED, NoticeKind.DATA_OLD):
        return "data_packs", {}
    if notice.kind in (NoticeKind.EXPIRED, NoticeKind.SUPERSEDED):
        return "procedures", {"trait": Trait.EXPIRED.value}
    if notice.kind is NoticeKind.EXPIRING:
        return "procedures", {"trait": Trait.EXPIRING.value}
    if notice.kind is NoticeKind.SWITCHING_TOMORROW:
        return "procedures", {"on": notice.day}
    if notice.kind in (NoticeKind.FORMS_EXPIRED, NoticeKind.FORMS_EXPIRING):
        return "procedures", {"trait": Trait.PRINTED_FORM.value}
    return "procedures", {}
