"""The screens of this release: their names, icons and where their classes are.

Classes are imported when a screen is first opened; start-up pays for none of them.

Requests each screen understands (keyword arguments of `Shell.open_screen` and `Screen.opened`):
intake ``new="1"``, ``scan=Scan`` (a card or MRZ), ``draft_id``, ``procedure_id`` ·
intake too ``correct`` (the code of a received dossier), ``override_reason`` (an expired procedure) ·
dossier ``dossier_code`` · dossiers ``text`` ·
procedures ``procedure_id``, ``trait``, ``on`` (a date) · posting ``sector`` · data_packs ``file`` (a Path) ·
settings ``page`` · returns ``dossier_code`` · people and personal_data ``person_id`` (a personal id) ·
lists ``kind`` (hand_over, postal, results) and ``dossier_ids`` · reports ``page`` · work ``list`` ·
sync ``list`` · audit ``code``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from counter_app.domain.clerks import Permission
from counter_app.i18n import later
from counter_app.ui.workspace import Screen, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenEntry:
    """One screen. ``name`` is a Vietnamese source text; ``on_rail`` shows it in the left rail.

    A screen that is not on the rail lights up the one it ``belongs_to`` there. Whoever has not the
    permission it ``needs`` cannot open it.
    """

    screen_id: str
    name: str
    icon: str
    module: str
    class_name: str
    on_rail: bool = True
    at_foot: bool = False
    belongs_to: str = "dossiers"
    needs: Permission = Permission.VIEW

    def make(self, workspace: Workspace) -> Screen:
        """Import and create the screen."""
        factory: Callable[[Workspace], Screen] = getattr(import_module(self.module), self.class_name)
        return factory(workspace)


_UI = "counter_app.ui"

SCREENS: tuple[ScreenEntry, ...] = (
    ScreenEntry(
        screen_id="intake",
        name=later("Tiếp nhận"),
        icon="intake",
        module=f"{_UI}.intake.view",
        class_name="IntakeScreen",
        needs=Permission.RECEIVE,
    ),
    ScreenEntry(
        screen_id="work",
        name=later("Việc hôm nay"),
        icon="today",
        module=f"{_UI}.work.view",
        class_name="WorkScreen",
    ),
    ScreenEntry(
        screen_id="returns",
        name=later("Trả kết quả"),
        icon="returns",
        module=f"{_UI}.returns.view",
        class_name="ReturnsScreen",
        needs=Permission.RECEIVE,
    ),
    ScreenEntry(
        screen_id="dossiers",
        name=later("Tra cứu hồ sơ"),
        icon="dossiers",
        module=f"{_UI}.dossier_list.view",
        class_name="DossiersScreen",
    ),
    ScreenEntry(
        screen_id="procedures",
        name=later("Thủ tục"),
        icon="procedures",
        module=f"{_UI}.procedures.view",
        class_name="ProceduresScreen",
    ),
    ScreenEntry(
        screen_id="queue",
        name=later("Hàng chờ"),
        icon="queue",
        module=f"{_UI}.queue.view",
        class_name="QueueScreen",
        needs=Permission.RECEIVE,
    ),
    ScreenEntry(
        screen_id="reports",
        name=later("Báo cáo"),
        icon="reports",
        module=f"{_UI}.reports.view",
        class_name="ReportsScreen",
    ),
    ScreenEntry(
        screen_id="drafts",
        name=later("Bản nháp"),
        icon="drafts",
        module=f"{_UI}.drafts.view",
        class_name="DraftsScreen",
        needs=Permission.RECEIVE,
        on_rail=False,
        belongs_to="work",
    ),
    ScreenEntry(
        screen_id="people",
        name=later("Công dân"),
        icon="person",
        module=f"{_UI}.people.view",
        class_name="PeopleScreen",
        on_rail=False,
    ),
    ScreenEntry(
        screen_id="personal_data",
        name=later("Dữ liệu cá nhân"),
        icon="person",
        module=f"{_UI}.personal_data.view",
        class_name="PersonalDataScreen",
        on_rail=False,
        belongs_to="work",
    ),
    ScreenEntry(
        screen_id="lists",
        name=later("Danh sách giao nhận"),
        icon="dossiers",
        module=f"{_UI}.lists.view",
        class_name="ListsScreen",
        needs=Permission.RECEIVE,
        on_rail=False,
        belongs_to="work",
    ),
    ScreenEntry(
        screen_id="dossier",
        name=later("Hồ sơ"),
        icon="dossiers",
        module=f"{_UI}.dossier.view",
        class_name="DossierScreen",
        on_rail=False,
    ),
    ScreenEntry(
        screen_id="promise_changes",
        name=later("Phiếu hẹn phải báo lại"),
        icon="calendar",
        module=f"{_UI}.promise_changes.view",
        class_name="PromiseChangesScreen",
        on_rail=False,
    ),
    ScreenEntry(
        screen_id="posting",
        name=later("Niêm yết thủ tục"),
        icon="printer",
        module=f"{_UI}.procedures.posting_view",
        class_name="PostingScreen",
        on_rail=False,
        belongs_to="procedures",
    ),
    ScreenEntry(
        screen_id="data_packs",
        name=later("Dữ liệu thủ tục"),
        icon="procedures",
        module=f"{_UI}.data_packs.view",
        class_name="DataPacksScreen",
        on_rail=False,
        belongs_to="procedures",
    ),
    ScreenEntry(
        screen_id="shift",
        name=later("Ca làm việc"),
        icon="clerk",
        module=f"{_UI}.session.shift_view",
        class_name="ShiftScreen",
        on_rail=False,
        belongs_to="settings",
    ),
    ScreenEntry(
        screen_id="audit",
        name=later("Nhật ký"),
        icon="eye",
        module=f"{_UI}.audit.view",
        class_name="AuditScreen",
        on_rail=False,
        belongs_to="settings",
    ),
    ScreenEntry(
        screen_id="sync",
        name=later("Đồng bộ"),
        icon="sync",
        module=f"{_UI}.sync_status.view",
        class_name="SyncScreen",
        at_foot=True,
    ),
    ScreenEntry(
        screen_id="settings",
        name=later("Cài đặt"),
        icon="settings",
        module=f"{_UI}.settings.view",
        class_name="SettingsScreen",
        at_foot=True,
    ),
)


def entry(screen_id: str) -> ScreenEntry:
    """Return the entry of a screen; KeyError for a screen this release does not have."""
    for candidate in SCREENS:
        if candidate.screen_id == screen_id:
            return candidate
    raise KeyError(screen_id)
