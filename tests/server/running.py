"""Addresses of test databases."""


def url_of(cluster: str, database: str) -> str:
    """Return the address of another database of the same cluster."""
    head, _, query = cluster.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{database}?{query}"
