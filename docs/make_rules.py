"""Writes docs/rules.md from the built-in lint rules: ``python docs/make_rules.py``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from cardgen.lint import built_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.lint import Rule, Setting

_HEAD: Final = """# Rules of good cards

The lint rules of `cardgen check`. What else it checks is in [diagnostics.md](diagnostics.md). Lint findings never stop
a build. The code and the name of a rule never change their meaning; either can be used in `--rule`, in a card's
`lint_ignore`, and in the collection's lint settings, which turn rules off, change their severity and their settings
([writing-decks.md](writing-decks.md#lint)). Rules that look for English words skip cards in other languages. Words are
counted in any script: in Chinese and Japanese two characters count as a word, in Thai, Lao, Khmer and Burmese five.

Codes begin with S for the form of a card, D for decks, P for the provenance of facts, and A for answers to interview
questions. This page is generated from `cardgen/lint/rules` by `docs/make_rules.py`.

| code | name | severity | what it finds |
| --- | --- | --- | --- |
"""


def page() -> str:
    """Return the text of the page."""
    rows = (
        f"| {rule.code} | [{rule.name}](#{_anchor(rule)}) | {rule.severity} | {rule.finds} |" for rule in built_in()
    )
    return _HEAD + "\n".join(rows) + "\n" + "".join(map(_section, built_in()))


def _anchor(rule: Rule) -> str:
    return f"{rule.code.lower()}-{rule.name}"


def _section(rule: Rule) -> str:
    lines = [f"\n## {rule.code} {rule.name}\n", f"{rule.finds} {rule.why}", ""]
    lines.append(f"*What to do:* {rule.way_out}")
    if rule.fix is not None:
        lines[-1] += " (`cardgen check --fix`)" if "--fix" not in rule.way_out else ""
    if rule.settings:
        lines.extend(["", "| setting | default | |", "| --- | --- | --- |", *map(_setting, rule.settings)])
    settings = f" (with `{rule.sample_settings}`)" if rule.sample_settings else ""
    for name, sample in (("Bad", rule.bad), ("Good", rule.good)):
        lines.extend(["", f"{name}{settings}:", "", "```yaml", *_unmarked(sample), "```"])
    if rule.references:
        sources = "; ".join(f"[{work.title}]({work.url}), {work.publisher}" for work in rule.references)
        lines.extend(["", f"*Source:* {sources}"])
    return "\n".join(lines) + "\n"


def _setting(setting: Setting) -> str:
    return f"| `{setting.name}` | {_default(setting.default)} | {setting.about} |"


def _default(value: int | tuple[str, ...] | Mapping[str, int]) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return ", ".join(f"{name}: {number}" for name, number in value.items()) or "none"


def _unmarked(sample: str) -> Iterator[str]:
    for line in sample.rstrip().split("\n"):
        yield line.replace("⟦", "").replace("⟧", "")


if __name__ == "__main__":
    Path(__file__).with_name("rules.md").write_text(page(), encoding="utf-8")
