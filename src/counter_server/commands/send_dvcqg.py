"""``send dvcqg``: send an export to the national gateway, or what is left of it."""

import asyncio
import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counter_server.dvcqg.gateway import Access
    from counter_server.dvcqg.send import Outcome, Refused

_PASSWORD_VARIABLE = "DVCQG_PASSWORD"  # noqa: S105 - its name; a password as argument would be in the process list
_TIMEOUT_S = 60.0
REFUSED_FILE = "refused.json"


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("send", help="send an export to another system")
    kinds = parser.add_subparsers(dest="kind", required=True)
    dvcqg = kinds.add_parser("dvcqg", help=f"to Cổng DVCQG; password from {_PASSWORD_VARIABLE}, or asked for")
    dvcqg.add_argument("folder", type=Path, help="what `export dvcqg` wrote")
    dvcqg.add_argument("--login-url", required=True)
    dvcqg.add_argument("--service-url", required=True)
    dvcqg.add_argument("--user", required=True)
    dvcqg.add_argument(
        "--book", type=Path, help="what the gateway has taken; one file for all exports, else one in each"
    )
    dvcqg.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Return 0, 2 for bad input or password, 3 when the gateway refused some, 4 when it is not there."""
    import getpass

    import msgspec

    from counter_server.dvcqg.gateway import Access, GatewayUnreachable, LoginRefused
    from counter_server.dvcqg.send import Outcome

    password = os.environ.get(_PASSWORD_VARIABLE) or getpass.getpass("Mật khẩu: ")
    access = Access(
        login_url=arguments.login_url,
        service_url=arguments.service_url,
        username=arguments.user,
        password=password,
    )
    outcome = Outcome()
    try:
        asyncio.run(_send(arguments, access, outcome))
    except (msgspec.MsgspecError, ValueError) as error:
        return _refuse(f"{arguments.folder} không phải bản xuất nguyên vẹn: {type(error).__name__}", 2)
    except LoginRefused:
        return _refuse("Cổng DVCQG không nhận tên đăng nhập hoặc mật khẩu.", 2)
    except GatewayUnreachable as error:
        _tell(arguments.folder, outcome)
        return _refuse(f"Chưa gửi xong, Cổng DVCQG không trả lời ({error}). Chạy lại lệnh để gửi tiếp.", 4)
    except OSError as error:
        return _refuse(f"Không đọc hoặc ghi được: {error}", 4)
    _tell(arguments.folder, outcome)
    return 3 if outcome.refused else 0


async def _send(arguments: Namespace, access: "Access", outcome: "Outcome") -> None:
    import ssl

    import httpx
    import truststore

    from counter_server.dvcqg.gateway import Gateway
    from counter_server.dvcqg.send import send
    from counter_server.dvcqg.sent import SentBook

    with SentBook(arguments.book or arguments.folder / "sent.jsonl") as book:
        # The certificates the machine trusts: gateways of the state have authorities of their own.
        trusted = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        async with httpx.AsyncClient(timeout=_TIMEOUT_S, verify=trusted) as client:
            await send(arguments.folder, Gateway(client, access), book, outcome)


def _tell(folder: Path, outcome: "Outcome") -> None:
    import msgspec

    # The words of the gateway may name somebody: they go into the folder, not to the screen.
    rows = [_row(each) for each in outcome.refused]
    (folder / REFUSED_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(rows), indent=1))
    for each in outcome.refused:
        print(  # noqa: T201 - what is wrong, for whoever mends it
            f"{each.dossier_code}\t{each.service}\t{each.answer.code}", file=sys.stderr
        )
    print(  # noqa: T201 - the command's answer
        f"Mới {outcome.inserted}, cập nhật {outcome.updated}, không đổi {outcome.unchanged}, "
        f"đã có bản mới hơn {outcome.outdated}, "
        f"tiến trình {outcome.steps}, bị từ chối {len(outcome.refused)}"
    )


def _row(refused: "Refused") -> dict[str, str]:
    return {
        "madonvi": refused.unit,
        "MaHoSo": refused.dossier_code,
        "service": refused.service,
        "error_code": refused.answer.code,
        "message": refused.answer.message,
    }


def _refuse(words: str, code: int) -> int:
    print(words, file=sys.stderr)  # noqa: T201 - the command's answer
    return code
