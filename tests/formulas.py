"""Forty formulas of the sorts that decks have, by their names."""

from __future__ import annotations

FORMULAS = {
    "fraction": r"\frac{a+b}{c-d}",
    "nested fraction": r"\cfrac{1}{1+\cfrac{1}{1+x}} + \tfrac12 - \dfrac{3}{4}",
    "root": r"\sqrt{b^2-4ac} + \sqrt[3]{x}",
    "quadratic": r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}",
    "sum": r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}",
    "product limit": r"\prod_{k=1}^n k = n!, \quad \lim_{x \to 0} \frac{\sin x}{x} = 1",
    "integral": r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}, \quad \oint_C \mathbf{F} \cdot d\mathbf{r}",
    "matrix": (
        r"A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}, \begin{vmatrix} 1 & 0 \\ 0 & 1 \end{vmatrix}, "
        r"\begin{bmatrix} x \\ y \end{bmatrix}"
    ),
    "cases": r"|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}",
    "aligned": r"\begin{aligned} (a+b)^2 &= (a+b)(a+b) \\ &= a^2 + 2ab + b^2 \end{aligned}",
    "align*": r"\begin{align*} 2x + y &= 5 \\ x - y &= 1 \end{align*}",
    "accents": r"\hat{x}, \bar{x}, \vec{v}, \dot{V}, \ddot{y}, \tilde{n}, \widehat{ABC}, \overline{z}",
    "braces": r"\underbrace{a + b + c}_{\text{three}} + \overbrace{x \cdots x}^{n}",
    "text": r"\text{risk} = \frac{\text{events}}{\text{people at risk}} \times 100\,\%",
    "Greek": r"\alpha, \beta, \gamma, \Delta, \Omega, \varepsilon, \vartheta, \varphi, \mu",
    "delimiters": (
        r"\left( \frac{a}{b} \right) \left[ \frac{c}{d} \right] \left\{ x \middle| x > 0 \right\} "
        r"\left\lfloor y \right\rfloor"
    ),
    "big": r"\big( \Big[ \bigg\{ \Bigg| x \Bigg| \bigg\} \Big] \big)",
    "scripts": r"x_i^2, {}^{14}_{6}\mathrm{C}, a_{ij}^{(n)}, f'(x), f''",
    "fonts": (
        r"\mathbb{R}, \mathcal{L}, \mathfrak{g}, \mathbf{v}, \mathit{ab}, \mathsf{T}, \mathtt{x1}, "
        r"\boldsymbol{\beta}"
    ),
    "operators": r"\log_{10} x, \ln y, \sin^2\theta, \max_{x \in S} f(x), \operatorname{Var}(X), \arg\min_\theta L",
    "relations": r"a \le b \ge c \ne d \approx e \equiv f \sim g \propto h \ll i \gg j",
    "sets": (
        r"x \in A \cup B \cap C \subseteq D \setminus \emptyset, \forall x \exists y \nexists z, \neg p \land "
        r"q \lor r"
    ),
    "arrows": r"A \to B \Rightarrow C \Leftrightarrow D \mapsto E \xrightarrow{\text{heat}} F \rightleftharpoons G",
    "binomial": r"\binom{n}{k} p^k (1-p)^{n-k}",
    "stacks": (
        r"\overset{!}{=}, \underset{x}{\arg\max}, \stackrel{\text{def}}{=}, \sum_{\substack{i<n \\ i \text{ "
        r"odd}}} a_i"
    ),
    "array": r"\begin{array}{l|cr} & D+ & D- \\ \hline T+ & a & b \\ T- & c & d \end{array}",
    "units": r"9.81\,\mathrm{m/s^2}, 5\,\mu\mathrm{mol\,L^{-1}}, 37\,^\circ\mathrm{C}, 120/80\,\text{mmHg}",
    "eGFR": (
        r"\text{eGFR} = 142 \times \min\left(\frac{S_{cr}}{\kappa}, 1\right)^{\alpha} \times "
        r"\max\left(\frac{S_{cr}}{\kappa}, 1\right)^{-1.200} \times 0.9938^{\text{age}} \times 1.012\ "
        r"[\text{if female}]"
    ),
    "A-a gradient": (
        r"\text{A--a gradient} = \left( F_{iO_2} (P_{atm} - P_{H_2O}) - \frac{P_{aCO_2}}{0.8} \right) - "
        r"P_{aO_2}"
    ),
    "Henderson-Hasselbalch": r"\mathrm{pH} = 6.1 + \log_{10} \frac{[\mathrm{HCO_3^-}]}{0.03 \times P_{\mathrm{aCO_2}}}",
    "NNT": r"\mathrm{NNT} = \frac{1}{\mathrm{ARR}} = \frac{1}{|\mathrm{CER} - \mathrm{EER}|}",
    "Cockcroft-Gault": (
        r"C_{Cr} = \frac{(140 - \text{age}) \times \text{weight}}{72 \times S_{Cr}} \; (\times\, 0.85 \text{ "
        r"if female})"
    ),
    "FENa": (
        r"\mathrm{FE_{Na}} = \frac{U_{\mathrm{Na}} \cdot P_{\mathrm{Cr}}}{P_{\mathrm{Na}} \cdot "
        r"U_{\mathrm{Cr}}} \times 100\%"
    ),
    "likelihood ratio": (
        r"LR^{+} = \frac{\text{sensitivity}}{1 - \text{specificity}}, \qquad P(D \mid T) = \frac{P(T \mid "
        r"D)\,P(D)}{P(T)}"
    ),
    "MAP": r"\mathrm{MAP} \approx \frac{SBP + 2 \times DBP}{3} = CO \times SVR + CVP",
    "osmolality": r"\mathrm{Osm} = 2[\mathrm{Na^+}] + \frac{[\text{glucose}]}{18} + \frac{\mathrm{BUN}}{2.8}",
    "Laplace": r"\nabla^2 \phi = \frac{\partial^2 \phi}{\partial x^2} + \frac{\partial^2 \phi}{\partial y^2} = 0",
    "colour cancel": r"\cancel{x} + \boxed{y} + \phantom{z} + \color{red}{r} + \hbar",
    "chemistry formula": r"\ce{H2SO4 + 2 NaOH -> Na2SO4 + 2 H2O}",
    "chemistry equilibrium": (
        r"\ce{CO2(g) + H2O <=> H2CO3(aq) <=> HCO3^- + H+}, \ce{^{14}_{6}C}, \ce{Ca^2+}, \ce{SO4^2-}"
    ),
}
