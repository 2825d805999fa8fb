"""Release notes: what changed in a deck since notes were last written, as its ledger knows it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from cardgen.anki.search import removal_advice, with_addresses
from cardgen.build.gaps import changed_gaps
from cardgen.build.renames import renames
from cardgen.diagnostics import counted
from cardgen.diagnostics.shown import markdown, markdown_code
from cardgen.kinds import OWN_TYPE
from cardgen.notes import questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cardgen.build.compiled import CompiledDeck
    from cardgen.ledger import Entry


MARK: Final = "<!-- cardgen build --release-notes wrote this file, and replaces it. -->"
"""The first line of release notes, by which the next build knows that they are its own; Markdown does not show it."""


BEGINNING: Final = f"{MARK}\n\n# What has changed\n\n"
"""What all release notes begin with."""


def release_notes(decks: Sequence[CompiledDeck]) -> str:
    """Write Markdown, ready to paste: for each deck what is new, changed and removed."""
    return BEGINNING + "\n\n".join(part for deck in decks for part in _deck(deck)) + "\n"


def _deck(deck: CompiledDeck) -> Iterator[str]:
    last = deck.ledger.released
    yield f"## {markdown(' '.join(filter(None, (deck.deck.title, deck.deck.version))))}"
    if not last:
        yield f"First release: {counted(len(deck.notes), 'note')}."
        return
    yield f"Since {datetime.fromtimestamp(last, UTC).date()}."
    entries = deck.current.entries
    # Of a picture with masks, the first one says no more than the others.
    asked = {note.place: note.part.title if note.part.masked else next(questions(note))[0] for note in deck.notes}
    living = {place: entry for place, entry in entries.items() if entry.retired is None}
    yield from _list(
        "New", asked, (place for place, entry in living.items() if entry.was is not None and not entry.was.digest)
    )
    changed = (place for place, entry in living.items() if entry.was is not None and entry.was.digest)
    yield from _list("Changed", asked, changed)
    yield from _emptied(deck)
    if renamed := "\n".join(f"- {markdown(sentence)}" for sentence in renames(deck)):
        yield f"### Renamed\n\n{renamed}"
    gone = {
        place: entry
        for place, entry in entries.items()
        if entry.retired is not None and entry.was is not None and entry.was.digest
    }
    if gone:
        yield "### Removed\n\n" + "\n".join(_gone(place, gone[place]) for place in sorted(gone))
        # Notes of kinds of one's own have no field with their address.
        if found := sorted(place for place, entry in gone.items() if not entry.form.startswith(OWN_TYPE)):
            yield removal_advice(with_addresses(deck.deck.addresses(found)))
    elif not deck.changed_since_release():
        yield "Nothing has changed."


def _emptied(deck: CompiledDeck) -> Iterator[str]:
    """Name cards whose gap is gone: Anki keeps them, empty, until their learner removes them."""
    gone = [changed for changed in changed_gaps(deck) if changed.code == "CG615"]
    if gone:
        lines = [
            f"- {markdown_code(changed.note.place)}, {'mask' if changed.note.part.masked else 'gap'} {changed.number}: "
            f"{markdown(changed.hid)}"
            for changed in gone
        ]
        yield "### Empty cards\n\n" + "\n".join(lines)
        yield "These cards ask for nothing any more. In Anki, *Tools > Empty Cards* removes them."


def _list(title: str, asked: Mapping[str, str], places: Iterable[str]) -> Iterator[str]:
    wanted = set(places)
    lines = [
        f"- {markdown(_one_line(text))} {markdown_code(place)}" for place, text in asked.items() if place in wanted
    ]
    if lines:
        yield f"### {title}\n\n" + "\n".join(lines)


def _gone(place: str, entry: Entry) -> str:
    successors = " and ".join(map(markdown_code, entry.replaced_by))
    return f"- {markdown_code(place)}{f', replaced by {successors}' if successors else ''}"


def _one_line(text: str) -> str:
    long = 160
    text = " ".join(text.split())
    return text if len(text) <= long else text[: long - 1] + "…"
