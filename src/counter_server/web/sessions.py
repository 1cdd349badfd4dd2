"""A leader's session as requests and cookies carry it."""

from litestar import Response

from counter_server.web import login
from counter_server.web.allowance import Allowance
from counter_server.web.page import problem
from counter_server.web.requests import AnyRequest, address_of, context_of, of_app

_LOGINS_PER_MINUTE = 20


async def viewer_in(request: AnyRequest) -> login.Viewer | None:
    """Return who reads, None when nobody is logged in."""
    context = context_of(request)
    return await login.viewer_of(context.database, token_in(request), context.now())


def token_in(request: AnyRequest) -> str:
    """Return the token of a request's session, "" when it has none."""
    return request.cookies.get(_cookie_name(request), "")


def may_try(request: AnyRequest) -> bool:
    """Count a password that is to be proven; tell whether the address may try one more this minute."""
    logins = of_app(request, "logins", Allowance)
    return not logins.take(address_of(request), _LOGINS_PER_MINUTE, context_of(request).now())


def session_cookie(request: AnyRequest, answer: Response[bytes], token: str) -> None:
    """Let the browser keep a session's token; "" lets it forget the one it has."""
    answer.set_cookie(
        _cookie_name(request),
        token,
        max_age=int(login.LASTS.total_seconds()) if token else 0,
        path="/",
        httponly=True,
        secure=context_of(request).settings.secure_cookies,
        samesite="strict",
    )


def foreign_form() -> Response[bytes]:
    """Return the page for a form no page of ours sent."""
    return problem(403, "Không nhận được biểu mẫu", "Xin mở lại trang này và gửi biểu mẫu từ chính trang.")


def _cookie_name(request: AnyRequest) -> str:
    # Browsers keep a __Host- cookie from being set by a neighbouring site, but only over TLS.
    return "__Host-leader" if context_of(request).settings.secure_cookies else "leader"
