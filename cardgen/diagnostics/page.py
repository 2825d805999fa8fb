"""What there is to read about a code: for the terminal (`cardgen explain`) and for the pages in ``docs`` alike."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct, field

from cardgen.diagnostics.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.diagnostics.catalogue import DiagnosticType

_SAMPLES: Final = ("reading.txt", "schema.txt", "kinds.txt", "cards.txt", "building.txt", "print.txt")
_SAMPLE: Final = re.compile(r"^=== (CG\d{3})\n--- bad\n(.*?)^--- good\n(.*?)(?=^=== |\Z)", re.MULTILINE | re.DOTALL)
_CODE_OR_TAG: Final = re.compile("`[^`]*`|<")
_WIDTH: Final = 100


class Samples(NamedTuple):
    """Two samples of one thing: in one it is found, in the other it is not.

    A sample is cards as under ``cards:``; or files, each under a line ``# decks/...`` with its path, and commands, each
    after a ``$``. They belong to a deck ``rivers`` with one section, ``europe``, which has one card.
    """

    bad: str = ""
    good: str = ""


class Page(Struct, frozen=True):
    """What there is to read about a code.

    Attributes:
        code: The code.
        name: A readable name.
        severity: How much it weighs.
        about: What is found, and why it is bad.
        way_out: What to do.
        samples: What is found, and what is not.
        samples_with: The settings that the samples are checked with, or empty.
        settings: Names, defaults and meanings of what a collection may set.
        sources: Titles, publishers and addresses of the works that it rests on.
    """

    code: str
    name: str
    severity: str
    about: str
    way_out: str
    samples: Samples = field(default_factory=Samples)
    samples_with: str = ""
    settings: tuple[tuple[str, str, str], ...] = ()
    sources: tuple[tuple[str, str, str], ...] = ()


def page_of(kind: DiagnosticType) -> Page:
    """Return the page of a type of the catalogue."""
    samples = _samples().get(kind.code, Samples())
    return Page(kind.code, kind.name, kind.severity.value, kind.about, kind.way_out, samples)


def pages() -> tuple[Page, ...]:
    """Return the pages of the catalogue, in the order of their codes."""
    return tuple(page_of(CATALOGUE[code]) for code in sorted(CATALOGUE))


@cache
def _samples() -> dict[str, Samples]:
    folder = files("cardgen.diagnostics") / "samples"
    text = "".join((folder / name).read_text(encoding="utf-8") for name in _SAMPLES)
    return {code: Samples(bad, good) for code, bad, good in _SAMPLE.findall(text)}


def as_text(page: Page) -> str:
    """Write a page for a terminal."""
    return "\n\n".join(_parts(page))


def _parts(page: Page) -> Iterator[str]:
    yield f"{page.code} {page.name} ({page.severity})"
    yield textwrap.fill(page.about, _WIDTH) + "\n" + textwrap.fill(f"What to do: {page.way_out}", _WIDTH)
    if page.settings:
        rows = (f"  {name}: {default}\n{textwrap.indent(textwrap.fill(about, _WIDTH - 6), ' ' * 6)}"
                for name, default, about in page.settings)  # fmt: skip
        yield "\n".join(("Settings, and their defaults:", *rows))
    settings = f" (with {page.samples_with})" if page.samples_with else ""
    for name, sample in zip(("Bad", "Good"), page.samples, strict=True):
        if sample:
            yield f"{name}{settings}:\n\n{textwrap.indent(sample.rstrip(), '    ')}"
    if page.sources:
        yield "\n".join(f"Source: {title}, {publisher}\n        {url}" for title, publisher, url in page.sources)


def plain(text: str) -> str:
    """Return a sentence for Markdown, in which only its own back quotes are markup."""
    return _CODE_OR_TAG.sub(lambda found: "&lt;" if found[0] == "<" else found[0], text)


def as_markdown(page: Page) -> str:
    """Write a page as a section of a Markdown file."""
    lines = [f"## {page.code} {page.name}", "", plain(page.about), "", f"*What to do:* {plain(page.way_out)}"]
    if page.settings:
        rows = (f"| `{name}` | {default} | {about} |" for name, default, about in page.settings)
        lines.extend(["", "| setting | default | |", "| --- | --- | --- |", *rows])
    settings = f" (with `{page.samples_with}`)" if page.samples_with else ""
    for name, sample in zip(("Bad", "Good"), page.samples, strict=True):
        if sample:
            language = "sh" if sample.startswith("$") else "yaml"
            lines.extend(["", f"{name}{settings}:", "", f"```{language}", sample.rstrip(), "```"])
    if page.sources:
        sources = "; ".join(f"[{title}]({url}), {publisher}" for title, publisher, url in page.sources)
        lines.extend(["", f"*Source:* {sources}"])
    return "\n".join(lines) + "\n"
