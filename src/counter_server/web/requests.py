"""What a request says of where it comes from, and its form."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from litestar import Request

from counter_server.context import ServerContext, Settings

MAX_FORM = 4096  # bytes; no form of ours comes near
_MAX_FIELDS = 10
T = TypeVar("T")

AnyRequest = Request[Any, Any, Any]


def context_of(request: AnyRequest) -> ServerContext:
    """Return what the server works with."""
    context = request.app.state.context
    assert isinstance(context, ServerContext)  # noqa: S101 - for the type checker
    return context


def address_of(request: AnyRequest) -> str:
    """Return the address limits are counted by; of IPv6 the network, since a household has all of it."""
    host = request.client.host if request.client else ""
    return address_from(host, request.headers.get("x-forwarded-for", ""), context_of(request).settings)


def address_from(host: str, forwarded_for: str, settings: Settings) -> str:
    """Return `address_of` for who connects and what a proxy says of whom it speaks for."""
    address = host
    if settings.trusted_proxy and forwarded_for:
        # The last entry is our proxy's own word; those before it are anybody's.
        address = forwarded_for.split(",")[-1].strip()
    return ":".join(address.split(":")[:4]) if address.count(":") > 1 else address


def comes_from_us(request: AnyRequest) -> bool:
    """Tell whether a form was sent from a page of ours.

    Browsers say so in Sec-Fetch-Site; older ones, and those without TLS, name the page's origin.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc in _our_hosts(request, context_of(request).settings)


def _our_hosts(request: AnyRequest, settings: Settings) -> set[str]:
    return {request.headers.get("host", ""), urlsplit(settings.public_url).netloc} - {""}


def storable(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Return the values without the one character no text of the database can hold."""
    return ((name, value.replace("\x00", "")) for name, value in pairs)


def query_of(request: AnyRequest) -> dict[str, str]:
    """Return what stands behind the address's question mark, the last of each name."""
    return dict(storable(request.query_params.multi_items()))


async def form_of(request: AnyRequest) -> dict[str, str]:
    """Return the fields of a form, the first of each name; empty when it is too large or no form."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM:
            return {}
    try:
        pairs = parse_qsl(bytes(body).decode(), keep_blank_values=True, max_num_fields=_MAX_FIELDS)
    except (UnicodeDecodeError, ValueError):
        return {}
    return dict(storable(pairs[::-1]))


def of_app(request: AnyRequest, name: str, make: Callable[[], T]) -> T:
    """Return what the application keeps in memory under a name."""
    state = request.app.state
    if name not in state:
        state[name] = make()
    kept: T = state[name]
    return kept
