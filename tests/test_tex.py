"""TeX that Anki's MathJax can and cannot set.

What is said here of each formula was compared with MathJax 3.2.2 itself, set up as Anki sets it up.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardgen.richtext.tex import TexProblem, tex_problem
from cardgen.richtext.tex.commands import SPECIAL
from cardgen.richtext.tex.table import table

FLAWS = [
    # formula, what of it is marked, message, hint
    (r"\frac{a}{b", "{", "`{` is not closed", ""),
    ("{a", "{", "`{` is not closed", ""),
    ("a}", "}", "`}` closes nothing", r"A brace that is shown is written `\}`."),
    (r"\frac{a}", r"\frac", r"`\frac` needs two arguments and has one", r"Write `\frac{...}{...}`."),
    (r"\sqrt", r"\sqrt", r"`\sqrt` needs an argument", r"Write `\sqrt{...}`."),
    (r"\sqrt[3", "[", r"`[` after `\sqrt` has no `]`", "A bracket that is shown stands in braces: `{[}`."),
    (r"\foo", r"\foo", r"`\foo` is no command of MathJax", ""),
    (r"\fracc{a}{b}", r"\fracc", r"`\fracc` is no command of MathJax", r"Did you mean `\frac`?"),
    (
        r"\Alpha",
        r"\Alpha",
        r"`\Alpha` is no command of MathJax",
        r"This letter looks like the Latin one: write `\mathrm{A}`.",
    ),
    (r"\SI{3}{mg}", r"\SI", r"`\SI` is no command of MathJax", r"Write the unit as text: `3\,\mathrm{mg}`."),
    (r"\begin{foo} a \end{foo}", r"\begin{foo}", "the environment `foo` is unknown to MathJax", ""),
    (
        r"\begin{pmatrx} a \end{pmatrx}",
        r"\begin{pmatrx}",
        "the environment `pmatrx` is unknown to MathJax",
        "Did you mean `pmatrix`?",
    ),
    (r"\begin{matrix} a", r"\begin{matrix}", r"`\begin{matrix}` is not closed by `\end{matrix}`", ""),
    (
        r"\begin{matrix} a \end{pmatrix}",
        r"\end{pmatrix}",
        r"`\begin{matrix}` is closed by `\end{pmatrix}`",
        r"Write `\end{matrix}`.",
    ),
    (r"a \end{matrix}", r"\end{matrix}", r"`\end{matrix}` has no `\begin{matrix}`", ""),
    (r"\left( a", r"\left(", r"`\left(` has no `\right`", r"`\right.` closes it unseen."),
    (r"a \right)", r"\right)", r"`\right)` has no `\left`", r"`\left.` opens it unseen."),
    (r"\left( {a \right)", "{", r"`{` is not closed before `\right)`", ""),
    (
        r"\left a",
        r"\left a",
        r"`\left` needs a delimiter, not `a`",
        r"Delimiters are `(`, `[`, `\{`, `|`, `\|`, `\langle`, `.` for none, and their like.",
    ),
    (
        r"\left{ a \right}",
        r"\left{",
        r"`\left` needs a delimiter, not `{`",
        r"Delimiters are `(`, `[`, `\{`, `|`, `\|`, `\langle`, `.` for none, and their like.",
    ),
    (r"\middle| a", r"\middle|", r"`\middle|` has no `\left`", ""),
    ("a & b", "&", "`&` stands outside of an alignment", r"Write `\&`, or put it in an environment such as `aligned`."),
    (
        r"\begin{aligned} \left( a & b \right) \end{aligned}",
        "&",
        r"`&` stands between `\left(` and its `\right`",
        r"End the cell with `\right.` and begin the next with `\left.`.",
    ),
    (
        r"\frac{a & b}{c}",
        "&",
        "`&` stands outside of an alignment",
        r"Write `\&`, or put it in an environment such as `aligned`.",
    ),
    ("x^a^b", "^", "a second superscript follows the first", "Write `{x^a}^b`."),
    ("x_a_b", "_", "a second subscript follows the first", "Write `{x_a}_b`."),
    ("x^2'", "'", "`'` follows a superscript", "Put the prime first, or braces around what comes before."),
    (
        "x'_a^b",
        "^",
        "a second superscript follows the first",
        "Put the prime last, or braces around what comes before.",
    ),
    ("x^", "^", "`^` has no superscript", ""),
    ("x^}", "^", "`^` has no superscript before `}`", ""),
    (r"x^\sin y", r"^\sin", r"`^` is followed by `\sin`", "Write `^{...}`."),
    (
        r"a \over b \over c",
        r"\over",
        r"`\over` stands in a group that has such a fraction already",
        "Put braces around the inner one.",
    ),
    (r"x \limits_a", r"\limits", r"`\limits` follows no operator", r"It stands after `\sum`, `\int` and their like."),
    (
        r"\text{a $x}",
        "$",
        "`$` opens mathematics in a text and is not closed",
        r"A dollar that is shown is written `\$`.",
    ),
    (r"\text{$\foo$}", r"\foo", r"`\foo` is no command of MathJax", ""),
    ("#1", "#", "`#` has a meaning in macros only", r"Write `\#`."),
    (r"\hspace{3}", r"\hspace", r"`\hspace` needs a length", r"Write `\hspace{1em}`."),
    (r"\\[a]", "[a]", r"`[a]` after `\\` is no length", r"Put `{}` between `\\` and a bracket that is shown."),
    (r"a \hline b", r"\hline", r"`\hline` stands outside of an alignment", ""),
    (r"\begin{multline} a & b \end{multline}", "&", "`&` in `multline`, which has one column", "Use `aligned`."),
    (
        r"\begin{align} a \end{align} \begin{align} b \end{align}",
        r"\begin{align}",
        r"`\begin{align}` is a second equation in one formula",
        "Within an equation stand `aligned`, `gathered` and their like.",
    ),
    (r"\begin{aligned} a \tag{1} \end{aligned}", r"\tag", r"`\tag` stands in `aligned`, which has no numbers", ""),
    (r"\begin{alignat}{x} a \end{alignat}", "x", r"`\begin{alignat}` needs a number of columns, not `x`", ""),
    (r"\begin{cases*} a & b & c \end{cases*}", "&", "`&` begins a third column of `cases*`, which has two", ""),
    (r"\unicode{x}", "x", r"`\unicode` needs the number of a character, not `x`", ""),
    (r"\verb|a", r"\verb|", r"`\verb|` is not closed by another `|`", ""),
    (r"\color[foo]{red} x", "foo", "MathJax has no colour model `foo`", "There are `rgb`, `RGB`, `gray` and `named`."),
    (r"\color[rgb]{2,0,0} x", "2,0,0", "`2,0,0` is no colour of the model `rgb`", "Numbers from 0 to 1, 3 of them."),
    (r"\cfrac[x]{a}{b}", "x", r"`[x]` after `\cfrac` is neither `[l]` nor `[r]`", ""),
    (r"\ce{H2O", "{", "`{` is not closed", ""),
    (r"\ce{\foo}", r"\foo", r"`\foo` is no command of MathJax", ""),
    (
        r"\ce{A & B}",
        "&",
        "`&` stands outside of an alignment",
        r"Write `\&`, or put it in an environment such as `aligned`.",
    ),
    (r"\ce{100%}", "%", "`%` begins a comment", r"Write `\%`."),
    (r"\ce{A\bond {-}B}", r"\bond", r"`\bond` is followed by no brace", r"Write `\bond{...}`, without a space."),
    ("5 €", "€", "MathJax cannot set `€` outside of text", r"Write `\text{€}`."),
    ("ə", "ə", "MathJax cannot set `ə` outside of text", r"Write `\text{ə}`."),
    (r"\require{siunitx} x", r"\require{siunitx}", "Anki's MathJax has no package `siunitx`", ""),
    (r"\newcommand{\f}[1]{\foo #1} \f{x}", r"\foo", r"`\foo` is no command of MathJax", ""),
    (r"\newcommand{\f}[2]{#1} \f{a}", r"\f", r"`\f` needs two arguments and has one", r"Write `\f{...}{...}`."),
    (r"\newcommand{\a b}{c}", r"\a b", "`a b` cannot be a command's name", "A name has letters alone."),
    (r"\def\f{\f} \f", r"\f", r"`\f` is defined by itself", ""),
    ("x % {", "{", "`{` is not closed", "Braces count in comments, too."),
    ("x \\", "\\", r"`\` at the end has no name", r"A space is written `\ `, a new line `\\`."),
    (r"\AxiomC{a}", r"\AxiomC", r"`\AxiomC` stands outside of `prooftree`", ""),
    (r"\shoveleft{a}", r"\shoveleft", r"`\shoveleft` stands outside of `multline`", ""),
    ("a @>b", "@", "`@` stands outside of an alignment", ""),
    (r"\genfrac{x}{)}{0pt}{}{n}{k}", "x", r"`\genfrac` needs a delimiter, not `x`", ""),
    (
        r"\prescript{14}{6}{C}",
        r"\prescript",
        r"`\prescript` fails in Anki, whose MathJax reads it twice",
        r"Write `{}^{14}_{6}\mathrm{C}`.",
    ),
    (r"\root 3 x", r"\root", r"`\root` has no `\of`", ""),
    (r"\uproot{2}", r"\uproot", r"`\uproot` stands outside of a root's index", ""),
    (r"\def x{y}", r"\def x", r"`\def` is followed by no command", r"Write `\def\name...`."),
]

FORMULAS = r"""
E = mc^2
\frac{-b \pm \sqrt{b^2 - 4ac}}{2a}
\text{CrCl} = \frac{(140 - \text{age}) \times \text{weight}}{72 \times \text{SCr}}
\text{MAP} = \frac{SBP + 2 \times DBP}{3}
\mathrm{Na^+} - (\mathrm{Cl^-} + \mathrm{HCO_3^-})
\Delta G = \Delta H - T\Delta S
\text{BMI} = \frac{\text{weight (kg)}}{\text{height (m)}^2}
pH = pK_a + \log\frac{[A^-]}{[HA]}
pH = 6.1 + \log_{10}\left(\frac{[\mathrm{HCO_3^-}]}{0.03 \times P_{\mathrm{CO_2}}}\right)
P_{A}O_2 = F_IO_2 (P_{atm} - P_{H_2O}) - \frac{P_aCO_2}{R}
\dot{V}_A = \frac{\dot{V}_{CO_2}}{P_{aCO_2}} \times K
Q = \frac{\Delta P \pi r^4}{8 \eta L}
\ce{H2O}
\ce{2H2 + O2 -> 2H2O}
\ce{CO2 + H2O <=> H2CO3 <=> H+ + HCO3-}
\ce{SO4^2-}
\ce{^{227}_{90}Th+}
\ce{A ->[\Delta][catalyst] B}
\ce{Hg^2+ ->[I-] HgI2 ->[I-] [Hg^{II}I4]^2-}
\ce{C6H5-CHO}
\ce{CH3COOH <=>> CH3COO- + H+}
\ce{NaOH(aq,$\infty$)}
\ce{Zn^2+ <=>[+ 2OH-][+ 2H+] $\underset{\text{amphoteres Hydroxid}}{\ce{Zn(OH)2 v}}$}
\ce{KCr(SO4)2*12H2O}
\ce{\mu-Cl}
\ce{A\bond{-}B\bond{=}C\bond{#}D}
\pu{123 kJ//mol}
\pu{1.2e3 m s-1}
\pu{37 °C}
\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt\pi}{2}
\sum_{n=1}^{\infty} \frac{1}{n^2} = \frac{\pi^2}{6}
\lim_{x \to 0} \frac{\sin x}{x} = 1
\vec{F} = m\vec{a}
\mathbf{F} = q(\mathbf{E} + \mathbf{v} \times \mathbf{B})
\nabla \cdot \mathbf{E} = \frac{\rho}{\varepsilon_0}
\nabla \times \mathbf{B} = \mu_0\left(\mathbf{J} + \varepsilon_0 \frac{\partial \mathbf{E}}{\partial t}\right)
\oint_C \mathbf{B}\cdot d\mathbf{l} = \mu_0 I
i\hbar\frac{\partial}{\partial t}\Psi = \hat{H}\Psi
\sigma_x \sigma_p \geq \frac{\hbar}{2}
\begin{pmatrix} a & b \\ c & d \end{pmatrix}
\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}
\begin{cases} x & x \ge 0 \\ -x & x < 0 \end{cases}
\begin{aligned} a &= b \\ c &= d \end{aligned}
\begin{align} a &= b \\ c &= d \end{align}
\begin{align*} a &= b \tag{1} \\ c &= d \end{align*}
\begin{array}{c|c} a & b \\ \hline c & d \end{array}
\begin{array}{lcr} 1 & 2 & 3 \end{array}
\begin{gather} a \\ b \end{gather}
\begin{vmatrix} a & b \\ c & d \end{vmatrix}
\begin{equation} x = 1 \label{e} \end{equation}
\begin{split} a &= b \\ &= c \end{split}
\begin{multline} a + b \\ + c \end{multline}
\begin{smallmatrix} a & b \\ c & d \end{smallmatrix}
\begin{CD} A @>a>> B \\ @VVV @AAA \\ C @= D \end{CD}
\left( \frac{a}{b} \right)
\left\{ x \mid x > 0 \right\}
\left. \frac{dy}{dx} \right|_{x=0}
\left[ a, b \right)
\left\langle a \middle| b \right\rangle
\left\lceil x \right\rceil
\big( \Big[ \bigg\{ \Bigg| x \Bigg| \bigg\} \Big] \big)
\bigl(a\bigr)
x'
x''_a
f'(x) = 2x
x_a'
\sum\nolimits_a^b
\sum\limits_{i=1}^n
\int\limits_0^1
\mathop{\mathrm{argmax}}\limits_x
\operatorname{argmax}_x
\operatorname*{argmin}_{x \in X}
\underbrace{a+b}_{c}
\overbrace{a+b}^{c}
\overset{!}{=}
\underset{x}{\max} f
\stackrel{def}{=}
\xrightarrow{a}
\xrightarrow[b]{a}
\xleftarrow{}
\overline{AB} \underline{x} \widehat{xyz} \tilde{a} \bar{x} \hat{p} \dot{x} \ddot{x} \vec{v}
\sqrt[3]{x}
\sqrt[n]{\frac{a}{b}}
\sqrt x
\sqrt\frac12
\frac12
\frac ab
\frac\alpha\beta
\dfrac{a}{b} \tfrac{a}{b} \cfrac{a}{b} \cfrac[l]{a}{b}
\binom{n}{k} {n \choose k}
a \over b
{a \over b} + {c \atop d}
{a \above 1pt b}
\genfrac{(}{)}{0pt}{}{n}{k}
\text{speed} = \frac{\text{distance}}{\text{time}}
\text{if $x > 0$ then}
\text{costs \$5}
\text{a \(x\) b}
\text{100\%}
\text{unclosed ( paren}
\mbox{a b} \hbox{c} \textbf{bold} \textit{i} \textrm{r} \texttt{t} \textsf{s}
\mathbb{R} \mathcal{L} \mathfrak{g} \mathscr{H} \mathsf{A} \mathtt{b} \mathit{c} \mathrm{d}
\boldsymbol{\alpha} \pmb{x}
\color{red} x + \color{blue}{y}
\textcolor{red}{x} \textcolor[rgb]{1,0,0}{y} \colorbox{yellow}{a $x$}
\color[RGB]{255,0,0} x
\fcolorbox{red}{white}{a}
\href{https://example.org/a_b%20c#d}{x}
\unicode{x263a} \unicode{9786} \unicode[serif]{x41}
\class{foo}{x} \cssId{bar}{x} \style{color: red; font-size: 2em}{x}
\cancel{x} \bcancel{x} \xcancel{x} \cancelto{0}{x}
\enclose{circle}{x} \boxed{x} \fbox{a} \bbox[yellow, 5px]{x}
\bra{a} \ket{b} \braket{a | b} \ketbra{a}{b} \Braket{a | \frac{b}{c} | d} \set{x | y}
\phantom{x} \hphantom{x} \vphantom{x} \smash{x} \llap{a} \rlap{b} \mathstrut \strut
\hspace{1em} \hskip 1em \kern 2pt \mkern 3mu \quad \qquad \, \: \; \! \  \enspace \rule{1em}{2pt}
\raise 2pt {x} \lower{2pt}{x}
\not= \not\in \neq \notin \ne
a \bmod b \pmod n \mod{3} \pod{3}
\implies \iff \Rightarrow \to \mapsto \hookrightarrow \rightleftharpoons \leftrightharpoons
\alpha \beta \gamma \Gamma \varepsilon \vartheta \upmu \degree \ohm \celsius \micro \perthousand
\textdegree \textohm \textmu \texteuro
\substack{a \\ b} \sum_{\substack{i<n \\ j<m}}
\sideset{_a^b}{_c^d}\sum
{}^{14}_{6}\mathrm{C}
^{14}_6C
\% \$ \# \& \_ \{ \} \| \backslash
\newcommand{\R}{\mathbb{R}} x \in \R
\newcommand{\f}[2]{\frac{#1}{#2}} \f{a}{b}
\newcommand{\g}[2][1]{\frac{#1}{#2}} \g{b} \g[2]{c}
\def\half{\frac12} \half
\def\p#1#2{#1^{#2}} \p{a}{b}
\DeclareMathOperator{\Var}{Var} \Var(X)
\DeclareMathOperator*{\amax}{arg\,max} \amax_x
\DeclarePairedDelimiter{\abs}{\lvert}{\rvert} \abs{x} \abs*{\frac ab} \abs[\big]{x}
\let\al\alpha \al
\newenvironment{pair}{\left(}{\right)} \begin{pair} a \end{pair}
\dots \ldots \cdots \vdots \ddots \dotsc
a \\ b
a \newline b
\displaystyle \sum_i x \textstyle x \scriptstyle y
{\rm abc} {\bf x} {\it y} {\cal A} {\tt z} {\large X}
\lim\limits_{n\to\infty} a_n
\limsup_{n} \liminf_{n} \varlimsup
\det A \max_i x_i \gcd(a,b) \Pr(A)
x^{2^{3}} x_{a_b} {x^a}^b {x_a}_b
x^2y^3 x^23 x_12^34
x^\alpha x_\mathrm{max} x^\frac12 x^\text{th}
x^{\circ} 37^\circ\mathrm{C} 90^\circ
a^* b^\dagger c^+ d^- e^{++}
T_{1/2} = \frac{0.693}{k}
C_t = C_0 e^{-kt}
V_d = \frac{Dose}{C_0}
\mathrm{CL} = \frac{D}{AUC}
\frac{dN}{dt} = rN\left(1-\frac{N}{K}\right)
P(A|B) = \frac{P(B|A)P(A)}{P(B)}
\text{Sensitivity} = \frac{TP}{TP+FN}
\hat{\theta} = \underset{\theta}{\operatorname{argmax}}\; L(\theta)
\chi^2 = \sum \frac{(O-E)^2}{E}
\mu \pm 1.96\,\frac{\sigma}{\sqrt{n}}
E_K = \frac{RT}{zF}\ln\frac{[K^+]_o}{[K^+]_i}
V_m = \frac{g_{Na}E_{Na}+g_KE_K}{g_{Na}+g_K}
J_v = K_f[(P_c - P_i) - \sigma(\pi_c - \pi_i)]
PV = nRT
\frac{P_1V_1}{T_1} = \frac{P_2V_2}{T_2}
\lambda = \frac{h}{p}
v = \sqrt{\frac{2GM}{r}}
R_\text{total} = \left(\frac{1}{R_1}+\frac{1}{R_2}\right)^{-1}
V = IR, \quad P = I^2R
Z = R + j\omega L + \frac{1}{j\omega C}
H(s) = \frac{\omega_n^2}{s^2 + 2\zeta\omega_n s + \omega_n^2}
\sigma = \frac{My}{I}
Re = \frac{\rho v D}{\mu}
\tau = \mu\frac{du}{dy}
\mathcal{L}\{f(t)\} = \int_0^\infty f(t)e^{-st}\,dt
\begin{Bmatrix} a \\ b \end{Bmatrix} \begin{Vmatrix} a \end{Vmatrix} \begin{matrix} a & b \end{matrix}
\begin{rcases} a \\ b \end{rcases} \begin{dcases} a & b \\ c & d \end{dcases}
\begin{cases*} x & if $x > 0$ \\ y & otherwise \end{cases*}
\begin{pmatrix*}[r] -1 & 2 \end{pmatrix*}
\begin{alignat}{2} a &= b & c &= d \end{alignat}
\begin{alignedat}{2} a &= b & c &= d \end{alignedat}
\begin{gathered} a \\ b \end{gathered} \begin{aligned}[t] a \end{aligned}
\begin{eqnarray} a &=& b \\ c &=& d \end{eqnarray}
\begin{flalign} a &= b \end{flalign}
\matrix{a & b \cr c & d} \pmatrix{a & b \\ c & d} \cases{a & if $x$ \cr b & else}
\root 3 \of x
\buildrel a \over b
\mathchoice{a}{b}{c}{d}
\tag{1} x \label{a}
\ref{a} \eqref{a}
\require{mhchem} \ce{H2}
\require{cancel} \cancel{x}
\mathllap{a} \mathclap{a} \cramped{x^2}
\overbracket{a} \underbracket[1pt][2pt]{b}_{c}
\prod_{i=1}^n x_i \bigcup_i A_i \bigoplus_j
\angle ABC = 60^\circ \triangle \perp \parallel \cong \sim \approx
\because \therefore \forall \exists \nexists \emptyset \varnothing \infty \aleph
\frac{\frac{a}{b}}{\frac{c}{d}}
\left(\left[\left\{ x \right\}\right]\right)
{{{a}}}
{}
\;
\text{}
\mathrm{\mu g/mL}
5\,\mathrm{mg/kg}
10^{-3}
\sim 50\%
\text{FEV}_1/\text{FVC} < 70\%
\uparrow \text{K}^+ \Rightarrow \downarrow \text{HR}
\begin{array}{|c|c|} \hline a & b \\ \hline \end{array}
\begin{array}{c} \\[2pt] a \\*[1em] b \end{array}
\big\{x\big\} \bigg. x
\left/ a \right\backslash
\left\vert a \right\Vert
\left\uparrow x \right\downarrow
\left< a \right>
\lvert x \rvert \lVert x \rVert
\bigl\lvert x \bigr\rvert
\eqalign{a &= b \cr c &= d}
\displaylines{a \cr b}
\hat\imath \hat{\jmath} \ell \hbar \Re \Im \wp
\overleftarrow{AB} \overrightarrow{AB} \overleftrightarrow{AB}
a\mathbin{\#}b \mathrel{R} \mathopen{(} \mathclose{)} \mathpunct{,} \mathord{x} \mathinner{x}
x\vcenter{y}
\mmlToken{mi}[mathvariant="bold"]{x}
\toggle{a}{b}\endtoggle
\mathtip{a}{b} \texttip{a}{b c}
\skew{4}{\hat}{A}
\TeX \LaTeX
’
f’(x)
a~b
α + β ≥ γ
∑_{i} x_i
x²
日本語
\text{日本語}
"x"
x:=y
a@b.c
\llcorner x \lrcorner
""".strip().splitlines()


@pytest.mark.parametrize(("tex", "marked", "message", "hint"), FLAWS, ids=[flaw[0] for flaw in FLAWS])
def test_a_flaw_is_named_at_its_place(tex: str, marked: str, message: str, hint: str) -> None:
    problem = tex_problem(tex)
    assert problem is not None
    assert (tex[problem.start : problem.end], problem.message, problem.hint) == (marked, message, hint)


@pytest.mark.parametrize("tex", FORMULAS)
def test_what_mathjax_sets_is_no_flaw(tex: str) -> None:
    assert tex_problem(tex) is None


def test_places_count_characters_of_the_formula() -> None:
    assert tex_problem(r"\frac{a}{b} + \foo") == TexProblem(r"`\foo` is no command of MathJax", "", 14, 18)


def test_a_flaw_within_an_argument_has_its_place_in_the_formula() -> None:
    assert tex_problem(r"\sqrt{\frac{1}{\foo}}") == TexProblem(r"`\foo` is no command of MathJax", "", 15, 19)


def test_macros_of_the_formula_are_known_from_their_definition_on() -> None:
    assert tex_problem(r"\R \newcommand{\R}{\mathbb{R}}") == TexProblem(r"`\R` is no command of MathJax", "", 0, 2)


def test_what_depends_on_an_unusual_macro_is_not_judged() -> None:
    assert tex_problem(r"\newcommand{\be}{\begin{pmatrix}} \be a & b \end{pmatrix}") is None


def test_required_packages_that_anki_has_may_bring_any_command() -> None:
    assert tex_problem(r"\require{physics} \dv{x}{y}") is None


def test_a_comment_ends_with_its_line() -> None:
    assert tex_problem("a % \\foo\n+ b") is None
    assert tex_problem("a % \\foo\n+ \\foo") == TexProblem(r"`\foo` is no command of MathJax", "", 11, 15)


def test_text_is_not_mathematics() -> None:
    assert tex_problem(r"\text{5 € & 100% of x_a_b \foo #1}") is None


@given(st.text(st.sampled_from("\\{}[]()^_&%#'$ab1 \n|@>€") | st.characters(), max_size=60))
def test_any_text_gets_an_answer_with_a_place_inside_it(tex: str) -> None:
    problem = tex_problem(tex)
    assert problem is None or 0 <= problem.start < problem.end <= len(tex)


@given(
    st.lists(st.sampled_from([f"\\{name}" for name in [*table().commands, *SPECIAL]] + list("{}[]^_&a1")), max_size=12)
)
def test_commands_in_any_order_get_an_answer(parts: list[str]) -> None:
    tex = " ".join(parts)
    problem = tex_problem(tex)
    assert problem is None or 0 <= problem.start < problem.end <= len(tex)


def test_nesting_without_end_gets_an_answer() -> None:
    assert tex_problem("{" * 5000) == TexProblem("`{` is not closed", "", 4999, 5000)
    assert tex_problem(r"\sqrt{" * 5000 + "}" * 5000) is None


def test_every_letter_of_the_table_has_its_meaning() -> None:
    known = table()
    assert {letter for command in known.commands.values() for letter in command.arguments} == set("mstrcoOnuDBg*")
    assert {letter for env in known.environments.values() for letter in env.arguments} == set("rod")
    assert {letter for env in known.environments.values() for letter in env.traits} == set("aetumx?")


def test_no_command_is_described_twice() -> None:
    assert set(table().commands) & set(SPECIAL) == set()
