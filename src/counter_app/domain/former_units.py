"""The wards, districts and provinces of before 1/7/2025, found by how an older card writes them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from counter_app.domain.unit_names import COMMUNE_KINDS, closest, readings, split_kind, unit_key
from counter_app.domain.vietnamese_text import fold

# Short forms every Vietnamese reader knows.
_SHORT_PROVINCES: Mapping[str, str] = {
    "hn": "hanoi", "hcm": "hochiminh", "tphcm": "hochiminh", "brvt": "bariavungtau", "tth": "hue",
    "thuathienhue": "hue",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerUnit:
    """A ward that ended on 30/6/2025, and where it went.

    ``kind`` is xã, phường, thị trấn, or huyện for an island district without wards. ``communes`` are
    the codes of today's units, the one the source takes by default first; ``whole`` says that the
    ward went undivided into the only one. ``also`` are still earlier names as kind and key in one
    word ("xayenson").
    """

    code: str
    kind: str
    name: str
    district: str
    province: str
    whole: bool
    communes: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDistrict:
    """A district with the names its parts had before they were joined to it ("quan9")."""

    province: str
    district: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Find:
    """Former units a text may mean; ``exact`` when it names them as they were on 30/6/2025."""

    units: tuple[FormerUnit, ...]
    exact: bool


_WARD_KINDS = frozenset({*COMMUNE_KINDS, "thị trấn"})  # "xã Thanh Sơn" is not the district of that name
_NOTHING = Find((), exact=False)


class FormerUnits:
    """Looks former units up by the words of an address; a province is indexed when first asked for."""

    def __init__(
        self, units: Iterable[FormerUnit] = (), earlier_districts: Iterable[EarlierDistrict] = ()
    ) -> None:
        self._units: dict[str, list[FormerUnit]] = defaultdict(list)
        for unit in units:
            self._units[unit.province].append(unit)
        self._provinces = {unit_key(split_kind(name)[1]): name for name in self._units}
        self._earlier: dict[str, list[EarlierDistrict]] = defaultdict(list)
        for each in earlier_districts:
            self._earlier[each.province].append(each)
        self._indexed: dict[str, _Province] = {}

    def all(self) -> Iterable[FormerUnit]:
        """Return every former unit."""
        return (unit for units in self._units.values() for unit in units)

    def province_named(self, text: str) -> str:
        """Return the former province's full name, or ""."""
        for _kind, key in readings(text):
            name = self._provinces.get(_SHORT_PROVINCES.get(key, key))
            if name is not None:
                return name
        return ""

    def in_district(self, province: str, district: str, ward: str) -> Find:
        """Return the wards written `ward` of the district written `district`."""
        return self._of(province).in_district(district, ward)

    def islands(self, province: str, district: str) -> Find:
        """Return the island district written so, which had no wards."""
        return self._of(province).in_district(district, district, islands=True)

    def in_province(self, province: str, ward: str) -> Find:
        """Return the wards written `ward` of any district of a province."""
        return self._of(province).anywhere(ward)

    def in_country(self, district: str, ward: str) -> Find:
        """Return the wards of that district where no province is named."""
        found = [self.in_district(province, district, ward) for province in list(self._units)]
        return Find(tuple(unit for each in found for unit in each.units), exact=False)

    def _of(self, province: str) -> "_Province":
        if province not in self._indexed:
            self._indexed[province] = _Province(
                self._units.get(province, ()), self._earlier.get(province, ())
            )
        return self._indexed[province]


class _Province:
    """The districts and wards of one former province."""

    def __init__(self, units: Sequence[FormerUnit], earlier: Sequence[EarlierDistrict]) -> None:
        self._wards: dict[str, dict[str, list[FormerUnit]]] = defaultdict(lambda: defaultdict(list))
        self._also: dict[str, dict[str, list[FormerUnit]]] = defaultdict(lambda: defaultdict(list))
        for unit in units:
            self._wards[unit.district][unit_key(unit.name)].append(unit)
            for name in unit.also:
                self._also[unit.district][name].append(unit)
        self._districts: dict[str, list[str]] = defaultdict(list)
        for district in self._wards:
            self._districts[unit_key(split_kind(district)[1])].append(district)
        self._earlier: dict[str, list[str]] = defaultdict(list)
        for each in earlier:
            for name in each.also:
                self._earlier[name].append(each.district)

    def in_district(self, district: str, ward: str, *, islands: bool = False) -> Find:
        districts, exact = self._districts_named(district)
        found = _best(
            ward,
            [
                (unit, unit.name, kind)
                for name in districts
                for kind, key in readings(ward)
                for unit in self._wards[name].get(key, ())
                if (unit.kind == "huyện") is islands
            ],
        )
        if found:
            return Find(found, exact=exact)
        return _NOTHING if islands else Find(self._once_named(districts, ward), exact=False)

    def anywhere(self, ward: str) -> Find:
        found = _best(
            ward,
            [
                (unit, unit.name, kind)
                for wards in self._wards.values()
                for kind, key in readings(ward)
                for unit in wards.get(key, ())
                if unit.kind != "huyện"
            ],
        )
        return Find(found, exact=False)

    def _districts_named(self, text: str) -> tuple[list[str], bool]:
        written = [(kind, key) for kind, key in readings(text) if kind not in _WARD_KINDS]
        named = closest(
            text,
            [
                (district, split_kind(district)[1], kind)
                for kind, key in written
                for district in self._districts.get(key, ())
            ],
        )
        same_kind = [district for district, kind in named if kind == split_kind(district)[0]]
        if same_kind:
            return same_kind, True
        earlier = [
            district
            for kind, key in written
            for name, districts in self._earlier.items()
            if (name == _joined(kind, key) if kind else name in _with_any_kind(key))
            for district in districts
        ]
        kindless = {kind for kind, _key in written} == {""}
        known = [district for district, _kind in named]
        return list(dict.fromkeys([*known, *earlier])), kindless and bool(known)

    def _once_named(self, districts: Iterable[str], ward: str) -> tuple[FormerUnit, ...]:
        names = {
            name
            for kind, key in readings(ward)
            for name in ((_joined(kind, key),) if kind else _with_any_kind(key))
        }
        found = [
            unit for district in districts for name in names for unit in self._also[district].get(name, ())
        ]
        return tuple(dict.fromkeys(found))


def _best(text: str, named: Sequence[tuple[FormerUnit, str, str]]) -> tuple[FormerUnit, ...]:
    """Keep the units with the marks and of the kind that are written, where there are such."""
    units = closest(text, named)
    same_kind = [unit for unit, kind in units if kind == unit.kind]
    return tuple(dict.fromkeys(same_kind or [unit for unit, _kind in units]))


def _joined(kind: str, key: str) -> str:
    return fold(kind).replace(" ", "") + key


def _with_any_kind(key: str) -> tuple[str, ...]:
    kinds = ("xa", "phuong", "thitran", "huyen", "quan", "thixa", "thanhpho")
    return tuple(kind + key for kind in kinds)
