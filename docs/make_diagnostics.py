"""Writes docs/diagnostics.md from the catalogue: ``python docs/make_diagnostics.py``."""

from __future__ import annotations

from pathlib import Path

from cardgen.diagnostics import CATALOGUE

_HEAD = """# Diagnostics

What cardgen can find in a deck. A code keeps its meaning for ever. An error stops a build; a warning does not.
This page is made from `cardgen/diagnostics/catalogue.py` by `docs/make_diagnostics.py`.

| code | name | severity | what is wrong | what to do |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    """Give the page's text."""
    rows = (
        f"| {rule.code} | {rule.name} | {rule.severity} | {_cell(rule.about)} | {_cell(rule.way_out)} |"
        for rule in CATALOGUE.values()
    )
    return _HEAD + "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("{{", "\\{\\{")


if __name__ == "__main__":
    Path(__file__).with_name("diagnostics.md").write_text(page(), encoding="utf-8")
