"""The screen of lists: left the dossiers, right who takes them and past lists; F9 saves and prints."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from counter_app.domain.dossier_life import Holder
from counter_app.domain.errors import BadInput
from counter_app.i18n import _
from counter_app.services.transfer_lists import THE_POST
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.lists import words
from counter_app.ui.lists.presenter import ListsPresenter
from counter_app.ui.lists.tasks import WORDS, ListTask
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.flow_row import FlowRow
from counter_app.ui.widgets.labels import ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, clear, column, row
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import TextField, commit_composition
from counter_app.ui.widgets.tick_field import TickField
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

if TYPE_CHECKING:
    from counter_app.domain.transfer_list import ListSummary
    from counter_app.services.list_candidates import Candidate

_PAST = 20
_WIDEST_ENTRY = 340


def _is_code(text: str) -> bool:
    from counter_app.domain.dossier_code import parse_code

    try:
        parse_code(text)
    except BadInput:
        return False
    return True


class ListsScreen(Screen):
    """Requests: ``kind`` (hand_over, postal, results) and ``dossier_ids``."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = ListsPresenter(workspace)
        self.presenter.changed = self._show
        self.task = OptionsField(
            _("Việc theo danh sách"), [(task.value, _(WORDS[task].name)) for task in ListTask]
        )
        self.task.edited.connect(self._task_chosen)
        self._about = WrapLabel(tone="muted", type="small")
        self.code = TextField(
            _("Mã hồ sơ"), placeholder=_("Quét giấy hẹn, hoặc gõ mã hồ sơ rồi Enter"), max_length=60
        )
        self.code.accepted.connect(self._code_typed)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._none = PlainLabel(
            _("Chưa có hồ sơ nào. Quét giấy hẹn để đưa hồ sơ vào danh sách."), tone="muted", wrap=True
        )
        self.entries: dict[str, TextField] = {}
        self._shown: tuple[object, ...] = ()
        self._begun = 0
        self._lay_out()
        self._bind_keys()
        workspace.operations.data_changed.connect(self._data_changed)
        self._show()

    def _lay_out(self) -> None:
        left = QWidget()
        left.setLayout(column(self._none, self._rows, None, margins=(0, 0, 6, 8)))
        self.to = ListField(_("Giao cho"), (), free=True)
        self.agency = TickField(_("Là cơ quan, không phải công chức của xã"), _("Cơ quan khác"))
        self.note = TextField(_("Ghi chú của danh sách"), placeholder=_("Ghi chú (nếu có)"), max_length=300)
        self.to.accepted.connect(self._taker_entered)
        self.to.edited.connect(self._taker_is_asked)
        self.to.left.connect(self._show_beginning)
        self._no_taker = WrapLabel(_("Chưa ghi giao cho ai"), tone="bad", type="small")
        self._no_taker.hide()
        self._taker = Card(_("Giao cho"))
        for widget in (self.to, self._no_taker, self.agency, self.note):
            self._taker.body.addWidget(widget)
        self._past = Card(_("Danh sách đã lập"))
        self._past_lines = column(spacing=8)
        self._past.body.addLayout(self._past_lines)
        self._correcting = WrapLabel(
            _(
                "Danh sách đã in hoặc đã ký thì không hoàn tác. Giao nhầm: lập danh sách mới, giao lại cho "
                "đúng người."
            ),
            tone="muted",
            type="small",
        )
        self._past.body.addWidget(self._correcting)
        right = QWidget()
        right.setLayout(column(self._taker, self._past, None, spacing=10, margins=(0, 0, 6, 8)))
        head = column(PlainLabel(self.title(), type="title"), self.task, margins=(16, 12, 16, 0), spacing=8)
        about = row(self._about, margins=(16, 4, 16, 6))
        self._left, self._right = Scroll(left), Scroll(right)
        sides = row(column(self.code, self._left, spacing=8), self._right, margins=(16, 0, 10, 0), spacing=14)
        sides.setStretch(0, 3)
        sides.setStretch(1, 2)
        self._words = WrapLabel()
        self.go_on = Button(_("Bỏ ra và lập danh sách"), clicked=self.save)
        self.heed = Button(_("Để xem lại"), clicked=self.presenter.heed)
        self.receive = primary_button("", key="F9", clicked=self.save)
        self._bar = action_bar(self._words, self.heed, self.go_on, self.receive)
        bar = self._bar.layout()
        if bar is not None:
            bar.setStretch(0, 1)  # type: ignore[attr-defined]
        layout = column(head, about, sides, self._bar, spacing=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _bind_keys(self) -> None:
        shortcut = QShortcut(QKeySequence("F9"), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.save)
        for number, task in enumerate(ListTask, start=1):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self)
            keys.activated.connect(partial(self._begin, task))

    # --- Screen

    def title(self) -> str:
        """Return the screen's name."""
        return _("Danh sách giao nhận")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp("Alt 1 2 3", _("Bàn giao, gửi bưu chính, nhận kết quả")),
            KeyHelp("Enter", _("Đưa hồ sơ vừa gõ mã vào danh sách")),
            KeyHelp("F9", _("Lưu và in danh sách")),
        )

    def opened(self, **request: object) -> None:
        """Start a list with the dossiers another screen chose."""
        kind, ids = request.get("kind"), request.get("dossier_ids")
        if isinstance(kind, str) and kind in set(ListTask):
            chosen = [each for each in ids if isinstance(each, str)] if isinstance(ids, list | tuple) else []
            self.presenter.begin(ListTask(kind), chosen)
        else:
            self.presenter.load()
        (self.to if self.presenter.state.rows and not self._taker.isHidden() else self.code).setFocus()

    def take_raw_scan(self, data: str | bytes) -> bool:
        """Take the code of a postal item beside the dossier scanned before it."""
        from counter_app.ui.lists.item_code import item_code

        code = item_code(data)
        return bool(code) and self.presenter.take_item_code(code)

    def take_scan(self, scan: object) -> bool:
        """Put a scanned slip on the list."""
        from counter_app.domain.scan import Scan, ScanKind

        if not isinstance(scan, Scan) or scan.kind is not ScanKind.DOSSIER_CODE or not scan.dossier_code:
            return False
        self.presenter.add_code(scan.dossier_code)
        return True

    def escape(self) -> bool:
        """Take the question back."""
        if self.presenter.state.asked:
            self.presenter.heed()
            return True
        return False

    # --- Acts

    def save(self) -> None:
        """F9; goes to what is lacking when it cannot be done yet."""
        commit_composition()
        self._take_code_from_taker()
        if not self.presenter.state.rows:
            self.code.setFocus()
        elif self._taker_wanted() and not self._taker_name():
            self.to.set_state("missing")
            self._no_taker.show()
            self.to.setFocus()
        else:
            self.presenter.save(self._holder(), str(self.note.value()))

    def _holder(self) -> Holder | None:
        name = self._taker_name()
        return Holder(name=name, agency=self.agency.isChecked()) if name else None

    def _taker_name(self) -> str:
        return str(self.to.value() or "").strip()

    def _taker_entered(self) -> None:
        if not self._take_code_from_taker():
            self.note.setFocus()

    def _take_code_from_taker(self) -> bool:
        """Put a dossier code typed where the taker belongs on the list: nobody is called like that."""
        code = self._taker_name()
        if not _is_code(code):
            return False
        self.to.set_value("")
        self.presenter.add_code(code)
        return True

    def _taker_wanted(self) -> bool:
        return self.presenter.state.task is ListTask.HAND_OVER

    def _task_chosen(self) -> None:
        self._begin(ListTask(str(self.task.value())))

    def _begin(self, task: ListTask) -> None:
        kept = [each.dossier_id for each in self.presenter.state.rows]
        self.presenter.begin(task, kept)
        self.code.setFocus()

    def _code_typed(self) -> None:
        code = str(self.code.value())
        if code:
            self.code.clear()
            self.presenter.add_code(code)

    def _acknowledge(self, made: ListSummary) -> None:
        self.presenter.acknowledge(made.list_id, made.to.name)

    def _save_pdf(self, made: ListSummary) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        target = str(Path(folder) / f"danh-sach-{made.number:02d}.pdf")
        chosen = QFileDialog.getSaveFileName(self, _("Lưu PDF"), target, "PDF (*.pdf)")[0]
        if chosen:
            self.presenter.save_pdf(made.list_id, Path(chosen))

    def _data_changed(self) -> None:
        if self.isVisible() and not self.presenter.state.busy:
            self.presenter.load()

    # --- Showing

    def _show(self) -> None:
        state = self.presenter.state
        texts = WORDS[state.task]
        self.task.set_value(state.task.value)
        self._about.setText(_(texts.about))
        self._taker.setVisible(state.task is not ListTask.RESULTS)
        self.agency.setVisible(state.task is ListTask.HAND_OVER)
        self.receive.set_text(_(texts.save))
        self.receive.setEnabled(bool(state.good) and not state.busy)
        self.receive.setVisible(not state.asked)
        self.go_on.setVisible(state.asked)
        self.heed.setVisible(state.asked)
        self._words.setText(self._foot_words())
        self._words.set_tone("warn" if state.refused else "muted")
        self._none.setVisible(not state.rows)
        self._begin_anew()
        self._show_takers()
        self._show_rows()
        self._show_past()
        if state.asked:
            self.heed.setFocus()

    def _foot_words(self) -> str:
        state = self.presenter.state
        if not state.rows:
            return ""
        text = _("{count} hồ sơ").format(count=state.good)
        if state.refused:
            codes = ", ".join(each.dossier_code for each in state.refused[:3])
            text += " · " + _("{count} hồ sơ không đưa vào được: {codes}").format(
                count=len(state.refused), codes=codes
            )
        return text

    def _begin_anew(self) -> None:
        """Ask anew who takes the list: the last one's taker must not slip into the next."""
        begun = self.presenter.state.begun
        if begun != self._begun:
            self._begun = begun
            self.note.clear()
            self.agency.setChecked(False)
            self.to.set_value("")
            self._taker_is_asked()
        line = self.to.lineEdit()
        if line is not None:
            postal = self.presenter.state.task is ListTask.POSTAL
            line.setPlaceholderText(THE_POST.name if postal else _("Công chức hoặc cơ quan nhận"))

    def _show_takers(self) -> None:
        takers = self.presenter.state.takers
        known = [self.to.itemText(index) for index in range(self.to.count())]
        names = [taker.name for taker in takers]
        if names == known:
            return
        typed = self._taker_name()
        replaced = ListField(_("Giao cho"), [(name, name) for name in names], free=True)
        replaced.accepted.connect(self._taker_entered)
        agencies = {taker.name: taker.agency for taker in takers}
        replaced.edited.connect(lambda: self._taker_chosen(agencies))
        for done in (replaced.activated, replaced.left):
            done.connect(self._show_beginning)
        had_focus = self.to.hasFocus()
        self._taker.body.replaceWidget(self.to, replaced)
        self.to.hide()
        self.to.deleteLater()
        self.to = replaced
        if typed:
            self.to.set_value(typed)
        if had_focus:
            self.to.setFocus()
        self._begin_anew()

    def _show_beginning(self) -> None:
        """Show how a taker longer than the field begins: by that it is known."""
        line = self.to.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _taker_is_asked(self) -> None:
        self.to.set_state("")
        self._no_taker.hide()

    def _taker_chosen(self, agencies: dict[str, bool]) -> None:
        self._taker_is_asked()
        name = self._taker_name()
        if name in agencies:
            self.agency.setChecked(agencies[name])

    def _show_rows(self) -> None:
        state = self.presenter.state
        key = (state.task, *(row.dossier_id for row in state.rows))
        if key != self._shown:
            self._shown = key
            clear(self._rows)
            self.entries = {}
            for each in state.refused:
                self._rows.addWidget(self._row(0, each))
            going = (each for each in state.rows if each.problem is None)
            for number, each in enumerate(going, start=1):
                self._rows.addWidget(self._row(number, each))
        for dossier_id, field in self.entries.items():
            field.set_value(state.entries.get(dossier_id, ""))

    def _row(self, number: int, each: Candidate) -> Card:
        card = Card()
        problem, remark = words.problem_text(each), words.remark_text(each)
        if problem:
            card.setProperty("frame", "warn")
        code = PlainLabel(f"{number}. {each.dossier_code}" if number else each.dossier_code, type="strong")
        entry = TextField(
            f"{_(WORDS[self.presenter.state.task].entry)}: {each.dossier_code}",
            placeholder=_(WORDS[self.presenter.state.task].entry),
            max_length=100,
        )
        entry.edited.connect(lambda: self.presenter.enter(each.dossier_id, str(entry.value())))
        entry.accepted.connect(self.code.setFocus)
        entry.setVisible(not problem)
        if not problem:
            self.entries[each.dossier_id] = entry
        off = Button(_("Bỏ ra"), variant="link", clicked=partial(self.presenter.remove, each.dossier_id))
        off.setAccessibleName(_("Bỏ ra khỏi danh sách: {code}").format(code=each.dossier_code))
        entry.setMaximumWidth(_WIDEST_ENTRY)
        line = row(code, None, entry, off, spacing=10)
        line.setStretch(2, 4)
        card.body.addLayout(line)
        card.body.addWidget(ElidedLabel(each.person))
        card.body.addWidget(ElidedLabel(words.detail_text(each), tone="muted", type="small"))
        if problem or remark:
            card.body.addWidget(WrapLabel(problem or remark, tone="bad" if problem else "warn", type="small"))
        return card

    def _show_past(self) -> None:
        past = self.presenter.state.past[:_PAST]
        clear(self._past_lines)
        self._past.setVisible(bool(past))
        self._correcting.setVisible(self._taker_wanted())
        for made in past:
            self._past_lines.addWidget(self._past_line(made))

    def _past_line(self, made: ListSummary) -> QWidget:
        name = words.list_name(made)
        acts = FlowRow()
        buttons = [(_("In lại"), partial(self.presenter.print_list, made.list_id))]
        if made.kind.value == ListTask.POSTAL.value:
            buttons.append((_("In nhãn"), partial(self.presenter.print_list, made.list_id, labels=True)))
        buttons.append((_("Lưu PDF…"), partial(self._save_pdf, made)))
        if made.acknowledged_at is None:
            buttons.append((_("Đã ký nhận"), partial(self._acknowledge, made)))
        if made.list_id in self.presenter.state.undoable:
            buttons.append((_("Hoàn tác cả danh sách"), partial(self.presenter.undo_list, made.list_id)))
        for text, act in buttons:
            button = Button(text, variant="link", clicked=act)
            button.setAccessibleName(f"{text}: {name}")
            acts.addWidget(button)
        line = QWidget()
        detail = WrapLabel(words.list_detail(made), tone="muted", type="small")
        line.setLayout(column(ElidedLabel(name, type="strong"), detail, acts, spacing=1))
        return line
