"""The catalogue: procedures on the left, one of them on the right, and what can be done with it."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QWidget

from counter_app.i18n import _
from counter_app.services.procedure_overview import Trait, narrowed, sector_counts, trait_counts
from counter_app.ui.procedures import words
from counter_app.ui.procedures.filters import Filters
from counter_app.ui.procedures.paper_acts import PaperActs
from counter_app.ui.procedures.presenter import ProceduresPresenter
from counter_app.ui.procedures.procedure_list import procedure_view
from counter_app.ui.procedures.procedure_page import ProcedurePage
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, column, row
from counter_app.ui.widgets.tick_field import TickField
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

_SEARCH_AFTER_MS = 60
_SIDE_WIDTH = 372


class ProceduresScreen(Screen):
    """Opened with ``procedure_id``, ``trait`` (a `Trait`'s value) and ``on`` (a date), all optional."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = ProceduresPresenter(workspace)
        self._choosing = True  # whether a changed line is the clerk's choice
        self.papers = PaperActs(workspace)
        self.filters = Filters(self.presenter.today())
        self.list, self.model = procedure_view(_("Thủ tục"), workspace.theme)
        self._count = PlainLabel(type="small", tone="muted")
        self.page = ProcedurePage(workspace, self.presenter, self.go_to)
        self._scroll = Scroll(self.page)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(_("Nội dung thủ tục"))
        none = EmptyState(
            "procedures", _("Không có thủ tục nào khớp"), _("Thử ít chữ hơn, hoặc bỏ bớt bộ lọc.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(none)
        self._day_text = PlainLabel(wrap=True, bold=True)
        back = Button(_("Về hôm nay"), clicked=partial(self.look_at, None))
        self.day_mark = _strip(self._day_text, back)
        self._problem_text = PlainLabel(type="small", wrap=True, selectable=True)
        self.problems = _strip(self._problem_text)
        self._make_bar()
        right = column(self.day_mark, self._stack, spacing=10)
        right.setStretchFactor(self._stack, 1)
        body = row(self._side(), right, margins=(16, 14, 12, 12), spacing=12)
        body.setStretchFactor(right, 1)
        whole = column(body, self.bar, spacing=0)
        whole.setStretchFactor(body, 1)
        self.setLayout(whole)
        self._timer = QTimer(self, interval=_SEARCH_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.refresh)
        self._connect()

    def _side(self) -> QWidget:
        left = Card()
        left.body.addWidget(self.filters)
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self.problems)
        side = QWidget()
        head = row(PlainLabel(self.title(), type="title"), None, self._count)
        side.setLayout(column(head, left, spacing=10))
        side.setFixedWidth(_SIDE_WIDTH)
        return side

    def _make_bar(self) -> None:
        shell = self.workspace.shell
        posting = Button(_("In niêm yết…"), clicked=partial(shell.open_screen, "posting"))
        data = Button(_("Dữ liệu thủ tục…"), clicked=partial(shell.open_screen, "data_packs"))
        self.all_cases = TickField(_("In mọi trường hợp"), _("Mọi trường hợp"))
        self.save = Button(_("Lưu PDF…"), clicked=self._ask_where)
        self.print = Button(_("In giấy hướng dẫn"), key="Ctrl P", clicked=self.reprint)
        self.receive = primary_button(_("Tiếp nhận"), key="F9", clicked=self.start_intake)
        self.bar = action_bar(posting, data, None, self.all_cases, self.save, self.print, self.receive)

    def _connect(self) -> None:
        self.filters.edited.connect(self._timer.start)
        self.filters.day_chosen.connect(self.look_at)
        self.filters.search.accepted.connect(self._into_list)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.workspace.operations.data_changed.connect(self._data_changed)
        key = QShortcut(QKeySequence("F9"), self)
        key.setAutoRepeat(False)
        key.activated.connect(self.start_intake)

    def title(self) -> str:
        """Return the screen's name."""
        return _("Thủ tục")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp(_("Chữ"), _("Tìm theo tên, chữ đầu hoặc mã quốc gia")),
            KeyHelp("Enter", _("Vào danh sách")),
            KeyHelp("↑ ↓", _("Chọn thủ tục")),
            KeyHelp("Ctrl P", _("In giấy hướng dẫn")),
            KeyHelp("F9", _("Tiếp nhận thủ tục này")),
        )

    def opened(self, **request: object) -> None:
        """Show the list, and what the request names."""
        wanted, trait, on = request.get("procedure_id"), request.get("trait"), request.get("on")
        if wanted or trait:
            self.filters.choose_trait(Trait(str(trait)) if trait else None)
        if isinstance(on, date):
            self.presenter.look_at(on)
        self.refresh()
        if wanted:
            self.go_to(str(wanted), "")
        self.filters.search.setFocus()

    def escape(self) -> bool:
        """Put the question about an expired procedure away, then empty the search, then go back to today."""
        if self.page.override.isVisible():
            self.page.override.cancel.click()
        elif self.filters.search.text() or self.filters.narrowing()[1:] != (None, ""):
            self.filters.clear_narrowing()
            self.refresh()
        elif not self.presenter.is_today:
            self.look_at(None)
        else:
            return False
        return True

    def reprint(self) -> bool:
        """Print the instruction sheet of the case on show, or of all cases."""
        if self.page.procedure is None or not self.print.isEnabled():
            return False
        name = self._file_name()
        self.papers.print_sheet(self._instruction(), name, _("Đã in giấy hướng dẫn."))
        return True

    def start_intake(self) -> None:
        """Receive the procedure on show."""
        if self.page.procedure is not None and self.receive.isEnabled():
            self.workspace.shell.open_screen("intake", procedure_id=self.page.procedure.procedure_id)

    def look_at(self, on: date | None) -> None:
        """Show the catalogue of another day; None is today, whatever day that is."""
        before = self.presenter.on
        self.presenter.look_at(on)
        if self.presenter.on != before:
            self.refresh()
        self._show_day()

    def catalogue_changed(self) -> None:
        """Show what counts now: a pack came or went, or a new day began."""
        self.refresh()

    def go_to(self, procedure_id: str, version: str) -> None:
        """Show a procedure, in the version named or in the one of the day."""
        line = self.model.line_of(procedure_id)
        self._choosing = False
        self.list.setCurrentIndex(self.model.index(line))
        self._choosing = True
        procedure = self.presenter.version(procedure_id, version)
        if procedure is not None:
            self._stack.setCurrentIndex(0)
            self.page.show_procedure(procedure)
            self._scroll.verticalScrollBar().setValue(0)
        self._show_acts()

    def refresh(self) -> None:
        """Look again, keeping the procedure on show while it is still in the list."""
        everything = self.presenter.everything()
        in_force = narrowed(everything)
        text, trait, sector = self.filters.narrowing()
        self.filters.show_counts(sector_counts(in_force), trait_counts(everything), len(in_force))
        found = self.presenter.find(text, trait=trait, sector=sector)
        before = self.page.procedure.procedure_id if self.page.procedure is not None else ""
        self._choosing = False
        self.model.show_rows(found)
        self._choosing = True
        keep = self.model.line_of(before) if not text.strip() else -1
        self._stack.setCurrentIndex(0 if found else 1)
        if found:
            self.go_to(found[max(keep, 0)].procedure.procedure_id, "")
            self.list.scrollTo(self.list.currentIndex())
        else:
            self.page.procedure = None
            self._show_acts()
        self._count.setText(_("{count} thủ tục").format(count=len(found)))
        self._show_day()
        problems = self.presenter.problems()
        self.problems.setVisible(bool(problems))
        self._problem_text.setText(_("Dữ liệu có lỗi:") + "\n" + "\n".join(problems))

    def _show_day(self) -> None:
        on, is_today = self.presenter.on, self.presenter.is_today
        self.filters.show_day(on, is_today=is_today)
        self.day_mark.setVisible(not is_today)
        self._day_text.setText(
            _("Đang xem ngày {day}, không phải hôm nay. Chỉ để xem trước: tiếp nhận theo hôm nay.").format(
                day=words.day(on)
            )
        )

    def _show_acts(self) -> None:
        procedure = self.page.procedure
        in_force = procedure is not None and procedure.in_force(self.presenter.on)
        standing = self.presenter.standing(procedure) if procedure is not None else None
        for button in (self.save, self.print):
            button.setEnabled(in_force)
        self.all_cases.setVisible(procedure is not None and len(procedure.cases) > 1)
        self.receive.setEnabled(standing is not None and standing.receivable)

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        if self._choosing and 0 <= index.row() < len(self.model.rows):
            self.go_to(self.model.rows[index.row()].procedure.procedure_id, "")

    def _into_list(self) -> None:
        self._timer.stop()
        self.refresh()
        self.list.setFocus()

    def _instruction(self) -> "partial[bytes]":
        from counter_app.services.catalogue_papers import instruction_paper

        procedure, case = self.page.procedure, self.page.case
        case_id = case.case_id if case is not None and not self.all_cases.isChecked() else ""
        procedure_id = procedure.procedure_id if procedure is not None else ""
        return partial(instruction_paper, self.workspace.desk, procedure_id, self.presenter.on, case_id)

    def _file_name(self) -> str:
        procedure = self.page.procedure
        return f"huong-dan-{procedure.procedure_id if procedure is not None else ''}.pdf"

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        target = str(Path(folder) / self._file_name())
        chosen = QFileDialog.getSaveFileName(self, _("Lưu PDF"), target, "PDF (*.pdf)")[0]
        if chosen:
            self.papers.save_sheet(self._instruction(), Path(chosen))

    def _data_changed(self) -> None:
        if self.isVisible():
            self.refresh()


def _strip(text: PlainLabel, *buttons: Button) -> QFrame:
    """Return an amber strip with words and buttons, hidden."""
    strip = QFrame()
    strip.setProperty("frame", "warn")
    line = row(text, *buttons, margins=(12, 6, 8, 6), spacing=10)
    line.setStretchFactor(text, 1)
    strip.setLayout(line)
    strip.hide()
    return strip
