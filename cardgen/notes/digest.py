"""What a learner can see of a note, as a short hash by which the ledger knows whether it changed.

It is a hash of what the author wrote, as composed, and not of any output: how a tree becomes HTML can change without
touching a single note of a learner's.
"""

from __future__ import annotations

import hashlib
import unicodedata
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from cardgen.kinds import entries_shown
from cardgen.model import SILENT
from cardgen.notes.dates import dated
from cardgen.notes.note import WORKS_SHOWN
from cardgen.richtext.fold import Fold
from cardgen.richtext.tree import Paragraph
from cardgen.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cardgen.masks import Masked
    from cardgen.notes.note import Note
    from cardgen.richtext import RichText
    from cardgen.richtext.tree import (
        BulletList,
        Code,
        DefinitionList,
        Drawing,
        Gap,
        Group,
        Image,
        Inline,
        LineBreak,
        Link,
        Math,
        NumberedList,
        Preformatted,
        Recording,
        Ruby,
        Styled,
        Table,
    )
    from cardgen.words import Words

RENDER_VERSION: Final = 1
"""Raised only when markup has changed in a way that learners must get, at the price of touching all their notes."""


def digests(notes: Iterable[Note], picture: Callable[[str], str]) -> dict[str, str]:
    """Return the digests of notes of a deck, by their places.

    Args:
        notes: The notes.
        picture: Gives the name in packages of a picture by the path that cards give; it tells contents apart.

    Returns:
        For each note the form of its note type, 12 hexadecimal digits for what it asks and answers, by which a note
        is known again under another address, and 8 for the rest: ``basic:4f0c93ab2d61-e07f18c2``. A change that is
        missed, since two contents have the same digits, is one in 2^48 or 2^32.
    """
    fold = _CanonicalFold(picture)
    # Cards that cite the same share one tree, which lives as long as they do: its id names it.
    sources: dict[int, str] = {}
    # Many cards state the same, and of a section also carry the same tags.
    stated: dict[tuple[object, ...], str] = {}
    arounds: dict[tuple[object, ...], str] = {}
    section = ""
    found = {}
    for note in notes:
        card, part = note.card, note.part
        source = sources.get(id(note.source))
        if source is None:
            source = sources[id(note.source)] = fold.blocks(note.source)
        if note.section_id != section:
            section = note.section_id
            arounds.clear()
        written = (card.as_of, card.checked, card.stale_after, card.kind, card.language, card.direction, card.speech)
        few = (written, source, note.status)
        around = arounds.get((few, note.tags))
        if around is None:
            said = stated.get(few)
            if said is None:
                said = stated[few] = _said(note)
            around = "\n".join((quoted(note.section), said, "", *map(quoted, note.tags)))
            arounds[few, note.tags] = around
        content = f"{fold.blocks(part.front)}\n{fold.blocks(part.back)}\n{fold.blocks(part.more)}"
        if part.own is not None:
            # By their ids, and without those that are empty: a field that moves, or one more, changes no note.
            held = zip(part.own.kind.fields, part.own.values, strict=True)
            content = "\n".join(sorted(f"{field.id} {fold.own(value)}" for field, value in held if value))
        if part.masked is not None:
            content = f"{content}\n{_masks(part.masked, fold)}"
        # Of a card without a hint, the digest is as it was before there were any.
        small = f"{fold.blocks(note.note)}\n{fold.blocks(note.hint)}" if note.hint else fold.blocks(note.note)
        rest = f"{RENDER_VERSION}\n{small}\n{source}\n{quoted(note.address)}\n{around}"
        found[note.place] = f"{part.note_type}:{_hash(content, 6)}-{_hash(rest, 4)}"
    return found


def _masks(masked: Masked, fold: _CanonicalFold) -> str:
    """Write masks: their numbers and ids, where they lie and what they hide."""
    written = (
        f"[{mask.number},{quoted(mask.id)},{_plain(mask.shapes)},{fold.inlines(mask.words)}]" for mask in masked.masks
    )
    return f'["{"all" if masked.hide_all else "one"}",{",".join(written)}]'


def _said(note: Note) -> str:
    """Write what a note shows of its card beside texts, sources and its address."""
    card = note.card
    # Of a card without `checked`, the digest is as it was before there was one.
    dates = f"{card.as_of}\n{card.checked}" if card.checked else card.as_of
    if dates and note.words.language != card.language:
        # They are in the words of the deck, which may change without the card.
        dates = f"{dates}\n{note.words.language}"
    shown = (dates, note.check_again, card.kind, card.language, card.direction)
    # Of a card that is silent, the digest is as it was before cards spoke.
    spoken = () if card.speech == SILENT else (card.speech.front, card.speech.back)
    return "\n".join(map(quoted, (*shown, *note.status, *_in_other_words(note), *spoken)))


def _hash(text: str, size: int) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return hashlib.blake2b(text.encode(), digest_size=size).hexdigest()


def _in_other_words(note: Note) -> list[str]:
    """Return what cardgen itself says on a note's cards beside its tree, where it is not what it says in English."""
    if note.words is ENGLISH:
        return []

    def said(words: Words) -> Iterator[str]:
        for key in entries_shown(note.card.kind):
            yield words[key]
        yield dated(note.card.as_of, note.card.checked, words)
        if len(note.source) > WORKS_SHOWN:
            yield words.more_sources

    return [text for text, usual in zip(said(note.words), said(ENGLISH), strict=True) if text != usual]


class _CanonicalFold(Fold[str, str]):
    """Writes a tree in one way, whatever outputs make of it: each node as a JSON list that begins with what it is."""

    def __init__(self, picture: Callable[[str], str]) -> None:
        self._picture = picture

    def own(self, value: RichText | str) -> str:
        """Fold what a field of one's own holds: rich text, or HTML as it goes into Anki."""
        if not isinstance(value, str):
            return self.blocks(value)
        from cardgen.richtext.raw_html import OWN_MEDIA, with_media_names  # few decks have fields of HTML

        return quoted(with_media_names(value, lambda path: self._picture(path) if path.startswith(OWN_MEDIA) else None))

    def blocks(self, tree: RichText) -> str:
        """Fold rich text; nearly all of it is nothing, or one paragraph of words alone."""
        if not tree:
            return "[]"
        if len(tree) == 1 and isinstance(tree[0], Paragraph):
            children = tree[0].children
            if len(children) == 1 and isinstance(children[0], str):
                return f'[["paragraph",[{quoted(children[0])}]]]'
        return f"[{','.join([self.block(block) for block in tree])}]"

    def inlines(self, nodes: tuple[Inline, ...]) -> str:
        """Fold inlines; texts that follow one another are one text."""
        folded: list[str] = []
        text = ""
        for node in nodes:
            if isinstance(node, str):
                text += node
                continue
            if text:
                folded.append(quoted(text))
                text = ""
            folded.append(self.inline(node))
        if text:
            folded.append(quoted(text))
        return f"[{','.join(folded)}]"

    def text(self, node: str) -> str:
        return quoted(node)

    def styled(self, node: Styled) -> str:
        return f'["{node.style}",{self.inlines(node.children)}]'

    def code(self, node: Code) -> str:
        return f'["code",{quoted(node.text)}]'

    def math(self, node: Math) -> str:
        return f'["{"display" if node.display else "math"}",{self.inlines(node.parts)}]'

    def line_break(self, node: LineBreak) -> str:  # noqa: ARG002 - there is nothing in it
        return '["break"]'

    def link(self, node: Link) -> str:
        return f'["link",{quoted(node.address)},{self.inlines(node.children)}]'

    def image(self, node: Image) -> str:
        width = f",{node.width}" if node.width else ""
        return f'["image",{quoted(self._picture(node.path))},{quoted(node.alternative)}{width}]'

    def recording(self, node: Recording) -> str:
        return f'["recording",{quoted(self._picture(node.path))},{quoted(node.words)}]'

    def ruby(self, node: Ruby) -> str:
        pairs = (f"[{quoted(base)},{quoted(reading)}]" for base, reading in node.pairs)
        return f'["ruby",{",".join(pairs)}]'

    def gap(self, node: Gap) -> str:
        hint = self.inlines(node.hint) if node.hint is not None else "null"
        return f'["gap",{node.number},{hint},{self.inlines(node.children)}]'

    def paragraph(self, node: Paragraph) -> str:
        return f'["paragraph",{self.inlines(node.children)}]'

    def bullet_list(self, node: BulletList) -> str:
        return f'["bullets",{",".join(map(self.blocks, node.items))}]'

    def numbered_list(self, node: NumberedList) -> str:
        return f'["numbers",{node.start},{",".join(map(self.blocks, node.items))}]'

    def definition_list(self, node: DefinitionList) -> str:
        entries = (
            f"[{self.inlines(term)},{','.join(map(self.blocks, definitions))}]" for term, definitions in node.entries
        )
        return f'["definitions",{",".join(entries)}]'

    def table(self, node: Table) -> str:
        rows = (f"[{','.join(map(self.inlines, row))}]" for row in (node.header, *node.rows))
        return f'["table","{" ".join(node.alignments)}",{",".join(rows)}]'

    def preformatted(self, node: Preformatted) -> str:
        language = f",{quoted(node.language)}" if node.language else ""
        return f'["preformatted",{quoted(node.text)}{language}]'

    def drawing(self, node: Drawing) -> str:
        from cardgen.charts import told  # few trees have one

        said, usual = told(node.chart), told(replace(node.chart, words=ENGLISH))
        words = "".join(f",{quoted(text)}" for text, english in zip(said, usual, strict=True) if text != english)
        return f'["drawing",{_plain(node.chart)}{words}]'

    def group(self, node: Group) -> str:
        return f'["group",{quoted(str(node.role))},{self.blocks(node.children)}]'


def _plain(value: object) -> str:
    """Write a chart without its words: figures with the digits that their author wrote, days as ISO dates."""
    if isinstance(value, Struct):
        shown = (getattr(value, name) for name in value.__struct_fields__ if name != "words")
        return f"[{','.join((quoted(type(value).__name__), *map(_plain, shown)))}]"
    if isinstance(value, tuple):
        return f"[{','.join(map(_plain, value))}]"
    return quoted(str(value))
