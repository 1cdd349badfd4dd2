"""What was asked for, what came of the dossier, and who took it."""

from collections.abc import Iterable, Mapping

from counter_protocol.dossier_state import State
from counter_protocol.events import EventKind
from counter_server.dvcqg.coding import Coding, moment
from counter_server.dvcqg.dossier_acts import Act, of_kind
from counter_server.dvcqg.messages import GiayToKetQua, HoSoBoSung
from counter_server.dvcqg.state_reading import part, rows, text


def supplements(state: State, acts: Iterable[Act], coding: Coding) -> tuple[HoSoBoSung, ...]:
    """Return the requests for what was missing, numbered within the dossier."""
    came = of_kind(acts, EventKind.SUPPLEMENT_RECEIVED)
    told = []
    for number, asked in enumerate(rows(state, "life.supplements"), 1):
        closed = asked.get("resumed_at") is not None
        took = came[number - 1] if closed and number <= len(came) else None
        items = asked.get("items", ())
        wanted = "; ".join(map(str, items)) if isinstance(items, list) else ""
        reason = text(asked, "reason")
        told.append(
            HoSoBoSung(
                HoSoBoSungId=str(number),
                NguoiYeuCauBoSung=text(asked, "clerk"),
                NoiDungBoSung=f"{wanted}. Lý do: {reason}" if reason else wanted,
                NgayBoSung=moment(asked.get("at")),
                NguoiTiepNhanBoSung=took.clerk if took else "",
                ThongTinTiepNhan=text(took.data, "reason") if took else "",
                NgayTiepNhanBoSung=moment(asked.get("resumed_at")),
                TrangThaiBoSung=coding.code("TrangThaiBoSung", "closed" if closed else "open"),
                DanhSachGiayToBoSung=(),
                DanhSachLePhiBoSung=(),
                NgayHenTraTruoc=moment(asked.get("due_before")),
                NgayHenTraMoi=moment(asked.get("due_after")),
            )
        )
    return tuple(told)


def results(
    state: State, codes: Mapping[str, str], scan_url: str, coding: Coding
) -> tuple[GiayToKetQua, ...]:
    """Return the result that was granted; a "no" is none of the procedure's results and has no code.

    Args:
        state: The dossier.
        codes: National result codes by name, of the procedure it was received under.
        scan_url: Where the gateway fetches the scan of the result, "" when it cannot.
        coding: For results that procedure does not name.
    """
    result = part(state, "life.result")
    if not result or result.get("granted") is False:
        return ()
    name = text(result, "name")
    known = {each for each in codes.values() if each}
    code = codes.get(name) or (known.pop() if len(codes) == len(known) == 1 else "")
    return (
        GiayToKetQua(
            TenGiayTo=name,
            MaThanhPhanHoSo="",
            GiayToId=text(result, "number"),
            DuongDanTepTinKetQua=scan_url,
            MaGiayToKetQua=code or coding.code("MaGiayToKetQua", name),
        ),
    )


def refused_at(state: State) -> str:
    """Return when the dossier was refused, "" when it was not."""
    ending = part(state, "life.ending")
    return moment(ending.get("at")) if text(ending, "kind") == "refusal" else ""


def given(state: State, coding: Coding) -> tuple[str, str]:
    """Return when the result was given and how; no name of who took it leaves the office."""
    returned = part(state, "life.returned")
    if not returned:
        return "", ""
    return moment(returned.get("at")), coding.code("ThongTinTra", text(returned, "to"))
