"""The compiled cache: used when it fits, rebuilt silently when it does not, never in the way."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from counter_app.catalogue import build_catalogue as building
from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.catalogue.compiled_cache import read_cached, stamps, write_cached

ON = date(2026, 11, 21)
FORM_FILE = "templates/to-khai/2026-01-01.yaml"


@pytest.fixture
def cache_file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "catalogue.cache"


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Count real builds; the build itself is not replaced."""
    seen: list[Path] = []
    original = building.build_catalogue

    def counting(folder: Path, schemas: Path) -> object:
        seen.append(folder)
        return original(folder, schemas)

    monkeypatch.setattr(building, "build_catalogue", counting)
    return seen


def test_a_second_start_builds_nothing_and_knows_the_same(
    forms_folder, shipped_calendars, cache_file: Path, builds: list[Path]
) -> None:
    forms_folder.put("procedures/khac/2026-01-01.yaml", "x: 1\n")
    first = FileCatalogue(forms_folder.root, shipped_calendars, cache_file=cache_file)
    second = FileCatalogue(forms_folder.root, shipped_calendars, cache_file=cache_file)
    assert len(builds) == 1
    assert second.all_procedures() == first.all_procedures()
    assert second.form("to-khai", ON) == first.form("to-khai", ON)
    assert [dict(one.params) for one in second.problems] == [dict(one.params) for one in first.problems]
    assert len(second.problems) == 1


def test_a_changed_added_or_removed_file_is_noticed(
    forms_folder, shipped_calendars, cache_file: Path, builds: list[Path]
) -> None:
    def title() -> str:
        catalogue = FileCatalogue(forms_folder.root, shipped_calendars, cache_file=cache_file)
        return catalogue.form("to-khai", ON).title

    assert title() == "TỜ KHAI"
    path = forms_folder.root / FORM_FILE
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("TỜ KHAI", "TỜ KHÁC"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert title() == "TỜ KHÁC"
    extra = forms_folder.put("lists/more.yaml", "list: more\n")
    title()
    extra.unlink()
    title()
    title()
    assert len(builds) == 4


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "other file", "right frame, wrong content"])
def test_a_damaged_cache_is_rebuilt_silently(
    forms_folder, shipped_calendars, cache_file: Path, builds: list[Path], damage: str
) -> None:
    FileCatalogue(forms_folder.root, shipped_calendars, cache_file=cache_file)
    raw = cache_file.read_bytes()
    flipped = bytearray(raw)
    flipped[-20] ^= 0x40
    if damage == "right frame, wrong content":
        key_length = int.from_bytes(raw[8:12], "big")
        write_cached(cache_file, raw[12 : 12 + key_length], b"\xc0")
    else:
        spoiled = {"empty": b"", "cut": raw[:-9], "flipped": bytes(flipped), "other file": b"SQLite format 3"}
        cache_file.write_bytes(spoiled[damage])
    assert FileCatalogue(forms_folder.root, shipped_calendars, cache_file=cache_file).procedure("thu-tuc", ON)
    FileCatalogue(forms_folder.root, shipped_calendars, cache_file=cache_file)
    assert len(builds) == 2  # rebuilt once, and good again afterwards


def test_a_cache_that_cannot_be_written_is_no_problem(
    forms_folder, shipped_calendars, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file where the folder should be")
    catalogue = FileCatalogue(forms_folder.root, shipped_calendars, cache_file=in_the_way / "catalogue.cache")
    assert catalogue.procedure("thu-tuc", ON)
    assert catalogue.calendar()
    assert in_the_way.read_text() == "a file where the folder should be"


def test_no_half_written_file_stays_behind(forms_folder, shipped_calendars, cache_file: Path) -> None:
    FileCatalogue(forms_folder.root, shipped_calendars, cache_file=cache_file).calendar()
    assert sorted(path.name for path in cache_file.parent.iterdir()) == ["calendar.cache", "catalogue.cache"]


def test_a_key_of_another_shape_is_a_miss(tmp_path: Path) -> None:
    write_cached(tmp_path / "c", b"key", b"payload")
    assert read_cached(tmp_path / "c", b"key") == b"payload"
    assert read_cached(tmp_path / "c", b"kez") is None
    assert read_cached(tmp_path / "c", b"ke") is None
    assert read_cached(tmp_path / "none", b"key") is None


def test_examples_of_forms_are_not_data(forms_folder) -> None:
    forms_folder.put("templates/to-khai/examples/plain.json", "{}")
    names = [name for name, _, _ in stamps(forms_folder.root, (".yaml", ".schema.json"))]
    assert "templates/to-khai/2026-01-01.yaml" in names
    assert not [name for name in names if "examples" in name]


def test_a_warm_start_reads_no_yaml_and_is_fast(
    shipped_forms: Path, shipped_calendars: Path, cache_file: Path
) -> None:
    FileCatalogue(shipped_forms, shipped_calendars, cache_file=cache_file).calendar()
    started = time.perf_counter()
    warm = FileCatalogue(shipped_forms, shipped_calendars, cache_file=cache_file)
    assert warm.procedures(ON)
    assert time.perf_counter() - started < 0.05
    code = (
        "import sys; from pathlib import Path; from datetime import date\n"
        "from counter_app.catalogue.catalogue import FileCatalogue\n"
        "c = FileCatalogue(Path(sys.argv[1]), Path(sys.argv[2]), cache_file=Path(sys.argv[3]))\n"
        "c.procedures(date(2026, 11, 21)); c.search('ksi', date(2026, 11, 21)); c.calendar()\n"
        "c.form('ht-khai-sinh', date(2026, 11, 21))\n"
        "heavy = ('yaml', 'jsonschema', 'zipfile', 'tuf', 'cryptography')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    arguments = [sys.executable, "-c", code, str(shipped_forms), str(shipped_calendars), str(cache_file)]
    assert subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.strip() == "[]"
