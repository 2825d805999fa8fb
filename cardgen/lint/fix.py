"""Mends in the files what can be mended without asking, and changes nothing else: comments and layout stay.

Every change is a replacement inside the text of a file. A changed file is read again, and must then hold what it held
before but for exactly what was to change; a change for which that is not so is left out.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING, Any, NamedTuple

from cardgen.ledger import LEDGER_FILE, DamagedLedgerError, read
from cardgen.lint.ids import missing_ids
from cardgen.read import UnreadableFileError
from cardgen.read.files import MAX_LEDGER
from cardgen.read.scalars import positions
from cardgen.read.strict_yaml import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from cardgen.lint.base import Change
    from cardgen.lint.settings import Active, Settings
    from cardgen.read import CollectionFolder, DeckFolder, Document, InputFolder, KeyPath


class Edit(NamedTuple):
    """A replacement in a file's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Mend:
    """One thing to mend: edits in the text, and what they make of the value at a path."""

    edits: tuple[Edit, ...]
    path: KeyPath
    value: Any


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file with what is mended in it.

    Attributes:
        path: The file; where it was a link, what it leads to.
        label: The file for people.
        before, after: Its text.
        content: Its bytes, mended.
        count: How many things are mended.
    """

    path: Path
    label: str
    before: str
    after: str
    content: bytes
    count: int

    def diff(self) -> str:
        """Give the unified diff."""
        before, after = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        lines = unified_diff(before, after, self.label, self.label)
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def plan(
    folder: CollectionFolder, settings: Settings, active: Sequence[Active], *, ids: bool = True
) -> tuple[FixedFile, ...]:
    """Work out what can be mended in the card files of a collection.

    Args:
        folder: The collection; its files are read anew.
        settings: The rules by name, for cards that ask for silence.
        active: The rules to mend by.
        ids: Whether to give ids to cards, steps and moves that have none.
    """
    fixers = [entry for entry in active if entry.rule.fix is not None]
    shared = _mapping(folder.collection)
    found = []
    for deck in folder.decks:
        documents = {name: read_section() for name, read_section in deck.sections.items()}
        language = _mapping(deck.deck).get("language", shared.get("language", "en"))
        taken = _ids(documents.values()) | _ledger_ids(deck, folder.files)
        for name, document in documents.items():
            mends = list(_mends(document, settings, fixers, language))
            if ids:
                mends.extend(_Mend((Edit(*edit),), path, value) for edit, path, value in missing_ids(document, taken))
            after, count = _applied(document, mends)
            if count:
                file = (deck.path / f"{name}.yaml").resolve()
                content = document.bom + after.encode()
                found.append(FixedFile(file, document.name, document.text, after, content, count))
    return tuple(found)


def _mapping(document: Document | None) -> dict[str, Any]:
    return document.value if document is not None and isinstance(document.value, dict) else {}


def cards_in(document: Document) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Give the cards of a file as their author wrote them, each with the way to it."""
    cards = _mapping(document).get("cards")
    for index, card in enumerate(cards if isinstance(cards, list) else ()):
        if isinstance(card, dict):
            yield ("cards", index), card


def _ids(documents: Collection[Document]) -> set[str]:
    return {str(card["id"]) for document in documents for _, card in cards_in(document) if "id" in card}


def _ledger_ids(deck: DeckFolder, files: InputFolder) -> set[str]:
    """Give the ids that learners have: one that was used is never given to another card."""
    try:
        ledger = read(files.read_text(deck.path / LEDGER_FILE, MAX_LEDGER))
    except (UnreadableFileError, DamagedLedgerError):
        return set()
    return {place.partition("/")[0] for place in ledger.entries}


def _mends(document: Document, settings: Settings, fixers: Sequence[Active], language: str) -> Iterator[_Mend]:
    defaults = _mapping(document).get("defaults")
    if isinstance(defaults, dict):
        language = defaults.get("lang", language)
    for way, card in cards_in(document):
        ignored = card.get("lint_ignore")
        silenced = (
            {settings.known[name].code for name in ignored if name in settings.known}
            if isinstance(ignored, dict)
            else ()
        )
        for entry in fixers:
            if entry.rule.fix is not None and entry.rule.code not in silenced:
                changes: dict[KeyPath, list[Change]] = {}
                for change in entry.rule.fix(card, str(card.get("lang", language))):
                    changes.setdefault((*way, *change.path), []).append(change)
                for path, inside in changes.items():
                    mend = _mend(document, path, inside)
                    if mend is not None:
                        yield mend


def _mend(document: Document, path: KeyPath, changes: Sequence[Change]) -> _Mend | None:
    value = _at(document.value, path)
    start, end = document.span(path)
    there = positions(document.text[start:end], value)
    if there is None:
        return None
    edits = tuple(
        Edit(start + there[change.start], start + there[change.end - 1] + 1, change.text) for change in changes
    )
    for change in reversed(changes):
        value = value[: change.start] + change.text + value[change.end :]
    return _Mend(edits, path, value)


def _applied(document: Document, mends: Sequence[_Mend]) -> tuple[str, int]:
    """Apply all that can be applied: together where that goes well, else one after the other."""
    if not mends:
        return document.text, 0
    after = _edited(document.text, mends)
    if _holds(after, _expected(document.value, mends)):
        return after, len(mends)
    good: list[_Mend] = []
    for mend in mends:
        tried = [*good, mend]
        if _holds(_edited(document.text, tried), _expected(document.value, tried)):
            good = tried
    return _edited(document.text, good), len(good)


def _edited(text: str, mends: Sequence[_Mend]) -> str:
    for edit in sorted({edit for mend in mends for edit in mend.edits}, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _expected(value: Any, mends: Sequence[_Mend]) -> Any:  # noqa: ANN401 - whatever a file holds
    value = copy.deepcopy(value)
    for mend in mends:
        around = _at(value, mend.path[:-1])
        around[mend.path[-1]] = mend.value
    return value


def _holds(text: str, value: Any) -> bool:  # noqa: ANN401 - as above
    parsed = parse(text)
    return not parsed.flaws and parsed.value == value


def _at(value: Any, path: KeyPath) -> Any:  # noqa: ANN401 - as above
    for step in path:
        value = value[step]
    return value
