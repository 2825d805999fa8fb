"""The built-in rules: the modules in ``rules``."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

from cardgen.lint import rules

if TYPE_CHECKING:
    from cardgen.lint.base import Rule


@cache
def built_in() -> tuple[Rule, ...]:
    """Return the built-in rules in the order of their codes."""
    names = [module.name for module in pkgutil.iter_modules(rules.__path__)]
    found = [cast("Rule", import_module(f"{rules.__name__}.{name}").RULE) for name in names]
    return tuple(sorted(found, key=lambda rule: rule.code))
