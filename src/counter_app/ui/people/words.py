"""What the screen of citizens says; plain Python."""

from datetime import date

from counter_app.domain.authorisation import Authorisation, Scope
from counter_app.domain.field_values import printed_date
from counter_app.domain.person import Person, Sex, mask_personal_id
from counter_app.domain.same_person import Doubt
from counter_app.i18n import _, moment
from counter_app.services.kinship_port import EarlierValue, StoredPerson
from counter_app.services.people.person_file import Letter

_SHOWN = ("full_name", "birth_date", "sex", "address", "phone", "email", "ethnicity", "issued_on")


def field_words(field: str) -> str:
    """Return what a field of a person is called."""
    return {
        "full_name": _("Họ tên"),
        "personal_id": _("Số định danh"),
        "old_id": _("Số chứng minh cũ"),
        "birth_date": _("Ngày sinh"),
        "sex": _("Giới tính"),
        "address": _("Nơi cư trú"),
        "legacy_address": _("Địa chỉ trên thẻ cũ"),
        "issued_on": _("Ngày cấp thẻ"),
        "phone": _("Điện thoại"),
        "email": _("Thư điện tử"),
        "ethnicity": _("Dân tộc"),
    }.get(field, field)


def value_words(field: str, value: object) -> str:
    """Return a value of a person as it is shown; numbers masked."""
    if value in ("", None):
        return ""
    if field in ("personal_id", "old_id"):
        return mask_personal_id(str(value))
    if field == "sex":
        return {Sex.MALE: _("Nam"), Sex.FEMALE: _("Nữ")}[Sex(str(value))]
    if field in ("birth_date", "issued_on"):
        return printed_date(value.isoformat() if isinstance(value, date) else value) or str(value)
    return str(value)


def facts(person: Person) -> list[tuple[str, str]]:
    """Return what is known of a person, label and value, without the numbers."""
    rows = [(field_words(name), value_words(name, getattr(person, name))) for name in _SHOWN[1:]]
    legacy = (field_words("legacy_address"), person.legacy_address)
    return [(label, value) for label, value in (*rows, legacy) if value]


def line_below(person: Person) -> str:
    """Return birth date and masked number, for lists."""
    parts = (printed_date(person.birth_date), mask_personal_id(person.personal_id))
    return " · ".join(part for part in parts if part)


def source_words(source: str) -> str:
    """Return where a value came from."""
    known = {
        "applicant": _("hồ sơ, là người nộp"),
        "correction": _("cán bộ sửa"),
        "delegate": _("giấy ủy quyền"),
        "card": _("thẻ căn cước"),
    }
    return known.get(source, _("hồ sơ, là người liên quan"))


def record_words(record: StoredPerson) -> str:
    """Return "0001******01 · hồ sơ, là người nộp · 23/11/2026 08:30"."""
    number = mask_personal_id(record.person.personal_id)
    return f"{number} · {source_words(record.source)} · {moment(record.seen_at)}"


def earlier_words(earlier: EarlierValue) -> str:
    """Return when a value was replaced, by what, and why."""
    words = _("thay ngày {moment}, nguồn: {source}").format(
        moment=moment(earlier.replaced_at), source=source_words(earlier.source)
    )
    return f"{words}. {_('Lý do')}: {earlier.reason}" if earlier.reason else words


def doubt_words(doubt: Doubt) -> str:
    """Return what speaks against two records being one person."""
    return {
        Doubt.SEX: _("Giới tính khác nhau."),
        Doubt.BIRTH_YEAR: _("Năm sinh khác nhau."),
        Doubt.NAME: _("Họ tên khác nhau."),
        Doubt.TWO_PERSONAL_IDS: _("Cả hai đều có số định danh 12 số; mỗi người chỉ có một số."),
    }[doubt]


def letter_title(letter: Letter) -> str:
    """Return "Ủy quyền cho Bùi Văn Nhận" or the other way round."""
    name = letter.other.full_name if letter.other else _("(không còn trên máy)")
    return (_("Ủy quyền cho {name}") if letter.gave else _("Được {name} ủy quyền")).format(name=name)


def letter_details(letter: Letter) -> str:
    """Return scope, number, day, who certified and until when."""
    paper = letter.authorisation
    parts = [scope_words(paper.scope, letter.subject)]
    if paper.paper_number:
        parts.append(_("số {number}").format(number=paper.paper_number))
    if paper.signed_on:
        parts.append(_("ký ngày {day}").format(day=f"{paper.signed_on:%d/%m/%Y}"))
    parts.append(
        _("chứng thực: {who}").format(who=paper.certified_by) if paper.certified_by else _("không chứng thực")
    )
    if paper.valid_until:
        parts.append(_("đến hết ngày {day}").format(day=f"{paper.valid_until:%d/%m/%Y}"))
    return " · ".join(parts)


def scope_words(scope: Scope, subject: str = "") -> str:
    """Return what a letter is good for."""
    words = {
        Scope.EVERYTHING: _("Mọi việc tại bộ phận một cửa"),
        Scope.PROCEDURE: _("Thủ tục"),
        Scope.DOSSIER: _("Hồ sơ"),
    }[scope]
    return f"{words} {subject}" if subject else words


def letter_state(letter: Authorisation, today: date) -> tuple[str, str]:
    """Return the chip of a letter: words and kind."""
    if letter.ended_at is not None:
        return _("Đã chấm dứt"), "neutral"
    if letter.valid_on(today):
        return _("Còn hiệu lực"), "ok"
    return _("Hết hiệu lực"), "warn"
