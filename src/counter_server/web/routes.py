"""The addresses of the pages."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from counter_server import log
from counter_server.web import leader_pages, login, lookup_routes
from counter_server.web.allowance import Allowance
from counter_server.web.figures import Overview
from counter_server.web.kept import Kept
from counter_server.web.login import LASTS, Viewer
from counter_server.web.page import goto, page, problem, style_sheet
from counter_server.web.requests import (
    AnyRequest,
    address_of,
    comes_from_us,
    context_of,
    form_of,
    of_app,
    query_of,
)

_LOGINS_PER_MINUTE = 20
_WRONG_LOGIN = (
    "Tên đăng nhập hoặc mật khẩu chưa đúng, hoặc tài khoản đang tạm khóa vì nhập sai nhiều lần. Xin thử lại "
    "sau ít phút."
)


@get("/", include_in_schema=False)
async def home(request: AnyRequest) -> Response[bytes]:
    """All offices of the viewer, or the one."""
    viewer = await _viewer(request)
    if viewer is None:
        return goto("/dang-nhap")
    context = context_of(request)
    query = query_of(request)
    if viewer.unit:
        return await leader_pages.office_page(context.database, viewer, viewer.unit, query, context.now())
    kept: Kept[Overview] = of_app(request, "overviews", Kept)
    return await leader_pages.province_page(context.database, kept, viewer, query, context.now())


@get("/don-vi/{unit:str}", include_in_schema=False)
async def office(request: AnyRequest, unit: FromPath[str]) -> Response[bytes]:
    """One office."""
    viewer = await _viewer(request)
    if viewer is None:
        return goto("/dang-nhap")
    context, query = context_of(request), query_of(request)
    return await leader_pages.office_page(
        context.database, viewer, unit.replace("\x00", ""), query, context.now()
    )


@get("/xuat/{file_name:str}", include_in_schema=False)
async def export(request: AnyRequest, file_name: FromPath[str]) -> Response[bytes]:
    """A table as a file."""
    viewer = await _viewer(request)
    if viewer is None:
        return goto("/dang-nhap")
    context, query = context_of(request), query_of(request)
    return await leader_pages.export_file(context.database, viewer, file_name, query, context.now())


@get("/dang-nhap", include_in_schema=False)
async def login_form(request: AnyRequest) -> Response[bytes]:
    """The form for leaders."""
    return goto("/") if await _viewer(request) else page("login.html", {"name": "", "problem": ""})


@post("/dang-nhap", include_in_schema=False)
async def log_in(request: AnyRequest) -> Response[bytes]:
    """Check name and password."""
    if not comes_from_us(request):
        return _foreign_form()
    context, form = context_of(request), await form_of(request)
    wait = of_app(request, "logins", Allowance).take(address_of(request), _LOGINS_PER_MINUTE, context.now())
    name = form.get("ten", "").strip()[:80]
    if wait:
        return _login_again(name, 429)
    token = await login.log_in(context.database, name, form.get("mat-khau", ""), context.now())
    if token is None:
        return _login_again(name, 403)
    await login.log_out(context.database, _token(request))  # a browser that logs in anew leaves nothing open
    answer = goto("/")
    _set_cookie(request, answer, token, max_age=int(LASTS.total_seconds()))
    return answer


@post("/dang-xuat", include_in_schema=False)
async def log_out(request: AnyRequest) -> Response[bytes]:
    """End the session."""
    if not comes_from_us(request):
        return _foreign_form()
    await login.log_out(context_of(request).database, _token(request))
    answer = goto("/dang-nhap")
    _set_cookie(request, answer, "", max_age=0)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@get("/web/{file_name:str}", include_in_schema=False)
async def style(file_name: FromPath[str]) -> Response[bytes]:
    """The style sheet."""
    return style_sheet(file_name.removesuffix(".css"))


@get("/robots.txt", include_in_schema=False)
async def robots() -> Response[bytes]:
    """Nothing here is for search engines."""
    return Response(b"User-agent: *\nDisallow: /\n", media_type="text/plain; charset=utf-8")


def _failed(_request: AnyRequest, error: Any) -> Response[bytes]:
    """Say it in a page what counters are told in a message."""
    if isinstance(error, HTTPException) and error.status_code < 500:
        return problem(error.status_code, "Không xem được trang này", "Địa chỉ hoặc yêu cầu chưa đúng.")
    log.failure("failed", error)
    return problem(500, "Hệ thống đang bận", "Xin ông/bà thử lại sau ít phút.")


ROUTES: list[Any] = [
    Router(
        path="/",
        route_handlers=[
            home,
            office,
            export,
            login_form,
            log_in,
            log_out,
            *lookup_routes.HANDLERS,
            style,
            robots,
        ],
        exception_handlers={Exception: _failed},
    )
]


async def _viewer(request: AnyRequest) -> Viewer | None:
    context = context_of(request)
    return await login.viewer_of(context.database, _token(request), context.now())


def _cookie_name(request: AnyRequest) -> str:
    # Browsers keep a __Host- cookie from being set by a neighbouring site, but only over TLS.
    return "__Host-leader" if context_of(request).settings.secure_cookies else "leader"


def _token(request: AnyRequest) -> str:
    return request.cookies.get(_cookie_name(request), "")


def _set_cookie(request: AnyRequest, answer: Response[bytes], token: str, *, max_age: int) -> None:
    answer.set_cookie(
        _cookie_name(request),
        token,
        max_age=max_age,
        path="/",
        httponly=True,
        secure=context_of(request).settings.secure_cookies,
        samesite="strict",
    )


def _login_again(name: str, status: int) -> Response[bytes]:
    return page("login.html", {"name": name, "problem": _WRONG_LOGIN}, status=status)


def _foreign_form() -> Response[bytes]:
    return problem(403, "Không nhận được biểu mẫu", "Xin mở lại trang này và gửi biểu mẫu từ chính trang.")
