import pytest

from counter_app.domain.checklist import PartState, checklist_state, required_parts
from counter_app.domain.condition import Condition
from counter_app.domain.dossier import SubmittedPart
from counter_app.domain.procedure import PartUse, ProcedureCase, RequiredPart

FORM = RequiredPart(part_id="form", name="Tờ khai", original=1, form_id="ht-khai-sinh")
BIRTH_NOTE = RequiredPart(
    part_id="birth_note", name="Giấy chứng sinh", original=1, not_needed_if="Đã có dữ liệu chứng sinh"
)
COPIES = RequiredPart(part_id="copies", name="Bản sao giấy tờ", copy=2)
CARD = RequiredPart(part_id="card", name="Thẻ căn cước", use=PartUse.PRESENT)
MANDATE = RequiredPart(
    part_id="mandate", name="Văn bản ủy quyền", original=1, when=Condition(field="delegate", equals=True)
)
PHOTO = RequiredPart(part_id="photo", name="Ảnh", original=1, optional=True)
CASE = ProcedureCase(case_id="c", name="c", parts=(FORM, BIRTH_NOTE, COPIES, CARD, MANDATE, PHOTO))


def brought(part, **counts) -> SubmittedPart:
    return SubmittedPart(part_id=part.part_id, name=part.name, **counts)


def states(*submitted, values=None, **more) -> dict[str, str]:
    state = checklist_state(CASE, values or {}, submitted, **more)
    return {line.part.part_id: line.state.value for line in state.lines}


def test_only_the_papers_of_this_visit_are_asked():
    assert MANDATE not in required_parts(CASE, {})
    assert required_parts(CASE, {"delegate": True}) == CASE.parts


def test_a_visit_that_brings_nothing_still_has_the_form_we_print():
    state = checklist_state(CASE, {}, ())
    assert (state.done, state.missing, state.optional, state.complete) == (1, 3, 1, False)
    assert state.missing_parts == (BIRTH_NOTE, COPIES, CARD)


def test_a_complete_visit():
    state = checklist_state(
        CASE,
        {},
        (brought(BIRTH_NOTE, original=1), brought(COPIES, copy=2), brought(CARD, presented=True)),
    )
    assert (state.done, state.missing, state.optional, state.complete) == (4, 0, 1, True)
    assert state.lines[1].submitted == brought(BIRTH_NOTE, original=1)


@pytest.mark.parametrize(
    ("part", "counts", "state"),
    [
        (BIRTH_NOTE, {"original": 1}, PartState.PROVIDED),
        (BIRTH_NOTE, {"electronic": 1}, PartState.PROVIDED),
        (BIRTH_NOTE, {"copy": 3}, PartState.MISSING),
        (BIRTH_NOTE, {"presented": True}, PartState.MISSING),
        (BIRTH_NOTE, {}, PartState.MISSING),
        (COPIES, {"copy": 1}, PartState.MISSING),
        (COPIES, {"copy": 1, "original": 1}, PartState.PROVIDED),
        (CARD, {"presented": True}, PartState.PROVIDED),
        (CARD, {"copy": 1}, PartState.PROVIDED),
        (CARD, {}, PartState.MISSING),
        (PHOTO, {}, PartState.OPTIONAL),
        (PHOTO, {"original": 1}, PartState.PROVIDED),
    ],
)
def test_what_counts_as_brought(part, counts, state):
    assert states(brought(part, **counts))[part.part_id] == state


def test_a_database_can_replace_only_the_papers_whose_data_says_so():
    found = states(not_needed=("birth_note", "copies"))
    assert found["birth_note"] == PartState.NOT_NEEDED
    assert found["copies"] == PartState.MISSING
    assert states(brought(BIRTH_NOTE, original=1), not_needed=("birth_note",))["birth_note"] == "provided"


def test_papers_of_another_case_change_nothing():
    stray = SubmittedPart(part_id="stray", name="Giấy khác", original=1)
    assert states(stray) == states()


def test_a_paper_without_counts_in_the_data_needs_one_sheet_of_any_kind():
    plain = RequiredPart(part_id="plain", name="Giấy tờ chứng minh")
    case = ProcedureCase(case_id="c", name="c", parts=(plain,))
    assert not checklist_state(case, {}, ()).complete
    assert checklist_state(case, {}, (brought(plain, copy=1),)).complete
