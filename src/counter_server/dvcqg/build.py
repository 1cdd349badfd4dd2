"""A dossier's state and events as the messages the gateway gets; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from counter_protocol.dossier_state import State
from counter_protocol.events import EventEnvelope
from counter_server.dvcqg import dossier_outcome
from counter_server.dvcqg.coding import Coding, moment
from counter_server.dvcqg.dossier_acts import Act, standing_acts
from counter_server.dvcqg.fees import fees, paid_online
from counter_server.dvcqg.mapping import Table
from counter_server.dvcqg.messages import DinhDanhChuHoSo, HoSo, TienTrinh
from counter_server.dvcqg.papers import RESULT_PART, papers_only, scanned_parts, scans
from counter_server.dvcqg.state_reading import part, text
from counter_server.dvcqg.steps import steps

LONGEST_SUMMARY = 1000
_PROCEDURE_CODE = re.compile(r"[1-9]\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?")
_PROVISIONAL = re.compile(r".*-9\d{5}")
_NUMBER_KINDS = {12: "personal_id", 9: "old_id"}
_APPLICANT_KIND = "citizen"  # counters receive dossiers of natural persons only, unless the state says more


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSource:
    """A dossier as the server has it.

    ``events`` are all of its events with their office_seq, in that order; ``result_codes`` the national codes
    of its procedure's results by name; ``files_url`` see `papers.scans`.
    """

    unit: str
    office_name: str
    state: State
    events: Sequence[tuple[int, EventEnvelope]]
    result_codes: Mapping[str, str] = field(default_factory=dict)
    files_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The messages of one dossier; ``as_of`` is the number of its newest event in the office's log."""

    unit: str
    dossier: HoSo
    steps: tuple[TienTrinh, ...]
    as_of: int = 0


def is_told(state: State) -> bool:
    """Tell whether a dossier is for the gateway at all: training never is."""
    return state.get("training") is not True


def build(source: DossierSource, tables: Mapping[str, Table]) -> Told:
    """Return the messages of a dossier.

    Raises:
        Unmapped: values that have no code, are missing, too long, or cannot be read; all of them are named.
    """
    code = text(source.state, "dossier_code")
    coding = Coding(tables, source.unit, code)
    try:
        told = _told(source, coding)
    except (ValueError, TypeError, OverflowError) as error:
        # The kind of the error only: its text may quote what a citizen said.
        coding.problem("state", type(error).__name__, "unreadable")
        coding.check()
        raise AssertionError("a kept problem is raised") from error
    coding.check()
    return told


def _told(source: DossierSource, coding: Coding) -> Told:
    if not is_told(source.state):
        coding.problem("training", "true")
    acts = standing_acts(source.events)
    code = _official_code(source.state, coding)
    return Told(
        unit=source.unit,
        dossier=_dossier(source, acts, code, coding),
        steps=steps(acts, code, source.office_name, coding),
        as_of=max((seq for seq, _event in source.events), default=0),
    )


def _dossier(source: DossierSource, acts: Sequence[Act], code: str, coding: Coding) -> HoSo:
    state = source.state
    procedure, applicant = part(state, "procedure"), part(state, "applicant")
    given_at, given_how = dossier_outcome.given(state, coding)
    papers = scans(state, acts, source.files_url, coding)
    scanned = scanned_parts(acts)
    numbers = _numbers(applicant, coding)
    return HoSo(
        MaHoSo=code,
        MaTTHC=_procedure_code(procedure, coding),
        TenTTHC=coding.needed("TenTTHC", text(procedure, "name")),
        MaLinhVuc=coding.code("MaLinhVuc", text(procedure, "sector")),
        TenLinhVuc=text(procedure, "sector"),
        KenhThucHien=coding.code("KenhThucHien", text(state, "channel")),
        SoGiayToChuHoSo=numbers[0].SoDinhDanh if numbers else "",
        ChuHoSo=coding.needed("ChuHoSo", text(applicant, "full_name")),
        LoaiDoiTuong=coding.code("LoaiDoiTuong", text(applicant, "kind") or _APPLICANT_KIND),
        MaDoiTuong="",
        ThongTinKhac="",
        Email=text(applicant, "email"),
        Fax="",
        SoDienThoai=text(applicant, "phone"),
        TrichYeuHoSo=_summary(procedure),
        NgayTiepNhan=coding.needed("NgayTiepNhan", moment(state.get("received_at"))),
        NgayHenTra=moment(state.get("due_at")),
        TrangThaiHoSo=coding.code("TrangThaiHoSo", text(state, "status")),
        NgayTra=given_at,
        ThongTinTra=given_how,
        HinhThuc=coding.code("HinhThuc", text(state, "return_by")),
        NgayKetThucXuLy=moment(state.get("resolved_at")),
        DonViXuLy=coding.needed("DonViXuLy", source.office_name),
        GhiChu="",
        TaiLieuNop=papers,
        DanhSachLePhi=fees(state, acts, coding),
        DanhSachTepDinhKemKhac=papers_only(state, scanned, coding),
        DanhSachHoSoBoSung=dossier_outcome.supplements(state, acts, coding),
        DanhSachGiayToKetQua=dossier_outcome.results(
            state, source.result_codes, _url_of(source, scanned.get(RESULT_PART, "")), coding
        ),
        NoiNopHoSo=coding.code("NoiNopHoSo", text(state, "channel")),
        HoSoCoThanhPhanSoHoa="1" if scanned.keys() - {RESULT_PART} else "0",
        TaiKhoanDuocXacThucVoiVNeID="0",
        DuocThanhToanTrucTuyen=coding.code(
            "DuocThanhToanTrucTuyen", "online" if paid_online(acts) else "none"
        ),
        NgayTuChoi=dossier_outcome.refused_at(state),
        DinhDanhCHS=numbers,
        NgayNopHoSo=moment(state.get("received_at")),
        DSKetNoiCSDL=(),
    )


def _url_of(source: DossierSource, attachment_id: str) -> str:
    return f"{source.files_url}{attachment_id}" if source.files_url and attachment_id else ""


def _official_code(state: State, coding: Coding) -> str:
    """Return the code; in place of a provisional one the official one that came for it."""
    code = coding.needed("MaHoSo", text(state, "dossier_code"))
    if state.get("provisional_code") is not True:
        return code
    aliases = state.get("aliases")
    official = [str(each) for each in aliases] if isinstance(aliases, list) else []
    return next((each for each in official if not _PROVISIONAL.fullmatch(each)), "") or coding.problem(
        "MaHoSo", code
    )


def _procedure_code(procedure: Mapping[str, object], coding: Coding) -> str:
    code = text(procedure, "national_code")
    if _PROCEDURE_CODE.fullmatch(code):
        return code
    return coding.problem("MaTTHC", code or text(procedure, "procedure_id"))


def _numbers(applicant: Mapping[str, object], coding: Coding) -> tuple[DinhDanhChuHoSo, ...]:
    """Return the applicant's numbers, () for one who has none; a problem tells a number's length only."""
    told = []
    for number in (text(applicant, "personal_id"), text(applicant, "old_id")):
        kind = _NUMBER_KINDS.get(len(number)) if number.isdecimal() else None
        if kind:
            told.append(DinhDanhChuHoSo(LoaiDinhDanh=coding.code("LoaiDinhDanh", kind), SoDinhDanh=number))
        elif number:
            coding.problem("LoaiDinhDanh", f"{len(number)} ký tự")
    return tuple(told)


def _summary(procedure: Mapping[str, object]) -> str:
    """Return our own summary of the dossier; nobody's words are lost when it is cut."""
    name, case = text(procedure, "name"), text(procedure, "case_name")
    summary = f"{name} ({case})" if case else name
    return summary if len(summary) <= LONGEST_SUMMARY else summary[: LONGEST_SUMMARY - 1] + "…"
