"""From a bundle to its PDF files."""

from __future__ import annotations

from contextlib import contextmanager
from math import prod
from typing import TYPE_CHECKING, Any, Final

from cardgen.diagnostics import quoted
from cardgen.export import Exported, File, Remark
from cardgen.model.cardstock import CARDS, PAPER_NAMES, grid_of, paper_of
from cardgen.print.compiler import NOTHING, MissingGlyphsError, is_there, typeset
from cardgen.print.glyphs import replaced, substitute, to_replace
from cardgen.print.printout import printout
from cardgen.print.workers import PrintingError, Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from cardgen.export import Begin, Bundle
    from cardgen.model import Printing
    from cardgen.print.compiler import Looked, Typeset
    from cardgen.print.printout import Printout, Volume

SUFFIX: Final = ".pdf"

_NAMED: Final = 6
"""How many characters a message shows."""

_EACH: Final = 5
"""How many cards of a deck get a remark of their own where the same is wrong with many; the others are only named."""

_MANY_PAGES: Final = 40
"""A file of more pages is announced: few people expect it, and a printer takes minutes."""

_MANY_CARDS: Final = 4
"""A card that takes more cards to cut out than this is remarked on."""
_MUCH: Final = 1.2
"""So many times as large are cards that are worth a hint."""

_FLIPS: Final = {
    "long": "double-sided, flip on the long edge",
    "short": "double-sided, flip on the short edge",
    "fold": "on one side, then fold along the middle and glue",
}


def lacking() -> str:
    """Say what this machine lacks for print; empty if nothing."""
    return "" if is_there() else "printing needs the Python package typst, which is not installed"


@contextmanager
def side_by_side() -> Iterator[Begin]:
    """Return what begins exports, which then go on side by side: Typst works in processes of its own."""
    with Workers() as workers:
        yield lambda bundle: _begun(bundle, workers)


def export(bundle: Bundle) -> Exported:
    """Return the PDF files of a bundle: one, or a volume for each part of a long one."""
    with side_by_side() as begin:
        return begin(bundle)()


def _begun(bundle: Bundle, workers: Workers) -> Callable[[], Exported]:
    if why := lacking():
        return lambda: Exported((), (Remark("CG801", why),))
    paper = printout(bundle, bundle.printing)
    if not paper.volumes:
        return lambda: Exported((), (Remark("CG503", f"no card is left in {bundle.name}"),))
    return lambda: _printed(bundle, paper, workers)


def _printed(bundle: Bundle, paper: Printout, workers: Workers) -> Exported:
    printing = bundle.printing
    press = _Press(workers, paper, printing)
    try:
        files = tuple(press.files(_suffix(printing["layout"])))
    except PrintingError as error:
        return Exported((), (*paper.remarks, Remark("CG808", f"{bundle.name}: {error}", hint=error.hint)))
    long = _long(press.continued, printing)
    remarks = tuple(_summed((*paper.remarks, *_missing(paper, press.lost), *press.remarks, *long)))
    return Exported(files, remarks, tuple(_advice(bundle, files, press, printing)))


def _summed(remarks: Sequence[Remark]) -> Iterator[Remark]:
    """Yield remarks, those about many cards of a deck in fewer words."""
    alike: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        alike.setdefault((remark.code, remark.deck), []).append(remark)
    for (code, deck), same in alike.items():
        yield from same[:_EACH]
        if rest := quoted(dict.fromkeys(remark.card for remark in same[_EACH:])):
            yield Remark(code, f"the same in {len(same) - _EACH:,} more cards: {rest}", deck)


def _suffix(layout: str) -> str:
    """Return what a layout's files end with; the dot keeps them apart from those of variants."""
    return "" if layout == "sheet" else f".{layout}"


def typeset_readably(
    workers: Workers,
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    font_dirs: Sequence[str],
    lost: set[str],
    looked: Looked = NOTHING,
) -> Typeset:
    """Set one file; what no font has is printed as something else.

    Args:
        workers: As for `typeset`, like the next three.
        data: What to print.
        pictures: Its pictures.
        font_dirs: Folders of fonts.
        lost: Characters that no font has, as far as that is known; gets those that are found.
        looked: What is known of pictures and characters.

    Raises:
        MissingGlyphsError: If there is nothing else for a character.
        PrintingError: As `typeset`.
    """
    while True:
        try:
            return typeset(workers, replaced(data, lost), pictures, font_dirs, looked)
        except MissingGlyphsError as error:
            looked, new = error.looked, to_replace(error.characters) - lost
            if not new:
                raise
            lost |= new


class _Press:
    """Sets the volumes of a document one after the other: each begins with the page after the last one's."""

    def __init__(self, workers: Workers, paper: Printout, printing: Printing) -> None:
        self._workers = workers
        self._paper = paper
        self._font_dirs = [printing["font_dir"]] if printing["font_dir"] else []
        self._looked = NOTHING
        self.pages = 0
        self.borrowed: set[str] = set()
        self.lost: set[str] = set()
        self.remarks: list[Remark] = []
        self.continued: dict[tuple[str, str], int] = {}

    def files(self, suffix: str) -> Iterator[File]:
        """Yield the files.

        Raises:
            PrintingError: If Typst fails.
        """
        several = len(self._paper.volumes) > 1
        for number, volume in enumerate(self._paper.volumes, 1):
            done = self._typeset(volume, self.pages + 1)
            self.pages = done.last_page
            self.continued.update({(card["deck"], card["id"]): card["cards"] for card in done.continued})
            part = f".part-{number}" if several else ""
            yield File(f"{suffix}{part}{SUFFIX}", done.content, volume.cards, volume.cards)
            self._note_broken(done.looked.broken)

    def _typeset(self, volume: Volume, page: int) -> Typeset:
        data = {**volume.data, "first_page": page}
        pictures = self._paper.pictures
        try:
            done = typeset_readably(self._workers, data, pictures, self._font_dirs, self.lost, self._looked)
        except MissingGlyphsError as error:
            raise PrintingError(f"no font has {_shown(error.characters)}") from error
        self._looked = done.looked
        self.borrowed |= done.borrowed
        return done

    def _note_broken(self, broken: Mapping[str, str]) -> None:
        for deck, card, path, name in self._paper.shown:
            if name in broken:
                remark = Remark("CG805", f"`{path}` is printed as an empty frame: {broken[name]}", deck, card)
                if remark not in self.remarks:
                    self.remarks.append(remark)


def _shown(characters: Collection[str]) -> str:
    """Name characters, by themselves and by their numbers."""
    ordered = sorted(characters)
    named = ", ".join(
        f"`{char}` (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}" for char in ordered[:_NAMED]
    )
    return named + (f" and {len(ordered) - _NAMED:,} more" if len(ordered) > _NAMED else "")


def _missing(paper: Printout, characters: Collection[str]) -> Iterator[Remark]:
    """Find the cards of characters that something else is printed for."""
    visible = {char: stands for char in characters if (stands := substitute(char))}
    for deck, card, text in paper.texts if visible else ():
        here = sorted(char for char in visible if char in text)
        if len(here) == 1:
            message = f"no font can show {_shown(here)}; `{visible[here[0]]}` is printed instead"
            yield Remark("CG802", message, deck, card)
        elif here:
            message = f"no font can show {_shown(here)}; their names or numbers are printed instead"
            yield Remark("CG802", message, deck, card)


def _long(continued: Mapping[tuple[str, str], int], printing: Printing) -> Iterator[Remark]:
    """Find the cards that take many: one or two more are nothing to worry about."""
    larger = _larger(printing)
    hint = (
        f"Shorten it, split it, or print larger cards with --card {larger}." if larger else "Shorten it, or split it."
    )
    for (deck, card), cards in continued.items():
        if cards > _MANY_CARDS:
            yield Remark("CG803", f"it takes {cards} cards of the size `{printing['card']}`", deck, card, hint)


def _larger(printing: Printing) -> str:
    """Return the largest cards of the same paper, if they are much larger than those asked for."""
    paper, asked = printing["paper"], printing["card"]
    areas = {name: prod(grid_of(name, paper).card) for name in CARDS if paper_of(name) in ("", paper_of(asked))}
    largest = max(areas, key=lambda name: areas[name])
    return largest if areas[largest] > _MUCH * areas[asked] else ""


def _advice(bundle: Bundle, files: Sequence[File], press: _Press, printing: Printing) -> Iterator[str]:
    names = ", ".join(f"{bundle.name}{file.suffix}" for file in files)
    if press.pages > _MANY_PAGES:
        fewer = "; --columns 2 takes fewer" if printing["layout"] == "test" and printing["columns"] == "1" else ""
        yield f"{names}: {press.pages:,} pages, printed double-sided {-(-press.pages // 2):,} sheets of paper{fewer}"
    if printing["layout"] == "cards":
        yield f"{names}: print {_FLIPS[printing['flip']]}, at 100 % (not fitted to the page)"
        if sheet := paper_of(printing["card"]):
            name = printing["card"].removeprefix("avery-").upper()
            yield f"{names}: for Avery {name}, a sheet of {PAPER_NAMES[sheet]} paper; --ruler begins with a test"
        if more := sum(press.continued.values()) - len(press.continued):
            cards = sum(file.cards for file in files)
            take = "takes" if len(press.continued) == 1 else "take"
            total = f"{cards + more:,} cards" if sheet else f"{cards + more:,} cards to cut out"
            yield f"{names}: {total}, since {len(press.continued):,} of {cards:,} {take} more than one"
    if press.borrowed:
        shown = _shown(press.borrowed)
        yield f"{names}: fonts of this machine have {shown}; --font-dir gives the same file everywhere"
