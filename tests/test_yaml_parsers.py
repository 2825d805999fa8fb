"""Both of PyYAML's parsers tell the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from yaml_texts import TREES, Group, Written, needs_c, told

from cardgen.read.python_parser import PythonParser
from cardgen.read.yaml_events import c_parser


@needs_c
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: [Why us?, b?c, d]\n", id="question marks in a flow list"),
        pytest.param("{a:}\n", id="a colon at the end of a flow mapping"),
        pytest.param("[a:, b]\n", id="a colon at the end of a flow entry"),
        pytest.param("a: |# b\n  c\n", id="a comment right after a block's mark"),
        pytest.param("{a: , b: }\n", id="nothing in a flow mapping"),
        pytest.param("-\n[", id="a list not closed below a dash"),
        pytest.param('a: "\\-"\n', id="an unknown escape"),
        pytest.param('a: "\\x1"\n', id="an escape cut short"),
        pytest.param('a: "\\U00110000"\n', id="an escape beyond Unicode"),
        pytest.param('a: "\\ud800"\n', id="an escape of half a character"),
        pytest.param(f"{'k' * 1100}: b\n", id="a very long key"),
        pytest.param("a: >20 mmHg\n", id="a text that looks like a block's mark"),
        pytest.param("a: {{c1::b}}\n", id="a gap without quotes"),
        pytest.param("a: *\n", id="a star"),
        pytest.param("a: &\n", id="an ampersand"),
        pytest.param("a: !<x\n", id="a tag not closed"),
        pytest.param("%YAML 3.0\n---\na: b\n", id="a YAML version to come"),
        pytest.param("%X y\n---\na: b\n", id="an unknown directive"),
        pytest.param("\ta: b\n", id="a tab"),
        pytest.param("a\n...\nb\n", id="text after the end"),
        pytest.param(": a\n", id="a value without a key"),
    ],
)
def test_both_parsers_tell_the_same(text: str) -> None:
    assert told(text, PythonParser) == told(text, c_parser())


# Where libyaml and PyYAML's own scanner are known to part; each of these has a case above.
PARTINGS = re.compile(r":[,?{}\[\]]|:\s*(#.*\s*)*[,}\]]|[|>][-+0-9]*#|[!?\\]|^%", re.MULTILINE)

EDITS = st.lists(
    st.tuples(
        st.integers(0, 200),
        st.integers(0, 4),
        st.one_of(
            st.text("ab01 \n:-[]{},#&*|>'\"@`é😀~.<=/+\r", max_size=4), st.sampled_from(["\n---\n", "&a ", "*a"])
        ),
    ),
    max_size=4,
)


@needs_c
@given(tree=TREES, edits=EDITS)
def test_both_parsers_tell_the_same_of_a_text_with_slips(tree: Group, edits: list[tuple[int, int, str]]) -> None:
    written = Written()
    written.write(tree)
    text = written.text
    for place, cut, put in edits:
        position = place % (len(text) + 1)
        text = text[:position] + put + text[position + cut :]
    assume(not PARTINGS.search(text))
    assert told(text, PythonParser) == told(text, c_parser())
