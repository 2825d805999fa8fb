"""Puts the files of a plan into a folder, beside what is built there, by the rules of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.build.manifest import MANIFEST, Artefact, is_listed, manifest, read_manifest
from cardgen.build.ours import in_the_way, is_in_the_way
from cardgen.build.private import exposed, private_ones
from cardgen.build.staging import Staging, unwritable
from cardgen.diagnostics import diagnose
from cardgen.plan.formats import format_named
from cardgen.print.workers import PrintingError
from cardgen.read import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from cardgen.diagnostics import Diagnostic
    from cardgen.plan.bundle import PlanBundle


def write_files(
    bundle: PlanBundle, formats: Iterable[str], out: Path
) -> tuple[tuple[Artefact, ...], tuple[Diagnostic, ...]]:
    """Write a plan in some formats; nothing is written unless everything can be.

    Args:
        bundle: The plan.
        formats: Names of `cardgen.plan.formats.FORMATS`.
        out: The folder.

    Returns:
        What was written, and what is wrong; one of the two is empty.
    """
    try:
        return _write(bundle, tuple(dict.fromkeys(formats)), out)
    except OSError as error:
        return (), (unwritable(error, out),)
    except UnreadableFileError as error:
        return (), (error.diagnostic(),)
    except PrintingError as error:
        return (), (diagnose("CG808", f"{bundle.name}: {error}", hint=error.hint),)


def _write(
    bundle: PlanBundle, formats: Sequence[str], out: Path
) -> tuple[tuple[Artefact, ...], tuple[Diagnostic, ...]]:
    earlier = read_manifest(out)
    if earlier is None:
        return (), (in_the_way(out / MANIFEST),)
    decks = tuple(bundle.decks.values())
    if private := tuple(exposed(decks, out)):
        return (), private
    artefacts, found = [], []
    with Staging() as staging:
        for name in formats:
            module = format_named(name)
            path = out / f"{bundle.name}{module.SUFFIX}"
            waiting = staging.add(path, module.content(bundle))
            if not is_listed(path, earlier) and is_in_the_way(path, waiting):
                found.append(in_the_way(path))
            artefacts.append(_artefact(bundle, name, path, staging))
        if found:
            return (), tuple(found)
        staging.add(out / MANIFEST, manifest(earlier, artefacts, private=bool(private_ones(decks))))
        staging.commit()
    return tuple(artefacts), ()


def _artefact(bundle: PlanBundle, name: str, path: Path, staging: Staging) -> Artefact:
    size, sha256 = staging.measured(path)
    return Artefact(
        path=path,
        collection=bundle.collection.title,
        decks=tuple(deck.name for deck in bundle.plan.decks),
        variant=None,
        # No program that hands on decks takes a plan for one.
        format=f"plan-{name}",
        notes=bundle.notes,
        cards=bundle.plan.cards,
        bytes=size,
        sha256=sha256,
    )
