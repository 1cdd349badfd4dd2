"""The first lane: what clerks did goes up, what the office's other counters and the server did comes down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_app.services.sync.apply_log import retry_parked
from counter_app.sync.answers import Answer, Refused
from counter_app.sync.lanes import blocks, quarantine_report
from counter_app.sync.lanes.pull import pull
from counter_app.sync.lanes.push import Push
from counter_protocol.refusals import Refusal

if TYPE_CHECKING:
    from counter_app.sync.link import Link


def exchange(link: Link) -> Answer | None:
    """Send everything, fetch everything, send what that brought home.

    Return what is worth telling although it went well.

    Raises:
        Refused: the exchange did not come to its end; what was confirmed stays confirmed.
        EnvironmentProblem: this machine could not keep what came.
    """
    link.session()
    if not link.exchanges:
        retry_parked(link.desk)  # the program, or its data, may have learned to read it since
    Push(link).run()
    try:
        told = _fetch(link)
    except Refused as refused:
        if refused.answer.code != Refusal.CHAIN_BROKEN:
            raise
        told = _again(link)
    Push(link).run()  # what came home of our own acts, lost here
    blocks.ask_when_short(link)
    quarantine_report.report(link)
    link.exchanges += 1
    return told


def _again(link: Link) -> Answer | None:
    """Compare chains anew, tell the server what it lost, and read its log again: it was put back."""
    link.session()
    Push(link).run()
    return _fetch(link)


def _fetch(link: Link) -> Answer | None:
    """An old program goes on sending: only its pulling waits for the update."""
    try:
        pull(link)
    except Refused as refused:
        if refused.answer.code != Refusal.UPDATE_NEEDED:
            raise
        return refused.answer
    return None
