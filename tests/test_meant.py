"""What authors meant where a schema refuses what they wrote: one finding at its place, and how it is written."""

from __future__ import annotations

from inspect import cleandoc
from pathlib import Path

import pytest
from conftest import written

from cardgen.diagnostics import as_text
from cardgen.load import load_decks

DECK = "id: d\ntitle: Demo\nsections: [s]\n"
CARDS = "title: T\ncards:\n  - id: a\n    kind: basic\n    front: Q\n    back: A\n"


def card(kind: str, *lines: str) -> str:
    """Write a section of one card, whose lines are given from the fifth of the file on."""
    return "\n".join(("title: T", "cards:", "  - id: a", f"    kind: {kind}", *(f"    {line}" for line in lines), ""))


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        pytest.param(
            {"d/s.yaml": card("basic", "front: Q", "back:")},
            """
            error[CG206]: `back`: is empty
              --> decks/d/s.yaml:6:10
              6 |     back:
                |          ^
              hint: Write the answer.

            1 error
            """,
            id="an empty answer",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "front: ''", "back: A")},
            """
            error[CG206]: `front`: is empty
              --> decks/d/s.yaml:5:12
              5 |     front: ''
                |            ^^
              hint: Write the question.

            1 error
            """,
            id="an empty question in quotes",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "front: Q", "back: A", "tags: #abx")},
            """
            error[CG206]: `tags`: is empty, for `#abx` is a comment to YAML
              --> decks/d/s.yaml:7:11
              7 |     tags: #abx
                |           ^^^^
              hint: If it is the value, put it in quotes: '#abx'

            1 error
            """,
            id="a comment for a tag",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "front: Q", "back: #1 cause")},
            """
            error[CG206]: `back`: is empty, for `#1 cause` is a comment to YAML
              --> decks/d/s.yaml:6:11
              6 |     back: #1 cause
                |           ^^^^^^^^
              hint: If it is the value, put it in quotes: '#1 cause'

            1 error
            """,
            id="a comment for an answer",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "front: Q", "back: >5")},
            """
            error[CG206]: `back`: is empty, for YAML takes `>5` for the beginning of a text over several lines
              --> decks/d/s.yaml:6:11
              6 |     back: >5
                |           ^^
              hint: If it is the value, put it in quotes: '>5'

            1 error
            """,
            id="a sign of comparison",
        ),
        pytest.param(
            {"d/s.yaml": card("cloze", "front: Q", "back: A")},
            """
            error[CG201]: `front`, `back` are fields of kind basic, not of cloze
              --> decks/d/s.yaml:5:5
              5 |     front: Q
                |     ^^^^^
              hint: Change `kind` to `basic`, `reversed` or `typed`, or write `text` instead.

            1 error
            """,
            id="a cloze with front and back",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "text: The {{c1::x}}")},
            """
            error[CG201]: `text` is a field of kind cloze, not of basic
              --> decks/d/s.yaml:5:5
              5 |     text: The {{c1::x}}
                |     ^^^^
              hint: Change `kind` to `cloze`, or write `front`, `back` instead.

            1 error
            """,
            id="a basic card with a text",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "question: Q", "options: [{text: a, right: true}, {text: b}]")},
            """
            error[CG201]: `question`, `options` are fields of kind choice, not of basic
              --> decks/d/s.yaml:5:5
              5 |     question: Q
                |     ^^^^^^^^
              hint: Change `kind` to `choice`, or write `front`, `back` instead.

            1 error
            """,
            id="a basic card with options",
        ),
        pytest.param(
            {"d/s.yaml": card("choice", "question: Q", "options: Amoxicillin")},
            """
            error[CG203]: `options`: must be a list, not `Amoxicillin`
              --> decks/d/s.yaml:6:14
              6 |     options: Amoxicillin
                |              ^^^^^^^^^^^
              hint: Write it as a list:
                options:
                  - text: Amoxicillin

            1 error
            """,
            id="a text for options",
        ),
        pytest.param(
            {"d/s.yaml": card("choice", "question: Q", "options: [Amoxicillin, Vanco]")},
            """
            error[CG203]: `options`: must be a mapping of fields, not `Amoxicillin`
              --> decks/d/s.yaml:6:15
              6 |     options: [Amoxicillin, Vanco]
                |               ^^^^^^^^^^^
              hint: Write `text: Amoxicillin`.

            error[CG203]: `options`: must be a mapping of fields, not `Vanco`
              --> decks/d/s.yaml:6:28
              6 |     options: [Amoxicillin, Vanco]
                |                            ^^^^^
              hint: Write `text: Vanco`.

            2 errors
            """,
            id="texts for options in a list",
        ),
        pytest.param(
            {"d/s.yaml": card("process", "title: Q", "steps: Wash, dry")},
            """
            error[CG203]: `steps`: must be a list, not `Wash, dry`
              --> decks/d/s.yaml:6:12
              6 |     steps: Wash, dry
                |            ^^^^^^^^^
              hint: Write it as a list:
                steps:
                  - id: first
                    do: Wash, dry

            1 error
            """,
            id="a text for steps",
        ),
        pytest.param(
            {"d/s.yaml": card("process", "title: Q", "steps:", "  id: b", "  do: x")},
            """
            error[CG203]: `steps`: must be a list, not a mapping
              --> decks/d/s.yaml:7:7
              7 |       id: b
                |       ^
              hint: Write it as a list:
                steps:
                  - id: b
                    do: x

            1 error
            """,
            id="one step for steps",
        ),
        pytest.param(
            {"d/s.yaml": "title: T\ncards:\n  id: a\n  kind: basic\n  front: Q\n  back: A\n"},
            """
            error[CG203]: `cards`: must be a list, not a mapping
              --> decks/d/s.yaml:3:3
              3 |   id: a
                |   ^
              hint: Write it as a list:
                cards:
                  - id: a
                    kind: basic

            1 error
            """,
            id="one card for cards",
        ),
        pytest.param(
            {"d/s.yaml": "title: T\ncards:\n  a:\n    kind: basic\n    front: Q\n    back: A\n"},
            """
            error[CG203]: `cards`: must be a list, not a mapping
              --> decks/d/s.yaml:3:3
              3 |   a:
                |   ^
              hint: Write it as a list:
                cards:
                  - id: a
                    kind: basic

            1 error
            """,
            id="cards by their ids",
        ),
        pytest.param(
            {"d/s.yaml": "title: T\ncards:\n  -id: a\n   kind: basic\n"},
            """
            error[CG106]: a space is missing after `-`
              --> decks/d/s.yaml:3:3
              3 |   -id: a
                |   ^
              hint: Write `- `, and then the field.

            1 error
            """,
            id="no space after a dash, and another indentation",
        ),
        pytest.param(
            {"d/s.yaml": "title: T\ncards:\n  -id: a\n  kind: basic\n"},
            """
            error[CG203]: `cards`: must be a list, not a mapping
              --> decks/d/s.yaml:3:3
              3 |   -id: a
                |   ^
              hint: Write a space after each `-`.

            1 error
            """,
            id="no space after a dash",
        ),
        pytest.param(
            {"d/s.yaml": "- id: a\n  kind: basic\n  front: Q\n  back: A\n"},
            """
            error[CG203]: the file must be a mapping of fields, not a list
              --> decks/d/s.yaml:1:1
              1 | - id: a
                | ^
              hint: Begin it with a title, and put the cards into a list:
                title: ...
                cards:
                  - id: ...

            1 error
            """,
            id="cards without a title",
        ),
        pytest.param(
            {"d/s.yaml": "Q: What is it?\nA: This\n\nQ: b\nA: c\n"},
            """
            error[CG201]: `Q:` begins a question, and this is no card file yet
              --> decks/d/s.yaml:1:1
              1 | Q: What is it?
                | ^
              hint: Write `title: ...`, and the pairs as cards:
                cards:
                  - id: first
                    kind: basic
                    front: 'What is it?'
                    back: 'This'

            1 error
            """,
            id="questions and answers",
        ),
        pytest.param(
            {"d/s.yaml": "Q: What is it?\nA: This\n"},
            """
            error[CG201]: `Q:` begins a question, and this is no card file yet
              --> decks/d/s.yaml:1:1
              1 | Q: What is it?
                | ^
              hint: Write `title: ...`, and the pairs as cards:
                cards:
                  - id: first
                    kind: basic
                    front: 'What is it?'
                    back: 'This'

            1 error
            """,
            id="a question and an answer",
        ),
        pytest.param(
            {"d/deck.yaml": "id: d\ntitle: Demo\nsections: [s.yaml]\n"},
            """
            error[CG205]: `sections`: `s.yaml` does not have the right form
              --> decks/d/deck.yaml:3:12
              3 | sections: [s.yaml]
                |            ^^^^^^
              hint: Leave off the suffix: write `s`.

            1 error
            """,
            id="a section with a suffix",
        ),
        pytest.param(
            {"sources.yaml": "references:\n  - id: x\n    title: T\n"},
            """
            error[CG202]: missing field `type` in source `x`
              --> decks/sources.yaml:2:5
              2 |   - id: x
                |     ^
              hint: Most sources are a `webpage`, a `book`, an `article-journal` or a `report`.

            1 error
            """,
            id="a source without a type",
        ),
        pytest.param(
            {"sources.yaml": "references:\n  - id: x\n    title: T\n    type: website\n"},
            """
            error[CG204]: `type`: `website` is none of the 45 that there are
              --> decks/sources.yaml:4:11
              4 |     type: website
                |           ^^^^^^^
              hint: Did you mean `webpage`?

            1 error
            """,
            id="an everyday word for a type",
        ),
        pytest.param(
            {"sources.yaml": "references:\n  - id: x\n    title: T\n    type: foo\n"},
            """
            error[CG204]: `type`: `foo` is none of the 45 that there are
              --> decks/sources.yaml:4:11
              4 |     type: foo
                |           ^^^
              hint: Most sources are a `webpage`, a `book`, an `article-journal` or a `report`.

            1 error
            """,
            id="a type that there is not",
        ),
        pytest.param(
            {"sources.yaml": "references:\n  - id: x\n    title: T\n    type: webpage\n    url: https://example.org\n"},
            """
            error[CG201]: unknown field `url` in source `x`
              --> decks/sources.yaml:5:5
              5 |     url: https://example.org
                |     ^^^
              hint: Cards cite a source by its id: write `example-org` here, and in sources.yaml under `references:`
                - id: example-org
                  type: webpage
                  title: ...
                  URL: https://example.org

            1 error
            """,
            id="an address in small letters",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "front: Q", "back: A", "source: https://www.example.org/a/b?c=1")},
            """
            error[CG205]: `source`: `https://www.example.org/a/b?c=1` does not have the right form
              --> decks/d/s.yaml:7:13
              7 |     source: https://www.example.org/a/b?c=1
                |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: Cards cite a source by its id: write `example-org` here, and in sources.yaml under `references:`
                - id: example-org
                  type: webpage
                  title: ...
                  URL: https://www.example.org/a/b?c=1

            1 error
            """,
            id="an address for a source",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "front: Q", "back: A", "url: https://www.example.org/a/b?c=1")},
            """
            error[CG201]: unknown field `url` in card `a` of kind basic
              --> decks/d/s.yaml:7:5
              7 |     url: https://www.example.org/a/b?c=1
                |     ^^^
              hint: Cards cite a source by its id: write `example-org` here, and in sources.yaml under `references:`
                - id: example-org
                  type: webpage
                  title: ...
                  URL: https://www.example.org/a/b?c=1

            1 error
            """,
            id="an address on a card",
        ),
        pytest.param(
            {"d/s.yaml": "title: T\ndefs: &x {kind: basic}\ncards:\n  - <<: *x\n    id: a\n    front: Q\n"},
            """
            error[CG201]: unknown field `defs`
              --> decks/d/s.yaml:2:1
              2 | defs: &x {kind: basic}
                | ^^^^
              hint: Did you mean `defaults`?

            error[CG201]: cardgen does not merge mappings by `<<`
              --> decks/d/s.yaml:4:5
              4 |   - <<: *x
                |     ^^
              hint: Write the fields out; what the cards of a file share stands once under `defaults:`.

            2 errors
            """,
            id="a merge key",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "front: Q", "back: !!str A")},
            """
            error[CG108]: a value carries the tag `!!str`
              --> decks/d/s.yaml:6:11
              6 |     back: !!str A
                |           ^^^^^
              hint: Delete it: every value is the text that stands there.

            1 error
            """,
            id="a tag",
        ),
        pytest.param(
            {"d/deck.yaml": 'id: d\ntitle: The "Demo"\nsections: [s]\n'},
            """
            error[CG205]: `title`: has `"`, which the name of a deck in Anki cannot have
              --> decks/d/deck.yaml:2:12
              2 | title: The "Demo"
                |            ^
              hint: Write “ and ”, or leave it out.

            1 error
            """,
            id="a title with a quote",
        ),
        pytest.param(
            {"d/deck.yaml": "id: d\ntitle: A:B\nsections: [s]\n"},
            """
            error[CG205]: `title`: has `:`, which the name of a deck in Anki cannot have
              --> decks/d/deck.yaml:2:9
              2 | title: A:B
                |         ^
              hint: Write `::` between levels.

            1 error
            """,
            id="a title with a colon",
        ),
        pytest.param(
            {"d/deck.yaml": 'id: d\ntitle: "A\\nB"\nsections: [s]\n'},
            r"""
            error[CG205]: `title`: has a line end, which the name of a deck in Anki cannot have
              --> decks/d/deck.yaml:2:10
              2 | title: "A\nB"
                |          ^
              hint: Write it in one line.

            1 error
            """,
            id="a title of two lines",
        ),
        pytest.param(
            {"d/s.yaml": "title: T::x\ncards:\n  - id: a\n    kind: basic\n    front: Q\n    back: A\n"},
            """
            error[CG205]: `title`: has `::`, which a section cannot have
              --> decks/d/s.yaml:1:9
              1 | title: T::x
                |         ^^
              hint: Leave it out.

            1 error
            """,
            id="levels in the title of a section",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "front: Q", "back: '![x](media\\heart.png)'")},
            r"""
            error[CG406]: `media\heart.png` has a backslash, and paths use `/`: write `media/heart.png`
              --> decks/d/s.yaml:6:11
              6 |     back: '![x](media\heart.png)'
                |           ^^^^^^^^^^^^^^^^^^^^^^^
              hint: Correct the path; it starts at the deck's folder.

            1 error
            """,
            id="a path with a backslash",
        ),
        pytest.param(
            {"d/s.yaml": "title: T\ncards:\n  - id: a\n    kind: basic\n    front: Q\nback: A\n"},
            """
            error[CG201]: `back` stands at the beginning of its line, and so outside of the card
              --> decks/d/s.yaml:6:1
              6 | back: A
                | ^^^^
              hint: Indent it by 4 spaces, as the other fields of the card.

            1 error
            """,
            id="a field not indented",
        ),
        pytest.param(
            {"d/s.yaml": "title: T\ncards:\n- id: a\nkind: basic\nfront: Q\nback: A\n"},
            """
            error[CG201]: `kind` stands at the beginning of its line, and so outside of the card
              --> decks/d/s.yaml:4:1
              4 | kind: basic
                | ^^^^
              hint: Indent it by 2 spaces, as the other fields of the card.

            1 error
            """,
            id="fields not indented",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "front: >-", "  Q", "  back: A")},
            """
            error[CG202]: `back` is indented by 6 spaces, and so a part of the text above
              --> decks/d/s.yaml:7:7
              7 |       back: A
                |       ^^^^
              hint: Indent it by 4 spaces, as the other fields of the card.

            1 error
            """,
            id="a field in the text above",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "front: Q", "back: A", "id: b", "kind: basic", "front: Q", "back: A")},
            """
            error[CG107]: `id` appears twice, first on line 3
              --> decks/d/s.yaml:7:5
              7 |     id: b
                |     ^^
              hint: If a new entry begins here, write `- id`.

            1 error
            """,
            id="two cards in one",
        ),
        pytest.param(
            {"d/s.yaml": card("statistic", "question: Q", "value: 1", "compare: {A: 1, B: 2, A: 3}")},
            """
            error[CG107]: `A` appears twice, first on line 7
              --> decks/d/s.yaml:7:27
              7 |     compare: {A: 1, B: 2, A: 3}
                |                           ^
              hint: Delete or rename one of them.

            1 error
            """,
            id="a label twice",
        ),
        pytest.param(
            {"d/s.yaml": card("basic", "front: Q", "back: *" + "x" * 70)},
            """
            error[CG106]: `*xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` names nothing that came before
              --> decks/d/s.yaml:6:11
              6 |     back: *xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
                |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: A text that begins with `*` must stand in quotes.

            1 error
            """,
            id="a long alias",
        ),
        pytest.param(
            {"d/deck.yaml": "id: d\ntitle: Demo\nsections: [" + "x" * 70 + "]\n", "d/s.yaml": None},
            """
            error[CG304]: no file xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx….yaml in decks/d
              --> decks/d/deck.yaml:3:12
              3 | sections: [xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]
                |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: Correct the name, or add the file.

            1 error
            """,
            id="a long name of a section",
        ),
    ],
)
def test_a_finding_shows_what_was_meant(
    files: dict[str, str | None], shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    there = {"d/deck.yaml": DECK, "d/s.yaml": CARDS} | files
    root = written(Path("decks"), {name: text for name, text in there.items() if text is not None})
    assert as_text(load_decks(root).diagnostics) == cleandoc(shown)
