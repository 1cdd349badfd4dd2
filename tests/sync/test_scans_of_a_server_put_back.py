"""Scans a server lost, because it was put back to a backup, are announced and sent again."""

from pathlib import Path

import pytest
from tests.helpers.sync_states import receive_many
from tests.server.serving import serving
from tests.sync.counters import UNIT, Counter, answers
from tests.sync.test_exchange_with_server import attach_noise, copy_of

SCANS = "SELECT l.dossier_id FROM scan s JOIN scan_of_dossier l USING (unit, sha256)"


@pytest.mark.slow
@pytest.mark.parametrize("store", ["kept", "lost"])
def test_a_scan_confirmed_after_the_backup_goes_up_again(
    store: str, cluster: str, database_url: str, tmp_path: Path
) -> None:
    counter = Counter(tmp_path / "one")
    with serving(database_url, tmp_path / "kept") as served:
        port = int(served.url.rsplit(":", 1)[1])
        served.add_office(UNIT)
        counter.enrol(served)
        counter.sync()
    backup = copy_of(cluster, database_url)
    with serving(database_url, tmp_path / "kept", port=port) as served:
        dossier = receive_many(counter.desk, 2)[1]
        attach_noise(counter.desk, dossier, tmp_path)
        counter.sync()
        assert [row["dossier_id"] for row in served.rows(SCANS)] == [dossier.dossier_id]
    with serving(backup, tmp_path / store, port=port) as served:
        assert answers(counter.sync()) == ["", "", ""]
        assert [row["dossier_id"] for row in served.rows(SCANS)] == [dossier.dossier_id]
    counter.close()
