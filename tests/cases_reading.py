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
          hint: Check that it exists and can be read.

        1 error
        """,
        folders=("decks/demo/one.yaml",),
    ),
    "CG102": Case(
        {"demo/one.yaml": b"#" * (32 * 1024 * 1024 + 1)},
        """
        error[CG102]: the file is larger than 32 MiB
          --> decks/demo/one.yaml
          hint: Split a card file into several sections; restore any other file from git.

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
          hint: Use spaces; where a text needs a tab, write it under | or as \\t in double quotes.

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
        error[CG107]: `back` appears twice, first on line 3
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
          hint: Write the name as plain text; a text that begins with { or [ must be quoted.

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
    "CG116": Case(
        {"demo/one.yaml": MINIMAL_CARDS.replace("What is it?", "Who is the #1?")},
        """
        error[CG116]: `#1?` is a comment to YAML, not a part of the text
          --> decks/demo/one.yaml:5:23
          5 |     front: Who is the #1?
            |                       ^^^
          hint: Put the whole text in quotes: 'Who is the #1?'. Before a comment write two spaces, and one after `#`.

        1 error
        """,
    ),
    "CG117": Case(
        {"demo/one.yaml": MINIMAL_CARDS.replace("This.", r'"The frequency $\nu$."')},
        r"""
        error[CG117]: double quotes turn `\n` of `\nu` into a line end
          --> decks/demo/one.yaml:6:27
          6 |     back: "The frequency $\nu$."
            |                           ^^^
          hint: Write it in single quotes, which keep backslashes: 'The frequency $\nu$.'

        1 error
        """,
    ),
    "CG118": Case(
        {"demo/one.yaml": MINIMAL_CARDS.replace("This.", ">-\n      - This\n      - That")},
        """
        warning[CG118]: `>-` joins the line `- That` to the one before it
          --> decks/demo/one.yaml:8:7
          8 |       - That
            |       ^^^^^^
          hint: Write `|` in place of `>-`: it keeps lines and paragraphs as they are.

        1 warning
        """,
    ),
    "CG119": Case(
        {"demo/one.yaml": f"{MINIMAL_CARDS}<<<<<<< HEAD\n=======\n    note: That.\n>>>>>>> other\n"},
        """
        error[CG119]: a merge was not finished here
          --> decks/demo/one.yaml:7:1
          7 | <<<<<<< HEAD
            | ^^^^^^^^^^^^
          hint: Keep one of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.

        1 error
        """,
    ),
    "CG120": Case(
        {"demo/one.yaml": MINIMAL_CARDS.replace("    back", "\xa0\xa0\xa0\xa0back")},
        """
        error[CG120]: the line begins with no-break spaces
          --> decks/demo/one.yaml:6:1
          6 | \ufffd\ufffd\ufffd\ufffdback: This.
            | ^^^^
          hint: Delete what the line begins with, and indent it with the space bar.

        1 error
        """,
    ),
    "CG121": Case(
        {"demo/one.yaml": MINIMAL_CARDS.replace("This.", "&c and more")},
        """
        error[CG121]: `&c` is an anchor to YAML, not a part of the text, and no alias names it
          --> decks/demo/one.yaml:6:11
          6 |     back: &c and more
            |           ^^
          hint: Quote all of it: '&c and more'

        1 error
        """,
    ),
    "CG122": Case(
        {"demo/one.yaml": b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00"},
        """
        error[CG122]: the file is a ZIP archive or a document of an office program, not text
          --> decks/demo/one.yaml
          hint: Write the cards as text in a YAML file.

        1 error
        """,
    ),
    "CG123": Case(
        {"demo/deck.yaml": None, "demo/deck.yml": MINIMAL_DECK},
        """
        error[CG123]: the deck's file is called deck.yml
          --> decks/demo
          hint: Rename it to deck.yaml.

        1 error
        """,
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
    "CG131": Case(
        {"demo/deck.yaml": MINIMAL_DECK.replace("one", "aux"), "demo/one.yaml": None, "demo/aux.yaml": MINIMAL_CARDS},
        """
        warning[CG131]: Windows has no name `aux.yaml`: it is the name of a device
          --> decks/demo/aux.yaml
          hint: Rename it, so that the decks can be used on every system.

        1 warning
        """,
    ),
}
