"""What there is to read about a lint rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.diagnostics.page import Page, Samples
from cardgen.lint.registry import built_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.lint.base import Rule


def page_of(rule: Rule) -> Page:
    """Return the page of a rule."""
    fixed = " (`cardgen check --fix`)" if rule.fix is not None and "--fix" not in rule.way_out else ""
    return Page(
        code=rule.code,
        name=rule.name,
        severity=rule.severity.value,
        about=f"{rule.finds} {rule.why}",
        way_out=f"{rule.way_out}{fixed}",
        samples=Samples(_unmarked(rule.bad), _unmarked(rule.good)),
        samples_with=rule.sample_settings,
        settings=tuple((setting.name, _default(setting.default), setting.about) for setting in rule.settings),
        sources=tuple((work.title, work.publisher, work.url) for work in rule.references),
    )


def pages() -> tuple[Page, ...]:
    """Return the pages of the built-in rules, in the order of their codes."""
    return tuple(map(page_of, built_in()))


def _default(value: int | tuple[str, ...] | Mapping[str, int]) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return ", ".join(f"{name}: {number}" for name, number in value.items()) or "none"


def _unmarked(sample: str) -> str:
    return sample.replace("⟦", "").replace("⟧", "")
