"""Steps of thu_tuc.feature: procedures out of force."""

from pytest_bdd import parsers, scenarios, then, when
from tests.scenarios.counter import Counter

from counter_app.messages import text_of
from counter_app.services.look_up import open_dossier

scenarios("thu_tuc.feature")


@when(parsers.parse('cán bộ ghi lý do nhận "{reason}"'))
def give_a_reason(counter: Counter, reason: str) -> None:
    counter.override_reason = reason


@then(parsers.parse("chương trình từ chối vì thủ tục hết hiệu lực từ {day:S}"))
def refused_as_expired(counter: Counter, day: str) -> None:
    assert counter.error is not None
    assert counter.error.code == "procedure_expired"
    assert day in text_of(counter.error)


@then("không có hồ sơ nào được lưu")
def nothing_kept(counter: Counter) -> None:
    with counter.desk.store.reading() as queries:
        assert queries.dossier_count() == 0
        assert queries.outbox().waiting == 0


@then(parsers.parse('lý do "{reason}" nằm trong lịch sử hồ sơ'))
def the_reason_is_on_record(counter: Counter, reason: str) -> None:
    history = open_dossier(counter.desk, counter.received.dossier_code).history
    assert history[0].detail["override_reason"] == reason
