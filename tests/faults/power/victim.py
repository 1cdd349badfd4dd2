"""Works at a counter until its acts are done, and says what it has promised, in the order it happens.

    python -m tests.faults.power.victim FOLDER CACHE SEED ACTS SYNCHRONOUS CHECKPOINT_PAGES

The counter is set up in FOLDER/counter; a line goes to FOLDER/acks before each act ("doing …") and after
it, once the program said it was durable. CACHE has the compiled catalogue. SYNCHRONOUS is FULL, as the
program has it, or less, to show that the power cuts would find it.
"""

import hashlib
import os
import random
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.faults import writer_settings
from tests.faults.kill_server import digest, visits
from tests.helpers.builders import MORNING, CountingIds, FixedClock, make_office
from tests.helpers.desks import CLERK

from counter_app.bootstrap import open_catalogue, open_desk
from counter_app.domain.day_close import FindingKind
from counter_app.domain.dossier_acts import AskSupplement, EnterResult, HandOver, Resume
from counter_app.domain.dossier_life import Holder
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.acts.perform import perform
from counter_app.services.acts.undo import undo
from counter_app.services.attachments_port import MadeScan
from counter_app.services.backup.create import create
from counter_app.services.day_close import close_day
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import discard_draft, save_draft
from counter_app.services.keys.rekey import order_change
from counter_app.services.paper_content import PaperSize
from counter_app.services.print_day_close import print_day_close
from counter_app.services.print_papers import print_paper
from counter_app.services.receipts import collect
from counter_app.services.receive_dossier import receive
from counter_app.services.scans.attach import ScanOwner, attach
from counter_app.services.scans.keep import remove_scan
from counter_app.services.scans.scan_parts import parts_of_dossier
from counter_app.services.set_up_counter import set_up_counter

ACKS = "acks"
STICK = "usb"  # a second disk, on which backups lie
PASSPHRASE = "bốn con voi đi chợ sớm"
_PDF_SIZES = (700, 9_000, 60_000)


class TellingPrinter:
    """Says how many sheets are in somebody's hand."""

    def __init__(self, tell: Callable[..., None]) -> None:
        self._tell = tell

    def print_pdf(self, pdf: bytes, *, printer_name: str, size: PaperSize, title: str) -> None:
        self._tell("sheet")


class Victim:
    """One counter's day."""

    def __init__(self, folder: Path, cache: Path, seed: int) -> None:
        self.folder = folder / "counter"
        self.chance = random.Random(seed)
        self._catalogue = open_catalogue(cache)
        self._visits = visits(seed)
        self._told = os.open(folder / ACKS, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._clock = FixedClock(MORNING)
        self._ids = CountingIds(seed * 1_000_000)
        self._dossiers: list[str] = []
        self._drafts: list[str] = []
        (folder / STICK).mkdir()
        self._open("create")
        if not self.desk.is_set_up:
            set_up_counter(self.desk, office=make_office(), counter_number=1, clerk=CLERK)
        self.desk.keys.put_passphrase(PASSPHRASE, self._clock.now())
        self.tell("set-up")

    def tell(self, *words: object) -> None:
        """Say it outside the counter, where no power cut reaches."""
        os.write(self._told, (" ".join(map(str, words)) + "\n").encode())

    def live(self, acts: int) -> None:
        """Do so many acts."""
        choices: list[tuple[int, str, Callable[[], None]]] = [
            (30, "receive", self._receive),
            (12, "draft", self._draft),
            (14, "scan", self._scan),
            (12, "print", self._print),
            (16, "act", self._act),
            (5, "collect", self._collect),
            (5, "undo", self._undo),
            (3, "close-day", self._close_day),
            (3, "restart", self._restart),
            (3, "backup", self._backup),
            (2, "change-key", self._change_key),
        ]
        weights = [weight for weight, _name, _do in choices]
        for _ in range(acts):
            _weight, name, do = self.chance.choices(choices, weights)[0]
            self._clock.advance(seconds=self.chance.randrange(5, 300))
            self.tell("doing", name)
            try:
                do()
            except (RuleRefusal, BadInput):
                self.tell("refused")
        self.desk.store.close()

    def _open(self, access: str) -> None:
        desk: Desk = open_desk(self.folder, access=access)
        desk.catalogue, desk.clock, desk.ids = self._catalogue, self._clock, self._ids
        desk.printer = TellingPrinter(self.tell)
        self.desk = desk

    def _restart(self) -> None:
        self.desk.store.close()
        self._open("write")

    def _backup(self) -> None:
        name = f"{self._ids.new_id()}.qmcbak"
        create(self.desk, self.folder.parent / STICK / name)
        self.tell("backup", name)

    def _change_key(self) -> None:
        """Let the next key take over at the next start, which comes at once."""
        self.desk.printer = TellingPrinter(lambda *words: None)  # the recovery sheet is no paper of a dossier
        order_change(self.desk, PASSPHRASE)
        self._restart()

    def _receive(self) -> None:
        draft_id = self._drafts.pop() if self._drafts and self.chance.random() < 0.7 else ""
        dossier = receive(self.desk, next(self._visits), clerk=CLERK, draft_id=draft_id)
        self._dossiers.append(dossier.dossier_id)
        if draft_id:
            self.tell("draft-gone", draft_id)
        self._tell_of(dossier.dossier_id)

    def _draft(self) -> None:
        if self._drafts and self.chance.random() < 0.2:
            draft_id = self._drafts.pop(0)
            discard_draft(self.desk, draft_id)
            self.tell("draft-gone", draft_id)
            return
        draft_id = self._ids.new_id()
        note = "Ghi chú " * self.chance.randrange(1, 400)
        save_draft(
            self.desk,
            draft_id=draft_id,
            procedure_id="dang-ky-khai-sinh",
            procedure_name="Đăng ký khai sinh",
            applicant_name="Đinh Thị Sen",
            state={"note": note},
        )
        self._drafts.append(draft_id)
        self.tell("draft", draft_id, len(note))

    def _scan(self) -> None:
        dossier_id = self.chance.choice(self._dossiers or [""])
        with self.desk.store.reading() as queries:
            dossier = queries.dossier(dossier_id)
            if dossier is None:
                raise BadInput("dossier_unknown")
            part = parts_of_dossier(queries, dossier)[0]
            standing = queries.attachments(dossier_id=dossier_id)
        if standing and self.chance.random() < 0.3:
            remove_scan(self.desk, standing[0].attachment_id, "Nhầm")
            self.tell("scan-gone", standing[0].attachment_id)
        else:
            pdf = self.chance.randbytes(self.chance.choice(_PDF_SIZES))
            made = MadeScan(pdf=pdf, pages=1, dpi=300, skew=0.0, signed=False)
            replaced = standing[0].attachment_id if standing else ""
            kept = attach(self.desk, ScanOwner(dossier_id=dossier_id), part, made, replaces=replaced)
            if replaced:
                self.tell("scan-gone", replaced)
            self.tell("scan", kept.attachment_id, hashlib.sha256(pdf).hexdigest())
        self._tell_of(dossier_id)

    def _print(self) -> None:
        dossier_id = self.chance.choice(self._dossiers or [""])
        with self.desk.store.reading() as queries:
            dossier = queries.dossier(dossier_id)
        if dossier is None:
            raise BadInput("dossier_unknown")
        print_paper(self.desk, dossier, "slip")

    def _act(self) -> None:
        dossier_id = self.chance.choice(self._dossiers or [""])
        request = self.chance.choice(
            (
                HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch")),
                AskSupplement(items=("Giấy chứng sinh",), reason="Còn thiếu", repeat_reason="Vẫn thiếu"),
                Resume(),
                EnterResult(name="Kết quả"),
            )
        )
        perform(self.desk, dossier_id, request)
        self._tell_of(dossier_id)

    def _collect(self) -> None:
        dossier_id = self.chance.choice(self._dossiers or [""])
        collect(self.desk, dossier_id)
        self._tell_of(dossier_id)

    def _undo(self) -> None:
        dossier_id = self.chance.choice(self._dossiers or [""])
        undo(self.desk, dossier_id)
        self._tell_of(dossier_id)

    def _close_day(self) -> None:
        day = self._clock.now().date()
        close = close_day(self.desk, day, None, dict.fromkeys(FindingKind, "Để mai"))
        self.tell("closed", close.close_id)
        print_day_close(self.desk, close.close_id)
        self._clock.moment = (self._clock.now() + timedelta(days=1)).replace(hour=8, minute=0)

    def _tell_of(self, dossier_id: str) -> None:
        with self.desk.store.reading() as queries:
            dossier = queries.dossier(dossier_id)
        assert dossier is not None
        self.tell("dossier", dossier.dossier_code, dossier_id, dossier.life.rev, digest(dossier))


def main() -> None:
    folder, cache = Path(sys.argv[1]), Path(sys.argv[2])
    writer_settings.use(synchronous=sys.argv[5], checkpoint_pages=int(sys.argv[6]))
    Victim(folder, cache, int(sys.argv[3])).live(int(sys.argv[4]))


if __name__ == "__main__":
    main()
