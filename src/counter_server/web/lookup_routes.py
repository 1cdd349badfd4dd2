"""The addresses of the citizens' page."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from counter_server.web import lookup, lookup_pages
from counter_server.web.allowance import Allowance
from counter_server.web.lookup_pages import Entered
from counter_server.web.requests import AnyRequest, address_of, context_of, form_of, of_app


@get("/tra-cuu", include_in_schema=False)
async def lookup_form() -> Response[bytes]:
    """The citizens' form."""
    return lookup_pages.lookup_page()


# The QR of a slip is written in capitals: it is smaller then.
@get(["/tra-cuu/{code:str}/{secret:str}", "/TRA-CUU/{code:str}/{secret:str}"], include_in_schema=False)
async def lookup_from_slip(code: FromPath[str], secret: FromPath[str]) -> Response[bytes]:
    """The form as the slip's QR fills it in; nothing is looked up for whoever only previews an address."""
    return lookup_pages.lookup_page(Entered(code[:64], secret[:12]))


@get("/tra-cuu/{code:str}", include_in_schema=False)
async def lookup_of_code(code: FromPath[str]) -> Response[bytes]:
    """The form with the code; the secret is still to be typed."""
    return lookup_pages.lookup_page(Entered(code[:64]))


@post("/tra-cuu", include_in_schema=False, status_code=200)
async def lookup_answer(request: AnyRequest) -> Response[bytes]:
    """Where the dossier stands."""
    context, form = context_of(request), await form_of(request)
    entered = Entered(form.get("ma", "")[:120], form.get("bi-mat", "")[:12])
    code, secret = lookup.typed(entered.code, entered.secret)
    if not code or not secret:
        return lookup_pages.lookup_page(entered, problem=lookup_pages.BOTH_NEEDED, status=422)
    now = context.now()
    wait = of_app(request, "lookups", Allowance).take(
        address_of(request), context.settings.lookup_per_minute, now
    )
    if wait:
        return lookup_pages.lookup_page(
            entered, problem=lookup_pages.TOO_OFTEN, status=429, retry_after=int(wait) + 1
        )
    try:
        standing = await lookup.look_up(context.database, code, secret, now)
    except lookup.TooManyWrong:
        return lookup_pages.lookup_page(
            entered, problem=lookup_pages.TOO_MANY_WRONG, status=429, retry_after=3600
        )
    if standing is None:
        return lookup_pages.lookup_page(entered, problem=lookup_pages.NOT_FOUND, status=404)
    return lookup_pages.lookup_page(answer=lookup_pages.answer_of(standing, now))


HANDLERS: list[Any] = [lookup_form, lookup_of_code, lookup_from_slip, lookup_answer]
