"""Cases of CG6 to CG8: the ledger, settings of lint, and print."""

from __future__ import annotations

from findings import LEDGER_HEAD, LINTED, LONG, NEW_YEAR, Case, deck, section


def known(*lines: str) -> str:
    """Return a ledger with lines of notes, each a place, a form, and what follows the times."""
    shown = (line.split(maxsplit=2) for line in lines)
    notes = "".join(
        f"{place} {form}:{'0' * 12}-{'0' * 8} {NEW_YEAR} {NEW_YEAR} {' '.join(more)}".rstrip() + "\n"
        for place, form, *more in shown
    )
    return f"{LEDGER_HEAD}\n{notes}"


CASES = {
    "CG601": Case(
        {"demo/ledger.txt": f"{LEDGER_HEAD}\nfirst soon\n"},
        """
        error[CG601]: the line is not as cardgen writes it
          --> decks/demo/ledger.txt:2:1
          2 | first soon
            | ^^^^^^^^^^
          hint: Take the file back from git. After an unfinished merge keep all lines of both sides; only the marks go.

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
    "CG606": Case(
        deck("formerly: [old, demo]\n"),
        """
        error[CG606]: `demo` is an id of decks/demo/deck.yaml
          --> decks/demo/deck.yaml:4:17
          4 | formerly: [old, demo]
            |                 ^^^^
          hint: Delete it, or give the other deck an id of its own.

        1 error
        """,
    ),
    "CG607": Case(
        {"demo/ledger.txt": f"{LEDGER_HEAD.replace('demo', 'old')}\nfirst basic:{'0' * 16} {NEW_YEAR} {NEW_YEAR}\n"},
        """
        error[CG607]: the deck's ledger is that of `old`: learners would get its note a second time
          --> decks/demo/deck.yaml:1:5
          1 | id: demo
            |     ^^^^
          hint: Take the id back, or write `formerly: old` below it, and learners keep their cards. If it is a new \
deck, made from a copy, delete its ledger.txt.

        1 error
        """,
    ),
    "CG608": Case(
        section("id: a, kind: basic, front: Q, back: A", "id: b, kind: basic, front: R, back: B, formerly: demo/a")
        | {"demo/ledger.txt": known("a basic")},
        """
        error[CG608]: `demo/a` is a card that is still there
          --> decks/demo/one.yaml:4:55
          4 |   - {id: b, kind: basic, front: R, back: B, formerly: demo/a}
            |                                                       ^^^^^^
          hint: Delete the other card, or do not name it with `formerly`.

        1 error
        """,
    ),
    "CG609": Case(
        section(
            "id: a, kind: basic, front: Q, back: A, formerly: demo/old",
            "id: b, kind: basic, front: R, back: B, formerly: demo/old",
        )
        | {"demo/ledger.txt": known("old basic")},
        """
        error[CG609]: `demo/old` is also an earlier address of `demo/a`
          --> decks/demo/one.yaml:4:55
          4 |   - {id: b, kind: basic, front: R, back: B, formerly: demo/old}
            |                                                       ^^^^^^^^
          hint: Let one of them name it; the other is new.

        1 error
        """,
    ),
    "CG610": Case(
        section("id: a, kind: basic, front: Q, back: A, formerly: demo/odl") | {"demo/ledger.txt": known("old basic")},
        """
        error[CG610]: the ledger knows no `demo/odl`
          --> decks/demo/one.yaml:3:55
          3 |   - {id: a, kind: basic, front: Q, back: A, formerly: demo/odl}
            |                                                       ^^^^^^^^
          hint: Did you mean `demo/old`?

        1 error
        """,
    ),
    "CG611": Case(
        {"demo/ledger.txt": known("first basic as demo/old")},
        """
        error[CG611]: learners have `first` with the identity of `demo/old`
          --> decks/demo/one.yaml:3:9
          3 |   - id: first
            |         ^^^^^
          hint: Write `formerly: demo/old`.

        1 error
        """,
    ),
    "CG612": Case(
        section("id: a, kind: basic, front: Q, back: A, formerly: demo/old") | {"demo/ledger.txt": known("old typed")},
        """
        error[CG612]: `demo/old` is a typed note for those who have it, and would be basic
          --> decks/demo/one.yaml:3:55
          3 |   - {id: a, kind: basic, front: Q, back: A, formerly: demo/old}
            |                                                       ^^^^^^^^
          hint: Do not name it; keep the old card with `retired: true` and `replaced_by`.

        1 error
        """,
    ),
    "CG613": Case(
        section("id: new, kind: basic, front: Q, back: A")
        | {"demo/ledger.txt": known("old basic").replace("0" * 12, "e04285503a36")},
        """
        warning[CG613]: `new` asks and answers what `demo/old` did, which is gone
          --> decks/demo/one.yaml:3:10
          3 |   - {id: new, kind: basic, front: Q, back: A}
            |          ^^^
          hint: If it was renamed or moved, write `formerly: demo/old`; without it learners get it a second time.

        1 warning
        """,
    ),
    "CG614": Case(
        section("id: a, kind: cloze, text: 'From {{c1::Vienna}} the Danube flows to the {{c2::Black Sea}}.'")
        | {"demo/ledger.txt": f'{known("a cloze")[:-1]} {{"gaps": {{"1": "Linz", "2": "Black Sea"}}}}\n'},
        """
        warning[CG614]: gap 1 of `a` hides “Vienna”, and hid “Linz”: those who learned the one are asked for the other
          --> decks/demo/one.yaml:3:32
          3 |   - {id: a, kind: cloze, text: 'From {{c1::Vienna}} the Danube flows to the {{c2::Black Sea}}.'}
            |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          hint: Give what is new a number of its own, `{{c3::...}}`, and use the old one no more.

        1 warning
        """,
    ),
    "CG615": Case(
        section("id: a, kind: cloze, text: 'From {{c1::Vienna}} the Danube flows to the Black Sea in the east.'")
        | {"demo/ledger.txt": f'{known("a cloze")[:-1]} {{"gaps": {{"1": "Vienna", "2": "Black Sea"}}}}\n'},
        """
        warning[CG615]: gap 2 of `a`, “Black Sea”, is gone: learners keep an empty card
          --> decks/demo/one.yaml:3:32
          3 |   - {id: a, kind: cloze, text: 'From {{c1::Vienna}} the Danube flows to the Black Sea in the east.'}
            |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          hint: Put it back, or let learners remove the card with Tools > Empty Cards; the release notes say so.

        1 warning
        """,
    ),
    "CG616": Case(
        {"demo/ledger.txt": f"{known('old basic')}# released {NEW_YEAR}\n"},
        """
        error[CG616]: 1 note of the last release is gone without a word: `old`
          --> decks/demo/ledger.txt
          hint: Keep a card that goes with `retired: true`, or name it with `formerly` where it went. If it is meant, \
run `cardgen build --allow dropped` and commit the ledger.

        1 error
        """,
        ("build", "--release-notes", "notes.md"),
    ),
    "CG617": Case(
        {"demo/ledger.txt": known("first basic"), "old.apkg": b""},
        """
        error[CG617]: the deck `demo` has a ledger
          --> decks/demo/ledger.txt
          hint: Delete the ledger if learners have the package and not what it says; else build without --since.

        1 error
        """,
        ("build", "--since", "decks/old.apkg"),
    ),
    "CG618": Case(
        section(
            "id: a, kind: basic, front: What is A?, back: A.", "id: b, kind: basic, front: Q, back: A, retired: true"
        ),
        """
        warning[CG618]: `demo` has no ledger but must have had one: it has retired cards
          --> decks/demo/ledger.txt
          hint: Take it back from git, or restore it from the last package: `cardgen build --since OLD.apkg`.

        1 warning
        """,
    ),
    "CG619": Case(
        section("id: a, kind: basic, front: Q, back: A, formerly: old/a") | {"demo/ledger.txt": known("a basic")},
        """
        warning[CG619]: there is no ledger of a deck `old`, so nobody can tell whether it had `old/a`
          --> decks/demo/one.yaml:3:55
          3 |   - {id: a, kind: basic, front: Q, back: A, formerly: old/a}
            |                                                       ^^^^^
          hint: Check the deck's id; if that deck is gone, build once and commit the ledger.

        1 warning
        """,
    ),
    "CG620": Case(
        section("id: a, kind: basic, front: Q, back: It is ==very== good.")
        | {"demo/ledger.txt": f"{LEDGER_HEAD}\na basic:0da94262f27d-3788af1b {NEW_YEAR} {NEW_YEAR}\n"},
        """
        warning[CG620]: `==very` is read as a highlight, and was not when the deck was last built
          --> decks/demo/one.yaml:3:48
          3 |   - {id: a, kind: basic, front: Q, back: It is ==very== good.}
            |                                                ^^^^^^
          hint: If it should be that, build the deck; if it should stay text, write `\\==`.

        1 warning
        """,
    ),
    "CG625": Case(
        {"demo/guids.txt": "# From elsewhere.\n\nfirst e+/O ]%*qfk\n"},
        """
        error[CG625]: there is more than a guid behind the place
          --> decks/demo/guids.txt:3:7
          3 | first e+/O ]%*qfk
            |       ^^^^^^^^^^^
          hint: Write `card GUID`, or `card/part GUID`: a guid has 1 to 64 characters that can be seen, and no spaces.

        1 error
        """,
    ),
    "CG626": Case(
        {"demo/guids.txt": "first e+/O]%*qfk\nfirst q1:x(LM{z>\n"},
        """
        error[CG626]: `first` has the guid `e+/O]%*qfk` in line 1
          --> decks/demo/guids.txt:2:7
          2 | first q1:x(LM{z>
            |       ^^^^^^^^^^
          hint: Keep the one that learners have the note with.

        1 error
        """,
    ),
    "CG627": Case(
        section("id: a, kind: basic, front: Q, back: A", "id: b, kind: basic, front: P, back: B")
        | {"demo/guids.txt": "a e+/O]%*qfk\nb e+/O]%*qfk\n"},
        """
        error[CG627]: `e+/O]%*qfk` is also the guid of `demo/a`
          --> decks/demo/guids.txt:2:3
          2 | b e+/O]%*qfk
            |   ^^^^^^^^^^
          hint: Keep the line of the note that learners have with it.

        1 error
        """,
    ),
    "CG628": Case(
        {"demo/guids.txt": "frist e+/O]%*qfk\n"},
        """
        warning[CG628]: the deck has no `frist`
          --> decks/demo/guids.txt:1:1
          1 | frist e+/O]%*qfk
            | ^^^^^
          hint: Did you mean `first`?

        1 warning
        """,
    ),
    "CG629": Case(
        {"demo/ledger.txt": known("first basic guid e+/O]%*qfk"), "demo/guids.txt": "first q1:x(LM{z>\n"},
        """
        error[CG629]: learners have `first` with the guid `e+/O]%*qfk`
          --> decks/demo/guids.txt:1:7
          1 | first q1:x(LM{z>
            |       ^^^^^^^^^^
          hint: Write `first e+/O]%*qfk` in decks/demo/guids.txt. If no learner has it, delete `guid e+/O]%*qfk` \
from its line of decks/demo/ledger.txt.

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
        error[CG702]: `answer-too-long` has no setting `word`
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
        warning[CG802]: no font can show U+0378; `[U+0378]` is printed instead
          --> decks/demo/one.yaml:3:10
          3 |   - {id: first,
            |          ^^^^^
          hint: Name a folder of fonts that have it with --font-dir, or write it differently.

        1 warning
        """,
        ("build", "--format", "pdf"),
        "dist/demo.pdf  (1 note, 1 card, N bytes)\n",
    ),
    "CG803": Case(
        section(f"id: first,\n    kind: basic, front: A, back: '{LONG} {LONG}'"),
        """
        warning[CG803]: it takes 6 cards of the size `a7`
          --> decks/demo/one.yaml:3:10
          3 |   - {id: first,
            |          ^^^^^
          hint: Shorten it, split it, or print larger cards with --card a6.

        1 warning
        """,
        ("build", "--format", "pdf", "--layout", "cards"),
        "dist/demo.cards.pdf  (1 note, 1 card, N bytes)\n"
        "demo.cards.pdf: print double-sided, flip on the long edge, at 100 % (not fitted to the page)\n"
        "demo.cards.pdf: 6 cards to cut out, since 1 of 1 takes more than one\n",
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
          hint: Use fewer columns, or transpose the table.

        1 warning
        """,
        ("build", "--format", "pdf"),
        "dist/demo.pdf  (1 note, 1 card, N bytes)\n",
    ),
    "CG805": Case(
        section("id: first, kind: basic, front: A, back: '![a](media/a.avif)'") | {"demo/media/a.avif": "no picture"},
        """
        warning[CG805]: `media/a.avif` is printed as an empty frame: only PNG, JPEG, GIF, WebP and SVG can be printed
          --> decks/demo/one.yaml:3:10
          3 |   - {id: first, kind: basic, front: A, back: '![a](media/a.avif)'}
            |          ^^^^^
          hint: Save it as PNG, JPEG or SVG, with at most 40 million pixels, and without costly filters.

        1 warning
        """,
        ("build", "--format", "pdf"),
        "dist/demo.pdf  (1 note, 1 card, N bytes)\n",
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
    "CG809": Case(
        deck("print: {card: avery-5371, paper: a4}\n"),
        """
        error[CG809]: `avery-5371` is a sheet of Letter paper, and A4 is asked for
          --> decks/demo/deck.yaml:4:34
          4 | print: {card: avery-5371, paper: a4}
            |                                  ^^
          hint: Leave out the paper, or choose `avery-l7414`, `avery-c32011` or `avery-c32015`.

        1 error
        """,
    ),
    "CG810": Case(
        {},
        """
        warning[CG810]: demo has no frameworks
          hint: Name the decks that have some.

        1 warning
        """,
        ("build", "--format", "csv", "--format", "story-sheet"),
        out="dist/demo.csv  (1 note, 1 card, N bytes)\n",
    ),
}
