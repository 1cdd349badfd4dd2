"""A small copy of the shipped data that a test may edit, and a catalogue over it."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.locations import program_data

PROCEDURES = (
    "dang-ky-khai-sinh",
    "cap-giay-xac-nhan-tinh-trang-hon-nhan",
    "chung-thuc-ban-sao-tu-ban-chinh",
)
FORMS = ("ht-khai-sinh", "ht-xac-nhan-tinh-trang-hon-nhan")


@dataclass(frozen=True, slots=True)
class DataCopy:
    """Folders like those of the program, with a few procedures and forms."""

    forms: Path
    calendars: Path

    def edit(self, pattern: str, old: str, new: str) -> None:
        """Replace `old` wherever it stands in the files of the pattern; it must stand somewhere."""
        found = False
        for file in self._files(pattern):
            text = file.read_text(encoding="utf-8")
            found |= old in text
            file.write_text(text.replace(old, new), encoding="utf-8")
        assert found, f"{old!r} stands in no file of {pattern}"

    def catalogue(self) -> FileCatalogue:
        """Read the copy as it is now."""
        catalogue = FileCatalogue(self.forms, self.calendars)
        assert not catalogue.problems, [problem.params for problem in catalogue.problems]
        return catalogue

    def _files(self, pattern: str) -> Iterable[Path]:
        return sorted(self.forms.parent.glob(pattern))


def copy_data(folder: Path) -> DataCopy:
    """Copy schemas, lists, calendars and the procedures and forms above into `folder`."""
    source = program_data()
    forms, calendars = folder / "forms", folder / "calendars"
    for part in ("schema", "lists"):
        shutil.copytree(source / "forms" / part, forms / part)
    for name in PROCEDURES:
        shutil.copytree(source / "forms" / "procedures" / name, forms / "procedures" / name)
    for name in FORMS:
        shutil.copytree(source / "forms" / "templates" / name, forms / "templates" / name)
    shutil.copytree(source / "resources" / "calendars", calendars)
    return DataCopy(forms, calendars)


def day_off(day: str, name: str) -> str:
    """Return the lines of one day off, for the list of a year's calendar."""
    return f"  - date: {day}\n    name: {name}\n    decision: Quyết định thử\n"


def decide_tet_2027(data: DataCopy) -> None:
    """The year becomes official, and 3/2/2027 (a Wednesday) is a day off as well."""
    data.edit("calendars/vn-2027.yaml", "certainty: provisional  #", "certainty: official  #")
    data.edit("calendars/vn-2027.yaml", "    certainty: provisional\n", "")
    data.edit("calendars/vn-2027.yaml", "days_off:\n", "days_off:\n" + day_off("2027-02-03", "Nghỉ Tết thêm"))
    data.edit("calendars/vn-2027.yaml", "version: 2026-11-21", "version: 2027-01-15")
