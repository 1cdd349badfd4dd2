"""A form never asks for another matter than the case that was promised."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.form_filling import Source
from counter_app.domain.local_values import LocalValues
from counter_app.domain.office import Office
from counter_app.services.assess_visit import FormState, assess
from counter_app.services.visit import Visit

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OFFICE = Office(unit_code="H29.12", name="TRUNG TÂM", province="Phú Thọ", commune_name="xã Trung Minh")
CORRECTION = "thay-doi-cai-chinh-bo-sung-ho-tich"
DECIDED = [
    (CORRECTION, "bo-sung", {"loai_viec": "Bổ sung thông tin hộ tịch"}),
    (CORRECTION, "thay-doi", {"loai_viec": "Thay đổi hộ tịch"}),
    (CORRECTION, "cai-chinh", {"loai_viec": "Cải chính hộ tịch"}),
    (CORRECTION, "xac-dinh-lai-dan-toc", {"loai_viec": "Xác định lại dân tộc"}),
    ("dang-ky-ho-kinh-doanh", "ca-nhan", {"chu_the": "Cá nhân"}),
    ("dang-ky-ho-kinh-doanh", "thanh-vien-ho-gia-dinh", {"chu_the": "Các thành viên hộ gia đình"}),
    ("dang-ky-khai-sinh", "tre-bi-bo-roi", {"me_de_trong": True, "cha_de_trong": True}),
]


@pytest.fixture(scope="module")
def catalogue(shipped_forms: Path, shipped_calendars: Path) -> FileCatalogue:
    return FileCatalogue(shipped_forms, shipped_calendars)


def form_of(catalogue: FileCatalogue, procedure: str, case: str, **typed: object) -> FormState:
    form_id = catalogue.procedure(procedure, NOW.date()).case(case).forms[0]
    visit = Visit(procedure_id=procedure, case_id=case, fields={form_id: typed})
    (form,) = assess(
        visit,
        catalogue=catalogue,
        office=OFFICE,
        local_values=LocalValues(),
        calendar=catalogue.calendar,
        now=NOW,
    ).forms
    return form


def refused(form: FormState) -> list[str]:
    return [each.key for each in form.problems if each.code == "differs_from_case" and each.blocks]


@pytest.mark.parametrize(("procedure", "case", "answers"), DECIDED, ids=lambda value: str(value)[:24])
def test_the_case_answers_and_nobody_is_asked(catalogue, procedure, case, answers) -> None:
    form = form_of(catalogue, procedure, case)
    assert {key: form.answers[key] for key in answers} == answers
    assert {form.filled.sources[key] for key in answers} == {Source.DEFAULT}
    assert not {field.key for field in form.missing} & set(answers)
    assert refused(form) == []


@pytest.mark.parametrize(("procedure", "case", "answers"), DECIDED, ids=lambda value: str(value)[:24])
def test_the_same_answer_typed_is_no_contradiction(catalogue, procedure, case, answers) -> None:
    assert refused(form_of(catalogue, procedure, case, **answers)) == []


@pytest.mark.parametrize("other", ["Thay đổi hộ tịch", "Cải chính hộ tịch", "Xác định lại dân tộc"])
def test_a_slower_matter_cannot_be_received_as_a_same_day_one(catalogue, other: str) -> None:
    form = form_of(catalogue, CORRECTION, "bo-sung", loai_viec=other)
    (problem,) = [each for each in form.problems if each.code == "differs_from_case"]
    assert problem.blocks
    assert problem.params == {"case": "Bổ sung thông tin hộ tịch", "value": "Bổ sung thông tin hộ tịch"}
    assert form.answers["loai_viec"] == other  # the clerk's word stands until the clerk corrects it


def test_other_contradictions_are_refused(catalogue) -> None:
    alone = form_of(catalogue, "dang-ky-ho-kinh-doanh", "thanh-vien-ho-gia-dinh", chu_the="Cá nhân")
    assert refused(alone) == ["chu_the"]
    assert refused(form_of(catalogue, "dang-ky-khai-sinh", "tre-bi-bo-roi", cha_de_trong=False)) == [
        "cha_de_trong"
    ]
    # A child whose father is unknown is an ordinary birth: that case decides nothing.
    assert refused(form_of(catalogue, "dang-ky-khai-sinh", "thong-thuong", cha_de_trong=True)) == []
