"""Other settings of the connection that writes than the program's own, in a process of the tests."""

from counter_app.storage import engine


def use(*, synchronous: str = "FULL", checkpoint_pages: int = engine.AUTOCHECKPOINT_PAGES) -> None:
    """Let connections opened from now on sync as told, and move the log after so many pages."""
    told = {"synchronous": synchronous, "wal_autocheckpoint": str(checkpoint_pages)}
    pragmas = dict(each.split("=") for each in engine._WRITER_PRAGMAS) | told
    engine._WRITER_PRAGMAS = tuple(f"{name}={value}" for name, value in pragmas.items())
