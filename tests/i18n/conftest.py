"""English for a test, Vietnamese again for the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app import i18n

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture
def english() -> Iterator[None]:
    i18n.set_language("en", RESOURCES)
    yield
    i18n.set_language("vi", RESOURCES)
