"""Builds artefacts: what is asked for, which editions that means, and the files that come of them."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cardgen.check import kinds
from cardgen.diagnostics import Diagnostic, Place, diagnose, did_you_mean, quoted
from cardgen.edition import Edition, suffix
from cardgen.export import DEFAULT_FORMATS, FORMATS, Issue, Release, exporter_for
from cardgen.load import Loaded, load
from cardgen.model import FACETS, Selection
from cardgen.notes import compose
from cardgen.write import Staging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cardgen.model import Collection, Variant

MANIFEST: Final = "manifest.json"
MANIFEST_VERSION: Final = 1
"""Version of the manifest's form; it grows when a field changes its meaning or goes away."""

SELECTABLE: Final = (*FACETS, "kind", "tags")
"""What ``--where`` can ask for."""


class UsageError(ValueError):
    """A request that makes no sense, whatever the decks hold; its text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to build.

    Attributes:
        decks: Folder of the decks; None for ``decks`` here, else the bundled ones.
        names: Names of decks; empty for all.
        variants: Names of variants; empty for whole decks.
        where: Further demands, pairs of one of `SELECTABLE` and a value; all must hold.
        formats: Names of formats; empty for the default ones.
        out: Folder of the artefacts.
        all_in_one: Whether all decks go into one artefact of each format.
    """

    decks: Path | None = None
    names: Sequence[str] = ()
    variants: Sequence[str] = ()
    where: Sequence[tuple[str, str]] = ()
    formats: Sequence[str] = ()
    out: Path = Path("dist")
    all_in_one: bool = False


@dataclass(frozen=True, slots=True)
class Artefact:
    """A file that was built; the manifest has a line for each.

    Attributes:
        path: Where it is.
        decks: Names of the decks in it.
        variant: Name of the variant, or None.
        format: Name of the format.
        notes, cards: How many it holds.
        bytes: Its size.
        sha256: Its checksum, in hexadecimal.
    """

    path: Path
    decks: tuple[str, ...]
    variant: str | None
    format: str
    notes: int
    cards: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a request: artefacts, none of them if any finding is an error."""

    artefacts: tuple[Artefact, ...]
    diagnostics: tuple[Diagnostic, ...]


def build_time() -> datetime:
    """Give the build's time: SOURCE_DATE_EPOCH, else the beginning of today in UTC.

    Raises:
        UsageError: If SOURCE_DATE_EPOCH is not a number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        day = 24 * 60 * 60
        return datetime.fromtimestamp(time.time() // day * day, UTC)
    latest = 253_402_300_799  # the last second of the year 9999
    if not given.isascii() or not given.isdigit() or int(given) > latest:
        raise UsageError(f"SOURCE_DATE_EPOCH must be a number of seconds since 1970, not {given!r}")
    return datetime.fromtimestamp(int(given), UTC)


def build(request: Request, watch: Callable[[int, int, str], None] | None = None) -> Built:
    """Build artefacts, or say why not; nothing is written unless everything can be.

    Args:
        request: What to build.
        watch: Called before each artefact with how many are done, how many there will be, and its name.

    Raises:
        UsageError: If the request makes no sense.
    """
    formats = tuple(dict.fromkeys(request.formats)) or DEFAULT_FORMATS
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"there is no format `{name}`. {did_you_mean(name, FORMATS)}")
    for key, _ in request.where:
        if key not in SELECTABLE:
            raise UsageError(f"cards are not selected by `{key}`. {did_you_mean(key, SELECTABLE)}")
    now = build_time()
    loaded = load(request.decks, tuple(dict.fromkeys(request.names)))
    if loaded.collection is None:
        return Built((), loaded.diagnostics)
    planned, problems = _plan(request, loaded.collection)
    if problems:
        return Built((), (*problems, *loaded.diagnostics))
    builder = _Builder(request, loaded, formats, now)
    try:
        artefacts = builder.build(planned, watch or (lambda *_: None))
    except OSError as error:
        place = Place((Path(error.filename) if error.filename else request.out).as_posix())
        problem = diagnose("CG504", f"cannot write: {error.strerror or error}", place)
        return Built((), (problem, *loaded.diagnostics))
    if builder.empty:
        return Built((), (*builder.empty, *loaded.diagnostics))
    return Built(artefacts, loaded.diagnostics)


@dataclass(frozen=True, slots=True)
class _Planned:
    """Editions that go into one artefact of each format."""

    name: str
    editions: tuple[Edition, ...]
    variant: str | None


def _plan(request: Request, collection: Collection) -> tuple[list[_Planned], list[Diagnostic]]:
    problems = list(_unknown_values(request, collection))
    extra = Selection(tuple((key, frozenset({value})) for key, value in request.where))
    planned: list[_Planned] = []
    for name in dict.fromkeys(request.variants) or (None,):
        editions = tuple(
            Edition(deck, variant, extra)
            for deck in collection.decks
            for variant in _variants(deck.variant(name) if name else None, wanted=name is not None)
        )
        if not editions and name is not None:
            known = dict.fromkeys(variant.name for deck in collection.decks for variant in deck.variants)
            hint = did_you_mean(name, known)
            problems.append(
                diagnose("CG502", f"no variant `{name}` in {quoted(d.name for d in collection.decks)}", hint=hint)
            )
        elif request.all_in_one:
            stem = "-".join(filter(None, (_slug(collection.title), name, *suffix(extra))))
            planned.append(_Planned(stem, editions, name))
        else:
            planned.extend(_Planned(edition.name, (edition,), name) for edition in editions)
    return planned, problems


def _variants(variant: Variant | None, *, wanted: bool) -> tuple[Variant | None, ...]:
    """Give what to cut a deck by: nothing at all, the variant, or no edition of a deck that lacks it."""
    if not wanted:
        return (None,)
    return () if variant is None else (variant,)


def _unknown_values(request: Request, collection: Collection) -> Iterator[Diagnostic]:
    for key, value in request.where:
        allowed = kinds() if key == "kind" else collection.facets.get(key)
        if allowed is not None and value not in allowed:
            yield diagnose("CG506", f"`{key}` has no value `{value}`", hint=did_you_mean(value, allowed))


def _slug(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "collection"


class _Builder:
    def __init__(self, request: Request, loaded: Loaded, formats: tuple[str, ...], now: datetime) -> None:
        self._request = request
        self._loaded = loaded
        self._formats = formats
        self._day: date = now.date()
        self._modified = int(now.timestamp())
        self.empty: list[Diagnostic] = []

    def build(self, planned: Sequence[_Planned], watch: Callable[[int, int, str], None]) -> tuple[Artefact, ...]:
        """Build all artefacts, then put them in their places together."""
        total = len(planned) * len(self._formats)
        artefacts: list[Artefact] = []
        with Staging(self._request.out) as staging:
            for plan in planned:
                release = self._release(plan)
                if not release.note_count:
                    self.empty.append(diagnose("CG503", f"no card is left in {plan.name}"))
                    continue
                for name in self._formats:
                    exporter = exporter_for(name)
                    file = plan.name + exporter.SUFFIX
                    watch(len(artefacts), total, file)
                    content = exporter.export(release)
                    path = staging.add(file, content)
                    artefacts.append(_artefact(path, plan, name, release, content))
            watch(total, total, "")
            if not self.empty:
                staging.add(MANIFEST, _manifest(self._request.out, artefacts))
                staging.commit()
        return tuple(artefacts)

    def _release(self, plan: _Planned) -> Release:
        collection = self._loaded.collection
        sources = collection.sources if collection else {}
        issues = tuple(
            Issue(edition.deck, compose(edition, sources, self._day), self._loaded.media[edition.deck.id])
            for edition in plan.editions
        )
        return Release(plan.name, issues, self._modified)


def _artefact(path: Path, plan: _Planned, name: str, release: Release, content: bytes) -> Artefact:
    return Artefact(
        path=path,
        decks=tuple(edition.deck.name for edition in plan.editions),
        variant=plan.variant,
        format=name,
        notes=release.note_count,
        cards=release.card_count,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _manifest(out: Path, artefacts: Sequence[Artefact]) -> bytes:
    """List these artefacts, and those of earlier builds that are still there."""
    entries: dict[str, dict[str, Any]] = {
        entry["file"]: entry for entry in _earlier(out / MANIFEST) if (out / entry["file"]).is_file()
    }
    for artefact in artefacts:
        entries[artefact.path.name] = {
            "file": artefact.path.name,
            "deck": artefact.decks[0] if len(artefact.decks) == 1 else list(artefact.decks),
            "variant": artefact.variant,
            "format": artefact.format,
            "notes": artefact.notes,
            "cards": artefact.cards,
            "bytes": artefact.bytes,
            "sha256": artefact.sha256,
        }
    data = {"version": MANIFEST_VERSION, "artefacts": [entries[name] for name in sorted(entries)]}
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _earlier(file: Path) -> list[dict[str, Any]]:
    """Read the entries of an earlier manifest; one that is missing or unreadable counts as empty."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["version"] != MANIFEST_VERSION:
            return []
        return [entry for entry in data["artefacts"] if isinstance(entry["file"], str)]
    except (OSError, ValueError, KeyError, TypeError):
        return []
