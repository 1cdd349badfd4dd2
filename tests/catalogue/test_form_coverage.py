"""A procedure without its form on the first day costs only itself; what may follow is left open."""

from datetime import date
from pathlib import Path

import pytest
from tests.catalogue.conftest import FormsFolder

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.errors import BadInput

FORM_FILE = "templates/to-khai/2026-01-01.yaml"
PROCEDURE_FILE = "procedures/thu-tuc/2026-01-01.yaml"


def test_only_the_procedure_without_its_form_is_lost(
    forms_folder: FormsFolder, shipped_calendars: Path
) -> None:
    text = (forms_folder.root / PROCEDURE_FILE).read_text(encoding="utf-8")
    other = text.replace("thu-tuc", "thu-tuc-khac").replace("[to-khai]", "[]")
    other = other.replace(", form_id: to-khai", "").replace("        when: {field: mau, equals: Xanh}\n", "")
    forms_folder.put("procedures/thu-tuc-khac/2026-01-01.yaml", other)
    forms_folder.spoil(FORM_FILE, "valid_from: 2026-01-01", "valid_from: 2026-01-02")
    (forms_folder.root / FORM_FILE).rename((forms_folder.root / FORM_FILE).with_name("2026-01-02.yaml"))
    catalogue = FileCatalogue(forms_folder.root, shipped_calendars)
    (problem,) = catalogue.problems
    assert problem.params["problem"] == "has no version in force on the first day"
    with pytest.raises(BadInput):
        catalogue.procedure("thu-tuc", date(2026, 2, 1))
    assert catalogue.procedure("thu-tuc-khac", date(2026, 2, 1))


def test_of_a_form_with_a_broken_version_nothing_is_said(
    forms_folder: FormsFolder, shipped_calendars: Path
) -> None:
    text = (forms_folder.root / FORM_FILE).read_text(encoding="utf-8")
    later = text.replace("valid_from: 2026-01-01", "valid_from: 2026-06-01").replace("v1", "v2")
    forms_folder.put("templates/to-khai/2026-06-01.yaml", later)
    forms_folder.spoil(FORM_FILE, "title: TỜ KHAI\n", "title: [\n")
    catalogue = FileCatalogue(forms_folder.root, shipped_calendars)
    assert [problem.params["file"] for problem in catalogue.problems] == [FORM_FILE]
