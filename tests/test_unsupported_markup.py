"""S20: what looks like markup that cards do not have is found where it is, and nothing else is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from linted import found

from cardgen.diagnostics import as_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MATHS = "Write maths as $x^2$, or as $$x^2$$ to set it on a line of its own."
DOLLAR = "Write $x^2$: no space inside the dollars, no letter or digit outside; `\\$` is a dollar sign."
IN_CODE = ", or put the tag in `backticks` to show it."
CELLS = "Each row needs as many cells as the header; a blank line ends the table; `\\|` is a bar in one."


def section(**fields: str) -> dict[str, str | bytes | None]:
    """Return the section of the small deck with a card, its texts as JSON writes them."""
    card = {"id": "a", "kind": "basic", "front": "Which?", "back": "That"} | fields
    return {"demo/one.yaml": f"title: One\ncards:\n  - {json.dumps(card, ensure_ascii=False)}\n"}


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("⟦<b>⟧x</b> y", "`<b>` looks like HTML, but is shown as text", f"Write **bold**{IN_CODE}"),
        ("H⟦<sub>⟧2</sub>O", "`<sub>` looks like HTML, but is shown as text", f"Write H~2~O{IN_CODE}"),
        (
            "one⟦<br/>⟧two",
            "`<br/>` looks like HTML, but is shown as text",
            f"Write a backslash at the end of the line{IN_CODE}",
        ),
        (
            "⟦<img src=x.png>⟧",
            "`<img src=x.png>` looks like HTML, but is shown as text",
            f"Write ![what it shows](media/file.png){IN_CODE}",
        ),
        (
            "⟦<span style='color: red'>⟧x</span>",
            "`<span style='color: red'>` looks like HTML, but is shown as text",
            f"Cards have no HTML: delete it{IN_CODE}",
        ),
        ("⟦<!--⟧ x -->", "`<!--` looks like HTML, but is shown as text", "Cards have no HTML: delete it."),
        (
            "37⟦&deg;⟧C",
            "`&deg;` looks like an HTML character, but is shown as text",
            "Write the character itself: °",
        ),
        (
            "5⟦&nbsp;⟧mg",
            "`&nbsp;` looks like an HTML character, but is shown as text",
            "Write the character itself.",
        ),
        (
            "⟦[sound:a b.mp3]⟧",
            "`[sound:a b.mp3]` looks like a sound in Anki, but is shown as text",
            "Write it as ![what it is](media/file.mp3), with the file in the deck's folder.",
        ),
        (
            "⟦![[x.png]]⟧",
            "`![[x.png]]` looks like an embedded file of a wiki, but is shown as text",
            "Write a picture as ![what it shows](media/file.png).",
        ),
        (
            "See ⟦[[Heart failure]]⟧.",
            "`[[Heart failure]]` looks like a wiki link, but is shown as text",
            "Cards do not link to notes: write the words alone.",
        ),
        (r"⟦\(x^2\)⟧", r"`\(x^2\)` looks like a formula of LaTeX, but is shown as text", MATHS),
        (r"⟦\\(x\\)⟧", r"`\\(x\\)` looks like a formula of LaTeX, but is shown as text", MATHS),
        (r"So ⟦\[ x \]⟧ is", r"`\[ x \]` looks like a formula of LaTeX, but is shown as text", MATHS),
        ("⟦[latex]⟧x[/latex]", "`[latex]` looks like LaTeX of old versions of Anki, but is shown as text", MATHS),
        ("⟦[$]⟧x^2[/$]", "`[$]` looks like LaTeX of old versions of Anki, but is shown as text", MATHS),
        (
            "So ⟦$$⟧x^2 is",
            "`$$` looks like the start of a formula, but is shown as text",
            "Close it with `$$`; a formula has no blank line in it.",
        ),
        ("For $5, ⟦$⟧x^2 is", "`$` looks like the start of a formula, but is shown as text", DOLLAR),
        (r"$x$ and US⟦$⟧\alpha$", "`$` looks like the start of a formula, but is shown as text", DOLLAR),
        (
            "It is ⟦==⟧very good.",
            "`==` looks like the start of a highlight, but is shown as text",
            "Close it with `==` right behind its last word, in the same paragraph; `\\==` shows the mark.",
        ),
        (
            "It is **⟦++⟧very good**++.",
            "`++` looks like the start of an underline, but is shown as text",
            "Close it with `++` right behind its last word, in the same paragraph; `\\++` shows the mark.",
        ),
        (
            "Preload\n: Stretch\n\n⟦:⟧ Tension",
            "`:` looks like a definition, but is shown as text",
            "Write its term on the line above it.",
        ),
        (
            "None ⟦{width=60px}⟧ here",
            "`{width=60px}` looks like the width of a picture, but is shown as text",
            "Write {width=60%} right behind the picture, in percent of the line from 1 to 100.",
        ),
        (
            "⟦## Causes⟧\nMany",
            "`## Causes` looks like a heading, but is shown as text",
            "Headings are not supported: write **Causes**.",
        ),
        ("| a | b |\n|---|---|\n⟦| 1 | 2 | 3 |⟧", "a row of the table has 3 cells, but its header has 2", CELLS),
        ("| a | b |\n|---|---|\n⟦| 1 |⟧", "a row of the table has 1 cell, but its header has 2", CELLS),
        ("| a | b |\n|---|---|\n⟦| `x|y` | 2 |⟧", "a row of the table has 3 cells, but its header has 2", CELLS),
        (
            "| a | b |\n⟦|---|⟧\n| 1 | 2 |",
            "`|---|` looks like a table, but is shown as text",
            "The line below the header needs as many cells as the header, 2.",
        ),
        ("`<b>`: ⟦<b>⟧x</b>", "`<b>` looks like HTML, but is shown as text", f"Write **bold**{IN_CODE}"),
    ],
)
def test_markup_that_cards_do_not_have_is_found_where_it_is(
    text: str, message: str, hint: str, decks: Callable[..., Path]
) -> None:
    start, end = text.index("⟦"), text.index("⟧") - 1
    files = section(back=text.replace("⟦", "").replace("⟧", ""))
    (line,) = (line for line in str(files["demo/one.yaml"]).splitlines() if '"id"' in line)
    plain = text.replace("⟦", "").replace("⟧", "")
    first, last = (len(json.dumps(plain[:at], ensure_ascii=False)) - 2 for at in (start, end))
    column = line.index('"back": "') + len('"back": "') + first + 1
    root = decks(files)
    assert as_text(found(root, "S20")) == (
        f"warning[S20]: {message}\n  --> {root / 'demo/one.yaml'}:3:{column}\n  3 | {line}\n"
        f"    | {' ' * (column - 1)}{'^' * (last - first)}\n  hint: {hint}\n\n1 warning"
    )


def test_readings_that_do_not_fit_their_characters_are_found(decks: Callable[..., Path]) -> None:
    root = decks(section(back="Read {水火|みず|ひ|つち}."))
    (finding,) = found(root, "S20")
    assert (str(finding.place)[-4:], finding.message) == (
        "3:67",
        "`{水火|みず|ひ|つち}` looks like a reading, but is shown as text",
    )


def test_what_has_a_formula_in_it_is_found_in_its_text(decks: Callable[..., Path]) -> None:
    """Words and formula together stand nowhere in the text as written, so the whole text is named."""
    (finding,) = found(decks(section(back="Read {水$x$|みず}.")), "S20")
    assert (str(finding.place)[-4:], finding.message) == (
        "3:61",
        "`{水…|みず}` looks like a reading, but is shown as text",
    )


@pytest.mark.parametrize(
    "text",
    [
        "<5 mg and >2 mg",
        "a < b > c, a<b and b>c",
        "vector<T>, List<a>, <table> and <your name>",
        "<https://example.org>",
        "`<b>x</b> ==y== [[z]]` and\n\n```\n## x\n\\(y\\)\n```",
        r"\<b>x</b>, \==x==, \[sound:x.mp3]",
        "{是|否}, {はい|いいえ}, {yes|no}, {x | x > 0}, {漢字|かんじ}",
        r"\{水火|みず|ひ|つち}",
        "x==y and y==z, a == b and c == d, (a)==b and c==(d), a === b",
        "C++, i++ and j++, ++i and ++j, ++i and i++, Ca++ and Mg++, reflexes ++ and +++",
        "__getitem__ and snake_case_name",
        "$5 and $10, US$5, $HOME, A$$ and B$$, $5 for 10^9 cells",
        r"$x$ and $y_{1}$ for $5, \$x^2\$",
        r"$$x^2$$ in a line, and $\alpha$",
        "[[1, 2], [3, 4]], a[[1]], [[ -f x ]]",
        r"\[not a link\](x), [x] done",
        "AT&T; R&D; a && b || c",
        "# of patients, #1 cause",
        "A | B\nC | D",
        "| a | b |\n|:--|--:|\n| 1 | x\\|y |\n\nAfter",
        "![x](<my file.png>), [x](a b)",
    ],
)
def test_what_is_no_markup_is_passed_over(text: str, decks: Callable[..., Path]) -> None:
    assert found(decks(section(back=text) | {"demo/my file.png": b"\x89PNG\r\n\x1a\n"}), "S20") == []


def test_markup_in_an_answer_that_is_typed_is_the_answer(decks: Callable[..., Path]) -> None:
    assert found(decks(section(kind="typed", back="<b>x</b>")), "S20") == []
