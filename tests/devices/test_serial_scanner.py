"""A scanner on a port, played by a pseudo-terminal."""

import os
import pty
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.devices.serial_scanner import ScannerState, SerialScanner

CARD = "001190000001|012345678|Đặng Thị Hường|03021990|Nữ|Xóm Bưởi|06052021".encode()


class Listener:
    def __init__(self) -> None:
        self.scans: queue.Queue[bytes] = queue.Queue()
        self.states: queue.Queue[ScannerState] = queue.Queue()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def port(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The scanner's end and the name of the port; the name is a link, so it can be plugged out."""
    ours, theirs = pty.openpty()
    link = tmp_path / "ttyACM0"
    link.symlink_to(os.ttyname(theirs))
    yield ours, link
    os.close(theirs)
    os.close(ours)


def started(link: Path, listener: Listener) -> SerialScanner:
    scanner = SerialScanner(str(link), scanned=listener.scans.put, state_changed=listener.states.put)
    scanner.start()
    return scanner


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b""])
def test_reads_whole_scans_whatever_ends_them(port: tuple[int, Path], listener: Listener, end: bytes) -> None:
    scanner = started(port[1], listener)
    try:
        assert listener.states.get(timeout=5) is ScannerState.CONNECTED
        os.write(port[0], CARD[:20])
        os.write(port[0], CARD[20:] + end)
        assert listener.scans.get(timeout=5) == CARD
        assert listener.scans.empty()
    finally:
        scanner.stop()
    assert listener.states.get(timeout=5) is ScannerState.STOPPED


def test_finds_a_port_that_comes_later(port: tuple[int, Path], listener: Listener, tmp_path: Path) -> None:
    late = tmp_path / "later"
    scanner = started(late, listener)
    try:
        assert listener.states.get(timeout=5) is ScannerState.WAITING
        late.symlink_to(port[1].resolve())
        assert listener.states.get(timeout=5) is ScannerState.CONNECTED
        os.write(port[0], b"H29.12-261123-1001\r")
        assert listener.scans.get(timeout=5) == b"H29.12-261123-1001"
    finally:
        scanner.stop()
