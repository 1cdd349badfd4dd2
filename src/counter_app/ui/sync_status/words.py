"""What the sync screen says; plain Python."""

from datetime import datetime, timedelta

from counter_app.domain.working_time import office_moment
from counter_app.i18n import _, later, moment
from counter_app.services.sync.items import ItemAct, ItemList, SyncItem
from counter_app.services.sync.overview import SyncBadge, SyncOverview, TrafficSums
from counter_app.services.sync.standing import Age, Standing, lane_of
from counter_app.services.sync_port import ItemState, Lane, LaneReport
from counter_app.sync_words import ERRORS, text_of_answer, words_of
from counter_app.ui.scans.words import size_words

_NOT_BY_ITSELF = frozenset({"captive_portal", "certificate_refused", "proxy_refused"})
_CLOCK_OFF_S = 300
_TOLD_FROM = 100_000  # bytes
_OFFICE_GOES_ON = later("Vẫn tiếp nhận, in giấy và trả kết quả bình thường.")


def headline(seen: SyncOverview) -> tuple[str, str]:
    """Return the big line and its tone."""
    state, words = seen.state, _waiting_words(seen)
    acts = lane_of(state, Lane.ACTS)
    since = clock_words(acts.failing_since, seen.now) if acts.succeeded_at else ""
    offline = _("Mất mạng từ {at}").format(at=since) if since else _("Chưa liên lạc được với máy chủ")
    offline_tone = "bad" if state.waiting and seen.age is Age.TOO_OLD else "warn"
    return {
        Standing.TRAINING: (_("Máy tập huấn: không gửi gì lên máy chủ"), "warn"),
        Standing.NOT_ENROLLED: (_("Chưa nối máy chủ"), "info"),
        Standing.REJECTED: (_("Máy chủ từ chối thiết bị này"), "bad"),
        Standing.PAUSED: (_("Đang tạm dừng gửi"), "warn"),
        Standing.OFFLINE: (offline, offline_tone),
        Standing.TROUBLED: (_("Máy chủ chưa nhận được"), "warn"),
        Standing.HELD: (_("{count} việc bị giữ lại").format(count=_held_count(seen)), "bad"),
        Standing.WAITING: (words or _("Đang gửi bản quét"), seen.age.value if state.waiting else "ok"),
        Standing.ALL_SENT: (_("Đã gửi hết"), "ok"),
    }[seen.standing]


def subline(seen: SyncOverview) -> str:
    """Return the sentence under the big line: what it means for the clerk."""
    acts, waiting = lane_of(seen.state, Lane.ACTS), _waiting_words(seen)
    goes_on = _(_OFFICE_GOES_ON)
    if seen.standing is Standing.TRAINING:
        return _("Hồ sơ tập huấn chỉ ở máy này và không có giá trị.")
    if seen.standing is Standing.NOT_ENROLLED:
        return _("Mọi hồ sơ được lưu an toàn ở máy này và sẽ được gửi sau khi nối.") + (
            f" {waiting}." if waiting else ""
        )
    if seen.standing is Standing.PAUSED:
        return " ".join(part for part in (waiting and waiting + ".", _("Bấm Gửi tiếp để gửi lại.")) if part)
    if seen.standing is Standing.OFFLINE and acts.answer in _NOT_BY_ITSELF:
        return " ".join(part for part in (answer_words(acts.answer), waiting and waiting + ".") if part)
    if seen.standing is Standing.OFFLINE:
        sent_later = _("Chương trình tự gửi khi có mạng.")
        return " ".join(part for part in (goes_on, waiting and waiting + ".", sent_later) if part)
    if seen.standing in (Standing.REJECTED, Standing.TROUBLED):
        return answer_words(acts.answer)
    if seen.standing is Standing.HELD:
        rest = _("Các việc khác vẫn được gửi.")
        return " ".join(part for part in (_("Xem mục Bị giữ lại."), rest, waiting and waiting + ".") if part)
    last = clock_words(acts.succeeded_at, seen.now)
    return _("Liên lạc với máy chủ lần cuối {at}.").format(at=last) if last else ""


def clock_warning(seen: SyncOverview) -> str:
    """Return that this machine's clock is off, "" when it is right or nobody knows."""
    ahead_s = seen.state.clock_ahead_s
    if ahead_s is None or abs(ahead_s) <= _CLOCK_OFF_S:
        return ""
    return _(ERRORS["sync_clock_off"]).format(minutes=abs(ahead_s) // 60)


def badge_words(badge: SyncBadge, now: datetime) -> tuple[str, str]:
    """Return the words of the top bar and their tone; quiet before there is a server."""
    if badge.standing in (Standing.NOT_ENROLLED, Standing.TRAINING):
        return _("Chưa nối máy chủ") if badge.standing is Standing.NOT_ENROLLED else _("Tập huấn"), ""
    if badge.standing is Standing.REJECTED:
        return _("Máy chủ từ chối máy này"), "bad"
    if badge.held:
        return _("Bị giữ lại: {count}").format(count=badge.held), "bad"
    if not badge.waiting and badge.standing is Standing.OFFLINE:
        return _("Mất mạng · đã gửi hết"), ""
    if not badge.waiting:
        return _("Đã gửi hết"), "ok"
    words = _("Chưa gửi: {count}").format(count=badge.waiting)
    age = age_words(now - badge.oldest_at) if badge.oldest_at is not None else ""
    return (f"{words} · {age}" if age else words), badge.age.value


def lane_words(report: LaneReport, seen: SyncOverview) -> tuple[str, str]:
    """Return how a lane does and the tone of that."""
    if seen.standing in (Standing.NOT_ENROLLED, Standing.TRAINING):
        return _("Chưa dùng"), "muted"
    if report.answer:
        return words_of(report.answer).what, "warn"
    load = _load(report.lane, seen)
    if load:
        return load, ""
    at = clock_words(report.succeeded_at, seen.now)
    return (_("Đã xong lúc {at}").format(at=at), "ok") if at else (_("Chưa có gì"), "muted")


def lane_name(lane: Lane) -> str:
    """Return what a lane carries."""
    return {Lane.ACTS: _("Việc"), Lane.PACKS: _("Dữ liệu thủ tục"), Lane.SCANS: _("Bản quét")}[lane]


def next_try_words(seconds: float | None, standing: Standing, *, trying: bool = False) -> str:
    """Return "Thử lại sau 1:05", "Đang gửi nhận…" while it tries, "" when nothing is planned."""
    if trying:
        return _("Đang gửi nhận…")
    if seconds is None:
        return ""
    whole = max(round(seconds), 0)
    again = standing in (Standing.OFFLINE, Standing.TROUBLED, Standing.REJECTED)
    words = _("Thử lại sau {left}") if again else _("Lần gửi tới sau {left}")
    return words.format(left=f"{whole // 60}:{whole % 60:02}")


def traffic_words(sums: TrafficSums) -> str:
    """Return what the line carried today and this month."""
    today = _("Hôm nay: gửi {up}, nhận {down}").format(
        up=_travelled(sums.sent_today), down=_travelled(sums.received_today)
    )
    month = _("tháng này: gửi {up}, nhận {down}").format(
        up=_travelled(sums.sent_month), down=_travelled(sums.received_month)
    )
    return f"{today} · {month}"


def item_state(item: SyncItem) -> tuple[str, str]:
    """Return the chip of an item."""
    if item.incoming:
        return _("Chưa nhận được"), "bad"
    return {
        ItemState.WAITING: (_("Chờ gửi"), "neutral" if not item.attempts else "warn"),
        ItemState.SENDING: (_("Đang gửi"), "info"),
        ItemState.ACKED: (_("Đã nhận"), "ok"),
        ItemState.QUARANTINED: (_("Bị giữ lại"), "bad"),
        ItemState.WITHHELD: (_("Giữ ở máy này"), "bad"),
    }[item.state]


def item_cause(item: SyncItem) -> str:
    """Return why an item is where it is, in a sentence or two."""
    if item.state is ItemState.ACKED:
        return _("Máy chủ đã nhận và cấp số thứ tự {number}.").format(number=item.office_seq or "…")
    if item.last_answer:
        return answer_words(item.last_answer)
    if item.state is ItemState.SENDING:
        return _("Đang trên đường, chờ máy chủ xác nhận. Nếu đứt mạng, chương trình tự gửi lại.")
    if item.state in (ItemState.QUARANTINED, ItemState.WITHHELD):
        return _("Việc trước của cùng hồ sơ bị giữ lại nên việc này cũng chờ.")
    return _("Sẽ được gửi khi đến lượt, không cần làm gì.")


def correct_words(item: SyncItem) -> str:
    """Return what correcting a held item does, or why it cannot be corrected; "" for any other."""
    if item.incoming or item.state not in (ItemState.QUARANTINED, ItemState.WITHHELD):
        return ""
    if ItemAct.CORRECT in item.acts:
        return _("Sửa và lưu: bản sửa được gửi như một việc mới; việc này vẫn được giữ nguyên ở máy.")
    if not item.dossier_code:
        return _("Việc này không thuộc hồ sơ nào nên không sửa được; hãy gửi cho bộ phận hỗ trợ.")
    return _(
        "Loại việc này không sửa được; hãy bấm Gửi việc này ngay, nếu vẫn bị giữ thì gửi cho bộ phận hỗ trợ."
    )


def list_name(which: ItemList) -> str:
    """Return the name of a list."""
    return {
        ItemList.UNSENT: _("Chưa gửi"),
        ItemList.HELD: _("Bị giữ lại"),
        ItemList.SENT_TODAY: _("Đã gửi hôm nay"),
    }[which]


def nothing_words(which: ItemList) -> tuple[str, str]:
    """Return what an empty list says."""
    return {
        ItemList.UNSENT: (_("Không còn gì chờ gửi"), _("Mọi việc của quầy đã lên máy chủ.")),
        ItemList.HELD: (_("Không có việc nào bị giữ lại"), ""),
        ItemList.SENT_TODAY: (_("Hôm nay chưa gửi việc nào"), ""),
    }[which]


def answer_words(code: str) -> str:
    """Return what an answer of the server, or of the line, means; "" for none."""
    return text_of_answer(code)


def age_words(age: timedelta) -> str:
    """Return "3 phút", "2 giờ", "4 ngày"; "" for less than a minute."""
    minutes = max(int(age.total_seconds() // 60), 0)
    if minutes < 1:
        return ""
    if minutes < 60:
        return _("{n} phút").format(n=minutes)
    if minutes < 24 * 60:
        return _("{n} giờ").format(n=minutes // 60)
    return _("{n} ngày").format(n=minutes // (24 * 60))


def clock_words(at: datetime | None, now: datetime) -> str:
    """Return "09:12" for a moment of today, the whole moment for any other; "" for none."""
    if at is None:
        return ""
    there = office_moment(at)
    return f"{there:%H:%M}" if there.date() == office_moment(now).date() else moment(there)


def _travelled(size: int) -> str:
    """Return a size; little is booked late and is told as little, never as an exact figure."""
    return size_words(size) if size >= _TOLD_FROM else _("dưới 0,1 MB")


def _held_count(seen: SyncOverview) -> int:
    return seen.state.quarantined + seen.state.parked


def _waiting_words(seen: SyncOverview) -> str:
    state = seen.state
    if not state.waiting:
        return ""
    words = _("Chưa gửi: {count} việc").format(count=state.waiting)
    age = age_words(seen.now - state.oldest_at) if state.oldest_at is not None else ""
    return _("{words}, lâu nhất {age}").format(words=words, age=age) if age else words


def _load(lane: Lane, seen: SyncOverview) -> str:
    state = seen.state
    if lane is Lane.ACTS and state.waiting:
        return _("{count} việc chờ gửi").format(count=state.waiting)
    if lane is Lane.SCANS and state.scans_waiting:
        left = size_words(state.scan_bytes_waiting)
        return _("{count} bản quét chờ gửi, còn {left}").format(count=state.scans_waiting, left=left)
    coming = [each for each in seen.packs if not each.ready]
    if lane is Lane.PACKS and coming:
        return _("Đang tải gói dữ liệu {version}").format(version=coming[0].version)
    return ""
