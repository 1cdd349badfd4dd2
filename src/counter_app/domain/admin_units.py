"""The administrative units of two levels since 1/7/2025: provinces and communes with their dates.

The two levels: Nghị quyết 202/2025/QH15 and the resolutions of the Standing Committee on each province
(recalled, not re-read). Which units there are is data: resources/admin-units, with its own provenance.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from counter_app.domain.unit_names import closest, readings, unit_key
from counter_app.domain.vietnamese_text import fold

if TYPE_CHECKING:
    from counter_app.domain.address_proposal import AddressProposal
    from counter_app.domain.commune_search import CommuneSearch
    from counter_app.domain.former_units import FormerUnits


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A province or city under the central government. ``kind`` is tỉnh or thành phố."""

    code: str
    name: str
    kind: str
    valid_from: date
    valid_to: date | None = None

    @property
    def full_name(self) -> str:
        """The name as it stands within a sentence: "tỉnh Phú Thọ", "Thành phố Hồ Chí Minh"."""
        # "Thành phố" belongs to this one name: Nghị định 30/2020/NĐ-CP, Phụ lục II (recalled).
        kind = self.kind.capitalize() if self.name == "Hồ Chí Minh" else self.kind
        return f"{kind} {self.name}"

    def in_force(self, on: date) -> bool:
        """Tell whether the unit bore this name and kind on day `on`."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """A unit of the lower level. ``kind`` is xã, phường or đặc khu."""

    code: str
    name: str
    kind: str
    province_code: str
    valid_from: date
    valid_to: date | None = None

    @property
    def full_name(self) -> str:
        """The name as it stands within a sentence: "xã Trung Minh"; "Phường 1" keeps its capital."""
        # A number alone is no name: Nghị định 30/2020/NĐ-CP, Phụ lục II (recalled).
        return f"{self.kind.capitalize() if self.name.isdigit() else self.kind} {self.name}"

    def in_force(self, on: date) -> bool:
        """Tell whether the unit bore this name and kind on day `on`."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class AdminUnits:
    """Every unit with its dates; former units are read only when an older address is.

    Args:
        provinces: All versions of all provinces.
        communes: All versions of all communes.
        former: Called once, when `propose` first needs the units of before 1/7/2025.
    """

    def __init__(
        self,
        *,
        provinces: Iterable[Province] = (),
        communes: Iterable[Commune] = (),
        former: "Callable[[], FormerUnits] | None" = None,
    ) -> None:
        self._provinces = tuple(provinces)
        self._by_code: dict[str, list[Commune]] = {}
        self._by_province: dict[str, list[Commune]] = {}
        for commune in communes:
            self._by_code.setdefault(commune.code, []).append(commune)
            self._by_province.setdefault(commune.province_code, []).append(commune)
        self._read_former = former
        self._former: FormerUnits | None = None
        self._searches: dict[date, CommuneSearch] = {}

    def provinces(self, on: date) -> Sequence[Province]:
        """Return the provinces of a day, by name."""
        in_force = (province for province in self._provinces if province.in_force(on))
        return tuple(sorted(in_force, key=lambda province: fold(province.name)))

    def communes(self, on: date, province_code: str = "") -> Sequence[Commune]:
        """Return the communes of a day, of one province or of all, by name."""
        return tuple(sorted(self._in_force(on, province_code), key=lambda commune: fold(commune.name)))

    def commune(self, code: str, on: date) -> Commune | None:
        """Return the commune of that code as it was on a day."""
        return next((each for each in self._by_code.get(code, ()) if each.in_force(on)), None)

    def province(self, code: str, on: date) -> Province | None:
        """Return the province of that code as it was on a day."""
        return next((each for each in self._provinces if each.code == code and each.in_force(on)), None)

    def province_named(self, text: str, on: date) -> Province | None:
        """Return the province written as `text`, with or without its kind, or None."""
        keys = {key for _kind, key in readings(text)}
        return next((each for each in self.provinces(on) if unit_key(each.name) in keys), None)

    def communes_named(self, text: str, on: date, province_code: str = "") -> Sequence[Commune]:
        """Return the communes written as `text`, of one province or of all.

        A kind or a mark in the text decides among namesakes.
        """
        written = readings(text)
        same_name = closest(
            text,
            [
                (commune, commune.name, kind)
                for commune in self._in_force(on, province_code)
                for kind, key in written
                if unit_key(commune.name) == key
            ],
        )
        same_kind = [commune for commune, kind in same_name if kind == commune.kind]
        return tuple(same_kind or (commune for commune, _kind in same_name))

    def _in_force(self, on: date, province_code: str) -> Iterator[Commune]:
        of_province = self._by_province.get(province_code, ())
        every = of_province if province_code else chain.from_iterable(self._by_province.values())
        return (commune for commune in every if commune.in_force(on))

    def find_communes(
        self, text: str, on: date, province_code: str = "", limit: int = 12, *, home: str = ""
    ) -> Sequence[Commune]:
        """Return the communes that fit what is typed, best first.

        Understands words without marks, beginnings of words, initials ("ttr" for Trung Trực), a kind
        before the name and a province behind it ("trung minh phú thọ").

        Args:
            text: What was typed.
            on: The day asked about.
            province_code: Communes of this province come before equal ones elsewhere.
            limit: How many to return at most.
            home: The code of the office's own commune, which comes first of all.
        """
        from counter_app.domain.commune_search import CommuneSearch  # only where addresses are typed

        search = self._searches.get(on)
        if search is None:
            search = CommuneSearch(self.communes(on), self.provinces(on))
            self._searches = {on: search}
        return search.find(text, province_code=province_code, home=home, limit=limit)

    def propose(self, legacy_address: str, on: date) -> "AddressProposal | None":
        """Return today's units of an address as an older card or a person writes it.

        None when nothing in it is known: nothing is ever invented.
        """
        from counter_app.domain.address_proposal import propose  # only when an older card is read

        return propose(self, legacy_address, on)

    @property
    def former(self) -> "FormerUnits":
        """The units of before 1/7/2025."""
        if self._former is None:
            from counter_app.domain.former_units import FormerUnits

            self._former = self._read_former() if self._read_former else FormerUnits()
        return self._former
