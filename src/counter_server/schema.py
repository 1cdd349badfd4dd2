"""The server's OpenAPI document, at ``/schema``."""

from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from counter_protocol import messages, wire
from counter_protocol.version import PROTOCOL

_DESCRIPTION = f"""Bodies under /v1 are MessagePack maps, media type `{wire.MEDIA_TYPE}`, with
`Content-Encoding: {wire.ENCODING}` where they are compressed; at most {wire.MAX_PACKED} bytes as they travel
and {wire.MAX_UNPACKED} bytes unpacked. Scans travel as they are, in pieces.

{messages.__doc__}"""


def openapi() -> OpenAPIConfig:
    """Return the configuration; the document loads nothing from elsewhere."""
    return OpenAPIConfig(
        title="One-stop counter: central server",
        version=str(PROTOCOL),
        description=_DESCRIPTION,
        use_handler_docstrings=True,
        path="/schema",
        render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"])],
    )
