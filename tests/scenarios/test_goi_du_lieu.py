"""Steps of goi_du_lieu.feature: a pack installed today, in force on a later day."""

import re
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, scenarios, then, when
from tests.helpers.packs import PackMaker
from tests.helpers.raw_database import select
from tests.printing.paper_reading import all_text, squeezed
from tests.scenarios.counter import Counter, moment_of, set_clock

from counter_app.domain.errors import KnownError
from counter_app.locations import program_data
from counter_app.messages import text_of
from counter_app.services.install_pack import PackInstallation, install_pack, roll_back_pack, trust_root
from counter_app.services.print_papers import print_paper

scenarios("goi_du_lieu.feature")

FORM, PROCEDURE = "ht-khai-sinh", "dang-ky-khai-sinh"
TITLE = "TỜ KHAI ĐĂNG KÝ KHAI SINH"


@pytest.fixture
def maker(tmp_path: Path, counter: Counter) -> PackMaker:
    maker = PackMaker.below(tmp_path)
    trust_root(counter.desk, maker.roots[0])
    return maker


@given(parsers.parse('gói {version:S} có tờ khai khai sinh "{title}" dùng từ {day:S}'), target_fixture="pack")
def a_pack(tmp_path: Path, maker: PackMaker, version: str, title: str, day: str) -> Path:
    return maker.make(content(tmp_path / "content", title, day), version)


@given(
    parsers.parse('gói {version:S} do người lạ ký có tờ khai khai sinh "{title}" dùng từ {day:S}'),
    target_fixture="pack",
)
def a_strangers_pack(tmp_path: Path, maker: PackMaker, version: str, title: str, day: str) -> Path:
    return maker.make(content(tmp_path / "content", title, day), version, signed_by=("stranger",))


@when("cài gói dữ liệu", target_fixture="installation")
def install(counter: Counter, pack: Path) -> PackInstallation | None:
    try:
        return install_pack(counter.desk, pack)
    except KnownError as error:
        counter.error = error
        return None


@when(parsers.parse("máy mở lại, lúc {hour:S} ngày {day:S}"))
def another_day(counter: Counter, hour: str, day: str) -> None:
    set_clock(counter.desk, moment_of(hour, day))
    ids = counter.desk.ids
    counter.restart()
    counter.desk.ids = ids  # the test's ids are counted, and must not begin anew


@when("quay lại dữ liệu trước")
def roll_back(counter: Counter, installation: PackInstallation) -> None:
    roll_back_pack(counter.desk, installation.pack.info.kind)


@then(parsers.parse("chương trình báo tờ khai và thủ tục khai sinh sẽ đổi từ {day:S}"))
def the_changes_are_told(installation: PackInstallation, day: str) -> None:
    changes = installation.preview.changes
    told = {change.item_id: change.from_day for change in (*changes.procedures, *changes.forms)}
    assert told == {FORM: day_of(day), PROCEDURE: day_of(day)}


@then(parsers.parse('tờ khai in ra là "{title}"'))
def the_form_is(counter: Counter, title: str) -> None:
    assert printed_title(counter) == squeezed(title)


@then(parsers.parse('in lại hồ sơ ấy vẫn là "{title}"'))
def the_reprint_is(counter: Counter, title: str) -> None:
    assert printed_title(counter) == squeezed(title)


@then("chương trình từ chối gói vì người ký")
def refused(counter: Counter) -> None:
    assert counter.error is not None
    assert counter.error.code == "pack_wrong_key"
    assert "ký" in text_of(counter.error)


@then(parsers.parse("nhật ký ghi đã cài gói {version:S} rồi quay lại"))
def the_audit_knows(counter: Counter, version: str) -> None:
    acts = select(counter.desk, "SELECT act, subject_id FROM audit_entry WHERE act LIKE 'pack_%'")
    assert acts[1:] == [
        ("pack_installed", f"national-{version}"),
        ("pack_rolled_back", "national-bundled"),
    ]


def content(folder: Path, title: str, first_day: str) -> Path:
    """Return the program's own data, with a birth registration of its own from a day on."""
    shutil.copytree(program_data() / "forms", folder / "forms")
    for kind, item, (old, new) in (
        ("templates", FORM, (f"title: {TITLE}", f"title: {title}")),
        ("procedures", PROCEDURE, ("", "")),
    ):
        (before,) = (folder / "forms" / kind / item).glob("*.yaml")
        text = before.read_text(encoding="utf-8")
        first, last = day_of(first_day), day_of(first_day) - timedelta(days=1)
        later = re.sub(r"^valid_to: .*$", "", text, count=1, flags=re.M)
        later = re.sub(r"^valid_from: .*$", f"valid_from: {first}", later, count=1, flags=re.M)
        later = re.sub(r"^version: .*$", f'version: "{first}"', later, count=1, flags=re.M).replace(old, new)
        before.with_name(f"{first}.yaml").write_text(later, encoding="utf-8")
        ended = re.sub(r"^valid_to: .*$", f"valid_to: {last}", text, count=1, flags=re.M)
        before.write_text(ended, encoding="utf-8")
    return folder


def printed_title(counter: Counter) -> str:
    text = squeezed(all_text(print_paper(counter.desk, counter.received, f"form:{FORM}").pdf))
    known = [
        title for title in (TITLE, "TỜ KHAI KHAI SINH MẪU 2027", "TỜ KHAI GIẢ") if squeezed(title) in text
    ]
    (title,) = known
    return squeezed(title)


def day_of(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
