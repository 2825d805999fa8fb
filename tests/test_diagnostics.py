"""What findings say: every code in its place, in every form, and to every reader."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import dataclass, field
from inspect import cleandoc
from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS, MINIMAL_DECK, REPOSITORY, Ran
from hypothesis import given
from hypothesis import strategies as st

from cardgen.check import kinds
from cardgen.diagnostics import (
    CATALOGUE,
    Diagnostic,
    Place,
    Severity,
    as_github,
    as_json,
    as_text,
    did_you_mean,
    in_file_order,
    quoted,
    shortened,
    summary,
)
from cardgen.load import load_decks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

Files = dict[str, str | bytes | None]


def section(*cards: str) -> Files:
    """Give the section of the small deck with cards in flow style, each on a line of its own from line 3."""
    return {"demo/one.yaml": "title: One\ncards:\n" + "".join(f"  - {{{card}}}\n" for card in cards)}


def deck(more: str, sections: str = "one") -> Files:
    """Give the small deck's own file with more in it, from line 4."""
    return {"demo/deck.yaml": f"id: demo\ntitle: Demo\nsections: [{sections}]\n{more}"}


@dataclass(frozen=True)
class Case:
    """Files beside or instead of those of a small deck, what is run on them, and all that it then says.

    `out` is what a warning leaves on standard output, with N for sizes.
    """

    files: Files
    shown: str
    arguments: tuple[str, ...] = ("check",)
    out: str = "1 deck, 1 card: 1 warning\n"
    folders: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)


LEDGER_HEAD = "# cardgen ledger 1: when each note last changed. cardgen build keeps it; commit it with the deck."
NEW_YEAR = "2026-01-01T00:00:00Z"
LONG = "Words. " * 300

LINTED: Files = {"collection.yaml": "lint: lint.yaml\n"}

CASES = {
    "CG101": Case(
        {"demo/one.yaml": None},
        """
        error[CG101]: cannot read the file: it is a folder or a device
          --> decks/demo/one.yaml
          hint: Check that it is there and may be read.

        1 error
        """,
        folders=("decks/demo/one.yaml",),
    ),
    "CG102": Case(
        {"demo/one.yaml": b"#" * (32 * 1024 * 1024 + 1)},
        """
        error[CG102]: the file is larger than 32 MiB
          --> decks/demo/one.yaml
          hint: Split it into several sections.

        1 error
        """,
    ),
    "CG103": Case(
        {"demo/one.yaml": "title: Zürich\n".encode("latin-1")},
        """
        error[CG103]: byte 0xFC is not UTF-8
          --> decks/demo/one.yaml:1:9
          1 | title: Z
            |         ^
          hint: Save it as UTF-8 in your editor.

        1 error
        """,
    ),
    "CG104": Case(
        section("id: a, kind: basic, front: Q, back: Th\x07is"),
        """
        error[CG104]: the file holds the invisible character U+0007
          --> decks/demo/one.yaml:3:44
          3 |   - {id: a, kind: basic, front: Q, back: Th�is}
            |                                            ^
          hint: Delete it.

        1 error
        """,
    ),
    "CG105": Case(
        {"demo/one.yaml": "title: One\ncards:\n\t\t- id: a\n"},
        """
        error[CG105]: a tab stands where YAML wants spaces
          --> decks/demo/one.yaml:3:1
          3 |   - id: a
            | ^^
          hint: Use spaces, or \\t in double quotes where a text needs a tab.

        1 error
        """,
    ),
    "CG106": Case(
        {"demo/one.yaml": "title: One: two\n"},
        """
        error[CG106]: unexpected `:`
          --> decks/demo/one.yaml:1:11
          1 | title: One: two
            |           ^
          hint: A text that contains a colon and a space must stand in quotes.

        1 error
        """,
    ),
    "CG107": Case(
        section("id: a, kind: basic, front: Q, back: A, back: B"),
        """
        error[CG107]: `back` stands twice; first in line 3
          --> decks/demo/one.yaml:3:45
          3 |   - {id: a, kind: basic, front: Q, back: A, back: B}
            |                                             ^^^^
          hint: Delete or rename one of them.

        1 error
        """,
    ),
    "CG108": Case(
        section("id: a, kind: basic, front: Q, back: !important Yes"),
        """
        error[CG108]: a value carries the tag `!important`
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: !important Yes}
            |                                          ^^^^^^^^^^
          hint: Quote the text if it begins with an exclamation mark; otherwise delete the tag.

        1 error
        """,
    ),
    "CG109": Case(
        {"demo/one.yaml": "title: One\ncards: &all\n  - *all\n"},
        """
        error[CG109]: `*all` stands inside the value that it names
          --> decks/demo/one.yaml:3:5
          3 |   - *all
            |     ^^^^
          hint: Write the value out.

        1 error
        """,
    ),
    "CG110": Case(
        {"demo/one.yaml": f"title: One\nten: &ten [{'x, ' * 9999}x]\ncards: [{'*ten, ' * 9}*ten]\n"},
        """
        error[CG110]: aliases repeat more than 100,000 values
          --> decks/demo/one.yaml:3:63
          3 | cards: [*ten, *ten, *ten, *ten, *ten, *ten, *ten, *ten, *ten, *ten]
            |                                                               ^^^^
          hint: Write the values out.

        1 error
        """,
    ),
    "CG111": Case(
        {"demo/one.yaml": f"title: One\ncards: {'[' * 64}{']' * 64}\n"},
        """
        error[CG111]: nested deeper than 64 levels
          --> decks/demo/one.yaml:2:71
          2 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]…
            |                                                    ^
          hint: Flatten the file.

        1 error
        """,
    ),
    "CG112": Case(
        {"demo/one.yaml": f"{MINIMAL_CARDS}---\ntitle: Two\n"},
        """
        error[CG112]: a second YAML document begins here
          --> decks/demo/one.yaml:7:1
          7 | ---
            | ^^^
          hint: Delete the `---` line or split the file.

        1 error
        """,
    ),
    "CG113": Case(
        {"demo/one.yaml": "title: One\n? [cards]\n: []\n"},
        """
        error[CG113]: a field name is a list or a mapping, not text
          --> decks/demo/one.yaml:2:3
          2 | ? [cards]
            |   ^
          hint: Write the name as plain text; a text that begins with { or [ must stand in quotes.

        1 error
        """,
    ),
    "CG114": Case(
        {"demo/one.yaml": ""},
        """
        error[CG114]: the file is empty
          --> decks/demo/one.yaml:1:1
          hint: Fill it, or delete it and its mention.

        1 error
        """,
    ),
    "CG115": Case(
        {"demo/one.yaml": None, "../elsewhere.yaml": MINIMAL_CARDS},
        """
        error[CG115]: the file is a link that leads out of the decks' folder
          --> decks/demo/one.yaml
          hint: Put the file itself into the deck's folder.

        1 error
        """,
        links={"decks/demo/one.yaml": "../../elsewhere.yaml"},
    ),
    "CG201": Case(
        section("id: a, kind: basic, front: Q, back: A, nots: B"),
        """
        error[CG201]: unknown field `nots` in card `a` of kind basic
          --> decks/demo/one.yaml:3:45
          3 |   - {id: a, kind: basic, front: Q, back: A, nots: B}
            |                                             ^^^^
          hint: Did you mean `note`?

        1 error
        """,
    ),
    "CG202": Case(
        section("id: a, kind: basic, front: Q"),
        """
        error[CG202]: missing field `back` in card `a` of kind basic
          --> decks/demo/one.yaml:3:5
          3 |   - {id: a, kind: basic, front: Q}
            |     ^
          hint: The answer.

        1 error
        """,
    ),
    "CG203": Case(
        deck("preset: {new_per_day: twelve}\n"),
        """
        error[CG203]: `new_per_day`: must be a whole number, not `twelve`
          --> decks/demo/deck.yaml:4:23
          4 | preset: {new_per_day: twelve}
            |                       ^^^^^^
          hint: How many new cards Anki shows a day. Example: 12

        1 error
        """,
    ),
    "CG204": Case(
        deck("dir: left\n"),
        """
        error[CG204]: `dir`: must be one of `ltr`, `rtl`, `auto`, not `left`
          --> decks/demo/deck.yaml:4:6
          4 | dir: left
            |      ^^^^
          hint: Choose from `ltr`, `rtl`, `auto`.

        1 error
        """,
    ),
    "CG205": Case(
        deck("language: plain English\n"),
        """
        error[CG205]: `language`: `plain English` does not have the right form
          --> decks/demo/deck.yaml:4:11
          4 | language: plain English
            |           ^^^^^^^^^^^^^
          hint: A BCP 47 language tag: screen readers and hyphenation follow it. Example: en

        1 error
        """,
    ),
    "CG206": Case(
        deck("preset: {desired_retention: 1.5}\n"),
        """
        error[CG206]: `desired_retention`: must be 0.99 or less, not 1.5
          --> decks/demo/deck.yaml:4:29
          4 | preset: {desired_retention: 1.5}
            |                             ^^^
          hint: Keep to the limit in the message.

        1 error
        """,
    ),
    "CG207": Case(
        section("id: a, kind: basic, front: Q, back: A, tags: [x, y, x]"),
        """
        error[CG207]: `tags`: names the same thing twice
          --> decks/demo/one.yaml:3:51
          3 |   - {id: a, kind: basic, front: Q, back: A, tags: [x, y, x]}
            |                                                   ^
          hint: Delete one of them.

        1 error
        """,
    ),
    "CG301": Case(
        section("id: a, kind: basic, front: Q, back: A, level: [core, mor]")
        | {"collection.yaml": "facets: {level: [core, more]}\n"},
        """
        error[CG301]: `level` has no value `mor`
          --> decks/demo/one.yaml:3:59
          3 |   - {id: a, kind: basic, front: Q, back: A, level: [core, mor]}
            |                                                           ^^^
          hint: Did you mean `more`?

        1 error
        """,
    ),
    "CG302": Case(
        section("id: a, kind: basic, front: Q, back: A, source: [results-2026, results-2062]")
        | {"sources.yaml": "references:\n  - {id: results-2026, type: report, title: Results, publisher: P}\n"},
        """
        error[CG302]: no source `results-2062` in sources.yaml
          --> decks/demo/one.yaml:3:68
          3 |   - {id: a, kind: basic, front: Q, back: A, source: [results-2026, results-2062]}
            |                                                                    ^^^^^^^^^^^^
          hint: Did you mean `results-2026`?

        1 error
        """,
    ),
    "CG303": Case(
        section("id: a, kind: basic, front: Q, back: A", "id: a, kind: basic, front: R, back: B"),
        """
        error[CG303]: `a` is the id of an earlier card in decks/demo/one.yaml
          --> decks/demo/one.yaml:4:10
          4 |   - {id: a, kind: basic, front: R, back: B}
            |          ^
          hint: Give the newer card an id of its own.

        1 error
        """,
    ),
    "CG304": Case(
        deck("", "one, too"),
        """
        error[CG304]: no file too.yaml in decks/demo
          --> decks/demo/deck.yaml:3:17
          3 | sections: [one, too]
            |                 ^^^
          hint: Correct the name, or add the file.

        1 error
        """,
    ),
    "CG305": Case(
        {"demo/two.yaml": MINIMAL_CARDS},
        """
        warning[CG305]: `two` is not among the deck's sections
          --> decks/demo/two.yaml
          hint: Add it to `sections`, or move it away.

        1 warning
        """,
    ),
    "CG306": Case(
        deck("variants:\n  essentials: {where: {level: core}}\n"),
        """
        error[CG306]: the variant `essentials` selects no card
          --> decks/demo/deck.yaml:5:23
          5 |   essentials: {where: {level: core}}
            |                       ^
          hint: Correct its `where`.

        1 error
        """,
    ),
    "CG307": Case(
        section("id: a, kind: basic, front: Q, back: A, as_of: 2026-06, stale_after: 2026-05-31"),
        """
        error[CG307]: stale after 2026-05-31, but as of 2026-06
          --> decks/demo/one.yaml:3:74
          3 |   - {id: a, kind: basic, front: Q, back: A, as_of: 2026-06, stale_after: 2026-05-31}
            |                                                                          ^^^^^^^^^^
          hint: Correct one of the two.

        1 error
        """,
    ),
    "CG308": Case(
        section("id: a, kind: basic, front: Q, back: A, stale_after: 2027-02-29"),
        """
        error[CG308]: there is no day 2027-02-29
          --> decks/demo/one.yaml:3:58
          3 |   - {id: a, kind: basic, front: Q, back: A, stale_after: 2027-02-29}
            |                                                          ^^^^^^^^^^
          hint: Correct the date.

        1 error
        """,
    ),
    "CG309": Case(
        section("id: a, kind: process, title: T, steps: [{id: a, do: A}, {id: a, do: B}]"),
        """
        error[CG309]: `a` names an earlier one of the steps
          --> decks/demo/one.yaml:3:67
          3 |   - {id: a, kind: process, title: T, steps: [{id: a, do: A}, {id: a, do: B}]}
            |                                                                   ^
          hint: Give the newer one an id of its own.

        1 error
        """,
    ),
    "CG310": Case(
        section("id: a, kind: basic, front: Q, back: A, source: a, as_of: 2026")
        | {"sources.yaml": "references:\n" + "  - {id: a, type: book, title: T, publisher: P}\n" * 2},
        """
        error[CG310]: `a` names an earlier source
          --> decks/sources.yaml:3:10
          3 |   - {id: a, type: book, title: T, publisher: P}
            |          ^
          hint: Delete or rename one of them.

        1 error
        """,
    ),
    "CG311": Case(
        {"other/deck.yaml": MINIMAL_DECK.replace("Demo", "Other"), "other/one.yaml": MINIMAL_CARDS},
        """
        error[CG311]: `demo` is already the id of decks/demo/deck.yaml
          --> decks/other/deck.yaml:1:5
          1 | id: demo
            |     ^^^^
          hint: Give the newer deck an id of its own.

        1 error
        """,
    ),
    "CG312": Case(
        deck("", "one, two")
        | {"demo/two.yaml": MINIMAL_CARDS.replace("first", "second").replace("is it", "else is it")},
        """
        error[CG312]: `One` is also the title of decks/demo/one.yaml
          --> decks/demo/two.yaml:1:8
          1 | title: One
            |        ^^^
          hint: Give each a title of its own.

        1 error
        """,
    ),
    "CG313": Case(
        section("id: a, kind: basic, front: A, back: B, retired: true, replaced_by: b"),
        """
        error[CG313]: no card `b` in the deck
          --> decks/demo/one.yaml:3:73
          3 |   - {id: a, kind: basic, front: A, back: B, retired: true, replaced_by: b}
            |                                                                         ^
          hint: Choose from `a`.

        1 error
        """,
    ),
    "CG314": Case(
        {"demo2/deck.yaml": "id: demo2\ntitle: DEMO\nsections: [one]\n", "demo2/one.yaml": MINIMAL_CARDS},
        """
        error[CG314]: `DEMO` is already the title of decks/demo/deck.yaml
          --> decks/demo2/deck.yaml:2:8
          2 | title: DEMO
            |        ^^^^
          hint: Give each a title of its own.

        1 error
        """,
    ),
    "CG315": Case(
        section("id: a, kind: process, title: T, steps: [{id: a, do: A}, {id: b, do: B, at: 2027-05/2027-03}]"),
        """
        error[CG315]: 2027-05/2027-03 ends before it begins
          --> decks/demo/one.yaml:3:81
          3 |   - {id: a, kind: process, title: T, steps: [{id: a, do: A}, {id: b, do: B, at: 2027-05/2027-03}]}
            |                                                                                 ^^^^^^^^^^^^^^^
          hint: Write the earlier one first.

        1 error
        """,
    ),
    "CG401": Case(
        section("id: a, kind: cloze, text: No gap"),
        """
        error[CG401]: the text has no gap
          --> decks/demo/one.yaml:3:32
          3 |   - {id: a, kind: cloze, text: No gap}
            |                                ^^^^^^
          hint: Hide something: {{c1::hidden}}.

        1 error
        """,
    ),
    "CG402": Case(
        section("id: a, kind: cloze, text: 'A {{c0::gap}}'"),
        """
        error[CG402]: `{{c0::` has a number that is not from 1 to 499
          --> decks/demo/one.yaml:3:32
          3 |   - {id: a, kind: cloze, text: 'A {{c0::gap}}'}
            |                                ^^^^^^^^^^^^^^^
          hint: Write {{c1::hidden}} or {{c1::hidden::hint}}, with a number from 1 to 499.

        1 error
        """,
    ),
    "CG403": Case(
        section("id: a, kind: basic, front: Q, back: 'A {{c1::gap}}'"),
        """
        warning[CG403]: `back` has a gap, but the card is of kind basic
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: 'A {{c1::gap}}'}
            |                                          ^^^^^^^^^^^^^^^
          hint: Use `kind: cloze`, or delete the braces.

        1 warning
        """,
    ),
    "CG404": Case(
        section("id: a, kind: choice, question: Q, options: [{text: A}, {text: B, right: false}]"),
        """
        error[CG404]: none of the options is right
          --> decks/demo/one.yaml:3:49
          3 |   - {id: a, kind: choice, question: Q, options: [{text: A}, {text: B, right: false}]}
            |                                                 ^
          hint: Mark one with `right: true`.

        1 error
        """,
    ),
    "CG405": Case(
        section("id: a, kind: basic, front: Q, back: '  '"),
        """
        error[CG405]: `back` shows nothing
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: '  '}
            |                                          ^^^^
          hint: Write something that can be seen.

        1 error
        """,
    ),
    "CG406": Case(
        section("id: a, kind: basic, front: Q, back: '![map](media/map.png)'"),
        """
        error[CG406]: no file `media/map.png` in the deck's folder
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: '![map](media/map.png)'}
            |                                          ^^^^^^^^^^^^^^^^^^^^^^^
          hint: Correct the path; it starts at the deck's folder.

        1 error
        """,
    ),
    "CG407": Case(
        section("id: a, kind: basic, front: Q, back: '![map](../map.png)'"),
        """
        error[CG407]: `../map.png` leads out of the deck's folder
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: '![map](../map.png)'}
            |                                          ^^^^^^^^^^^^^^^^^^^^
          hint: Copy the file into the deck's folder.

        1 error
        """,
    ),
    "CG408": Case(
        section("id: a, kind: basic, front: Q, back: '![map](map.tiff)'"),
        """
        error[CG408]: `map.tiff` is no picture that Anki can show everywhere
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: '![map](map.tiff)'}
            |                                          ^^^^^^^^^^^^^^^^^^
          hint: Use png, jpg, gif, webp, avif or svg.

        1 error
        """,
    ),
    "CG409": Case(
        {"demo/media/maps/europe.png": b"picture"},
        """
        warning[CG409]: no card shows media/maps/europe.png
          --> decks/demo/media/maps/europe.png
          hint: Use it or delete it.

        1 warning
        """,
    ),
    "CG410": Case(
        section("id: a, kind: basic, front: Q, back: '![map](map.png)'")
        | {"demo/map.png": b"x" * (20 * 1024 * 1024 + 1)},
        """
        error[CG410]: `map.png` is larger than 20 MiB
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: '![map](map.png)'}
            |                                          ^^^^^^^^^^^^^^^^^
          hint: Make it smaller.

        1 error
        """,
    ),
    "CG501": Case(
        {},
        """
        error[CG501]: no deck `dmeo` in decks
          hint: Did you mean `demo`?

        1 error
        """,
        ("check", "--deck", "dmeo"),
    ),
    "CG502": Case(
        deck("variants: {essentials: {where: {kind: basic}}}\n"),
        """
        error[CG502]: no variant `essential` in `demo`
          hint: Did you mean `essentials`?

        1 error
        """,
        ("build", "--variant", "essential"),
    ),
    "CG503": Case(
        {},
        """
        error[CG503]: no card is left in demo-kind-cloze
          hint: Ask for less at once.

        1 error
        """,
        ("build", "--where", "kind=cloze"),
    ),
    "CG504": Case(
        {},
        """
        error[CG504]: cannot write: a folder of this name is in the way
          --> dist/demo.csv
          hint: Check the folder, its permissions and the space on the disk; earlier artefacts are untouched.

        1 error
        """,
        ("build",),
        folders=("dist/demo.csv",),
    ),
    "CG505": Case(
        {"demo/deck.yaml": None},
        """
        error[CG505]: no folder in it has a deck.yaml
          --> decks
          hint: A deck is a folder with a deck.yaml; name the folder of the decks with --decks.

        1 error
        """,
    ),
    "CG506": Case(
        {},
        """
        error[CG506]: `kind` has no value `bsic`
          hint: Did you mean `basic`?

        1 error
        """,
        ("build", "--where", "kind=bsic"),
    ),
    "CG601": Case(
        {"demo/ledger.txt": f"{LEDGER_HEAD}\nfirst soon\n"},
        """
        error[CG601]: the line is not as cardgen writes it
          --> decks/demo/ledger.txt:2:1
          2 | first soon
            | ^^^^^^^^^^
          hint: Take the file back from git; after a merge, keep one line of each note, the one with the later times.

        1 error
        """,
    ),
    "CG602": Case(
        {"demo/ledger.txt": f"{LEDGER_HEAD}\nfirst basic:{'0' * 16} {NEW_YEAR} {NEW_YEAR} retired {NEW_YEAR}\n"},
        """
        error[CG602]: `first` belongs to a note that was retired on 2026-01-01
          --> decks/demo/one.yaml:3:9
          3 |   - id: first
            |         ^^^^^
          hint: Give it an id of its own. If it is the same card again, delete `retired` and what follows in its line \
of decks/demo/ledger.txt.

        1 error
        """,
    ),
    "CG603": Case(
        {},
        """
        error[CG603]: 1 note is not as the ledger knows it: `first`
          --> decks/demo/ledger.txt
          hint: Run `cardgen build` without --locked, and commit the ledger with the deck.

        1 error
        """,
        ("build", "--locked"),
    ),
    "CG604": Case(
        {"demo/ledger.txt": f"{LEDGER_HEAD}\nfirst cloze:{'0' * 16} {NEW_YEAR} {NEW_YEAR}\n"},
        """
        error[CG604]: `first` is a cloze note for those who have it, and would be basic
          --> decks/demo/one.yaml:4:11
          4 |     kind: basic
            |           ^^^^^
          hint: Give the card a new id; keep the old one with `retired: true` and `replaced_by`.

        1 error
        """,
    ),
    "CG701": Case(
        section("id: a, kind: basic, front: Q, back: A, lint_ignore: {answer-to-long: It is not.}"),
        """
        error[CG701]: there is no lint rule `answer-to-long`
          --> decks/demo/one.yaml:3:59
          3 |   - {id: a, kind: basic, front: Q, back: A, lint_ignore: {answer-to-long: It is not.}}
            |                                                           ^^^^^^^^^^^^^^
          hint: Did you mean `answer-too-long`?

        1 error
        """,
    ),
    "CG702": Case(
        LINTED | {"lint.yaml": "rules: {answer-too-long: {word: 30}}\n"},
        """
        error[CG702]: `answer-too-long` has no option `word`
          --> decks/lint.yaml:1:27
          1 | rules: {answer-too-long: {word: 30}}
            |                           ^^^^
          hint: Did you mean `words`?

        1 error
        """,
    ),
    "CG703": Case(
        LINTED | {"lint.yaml": "patterns:\n  - {id: a, message: M, match: [well, '(a+)+b']}\n"},
        """
        error[CG703]: `(a+)+b` cannot be used: it repeats something without a limit: write {0,40} for * and {1,40} for +
          --> decks/lint.yaml:2:39
          2 |   - {id: a, message: M, match: [well, '(a+)+b']}
            |                                       ^^^^^^^^
          hint: Correct it; give repetitions a limit, as in {0,40}.

        1 error
        """,
    ),
    "CG704": Case(
        LINTED | {"lint.yaml": "patterns:\n  - {id: yes-no, message: M, match: maybe}\n"},
        """
        error[CG704]: `yes-no` is already the name of a rule
          --> decks/lint.yaml:2:10
          2 |   - {id: yes-no, message: M, match: maybe}
            |          ^^^^^^
          hint: Give it another id.

        1 error
        """,
    ),
    "CG705": Case(
        LINTED | {"lint.yaml": "patterns:\n  - {id: a, message: M, match: maybe, bad: Never, good: No}\n"},
        """
        error[CG705]: `a` does not find its bad sample “Never”
          --> decks/lint.yaml:2:44
          2 |   - {id: a, message: M, match: maybe, bad: Never, good: No}
            |                                            ^^^^^
          hint: Correct the expression or the sample.

        1 error
        """,
    ),
    "CG706": Case(
        section("id: a, kind: basic, front: Q, back: A, lint_ignore: {answer-too-long: One breath.}"),
        """
        warning[CG706]: `answer-too-long` finds nothing in the card `a`
          --> decks/demo/one.yaml:3:59
          3 |   - {id: a, kind: basic, front: Q, back: A, lint_ignore: {answer-too-long: One breath.}}
            |                                                           ^^^^^^^^^^^^^^^
          hint: Delete the line.

        1 warning
        """,
    ),
    "CG802": Case(
        section("id: first,\n    kind: basic, front: 'What is \u0378?', back: B"),
        """
        error[CG802]: no font has U+0378
          --> decks/demo/one.yaml:3:10
          3 |   - {id: first,
            |          ^^^^^
          hint: Name a folder of fonts that have it with --font-dir, or write it differently.

        1 error
        """,
        ("build", "--format", "pdf"),
    ),
    "CG803": Case(
        section(f"id: first,\n    kind: basic, front: A, back: '{LONG}'"),
        """
        warning[CG803]: the answer does not fit its card, and goes on on the last pages
          --> decks/demo/one.yaml:3:10
          3 |   - {id: first,
            |          ^^^^^
          hint: Shorten it, split the card, or print larger cards with --card 3x5.

        1 warning
        """,
        ("build", "--format", "pdf", "--layout", "cards"),
        "dist/demo.cards.pdf  (1 notes, 1 cards, N bytes)\n"
        "demo.cards.pdf: print double-sided, flip on the long edge, at 100 % (not fitted to the page)\n",
    ),
    "CG804": Case(
        section(
            'id: first,\n    kind: basic, front: A, back: "|a|b|c|d|e|f|g|h|\\n|-|-|-|-|-|-|-|-|\\n|1|2|3|4|5|6|7|8|"'
        ),
        """
        warning[CG804]: a table of 8 columns is printed as lines; sheet has room for 7
          --> decks/demo/one.yaml:3:10
          3 |   - {id: first,
            |          ^^^^^
          hint: Use fewer columns, or turn the table round.

        1 warning
        """,
        ("build", "--format", "pdf"),
        "dist/demo.pdf  (1 notes, 1 cards, N bytes)\n",
    ),
    "CG805": Case(
        section("id: first, kind: basic, front: A, back: '![a](media/a.avif)'") | {"demo/media/a.avif": "no picture"},
        """
        warning[CG805]: `media/a.avif` is printed as an empty frame: only PNG, JPEG, GIF, WebP and SVG can be printed
          --> decks/demo/one.yaml:3:10
          3 |   - {id: first, kind: basic, front: A, back: '![a](media/a.avif)'}
            |          ^^^^^
          hint: Save it as PNG, JPEG or SVG, with at most 40 million pixels.

        1 warning
        """,
        ("build", "--format", "pdf"),
        "dist/demo.pdf  (1 notes, 1 cards, N bytes)\n",
    ),
    "CG806": Case(
        section("id: first, kind: basic, front: A, back: $x^2$"),
        """
        warning[CG806]: `x^2` is printed as it was typed
          --> decks/demo/one.yaml:3:10
          3 |   - {id: first, kind: basic, front: A, back: $x^2$}
            |          ^^^^^
          hint: Write it with Unicode, H~2~O and 10^9^ where that is enough.

        1 warning
        """,
        ("build", "--format", "pdf"),
        "dist/demo.pdf  (1 notes, 1 cards, N bytes)\n",
    ),
    "CG807": Case(
        deck("print: {font_dir: ../../elsewhere}\n"),
        """
        error[CG807]: `../../elsewhere` leads out of the folder of the decks
          --> decks/demo/deck.yaml:4:19
          4 | print: {font_dir: ../../elsewhere}
            |                   ^^^^^^^^^^^^^^^
          hint: Correct the path; it starts at the folder of the file that names it.

        1 error
        """,
    ),
}
"""Cases of all codes but some: CG605 needs a folder that cannot be written, CG801 a machine without Typst, and CG808 a
Typst that fails; they have tests of their own."""


def test_every_code_has_a_case() -> None:
    assert set(CASES) | {"CG520", "CG605", "CG801", "CG808"} == set(CATALOGUE)


@pytest.mark.parametrize("code", CASES)
def test_a_case_shows_its_own_code_and_no_other(code: str) -> None:
    assert re.findall(r"^ *(error|warning)\[(\w+)\]", CASES[code].shown, re.MULTILINE) == [
        (CATALOGUE[code].severity.value, code)
    ]


@pytest.mark.parametrize("code", CASES)
def test_a_finding_is_shown_with_its_place_and_a_way_out(
    code: str, decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    case = CASES[code]
    decks(case.files)
    for folder in case.folders:
        (tmp_path / folder).mkdir(parents=True)
    for link, target in case.links.items():
        (tmp_path / link).symlink_to(target)
    found = cardgen(*case.arguments)
    shown = cleandoc(case.shown) + "\n"
    if CATALOGUE[code].severity is Severity.ERROR:
        assert found == Ran(1, "", shown)
    else:
        assert Ran(found.code, re.sub(r"[\d,]+ bytes", "N bytes", found.out), found.err) == Ran(0, case.out, shown)


def found_in(root: Path) -> list[tuple[str, str, str]]:
    """Give code, place and message of all findings; places from the folder of the decks."""
    return [
        (found.code, str(found.place).removeprefix(f"{root.as_posix()}/"), found.message)
        for found in load_decks(root).diagnostics
    ]


SOURCES: Files = {"sources.yaml": "references:\n  - {id: abc, type: book, title: T}\n"}


@pytest.mark.parametrize(
    ("files", "findings"),
    [
        pytest.param(
            {"demo/one.yaml": "- a\n- b\n"},
            [("CG203", "demo/one.yaml:1:1", "the file must be a mapping of fields, not a list")],
            id="a list where a mapping belongs",
        ),
        pytest.param(
            {"demo/deck.yaml": "id: demo\ntitle: [Demo]\nsections: one\n"},
            [
                ("CG203", "demo/deck.yaml:2:8", "`title`: must be text, not a list"),
                ("CG203", "demo/deck.yaml:3:11", "`sections`: must be a list, not `one`"),
            ],
            id="a list for a text and a text for a list",
        ),
        pytest.param(
            section("id: a, kind: [basic]", "id: b, kind: {a: b}", "id: c"),
            [
                ("CG204", "demo/one.yaml:3:19", f"`kind`: must be one of {quoted(kinds())}, not a list"),
                ("CG204", "demo/one.yaml:4:19", f"`kind`: must be one of {quoted(kinds())}, not a mapping"),
                ("CG202", "demo/one.yaml:5:5", "missing field `kind` in card `c`"),
            ],
            id="no kind",
        ),
        pytest.param(
            {"demo/one.yaml": MINIMAL_CARDS.replace("cards:", "defaults: {lang: '!', levle: core, level: []}\ncards:")},
            [
                ("CG205", "demo/one.yaml:2:18", "`lang`: `!` does not have the right form"),
                ("CG201", "demo/one.yaml:2:23", "unknown field `levle` in `defaults`"),
                ("CG206", "demo/one.yaml:2:43", "`level`: must have 1 or more entries, not 0"),
            ],
            id="defaults",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A", "id: b, kind: basic, front: [Q], back: ''", "cards"),
            [
                ("CG203", "demo/one.yaml:4:33", "`front`: must be text, not a list"),
                ("CG206", "demo/one.yaml:4:44", "`back`: is empty"),
                ("CG202", "demo/one.yaml:5:5", "missing field `id` in `cards`"),
                ("CG202", "demo/one.yaml:5:5", "missing field `kind` in `cards`"),
            ],
            id="only the cards that are wrong, each at its own place",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, tags: [x, 'y z']"),
            [("CG205", "demo/one.yaml:3:55", "`tags`: `y z` does not have the right form")],
            id="one entry of a list",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, tags: {x: y}"),
            [("CG203", "demo/one.yaml:3:51", "`tags`: a mapping does not belong here")],
            id="neither a text nor a list",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: [abc, 'a b']") | SOURCES,
            [("CG205", "demo/one.yaml:3:59", "`source`: `a b` does not have the right form")],
            id="one id in a list of sources",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: {id: abc, locater: x}") | SOURCES,
            [
                ("CG201", "demo/one.yaml:3:63", "unknown field `locater` in entry `abc`"),
            ],
            id="a citation",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: [abc, {id: abc, locater: x}]") | SOURCES,
            [
                ("CG201", "demo/one.yaml:3:69", "unknown field `locater` in entry `abc`"),
            ],
            id="a citation in a list",
        ),
        pytest.param(
            deck("variants: {some: {where: {kind: [basic, clozee]}}}\n"),
            [("CG204", "demo/deck.yaml:4:41", f"`kind`: must be one of {quoted(kinds())}, not `clozee`")],
            id="one of several kinds",
        ),
        pytest.param(
            deck("variants: {Some Name: {where: {}}}\n"),
            [
                ("CG205", "demo/deck.yaml:4:12", "`Some Name` cannot be used as a name here"),
                ("CG206", "demo/deck.yaml:4:31", "`where`: must have 1 or more entries, not 0"),
            ],
            id="a variant's name and its choice",
        ),
        pytest.param(
            deck("preset: {desired_retention: 0.99, new_per_day: -1}\n"),
            [("CG206", "demo/deck.yaml:4:48", "`new_per_day`: must be 0 or more, not -1")],
            id="a number at its limit is no mistake beside another mistake",
        ),
        pytest.param(
            deck("", "[x], two") | {"demo/one.yaml": None},
            [
                ("CG203", "demo/deck.yaml:3:12", "`sections`: must be text, not a list"),
                ("CG304", "demo/deck.yaml:3:17", "no file two.yaml in {root}/demo"),
            ],
            id="a section that is missing after one that is no name",
        ),
        pytest.param(
            section('id: "a\\n", kind: basic, front: Q, back: A'),
            [("CG205", "demo/one.yaml:3:10", "`id`: `a` does not have the right form")],
            id="an id that ends with a line end",
        ),
        pytest.param(
            section('id: a, kind: definition, term: "T\\n", definition: D'),
            [("CG205", "demo/one.yaml:3:37", "`term`: `T` does not have the right form")],
            id="a line that ends with a line end",
        ),
        pytest.param(
            section("id: a, kind: statistic, question: Q, value: 1, compare: {a: x, b: 1e3}"),
            [
                ("CG203", "demo/one.yaml:3:66", "`a`: must be a number, not `x`"),
                ("CG203", "demo/one.yaml:3:72", "`b`: must be a number, not `1e3`"),
            ],
            id="figures that are no numbers",
        ),
        pytest.param(
            section("id: a, kind: choice, question: Q, options: [{text: A, right: yes}, {txet: B}]"),
            [
                ("CG203", "demo/one.yaml:3:67", "`right`: must be true or false, not `yes`"),
                ("CG201", "demo/one.yaml:3:74", "unknown field `txet` in `options`"),
            ],
            id="options",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: abc") | {"sources.yaml": "references: [\n"},
            [("CG106", "sources.yaml:2:1", "unexpected end of the file while parsing a flow node")],
            id="cards are not blamed where the sources cannot be read",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: abc")
            | {"sources.yaml": "references:\n  - {id: abc, type: book, title: T, isbn: 1}\n"},
            [("CG201", "sources.yaml:2:37", "unknown field `isbn` in source `abc`")],
            id="cards are not blamed where a source is wrong",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: '![map](./media/map.png)'") | {"demo/media/map.png": b"x"},
            [],
            id="a picture named with a dot before its path is in use",
        ),
        pytest.param(
            section("id: a, kind: basic, front: '![m](/etc/m.png)', back: '![m](a/../../m.png) ![m](..\\m.png)'"),
            [
                ("CG407", "demo/one.yaml:3:33", "`/etc/m.png` leads out of the deck's folder"),
                ("CG407", "demo/one.yaml:3:59", "`..\\m.png` leads out of the deck's folder"),
                ("CG407", "demo/one.yaml:3:59", "`a/../../m.png` leads out of the deck's folder"),
            ],
            id="pictures out of the deck's folder",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: '![m](https://example.org/m.png)'"),
            [
                (
                    "CG407",
                    "demo/one.yaml:3:42",
                    "`https://example.org/m.png` is not a path in the deck's folder; cards show nothing from a network",
                )
            ],
            id="a picture from a network",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, as_of: 2026-02-30, stale_after: 2026-02-31"),
            [
                ("CG308", "demo/one.yaml:3:52", "there is no day 2026-02-30"),
                ("CG308", "demo/one.yaml:3:77", "there is no day 2026-02-31"),
            ],
            id="days that do not exist are not compared",
        ),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, as_of: 0000"),
            [("CG308", "demo/one.yaml:3:52", "there is no day 0000")],
            id="a year that no calendar has",
        ),
        pytest.param(
            {
                "demo/one.yaml": MINIMAL_CARDS.replace("cards:", "defaults: {as_of: 2027}\ncards:")
                + "    stale_after: 2026-12-31\n"
            },
            [("CG307", "demo/one.yaml:8:18", "stale after 2026-12-31, but as of 2027")],
            id="a card is compared with its file's defaults",
        ),
        pytest.param(
            deck("", "one, two") | {"demo/two.yaml": MINIMAL_CARDS.replace("One", "Two")},
            [("CG303", "demo/two.yaml:3:9", "`first` is the id of an earlier card in {root}/demo/one.yaml")],
            id="an id given twice in two sections",
        ),
    ],
)
def test_what_is_wrong_is_named_at_its_place(
    files: Files, findings: list[tuple[str, str, str]], decks: Callable[..., Path]
) -> None:
    root = decks(files)
    named = [(code, place, message.replace("{root}", root.as_posix())) for code, place, message in findings]
    assert found_in(root) == named


@pytest.mark.parametrize(
    ("files", "place"),
    [
        pytest.param({"demo/deck.yaml": "id: demo\ntitle: ' '\nsections: [one]\n"}, "demo/deck.yaml:2:8", id="a deck"),
        pytest.param(
            {"demo/deck.yaml": "id: demo\ntitle: 'A:: ::B'\nsections: [one]\n"},
            "demo/deck.yaml:2:8",
            id="a level of a deck's name",
        ),
        pytest.param({"demo/one.yaml": MINIMAL_CARDS.replace("One", "' '")}, "demo/one.yaml:1:8", id="a section"),
    ],
)
def test_a_title_that_shows_nothing_is_refused(files: Files, place: str, decks: Callable[..., Path]) -> None:
    assert [where for _, where, _ in found_in(decks(files))] == [place]


def test_findings_are_in_the_order_of_files_lines_and_columns(decks: Callable[..., Path]) -> None:
    cards = "".join(f"  - {{id: c{number}, kind: basic, frnt: Q, bcak: A}}\n" for number in range(10))
    root = decks(
        {
            "zoo/deck.yaml": "id: zoo\ntitle: Zoo\nsections: [a]\nx: y\n",
            "zoo/a.yaml": MINIMAL_CARDS + "    x: y\n",
            "collection.yaml": "x: y\n",
            "sources.yaml": "x: y\n",
            "demo/one.yaml": f"title: One\ncards:\n{cards}",
        }
    )
    places = [place for _, place, _ in found_in(root)]
    per_card = [[f"{line}:27", f"{line}:36"] for line in range(3, 13)]
    assert places == [
        "collection.yaml:1:1",
        *[f"demo/one.yaml:{place}" for places in per_card for place in places],
        "sources.yaml:1:1",
        "sources.yaml:1:1",
        "zoo/a.yaml:7:5",
        "zoo/deck.yaml:4:1",
    ]


PLACES = st.one_of(st.none(), st.builds(Place, st.sampled_from("ab"), st.integers(0, 12), st.integers(0, 12)))


@given(
    found=st.lists(
        st.builds(Diagnostic, st.sampled_from(sorted(CATALOGUE)), st.sampled_from("xy"), PLACES), max_size=8
    ),
    random=st.randoms(use_true_random=False),
)
def test_the_order_of_findings_does_not_hang_on_the_order_of_finding(found: list[Diagnostic], random: Random) -> None:
    shuffled = random.sample(found * 2, 2 * len(found))
    assert in_file_order(shuffled) == in_file_order(found)


# The three forms

SEVERAL: Files = {
    "demo/one.yaml": MINIMAL_CARDS + "    50%, a:b: x\n    level: [core, moer]\n",
    "demo/50%, a:b.yaml": MINIMAL_CARDS,
    "collection.yaml": "facets: {level: [core, more]}\n",
}

FREE = (
    "`tags`, `audience`, `country`, `source`, `as_of`, `stale_after`, `confidence`, `lang`, `dir`, `note`, "
    "`retired`, `replaced_by`, `lint_ignore`"
)


def test_findings_as_text_are_counted_and_stand_apart(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks(SEVERAL)
    shown = cleandoc("""
        error[CG501]: no deck `nope` in decks
          hint: Choose from `demo`.

        warning[CG305]: `50%, a:b` is not among the deck's sections
          --> decks/demo/50%, a:b.yaml
          hint: Add it to `sections`, or move it away.

        error[CG201]: unknown field `50%, a:b` in card `first` of kind basic
          --> decks/demo/one.yaml:7:5
          7 |     50%, a:b: x
            |     ^^^^^^^^
          hint: Choose from {free}.

        2 errors, 1 warning
    """).format(free=FREE)
    assert cardgen("check", "--deck", "demo", "--deck", "nope") == Ran(1, "", f"{shown}\n")


def test_findings_as_json_are_one_document_with_a_version(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(SEVERAL)
    document = {
        "version": 1,
        "diagnostics": [
            {
                "code": "CG501",
                "name": "unknown-deck",
                "severity": "error",
                "message": "no deck `nope` in decks",
                "hint": "Choose from `demo`.",
                "place": None,
            },
            {
                "code": "CG305",
                "name": "unlisted-section",
                "severity": "warning",
                "message": "`50%, a:b` is not among the deck's sections",
                "hint": "Add it to `sections`, or move it away.",
                "place": {"file": "decks/demo/50%, a:b.yaml", "line": 0, "column": 0, "width": 1},
            },
            {
                "code": "CG201",
                "name": "unknown-field",
                "severity": "error",
                "message": "unknown field `50%, a:b` in card `first` of kind basic",
                "hint": f"Choose from {FREE}.",
                "place": {"file": "decks/demo/one.yaml", "line": 7, "column": 5, "width": 8},
            },
        ],
    }
    shown = json.dumps(document, indent=2, ensure_ascii=False)
    assert cardgen("check", "--deck", "demo", "--deck", "nope", "--output", "json") == Ran(1, f"{shown}\n", "")


def test_findings_for_github_are_annotations_with_their_escapes(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(SEVERAL)
    unlisted = "title=CG305 unlisted-section,file=decks/demo/50%25%2C a%3Ab.yaml"
    unknown = "title=CG201 unknown-field,file=decks/demo/one.yaml,line=7,col=5,endColumn=13"
    field = "`50%25, a:b` in card `first` of kind basic"
    lines = [
        "::error title=CG501 unknown-deck::no deck `nope` in decks Choose from `demo`.",
        f"::warning {unlisted}::`50%25, a:b` is not among the deck's sections Add it to `sections`, or move it away.",
        f"::error {unknown}::unknown field {field} Choose from {FREE}.",
    ]
    shown = "".join(f"{line}\n" for line in lines)
    assert cardgen("check", "--deck", "demo", "--deck", "nope", "--output", "github") == Ran(1, shown, "")


def test_a_message_of_several_lines_stays_one_annotation() -> None:
    found = Diagnostic("CG106", "a\nb\rc", Place("d\r\n.yaml", 1, 2, 3))
    assert as_github([found]) == (
        "::error title=CG106 yaml-syntax,file=d%0D%0A.yaml,line=1,col=2,endColumn=5::a%0Ab%0Dc"
    )


@pytest.mark.parametrize(
    ("output", "out"),
    [
        ("text", "1 deck, 1 card: no findings\n"),
        ("json", '{\n  "version": 1,\n  "diagnostics": []\n}\n'),
        ("github", ""),
    ],
)
def test_good_decks_have_no_findings_in_any_form(
    output: str, out: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks()
    assert cardgen("check", "--output", output) == Ran(0, out, "")


def test_nothing_found_is_no_text() -> None:
    assert (as_text([]), as_github([]), json.loads(as_json([]))["diagnostics"]) == ("", "", [])


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ([], "no findings"),
        (["CG101"], "1 error"),
        (["CG101", "CG101"], "2 errors"),
        (["CG305"], "1 warning"),
        (["CG305", "CG101", "CG409"], "1 error, 2 warnings"),
    ],
)
def test_findings_are_counted_in_words(codes: list[str], words: str) -> None:
    assert summary(Diagnostic(code, "") for code in codes) == words


# Did you mean

FACETS: Files = {"collection.yaml": "facets: {level: [core, more], country: [US, CA]}\n"}
VARIANTS = deck("variants: {essentials: {where: {kind: basic}}, us-img: {where: {kind: basic}}}\n")


@pytest.mark.parametrize(
    ("files", "hint"),
    [
        pytest.param(section("id: a, kind: basic, front: Q, back: A, sorce: x"), "source", id="field of a card"),
        pytest.param(
            section("id: a, kind: process, title: T, steps: [{id: a, do: A, documnt: x}, {id: b, do: B}]"),
            "document",
            id="field of a step",
        ),
        pytest.param(deck("descripton: x\n"), "description", id="field of a deck"),
        pytest.param(deck("preset: {new_per_dya: 1}\n"), "new_per_day", id="field of a preset"),
        pytest.param(deck("variants: {a: {where: {levle: core}}}\n"), "level", id="field of a selection"),
        pytest.param({"collection.yaml": "facet: {}\n"}, "facets", id="field of a collection"),
        pytest.param(
            {"sources.yaml": "references: [{id: a, type: book, title: T, url: x}]\n"}, "URL", id="field of a source"
        ),
        pytest.param(section("id: a, kind: defintion"), "definition", id="kind"),
        pytest.param(section("id: a, kind: Cloze"), "cloze", id="kind in capitals"),
        pytest.param(deck("variants: {a: {where: {kind: [basic, clozee]}}}\n"), "cloze", id="kind in a list of kinds"),
        pytest.param(section("id: a, kind: basic, front: Q, back: A, level: mroe") | FACETS, "more", id="facet value"),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, country: [ca]") | FACETS, "CA", id="facet value's case"
        ),
        pytest.param(deck("variants: {a: {where: {level: mor}}}\n") | FACETS, "more", id="facet value of a variant"),
        pytest.param(
            section("id: a, kind: basic, front: Q, back: A, source: {id: ab, locator: x}") | SOURCES, "abc", id="source"
        ),
        pytest.param(deck("", "one, tow") | {"demo/two.yaml": MINIMAL_CARDS}, "two", id="section"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest_right_one(
    files: Files, hint: str, decks: Callable[..., Path]
) -> None:
    hints = [found.hint for found in load_decks(decks(files)).diagnostics]
    assert f"Did you mean `{hint}`?" in hints


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        ("check --deck Demo", "CG501", "Did you mean `demo`?"),
        ("build --deck demos", "CG501", "Did you mean `demo`?"),
        ("build --deck xyz", "CG501", "Choose from `demo`."),
        ("build --variant esentials", "CG502", "Did you mean `essentials`?"),
        ("build --where level=cores", "CG506", "Did you mean `core`?"),
        ("build --where country=xyz", "CG506", "Choose from `US`, `CA`."),
        ("build --where kind=types", "CG506", "Did you mean `typed`?"),
    ],
)
def test_a_wrong_name_on_the_command_line_is_answered_with_the_nearest_right_one(
    arguments: str, code: str, hint: str, decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    decks(FACETS | VARIANTS)
    found = cardgen(*arguments.split())
    assert (found.code, found.out) == (1, "")
    assert re.findall(r"^error\[(\w+)\]: .*\n  hint: (.*)$", found.err, re.MULTILINE) == [(code, hint)]


@pytest.mark.parametrize(
    ("wrong", "right", "hint"),
    [
        ("levle", ["level", "label"], "Did you mean `level`?"),
        ("ESSENTIALS", ["essentials"], "Did you mean `essentials`?"),
        ("us", ["US", "CA"], "Did you mean `US`?"),
        ("xyz", ["core", "more"], "Choose from `core`, `more`."),
        ("xyz", [f"word-{number}" for number in range(17)], ""),
        ("xyz", [], ""),
    ],
)
def test_words_are_offered_where_they_help(wrong: str, right: list[str], hint: str) -> None:
    assert did_you_mean(wrong, right) == hint


@pytest.mark.parametrize(
    ("received", "shown"),
    [
        ("short", "short"),
        ("two\n  lines", "two lines"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        ("\x1b[31mred\u202e", "�[31mred�"),
    ],
)
def test_a_received_value_is_shown_short_and_harmless(received: str, shown: str) -> None:
    assert shortened(received) == shown


# Frames


def frame(source: str, column: int, width: int = 1, line: int = 7) -> list[str]:
    """Give the two lines that show a place."""
    shown = as_text([Diagnostic("CG106", "wrong", Place("a.yaml", line, column, width, source))])
    return shown.splitlines()[2:4]


@pytest.mark.parametrize(
    ("source", "column", "width", "shown"),
    [
        pytest.param("a: b", 4, 1, ["  7 | a: b", "    |    ^"], id="plain"),
        pytest.param("日本: 語学", 5, 2, ["  7 | 日本: 語学", "    |       ^^^^"], id="wide characters"),
        pytest.param("e\u0301a: b", 3, 1, ["  7 | e\u0301a: b", "    |  ^"], id="combining characters"),
        pytest.param("😀 x", 3, 1, ["  7 | 😀 x", "    |    ^"], id="emoji"),
        pytest.param("a\tb", 3, 1, ["  7 | a b", "    |   ^"], id="a tab"),
        pytest.param("\x1b[31ma", 6, 1, ["  7 | �[31ma", "    |      ^"], id="what a terminal would obey"),
        pytest.param("ab", 3, 1, ["  7 | ab", "    |   ^"], id="after the end"),
        pytest.param("a" * 100, 100, 1, [f"  7 | {'a' * 100}", f"    | {' ' * 99}^"], id="just short enough"),
        pytest.param("ab" * 60, 1, 3, [f"  7 | {'ab' * 50}…", "    | ^^^"], id="cut behind"),
        pytest.param("a" * 149 + "b", 150, 9, [f"  7 | …{'a' * 50}b", f"    | {' ' * 51}^"], id="cut before"),
        pytest.param(
            "a" * 200 + "b" * 200,
            201,
            200,
            [f"  7 | …{'a' * 50}{'b' * 50}…", f"    | {' ' * 51}{'^' * 50}"],
            id="cut at both",
        ),
        pytest.param(
            "日" * 200, 101, 2, [f"  7 | …{'日' * 100}…", f"    | {' ' * 101}^^^^"], id="wide characters cut at both"
        ),
    ],
)
def test_a_caret_stands_under_the_place(source: str, column: int, width: int, shown: list[str]) -> None:
    assert frame(source, column, width) == shown


@given(
    source=st.text("abcdefghij", min_size=1, max_size=400),
    share=st.floats(0, 1),
    width=st.integers(1, 400),
    line=st.integers(1, 99999),
)
def test_what_stands_over_the_carets_is_what_is_meant(source: str, share: float, width: int, line: int) -> None:
    column = 1 + int(share * (len(source) - 1))
    meant = source[column - 1 :][:width]
    text, carets = frame(source, column, len(meant), line)
    start, end = carets.index("^"), len(carets)
    assert meant.startswith(text[start:end].rstrip("…"))
    assert set(carets[start:]) == {"^"}
    assert len(text) <= len(f"  {line} | ") + 102


def test_an_empty_line_is_not_shown() -> None:
    found = Diagnostic("CG114", "the file is empty", Place("a.yaml", 1, 1), "Fill it.")
    assert as_text([found]).splitlines() == [
        "error[CG114]: the file is empty",
        "  --> a.yaml:1:1",
        "  hint: Fill it.",
        "",
        "1 error",
    ]


# Colour


def said_on_a_terminal(folder: Path, env: dict[str, str]) -> str:
    """Run the check with a terminal for standard error, and give what it got."""
    terminal, other_end = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "cardgen", "check"],
        cwd=folder,
        env=clean | {"PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"} | env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=other_end,
        check=False,
    )
    os.close(other_end)
    with open(terminal, "rb", buffering=0) as stream, contextlib.suppress(OSError):  # noqa: PTH123 - a descriptor
        return stream.read(65536).decode().replace("\r\n", "\n")
    return ""


PLAIN = """\
error[CG106]: unexpected `:`
  --> decks/demo/one.yaml:1:11
  1 | title: One: two
    |           ^
  hint: A text that contains a colon and a space must stand in quotes.

1 error
"""
COLOURED = """\
<31><1>error[CG106]<0>: unexpected `:`
<36>  --> decks/demo/one.yaml:1:11<0>
<2>  1 | title: One: two<0>
<2>    |           ^<0>
  <32>hint:<0> A text that contains a colon and a space must stand in quotes.

1 error
"""


@pytest.mark.parametrize(
    ("env", "shown"),
    [
        pytest.param({}, re.sub(r"<(\d+)>", "\x1b[\\1m", COLOURED), id="without NO_COLOR"),
        pytest.param({"NO_COLOR": ""}, re.sub(r"<(\d+)>", "\x1b[\\1m", COLOURED), id="with an empty NO_COLOR"),
        pytest.param({"NO_COLOR": "1"}, PLAIN, id="with NO_COLOR"),
    ],
)
def test_a_terminal_gets_colour_unless_no_color_is_set(
    env: dict[str, str], shown: str, decks: Callable[..., Path], tmp_path: Path
) -> None:
    decks({"demo/one.yaml": "title: One: two\n"})
    assert said_on_a_terminal(tmp_path, env) == shown


def test_what_is_no_terminal_gets_no_colour(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"demo/one.yaml": "title: One: two\n"})
    assert cardgen("check", env={"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}).err == PLAIN
