"""The web pages as whoever opens them reads them, as lines of text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

_SILENT = frozenset({"script", "style", "head", "svg", "select", "template"})
_LINES = frozenset({"p", "h1", "h2", "h3", "tr", "li", "dt", "section", "header", "form", "caption", "div"})


@dataclass
class Browser:
    """Goes from page to page as a browser without scripts does."""

    base: str
    _client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            base_url=self.base, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=True, timeout=30
        )

    def get(self, path: str) -> str:
        """Open a page; return its text."""
        return self._text(self._client.get(path))

    def post(self, path: str, **fields: str) -> str:
        """Send a form; `_` in a name stands for `-`. Return the text of the page that follows."""
        data = {name.replace("_", "-"): value for name, value in fields.items()}
        return self._text(self._client.post(path, data=data))

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def _text(self, answer: httpx.Response) -> str:
        reader = _Reader()
        reader.feed(answer.text)
        return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._lines: list[list[str]] = [[]]
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _LINES:
            self._lines.append([])

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and not self._silent:
            self._lines[-1].append(words)

    def text(self) -> str:
        """Return one line for each paragraph, row or heading."""
        return "\n".join(" | ".join(line) for line in self._lines if line)


def lines_beginning(text: str, *words: str) -> str:
    """Return the lines that begin with one of the words."""
    return "\n".join(line for line in text.splitlines() if line.startswith(words))
