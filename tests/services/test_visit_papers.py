"""Ticking and counting papers, and the originals the desk only holds."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import SubmittedPart
from counter_app.domain.procedure import PartUse, ProcedureCase, RequiredPart
from counter_app.services import visit_papers
from counter_app.services.visit import Visit

CASE = ProcedureCase(
    case_id="x",
    name="x",
    parts=(
        RequiredPart(part_id="so_do", name="Giấy chứng nhận", original=1),
        RequiredPart(part_id="the", name="Căn cước", use=PartUse.PRESENT, original=1),
        RequiredPart(part_id="ban_sao", name="Bản sao", copy=2),
    ),
)
VISIT = Visit(procedure_id="x")


def part(visit: Visit, part_id: str) -> SubmittedPart:
    return next(each for each in visit.parts if each.part_id == part_id)


def test_originals_held_never_outnumber_those_brought() -> None:
    brought = visit_papers.tick(VISIT, CASE, "so_do", brought=True)
    held = visit_papers.count(brought, CASE, "so_do", "held", 1)
    assert part(held, "so_do").held == 1
    assert part(visit_papers.count(held, CASE, "so_do", "held", 3), "so_do").original == 3
    assert part(visit_papers.count(held, CASE, "so_do", "copy", 1), "so_do").held == 1
    more = visit_papers.count(held, CASE, "so_do", "original", 0)
    assert not more.parts or part(more, "so_do").held == 0


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["so_do", "the", "ban_sao", "khac"]),
            st.sampled_from(["original", "copy", "electronic", "held", "x"]),
            st.integers(-1, 120),
        ),
        max_size=12,
    )
)
def test_any_counting_keeps_the_papers_in_order(steps: list[tuple[str, str, int]]) -> None:
    visit = VISIT
    for part_id, kind, number in steps:
        visit = visit_papers.count(visit, CASE, part_id, kind, number)
    ids = [each.part_id for each in visit.parts]
    assert ids == [each.part_id for each in CASE.parts if each.part_id in ids]
    assert all(0 <= each.held <= each.original <= visit_papers.MAX_COUNT for each in visit.parts)


@pytest.mark.parametrize("brought", [True, False])
def test_a_tick_brings_what_the_case_asks(brought: bool) -> None:
    visit = visit_papers.tick(VISIT, CASE, "ban_sao", brought=brought)
    assert [each.copy for each in visit.parts] == ([2] if brought else [])
    assert replace(visit, parts=()) == VISIT
