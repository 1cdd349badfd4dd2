"""What a counter pushes is what leaders and citizens read, without the names it pushed."""

from collections.abc import Iterator
from datetime import date

import httpx
import pytest
from tests.server.raw_counter import RawCounter, enrolled
from tests.server.serving import Served
from tests.server.web_data import add_leader, logged_in

from counter_protocol.events import EventKind


@pytest.fixture
def counter(server: Served) -> Iterator[RawCounter]:
    with enrolled(server) as raw:
        yield raw


def answer(server: Served, code: str, secret: str = "3467") -> str:
    return httpx.post(f"{server.url}/tra-cuu", data={"ma": code, "bi-mat": secret}).text


def test_a_citizen_follows_a_dossier_from_receipt_to_return(server: Served, counter: RawCounter) -> None:
    dossier = counter.received(1)
    state = counter.state(1)
    code = str(state["dossier_code"])
    assert "Không tìm thấy" in answer(server, code)
    counter.push()
    assert "Đã tiếp nhận" in answer(server, code)
    counter.act(EventKind.DOSSIER_CORRECTED, dossier, aliases=["G09.20-20261122-0092637"])
    counter.push()
    assert "Đã tiếp nhận" in answer(server, "g0920 20261122 0092637")
    counter.returned(dossier)
    counter.push()
    page = answer(server, code)
    assert "Đã trả kết quả" in page
    assert "Lò Thị" not in page


def test_a_leader_reads_what_was_pushed_and_nobody_s_name(server: Served, counter: RawCounter) -> None:
    add_leader(server, "tinh")
    first = counter.received(1)
    counter.received(2, assisted=True)
    counter.returned(first)
    today: date = counter.clock().date()
    counter.event(
        EventKind.RATING_GIVEN,
        data={"day": today.isoformat(), "ratings": [{"score": "very_satisfied"}] * 6},
    )
    counter.event(EventKind.GUIDANCE_GIVEN, data={"notice": "supplement"})
    counter.push()
    with logged_in(server, "tinh") as client:
        office = client.get(f"/don-vi/{counter.unit}?ky=nam").text
        table = client.get("/xuat/don-vi.csv?ky=nam").text
    assert "Lò Thị" not in office + table
    assert "Quầy 1: vừa xong" in office
    assert "Rất hài lòng" in office
    figures = table.splitlines()[1].split(",")
    # received, open, overdue, due soon …, returned, satisfied, guidance, flags
    assert (figures[2], figures[3], figures[4], *figures[8:]) == ("2", "1", "0", "1", "100.0", "1", "0")
