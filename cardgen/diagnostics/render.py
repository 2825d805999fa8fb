"""Three ways to write findings: for people, for programs, for a pull request."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from cardgen.diagnostics import shown
from cardgen.diagnostics.catalogue import Severity
from cardgen.diagnostics.diagnostic import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cardgen.diagnostics.diagnostic import Diagnostic, Place

JSON_VERSION: Final = 1
"""Version of the JSON form; it grows when a field changes its meaning or goes away."""

_FRAME_WIDTH: Final = 100

Style = Callable[[str, str], str]
"""Gives text the look of a role: `error`, `warning`, `place`, `frame` or `hint`."""


def unstyled(text: str, _role: str) -> str:
    """Leave text as it is: the style where there is no colour."""
    return text


def as_text(diagnostics: Sequence[Diagnostic], style: Style = unstyled) -> str:
    """Write findings for a terminal, each with its line of the file and a caret under the place.

    Args:
        diagnostics: What was found, in the order to show findings of one severity.
        style: Gives text the look of a role: ``error``, ``warning``, ``place``, ``frame`` or ``hint``.

    Returns:
        The findings, errors first, since the others can wait; separated by empty lines, and a line that counts them;
        empty for no findings.
    """
    if not diagnostics:
        return ""
    gravest_first = sorted(diagnostics, key=lambda diagnostic: -diagnostic.severity.weight)
    parts = [_one_as_text(diagnostic, style) for diagnostic in gravest_first]
    return "\n\n".join([*parts, summary(diagnostics)])


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Count findings in words, such as ``2 errors, 1 warning``."""
    found = [diagnostic.severity for diagnostic in diagnostics]
    counts = [(found.count(severity), severity.value) for severity in Severity]
    return ", ".join(counted(n, word) for n, word in counts if n) or "no findings"


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Write findings as one JSON document: ``{"version": 1, "diagnostics": [...]}``.

    Each finding has ``code``, ``name``, ``severity``, ``message``, ``hint`` and ``place``: null, or ``file``,
    ``line`` and ``column`` (from 1, in characters; 0 for a file as a whole) and ``width``.
    """
    return shown.json_document({"version": JSON_VERSION, "diagnostics": as_data(diagnostics)})


def as_data(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return findings as `as_json` has them, for a document that holds more."""
    return [
        {
            "code": diagnostic.code,
            "name": diagnostic.name,
            "severity": diagnostic.severity.value,
            "message": diagnostic.message,
            "hint": diagnostic.hint,
            "place": _place_as_data(diagnostic.place),
        }
        for diagnostic in diagnostics
    ]


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Write findings as GitHub workflow commands, one a line, which annotate the lines of a pull request.

    The form and its escapes are those of GitHub's documentation, "Workflow commands for GitHub Actions". A hint has a
    line of its own.
    """
    return "\n".join(map(_one_for_github, diagnostics))


def _one_as_text(diagnostic: Diagnostic, style: Style) -> str:
    severity = diagnostic.severity.value
    head = f"{style(f'{severity}[{diagnostic.code}]', severity)}: {shown.line(diagnostic.message)}"
    lines = [head]
    if diagnostic.place is not None:
        lines.append(style(f"  --> {shown.line(str(diagnostic.place))}", "place"))
        if diagnostic.place.source.strip():
            lines.extend(style(line, "frame") for line in _frame(diagnostic.place))
    if diagnostic.hint:
        first, *more = map(shown.line, diagnostic.hint.split("\n"))
        lines += [f"  {style('hint:', 'hint')} {first}", *(f"    {line}" for line in more)]
    return "\n".join(lines)


def _frame(place: Place) -> tuple[str, str]:
    """Show the line and, under it, a caret; a long line is cut to a window around the place."""
    start = max(0, place.column - 1 - _FRAME_WIDTH // 2) if len(place.source) > _FRAME_WIDTH else 0
    window = place.source[start : start + _FRAME_WIDTH]
    before = window[: place.column - 1 - start]
    under = window[len(before) : len(before) + place.width]
    lead = "…" if start else ""
    tail = "…" if start + _FRAME_WIDTH < len(place.source) else ""
    number = str(place.line)
    carets = "^" * max(1, _columns(under))
    return (
        f"  {number} | {lead}{shown.frame(window)}{tail}",
        f"  {' ' * len(number)} | {' ' * (len(lead) + _columns(before))}{carets}",
    )


def _columns(text: str) -> int:
    """Count the columns a terminal gives to text: wide characters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _place_as_data(place: Place | None) -> dict[str, str | int] | None:
    if place is None:
        return None
    return {"file": place.file, "line": place.line, "column": place.column, "width": place.width}


def _one_for_github(diagnostic: Diagnostic) -> str:
    properties = [f"title={shown.github_property(f'{diagnostic.code} {diagnostic.name}')}"]
    if diagnostic.place is not None:
        properties.append(f"file={shown.github_property(diagnostic.place.file)}")
        if diagnostic.place.line:
            end = diagnostic.place.column + diagnostic.place.width
            properties.append(f"line={diagnostic.place.line},col={diagnostic.place.column},endColumn={end}")
    message = "\n".join(filter(None, (diagnostic.message, diagnostic.hint)))
    command = "notice" if diagnostic.severity is Severity.INFO else diagnostic.severity.value
    return f"::{command} {','.join(properties)}::{shown.github(message)}"
