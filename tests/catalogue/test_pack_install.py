"""Packs installed, taken back, overtaken, damaged: always the whole of one state."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.catalogue.pack_folders import FORM_FILE, ON, UNIT, PackWorld, make_world

from counter_app.catalogue.packs.pointer import POINTER
from counter_app.domain.data_pack import PackKind, PackVersion
from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.domain.local_values import fee_amounts

AT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path) -> PackWorld:
    return make_world(tmp_path)


def install(world: PackWorld, pack: Path) -> None:
    world.store.activate(world.store.stage(pack, UNIT).info, AT)


def test_a_pack_replaces_the_section_it_brings_and_says_what_it_changes(world: PackWorld) -> None:
    assert world.title() == "TỜ KHAI"
    preview = world.store.stage(world.pack("2026.12.1"), UNIT)
    assert preview.changes.changed() == ("to-khai",)
    assert preview.info.sections == ("forms",)
    assert world.title() == "TỜ KHAI", "staged is not installed"
    world.store.activate(preview.info, AT)
    catalogue = world.catalogue()
    assert catalogue.form("to-khai", ON).title == "TỜ KHAI MỚI"
    assert catalogue.calendar().covers(ON)
    found = {one.section: (one.source, one.pack_version) for one in catalogue.data_versions()}
    assert found["forms"] == ("national-2026.12.1.qmcpack", "2026.12.1")
    assert found["calendars"] == ("bundled", "2026.11.1")
    (installed,) = world.store.installed()
    assert (installed.active, installed.installed_at) == (True, AT)


def test_the_same_folder_makes_the_same_pack(world: PackWorld) -> None:
    content = world.content("same")
    first = world.maker.make(content, "2026.12.1", name="a.qmcpack").read_bytes()
    assert world.maker.make(content, "2026.12.1", name="b.qmcpack").read_bytes() == first


def test_a_section_a_later_pack_does_not_bring_stays(world: PackWorld) -> None:
    install(world, world.pack("2026.12.1"))
    content = world.folder / "content" / "calendars-only"
    shutil.copytree(world.program / "resources" / "calendars", content / "calendars")
    preview = world.store.stage(world.maker.make(content, "2026.12.2"), UNIT)
    assert preview.info.sections == ("calendars",)
    assert preview.changes.empty
    world.store.activate(preview.info, AT)
    assert world.title() == "TỜ KHAI MỚI"
    assert [one.pack_version for one in world.catalogue().data_versions()] == [
        "2026.12.1",
        "2026.12.2",
        "2026.11.1",
    ]
    assert all(pack.active for pack in world.store.installed())


def test_rolling_back_returns_step_by_step_and_then_refuses(world: PackWorld) -> None:
    install(world, world.pack("2026.12.1", "MỘT"))
    install(world, world.pack("2026.12.2", "HAI"))
    assert world.title() == "HAI"
    now = world.store.roll_back(PackKind.NATIONAL)
    assert now is not None
    assert now.info.version == PackVersion(2026, 12, 1)
    assert world.title() == "MỘT"
    install(world, world.maker.folder / "national-2026.12.2.qmcpack")
    assert world.title() == "HAI"
    world.store.roll_back(PackKind.NATIONAL)
    assert world.store.roll_back(PackKind.NATIONAL) is None
    assert world.title() == "TỜ KHAI"
    with pytest.raises(RuleRefusal) as refused:
        world.store.roll_back(PackKind.NATIONAL)
    assert refused.value.code == "pack_no_rollback"


@pytest.mark.parametrize(
    ("version", "taken"),
    [("2026.11.1", False), ("2026.9.30", False), ("2026.11.2", True), ("2027.1.1", True)],
)
def test_only_a_pack_newer_than_the_bundled_data_is_taken(
    world: PackWorld, version: str, taken: bool
) -> None:
    pack = world.pack(version)
    if taken:
        install(world, pack)
    else:
        with pytest.raises(RuleRefusal) as refused:
            world.store.stage(pack, UNIT)
        assert refused.value.code == "pack_older"
    assert world.title() == ("TỜ KHAI MỚI" if taken else "TỜ KHAI")


def test_versions_are_compared_as_numbers(world: PackWorld) -> None:
    install(world, world.pack("2027.9.2", "CHÍN"))
    install(world, world.pack("2027.10.1", "MƯỜI"))
    assert world.title() == "MƯỜI"
    with pytest.raises(RuleRefusal):
        world.store.stage(world.pack("2027.9.30", "LÙI"), UNIT)


def test_newer_data_that_comes_with_the_program_wins(world: PackWorld) -> None:
    install(world, world.pack("2026.12.1"))
    world.updated_program("2027.1.1")
    assert world.title() == "TỜ KHAI"
    assert {one.source for one in world.catalogue().data_versions()} == {"bundled"}
    (pack,) = world.store.installed()
    assert not pack.active
    with pytest.raises(RuleRefusal):
        world.store.roll_back(PackKind.NATIONAL)


@pytest.mark.parametrize("damage", ["changed", "missing", "extra", "list", "folder", "same size and time"])
def test_a_damaged_pack_is_left_for_the_state_before_and_named(world: PackWorld, damage: str) -> None:
    install(world, world.pack("2026.12.1", "MỘT"))
    install(world, world.pack("2026.12.2", "HAI"))
    assert world.title() == "HAI"
    folder = next(world.packs.glob("national-2026.12.2-*"))
    form = folder / "content" / "forms" / FORM_FILE
    match damage:
        case "changed":
            form.write_text(form.read_text(encoding="utf-8").replace("HAI", "HẠI"), encoding="utf-8")
        case "missing":
            form.unlink()
        case "extra":
            (folder / "content" / "forms" / "lists" / "them.yaml").write_text("x")
        case "list":
            (folder / "targets.json").write_text("{}")
        case "folder":
            shutil.rmtree(folder)
        case _:
            before = form.stat()
            form.write_text(form.read_text(encoding="utf-8").replace("HAI", "HAY"), encoding="utf-8")
            os.utime(form, ns=(before.st_atime_ns, before.st_mtime_ns))
            world.store.cache_file.unlink()  # type: ignore[union-attr]
    catalogue = world.catalogue()
    assert catalogue.form("to-khai", ON).title == "MỘT"
    assert [(one.code, one.params["file"]) for one in catalogue.problems] == [
        ("pack_damaged", "national-2026.12.2.qmcpack")
    ]
    again = world.catalogue()
    assert again.form("to-khai", ON).title == "MỘT", "also from the cache"
    assert again.problems
    newest, before_it = world.store.installed()
    assert (newest.active, before_it.active) == (False, True)
    install(world, world.maker.folder / "national-2026.12.2.qmcpack")
    assert world.title() == "HAI", "the same pack heals it"
    assert not world.catalogue().problems
    assert [str(one.info.version) for one in world.store.installed()] == ["2026.12.2", "2026.12.1"]


def test_a_broken_pointer_leaves_the_bundled_data_and_says_so(world: PackWorld) -> None:
    install(world, world.pack("2026.12.1"))
    (world.packs / POINTER).write_text('{"format": 1, "packs": [{}]}')
    catalogue = world.catalogue()
    assert catalogue.form("to-khai", ON).title == "TỜ KHAI"
    assert [one.code for one in catalogue.problems] == ["pack_damaged"]
    install(world, world.pack("2026.12.2", "HAI"))
    assert world.title() == "HAI"


def test_what_a_killed_installation_left_is_removed_by_the_next(world: PackWorld) -> None:
    install(world, world.pack("2026.12.1", "MỘT"))
    (world.packs / ".part-99").mkdir()
    (world.packs / ".part-99" / "half").write_text("x")
    staged = world.store.stage(world.pack("2026.12.2", "HAI"), UNIT)
    assert not (world.packs / ".part-99").exists()
    # Killed here: the staged pack is whole but does not count, and the same pack can be installed again.
    assert world.title() == "MỘT"
    world.store.activate(world.store.stage(world.maker.folder / "national-2026.12.2.qmcpack", UNIT).info, AT)
    assert staged.info.version == PackVersion(2026, 12, 2)
    assert world.title() == "HAI"
    assert sorted(path.name[:18] for path in world.packs.iterdir() if path.is_dir()) == [
        "national-2026.12.1",
        "national-2026.12.2",
    ]


def test_packs_too_old_to_go_back_to_leave_the_disk_but_never_a_section_in_use(world: PackWorld) -> None:
    content = world.folder / "content" / "calendars-only"
    shutil.copytree(world.program / "resources" / "calendars", content / "calendars")
    install(world, world.pack("2026.12.1"))
    for number in range(2, 8):
        install(world, world.maker.make(content, f"2026.12.{number}"))
    world.store.stage(world.maker.make(content, "2026.12.8"), UNIT)
    assert [str(one.info.version) for one in world.store.installed()] == [
        "2026.12.7",
        "2026.12.6",
        "2026.12.5",
        "2026.12.1",
    ]
    assert len([path for path in world.packs.iterdir() if path.is_dir()]) == 5
    assert world.title() == "TỜ KHAI MỚI"


def test_a_folder_that_cannot_be_written_changes_nothing(world: PackWorld) -> None:
    pack = world.pack("2026.12.1")
    world.packs.parent.mkdir(parents=True, exist_ok=True)
    world.packs.write_text("a file where the folder should be")
    with pytest.raises(EnvironmentProblem) as refused:
        world.store.stage(pack, UNIT)
    assert refused.value.code == "pack_not_written"
    assert world.title() == "TỜ KHAI"


def test_a_version_valid_later_switches_by_itself(world: PackWorld) -> None:
    content = world.content("later", "TỜ KHAI")
    old = content / "forms" / FORM_FILE
    text = old.read_text(encoding="utf-8")
    old.write_text(text.replace("valid_from: 2026-01-01", "valid_from: 2026-01-01\nvalid_to: 2027-02-28"))
    later = text.replace("version: v1", "version: v2").replace("2026-01-01", "2027-03-01")
    (old.parent / "2027-03-01.yaml").write_text(later.replace("TỜ KHAI", "TỜ KHAI 2027"), encoding="utf-8")
    install(world, world.maker.make(content, "2026.12.1"))
    assert world.title(date(2027, 2, 28)) == "TỜ KHAI"
    assert world.title(date(2027, 3, 1)) == "TỜ KHAI 2027"
    assert world.catalogue().form_version("to-khai", "v1").title == "TỜ KHAI"


OVERLAY = """\
scope: {scope}
unit: {unit}
version: v1
valid_from: 2026-01-01
provenance: {{source: invented, verified: false}}
fees:
  - {{fee_id: {fee_id}, amount_vnd: {amount}, basis_text: Nghị quyết thử}}
"""


def overlay(
    world: PackWorld, version: str, kind: PackKind, unit: str, amount: int, fee_id: str = "le_phi"
) -> Path:
    folder = world.folder / "content" / f"{kind.value}-{version}"
    (folder / "overlay").mkdir(parents=True)
    text = OVERLAY.format(scope=kind.value, unit=unit, amount=amount, fee_id=fee_id)
    (folder / "overlay" / "2026-01-01.yaml").write_text(text, encoding="utf-8")
    return world.maker.make(folder, version, kind=kind, unit=unit, signed_by=("province",))


def fee(world: PackWorld) -> int | None:
    return fee_amounts(world.catalogue().local_values(), ON, "counter", {}).get("le_phi")


def test_the_overlay_of_the_office_speaks_before_that_of_the_province(world: PackWorld) -> None:
    assert fee(world) is None, "unknown is never zero"
    province = world.store.stage(overlay(world, "2026.12.1", PackKind.PROVINCE, "H29", 8000), UNIT)
    assert province.values.added == ("le_phi",)
    world.store.activate(province.info, AT)
    assert fee(world) == 8000
    install(world, overlay(world, "2026.1.1", PackKind.OFFICE, UNIT, 5000))
    assert fee(world) == 5000, "versions of different kinds have nothing to do with each other"
    newer = world.store.stage(overlay(world, "2026.12.2", PackKind.PROVINCE, "H29", 9000), UNIT)
    assert (newer.values.changed, newer.values.added) == (("le_phi",), ())
    world.store.activate(newer.info, AT)
    assert fee(world) == 5000
    world.store.roll_back(PackKind.OFFICE, UNIT)
    assert fee(world) == 9000
    assert [(one.section, one.unit) for one in world.catalogue().data_versions()][-1] == ("overlay", "H29")


def test_an_overlay_the_program_can_no_longer_read_is_unknown_and_named(world: PackWorld) -> None:
    install(world, overlay(world, "2026.12.1", PackKind.PROVINCE, "H29", 8000))
    assert fee(world) == 8000
    schema = world.program / "forms" / "schema" / "overlay.schema.json"
    schema.write_text(schema.read_text().replace('"fees"', '"fees_of_the_next_program"'))
    assert fee(world) is None
    assert [one.code for one in world.catalogue().problems] == ["bad_data_file"]


def test_a_start_over_installed_packs_reads_neither_yaml_nor_zip_nor_signatures(world: PackWorld) -> None:
    install(world, world.pack("2026.12.1"))
    install(world, overlay(world, "2026.12.1", PackKind.PROVINCE, "H29", 8000))
    world.catalogue().calendar()
    assert fee(world) == 8000
    code = (
        "import sys; from pathlib import Path; from datetime import date\n"
        "ON = date(2026, 12, 1)\n"
        "heavy = ('yaml', 'jsonschema', 'zipfile', 'tuf', 'cryptography', 'securesystemslib')\n"
        "from counter_app.catalogue.catalogue import FileCatalogue\n"
        "from counter_app.catalogue.packs.bundled_data import BundledData\n"
        "from counter_app.catalogue.packs.installed_packs import InstalledPacks\n"
        "packs, program, cache = map(Path, sys.argv[1:])\n"
        "c = FileCatalogue.of(InstalledPacks(packs=packs, bundled=BundledData.of(program)), cache)\n"
        "assert c.form('to-khai', ON).title == 'TỜ KHAI MỚI' and c.local_values().fees and not c.problems\n"
        "c.calendar(); c.search('mau', ON); c.data_versions()\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    arguments = [str(path) for path in (world.packs, world.program, world.store.cache_file)]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_an_overlay_the_catalogue_contradicts_is_refused_with_its_line(world: PackWorld) -> None:
    """A fee the centre sets is not the province's to change; a fee nobody has was misspelt."""
    install(world, overlay(world, "2026.12.1", PackKind.PROVINCE, "H29", 8000))
    before = world.catalogue().local_values()
    wrong = overlay(world, "2026.12.2", PackKind.PROVINCE, "H29", 9000, fee_id="le_phi_khong_co")
    with pytest.raises(BadInput) as refused:
        world.store.stage(wrong, UNIT)
    assert (refused.value.code, refused.value.params["problem"]) == ("pack_bad_data", "unknown fee")
    assert refused.value.params["value"] == "le_phi_khong_co"
    assert world.catalogue().local_values() == before
