"""What clerks do, one thing after another, as chance will have it."""

import random
from collections.abc import Callable

from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.domain.dossier_acts import (
    AskSupplement,
    EnterResult,
    Extend,
    GiveResult,
    HandOver,
    Refuse,
    Resume,
    Undo,
    Withdraw,
)
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.acts.perform import perform
from counter_app.services.acts.take_over import take_over
from counter_app.services.acts.undo import undo
from counter_app.services.desk import Desk
from counter_app.services.receipts import collect
from counter_app.services.receive_dossier import receive

CLERK = "Trần Thị Mai"
_NEWEST = "SELECT dossier_id FROM dossier ORDER BY number DESC LIMIT 12"
_REQUESTS = (
    HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch")),
    AskSupplement(items=("Giấy chứng sinh",), reason="Còn thiếu", repeat_reason="Vẫn còn thiếu"),
    Resume(),
    EnterResult(name="Kết quả"),
    EnterResult(name="Kết quả"),
    GiveResult(to=ReturnTo.OWNER, full_name=BIRTH.applicant.full_name, identity_checked="seen"),
    GiveResult(to=ReturnTo.OWNER, full_name=BIRTH.applicant.full_name, identity_checked="seen"),
    Extend(reason="Chờ xác minh", time="3wd", late_reason="Trả lời muộn"),
    Refuse(reasons=("Không thuộc thẩm quyền",)),
    Withdraw(reason="Người nộp xin rút"),
)


def act(desk: Desk, chance: random.Random) -> str:
    """Do one thing and return what; a receipt where the rules forbid all that was tried."""
    with desk.store.reading() as queries:
        ids = [str(row[0]) for row in queries._sql.rows(_NEWEST)]  # type: ignore[attr-defined]
    for _ in range(4):
        if not ids or chance.random() < 0.2:
            break
        name, done = _choice(desk, chance.choice(ids), chance)
        try:
            done()
        except (RuleRefusal, BadInput):
            continue
        return name
    try:
        receive(desk, chance.choice((CERTIFIED_COPY, BIRTH)), clerk=CLERK, clock_confirmed=True)
    except BadInput:  # the child of the visit is not born yet by that clock, or too old
        receive(desk, CERTIFIED_COPY, clerk=CLERK, clock_confirmed=True)
    return "receive"


def _choice(desk: Desk, dossier_id: str, chance: random.Random) -> tuple[str, Callable[[], object]]:
    drawn = chance.random()
    if drawn < 0.1:
        return "take over", lambda: take_over(desk, dossier_id, "Quầy kia nghỉ", clock_confirmed=True)
    if drawn < 0.2:
        return "collect", lambda: collect(desk, dossier_id, clock_confirmed=True)
    if drawn < 0.32:
        reason = Undo(reason="Nhầm", nothing_handed_out=True)
        return "undo", lambda: undo(desk, dossier_id, reason, clock_confirmed=True)
    request = chance.choice(_REQUESTS)
    return type(request).__name__, lambda: perform(desk, dossier_id, request, clock_confirmed=True)
