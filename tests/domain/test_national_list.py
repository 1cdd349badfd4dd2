"""A name on the wrong code is found, a shorter or differently written name is not accused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.national_list import (
    NameVerdict,
    NationalEntry,
    NationalList,
    bare_name,
    shifted_rows,
    split_code,
)

LIST = NationalList(
    tuple(
        NationalEntry(code=code, name=name, sector="Hộ tịch", level="Cấp xã")
        for code, name in (
            ("1.001193", "Đăng ký khai sinh"),
            ("1.000656", "Đăng ký khai tử"),
            ("1.000894", "Đăng ký kết hôn"),
            ("1.004884", "Đăng ký lại khai sinh"),
            ("2.000528", "Đăng ký khai sinh có yếu tố nước ngoài"),
            ("1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân"),
            ("2.000815", "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan của Việt Nam cấp"),
        )
    )
)


@pytest.mark.parametrize(
    ("code", "name", "verdict"),
    [
        ("1.001193", "Đăng ký khai sinh", NameVerdict.SAME),
        ("1.001193", "Thủ tục  đăng ký khai\u200e sinh (cấp xã) (1.001193)", NameVerdict.SAME),
        ("1.001193", "THỦ TỤC HÀNH CHÍNH: ĐĂNG KÝ KHAI SINH.", NameVerdict.SAME),
        ("1.001193", "Đăng ký khai tử", NameVerdict.OTHER),
        ("1.001193", "Đăng ký lại khai sinh", NameVerdict.OTHER),
        ("1.001193", "Đăng ký khai sinh có yếu tố nước ngoài", NameVerdict.OTHER),
        ("1.004884", "Đăng ký khai sinh", NameVerdict.OTHER),
        ("1.004873", "Cấp Giấy xác nhận về tình trạng hôn nhân", NameVerdict.SAME),
        ("1.004873", "Xác nhận tình trạng hôn nhân", NameVerdict.REWORDED),
        ("2.000815", "Chứng thực bản sao từ bản chính", NameVerdict.REWORDED),
        ("9.999999", "Thủ tục mới", NameVerdict.CODE_UNKNOWN),
    ],
)
def test_verdict(code: str, name: str, verdict: NameVerdict) -> None:
    assert LIST.verdict(code, name) is verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.001193", ("1.001193", "")),
        (" 1.001193.000.00.00.h29 ", ("1.001193", "000.00.00.H29")),
        ("1.00119", ("", "")),
        ("1.001193-H29", ("", "")),
        ("", ("", "")),
    ],
)
def test_split_code(text: str, expected: tuple[str, str]) -> None:
    assert split_code(text) == expected


def test_the_name_that_stands_on_another_code_is_traced() -> None:
    assert (found := LIST.nearest("thu tuc dang ky khai tu")) is not None
    assert found.code == "1.000656"
    assert LIST.nearest("Cấp phép nổ mìn") is None


def test_a_run_of_displaced_names_is_a_shifted_column_a_single_one_is_not() -> None:
    entries = LIST.entries[:6]
    shifted = [(entry.code, entries[(i + 1) % 6].name) for i, entry in enumerate(entries)]
    assert shifted_rows(shifted, LIST)[:5] == (1, 1, 1, 1, 1)
    one_wrong = [(entry.code, entry.name) for entry in entries]
    one_wrong[2] = (one_wrong[2][0], entries[3].name)
    assert shifted_rows(one_wrong, LIST) == (0,) * 6


def test_extending_keeps_what_the_list_has() -> None:
    more = LIST.extended(
        [NationalEntry(code="1.001193", name="Khác"), NationalEntry(code="1.000001", name="Mới")]
    )
    assert more.by_code["1.001193"].name == "Đăng ký khai sinh"
    assert [entry.code for entry in more.entries] == sorted(more.by_code)
    assert "1.000001" in more.by_code


@given(st.text(max_size=80))
def test_a_bare_name_is_bare(name: str) -> None:
    assert bare_name(bare_name(name)) == bare_name(name)
