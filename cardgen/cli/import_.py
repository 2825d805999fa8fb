"""The command `import`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardgen.cli.terminal import say, show_findings, wrong_usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.bring import Brought


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--into", metavar="FOLDER", type=click.Path(path_type=Path), help="The deck's folder, which is to be new or empty."
)
@click.option(
    "--keep/--convert",
    "keep",
    default=False,
    help="--keep: note types, guids and times stay, so people who have the deck get what you build as updates. "
    "--convert (default): notes become new cards of cardgen's kinds.",
)
@click.option("--exact", is_flag=True, help="With --keep: fields stay HTML unless Markdown gives the very same.")
@click.option(
    "--room", is_flag=True, help="With --keep: note types get spare places, for which learners merge note types once."
)
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and write nothing.")
def import_deck(file: Path, into: Path | None, *, keep: bool, exact: bool, room: bool, dry_run: bool) -> None:
    """Make a deck of cards that are somewhere else.

    FILE is a package of Anki (.apkg, .colpkg), Anki's text export (.txt), a folder of CrowdAnki's, a table of
    questions and answers (.csv, .tsv), as Quizlet and others write it, or a Markdown file or a folder of them, as
    hashcards and plugins of Obsidian have them. Notes become cards of cardgen's kinds, subdecks become sections, HTML
    becomes Markdown. What cannot be carried over is told, and stands in import-report.md in the deck's folder.

    The cards get identities of their own: people who have the deck already would get all of it a second time. With
    --keep they get updates of the notes that they have: note types become kinds in decks/kinds, with their fields,
    templates and styles.

    \b
    Examples:
      cardgen import geography.apkg
      cardgen import geography.apkg --keep --into decks/world
      cardgen import words.csv --into decks/french-words
      cardgen import vault/rivers
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.bring import Keep, UnreadableSourceError, bring
    from cardgen.errors import UsageError
    from cardgen.read import nearest_decks
    from cardgen.read.names import like_a_deck

    with wrong_usage():
        if (exact or room) and not keep:
            raise UsageError(f"{'--exact' if exact else '--room'} is of --keep: what is converted has no note types")
        folder = into or (nearest_decks() or Path("decks")) / (like_a_deck(file.stem) or "imported")
        try:
            brought = bring(file, folder, keep=Keep(exact=exact, room=room) if keep else None, dry_run=dry_run)
        except UnreadableSourceError as error:
            raise UsageError(f"{file.as_posix()} {error}") from None
    show_findings(brought.diagnostics)
    if brought.diagnostics:
        sys.exit(1)
    say("\n".join(_told(brought, dry_run=dry_run)))


def _told(brought: Brought, *, dry_run: bool) -> Iterator[str]:
    """Yield what came of it, and the next commands."""
    from cardgen.bring.deck import REPORT
    from cardgen.diagnostics import counted
    from cardgen.diagnostics.shown import line

    folder = line(brought.folder.as_posix())
    media = counted(brought.media, "media file") if brought.media else "no media"
    yield (
        f"{counted(brought.notes, 'note')} {'would become' if dry_run else 'became'} "
        f"{counted(brought.cards, 'card')} in {counted(len(brought.sections), 'section')}, "
        f"with {media}: {folder}"
    )
    if brought.kinds:
        yield f"kinds: {', '.join(map(line, brought.kinds))}"
    if brought.lost:
        yield f"left out of texts: {', '.join(f'{what} ({count:,})' for what, count in brought.lost)}"
    if brought.refused:
        would = "would not be brought over; {} would say" if dry_run else "not brought over; {} says"
        yield f"{len(brought.refused):,} {would.format(REPORT)} which and why"
    if brought.untimed:
        yield "check finds errors; until they are gone, nobody knows which notes are as learners have them"
    if not dry_run:
        name = line(brought.folder.name)
        yield f"\nNext:\n  cardgen check {name}\n  cardgen preview {name} --open"
