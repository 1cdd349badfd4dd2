"""The chip of a row says what its list is about, in days a clerk can act on."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.domain.calendar_2026 import CALENDAR
from tests.helpers.builders import MORNING

from counter_app.domain.dossier import Channel, ReturnBy
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.work_lists import WorkList, work_day
from counter_app.services.worklists_port import MOST_COUNTED, WorkRow
from counter_app.ui.work.many import acts_of, name_of
from counter_app.ui.work.words import KEYS, count_words, state_of, when_heading, when_of, words_of

DAY = work_day(MORNING, CALENDAR)  # Monday; the day after is a holiday


def row(**changes: Any) -> WorkRow:
    values: dict[str, Any] = {
        "dossier_id": "1",
        "dossier_code": "H29.12-261123-1001",
        "applicant": "Đặng Thị Thử",
        "personal_id_masked": "000******01",
        "phone": "",
        "procedure": "Đăng ký khai sinh",
        "sector": "Hộ tịch",
        "status": DossierStatus.PROCESSING,
        "channel": Channel.COUNTER,
        "return_by": ReturnBy.COUNTER,
        "clerk": "Mai",
        "holder": "",
        "received_at": MORNING - timedelta(days=3),
        "due_at": None,
        "waiting_since": None,
        "resolved_at": None,
        "extended": False,
        "originals_held": 0,
        "unsent": False,
        "place": ("", 1),
    }
    return WorkRow(**{**values, **changes})


@pytest.mark.parametrize(
    ("which", "changes", "words"),
    [
        (WorkList.LATE, {"due_at": MORNING - timedelta(days=2)}, "Quá 2 ngày"),
        (WorkList.LATE, {"due_at": MORNING - timedelta(hours=1)}, "Quá giờ hẹn"),
        (WorkList.AT_RISK, {"due_at": DAY.tomorrow_ends - timedelta(hours=1)}, "Còn 1 ngày"),
        (WorkList.AT_RISK, {"due_at": DAY.tomorrow_ends}, "Còn 2 ngày"),
        (WorkList.AT_RISK, {"due_at": DAY.tomorrow_ends, "extended": True}, "Đã gia hạn"),
        (WorkList.TO_HAND_OVER, {}, "Trễ bàn giao"),
        (WorkList.TO_HAND_OVER, {"received_at": MORNING}, "Đang xử lý"),
        (WorkList.WAITING_SUPPLEMENT, {"waiting_since": MORNING - timedelta(days=5)}, "Chờ 5 ngày"),
        (WorkList.RESULTS_READY, {"resolved_at": MORNING}, "Từ hôm nay"),
        (WorkList.ORIGINALS, {"originals_held": 2}, "2 bản chính"),
        (WorkList.UNSENT, {}, "Đang xử lý"),
    ],
)
def test_chips(which: WorkList, changes: dict[str, object], words: str) -> None:
    assert state_of(which, row(**changes), DAY)[0] == words


@pytest.mark.parametrize("which", list(WorkList))
def test_every_list_has_words_a_key_a_moment_and_acts(which: WorkList) -> None:
    words = words_of(which)
    assert all((words.name, words.meaning, words.nothing, KEYS[which], when_heading(which)))
    moments: dict[str, datetime] = dict.fromkeys(("due_at", "waiting_since", "resolved_at"), MORNING)
    assert when_of(which, row(**moments)).endswith("08:30")
    assert all(map(name_of, acts_of(which)))


def test_counts_never_claim_more_than_was_counted() -> None:
    assert count_words(WorkList.LATE, 12_345) == "12.345"
    assert count_words(WorkList.UNSENT, MOST_COUNTED) == "9.999+"
