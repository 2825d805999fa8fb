"""Cases of CG36 and CG37: kinds of one's own."""

from __future__ import annotations

from findings import Case, Files

KIND = """\
id: river
title: River
fields: {river: {title: River}, sea: {title: Sea}}
cards: {sea: {title: Into which sea}}
"""
CARDS = """\
title: One
cards:
  - {id: danube, kind: river, river: The Danube, sea: The Black Sea}
"""
LOCK = """\
# cardgen kinds 1: what the places in note types are for, for ever. cardgen build keeps it; commit it.
river field 00 field river
river field 01 field sea
river field 02 spare 1
river field 03 card 1
river template 00 template sea
river template 01 spare 1
river type - normal 0 0123456789abcdef 2026-01-01T00:00:00Z
"""


def kind(text: str = KIND, **beside: str) -> Files:
    """Return the files of a kind; in the names of those beside it, `__` stands for a full stop."""
    files = {"sea.front.html": "{{River}}", "sea.back.html": "{{Sea}}", "style.css": ""}
    files |= {name.replace("__", "."): content for name, content in beside.items()}
    return {"kinds/river.yaml": text, **{f"kinds/river/{name}": content for name, content in files.items()}}


CASES = {
    "CG360": Case(
        kind(KIND.replace("id: river", "id: stream")),
        """
        error[CG360]: the file is called river.yaml, and the kind `stream`
          --> decks/kinds/river.yaml:1:5
          1 | id: stream
            |     ^^^^^^
          hint: Call both the same; it is the id that must never change.

        1 error
        """,
    ),
    "CG361": Case(
        kind() | {"kinds/river/sea.back.html": None},
        """
        error[CG361]: no file decks/kinds/river/sea.back.html
          --> decks/kinds/river.yaml:4:9
          4 | cards: {sea: {title: Into which sea}}
            |         ^^^
          hint: Write it; a template has two files, `NAME.front.html` and `NAME.back.html`.

        1 error
        """,
    ),
    "CG362": Case(
        kind(f"{KIND}words: {{mouth: {{en: Mouth}}}}\n"),
        """
        warning[CG362]: no template shows the word `mouth`
          --> decks/kinds/river.yaml:5:9
          5 | words: {mouth: {en: Mouth}}
            |         ^^^^^
          hint: Write `{{word:mouth}}` where it belongs, or delete it.

        1 warning
        """,
    ),
    "CG363": Case(
        kind(style__css='.card { background: url("waves.svg"); }', waves__svg="<svg/>"),
        """
        error[CG363]: Anki imports no file `waves.svg` that only a template or a style sheet names
          --> decks/kinds/river/style.css:1:26
          1 | .card { background: url("waves.svg"); }
            |                          ^^^^^^^^^
          hint: Call it `_waves.svg`, here and in the kind's folder.

        1 error
        """,
    ),
    "CG364": Case(
        kind(style__css='.card { background: url("_waves.svg"); }'),
        """
        warning[CG364]: the kind's folder has no file `_waves.svg`
          --> decks/kinds/river/style.css:1:26
          1 | .card { background: url("_waves.svg"); }
            |                          ^^^^^^^^^^
          hint: Put the file there, or correct the name.

        1 warning
        """,
    ),
    "CG365": Case(
        kind(sea__front__html="{{#Sea}}{{River}}"),
        """
        error[CG365]: `{{#Sea}}` is not closed
          --> decks/kinds/river/sea.front.html:1:1
          1 | {{#Sea}}{{River}}
            | ^^^^^^^^
          hint: Put `{{/Sea}}` behind what it holds.

        1 error
        """,
    ),
    "CG366": Case(
        kind(sea__back__html="{{Se}}"),
        """
        error[CG366]: `{{Se}}` names no field
          --> decks/kinds/river/sea.back.html:1:1
          1 | {{Se}}
            | ^^^^^^
          hint: Did you mean `Sea`?

        1 error
        """,
    ),
    "CG367": Case(
        kind(sea__back__html="{{hnt:Sea}}"),
        """
        warning[CG367]: Anki has no filter `hnt`, and shows the field as it is
          --> decks/kinds/river/sea.back.html:1:1
          1 | {{hnt:Sea}}
            | ^^^^^^^^^^^
          hint: Did you mean `hint`?

        1 warning
        """,
    ),
    "CG368": Case(
        kind(sea__front__html="Into which sea does it flow?"),
        """
        error[CG368]: the front shows no field, so that it makes no card
          --> decks/kinds/river/sea.front.html
          hint: Show one: `{{River}}`.

        1 error
        """,
    ),
    "CG369": Case(
        kind(sea__front__html="{{cloze:River}}"),
        """
        error[CG369]: a kind without gaps has no use for `cloze:`, and shows nothing of the field
          --> decks/kinds/river/sea.front.html:1:1
          1 | {{cloze:River}}
            | ^^^^^^^^^^^^^^^
          hint: Show `{{River}}`, or make it a kind with gaps.

        1 error
        """,
    ),
    "CG370": Case(
        kind(KIND.replace("Sea}}", "RIVER}}"), sea__back__html="{{River}}"),
        """
        error[CG370]: `River` and `RIVER` are the same name to Anki
          --> decks/kinds/river.yaml:3:46
          3 | fields: {river: {title: River}, sea: {title: RIVER}}
            |                                              ^^^^^
          hint: Choose another name.

        1 error
        """,
    ),
    "CG371": Case(
        kind(KIND.replace("Sea}}", "Tags}}"), sea__back__html="{{Tags}}"),
        """
        warning[CG371]: Anki itself fills `{{Tags}}`, and older versions make cards of an empty field `Tags`
          --> decks/kinds/river.yaml:3:46
          3 | fields: {river: {title: River}, sea: {title: Tags}}
            |                                              ^^^^
          hint: Choose another name.

        1 warning
        """,
    ),
    "CG372": Case(
        kind(sea__front__html="{{word:mouth}} of {{River}}?"),
        """
        error[CG372]: the kind has no word `mouth`
          --> decks/kinds/river/sea.front.html:1:1
          1 | {{word:mouth}} of {{River}}?
            | ^^^^^^^^^^^^^^
          hint: Write it under `words`, in each language in which there are cards.

        1 error
        """,
    ),
    "CG373": Case(
        kind(sea__front__html="{{River}}<script>alert(1)</script>") | {"demo/one.yaml": CARDS},
        """
        info[CG373]: cards of `demo` run scripts: `sea.front.html`
          --> decks/kinds/river.yaml:4:1
          4 | cards: {sea: {title: Into which sea}}
            | ^^^^^
          hint: Make sure that you know what they do; readers of the deck should hear of it.

        1 info
        """,
        arguments=("check", "--severity", "info"),
        out="1 deck, 1 card: 1 info\n",
    ),
    "CG374": Case(
        kind(KIND.replace("sea: {title: Sea}", "note: {title: Sea}")),
        """
        error[CG374]: `note` is a field that all cards have
          --> decks/kinds/river.yaml:3:33
          3 | fields: {river: {title: River}, note: {title: Sea}}
            |                                 ^^^^
          hint: Choose another name for it; its title may stay.

        1 error
        """,
    ),
    "CG375": Case(
        kind(f"{KIND}print: {{answers: [see]}}\n"),
        """
        error[CG375]: the kind has no field `see`
          --> decks/kinds/river.yaml:5:19
          5 | print: {answers: [see]}
            |                   ^^^
          hint: Did you mean `sea`?

        1 error
        """,
    ),
    "CG376": Case(
        kind(KIND.replace("title: River}", "title: River, type: gaps}")),
        """
        error[CG376]: `river` has gaps, and cards of the kind do not come from gaps
          --> decks/kinds/river.yaml:3:38
          3 | fields: {river: {title: River, type: gaps}, sea: {title: Sea}}
            |                                      ^^^^
          hint: Write `cloze: true` and `type: gaps`, or neither.

        1 error
        """,
    ),
    "CG377": Case(
        kind(KIND.replace(", sea: {title: Sea}", ""), sea__back__html="{{River}}") | {"kinds/kinds.lock": LOCK},
        """
        error[CG377]: the field `sea` is gone, and a note type cannot lose one
          --> decks/kinds/river.yaml:3:1
          3 | fields: {river: {title: River}}
            | ^^^^^^
          hint: Put it back; its title may change. If no learner has it yet, take its line of kinds.lock back.

        1 error
        """,
    ),
    "CG378": Case(
        kind(f"{KIND}anki: {{id: 1607392319}}\n") | {"kinds/kinds.lock": LOCK},
        """
        error[CG378]: the note type had the id that cardgen computes
          --> decks/kinds/river.yaml:5:12
          5 | anki: {id: 1607392319}
            |            ^^^^^^^^^^
          hint: Take the change back, or write another kind. If no learner has it, delete its lines of kinds.lock.

        1 error
        """,
    ),
    "CG379": Case(
        kind(sea__front__html="{{#Sea}}x{{River}}{{/Sea}}")
        | {"demo/one.yaml": CARDS.replace(", sea: The Black Sea", "")},
        """
        error[CG379]: with these fields, none of the templates of river asks anything
          --> decks/demo/one.yaml:3:5
          3 |   - {id: danube, kind: river, river: The Danube}
            |     ^
          hint: Fill in a field that one of the templates asks, or retire the card.

        1 error
        """,
    ),
}
