"""What authors did where a file is no YAML: one finding, where it happened, in words that say how to fix it."""

from __future__ import annotations

from typing import Any

import pytest

from cardgen.read.flaws import Lines
from cardgen.read.python_parser import PythonParser
from cardgen.read.strict_yaml import parse
from cardgen.read.yaml_events import c_parser

needs_c = pytest.mark.skipif(c_parser() is None, reason="PyYAML was built without libyaml")
PARSERS = [pytest.param(c_parser(), id="c", marks=needs_c), pytest.param(PythonParser, id="python")]

CARD = "title: T\ncards:\n  - id: a\n    kind: basic\n"
"""The beginning of a file; line 5 comes next."""

Told = tuple[str, str, int, int, str, str]
"""Code, message, line, column, the text that the finding covers, hint."""


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            CARD + "    front: Q\n      back: A\n",
            (
                "CG106",
                "`back` is indented by 6 spaces, `front` before it by 4",
                6,
                7,
                "back",
                "Begin both in the same column. If `back:` is a part of the text above, put that text in quotes.",
            ),
            id="a field too deep",
        ),
        pytest.param(
            CARD + "    front: 'Q'\n      back: A\n",
            (
                "CG106",
                "`back` is indented by 6 spaces, `front` before it by 4",
                6,
                7,
                "back",
                "Begin both in the same column. If `back:` is a part of the text above, put that text in quotes.",
            ),
            id="a field too deep after a quoted text",
        ),
        pytest.param(
            "title: T\ncards:\n  - id: a\n      kind: basic\n      front: Q\n",
            (
                "CG106",
                "`kind` is indented by 6 spaces, `id` before it by 4",
                4,
                7,
                "kind",
                "Begin both in the same column. If `kind:` is a part of the text above, put that text in quotes.",
            ),
            id="fields deeper than the dash wants them",
        ),
        pytest.param(
            CARD + "    front: Q\n   back: A\n",
            (
                "CG106",
                "`back` is indented by 3 spaces, `id` in line 3 by 4",
                6,
                4,
                "back",
                "Begin all fields of an entry in the same column.",
            ),
            id="a field not deep enough",
        ),
        pytest.param(
            CARD + "    front: Q\n  back: A\n",
            (
                "CG106",
                "`back` is indented by 2 spaces, `id` in line 3 by 4",
                6,
                3,
                "back",
                "Begin all fields of an entry in the same column.",
            ),
            id="a field under the dash",
        ),
        pytest.param(
            CARD + "    front: Q\n    back: A\n  id: b\n    kind: basic\n",
            ("CG106", "a `- ` is missing before `id`", 7, 3, "id", "Each entry of a list begins with a dash."),
            id="no dash before the first field of an entry",
        ),
        pytest.param(
            CARD + "    front: Q\n    back: A\n   - id: b\n     kind: basic\n",
            (
                "CG106",
                "the `-` is indented by 3 spaces, the one in line 3 by 2",
                7,
                4,
                "-",
                "Put the dashes of a list under each other.",
            ),
            id="a dash too deep",
        ),
        pytest.param(
            CARD + "    front: Q\n    back: A\n    - id: b\n      kind: basic\n",
            (
                "CG106",
                "the `-` is indented by 4 spaces, the one in line 3 by 2",
                7,
                5,
                "-",
                "Put the dashes of a list under each other.",
            ),
            id="a dash under the fields",
        ),
        pytest.param(
            CARD + "    front: Q\n    back: A\n - id: b\n   kind: basic\n",
            (
                "CG106",
                "the `-` is indented by 1 space, the one in line 3 by 2",
                7,
                2,
                "-",
                "Put the dashes of a list under each other.",
            ),
            id="a dash not deep enough",
        ),
        pytest.param(
            CARD + "    front: Q\n    back: A\n- id: b\n  kind: basic\n",
            (
                "CG106",
                "the `-` is indented by 0 spaces, the one in line 3 by 2",
                7,
                1,
                "-",
                "Put the dashes of a list under each other.",
            ),
            id="a dash at the beginning of the line",
        ),
        pytest.param(
            CARD + "    front: Q\n    back: A\n  -id: b\n    kind: basic\n",
            ("CG106", "a space is missing after `-`", 7, 3, "-", "Write `- `, and then the field."),
            id="no space after a dash",
        ),
        pytest.param(
            CARD + "    front:Q\n    back: A\n",
            ("CG106", "a space is missing after `front:`", 5, 5, "front:", "Write `front: `, and then the value."),
            id="no space after a colon",
        ),
        pytest.param(
            CARD + "    front Q\n    back: A\n",
            (
                "CG106",
                "`front Q` is no field: it has no colon",
                5,
                5,
                "front Q",
                "Write `name: value`, or indent the line deeper than the field whose text it continues.",
            ),
            id="no colon",
        ),
        pytest.param(
            CARD + "    front: **50S** subunit\n    back: A\n",
            (
                "CG106",
                "the text begins with `*`, which YAML reads as an alias",
                5,
                12,
                "**50S** subunit",
                "Quote all of it: '**50S** subunit'",
            ),
            id="two stars",
        ),
        pytest.param(
            CARD + "    front: *a* subunit\n    back: A\n",
            (
                "CG106",
                "the text begins with `*`, which YAML reads as an alias",
                5,
                12,
                "*a* subunit",
                "Quote all of it: '*a* subunit'",
            ),
            id="a star",
        ),
        pytest.param(
            CARD + "    front: * subunit\n    back: A\n",
            (
                "CG106",
                "the text begins with `*`, which YAML reads as an alias",
                5,
                12,
                "* subunit",
                "Quote all of it: '* subunit'",
            ),
            id="a star and a space",
        ),
        pytest.param(
            CARD + "    front: &a subunit\n    back: A\n",
            (
                "CG121",
                "`&a` is an anchor to YAML, not a part of the text, and no alias names it",
                5,
                12,
                "&a",
                "Quote all of it: '&a subunit'",
            ),
            id="an ampersand",
        ),
        pytest.param(
            CARD + "    front: & subunit\n    back: A\n",
            (
                "CG106",
                "the text begins with `&`, which YAML reads as an anchor",
                5,
                12,
                "& subunit",
                "Quote all of it: '& subunit'",
            ),
            id="an ampersand and a space",
        ),
        pytest.param(
            CARD + '    front: "50S" subunit\n    back: A\n',
            (
                "CG106",
                'the text begins with `"`, and continues after the `"` that closes it',
                5,
                12,
                '"50S" subunit',
                "Quote all of it: '\"50S\" subunit'",
            ),
            id="double quotes around a word",
        ),
        pytest.param(
            CARD + "    front: 'It's 50S'\n    back: A\n",
            (
                "CG106",
                "the single quotes end before `s 50S'`",
                5,
                16,
                "s 50S'",
                "Inside them an apostrophe is written twice: 'It''s 50S'",
            ),
            id="an apostrophe in single quotes",
        ),
        pytest.param(
            CARD + "    front: [50S] subunit\n    back: A\n",
            (
                "CG106",
                "the text begins with `[`, and continues after the `]` that closes it",
                5,
                12,
                "[50S] subunit",
                "Quote all of it: '[50S] subunit'",
            ),
            id="brackets around a word",
        ),
        pytest.param(
            CARD + "    front: {50S} subunit\n    back: A\n",
            (
                "CG106",
                "the text begins with `{`, and continues after the `}` that closes it",
                5,
                12,
                "{50S} subunit",
                "Quote all of it: '{50S} subunit'",
            ),
            id="braces around a word",
        ),
        pytest.param(
            CARD + "    front: > 50\n    back: A\n",
            (
                "CG106",
                "the text begins with `>`, which YAML reads as the beginning of a text over several lines",
                5,
                12,
                "> 50",
                "Quote all of it: '> 50'",
            ),
            id="a sign of comparison",
        ),
        pytest.param(
            CARD + "    front: >50\n    back: A\n",
            (
                "CG106",
                "the text begins with `>`, which YAML reads as the beginning of a text over several lines",
                5,
                12,
                ">50",
                "Quote all of it: '>50'",
            ),
            id="a sign of comparison and a number",
        ),
        pytest.param(
            CARD + "    front: %x y\n    back: A\n",
            (
                "CG106",
                "the text begins with `%`, which YAML keeps for itself",
                5,
                12,
                "%x y",
                "Quote all of it: '%x y'",
            ),
            id="a percent sign",
        ),
        pytest.param(
            CARD + "    front: @x y\n    back: A\n",
            (
                "CG106",
                "the text begins with `@`, which YAML keeps for itself",
                5,
                12,
                "@x y",
                "Quote all of it: '@x y'",
            ),
            id="an at sign",
        ),
        pytest.param(
            CARD + "    front: `x` y\n    back: A\n",
            (
                "CG106",
                "the text begins with a back quote, which YAML keeps for itself",
                5,
                12,
                "`x` y",
                "Quote all of it: '`x` y'",
            ),
            id="code",
        ),
        pytest.param(
            CARD + "    front: - x y\n    back: A\n",
            (
                "CG106",
                "the text begins with `-`, which YAML reads as an entry of a list",
                5,
                12,
                "- x y",
                "Quote all of it: '- x y'",
            ),
            id="a dash",
        ),
        pytest.param(
            CARD + "    front: ? x y\n    back: A\n",
            (
                "CG106",
                "the text begins with `?`, which YAML reads as the name of a field",
                5,
                12,
                "? x y",
                "Quote all of it: '? x y'",
            ),
            id="a question mark",
        ),
        pytest.param(
            CARD + "    front: What is #1\n      cause of X\n    back: A\n",
            (
                "CG116",
                "`#1` is a comment to YAML, not a part of the text",
                5,
                20,
                "#1",
                "Put the whole text in quotes. Before a comment write two spaces, and one after `#`.",
            ),
            id="a comment in a text of two lines",
        ),
        pytest.param(
            CARD + '    front: "What\n    back: A\n  - id: b\n    kind: basic\n    front: "x"\n    back: y\n',
            (
                "CG106",
                'the quote `"` that opens on line 5, column 12, is not closed',
                5,
                12,
                '"',
                'Write `"` where it ends.',
            ),
            id="a double quote that a later text closes",
        ),
        pytest.param(
            CARD + '    front: "What\n    back: A\n',
            (
                "CG106",
                'the quote `"` that opens on line 5, column 12, is not closed',
                5,
                12,
                '"',
                'Write `"` where it ends.',
            ),
            id="a double quote that nothing closes",
        ),
        pytest.param(
            CARD + "    front: 'What\n    back: It's A\n",
            (
                "CG106",
                "the quote `'` that opens on line 5, column 12, is not closed",
                5,
                12,
                "'",
                "Write `'` where it ends.",
            ),
            id="a single quote that an apostrophe closes",
        ),
        pytest.param(
            CARD + "    tags: [a, b\n    back: A\n",
            (
                "CG106",
                "the bracket `[` that opens on line 5, column 11, is not closed",
                5,
                11,
                "[",
                "Write `]` where it ends.",
            ),
            id="a bracket not closed",
        ),
        pytest.param(
            CARD + "    options:\n      - {text: a, right: true\n      - {text: b}\n",
            (
                "CG106",
                "the bracket `{` that opens on line 6, column 9, is not closed",
                6,
                9,
                "{",
                "Write `}` where it ends.",
            ),
            id="a brace not closed before the next entry",
        ),
        pytest.param(
            CARD + "    options:\n      - {text: a\n",
            (
                "CG106",
                "the bracket `{` that opens on line 6, column 9, is not closed",
                6,
                9,
                "{",
                "Write `}` where it ends.",
            ),
            id="a brace not closed at the end",
        ),
        pytest.param(
            CARD + "    options:\n      - {text: a: b, right: true}\n      - {text: b}\n",
            (
                "CG106",
                "unexpected `:` while parsing a flow mapping",
                6,
                17,
                ":",
                "A text that contains a colon and a space must stand in quotes.",
            ),
            id="a colon in braces",
        ),
        pytest.param(
            CARD + "<<<<<<< HEAD\n    front: Q\n=======\n    front: R\n>>>>>>> x\n    back: A\n",
            ("CG119", "a merge was not finished here", 5, 1, "<<<<<<< HEAD", ""),
            id="conflict marks",
        ),
        pytest.param(
            CARD + "    front: |\n      x\n<<<<<<< HEAD\n      Q\n=======\n      R\n>>>>>>> x\n    back: A\n",
            ("CG119", "a merge was not finished here", 7, 1, "<<<<<<< HEAD", ""),
            id="conflict marks after a block of text",
        ),
        pytest.param(
            CARD + "\xa0\xa0\xa0\xa0front: Q\n    back: A\n",
            ("CG120", "the line begins with no-break spaces", 5, 1, "\xa0\xa0\xa0\xa0", ""),
            id="no-break spaces",
        ),
        pytest.param(
            CARD + "    front: >-\n      aaa\n    bbb\n    back: A\n",
            (
                "CG106",
                "the line is indented by 4 spaces, the text that it continues by 6",
                7,
                5,
                "bbb",
                "Indent all lines of a text alike.",
            ),
            id="a line of text under its field",
        ),
        pytest.param(
            CARD + "    front: >-\n      aaa\n     bbb\n    back: A\n",
            (
                "CG106",
                "the line is indented by 5 spaces, the text that it continues by 6",
                7,
                6,
                "bbb",
                "Indent all lines of a text alike.",
            ),
            id="a line of text not deep enough",
        ),
        pytest.param(
            CARD + '    front: "$\\sigma$ x"\n    back: A\n',
            (
                "CG117",
                "double quotes read `\\s` of `\\sigma` as an escape, and YAML knows no such escape",
                5,
                14,
                "\\sigma",
                "Write it in single quotes, which keep backslashes: '$\\sigma$ x'",
            ),
            id="an unknown escape",
        ),
        pytest.param(
            CARD + '    front: "$\\xi$ x"\n    back: A\n',
            (
                "CG117",
                "double quotes read `\\x` of `\\xi` as the number of a character, and there is none",
                5,
                14,
                "\\xi",
                "Write it in single quotes, which keep backslashes: '$\\xi$ x'",
            ),
            id="an escape of no character",
        ),
        pytest.param(
            "title: T\n<<<<<<< HEAD\ncards:\n=======\ncards: []\n>>>>>>> x\n",
            ("CG119", "a merge was not finished here", 2, 1, "<<<<<<< HEAD", ""),
            id="conflict marks at the top",
        ),
        pytest.param(
            CARD + "    front: >-\n          aaa\n      bbb\n    back: A\n",
            (
                "CG106",
                "the line is indented by 6 spaces, the text that it continues by 10",
                7,
                7,
                "bbb",
                "Indent all lines of a text alike.",
            ),
            id="a first line of text too deep",
        ),
    ],
)
def test_a_slip_is_told_once_where_it_happened(text: str, told: Told, parser: Any) -> None:
    found = [
        (flaw.code, flaw.message, *Lines(text).locate(flaw.span[0])[:2], text[slice(*flaw.span)], flaw.hint)
        for flaw in parse(text, parser).flaws
    ]
    assert found == [told]
