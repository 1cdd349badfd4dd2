"""A clerk reads what is wrong with a pack or a disk in Vietnamese, whoever said it first."""

import errno
import os

import pytest

from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.messages import text_of

PLACE = {"file": "forms/a.yaml", "line": 3, "field": "valid_from", "value": "x"}


@pytest.mark.parametrize("code", ["bad_data_file", "pack_bad_data"])
@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("unknown key", "không có trong mẫu dữ liệu"),
        ("differs from the file name", "khác với tên tệp"),
        ("overlaps the version before", "chồng thời gian"),
        ("has no version in force on the first day", "không có bản tờ khai nào còn hiệu lực"),
    ],
)
def test_problems_of_data_are_in_vietnamese(code: str, problem: str, words: str) -> None:
    text = text_of(BadInput(code, problem=problem, **PLACE))
    assert words in text
    assert problem not in text


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOENT])
def test_what_the_disk_says_is_in_vietnamese(number: int) -> None:
    said = os.strerror(number)
    text = text_of(EnvironmentProblem("pack_not_written", reason=said))
    assert said not in text
    assert "Không ghi được gói dữ liệu" in text
