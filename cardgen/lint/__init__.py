"""Lint: what makes a card that imports well bad to learn from. Rules find it, one file each in ``rules``."""

from cardgen.lint.base import Finding, Option, Reference, Rule
from cardgen.lint.linter import Linted, lint
from cardgen.lint.registry import built_in
from cardgen.lint.settings import Settings, settings_of

__all__ = ["Finding", "Linted", "Option", "Reference", "Rule", "Settings", "built_in", "lint", "settings_of"]
