"""A form is never filled half from one person and half from another."""

from dataclasses import replace
from datetime import date

import pytest
from tests.helpers.visits import FATHER, GRANDMOTHER

from counter_app.domain.applicant_agreement import applicant_differs, same_name
from counter_app.domain.condition import Condition
from counter_app.domain.form_filling import fill_from_people
from counter_app.domain.form_template import (
    CardFact,
    FieldType,
    FormField,
    FormLayout,
    FormTemplate,
    Role,
)
from counter_app.domain.form_validation import FieldProblem
from counter_app.domain.person import Person
from counter_app.domain.provenance import Provenance


def person_fields(role: str) -> tuple[FormField, ...]:
    kinds = (
        ("name", FieldType.PERSON_NAME, CardFact.FULL_NAME),
        ("number", FieldType.PERSONAL_ID, CardFact.PERSONAL_ID),
        ("paper", FieldType.ID_DOCUMENT, CardFact.ID_DOCUMENT),
        ("born", FieldType.DATE, CardFact.BIRTH_DATE),
    )
    return tuple(
        FormField(key=f"{role}_{key}", label=key, type=kind, role=role, card=card)
        for key, kind, card in kinds
    )


def form(sex: str = "") -> FormTemplate:
    mother_asks = Condition(field="relation", equals="Mẹ")
    return FormTemplate(
        form_id="f",
        version="1",
        title="",
        valid_from=date(2026, 1, 1),
        provenance=Provenance(source="invented"),
        roles=(
            Role(role_id="asker", label="Người yêu cầu", applicant=True, sex=sex),
            Role(role_id="mother", label="Mẹ", same_as_applicant_when=mother_asks),
        ),
        fields=(
            *person_fields("asker"),
            FormField(key="relation", label="", type=FieldType.TEXT),
            *person_fields("mother"),
        ),
        layout=FormLayout(body=()),
    )


def problems(template: FormTemplate, typed: dict[str, object], person: Person) -> tuple[FieldProblem, ...]:
    filled = fill_from_people(template, typed, {"asker": person}, today=date(2026, 11, 23))
    return applicant_differs(template, filled, person)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({}, []),
        ({"asker_name": "ĐINH THỊ SEN"}, []),
        ({"asker_name": "", "asker_number": ""}, []),
        ({"asker_name": "Bùi Thị Na"}, ["asker_name"]),
        ({"asker_number": GRANDMOTHER.personal_id}, []),
        ({"asker_number": "001190000001"}, ["asker_number"]),
        ({"asker_paper": {"kind": "Hộ chiếu", "number": "B1234567"}}, []),
        ({"asker_paper": {"kind": "Căn cước", "number": "001190000001"}}, ["asker_paper"]),
        ({"asker_name": "Bùi Thị Na", "asker_paper": {"number": "B1234567"}}, ["asker_name"]),
        ({"asker_born": "1959"}, []),
        ({"asker_name": "Đinh Thị Sen", "asker_born": "1988-01-01"}, ["asker_born"]),
        # Her own number typed beside it proves the person; the card's date may simply be wrong.
        ({"asker_number": GRANDMOTHER.personal_id, "asker_born": "1959-02-04"}, []),
        ({"mother_name": "Bùi Thị Na"}, []),
        ({"relation": "Mẹ", "mother_name": "Bùi Thị Na"}, ["mother_name"]),
    ],
)
def test_an_answer_of_somebody_else_is_named(typed: dict[str, object], fields: list[str]) -> None:
    found = problems(form(), typed, GRANDMOTHER)
    assert [problem.key for problem in found] == fields
    assert all(problem.code == "applicant_differs" and problem.blocks for problem in found)


def test_a_man_is_not_the_bride() -> None:
    assert [p.key for p in problems(form("female"), {}, FATHER)] == ["asker_name"]
    assert problems(form("female"), {}, GRANDMOTHER) == ()
    assert problems(form("female"), {}, replace(FATHER, sex=None)) == ()


def test_an_applicant_nothing_is_known_of_contradicts_nobody() -> None:
    typed = {"asker_name": "Bùi Thị Na", "asker_number": "001190000001"}
    assert problems(form(), typed, Person(full_name="")) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Đinh Thị Sen", "ĐINH  THỊ SEN", True),
        ("Trần Hoà", "Trần Hòa", True),
        ("DINH THI SEN", "Đinh Thị Sen", True),
        ("Trần Hùng", "Trần Hưng", False),
        ("Trần Văn Hùng", "Trần Hùng", False),
    ],
)
def test_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same
