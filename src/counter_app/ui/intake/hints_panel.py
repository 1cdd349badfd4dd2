"""What the empty screen teaches: the four steps of a visit with their keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.labels import KeyHint
from counter_app.ui.widgets.layouts import Card


class HintsPanel(Card):
    """Shown beside the picker while no procedure is chosen."""

    def __init__(self) -> None:
        super().__init__(_("Một lượt tiếp nhận"))
        steps = (
            (_("Quét thẻ"), _("Quét thẻ căn cước ở bất cứ đâu: người nộp hiện ra, kèm các hồ sơ trước.")),
            ("F3", _("Gõ vài chữ để tìm thủ tục, Enter để chọn.")),
            ("Enter", _("Trả lời từng mục còn thiếu; Enter nhận gợi ý và sang mục sau.")),
            ("F6", _("Đánh dấu giấy tờ đã nộp bằng phím cách.")),
            ("F9", _("Tiếp nhận và in. Hồ sơ được lưu chắc trước khi in.")),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for number, (key, words) in enumerate(steps):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(KeyHint(key), number, 0, top | Qt.AlignmentFlag.AlignRight)
            grid.addWidget(WrapLabel(words, type="small", tone="muted"), number, 1, top)
        self.body.addLayout(grid)
