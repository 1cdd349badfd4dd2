"""The office and counter a dossier is received at, as configured by its administrator."""

import re
from dataclasses import dataclass

from counter_app.domain.vietnamese_text import clean

_COMMUNE_KIND = re.compile(r"(xã|phường|đặc khu)\s+(?=\S)", re.IGNORECASE)
_PROVINCE_KIND = re.compile(r"(tỉnh|thành phố|t\.?p\.?)\s*(?=\S)", re.IGNORECASE)
# The six cities under the central government since 1/7/2025 (Nghị quyết 202/2025/QH15, recalled).
_CITIES = frozenset({"hà nội", "hải phòng", "huế", "đà nẵng", "hồ chí minh", "cần thơ"})
# Đồng Nai since 30/4/2026, Quảng Ninh since 1/9/2026, Bắc Ninh since 20/9/2026: second-hand, see
# resources/admin-units/changes.csv. A kind that was written stands: papers of before say tỉnh.
_LATER_CITIES = frozenset({"đồng nai", "quảng ninh", "bắc ninh"})
# "Thành phố" belongs to this name: Nghị định 30/2020/NĐ-CP, Phụ lục II (recalled, not re-read).
_WITH_CAPITAL = "hồ chí minh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Identity printed on papers. ``unit_code`` (H29.12) is configured, never computed."""

    unit_code: str
    name: str  # TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ …
    province: str
    commune_name: str = ""  # xã Trung Minh
    parent_name: str = ""  # ỦY BAN NHÂN DÂN XÃ …
    address: str = ""
    phone: str = ""
    place: str = ""  # địa danh of the date line; the commune's bare name when empty
    lookup_url: str = ""  # where the public looks dossiers up, as the central server says; "" without one

    @property
    def date_place(self) -> str:
        """The place name that starts the date line of a paper."""
        bare = _COMMUNE_KIND.sub("", clean(self.commune_name), count=1)
        return self.place or bare or _kind_and_name(clean(self.province))[1]

    @property
    def names_its_kind(self) -> bool:
        """Whether the commune is written with xã, phường or đặc khu: papers need the word."""
        return _COMMUNE_KIND.match(clean(self.commune_name)) is not None

    @property
    def commune_in_text(self) -> str:
        """The commune as it stands within a sentence: "xã Trung Minh"; "" when not configured."""
        return _COMMUNE_KIND.sub(lambda kind: kind[0].lower(), clean(self.commune_name), count=1)

    @property
    def province_in_text(self) -> str:
        """The province as it stands within a sentence: "tỉnh Phú Thọ", "thành phố Huế".

        Administrators enter it with or without its kind, so a bare name gets the one it has.
        """
        kind, name = _kind_and_name(clean(self.province))
        if name.lower() == _WITH_CAPITAL:
            return f"Thành phố {name}"
        if name.lower() in _CITIES or (not kind and name.lower() in _LATER_CITIES):
            kind = "thành phố"
        return f"{kind or 'tỉnh'} {name}" if name else ""

    @property
    def committee(self) -> str:
        """The People's Committee that papers are addressed to.

        Without a commune the name of the office above, or else of the office itself: an addressee is
        never a row of dots.
        """
        commune = self.commune_in_text
        return f"Ủy ban nhân dân {commune}" if commune else clean(self.parent_name or self.name)


def _kind_and_name(province: str) -> tuple[str, str]:
    """Return the kind as typed ("" when there is none) and the name without it."""
    match = _PROVINCE_KIND.match(province)
    if match is None:
        return "", province
    return "tỉnh" if match[1].lower() == "tỉnh" else "thành phố", province[match.end() :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """One desk (quầy) of the office; `number` 1-9 owns a block of dossier numbers."""

    number: int
    device_id: str
    training: bool = False
