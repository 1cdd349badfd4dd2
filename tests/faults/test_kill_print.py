"""`kill -9` while a paper is on its way: it counts as handed out, because it may have been."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import PaperTray

from counter_app.bootstrap import open_desk
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.period import Period
from counter_app.services.acts.undo import undo, undoable
from counter_app.services.ports import SENDING
from counter_app.services.print_papers import print_paper


@pytest.mark.parametrize(("when", "sheets"), [("before", 0), ("after", 1), ("save", 1)])
def test_a_paper_that_may_be_out_binds_its_act(tmp_path: Path, when: str, sheets: int) -> None:
    command = [sys.executable, "-m", "tests.faults.kill_print", str(tmp_path), when]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == -9, done.stderr[-3000:]
    assert len(list((tmp_path / "tray").glob("*.pdf"))) == sheets

    desk = open_desk(tmp_path / "counter")
    try:
        desk.clock, desk.printer = FixedClock(MORNING), PaperTray()
        dossier_id = (tmp_path / "dossier_id").read_text()
        day = Period.of_day(MORNING.date())
        with desk.store.reading() as queries:
            dossier = queries.dossier(dossier_id)
            assert dossier is not None
            assert [(p.paper, p.outcome, p.copy_no) for p in queries.prints(dossier_id)] == [
                ("supplement", SENDING, 1)
            ]
            assert undoable(queries, dossier) is None
            assert queries.failed_papers(day).count == 1, "the day must not close without a word of it"
        with pytest.raises(RuleRefusal, match="paper_handed_out"):
            undo(desk, dossier_id)
        assert print_paper(desk, dossier, "supplement").copy_no == 2
        with desk.store.reading() as queries:
            assert queries.failed_papers(day).count == 0
    finally:
        desk.store.close()
