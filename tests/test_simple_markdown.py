"""Texts of the commonest forms are read without the parser, and as it reads them."""

from __future__ import annotations

import sys
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardgen.richtext import RichText, parse
from cardgen.richtext.simple import simple_blocks

MODULE = sys.modules["cardgen.richtext.parse"]

TEXTS = [
    "one\n\ntwo\nthree\\\nfour", "**bold**, *slanted* and (**x:**)", "- a\n- b\n  - c\n    1. d\n- e", "3. a\n4. b",
    "H~2~O and 10^9^", "a_b < c & d | e", "\\*a\\* and 1\\. b\\\n\\- c", "![](media/a.png) and ![w](media/b.mp3)",
    "~5 mg", "++under++ and ==two words==", "{{c1::a **b**}} c {{c2::d::e}}", "**a {{c1::b}}** c",
]  # fmt: skip
PIECES = [
    *"aé漢1.-–!?[]#%=+'\"{}|~^*_\\<&$`:;/()\xa0", "word", "a_b", "**bold**", "*it.*", "**x:**", "(*y*)", "***",
    "**a {{c1::b}} c**", "H~2~O", "x^2^", "Kg^-1^", "~5", "90~139/60~89", "| a | b |", "| --- | --- |", "---",
    "< 5", "<b>", "C++", "&amp;", "\\*", "\\_", "1\\.", "\\{", "\\:", "![](media/a.png)", "![w](media/b-c.mp3)",
    "{width=50%}", "[x](y)", "{a|b}", "{{c1::gap}}", "{{c2::b c::hint}}", "{{c3::a:b}}", "{{c1::H~2~O}}", "}}",
    "{{c2::**b**::*h*}}", "{{c1::", "::", "~2~", "++VERB + U++", "==hi there==", "++i++", "a==b", "**++u v++**",
    "- ", "  - ", "    - ", "1. ", "2) ", "* ", "+ ", ": ", "> ", "   1. ",
]  # fmt: skip
ENDS = st.sampled_from(["\n", "\n", "\n\n", "\\\n", "  \n", "\n\n\n"])


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Return lines of few kinds of pieces: of many, nearly every text would be left to the parser."""
    some = st.sampled_from([*draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)), "a", "word", " "])
    line = st.lists(some, min_size=1, max_size=6).map("".join)
    return draw(line) + "".join(draw(ENDS) + draw(line) for _ in range(draw(st.integers(0, 4))))


@pytest.mark.parametrize("text", TEXTS)
def test_the_commonest_texts_do_not_need_the_parser(text: str) -> None:
    assert simple_blocks(text, gaps="{{" in text) == by_the_parser(text, gaps="{{" in text)


@given(text=lines(), gaps=st.booleans())
@settings(max_examples=1500)
def test_what_is_read_without_the_parser_is_what_it_reads(text: str, gaps: bool) -> None:
    simple = simple_blocks(text, gaps=gaps)
    assert simple is None or simple == by_the_parser(text, gaps=gaps)


def by_the_parser(text: str, *, gaps: bool) -> RichText:
    """Return what a text is read as if nothing is read without the parser."""
    with patch.object(MODULE, "simple_blocks", lambda *_, **__: None):
        return parse(text, gaps=gaps)
