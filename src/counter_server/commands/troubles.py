"""What the operator reads when the machine, not the command, stands in the way.

Nothing of an address is told, for it may hold a password, and nothing of a library's own words.
"""

import os
import socket
import subprocess

BAD_INPUT, ENVIRONMENT = 2, 4

_NOT_REACHED = "Không nối được cơ sở dữ liệu: {why}. Hãy xem PostgreSQL có chạy, địa chỉ có đúng không."
_DATABASE = "Cơ sở dữ liệu báo lỗi {code}; việc chưa được ghi. Hãy thử lại hoặc xem nhật ký PostgreSQL."
_OF_THE_DATABASE = {
    "InvalidAuthorizationSpecificationError": "Cơ sở dữ liệu không nhận tên hoặc mật khẩu đăng nhập.",
    "InvalidCatalogNameError": "Không có cơ sở dữ liệu mang tên này trên máy PostgreSQL.",
    "InsufficientPrivilegeError": "Tài khoản cơ sở dữ liệu không đủ quyền. Lần đầu và sau mỗi lần nâng cấp, "
    "hãy chạy bằng tài khoản chủ.",
}
_OWN_DATABASE = "Không chạy được PostgreSQL trong thư mục dữ liệu. Hãy xem ổ đĩa còn chỗ và ghi được không."
_OBJECTS = "Không dùng được kho tệp ({kind}). Hãy xem địa chỉ, khóa truy cập (AWS_…) và kho có chạy không."
_STORE_ADDRESS = "Địa chỉ kho tệp phải có dạng s3://kho/thư-mục hoặc file:///thư-mục."
_FILES = "Không đọc hoặc ghi được {what}: {why}."


class BadOption(ValueError):
    """An option's value cannot be used; the text says why, in the operator's words."""


def words_of(error: BaseException | None) -> tuple[str, int] | None:
    """Return what to say and the exit code; None when it is a bug of the program."""
    from sqlalchemy.exc import DBAPIError

    from counter_server.objects import BadStoreAddress

    if isinstance(error, DBAPIError):
        return words_of(error.orig.__cause__ or error.orig if error.orig else None)
    if isinstance(error, BadOption):
        return str(error), BAD_INPUT
    if isinstance(error, BadStoreAddress):
        return _STORE_ADDRESS, BAD_INPUT
    words = _of_the_environment(error)
    return (words, ENVIRONMENT) if words else None


def _of_the_environment(error: BaseException | None) -> str:
    import asyncpg
    from obstore.exceptions import BaseError

    if isinstance(error, asyncpg.PostgresError):
        names = (kind.__name__ for kind in type(error).__mro__)
        known = next((_OF_THE_DATABASE[name] for name in names if name in _OF_THE_DATABASE), "")
        return known or _DATABASE.format(code=error.sqlstate)
    if isinstance(error, BaseError):
        return _OBJECTS.format(kind=type(error).__name__)
    if isinstance(error, subprocess.CalledProcessError):
        return _OWN_DATABASE
    if isinstance(error, ConnectionError | TimeoutError | socket.gaierror):
        return _NOT_REACHED.format(why=_reason(error))
    if isinstance(error, OSError):
        return _FILES.format(what=error.filename or "dữ liệu", why=_reason(error))
    return ""


def _reason(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "không tìm được máy mang tên này"
    return os.strerror(error.errno) if error.errno and error.errno > 0 else type(error).__name__
