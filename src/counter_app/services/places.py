"""Communes and addresses as a desk asks for them: today's units, its own ones first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.errors import KnownError

if TYPE_CHECKING:
    from counter_app.domain.address_proposal import AddressProposal
    from counter_app.domain.admin_units import AdminUnits, Commune
    from counter_app.services.desk import Desk

_REMEMBERED = 200  # proposals; a day at one desk meets fewer cards


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A commune as an answer holds it: "xã Trung Minh", "tỉnh Phú Thọ"."""

    commune: str
    province: str

    @property
    def line(self) -> str:
        """The place on one line: "Xã Trung Minh, tỉnh Phú Thọ"."""
        return f"{self.commune[:1].upper()}{self.commune[1:]}, {self.province}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddress:
    """What an older address is today; ``places`` has one place when ``certain``, else some to choose from."""

    detail: str
    places: tuple[Place, ...]
    certain: bool

    def with_place(self, place: Place) -> str:
        """Return the address as one text."""
        return ", ".join(part for part in (self.detail, place.commune, place.province) if part)


class Places:
    """Reads the units when first asked; a desk without them finds nothing and lets the clerk type."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._proposed: dict[tuple[str, date], NewAddress | None] = {}

    def find(self, text: str, limit: int = 12) -> Sequence[Place]:
        """Return the communes that fit what is typed, the office's own first."""
        units, on = self._units(), self._today()
        if units is None:
            return ()
        home = self._home(units, on)
        found = units.find_communes(
            text,
            on,
            home.province_code if home else self._own_province(units, on),
            limit,
            home=home.code if home else "",
        )
        return self._places(units, found, on)

    def named(self, commune: str, province: str) -> Sequence[Place]:
        """Return the communes written exactly so; more than one when the name needs its province."""
        units, on = self._units(), self._today()
        if units is None or not commune:
            return ()
        of = units.province_named(province, on) if province else None
        if province and of is None:
            return ()
        return self._places(units, units.communes_named(commune, on, of.code if of else ""), on)

    def renewed(self, address: str) -> NewAddress | None:
        """Return what an address of an older card is today, None when it says nothing known."""
        key = (address, self._today())
        if key not in self._proposed:
            if len(self._proposed) >= _REMEMBERED:
                self._proposed.clear()
            self._proposed[key] = self._renewed(*key)
        return self._proposed[key]

    def warm_up(self) -> None:
        """Read and index what the first card and the first typed letter need."""
        self.find("a")
        self.renewed("a, b, c")

    def _renewed(self, address: str, on: date) -> NewAddress | None:
        try:
            units = self._units()
            found = units.propose(address, on) if units is not None else None
        except KnownError:  # the former units cannot be read; `procedures check` tells the administrator
            return None
        return self._new_address(units, found, on) if units is not None and found is not None else None

    def _new_address(self, units: "AdminUnits", found: "AddressProposal", on: date) -> NewAddress:
        return NewAddress(
            detail=found.detail, places=self._places(units, found.candidates, on), certain=found.certain
        )

    def _units(self) -> "AdminUnits | None":
        try:
            return self._desk.catalogue.admin_units()
        except KnownError:
            return None

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def _home(self, units: "AdminUnits", on: date) -> "Commune | None":
        try:
            office = self._desk.settings.office
        except KnownError:  # the first run has no office yet
            return None
        province = units.province_named(office.province, on)
        if province is None or not office.commune_name:
            return None
        own = units.communes_named(office.commune_name, on, province.code)
        return own[0] if len(own) == 1 else None

    def _own_province(self, units: "AdminUnits", on: date) -> str:
        try:
            province = units.province_named(self._desk.settings.office.province, on)
        except KnownError:
            return ""
        return province.code if province else ""

    def _places(self, units: "AdminUnits", communes: "Sequence[Commune]", on: date) -> tuple[Place, ...]:
        provinces = {province.code: province.full_name for province in units.provinces(on)}
        return tuple(
            Place(commune=each.full_name, province=provinces.get(each.province_code, "")) for each in communes
        )
