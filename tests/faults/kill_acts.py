"""Lives through whole dossiers with their papers and is killed at the n-th step, for n = 1, 2, 3 …

    python -m tests.faults.kill_acts WORK_DIR

A step is any statement or commit of the database and any file put in its place. Every victim begins
with its own copy of the counter; the checks of `check_after_death` run in this warm process. Prints one
JSON document: how many were killed, and where.
"""

import json
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import make_desk
from tests.helpers.life import check_dossier
from tests.helpers.visits import BIRTH

from counter_app.bootstrap import open_desk
from counter_app.domain.dossier import Dossier, SubmittedPart
from counter_app.domain.dossier_acts import (
    ActRequest,
    AskSupplement,
    EnterResult,
    Extend,
    GiveResult,
    HandOver,
    Refuse,
    Resume,
    Stop,
)
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.errors import BadInput
from counter_app.services.acts.correct_intake import correct_intake
from counter_app.services.acts.perform import perform
from counter_app.services.acts.undo import undo
from counter_app.services.desk import Desk
from counter_app.services.look_up import open_dossier
from counter_app.services.paper_content import PaperSize
from counter_app.services.paper_files import write_paper
from counter_app.services.paper_number import paper_number
from counter_app.services.paper_text import moment_in_text
from counter_app.services.receive_dossier import receive
from counter_app.services.visit_of_dossier import visit_to_correct
from counter_app.storage.sql import Sql

HELD = SubmittedPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", original=1, held=1)
VISIT = replace(BIRTH, parts=(HELD,), slip_asked=True)
ASK = AskSupplement(items=("Giấy chứng nhận kết hôn",), reason="Còn thiếu")
LIVES: tuple[tuple[tuple[ActRequest, str], ...], ...] = (
    (
        (HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch")), "control"),
        (ASK, "supplement"),
        (Resume(), "slip"),
        (Extend(reason="Chờ xác minh", time="3wd", late_reason="Muộn"), "apology"),
        (EnterResult(), ""),
        (
            GiveResult(
                to=ReturnTo.OWNER,
                full_name="Đinh Thị Sen",
                identity_checked="card",
                originals={"giay_chung_sinh": 1},
            ),
            "",
        ),
    ),
    ((Refuse(reasons=("Không thuộc thẩm quyền",)), "refusal"),),
    ((Stop(reasons=("Theo đề nghị",), decided_by="Chủ tịch UBND xã"), "stop"),),
)


def live(desk: Desk, folder: Path) -> None:
    """Do every act, each followed by its paper; take one back, correct one."""
    for acts in LIVES:
        dossier = receive(desk, VISIT, clerk="Mai")
        write_paper(desk, dossier, "slip", folder=folder, size=PaperSize.A5)
        for request, paper in acts:
            dossier = perform(desk, dossier.dossier_id, request)
            if paper:
                _replace_paper(desk, dossier, paper, folder)
    dossier = receive(desk, VISIT, clerk="Mai")
    perform(desk, dossier.dossier_id, EnterResult())
    undo(desk, dossier.dossier_id)
    visit = replace(visit_to_correct(desk, dossier), copies=2)
    _replace_paper(desk, correct_intake(desk, dossier.dossier_id, visit, reason="Nhầm"), "slip", folder)


def _replace_paper(desk: Desk, dossier: Dossier, paper: str, folder: Path) -> None:
    """Write the paper beside the one of before: a citizen has both in the hand."""
    rev = folder / f"rev{dossier.life.rev}"
    rev.mkdir(exist_ok=True)
    write_paper(desk, dossier, paper, folder=rev, size=PaperSize.A4 if paper == "control" else PaperSize.A5)


def die_at(step: int) -> None:
    """Let this process kill itself when it is about to take that step."""
    left = [step]

    def counted(do: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*args: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return do(*args, **options)

        return stepping

    for name in ("run", "rows", "row", "value"):
        setattr(Sql, name, counted(getattr(Sql, name)))
    os.replace = counted(os.replace)
    os.fsync = counted(os.fsync)


def check_after_death(data_dir: Path, folder: Path) -> None:
    """Check that every dossier is whole, and that every paper says what the database says."""
    desk = open_desk(data_dir)
    try:
        with desk.store.reading() as queries:
            ids = [row.dossier_id for row in queries.newest()]
        for dossier_id in ids:
            check_dossier(desk, dossier_id)
        for file in folder.rglob("*.pdf"):
            _check_paper(desk, file)
    finally:
        desk.store.close()


def _check_paper(desk: Desk, file: Path) -> None:
    code, _, paper = file.stem.rpartition("-")
    found = open_dossier(desk, code)
    words = " ".join(_text(file).split())
    assert code in words, file.name
    for said in _said(found.dossier, paper):
        assert said in words, (file.name, said)
    rev = int(file.parent.name.removeprefix("rev")) if file.parent.name.startswith("rev") else 1
    assert found.dossier.life.rev >= rev, "a paper tells of an act that is not there"


def _said(dossier: Dossier, paper: str) -> list[str]:
    life = dossier.life
    if paper == "supplement":
        return [paper_number(life.supplements[-1].number, 1, "supplement")]
    if paper == "apology" and life.extension:
        return [
            paper_number(life.extension.number, 1, "apology"),
            moment_in_text(life.extension.due_after),
        ]
    if paper in ("refusal", "stop"):
        if life.ending is None:
            raise AssertionError("a notice tells of an end that is not there")
        return [paper_number(life.ending.number, 1, paper)]
    return []


def _text(file: Path) -> str:
    document = pypdfium2.PdfDocument(file.read_bytes())
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def main(work: Path, every: int) -> None:
    """Kill victims until one lives through everything."""
    start = work / "start"
    make_desk(start, MORNING).store.close()
    killed, step = Counter[str](), 1
    while True:
        data_dir, folder = work / "counter", work / "papers"
        for path in (data_dir, folder):
            shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(start, data_dir)
        folder.mkdir()
        victim = os.fork()
        if victim == 0:
            die_at(step)
            desk = open_desk(data_dir)
            desk.clock = FixedClock(MORNING)
            live(desk, folder)
            os._exit(0)
        _, status = os.waitpid(victim, 0)
        check_after_death(data_dir, folder)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0, "the victim failed by itself"
            break
        killed[str(len(list(folder.rglob("*.pdf"))))] += 1
        step += every
    print(json.dumps({"killed": sum(killed.values()), "steps": step, "by_papers": killed}))  # noqa: T201


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), int(sys.argv[2]))
    except BadInput as problem:
        raise SystemExit(str(problem)) from None
