"""Which packs are for which office. Kept under "" for all, "p:" and a province's code, or an office's."""

_PROVINCE = "p:"


def row_unit(kind: str, unit: str) -> str:
    """Return the unit under which a pack is kept; ``unit`` as the pack was signed for it."""
    return f"{_PROVINCE}{unit}" if kind == "province" else unit


def signed_unit(stored: str) -> str:
    """Return the unit a kept pack was signed for: "", H29, or H29.12."""
    return stored.removeprefix(_PROVINCE)


def meant_for(unit: str) -> list[str]:
    """Return the stored units whose packs an office takes: its own, and of the areas it lies in.

    A code of today names the widest area first (H29.12), one of before last (000.17.22.H56).
    """
    parts = unit.split(".")
    today = parts[0][:1].isalpha()
    areas = [".".join(parts[:n] if today else parts[-n:]) for n in range(1, len(parts) + 1)]
    return ["", unit, *(f"{_PROVINCE}{area}" for area in areas)]
