"""Rows 2 and 3: the power goes; the disk had not done what it said."""

from pathlib import Path

from tests.faults.power.cuts import Cuts, Day, cut_all
from tests.faults.rows.row import Found, Size

_OFTEN = 64  # pages after which the log is moved: many cuts then fall into the moving
_LIES = 400  # calls at most that a disk with a lying cache has not done


def power_cut(size: Size, folder: Path) -> Found:
    """Cut the power of four recorded days, half of them with a log that is moved often."""
    days = [
        Day(seed=seed, acts=size.of(80, 25), checkpoint_pages=8192 if seed % 2 else _OFTEN)
        for seed in range(1, size.of(4, 2) + 1)
    ]
    cuts = cut_all(days, folder / "full", cuts=size.of(150, 15), processes=size.processes)
    weak = [Day(seed=1, acts=size.of(40, 25), synchronous=each) for each in ("NORMAL", "OFF")]
    control = [
        cut_all([day], folder / day.synchronous, cuts=size.of(60, 12), processes=size.processes)
        for day in weak
    ]
    found = _of(cuts)
    for day, other in zip(weak, control, strict=True):
        harmed = other.lost + other.torn + other.told.total()
        found.figures[f"images of {other.images} harmed with synchronous={day.synchronous}"] = harmed
        found.must(harmed > 0, f"the cuts do not see that {day.synchronous} loses")
    found.must(cuts.images >= size.of(1000, 40), "too few cuts")
    found.must(not cuts.lost, f"{cuts.lost} images lost what was promised")
    # A log begun anew over an old one, torn in its first frame, cannot be told from one that rotted.
    found.must(cuts.alarms <= cuts.images // 50, f"{cuts.alarms} false alarms of a damaged log")
    found.must(not cuts.torn, f"{cuts.torn} images have half an act")
    found.must(not cuts.told.total(), f"damaged: {dict(cuts.told)}")
    found.wrong += cuts.wrong[:10]
    return found


def lying_disk(size: Size, folder: Path) -> Found:
    """The same, but nothing of the last calls was synced whatever the disk said."""
    days = [
        Day(seed=seed, acts=size.of(60, 25), checkpoint_pages=8192 if seed % 2 else _OFTEN) for seed in (5, 6)
    ]
    cuts = cut_all(days, folder / "lies", cuts=size.of(150, 20), processes=size.processes, lies=_LIES)
    found = _of(cuts)
    damaged = cuts.told.total()
    found.figures["of these, newest acts gone, all else whole"] = cuts.older
    found.figures["damage told, of damaged images"] = f"{damaged} of {damaged + cuts.silent}"
    found.figures["damaged ones put back from the backup on a stick"] = cuts.put_back
    found.figures["minutes to put one back, most"] = round(cuts.put_back_s / 60, 3)
    found.must(cuts.put_back > 0, "no damaged image was put back")
    found.must(not cuts.silent, f"{cuts.silent} images show something half without a word")
    found.wrong += [] if found.held else cuts.wrong[:10]
    return found


def _of(cuts: Cuts) -> Found:
    return Found(
        figures={
            "cuts": cuts.images,
            "calls recorded": cuts.calls,
            "changes not yet durable at the cuts": cuts.pending,
            "promises checked": cuts.promises,
            "images that lost a promise": cuts.lost,
            "images with half an act": cuts.torn,
            "images told as damaged": cuts.told.total(),
            "images told once of a damaged log": cuts.alarms,
        }
    )
