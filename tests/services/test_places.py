"""Communes and older addresses as a desk asks for them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk

from counter_app.domain.errors import BadInput
from counter_app.services.desk import Desk
from counter_app.services.places import Place, Places

HOA_BINH = Place(commune="phường Hòa Bình", province="tỉnh Phú Thọ")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


def test_the_offices_own_province_and_commune_come_first(desk: Desk) -> None:
    assert all(place.province == "tỉnh Phú Thọ" for place in Places(desk).find("tân")[:2])
    own = replace(desk.settings.office, commune_name="xã Thịnh Minh", province="Phú Thọ")
    desk.save_settings(replace(desk.settings, office=own))
    assert Places(desk).find("minh")[0].line == "Xã Thịnh Minh, tỉnh Phú Thọ"


def test_a_name_is_known_with_or_without_its_kind_and_its_province(desk: Desk) -> None:
    places = Places(desk)
    assert places.named("phường Hòa Bình", "Phú Thọ") == (HOA_BINH,)
    assert places.named("Hoà Bình", "tỉnh Phú Thọ") == (HOA_BINH,)
    assert len(places.named("An Phú", "")) > 1
    assert places.named("xã Không Có", "") == ()
    assert places.named("Praha", "Cộng hòa Séc") == ()


def test_an_older_address_is_renewed_for_the_clerk_to_confirm(desk: Desk) -> None:
    places = Places(desk)
    new = places.renewed("Tổ 5, Phường Phương Lâm, TP Hòa Bình, Hòa Bình")
    assert new is not None
    assert (new.certain, new.places) == (True, (HOA_BINH,))
    assert new.with_place(new.places[0]) == "Tổ 5, phường Hòa Bình, tỉnh Phú Thọ"
    assert places.renewed("Xóm Bưởi") is None


class _NoUnits:
    def admin_units(self) -> object:
        raise BadInput("bad_data_file", file="communes.csv")


def test_a_desk_without_units_finds_nothing_and_goes_on(desk: Desk) -> None:
    desk.catalogue = _NoUnits()  # type: ignore[assignment]
    places = Places(desk)
    assert places.find("tân") == ()
    assert places.named("phường Hòa Bình", "") == ()
    assert places.renewed("Tổ 5, Phường Phương Lâm, TP Hòa Bình, Hòa Bình") is None


def test_a_commune_without_its_kind_is_refused_in_the_settings(desk: Desk) -> None:
    bare = replace(desk.settings.office, commune_name="Trung Minh")
    with pytest.raises(BadInput, match="commune_kind_missing"):
        desk.save_settings(replace(desk.settings, office=bare))
