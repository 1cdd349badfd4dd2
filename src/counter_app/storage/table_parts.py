"""What tables are made of: one naming convention, and columns that are never NULL unless they say so."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Integer, MetaData, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text(name: str, **options: Any) -> Column[str]:
    """A column of text."""
    return Column(name, Text, nullable=False, **options)


def number(name: str, **options: Any) -> Column[int]:
    """A column of whole numbers."""
    return Column(name, Integer, nullable=False, **options)


def flag(name: str) -> tuple[Column[int], CheckConstraint]:
    """A column that is 0 or 1."""
    return number(name), CheckConstraint(f"{name} IN (0, 1)", name=name)


def json(name: str) -> tuple[Column[str], CheckConstraint]:
    """A column of JSON text."""
    return text(name), CheckConstraint(f"json_valid({name})", name=name)


def keyed(name: str, *parts: Any) -> Table:
    """A table whose text key is its only tree: one page less to write in every act."""
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=False)


def numbered(name: str, *parts: Any) -> Table:
    """A table with a running number."""
    return Table(name, metadata, *parts, sqlite_strict=True)
