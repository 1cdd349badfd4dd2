"""Writes forms/national-list.csv: code, official name, sector and level of the procedures we know of.

A maintainer runs it on a JSON list of published facts; the file it writes is kept in the repository.

    python tools/make_national_list.py FACTS.json forms/national-list.csv
"""

import argparse
import csv
import json
import unicodedata
from pathlib import Path


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def main() -> None:
    """Read the facts and write the list, sorted by code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    facts = json.loads(arguments.facts.read_text(encoding="utf-8"))["procedures"]
    rows = sorted(tuple(_plain(fact[key]) for key in ("code", "name", "field", "level")) for fact in facts)
    with arguments.target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("code", "name", "sector", "level"))
        writer.writerows(rows)


if __name__ == "__main__":
    main()
