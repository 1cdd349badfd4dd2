"""Passwords of users for the command line, in the system's keyring, when somebody asks for it."""

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage.key_places import SERVICE


def find(username: str) -> str:
    """Return the kept password, or "" where there is none or no keyring."""
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(SERVICE, _entry(username)) or ""
    except keyring.errors.KeyringError:
        return ""


def keep(username: str, password: str) -> None:
    """Keep a password; EnvironmentProblem ``keyring_missing``."""
    import keyring
    import keyring.errors

    try:
        keyring.set_password(SERVICE, _entry(username), password)
    except keyring.errors.KeyringError:
        raise EnvironmentProblem("keyring_missing") from None
    if find(username) != password:
        raise EnvironmentProblem("keyring_missing")


def forget(username: str) -> bool:
    """Forget a kept password and tell whether there was one."""
    import keyring
    import keyring.errors

    try:
        keyring.delete_password(SERVICE, _entry(username))
    except keyring.errors.KeyringError:
        return False
    return True


def _entry(username: str) -> str:
    return f"cli:{username}"
