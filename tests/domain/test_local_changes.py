"""What an overlay changes is told by the ids of its values."""

from datetime import date

from counter_app.domain.local_changes import LocalChanges, compare_local
from counter_app.domain.local_values import LocalFee, LocalFormText, LocalTime, LocalValues
from counter_app.domain.processing_time import ProcessingTime

DAY = date(2027, 1, 1)


def fee(fee_id: str, amount: int) -> LocalFee:
    return LocalFee(fee_id=fee_id, amount_vnd=amount, valid_from=DAY)


def test_every_kind_of_value_is_compared_in_every_layer() -> None:
    limit = LocalTime(procedure_id="thu-tuc", time=ProcessingTime.parse("2wd"), valid_from=DAY)
    text = LocalFormText(form_id="to-khai", addressee="Kính gửi: xã", valid_from=DAY)
    before = LocalValues(fees=(fee("a", 1), fee("b", 2)), times=(limit,))
    after = LocalValues(fees=(fee("b", 3),)).then(LocalValues(times=(limit,), form_texts=(text,)))
    found = compare_local(before, after, {"b": "Lệ phí B"})
    assert (found.added, found.changed, found.removed) == (("to-khai",), ("b",), ("a",))
    (change,) = [each for each in found.entries if each.key == "b"]
    assert (change.name, change.before, change.after) == ("Lệ phí B", (fee("b", 2),), (fee("b", 3),))
    assert compare_local(before, before) == LocalChanges()


def test_the_order_of_values_is_no_change() -> None:
    one, other = (fee("a", 1), fee("a", 2)), (fee("a", 2), fee("a", 1))
    assert compare_local(LocalValues(fees=one), LocalValues(fees=other)) == LocalChanges()
