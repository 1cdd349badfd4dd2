"""The table of kinship names roles, answers and words that the shipped forms really have."""

from pathlib import Path

import pytest
from tests.helpers.compiled_data import seed_compiled_data

from counter_app.bootstrap import open_catalogue
from counter_app.domain.family import _FORMS, _SIDE
from counter_app.domain.form_template import FormTemplate


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[FormTemplate]]:
    folder: Path = tmp_path_factory.mktemp("data")
    seed_compiled_data(folder)
    found: dict[str, list[FormTemplate]] = {}
    for form in open_catalogue(folder).all_forms():
        found.setdefault(form.form_id, []).append(form)
    return found


@pytest.mark.parametrize("form_id", sorted(_FORMS))
def test_roles_and_answers_are_in_the_form(form_id: str, forms: dict[str, list[FormTemplate]]) -> None:
    family = _FORMS[form_id]
    for form in forms[form_id]:
        roles = {role.role_id: role for role in form.roles}
        assert roles[family.applicant].applicant, form.version
        named = {each for of, _, who in family.fixed for each in (of, who)}
        named |= {each for _, of, who in family.said for each in (of, who)}
        named |= set(family.also.values()) | (set(_SIDE.values()) if family.sides else set())
        keys = {key for key, _, _ in family.said}
        assert named - set(roles) == set()
        assert all(form.field(key) is not None for key in keys)
        if family.also or family.sides:
            assert form.field(family.applicant_is) is not None
