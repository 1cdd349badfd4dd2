"""Papers say what was typed, letter by letter, and drawing them opens no file, address or program."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from reportlab import rl_config
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.visits import BIRTH, CHILD_ANSWERS
from tests.hostile.hostile_texts import BY_AIM, EVERY, texts
from tests.printing.paper_reading import all_text, squeezed
from tests.printing.sample_slips import SLIP as SLIP_SAMPLE

from counter_app.domain.dossier import Dossier, ReturnBy
from counter_app.domain.dossier_acts import AskSupplement, Extend, HandOver
from counter_app.domain.dossier_life import Holder
from counter_app.printing.glyphs import drawable
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.list_export import ListColumn, ListTable, list_pdf
from counter_app.services.paper_content import PaperSize
from counter_app.services.papers.paper_kinds import sizes_of
from counter_app.services.print_papers import papers_of, render
from counter_app.services.receive_dossier import receive

RENDERER = ReportlabPaperRenderer()
NAME = '<img src="file:///etc/passwd">Đinh & <b>Sen</b> {name} %s &lt;'
PLACE = '<a href="http://a.vn">Xóm</a> <para>&amp; "Chiềng" </b> {0} ${x}'
WORDS = "<font size=400>thiếu</font> & =HYPERLINK() <!-- x --> \\ ]]>"
_WATCHED = ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "urllib.Request")
_seen: list[str] | None = None


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if _seen is not None and event in _WATCHED:
        _seen.append(f"{event} {arguments[0]!r}")


sys.addaudithook(_listen)  # Python has no way to take one back; between the tests it hears nothing


@contextmanager
def nothing_opened() -> Iterator[None]:
    """Fail when anything but our own fonts and Python's own files is opened meanwhile."""
    global _seen  # noqa: PLW0603
    _seen = []
    try:
        yield
    finally:
        heard, _seen = _seen, None
    allowed = (".py'", ".pyc'", ".so'", ".ttf'", "counter.db", ".typed'", "zoneinfo")
    assert [each for each in heard if not any(part in each for part in allowed)] == []


def lacking(text: str, paper: bytes) -> Counter[str]:
    """Return the signs of a text the paper does not show; where words break and marks lie is free.

    Of a text that is all white, dots to write on are shown.
    """
    return (
        Counter() if not text.strip() else Counter(_signs(drawable(text))) - Counter(_signs(all_text(paper)))
    )


def _signs(text: str) -> str:
    import unicodedata

    apart = unicodedata.normalize("NFKD", squeezed(text))
    return "".join(sign for sign in apart if not unicodedata.category(sign).startswith(("M", "C", "Z")))


def slip_with(text: str, size: PaperSize) -> bytes:
    return RENDERER.slip(replace(SLIP_SAMPLE, applicant_name=text, address=text), size)


def test_nothing_may_be_opened_by_a_paper() -> None:
    slip_with(NAME, PaperSize.A5)
    assert rl_config.trustedSchemes == []
    assert rl_config.trustedHosts == []


@pytest.mark.parametrize("aim", BY_AIM)
def test_slips_over_the_corpus(aim: str) -> None:
    """All texts of a kind on one slip: its address may be long."""
    slip_with("", PaperSize.A5)  # fonts are read once
    whole = " ".join(text for text in BY_AIM[aim] if len(text) < 200)
    with nothing_opened():
        paper = slip_with(whole, PaperSize.A5)
    assert not lacking(whole, paper)


@settings(max_examples=25)
@given(text=texts)
def test_a_slip_shows_any_text(text: str) -> None:
    assert not lacking(text, slip_with(text, PaperSize.A5))


def test_very_long_texts_end_a_paper_not_the_program() -> None:
    for text in EVERY:
        if len(text) > 1000:
            assert slip_with(text[:5000], PaperSize.MM80).startswith(b"%PDF")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


@pytest.fixture
def lived(desk: Desk) -> Dossier:
    """A dossier of hostile people that was handed over, asked for papers, and extended."""
    applicant = replace(BIRTH.applicant, full_name=NAME, address=PLACE)  # type: ignore[type-var]
    fields = {"ht-khai-sinh": CHILD_ANSWERS | {"ks_ho_ten": NAME, "ks_noi_sinh": PLACE}}
    people = {role: replace(person, full_name=NAME, address=PLACE) for role, person in BIRTH.people.items()}
    visit = replace(
        BIRTH, applicant=applicant, people=people, fields=fields, return_by=ReturnBy.POSTAL, slip_asked=True
    )
    dossier = receive(desk, visit, clerk=CLERK)
    acts = (
        HandOver(to=Holder(name=NAME)),
        Extend(due_at=MORNING + timedelta(days=8), reason=WORDS, late_reason=WORDS),
        AskSupplement(items=(WORDS,), reason=WORDS),
    )
    for act in acts:
        assert isinstance(desk.clock, FixedClock)
        desk.clock.advance(minutes=5)
        dossier = perform(desk, dossier.dossier_id, act)
    return dossier


def test_every_paper_of_a_dossier_reads_as_typed(desk: Desk, lived: Dossier) -> None:
    papers = papers_of(lived)
    assert len(papers) >= 6
    told = ""
    for paper in papers:
        for size in sizes_of(paper):
            render(desk, lived, paper, copy_no=1, size=size)
            with nothing_opened():
                pdf = render(desk, lived, paper, copy_no=2, size=size).pdf
            text = all_text(pdf)
            told += text
            assert squeezed(NAME).casefold() in text.casefold(), (paper, size)
            assert "&amp;lt;" not in text
    assert squeezed(PLACE) in told
    assert squeezed(WORDS) in told


def test_a_list_on_paper_reads_as_typed(desk: Desk) -> None:
    columns = (ListColumn(label=WORDS, width=30), ListColumn(label="Người nộp", width=40))
    rows = [(PLACE, NAME), *((text, "x") for text in BY_AIM["rich_text"] + BY_AIM["formula"])]
    paper = list_pdf(desk, ListTable(title=NAME, columns=columns, rows=rows), MORNING.date())
    for text in (WORDS, NAME, PLACE, *BY_AIM["rich_text"], *BY_AIM["formula"]):
        assert not lacking(text, paper), text


def test_the_listener_hears(tmp_path: Path) -> None:
    with pytest.raises(AssertionError), nothing_opened():
        (tmp_path / "secret.txt").write_text("x")
