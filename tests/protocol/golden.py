"""Bytes of every released version, as hexadecimal text: what counters in offices say, and always will."""

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).with_name("golden")
_COLUMNS = 100


def released() -> list[Path]:
    """Return the folders of the released versions, oldest first."""
    return sorted(FOLDER.glob("v*"), key=lambda folder: int(folder.name[1:]))


def read(path: Path) -> bytes:
    """Return the bytes of a golden file."""
    return bytes.fromhex(path.read_text("ascii"))


def every(part: str) -> Iterator[tuple[Path, bytes]]:
    """Yield the golden files of a part (``messages``, ``events``) of all released versions."""
    for version in released():
        for path in sorted((version / part).glob("*.hex")):
            yield path, read(path)


def add(path: Path, content: bytes) -> bool:
    """Write a golden file unless it is there; what was released is never written again."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    digits = content.hex()
    lines = [digits[at : at + _COLUMNS] for at in range(0, len(digits), _COLUMNS)]
    path.write_text("\n".join(lines) + "\n", "ascii")
    return True
