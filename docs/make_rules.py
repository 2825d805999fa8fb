"""Writes docs/rules.md from the built-in lint rules: ``python docs/make_rules.py``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cardgen.diagnostics.page import as_markdown
from cardgen.lint import built_in
from cardgen.lint.page import pages

_HEAD: Final = """# Rules of good cards

The lint rules of `cardgen check`. What else it checks is in [diagnostics.md](diagnostics.md). Lint findings never stop
a build. The code and the name of a rule never change their meaning; either can be used in `--rule`, in a card's
`lint_ignore`, and in the collection's lint settings, which turn rules off, change their severity and their settings
([checking.md](checking.md)). Rules that look for English words skip cards in other languages. Words are
counted in any script: in Chinese and Japanese two characters count as a word, in Thai, Lao, Khmer and Burmese five.
Words in code and formulas are neither counted nor looked for.

Codes begin with S for the form of a card, D for decks, P for the provenance of facts, and A for answers to interview
questions. This page is generated from `cardgen/lint/rules` by `docs/make_rules.py`.

| code | name | severity | what it finds |
| --- | --- | --- | --- |
"""


def page() -> str:
    """Return the page's text."""
    rows = (
        f"| {rule.code} | [{rule.name}](#{rule.code.lower()}-{rule.name}) | {rule.severity} | {rule.finds} |"
        for rule in built_in()
    )
    return _HEAD + "\n".join(rows) + "\n" + "".join(f"\n{as_markdown(section)}" for section in pages())


if __name__ == "__main__":
    Path(__file__).with_name("rules.md").write_text(page(), encoding="utf-8")
