"""Who and what takes part: two counters with their lines, the server, and where everything lies."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tests.demo.citizens import Errand
from tests.demo.line import Line
from tests.demo.programs import Programs
from tests.demo.server_view import ServerView
from tests.demo.story import Story

T = TypeVar("T")


@dataclass
class Received:
    """A dossier as the citizen holds it: its code, its slip, and what the slip's QR says once scanned."""

    code: str
    slip: Path
    errand: Errand


@dataclass
class Counter:
    """One counter: its data, its line, and what it received."""

    number: int
    folder: Path
    line: Line
    programs: Programs
    received: list[Received] = field(default_factory=list)

    def run(self, *words: str, code: int = 0) -> Any:
        """Run one command of this counter."""
        return self.programs.app(self.folder / "data", *words, code=code)

    def receive(self, errand: Errand) -> Received:
        """Receive a citizen and hand out the slip."""
        told = self.run(*errand.words(self.folder / "papers"))
        dossier = Received(told["dossier_code"], Path(told["slip"]), errand)
        self.received.append(dossier)
        return dossier

    def sync(self, *, code: int = 0) -> Any:
        """Exchange once; 4 is the exit code when the line was not there."""
        return self.run("sync", "--once", code=code)

    def show(self, dossier_code: str) -> Any:
        """Return a dossier as this counter has it."""
        return self.run("show", dossier_code)


@dataclass
class Cast:
    """Everybody."""

    out: Path
    work: Path
    port: int
    programs: Programs
    story: Story
    one: Counter
    two: Counter
    leader_password: str

    @property
    def view(self) -> ServerView:
        """The server's database, as long as the server runs."""
        return ServerView(self.programs.database_url())

    def server_json(self, *words: str) -> Any:
        """Run one command of the operator that answers with a JSON object."""
        return json.loads(self.programs.server(*words))

    @property
    def counters(self) -> tuple[Counter, Counter]:
        """Both."""
        return (self.one, self.two)

    def both(self, act: Callable[[Counter], T]) -> list[T]:
        """Let both counters do the same at once; return what came of it, counter 1 first."""
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(act, self.counters))

    @property
    def codes(self) -> list[str]:
        """Every code on a slip some citizen holds."""
        return [dossier.code for counter in self.counters for dossier in counter.received]
