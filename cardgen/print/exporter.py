"""From a bundle to its PDF files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import quoted
from cardgen.export import Exported, File, Remark
from cardgen.print.compiler import MissingGlyphsError, PrintingError, is_there, typeset
from cardgen.print.document import document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from cardgen.export import Bundle
    from cardgen.model import Printing
    from cardgen.print.compiler import Typeset
    from cardgen.print.document import Document, Volume

SUFFIX: Final = ".pdf"

_FIRST_EASTERN: Final = "\u2e80"
"""From here on Unicode has the scripts of China, Japan and Korea, whose fonts are too large to ship."""
_NAMED: Final = 6
"""How many characters a message shows."""

_EACH: Final = 5
"""How many cards of a deck get a remark of their own where the same is wrong with many; the others are only named."""

_FLIPS: Final = {
    "long": "double-sided, flip on the long edge",
    "short": "double-sided, flip on the short edge",
    "fold": "on one side, then fold along the middle and glue",
}


def lacking() -> str:
    """Say what this machine lacks for print; empty if nothing."""
    return "" if is_there() else "printing needs the Python package typst, which is not installed"


def export(bundle: Bundle) -> Exported:
    """Give the PDF files of a bundle: one, or a volume for each part of a long one."""
    if why := lacking():
        return Exported((), (Remark("CG801", why),))
    printing = bundle.printing
    paper = document(bundle, printing)
    if not paper.volumes:
        return Exported((), (Remark("CG503", f"no card is left in {bundle.name}"),))
    press = _Press(paper, printing)
    try:
        files = tuple(press.files(_suffix(printing["layout"])))
    except MissingGlyphsError as error:
        return Exported((), (*paper.remarks, *_missing(paper, error.characters)))
    except PrintingError as error:
        return Exported((), (*paper.remarks, Remark("CG808", f"{bundle.name}: {error}")))
    remarks = tuple(_summed((*paper.remarks, *press.remarks)))
    return Exported(files, remarks, tuple(_advice(bundle.name, files, printing, press.borrowed)))


def _summed(remarks: Sequence[Remark]) -> Iterator[Remark]:
    """Give remarks, those about many cards of a deck in fewer words."""
    alike: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        alike.setdefault((remark.code, remark.deck), []).append(remark)
    for (code, deck), same in alike.items():
        yield from same[:_EACH]
        if rest := quoted(dict.fromkeys(remark.card for remark in same[_EACH:])):
            yield Remark(code, f"the same in {len(same) - _EACH:,} more cards: {rest}", deck)


def _suffix(layout: str) -> str:
    """Give what a layout's files end with; the dot keeps them apart from those of variants."""
    return "" if layout == "sheet" else f".{layout}"


class _Press:
    """Sets the volumes of a document one after the other: each begins with the page after the last one's."""

    def __init__(self, paper: Document, printing: Printing) -> None:
        self._paper = paper
        self._font_dirs = [printing["font_dir"]] if printing["font_dir"] else []
        self.borrowed: set[str] = set()
        self.remarks: list[Remark] = []
        if not self._font_dirs:
            # What the shipped fonts surely lack need not be tried without those of the machine.
            self.borrowed |= {
                char for _, _, text in paper.texts if not text.isascii() for char in text if _is_eastern(char)
            }

    def files(self, suffix: str) -> Iterator[File]:
        """Give the files.

        Raises:
            PrintingError: If Typst fails, or a character is in no font.
        """
        page = 1
        several = len(self._paper.volumes) > 1
        for number, volume in enumerate(self._paper.volumes, 1):
            done = self._typeset(volume, page)
            page = done.last_page + 1
            self.remarks.extend(_overflowing(done.rests))
            part = f".part-{number}" if several else ""
            yield File(f"{suffix}{part}{SUFFIX}", done.content, volume.cards, volume.cards)
            self._note_broken(done.broken)

    def _typeset(self, volume: Volume, page: int) -> Typeset:
        data = {**volume.data, "first_page": page}
        try:
            return typeset(data, self._paper.pictures, self._font_dirs, system_fonts=bool(self.borrowed))
        except MissingGlyphsError as error:
            if self.borrowed:
                raise
            self.borrowed |= error.characters
        return typeset(data, self._paper.pictures, self._font_dirs, system_fonts=True)

    def _note_broken(self, broken: Mapping[str, str]) -> None:
        for deck, card, path, name in self._paper.shown:
            if name in broken:
                remark = Remark("CG805", f"`{path}` is printed as an empty frame: {broken[name]}", deck, card)
                if remark not in self.remarks:
                    self.remarks.append(remark)


def _is_eastern(char: str) -> bool:
    # Arabic and Hebrew have presentation forms among the later blocks.
    return char >= _FIRST_EASTERN and not "\ufb1d" <= char <= "\ufdff" and not "\ufe70" <= char <= "\ufeff"


def _shown(characters: Collection[str]) -> str:
    """Name characters, by themselves and by their numbers."""
    ordered = sorted(characters)
    named = ", ".join(
        f"`{char}` (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}" for char in ordered[:_NAMED]
    )
    return named + (f" and {len(ordered) - _NAMED:,} more" if len(ordered) > _NAMED else "")


def _missing(paper: Document, characters: Collection[str]) -> Iterator[Remark]:
    """Find the cards of characters that no font has."""
    found = False
    for deck, card, text in paper.texts:
        here = [char for char in characters if char in text]
        if here:
            found = True
            yield Remark("CG802", f"no font has {_shown(here)}", deck, card)
    if not found:
        yield Remark("CG802", f"no font has {_shown(characters)}")


def _overflowing(rests: Sequence[Mapping[str, str]]) -> Iterator[Remark]:
    for rest in rests:
        # A list of sources on the last pages harms nobody: the card says where it is.
        if rest["side"] in ("question", "answer"):
            message = f"the {rest['side']} does not fit its card, and goes on on the last pages"
            yield Remark("CG803", message, rest["deck"], rest["id"])


def _advice(name: str, files: Sequence[File], printing: Printing, borrowed: Collection[str]) -> Iterator[str]:
    names = ", ".join(f"{name}{file.suffix}" for file in files)
    if printing["layout"] == "cards":
        yield f"{names}: print {_FLIPS[printing['flip']]}, at 100 % (not fitted to the page)"
    if borrowed:
        shown = _shown(borrowed)
        yield f"{names}: fonts of this machine have {shown}; --font-dir gives the same file everywhere"
