"""Lint: rules that find cards which import well but are bad to learn from. Each rule is a file in ``rules``."""

from cardgen.lint.base import Finding, Reference, Rule, Setting
from cardgen.lint.linter import Linted, lint
from cardgen.lint.registry import built_in
from cardgen.lint.ruleset import Ruleset, ruleset_of

__all__ = ["Finding", "Linted", "Reference", "Rule", "Ruleset", "Setting", "built_in", "lint", "ruleset_of"]
