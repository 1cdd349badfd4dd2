"""What a citizen is entitled to: finding all, being given it, asking, being told who looked."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.helpers.builders import FixedClock
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.personal_traces import RECEIVED, Whole, full_dossier
from tests.helpers.visits import BIRTH, FATHER, GRANDMOTHER, MOTHER

from counter_app.domain.errors import BadInput
from counter_app.domain.personal_data import Outcome, Place, RequestKind
from counter_app.services.audit_port import AuditFilter
from counter_app.services.daily_notices import NoticeKind, daily_notices
from counter_app.services.desk import Desk
from counter_app.services.people.person_file import record_view
from counter_app.services.personal_data.access_report import AccessKind, access_report, report_paper
from counter_app.services.personal_data.answer_letter import answer_letter
from counter_app.services.personal_data.export import DATA, PAPER, export
from counter_app.services.personal_data.find import find_all
from counter_app.services.personal_data.privacy_notice import notice_lines, notice_paper
from counter_app.services.personal_data.requests import answer, answer_day, register, requests_of, waiting
from counter_app.services.receive_dossier import receive
from counter_app.storage.sealed_archive import make_archive
from counter_app.ui.notices.words import notice_line


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "counter", RECEIVED)
    yield desk
    desk.store.close()


@pytest.fixture
def whole(desk: Desk) -> Whole:
    return full_dossier(desk)


def acts(desk: Desk) -> list[str]:
    with desk.store.reading() as queries:
        return [each.entry.act for each in queries.audit_page(AuditFilter())]


def test_an_inventory_names_every_place(desk: Desk, whole: Whole) -> None:
    found = find_all(desk, GRANDMOTHER.personal_id)
    assert set(found.by_place) >= {
        *(Place.PERSON, Place.DOSSIER, Place.CONTENT, Place.HISTORY, Place.RECEIPT, Place.PRINT, Place.SCAN),
        *(Place.LIST, Place.OUTBOX),
    }
    assert found.dossiers == (whole.dossier.dossier_id,)
    assert found.codes == {whole.dossier.dossier_id: whole.dossier.dossier_code}
    assert acts(desk)[0] == "personal_data_searched"


def test_somebody_only_named_in_a_form_is_found_there(desk: Desk) -> None:
    birth = receive(desk, BIRTH, clerk=CLERK)
    found = find_all(desk, MOTHER.personal_id)
    assert found.dossiers == (birth.dossier_id,)
    assert Place.DOSSIER not in found.by_place  # she did not file it


def test_nobody_unknown_is_looked_for(desk: Desk) -> None:
    with pytest.raises(BadInput, match="person_unknown"):
        find_all(desk, "001199000000")
    assert "personal_data_searched" not in acts(desk)


def archive_of(desk: Desk, personal_id: str, folder: Path, *, with_scans: bool = True) -> dict[str, bytes]:
    done = export(desk, personal_id, folder / "out.zip", make_archive, with_scans=with_scans)
    with zipfile.ZipFile(io.BytesIO(done.file.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_whoever_filed_gets_everything_but_others(desk: Desk, tmp_path: Path, whole: Whole) -> None:
    files = archive_of(desk, GRANDMOTHER.personal_id, tmp_path)
    assert files[PAPER].startswith(b"%PDF")
    text = files[DATA].decode("utf-8")
    data = json.loads(text)
    assert data["person"]["personal_id"] == GRANDMOTHER.personal_id
    (dossier,) = data["dossiers"]
    assert dossier["roles"] == ["applicant", "ben_uy_quyen"]
    assert dossier["receipts"][0]["total_vnd"] == 10000
    answers = {each["key"]: each["value"] for form in dossier["forms"] for each in form["answers"]}
    assert answers["a_pid"]["number"] == GRANDMOTHER.personal_id
    assert (answers["b_ho_ten"], answers["b_pid"]) == ("N. V. Thắng", "***")
    for hidden in (FATHER.personal_id, FATHER.full_name, FATHER.full_name.upper(), FATHER.birth_date):
        assert hidden not in text
    assert [content for name, content in files.items() if name not in (PAPER, DATA)] == [whole.scan]


def test_whoever_is_only_named_gets_what_is_theirs(desk: Desk, tmp_path: Path, whole: Whole) -> None:
    files = archive_of(desk, FATHER.personal_id, tmp_path)
    assert set(files) == {PAPER, DATA}  # the papers are whoever's filed
    text = files[DATA].decode("utf-8")
    (dossier,) = json.loads(text)["dossiers"]
    assert dossier["roles"] == ["ben_duoc_uy_quyen"]
    assert {each["key"] for form in dossier["forms"] for each in form["answers"]} == {"b_ho_ten", "b_pid"}
    for hidden in (GRANDMOTHER.personal_id, GRANDMOTHER.full_name, "0912345678", "mai táng"):
        assert hidden not in text


def test_scans_stay_here_when_nobody_wants_them(desk: Desk, tmp_path: Path, whole: Whole) -> None:
    assert set(archive_of(desk, GRANDMOTHER.personal_id, tmp_path, with_scans=False)) == {PAPER, DATA}
    assert whole.scan_id
    with desk.store.reading() as queries:
        (newest, *_) = queries.audit_page(AuditFilter(acts=("personal_data_exported",)))
    assert newest.entry.detail == {"dossiers": 1, "scans": 0, "sealed": False}


def test_a_short_password_seals_nothing(desk: Desk, tmp_path: Path, whole: Whole) -> None:
    with pytest.raises(BadInput, match="archive_password_short"):
        export(desk, GRANDMOTHER.personal_id, tmp_path / "out.zip", make_archive, password="ngan")
    assert not (tmp_path / "out.zip").exists()
    assert whole.dossier.dossier_id


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (date(2026, 11, 16), date(2026, 11, 18)),  # Monday
        (date(2026, 11, 23), date(2026, 11, 26)),  # the 24th is a day off
        (date(2026, 11, 26), date(2026, 11, 30)),  # over a weekend
        (date(2026, 12, 30), date(2027, 1, 4)),  # over New Year
        (date(2199, 5, 3), date(2199, 5, 7)),  # no calendar yet: weekends alone
    ],
)
def test_two_working_days_to_answer(desk: Desk, asked: date, expected: date) -> None:
    assert answer_day(desk.calendar(), asked) == expected


def test_a_request_waits_until_it_is_answered(desk: Desk, whole: Whole) -> None:
    assert isinstance(desk.clock, FixedClock)
    asked = register(desk, GRANDMOTHER.personal_id, RequestKind.DELETE, note="Xin xóa")
    assert [(each.request, each.person and each.person.personal_id) for each in waiting(desk)] == [
        (asked, GRANDMOTHER.personal_id)
    ]
    with pytest.raises(BadInput, match="person_request_reason_missing"):
        answer(desk, asked.request_id, Outcome.REFUSED, "  ")
    desk.clock.advance(days=4)
    done = answer(desk, asked.request_id, Outcome.REFUSED, "Còn thời hạn lưu trữ")
    assert waiting(desk) == ()
    assert list(requests_of(desk, GRANDMOTHER.personal_id)) == [done]
    assert answer_letter(desk, done).startswith(b"%PDF")
    with pytest.raises(BadInput, match="person_request_answered"):
        answer(desk, asked.request_id, Outcome.ANSWERED, "")
    with desk.store.reading() as queries:
        (newest, *_) = queries.audit_page(AuditFilter())
    assert (newest.entry.act, newest.entry.detail["late"]) == ("personal_data_answered", True)
    assert "Sen" not in json.dumps([str(newest), done.request_id])


def test_who_looked_is_told(desk: Desk, whole: Whole) -> None:
    record_view(desk, GRANDMOTHER.personal_id)
    lines = access_report(desk, GRANDMOTHER.personal_id)
    kinds = [(line.kind, line.about) for line in lines]
    code = whole.dossier.dossier_code
    assert kinds[0] == (AccessKind.VIEWED, "")
    assert {(AccessKind.PRINTED, code), (AccessKind.CHANGED, code)} <= set(kinds)
    assert report_paper(desk, GRANDMOTHER.full_name, lines).startswith(b"%PDF")
    assert acts(desk)[0] == "personal_data_access_reported"
    nobody = replace(GRANDMOTHER, personal_id="017159009999")
    with desk.store.writing() as transaction:
        transaction.remember_person(nobody, desk.clock.now(), "applicant")
    assert access_report(desk, nobody.personal_id) == ()


def test_the_notice_names_the_office_and_its_doubts(desk: Desk) -> None:
    title, lines = notice_lines(desk)
    told = " ".join(answer for _question, answer in lines)
    assert title == "Thông báo xử lý dữ liệu cá nhân"
    assert desk.settings.office.name in told
    assert "{" not in told
    assert "02 ngày làm việc (Nghị định 356/2025/NĐ-CP) (theo nguồn thứ cấp, chưa đối chiếu)." in told
    assert notice_paper(desk).startswith(b"%PDF")


def test_waiting_requests_are_told_every_day_until_they_are_answered(desk: Desk, whole: Whole) -> None:
    assert whole.dossier.dossier_id

    def told() -> list[tuple[int, date | None]]:
        found = daily_notices(desk)
        return [(each.count, each.day) for each in found if each.kind is NoticeKind.PERSON_REQUESTS]

    assert told() == []
    asked = register(desk, GRANDMOTHER.personal_id, RequestKind.COPY)
    register(desk, FATHER.personal_id, RequestKind.CORRECT)
    assert told() == [(2, date(2026, 11, 26))]
    line = notice_line(next(each for each in daily_notices(desk) if each.kind is NoticeKind.PERSON_REQUESTS))
    assert (line.screen_id, line.label) == ("personal_data", "Xem yêu cầu")
    answer(desk, asked.request_id, Outcome.ANSWERED, "")
    assert told() == [(1, date(2026, 11, 26))]
