"""A scanner on a serial (COM) port: raw bytes, no keyboard layout and no input method in between."""

import threading
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from serial import Serial

_ENDS = b"\r\n"
_LONGEST = 4096
_QUIET_S = 0.2  # a scanner without a terminator: silence ends the scan
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 15.0


class ScannerState(StrEnum):
    """How the port is."""

    CONNECTED = "connected"
    WAITING = "waiting"  # not there, being tried again
    STOPPED = "stopped"


class SerialScanner:
    """Reads scans on its own thread; finds the port again after it was pulled out.

    Args:
        port: "COM3", "/dev/ttyACM0".
        scanned: Called on the reader thread with the bytes of one scan, terminators removed.
        state_changed: Called on the reader thread when the port comes or goes.
        baud: Bits a second.
    """

    def __init__(
        self,
        port: str,
        *,
        scanned: Callable[[bytes], None],
        state_changed: Callable[[ScannerState], None],
        baud: int = 9600,
    ) -> None:
        self._port = port
        self._baud = baud
        self._scanned = scanned
        self._state_changed = state_changed
        self._stop = threading.Event()
        self._state: ScannerState | None = None
        self._thread = threading.Thread(target=self._run, name="serial-scanner", daemon=True)

    def start(self) -> None:
        """Start reading."""
        self._thread.start()

    def stop(self) -> None:
        """Stop reading and wait for the thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=3)

    def _run(self) -> None:
        import serial

        wait = _FIRST_WAIT_S
        while not self._stop.is_set():
            try:
                with serial.Serial(self._port, self._baud, timeout=_QUIET_S) as port:
                    self._say(ScannerState.CONNECTED)
                    wait = _FIRST_WAIT_S
                    self._read(port)
            except (OSError, serial.SerialException):
                self._say(ScannerState.WAITING)
                self._stop.wait(wait)
                wait = min(wait * 2, _LONGEST_WAIT_S)
        self._say(ScannerState.STOPPED)

    def _read(self, port: "Serial") -> None:
        held = bytearray()
        while not self._stop.is_set():
            chunk = port.read(max(port.in_waiting, 1))
            if not chunk:
                self._emit(held)
                held.clear()
            for byte in chunk:
                if byte in _ENDS:
                    self._emit(held)
                    held.clear()
                elif len(held) < _LONGEST:
                    held.append(byte)

    def _emit(self, held: bytearray) -> None:
        if held.strip(b"\x00 "):
            self._scanned(bytes(held))

    def _say(self, state: ScannerState) -> None:
        if state is not self._state:
            self._state = state
            self._state_changed(state)


def serial_ports() -> tuple[str, ...]:
    """Return the names of the serial ports of this computer."""
    from serial.tools import list_ports

    return tuple(sorted(port.device for port in list_ports.comports()))
