"""``key.json``: where the key lies, its fingerprint, its sealed copies; never the key.

It is written whole or not at all, and what a newer version put into it stays in it.
"""

import json
from collections.abc import Mapping

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage.data_folder import DataFolder, write_private

VERSION = 1
Record = dict[str, object]


def read(folder: DataFolder) -> Record:
    """Return the record.

    Raises:
        EnvironmentProblem: ``not_set_up`` when there is none, ``database_key_missing`` when it is no
            record; a new key over an old database is never the answer.
    """
    try:
        record = json.loads(folder.key_record.read_bytes())
    except FileNotFoundError as error:
        raise EnvironmentProblem("not_set_up") from error
    except (OSError, ValueError, RecursionError):
        raise EnvironmentProblem("database_key_missing", where="") from None
    if not isinstance(record, dict):
        raise EnvironmentProblem("database_key_missing", where="")
    return record


def write(folder: DataFolder, record: Mapping[str, object]) -> None:
    """Write the record; EnvironmentProblem ``folder_not_writable`` leaves the one before."""
    try:
        write_private(folder.key_record, json.dumps(record, sort_keys=True).encode("utf-8"))
    except OSError as error:
        raise EnvironmentProblem("folder_not_writable") from error


def change(folder: DataFolder, **fields: object) -> None:
    """Write some fields anew; one that is None is taken out."""
    record = read(folder) | fields
    write(folder, {name: value for name, value in record.items() if value is not None})
