"""Markdown that is written is read as what was written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardgen.richtext import parse
from cardgen.richtext.write import NotWritableError, to_markdown

PLAIN = [
    "Plain words.", "**bold** and *slanted*", "H~2~O and 10^9^/L", "a\n\nb", "- a\n- b", "1. a\n2. b", "3. a\n4. b",
    "- a\n\n  b\n- c", "- a\n  - b", "| a | b |\n| --- | ---: |\n| c | d\\|e |", "```\ncode *x*\n```", "`code`",
    "$x^2$", "$$\\frac{a}{b}$$", "[words](https://example.org)", "![a map](media/map.png)",
    "![said](<media/a b.mp3>)",
    "a\\\nb", ">20 mmHg", "# 1", "HLA-B*57:01 and HLA-B*58:01", "~5-~10 mg", "==x== and ++y++", "a == b", "C++",
    "\\- no list", "1\\. no list", "\\*no\\*", "{{c1::a}} {{c2::b::c}}", "- a\n\n* b", "$ 5 and $ 6", "a_b_c", "<b>",
    "& &amp;",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_what_a_person_would_type_is_written_as_it_was(text: str) -> None:
    assert to_markdown(parse(text)) == text


MARKED = st.text(st.sampled_from("ab1 .\n\n-*_~^$`[]()!<>|\\=+&{}:#"), max_size=40)
WORDS = st.lists(
    st.sampled_from([
        "a", "b1", " ", "\n", "\n\n", "- ", "1. ", "*", "**", "~", "^", "`", "$", "==", "++", "|", "\\", "[x](https://e.org)",
        "![p](media/p.png)", "{{c1::", "::", "}}", "| a | b |\n| --- | --- |\n| c | d |", "  ",
    ])
).map("".join)  # fmt: skip


@given(text=MARKED | WORDS | st.text(max_size=30))
@settings(max_examples=600)
def test_any_text_is_read_and_written_and_read_again_as_the_same(text: str) -> None:
    tree = parse(text)
    try:
        written = to_markdown(tree)
    except NotWritableError:
        return
    assert parse(written) == tree
