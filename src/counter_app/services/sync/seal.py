"""The seal: a sheet that says that everything of this counter reached the server, or what is still here.

It is printed from one consistent read, so it never says more than the database did at that moment. No form
of law prescribes it; the layout is ours.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.sheet_content import CellAlign, SheetColumn, SheetContent, SheetSection, SheetTable
from counter_app.services.sync.items import first_since, is_act
from counter_app.services.sync.standing import lane_of
from counter_app.services.sync_port import ItemState, Lane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from counter_app.domain.office import Office
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries

_STEP = 500
_TIP_DIGITS = 8
_COLUMNS = (
    SheetColumn(label="Chỉ tiêu", width=5),
    SheetColumn(label="Số lượng", width=1.4, align=CellAlign.RIGHT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What the sheet says. ``office_seq`` is the last number the server gave an act of this counter, 0 none.

    ``tip`` are the first 8 hex digits of the end of the chain; the server shows the same ones.
    """

    at: datetime
    counter: int
    clerk: str
    enrolled: bool
    waiting: int
    held: int
    scans_waiting: int
    sent_today: int
    dossiers_today: int
    office_seq: int
    chain_seq: int
    acked_seq: int
    tip: str
    contact_at: datetime | None
    training: bool

    @property
    def complete(self) -> bool:
        """Whether nothing of this counter is still only here."""
        left = self.waiting or self.held or self.scans_waiting or self.chain_seq != self.acked_seq
        return self.enrolled and not left


def read_seal(desk: "Desk") -> Seal:
    """Return how the counter stands at this moment; errors as `Store.reading`."""
    now, settings = desk.clock.now(), desk.settings
    with desk.store.reading() as queries:
        state, end = queries.sync_state(), queries.chain_end()
        sent, dossiers, office_seq = _of_today(queries, now)
        return Seal(
            at=now,
            counter=settings.counter.number,
            clerk=desk.clerk,
            enrolled=state.enrolled,
            waiting=state.waiting,
            held=state.quarantined,
            scans_waiting=state.scans_waiting,
            sent_today=sent,
            dossiers_today=dossiers,
            office_seq=office_seq,
            chain_seq=end.seq,
            acked_seq=queries.acked_seq(),
            tip=end.hash.hex()[:_TIP_DIGITS],
            contact_at=lane_of(state, Lane.ACTS).succeeded_at,
            training=settings.counter.training,
        )


def seal_pdf(desk: "Desk", seal: Seal) -> bytes:
    """Return the sheet as PDF on A4."""
    return desk.renderer.sheet(seal_sheet(seal, desk.office(seal.at.date())))


def seal_sheet(seal: Seal, office: "Office") -> SheetContent:
    """Return what the sheet says."""
    when = f"{seal.at:%H:%M} ngày {seal.at:%d/%m/%Y}"
    if seal.complete:
        title, lead = "Xác nhận đã gửi lên máy chủ", f"Mọi hồ sơ đã lên máy chủ đến {when}."
    else:
        title, lead = "Tình hình gửi lên máy chủ", f"Chưa gửi hết: còn dữ liệu chỉ có ở máy này lúc {when}."
    return SheetContent(
        office=office,
        title=title,
        subtitle=f"Quầy số {seal.counter} – {when}",
        place_date=f"{office.date_place}, {day_in_text(seal.at.date())}",
        sections=(
            SheetSection(lines=(lead, *_facts(seal)), labelled=False),
            SheetSection(heading="I. Đã gửi trong ngày", table=_table(_sent(seal))),
            SheetSection(heading="II. Còn ở máy này", table=_table(_left(seal))),
        ),
        signatures=(f"NGƯỜI LẬP\n(Ký và ghi rõ họ tên)\n{seal.clerk}",),
        note="Mã chuỗi là 8 ký tự đầu của mã kiểm tra việc cuối cùng của máy này; máy chủ giữ cùng mã đó.",
        marks=Marks(training=seal.training),
    )


def _facts(seal: Seal) -> "Iterator[str]":
    if not seal.enrolled:
        yield "Quầy chưa nối máy chủ."
    if seal.contact_at is not None:
        yield f"Liên lạc với máy chủ lần cuối: {seal.contact_at.astimezone(seal.at.tzinfo):%H:%M %d/%m/%Y}."
    yield f"Số thứ tự cuối máy chủ đã cấp: {seal.office_seq or 'chưa có'}. Mã chuỗi: {seal.tip}."


def _sent(seal: Seal) -> tuple[tuple[str, int], ...]:
    return ("Việc máy chủ đã xác nhận", seal.sent_today), ("Hồ sơ có việc đã xác nhận", seal.dossiers_today)


def _left(seal: Seal) -> tuple[tuple[str, int], ...]:
    return (
        ("Việc chờ gửi", seal.waiting),
        ("Việc bị giữ lại, chờ người xử lý", seal.held),
        ("Bản quét chờ gửi", seal.scans_waiting),
    )


def _table(rows: tuple[tuple[str, int], ...]) -> SheetTable:
    return SheetTable(columns=_COLUMNS, rows=tuple((words, str(count)) for words, count in rows))


def _of_today(queries: "Queries", now: datetime) -> tuple[int, int, int]:
    """Return how many acts of today the server confirmed, of how many dossiers, and its last number."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    after, sent, dossiers, last = first_since(queries, midnight), 0, set(), 0
    before = queries.out_items(unsent_only=False, limit=1, after=max(after - 1, 0))
    last = max((each.office_seq or 0 for each in before), default=0)
    while found := queries.out_items(unsent_only=False, limit=_STEP, after=after):
        acked = [each for each in found if each.state is ItemState.ACKED]
        sent += sum(map(is_act, acked))
        dossiers |= {each.dossier_id for each in acked if each.dossier_id}
        last = max(last, *(each.office_seq or 0 for each in acked), 0)
        after = found[-1].seq
    return sent, len(dossiers), last
