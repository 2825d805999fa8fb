"""Writes docs/diagnostics.md from the catalogue: ``python docs/make_diagnostics.py``."""

from __future__ import annotations

from pathlib import Path

from cardgen.diagnostics.page import as_markdown, pages, plain

_HEAD = """# Diagnostics

What cardgen can find in a deck. A code keeps its meaning for ever. An error stops a build; a warning does not.
`cardgen explain CG106` shows the same in a terminal. This page is made from `cardgen/diagnostics` by
`docs/make_diagnostics.py`.

Samples are cards of a section `europe` of a deck `rivers`; or files, each under a line with its path, and commands,
each after a `$`.

| code | name | severity | what is wrong | what to do |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    """Return the page's text."""
    rows = (
        f"| {found.code} | [{found.name}](#{found.code.lower()}-{found.name}) | {found.severity} | "
        f"{_cell(found.about)} | {_cell(found.way_out)} |"
        for found in pages()
    )
    return _HEAD + "\n".join(rows) + "\n" + "".join(f"\n{as_markdown(found)}" for found in pages())


def _cell(text: str) -> str:
    return plain(text).replace("|", "\\|")


if __name__ == "__main__":
    Path(__file__).with_name("diagnostics.md").write_text(page(), encoding="utf-8")
