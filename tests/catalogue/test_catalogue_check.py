"""What the catalogue says of its own age: expired, expiring, replaced, and when its data was issued."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.catalogue.conftest import FormsFolder
from tests.catalogue.pack_folders import FORM_FILE, UNIT, make_world

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.catalogue.packs.bundled_data import BundledData
from counter_app.catalogue.packs.installed_packs import InstalledPacks
from counter_app.domain.data_pack import PackVersion
from counter_app.domain.errors import BadInput
from counter_app.locations import program_data
from counter_app.services.expiry_json import expiry_to_json

PROCEDURE_FILE = "procedures/thu-tuc/2026-01-01.yaml"


def catalogue_of(folder: FormsFolder, calendars: Path) -> FileCatalogue:
    return FileCatalogue(folder.root, calendars)


@pytest.mark.parametrize(
    ("on", "expired", "expiring"),
    [
        (date(2026, 5, 30), 0, 0),
        (date(2026, 5, 31), 0, 1),
        (date(2026, 6, 30), 0, 1),
        (date(2026, 7, 1), 1, 0),
        (date(2027, 1, 1), 0, 0),  # the procedure that asked for it is out of force too
    ],
)
def test_a_form_a_procedure_in_force_asks_for_is_watched(
    forms_folder: FormsFolder, shipped_calendars: Path, on: date, expired: int, expiring: int
) -> None:
    forms_folder.spoil(FORM_FILE, "valid_from: 2026-01-01", "valid_from: 2026-01-01\nvalid_to: 2026-06-30")
    found = catalogue_of(forms_folder, shipped_calendars).check(on)
    assert (len(found.forms_expired), len(found.forms_expiring)) == (expired, expiring)
    shown = expiry_to_json(catalogue_of(forms_folder, shipped_calendars), on)
    assert (
        shown["forms_expired"]
        == [
            {
                "form_id": "to-khai",
                "version": "v1",
                "title": "TỜ KHAI",
                "valid_from": "2026-01-01",
                "valid_to": "2026-06-30",
            }
        ]
        * expired
    )


def test_days_ahead_can_be_chosen(forms_folder: FormsFolder, shipped_calendars: Path) -> None:
    catalogue = catalogue_of(forms_folder, shipped_calendars)
    on = date(2026, 10, 1)
    assert [len(catalogue.check(on, days).expiring) for days in (90, 91)] == [0, 1]


def test_a_replaced_procedure_is_told_apart(forms_folder: FormsFolder, shipped_calendars: Path) -> None:
    forms_folder.spoil(
        PROCEDURE_FILE, "valid_to: 2026-12-31", "valid_to: 2026-12-31\nsuperseded_by: [thu-tuc-moi]"
    )
    text = (forms_folder.root / PROCEDURE_FILE).read_text(encoding="utf-8")
    new = text.replace("thu-tuc\n", "thu-tuc-moi\n").replace("\nsuperseded_by: [thu-tuc-moi]", "")
    new = new.replace("valid_from: 2026-01-01", "valid_from: 2027-01-01").replace(
        "valid_to: 2026-12-31\n", ""
    )
    forms_folder.put("procedures/thu-tuc-moi/2027-01-01.yaml", new)
    shown = expiry_to_json(catalogue_of(forms_folder, shipped_calendars), date(2027, 1, 5))
    assert shown["problems"] == []
    assert [one["id"] for one in shown["expired"]] == ["thu-tuc"]  # type: ignore[attr-defined]
    assert shown["superseded"] == [{"id": "thu-tuc", "superseded_by": ["thu-tuc-moi"]}]
    assert shown["without_successor"] == []


def test_what_ended_without_successor_is_named_with_its_forms(
    forms_folder: FormsFolder, shipped_calendars: Path
) -> None:
    forms_folder.spoil(FORM_FILE, "valid_from: 2026-01-01", "valid_from: 2026-01-01\nvalid_to: 2026-12-31")
    catalogue = catalogue_of(forms_folder, shipped_calendars)
    before, after = (expiry_to_json(catalogue, on) for on in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (before["without_successor"], before["forms_of_expired"]) == ([], [])
    assert after["without_successor"] == ["thu-tuc"]
    assert [form["form_id"] for form in after["forms_of_expired"]] == ["to-khai"]  # type: ignore[attr-defined]


def test_data_without_a_version_has_no_age(forms_folder: FormsFolder, shipped_calendars: Path) -> None:
    shown = expiry_to_json(catalogue_of(forms_folder, shipped_calendars), date(2027, 1, 5))
    assert shown["packs"] == {"issued_on": None, "days": None, "sections": []}


def test_the_age_is_that_of_the_newest_data(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    assert expiry_to_json(world.catalogue(), date(2026, 12, 2))["packs"]["days"] == 10  # type: ignore[index]
    assert expiry_to_json(world.catalogue(), date(2020, 1, 1))["packs"]["days"] == 0  # type: ignore[index]
    preview = world.store.stage(world.pack("2027.2.1"), UNIT)
    world.store.activate(preview.info, datetime(2027, 2, 5, tzinfo=UTC))
    assert expiry_to_json(world.catalogue(), date(2027, 2, 11))["packs"]["days"] == 10  # type: ignore[index]


def test_the_program_says_the_version_of_its_own_data() -> None:
    bundled = BundledData.of(program_data())
    assert bundled.version is not None
    assert bundled.version >= PackVersion(2026, 11, 1)
    assert bundled.issued_on is not None
    found = InstalledPacks(packs=Path("/nowhere"), bundled=bundled).current()
    assert [(one.section, one.source) for one in found.versions] == [
        ("forms", "bundled"),
        ("calendars", "bundled"),
        ("admin-units", "bundled"),
    ]
    assert not found.problems


@pytest.mark.parametrize(
    "text", ["", "version: 2026.11\nissued_on: 2026-11-22", "version: 2026.11.1", "\xff"]
)
def test_a_program_that_does_not_say_its_version_takes_any_pack(tmp_path: Path, text: str) -> None:
    world = make_world(tmp_path)
    (world.program / "forms" / "bundle.yaml").write_text(text, encoding="latin-1")
    bundled = BundledData.of(world.program)
    assert (bundled.version, bundled.issued_on) == (None, None)


@pytest.mark.parametrize(
    "text", ["2027.0.1", "2027.13.1", "2027.1.0", "27.1.1", "2027.01.1", "2027.1", "2027.1.1 ", ""]
)
def test_a_pack_version_is_year_month_and_number(text: str) -> None:
    with pytest.raises(BadInput):
        PackVersion.parse(text)
    assert str(PackVersion.parse("2027.10.12")) == "2027.10.12"
