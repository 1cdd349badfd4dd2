"""Every page goes out through here: rendered with escaping, never cached, and asking nothing of strangers."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Response

from counter_server.web import words

# No script at all, no style but our own file, nobody's frame.
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PRIVATE = {**_ALWAYS, "Cache-Control": "no-store"}
_LASTING = {**_ALWAYS, "Cache-Control": "public, max-age=31536000, immutable"}


@cache
def style() -> tuple[str, bytes]:
    """Return the style sheet's address, which changes with its content, and its bytes."""
    body = files("counter_server.web").joinpath("static/pages.css").read_bytes()
    return f"/web/{hashlib.sha256(body).hexdigest()[:12]}.css", body


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("counter_server.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["style_path"] = style()[0]
    made.filters["number"] = words.number
    made.filters["share"] = words.share
    made.filters["day"] = words.day
    return made


def page(
    template: str,
    values: Mapping[str, object],
    *,
    status: int = 200,
    referrer: str = "same-origin",
    headers: Mapping[str, str] | None = None,
) -> Response[bytes]:
    """Return a page made of a template; `referrer` is its Referrer-Policy."""
    body = _templates().get_template(template).render(**values).encode()
    return Response(
        body,
        status_code=status,
        media_type="text/html; charset=utf-8",
        headers={**_PRIVATE, "Referrer-Policy": referrer, **(headers or {})},
    )


def goto(path: str) -> Response[bytes]:
    """Send the browser to another page of ours with a GET."""
    headers = {**_PRIVATE, "Referrer-Policy": "same-origin", "Location": path}
    return Response(b"", status_code=303, media_type="text/plain", headers=headers)


def attachment(body: bytes, media_type: str, file_name: str) -> Response[bytes]:
    """Return a file to keep; `file_name` is plain ASCII."""
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="{file_name}"'}
    return Response(body, media_type=media_type, headers=headers)


def style_sheet(digest: str) -> Response[bytes]:
    """Return the style sheet, to be kept for good when it was asked for by its own digest."""
    path, body = style()
    headers: dict[str, Any] = _LASTING if path == f"/web/{digest}.css" else _PRIVATE
    return Response(body, media_type="text/css; charset=utf-8", headers=headers)


def problem(
    status: int, title: str, text: str, *, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    """Return a page that says what went wrong and what to do."""
    return page("problem.html", {"title": title, "text": text}, status=status, headers=headers)
