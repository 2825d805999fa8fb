"""What Anki takes in silence, and shows as an error on the learner's cards, or not at all."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from cardgen.diagnostics import did_you_mean, quoted, shortened
from cardgen.read import nfc
from cardgen.templates.filters import GAPS, VOICES, check_filters
from cardgen.templates.nodes import Flaw, Problem, Replacement, Section, Span
from cardgen.templates.parse import read
from cardgen.templates.shows import FRONT_SIDE, SPECIAL, TAGS, named, replacements
from cardgen.templates.versions import check_older, check_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cardgen.templates.nodes import Node

Side = Literal["front", "back"]

_MOST: Final = 50
"""How many problems of a sort are told of a side: to look for the name that was meant takes time."""

_WHOLE: Final = Span(0, 0)

_OF_A_GAP: Final = re.compile(r"c\+?[0-9]+")
"""In sections, whether it is the card of that gap (``is_cloze_conditional`` in rslib/src/template.rs)."""

_CARD: Final = re.compile(r"\{\{\s*Card\s*\}\}")
"""With it, Anki takes fronts that are the same (``ensure_template_fronts_unique`` in rslib/src/notetype/mod.rs)."""

_WORD: Final = ("word",)
"""The filter of what is no field, but a word in the language of the deck."""


class _Known(Struct, frozen=True):
    """What templates may name; see `check_template`."""

    fields: tuple[str, ...]
    is_cloze: bool
    gaps: frozenset[str] | None
    required: tuple[str, ...]
    words: frozenset[str]


def check_template(
    front: str,
    back: str,
    fields: Sequence[str],
    *,
    is_cloze: bool = False,
    gaps: Sequence[str] | None = None,
    required: Sequence[str] = (),
    words: Sequence[str] = (),
) -> Iterator[tuple[Side, Problem]]:
    """Yield what is wrong with the sides of a template, each with the side.

    Args:
        front: What asks.
        back: What answers.
        fields: The names of the note type's fields.
        is_cloze: Whether the cards of the note type come from gaps.
        gaps: Those of the fields that may have gaps; None if any may.
        required: Those of the fields that every note has.
        words: What ``{{word:…}}`` may name, which is no part of Anki's language; see `OwnKind`.
    """
    known = _Known(
        tuple(map(nfc, fields)),
        is_cloze,
        None if gaps is None else frozenset(map(nfc, gaps)),
        tuple(map(nfc, required)),
        frozenset(words),
    )
    sides: dict[Side, str] = {"front": front, "back": back}
    read_sides = {side: read(text) for side, text in sides.items()}
    for side, text in sides.items():
        nodes, problems = read_sides[side]
        sorts: list[Iterable[Problem]] = [problems, _braces(nodes, text), _unknown(nodes, known), _filters(nodes)]
        if not problems:
            sorts.append(check_older(nodes, known.fields))
            sorts.append(_gaps(nodes, side, known) if is_cloze else _no_gaps(nodes))
            sorts.append(_front(nodes, known) if side == "front" else _back(nodes, read_sides["front"].nodes))
        found = (problem for sort in sorts for problem in islice(sort, _MOST))
        yield from ((side, problem) for problem in sorted(found, key=lambda problem: problem.span))


def check_fronts(fronts: Mapping[str, str]) -> Iterator[tuple[str, Problem]]:
    """Yield each front that is the same as an earlier one, with the name of its template.

    Args:
        fronts: By the names of their templates, as they go into Anki.
    """
    seen: dict[str, str] = {}
    for name, front in fronts.items():
        earlier = seen.setdefault(front, name)
        if earlier != name and not _CARD.search(front):
            message = f"the front is the same as that of `{shortened(earlier)}`"
            hint = "Ask something else, or put a comment into one: `<!-- … -->`."
            yield name, Problem(Flaw.SAME_FRONT, message, _WHOLE, hint)


def _braces(nodes: Sequence[Node], text: str) -> Iterator[Problem]:
    for node in named(nodes):
        if text.startswith("{{{", node.span.start):
            message = "a tag has two braces: Anki passes over the third, and shows one at the end as text"
            yield Problem(Flaw.SYNTAX, message, node.span, "Write two; fields are never escaped.")


def _unknown(nodes: Sequence[Node], known: _Known) -> Iterator[Problem]:
    """Yield names of what there is not. Anki looks at all sections, also those that it does not show."""
    for node in named(nodes):
        match node:
            case Section(field=name, negated=negated):
                is_known = name in known.fields or name in SPECIAL - {FRONT_SIDE} or _OF_A_GAP.fullmatch(name)
                if not is_known:
                    yield _no_field(node, f"{'^' if negated else '#'}{name}", known)
            case Replacement(field=name, filters=filters):
                if filters == _WORD:
                    if name not in known.words:
                        message = f"the kind has no word `{shortened(name)}`"
                        yield Problem(Flaw.UNKNOWN_WORD, message, node.span, did_you_mean(name, sorted(known.words)))
                elif name not in known.fields and name not in SPECIAL and (name or filters != (VOICES,)):
                    yield _no_field(node, ":".join((*filters, name)), known)


def _no_field(node: Replacement | Section, written: str, known: _Known) -> Problem:
    message = f"`{{{{{shortened(written)}}}}}` names no field"
    return Problem(Flaw.UNKNOWN_FIELD, message, node.span, _way_to_a_field(node, known))


def _way_to_a_field(node: Replacement | Section, known: _Known) -> str:
    name = node.field
    if name == FRONT_SIDE:
        return f"No section asks for `{FRONT_SIDE}`: the front is never empty."
    if name.strip() in known.fields:
        return "Take out the space beside the colon."
    if nfc(name) in known.fields:
        return (
            "An accent is a character of its own here: save the file in Unicode's form NFC, in which Anki keeps names."
        )
    if name.startswith("="):
        return "Of other delimiters Anki knows one pair: `{{=<% %>=}}`, at the very beginning."
    if isinstance(node, Section) and name.rpartition(":")[2] in known.fields:
        return "A section has no filters: it asks whether the field is filled."
    return did_you_mean(name, known.fields)


def _filters(nodes: Sequence[Node]) -> Iterator[Problem]:
    for node in replacements(nodes):
        if node.filters != _WORD:
            yield from check_filters(node)


def _gaps(nodes: Sequence[Node], side: Side, known: _Known) -> Iterator[Problem]:
    """Yield what is wrong with a side of a cloze type."""
    shown = {node.field for node in replacements(nodes) if "cloze" in node.filters}
    candidates = sorted(known.gaps or ()) or known.fields
    if not shown:
        message = "a side of a cloze template shows no gaps"
        yield Problem(
            Flaw.GAPS, message, _WHOLE, f"Put `{{{{cloze:{candidates[0] if candidates else 'Text'}}}}}` on it."
        )
        return
    if known.gaps is None:
        return
    for node in replacements(nodes):
        if node.field in known.fields and node.field not in known.gaps and not GAPS.isdisjoint(node.filters):
            message = f"`{node.field}` has no gaps, so that `cloze:` shows nothing of it"
            yield Problem(Flaw.GAPS, message, node.span, f"Show `{{{{{node.field}}}}}`.")
    if side == "front" and (missing := sorted(known.gaps - shown)):
        message = f"gaps of {quoted(missing)} make cards, and are not on the front"
        yield Problem(Flaw.GAPS, message, _WHOLE, f"Put `{{{{cloze:{missing[0]}}}}}` on it.")


def _no_gaps(nodes: Sequence[Node]) -> Iterator[Problem]:
    for node in replacements(nodes):
        if not GAPS.isdisjoint(node.filters):
            message = "a kind without gaps has no use for `cloze:`, and shows nothing of the field"
            yield Problem(Flaw.GAPS, message, node.span, f"Show `{{{{{node.field}}}}}`, or make it a kind with gaps.")


def _front(nodes: Sequence[Node], known: _Known) -> Iterator[Problem]:
    for node in replacements(nodes):
        if node.field == FRONT_SIDE:
            message = f"`{{{{{FRONT_SIDE}}}}}` on the front shows nothing"
            yield Problem(Flaw.FRONT_SIDE, message, node.span, "Put it on the back.")
    if known.is_cloze:
        return
    if not any(True for _ in named(nodes)):
        message = "the front shows no field, so that it makes no card"
    elif not _can_show(nodes, frozenset(), frozenset(), known):
        message = "the front makes no card: whatever is filled, it shows no field"
    else:
        yield from check_versions(nodes, known.fields, known.required)
        return
    yield Problem(Flaw.NO_CARD, message, _WHOLE, f"Show one: `{{{{{known.fields[0] if known.fields else 'Front'}}}}}`.")


def _can_show(nodes: Sequence[Node], filled: frozenset[str], empty: frozenset[str], known: _Known) -> bool:
    """Return whether some note has what a front shows, given what the sections around ask for."""
    for node in nodes:
        match node:
            case Replacement(field=name) if _can_be(name, empty, known):
                return True
            case Section(field=name, negated=True, nodes=inner) if name not in filled and not _is_always(name, known):
                if _can_show(inner, filled, empty | {name}, known):
                    return True
            case Section(field=name, negated=False, nodes=inner) if _can_be(name, empty, known):
                if _can_show(inner, filled | {name}, empty, known):
                    return True
    return False


def _is_always(name: str, known: _Known) -> bool:
    """Return whether Anki fills something itself, whatever the note: tags can be missing."""
    return name in SPECIAL and name not in (FRONT_SIDE, TAGS) and name not in known.fields


def _can_be(name: str, empty: frozenset[str], known: _Known) -> bool:
    """Return whether something may be filled, where some names must be empty."""
    return name not in empty and name != FRONT_SIDE and (name in known.fields or name in SPECIAL)


def _back(nodes: Sequence[Node], front: Sequence[Node]) -> Iterator[Problem]:
    """Yield what only a front can ask for."""
    if any("type" in node.filters[:1] for node in replacements(front)):
        return
    for node in replacements(nodes):
        if "type" in node.filters[:1]:
            message = "nothing is typed on the front, so that `type:` on the back shows nothing"
            yield Problem(Flaw.TYPED, message, node.span, "Put it on the front, too.")
