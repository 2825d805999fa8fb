"""TeX as MathML: what is set and what is not, and that no formula becomes anything but elements that are known."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from formulas import FORMULAS
from hypothesis import example, given
from hypothesis import strategies as st

from cardgen.formulas import NotSetError, mathml, to_html, to_text, with_holes
from cardgen.formulas.element import MOST_DEPTH, STYLES, ForeignElementError, read
from cardgen.richtext import Gap
from cardgen.richtext.tex import tex_problem

if TYPE_CHECKING:
    from cardgen.formulas import Element


def inside(tex: str, *, display: bool = False) -> str:
    """Return what stands in the ``math`` of a formula."""
    return "".join(to_html(child) for child in mathml(tex, display=display).children)


def outcome(tex: str) -> Element | NotSetError:
    """Return a formula, or why it cannot be set."""
    try:
        return mathml(tex)
    except NotSetError as failure:
        return failure


@pytest.mark.parametrize("tex", FORMULAS.values(), ids=FORMULAS)
def test_forty_formulas_are_set(tex: str) -> None:
    assert tex_problem(tex) is None
    assert mathml(tex, display=True).attributes == (("display", "block"),)


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        (r"\frac{a}{2}", "<mfrac><mi>a</mi><mn>2</mn></mfrac>"),
        (r"x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        ("x < y", "<mi>x</mi><mo>&lt;</mo><mi>y</mi>"),
    ],
)
def test_tex_is_written_as_mathml(tex: str, written: str) -> None:
    assert inside(tex) == written


@pytest.mark.parametrize(
    ("tex", "same"),
    [
        pytest.param(
            r"\upalpha \Updelta \symbf{x} \pmb{y}", r"\mathrm\alpha\mathrm\Delta\mathbf{x}\boldsymbol{y}", id="fonts"
        ),
        pytest.param(r"\sum_{\substack{i<n \\ j}}", r"\sum_{\begin{subarray}{c}i<n \\ j\end{subarray}}", id="substack"),
        pytest.param(
            r"\begin{align} a &= b \\[3pt] c &= d \end{align}",
            r"\begin{align*} a &= b \\ c &= d \end{align*}",
            id="no numbers, no lengths",
        ),
        pytest.param(r"\begin{split}[t] a &= b \end{split}", r"\begin{aligned} a &= b \end{aligned}", id="split"),
        pytest.param(
            r"\begin{alignedat}{2} a &= b \end{alignedat}",
            r"\begin{aligned} a &= b \end{aligned}",
            id="a count of columns",
        ),
        pytest.param(
            r"\begin{eqnarray} a &=& b \end{eqnarray}", r"\begin{array}{rcl} a &=& b \end{array}", id="eqnarray"
        ),
        pytest.param(r"\mbox{a} \hbox{b}", r"\text{a}\text{b}", id="boxes"),
        pytest.param("a % b\n + c", "a + c", id="a comment"),
        pytest.param(r"5\,\texteuro", r"5\,\text{€}", id="a sign"),
    ],
)
def test_what_mathjax_takes_otherwise_is_translated(tex: str, same: str) -> None:
    assert inside(tex) == inside(same)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("95% CI", "95%\xa0CI"),
        ("a_b^c & #1 ~ x", "a_b^c\xa0&\xa0#1\xa0~\xa0x"),
        (r"5\% \$ \alpha", r"5\%" + "\xa0$\xa0\\alpha"),
        ("{x}", "{x}"),
        ("ما 中文 é", "ما\xa0中文\xa0é"),
        ('"#panic()" //c', '"#panic()"\xa0//c'),
    ],
)
def test_a_text_is_shown_as_mathjax_shows_it(text: str, shown: str) -> None:
    (element,) = mathml(rf"\text{{{text}}}").children
    assert (element.tag, element.text) == ("mtext", shown)


def test_mathematics_in_a_text_is_set() -> None:
    assert inside(r"x_\text{if $y>0$ only}") == inside(r"x_{\text{if }{y>0}\text{ only}}")


@pytest.mark.parametrize(
    ("tex", "what"),
    [
        (r"a + ⟦\bbox⟧[red]{x}", r"\bbox"),
        (r"⟦\href⟧{javascript:alert(1)}{x}", r"\href"),
        (r"x ⟦\unicode⟧{x3c}", r"\unicode"),
        (r"é \begin{⟦matrix*⟧}[r] 1 \end{matrix*}", r"\begin{matrix*}"),
        (r"\text{a} + ⟦\style⟧{color:red}{x}", r"\style"),
        (r"⟦\newcommand⟧{\a}{b} \a", r"\newcommand"),
        (r"⟦\def⟧\a{\a\a}\a", r"\def"),
        (r"\ce{A ⟦\bond⟧{~} B}", r"\bond"),
        (r"\ce{A ⟦<=>>⟧ B}", "<=>>"),
        ("⟦x⟧\\text{\U000f0000}", "x"),
    ],
)
def test_what_only_mathjax_can_set_is_named_at_its_place(tex: str, what: str) -> None:
    start = tex.index("⟦")
    with pytest.raises(NotSetError) as failure:
        mathml(tex.replace("⟦", "").replace("⟧", ""))
    assert (failure.value.what, failure.value.start, failure.value.end) == (what, start, tex.index("⟧") - 1)


@pytest.mark.parametrize(
    "tex",
    [
        pytest.param("{" * 5000 + "x" + "}" * 5000, id="braces"),
        pytest.param(r"\sqrt " * 5000 + "x", id="commands"),
        pytest.param(r"\frac1" * 5000 + "x", id="second arguments"),
        pytest.param(r"\left(" * 5000 + "x" + r"\right)" * 5000, id="pairs"),
        pytest.param(r"\sqrt{" * MOST_DEPTH + "x" + "}" * MOST_DEPTH, id="a little too deep"),
    ],
)
def test_a_formula_that_is_nested_too_deeply_is_not_set(tex: str) -> None:
    with pytest.raises(NotSetError):
        mathml(tex)


class Harmless(HTMLParser):
    """Fails at whatever could do more than show mathematics."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element and its attributes."""
        assert tag in STYLES or (tag[0] == "m" and tag.isalpha())
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in ("href", "src", "xlink:href")
            assert value is not None
            assert not {"(", "/", "\\"}.intersection(value)

    def handle_comment(self, data: str) -> None:
        """Refuse comments."""
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        """Refuse declarations."""
        raise AssertionError(decl)


PIECES = st.sampled_from([
    "<script>alert(1)</script>", "<!--", "]]>", "&lt;", "&", "\"'", r"\href{javascript:a}{x}", r"\text{", "$", "}", "{",
    r"\begin{align}", r"\end{align}", r"\\", "&", r"\color{red}", r"\color{url(x)}", r"\ce{", r"\frac", "^", "_", "'",
    r"\left(", r"\right)", r"\unicode{60}", r"\style{x}{", r"\class{x}{", "%", "#", "~", "\x01",
    r"\sqrt[3]", "->", "<=>", "x", "1.5", r"\hspace{1em}", r"\tag{1}", r"\label{a}", r"\require{b}", r"\def", " ",
])  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
@example(r'\text{<img src=x onerror="a">}')
@example(r"\begin{array}{|c|} \hline \text{<b>} \end{array}")
@example(r"\textcolor{#ff0000}{</math><script>}")
def test_no_formula_becomes_anything_but_mathematics(tex: str) -> None:
    found = outcome(tex)
    if isinstance(found, NotSetError):
        assert 0 <= found.start <= found.end <= max(len(tex), 1)
    else:
        Harmless(convert_charrefs=True).feed(to_html(found))


@given(st.lists(PIECES, max_size=8).map("".join))
def test_the_same_formula_is_set_the_same(tex: str) -> None:
    assert str(outcome(tex)) == str(outcome(tex))


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        (r"\frac{a+b}{2} = \sqrt{x^2 - y_1}", "(a+b)/2 = √(x² − y₁)"),
        (r"\sqrt[3]{x} + \sqrt[n]{y}", "∛x + n√y"),
        (r"\sum_{i=1}^{n} x_{ij}^{a+b}", "∑_(i=1)^n x_ij^(a+b)"),
        (r"\log_{10} x, \sin 2y", "log₁₀ x, sin 2y"),
        (r"\hat{x}, \bar{y}, \vec{v}, \widehat{ABC}, f'", "x\u0302, y\u0304, v\u20d7, ABC, f′"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a, b; c, d)"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b; = c"),
        (r"37\,^\circ\mathrm{C}, \mathbb{R}, \underline{z}, \phantom{w}", "37 °C, R, z,"),
        (r"\ce{HCO3- + H+ <=> H2CO3}", "HCO₃⁻ + H⁺ ⇌ H₂CO₃"),
    ],
)
def test_a_formula_can_be_read_in_a_line(tex: str, line: str) -> None:
    assert to_text(mathml(tex)) == line


def test_gaps_are_holes() -> None:
    parts = ("x^", Gap(1, ("2",)), r"\text{ and ", Gap(2, ("b",)), " so}")
    tex = with_holes(parts)
    power, *texts = mathml(tex, holes=2).children
    assert [child.text for child in power.children] == ["x", "\U000f0000"]
    assert "".join(element.text for element in texts) == "\xa0and\xa0\U000f0001\xa0so"


@pytest.mark.parametrize(
    "written",
    [
        "<math>",
        "<math><script>a</script></math>",
        '<math><mi onclick="a">x</mi></math>',
        '<math style="background:url(x)"/>',
        "<math><mi>x</mi>y</math>",
    ],
)
def test_mathml_that_is_not_known_is_refused(written: str) -> None:
    with pytest.raises(ForeignElementError):
        read(written)
