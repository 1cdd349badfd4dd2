"""Data packs in the clerk's words; plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.domain.catalogue_changes import CatalogueChanges, ItemChange
from counter_app.domain.data_pack import DataVersion, InstalledPack, PackInfo, PackKind, PackPreview
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.procedure import Procedure
from counter_app.i18n import _, moment
from counter_app.services.change_words import (
    aspect_words,
    commune_words,
    day_words,
    gap_words,
    procedure_details,
    rewritten_words,
    summary,
)
from counter_app.services.local_change_words import local_change_lines

BUNDLED = "bundled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change: what, from when, and the differences, old and new side by side."""

    title: str
    since: str = ""
    details: tuple[str, ...] = ()


def section_name(section: str) -> str:
    """Return what a section of the data is called."""
    names = {
        "forms": _("Thủ tục và tờ khai"),
        "calendars": _("Lịch nghỉ, giờ làm việc"),
        "admin-units": _("Đơn vị hành chính"),
        "overlay": _("Mức thu, thời hạn của địa phương"),
    }
    return names.get(section, section)


def kind_name(info: PackInfo) -> str:
    """Return whom a pack is for."""
    names = {
        PackKind.NATIONAL: _("Dữ liệu chung toàn quốc"),
        PackKind.PROVINCE: _("Dữ liệu của tỉnh {unit}"),
        PackKind.OFFICE: _("Dữ liệu riêng của cơ quan {unit}"),
    }
    return names[info.kind].format(unit=info.unit)


def version_line(version: DataVersion, today: date) -> str:
    """Return "bản 2026.11.1 · phát hành 22/11/2026 (1 ngày trước) · có sẵn trong chương trình"."""
    source = (
        _("có sẵn trong chương trình")
        if version.source == BUNDLED
        else _("từ tệp {name}").format(name=version.source)
    )
    parts = [
        _("bản {version}").format(version=version.pack_version),
        _("phát hành {day} ({age})").format(
            day=f"{version.issued_on:%d/%m/%Y}", age=age_words((today - version.issued_on).days)
        ),
        source,
    ]
    if version.installed_at is not None:
        parts.append(_("cài {moment}").format(moment=moment(version.installed_at)))
    return " · ".join(parts)


def age_words(days: int) -> str:
    """Return "hôm nay", "12 ngày trước"."""
    return _("{n} ngày trước").format(n=days) if days > 0 else _("hôm nay")


def pack_line(pack: InstalledPack) -> str:
    """Return version, issuer, when it was issued and installed."""
    info = pack.info
    parts = [
        _("bản {version}").format(version=info.version),
        info.issuer,
        _("phát hành {day}").format(day=f"{info.issued_on:%d/%m/%Y}"),
        _("cài {moment}").format(moment=moment(pack.installed_at)),
    ]
    return " · ".join(part for part in parts if part)


def info_lines(info: PackInfo) -> list[tuple[str, str]]:
    """Return what a pack says of itself as (label, value)."""
    lines = [
        (_("Gói"), info.title),
        (_("Dùng cho"), kind_name(info)),
        (_("Phiên bản"), str(info.version)),
        (_("Nơi phát hành"), info.issuer),
        (_("Ngày phát hành"), f"{info.issued_on:%d/%m/%Y}"),
        (_("Nội dung"), ", ".join(map(section_name, info.sections))),
        (_("Ghi chú"), info.notes),
        (_("Tệp"), info.file_name),
    ]
    return [(label, value) for label, value in lines if value]


def summary_lines(preview: PackPreview) -> list[str]:
    """Return one line for each kind of change, local values among them."""
    lines = list(rewritten_words(preview.changes, preview.info.issued_on))
    lines += summary(preview.changes) if not preview.changes.empty else []
    values = preview.values
    for ids, words in (
        (values.added, _("{count} mức thu, thời hạn mới")),
        (values.changed, _("{count} mức thu, thời hạn thay đổi")),
        (values.removed, _("{count} mức thu, thời hạn bị bỏ")),
    ):
        if ids:
            lines.append(words.format(count=len(ids)))
    return lines or [_("Không có gì thay đổi")]


def change_lines(preview: PackPreview) -> list[ChangeLine]:
    """Return every change, procedures first, each with its differences."""
    changes = preview.changes
    lines = [*map(_procedure_line, changes.procedures), *map(_form_line, changes.forms)]
    lines += _listed(changes)
    local = local_change_lines(preview.values)
    if local:
        lines.append(ChangeLine(title=_("Mức thu, thời hạn của địa phương"), details=local))
    return lines


def _procedure_line(change: ItemChange[Procedure]) -> ChangeLine:
    procedure = change.after or change.before
    code = procedure.national_code if procedure is not None else ""
    return ChangeLine(
        title=f"{code} {change.name}".strip(),
        since=_since(change),
        details=procedure_details(change) or _whole(change, aspect_words(change.aspects)),
    )


def _form_line(change: ItemChange[FormTemplate]) -> ChangeLine:
    title = _("Tờ khai: {name}").format(name=change.name)
    return ChangeLine(title=title, since=_since(change), details=_whole(change, aspect_words(change.aspects)))


def _since(change: ItemChange[Procedure] | ItemChange[FormTemplate]) -> str:
    if change.after is None:
        return _("thôi dùng từ {day}").format(day=f"{change.from_day:%d/%m/%Y}")
    if change.before is None:
        return _("mới, từ {day}").format(day=f"{change.from_day:%d/%m/%Y}")
    return _("từ {day}").format(day=f"{change.from_day:%d/%m/%Y}")


def _whole(change: ItemChange[Procedure] | ItemChange[FormTemplate], words: str) -> tuple[str, ...]:
    if change.gap:
        return (gap_words(change),)
    both = change.before is not None and change.after is not None
    return (words,) if both and words else ()


def _listed(changes: CatalogueChanges) -> Iterable[ChangeLine]:
    groups: Sequence[tuple[str, list[str]]] = (
        (_("Ngày nghỉ, ngày làm bù"), list(map(day_words, changes.days))),
        (_("Đơn vị hành chính"), list(map(commune_words, changes.communes))),
    )
    return [ChangeLine(title=title, details=tuple(lines)) for title, lines in groups if lines]
