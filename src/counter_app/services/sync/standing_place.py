"""Where the counter stands towards the server: its chain, its cursor, its data packs."""

from typing import TYPE_CHECKING

from counter_app.services.audit.countersigned import audit_end, audit_known
from counter_protocol.chain import checkpoint_places
from counter_protocol.messages import PackHeld, Place, SessionRequest
from counter_protocol.moments import utc_text
from counter_protocol.version import CAPABILITIES, program_version

if TYPE_CHECKING:
    from counter_app.domain.data_pack import PackVersion
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries
    from counter_app.services.sync_port import Enrolment


def standing_place(desk: "Desk", queries: "Queries", enrolment: "Enrolment") -> SessionRequest:
    """Return what a session would begin with."""
    end = queries.chain_end()
    places = queries.chain_places(checkpoint_places(end.seq))
    return SessionRequest(
        unit_code=enrolment.unit_code,
        device_id=enrolment.device_id,
        epoch=end.epoch,
        last=Place(seq=end.seq, hash=end.hash),
        acked_seq=queries.acked_seq(),
        cursor=queries.cursor(),
        now=utc_text(desk.clock.now()),
        checkpoints=[Place(seq=each.seq, hash=each.hash) for each in places],
        packs=[
            PackHeld(
                kind=pack.info.kind.value, version=version_number(pack.info.version), unit=pack.info.unit
            )
            for pack in desk.packs.installed()
        ],
        app_version=program_version(),
        capabilities=sorted(CAPABILITIES),
        audit_tip=queries.audit_tip().digits,
        cursor_event=queries.event_at_cursor(),
        audit_end=audit_end(queries),
        audit_known=audit_known(queries, enrolment),
    )


def version_number(version: "PackVersion") -> int:
    """Return the number the server orders a pack's versions by."""
    return (version.year * 100 + version.month) * 10_000 + version.number
