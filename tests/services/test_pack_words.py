"""What a pack changes is said by name, with old and new values and the first day."""

from dataclasses import replace
from datetime import date

import pytest
from tests.domain.test_compare_catalogues import BIRTH, NEXT

from counter_app.domain.catalogue_changes import CatalogueData
from counter_app.domain.compare_catalogues import compare
from counter_app.domain.data_pack import PackInfo, PackKind, PackPreview, PackVersion
from counter_app.domain.fee import FeeRule, FeeSetter
from counter_app.domain.local_changes import compare_local
from counter_app.domain.local_values import LocalFee, LocalTime, LocalValues
from counter_app.domain.processing_time import ProcessingTime
from counter_app.services.local_change_words import local_change_lines
from counter_app.services.pack_json import preview_to_json

DAY = date(2027, 1, 1)
INFO = PackInfo(
    kind=PackKind.NATIONAL,
    version=PackVersion.parse("2026.12.1"),
    issued_on=date(2026, 12, 1),
    issuer="",
    title="",
    unit="",
    notes="",
    sections=("forms",),
    digest="",
    file_name="x.qmcpack",
)
FEE = FeeRule(fee_id="phi", name="Phí", set_by=FeeSetter.CENTRAL, amount_vnd=8000)
PRICED = replace(BIRTH, cases=(replace(BIRTH.cases[0], fees=(FEE,)),))
DEARER = replace(BIRTH, cases=(replace(BIRTH.cases[0], fees=(replace(FEE, amount_vnd=80_000),)),))


def told(before: CatalogueData, after: CatalogueData) -> dict[str, object]:
    preview = PackPreview(info=INFO, changes=compare(before, after), values=compare_local(NONE, NONE))
    return preview_to_json(preview)


def data(*procedures: object) -> CatalogueData:
    return CatalogueData(procedures=procedures, forms=())  # type: ignore[arg-type]


NONE = LocalValues()


def test_a_rewritten_version_is_named_before_everything_else() -> None:
    json = told(data(PRICED), data(DEARER))
    assert json["rewritten"] == ["khai-sinh"]
    assert json["words"][0] == (  # type: ignore[index]
        "Sửa ngay trong phiên bản đang dùng: Đăng ký khai sinh (đổi phí, lệ phí)"
    )
    (detail,) = json["details"]  # type: ignore[misc]
    assert "8.000" in detail["lines"][0]
    assert "80.000" in detail["lines"][0]


def test_details_say_what_comes_changes_pauses_and_goes() -> None:
    lines = {
        detail["lines"][0]
        for before, after in (
            (data(), data(NEXT)),
            (data(BIRTH), data()),
            (data(BIRTH, NEXT), data(NEXT)),
            (data(BIRTH), data(BIRTH, NEXT)),
        )
        for detail in told(before, after)["details"]  # type: ignore[attr-defined]
    }
    assert lines == {
        "Mới, từ 01/03/2027",
        "Thôi áp dụng từ 01/01/2026",
        "Không áp dụng từ 01/01/2026 cho đến 01/03/2027",
        "Thời hạn: 05 ngày làm việc → 03 ngày làm việc",
    }


def fee(amount: int, since: date = DAY) -> LocalFee:
    return LocalFee(fee_id="phi", amount_vnd=amount, valid_from=since, basis_text="Nghị quyết 1")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((), (fee(8000),), "Phí: chưa quy định → 8.000 đ, từ 01/01/2027 (Nghị quyết 1)"),
        (
            (fee(5000),),
            (fee(0),),
            "Phí: 5.000 đ, từ 01/01/2027 (Nghị quyết 1) → không thu, từ 01/01/2027 (Nghị quyết 1)",
        ),
        (
            (fee(5000),),
            (fee(5000), fee(6000, date(2027, 7, 1))),
            "Phí: thêm 6.000 đ, từ 01/07/2027 (Nghị quyết 1)",
        ),
        ((fee(5000),), (), "Phí: 5.000 đ, từ 01/01/2027 (Nghị quyết 1) → không còn quy định"),
    ],
)
def test_a_local_fee_is_told_with_old_new_day_and_basis(
    before: tuple[LocalFee, ...], after: tuple[LocalFee, ...], words: str
) -> None:
    changes = compare_local(LocalValues(fees=before), LocalValues(fees=after), {"phi": "Phí"})
    assert local_change_lines(changes) == (words,)


def test_a_local_limit_is_told_in_working_days() -> None:
    limit = LocalTime(procedure_id="p", time=ProcessingTime.parse("2wd"), valid_from=DAY, case_id="moi")
    assert local_change_lines(compare_local(NONE, LocalValues(times=(limit,)))) == (
        "p: chưa quy định → 02 ngày làm việc, trường hợp moi, từ 01/01/2027",
    )
