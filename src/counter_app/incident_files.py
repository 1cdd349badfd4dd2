"""Crashes and sudden ends, in small files beside the logs; nothing in them is about a citizen."""

import contextlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from counter_app.program_log import log_folder, log_texts, places
from counter_app.services.ports import Clock
from counter_app.services.support.incidents_port import Incident
from counter_protocol.version import program_version

Finding = tuple[str, bool, str, dict[str, object]]
MOST_KEPT = 20
_MAX_PLACE = 1000


class IncidentFiles:
    """Implements `services.support.incidents_port.Incidents` in a counter's data folder."""

    def __init__(self, data_dir: Path, clock: Clock, fonts: Path) -> None:
        self._data_dir = data_dir
        self._clock = clock
        self._fonts = fonts
        self._begun = False

    def begin(self) -> bool:
        """As `Incidents.begin`."""
        sudden, self._begun = self._marker.exists(), True
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._marker.write_text(self._now(), encoding="ascii")
        return sudden

    def end(self) -> None:
        """As `Incidents.end`; a program that was refused the data leaves the other one's mark alone."""
        if not self._begun:
            return
        with contextlib.suppress(OSError):
            self._marker.unlink()

    def record(self, error: BaseException) -> Incident:
        """As `Incidents.record`."""
        incident = Incident(
            at=self._now(),
            kind=type(error).__name__,
            place=places(error)[:_MAX_PLACE],
            version=program_version(),
        )
        lines = [json.dumps(asdict(each)) for each in (incident, *self.kept())][:MOST_KEPT]
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return incident

    def kept(self) -> Sequence[Incident]:
        """As `Incidents.kept`; a line that cannot be read is left out."""
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        found: list[Incident] = []
        for line in lines:
            with contextlib.suppress(ValueError, TypeError):
                found.append(Incident(**json.loads(line)))
        return found

    def machine_findings(self) -> Sequence[Finding]:
        """As `Incidents.machine_findings`."""
        from counter_app import machine_health

        return machine_health.report(self._data_dir, fonts=self._fonts)

    def log_texts(self) -> dict[str, str]:
        """As `Incidents.log_texts`."""
        return log_texts(self._data_dir)

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="seconds")

    @property
    def _folder(self) -> Path:
        return log_folder(self._data_dir)

    @property
    def _marker(self) -> Path:
        return self._folder / "working"

    @property
    def _file(self) -> Path:
        return self._folder / "incidents.jsonl"
