"""What a lane says after one step, so that the acts can come in between."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``more``: there is more to do after `wait_s` seconds; else the lane looks again then, 0: as usual."""

    more: bool
    wait_s: float = 0.0


MORE = Step(more=True)
DONE = Step(more=False)
