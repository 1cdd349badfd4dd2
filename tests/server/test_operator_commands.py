"""The operator's commands: packs, statuses, tasks, flags, and removing what nobody goes on with."""

import argparse
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.server.pack_files import make_pack
from tests.server.raw_counter import RawCounter
from tests.server.serving import Served

from counter_protocol.events import EventKind, decode_event
from counter_server.commands import add_all

UNIT = "H29.12"
Command = Callable[[str], tuple[int, str, str]]


@pytest.fixture
def command(server: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command line against the server's database, as the operator does beside it."""
    parser = argparse.ArgumentParser()
    add_all(parser.add_subparsers(required=True))

    def run(line: str) -> tuple[int, str, str]:
        capsys.readouterr()
        options = ["--database-url", server.database_url, "--data-dir", str(tmp_path / "server")]
        arguments = parser.parse_args([*shlex.split(line), *options])
        code = int(arguments.run(arguments))
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return run


@pytest.fixture
def counter(server: Served, command: Command) -> Iterator[RawCounter]:
    """A counter with one dossier the server knows."""
    server.add_office(UNIT)
    with RawCounter(server.url, UNIT) as found:
        server.run(_add_device(server, found))
        found.received(1, "d-1")
        found.session()
        found.push()
        yield found


async def _add_device(server: Served, counter: RawCounter) -> None:
    from counter_protocol.signing import public_key_of

    async with server.context.database.office(UNIT) as connection:
        await connection.execute(
            "INSERT INTO device (unit, device_id, counter, public_key) VALUES ($1, $2, 1, $3)",
            UNIT,
            counter.device_id,
            public_key_of(counter.key),
        )


def _code(counter: RawCounter) -> str:
    return str(counter.state(1)["dossier_code"])


def _told(counter: RawCounter) -> list[str]:
    return [decode_event(item.body).kind for item in counter.pull().items]


def test_statuses_and_the_official_number_reach_the_counter(counter: RawCounter, command: Command) -> None:
    code = _code(counter)
    for line in (
        f"status processing {code} --to 'Phòng Hộ tịch' --by 'Công chức'",
        f"status alias {code.lower()} G22.99-261123-0001 --by 'Công chức'",
        f"status resolved G22.99-261123-0001 --unit {UNIT} --name 'Bản sao' --refused --by 'Công chức'",
    ):
        done, said, problem = command(line)
        assert (done, said.isdigit(), problem) == (0, True, "")
    assert _told(counter) == [EventKind.STATUS_SET, EventKind.CODE_ALIASED, EventKind.STATUS_SET]
    done, said, problem = command(f"status processing {code} --to P --by C")
    assert (done, said) == (3, "")
    assert "resolved" in problem


def test_a_task_is_listed_until_it_is_settled(counter: RawCounter, command: Command) -> None:
    code = _code(counter)
    done, task, _ = command(f"status task --unit {UNIT} --code {code} --text 'Gọi cho công dân' --by C")
    assert done == 0
    unit, flag_id, kind, about, _at = command("flags list")[1].split("\t")
    assert (unit, flag_id, kind, about) == (UNIT, task, "task", code)
    settle = f"flags settle {task} --unit {UNIT} --reason 'Đã gọi' --by C"
    assert command(settle)[:2] == (0, "Đã ghi.")
    assert command(settle)[:2] == (0, "Đã được xử lý từ trước.")
    assert command("flags list") == (0, "", "")
    assert _told(counter) == [EventKind.TASK_GIVEN, EventKind.FLAG_SETTLED]


@pytest.mark.parametrize(
    "line",
    [
        "status processing H29.12-261123-9999 --to P --by C",
        "status processing H99.99-261123-0001 --to P --by C",
        f"flags settle nothing --unit {UNIT} --reason r --by C",
        f"status task --unit {UNIT} --text ' ' --by C",
        "pack publish /nowhere.txt",
    ],
)
def test_what_cannot_be_done_says_why_and_writes_nothing(
    server: Served, counter: RawCounter, command: Command, line: str
) -> None:
    before = server.rows("SELECT seq FROM office_log")
    code, said, problem = command(line)
    assert code in (2, 4)
    assert said == ""
    assert problem.endswith(".")
    assert server.rows("SELECT seq FROM office_log") == before


def test_packs_are_published_and_listed(server: Served, command: Command, tmp_path: Path) -> None:
    pack = make_pack(tmp_path, "2027.10.2")
    older = make_pack(tmp_path, "2027.9.1")
    code, said, _ = command(f"pack publish {pack}")
    assert (code, said.split("\t")[:3]) == (0, ["national", "toàn quốc", "2027.10.2"])
    assert command(f"pack publish {older}")[0] == 3
    assert command(f"pack publish {pack} --unit {UNIT}")[0] == 3
    broken = tmp_path / "broken.qmcpack"
    broken.write_bytes(pack.read_bytes()[:-50])
    assert command(f"pack publish {broken}")[0] == 2
    (line,) = command("pack list")[1].splitlines()
    assert line.split("\t")[:3] == ["national", "toàn quốc", "2027.10.2"]
    assert (
        tmp_path / "server" / "objects" / "packs" / line.split("\t")[-1]
    ).read_bytes() == pack.read_bytes()


def test_sweep_says_how_many(command: Command) -> None:
    assert command("sweep") == (0, "0", "")
