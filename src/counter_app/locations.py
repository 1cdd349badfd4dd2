"""Where the program's data and the counter's data live."""

import os
import sys
from pathlib import Path

APP_NAME = "quay-mot-cua"


def program_data() -> Path:
    """Return the folder that holds `forms/` and `resources/`: the checkout, or the installed share."""
    checkout = Path(__file__).resolve().parents[2]
    installed = Path(sys.prefix) / "share" / APP_NAME
    chosen = os.environ.get("COUNTER_PROGRAM_DATA")
    if chosen:
        return Path(chosen)
    return checkout if (checkout / "forms").is_dir() else installed


def default_data_dir(*, training: bool) -> Path:
    """Return the user's folder for the counter's database; training has its own."""
    from platformdirs import user_data_path

    return user_data_path(APP_NAME, appauthor=False) / ("training" if training else "counter")
