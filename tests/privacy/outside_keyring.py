"""A keyring whose keys lie outside what the test searches, as those of an operating system do."""

import os
from pathlib import Path

from keyring.backend import KeyringBackend

FOLDER = "OUTSIDE_KEYRING_FOLDER"


class OutsideKeyring(KeyringBackend):
    """Keeps each password in a file of the folder the environment names."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        path = self._path(service, username)
        return path.read_text(encoding="utf-8") if path.exists() else None

    def set_password(self, service: str, username: str, password: str) -> None:
        self._path(service, username).write_text(password, encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        self._path(service, username).unlink()

    @staticmethod
    def _path(service: str, username: str) -> Path:
        return Path(os.environ[FOLDER]) / f"{service}-{username}"
