"""Enrolling a counter: the address, the code, what is kept, and what is refused in plain words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.sync_states import receive_many
from tests.server.serving import Served
from tests.sync.counters import UNIT, Counter, answers
from tests.sync.scripted_server import ScriptedServer, listening, page

from counter_app.domain.errors import BadInput, EnvironmentProblem, KnownError, RuleRefusal
from counter_app.messages import text_of
from counter_app.services.enrol_counter import checked_url
from counter_app.sync.loop import SyncLoop
from counter_server.devices.enrolment import make_code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://motcua.example.vn/", "https://motcua.example.vn"),
        ("  motcua.example.vn ", "https://motcua.example.vn"),
        ("https://motcua.example.vn:8443/dong-bo/", "https://motcua.example.vn:8443/dong-bo"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_address_is_read(typed: str, kept: str) -> None:
    assert checked_url(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "bad_server_url"),
        ("ftp://motcua.example.vn", "bad_server_url"),
        ("https://user:word@motcua.example.vn", "bad_server_url"),
        ("https://motcua.example.vn/?a=1", "bad_server_url"),
        ("https://motcua example.vn", "bad_server_url"),
        ("https://motcua.example.vn:port", "bad_server_url"),
        ("https://" + "a" * 400, "bad_server_url"),
        ("http://motcua.example.vn", "server_url_insecure"),
        ("http://127.0.0.1.example.vn", "server_url_insecure"),
    ],
)
def test_an_address_is_refused(typed: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        checked_url(typed)
    assert caught.value.code == code


def test_who_knows_what_they_do_may_use_a_plain_line() -> None:
    assert checked_url("http://10.0.0.5:8080", insecure=True) == "http://10.0.0.5:8080"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "one")
    yield made
    made.close()


@pytest.fixture
def office(server: Served) -> Served:
    server.add_office(UNIT)
    return server


def test_what_the_server_gave_is_kept_and_the_key_stays_here(office: Served, counter: Counter) -> None:
    counter.enrol(office)
    with counter.desk.store.reading() as queries:
        kept = queries.enrolment()
    assert kept is not None
    assert (kept.server_url, kept.unit_code, kept.counter) == (office.url, UNIT, 1)
    assert repr(kept.private_key) not in repr(kept)
    known = office.rows("SELECT public_key, sealing_key FROM device")
    assert len(known) == 1
    assert kept.private_key not in (known[0]["public_key"], known[0]["sealing_key"])


def test_a_wrong_code_changes_nothing(office: Served, counter: Counter) -> None:
    with pytest.raises(RuleRefusal) as caught:
        counter.loop.enrol(office.url, "SAI-MA-ROI-NHE")
    assert caught.value.params["answer"] == "enrol_code_refused"
    assert "Mã đăng ký không dùng được" in text_of(caught.value)
    with counter.desk.store.reading() as queries:
        assert queries.enrolment() is None


def test_a_code_is_for_one_counter_of_one_office(office: Served, counter: Counter) -> None:
    made = office.run(make_code(office.context, UNIT, 2))
    with pytest.raises(RuleRefusal):
        counter.loop.enrol(office.url, made.code)


def test_enrolling_again_with_a_new_code_goes_on(office: Served, counter: Counter) -> None:
    counter.enrol(office)
    receive_many(counter.desk, 1)
    counter.sync()
    counter.enrol(office, replaces=True)
    receive_many(counter.desk, 1)
    report = counter.sync()
    assert answers(report)[0] == ""
    assert report.waiting == 0
    assert len(office.rows("SELECT dossier_code FROM dossier")) == 2


def test_a_training_counter_never_talks_to_the_server(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "practice", MORNING, training=True)
    loop = SyncLoop(desk, tmp_path / "incoming")
    refused: list[KnownError] = []
    for act in (lambda: loop.enrol("https://motcua.example.vn", "ABCD"), loop.run_once):
        with pytest.raises(RuleRefusal) as caught:
            act()
        refused.append(caught.value)
    desk.store.close()
    assert [error.code for error in refused] == ["sync_training_refused"] * 2


def test_a_page_in_between_is_told_as_what_it_is(counter: Counter) -> None:
    scripted = ScriptedServer()
    with listening(scripted):
        scripted.plan("/v1/enrol", page(200))
        with pytest.raises(EnvironmentProblem) as caught:
            counter.loop.enrol(scripted.url, "ABCD-EFGH")
    assert caught.value.params["cause"] == "captive_portal"
    assert "đăng nhập" in text_of(caught.value)


def test_a_counter_without_a_server_says_how_to_get_one(counter: Counter) -> None:
    with pytest.raises(RuleRefusal) as caught:
        counter.sync()
    assert caught.value.code == "sync_not_enrolled"


def test_an_address_that_is_no_server_of_ours_is_called_so(office: Served, counter: Counter) -> None:
    made = office.run(make_code(office.context, UNIT, 1))
    with pytest.raises(BadInput) as caught:
        counter.loop.enrol(f"{office.url}/elsewhere", made.code)
    assert caught.value.code == "server_is_another"
    counter.loop.enrol(office.url, made.code)  # the code was not spent on it
