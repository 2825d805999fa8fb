r"""Chemistry as TeX: each form of ``\ce`` that is known, as mhchem has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardgen.formulas import NotSetError, mathml
from cardgen.formulas.chemistry import chemistry


@pytest.mark.parametrize(
    ("written", "tex"),
    [
        ("H2O", r"\mathrm{H}_{2}\mathrm{O}"),
        ("Ca^2+", r"\mathrm{Ca}^{2+}"),
        ("SO4^{2-}", r"\mathrm{SO}_{4}{}^{2-}"),
        ("HCO3-", r"\mathrm{HCO}_{3}{}^{-}"),
        ("H+ + OH-", r"\mathrm{H}^{+}+\mathrm{OH}^{-}"),
        ("[Fe(CN)6]^{4-}", r"[\mathrm{Fe}(\mathrm{CN})_{6}]^{4-}"),
        ("^{14}_{6}C", r"{}^{14}_{6}\mathrm{C}"),
        ("^227_90Th", r"{}^{227}_{90}\mathrm{Th}"),
        ("Fe^{III}", r"\mathrm{Fe}^{\mathrm{III}}"),
        ("NO^{.}", r"\mathrm{NO}^{\bullet }"),
        ("Fe^{n+}", r"\mathrm{Fe}^{n+}"),
        ("2 H2 + O2", r"2\,\mathrm{H}_{2}+\mathrm{O}_{2}"),
        ("2H2O", r"2\,\mathrm{H}_{2}\mathrm{O}"),
        ("1/2 O2", r"\tfrac{1}{2}\,\mathrm{O}_{2}"),
        ("0,5 O2", r"0{,}5\,\mathrm{O}_{2}"),
        ("n H2O", r"n\,\mathrm{H}_{2}\mathrm{O}"),
        ("A -> B", r"\mathrm{A}\mathrel{\longrightarrow}\mathrm{B}"),
        ("A <- B", r"\mathrm{A}\mathrel{\longleftarrow}\mathrm{B}"),
        ("A <-> B", r"\mathrm{A}\mathrel{\longleftrightarrow}\mathrm{B}"),
        ("A <=> B", r"\mathrm{A}\mathrel{\rightleftharpoons}\mathrm{B}"),
        ("A ->[H2O] B", r"\mathrm{A}\xrightarrow{\mathrm{H}_{2}\mathrm{O}}\mathrm{B}"),
        (r"A ->[{heat}][$T$] B", r"\mathrm{A}\xrightarrow[{T}]{\text{heat}}\mathrm{B}"),
        ("CH3-CH2-OH", r"\mathrm{CH}_{3}{-}\mathrm{CH}_{2}{-}\mathrm{OH}"),
        ("CH2=CH2", r"\mathrm{CH}_{2}{=}\mathrm{CH}_{2}"),
        ("HC#CH", r"\mathrm{HC}{\equiv}\mathrm{CH}"),
        ("CuSO4*5H2O", r"\mathrm{CuSO}_{4}{\cdot}5\,\mathrm{H}_{2}\mathrm{O}"),
        ("CO2(g)", r"\mathrm{CO}_{2}(\mathrm{g})"),
        ("NaCl(aq) v", r"\mathrm{NaCl}(\mathrm{aq})\ \downarrow "),
        ("H2 ^", r"\mathrm{H}_{2}\ \uparrow "),
        ("e-", r"\mathrm{e}^{-}"),
        (r"\alpha -D", r"\alpha {-}\mathrm{D}"),
        ("{Gluconic Acid} + H2O2", r"\text{Gluconic Acid}+\mathrm{H}_{2}\mathrm{O}_{2}"),
    ],
)  # fmt: skip
def test_a_form_is_written_as_tex(written: str, tex: str) -> None:
    assert chemistry(written, 0, len(written)) == tex
    assert mathml(rf"\ce{{{written}}}").children


@pytest.mark.parametrize(
    ("written", "what"),
    [
        (r"A \bond{...} B", r"\bond"),
        ("A <=>> B", "<=>>"),
        (r"\frac{a}{b}", r"\frac"),
        ("A @ B", "@"),
        ("X^{a{b}}", "^"),
    ],
)
def test_what_is_not_known_is_named(written: str, what: str) -> None:
    with pytest.raises(NotSetError) as failure:
        chemistry(written, 0, len(written))
    assert failure.value.what == what


PIECES = [
    "H",
    "O",
    "Na",
    "2",
    "^",
    "_",
    "{2}",
    "+",
    "-",
    "=",
    "#",
    "(",
    ")",
    "[",
    "]",
    "->",
    "<=>",
    "$x$",
    "*",
    "a",
    " ",
]


@given(st.lists(st.sampled_from(PIECES)))
def test_all_of_it_is_set_or_nothing(pieces: list[str]) -> None:
    written = "".join(pieces)
    try:
        tex = chemistry(written, 0, len(written))
    except NotSetError:
        return
    letters = [char for char in written if char in "HONa"]
    assert [char for char in letters if char not in tex] == []
