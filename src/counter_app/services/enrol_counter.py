"""Makes a counter known to the central server with a one-time code; a new code replaces what was before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.clock_check import require_clock
from counter_app.services.ports import AuditEntry
from counter_app.services.sync_port import Enrolment, LeasedBlock

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_MAX_URL = 300
_MAX_CODE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """Who the counter says it is. ``private_key`` is the one it was enrolled with before, b"" for none."""

    unit_code: str
    device_id: str
    counter: int
    code: str
    now: datetime
    private_key: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """What the server gave, and the key that was made for it. Keys are raw bytes."""

    private_key: bytes = field(repr=False)
    signing_key: bytes
    sealing_key: bytes
    office_name: str
    ahead_s: int | None  # own clock minus the server's
    blocks: tuple[LeasedBlock, ...] = ()


class EnrolLine(Protocol):
    """The way to a server the counter does not know yet."""

    def introduce(self, server_url: str, introduction: Introduction) -> Welcome:
        """Introduce the counter, with a new key when it has none.

        Raises:
            BadInput: ``server_is_another``: what answers there does not know our messages.
            RuleRefusal: ``enrol_refused`` (``answer``: the server's code).
            EnvironmentProblem: ``server_not_reached`` (``cause``: what stood in the way).
        """
        ...


def enrol_counter(
    desk: Desk, line: EnrolLine, server_url: str, code: str, *, insecure: bool = False
) -> Welcome:
    """Enrol the counter; from now on its events go to that server.

    Args:
        desk: A counter that is set up.
        line: The way to the server.
        server_url: ``https://…``; ``http://`` only on this machine, or when `insecure`.
        code: The one-time code the server's administrator gave.
        insecure: Let everybody on the way read everything; for trials.

    Raises:
        BadInput: ``bad_server_url``, ``server_url_insecure``, ``enrol_code_missing``, and as
            `EnrolLine.introduce`.
        RuleRefusal: ``sync_training_refused``, ``clock_set_back``, and as `EnrolLine.introduce`.
        EnvironmentProblem: as `EnrolLine.introduce` and `Store.writing`.
    """
    settings = desk.settings
    if settings.counter.training:
        raise RuleRefusal("sync_training_refused")
    url = checked_url(server_url, insecure=insecure)
    word = "".join(code.split())
    if not 0 < len(word) <= _MAX_CODE:
        raise BadInput("enrol_code_missing")
    now = desk.clock.now()
    with desk.store.reading() as queries:
        require_clock(queries, now)
        epoch, before = queries.chain_end().epoch, queries.enrolment()
    welcome = line.introduce(
        url,
        Introduction(
            unit_code=settings.office.unit_code,
            device_id=settings.counter.device_id,
            counter=settings.counter.number,
            code=word,
            now=now,
            # A counter that changes desks proves by its key that it is the same one.
            private_key=before.private_key if before else b"",
        ),
    )
    enrolment = Enrolment(
        server_url=url,
        device_id=settings.counter.device_id,
        unit_code=settings.office.unit_code,
        counter=settings.counter.number,
        private_key=welcome.private_key,
        server_signing_key=welcome.signing_key,
        server_sealing_key=welcome.sealing_key,
        enrolled_at=now,
        epoch=epoch,
    )
    _keep(desk, enrolment, welcome)
    return welcome


def checked_url(text: str, *, insecure: bool = False) -> str:
    """Return the server's address without what does not belong to it.

    Raises:
        BadInput: ``bad_server_url``, ``server_url_insecure``.
    """
    typed = text.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadInput("bad_server_url") from None
    extra = parts.username or parts.password or parts.query or parts.fragment
    if parts.scheme not in ("http", "https") or not host or extra or len(typed) > _MAX_URL:
        raise BadInput("bad_server_url")
    if any(letter.isspace() for letter in typed):
        raise BadInput("bad_server_url")
    if parts.scheme == "http" and host not in _LOOPBACK and not insecure:
        raise BadInput("server_url_insecure")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def _keep(desk: Desk, enrolment: Enrolment, welcome: Welcome) -> None:
    with desk.store.writing() as transaction:
        transaction.enrol(enrolment)
        for block in welcome.blocks:
            transaction.put_block(block)
        if welcome.ahead_s is not None:
            transaction.note_clock(welcome.ahead_s)
        transaction.append_audit(
            AuditEntry(
                at=enrolment.enrolled_at,
                clerk=desk.clerk,
                act="counter_enrolled",
                subject_id=enrolment.device_id,
                detail={"server": enrolment.server_url, "epoch": enrolment.epoch},
            )
        )
