"""The papers of a dossier: scanned ones as files, the others by number and kind."""

from collections.abc import Collection, Iterable, Mapping

from counter_protocol.dossier_state import State
from counter_protocol.events import EventKind
from counter_server.dvcqg.coding import Coding
from counter_server.dvcqg.dossier_acts import Act, of_kind
from counter_server.dvcqg.messages import TaiLieuNop, TepDinhKemKhac
from counter_server.dvcqg.state_reading import count, part, rows, text

LONGEST_FILE_NAME = 4000
RESULT_PART = "ket_qua"  # the scan of the result, which is no paper handed in
_KINDS = ("original", "copy", "electronic")


def scans(state: State, acts: Iterable[Act], files_url: str, coding: Coding) -> tuple[TaiLieuNop, ...]:
    """Return every scan that was attached, those taken off again marked as deleted.

    Args:
        state: The dossier.
        acts: What was done with it.
        files_url: Where the gateway fetches scans, ending in "/"; "" when it cannot: no address is told then.
        coding: For the codes of the parts.
    """
    attached: dict[str, Mapping[str, object]] = {}
    removed: set[str] = set()
    for event in of_kind(acts, EventKind.SCAN_ATTACHED, EventKind.SCAN_REMOVED):
        for file in rows(event.data, "files"):
            attachment_id = text(file, "attachment_id")
            if event.kind == EventKind.SCAN_REMOVED:
                removed.add(attachment_id)
            else:
                attached[attachment_id] = file
    procedure_id = text(part(state, "procedure"), "procedure_id")
    return tuple(
        TaiLieuNop(
            TepDinhKemId=attachment_id,
            TenTepDinhKem=coding.within(
                "TenTepDinhKem", coding.needed("TenTepDinhKem", text(file, "file_name")), LONGEST_FILE_NAME
            ),
            IsDeleted="1" if attachment_id in removed else "0",
            MaThanhPhanHoSo=coding.code("MaThanhPhanHoSo", f"{procedure_id}/{text(file, 'part_id')}"),
            DuongDanTaiTepTin=f"{files_url}{attachment_id}" if files_url else "",
            DuocSoHoa="1",
        )
        for attachment_id, file in attached.items()
        if text(file, "part_id") != RESULT_PART
    )


def scanned_parts(acts: Iterable[Act]) -> dict[str, str]:
    """Return, by part, the scan it has: what was attached and not taken off; the result's among them."""
    standing: dict[str, str] = {}
    for event in of_kind(acts, EventKind.SCAN_ATTACHED, EventKind.SCAN_REMOVED):
        for file in rows(event.data, "files"):
            if event.kind == EventKind.SCAN_REMOVED:
                standing.pop(text(file, "attachment_id"), None)
            else:
                standing[text(file, "attachment_id")] = text(file, "part_id")
    return {part_id: attachment_id for attachment_id, part_id in standing.items()}


def papers_only(state: State, scanned: Collection[str], coding: Coding) -> tuple[TepDinhKemKhac, ...]:
    """Return the papers handed in that were not scanned, a line for each kind; papers only shown are none."""
    return tuple(
        TepDinhKemKhac(
            TenGiayTo=text(each, "name"),
            SoLuong=str(count(each, kind)),
            LoaiGiayTo=coding.code("LoaiGiayTo", kind),
        )
        for each in rows(state, "parts")
        if text(each, "part_id") not in scanned
        for kind in _KINDS
        if count(each, kind) > 0
    )
