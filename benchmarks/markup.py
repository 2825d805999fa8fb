"""Feeds the fields of a CrowdAnki deck to Python's html.parser, and does nothing with them."""

from __future__ import annotations

import json
import sys
from html.parser import HTMLParser
from pathlib import Path


def main() -> None:
    """Read the deck that the command line names."""
    notes = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["notes"]
    for note in notes:
        for field in note["fields"]:
            parser = HTMLParser()
            parser.feed(field)
            parser.close()
    print(f"{len(notes):,} notes")


if __name__ == "__main__":
    main()
