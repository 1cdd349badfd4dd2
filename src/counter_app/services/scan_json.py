"""A decoded scan as JSON values, in the shape outsiders were promised."""

from collections.abc import Callable, Mapping

from counter_app.domain.scan import Scan, ScanKind

Words = Callable[[str, Mapping[str, object]], str]


def scan_to_json(scan: Scan, words: Words) -> dict[str, object]:
    """Return the scan; `words` turns a warning's code and params into the user's language."""
    result: dict[str, object] = {
        "kind": scan.kind.value,
        "personal_id": None,
        "old_id": None,
        "full_name": None,
        "birth_date": None,
        "sex": None,
        "address": None,
        "issued_on": None,
        "extra": [],
        "repaired": False,
        "warnings": [
            {"code": warning.code, "message": words(warning.code, warning.params)}
            for warning in scan.warnings
        ],
    }
    if scan.kind is ScanKind.DOSSIER_CODE:
        return result | {"dossier_code": scan.dossier_code}
    card = scan.card or scan.mrz
    if card is None:
        return result
    person = card.to_person()
    return result | {
        "personal_id": person.personal_id or None,
        "old_id": person.old_id or None,
        "full_name": person.full_name,
        "birth_date": person.birth_date or None,
        "sex": person.sex.value if person.sex else None,
        "address": person.address or None,
        "issued_on": person.issued_on.isoformat() if person.issued_on else None,
        "extra": list(scan.card.extra) if scan.card else [],
        "repaired": bool(scan.card and scan.card.repaired),
    }
