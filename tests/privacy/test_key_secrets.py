"""Keys, codes and passphrases never reach a log, an error, a repr, a dump of the stack or a file."""

import faulthandler
import logging
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import PaperTray, make_desk
from tests.printing.paper_reading import codes, images

from counter_app.bootstrap import open_desk
from counter_app.domain.errors import KnownError
from counter_app.domain.recovery_code import RANDOM_BYTES, code_from, read_code
from counter_app.incident_files import IncidentFiles
from counter_app.services.keys.passphrase import set_passphrase
from counter_app.services.keys.recover import passphrase_is_right, recover_key, recovery_code_is_right
from counter_app.services.keys.rekey import order_change
from counter_app.services.keys.sheet import make_sheet, print_recovery_sheet
from counter_app.services.keys_port import WrapKind
from counter_app.storage import key_store, key_wraps
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.key_vault import FolderKeys

PHRASE = "bốn con bò vàng ngủ ngoài đê"
WRONG_PHRASE = "ba con bò tím thức ở trong nhà"
WRONG_CODE = code_from(b"\x07" * RANDOM_BYTES)
FONTS = Path(__file__).parents[2] / "resources" / "fonts"


class Spoken:
    """Everything the program said, wherever it said it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.secrets: set[str] = {PHRASE, WRONG_PHRASE}
        self.codes: set[str] = {WRONG_CODE}
        self.errors: list[BaseException] = []

    def try_and_hear(self, act: Callable[[], object]) -> None:
        """Do something that fails, and keep the failure as every place that tells of one shows it."""
        try:
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, its words are looked at
            self.errors.append(error)
            self.texts += [*traceback.format_exception(error), repr(error), str(error)]
            if isinstance(error, KnownError):
                self.texts.append(repr(dict(error.params)))

    def key(self, secret: bytes) -> None:
        self.secrets |= {secret.hex(), secret.hex().upper(), repr(secret), str(list(secret))}

    def found(self, text: str) -> list[str]:
        shown = [secret for secret in self.secrets if secret in text]
        bare = text.replace("-", "").replace(" ", "").upper()
        return shown + [code for code in self.codes if code.replace("-", "") in bare]


@pytest.fixture
def spoken(caplog: pytest.LogCaptureFixture) -> Iterator[Spoken]:
    heard = Spoken()
    with caplog.at_level(logging.DEBUG):
        for name in ("sqlalchemy.pool", "sqlalchemy.engine", "keyring", "counter_app"):
            caplog.set_level(logging.DEBUG, logger=name)
        yield heard


@pytest.mark.slow
def test_a_day_of_key_work_tells_nobody(
    tmp_path: Path, spoken: Spoken, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = DataFolder(tmp_path / "counter")
    desk = make_desk(folder.root, MORNING)
    spoken.key(key_store.load(folder).secret)
    print_recovery_sheet(desk)
    assert isinstance(desk.printer, PaperTray)
    code = read_code(codes(images(desk.printer.printed[-1][1])[0])[0][1])
    spoken.codes.add(code)
    set_passphrase(desk, PHRASE)
    shown = make_sheet(desk, "screen")
    spoken.codes.add(shown.made.code)
    spoken.texts += [repr(shown), str(shown.made), repr(desk), repr(desk.keys), repr(desk.keys.standing())]
    spoken.texts += [repr(key_store.load(folder)), desk.keys.wraps().decode()]
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    for act in (
        lambda: set_passphrase(desk, "ngắn"),
        lambda: recovery_code_is_right(desk, slip),
        lambda: recovery_code_is_right(desk, WRONG_CODE),
        lambda: passphrase_is_right(desk, WRONG_PHRASE),
        lambda: recover_key(desk.keys, desk.clock, WRONG_CODE),
        lambda: recover_key(desk.keys, desk.clock, code),
        lambda: order_change(desk, WRONG_PHRASE),
        lambda: key_wraps.seal(bytes(31), WrapKind.RECOVERY, code[:-1], MORNING),
        lambda: key_wraps.key_of_document(b"{", WrapKind.RECOVERY, code),
    ):
        spoken.try_and_hear(act)
    desk.clock = FixedClock(MORNING.replace(hour=15))
    order_change(desk, PHRASE)
    spoken.codes.add(read_code(codes(images(desk.printer.printed[-1][1])[0])[0][1]))
    desk.store.close()
    again = open_desk(folder.root)
    spoken.key(key_store.load(folder).secret)
    spoken.texts += [repr(again), repr(again.store)]
    again.store.close()
    assert len(spoken.errors) >= 6
    out, err = capfd.readouterr()
    for text in (*spoken.texts, caplog.text, out, err):
        assert spoken.found(text) == []


def test_damage_during_key_work_tells_nobody(tmp_path: Path, spoken: Spoken) -> None:
    """Errors of the database library, of the cipher and of our own mistakes, tracebacks included."""
    folder = DataFolder(tmp_path / "counter")
    make_desk(folder.root, MORNING).store.close()
    key = key_store.load(folder).secret
    spoken.key(key)
    vault = FolderKeys(folder.root)
    made = vault.add_code(MORNING)
    spoken.codes.add(made.code)
    whole = folder.database.read_bytes()
    folder.database.write_bytes(whole[:4096] + bytes(4096) + whole[8192:])
    spoken.try_and_hear(lambda: open_desk(folder.root).is_set_up)
    folder.database.write_bytes(b"\x00" * len(whole))
    spoken.try_and_hear(lambda: open_desk(folder.root))
    vault.begin_change("", MORNING)
    vault.settle_change()
    spoken.try_and_hear(lambda: open_desk(folder.root))
    folder.key_file.unlink()
    spoken.try_and_hear(lambda: open_desk(folder.root))
    spoken.try_and_hear(lambda: vault.recover(WrapKind.RECOVERY, None))  # type: ignore[arg-type]
    spoken.try_and_hear(lambda: key_wraps.seal(key, WrapKind.PASSPHRASE, 7, MORNING))  # type: ignore[arg-type]
    assert len(spoken.errors) >= 5
    assert [spoken.found(text) for text in spoken.texts if spoken.found(text)] == []


def test_an_incident_report_keeps_no_secret(tmp_path: Path, spoken: Spoken) -> None:
    folder = DataFolder(tmp_path / "counter")
    make_desk(folder.root, MORNING).store.close()
    key = key_store.load(folder).secret
    spoken.key(key)
    incidents = IncidentFiles(folder.root, FixedClock(MORNING), FONTS)

    def bug(secret: bytes, phrase: str) -> None:
        raise ValueError(secret, phrase, secret.hex())

    try:
        bug(key, PHRASE)
    except ValueError as error:
        incidents.record(error)
    for path in folder.root.rglob("*"):
        if path.is_file() and path not in (folder.key_file,):
            assert spoken.found(path.read_bytes().decode("latin-1")) == []
            assert PHRASE.encode() not in path.read_bytes()


def test_a_dump_of_the_stack_names_places_only(tmp_path: Path, spoken: Spoken) -> None:
    folder = DataFolder(tmp_path / "counter")
    make_desk(folder.root, MORNING).store.close()
    key = key_store.load(folder).secret
    spoken.key(key)
    text = stack_while_sealing(key)
    assert "key_wraps" in text
    assert spoken.found(text) == []


def stack_while_sealing(key: bytes) -> str:
    """Return what faulthandler says of a thread that is in the middle of sealing."""
    done = threading.Event()

    def seal() -> None:
        while not done.is_set():
            key_wraps.seal(key, WrapKind.PASSPHRASE, PHRASE, MORNING)

    worker = threading.Thread(target=seal)
    worker.start()
    try:
        for _ in range(200):
            with tempfile.TemporaryFile("w+") as file:
                faulthandler.dump_traceback(file)
                file.seek(0)
                text = file.read()
            if "key_wraps" in text:
                return text
    finally:
        done.set()
        worker.join()
    raise AssertionError("the thread never got there")


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX")
def test_a_crash_leaves_no_core(tmp_path: Path) -> None:
    program = (
        "import resource, sys\n"
        "from counter_app import __main__\n"
        "sys.argv = ['counter-app', '--data-dir', sys.argv[1], '--json', 'key']\n"
        "__main__.main()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "none")], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "(0, 0)"
