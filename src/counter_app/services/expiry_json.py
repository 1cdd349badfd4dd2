"""What of the catalogue ended or soon will, and how old the data is, as JSON values."""

from collections.abc import Sequence
from datetime import date

from counter_app.domain.catalogue_check import CatalogueCheck
from counter_app.domain.data_pack import DataVersion
from counter_app.domain.fee_dates import fees_ending
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.national_list import NameFinding, check_names
from counter_app.services.ports import Catalogue
from counter_app.services.procedure_json import form_dates_to_json, procedure_to_json

EXPIRY_DAYS = 30  # how far ahead an end is told


def expiry_to_json(catalogue: Catalogue, on: date) -> dict[str, object]:
    """Return what has expired by `on`, what expires within 30 days, and how old the data is.

    ``superseded`` are the ids among ``expired`` that another procedure took over from,
    ``without_successor`` the others; ``forms_expired`` are forms a procedure in force still asks for,
    ``forms_of_expired`` those of procedures without successor; ``fees_ending`` end before their procedure.
    ``name_code_mismatches`` are the procedures whose code the national list has under another name.
    """
    found = catalogue.check(on, EXPIRY_DAYS)
    return {
        "on": on.isoformat(),
        "expired": [procedure_to_json(p) for p in found.expired],
        "expiring": [procedure_to_json(p) for p in found.expiring],
        "superseded": [
            {"id": p.procedure_id, "superseded_by": list(p.superseded_by)}
            for p in found.expired
            if p.superseded_by
        ],
        "without_successor": [p.procedure_id for p in found.expired if not p.superseded_by],
        "forms_expired": [form_dates_to_json(form) for form in found.forms_expired],
        "forms_expiring": [form_dates_to_json(form) for form in found.forms_expiring],
        "forms_of_expired": [form_dates_to_json(form) for form in _forms_of_expired(catalogue, found, on)],
        "fees_ending": [
            {
                "procedure": procedure.procedure_id,
                "fee_id": rule.fee_id,
                "name": rule.name,
                "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
            }
            for procedure, rule in fees_ending(catalogue.procedures(on), on, EXPIRY_DAYS)
        ],
        "packs": _data_age(catalogue.data_versions(), on),
        "name_code_mismatches": [
            _name_finding(finding)
            for finding in check_names(catalogue.procedures(on), catalogue.national_list())
        ],
        "problems": [{"code": problem.code, **problem.params} for problem in catalogue.problems],
    }


def _forms_of_expired(catalogue: Catalogue, found: CatalogueCheck, on: date) -> list[FormTemplate]:
    """Return the last versions of the forms that ended with procedures nothing took over from."""
    asked = {
        form_id
        for procedure in found.expired
        if not procedure.superseded_by
        for case in procedure.cases
        for form_id in case.forms
    }
    last = {form.form_id: form for form in catalogue.all_forms() if form.valid_from <= on}
    ended = (last[form_id] for form_id in sorted(asked & last.keys()))
    return [form for form in ended if form.valid_to is not None and form.valid_to < on]


def _name_finding(finding: NameFinding) -> dict[str, object]:
    return {
        "id": finding.subject,
        "national_code": finding.code,
        "name": finding.name,
        "listed_name": finding.listed_name,
        "name_belongs_to": finding.belongs_to.code if finding.belongs_to else None,
    }


def _data_age(versions: Sequence[DataVersion], on: date) -> dict[str, object]:
    """Return how many days ago the newest data was issued, 0 before that; None when no version is known."""
    newest = max((version.issued_on for version in versions), default=None)
    return {
        "issued_on": newest.isoformat() if newest else None,
        "days": max(0, (on - newest).days) if newest else None,
        "sections": [data_version_to_json(version) for version in versions],
    }


def data_version_to_json(version: DataVersion) -> dict[str, object]:
    """Return where the data of one section comes from."""
    return {
        "section": version.section,
        "unit": version.unit,
        "version": version.pack_version,
        "issued_on": version.issued_on.isoformat(),
        "installed_at": version.installed_at.isoformat() if version.installed_at else None,
        "source": version.source,
    }
