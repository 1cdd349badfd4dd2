"""How often a device may call, and an address guess enrolment codes, before anything else is done."""

from typing import TYPE_CHECKING

from counter_server.context import ServerContext
from counter_server.devices.tokens import bearer_of
from counter_server.web.allowance import Allowance
from counter_server.web.requests import address_from
from counter_server.wire_body import Refused

if TYPE_CHECKING:
    from litestar.types import Scope

_WRONG_CODES = 20  # a minute, from one address; codes that fit cost nothing
_WRONG_CODE_STATUS = 403
_SCHEME = "Bearer "


class Limits:
    """Counts calls of this process."""

    def __init__(self, context: ServerContext) -> None:
        self._context = context
        self._calls = Allowance()
        self._wrong_codes = Allowance()

    def wait(self, scope: "Scope") -> float:
        """Count a call; return how many seconds its device or address has to wait, 0 when it may go on."""
        now, settings = self._context.now(), self._context.settings
        if _enrols(scope):
            return self._wrong_codes.wait(self._address(scope), _WRONG_CODES, now)
        token = header(scope, b"authorization")
        if not token:
            return 0.0
        try:
            # A device that opens many sessions is one device all the same.
            bearer = bearer_of(self._context.secrets.tokens, token.removeprefix(_SCHEME), now.timestamp())
            caller = f"{bearer.unit} {bearer.device_id}"
        except Refused:
            caller = token
        return self._calls.take(caller, settings.push_per_minute, now)

    def answered(self, scope: "Scope", status: int) -> None:
        """Count a wrong code."""
        if _enrols(scope) and status == _WRONG_CODE_STATUS:
            self._wrong_codes.take(self._address(scope), _WRONG_CODES, self._context.now())

    def _address(self, scope: "Scope") -> str:
        client = scope["client"]
        forwarded = header(scope, b"x-forwarded-for")
        return address_from(client[0] if client else "", forwarded, self._context.settings)


def _enrols(scope: "Scope") -> bool:
    """Tell whether the call is for enrolment, however many slashes its path is written with."""
    return scope["path"].rstrip("/").endswith("/enrol")


def header(scope: "Scope", name: bytes) -> str:
    """Return a header of a request, "" when it has none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
