"""The support bundle: everything in it was shown before, and nothing in it is about a citizen."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import make_desk
from tests.helpers.program import INIT, run_program
from tests.helpers.visits import BIRTH

from counter_app.domain.errors import EnvironmentProblem
from counter_app.incident_files import IncidentFiles
from counter_app.services.audit_port import AuditFilter
from counter_app.services.check_health import Check, check_health
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.services.support.bundle import BundlePart, bundle_parts, write_bundle


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


def parts_of(desk: Desk, folder: Path, *more: Check) -> dict[str, str]:
    incidents = IncidentFiles(folder, FixedClock(MORNING), folder / "fonts")
    return {part.name: part.text for part in bundle_parts(desk, [*more, *check_health(desk)], incidents)}


def test_a_bundle_helps_and_names_nobody(desk: Desk, tmp_path: Path) -> None:
    dossier = receive(desk, BIRTH, clerk=desk.clerk)
    name = dossier.applicant.full_name
    IncidentFiles(tmp_path / "counter", FixedClock(MORNING), tmp_path).record(KeyError(name))
    disk = Check(name="disk", ok=False, code="disk_low", params={"free_mb": 12, "folder": name})
    parts = parts_of(desk, tmp_path / "counter", disk)
    assert set(parts) >= {"checks.json", "counter.json", "sync.json", "incidents.json"}
    assert {"name": "disk", "ok": False, "code": "disk_low", "numbers": {"free_mb": 12}} in json.loads(
        parts["checks.json"]
    )
    counter = json.loads(parts["counter.json"])
    assert (counter["dossiers"], counter["settings"]["counter.number"]) == (1, "1")
    assert json.loads(parts["incidents.json"])[0]["kind"] == "KeyError"
    whole = "\n".join(parts.values())
    for person in (dossier.applicant, *dossier.people.values()):
        assert person.full_name not in whole
        assert person.personal_id not in whole
    assert not re.search(r"(?<![0-9a-f])\d{12}(?![0-9a-f])", whole)
    assert desk.settings.office.name not in whole
    assert desk.clerk not in whole


def test_the_file_is_what_was_shown_and_the_audit_knows(desk: Desk, tmp_path: Path) -> None:
    parts = (
        BundlePart(name="checks.json", text="[]"),
        BundlePart(name="logs/counter.log", text="một dòng\n"),
    )
    target = tmp_path / "goi.zip"
    write_bundle(desk, parts, target)
    with zipfile.ZipFile(target) as bundle:
        assert {name: bundle.read(name).decode() for name in bundle.namelist()} == {
            part.name: part.text for part in parts
        }
    with desk.store.reading() as queries:
        (entry,) = (e.entry for e in queries.audit_page(AuditFilter(acts=("support_bundle_made",))))
    assert (entry.clerk, entry.detail) == (desk.clerk, {"parts": ["checks.json", "logs/counter.log"]})


def test_a_bundle_that_cannot_be_written_leaves_no_trace(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "full").write_text("a file where the folder should be")
    with pytest.raises(EnvironmentProblem) as problem:
        write_bundle(desk, (), tmp_path / "full" / "goi.zip")
    assert problem.value.code == "paper_not_saved"
    with desk.store.reading() as queries:
        assert not queries.audit_page(AuditFilter(acts=("support_bundle_made",)))


def test_the_command_shows_first_and_writes_then(tmp_path: Path) -> None:
    data_dir = tmp_path / "counter"
    assert run_program(data_dir, *INIT).exit_code == 0
    shown = run_program(data_dir, "support", "preview")
    assert shown.exit_code == 0
    names = [part["name"] for part in shown.out["parts"]]
    written = run_program(data_dir, "support", "bundle", str(tmp_path / "goi.zip"))
    assert (written.exit_code, written.out["parts"]) == (0, names)
    assert zipfile.is_zipfile(tmp_path / "goi.zip")
    refused = run_program(data_dir, "support", "bundle", str(tmp_path / "goi.pdf"))
    assert (refused.exit_code, refused.error["code"]) == (2, "paper_format_unknown")
