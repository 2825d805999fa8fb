"""Cards on a page: the question, and behind it the answer with its sources and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from cardgen.notes import asked_once, headed
from cardgen.richtext import Group, GroupRole, Link, Paragraph, Recording, nodes, to_plain
from cardgen.site.html import Html, element, joined
from cardgen.site.masks import masked
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.notes import Note
    from cardgen.richtext import Inline, RichText
    from cardgen.site.fold import PageFold
    from cardgen.site.frame import Voice

_LONGEST: Final = 200
"""Characters of a question that an address takes along."""


def card(note: Note, voice: Voice, fold: PageFold, report: str) -> Html:
    """Return a card, whose answer opens without a script.

    Args:
        note: What it asks.
        voice: The language of its page.
        fold: Writes rich text.
        report: The address at which readers report mistakes, with its place holders; or empty.
    """
    asked = asked_once(note)
    line, rest = _headed(note)
    heading = element("h2", fold.line(line) if line else note.part.title or note.address)
    prompts = [block for block in rest if isinstance(block, Group) and block.role is GroupRole.PROMPT]
    tapped = any(isinstance(node, Link | Recording) for node in nodes(asked.question))
    if line and len(prompts) == len(rest) and not tapped:
        # Lines alone can be tapped themselves, if nothing in them is tapped for something else.
        told = (element("span", Html(fold.blocks(prompt.children)), class_="prompt") for prompt in prompts)
        inside = joined(
            element("details", element("summary", heading, *told), _behind(note, fold, report)), *_hint(note, fold)
        )
    else:
        question = element("div", _question(note, rest, fold), class_="question")
        opened = element("details", element("summary", note.words.column_answer), _behind(note, fold, report))
        inside = joined(heading, question, *_hint(note, fold), opened)
    written = note.card
    return element(
        "article",
        inside,
        id=note.place,
        class_=written.kind,
        lang=written.language if written.language != voice.language else None,
        dir=written.direction if written.direction != voice.direction else None,
    )


def line_of(note: Note) -> str:
    """Return what a note asks on one line of plain text."""
    line, _ = _headed(note)
    return " ".join(to_plain((Paragraph(line),)).split()) or note.part.title or note.address


def _headed(note: Note) -> tuple[tuple[Inline, ...], RichText]:
    """Return what a note asks as a line for a heading, and what stands below; a picture with masks is no heading."""
    part = note.part
    if part.masked is not None and not part.masked.title:
        return (), part.front
    return headed(asked_once(note).question)


def _question(note: Note, rest: RichText, fold: PageFold) -> Html:
    """Return what of a question stands below its heading: of a picture with masks, these as well."""
    masks = note.part.masked
    if masks is None:
        return fold.page(rest)
    picture = (Paragraph((masks.image,)),)
    parts = (masked(fold.page((block,)), masks.masks) if (block,) == picture else fold.page((block,)) for block in rest)
    return joined(*parts)


def _answer(note: Note, answer: RichText) -> RichText:
    """Return the answer of a note: of a picture with masks it as it is, and what they hide as far as that has words."""
    masks = note.part.masked
    if masks is None:
        return answer
    named = answer if any(mask.words for mask in masks.masks) else ()
    return (Paragraph((masks.image,)), *named)


def _hint(note: Note, fold: PageFold) -> Iterator[Html]:
    """Yield what helps with a question, behind a line of its own."""
    if note.hint:
        line = element("summary", note.words.hint)
        yield element("details", line, element("div", fold.page(note.hint)), class_="hint")


def _behind(note: Note, fold: PageFold, report: str) -> Html:
    asked = asked_once(note)
    parts = (("answer", _answer(note, asked.answer)), ("more", asked.more), ("note", note.note))
    return joined(
        *(element("div", fold.page(tree), class_=name) for name, tree in parts if tree),
        *(element("p", warning, class_="warning") for warning in note.status),
        element("footer", *_small_print(note, fold, report)),
    )


def _small_print(note: Note, fold: PageFold, report: str) -> Iterator[Html]:
    """Yield what is known of a fact, of a card once: its sources, its dates; and by what name it is known."""
    if not note.part.id:
        label = fill(note.words.label, label=note.words.column_source)
        for index, work in enumerate(note.source):
            # Where to check a fact comes first, and says so itself.
            before = "" if index < len(note.card.see) else f"{label} "
            yield element("p", before, Html(fold.blocks((work,))))
        yield from (element("p", line) for line in (note.dated, note.check_again) if line)
    yield element("p", element("code", note.address), *_report(note, report))


def _report(note: Note, report: str) -> Iterator[str]:
    if report:
        known = {"card": note.address, "question": line_of(note)[:_LONGEST]}
        address = fill(report, **{name: quote(text, safe="") for name, text in known.items()})
        yield " "
        yield element("a", note.words.something_wrong, href=address)
