"""The office and counter a dossier is received at, as configured by its administrator."""

from dataclasses import dataclass


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

    @property
    def date_place(self) -> str:
        """The place name that starts the date line of a paper."""
        bare = self.commune_name
        for kind in ("xã ", "phường ", "đặc khu "):
            bare = bare.removeprefix(kind)
        return self.place or bare or self.province


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """One desk (quầy) of the office; `number` 1-9 owns a block of dossier numbers."""

    number: int
    device_id: str
    training: bool = False
