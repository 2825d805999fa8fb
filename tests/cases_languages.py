"""Cases of CG38 and CG621: decks in other languages."""

from __future__ import annotations

from findings import Case, Files, section

PROCESS = "id: lock, kind: process, title: Lock, steps: [{id: enter, do: Enter.}, {id: fill, do: Wait.}]"
LEDGER = """\
# cardgen ledger 1 of demo-de: when each note last changed. cardgen build keeps it; commit it.
first basic:b375d9791e6a-2e1ef9ee 2026-01-01T00:00:00Z 2026-01-01T00:00:00Z of 0123456789ab-b0ab7bfd
"""


def german(text: str, before: str = "") -> Files:
    """Return the German file of the small deck, with something under its `cards`."""
    return {"demo/languages/de.yaml": f"{before}cards:\n{text}"}


OTHER = "title: All\ncards:\n  - {id: last, kind: basic, front: R, back: B}\n"
FIRST = "  first: {front: Was ist das?, back: Dies.}\n"

CASES = {
    "CG380": Case(
        {"demo/languages/german.yaml": f"cards:\n{FIRST}"},
        """
        error[CG380]: `german` is no language tag
          --> decks/demo/languages/german.yaml
          hint: Name it by a BCP 47 tag, such as de.yaml or pt-BR.yaml.

        1 error
        """,
    ),
    "CG381": Case(
        german(FIRST) | {"demo-de/deck.yaml": "id: other\ntitle: Other\nsections: [all]\n", "demo-de/all.yaml": OTHER},
        """
        error[CG381]: `demo-de` is already the name of decks/demo-de
          --> decks/demo/languages/de.yaml
          hint: Rename the folder of the other deck.

        1 error
        """,
    ),
    "CG382": Case(
        german(f"{FIRST}  last: {{front: Was?, back: Das.}}\n"),
        """
        warning[CG382]: the deck has no card `last`
          --> decks/demo/languages/de.yaml:3:3
          3 |   last: {front: Was?, back: Das.}
            |   ^^^^
          hint: Correct the id, or delete the block.

        1 warning
        """,
        out="2 decks, 2 cards: 1 warning\n",
    ),
    "CG383": Case(
        german("  first: {front: Was ist das?, back: Dies., tags: x}\n"),
        """
        error[CG383]: `tags` is not translated: the card says it for all languages
          --> decks/demo/languages/de.yaml:2:45
          2 |   first: {front: Was ist das?, back: Dies., tags: x}
            |                                             ^^^^
          hint: Delete it there; only texts are translated.

        1 error
        """,
    ),
    "CG384": Case(
        section(PROCESS) | german("  lock: {title: Schleuse, steps: [{id: enter, do: Hinein.}]}\n"),
        """
        error[CG384]: `fill` of the card's steps is not translated
          --> decks/demo/languages/de.yaml:2:34
          2 |   lock: {title: Schleuse, steps: [{id: enter, do: Hinein.}]}
            |                                  ^
          hint: Translate those that the card has, under their ids.

        1 error
        """,
    ),
    "CG385": Case(
        german(FIRST, "sections: {two: Zwei}\n"),
        """
        warning[CG385]: the deck has no section `two`
          --> decks/demo/languages/de.yaml:1:12
          1 | sections: {two: Zwei}
            |            ^^^
          hint: Choose from `one`.

        1 warning
        """,
        out="2 decks, 2 cards: 1 warning\n",
    ),
    "CG386": Case(
        section("id: first, kind: basic, front: Q, back: A", "id: last, kind: basic, front: R, back: B")
        | german(FIRST, "sections: {one: Eins}\n"),
        """
        info[CG386]: 1 card is not translated: `last`
          --> decks/demo/languages/de.yaml:2:1
          2 | cards:
            | ^^^^^
          hint: Translate them, or write `skip: true` for those that are not wanted.

        1 info
        """,
        arguments=("check", "--severity", "info"),
        out="2 decks, 3 cards: 1 info\n",
    ),
    "CG387": Case(
        german(FIRST),
        """
        error[CG387]: no deck is in `fr`
          hint: Choose from `de`, `en`.

        1 error
        """,
        arguments=("build", "--format", "csv", "--language", "fr"),
    ),
    "CG621": Case(
        german(FIRST) | {"demo/languages/de.ledger.txt": LEDGER},
        """
        warning[CG621]: the texts of `demo/first` have changed since the block was made from them
          --> decks/demo/languages/de.yaml:2:3
          2 |   first: {front: Was ist das?, back: Dies.}
            |   ^^^^^
          hint: Translate what has changed; if nothing need change, add `of: b2c1da75264c`.

        1 warning
        """,
        out="2 decks, 2 cards: 1 warning\n",
    ),
}
