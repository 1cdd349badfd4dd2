"""Reads a call aloud with what the operating system brings; nothing is bundled and nothing is needed.

Linux: spd-say or espeak-ng. Windows: the speech of .NET through PowerShell. Texts go in as one
argument or through standard input, never through a shell.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass

_SPEAK_STDIN = (
    "$ErrorActionPreference='SilentlyContinue';[Console]::InputEncoding=[Text.Encoding]::UTF8;"
    "Add-Type -AssemblyName System.Speech;"
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)


@dataclass(frozen=True, slots=True)
class SystemVoice:
    """A program that speaks. ``name`` is shown in the settings."""

    name: str
    command: tuple[str, ...]
    by_stdin: bool = False

    def say(self, text: str) -> None:
        """Speak in the background; a voice that fails stays silent, the screen shows the number."""
        words = () if self.by_stdin else (text,)
        try:
            process = subprocess.Popen(  # noqa: S603 - a fixed program, the text is no option
                [*self.command, *words],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            if process.stdin is not None:
                process.stdin.write(text.encode() if self.by_stdin else b"")
                process.stdin.close()
        except OSError:
            return
        _running.append(process)
        _running[:] = [each for each in _running if each.poll() is None]


# Kept until they end: a process nobody waits for would be reported as left behind.
_running: list["subprocess.Popen[bytes]"] = []


def find_voice() -> SystemVoice | None:
    """Return the voice of this computer, None when it has none."""
    if sys.platform == "win32":
        shell = shutil.which("powershell")
        command = (shell or "", "-NoProfile", "-NonInteractive", "-Command", _SPEAK_STDIN)
        return SystemVoice("Windows", command, by_stdin=True) if shell else None
    for program, options in (("spd-say", ("-l", "vi", "--")), ("espeak-ng", ("-v", "vi", "--"))):
        found = shutil.which(program)
        if found:
            return SystemVoice(program, (found, *options))
    return None


def call_in_words(label: str, counter: int) -> str:
    """Return "Mời số A 0 1 2, đến quầy 1", digit by digit; always Vietnamese, as the hall speaks."""
    return f"Mời số {' '.join(label)}, đến quầy {counter}"
