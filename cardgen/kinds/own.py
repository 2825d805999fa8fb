"""Kinds of one's own: each card is one note of the kind's own note type, whose templates make its cards.

What other kinds say in code, such a kind declares (``cardgen.model.own_kind``), and the content of its cards brings
that along. So this one module serves all of them.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.kinds.base import CardText, FieldPicture, Form, OwnPart, Part, Problem, Role, labelled
from cardgen.model import FieldType
from cardgen.richtext import Image, LineBreak, Paragraph, parse, parse_line, to_plain
from cardgen.richtext.gaps import gap_numbers
from cardgen.richtext.parse import check_gaps
from cardgen.richtext.raw_html import files_in_html, gap_numbers_in_html, shown_in_html
from cardgen.templates import Text, counted, is_empty, makes_a_card, reached, seen
from cardgen.templates import parse as parse_template
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cardgen.model import OwnField, OwnKind
    from cardgen.richtext import Inline, RichText
    from cardgen.templates import Node
    from cardgen.words import Words

Value = str | tuple[str, ...]
"""What a card has in a field: text, or the paths of pictures; empty where it has nothing."""

_MARKDOWN: Final = frozenset({FieldType.TEXT, FieldType.LINE, FieldType.GAPS})


class Own(Struct, frozen=True, gc=False):
    """The fields of a card, in the order in which its kind declares them."""

    kind: OwnKind
    values: tuple[Value, ...]

    def filled(self) -> Iterator[tuple[OwnField, Value]]:
        """Yield the fields that are not empty."""
        return ((field, value) for field, value in zip(self.kind.fields, self.values, strict=True) if value)


def read(fields: Mapping[str, Any]) -> Own:
    """Take over the fields of a card; in the place of the name of its kind stands the kind."""
    kind: OwnKind = fields["kind"]
    return Own(kind, tuple(_value(field, fields.get(field.id, "")) for field in kind.fields))


def _value(field: OwnField, written: str | list[str]) -> Value:
    if field.type is not FieldType.PICTURES:
        return str(written)
    return (written,) if isinstance(written, str) and written else tuple(written)


def check(content: Own) -> Iterator[Problem]:
    """Find gaps that Anki would not see as their author meant them, and cards that ask nothing."""
    for field, value in content.filled():
        if field.type is FieldType.GAPS and isinstance(value, str):
            _, broken = check_gaps(value)
            if broken:
                yield Problem("CG402", broken, (field.id,))
                return
    if not cards_at(content):
        if content.kind.is_cloze:
            yield Problem("CG401", "the card has no gap", (content.kind.asks[0],))
        else:
            message = f"with these fields, none of the templates of {content.kind.id} asks anything"
            yield Problem("CG379", message, ())


def pictures(content: Own) -> Iterator[FieldPicture]:
    """Yield what fields for pictures and HTML show or play."""
    for field, value in content.filled():
        if field.type is FieldType.PICTURES:
            several = len(value) > 1
            for index, path in enumerate(value):
                yield FieldPicture((field.id, index) if several else (field.id,), path, None)
        elif field.type is FieldType.HTML:
            for path in files_in_html(str(value)):
                yield FieldPicture((field.id,), path, None)


def texts(content: Own) -> Iterator[CardText]:
    """Yield the texts, in the order of the kind's fields, each with the role that the kind gives it."""
    for field, value in content.filled():
        if field.type in _MARKDOWN or field.type is FieldType.LITERAL:
            is_literal = field.type is FieldType.LITERAL
            role = Role.GAPS if field.type is FieldType.GAPS else Role(field.role)
            yield CardText(role, (field.id,), str(value), literal=is_literal)


def compose(content: Own, words: Words) -> Iterator[Part]:
    """Ask as the templates do; paper and tables ask with the fields that the kind names for it."""
    kind = content.kind
    values = tuple(_tree(field, value) for field, value in zip(kind.fields, content.values, strict=True))
    trees = {
        field.id: shown_in_html(value, gaps=kind.is_cloze) if isinstance(value, str) else value
        for field, value in zip(kind.fields, values, strict=True)
    }
    named = {field.id: field for field in kind.fields}
    asked = [trees[name] for name in kind.asks if trees[name]]
    answered = [name for name in kind.answers if trees[name]]
    is_alone = len(kind.answers) == 1
    back = [trees[name] if is_alone else _told(named[name], trees[name], words) for name in answered]
    yield Part(
        id="",
        form=Form.CLOZE if kind.is_cloze else Form.OWN,
        front=tuple(block for tree in asked for block in tree),
        back=tuple(block for tree in back for block in tree),
        own=OwnPart(kind, values, cards_at(content) or (0,)),
    )


def _told(field: OwnField, tree: RichText, words: Words) -> RichText:
    """Put the title of a field in front of what it holds; above pictures it has a line of its own."""
    if field.type is FieldType.PICTURES:
        return (Paragraph((fill(words.label, label=field.title),)), *tree)
    return labelled(field.title, tree, words)


def sides(own: OwnPart, card: int) -> tuple[RichText, RichText]:
    """Return what a card of a note shows of its fields: on its front, and on its back what is not on the front.

    Args:
        own: What the note holds.
        card: Which of its cards, counted from 0 in the slots of the kind's templates.
    """
    kind = own.kind
    template = next(one for one in kind.templates if one.id == kind.template_slots[card].name)
    trees = {
        field.title: shown_in_html(value) if isinstance(value, str) else value
        for field, value in zip(kind.fields, own.values, strict=True)
    }
    filled = _counted(kind, [title for title, tree in trees.items() if tree])
    asked, answered = (
        dict.fromkeys(node.field for node in reached(side, filled) if node.field in trees)
        for side in _parsed((template.front, template.back))
    )
    return (
        tuple(block for name in asked for block in trees[name]),
        tuple(block for name in answered if name not in asked for block in trees[name]),
    )


def front_words(content: Own, *, tagged: bool) -> str:
    """Return what the front of a card's first card says, in plain words on one line; empty where it asks with gaps.

    Args:
        content: What the card holds.
        tagged: Whether it has tags: a template may ask for them.
    """
    kind = content.kind
    made = cards_at(content, tagged=tagged)
    if kind.is_cloze or not made:
        return ""
    place = kind.template_slots[made[0]]
    (nodes,) = _parsed(tuple(template.front for template in kind.templates if template.id == place.name))
    held = {field.title: _in_html(field, value) for field, value in content.filled()}
    shown = seen(nodes, _filled(content, "", tagged=tagged))
    html = "".join(node.text if isinstance(node, Text) else held.get(node.field, "") for node in shown)
    lines = (block.children for block in shown_in_html(html) if isinstance(block, Paragraph))
    return " ".join(words for line in lines for words in line if isinstance(words, str))


def _in_html(field: OwnField, value: Value) -> str:
    """Return the words that a field holds, as HTML."""
    tree = _tree(field, value)
    if isinstance(tree, str):
        return tree
    return "" if field.type is FieldType.PICTURES else escape(to_plain(tree))


def _tree(field: OwnField, value: Value) -> RichText | str:
    """Return what a field holds: HTML as it is, all else as rich text."""
    if isinstance(value, tuple):
        return (Paragraph(tuple(Image(path, "") for path in value)),) if value else ()
    match field.type:
        case FieldType.HTML:
            return value
        case FieldType.LITERAL:
            return _lines(value)
        case FieldType.LINE:
            return (Paragraph(parse_line(value)),) if value else ()
        case _:
            return parse(value, gaps=field.type is FieldType.GAPS)


def _lines(text: str) -> RichText:
    """Return text in which nothing is markup, each line of it on a line of its own."""
    nodes: list[Inline] = []
    for line in text.splitlines():
        nodes += [LineBreak(), line] if nodes else [line]
    return (Paragraph(tuple(nodes)),) if nodes else ()


def cards_at(content: Own, tier: str = "", *, tagged: bool = True) -> tuple[int, ...]:
    """Return which cards the templates make, counted from 0; none if they would make none.

    Args:
        content: What the note's card holds.
        tier: Up to which tier cards are made; empty for all.
        tagged: Whether the note has tags: a template may ask for them.
    """
    kind = content.kind
    filled = _filled(content, tier, tagged=tagged)
    fronts = _parsed(tuple(template.front for template in kind.templates))
    if kind.is_cloze:
        shown = {node.field for front in fronts for node in reached(front, filled) if "cloze" in node.filters}
        found = [_gaps(field, value) for field, value in content.filled() if field.title in shown]
        return tuple(sorted({number - 1 for numbers in found for number in numbers}))
    places = {slot.name: place for place, slot in enumerate(kind.template_slots) if slot.use == "template"}
    asking = (template for template, front in zip(kind.templates, fronts, strict=True) if makes_a_card(front, filled))
    return tuple(sorted(places[template.id] for template in asking))


def _filled(content: Own, tier: str, *, tagged: bool) -> frozenset[str]:
    """Return the names that count as filled on the cards of a tier."""
    titles = [field.title for field, value in content.filled() if not _is_blank(field, value)]
    return _counted(content.kind, titles, tier, tagged=tagged)


def _counted(kind: OwnKind, titles: Iterable[str], tier: str = "", *, tagged: bool = True) -> frozenset[str]:
    reached_tiers = kind.reached(tier)
    gates = [kind.field_name(slot) for slot in kind.field_slots if slot.use == "tier" and slot.name in reached_tiers]
    return counted((*titles, *gates), map(kind.field_name, kind.field_slots), tagged=tagged)


def _is_blank(field: OwnField, value: Value) -> bool:
    """Return whether Anki takes a field for empty; in all but HTML, a tag is text that one sees."""
    if not isinstance(value, str):
        return False
    if field.type is FieldType.HTML:
        return is_empty(value)
    # Markdown drops all spaces around a text; Anki counts those that are no ASCII.
    return not (value.strip(" \t\n\v\f\r") if field.type is FieldType.LITERAL else value.strip())


def _gaps(field: OwnField, value: Value) -> Iterable[int]:
    if field.type is FieldType.GAPS:
        return gap_numbers(parse(str(value), gaps=True))
    return gap_numbers_in_html(str(value)) if field.type is FieldType.HTML else ()


@lru_cache(maxsize=64)
def _parsed(templates: tuple[str, ...]) -> Sequence[tuple[Node, ...]]:
    return [parse_template(template) for template in templates]
