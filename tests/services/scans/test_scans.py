"""Attaching, looking at, taking off and copying out scans: one act each, encrypted on the disk."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.devices.scan_samples import drawn_pdf, picture_bytes, scanned_pdf, text_page
from tests.helpers.visits import BIRTH, GRANDMOTHER

from counter_app.bootstrap import open_desk
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.services.attachments_port import Attachment
from counter_app.services.check_health import check_health
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import discard_draft, save_draft
from counter_app.services.receive_dossier import receive
from counter_app.services.scans.attach import ScanOwner, attach, prepare
from counter_app.services.scans.keep import export_scans, remove_scan, scans_of, view_scan
from counter_app.services.scans.scan_parts import RESULT, ScanPart, part_of_dossier, parts_of_dossier

DRAFT = "01930000-0000-7000-8000-0000000000dd"
PART = ScanPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", order=2)


def add(desk: Desk, owner: ScanOwner, content: bytes, part: ScanPart = PART, **options: object) -> Attachment:
    made = prepare(desk, [content], onto=str(options.get("replaces", "")))
    return attach(desk, owner, part, made, **options)  # type: ignore[arg-type]


def keep_draft(desk: Desk) -> None:
    save_draft(desk, draft_id=DRAFT, procedure_id="x", procedure_name="X", applicant_name="", state={})


def scan_files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "counter" / "scans").rglob("*") if path.is_file())


def audit_acts(desk: Desk) -> list[str]:
    return [entry[0] for entry in _rows(desk, "SELECT act FROM audit_entry ORDER BY seq")]


def _rows(desk: Desk, statement: str) -> list[tuple[object, ...]]:
    with desk.store.reading() as queries:
        return [tuple(row) for row in queries._sql.rows(statement)]  # type: ignore[attr-defined]


def test_a_scan_is_kept_told_and_read_again(desk: Desk, dossier: Dossier, page: bytes) -> None:
    kept = add(desk, ScanOwner(dossier_id=dossier.dossier_id), page)
    assert (kept.pages, kept.dpi, kept.size, kept.clerk) == (1, 200, len(page), desk.settings.clerk)
    assert kept.sha256 == hashlib.sha256(page).hexdigest()
    assert scans_of(desk, ScanOwner(dossier_id=dossier.dossier_id)) == [kept]
    assert view_scan(desk, kept.attachment_id) == page
    with desk.store.reading() as queries:
        history = queries.history(dossier.dossier_id)
        told = queries.dossier(dossier.dossier_id)
    assert history[-1].act == "attached"
    assert told is not None
    assert told.life.rev == 2
    assert audit_acts(desk)[-2:] == ["scan_attached", "scan_viewed"]
    kind, body = _rows(desk, "SELECT kind, body FROM outbox_event ORDER BY seq")[-1]
    assert kind == "scan_attached"
    event = json.loads(bytes(body))  # type: ignore[arg-type]
    assert event["rev"] == 2
    assert event["data"]["files"][0] == {
        "attachment_id": kept.attachment_id,
        "part_id": "giay_chung_sinh",
        "file_name": f"{dossier.dossier_code}-02-giay_chung_sinh.pdf",
        "media_type": "application/pdf",
        "size": len(page),
        "pages": 1,
        "dpi": 200,
        "sha256": kept.sha256,
        "signed": False,
    }


def test_no_byte_of_a_paper_is_readable_on_the_disk(desk: Desk, dossier: Dossier, tmp_path: Path) -> None:
    secret = "Dang Thi Thu Nghiem"
    content = drawn_pdf().replace(b"%%EOF", b"% " + secret.encode() + b"\n%%EOF")
    kept = add(desk, ScanOwner(dossier_id=dossier.dossier_id), content)
    assert secret.encode() in view_scan(desk, kept.attachment_id)
    (file,) = scan_files(tmp_path)
    assert file.parent.name == kept.attachment_id[-2:]
    assert file.name == f"{kept.attachment_id}.bin"
    assert file.stat().st_mode & 0o077 == 0
    needles = [secret.encode(), b"%PDF", b"endobj", kept.file_key, dossier.dossier_code.encode()]
    for path in (path for path in tmp_path.rglob("*") if path.is_file() and "cache" not in path.parts):
        raw = path.read_bytes()
        assert [needle for needle in needles if needle in raw] == [], path.name


def test_every_file_has_a_key_of_its_own(desk: Desk, dossier: Dossier, page: bytes) -> None:
    owner = ScanOwner(dossier_id=dossier.dossier_id)
    first = add(desk, owner, page)
    second = add(desk, owner, page, replace(PART, part_id="khac", order=3))
    assert first.file_key != second.file_key
    with pytest.raises(EnvironmentProblem) as problem:
        desk.scans.get(first.attachment_id, second.file_key)
    assert problem.value.code == "scan_file_damaged"


def test_a_changed_a_swapped_and_a_missing_file_are_noticed(
    desk: Desk, dossier: Dossier, page: bytes, tmp_path: Path
) -> None:
    owner = ScanOwner(dossier_id=dossier.dossier_id)
    kept = add(desk, owner, page)
    (file,) = scan_files(tmp_path)
    whole = file.read_bytes()
    for broken in (whole[:-1], whole[:40] + b"\x00" + whole[41:], b"", page):
        file.write_bytes(broken)
        with pytest.raises(EnvironmentProblem) as problem:
            view_scan(desk, kept.attachment_id)
        assert problem.value.code == "scan_file_damaged"
    file.unlink()
    with pytest.raises(EnvironmentProblem) as problem:
        view_scan(desk, kept.attachment_id)
    assert problem.value.code == "scan_file_missing"
    scans = next(check for check in check_health(desk) if check.name == "scans")
    assert (scans.ok, scans.code, scans.params) == (False, "scan_files_missing", {"count": 1})


def test_pages_are_added_to_the_one_file_of_a_paper(desk: Desk, dossier: Dossier, page: bytes) -> None:
    owner = ScanOwner(dossier_id=dossier.dossier_id)
    first = add(desk, owner, page)
    with pytest.raises(RuleRefusal) as refused:
        add(desk, owner, page)
    assert refused.value.code == "scan_part_has_file"
    second = add(desk, owner, scanned_pdf(300), replaces=first.attachment_id)
    assert (second.pages, second.dpi) == (2, 200)
    assert scans_of(desk, owner) == [second]
    with pytest.raises(BadInput):
        view_scan(desk, first.attachment_id)


def test_the_file_that_is_replaced_is_told_as_removed(desk: Desk, dossier: Dossier, page: bytes) -> None:
    owner = ScanOwner(dossier_id=dossier.dossier_id)
    first = add(desk, owner, page)
    second = add(desk, owner, scanned_pdf(300), replaces=first.attachment_id)
    with desk.store.reading() as queries:
        steps = queries.history(dossier.dossier_id)[-2:]
        now = queries.dossier(dossier.dossier_id)
    assert [step.act for step in steps] == ["attachment_removed", "attached"]
    assert steps[0].detail["files"][0]["attachment_id"] == first.attachment_id  # type: ignore[index]
    assert steps[0].detail["replaced_by"] == second.attachment_id
    assert audit_acts(desk)[-2:] == ["scan_removed", "scan_attached"]
    events = _rows(desk, "SELECT kind, body FROM outbox_event ORDER BY seq")[-2:]
    assert [kind for kind, _body in events] == ["scan_removed", "scan_attached"]
    told = [json.loads(bytes(body)) for _kind, body in events]  # type: ignore[arg-type]
    assert [event["rev"] for event in told] == [3, 4]
    assert told[0]["data"]["files"][0]["sha256"] == first.sha256
    assert now is not None
    assert now.life.rev == 4


def test_a_replaced_file_of_a_draft_is_told_in_the_audit(desk: Desk, page: bytes) -> None:
    keep_draft(desk)
    first = add(desk, ScanOwner(draft_id=DRAFT), page)
    add(desk, ScanOwner(draft_id=DRAFT), page, replaces=first.attachment_id)
    assert audit_acts(desk)[-3:] == ["scan_attached", "scan_removed", "scan_attached"]


def test_a_draft_nobody_saved_takes_no_scan(desk: Desk, page: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="draft_unknown"):
        add(desk, ScanOwner(draft_id=DRAFT), page)
    assert scan_files(tmp_path) == []


def test_a_coarse_scan_needs_the_clerks_word_and_a_very_coarse_one_is_refused(
    desk: Desk, dossier: Dossier
) -> None:
    owner = ScanOwner(dossier_id=dossier.dossier_id)
    coarse = picture_bytes(text_page(1240, 1754))  # 150 dpi of A4
    with pytest.raises(RuleRefusal) as refused:
        add(desk, owner, coarse)
    assert (refused.value.code, refused.value.params) == ("scan_resolution_low", {"dpi": 150, "wanted": 200})
    kept = add(desk, owner, coarse, low_accepted=True)
    assert (kept.dpi, kept.low_accepted) == (150, True)
    detail = _rows(desk, "SELECT detail FROM audit_entry ORDER BY seq")[-1][0]
    assert json.loads(str(detail))["low_resolution_accepted"] == 150
    with pytest.raises(BadInput) as bad:
        prepare(desk, [picture_bytes(text_page(600, 849))])
    assert (bad.value.code, bad.value.params["dpi"]) == ("scan_resolution_too_low", 73)


def test_taking_a_file_off_needs_a_reason_and_keeps_it(
    desk: Desk, dossier: Dossier, page: bytes, tmp_path: Path
) -> None:
    owner = ScanOwner(dossier_id=dossier.dossier_id)
    kept = add(desk, owner, page)
    with pytest.raises(BadInput) as refused:
        remove_scan(desk, kept.attachment_id, "  ")
    assert refused.value.code == "reason_missing"
    remove_scan(desk, kept.attachment_id, "Quét nhầm tờ khác")
    assert scans_of(desk, owner) == []
    assert len(scan_files(tmp_path)) == 1
    with desk.store.reading() as queries:
        step = queries.history(dossier.dossier_id)[-1]
        row = queries.attachment(kept.attachment_id)
    assert (step.act, step.detail["reason"]) == ("attachment_removed", "Quét nhầm tờ khác")
    assert row is not None
    assert row.removed_at == desk.clock.now()
    assert _rows(desk, "SELECT kind FROM outbox_event ORDER BY seq")[-1] == ("scan_removed",)
    with pytest.raises(BadInput) as unknown:
        remove_scan(desk, kept.attachment_id, "lần nữa")
    assert unknown.value.code == "scan_unknown"


def test_scans_of_a_draft_go_with_the_dossier_it_becomes(desk: Desk, page: bytes) -> None:
    keep_draft(desk)
    draft = ScanOwner(draft_id=DRAFT)
    gone = add(desk, draft, page, replace(PART, part_id="nham"))
    remove_scan(desk, gone.attachment_id, "nhầm")
    kept = add(desk, draft, page)
    dossier = receive(desk, BIRTH, clerk="Mai", draft_id=DRAFT)
    (moved,) = scans_of(desk, ScanOwner(dossier_id=dossier.dossier_id))
    assert moved.attachment_id == kept.attachment_id
    assert scans_of(desk, draft) == []
    assert dossier.life.rev == 2
    with desk.store.reading() as queries:
        assert queries.dossier(dossier.dossier_id) == dossier
        assert [step.act for step in queries.history(dossier.dossier_id)] == ["received", "attached"]
    statement = "SELECT kind FROM outbox_event WHERE dossier_id <> '' ORDER BY seq"
    kinds = [kind for (kind,) in _rows(desk, statement)]
    assert kinds == ["dossier_received", "scan_attached"]


def test_a_receipt_without_scans_tells_of_none(desk: Desk) -> None:
    keep_draft(desk)
    assert receive(desk, BIRTH, clerk="Mai", draft_id=DRAFT).life.rev == 1


def test_scans_of_a_discarded_draft_are_cleared_away_at_the_next_opening(
    desk: Desk, page: bytes, tmp_path: Path
) -> None:
    keep_draft(desk)
    add(desk, ScanOwner(draft_id=DRAFT), page)
    discard_draft(desk, DRAFT)
    assert len(scan_files(tmp_path)) == 1  # the discarding can still be undone
    desk.store.close()
    again = open_desk(tmp_path / "counter", desk.clock.now())
    assert scan_files(tmp_path) == []
    assert audit_acts(again)[-1] == "scans_swept"
    again.store.close()


class PowerCut(BaseException):
    """The computer stops: nothing after it runs."""


def test_a_file_whose_act_never_committed_is_cleared_away(
    desk: Desk, dossier: Dossier, page: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = ScanOwner(dossier_id=dossier.dossier_id)
    safe = add(desk, owner, page)
    made = prepare(desk, [page])
    scans = type(desk.scans)

    def cut(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(scans, "drop", lambda *_: None)
        patched.setattr("counter_app.services.scans.attach._tell", cut)
        with pytest.raises(PowerCut):
            attach(desk, owner, replace(PART, part_id="khac"), made)
    assert len(scan_files(tmp_path)) == 3  # two files and the mark of the second
    desk.store.close()
    again = open_desk(tmp_path / "counter", desk.clock.now())
    assert [path.name for path in scan_files(tmp_path)] == [f"{safe.attachment_id}.bin"]
    assert list(again.scans.unfinished()) == []
    again.store.close()


def test_a_mark_left_after_the_commit_costs_no_file(
    desk: Desk, dossier: Dossier, page: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(type(desk.scans), "settled", lambda *_: None)
        kept = add(desk, ScanOwner(dossier_id=dossier.dossier_id), page)
    assert list(desk.scans.unfinished()) == [kept.attachment_id]
    desk.store.close()
    again = open_desk(tmp_path / "counter", desk.clock.now())
    assert list(again.scans.unfinished()) == []
    assert view_scan(again, kept.attachment_id) == page
    again.store.close()


def test_a_failed_act_leaves_neither_file_nor_row(
    desk: Desk, dossier: Dossier, page: bytes, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as refused:
        add(desk, ScanOwner(dossier_id="no such dossier"), page)
    assert refused.value.code == "dossier_unknown"
    assert scan_files(tmp_path) == []
    with desk.store.reading() as queries:
        assert queries.attachment_ids() == frozenset()


def test_a_file_no_row_knows_is_kept_and_told(
    desk: Desk, dossier: Dossier, page: bytes, tmp_path: Path
) -> None:
    kept = add(desk, ScanOwner(dossier_id=dossier.dossier_id), page)
    stray = tmp_path / "counter" / "scans" / "ff" / "01930000-0000-7000-8000-0000000000ff.bin"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"from a newer backup")
    scans = next(check for check in check_health(desk) if check.name == "scans")
    assert (scans.ok, scans.code) == (True, "health_scans_unclaimed")
    desk.store.close()
    again = open_desk(tmp_path / "counter", desk.clock.now())
    assert stray.exists()
    assert view_scan(again, kept.attachment_id) == page
    again.store.close()


def test_files_leave_under_the_name_of_the_rule(
    desk: Desk, dossier: Dossier, page: bytes, tmp_path: Path
) -> None:
    owner = ScanOwner(dossier_id=dossier.dossier_id)
    add(desk, owner, page)
    add(desk, owner, page, replace(PART, part_id="to_khai", order=1))
    out = export_scans(desk, dossier, tmp_path / "out")
    assert [path.name for path in out] == [
        f"{dossier.dossier_code}-01-to_khai.pdf",
        f"{dossier.dossier_code}-02-giay_chung_sinh.pdf",
    ]
    assert all(path.read_bytes() == page for path in out)
    assert GRANDMOTHER.personal_id not in " ".join(map(str, out))
    assert audit_acts(desk)[-1] == "scans_exported"


def test_a_clock_set_back_is_noticed(desk: Desk, dossier: Dossier, page: bytes) -> None:
    made = prepare(desk, [page])
    desk.clock.moment = desk.clock.now().replace(hour=6)  # type: ignore[attr-defined]
    with pytest.raises(RuleRefusal) as refused:
        attach(desk, ScanOwner(dossier_id=dossier.dossier_id), PART, made)
    assert refused.value.code == "clock_set_back"


def test_the_papers_of_a_dossier_are_known_with_their_places(desk: Desk, dossier: Dossier) -> None:
    with desk.store.reading() as queries:
        parts = parts_of_dossier(queries, dossier)
        assert "giay_chung_sinh" in [part.part_id for part in parts]
        orders = [part.order for part in parts]
        assert orders == sorted(set(orders))
        assert RESULT not in [part.part_id for part in parts]
        assert part_of_dossier(queries, dossier, RESULT).name == "Kết quả giải quyết"
        with pytest.raises(BadInput) as refused:
            part_of_dossier(queries, dossier, "../../etc")
    assert refused.value.code == "part_unknown"


def test_what_a_file_is_cannot_be_changed_later(desk: Desk, dossier: Dossier, page: bytes) -> None:
    add(desk, ScanOwner(dossier_id=dossier.dossier_id), page)
    for change in ("sha256 = 'x'", "file_key = x'00'", "dossier_id = 'other'", "part_id = 'other'"):
        with (
            pytest.raises(Exception, match=r"attachment is fixed|CHECK"),
            desk.store.writing() as transaction,
        ):
            transaction._sql.run(f"UPDATE attachment SET {change}")  # type: ignore[attr-defined]
