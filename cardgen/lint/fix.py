"""Fixes in files what can be fixed without asking, and changes nothing else: comments and layout stay.

Every change is a replacement in the text of a file. The changed text is parsed again, and must then have the value it
had before except for exactly what was to change; otherwise the change is left out.
"""

from __future__ import annotations

import copy
from difflib import unified_diff
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from cardgen.check import SHIPPED
from cardgen.ledger import LEDGER_FILE, file_of_language, of_card
from cardgen.lint.base import WrittenCard
from cardgen.lint.blocks import blocks_in, known_entries
from cardgen.lint.ids import missing_ids
from cardgen.read.listing import LANGUAGES_FOLDER
from cardgen.read.scalars import positions
from cardgen.read.strict_yaml import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from cardgen.check import Vocabulary
    from cardgen.lint.base import Change
    from cardgen.lint.ruleset import Active, Ruleset
    from cardgen.read import CollectionFolder, DeckFolder, Document, InputFolder, KeyPath


class Edit(NamedTuple):
    """A replacement in a file's text."""

    start: int
    end: int
    text: str


class _Fix(Struct, frozen=True):
    """One fix: edits in the text, and the value that they give to a path."""

    edits: tuple[Edit, ...]
    path: KeyPath
    value: Any


class _Chosen(NamedTuple):
    """What to fix: all rules, for cards that suppress some, those that fix, and what the collection adds to schemas."""

    ruleset: Ruleset
    fixers: tuple[Active, ...]
    vocabulary: Vocabulary


class FixedFile(Struct, frozen=True):
    """A file with its fixes.

    Attributes:
        path: The file; for a symbolic link, its target.
        label: The file's name in messages.
        before, after: Its text.
        content: Its bytes after the fixes.
        count: The number of fixes.
    """

    path: Path
    label: str
    before: str
    after: str
    content: bytes
    count: int

    def diff(self) -> str:
        """Return the unified diff."""
        before, after = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        lines = unified_diff(before, after, self.label, self.label)
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def plan(
    folder: CollectionFolder,
    ruleset: Ruleset,
    active: Sequence[Active],
    vocabulary: Vocabulary = SHIPPED,
    *,
    ids: bool = True,
) -> tuple[FixedFile, ...]:
    """Return the fixes for the card files of a collection, and for its files of languages.

    Args:
        folder: The collection; its files are read again.
        ruleset: The rules by name, for cards that suppress some.
        active: The rules whose findings to fix.
        vocabulary: What the collection adds to the schemas.
        ids: Whether to add ids to cards, steps and moves that have none.
    """
    chosen = _Chosen(ruleset, tuple(entry for entry in active if entry.rule.fix is not None), vocabulary)
    shared = _mapping(folder.collection)
    found = []
    for deck in folder.decks:
        documents = {name: read_section() for name, read_section in deck.sections.items()}
        language = str(_mapping(deck.deck).get("language", shared.get("language", "en")))
        taken = _ids(documents.values()) | _ledger_ids(deck, folder.files)
        is_wanted = deck.wanted and (not folder.languages or language.lower() in folder.languages)
        for name, document in documents.items() if is_wanted else ():
            fixes = list(_fixes(document, cards_in(document), chosen, _language_of(document, language)))
            if ids:
                fixes.extend(
                    _Fix((Edit(*edit),), path, value) for edit, path, value in missing_ids(document, taken, vocabulary)
                )
            found.append(_fixed(deck.path / f"{name}.yaml", document, fixes))
        cards = {str(card.get("id")): card for document in documents.values() for _, card in cards_in(document)}
        for tag, read_language in deck.languages.items():
            file, document = deck.path / LANGUAGES_FOLDER / f"{tag}.yaml", read_language()
            known = of_card(known_entries(file_of_language(file, LEDGER_FILE), folder.files))
            blocks = blocks_in(document, cards, known, vocabulary)
            found.append(_fixed(file, document, list(_fixes(document, blocks, chosen, tag))))
    return tuple(file for file in found if file is not None)


def _fixed(file: Path, document: Document, fixes: Sequence[_Fix]) -> FixedFile | None:
    after, count = _applied(document, fixes)
    if not count:
        return None
    return FixedFile(file.resolve(), document.name, document.text, after, document.bom + after.encode(), count)


def _mapping(document: Document | None) -> dict[str, Any]:
    return document.value if document is not None and isinstance(document.value, dict) else {}


def cards_in(document: Document) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Yield the path and the mapping of each card of a file, as its author wrote it."""
    cards = _mapping(document).get("cards")
    for index, card in enumerate(cards if isinstance(cards, list) else ()):
        if isinstance(card, dict):
            yield ("cards", index), card


def _ids(documents: Collection[Document]) -> set[str]:
    return {str(card["id"]) for document in documents for _, card in cards_in(document) if "id" in card}


def _ledger_ids(deck: DeckFolder, files: InputFolder) -> set[str]:
    """Return the ids that learners have: a used id is never given to another card."""
    return {place.partition("/")[0] for place in known_entries(deck.path / LEDGER_FILE, files)}


def _language_of(document: Document, language: str) -> str:
    """Return the language of a file's cards, in a deck of a language."""
    defaults = _mapping(document).get("defaults")
    return str(defaults.get("lang", language)) if isinstance(defaults, dict) else language


def _fixes(
    document: Document, cards: Iterable[tuple[KeyPath, dict[str, Any]]], chosen: _Chosen, language: str
) -> Iterator[_Fix]:
    known = chosen.ruleset.known
    for card_path, card in cards:
        ignored = card.get("lint_ignore")
        suppressed = {known[name].code for name in ignored if name in known} if isinstance(ignored, dict) else ()
        written = WrittenCard(card, str(card.get("lang", language)), chosen.vocabulary)
        for entry in chosen.fixers:
            if entry.rule.fix is not None and entry.rule.code not in suppressed:
                changes: dict[KeyPath, list[Change]] = {}
                for change in entry.rule.fix(written):
                    changes.setdefault((*card_path, *change.path), []).append(change)
                for path, inside in changes.items():
                    fix = _fix(document, path, inside)
                    if fix is not None:
                        yield fix


def _fix(document: Document, path: KeyPath, changes: Sequence[Change]) -> _Fix | None:
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
    return _Fix(edits, path, value)


def _applied(document: Document, fixes: Sequence[_Fix]) -> tuple[str, int]:
    """Apply all fixes that can be applied: together if that works, else one by one."""
    if not fixes:
        return document.text, 0
    after = _edited(document.text, fixes)
    if _holds(after, _expected(document.value, fixes)):
        return after, len(fixes)
    good: list[_Fix] = []
    for fix in fixes:
        tried = [*good, fix]
        if _holds(_edited(document.text, tried), _expected(document.value, tried)):
            good = tried
    return _edited(document.text, good), len(good)


def _edited(text: str, fixes: Sequence[_Fix]) -> str:
    for edit in sorted({edit for fix in fixes for edit in fix.edits}, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _expected(value: Any, fixes: Sequence[_Fix]) -> Any:  # noqa: ANN401 - whatever a file holds
    value = copy.deepcopy(value)
    for fix in fixes:
        around = _at(value, fix.path[:-1])
        around[fix.path[-1]] = fix.value
    return value


def _holds(text: str, value: Any) -> bool:  # noqa: ANN401 - as above
    parsed = parse(text)
    return not parsed.flaws and parsed.value == value


def _at(value: Any, path: KeyPath) -> Any:  # noqa: ANN401 - as above
    for step in path:
        value = value[step]
    return value
