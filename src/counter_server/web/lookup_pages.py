"""The citizens' page: a form, and in plain words where the dossier stands and what to do next."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from litestar import Response

from counter_server.web import words
from counter_server.web.lookup import Standing
from counter_server.web.page import page
from counter_server.web.words import OFFICE_ZONE, StatusWords

NOT_FOUND = (
    "Không tìm thấy hồ sơ với mã hồ sơ và mã tra cứu này. Xin ông/bà xem lại hai mã trên giấy hẹn. Hồ sơ "
    "nộp ở nơi mất mạng có thể vài giờ sau mới tra cứu được."
)
BOTH_NEEDED = "Xin ông/bà nhập cả mã hồ sơ và mã tra cứu."
TOO_MANY_WRONG = (
    "Mã hồ sơ này đã bị nhập sai nhiều lần. Xin ông/bà thử lại sau một giờ, hoặc hỏi nơi đã nộp hồ sơ."
)
TOO_OFTEN = "Có quá nhiều lượt tra cứu từ kết nối này. Xin ông/bà chờ một phút rồi thử lại."


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the fields of the form."""

    code: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the page says of a dossier."""

    status: StatusWords
    procedure_name: str
    office: str
    received_at: datetime
    due: str


def lookup_page(
    entered: Entered | None = None,
    *,
    problem: str = "",
    status: int = 200,
    answer: Answer | None = None,
    retry_after: int = 0,
) -> Response[bytes]:
    """Return the form, with what was typed, and the answer or the problem above it."""
    values = {"entered": entered or Entered(), "problem": problem, "standing": answer}
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    return page("lookup.html", values, status=status, referrer="no-referrer", headers=headers)


def answer_of(standing: Standing, now: datetime) -> Answer:
    """Return the words for where a dossier stands."""
    status = words.STATUSES.get(standing.status, words.UNKNOWN_STATUS)
    due_at = standing.due_at if status.runs else None
    if due_at is not None and _day(due_at) < _day(now):
        late = f"{status.short}, đã quá ngày hẹn"
        status = replace(status, short=late, next_step=words.LATE, tone="warn")
    return Answer(
        status=status,
        procedure_name=standing.procedure_name,
        office=standing.office,
        received_at=standing.received_at,
        due=f"{due_at.astimezone(OFFICE_ZONE):%H:%M, ngày %d/%m/%Y}" if due_at else "",
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(OFFICE_ZONE).date()
