"""A small program, a counter's pack store over it, and content for packs."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.catalogue.conftest import FormsFolder
from tests.helpers.packs import KeyRing, PackMaker, small_program

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.catalogue.packs.bundled_data import BundledData
from counter_app.catalogue.packs.installed_packs import InstalledPacks
from counter_app.catalogue.packs.pack_store import PackStore

ON = date(2026, 12, 1)
FORM_FILE = "templates/to-khai/2026-01-01.yaml"
UNIT = "H29.12"


@dataclass
class PackWorld:
    """Everything a test of packs needs, in one temporary folder."""

    folder: Path
    program: Path
    maker: PackMaker
    store: PackStore

    @property
    def packs(self) -> Path:
        return self.store.folder

    def catalogue(self) -> FileCatalogue:
        return FileCatalogue.of(self.store.source, self.store.cache_file)

    def title(self, on: date = ON) -> str:
        return self.catalogue().form("to-khai", on).title

    def content(self, name: str, title: str = "TỜ KHAI MỚI") -> Path:
        """Return a folder with the forms section, the one form under another title."""
        content = self.folder / "content" / name
        shutil.copytree(self.program / "forms", content / "forms")
        form = content / "forms" / FORM_FILE
        form.write_text(form.read_text(encoding="utf-8").replace("TỜ KHAI", title), encoding="utf-8")
        return content

    def pack(self, version: str, title: str = "TỜ KHAI MỚI") -> Path:
        return self.maker.make(self.content(version, title), version)

    def updated_program(self, version: str) -> None:
        """Do what an update of the program does: bring newer bundled data."""
        (self.program / "forms" / "bundle.yaml").write_text(f"version: {version}\nissued_on: 2027-06-01\n")
        self.store = store_of(self.folder, self.program)


def store_of(folder: Path, program: Path) -> PackStore:
    source = InstalledPacks(packs=folder / "data" / "packs", bundled=BundledData.of(program))
    return PackStore(
        source=source,
        shipped_root=program / "resources" / "trust" / "root.json",
        cache_file=folder / "data" / "cache" / "catalogue.bin",
    )


def make_world(folder: Path) -> PackWorld:
    program = small_program(folder, FormsFolder(folder / "forms").root)
    ring = KeyRing(folder / "keys")
    root = ring.root()
    trust = program / "resources" / "trust"
    trust.mkdir()
    (trust / "root.json").write_bytes(root)
    maker = PackMaker(ring, (root,), folder / "made")
    return PackWorld(folder, program, maker, store_of(folder, program))
