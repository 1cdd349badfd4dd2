"""Whatever becomes of the data and the office, a paper printed again says what it said."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.builders import VIETNAM
from tests.helpers.data_copy import DataCopy, copy_data, day_off
from tests.helpers.desks import make_desk
from tests.printing.paper_reading import all_text, squeezed
from tests.scenarios.counter import set_clock, single_status_visit

from counter_app.bootstrap import open_desk
from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.office import Office
from counter_app.services.desk import Desk
from counter_app.services.look_up import open_dossier
from counter_app.services.office_values import enter_value
from counter_app.services.paper_content import PaperSize
from counter_app.services.paper_text import reprint_mark
from counter_app.services.print_papers import render
from counter_app.services.receive_dossier import receive

MONDAY = datetime(2026, 11, 23, 10, 45, tzinfo=VIETNAM)
FORM = "ht-xac-nhan-tinh-trang-hon-nhan"
PROCEDURE = "cap-giay-xac-nhan-tinh-trang-hon-nhan"
PAPERS = (f"form:{FORM}", "slip")
TEMPLATE = f"forms/templates/{FORM}/2024-06-06.yaml"


def _as_shipped(data: DataCopy) -> None:
    pass


def _form_edited_under_its_version(data: DataCopy) -> None:
    data.edit(TEMPLATE, "title: TỜ KHAI", "title: ĐƠN XIN")
    data.edit(TEMPLATE, "Kính gửi(1): {office.committee}", "Kính gửi(1): Phòng Tư pháp")
    data.edit(TEMPLATE, "Họ, chữ đệm, tên người yêu cầu:", "Tên người làm đơn:")


def _new_form_in_force(data: DataCopy) -> None:
    folder = data.forms / "templates" / FORM
    shutil.copy(folder / "2024-06-06.yaml", folder / "2026-11-20.yaml")
    data.edit(TEMPLATE, "valid_to: 2027-02-28", "valid_to: 2026-11-19")
    new = f"forms/templates/{FORM}/2026-11-20.yaml"
    data.edit(new, 'version: "2024-06-06"', 'version: "2026-11-20"')
    data.edit(new, "valid_from: 2024-06-06", "valid_from: 2026-11-20")
    data.edit(new, "title: TỜ KHAI", "title: MẪU MỚI")


def _procedure_renamed(data: DataCopy) -> None:
    file = f"forms/procedures/{PROCEDURE}/2026-01-01.yaml"
    data.edit(file, "name: Cấp Giấy xác nhận tình trạng", "name: Xác nhận tình trạng")
    data.edit(file, "name: Giấy ", "name: Bản ")


def _another_calendar(data: DataCopy) -> None:
    extra = day_off("2026-11-25", "Nghỉ bão") + day_off("2026-11-26", "Nghỉ bão")
    data.edit("calendars/vn-2026.yaml", "days_off:\n", "days_off:\n" + extra)


def _procedure_and_form_taken_back(data: DataCopy) -> None:
    shutil.rmtree(data.forms / "procedures" / PROCEDURE)
    shutil.rmtree(data.forms / "templates" / FORM)


RECEIVABLE: tuple[Callable[[DataCopy], None], ...] = (
    _as_shipped,
    _form_edited_under_its_version,
    _new_form_in_force,
    _another_calendar,
)
CHANGES = (*RECEIVABLE, _procedure_renamed, _procedure_and_form_taken_back)
words = st.text("aăâbcdđeêghikGIAOxãphường ,.-'<&", min_size=1, max_size=60).filter(lambda text: text.strip())


@dataclass(frozen=True, slots=True, repr=False)
class Stage:
    """One desk that takes up any of the catalogues."""

    desk: Desk
    catalogues: dict[Callable[[DataCopy], None], FileCatalogue]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    catalogues = {}
    for change in CHANGES:
        data = copy_data(tmp_path_factory.mktemp("data"))
        change(data)
        catalogues[change] = data.catalogue()
    desk = make_desk(tmp_path_factory.mktemp("counter") / "data", MONDAY)
    yield Stage(desk, catalogues)
    desk.store.close()


def papers(desk: Desk, code: str, copy_no: int) -> list[bytes]:
    dossier = open_dossier(desk, code).dossier
    return [render(desk, dossier, paper, copy_no=copy_no, size=PaperSize.A5).pdf for paper in PAPERS]


def texts(desk: Desk, code: str, copy_no: int) -> list[str]:
    """What the papers say, without the mark of a reprint and the dots that fill up its lines."""
    mark = squeezed(reprint_mark(copy_no, desk.clock.now()))
    found = [all_text(pdf) for pdf in papers(desk, code, copy_no)]
    assert not mark or all(mark in text for text in found)
    return [re.sub(r"[.]{2,}", "", text.replace(mark, "")) for text in found]


def rename(desk: Desk, name: str, place: str) -> None:
    office = replace(
        desk.settings.office, name=name, place=place, parent_name=place, commune_name=f"xã {place}", phone="1"
    )
    desk.save_settings(replace(desk.settings, office=office))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    received_under=st.sampled_from(RECEIVABLE),
    becomes=st.sampled_from(CHANGES),
    names=st.tuples(words, words),
    places=st.tuples(words, words),
)
def test_a_reprint_says_what_the_first_print_said(
    stage: Stage,
    received_under: Callable[[DataCopy], None],
    becomes: Callable[[DataCopy], None],
    names: tuple[str, str],
    places: tuple[str, str],
) -> None:
    desk = stage.desk
    desk.catalogue = stage.catalogues[received_under]
    rename(desk, names[0], places[0])
    dossier = receive(desk, single_status_visit(15000), clerk="Mai")
    said, drawn = texts(desk, dossier.dossier_code, 1), papers(desk, dossier.dossier_code, 1)

    desk.catalogue = stage.catalogues[becomes]
    rename(desk, names[1], places[1])
    assert texts(desk, dossier.dossier_code, 2) == said
    assert papers(desk, dossier.dossier_code, 1) == drawn


def test_the_changes_would_be_seen(stage: Stage) -> None:
    """Or the property above would prove nothing."""
    desk = stage.desk
    said: set[tuple[str, ...]] = set()
    for change in RECEIVABLE:
        desk.catalogue = stage.catalogues[change]
        code = receive(desk, single_status_visit(15000), clerk="Mai").dossier_code
        said.add(tuple(text.replace(squeezed(code), "") for text in texts(desk, code, 1)))
    rename(desk, "VĂN PHÒNG KHÁC", "Nơi Khác")
    code = receive(desk, single_status_visit(15000), clerk="Mai").dossier_code
    said.add(tuple(text.replace(squeezed(code), "") for text in texts(desk, code, 1)))
    assert len(said) == len(RECEIVABLE) + 1


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MONDAY)
    yield made
    made.store.close()


def test_what_the_office_entered_for_a_day_stays_with_the_dossiers_of_that_day(desk: Desk) -> None:
    today = MONDAY.date()
    enter_value(desk, f"addressee/{FORM}", "Kính gửi: Bộ phận Tư pháp số 2", today)
    enter_value(desk, f"form_number/{FORM}", "Mẫu số 99/TP", today)
    code = receive(desk, single_status_visit(15000), clerk="Mai").dossier_code
    said = texts(desk, code, 1)
    assert squeezed("Bộ phận Tư pháp số 2") in said[0]
    assert squeezed("Mẫu số 99/TP") in said[0]
    set_clock(desk, datetime(2026, 12, 1, 8, 0, tzinfo=VIETNAM))
    for key, value in (("addressee", "Kính gửi: Nơi khác"), ("form_number", "Mẫu khác")):
        enter_value(desk, f"{key}/{FORM}", value, desk.clock.now().date())
    enter_value(desk, "phone", "0218 999 9999", desk.clock.now().date())
    assert texts(desk, code, 2) == said


def test_a_restored_folder_reprints_on_another_computer(desk: Desk, tmp_path: Path) -> None:
    code = receive(desk, single_status_visit(15000), clerk="Mai").dossier_code
    said = texts(desk, code, 1)
    desk.store.close()
    shutil.copytree(tmp_path / "counter", tmp_path / "restored")
    other = open_desk(tmp_path / "restored", MONDAY)
    try:
        assert texts(other, code, 1) == said
    finally:
        other.store.close()


def test_the_look_up_knows_the_form_without_the_catalogue(stage: Stage) -> None:
    desk = stage.desk
    desk.catalogue = stage.catalogues[_as_shipped]
    code = receive(desk, single_status_visit(15000), clerk="Mai").dossier_code
    desk.catalogue = stage.catalogues[_procedure_and_form_taken_back]
    assert open_dossier(desk, code).templates[FORM].title.startswith("TỜ KHAI CẤP GIẤY XÁC NHẬN")


def test_a_dossier_whose_definitions_are_gone_can_be_read_but_says_so_when_printed(desk: Desk) -> None:
    dossier: Dossier = receive(desk, single_status_visit(15000), clerk="Mai")
    with desk.store.reading() as queries:
        assert queries.definition(dossier.office_definition, Office) == desk.office(MONDAY.date())
    lost = replace(
        dossier,
        office_definition="0" * 64,
        dossier_id="01930000-0000-7000-8000-00000000ffff",
        dossier_code="H29.12-261123-1999",
    )
    with desk.store.writing() as transaction:
        transaction.add_dossier(lost)
    assert open_dossier(desk, lost.dossier_code).dossier == lost
    with pytest.raises(EnvironmentProblem) as problem:
        render(desk, lost, "slip", copy_no=1, size=PaperSize.A5)
    assert problem.value.code == "definition_missing"
