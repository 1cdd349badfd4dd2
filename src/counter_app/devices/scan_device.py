"""Flatbed and sheet-fed scanners, through the system's ``scanimage`` (SANE).

Windows has no such command; there, and where it is not installed, the answer is plainly "no device", and
the clerk scans into the watched folder with the scanner's own software.
"""

import shutil
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.errors import EnvironmentProblem

_LIST_SECONDS = 30  # network scanners are asked too
SCAN_SECONDS = 180
_LOOK_SECONDS = 0.2
_A4_MM = ("210", "297")
_COMMAND = "scanimage"
# SANE's status codes are the exit codes of scanimage.
_PROBLEMS = {
    2: "scan_cancelled",
    3: "scan_device_busy",
    6: "scan_device_jammed",
    7: "scan_device_empty",
    8: "scan_device_open",
    11: "scan_device_denied",
}
_INVALID = 4  # what it answers for a device that is not there


class Colour(StrEnum):
    """How a device scans; the values are those of SANE and of the setting."""

    GRAY = "Gray"
    COLOUR = "Color"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanDevice:
    """A scanner: the name the system opens it by, and the words on it."""

    name: str
    label: str


def can_scan() -> bool:
    """Tell whether this computer has the command at all."""
    return shutil.which(_COMMAND) is not None


def scan_devices() -> Sequence[ScanDevice]:
    """Return the scanners the system knows; none where it cannot scan. Slow: asks the network too."""
    command = shutil.which(_COMMAND)
    if command is None:
        return ()
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed command with fixed words
            [command, "-f", "%d\t%v %m%n"],
            capture_output=True,
            timeout=_LIST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    lines = answer.stdout.decode("utf-8", "replace").splitlines()
    pairs = (line.split("\t", 1) for line in lines if "\t" in line)
    return [ScanDevice(name=name, label=label.strip() or name) for name, label in pairs if name]


class DeviceScan:
    """One scan of one sheet; `run` blocks, `cancel` may be called from another thread."""

    def __init__(self, device: str, *, dpi: int = 300, colour: Colour = Colour.GRAY) -> None:
        self._device = device
        self._dpi = dpi
        self._colour = colour
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Stop the scanner; `run` then raises ``scan_cancelled``."""
        self._cancelled.set()

    def run(self, seconds: float = SCAN_SECONDS) -> bytes:
        """Return the picture as PNG.

        It comes through a pipe, never through a file: no plain picture of a paper lies on the disk.

        Raises:
            EnvironmentProblem: ``scan_no_device``, ``scan_device_gone`` (device), ``scan_device_busy``,
                ``scan_device_jammed``, ``scan_device_empty``, ``scan_device_open``,
                ``scan_device_denied``, ``scan_device_slow`` (seconds), ``scan_device_failed`` (reason),
                ``scan_cancelled``.
        """
        command = shutil.which(_COMMAND)
        if command is None or not self._device:
            raise EnvironmentProblem("scan_no_device")
        plain = [command, "--device-name", self._device, "--format=png", "--resolution", str(self._dpi)]
        wished = [*plain, "--mode", self._colour.value, "-x", _A4_MM[0], "-y", _A4_MM[1]]
        code, picture, words = self._attempt(wished, seconds)
        if code and b"unrecognized option" in words:  # a simple scanner without a mode or a choice of area
            code, picture, words = self._attempt(plain, seconds)
        if code:
            raise self._problem(code, words)
        return picture

    def _attempt(self, command: list[str], seconds: float) -> tuple[int, bytes, bytes]:
        try:
            process = subprocess.Popen(  # noqa: S603 - a fixed command; the device is one of its own names
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except OSError as problem:
            raise EnvironmentProblem("scan_no_device") from problem
        with process:
            waited = 0.0
            while True:
                if self._cancelled.is_set() or waited > seconds:
                    _stop(process)
                    code = "scan_cancelled" if self._cancelled.is_set() else "scan_device_slow"
                    raise EnvironmentProblem(code, seconds=round(seconds))
                try:
                    picture, words = process.communicate(timeout=_LOOK_SECONDS)
                except subprocess.TimeoutExpired:
                    waited += _LOOK_SECONDS
                else:
                    return process.returncode, picture, words

    def _problem(self, code: int, words: bytes) -> EnvironmentProblem:
        known = _PROBLEMS.get(code)
        if known:
            return EnvironmentProblem(known)
        if code == _INVALID or b"open of device" in words:
            return EnvironmentProblem("scan_device_gone", device=self._device)
        last = words.decode("utf-8", "replace").strip().rpartition("\n")[2].removeprefix("scanimage: ")
        return EnvironmentProblem("scan_device_failed", reason=last[:120])


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End it politely, so that the scanner's lamp returns; then for sure."""
    process.terminate()
    try:
        process.communicate(timeout=3)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
