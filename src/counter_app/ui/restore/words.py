"""What the guided restore tells of a backup and of what became of it."""

from typing import TYPE_CHECKING

from counter_app.i18n import _, later
from counter_app.services.backup.restore import Restored
from counter_app.services.backup.salvage import Salvaged

if TYPE_CHECKING:
    from counter_app.services.backup.backup_port import BackupManifest, SalvageReport

_MOST_NAMED = 12
_OTHER = later("phần phụ của chương trình")
_PARTS = {
    "account": later("tài khoản"),
    "attachment": later("giấy tờ quét"),
    "audit": later("nhật ký"),
    "authorisation": later("giấy ủy quyền"),
    "day": later("biên bản đóng ngày"),
    "dossier": later("hồ sơ"),
    "draft": later("bản nháp"),
    "history": later("lịch sử hồ sơ"),
    "intake": later("phiếu yêu cầu bổ sung, từ chối"),
    "office": later("mức thu, thời hạn, giờ làm việc"),
    "outbox": later("việc chờ gửi máy chủ"),
    "person": later("công dân"),
    "print": later("lần in giấy tờ"),
    "rating": later("đánh giá"),
    "receipt": later("phiếu thu"),
    "setting": later("cài đặt"),
    "ticket": later("hàng chờ"),
    "transfer": later("danh sách giao nhận"),
}


def content_words(manifest: "BackupManifest") -> str:
    """Return whose backup it is, until when it knows everything, and how much."""
    content = manifest.content
    lines = [
        _("{office}, quầy {counter}").format(office=content.office, counter=content.counter),
        _("Có đủ dữ liệu đến {at}").format(at=f"{manifest.created:%H:%M %d/%m/%Y}"),
        _("{dossiers} hồ sơ, {people} công dân, {drafts} bản nháp, {scans} tệp quét").format(
            dossiers=content.dossiers, people=content.people, drafts=content.drafts, scans=content.scans
        ),
    ]
    if content.training:
        lines.append(_("Đây là dữ liệu tập huấn."))
    return "\n".join(lines)


def done_words(done: Restored) -> str:
    """Return what a restore came to."""
    lines = [_("Đã khôi phục {dossiers} hồ sơ.").format(dossiers=done.manifest.content.dossiers)]
    if done.scans_missing:
        lines.append(
            _("{count} tệp quét không có trong bản sao lưu; hãy quét lại khi cần.").format(
                count=done.scans_missing
            )
        )
    return "\n".join((*lines, *_after(done.set_aside)))


def report_words(report: "SalvageReport") -> str:
    """Return what was saved, and by name what was not."""
    lines = [_("Đọc được {dossiers} hồ sơ nguyên vẹn.").format(dossiers=report.dossiers)]
    if report.filled_from:
        lines.append(_("Chỗ hỏng được bù từ bản sao lưu {file}.").format(file=report.filled_from))
    lost = list(report.lost_dossiers)
    if lost:
        shown = ", ".join(lost[:_MOST_NAMED]) + (" …" if len(lost) > _MOST_NAMED else "")
        lines.append(_("Không cứu được {count} hồ sơ: {codes}").format(count=len(lost), codes=shown))
    left = dict.fromkeys(part_words(each.table) for each in report.tables if each.gaps > 0)
    if left:
        lines.append(_("Các phần có chỗ không đọc được: {parts}").format(parts=", ".join(left)))
    return "\n".join(lines)


def part_words(table: str) -> str:
    """Return what clerks call the part of the data that a table of the database holds."""
    return _(_PARTS.get(table.split("_")[0], _OTHER))


def saved_words(done: Salvaged) -> str:
    """Return what going on with saved data came to."""
    return "\n".join((report_words(done.report), *_after(done.set_aside)))


def _after(set_aside: str) -> tuple[str, ...]:
    numbers = _(
        "Hôm nay quầy cấp số sáu chữ số bắt đầu bằng 9 để không trùng số đã cấp; mai trở lại bình thường."
    )
    if not set_aside:
        return (numbers,)
    aside = _("Dữ liệu trước đó được để riêng ở thư mục {folder}, không bị xóa.").format(folder=set_aside)
    return numbers, aside
