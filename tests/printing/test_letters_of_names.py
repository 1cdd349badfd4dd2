"""Every letter of the names a commune of Vietnam meets prints, and comes back as it went in."""

import csv
from datetime import date
from pathlib import Path

import pytest
from paper_reading import all_text, squeezed
from sample_forms import block_content

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.form_template import Block, BlockKind, FieldType, FormField
from counter_app.printing.fonts import register_fonts
from counter_app.printing.glyphs import unprintable
from counter_app.printing.renderer import ReportlabPaperRenderer

ROOT = Path(__file__).resolve().parents[2]
UNITS = ROOT / "resources" / "admin-units"
# Other spellings of the same groups, in use on older papers and by the groups themselves.
SPELLINGS = (
    *("M'Nông", "M’Nông", "Mnông", "Cơ Ho", "K'Ho", "Kơ Ho", "Xtiêng", "X'tiêng", "S'Tiêng", "Stiêng"),
    *("Ê-đê", "Êđê", "Gié-Triêng", "Giẻ Triêng", "Jẻ Triêng", "Rơ-măm", "Rơ Mâm", "Hmông", "H'Mông"),
    *("Gia-rai", "Jrai", "Ba-na", "Bahnar", "Xơ-đăng", "Xê Đăng", "Khơ-me", "Khơ-mú", "Bru-Vân Kiều"),
    *("Ra-glai", "Raglay", "Cơ-tu", "Ca Tu", "Ta-ôi", "Pa Cô", "Chơ-ro", "Châu Ro", "Chu-ru", "Hrê", "H're"),
)
# Letters of the alphabets of Ê Đê, Gia Rai, Ba Na, Xơ Đăng, M'Nông, Cơ Ho and Chăm that Vietnamese lacks.
OTHER_LETTERS = "Ƀƀ Čč Ĕĕ Ê̆ê̆ Ĭĭ Ññ Ŏŏ Ô̆ô̆ Ơ̆ơ̆ Ŭŭ Ư̆ư̆ W̆w̆ Jj Ff Zz Ww ʼ ' ’"
PEOPLE = ("H'Ngăm Niê Kdăm", "Y Bhiŏ Ƀuôn Yă", "Ksor Hʼ Bơ̆ Nač", "A Ñôl Đĭng Ŭk", "Điểu K'Ré")


@pytest.fixture(scope="module", autouse=True)
def _fonts() -> None:
    register_fonts()


@pytest.fixture(scope="module")
def groups() -> tuple[str, ...]:
    form = FileCatalogue(ROOT / "forms", ROOT / "resources" / "calendars").form(
        "ht-khai-sinh", date(2026, 11, 23)
    )
    asked = form.field("ks_dan_toc")
    assert asked is not None
    return asked.choices


def unit_names(file: str) -> list[str]:
    with (UNITS / file).open(encoding="utf-8", newline="") as lines:
        return sorted({row["name"] for row in csv.DictReader(lines)})


def lost_on_paper(names: list[str]) -> list[str]:
    """The names that cannot be read back from a sheet that holds them all, in ordinary and bold letters."""
    fields = tuple(
        FormField(key=f"n{number}", label="x", type=FieldType.TEXT) for number in range(len(names))
    )
    values = {f"n{number}": name for number, name in enumerate(names)}
    text = "; ".join(f"{{{key}}}" for key in values)
    blocks = (Block(kind=BlockKind.PARAGRAPH, text=text), Block(kind=BlockKind.HEADING, text=text))
    pdf, problems = ReportlabPaperRenderer().form_with_problems(
        block_content(*blocks, fields=fields, values=values)
    )
    assert problems == ()
    shown = all_text(pdf)
    return [name for name in names if shown.count(squeezed(name)) < 2]


def test_there_are_54_ethnic_groups(groups):
    assert len(groups) == len(set(groups)) == 54


def test_every_ethnic_group_prints_in_every_spelling(groups):
    names = [*groups, *SPELLINGS]
    assert lost_on_paper([*names, *(name.upper() for name in names)]) == []


def test_names_of_people_print_with_the_letters_of_their_own_alphabet():
    assert lost_on_paper([*PEOPLE, *(name.upper() for name in PEOPLE), *OTHER_LETTERS.split()]) == []


def test_every_province_and_commune_prints():
    names = unit_names("communes.csv") + unit_names("provinces.csv")
    assert len(names) > 2_800
    assert unprintable("".join(names) + "".join(names).upper()) == frozenset()
    # A name of each set of letters goes all the way to the paper and back.
    assert lost_on_paper(covering(names)) == []


def covering(names: list[str]) -> list[str]:
    """Some of the names that hold, between them, every letter of all of them."""
    kept: list[str] = []
    met: set[str] = set()
    for name in sorted(names, key=lambda one: -len(set(one))):
        if not met.issuperset(name):
            met |= set(name)
            kept.append(name)
    return kept
