import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

LIST = """\
list: colours
provenance: {source: invented, verified: false}
values: [Đỏ, Xanh]
"""

FORM = """\
form_id: to-khai
version: v1
title: TỜ KHAI
valid_from: 2026-01-01
provenance: {source: invented, verified: false}
roles:
  - role_id: nguoi_khai
    label: Người khai
    applicant: true
fields:
  - key: ho_ten
    label: Họ, chữ đệm, tên
    type: person_name
    role: nguoi_khai
    card: full_name
    required: true
  - key: mau
    label: Màu
    type: choice
    choices_from: colours
  - key: ngay
    label: Ngày
    type: date
    when: {field: mau, equals: Đỏ}
    rules:
      - {check: not_future, message: Ngày không thể ở sau hôm nay.}
  - key: ngay_chu
    label: bằng chữ
    type: computed
    compute: date_in_words
    compute_from: [ngay]
layout:
  addressee: "Kính gửi: {office.name}"
  body:
    - text: "Họ tên: {ho_ten}"
    - text: "Ngày {ngay} ({ngay_chu}), năm {ngay.year}"
      when: {field: ngay, filled: true}
"""

PROCEDURE = """\
procedure_id: thu-tuc
version: v1
name: Thủ tục mẫu
short_name: Mẫu
sector: Hộ tịch
national_code: "1.000001"
valid_from: 2026-01-01
valid_to: 2026-12-31
provenance: {source: invented, verified: false}
cases:
  - case_id: thuong
    name: Thường
    time: 5wd
    forms: [to-khai]
    parts:
      - {part_id: to_khai, name: Tờ khai, original: 1, form_id: to-khai}
      - part_id: giay
        name: Giấy khác
        copy: 1
        when: {field: mau, equals: Xanh}
    fees:
      - fee_id: le_phi
        name: Lệ phí
        set_by: province_council
"""


@pytest.fixture(scope="session")
def shipped_forms() -> Path:
    return REPOSITORY / "forms"


@pytest.fixture(scope="session")
def shipped_calendars() -> Path:
    return REPOSITORY / "resources" / "calendars"


class FormsFolder:
    """A small valid forms/ folder whose files a test may spoil."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(REPOSITORY / "forms" / "schema", root / "schema")
        self.put("lists/colours.yaml", LIST)
        self.put("templates/to-khai/2026-01-01.yaml", FORM)
        self.put("procedures/thu-tuc/2026-01-01.yaml", PROCEDURE)

    def put(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def spoil(self, name: str, old: str, new: str) -> int:
        """Replace `old` once and return the line (from 1) on which `new` begins."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} must stand in {name} exactly once"
        self.put(name, text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1


@pytest.fixture
def forms_folder(tmp_path: Path) -> FormsFolder:
    return FormsFolder(tmp_path / "forms")


@pytest.fixture
def another_forms_folder(tmp_path: Path) -> Callable[[str], FormsFolder]:
    return lambda name: FormsFolder(tmp_path / name)
