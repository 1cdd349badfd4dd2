"""What came of talking to the server: every failure is one `Answer`, judged by its class alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from counter_protocol.refusals import ErrorClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A failure. ``code`` has words in `sync_words`; ``retry_after`` counts seconds, 0 when not told.

    ``seq`` is the place in the chain the server blames, 0 for none.
    """

    error_class: ErrorClass
    code: str
    retry_after: float = 0.0
    seq: int = 0
    params: Mapping[str, object] = field(default_factory=dict)


class Refused(Exception):
    """An exchange did not come to its end."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.code)
        self.answer = answer


def network(code: str) -> Refused:
    """Return a failure of the line."""
    return Refused(Answer(error_class=ErrorClass.NETWORK, code=code))


def local(code: str, **params: object) -> Refused:
    """Return a failure of this machine."""
    return Refused(Answer(error_class=ErrorClass.LOCAL, code=code, params=params))


def strange_answer() -> Refused:
    """Return the failure of a server that said what makes no sense; it may be mending itself."""
    return Refused(Answer(error_class=ErrorClass.BUSY, code="strange_answer"))
