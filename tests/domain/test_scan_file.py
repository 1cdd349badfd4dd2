"""Names, kinds and resolution of scanned papers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.domain.scan_file import MediaType, Resolution, file_name, judge, media_type_of

ALLOWED = re.compile(r"[A-Za-z0-9._-]+\.pdf")


def test_the_name_of_the_rule() -> None:
    assert (
        file_name("H29.12-261123-1001", 2, "giay_chung_sinh") == "H29.12-261123-1001-02-giay_chung_sinh.pdf"
    )


@given(st.text(), st.integers(0, 99), st.text())
def test_a_name_is_valid_on_every_system(code: str, order: int, part_id: str) -> None:
    name = file_name(code, order, part_id)
    assert ALLOWED.fullmatch(name)
    assert len(name) < 120
    assert not name.startswith((".", "-"))


@given(
    st.lists(
        st.tuples(st.integers(1, 99), st.from_regex(r"[a-z][a-z0-9_]{0,30}", fullmatch=True)), unique=True
    )
)
def test_two_papers_never_share_a_name(parts: list[tuple[int, str]]) -> None:
    names = {file_name("H29.12-261123-1001", order, part_id) for order, part_id in parts}
    assert len(names) == len(parts)


@pytest.mark.parametrize(
    ("dpi", "verdict"),
    [
        (0, Resolution.GOOD),  # drawn by a program
        (1, Resolution.TOO_LOW),
        (99, Resolution.TOO_LOW),
        (100, Resolution.LOW),
        (199, Resolution.LOW),
        (200, Resolution.GOOD),
        (600, Resolution.GOOD),
    ],
)
def test_resolution_is_judged(dpi: int, verdict: Resolution) -> None:
    assert judge(dpi) is verdict


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.4", MediaType.PDF),
        (b"\xff\xd8\xff\xe0", MediaType.JPEG),
        (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
        (b"II*\x00", MediaType.TIFF),
        (b"MM\x00*", MediaType.TIFF),
    ],
)
def test_the_content_tells_the_kind(start: bytes, kind: MediaType) -> None:
    assert media_type_of(start + b"rest") is kind


@given(st.binary(max_size=40))
def test_everything_else_is_refused(content: bytes) -> None:
    try:
        kind = media_type_of(content)
    except BadInput as refused:
        code = refused.code
    else:
        code = kind.value
    assert code in {"scan_file_empty", "scan_not_supported", *MediaType}
