"""The support bundle: what helps to find a fault, shown before it is saved, without a word of any citizen."""

import io
import json
import zipfile
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from counter_app.services.ports import AuditEntry
from counter_app.services.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from counter_app.services.check_health import Check
    from counter_app.services.desk import Desk
    from counter_app.services.support.incidents_port import Incidents

# Settings that say how the counter is set up; names, addresses and telephone numbers of the office stay here.
_TOLD_SETTINGS = ("counter.number", "counter.training", "slip_size", "language", "theme", "text_scale")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePart:
    """One file of the bundle: its name, and its whole text."""

    name: str
    text: str


def bundle_parts(desk: "Desk", checks: "Sequence[Check]", incidents: "Incidents") -> tuple[BundlePart, ...]:
    """Return everything the bundle holds; errors as `Store.reading` where the database cannot be read.

    Args:
        desk: The counter.
        checks: What the self-check found, of the machine and of the counter.
        incidents: The crashes and logs.
    """
    return (
        BundlePart(name="checks.json", text=_json([_check(each) for each in checks])),
        BundlePart(name="counter.json", text=_json(_counter(desk))),
        BundlePart(name="sync.json", text=_json(_sync(desk))),
        BundlePart(name="incidents.json", text=_json([asdict(each) for each in incidents.kept()])),
        *(BundlePart(name=f"logs/{name}", text=text) for name, text in incidents.log_texts().items()),
    )


def write_bundle(desk: "Desk", parts: "Sequence[BundlePart]", target: "Path") -> None:
    """Write the parts as a ZIP file; the audit log keeps who made one.

    Raises:
        EnvironmentProblem: ``paper_not_saved``, and as `Store.writing`.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for part in parts:
            bundle.writestr(part.name, part.text)
    write_whole(target, buffer.getvalue())
    with desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=desk.clerk,
                act="support_bundle_made",
                subject_id=desk.settings.counter.device_id,
                detail={"parts": [part.name for part in parts]},
            )
        )


def _counter(desk: "Desk") -> dict[str, object]:
    with desk.store.reading() as queries:
        stored = queries.settings()
        tip = queries.audit_tip()
        return {
            "unit_code": desk.settings.office.unit_code,
            "device_id": desk.settings.counter.device_id,
            "settings": {name: stored[name] for name in _TOLD_SETTINGS if name in stored},
            "dossiers": queries.dossier_count(),
            "drafts": len(queries.drafts()),
            "audit_entries": tip.seq,
            "audit_tip": tip.digits,
            "data": [
                {"section": each.section, "source": each.source, "version": each.pack_version}
                for each in desk.catalogue.data_versions()
            ],
            "made_at": desk.clock.now().isoformat(),
        }


def _sync(desk: "Desk") -> dict[str, object]:
    from counter_app.services.sync.support_export import support_report

    return support_report(desk)


def _check(check: "Check") -> dict[str, object]:
    # Parameters may name a path or a printer: the code says enough.
    numbers = {name: value for name, value in check.params.items() if isinstance(value, int | float)}
    return {"name": check.name, "ok": check.ok, "code": check.code, "numbers": numbers}


def _json(value: object) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)
