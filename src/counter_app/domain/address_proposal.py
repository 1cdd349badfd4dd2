"""Proposes today's commune and province for an address as an older card, or a person, writes it.

Cards issued before 1/7/2025 name wards and districts that no longer exist. The clerk confirms what is
proposed here; the words of the card are kept beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.domain.address_parts import AddressParts, address_parts
from counter_app.domain.admin_units import AdminUnits, Commune, Province
from counter_app.domain.former_units import Find

_LONGEST = 500  # letters; longer than any address of a card


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressProposal:
    """Today's units of an older address.

    ``detail`` is what stood before the ward, word for word. ``commune`` is set only when ``certain``:
    the ward went whole into that commune, or the address already names it. Else the clerk chooses
    among ``candidates``; they all lie in ``province``, or in several when that is None.
    """

    detail: str
    province: Province | None
    commune: Commune | None
    certain: bool
    candidates: tuple[Commune, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Communes an address may mean, and the piece of it that names the ward."""

    communes: tuple[Commune, ...]
    ward_at: int
    certain: bool


def propose(units: AdminUnits, text: str, on: date) -> AddressProposal | None:
    """Return today's units for an address of three levels, or of two already; None when unknown.

    ``certain`` needs the province, the district and the ward named, and a ward that went undivided
    into one commune.
    """
    for parts in address_parts(text[:_LONGEST]):
        for reading in _readings_of(units, parts, on):
            if reading.communes:
                return _proposal(units, parts, reading, on)
    return None


def _readings_of(units: AdminUnits, parts: AddressParts, on: date) -> Iterator[_Reading]:
    pieces, last = parts.pieces, len(parts) - 1
    former = units.former
    old_province = former.province_named(pieces[-1])
    if old_province and last >= 2:
        yield _went(units, former.in_district(old_province, pieces[-2], pieces[-3]), last - 2, on)
    if old_province:
        yield _went(units, former.islands(old_province, pieces[-2]), last - 1, on)
    yield _as_it_is(units, pieces, on)
    if old_province:
        yield _doubtful(_went(units, former.in_province(old_province, pieces[-2]), last - 1, on))
    elif units.province_named(pieces[-1], on) is None:
        yield _doubtful(_went(units, former.in_country(pieces[-1], pieces[-2]), last - 1, on))


def _as_it_is(units: AdminUnits, pieces: Sequence[str], on: date) -> _Reading:
    """Read an address that already names two levels."""
    province = units.province_named(pieces[-1], on)
    if province is None:
        return _Reading((), 0, certain=False)
    communes = tuple(units.communes_named(pieces[-2], on, province.code))
    return _Reading(communes, len(pieces) - 2, certain=len(communes) == 1)


def _went(units: AdminUnits, found: Find, ward_at: int, on: date) -> _Reading:
    codes = dict.fromkeys(code for unit in found.units for code in unit.communes)
    communes = tuple(filter(None, (units.commune(code, on) for code in codes)))
    whole = found.exact and all(unit.whole for unit in found.units)
    return _Reading(communes, ward_at, certain=whole and len(communes) == 1)


def _doubtful(reading: _Reading) -> _Reading:
    return _Reading(reading.communes, reading.ward_at, certain=False)


def _proposal(units: AdminUnits, parts: AddressParts, reading: _Reading, on: date) -> AddressProposal:
    provinces = {commune.province_code for commune in reading.communes}
    return AddressProposal(
        detail=parts.before[reading.ward_at],
        province=units.province(provinces.pop(), on) if len(provinces) == 1 else None,
        commune=reading.communes[0] if reading.certain else None,
        certain=reading.certain,
        candidates=reading.communes,
    )
