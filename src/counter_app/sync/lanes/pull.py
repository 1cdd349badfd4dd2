"""Fetches the office's log page by page; each page is taken in together with its cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_app.services.sync.apply_log import apply_page
from counter_app.services.sync.settle_chain import walks_anew
from counter_app.sync.answers import Answer, Refused
from counter_protocol.messages import PullReply
from counter_protocol.refusals import ErrorClass, Refusal
from counter_protocol.version import PROTOCOL

if TYPE_CHECKING:
    from counter_app.sync.link import Link

POLL_S = 25
_EVERY_EPOCH = 0  # none is left out: no epoch has that number
_SLICE = 50
_ASK_AGAIN_S = 3600.0  # an old program's pull is refused until somebody updates it


def pull(link: Link, *, wait_s: int = 0, called_off: Callable[[], bool] = bool) -> int:
    """Fetch until there is no more; return how many entries were new here.

    Args:
        link: The line.
        wait_s: How long the server may wait for the first entry, in seconds.
        called_off: Asked right before the first request is sent; from then on `Gateway.abort` ends it.

    Raises:
        Refused: also ``update_needed``, which concerns pulling alone.
        EnvironmentProblem: as `apply_page`.
    """
    if may_not(link):
        raise Refused(Answer(error_class=ErrorClass.PROTOCOL, code=Refusal.UPDATE_NEEDED))
    new = 0
    while True:
        applied, more = _page(link, wait_s, called_off)
        new += applied
        if not more:
            return new
        wait_s, called_off = 0, bool


def may_not(link: Link) -> bool:
    """Tell whether the server said that this program is too old to understand its log."""
    if link.pull_refused_until > link.pace.seconds():
        return True
    if link.session().oldest_pull > PROTOCOL:
        link.pull_refused_until = link.pace.seconds() + _ASK_AGAIN_S
        return True
    return False


def _page(link: Link, wait_s: int, called_off: Callable[[], bool]) -> tuple[int, bool]:
    with link.desk.store.reading() as queries:
        after, at = queries.cursor(), queries.event_at_cursor()
        epoch = _EVERY_EPOCH if walks_anew(queries) else queries.chain_end().epoch
    asked = {
        "cursor": str(after),
        "limit": str(link.session().limits.pull_items),
        "epoch": str(epoch),
        "wait": str(wait_s),
        "at": at,
    }

    def call(token: str) -> PullReply:
        return link.gateway.get(
            "/v1/pull", PullReply, token=token, params=asked, patience_s=wait_s, called_off=called_off
        )

    try:
        reply = link.ask(call)
    except Refused as refused:
        if refused.answer.code == Refusal.UPDATE_NEEDED:
            link.pull_refused_until = link.pace.seconds() + _ASK_AGAIN_S
        if refused.answer.code == Refusal.CHAIN_BROKEN:
            link.drop_session()  # the next one says from where to read the log again
        raise
    new = _take_in(link, reply, after)
    link.tally.received += new
    # A server that says "more" without moving on would be asked for ever.
    return new, reply.more and reply.cursor > after


def _take_in(link: Link, reply: PullReply, after: int) -> int:
    """Take a page in by slices, so that a clerk's act never waits long for the one writer."""
    items, new = reply.items, 0
    for start in range(0, max(len(items), 1), _SLICE):
        part = items[start : start + _SLICE]
        is_last = start + _SLICE >= len(items)
        cursor = reply.cursor if is_last else part[-1].office_seq
        new += apply_page(link.desk, part, after=after, cursor=cursor).new
        after = cursor
        link.beat()
    return new
