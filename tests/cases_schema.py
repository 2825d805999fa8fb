"""Cases of CG2 and CG3: what the schema refuses, and references that lead nowhere."""

from __future__ import annotations

from conftest import FACETS, MINIMAL_CARDS, MINIMAL_DECK
from findings import Case, deck, section

CASES = {
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
    "CG330": Case(
        section("id: a, kind: basic, front: Q, back: A, specialty: cardiology"),
        """
        error[CG330]: `specialty` is no field of cards and no facet of the collection
          --> decks/demo/one.yaml:3:45
          3 |   - {id: a, kind: basic, front: Q, back: A, specialty: cardiology}
            |                                             ^^^^^^^^^
          hint: To select cards by it, declare it in collection.yaml, with `any` or a list of values:
            facets:
              specialty: any

        1 error
        """,
    ),
    "CG331": Case(
        {"collection.yaml": "facets: {level: [core], tags: any}\n"},
        """
        error[CG331]: `tags` is a field of cards, and cannot be a facet
          --> decks/collection.yaml:1:25
          1 | facets: {level: [core], tags: any}
            |                         ^^^^
          hint: Give it another name.

        1 error
        """,
    ),
    "CG332": Case(
        section("id: a, kind: basic, front: Q, back: A, see: abc")
        | {"sources.yaml": "references:\n  - {id: abc, type: book, title: T, publisher: P}\n"},
        """
        error[CG332]: `see` is on a card without `confidence: secondary`
          --> decks/demo/one.yaml:3:50
          3 |   - {id: a, kind: basic, front: Q, back: A, see: abc}
            |                                                  ^^^
          hint: Add `confidence: secondary`, or cite the source under `source`.

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
    "CG333": Case(
        {
            "collection.yaml": "site:\n  audiences:\n    - {variant: pupil, for: You learn.}\n",
            **deck("variants: {pupils: {where: {kind: basic}}}\n"),
        },
        """
        error[CG333]: no deck has a variant `pupil`
          --> decks/collection.yaml:3:17
          3 |     - {variant: pupil, for: You learn.}
            |                 ^^^^^
          hint: Did you mean `pupils`?

        1 error
        """,
    ),
    "CG334": Case(
        {"collection.yaml": 'site: {about: "![The Danube](danube.png)"}\n'},
        """
        error[CG334]: `danube.png` is a picture
          --> decks/collection.yaml:1:15
          1 | site: {about: "![The Danube](danube.png)"}
            |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^
          hint: Leave it out, or link to it.

        1 error
        """,
    ),
    "CG306": Case(
        deck("variants:\n  essentials: {where: {level: core}}\n") | {"collection.yaml": FACETS},
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
    "CG316": Case(
        {"sources.yaml": 'references: [{id: s, type: book, title: T, URL: "javascript:alert(1)"}]\n'},
        """
        error[CG316]: `javascript:alert(1)` is no address that a card may lead to
          --> decks/sources.yaml:1:49
          1 | references: [{id: s, type: book, title: T, URL: "javascript:alert(1)"}]
            |                                                 ^^^^^^^^^^^^^^^^^^^^^
          hint: Write the whole address, as in https://example.org/page or mailto:someone@example.org.

        1 error
        """,
        ("build",),
    ),
    "CG340": Case(
        section(
            "id: a, kind: story, title: T, for: demo/b, beats: {One: A, Two: B}",
            "id: bb, kind: basic, front: Q, back: A",
        ),
        """
        error[CG340]: no card `demo/b`
          --> decks/demo/one.yaml:3:41
          3 |   - {id: a, kind: story, title: T, for: demo/b, beats: {One: A, Two: B}}
            |                                         ^^^^^^
          hint: Did you mean `demo/bb`?

        1 error
        """,
    ),
    "CG341": Case(
        section("id: a, kind: story, title: T, for: [lakes/a, lakes/b], beats: {One: A, Two: B}")
        | {
            "collection.yaml": "with: beside\n",
            "beside/lakes/deck.yaml": "id: lakes\ntitle: Lakes\nsections: [one]\n",
            "beside/lakes/one.yaml": section(
                "id: a, kind: basic, front: Q, back: A",
                "id: b, kind: basic, front: R, back: B, retired: true, replaced_by: a",
            )["demo/one.yaml"],
        },
        """
        warning[CG341]: `lakes/b` is retired
          --> decks/demo/one.yaml:3:51
          3 |   - {id: a, kind: story, title: T, for: [lakes/a, lakes/b], beats: {One: A, Two: B}}
            |                                                   ^^^^^^^
          hint: Name `lakes/a` instead.

        1 warning
        """,
    ),
    "CG342": Case(
        section("id: a, kind: story, title: T, beats: {Action: A, Result: B}, beat_seconds: {Acton: 9}"),
        """
        error[CG342]: the story has no beat `Acton`
          --> decks/demo/one.yaml:3:89
          3 |   - {id: a, kind: story, title: T, beats: {Action: A, Result: B}, beat_seconds: {Acton: 9}}
            |                                                                                         ^
          hint: Did you mean `Action`?

        1 error
        """,
    ),
    "CG343": Case(
        {"collection.yaml": "with: ../elsewhere\n"},
        """
        error[CG343]: no folder in decks/../elsewhere has a deck.yaml
          --> decks/collection.yaml:1:7
          1 | with: ../elsewhere
            |       ^^^^^^^^^^^^
          hint: Name a folder of decks; a path in collection.yaml begins at the folder that the file is in.

        1 error
        """,
        folders=("elsewhere",),
    ),
    "CG350": Case(
        {"collection.yaml": "language: pt\nwords: {pt: {first_step: Primeiro passo?}}\n"},
        """
        warning[CG350]: cardgen has no words in `pt`: what the collection does not give is in English
          --> decks/collection.yaml:1:11
          1 | language: pt
            |           ^^
          hint: Write them in collection.yaml, under `words`.

        1 warning
        """,
    ),
    "CG351": Case(
        {"collection.yaml": "words: {en: {frist_step: One?}}\n"},
        """
        error[CG351]: cardgen has no entry `frist_step`
          --> decks/collection.yaml:1:26
          1 | words: {en: {frist_step: One?}}
            |                          ^^^^
          hint: Did you mean `first_step`?

        1 error
        """,
    ),
    "CG352": Case(
        {"collection.yaml": "words: {en: {as_of: As of}}\n"},
        """
        error[CG352]: the place holders of `as_of` do not fit: it must have `{date}`, and has none
          --> decks/collection.yaml:1:21
          1 | words: {en: {as_of: As of}}
            |                     ^^^^^
          hint: In English: As of {date}

        1 error
        """,
    ),
    "CG353": Case(
        {"collection.yaml": "macros:\n  half: \\frac{1{2}\n"},
        r"""
        error[CG353]: `\half`: its braces are not in pairs
          --> decks/collection.yaml:2:9
          2 |   half: \frac{1{2}
            |         ^^^^^^^^^^
          hint: Correct it; a macro may use others, but not itself.

        1 error
        """,
    ),
    "CG354": Case(
        section("id: a, kind: basic, front: Q, back: Of $\\norm$") | {"collection.yaml": "macros: {norm: '|#1|'}\n"},
        r"""
        error[CG354]: `\norm` lacks an argument
          --> decks/demo/one.yaml:3:42
          3 |   - {id: a, kind: basic, front: Q, back: Of $\norm$}
            |                                          ^^^^^^^^^^
          hint: Write its arguments in braces behind it, as in `\norm{x}`.

        1 error
        """,
    ),
}
