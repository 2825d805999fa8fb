"""`md`: decks as Markdown to be read on GitHub: sections and questions as headings, answers and sources under them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from cardgen.diagnostics.shown import code_span, markdown_escaped
from cardgen.export import Exported, File
from cardgen.kinds import labelled
from cardgen.notes import asked_once, headed
from cardgen.richtext import parse
from cardgen.texts.github import GithubFold
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.check import MediaFile
    from cardgen.export import Bundle, EditionNotes
    from cardgen.notes import Note

SUFFIX: Final = ".md"


def export(bundle: Bundle) -> Exported:
    """Return the page and the pictures that it shows, which have its name before theirs.

    Each card is there once, as on paper: those for a step or a move are not, since another shows it.
    """
    page = _Page(bundle)
    content = page.written().encode()
    count = sum(not note.part.covered for edition in bundle.editions for note in edition.notes)
    pictures = (File(f"-{name}", page.pictures[name].write_to, 0, 0) for name in sorted(page.pictures))
    return Exported((File(SUFFIX, content, count, count), *pictures))


class _Page:
    """Writes a page.

    Attributes:
        pictures: Those that it has been found to show, by their names in packages.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self.pictures: dict[str, MediaFile] = {}

    def written(self) -> str:
        """Return the page."""
        bundle = self._bundle
        title = " · ".join(filter(None, (bundle.title, bundle.edition)))
        parts = [f"# {markdown_escaped(title)}"]
        if len(bundle.editions) == 1:
            parts += self._deck(bundle.editions[0], 2)
        else:
            for edition in bundle.editions:
                parts += (f"## {markdown_escaped(edition.deck.title)}", *self._deck(edition, 3))
        return "\n\n".join((*filter(None, parts), markdown_escaped(bundle.imprint))) + "\n"

    def _deck(self, edition: EditionNotes, level: int) -> Iterator[str]:
        fold = self._fold(edition)
        yield fold.blocks(parse(edition.deck.description))
        shown = (note for note in edition.notes if not note.part.covered)
        for (_, title), notes in groupby(shown, lambda note: (note.section_id, note.section)):
            yield f"{'#' * level} {markdown_escaped(title)}"
            for note in notes:
                yield from _card(note, fold, "#" * (level + 1))

    def _fold(self, edition: EditionNotes) -> GithubFold:
        def media(path: str) -> str:
            picture = edition.media[path]
            self.pictures[picture.name] = picture
            return f"{self._bundle.name}-{picture.name}"

        return GithubFold(media)


def _card(note: Note, fold: GithubFold, mark: str) -> Iterator[str]:
    asked = asked_once(note)
    line, rest = headed(asked.question)
    yield f"{mark} {fold.line(line) or markdown_escaped(note.part.title) or code_span(note.address)}"
    hint = labelled(note.words.hint, note.hint, note.words) if note.hint else ()
    if rest or hint:
        yield fold.blocks((*rest, *hint))
        yield f"**{markdown_escaped(note.words.column_answer)}**"
    yield fold.blocks((*asked.answer, *asked.more, *note.note))
    yield "\\\n".join((*_small_print(note, fold), code_span(note.address)))


def _small_print(note: Note, fold: GithubFold) -> Iterator[str]:
    """Yield lines that say what is known of a fact: any warning, its sources and dates; of a card once."""
    if note.part.id:
        return
    for warning in note.status:
        yield f"**{markdown_escaped(warning)}**"
    label = markdown_escaped(fill(note.words.label, label=note.words.column_source))
    for index, work in enumerate(note.source):
        # Where to check a fact comes first, and says so itself.
        yield fold.block(work) if index < len(note.card.see) else f"{label} {fold.block(work)}"
    yield from map(markdown_escaped, filter(None, (note.dated, note.check_again)))
