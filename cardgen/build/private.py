"""Private decks: what is made of them is for their author alone, and stays where nobody publishes it by mistake.

A build is private or it is not: the two never share a folder, so no manifest, no clean-up and no `git add` of the one
ever meets the other.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cardgen.build.manifest import MANIFEST, read_manifest
from cardgen.diagnostics import Diagnostic, Place, diagnose, quoted
from cardgen.read import label
from cardgen.read.files import exists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cardgen.build.compiled import CompiledDeck

OUT: Final = Path("dist")
"""Where artefacts go where nobody says it."""

_DECKS: Final = "decks"


def private_ones(decks: Iterable[CompiledDeck]) -> tuple[CompiledDeck, ...]:
    """Return the decks that are private."""
    return tuple(deck for deck in decks if deck.deck.private)


def folder_of(decks: Sequence[CompiledDeck]) -> Path:
    """Return where artefacts go where nobody says it: those of private decks stay beside them."""
    private = private_ones(decks)
    if not private:
        return OUT
    root = private[0].home.folder.parent
    return root.parent / OUT if root.name == _DECKS else root / OUT


def published(decks: Iterable[CompiledDeck], what: str) -> tuple[Diagnostic, ...]:
    """Refuse to make of private decks what is for others.

    Args:
        decks: The decks that it would be made of.
        what: What it is, with a verb: "release notes are".
    """
    message = f"is private, and {what} for others"
    return tuple(_of(deck, "CG531", f"`{deck.deck.id}` {message}") for deck in private_ones(decks))


def exposed(decks: Sequence[CompiledDeck], out: Path) -> Iterator[Diagnostic]:
    """Find what would bring private decks among public ones, or into git."""
    private = private_ones(decks)
    if private and len(private) < len(decks):
        others = [deck.deck.name for deck in decks if not deck.deck.private]
        message = f"`{private[0].deck.id}` is private, and {quoted(others)} not"
        hint = f"Build them by name: `cardgen build {others[0]}`."
        yield _of(private[0], "CG530", message, hint)
        return
    kept = read_manifest(out) or ()
    if any(entry.is_private is not bool(private) for entry in kept):
        what = "public" if private else "private"
        yield diagnose("CG530", f"{label(out)} holds artefacts of {what} decks", Place(label(out / MANIFEST)))
    yield from known_to_git(private, out)


def known_to_git(private: Sequence[CompiledDeck], out: Path | None = None) -> Iterator[Diagnostic]:
    """Find files of private decks, and artefacts of them, that git does not ignore.

    Args:
        private: The decks.
        out: Where their artefacts would go; None where none are made.
    """
    for deck in private:
        folder = deck.home.folder
        names = {document.name.rpartition("/")[2] for document, _ in deck.home.cards.values()}
        beside = deck.home.ledger.parent
        files = [deck.home.ledger, folder / "deck.yaml", *(beside / name for name in sorted(names))]
        if why := _seen_by_git(files):
            yield _of(deck, "CG532", f"{label(folder)} {why}")
    # What an ignored folder holds is ignored; a pattern for some names alone would let others pass.
    made = [out / MANIFEST, out / private[0].deck.name] if out is not None and private else []
    if out is not None and made and (why := _seen_by_git(made)):
        yield diagnose("CG532", f"{label(out)} {why}", Place(label(out)))


def _seen_by_git(files: Sequence[Path]) -> str:
    """Return why some files of a folder are not safe from git; empty if they are in no work tree, or ignored."""
    import subprocess  # only where a deck is private

    resolved = [file.resolve() for file in files]
    top = next((folder for folder in resolved[0].parents if exists(folder / ".git")), None)
    if top is None:
        return ""
    # Variables of a hook or of a shell would have git look into another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    asked = "\0".join(map(str, resolved))
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and the paths come by standard input
            ["git", "-C", str(top), "check-ignore", "-z", "--stdin"],  # noqa: S607 - git is wherever it is
            input=asked.encode(errors="surrogateescape"),
            capture_output=True,
            check=False,
            env=environment,
        )
    except OSError as error:
        return f"is in the git work tree {label(top)}, and git cannot be asked whether it ignores it: {error.strerror}"
    ignored = set(done.stdout.decode(errors="surrogateescape").split("\0"))
    if ignored.issuperset(map(str, resolved)):
        return ""
    return f"is in the git work tree {label(top)}, which does not ignore it"


def _of(deck: CompiledDeck, code: str, message: str, hint: str = "") -> Diagnostic:
    """Say something of a private deck, where it is said to be private."""
    return deck.home.deck.diagnose(code, message, ("private",), hint)
