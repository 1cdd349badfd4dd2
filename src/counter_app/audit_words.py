"""The words of the audit log: every act, and what a check found, as heads and administrators read them."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.audit_chain import StoredEntry
from counter_app.domain.errors import BadInput
from counter_app.domain.working_time import office_moment
from counter_app.i18n import _, later, moment
from counter_app.services.audit.findings import AuditFinding, AuditReport, FindingKind

_ACTS: dict[str, str] = {
    "account_changed": later("Sửa tài khoản"),
    "account_closed": later("Đóng tài khoản"),
    "account_locked": later("Tài khoản bị khóa do sai mật khẩu nhiều lần"),
    "account_made": later("Tạo tài khoản"),
    "account_password_reset": later("Cấp mật khẩu dùng một lần"),
    "account_reopened": later("Mở lại tài khoản"),
    "account_unlocked": later("Mở khóa tài khoản"),
    "audit_checked": later("Kiểm tra toàn vẹn nhật ký"),
    "audit_exported": later("Xuất nhật ký ra tệp"),
    "audit_printed": later("In nhật ký"),
    "authorisation_added": later("Ghi giấy ủy quyền"),
    "authorisation_ended": later("Chấm dứt ủy quyền"),
    "backup_copied": later("Chép bản sao lưu sang nơi thứ hai"),
    "backup_expired": later("Xóa bản sao lưu hết hạn giữ"),
    "backup_failed": later("Sao lưu không thành"),
    "backup_made": later("Sao lưu"),
    "backup_settings_changed": later("Đổi cài đặt sao lưu"),
    "carry_exported": later("Xuất tệp bàn giao USB"),
    "carry_imported": later("Nhận tệp bàn giao USB"),
    "clock_confirmed": later("Xác nhận đồng hồ máy đúng"),
    "counter_enrolled": later("Đăng ký quầy với máy chủ"),
    "day_close_failed": later("In biên bản đóng ngày lỗi"),
    "day_close_printed": later("In biên bản đóng ngày"),
    "day_close_saved": later("Lưu biên bản đóng ngày"),
    "day_closed": later("Đóng ngày"),
    "day_reopened": later("Mở lại ngày đã đóng"),
    "dossier_attached": later("Gắn bản quét"),
    "dossier_attachment_removed": later("Bỏ bản quét"),
    "dossier_corrected": later("Sửa tiếp nhận"),
    "dossier_extended": later("Xin lỗi, hẹn lại"),
    "dossier_fee_collected": later("Thu phí, lệ phí"),
    "dossier_fee_voided": later("Hủy phiếu thu"),
    "dossier_given_back": later("Trả bản chính"),
    "dossier_handed_over": later("Chuyển xử lý"),
    "dossier_payment_asked": later("Chờ công dân nộp tiền"),
    "dossier_payment_taken": later("Công dân đã nộp tiền"),
    "dossier_purged": later("Hủy hồ sơ hết thời hạn lưu"),
    "dossier_received": later("Tiếp nhận hồ sơ"),
    "dossier_refused": later("Từ chối hồ sơ"),
    "dossier_result_entered": later("Ghi kết quả giải quyết"),
    "dossier_resumed": later("Nhận bổ sung"),
    "dossier_returned": later("Trả kết quả"),
    "dossier_stopped": later("Dừng giải quyết"),
    "dossier_supplement_requested": later("Yêu cầu bổ sung"),
    "dossier_taken_over": later("Tiếp quản hồ sơ"),
    "dossier_undone": later("Hoàn tác việc vừa làm"),
    "dossier_viewed": later("Xem hồ sơ"),
    "dossier_withdrawn": later("Công dân rút hồ sơ"),
    "draft_deleted": later("Xóa bản nháp"),
    "draft_taken_over": later("Nhận bản nháp của người khác"),
    "family_link_put_back": later("Ghi lại quan hệ gia đình"),
    "family_link_removed": later("Bỏ quan hệ gia đình"),
    "hand_over_list_acknowledged": later("Ký nhận danh sách giao nhận"),
    "hand_over_list_made": later("Lập danh sách giao nhận"),
    "intake_online_guidance": later("Hướng dẫn nộp trực tuyến"),
    "intake_refusal": later("Từ chối trước khi tiếp nhận"),
    "intake_supplement": later("Yêu cầu bổ sung trước khi tiếp nhận"),
    "key_change_cancelled": later("Hủy việc đổi khóa dữ liệu"),
    "key_change_done": later("Đổi khóa dữ liệu xong"),
    "key_changed": later("Đổi khóa dữ liệu"),
    "key_recovered": later("Mở dữ liệu bằng giấy khôi phục hoặc mật khẩu khóa"),
    "list_failed": later("In danh sách lỗi"),
    "list_printed": later("In danh sách"),
    "list_saved": later("Lưu danh sách ra tệp"),
    "notice_settled": later("Xử lý thông báo của máy chủ"),
    "office_value_entered": later("Ghi mức thu, thời hạn, giờ làm của đơn vị"),
    "office_value_taken_back": later("Bỏ mức thu, thời hạn, giờ làm của đơn vị"),
    "pack_installed": later("Cài gói dữ liệu"),
    "pack_rolled_back": later("Gỡ gói dữ liệu"),
    "pack_root_trusted": later("Tin khóa ký gói dữ liệu"),
    "paper_failed": later("In giấy tờ lỗi"),
    "paper_printed": later("In giấy tờ"),
    "paper_ratings_entered": later("Nhập phiếu đánh giá giấy"),
    "paper_saved": later("Lưu giấy tờ ra tệp"),
    "password_changed": later("Đổi mật khẩu"),
    "people_merge_undone": later("Tách hai người đã gộp"),
    "people_merged": later("Gộp hai bản ghi của một người"),
    "person_corrected": later("Sửa thông tin công dân"),
    "person_searched": later("Tìm công dân"),
    "person_viewed": later("Xem thông tin công dân"),
    "personal_data_access_reported": later("Xem báo cáo ai đã xem dữ liệu"),
    "personal_data_answered": later("Trả lời yêu cầu về dữ liệu cá nhân"),
    "personal_data_corrected": later("Sửa dữ liệu theo yêu cầu của công dân"),
    "personal_data_exported": later("Xuất dữ liệu của một người"),
    "personal_data_forgotten": later("Xóa dữ liệu của một người"),
    "personal_data_requested": later("Ghi yêu cầu về dữ liệu cá nhân"),
    "personal_data_searched": later("Tìm dữ liệu cá nhân"),
    "postal_list_acknowledged": later("Ký nhận danh sách bưu chính"),
    "postal_list_made": later("Lập danh sách bưu chính"),
    "promise_changed": later("Đổi ngày hẹn"),
    "promise_kept": later("Giữ ngày hẹn cũ"),
    "queue_settings_changed": later("Đổi cài đặt hàng chờ"),
    "rated": later("Công dân đánh giá"),
    "recovery_sheet_failed": later("In giấy khôi phục lỗi"),
    "recovery_sheet_printed": later("In giấy khôi phục"),
    "recovery_sheet_saved": later("Lưu giấy khôi phục"),
    "report_failed": later("In báo cáo lỗi"),
    "report_printed": later("In báo cáo"),
    "report_saved": later("Lưu báo cáo ra tệp"),
    "restored": later("Khôi phục từ bản sao lưu"),
    "scan_attached": later("Gắn bản quét"),
    "scan_removed": later("Bỏ bản quét"),
    "scan_viewed": later("Xem bản quét"),
    "scans_exported": later("Xuất bản quét ra tệp"),
    "scans_swept": later("Dọn bản quét không còn dùng"),
    "server_address_learned": later("Nhận địa chỉ tra cứu từ máy chủ"),
    "session_locked": later("Khóa màn hình"),
    "session_shift_ended": later("Hết ca làm việc"),
    "session_unlocked": later("Mở khóa màn hình"),
    "settings_changed": later("Đổi cài đặt"),
    "desk_settings_changed": later("Đổi máy in, máy quét, hiển thị"),
    "access_refused": later("Bị từ chối vì không có quyền"),
    "sign_in_failed": later("Đăng nhập sai"),
    "signed_in": later("Đăng nhập"),
    "signed_out": later("Đăng xuất"),
    "support_bundle_made": later("Tạo gói hỗ trợ"),
    "sync_settings_changed": later("Đổi cài đặt đồng bộ"),
    "ticket_absent": later("Ghi số vắng mặt"),
    "ticket_called": later("Gọi số"),
    "ticket_issued": later("Cấp số thứ tự"),
    "ticket_not_printed": later("In phiếu số lỗi"),
    "ticket_printed": later("In phiếu số"),
    "ticket_recalled": later("Gọi lại số"),
    "ticket_served": later("Phục vụ xong một lượt"),
}


@dataclass(frozen=True, slots=True)
class ActGroup:
    """Acts people ask for together; ``acts`` are the beginnings of their names."""

    name: str
    acts: tuple[str, ...]


GROUPS: tuple[ActGroup, ...] = (
    ActGroup(
        later("Đăng nhập, tài khoản"), ("access_", "account_", "password_", "session_", "sign_in_", "signed_")
    ),
    ActGroup(
        later("Xem dữ liệu cá nhân"), ("dossier_viewed", "person_searched", "person_viewed", "scan_viewed")
    ),
    ActGroup(
        later("In, xuất ra ngoài"),
        (
            "audit_exported",
            "carry_exported",
            "day_close_",
            "list_",
            "paper_",
            "personal_data_exported",
            "report_",
            "scans_exported",
            "support_",
        ),
    ),
    ActGroup(later("Việc với hồ sơ"), ("dossier_", "draft_", "hand_over_", "intake_", "postal_", "promise_")),
    ActGroup(later("Thu tiền, đóng ngày"), ("day_", "dossier_fee_")),
    ActGroup(
        later("Công dân, dữ liệu cá nhân"), ("authorisation_", "family_", "people_", "person_", "personal_")
    ),
    ActGroup(
        later("Cài đặt, dữ liệu thủ tục"),
        (
            "clock_",
            "counter_",
            "office_value_",
            "pack_",
            "desk_settings_",
            "queue_settings_",
            "settings_",
            "sync_settings_",
        ),
    ),
    ActGroup(later("Sao lưu, khóa, nhật ký"), ("audit_", "backup_", "key_", "recovery_", "restored")),
)
_FINDINGS: dict[FindingKind, str] = {
    FindingKind.CHANGED: later("{where} không còn đúng như lúc ghi."),
    FindingKind.MISSING: later("{where} đã bị lấy ra khỏi nhật ký."),
    FindingKind.MOVED: later(
        "{where} không nằm ở chỗ đã ghi: có mục bị lấy ra, chèn vào hoặc đổi chỗ trước đó."
    ),
    FindingKind.ADDED: later("{where} không do chương trình ghi."),
    FindingKind.CUT_OFF: later("{where} ở cuối nhật ký đã bị cắt."),
    FindingKind.REWRITTEN: later("{where}: có mục đã bị viết lại, nhật ký không còn khớp với dấu đã để lại."),
    FindingKind.FORGED_PROOF: later("{where}: chữ ký xác nhận lưu ở máy này không phải của máy chủ."),
    FindingKind.DAY_DIFFERS: later("{where}: dấu nhật ký trên biên bản đóng ngày {subjects} không còn khớp."),
    FindingKind.ACTS_UNLOGGED: later("{count} việc đã làm với hồ sơ không có trong nhật ký: {subjects}."),
}


def audit_act_words(act: str) -> str:
    """Return what an act is called; one a newer program wrote is shown as it is."""
    return _(_ACTS[act]) if act in _ACTS else act


def has_words(act: str) -> bool:
    """Tell whether an act has a name; a test asks this of every act of the program."""
    return act in _ACTS


def tip_words(digits: str) -> str:
    """Return "1A2B 3C4D", as sheets show a tip."""
    return f"{digits[:4]} {digits[4:]}".upper()


def finding_words(finding: AuditFinding) -> str:
    """Return what was found and where."""
    return _(_FINDINGS[finding.kind]).format(
        where=_where(finding), count=finding.count, subjects=", ".join(finding.subjects)
    )


def around_words(finding: AuditFinding) -> str:
    """Return who did what right before and after, "" when nothing is there."""
    parts = (
        _("Trước đó: {entry}").format(entry=_entry_words(finding.before)) if finding.before else "",
        _("Sau đó: {entry}").format(entry=_entry_words(finding.after)) if finding.after else "",
    )
    return "\n".join(part for part in parts if part)


def outcome_words(report: AuditReport) -> str:
    """Return the outcome of a check in one sentence."""
    if report.whole:
        return _("Nhật ký nguyên vẹn: {count} mục, không mục nào bị sửa, xóa hay cắt.").format(
            count=report.entries
        )
    return _("Nhật ký KHÔNG còn nguyên vẹn: {count} chỗ cần xem.").format(
        count=len(report.findings) + report.more_findings
    )


def anchored_words(report: AuditReport) -> str:
    """Return how far the log is vouched for by what was told to others."""
    last = report.last_anchor
    if last is None and report.anchored:
        return _("Không dấu nào để lại ở nơi khác (biên bản đóng ngày, máy chủ, bản sao lưu) còn khớp hẳn.")
    if last is None:
        return _("Chưa có dấu nào để lại ở nơi khác (biên bản đóng ngày, máy chủ, bản sao lưu) để đối chiếu.")
    return _("Đã đối chiếu với {count} dấu để lại ở nơi khác, dấu cuối ở mục {seq}.").format(
        count=sum(report.anchored.values()), seq=last.tip.seq
    )


def asked_words(report: AuditReport, asked: str) -> str:
    """Return where the tip on a paper stands in this log."""
    if not report.asked:
        return _("Không mục nào có dấu {tip}: tờ giấy có dấu đó không thuộc nhật ký này.").format(tip=asked)
    return _("Dấu {tip} là của mục {seq}.").format(tip=asked, seq=", ".join(map(str, report.asked)))


def _where(finding: AuditFinding) -> str:
    if finding.first == finding.last:
        return _("Mục {seq}").format(seq=finding.first)
    return _("Mục {first} đến {last}").format(first=finding.first, last=finding.last)


def _entry_words(entry: StoredEntry) -> str:
    return _("mục {seq}, {at}, {clerk}, {act}").format(
        seq=entry.seq, at=_at(entry.at), clerk=entry.clerk or "–", act=audit_act_words(entry.act)
    )


def _at(text: str) -> str:
    """An entry somebody changed may hold anything."""
    try:
        return moment(office_moment(datetime.fromisoformat(text)))
    except (ValueError, BadInput):
        return "?"
