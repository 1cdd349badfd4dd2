"""``carry``: take in the files counters send on sticks, and write the files they take home."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_server.commands.in_context import BAD_INPUT, DONE, ENVIRONMENT, REFUSED, add_context, refuse, say

if TYPE_CHECKING:
    from counter_protocol.carry import CarryHeader
    from counter_server.carry.importing import TakenFile
    from counter_server.context import ServerContext
    from counter_server.devices.authentication import Device

_WORDS = {
    "not_a_file": "đây không phải tệp bàn giao USB",
    "newer": "tệp do phiên bản mới hơn tạo ra; hãy cập nhật máy chủ",
    "damaged": "tệp bị hỏng, bị sửa, hoặc không do thiết bị ghi trong tệp tạo ra",
    "wrong_recipient": "tệp không dành cho máy chủ này",
    "too_big": "tệp lớn hơn mức cho phép",
    "device_unknown": "máy chủ không biết thiết bị này",
    "device_revoked": "thiết bị này đã bị thu hồi",
}
_ACTIVE = "SELECT device_id FROM device WHERE unit = $1 AND counter = $2 AND state = 'active'"


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("carry", help="sync with counters by files on sticks")
    acts = parser.add_subparsers(dest="act", required=True)
    importing = acts.add_parser("import", help="files from counters")
    importing.add_argument("files", type=Path, nargs="+", metavar="FILE")
    importing.add_argument("--out", type=Path, metavar="DIR", help="write the answer to each file here")
    add_context(importing, _import)
    exporting = acts.add_parser("export", help="a file for a counter that sent none")
    exporting.add_argument("unit")
    exporting.add_argument("counter", type=int)
    exporting.add_argument("--out", type=Path, required=True, metavar="FILE")
    add_context(exporting, _export)


async def _import(context: "ServerContext", arguments: Namespace) -> int:
    """Take in each file; one that cannot be taken keeps the others not back."""
    out: Path | None = arguments.out
    if out is not None and not out.is_dir():
        return refuse("Không có thư mục để ghi tệp trả lời.", BAD_INPUT)
    return max([await _import_one(context, file, out) for file in arguments.files], default=DONE)


async def _import_one(context: "ServerContext", file: Path, out: Path | None) -> int:
    from counter_protocol.carry import CarryRefused
    from counter_server.carry.importing import import_file
    from counter_server.wire_body import Refused

    try:
        taken = await import_file(context, file)
    except CarryRefused as problem:
        return refuse(f"{file.name}: {_WORDS[problem.problem]}.", BAD_INPUT)
    except Refused as problem:
        return refuse(f"{file.name}: {_WORDS.get(problem.code, problem.code)}.", REFUSED)
    except OSError as problem:
        return refuse(f"{file.name}: không đọc được ({problem.strerror}).", ENVIRONMENT)
    _say_taken(file, taken)
    code = REFUSED if taken.refused or taken.scans_refused else DONE
    if out is None:
        return code
    # Named by our own id: nothing of the file's reaches a path.
    return max(code, await _write(context, taken.device, out, taken))


async def _export(context: "ServerContext", arguments: Namespace) -> int:
    from counter_server.devices.authentication import active_device

    async with context.database.office(arguments.unit) as connection:
        device_id = await connection.fetchval(_ACTIVE, arguments.unit, arguments.counter)
        device = await active_device(connection, arguments.unit, device_id) if device_id else None
    if device is None:
        return refuse("Quầy này chưa có thiết bị nào đăng ký với máy chủ.", BAD_INPUT)
    return await _write(context, device, arguments.out, None)


async def _write(context: "ServerContext", device: "Device", where: Path, taken: "TakenFile | None") -> int:
    from counter_protocol.carry import CarryRefused
    from counter_server.carry.answering import NoSealingKey, write_answer
    from counter_server.ids import new_id

    target = where / f"tra-loi-quay-{device.counter}-{new_id()}.qmc" if taken else where
    try:
        header = await write_answer(context, device, target, taken=taken)
    except NoSealingKey:
        return refuse("Thiết bị đăng ký trước khi có tệp bàn giao USB; hãy đăng ký lại quầy này.", REFUSED)
    except CarryRefused:
        return refuse("Tệp trả lời sẽ lớn hơn mức cho phép; quầy này cần kết nối qua mạng.", REFUSED)
    except OSError as problem:
        return refuse(f"Không ghi được tệp trả lời ({problem.strerror}).", ENVIRONMENT)
    _say_written(target, header)
    return DONE


def _say_taken(file: Path, taken: "TakenFile") -> None:
    device = taken.device
    again = " (đã nhận trước đây)" if taken.repeated else ""
    say(f"{file.name}\t{device.unit}\tquầy {device.counter}\t{taken.header.file_id}{again}")
    say(f"  lô: {taken.batches}\tsự kiện: {taken.events}\tbản quét: {len(taken.scans)}")
    for note in taken.notes:
        say(f"  cần xem: {note.code} ({note.seq})")
    for refused in taken.refused:
        say(f"  không nhận: {refused.code} ({refused.seq or '–'})")
    for code in taken.scans_refused:
        say(f"  bản quét không nhận: {code}")


def _say_written(target: Path, header: "CarryHeader") -> None:
    counts = header.counts
    say(f"{target}\t{header.unit}\tquầy {header.counter}\t{header.file_id}")
    say(f"  sự kiện: {counts['entries']}\tgói dữ liệu: {counts['pack']}")
