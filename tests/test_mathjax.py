r"""Formulas in a card's HTML as MathML, where Anki's MathJax would find them, and nothing else touched."""

from __future__ import annotations

import pytest
from formulas import FORMULAS
from hypothesis import given
from hypothesis import strategies as st
from test_mathml import Harmless, outcome

from cardgen.anki.cloze import filled
from cardgen.anki.html import to_html as field_of
from cardgen.anki.mathjax import typeset
from cardgen.formulas import NotSetError, mathml, to_html
from cardgen.richtext import Math, Paragraph, parse

X = to_html(mathml("x"))


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        pytest.param(r"a \(x\) b", f"a {X} b", id="in a line"),
        pytest.param(r"<p>\[x\]</p>", f"<p>{to_html(mathml('x', display=True))}</p>", id="on a line of its own"),
        pytest.param(r"\(x &lt; y\)", to_html(mathml("x < y")), id="entities"),
        pytest.param(r"\(x\)\(x\)", X + X, id="two"),
        pytest.param(r"\(\bbox[red]{a&lt;b}\)", r"<code>\bbox[red]{a&lt;b}</code>", id="what cannot be set"),
        pytest.param(r"\(a", r"\(a", id="not closed"),
    ],
)
def test_a_formula_is_set_where_mathjax_would_find_it(html: str, shown: str) -> None:
    assert typeset(html) == shown


@pytest.mark.parametrize(
    "html",
    [
        r'<img alt="\(x\)">',
        r"<code>\(x\)</code>",
        r"<pre><code>\[x\]</code></pre>",
        r"<script>var a = /\(x\)/;</script>",
        r"<style>a::before { content: '\(x\)' }</style>",
        r"<!-- \(x\) -->",
        r"\<span></span>(x\<span></span>)",
    ],
)
def test_what_is_no_text_of_the_page_is_left_alone(html: str) -> None:
    assert typeset(html) == html


def test_a_gap_is_open_on_the_front_and_filled_on_the_back() -> None:
    field = field_of(parse(r"$x^{{c1::2}} + {{c2::y}}$", gaps=True))
    assert typeset(filled(field, 1, asked=True)) == to_html(mathml("x^[...] + y"))
    assert typeset(filled(field, 1, asked=False)) == to_html(mathml("x^2 + y"))


@pytest.mark.parametrize("tex", FORMULAS.values(), ids=FORMULAS)
def test_forty_formulas_come_through_a_field(tex: str) -> None:
    assert typeset(field_of((Paragraph((Math((tex,), display=True),)),))) == to_html(mathml(tex, display=True))


TEX = st.text(st.sampled_from("ab<>&\"'{}^_ \\$#%\N{ARABIC LETTER AIN}\u2028"), min_size=1, max_size=20)


@given(TEX, st.booleans())
def test_no_formula_of_a_card_becomes_anything_but_mathematics_or_code(tex: str, display: bool) -> None:
    html = typeset(field_of((Paragraph((Math((tex,), display),)),)))
    if isinstance(outcome(tex), NotSetError):
        assert "<math" not in html
    Harmless(convert_charrefs=True).feed(html)
