"""A Markdown file as blocks: what stands between empty lines, headings and code kept whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from cardgen.richtext import to_plain
from cardgen.richtext.parse import parse_line
from cardgen.richtext.tree import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n(.*?)(?:^|\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE: Final = re.compile(r"^(?:name|title)[ \t]*[=:](.+)$", re.MULTILINE)
"""A title in TOML, as hashcards has it, or in YAML, as Obsidian has."""

_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t](.+)")
_FENCE: Final = re.compile(r"\s*(?:>\s?)*(`{3,}|~{3,})")
_TAG: Final = re.compile(r"(?:^|(?<=\s))#[^\W\d_][\w/-]*")


class Written(NamedTuple):
    """A card as a file has it.

    Attributes:
        kind: How it asks.
        front: The Markdown of its question, or of a text with gaps in Anki's notation.
        back: The Markdown of its answer; empty for a text with gaps.
        headings: Those that it stands below, the highest first.
        tags: Its tags, in Anki's notation.
        deck: The deck that it says it belongs to, in Anki's notation; empty if it says none.
    """

    kind: Literal["basic", "reversed", "cloze"]
    front: str
    back: str
    headings: tuple[str, ...]
    tags: tuple[str, ...] = ()
    deck: str = ""


class Block(NamedTuple):
    """Lines between empty ones, or a heading.

    Attributes:
        lines: The lines; code between fences is one of them.
        headings: The headings above it, the highest first; a heading's own is not among them.
        is_heading: Whether it is one.
    """

    lines: tuple[str, ...]
    headings: tuple[str, ...]
    is_heading: bool = False


def front_matter(text: str) -> tuple[str, str, str]:
    """Return the title that a file gives itself, else nothing; its front matter; and what follows."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return "", "", text
    title = _TITLE.search(match[1])
    return (title[1].strip().strip("\"'") if title else ""), match[1], text[match.end() :]


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a file without its front matter."""
    headings: list[tuple[int, str]] = []
    waiting: list[str] = []

    def above() -> tuple[str, ...]:
        return tuple(words for _, words in headings)

    for line in whole_lines(text):
        heading = heading_of(line)
        if waiting and (heading is not None or not line.strip()):
            yield Block(tuple(waiting), above())
            waiting = []
        if heading is not None:
            level, words = heading
            while headings and headings[-1][0] >= level:
                headings.pop()
            yield Block((line,), above(), is_heading=True)
            headings.append((level, heading_words(words)))
        elif line.strip():
            waiting.append(line)
    if waiting:
        yield Block(tuple(waiting), above())


def whole_lines(text: str) -> Iterator[str]:
    """Yield lines, code between fences as one; a fence that is not closed lasts to the end, as in CommonMark."""
    fence: list[str] = []
    mark = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if mark:
            fence.append(line)
            if found is not None and found[1].startswith(mark) and not line[found.end() :].strip():
                yield "\n".join(fence)
                fence, mark = [], ""
        elif found is not None:
            fence, mark = [line], found[1]
        else:
            yield line
    if fence:
        yield "\n".join(fence)


def heading_of(line: str) -> tuple[int, str] | None:
    """Return a heading's level, from 1, and its Markdown; None for another line."""
    match = _HEADING.fullmatch(line)
    words = match[2].strip() if match else ""
    if words.endswith("#") and words.rstrip("#").endswith((" ", "\t")):
        words = words.rstrip("#").rstrip()
    return (len(match[1]), words) if match and words else None


def heading_words(markdown: str) -> str:
    """Return what a heading says, without tags, as a level of a deck's name."""
    words = " ".join(to_plain((Paragraph(parse_line(_TAG.sub("", markdown))),)).split())
    return words.replace("::", ":")


def tags_in(text: str) -> tuple[str, ...]:
    """Return the tags in a line, in Anki's notation."""
    return tuple(tag[1:].strip("/").replace("/", "::") for tag in _TAG.findall(text))


def only_tags(line: str) -> bool:
    """Return whether a line has tags and nothing else."""
    return bool(_TAG.search(line)) and not _TAG.sub("", line).strip()


def numbered(hidden: Sequence[str]) -> str:
    """Return a gap in Anki's notation: its number, what it hides, and a hint if there is one.

    Colons and braces that would end it are parted by a character that is not seen.
    """
    number, *texts = hidden
    safe = (text.replace("::", ":\u2060:").replace("}}", "}\u2060}") for text in texts if text)
    return f"{{{{c{number}::{'::'.join(safe)}}}}}"
