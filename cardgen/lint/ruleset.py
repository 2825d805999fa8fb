"""The rules of a collection: the built-in ones with its settings, and its own patterns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cardgen.check import SHIPPED, convert, fits
from cardgen.diagnostics import DiagnosticType, Severity, did_you_mean, shortened
from cardgen.lint.patterns import missed_samples, rule_from
from cardgen.lint.regexes import UnfitExpressionError, compiled
from cardgen.lint.registry import built_in
from cardgen.load import selection_from
from cardgen.model import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from cardgen.check import Vocabulary
    from cardgen.diagnostics import Diagnostic
    from cardgen.lint.base import Rule, Setting, Settings
    from cardgen.read import Document, KeyPath


class Active(Struct, frozen=True):
    """A rule that is on, with its settings and the type of its findings."""

    rule: Rule
    settings: Settings
    type: DiagnosticType


class Ruleset(Struct, frozen=True):
    """The rules of a collection.

    Attributes:
        active: Those that are on, in the order of their codes, patterns last.
        known: All rules by name and by code, including those that are off.
        diagnostics: Findings about the settings.
    """

    active: tuple[Active, ...]
    known: Mapping[str, Rule]
    diagnostics: tuple[Diagnostic, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Return the names of all rules."""
        return tuple(dict.fromkeys(rule.name for rule in self.known.values()))

    def chosen(self, codes: Collection[str], least: Severity) -> list[Active]:
        """Return the active rules with these codes, with any if there are none, that are at least this severe."""
        return [
            entry
            for entry in self.active
            if (not codes or entry.rule.code in codes) and entry.type.severity.weight >= least.weight
        ]


def ruleset_of(document: Document | None, vocabulary: Vocabulary = SHIPPED) -> Ruleset:
    """Read lint settings; where they are wrong, the defaults apply.

    Args:
        document: The file that `lint` names in collection.yaml, or None if it names none.
        vocabulary: What the collection adds to the schemas.
    """
    if document is None:
        return _Reader(None, {}).ruleset([])
    found = list(document.diagnostics)
    value = document.value
    if value is not None:
        convert(value, "lint")
        if not fits(value, "lint", vocabulary=vocabulary):
            # Imported only if something is wrong: jsonschema is slow to import.
            from cardgen.check.explain import explain

            found.extend(explain(document, "lint", vocabulary))
            value = None
    return _Reader(document, value or {}).ruleset(found)


class _Reader:
    def __init__(self, document: Document | None, value: Mapping[str, Any]) -> None:
        self._document = document
        self._rules: Mapping[str, Any] = value.get("rules", {})
        self._patterns: list[Mapping[str, Any]] = value.get("patterns", [])
        self._known: dict[str, Rule] = {}
        for rule in built_in():
            self._known[rule.name] = self._known[rule.code] = rule

    def ruleset(self, found: list[Diagnostic]) -> Ruleset:
        """Return the rules, adding findings about the settings to `found`."""
        rules = list(built_in())
        rules.extend(self._own(found))
        chosen = {self._known[name].name: name for name in self._rules if name in self._known}
        for name in self._rules:
            if name not in self._known:
                message = f"there is no lint rule `{shortened(name)}`"
                hint = did_you_mean(name, self._known)
                found.append(self._diagnose("CG701", message, ("rules", name), hint, of_key=True))
        active = [entry for rule in rules if (entry := self._active(rule, chosen.get(rule.name), found)) is not None]
        return Ruleset(tuple(active), self._known, tuple(found))

    def _own(self, found: list[Diagnostic]) -> Iterator[Rule]:
        """Yield the usable patterns as rules."""
        for index, entry in enumerate(self._patterns):
            path: KeyPath = ("patterns", index)
            if entry["id"] in self._known:
                message = f"`{entry['id']}` is already the name of a rule"
                found.append(self._diagnose("CG704", message, (*path, "id")))
                continue
            flaws = list(self._flaws(entry, path))
            found.extend(flaws)
            if not flaws:
                where = selection_from(entry["where"]) if "where" in entry else EVERYTHING
                rule = self._known[entry["id"]] = rule_from(entry, where)
                found.extend(self._missed(entry, path))
                yield rule

    def _flaws(self, entry: Mapping[str, Any], path: KeyPath) -> Iterator[Diagnostic]:
        for name in ("match", "unless", "unless_description"):
            value = entry.get(name, [])
            for index, text in enumerate([value] if isinstance(value, str) else value):
                try:
                    compiled(text)
                except UnfitExpressionError as error:
                    at = (*path, name) if isinstance(value, str) else (*path, name, index)
                    yield self._diagnose("CG703", f"`{shortened(text)}` cannot be used: {error}", at)

    def _missed(self, entry: Mapping[str, Any], path: KeyPath) -> Iterator[Diagnostic]:
        for name, index, sample in missed_samples(entry):
            at = (*path, name) if isinstance(entry[name], str) else (*path, name, index)
            does = "does not find" if name == "bad" else "finds"
            yield self._diagnose("CG705", f"`{entry['id']}` {does} its {name} sample “{shortened(sample)}”", at)

    def _active(self, rule: Rule, name: str | None, found: list[Diagnostic]) -> Active | None:
        value = self._rules[name] if name is not None else "on"
        settings: dict[str, Any] = {setting.name: setting.default for setting in rule.settings}
        severity = rule.severity
        if value == "off":
            return None
        if isinstance(value, str):
            severity = rule.severity if value == "on" else Severity(value)
        else:
            severity = Severity(value.get("severity", severity))
            for key, given in value.items():
                if key != "severity":
                    self._set(rule, settings, key, given, ("rules", name or "", key), found)
        found_as = DiagnosticType(rule.code, rule.name, severity, rule.finds, rule.way_out)
        return Active(rule, settings, found_as)

    def _set(
        self,
        rule: Rule,
        settings: dict[str, Any],
        key: str,
        given: Any,  # noqa: ANN401 - as the schema says
        path: KeyPath,
        found: list[Diagnostic],
    ) -> None:
        setting = next((setting for setting in rule.settings if setting.name == key), None)
        if setting is None:
            names = [setting.name for setting in rule.settings]
            hint = did_you_mean(key, [*names, "severity"])
            found.append(
                self._diagnose("CG702", f"`{rule.name}` has no setting `{shortened(key)}`", path, hint, of_key=True)
            )
            return
        value = _converted(setting, given)
        if value is None:
            wanted = "a whole number" if isinstance(setting.default, int) else _TYPES[type(setting.default)]
            found.append(self._diagnose("CG702", f"`{key}` of `{rule.name}` must be {wanted}", path, setting.about))
        else:
            settings[key] = value

    def _diagnose(self, code: str, message: str, path: KeyPath, hint: str = "", *, of_key: bool = False) -> Diagnostic:
        if self._document is None:
            raise AssertionError("settings that nobody wrote are wrong")
        return self._document.diagnose(code, message, path, hint, of_key=of_key)


_TYPES: dict[type, str] = {tuple: "a list of texts", dict: "a mapping of names to whole numbers"}


def _converted(setting: Setting, given: Any) -> Any:  # noqa: ANN401 - as the schema says
    """Return a value with the type of the setting's default; None if it has another type."""
    if isinstance(setting.default, int):
        return _number(given)
    if isinstance(setting.default, tuple):
        return tuple(given) if isinstance(given, list) else (given,) if isinstance(given, str) else None
    if not isinstance(given, dict):
        return None
    numbers = {name: _number(value) for name, value in given.items()}
    return None if None in numbers.values() else numbers


def _number(given: Any) -> int | None:  # noqa: ANN401 - as above
    return int(given) if isinstance(given, str) and re.fullmatch(r"[0-9]{1,6}", given) else None
