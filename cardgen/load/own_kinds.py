"""From the files of ``kinds/`` to a collection's own kinds of card, and what Anki would take of them in silence."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from cardgen.check import MediaFile
from cardgen.diagnostics import Diagnostic, has_errors, quoted, shortened
from cardgen.ledger import DamagedLedgerError
from cardgen.ledger.kinds_lock import KINDS_LOCK, NO_LOCK, Declared, KindsLock, places_for
from cardgen.ledger.kinds_lock import read as read_lock
from cardgen.load.kind_files import NO_FILES, named_files, runs_scripts, style_with_words, with_words
from cardgen.load.kind_rules import (
    check_files,
    check_gaps,
    check_ids,
    check_names,
    check_references,
    check_templates,
    check_type,
    check_unused,
    misfit,
)
from cardgen.load.kind_written import GAPPED, written_kind
from cardgen.model import Asset, FieldType, OwnKind, OwnTemplate, direction_of
from cardgen.model.own_kind import gate_of
from cardgen.read import UnreadableFileError, as_anki_compares, label
from cardgen.read.files import MAX_LEDGER, Reason
from cardgen.read.kinds import KINDS_FOLDER, read_kinds
from cardgen.templates import under

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cardgen.ledger.kinds_lock import Places
    from cardgen.load.kind_files import NamedFiles
    from cardgen.load.kind_written import Written
    from cardgen.load.values import Findings
    from cardgen.memory import Memory
    from cardgen.model import Deck
    from cardgen.read import CollectionFolder, Document, InputFolder
    from cardgen.read.kinds import KindFolder


class Draft(Struct, frozen=True):
    """A kind as its author wrote it, for all languages.

    Attributes:
        kind: The kind, with names of assets in place, but not words and gates; where anything is wrong with it that
            stops a build, one that stands in for it.
        language: The language in which its note type has its own name and id.
        words: For each word the texts, by languages in small letters.
        document: Its file.
        scripts: The names of the templates that run scripts.
        files: The files that packages bring for it, by the paths that its assets have.
    """

    kind: OwnKind
    language: str
    words: Mapping[str, Mapping[str, str]]
    document: Document
    scripts: tuple[str, ...]
    files: Mapping[str, MediaFile]

    def in_language(self, language: str) -> OwnKind:
        """Return the kind as decks of a language have it; a word that it lacks is another language's."""
        kind, other = self.kind, _small(language)
        words = {name: _word(texts, other) or next(iter(texts.values())) for name, texts in self.words.items()}
        type_language = self.type_language(language)
        is_own = not type_language
        return replace(
            kind,
            title=kind.title if is_own else f"{kind.title} [{language.upper()}]",
            language=type_language,
            direction=direction_of(language),
            templates=tuple(_finished(template, words, kind.tiers) for template in kind.templates),
            style=style_with_words(kind.style, words),
            anki_id=kind.anki_id if is_own else 0,
            anki_fields=kind.anki_fields if is_own else (),
            anki_templates=kind.anki_templates if is_own else (),
        )

    def type_language(self, language: str) -> str:
        """Return the language of its note type in decks of a language; empty for the kind's own."""
        other = _small(language)
        return "" if other == _small(self.language) else other

    def lacks(self, language: str) -> list[str]:
        """Return the words that it does not have in a language."""
        return [name for name, texts in self.words.items() if not _word(texts, _small(language))]


class OwnKindUse(NamedTuple):
    """A kind, and what is made of it.

    Attributes:
        kind: The kind in the language in which its note type has its own name.
        languages: Those of the decks that have cards of it.
        decks: The names of these decks, with how many cards.
    """

    kind: OwnKind
    languages: tuple[str, ...]
    decks: tuple[tuple[str, int], ...]


class OwnKinds(Struct, frozen=True):
    """A collection's own kinds.

    Attributes:
        drafts: All that can be known of each, by its id; also of flawed ones, whose cards are checked all the same.
        lock: What is locked of them.
        lock_text: The text of the lock's file; None where there is none.
    """

    drafts: Mapping[str, Draft]
    lock: KindsLock = NO_LOCK
    lock_text: str | None = None

    def in_language(self, language: str) -> dict[str, OwnKind]:
        """Return the kinds as decks of a language have them, by their ids."""
        return {name: draft.in_language(language) for name, draft in self.drafts.items()}

    def files_of(self, deck: Deck) -> dict[str, MediaFile]:
        """Return the files that packages bring for the kinds of a deck's cards, by the paths that assets have."""
        kinds = dict.fromkeys(card.kind for card in deck.cards())
        drafts = (self.drafts[name] for name in kinds if name in self.drafts)
        return {path: file for draft in drafts for path, file in draft.files.items()}

    def used_by(self, decks: Iterable[Deck]) -> dict[tuple[str, str], list[Deck]]:
        """Return for each kind and language the decks that have cards of it."""
        users: dict[tuple[str, str], list[Deck]] = {}
        for deck in decks:
            for name in dict.fromkeys(card.kind for card in deck.cards()):
                if name in self.drafts:
                    users.setdefault((name, deck.language), []).append(deck)
        return users

    def uses(self, decks: Iterable[Deck]) -> tuple[OwnKindUse, ...]:
        """Return what is made of the kinds in decks."""
        users = self._users(decks)
        return tuple(
            OwnKindUse(
                draft.in_language(draft.language),
                tuple(sorted({deck.language for deck in users.get(name, ())})),
                tuple((deck.name, sum(card.kind == name for card in deck.cards())) for deck in users.get(name, ())),
            )
            for name, draft in self.drafts.items()
        )

    def check_words(self, decks: Iterable[Deck]) -> Iterator[Diagnostic]:
        """Find words that kinds lack in the languages of decks."""
        for (name, language), using in self.used_by(decks).items():
            draft = self.drafts[name]
            for word in draft.lacks(language):
                needed = f"cards of {quoted(deck.name for deck in using)} need it"
                message = f"`{word}` has no word in {language}, and {needed}"
                yield draft.document.diagnose("CG372", message, ("words", word))

    def active(self, decks: Iterable[Deck]) -> Iterator[Diagnostic]:
        """Say which decks bring HTML and scripts into Anki."""
        for name, using in self._users(decks).items():
            yield from _active(self.drafts[name], sorted(deck.name for deck in using))

    def _users(self, decks: Iterable[Deck]) -> dict[str, list[Deck]]:
        """Return for each kind the decks that have cards of it, by their languages."""
        users: dict[str, list[Deck]] = {}
        for (name, _), using in self.used_by(decks).items():
            users.setdefault(name, []).extend(using)
        return users


def lock_file(root: Path) -> Path:
    """Return where the lock of a folder of decks is, or will be."""
    return root / KINDS_FOLDER / KINDS_LOCK


def load_own_kinds(
    folder: CollectionFolder, facets: Collection[str], language: str, restored: KindsLock | None = None
) -> tuple[OwnKinds, Findings]:
    """Return the own kinds of a collection, and what is wrong with them.

    Args:
        folder: The collection's files.
        facets: The names of its facets.
        language: Its language, in which note types have their own names.
        restored: What is locked, where the file does not say all of it; None to take the file's word.
    """
    lock, text, found = _lock(folder)
    lock = restored or lock
    drafts: dict[str, Draft] = {}
    for files in folder.kinds:
        drafts[files.name], findings = _draft(files, folder.files, lock, facets, language)
        found.extend(findings)
    found.extend(_alike(drafts))
    return OwnKinds(drafts, lock, text), tuple(found)


def kinds_beside(root: Path, files: InputFolder, language: str, memory: Memory) -> dict[str, OwnKind]:
    """Return the own kinds in a folder of decks by their ids, as decks of a language have them.

    What is wrong with them is told where their own decks are loaded; one with a flaw asks nothing.

    Args:
        root: The folder.
        files: Opens its files.
        language: The language of the decks.
        memory: What knows the documents already whose files have not changed.
    """
    drafts = [_draft(found, files, NO_LOCK, (), language)[0] for found in read_kinds(root, files, [], memory)]
    return {draft.kind.id: draft.in_language(language) for draft in drafts}


def _draft(
    files: KindFolder, opener: InputFolder, lock: KindsLock, facets: Collection[str], language: str
) -> tuple[Draft, Findings]:
    """Return what is known of a kind, and what is wrong with it."""
    kind, findings = written_kind(files)
    found: list[Diagnostic] = list(findings)
    named = NO_FILES
    places, misfits = places_for(kind.declared, lock.places.get(kind.name))
    if isinstance(files.document.value, dict):
        named, findings_of_files = named_files(files, kind.texts)
        found.extend((*check_ids(kind, facets), *check_references(kind), *check_files(kind), *findings_of_files))
        if kind.fields and kind.template_names and kind.is_known("fields", "tiers", "cards"):
            found.extend(misfit(kind, one) for one in misfits)
            found.extend(check_names(kind, places))
            if kind.is_known("cloze", "words"):
                found.extend((*check_gaps(kind), *check_templates(kind), *check_unused(kind)))
        if kind.fits.whole:
            found.extend(check_type(kind, lock.types.get((kind.name, ""))))
    # What cannot be read is told where files are read.
    is_flawed = bool(files.unreadable) or not kind.fits.whole or has_errors((*found, *files.document.diagnostics))
    draft = Draft(
        kind=_stand_in(kind) if is_flawed else _kind(kind, places, named),
        language=kind.values.get("language", language),
        words=kind.words,
        document=files.document,
        scripts=tuple(PurePosixPath(text.label).name for text in kind.texts if runs_scripts(text.text)),
        files={} if is_flawed else _media(files, opener, named),
    )
    return draft, tuple(found)


def _kind(kind: Written, places: Places, named: NamedFiles) -> OwnKind:
    """Return a kind without a flaw."""
    templates = (
        OwnTemplate(name, entry["title"], named.rename(front.text), named.rename(back.text), entry.get("tier", ""))
        for (name, entry), (front, back) in zip(kind.templates.items(), kind.sides.values(), strict=True)
    )
    assets = tuple(Asset(packed, _path_of(kind.files, name)) for name, packed in named.packed.items())
    style = named.rename(kind.style.text) if kind.style is not None else ""
    return replace(_bare(kind, places, tuple(templates)), style=style, assets=assets)


def _bare(kind: Written, places: Places, templates: tuple[OwnTemplate, ...]) -> OwnKind:
    """Return a kind without style sheet and assets."""
    values, names = kind.values, [field.id for field in kind.fields]
    printed, anki = values.get("print", {}), values.get("anki", {})
    asks = printed.get("asks", [field.id for field in kind.gapped] or names[:1])
    answers = printed.get("answers", [name for name in names if name not in asks])
    return OwnKind(
        id=kind.name,
        title=values.get("title", kind.name),
        fields=kind.fields,
        templates=templates,
        field_slots=places.fields,
        template_slots=places.templates,
        tiers=kind.tiers,
        is_cloze=kind.is_cloze,
        sort=values.get("sort", ""),
        asks=tuple(name for name in asks if name in names),
        answers=tuple(name for name in answers if name in names),
        anki_id=anki.get("id", 0),
        anki_fields=tuple(anki.get("fields", {}).items()),
        anki_templates=tuple(anki.get("templates", {}).items()),
        adopt=anki.get("adopt", False),
        description=values.get("description", ""),
    )


def _stand_in(kind: Written) -> OwnKind:
    """Return a kind that has the fields of one with a flaw, and asks on each card, so that none is blamed for it."""
    gapped = [field.title for field in kind.fields if field.type in GAPPED] if kind.is_cloze else []
    front = "".join(f"{{{{cloze:{title}}}}}" for title in gapped) or "{{Deck}}"
    places, _ = places_for(Declared(kind.declared.fields, ("any",), kind.gates), None)
    return replace(_bare(kind, places, (OwnTemplate("any", "Any", front, front),)), is_cloze=bool(gapped))


def _media(files: KindFolder, opener: InputFolder, named: NamedFiles) -> dict[str, MediaFile]:
    """Return the files that packages bring for a kind, by the paths that its assets have."""
    return {
        _path_of(files, name): MediaFile(packed, files.path / name, opener, asset.checksum, asset.size)
        for name, packed in named.packed.items()
        for asset in (files.assets[name],)
    }


def _path_of(files: KindFolder, name: str) -> str:
    return f"../{KINDS_FOLDER}/{files.name}/{name}"


def _active(draft: Draft, decks: Sequence[str]) -> Iterator[Diagnostic]:
    if draft.scripts:
        message = f"cards of {quoted(decks)} run scripts: {quoted(draft.scripts)}"
        yield draft.document.diagnose("CG373", message, ("cards",), of_key=True)
    for field in draft.kind.fields:
        if field.type is FieldType.HTML:
            message = f"`{field.id}` of cards of {quoted(decks)} goes into Anki as HTML"
            yield draft.document.diagnose("CG373", message, ("fields", field.id, "type"))


def _lock(folder: CollectionFolder) -> tuple[KindsLock, str | None, list[Diagnostic]]:
    file = lock_file(folder.path)
    try:
        text = folder.files.read_text(file, MAX_LEDGER)
    except UnreadableFileError as error:
        is_missing = error.reason is Reason.MISSING
        return NO_LOCK, None if is_missing else "", [] if is_missing else [error.diagnostic()]
    try:
        return read_lock(text), text, []
    except DamagedLedgerError as error:
        return NO_LOCK, text, [error.diagnostic(label(file))]


def _alike(drafts: Mapping[str, Draft]) -> Iterator[Diagnostic]:
    """Find note types that Anki would take for one, or rename."""
    titles: dict[str, str] = {}
    ids: dict[int, str] = {}
    for name, draft in drafts.items():
        earlier = titles.setdefault(as_anki_compares(draft.kind.title), name)
        if earlier != name:
            message = f"`{shortened(draft.kind.title)}` is already the title of the kind `{earlier}`"
            yield draft.document.diagnose("CG370", message, ("title",))
        if draft.kind.anki_id and (other := ids.setdefault(draft.kind.anki_id, name)) != name:
            message = f"{draft.kind.anki_id} is already the id of the kind `{other}` in Anki"
            yield draft.document.diagnose("CG370", message, ("anki", "id"))


def _small(language: str) -> str:
    return language.lower()


def _word(texts: Mapping[str, str], language: str) -> str:
    """Return a word in a language, or in that of which it is a form (``de`` for ``de-at``); empty if there is none."""
    while language and language not in texts:
        language = language.rpartition("-")[0]
    return texts.get(language, "")


def _finished(template: OwnTemplate, words: Mapping[str, str], tiers: Sequence[str]) -> OwnTemplate:
    front, back = with_words(template.front, words), with_words(template.back, words)
    gated = template.tier in tiers[1:]
    return replace(template, front=under(gate_of(template.tier), front) if gated else front, back=back)
