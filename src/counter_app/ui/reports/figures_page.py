"""The page of figures: charts above, every table of the period below; and the page of ratings."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from counter_app.domain.rating import SCORE_WORDS, Score
from counter_app.i18n import _
from counter_app.services.list_export import ListTable
from counter_app.services.reports.day_tables import RATINGS_TITLE
from counter_app.ui.reports.periods import gathered
from counter_app.ui.reports.reading import AHEAD_DAYS, FiguresRead
from counter_app.ui.reports.tables import figure_card
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.charts import BarChart, Chart, Series, Share, ShareChart
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, clear, column, row


class FiguresPage(QWidget):
    """Charts and tables of a period."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.by_day = BarChart(theme, _("Tiếp nhận và trả kết quả"))
        self.due_load = BarChart(theme, _("Hồ sơ đến hẹn"))
        self.on_time = ShareChart(theme, _("Giải quyết đúng hạn"))
        self._rate = PlainLabel(type="display")
        self._charts = QGridLayout()
        self._charts.setSpacing(12)
        self._tables = QVBoxLayout()
        self._tables.setSpacing(12)
        inner = QWidget()
        inner.setLayout(column(self._charts, self._tables, None, margins=(16, 4, 16, 14), spacing=12))
        self.setLayout(column(Scroll(inner), spacing=0))
        on_time = _chart_card(_("Giải quyết đúng hạn (theo ngày hẹn đầu tiên)"), self.on_time)
        on_time.body.insertWidget(0, self._rate)
        self._cards = (
            _chart_card(_("Tiếp nhận và trả kết quả"), self.by_day),
            _chart_card(_("Hồ sơ đến hẹn trong {days} ngày tới").format(days=AHEAD_DAYS), self.due_load),
            on_time,
        )
        self._place()
        theme.changed.connect(self._place)

    def show_figures(self, read: FiguresRead) -> None:
        """Show a period."""
        sums = gathered(read.days, read.figures.period, read.today)
        received = Series(name=_("Tiếp nhận"), values=tuple(each[0] for each in sums.values()))
        returned = Series(name=_("Trả kết quả"), values=tuple(each[1] for each in sums.values()))
        self.by_day.show_bars(tuple(sums), (received, returned))
        days = [day for day in sorted(_ahead(read)) if read.due.get(day) or day.weekday() < 5]
        due = Series(name=_("Đến hẹn"), values=tuple(read.due.get(day, 0) for day in days))
        self.due_load.show_bars([f"{day:%d/%m}" for day in days], (due,))
        counted = read.figures.by_first
        self.on_time.show_shares(
            (
                Share(name=_("Trước hạn"), value=counted.early, look=0),
                Share(name=_("Đúng hạn"), value=counted.on_time, look=1),
                Share(name=_("Quá hạn"), value=counted.late, look=2),
            )
        )
        self._rate.setText("–" if counted.rate is None else f"{counted.rate * 100:.1f} %".replace(".", ","))
        show_tables(self._tables, [each for each in read.tables if each.title != RATINGS_TITLE])

    def _place(self) -> None:
        """Two charts side by side, one below another with large text."""
        wide = self._theme.text_scale < 150
        for place, card in enumerate(self._cards):
            line, at = divmod(place, 3) if wide else (place, 0)
            self._charts.addWidget(card, line, at)
        for at in range(3):
            self._charts.setColumnStretch(at, (2 if wide else 1) if not at else int(wide))


class RatingsPage(QWidget):
    """What citizens thought of the service in a period."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.shares = ShareChart(theme, _("Đánh giá của công dân"))
        self._rate = PlainLabel(type="display")
        self._none = PlainLabel(tone="muted", wrap=True)
        self._tables = QVBoxLayout()
        card = _chart_card(_("Đánh giá của công dân"), self.shares)
        card.body.insertWidget(0, self._rate)
        card.body.addWidget(self._none)
        inner = QWidget()
        inner.setLayout(column(card, self._tables, None, margins=(16, 4, 16, 14), spacing=12))
        self.setLayout(column(Scroll(inner), spacing=0))

    def show_figures(self, read: FiguresRead) -> None:
        """Show a period."""
        counts = {
            score: sum(each.count for each in read.figures.ratings if each.score is score) for score in Score
        }
        self.shares.show_shares(
            [Share(name=SCORE_WORDS[score], value=counts[score], look=at) for at, score in enumerate(Score)]
        )
        share = read.figures.satisfaction
        self._rate.setVisible(share is not None)
        if share is not None:
            said = f"{share * 100:.1f} %".replace(".", ",")
            self._rate.setText(_("{share} hài lòng trở lên").format(share=said))
        self._none.setText(_("Chưa có công dân nào đánh giá trong thời gian này."))
        self._none.setVisible(share is None)
        show_tables(self._tables, [each for each in read.tables if each.title == RATINGS_TITLE])


def show_tables(into: QVBoxLayout, tables: Sequence[ListTable]) -> None:
    """Show tables one below another, narrow ones in pairs."""
    clear(into)
    narrow = [each for each in tables if len(each.columns) <= 2]
    for first, second in zip(narrow[::2], [*narrow[1::2], None], strict=False):
        pair = row(figure_card(first), spacing=12)
        if second is not None:
            pair.addWidget(figure_card(second))
        into.addLayout(pair)
    for each in tables:
        if len(each.columns) > 2:
            into.addWidget(figure_card(each))


def _chart_card(title: str, chart: Chart) -> Card:
    card = Card(title)
    card.body.addWidget(chart)
    card.body.addStretch(1)
    return card


def _ahead(read: FiguresRead) -> list[date]:
    return [read.today + timedelta(days=step) for step in range(AHEAD_DAYS)]
