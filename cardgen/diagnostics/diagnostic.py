"""The findings themselves: what, how grave, where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from cardgen.diagnostics.catalogue import CATALOGUE, DiagnosticType, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


class Place(Struct, frozen=True, order=True):
    """Where in a source file a finding is.

    Attributes:
        file: Path of the file, as people would type it, with forward slashes.
        line: Line, counted from 1; 0 where the finding is about the file as a whole.
        column: Column in characters, counted from 1; 0 as above.
        width: How many characters of the line the finding covers, at least 1.
        source: The line's text, without its end; empty where the file as a whole is meant.
    """

    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    source: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Diagnostic(Struct, frozen=True):
    """One finding.

    Attributes:
        code: A code of the catalogue.
        message: What is wrong, with the value received.
        place: Where, or None where no file is to blame (a wrong name on the command line).
        hint: The way out.
        rule: What the finding is one of; None for what the catalogue has, which its code then finds.
    """

    code: str
    message: str
    place: Place | None = None
    hint: str = ""
    rule: DiagnosticType | None = None

    @property
    def severity(self) -> Severity:
        """How much the finding weighs."""
        return self.type.severity

    @property
    def name(self) -> str:
        """The code's name for people."""
        return self.type.name

    @property
    def type(self) -> DiagnosticType:
        """What the finding is one of."""
        return self.rule or CATALOGUE[self.code]


def diagnose(code: str, message: str, place: Place | None = None, hint: str = "") -> Diagnostic:
    """Make a diagnostic; without a hint of its own it carries its rule's way out."""
    return Diagnostic(code, message, place, hint or CATALOGUE[code].way_out)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any of the findings stops a build."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def in_file_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort findings by file, line and column, those without a place first, and drop repetitions."""

    def key(diagnostic: Diagnostic) -> tuple[bool, tuple[str, int, int], str, str]:
        place = diagnostic.place
        where = (place.file, place.line, place.column) if place else ("", 0, 0)
        return place is not None, where, diagnostic.code, diagnostic.message

    return tuple(sorted(dict.fromkeys(diagnostics), key=key))


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """Return a hint that names the nearest of the right words, or lists them if they are few; else nothing."""
    from difflib import get_close_matches  # only where something is wrong

    words = list(right)
    near = get_close_matches(wrong.lower(), {word.lower(): word for word in words}, n=1)
    if near:
        return f"Did you mean `{next(word for word in words if word.lower() == near[0])}`?"
    few = 16
    if 0 < len(words) <= few:
        return f"Choose from {quoted(words)}."
    return ""


def counted(number: int, word: str) -> str:
    """Say a number and a word, the word in the plural where it belongs."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def quoted(words: Iterable[str], most: int | None = None) -> str:
    """Join words for a sentence, each in back quotes; those after the first `most`, if told, are only counted."""
    words = list(words)
    more = f" and {len(words) - most:,} more" if most is not None and len(words) > most else ""
    return ", ".join(f"`{word}`" for word in words[:most]) + more


def shortened(value: str, limit: int = 60) -> str:
    """Cut a received value so that a message stays readable, and take out what a terminal would obey."""
    value = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(value.split()))
    return value if len(value) <= limit else value[: limit - 1] + "…"
