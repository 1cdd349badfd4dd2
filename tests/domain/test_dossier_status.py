import pytest

from counter_app.domain.dossier_status import MOVES, DossierStatus, check_move
from counter_app.domain.errors import RuleRefusal

S = DossierStatus

ALLOWED = {
    S.DRAFT: "received refused",
    S.REGISTERED: "received awaiting_supplement refused withdrawn",
    S.RECEIVED: "processing awaiting_supplement awaiting_payment resolved refused withdrawn stopped",
    S.PROCESSING: "awaiting_supplement awaiting_payment resolved refused withdrawn stopped",
    S.AWAITING_SUPPLEMENT: "processing refused withdrawn stopped",
    S.AWAITING_PAYMENT: "processing resolved refused withdrawn stopped",
    S.RESOLVED: "returned",
    S.REFUSED: "",
    S.WITHDRAWN: "",
    S.STOPPED: "",
    S.RETURNED: "",
}


@pytest.mark.parametrize("from_status", S)
def test_exactly_the_moves_of_the_table_are_allowed(from_status):
    for to_status in S:
        if to_status.value in ALLOWED[from_status].split():
            check_move(from_status, to_status)
        else:
            with pytest.raises(RuleRefusal) as refusal:
                check_move(from_status, to_status)
            assert refusal.value.code == "move_not_allowed"
            assert refusal.value.params["from_status"] == from_status.value
            assert refusal.value.params["to_status"] == to_status.value


@pytest.mark.parametrize(
    ("from_status", "to_status", "rule"),
    [
        (S.RECEIVED, S.RECEIVED, "already_there"),
        (S.RETURNED, S.RETURNED, "already_there"),
        (S.RETURNED, S.PROCESSING, "final_status"),
        (S.REFUSED, S.RECEIVED, "final_status"),
        (S.DRAFT, S.RESOLVED, "receive_first"),
        (S.REGISTERED, S.RETURNED, "receive_first"),
        (S.RECEIVED, S.RETURNED, "resolve_before_return"),
        (S.AWAITING_SUPPLEMENT, S.RETURNED, "resolve_before_return"),
        (S.RESOLVED, S.PROCESSING, "resolved_only_returned"),
        (S.PROCESSING, S.RECEIVED, "never_back_to_intake"),
        (S.AWAITING_SUPPLEMENT, S.RESOLVED, "status_order"),
    ],
)
def test_a_refused_move_names_the_rule(from_status, to_status, rule):
    with pytest.raises(RuleRefusal) as refusal:
        check_move(from_status, to_status)
    assert refusal.value.params["rule"] == rule


def test_a_same_day_dossier_goes_from_received_to_returned_in_one_visit():
    for step in ((S.DRAFT, S.RECEIVED), (S.RECEIVED, S.RESOLVED), (S.RESOLVED, S.RETURNED)):
        check_move(*step)


def test_final_statuses():
    assert {status for status in S if status.final} == {S.REFUSED, S.WITHDRAWN, S.STOPPED, S.RETURNED}


def test_every_status_can_end():
    ending = {status for status in S if status.final}
    for _ in S:
        ending |= {status for status in S if MOVES[status] & ending}
    assert ending == set(S)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (S.DRAFT, None),
        (S.REGISTERED, 1),
        (S.RECEIVED, 2),
        (S.REFUSED, 3),
        (S.PROCESSING, 4),
        (S.AWAITING_SUPPLEMENT, 5),
        (S.AWAITING_PAYMENT, 6),
        (S.WITHDRAWN, 7),
        (S.STOPPED, 8),
        (S.RESOLVED, 9),
        (S.RETURNED, 10),
    ],
)
def test_national_codes(status, code):
    assert status.national_code == code
    if code is not None:
        assert S.from_national_code(code) is status


def test_an_unknown_national_code_is_no_status():
    assert S.from_national_code(0) is None
    assert S.from_national_code(11) is None
