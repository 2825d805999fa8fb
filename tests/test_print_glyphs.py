"""Emoji, rare signs and characters that no font has: all of them are printed as something, and no build stops."""

from __future__ import annotations

import random
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import pdfplumber
import pikepdf
import pytest
import typst
from conftest import MINIMAL_CARDS, MINIMAL_DECK, Ran, artefacts, card_file, written
from measuring import unmeasured
from printed import Printed

from cardgen.build.builder import build_decks
from cardgen.build.request import Request
from cardgen.model import Printing
from cardgen.print import compiler, exporter, worker
from cardgen.print.glyphs import replaced, substitute, to_replace, unusual
from cardgen.print.text import joined_emoji, lines_of_code, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from cardgen.build.builder import Built
    from cardgen.print.workers import Workers

# From Unicode's DerivedCoreProperties.txt (15.1): Default_Ignorable_Code_Point
IGNORABLE = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
REFUSED = "\u2028\u2029\ufeff\ufffe\uffff"
"""Those that no YAML file may hold."""
KEPT = "\u00ad\u061c\u180b\u180c\u180d\u180e\u180f\u200b\u200c\u200d\u200e\u200f\u2060"
"""Those that say where lines break, how letters join, and which way neutral characters run."""


def ignorable() -> Iterator[str]:
    for first, last in IGNORABLE:
        yield from map(chr, range(first, last + 1))


def deck(*cards: Mapping[str, str], title: str = "Demo", section: str = "One") -> dict[str, str]:
    numbered = [{"id": f"c{number}", "kind": "basic", **card} for number, card in enumerate(cards, 1)]
    return {
        "demo/deck.yaml": MINIMAL_DECK.replace("title: Demo", f"title: {title}"),
        "demo/one.yaml": card_file(section, numbered),
    }


def built(files: dict[str, str], folder: Path, layout: str = "sheet") -> Built:
    """Build the PDF of a deck in this process."""
    decks = written(folder / "decks", files)
    return build_decks(Request(decks=decks, out=folder, formats=("pdf",), printing=Printing(layout=layout)))


def glyphs(file: Path) -> list[tuple[str, str]]:
    """Return each glyph's text and the font that it is of."""
    with unmeasured(), pdfplumber.open(file) as pdf:
        return [(char["text"], char["fontname"].partition("+")[2]) for page in pdf.pages for char in page.chars]


def is_valid(file: Path) -> bool:
    with pikepdf.open(file) as pdf, pdf.open_metadata() as metadata:
        claims = [metadata.get(key) for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
        return claims == ["2", "A", "1"] and not pdf.check_pdf_syntax()


# Text


def test_ignorable_characters_are_left_out_but_for_those_that_do_something() -> None:
    kept = [char for char in ignorable() if printable(f"a{char}b", 10**9) != "ab"]
    assert "".join(kept) == KEPT
    assert [char for char in ignorable() if lines_of_code(f"a{char}b") != "ab"] == kept


def test_the_tags_of_a_flag_stay_with_it() -> None:
    england = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    assert printable(f"a{england}b\U000e0067\U000e0062") == f"a{england}b"


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("\U0001d465\u0304", "\U0001d465\u2060\u0304"),
        ("\u10d0\u0304\u0323", "\u10d0\u2060\u0323\u0304"),
        ("x\u0304 \u0254\u0303 \u044f\u0301 \u25cc\u0304", "x\u0304 \u0254\u0303 \u044f\u0301 \u25cc\u0304"),
    ],
)
def test_a_mark_on_a_letter_that_the_text_face_lacks_is_parted_from_it(text: str, parted: str) -> None:
    assert (printable(text), lines_of_code(unicodedata.normalize("NFC", text))) == (parted, parted)


def test_emoji_that_make_one_picture_are_found() -> None:
    assert joined_emoji("A \U0001f468\u200d\U0001f469\u200d\U0001f467, a\u200db \u2764\u200d\U0001f525!") == {
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u2764\u200d\U0001f525",
    }


# What stands for a character


@pytest.mark.parametrize(
    ("char", "stands"),
    [
        ("\U0001f600", "[GRINNING FACE]"),
        ("\u20dd", "[COMBINING ENCLOSING CIRCLE]"),
        ("\u65e5", "[CJK UNIFIED IDEOGRAPH-65E5]"),
        ("\ue000", "[U+E000]"),
        ("\u0378", "[U+0378]"),
        ("\uffff", "[U+FFFF]"),
        ("\u200d", ""),
        ("\U000e0067", ""),
    ],
)
def test_a_character_is_named_or_numbered(char: str, stands: str) -> None:
    assert substitute(char) == stands


@pytest.mark.parametrize(
    ("reported", "chosen"), [("1\ufe0f\u20e3", "\u20e3\ufe0f"), ("a\u200d", "\u200d"), ("a\u0e01", "\u0e01"), ("1", "")]
)
def test_marks_go_before_letters_and_ascii_never(reported: str, chosen: str) -> None:
    assert to_replace(reported) == set(chosen)


def test_addresses_and_files_keep_their_characters_and_words_for_pictures_are_not_looked_at() -> None:
    data = {
        "sections": [
            {"t": "a", "href": "https://example.org/\u0378", "c": ["\u0378 \u0379"]},
            {"t": "img", "src": "1-1.png", "alt": "\u0380"},
            {"t": "img", "src": "", "alt": "\u0381"},
        ]
    }
    assert unusual(data)[0] == {"\u0378", "\u0379", "\u0381"}
    assert replaced(data, "\u0378") == {
        "sections": [
            {"t": "a", "href": "https://example.org/\u0378", "c": ["[U+0378] \u0379"]},
            {"t": "img", "src": "1-1.png", "alt": "\u0380"},
            {"t": "img", "src": "", "alt": "\u0381"},
        ]
    }


def test_a_reminder_of_one_line_stays_one_line() -> None:
    assert replaced({"brief": "\u0378" * 20}, "\u0378") == {"brief": ("[U+0378]" * 9)[:67] + "\u2026"}


# Printed files


@pytest.mark.parametrize(
    ("emoji", "pictures"),
    [
        pytest.param("\U0001f600", 1, id="a face"),
        pytest.param("1\ufe0f\u20e3", 1, id="a keycap"),
        pytest.param("\U0001f1e9\U0001f1ea", 1, id="a flag"),
        pytest.param("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 1, id="a region's flag"),
        pytest.param("\U0001f44b\U0001f3ff", 1, id="a skin tone"),
        pytest.param("\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", 1, id="a family"),
        # Libertinus has the staff, and DejaVu Sans Mono the skull.
        pytest.param("\U0001f469\U0001f3fd\u200d\u2695\ufe0f", 1, id="a health worker"),
        pytest.param("\U0001f3f4\u200d\u2620\ufe0f", 1, id="a pirate's flag"),
        pytest.param("\U0001fae8\U0001fac0", 2, id="emoji of Unicode 13 and 15"),
    ],
)
def test_emoji_are_pictures_in_every_face(emoji: str, pictures: int, tmp_path: Path) -> None:
    files = deck({"front": f"Q {emoji}", "back": f"A {emoji} **{emoji}** *{emoji}* `{emoji}`"})
    (file,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "pdf").values()
    found = [text for text, font in glyphs(file) if font.startswith("NotoEmoji") and text.strip("\U000e0067")]
    assert (len(found), is_valid(file)) == (5 * pictures, True)


@pytest.mark.parametrize(
    ("sign", "font"),
    [
        ("\u2623", "NotoEmoji"),
        ("\u26b4", "NotoSansSymbols-"),
        ("\U0001f701", "NotoSansSymbols-"),
        ("\u2400", "NotoSansSymbols2"),
        ("\U0001f0a1", "NotoSansSymbols2"),
        ("\U0001d538", "NewCMMath"),
    ],
)
def test_signs_have_a_font(sign: str, font: str, tmp_path: Path) -> None:
    (file,) = artefacts(
        written(tmp_path / "decks", deck({"front": "Q", "back": sign})), tmp_path / "dist", "pdf"
    ).values()
    assert [found for text, found in glyphs(file) if text == sign and found.startswith(font)] != []


def test_a_letter_of_another_font_keeps_its_mark_and_itself(tmp_path: Path) -> None:
    files = deck({"front": "Mean \U0001d465\u0304", "back": "Mean \U0001d465\u0304"})
    (file,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "pdf").values()
    found = glyphs(file)
    assert [font.partition("-")[0] for text, font in found if "\U0001d465" in text] == ["NewCMMath", "NewCMMath"]
    assert [font.partition("-")[0] for text, font in found if "\u0304" in text] == ["Inter", "LibertinusSerif"]


@pytest.mark.parametrize("layout", ["sheet", "cards", "test", "large"])
def test_what_cannot_be_printed_is_named_and_so_is_its_card(
    layout: str, decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    cards = MINIMAL_CARDS.replace("What is it?", "What is \ue00a?").replace("This.", "\u0378 and \U000f0000 or \u0378")
    decks({"demo/one.yaml": cards})
    made = []
    for out in ("one", "two"):
        found = cardgen("build", "--format", "pdf", "--layout", layout, "--out", out)
        assert (found.code, found.err) == (
            0,
            "warning[CG802]: no font can show U+0378, U+E00A, U+F0000; their names or numbers are printed instead\n"
            "  --> decks/demo/one.yaml:3:9\n"
            "  3 |   - id: first\n"
            "    |         ^^^^^\n"
            "  hint: Name a folder of fonts that have it with --font-dir, or write it differently.\n\n1 warning\n",
        )
        (file,) = (tmp_path / out).glob("*.pdf")
        made.append(file.read_bytes())
    text = Printed(file).text()
    assert ["Whatis[U+E00A]?" in text, "[U+0378]and[U+F0000]or[U+0378]" in text] == [True, True]
    assert (made[0] == made[1], is_valid(file)) == (True, True)


def test_a_sign_that_no_font_has_is_printed_as_its_name(tmp_path: Path) -> None:
    if not worker.unknown(["\U00013000"], typst.Fonts()):
        pytest.skip("this machine has a font of hieroglyphs")
    files = deck({"front": "Q \U00013000", "back": "A"}, title="Zoo \U00013000", section="One \U00013000")
    found = built(files, tmp_path)
    assert [finding.message for finding in found.diagnostics] == [
        "no font can show `\U00013000` (U+13000); `[EGYPTIAN HIEROGLYPH A001]` is printed instead"
    ] * 2
    text = Printed(tmp_path / "demo.pdf").text()
    assert [f"{before}[EGYPTIANHIEROGLYPHA001]" in text for before in ("Zoo", "One", "Q")] == [True] * 3


def test_a_sign_in_the_title_of_a_section_is_told_once(tmp_path: Path) -> None:
    files = deck({"front": "Q", "back": "A"}, {"front": "R", "back": "B"}, section="One \u0378")
    assert [finding.message for finding in built(files, tmp_path).diagnostics] == [
        "no font can show U+0378; `[U+0378]` is printed instead"
    ]


def test_a_letter_stays_where_only_its_marks_cannot_be_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def typeset(workers: Workers, data: Mapping[str, Any], *more: Any) -> compiler.Typeset:
        asked.append(data["sections"][0]["cards"][0]["q"]["c"][0]["c"])
        if len(asked) == 1:
            raise compiler.MissingGlyphsError(frozenset("a\u0300\u20e4"), compiler.NOTHING)
        return compiler.typeset(workers, data, *more)

    monkeypatch.setattr(exporter, "typeset", typeset)
    root = written(tmp_path / "decks", deck({"front": "a\u0334\u20e4 and a", "back": "A"}))
    artefacts(root, tmp_path / "dist", "pdf")
    assert asked == [["a\u0334\u20e4 and a"], ["a\u0334[COMBINING ENCLOSING UPWARD POINTING TRIANGLE] and a"]]


@pytest.mark.parametrize("layout", ["sheet", "cards", "test", "large"])
def test_no_ignorable_character_stops_a_build_in_any_face(layout: str, tmp_path: Path) -> None:
    scripts = ("a", "\u0430", "\u0645", "\u05d0", "\u0915", "\U0001f600", "\u2400", "\U0001d538")
    cards = []
    for script in scripts:
        row = "".join(f"{script}{char}{script} {char} " for char in ignorable() if "\ufeff" != char < "\U000e0080")
        cards.append({"front": f"Q {row}", "back": f"A {row}\n\n**{row}**\n\n*{row}*\n\n`{row}`\n\n- {row}"})
    cards.append({"front": "\u3164", "back": "\u3164"})
    found = built(deck(*cards, title="De\u200bmo \u00ad"), tmp_path, layout)
    assert [finding.message for finding in found.diagnostics if finding.code.startswith("CG802")] == []
    assert len(found.artefacts) == 1


@pytest.mark.parametrize("seed", range(3))
def test_no_text_stops_a_build(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    ranges: tuple[tuple[int, int], ...] = (
        (0x20, 0x250),
        (0x300, 0x370),
        (0x600, 0x700),
        (0x900, 0x980),
        (0x2000, 0x2C00),
        (0xE000, 0xE100),
    )
    ranges += ((0x1F000, 0x1FB00), (0xFE00, 0xFFFE), (0x10000, 0x14000), (0xE0000, 0xE0200), (0xA0, sys.maxunicode))

    def word() -> str:
        chars = (chr(chance.randrange(*chance.choice(ranges))) for _ in range(chance.randrange(1, 5)))
        return "".join(char for char in chars if unicodedata.category(char) not in {"Cs", "Cc"} and char not in REFUSED)

    def text() -> str:
        return " ".join("Q" + word() for _ in range(30))

    files = deck(*({"front": text(), "back": text()} for _ in range(20)))
    found = built(files, tmp_path)
    assert [finding.message for finding in found.diagnostics if not finding.code.startswith("CG80")] == []
    assert [artefact.path.name for artefact in found.artefacts] == ["demo.pdf"]
    assert is_valid(tmp_path / "demo.pdf")


def test_every_shipped_font_stands_in_the_licence_file() -> None:
    licence = (compiler.FONTS / "OFL.txt").read_text()
    assert [file.name for file in compiler.FONTS.glob("*.ttf") if file.name not in licence] == []
