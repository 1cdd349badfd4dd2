"""What the use cases need of the database and of cryptography about the people of a counter."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.domain.clerks import Account


class AccountQueries(Protocol):
    """Reads about accounts."""

    def has_accounts(self) -> bool:
        """Tell whether anybody has an account: from then on nobody acts without signing in."""
        ...

    def account(self, account_id: str) -> "Account | None":
        """Return one account, closed or not, or None."""
        ...

    def account_named(self, name: str) -> "Account | None":
        """Return the account of a user name or a full name, however its letters are written, or None."""
        ...

    def accounts(self) -> "Sequence[Account]":
        """Return every account, closed ones too, by full name."""
        ...


class AccountWrites(Protocol):
    """Changes of accounts; nothing deletes one."""

    def put_account(self, account: "Account") -> None:
        """Insert or change an account.

        Raises:
            RuleRefusal: ``username_taken``, ``full_name_taken``.
        """
        ...


class PasswordHasher(Protocol):
    """Turns passwords into strings nobody can turn back; slow on purpose (Argon2id, 64 MiB).

    It also judges how easily one is guessed.
    """

    def hash(self, password: str) -> str:
        """Return a salted hash (PHC string)."""
        ...

    def matches(self, password: str, kept: str) -> bool:
        """Tell whether a password made this hash; takes the same time when `kept` is ""."""
        ...

    def is_dated(self, kept: str) -> bool:
        """Tell whether the hash was made with weaker settings than today's."""
        ...

    def strength(self, password: str, known_words: Sequence[str]) -> int:
        """Return how hard a password is to guess, 0 (at once) to 4, for one who knows these words.

        At most `clerks.MAX_PASSWORD_LENGTH` characters; loads a library of a second when first asked.
        """
        ...
