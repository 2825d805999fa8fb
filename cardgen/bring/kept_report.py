"""The report of a deck that was kept: what each field became and why, and what a kind does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.diagnostics.shown import code_span, markdown_escaped
from cardgen.model import FieldType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.bring.field_types import Typed
    from cardgen.bring.keep import KeptDeck
    from cardgen.bring.kinds import Kept

_ADOPTED: Final = (
    "The file has no ids of fields and templates for {}, and learners' Anki may have given them some. So the kinds say "
    "`adopt: true`, and Anki finds fields and templates by their names: leave these as they are."
)


_MERGED: Final = (
    "The note types {} have spare fields and templates that those of learners have not. So learners must tick *Merge "
    "note types* when they import your first release; without it, nothing of it arrives. Say so where they get it."
)


def kept_report(file: str, kept: KeptDeck) -> str:
    """Return the text of the report.

    Args:
        file: The name of the file that was brought over.
        kept: What became of it.
    """
    return "\n".join(_lines(file, kept)).rstrip("\n") + "\n"


def _lines(file: str, kept: KeptDeck) -> Iterator[str]:
    yield f"# What came of {markdown_escaped(file)}\n"
    notes = f"{len(kept.cards):,} notes are kept, with {len(kept.media.taken):,} files of media"
    yield f"{notes}. Learners who have them get what you build as updates.\n"
    for kind, typed in kept.kinds:
        yield f"## {markdown_escaped(kind.found.name)}\n"
        yield f"It is the kind {code_span(kind.id)}.\n"
        yield from _table(kind, typed)
        yield from _reasons(kind, typed)
        for line in kind.not_held:
            yield f"- {markdown_escaped(line)}."
        if kind.not_held:
            yield ""
    if kept.moved:
        yield "## Decks\n"
        yield "Cards stay where learners have them. Who gets the deck anew has some in other decks:\n"
        yield from (f"- those of {code_span(old)} in {code_span(new)}" for old, new in kept.moved)
        yield ""
    if adopted := [code_span(kind.id) for kind, _ in kept.kinds if "adopt" in kind.data["anki"]]:
        yield "## Known by names\n"
        yield f"{_ADOPTED.format(', '.join(adopted))}\n"
    if roomy := [code_span(kind.id) for kind, _ in kept.kinds if "spare" not in kind.data]:
        yield "## Spare places\n"
        yield f"{_MERGED.format(', '.join(roomy))}\n"
    if kept.refused:
        yield "## Not brought over\n"
        yield from (f"- {code_span(name)}: {markdown_escaped(why)}" for name, why in kept.refused)


def _table(kind: Kept, typed: tuple[Typed, ...]) -> Iterator[str]:
    yield "| field | type | notes that have it | of which cardgen spells otherwise |"
    yield "| --- | --- | --- | --- |"
    for name, field in zip(kind.fields, typed, strict=False):
        yield f"| {name} | {field.type} | {sum(map(bool, field.values)):,} | {field.changed:,} |"
    yield ""


def _reasons(kind: Kept, typed: tuple[Typed, ...]) -> Iterator[str]:
    """Say why fields are HTML, each with the first note to blame: in a few notes, that can be changed in Anki."""
    for name, field in zip(kind.fields, typed, strict=False):
        if field.type is FieldType.HTML:
            yield f"{code_span(name)} is HTML, since Markdown has no form for:\n"
            for what, count, first in field.why:
                notes = "1 note" if count == 1 else f"{count:,} notes, the first"
                yield f"- {markdown_escaped(what)}: {notes} {code_span(kind.notes[first])}"
            yield ""
