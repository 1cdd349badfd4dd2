"""Every form of the shipped catalogue, in every dated version, with the longest answers it must hold."""

import json
import statistics
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from tests.bench.row import Row, elapsed_ms, row
from tests.helpers.builders import make_office

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.form_filling import fill_from_people
from counter_app.domain.form_printing import printed_form
from counter_app.domain.form_template import FormTemplate
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import FormContent

ROOT = Path(__file__).resolve().parents[2]
OFFICE = make_office()
ROUNDS = 5


def form_rows() -> list[Row]:
    """Measure from the answers to the finished PDF; the slowest round of the slowest form counts."""
    slowest = {name: _slowest_ms(act) for name, act in _acts()}
    worst = max(slowest, key=slowest.__getitem__)
    return [
        row(
            f"form PDF, worst example of all {len(slowest)} forms",
            slowest[worst],
            "ms",
            below=200,
            note=f"slowest: {worst}; median of the forms {statistics.median(slowest.values()):.1f} ms",
        )
    ]


def _slowest_ms(act: Callable[[], object]) -> float:
    act()  # fonts and glyphs are loaded once in the life of the program
    return max(elapsed_ms(act) for _ in range(ROUNDS))


def _acts() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the name of each version and the act that prints it."""
    catalogue = FileCatalogue(ROOT / "forms", ROOT / "resources" / "calendars")
    renderer = ReportlabPaperRenderer()
    for file in sorted((ROOT / "forms" / "templates").glob("*/*.yaml")):
        example = file.parent / "examples" / "worst.json"
        answers = json.loads(example.read_text(encoding="utf-8"))["answers"]
        on = date.fromisoformat(file.stem)
        template = catalogue.form(file.parent.name, on)
        yield f"{template.form_id} {file.stem}", partial(_print, renderer, template, answers, on)


def _print(
    renderer: ReportlabPaperRenderer, template: FormTemplate, answers: dict[str, object], on: date
) -> bytes:
    filled = fill_from_people(template, answers, {}, today=on, office=OFFICE)
    printed = printed_form(template, filled.values, office=OFFICE, today=on)
    return renderer.form(
        FormContent(
            template=template,
            values=printed.values,
            tables=printed.tables,
            answers=filled.values,
            dossier_code="H29.12-261123-0001",
        )
    )
