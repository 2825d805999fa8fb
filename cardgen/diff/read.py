"""Reads a side of a comparison: a package, a folder of decks or of one deck, or either as git has it."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cardgen.diff.version import ADDRESS_FIELD, NoteTypeView, NoteView, UnreadableVersionError, Version
from cardgen.read import nfc
from cardgen.read.listing import with_translations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardgen.anki.note_types import NoteType
    from cardgen.anki.reading import FoundNoteType

GIT: Final = "git:"

_LISTED: Final = "Listed as"


def read_version(name: str, other: str = "", languages: Sequence[str] = (), *, public: bool = False) -> Version:
    """Read one side.

    Args:
        name: ``FILE.apkg``, a folder of decks, the folder of one deck, or ``git:REV``, or ``git:REV:FOLDER``.
        other: Name of the other side: where the folder of a revision is not given, it is that of the other side.
        languages: Of a folder, the languages of the decks wanted; none for all, but of the folder of one deck for the
            deck alone, without its translations.
        public: Whether what is made of it is for others, so that no private deck may be in it.

    Raises:
        UnreadableVersionError: If there is nothing to read there, or not without errors, or it is private.
    """
    if name.startswith(GIT):
        revision, _, folder = name.removeprefix(GIT).partition(":")
        return _from_git(name, revision, folder or _folder_of(other), languages, public=public)
    path = Path(name)
    if path.is_dir():
        return _from_folder(name, path, languages, public=public)
    if path.is_file():
        return _from_package(name, path)
    hint = f". Did you mean `{GIT}{name}`?" if _is_revision(name) else ""
    raise UnreadableVersionError(f"{name}: there is no such package or folder{hint}")


def _folder_of(other: str) -> str:
    if not other.startswith(GIT) and Path(other).is_dir():
        return other
    if other.startswith(GIT) and ":" in other.removeprefix(GIT):
        return other.removeprefix(GIT).partition(":")[2]
    return "decks"


def _from_folder(label: str, path: Path, languages: Sequence[str], *, public: bool) -> Version:
    from cardgen.anki.fields import rendered_notes
    from cardgen.build.compile import compile_collection
    from cardgen.build.private import published
    from cardgen.diagnostics import as_text
    from cardgen.diff.asked import asked

    is_deck = (path / "deck.yaml").is_file()
    folder = path.resolve()
    root = folder.parent if is_deck else path
    inside = {nfc(folder.name): folder} if is_deck else {}
    names = tuple(with_translations(inside) if languages else inside)
    compiled = compile_collection(root, names, languages=languages)
    if compiled.collection is None:
        raise UnreadableVersionError(f"{label} cannot be built:\n\n{as_text(compiled.diagnostics)}")
    if public and (private := published(compiled.decks, "release notes are")):
        raise UnreadableVersionError(f"{label}: {private[0].message}")
    notes = {}
    types = {}
    for deck in compiled.decks:
        for made, note in zip(deck.notes, rendered_notes(deck.deck, deck.notes, deck.media), strict=True):
            view = note_type_view(note.note_type)
            types[view.name] = view
            fields = _shown_fields(view, note.fields)
            asks = "" if ADDRESS_FIELD in fields else asked(note.note_type, note.fields, tagged=bool(note.tags))
            notes[note.guid] = NoteView(note.guid, made.address, view.name, fields, note.tags, note.deck, asks)
    return Version(label, notes, types)


@cache
def note_type_view(kind: NoteType) -> NoteTypeView:
    """Return a note type, as packages have it."""
    return NoteTypeView(kind.id, kind.name, kind.fields, kind.templates, kind.css)


def _shown_fields(kind: NoteTypeView, texts: Sequence[str]) -> dict[str, str]:
    """Return a note's fields by their names, without the one that says the question again for Anki's browser."""
    return {name: text for name, text in zip(kind.fields, texts, strict=True) if name != _LISTED}


def _type_view(found: FoundNoteType) -> NoteTypeView:
    templates = tuple((template.name, template.front, template.back) for template in found.templates)
    return NoteTypeView(found.id, found.name, found.fields, templates, found.css)


def _from_git(label: str, revision: str, folder: str, languages: Sequence[str], *, public: bool) -> Version:
    """Unpack a folder of a revision beside the user's files, and read it there."""
    given = Path(folder)
    start = given if given.is_dir() else Path()
    top = Path(_git(label, "rev-parse", "--show-toplevel", cwd=start).decode().strip())
    inside = given.resolve().relative_to(top) if given.resolve().is_relative_to(top) else None
    if inside is None:
        raise UnreadableVersionError(f"{label}: {folder} is not in the repository at {top}")
    commit = _git(label, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", cwd=top)
    # The folder above comes along: a deck needs the collection's sources and facets.
    is_deck = bool(_git(label, "ls-tree", commit.decode().strip(), f"{inside.as_posix()}/deck.yaml", cwd=top))
    wanted = inside.parent if is_deck else inside
    archive = _git(label, "archive", "--format=tar", commit.decode().strip(), wanted.as_posix(), cwd=top)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            _unpack(archive, Path(scratch))
            return _from_folder(label, Path(scratch) / inside, languages, public=public)
    except (OSError, tarfile.TarError) as error:
        raise UnreadableVersionError(f"{label}: cannot unpack the revision: {error}") from None


def _unpack(archive: bytes, folder: Path) -> None:
    """Write the plain files of git's archive; links are left out, since decks have none that count."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            target = folder / member.name
            if content is not None and target.resolve().is_relative_to(folder.resolve()):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())


def _is_revision(name: str) -> bool:
    """Return whether git knows a revision of this name here."""
    try:
        _git(name, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", cwd=Path())
    except UnreadableVersionError:
        return False
    return True


def _git(label: str, *arguments: str, cwd: Path) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, check=False)  # noqa: S603, S607
    except OSError as error:
        raise UnreadableVersionError(f"{label}: cannot run git: {error.strerror}") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise UnreadableVersionError(f"{label}: {said or 'git knows no such revision'}")
    return done.stdout


def _from_package(label: str, path: Path) -> Version:
    from cardgen.anki.reading import UnreadablePackageError, read_package
    from cardgen.diff.asked import asked

    try:
        found = read_package(path)
    except UnreadablePackageError as error:
        raise UnreadableVersionError(f"{label}: {error}") from None
    types = {type_id: _type_view(kind) for type_id, kind in found.note_types.items()}
    notes = {}
    for note in found.notes:
        view = types[note.note_type]
        fields = _shown_fields(view, note.fields)
        address = fields.get(ADDRESS_FIELD, "")
        asks = "" if address else asked(found.note_types[note.note_type], note.fields, tagged=bool(note.tags))
        notes[note.guid] = NoteView(note.guid, address, view.name, fields, note.tags, note.deck, asks)
    used = {note.note_type for note in notes.values()}
    return Version(label, notes, {kind.name: kind for kind in types.values() if kind.name in used})
