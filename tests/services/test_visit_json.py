"""Drafts come back exactly as they were; foreign JSON is refused by the name of the field."""

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.domain.dossier import Channel, ReturnBy
from counter_app.domain.errors import BadInput
from counter_app.services.visit import Visit
from counter_app.services.visit_json import visit_from_json, visit_to_json


@pytest.mark.parametrize(
    "visit",
    [
        BIRTH,
        CERTIFIED_COPY,
        Visit(procedure_id=""),
        replace(
            BIRTH,
            channel=Channel.POSTAL,
            return_by=ReturnBy.POSTAL,
            copies=3,
            slip_asked=True,
            assisted=False,
            entered_amounts={"le_phi": 5000},
            exemptions={"phi": "ho_ngheo"},
            override_reason="chuyển tiếp",
            card_shown=True,
            not_needed=("giay_to_tuy_than",),
        ),
    ],
)
def test_a_visit_survives_the_draft(visit: Visit) -> None:
    assert visit_from_json(json.loads(json.dumps(visit_to_json(visit)))) == visit


@pytest.mark.parametrize(
    ("state", "field"),
    [
        ({"applicant": "Sen"}, "applicant"),
        ({"applicant": {"full_name": 7}}, "full_name"),
        ({"applicant": {"full_name": "Sen", "sex": "unknown"}}, "applicant"),
        ({"applicant": {"full_name": "Sen", "issued_on": "gestern"}}, "applicant"),
        ({"people": []}, "people"),
        ({"fields": {"f": []}}, "fields.f"),
        ({"parts": {}}, "parts"),
        ({"parts": [{"part_id": "x", "original": -1}]}, "parts.original"),
        ({"copies": True}, "copies"),
        ({"copies": 10**12}, "copies"),
        ({"channel": "pigeon"}, "channel"),
        ({"assisted": "yes"}, "assisted"),
        ({"not_needed": "all"}, "not_needed"),
    ],
)
def test_values_of_the_wrong_kind_are_named(state: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        visit_from_json(state)
    assert refused.value.code == "bad_answers"
    assert refused.value.params["field"] == field
