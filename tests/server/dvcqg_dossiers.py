"""Dossiers a real counter received and worked on, as the server has them for the national export."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.devices.scan_samples import scanned_pdf
from tests.helpers.builders import MORNING, make_person
from tests.helpers.desks import make_desk
from tests.helpers.office_log import OfficeLog
from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.domain.dossier import Dossier, SubmittedPart
from counter_app.domain.dossier_acts import (
    ActRequest,
    AskSupplement,
    EnterResult,
    GiveResult,
    HandOver,
    Refuse,
    Resume,
    Withdraw,
)
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.receipts import Payment, collect
from counter_app.services.receive_dossier import receive
from counter_app.services.scans.attach import ScanOwner, attach, prepare
from counter_app.services.scans.scan_parts import ScanPart
from counter_app.services.visit import Visit
from counter_protocol.events import EventKind
from counter_server.dvcqg.build import DossierSource

OFFICE = "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH"
UNIT = "H29.12"
HAND_OVER = HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch"))
RESULT = EnterResult(name="Giấy khai sinh", number="12/2026")
GIVE = GiveResult(
    to=ReturnTo.OWNER,
    full_name=BIRTH.applicant.full_name,
    personal_id=BIRTH.applicant.personal_id,
    identity_checked="seen",
)
ASK = AskSupplement(items=("Giấy chứng sinh bản chính",), reason="Chưa nộp bản chính")
CAME = Resume(parts=(SubmittedPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", original=1),))
LIVES: dict[str, tuple[ActRequest, ...]] = {
    "received": (),
    "supplemented": (HAND_OVER, ASK, CAME),
    "resolved": (HAND_OVER, RESULT),
    "returned": (HAND_OVER, RESULT, GIVE),
    "refused": (Refuse(reasons=("Không thuộc thẩm quyền của xã",)),),
    "withdrawn": (HAND_OVER, Withdraw(reason="Nộp nhầm thủ tục")),
}


class CountersOffice:
    """A counter and what its office's log adds up to."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.log = OfficeLog()

    def receive(self, visit: Visit = BIRTH) -> Dossier:
        return receive(self.desk, visit, clerk="Trần Thị Mai")

    def act(self, dossier: Dossier, *requests: ActRequest) -> None:
        for request in requests:
            self.desk.clock.advance(hours=1)  # type: ignore[attr-defined]
            perform(self.desk, dossier.dossier_id, request, clerk="Trần Thị Mai")

    def pay(self, dossier: Dossier, payment: Payment | None = None) -> None:
        self.desk.clock.advance(minutes=5)  # type: ignore[attr-defined]
        collect(self.desk, dossier.dossier_id, payment, clerk="Trần Thị Mai")

    def scan(self, dossier: Dossier, part_id: str, order: int = 1) -> str:
        made = prepare(self.desk, [scanned_pdf(200)])
        part = ScanPart(part_id=part_id, name=part_id, order=order)
        return attach(self.desk, ScanOwner(dossier_id=dossier.dossier_id), part, made).attachment_id

    def source(self, dossier: Dossier, **changes: Any) -> DossierSource:
        """Return the dossier as the server would read it; ``state`` among the changes adds to its state."""
        self.log.take(self.desk)
        state = {**self.log.states()[dossier.dossier_id], **changes.pop("state", {})}
        events = [
            (number, event)
            for number, event in enumerate(self.log.events, 1)
            if event.dossier_id == dossier.dossier_id
        ]
        kept = [event.data for event in self.log.events if event.kind == EventKind.DEFINITION_KEPT]
        wanted = state["procedure"]["definition"]
        body = next(json.loads(data["body"]) for data in kept if data["digest"] == wanted)  # type: ignore[arg-type]
        source = DossierSource(
            unit=UNIT,
            office_name=OFFICE,
            state=state,
            events=events,
            result_codes={each["name"]: each["code"] for each in body["results"]},
        )
        return replace(source, **changes)


@contextmanager
def counters_office(folder: Path, *, training: bool = False) -> Iterator[CountersOffice]:
    desk = make_desk(folder, MORNING, training=training)
    try:
        yield CountersOffice(desk)
    finally:
        desk.store.close()


def lived(office: CountersOffice, life: str) -> DossierSource:
    """Return a birth registration that lived one of `LIVES`."""
    dossier = office.receive()
    office.act(dossier, *LIVES[life])
    return office.source(dossier)


__all__ = ["CERTIFIED_COPY", "LIVES", "CountersOffice", "counters_office", "lived", "make_person"]
