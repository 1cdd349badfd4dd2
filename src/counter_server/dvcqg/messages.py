"""What the gateway is told: its own field names, every value text, dates ``yyyyMMddHHmmss`` in Vietnam.

Source: public code of a provincial system and of OpenCPS, read 2026-11; the
gateway's own specification was not.
"""

import msgspec


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Written as it is: every field, also an empty one."""


class TaiLieuNop(Told, frozen=True):
    """A scanned paper. ``DuocTaiSuDung`` 0 no, 1 of another part, 2 of an earlier result."""

    TepDinhKemId: str
    TenTepDinhKem: str
    IsDeleted: str
    MaThanhPhanHoSo: str
    DuongDanTaiTepTin: str
    DuocSoHoa: str
    DuocTaiSuDung: str = "0"
    DuocLayTuKhoDMQG: str = "0"
    MaKetQuaThayThe: str = ""


class LePhi(Told, frozen=True):
    """A fee; ``Gia`` in đồng."""

    TenPhiLePhi: str
    MaPhiLePhi: str
    HinhThucThu: str
    Gia: str
    LoaiPhiLePhi: str


class TepDinhKemKhac(Told, frozen=True):
    """A paper that was handed in and not scanned."""

    TenGiayTo: str
    SoLuong: str
    LoaiGiayTo: str


class HoSoBoSung(Told, frozen=True):
    """One request for what is missing, and what came of it."""

    HoSoBoSungId: str
    NguoiYeuCauBoSung: str
    NoiDungBoSung: str
    NgayBoSung: str
    NguoiTiepNhanBoSung: str
    ThongTinTiepNhan: str
    NgayTiepNhanBoSung: str
    TrangThaiBoSung: str
    DanhSachGiayToBoSung: tuple[TaiLieuNop, ...]
    DanhSachLePhiBoSung: tuple[LePhi, ...]
    NgayHenTraTruoc: str
    NgayHenTraMoi: str


class GiayToKetQua(Told, frozen=True):
    """A result; ``GiayToId`` is its number."""

    TenGiayTo: str
    MaThanhPhanHoSo: str
    GiayToId: str
    DuongDanTepTinKetQua: str
    MaGiayToKetQua: str


class DinhDanhChuHoSo(Told, frozen=True):
    """A number the applicant is known by."""

    LoaiDinhDanh: str
    SoDinhDanh: str


class KetNoiCSDL(Told, frozen=True):
    """A database that was asked; an offline counter asks none."""

    MaCSDL: str


class HoSo(Told, frozen=True):
    """A dossier, for DongBoHoSoMC."""

    MaHoSo: str
    MaTTHC: str
    TenTTHC: str
    MaLinhVuc: str
    TenLinhVuc: str
    KenhThucHien: str
    SoGiayToChuHoSo: str
    ChuHoSo: str
    LoaiDoiTuong: str
    MaDoiTuong: str
    ThongTinKhac: str
    Email: str
    Fax: str
    SoDienThoai: str
    TrichYeuHoSo: str
    NgayTiepNhan: str
    NgayHenTra: str
    TrangThaiHoSo: str
    NgayTra: str
    ThongTinTra: str
    HinhThuc: str
    NgayKetThucXuLy: str
    DonViXuLy: str
    GhiChu: str
    TaiLieuNop: tuple[TaiLieuNop, ...]
    DanhSachLePhi: tuple[LePhi, ...]
    DanhSachTepDinhKemKhac: tuple[TepDinhKemKhac, ...]
    DanhSachHoSoBoSung: tuple[HoSoBoSung, ...]
    DanhSachGiayToKetQua: tuple[GiayToKetQua, ...]
    NoiNopHoSo: str
    HoSoCoThanhPhanSoHoa: str
    TaiKhoanDuocXacThucVoiVNeID: str
    DuocThanhToanTrucTuyen: str
    NgayTuChoi: str
    DinhDanhCHS: tuple[DinhDanhChuHoSo, ...]
    NgayNopHoSo: str
    DSKetNoiCSDL: tuple[KetNoiCSDL, ...]


class TienTrinh(Told, frozen=True):
    """One step of a dossier, for CapNhatTienDoHoSoMC."""

    MaHoSo: str
    NguoiXuLy: str
    ChucDanh: str
    ThoiDiemXuLy: str
    PhongBanXuLy: str
    NoiDungXuLy: str
    TrangThai: str
    NgayBatDau: str
    NgayKetThucTheoQuyDinh: str
