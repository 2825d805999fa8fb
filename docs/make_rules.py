"""Writes docs/rules.md from the built-in lint rules: ``python docs/make_rules.py``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from cardgen.lint import built_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.lint import Option, Rule

_HEAD: Final = """# Rules of good cards

What `cardgen check` holds cards to, beside what [diagnostics.md](diagnostics.md) lists. None of it stops a build. A
rule is known by its code or its name, which keep their meaning for ever: in `--rule`, in a card's `lint_ignore`, and in
the collection's lint settings, which turn it off, weigh it otherwise and set its options
([writing-decks.md](writing-decks.md#lint)). Rules for the words of English leave cards in other languages alone; words
are counted in any script, two characters to the word in Chinese and Japanese, five in Thai, Lao, Khmer and Burmese.

Codes: S for a card's form, D for decks, P for where a fact comes from, A for answers to interview questions. This page
is made from `cardgen/lint/rules` by `docs/make_rules.py`.

| code | name | severity | what it finds |
| --- | --- | --- | --- |
"""


def page() -> str:
    """Give the page's text."""
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
    if rule.options:
        lines.extend(["", "| option | default | |", "| --- | --- | --- |", *map(_option, rule.options)])
    settings = f" (with `{rule.sample_options}`)" if rule.sample_options else ""
    for name, sample in (("Bad", rule.bad), ("Good", rule.good)):
        lines.extend(["", f"{name}{settings}:", "", "```yaml", *_unmarked(sample), "```"])
    if rule.references:
        sources = "; ".join(f"[{work.title}]({work.url}), {work.publisher}" for work in rule.references)
        lines.extend(["", f"*Source:* {sources}"])
    return "\n".join(lines) + "\n"


def _option(option: Option) -> str:
    return f"| `{option.name}` | {_default(option.default)} | {option.about} |"


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
