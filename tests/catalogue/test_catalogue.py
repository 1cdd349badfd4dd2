"""Loading forms/: cross-checks name the line, one bad file costs only itself, versions follow the day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.catalogue.form_coverage import form_gaps
from counter_app.domain.errors import BadInput, EnvironmentProblem, KnownError, RuleRefusal
from counter_app.domain.processing_time import ProcessingTime, TimeUnit

ON = date(2026, 11, 21)
FORM_FILE = "templates/to-khai/2026-01-01.yaml"
PROCEDURE_FILE = "procedures/thu-tuc/2026-01-01.yaml"


def _load(folder: "FormsFolder", shipped_calendars: Path) -> FileCatalogue:  # noqa: F821
    return FileCatalogue(folder.root, shipped_calendars)


def _code(act: Callable[[], object]) -> KnownError:
    with pytest.raises(KnownError) as caught:
        act()
    return caught.value


def test_the_small_folder_is_clean(forms_folder, shipped_calendars) -> None:
    catalogue = _load(forms_folder, shipped_calendars)
    assert catalogue.problems == ()
    procedure = catalogue.procedure("thu-tuc", ON)
    assert procedure.cases[0].time == ProcessingTime(5, TimeUnit.WORKING_DAY)
    form = catalogue.form("to-khai", ON)
    field = form.field("mau")
    assert field is not None
    assert field.choices == ("Đỏ", "Xanh")


def test_every_shipped_file_is_clean(shipped_forms: Path, shipped_calendars: Path) -> None:
    catalogue = FileCatalogue(shipped_forms, shipped_calendars)
    assert [dict(problem.params) for problem in catalogue.problems] == []
    assert len(catalogue.procedures(ON)) >= 10
    for procedure in catalogue.all_procedures():
        for case in procedure.cases:
            for form_id in case.forms:
                # A procedure that can be received must find its form on the same day.
                assert catalogue.form(form_id, procedure.valid_from)
    assert form_gaps(catalogue.all_procedures(), catalogue.all_forms()) == ()


SPOILED = [
    (FORM_FILE, '"Họ tên: {ho_ten}"', '"Họ tên: {ho_te}"', "layout.body.0.text", "unknown placeholder"),
    (FORM_FILE, "{ngay.year}", "{ngay.nam}", "layout.body.1.text", "unknown placeholder"),
    (FORM_FILE, "{office.name}", "{office.ten}", "layout.addressee", "unknown placeholder"),
    (FORM_FILE, "Họ tên: {ho_ten}", "Họ tên: {ho_ten", "layout.body.0.text", "unbalanced braces"),
    (FORM_FILE, "{field: ngay, filled", "{field: ngya, filled", "layout.body.1.when.field",
     "unknown field in condition"),
    (FORM_FILE, "equals: Đỏ", "equals: Tím", "fields.2.when.equals", "not a possible answer"),
    (FORM_FILE, "role: nguoi_khai\n", "role: nguoi_kahi\n", "fields.0.role", "unknown role"),
    (FORM_FILE, "key: mau", "key: ho_ten", "fields.1.key", "used twice"),
    (FORM_FILE, "choices_from: colours", "choices_from: colors", "fields.1.choices_from", "unknown list"),
    (FORM_FILE, "compute_from: [ngay]", "compute_from: [ngai]", "fields.3.compute_from.0", "unknown field"),
    (FORM_FILE, "compute_from: [ngay]", "compute_from: [ngay, mau]", "fields.3.compute_from",
     "wrong number of sources"),
    (FORM_FILE, "check: not_future,", "check: not_before, value: nagy,", "fields.2.rules.0.value",
     "wrong parameter of check"),
    (FORM_FILE, "check: not_future,", "check: no_future,", "fields.2.rules.0.check", "not an allowed value"),
    (FORM_FILE, "check: not_future,", 'check: pattern, value: "[",', "fields.2.rules.0.value",
     "wrong parameter of check"),
    (FORM_FILE, "valid_from: 2026-01-01", "valid_from: 2026-01-02", "valid_from",
     "differs from the file name"),
    (FORM_FILE, "form_id: to-khai", "form_id: to-khia", "form_id", "differs from the folder name"),
    (FORM_FILE, "valid_from: 2026-01-01", "valid_to: 2026-02-30\nvalid_from: 2026-01-01", "valid_to",
     "cannot be used"),
    (FORM_FILE, "type: date", "type: dates", "fields.2.type", "not an allowed value"),
    (FORM_FILE, "{field: mau, equals: Đỏ}", "{field: mau, equals: Đỏ, filled: true}", "fields.2.when",
     "needs exactly one kind of"),
    (FORM_FILE, "  body:", '  footnotes: ["(1) Chú thích."]\n  body:', "layout.footnotes.0",
     "no text has the mark of this note"),
    (FORM_FILE, '"Kính gửi:', '"Kính gửi(1):', "layout", "mark without a note"),
    (FORM_FILE, "  body:", '  signatures: [{title: A, when: {field: mua, filled: true}}]\n  body:',
     "layout.signatures.0.when.field", "unknown field in condition"),
    (FORM_FILE, "- text: \"Họ tên: {ho_ten}\"",
     "- {kind: signatures, places: [{title: A, when: {field: mua, filled: true}}]}",
     "layout.body.0.places.0.when.field", "unknown field in condition"),
    (FORM_FILE, "- text: \"Họ tên: {ho_ten}\"", "- {kind: signatures, places: [{title: A, below: '{ho}'}]}",
     "layout.body.0.places.0.below", "unknown placeholder"),
    (FORM_FILE, "- text: \"Họ tên: {ho_ten}\"", "- {kind: signatures}", "layout.body.0.places",
     "no place to sign"),
    (FORM_FILE, "- text: \"Họ tên: {ho_ten}\"", "- {kind: table, field: mau}", "layout.body.0.field",
     "block needs a field of its kind"),
    (PROCEDURE_FILE, "forms: [to-khai]", "forms: [to-kahi]", "cases.0.forms.0", "unknown form"),
    (PROCEDURE_FILE, "    parts:", "    sets: [{form_id: khac, field: mau, value: Xanh}]\n    parts:",
     "cases.0.sets.0.form_id", "form is not among the forms of the case"),
    (PROCEDURE_FILE, "    parts:", "    sets: [{form_id: to-khai, field: mua, value: Xanh}]\n    parts:",
     "cases.0.sets.0.field", "unknown field"),
    (PROCEDURE_FILE, "    parts:", "    sets: [{form_id: to-khai, field: mau, value: Tím}]\n    parts:",
     "cases.0.sets.0.value", "not a possible answer"),
    (PROCEDURE_FILE, "    parts:", "    sets: [{form_id: to-khai, field: ngay_chu, value: một}]\n    parts:",
     "cases.0.sets.0.value", "not a possible answer"),
    (PROCEDURE_FILE, "form_id: to-khai", "form_id: khac", "cases.0.parts.0.form_id",
     "form is not among the forms of the case"),
    (PROCEDURE_FILE, "field: mau", "field: mua", "cases.0.parts.1.when.field", "unknown field in condition"),
    (PROCEDURE_FILE, "time: 5wd", "time: 5 days", "cases.0.time", "wrong form"),
    (PROCEDURE_FILE, '"1.000001"', "1.000001", "national_code", "wrong type, expected"),
    (PROCEDURE_FILE, "set_by: province_council", "set_by: province_council\n        amount_vnd: 8000",
     "cases.0.fees.0.amount_vnd", "a province's amount is entered by the office"),
    (PROCEDURE_FILE, "set_by: province_council", "set_by: central\n        count_from: trang",
     "cases.0.fees.0.count_from", "unknown field or fact"),
    (PROCEDURE_FILE, "valid_to: 2026-12-31", "valid_to: 2025-12-31", "valid_to", "ends before it begins"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "field", "problem"), SPOILED)
def test_a_name_that_leads_nowhere_is_found(
    forms_folder, shipped_calendars, file: str, old: str, new: str, field: str, problem: str
) -> None:
    line = forms_folder.spoil(file, old, new)
    problems = _load(forms_folder, shipped_calendars).problems
    assert len(problems) >= 1
    params = problems[0].params
    assert (params["file"], params["field"], params["problem"]) == (file, field, problem)
    assert abs(int(str(params["line"])) - line) <= 1  # a key and its first word may stand on two lines


def test_one_broken_procedure_leaves_the_others(forms_folder, shipped_calendars) -> None:
    good = (forms_folder.root / PROCEDURE_FILE).read_text(encoding="utf-8")
    forms_folder.put("procedures/khac/2026-01-01.yaml", good.replace("thu-tuc", "khac") + "x: 1\n")
    catalogue = _load(forms_folder, shipped_calendars)
    assert [procedure.procedure_id for procedure in catalogue.procedures(ON)] == ["thu-tuc"]
    refused = _code(lambda: catalogue.procedure("khac", ON))
    assert (refused.code, refused.params["field"]) == ("bad_data_file", "x")
    assert _code(lambda: catalogue.procedure("la", ON)).code == "procedure_unknown"


def test_a_broken_form_blames_only_the_form(forms_folder, shipped_calendars) -> None:
    forms_folder.spoil(FORM_FILE, "title: TỜ KHAI", "titel: TỜ KHAI")
    catalogue = _load(forms_folder, shipped_calendars)
    assert [problem.params["file"] for problem in catalogue.problems] == [FORM_FILE]
    assert catalogue.procedure("thu-tuc", ON).name == "Thủ tục mẫu"
    assert _code(lambda: catalogue.form("to-khai", ON)).code == "bad_data_file"


def test_a_broken_new_version_never_lets_the_old_law_go_on(forms_folder, shipped_calendars) -> None:
    forms_folder.put("procedures/thu-tuc/2026-07-01.yaml", "broken: [\n")
    catalogue = _load(forms_folder, shipped_calendars)
    assert catalogue.procedure("thu-tuc", date(2026, 6, 30)).version == "v1"
    assert _code(lambda: catalogue.procedure("thu-tuc", date(2026, 7, 1))).code == "bad_data_file"
    assert catalogue.procedures(ON) == ()
    assert catalogue.search("mau", ON) == ()
    assert catalogue.procedure_version("thu-tuc", "v1").version == "v1"
    assert _code(lambda: catalogue.procedure_version("thu-tuc", "v2")).code == "bad_data_file"


def test_versions_follow_the_day(forms_folder, shipped_calendars) -> None:
    old = (forms_folder.root / PROCEDURE_FILE).read_text(encoding="utf-8")
    new = old.replace("v1", "v2").replace("2026-01-01", "2027-03-01").replace("2026-12-31", "2027-12-31")
    forms_folder.put("procedures/thu-tuc/2027-03-01.yaml", new)
    catalogue = _load(forms_folder, shipped_calendars)
    assert catalogue.procedure("thu-tuc", date(2026, 12, 31)).version == "v1"
    assert catalogue.procedure("thu-tuc", date(2027, 3, 1)).version == "v2"
    early = _code(lambda: catalogue.procedure("thu-tuc", date(2025, 12, 31)))
    assert (type(early), early.code) == (RuleRefusal, "procedure_not_yet_valid")
    assert early.params["valid_from"] == date(2026, 1, 1)
    gap = _code(lambda: catalogue.procedure("thu-tuc", date(2027, 2, 1)))
    assert (type(gap), gap.code, gap.params["valid_to"]) == (
        RuleRefusal, "procedure_expired", date(2026, 12, 31),
    )  # fmt: skip
    assert {"name", "version"} <= gap.params.keys()
    assert catalogue.procedure_version("thu-tuc", "v1").valid_to == date(2026, 12, 31)
    assert _code(lambda: catalogue.procedure_version("thu-tuc", "v9")).code == "procedure_unknown"
    assert [one.version for one in catalogue.all_procedures()] == ["v1", "v2"]


def test_overlapping_versions_are_refused(forms_folder, shipped_calendars) -> None:
    old = (forms_folder.root / PROCEDURE_FILE).read_text(encoding="utf-8")
    forms_folder.put(
        "procedures/thu-tuc/2026-12-31.yaml", old.replace("v1", "v2").replace("2026-01-01", "2026-12-31")
    )
    problem = _load(forms_folder, shipped_calendars).problems[0]
    assert problem.params["problem"] == "overlaps the version before"
    assert problem.params["file"] == "procedures/thu-tuc/2026-12-31.yaml"


@pytest.mark.parametrize(
    ("on", "expired", "expiring"),
    [
        (date(2026, 11, 30), 0, 0),
        (date(2026, 12, 1), 0, 1),
        (date(2026, 12, 31), 0, 1),
        (date(2027, 1, 1), 1, 0),
    ],
)
def test_check_lists_expired_and_expiring(forms_folder, shipped_calendars, on, expired, expiring) -> None:
    found = _load(forms_folder, shipped_calendars).check(on)
    assert (len(found.expired), len(found.expiring)) == (expired, expiring)


def test_what_has_a_successor_does_not_expire(forms_folder, shipped_calendars) -> None:
    old = (forms_folder.root / PROCEDURE_FILE).read_text(encoding="utf-8")
    new = old.replace("v1", "v2").replace("2026-01-01", "2027-01-01").replace("2026-12-31", "2028-12-31")
    forms_folder.put("procedures/thu-tuc/2027-01-01.yaml", new)
    found = _load(forms_folder, shipped_calendars).check(date(2026, 12, 20))
    assert (found.expired, found.expiring) == ((), ())


def test_a_form_out_of_force_says_so(forms_folder, shipped_calendars) -> None:
    forms_folder.spoil(FORM_FILE, "valid_from: 2026-01-01", "valid_to: 2026-03-31\nvalid_from: 2026-01-01")
    catalogue = _load(forms_folder, shipped_calendars)
    assert _code(lambda: catalogue.form("to-khai", ON)).code == "form_expired"
    assert _code(lambda: catalogue.form("to-khai", date(2025, 1, 1))).code == "form_not_yet_valid"
    assert _code(lambda: catalogue.form("khong-co", ON)).code == "form_unknown"
    assert catalogue.form_version("to-khai", "v1").title == "TỜ KHAI"
    assert isinstance(_code(lambda: catalogue.form_version("to-khai", "v2")), BadInput)


def test_no_data_at_all_is_a_problem_of_the_computer(tmp_path: Path, shipped_calendars: Path) -> None:
    (tmp_path / "forms").mkdir()
    missing = _code(lambda: FileCatalogue(tmp_path / "forms", shipped_calendars))
    assert (type(missing), missing.code) == (EnvironmentProblem, "catalogue_missing")


def test_the_calendar_comes_from_its_folder(forms_folder, shipped_calendars, tmp_path: Path) -> None:
    first = FileCatalogue(forms_folder.root, shipped_calendars, cache_file=tmp_path / "c" / "catalogue.cache")
    again = FileCatalogue(forms_folder.root, shipped_calendars, cache_file=tmp_path / "c" / "catalogue.cache")
    assert first.calendar() is first.calendar()
    assert again.calendar() == first.calendar()
    assert again.calendar().is_working_day(date(2026, 11, 24)) is False


def test_what_two_forms_of_a_case_ask_must_be_named_with_its_form(forms_folder, shipped_calendars) -> None:
    second = (forms_folder.root / FORM_FILE).read_text(encoding="utf-8").replace("to-khai", "to-khai-hai")
    forms_folder.put("templates/to-khai-hai/2026-01-01.yaml", second)
    forms_folder.spoil(PROCEDURE_FILE, "forms: [to-khai]", "forms: [to-khai, to-khai-hai]")
    (problem,) = _load(forms_folder, shipped_calendars).problems
    assert (problem.params["field"], problem.params["value"]) == ("cases.0.parts.1.when", "mau")
    forms_folder.spoil(PROCEDURE_FILE, "field: mau", "field: to-khai.mau")
    assert _load(forms_folder, shipped_calendars).problems == ()
