"""How the dossier came and goes back: channel, result, copies, phone; quiet, with good defaults."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.domain.dossier import Channel, ReturnBy
from counter_app.i18n import _
from counter_app.services.visit import MAX_COPIES
from counter_app.ui.intake.question_row import label_width
from counter_app.ui.intake.state import IntakeState
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.choice_field import ComboField
from counter_app.ui.widgets.text_field import NumberField, TextField
from counter_app.ui.widgets.tick_field import TickField

if TYPE_CHECKING:
    from counter_app.ui.intake.presenter import IntakePresenter


class WayPanel(QWidget):
    """The facts every visit has, whatever its procedure."""

    def __init__(self, presenter: "IntakePresenter") -> None:
        super().__init__()
        self._presenter = presenter
        self.phone = TextField(
            _("Điện thoại người nộp"), max_length=20, placeholder=_("để báo khi có kết quả")
        )
        self.channel = ComboField(
            _("Cách nộp"),
            [
                (Channel.COUNTER.value, _("Trực tiếp")),
                (Channel.ONLINE.value, _("Trực tuyến")),
                (Channel.POSTAL.value, _("Bưu chính")),
            ],
        )
        self.return_by = ComboField(
            _("Nhận kết quả"),
            [(ReturnBy.COUNTER.value, _("Tại quầy")), (ReturnBy.POSTAL.value, _("Bưu chính"))],
        )
        self.copies = NumberField(_("Số bộ hồ sơ"))
        self.copies.setMaximumWidth(90)
        self.assisted = TickField(_("Công dân không viết"), _("Công dân không viết, cán bộ nhập giúp"))
        self._labels: list[WrapLabel] = []
        self._lay_out()
        self._listen()

    def follow_text_size(self) -> None:
        """Widen the labels' column with the text."""
        for label in self._labels:
            label.setFixedWidth(label_width(self))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for number, field in enumerate((self.phone, self.channel, self.return_by, self.copies)):
            label = WrapLabel(field.accessibleName())
            label.setFixedWidth(label_width(self))
            self._labels.append(label)
            grid.addWidget(label, number, 0)
            grid.addWidget(field, number, 1)
        grid.addWidget(self.assisted, 4, 0, 1, 2)

    def _listen(self) -> None:
        presenter = self._presenter
        self.phone.edited.connect(lambda: presenter.set_contact(str(self.phone.value())))
        self.channel.edited.connect(lambda: presenter.set_way(channel=Channel(str(self.channel.value()))))
        self.return_by.edited.connect(
            lambda: presenter.set_way(return_by=ReturnBy(str(self.return_by.value())))
        )
        self.copies.edited.connect(self._copies_edited)
        self.assisted.edited.connect(lambda: presenter.set_way(assisted=self.assisted.isChecked()))
        self.phone.accepted.connect(self.channel.setFocus)
        self.copies.accepted.connect(self.assisted.setFocus)

    def _copies_edited(self) -> None:
        value = self.copies.value()
        self._presenter.set_way(copies=value if isinstance(value, int) else 0)

    def show_state(self, state: IntakeState) -> None:
        """Show the visit's facts, leaving the field the clerk is in alone."""
        visit = state.visit
        self.phone.setEnabled(visit.applicant is not None)
        shown = (
            (self.phone, visit.applicant.phone if visit.applicant else ""),
            (self.channel, visit.channel.value),
            (self.return_by, visit.return_by.value),
            (self.copies, visit.copies or None),
            (self.assisted, visit.assisted),
        )
        for field, value in shown:
            if not field.hasFocus():
                field.set_value(value)
        self.copies.set_state("" if 1 <= visit.copies <= MAX_COPIES else "missing")

    def commit(self) -> None:
        """End a pre-edit of the input method."""
        self.phone.commit()
