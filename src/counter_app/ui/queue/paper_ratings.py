"""The rating sheets from the box, entered at once; and the empty sheet to print."""

from functools import partial

from counter_app.domain.errors import BadInput
from counter_app.domain.rating import SCORE_WORDS, Score
from counter_app.i18n import _
from counter_app.services.paper_content import PaperSize
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, column, row
from counter_app.ui.widgets.text_field import NumberField
from counter_app.ui.workspace import Notice, Workspace

SHEET_FILE = "phieu-danh-gia.pdf"


class PaperRatings(Card):
    """Three numbers of today's sheets; nothing says who filled one in."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("Phiếu đánh giá bằng giấy"))
        self._workspace = workspace
        self.fields = {score: NumberField(_(words)) for score, words in SCORE_WORDS.items()}
        for score, field in self.fields.items():
            field.setMaximumWidth(70)
            field.accepted.connect(partial(self._next, score))
            name = PlainLabel(_(SCORE_WORDS[score]))
            line = row(name, field)
            line.setStretchFactor(name, 1)
            self.body.addLayout(line)
        self.enter = Button(_("Ghi số phiếu"), clicked=self.take)
        self.print_sheet = Button(_("In phiếu trống"), variant="link", clicked=self._print)
        self.body.addLayout(column(row(self.enter, None, self.print_sheet), spacing=6))

    def take(self) -> None:
        """Enter the numbers; empty ones count nothing."""
        from counter_app.services.rate_service import MAX_PAPERS, enter_paper_ratings

        desk, shell = self._workspace.desk, self._workspace.shell
        counts: dict[str, int] = {}
        for score, field in self.fields.items():
            number = field.value()
            if number is None:
                continue
            if not isinstance(number, int):
                shell.show_error(BadInput("bad_rating_count", limit=MAX_PAPERS))
                field.setFocus()
                return
            counts[score.value] = number
        if not any(counts.values()):
            shell.notify(Notice(text=_("Hãy ghi số phiếu trong hòm theo từng mức.")))
            return

        def done(total: int) -> None:
            for field in self.fields.values():
                field.set_value(None)
            shell.notify(Notice(text=_("Đã ghi {count} phiếu đánh giá.").format(count=total), tone="ok"))

        self._workspace.operations.run_command(lambda: enter_paper_ratings(desk, counts), done=done)

    def _next(self, score: Score) -> None:
        order = list(self.fields)
        place = order.index(score) + 1
        if place < len(order):
            self.fields[order[place]].setFocus()
        else:
            self.enter.setFocus()

    def _print(self) -> None:
        from counter_app.services.rating_sheet import rating_sheet_pdf

        desk, shell = self._workspace.desk, self._workspace.shell

        def work() -> None:
            desk.printer.print_pdf(
                rating_sheet_pdf(desk),
                printer_name=desk.settings.printer_name,
                size=PaperSize.A4,
                title=SHEET_FILE,
            )

        self._workspace.operations.run_command(
            work,
            done=lambda _none: shell.notify(Notice(text=_("Đã in phiếu đánh giá."), tone="ok")),
            changes=False,
        )
