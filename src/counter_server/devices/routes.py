"""Routes, not written yet."""

from typing import Any

ROUTES: list[Any] = []
