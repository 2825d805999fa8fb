"""The rules of lint, as editors see them: by their names, each with what it finds and with its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import Severity
from cardgen.lint import built_in

if TYPE_CHECKING:
    from cardgen.check.vocabulary import Schema
    from cardgen.lint import Rule, Setting

_NUMBER: Final = {"type": "integer", "minimum": 0, "maximum": 999_999}
_TEXT: Final = {"type": ["string", "number", "boolean"]}


def name_rules(rules: Schema) -> None:
    """Propose the built-in rules with their settings.

    Args:
        rules: The schema of `rules` in lint settings; changed in place. It still takes codes, and own patterns.
    """
    # What both say of themselves would hide what the rule is.
    word, settings = [
        {keyword: value for keyword, value in part.items() if keyword not in ("title", "description", "examples")}
        for part in rules["additionalProperties"]["anyOf"]
    ]
    rules["properties"] = {rule.name: _rule(rule, word, settings) for rule in built_in()}


def name_suppressions(ignored: Schema) -> None:
    """Propose the built-in rules where a card says which of them it is right to break.

    Args:
        ignored: The schema of `lint_ignore`; changed in place. It still takes codes, and own patterns.
    """
    reason = ignored["additionalProperties"]
    ignored["properties"] = {
        rule.name: reason | {"title": rule.name, "description": f"{rule.finds} {reason['description']}"}
        for rule in built_in()
    }


def _rule(rule: Rule, word: Schema, settings: Schema) -> Schema:
    own = {setting.name: _setting(setting) for setting in rule.settings}
    weight = f"{'a' if rule.severity is Severity.WARNING else 'an'} {rule.severity.value}"
    return {
        "title": rule.name,
        "description": f"{rule.finds} {rule.why} A finding is {weight}, unless you say otherwise.",
        "anyOf": [word, settings | {"properties": settings["properties"] | own, "additionalProperties": False}],
    }


def _setting(setting: Setting) -> Schema:
    said = {"title": setting.name, "description": setting.about}
    if isinstance(setting.default, int):
        return {**said, "default": setting.default, **_NUMBER}
    if isinstance(setting.default, tuple):
        return {**said, "anyOf": [{"type": "array", "items": _TEXT}, _TEXT]}
    return {**said, "type": "object", "additionalProperties": _NUMBER}
