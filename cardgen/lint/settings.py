"""Which rules hold for a collection: the built-in ones as its settings have them, and its own patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cardgen.check import convert, fits
from cardgen.diagnostics import DiagnosticType, Severity, did_you_mean, shortened
from cardgen.lint.patterns import missed_samples, rule_from
from cardgen.lint.regexes import UnfitExpressionError, compiled
from cardgen.lint.registry import built_in
from cardgen.load import selection_from
from cardgen.model import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.diagnostics import Diagnostic
    from cardgen.lint.base import Option, Options, Rule
    from cardgen.read import Document, KeyPath


@dataclass(frozen=True, slots=True)
class Active:
    """A rule that holds, with its options; `type` is what its findings are."""

    rule: Rule
    options: Options
    type: DiagnosticType


@dataclass(frozen=True)
class Settings:
    """The rules that hold.

    Attributes:
        active: In the order of their codes, patterns last.
        known: All rules by name and by code, also those that are off.
        diagnostics: What is wrong with the settings.
    """

    active: tuple[Active, ...]
    known: Mapping[str, Rule]
    diagnostics: tuple[Diagnostic, ...] = field(default=())

    def names(self) -> tuple[str, ...]:
        """Give the names of all rules."""
        return tuple(dict.fromkeys(rule.name for rule in self.known.values()))


def settings_of(document: Document | None) -> Settings:
    """Read settings; where they are wrong, the rules are as they come.

    Args:
        document: The file that `lint` names in collection.yaml, or None if it names none.
    """
    if document is None:
        return _Reader(None, {}).settings([])
    found = list(document.diagnostics)
    value = document.value
    if value is not None:
        convert(value, "lint")
        if not fits(value, "lint"):
            # Only where something is wrong: jsonschema takes a while to come.
            from cardgen.check.explain import explain

            found.extend(explain(document, "lint"))
            value = None
    return _Reader(document, value or {}).settings(found)


class _Reader:
    def __init__(self, document: Document | None, value: Mapping[str, Any]) -> None:
        self._document = document
        self._rules: Mapping[str, Any] = value.get("rules", {})
        self._patterns: list[Mapping[str, Any]] = value.get("patterns", [])
        self._known: dict[str, Rule] = {}
        for rule in built_in():
            self._known[rule.name] = self._known[rule.code] = rule

    def settings(self, found: list[Diagnostic]) -> Settings:
        """Put it all together."""
        rules = list(built_in())
        rules.extend(self._own(found))
        chosen = {self._known[name].name: name for name in self._rules if name in self._known}
        for name in self._rules:
            if name not in self._known:
                message = f"there is no lint rule `{shortened(name)}`"
                hint = did_you_mean(name, self._known)
                found.append(self._diagnose("CG701", message, ("rules", name), hint, of_key=True))
        active = [entry for rule in rules if (entry := self._active(rule, chosen.get(rule.name), found)) is not None]
        return Settings(tuple(active), self._known, tuple(found))

    def _own(self, found: list[Diagnostic]) -> Iterator[Rule]:
        """Make rules of the patterns that can be used."""
        for index, entry in enumerate(self._patterns):
            way: KeyPath = ("patterns", index)
            if entry["id"] in self._known:
                message = f"`{entry['id']}` is already the name of a rule"
                found.append(self._diagnose("CG704", message, (*way, "id")))
                continue
            flaws = list(self._flaws(entry, way))
            found.extend(flaws)
            if not flaws:
                where = selection_from(entry["where"]) if "where" in entry else EVERYTHING
                rule = self._known[entry["id"]] = rule_from(entry, where)
                found.extend(self._missed(entry, way))
                yield rule

    def _flaws(self, entry: Mapping[str, Any], way: KeyPath) -> Iterator[Diagnostic]:
        for name in ("match", "unless", "unless_description"):
            value = entry.get(name, [])
            for index, text in enumerate([value] if isinstance(value, str) else value):
                try:
                    compiled(text)
                except UnfitExpressionError as error:
                    path = (*way, name) if isinstance(value, str) else (*way, name, index)
                    yield self._diagnose("CG703", f"`{shortened(text)}` cannot be used: {error}", path)

    def _missed(self, entry: Mapping[str, Any], way: KeyPath) -> Iterator[Diagnostic]:
        for name, index, sample in missed_samples(entry):
            path = (*way, name) if isinstance(entry[name], str) else (*way, name, index)
            does = "does not find" if name == "bad" else "finds"
            yield self._diagnose("CG705", f"`{entry['id']}` {does} its {name} sample “{shortened(sample)}”", path)

    def _active(self, rule: Rule, name: str | None, found: list[Diagnostic]) -> Active | None:
        value = self._rules[name] if name is not None else "on"
        options: dict[str, Any] = {option.name: option.default for option in rule.options}
        severity = rule.severity
        if value == "off":
            return None
        if isinstance(value, str):
            severity = rule.severity if value == "on" else Severity(value)
        else:
            severity = Severity(value.get("severity", severity))
            for key, given in value.items():
                if key != "severity":
                    self._set(rule, options, key, given, ("rules", name or "", key), found)
        found_as = DiagnosticType(rule.code, rule.name, severity, rule.finds, rule.way_out)
        return Active(rule, options, found_as)

    def _set(
        self,
        rule: Rule,
        options: dict[str, Any],
        key: str,
        given: Any,  # noqa: ANN401 - as the schema says
        path: KeyPath,
        found: list[Diagnostic],
    ) -> None:
        option = next((option for option in rule.options if option.name == key), None)
        if option is None:
            names = [option.name for option in rule.options]
            hint = did_you_mean(key, [*names, "severity"])
            found.append(
                self._diagnose("CG702", f"`{rule.name}` has no option `{shortened(key)}`", path, hint, of_key=True)
            )
            return
        value = _converted(option, given)
        if value is None:
            sort = "a whole number" if isinstance(option.default, int) else _SORTS[type(option.default)]
            found.append(self._diagnose("CG702", f"`{key}` of `{rule.name}` must be {sort}", path, option.about))
        else:
            options[key] = value

    def _diagnose(self, code: str, message: str, path: KeyPath, hint: str = "", *, of_key: bool = False) -> Diagnostic:
        if self._document is None:
            raise AssertionError("settings that nobody wrote are wrong")
        return self._document.diagnose(code, message, path, hint, of_key=of_key)


_SORTS: dict[type, str] = {tuple: "a list of texts", dict: "a mapping of names to whole numbers"}


def _converted(option: Option, given: Any) -> Any:  # noqa: ANN401 - as the schema says
    """Give a value as the option's default is; None if it is of another sort."""
    if isinstance(option.default, int):
        return _number(given)
    if isinstance(option.default, tuple):
        return tuple(given) if isinstance(given, list) else (given,) if isinstance(given, str) else None
    if not isinstance(given, dict):
        return None
    numbers = {name: _number(value) for name, value in given.items()}
    return None if None in numbers.values() else numbers


def _number(given: Any) -> int | None:  # noqa: ANN401 - as above
    return int(given) if isinstance(given, str) and re.fullmatch(r"[0-9]{1,6}", given) else None
