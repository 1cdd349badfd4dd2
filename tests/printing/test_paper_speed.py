"""The path from scan to slip: never far from a bare page."""

from collections.abc import Callable
from time import perf_counter

from bare_pages import draw_bare, lines_of
from sample_forms import birth_content
from sample_slips import SLIP

from counter_app.printing.pen import MM
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import PaperSize

RENDERER = ReportlabPaperRenderer()
A5 = (148 * MM, 210 * MM)


def best(*works: Callable[[], object], rounds: int = 15) -> list[float]:
    """The shortest time of each work in seconds, taken in turns so that a busy machine hits all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            start = perf_counter()
            work()
            taken.append(perf_counter() - start)
    return [min(taken) for taken in times]


def test_a_slip_costs_at_most_half_again_of_a_bare_page() -> None:
    pages = lines_of(RENDERER.slip(SLIP, PaperSize.A5))
    slip, bare = best(lambda: RENDERER.slip(SLIP, PaperSize.A5), lambda: draw_bare(pages, A5))
    assert slip < 0.1
    assert slip / bare <= 1.5


def test_a_birth_registration_is_drawn_at_once() -> None:
    (form,) = best(lambda: RENDERER.form(birth_content()), rounds=5)
    assert form < 0.2
