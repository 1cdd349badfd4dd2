"""Introduces a counter to a server over HTTP; implements `services.enrol_counter.EnrolLine`."""

from __future__ import annotations

from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.services.enrol_counter import Introduction, Welcome
from counter_app.services.sync.leased_numbers import leased_blocks
from counter_app.sync import handshake
from counter_app.sync.answers import Refused
from counter_app.sync.gateway import Gateway
from counter_protocol import signing
from counter_protocol.carry_keys import sealing_public_of
from counter_protocol.messages import EnrolReply, EnrolRequest
from counter_protocol.moments import utc_text
from counter_protocol.refusals import ErrorClass
from counter_protocol.version import program_version

_NOT_REACHED = (ErrorClass.NETWORK, ErrorClass.BUSY, ErrorClass.LOCAL)


class HttpEnrolLine:
    """One call to a server, on a connection of its own."""

    def introduce(self, server_url: str, introduction: Introduction) -> Welcome:
        """As `EnrolLine.introduce`."""
        private_key = introduction.private_key or signing.new_private_key()
        request = EnrolRequest(
            unit_code=introduction.unit_code,
            code=introduction.code,
            device_id=introduction.device_id,
            counter=introduction.counter,
            public_key=signing.public_key_of(private_key),
            now=utc_text(introduction.now),
            app_version=program_version(),
            sealing_key=sealing_public_of(private_key),
        )
        gateway = Gateway(server_url, on_bytes=_nothing)
        try:
            reply = gateway.post("/v1/enrol", request, EnrolReply)
        except Refused as refused:
            answer = refused.answer
            if answer.error_class in _NOT_REACHED:
                raise EnvironmentProblem("server_not_reached", cause=answer.code) from refused
            if answer.error_class is ErrorClass.POISON:
                raise BadInput("server_is_another", answer=answer.code) from refused
            raise RuleRefusal("enrol_refused", answer=answer.code) from refused
        finally:
            gateway.close()
        return Welcome(
            private_key=private_key,
            signing_key=reply.signing_key,
            sealing_key=reply.sealing_key,
            office_name=reply.office_name,
            ahead_s=handshake.clock_ahead_s(introduction.now, reply.now),
            blocks=tuple(leased_blocks(introduction.counter, reply.blocks)),
        )


def _nothing(_sent: int, _received: int) -> None:
    """A few hundred bytes, once in a counter's life."""
