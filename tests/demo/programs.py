"""The two real programs, run as an administrator runs them; every command is written down with its answer."""

import json
import os
import shlex
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from counter_server.database.embedded import EmbeddedPostgres

_STARTS_WITHIN_S = 60
_STOPS_WITHIN_S = 30
# Nothing of the demo may stay in the key store of whoever runs it.
_KEYS = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


class Unexpected(Exception):
    """A program did not answer as the story needs it; the text says which and what it said."""


@dataclass
class Programs:
    """Runs `counter-app` and `counter-server`; `log` keeps what was typed and what was answered."""

    log: Path
    server_dir: Path
    typed: int = 0
    _url: str = ""
    _held: ExitStack = field(default_factory=ExitStack, repr=False)
    _serving: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def server(self, *words: str, code: int = 0, env: Mapping[str, str] | None = None) -> str:
        """Run one command of the server's operator beside it; return what it printed."""
        done = self._run("counter_server", *words, "--data-dir", str(self.server_dir), env=env)
        self._expect(done, code)
        return (done.stdout if code == 0 else done.stderr).strip()

    def app(self, data_dir: Path, *words: str, code: int = 0) -> Any:
        """Run one command of a counter; return its JSON answer, or the error of a refused one."""
        done = self._run("counter_app", "--data-dir", str(data_dir), "--json", *words)
        self._expect(done, code)
        if done.stdout.strip():
            return json.loads(done.stdout)
        return json.loads(done.stderr.splitlines()[-1])["error"]

    def serve(self, port: int) -> None:
        """Start the server and wait until it says it is well."""
        words = ("serve", "--port", str(port), "--plain-http", "--data-dir", str(self.server_dir))
        self._write(f"$ counter-server {shlex.join(words)}\n")
        with (self.log.parent / "server.log").open("wb") as output:
            self._serving = subprocess.Popen(
                [sys.executable, "-m", "counter_server", *words], stdout=output, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + _STARTS_WITHIN_S
        while not _healthy(port):
            if self._serving.poll() is not None or time.monotonic() > until:
                raise Unexpected("the server did not start; see server.log")
            time.sleep(0.1)

    def database_url(self) -> str:
        """Return the address of the database the server runs in its folder; it runs until `stop`."""
        if not self._url:
            self._url = self._held.enter_context(EmbeddedPostgres(self.server_dir / "postgres"))
        return self._url

    def stop(self) -> int:
        """Stop the server gracefully; return its exit code, 0 when it was not running."""
        serving, self._serving = self._serving, None
        with self._held:
            if serving is None:
                return 0
            serving.terminate()
            try:
                return serving.wait(_STOPS_WITHIN_S)
            except subprocess.TimeoutExpired:
                serving.kill()
                return serving.wait()

    def _run(
        self, module: str, *words: str, env: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        self.typed += 1
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **_KEYS, **(env or {})},
            check=False,
        )
        name = module.replace("_", "-")
        self._write(f"$ {name} {shlex.join(words)}\n{done.stdout}{done.stderr}[{done.returncode}]\n\n")
        return done

    def _expect(self, done: "subprocess.CompletedProcess[str]", code: int) -> None:
        if done.returncode != code:
            words = shlex.join(map(str, done.args[2:]))
            raise Unexpected(f"{words}: exit code {done.returncode} instead of {code}\n{done.stderr}")

    def _write(self, text: str) -> None:
        with self.log.open("a", encoding="utf-8") as file:
            file.write(text)


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
