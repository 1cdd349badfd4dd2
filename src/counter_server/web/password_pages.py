"""The page on which a leader changes the own password."""

from typing import Any

from litestar import Response, get, post

from counter_server.web import login, passwords
from counter_server.web.page import goto, page
from counter_server.web.requests import AnyRequest, comes_from_us, context_of, form_of
from counter_server.web.sessions import foreign_form, may_try, session_cookie, viewer_in

_WRONG = (
    "Mật khẩu đang dùng chưa đúng, hoặc tên đăng nhập đang tạm khóa vì nhập sai nhiều lần. "
    "Xin thử lại sau ít phút."
)
_DIFFERENT = "Hai lần nhập mật khẩu mới chưa giống nhau."
_SAME = "Mật khẩu mới trùng mật khẩu đang dùng."
_LENGTH = f"Mật khẩu mới phải có từ {passwords.MIN_LENGTH} đến {passwords.MAX_LENGTH} ký tự."
_EASY = "Mật khẩu mới dễ đoán. Hãy đặt một câu dài, không chứa tên đăng nhập và tên cơ quan."


@get("/mat-khau", include_in_schema=False)
async def password_form(request: AnyRequest) -> Response[bytes]:
    """The form."""
    viewer = await viewer_in(request)
    return goto("/dang-nhap") if viewer is None else _form(viewer.name)


@post("/mat-khau", include_in_schema=False)
async def change_password(request: AnyRequest) -> Response[bytes]:
    """Prove the present password, keep the new one, end every other session."""
    if not comes_from_us(request):
        return foreign_form()
    viewer = await viewer_in(request)
    if viewer is None:
        return goto("/dang-nhap")
    form, context = await form_of(request), context_of(request)
    present, new = form.get("mat-khau", ""), form.get("moi", "")
    problem = _refusal(viewer, present, new, form.get("lai", ""))
    if problem:
        return _form(viewer.name, problem, 422)
    if not may_try(request):
        return _form(viewer.name, _WRONG, 429)
    token = await login.change_password(context.database, viewer, present, new, context.now())
    if token is None:
        return _form(viewer.name, _WRONG, 403)
    answer = goto("/")
    session_cookie(request, answer, token)
    return answer


HANDLERS: list[Any] = [password_form, change_password]


def _refusal(viewer: login.Viewer, present: str, new: str, again: str) -> str:
    if new != again:
        return _DIFFERENT
    if not passwords.MIN_LENGTH <= len(new) <= passwords.MAX_LENGTH:
        return _LENGTH
    if new == present:
        return _SAME
    return _EASY if passwords.is_easy(new, viewer.name, viewer.unit, viewer.province) else ""


def _form(name: str, problem: str = "", status: int = 200) -> Response[bytes]:
    values = {"name": name, "problem": problem, "shortest": passwords.MIN_LENGTH}
    return page("password.html", values, status=status)
