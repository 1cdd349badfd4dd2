"""The privacy notice is dated data: in force from its day on, every line with its certainty."""

from datetime import date
from pathlib import Path

import pytest

from counter_app.catalogue.privacy_notice_files import FOLDER, read_privacy_notice
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.privacy_notice import Certainty
from counter_app.locations import program_data

SHIPPED = program_data() / "resources" / FOLDER


def test_the_shipped_notice_answers_what_the_law_asks() -> None:
    notice = read_privacy_notice(SHIPPED, date(2026, 11, 23))
    assert [section.heading for section in notice.sections] == [
        *("Ai xử lý", "Dữ liệu nào", "Để làm gì", "Theo quy định nào"),
        *("Ai được biết", "Giữ bao lâu", "Quyền của Ông/Bà", "Hỏi ai"),
    ]


@pytest.mark.parametrize(
    ("law", "mark"), [("356/2025", Certainty.SECONDARY), ("Điều 19", Certainty.RECALLED)]
)
def test_what_was_not_read_is_not_told_as_read(law: str, mark: Certainty) -> None:
    notice = read_privacy_notice(SHIPPED, date(2026, 11, 23))
    marks = {line.mark for section in notice.sections for line in section.lines if law in line.text}
    assert marks == {mark}


def test_the_newest_of_the_day_counts(tmp_path: Path) -> None:
    schema = "privacy-notice.schema.json"
    (tmp_path / schema).write_bytes((SHIPPED / schema).read_bytes())
    text = (SHIPPED / "2026-01-01.yaml").read_text("utf-8")
    for day in ("2026-01-01", "2027-03-01"):
        (tmp_path / f"{day}.yaml").write_text(
            text.replace("valid_from: 2026-01-01", f"valid_from: {day}"), "utf-8"
        )
    assert read_privacy_notice(tmp_path, date(2027, 2, 28)).valid_from == date(2026, 1, 1)
    assert read_privacy_notice(tmp_path, date(2027, 3, 1)).valid_from == date(2027, 3, 1)
    with pytest.raises(RuleRefusal, match="privacy_notice_missing"):
        read_privacy_notice(tmp_path, date(2025, 12, 31))
    (tmp_path / "2028-01-01.yaml").write_text(text, "utf-8")
    with pytest.raises(BadInput, match="bad_data_file"):
        read_privacy_notice(tmp_path, date(2028, 1, 1))
