"""Cases of CG1: what files are and how their YAML is read."""

from __future__ import annotations

from conftest import MINIMAL_CARDS, MINIMAL_DECK
from findings import Case, section

CASES = {
    "CG101": Case(
        {"demo/one.yaml": None},
        """
        error[CG101]: cannot read the file: it is a folder
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
          hint: Split a card file into several sections; take any other file back from git.

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
    "CG130": Case(
        {"a\tb/deck.yaml": MINIMAL_DECK},
        r"""
        error[CG130]: the name of the deck's folder `a\x09b` has a control character
          --> decks/a\x09b
          hint: Rename the folder.

        1 error
        """,
    ),
}
