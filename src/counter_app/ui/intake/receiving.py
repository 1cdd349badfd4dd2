"""F9: the dossier first, durable; then its papers, each of which may fail without losing anything."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.errors import EnvironmentProblem, KnownError
from counter_app.ui.intake.state import PrintFailure, Received

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.desk import Desk
    from counter_app.services.visit import Visit
    from counter_app.ui.operations import Operations

SLIP = "slip"

log = logging.getLogger(__name__)


class Receiving:
    """Receives a visit and follows its papers; `changed` is called with every step.

    Args:
        desk: The desk.
        operations: Runs the acts in order on the writer.
        changed: Gets the newest `Received`.
    """

    def __init__(self, desk: Desk, operations: Operations, changed: Callable[[Received], None]) -> None:
        self._desk = desk
        self._operations = operations
        self._changed = changed
        self.latest: Received | None = None

    def start(
        self,
        visit: Visit,
        *,
        draft_id: str,
        clock_confirmed: bool,
        done: Callable[[Dossier], None],
        failed: Callable[[KnownError], None],
    ) -> None:
        """Receive the visit, tell `done`, then print what the visit should hand out."""
        from counter_app.services import print_papers
        from counter_app.services.receive_dossier import receive

        desk = self._desk

        def received(dossier: Dossier) -> None:
            self._now(Received(dossier=dossier, waiting=print_papers.papers_to_hand_out(dossier)))
            done(dossier)
            self.print_waiting()

        self._operations.run_command(
            lambda: receive(
                desk,
                visit,
                clerk=desk.clerk,
                draft_id=draft_id,
                clock_confirmed=clock_confirmed,
            ),
            done=received,
            failed=failed,
        )

    def correct(
        self,
        work: Callable[[], Dossier],
        before: Dossier,
        *,
        done: Callable[[Dossier], None],
        failed: Callable[[KnownError], None],
    ) -> None:
        """Correct a dossier, tell `done`, then print the slip and the forms that say something else now."""

        def act() -> tuple[Dossier, bool]:
            dossier = work()
            with self._desk.store.reading() as queries:
                printed = queries.prints(dossier.dossier_id)
            return dossier, any(each.paper == SLIP and each.outcome != "failed" for each in printed)

        def corrected(outcome: tuple[Dossier, bool]) -> None:
            dossier, slip_out = outcome
            papers = papers_to_renew(before, dossier, slip_out=slip_out)
            self._now(Received(dossier=dossier, waiting=papers, corrected=True))
            done(dossier)
            self.print_waiting()

        self._operations.run_command(act, done=corrected, failed=failed)

    def print_waiting(self) -> None:
        """Send the papers that wait to the printer."""
        if self.latest is not None:
            for paper in self.latest.waiting:
                self._hand_out(paper, self._printing(self.latest.dossier, paper), "printed")

    def print_again(self) -> None:
        """Print what failed; when nothing did, all papers of the dossier as counted reprints."""
        from counter_app.services import print_papers

        if self.latest is None or self.latest.waiting:
            return
        failed = tuple(failure.paper for failure in self.latest.failures)
        papers = failed or print_papers.papers_to_hand_out(self.latest.dossier)
        self._now(replace(self.latest, waiting=papers, failures=()))
        self.print_waiting()

    def save_as_pdf(self, folder: Path) -> None:
        """Write what failed to print as PDF files named by dossier code, never by a person."""
        if self.latest is None or self.latest.waiting:
            return
        papers = tuple(failure.paper for failure in self.latest.failures)
        self._now(replace(self.latest, waiting=papers, failures=()))
        for paper in papers:
            self._hand_out(paper, self._saving(self.latest.dossier, paper, folder), "saved")

    def _printing(self, dossier: Dossier, paper: str) -> Callable[[], object]:
        from counter_app.services import print_papers

        return lambda: print_papers.print_paper(self._desk, dossier, paper)

    def _saving(self, dossier: Dossier, paper: str, folder: Path) -> Callable[[], object]:
        from counter_app.services.paper_files import write_paper

        size = self._desk.settings.slip_size
        return lambda: write_paper(self._desk, dossier, paper, folder=folder, size=size)

    def _hand_out(self, paper: str, work: Callable[[], object], outcome: str) -> None:
        dossier_id = self.latest.dossier.dossier_id if self.latest is not None else ""

        def current() -> Received | None:
            """Return the state to change, or None when another dossier was received meanwhile."""
            latest = self.latest
            return latest if latest is not None and latest.dossier.dossier_id == dossier_id else None

        def attempt() -> object:
            try:
                return work()
            except KnownError:
                raise
            except Exception as bug:
                # Whatever is wrong with a paper, it must not look as if it were still printing.
                log.exception("a paper could not be made")
                raise EnvironmentProblem("paper_not_made", paper=paper) from bug

        def done(_paper: object) -> None:
            if (now := current()) is not None:
                now = replace(now, waiting=_without(now.waiting, paper))
                if outcome == "saved":
                    self._now(replace(now, saved=(*now.saved, paper)))
                else:
                    self._now(replace(now, printed=(*now.printed, paper)))

        def failed(error: KnownError) -> None:
            if (now := current()) is not None:
                failure = PrintFailure(paper=paper, error=error)
                self._now(
                    replace(now, waiting=_without(now.waiting, paper), failures=(*now.failures, failure))
                )

        self._operations.run_command(attempt, done=done, failed=failed)

    def _now(self, received: Received) -> None:
        self.latest = received
        self._changed(received)


def papers_to_renew(before: Dossier, after: Dossier, *, slip_out: bool) -> tuple[str, ...]:
    """Return what a correction prints again: every form that says something else now, and the slip.

    A slip the rule does not want is printed only when the citizen holds an earlier one (`slip_out`).
    """
    from counter_app.services import print_papers

    same_people = (before.applicant, before.people) == (after.applicant, after.people)
    kept = {(form.form_id, form.form_version): dict(form.answers) for form in before.forms}
    unchanged = {
        print_papers.FORM_PREFIX + form.form_id
        for form in after.forms
        if same_people and kept.get((form.form_id, form.form_version)) == dict(form.answers)
    }
    papers = [paper for paper in print_papers.papers_to_hand_out(after) if paper not in unchanged]
    return tuple(papers) if SLIP in papers or not slip_out else (*papers, SLIP)


def _without(papers: tuple[str, ...], paper: str) -> tuple[str, ...]:
    return tuple(each for each in papers if each != paper)
