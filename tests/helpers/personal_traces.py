"""A letter of authority with everything a dossier can leave behind, and what the bytes say after."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from tests.devices.scan_samples import scanned_pdf
from tests.helpers.builders import VIETNAM, FixedClock
from tests.helpers.desks import CLERK
from tests.helpers.visits import FATHER, GRANDMOTHER

from counter_app.domain.dossier import Dossier, SubmittedPart
from counter_app.domain.dossier_acts import EnterResult, GiveResult
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.transfer_list import ListKind
from counter_app.services.desk import Desk
from counter_app.services.print_papers import print_paper
from counter_app.services.receipts import Payment
from counter_app.services.receive_dossier import receive
from counter_app.services.returns import Giving, give
from counter_app.services.scans.attach import ScanOwner, attach, prepare
from counter_app.services.scans.scan_parts import ScanPart
from counter_app.services.transfer_lists import ListEntry, make_list
from counter_app.services.visit import Visit

_PAGE, _SALT, _RESERVE, _LOG_HEAD, _FRAME_HEAD = 4096, 16, 80, 32, 24
RECEIVED = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)
AFTER_TWO_YEARS = datetime(2029, 1, 2, 8, 0, tzinfo=VIETNAM)
SECRET = "Nhận trợ cấp mai táng của cụ Hoàng Vân Kiều"
LETTER = Visit(
    procedure_id="chung-thuc-chu-ky",
    case_id="giay-uy-quyen",
    applicant=replace(GRANDMOTHER, phone="0912345678"),
    people={"ben_uy_quyen": GRANDMOTHER, "ben_duoc_uy_quyen": FATHER},
    fields={"giay-uy-quyen": {"noi_dung": SECRET, "quan_he": "Con"}},
    parts=(SubmittedPart(part_id="giay_uy_quyen", name="Giấy ủy quyền", original=1),),
)
# What of the dossier nobody may find anywhere once it is purged.
WORDS = (
    *(GRANDMOTHER.full_name, GRANDMOTHER.personal_id, FATHER.full_name, FATHER.personal_id),
    *(SECRET, "Xóm Chiềng", "0912345678", "Người nộp thay Lù A Páo"),
    *("59004321", "91005618", "12345678"),
)


@dataclass(frozen=True)
class Whole:
    """The dossier and its scan."""

    dossier: Dossier
    scan_id: str
    scan: bytes


def full_dossier(desk: Desk) -> Whole:
    """Receive, scan, hand over, print, take money, give: every place a dossier writes to."""
    assert isinstance(desk.clock, FixedClock)
    dossier = receive(desk, LETTER, clerk=CLERK)
    print_paper(desk, dossier, "slip")
    pdf = scanned_pdf(200)
    part = ScanPart(part_id="giay_uy_quyen", name="Giấy ủy quyền", order=1)
    scan = attach(desk, ScanOwner(dossier_id=dossier.dossier_id), part, prepare(desk, [pdf]))
    desk.clock.advance(minutes=5)
    entries = [ListEntry(dossier_id=dossier.dossier_id, entry=GRANDMOTHER.full_name)]
    make_list(desk, ListKind.HAND_OVER, entries, to=Holder(name="Phạm Văn Tiến"))
    desk.clock.advance(minutes=20)
    giving = Giving(
        give=GiveResult(to=ReturnTo.OWNER, full_name=GRANDMOTHER.full_name, identity_checked="seen"),
        result=EnterResult(name="Giấy ủy quyền đã chứng thực"),
        payment=Payment(payer="Người nộp thay Lù A Páo", note=GRANDMOTHER.full_name),
    )
    given = give(desk, dossier.dossier_id, giving).dossier
    return Whole(dossier=given, scan_id=scan.attachment_id, scan=pdf)


def raw_words(folder: Path, key: bytes) -> dict[str, int]:
    """Return the words that stand in the decrypted pages of the database and its log, and how often.

    The pages are decrypted as they lie, free ones and their unused parts included: a copy of the rows
    (`sqlcipher_export`) would hide what was left behind.
    """
    pages = decrypted_pages(folder, key)
    found = {word: sum(page.count(word.encode("utf-8")) for page in pages) for word in WORDS}
    return {word: count for word, count in found.items() if count}


def decrypted_pages(folder: Path, key: bytes) -> list[bytes]:
    """Return the plain bytes of every page of the file and of every frame of the log."""
    whole = (folder / "counter.db").read_bytes()
    pages = [_plain(whole[at : at + _PAGE], key, first=at == 0) for at in range(0, len(whole), _PAGE)]
    log = folder / "counter.db-wal"
    frames = log.read_bytes()[_LOG_HEAD:] if log.exists() else b""
    for at in range(0, len(frames) - _FRAME_HEAD - _PAGE + 1, _FRAME_HEAD + _PAGE):
        number = int.from_bytes(frames[at : at + 4], "big")
        page = frames[at + _FRAME_HEAD : at + _FRAME_HEAD + _PAGE]
        pages.append(_plain(page, key, first=number == 1))
    return pages


def _plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    """Decrypt one page of SQLCipher 4: AES-256-CBC, then 16 bytes of IV and 64 of seal."""
    sealed, iv = page[_SALT if first else 0 : -_RESERVE], page[-_RESERVE : -_RESERVE + 16]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(sealed) + decryptor.finalize()
