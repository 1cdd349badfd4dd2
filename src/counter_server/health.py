"""Routes of monitoring."""

from typing import Any

ROUTES: list[Any] = []
