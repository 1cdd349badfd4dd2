"""A refusal names what to do instead: the procedure that took over, the limit that is missing and why."""

from datetime import datetime

import pytest
from tests.helpers.builders import VIETNAM

from counter_app.domain.errors import RuleRefusal
from counter_app.messages import text_of
from counter_app.services.desk import Desk
from counter_app.services.promise_of_case import promise_of


def test_an_expired_procedure_names_its_successor(desk: Desk) -> None:
    on = desk.clock.now().date()
    with pytest.raises(RuleRefusal) as refused:
        desk.catalogue.procedure("cap-doi-the-can-cuoc", on)
    successors = refused.value.params["superseded_by"]
    assert isinstance(successors, list)
    assert successors
    for each in successors:
        assert desk.catalogue.procedure(each, on).name in text_of(refused.value)


def test_one_nothing_replaced_says_so_as_before(desk: Desk) -> None:
    with pytest.raises(RuleRefusal) as refused:
        desk.catalogue.procedure("dang-ky-khai-sinh", datetime(2027, 3, 1, tzinfo=VIETNAM).date())
    assert "successors" not in refused.value.params
    assert "28/02/2027" in text_of(refused.value)


def test_a_missing_limit_says_why(desk: Desk) -> None:
    now = desk.clock.now()
    procedure = desk.catalogue.procedure("giai-quyet-khieu-nai-lan-dau", now.date())
    with pytest.raises(RuleRefusal) as refused:
        promise_of(procedure.cases[0], now, desk.calendar())
    assert refused.value.code == "no_time_limit"
    assert "thụ lý" in text_of(refused.value)
