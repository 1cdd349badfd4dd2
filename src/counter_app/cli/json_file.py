"""A JSON object from a file a script wrote."""

import json
from pathlib import Path
from typing import Any

from counter_app.domain.errors import BadInput


def read_object(path: Path) -> dict[str, Any]:
    """Return the object of a UTF-8 file; BadInput ``bad_json_file``."""
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as problem:
        raise BadInput("bad_json_file") from problem
    if not isinstance(value, dict):
        raise BadInput("bad_json_file")
    return value
