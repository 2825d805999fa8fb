"""`apkg`: Anki packages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.export.anki.fields import SEPARATOR
from cardgen.export.anki.package import Package, SubDeck, stable_id, with_parents
from cardgen.export.base import whole
from cardgen.richtext import images, parse, to_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.check import MediaFile
    from cardgen.export.base import Exported, Issue, Release

SUFFIX: Final = ".apkg"


def export(release: Release) -> Exported:
    """Give the package of a release: its decks with all parents, notes in study order, pictures and presets."""
    decks: dict[str, SubDeck] = {}
    presets = []
    for issue in release.issues:
        deck = issue.deck
        preset_id = stable_id("preset", deck.id) if deck.preset else 1
        if deck.preset:
            presets.append((preset_id, deck.title.replace(SEPARATOR, " - "), deck.preset))
        for name in with_parents(dict.fromkeys(note.deck for note in issue.anki_notes)):
            inside = name == deck.title or name.startswith(deck.title + SEPARATOR)
            description = _description(issue) if name == deck.title else ""
            if inside or name not in decks:
                decks[name] = SubDeck(name, description, preset_id if inside else 1)
    notes = []
    before = 0
    for issue in release.issues:
        # In a package of several decks, one comes after the other.
        notes += [note._replace(position=before + note.position) if before else note for note in issue.anki_notes]
        before = max((note.position for note in notes), default=0)
    media = {file.name: file for issue in release.issues for file in _shown(issue)}
    times = {guid: time for issue in release.issues for guid, time in issue.times.items()}
    package = Package(list(decks.values()), notes, times, [media[name] for name in sorted(media)], presets)
    return whole(release, SUFFIX, package.to_bytes())


def _description(issue: Issue) -> str:
    return to_html(parse(issue.deck.description), lambda path: issue.media[path].name)


def _shown(issue: Issue) -> Iterator[MediaFile]:
    """Give the pictures that the notes of an issue show: a variant carries no others."""
    if not issue.media:
        return
    for image in images(parse(issue.deck.description)):
        yield issue.media[image.path]
    for note in issue.notes:
        for tree in (note.part.front, note.part.back, note.part.more, note.note):
            for image in images(tree):
                yield issue.media[image.path]
