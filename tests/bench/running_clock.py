"""A clock that starts where it is told and runs on from there."""

import time
from datetime import datetime, timedelta


class RunningClock:
    """Implements the port `Clock`."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment
        self._began = time.monotonic()

    def now(self) -> datetime:
        return self._moment + timedelta(seconds=time.monotonic() - self._began)
