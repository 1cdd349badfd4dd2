"""The addresses of the pages."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from counter_server import log
from counter_server.web import leader_pages, login, lookup_routes, password_pages
from counter_server.web.figures import Overview
from counter_server.web.kept import Kept
from counter_server.web.page import goto, page, problem, style_sheet
from counter_server.web.requests import AnyRequest, comes_from_us, context_of, form_of, of_app, query_of
from counter_server.web.sessions import foreign_form, may_try, session_cookie, token_in, viewer_in

_WRONG_LOGIN = (
    "Tên đăng nhập hoặc mật khẩu chưa đúng, hoặc tài khoản đang tạm khóa vì nhập sai nhiều lần. Xin thử lại "
    "sau ít phút."
)


@get("/", include_in_schema=False)
async def home(request: AnyRequest) -> Response[bytes]:
    """All offices of the viewer, or the one."""
    viewer = await viewer_in(request)
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
    viewer = await viewer_in(request)
    if viewer is None:
        return goto("/dang-nhap")
    context, query = context_of(request), query_of(request)
    return await leader_pages.office_page(
        context.database, viewer, unit.replace("\x00", ""), query, context.now()
    )


@get("/xuat/{file_name:str}", include_in_schema=False)
async def export(request: AnyRequest, file_name: FromPath[str]) -> Response[bytes]:
    """A table as a file."""
    viewer = await viewer_in(request)
    if viewer is None:
        return goto("/dang-nhap")
    context, query = context_of(request), query_of(request)
    return await leader_pages.export_file(context.database, viewer, file_name, query, context.now())


@get("/dang-nhap", include_in_schema=False)
async def login_form(request: AnyRequest) -> Response[bytes]:
    """The form for leaders."""
    return goto("/") if await viewer_in(request) else page("login.html", {"name": "", "problem": ""})


@post("/dang-nhap", include_in_schema=False)
async def log_in(request: AnyRequest) -> Response[bytes]:
    """Check name and password."""
    if not comes_from_us(request):
        return foreign_form()
    context, form = context_of(request), await form_of(request)
    name = form.get("ten", "").strip()[:80]
    if not may_try(request):
        return _login_again(name, 429)
    token = await login.log_in(context.database, name, form.get("mat-khau", ""), context.now())
    if token is None:
        return _login_again(name, 403)
    await login.log_out(
        context.database, token_in(request)
    )  # a browser that logs in anew leaves nothing open
    answer = goto("/")
    session_cookie(request, answer, token)
    return answer


@post("/dang-xuat", include_in_schema=False)
async def log_out(request: AnyRequest) -> Response[bytes]:
    """End the session."""
    if not comes_from_us(request):
        return foreign_form()
    await login.log_out(context_of(request).database, token_in(request))
    answer = goto("/dang-nhap")
    session_cookie(request, answer, "")
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
            *password_pages.HANDLERS,
            *lookup_routes.HANDLERS,
            style,
            robots,
        ],
        exception_handlers={Exception: _failed},
    )
]


def _login_again(name: str, status: int) -> Response[bytes]:
    return page("login.html", {"name": name, "problem": _WRONG_LOGIN}, status=status)
