"""Hostile and broken packs: each refused for its own reason, and the old catalogue still answers."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.catalogue.pack_folders import FORM_FILE, ON, UNIT, PackWorld, make_world
from tests.helpers.packs import KeyRing

from counter_app.catalogue.packs import archive
from counter_app.catalogue.packs.entry_names import section_of
from counter_app.catalogue.packs.manifest import read_targets
from counter_app.domain.data_pack import PackKind
from counter_app.domain.errors import KnownError
from counter_app.messages import text_of

OVERLAY = """\
scope: province
unit: H29
version: v1
valid_from: 2027-01-01
provenance: {source: invented, verified: false}
fees:
  - fee_id: le_phi
    amount_vnd: 8000
    basis_text: Nghị quyết thử
"""
FORM = f"content/forms/{FORM_FILE}"
Entries = dict[str, bytes]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> PackWorld:
    return make_world(tmp_path_factory.mktemp("packs"))


@pytest.fixture(scope="module")
def good(world: PackWorld) -> Path:
    return world.pack("2026.12.1")


@pytest.fixture
def aside(tmp_path: Path) -> Path:
    return tmp_path / "hostile.qmcpack"


def refused(world: PackWorld, pack: Path) -> KnownError:
    """Return why the pack is refused, after making sure that nothing came of it."""
    with pytest.raises(KnownError) as caught:
        world.store.stage(pack, UNIT)
    assert world.title() == "TỜ KHAI"
    assert not world.store.installed()
    left = list(world.packs.iterdir()) if world.packs.exists() else []
    assert not [path for path in left if path.is_dir()], "nothing unpacked stays"
    assert text_of(caught.value) != caught.value.code
    return caught.value


def entries_of(pack: Path) -> Entries:
    with zipfile.ZipFile(pack) as file:
        return {name: file.read(name) for name in file.namelist()}


def rewritten(good: Path, out: Path, change: Callable[[Entries], object]) -> Path:
    entries = entries_of(good)
    change(entries)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out


def resigned(world: PackWorld, entries: Entries, change: Callable[[Any], object]) -> None:
    """Change the signed list and sign it again with the right key: an insider's mistake or worse."""
    targets = read_targets(entries["targets.json"])
    change(targets.signed)
    targets.signatures.clear()
    targets.sign(world.maker.ring.signer("nation"))
    entries["targets.json"] = targets.to_bytes()


def about(key: str, value: object) -> Callable[[Any], object]:
    return lambda signed: signed.unrecognized_fields["data_pack"].update({key: value})


def removed(name: str) -> Callable[[Entries], object]:
    return lambda entries: entries.pop(name)


def added(name: str, content: bytes = b"x: 1\n") -> Callable[[Entries], object]:
    return lambda entries: entries.update({name: content})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (removed("targets.json"), "pack_not_a_pack"),
        (removed(FORM), "pack_changed"),
        (added("content/forms/lists/khac.yaml"), "pack_changed"),
        (lambda e: e.update({FORM: e[FORM] + b"\n"}), "pack_changed"),
        (lambda e: e.update({FORM: e[FORM][:-1] + b" "}), "pack_changed"),
        (lambda e: e.update({"targets.json": e["targets.json"] + b"x"}), "pack_changed"),
        (lambda e: e.update({"targets.json": b"{}"}), "pack_changed"),
        (lambda e: e.update({"targets.json": b"[" * 60_000}), "pack_changed"),
        (lambda e: e.update({"targets.json": e["root/1.root.json"]}), "pack_changed"),
        (lambda e: e.update({"root/2.root.json": b"{}"}), "pack_bad_root"),
        (lambda e: e.update({"root/2.root.json": e["root/1.root.json"]}), "pack_wrong_key"),
        (lambda e: e.update({"root/3.root.json": e["root/1.root.json"]}), "pack_wrong_key"),
    ],
)
def test_what_was_taken_out_put_in_or_changed_is_noticed(
    world: PackWorld, good: Path, aside: Path, change: Callable[[Entries], object], code: str
) -> None:
    assert refused(world, rewritten(good, aside, change)).code == code


@pytest.mark.parametrize(
    "name",
    [
        "../evil.yaml",
        "content/forms/../../../evil.yaml",
        "/etc/evil.yaml",
        "content//forms/evil.yaml",
        "content\\forms\\evil.yaml",
        "C:/evil.yaml",
        "content/forms/C:evil.yaml",
        "content/forms/lists/",
        "content/forms/lists/evil.exe",
        "content/forms/lists/.evil.yaml",
        "content/forms/lists/con.yaml",
        "content/forms/lists/NUL.yaml",
        "content/forms/lists/evil.yaml.",
        "content/forms/lists/evil\x00.yaml",
        "content/forms/lists/évil.yaml",
        "content/forms/" + "a" * 300 + ".yaml",
        "content/other/evil.yaml",
        "content/evil.yaml",
        "root/0.root.json",
        "root/1.root.json/x",
        "README.md",
        FORM.replace("to-khai", "TO-KHAI"),  # another name here, the same file on Windows
        "Targets.json",
    ],
)
def test_a_name_that_could_leave_the_folder_is_refused(
    world: PackWorld, good: Path, aside: Path, name: str
) -> None:
    error = refused(world, rewritten(good, aside, added(name)))
    assert error.code == "pack_bad_path"
    assert "\x00" not in str(error.params["name"])
    assert not (world.folder / "evil.yaml").exists()


def test_a_name_twice_is_refused(world: PackWorld, good: Path, aside: Path) -> None:
    rewritten(good, aside, lambda entries: None)
    with zipfile.ZipFile(aside, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr(FORM, b"another")
    assert refused(world, aside).code == "pack_bad_path"


def test_a_link_is_refused(world: PackWorld, good: Path, aside: Path) -> None:
    rewritten(good, aside, lambda entries: None)
    link = zipfile.ZipInfo("content/forms/lists/link.yaml")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(aside, "a") as file:
        file.writestr(link, "/etc/passwd")
    assert refused(world, aside).code == "pack_bad_path"


@pytest.mark.parametrize(
    "raw",
    [b"", b"PK", b"not a zip at all" * 99, b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(60)],
    ids=["empty", "two letters", "text", "empty zip", "a beginning"],
)
def test_what_is_no_pack_is_refused(world: PackWorld, aside: Path, raw: bytes) -> None:
    aside.write_bytes(raw)
    assert refused(world, aside).code == "pack_not_a_pack"


def test_a_file_that_is_not_there_is_told(world: PackWorld, aside: Path) -> None:
    assert refused(world, aside).code == "pack_unreadable"


@pytest.mark.parametrize("cut", [1, 22, 500])
def test_a_pack_not_fully_copied_is_refused(world: PackWorld, good: Path, aside: Path, cut: int) -> None:
    aside.write_bytes(good.read_bytes()[:-cut])
    assert refused(world, aside).code == "pack_not_a_pack"


def test_a_foreign_head_or_tail_is_refused(world: PackWorld, good: Path, aside: Path) -> None:
    for raw in (b"#!/bin/sh\n" + good.read_bytes(), good.read_bytes() + b"\n"):
        aside.write_bytes(raw)
        assert refused(world, aside).code == "pack_not_a_pack"


def test_an_entry_said_to_lie_outside_the_file_is_refused(world: PackWorld, good: Path, aside: Path) -> None:
    raw = bytearray(good.read_bytes())
    central = raw.rindex(b"PK\x01\x02")
    for offset in (0xFFFFFFFE, len(raw) - 10, 1):
        raw[central + 42 : central + 46] = offset.to_bytes(4, "little")
        aside.write_bytes(raw)
        assert refused(world, aside).code in ("pack_changed", "pack_not_a_pack")


def test_an_encrypted_or_oddly_packed_entry_is_refused(world: PackWorld, good: Path, aside: Path) -> None:
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(aside, "w", method) as file:
            for name, content in entries_of(good).items():
                file.writestr(name, content)
        assert refused(world, aside).code == "pack_not_a_pack"
    raw = bytearray(good.read_bytes())
    central = raw.rindex(b"PK\x01\x02")
    raw[central + 8] |= 1
    aside.write_bytes(raw)
    assert refused(world, aside).code == "pack_not_a_pack"


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        ("MAX_FILE", 1000),
        ("MAX_ENTRY", 300),
        ("MAX_TOTAL", 2000),
        ("MAX_ENTRIES", 3),
        ("_MAX_DIRECTORY", 100),
    ],
)
def test_beyond_a_limit_nothing_is_unpacked(
    world: PackWorld, good: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(archive, limit, value)
    many = limit in ("MAX_ENTRIES", "_MAX_DIRECTORY")
    assert refused(world, good).code == ("pack_too_many_files" if many else "pack_too_big")


def test_a_bomb_is_refused_before_it_goes_off(world: PackWorld, good: Path, aside: Path) -> None:
    bomb = rewritten(good, aside, added("content/forms/lists/bomb.yaml", bytes(19_000_000)))
    assert refused(world, bomb).code == "pack_too_big"
    larger = rewritten(good, aside, added("content/forms/lists/bomb.yaml", bytes(21_000_000)))
    assert refused(world, larger).code == "pack_too_big"


def test_a_bomb_that_lies_about_its_size_stops_at_the_lie(world: PackWorld, good: Path, aside: Path) -> None:
    rewritten(good, aside, added("content/forms/lists/lie.yaml", bytes(5_000_000)))
    raw = bytearray(aside.read_bytes())
    central = raw.rindex(b"PK\x01\x02")
    raw[central + 24 : central + 28] = (10).to_bytes(4, "little")
    aside.write_bytes(raw)
    assert refused(world, aside).code == "pack_changed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (about("format", 2), "pack_newer_format"),
        (about("format", "1"), "pack_bad_data"),
        (about("kind", "regional"), "pack_kind_unknown"),
        (about("version", "2027.13.1"), "pack_bad_data"),
        (about("version", "2026.11.1"), "pack_older"),
        (about("issued_on", "hôm nay"), "pack_bad_data"),
        (about("title", ["x"]), "pack_bad_data"),
        (about("issuer", "x" * 600), "pack_bad_data"),
        (about("notes", "\x1b[2J"), "pack_bad_data"),
        (about("unit", "H29"), "pack_bad_data"),
        (lambda s: s.unrecognized_fields.clear(), "pack_bad_data"),
        (lambda s: s.targets.pop(FORM), "pack_changed"),
        (lambda s: s.targets.clear(), "pack_bad_data"),
        (lambda s: s.targets.update({"../evil.yaml": s.targets[FORM]}), "pack_bad_path"),
        (lambda s: s.targets.update({"content/overlay/a.yaml": s.targets[FORM]}), "pack_bad_path"),
        (lambda s: s.targets[FORM].hashes.update({"sha256": "0" * 64}), "pack_changed"),
        (lambda s: setattr(s.targets[FORM], "hashes", {"md5": "0" * 32}), "pack_bad_path"),
        (lambda s: setattr(s.targets[FORM], "length", 3), "pack_changed"),
    ],
)
def test_a_signed_list_that_makes_no_sense_is_refused(
    world: PackWorld, good: Path, aside: Path, change: Callable[[Any], object], code: str
) -> None:
    pack = rewritten(good, aside, lambda entries: resigned(world, entries, change))
    assert refused(world, pack).code == code


@pytest.mark.parametrize("signed_by", [("stranger",), ("root",), ("province",), ()])
def test_national_data_signed_by_the_wrong_key_is_refused(
    world: PackWorld, signed_by: tuple[str, ...]
) -> None:
    content = world.folder / "content" / "2026.12.1"
    pack = world.maker.make(content, "2026.12.3", signed_by=signed_by, name="wrong-key.qmcpack")
    assert refused(world, pack).code == "pack_wrong_key"


def test_an_attackers_own_root_in_the_pack_is_no_root(world: PackWorld, tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    ring.keys["nation"] = world.maker.ring.keys["province"]
    content = world.folder / "content" / "2026.12.1"
    pack = world.maker.make(
        content, "2026.12.3", signed_by=("province",), roots=(ring.root(),), name="root.qmcpack"
    )
    assert refused(world, pack).code == "pack_wrong_key"


@pytest.mark.parametrize(
    ("kind", "unit", "signed_by", "code"),
    [
        (PackKind.PROVINCE, "H30", "province", "pack_wrong_key"),
        (PackKind.PROVINCE, "H2", "province", "pack_bad_data"),
        (PackKind.OFFICE, "H30.12", "province", "pack_wrong_key"),
        (PackKind.PROVINCE, "H29", "nation", "pack_wrong_key"),
        (PackKind.OFFICE, "H29.13", "province", "pack_for_other_unit"),
        (PackKind.OFFICE, "H29", "province", "pack_for_other_unit"),
        (PackKind.PROVINCE, "H29.13", "province", "pack_for_other_unit"),
        (PackKind.PROVINCE, "", "province", "pack_bad_data"),
    ],
)
def test_an_overlay_counts_only_in_its_own_unit_and_from_its_own_key(
    world: PackWorld, tmp_path: Path, kind: PackKind, unit: str, signed_by: str, code: str
) -> None:
    (tmp_path / "overlay").mkdir()
    (tmp_path / "overlay" / "le-phi.yaml").write_text("fees: []\n")
    pack = world.maker.make(
        tmp_path, "2026.12.1", kind=kind, unit=unit, signed_by=(signed_by,), name="overlay.qmcpack"
    )
    assert refused(world, pack).code == code


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("type: date\n", "type: dated\n", "fields.2.type"),
        ("title: TỜ KHAI MỚI\n", "title: [\n", ""),
        ("form_id: to-khai", "form_id: to-khac", "form_id"),
    ],
)
def test_data_the_program_cannot_use_is_refused_with_file_line_and_field(
    world: PackWorld, old: str, new: str, field: str
) -> None:
    content = world.content(f"bad {field}")
    form = content / "forms" / FORM_FILE
    text = form.read_text(encoding="utf-8")
    assert text.count(old) == 1
    form.write_text(text.replace(old, new), encoding="utf-8")
    error = refused(world, world.maker.make(content, "2026.12.5", name="bad.qmcpack"))
    assert error.code == "pack_bad_data"
    assert error.params["file"] == FORM_FILE
    assert error.params["field"] == field
    line = error.params["line"]
    assert isinstance(line, int)
    if field:
        assert line == text[: text.index(old)].count("\n") + 1


def test_a_procedure_without_its_form_on_the_first_day_is_refused(world: PackWorld) -> None:
    content = world.content("no form")
    form = content / "forms" / FORM_FILE
    text = form.read_text(encoding="utf-8")
    ended = text.replace("valid_from: 2026-01-01\n", "valid_from: 2026-01-01\nvalid_to: 2027-02-28\n")
    form.write_text(ended, encoding="utf-8")
    folder = content / "forms" / "procedures" / "thu-tuc"
    procedure = (folder / "2026-01-01.yaml").read_text(encoding="utf-8")
    following = procedure.replace("valid_from: 2026-01-01", "valid_from: 2027-03-01")
    following = following.replace("version: v1", "version: v2").replace("valid_to: 2026-12-31\n", "")
    (folder / "2027-03-01.yaml").write_text(following, encoding="utf-8")
    error = refused(world, world.maker.make(content, "2027.3.1", name="no-form.qmcpack"))
    assert (error.code, error.params["file"]) == ("pack_bad_data", "procedures/thu-tuc/2027-03-01.yaml")
    assert (error.params["field"], error.params["value"]) == ("cases.0.forms.0", "to-khai 01/03/2027")
    # With a next version of the form it is taken; one that ends early is told.
    later = text.replace("valid_from: 2026-01-01\n", "valid_from: 2027-03-01\nvalid_to: 2027-06-30\n")
    form.with_name("2027-03-01.yaml").write_text(
        later.replace("version: v1", "version: v2"), encoding="utf-8"
    )
    preview = world.store.preview(world.maker.make(content, "2027.3.1", name="form.qmcpack"))
    assert [(gap.form_id, gap.from_day) for gap in preview.form_gaps] == [("to-khai", date(2027, 7, 1))]


def test_a_calendar_with_a_gap_is_refused(world: PackWorld) -> None:
    content = world.folder / "content" / "gap"
    folder = content / "calendars"
    folder.mkdir(parents=True)
    years = sorted((world.program / "resources" / "calendars").glob("vn-*.yaml"))
    (folder / years[0].name).write_bytes(years[0].read_bytes())
    error = refused(world, world.maker.make(content, "2026.12.5", name="gap.qmcpack"))
    assert (error.code, error.params["file"]) == ("pack_bad_data", "calendars/sessions.yaml")


def test_a_pack_brings_no_schema_of_its_own(world: PackWorld) -> None:
    content = world.content("with schema")
    pack = world.maker.make(content, "2026.12.6", name="schema.qmcpack")
    assert not [name for name in entries_of(pack) if "schema" in name or "bundle" in name]
    # A schema smuggled in under a data name is data of an unknown place, and read by nobody.
    assert section_of("content/forms/schema/form.schema.json") == "forms"
    loose = json.dumps(True).encode()
    for name in ("form", "procedure", "list"):
        path = content / "forms" / "lists" / f"{name}.schema.json"
        path.write_bytes(loose)
    form = content / "forms" / FORM_FILE
    form.write_text(
        form.read_text(encoding="utf-8").replace("type: date\n", "type: dated\n"), encoding="utf-8"
    )
    assert (
        refused(world, world.maker.make(content, "2026.12.7", name="schema.qmcpack")).code == "pack_bad_data"
    )


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("scope: province", "scope: office", "unit"),
        ("unit: H29", "unit: H28", "unit"),
        ("amount_vnd: 8000", "amount_vnd: tám nghìn", "fees.0.amount_vnd"),
        ("valid_from: 2027-01-01", "valid_from: 2027-01-02", "valid_from"),
    ],
)
def test_an_overlay_says_what_it_was_signed_for(
    world: PackWorld, tmp_path: Path, old: str, new: str, field: str
) -> None:
    assert OVERLAY.count(old) == 1
    pack = overlay_pack(world, tmp_path, OVERLAY.replace(old, new))
    error = refused(world, pack)
    assert (error.code, error.params["field"]) == ("pack_bad_data", field)


def test_an_overlay_as_it_should_be_is_taken(world: PackWorld, tmp_path: Path) -> None:
    assert world.store.inspect(overlay_pack(world, tmp_path, OVERLAY)).unit == "H29"


def overlay_pack(world: PackWorld, folder: Path, text: str) -> Path:
    (folder / "overlay").mkdir()
    (folder / "overlay" / "2027-01-01.yaml").write_text(text, encoding="utf-8")
    return world.maker.make(
        folder,
        "2026.12.1",
        kind=PackKind.PROVINCE,
        unit="H29",
        signed_by=("province",),
        name="overlay.qmcpack",
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_whatever_bit_flips_the_pack_is_refused_or_says_the_same(
    world: PackWorld, good: Path, aside: Path, place: float, bit: int
) -> None:
    raw = bytearray(good.read_bytes())
    raw[int(place * len(raw))] ^= 1 << bit
    aside.write_bytes(raw)
    original = world.store.inspect(good).digest
    try:
        outcome = world.store.inspect(aside).digest
    except KnownError as problem:
        outcome = problem.code
    # Beside the content a zip file has slack that means nothing.
    assert outcome == original or outcome.startswith("pack_")
    assert world.catalogue().form("to-khai", ON).title == "TỜ KHAI"
