"""What is asked for, before anybody has looked at the decks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from cardgen.build.allowable import ALLOWABLE
from cardgen.build.formats import FORMATS
from cardgen.diagnostics import did_you_mean
from cardgen.errors import UsageError
from cardgen.model import NO_WISHES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cardgen.model import Printing


class Request(Struct, frozen=True):
    """What to build.

    Attributes:
        decks: Folder of the decks; None for the nearest, else, unless locked, the bundled ones.
        names: Names of decks; empty for all.
        variants: Names of variants; empty for whole decks.
        all_variants: Whether to build whole decks, all their variants and, unless `tiers` says which, all tiers below
            the highest.
        tiers: Names of tiers of kinds of one's own; empty for all their cards.
        where: Further demands, pairs of a facet, `kind` or `tags` and a value; all must hold.
        formats: Names of formats; empty for the default ones.
        out: Folder of the artefacts; None for ``dist`` here, or beside the decks if these are private.
        languages: Languages of decks; empty for all.
        beside: Folder of decks whose cards these may name; None for the one that collection.yaml names, if any.
        all_in_one: Whether all decks go into one artefact of each format.
        locked: Whether to refuse to build decks whose ledger is out of date, and leave ledgers alone.
        release_notes: Where to write what changed since the last release notes, as Markdown; or None.
        allow: Changes that would stop a release, names of `cardgen.build.allowable.ALLOWABLE`, and are meant.
        since: A package that learners have, from which ledgers that were lost are restored; or None.
        printing: How to print, over what decks and their collection say.
    """

    decks: Path | None = None
    names: Sequence[str] = ()
    variants: Sequence[str] = ()
    where: Sequence[tuple[str, str]] = ()
    formats: Sequence[str] = ()
    out: Path | None = None
    all_in_one: bool = False
    locked: bool = False
    release_notes: Path | None = None
    allow: Sequence[str] = ()
    since: Path | None = None
    printing: Printing = NO_WISHES
    all_variants: bool = False
    tiers: Sequence[str] = ()
    beside: Path | None = None
    languages: Sequence[str] = ()


def check_request(request: Request) -> None:
    """Refuse what makes no sense, whatever the decks hold.

    Raises:
        UsageError: For an unknown format, and options that exclude each other.
    """
    for name in request.formats:
        if name not in FORMATS:
            raise UsageError(f"there is no format `{name}`. {did_you_mean(name, FORMATS)}")
    for name in request.allow:
        if name not in ALLOWABLE:
            raise UsageError(f"nothing is called `{name}` that could be allowed. {did_you_mean(name, ALLOWABLE)}")
    if request.variants and request.all_variants:
        raise UsageError("--variant chooses among the variants, which --all-variants does not")
    if request.locked and request.allow:
        raise UsageError("--allow writes into the ledgers what it allows, which --locked forbids")
    if request.locked and request.since is not None:
        raise UsageError("--since restores ledgers, which --locked forbids")
    if request.locked and request.release_notes is not None:
        raise UsageError("--release-notes writes into the ledgers what it has told, which --locked forbids")
