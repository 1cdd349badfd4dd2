"""Which bytes a Range asks for."""

import pytest

from counter_server.packs.byte_range import Unsatisfiable, wanted

ETAG = '"abc"'


@pytest.mark.parametrize(
    ("header", "if_range", "expected"),
    [
        ("", "", None),
        ("bytes=0-", "", (0, 100)),
        ("bytes=10-19", "", (10, 20)),
        ("bytes=90-200", "", (90, 100)),
        ("bytes=-10", "", (90, 100)),
        ("bytes=-1000", "", (0, 100)),
        ("bytes=99-", "", (99, 100)),
        ("bytes=20-10", "", None),
        ("bytes=-", "", None),
        ("bytes=0-1,5-6", "", None),
        ("lines=0-1", "", None),
        ("bytes=10-", ETAG, (10, 100)),
        ("bytes=10-", '"other"', None),
        ("bytes=10-", 'W/"abc"', None),
    ],
)
def test_a_range(header: str, if_range: str, expected: tuple[int, int] | None) -> None:
    assert wanted(header, if_range, ETAG, 100) == expected


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_past_the_end(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        wanted(header, "", ETAG, 100)
