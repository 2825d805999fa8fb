"""Formulas on paper: set as mathematics from data, with their TeX for those who do not see, and never as code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest
from conftest import MINIMAL_DECK, artefacts, card_file, written
from formulas import FORMULAS
from measuring import unmeasured
from printed import Printed, elements

from cardgen.formulas import NotSetError, mathml
from cardgen.model import Printing
from cardgen.print import compiler
from cardgen.print.formulas import math_nodes
from cardgen.print.workers import Workers
from cardgen.richtext.tex import tex_problem
from cardgen.richtext.tex.table import table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cardgen.print.mathematics import BlankNode, MathNode

LAYOUTS = ("sheet", "cards", "test", "large")


def printed(tmp_path: Path, *backs: str, layout: str = "sheet", language: str = "en", kind: str = "basic") -> Printed:
    """Print cards with the given texts."""
    texts = [{"text": back} if kind == "cloze" else {"front": "Q", "back": back} for back in backs]
    cards = [{"id": f"c{number}", "kind": kind, **text} for number, text in enumerate(texts, 1)]
    deck = MINIMAL_DECK + f"language: {language}\n"
    decks = written(tmp_path / "decks", {"demo/deck.yaml": deck, "demo/one.yaml": card_file("One", cards)})
    (file,) = artefacts(decks, tmp_path / "dist", "pdf", printing=Printing(layout=layout)).values()
    return Printed(file)


def spoken(found: Printed) -> list[str]:
    """Return what a screen reader says of the formulas."""
    return [kept["Alt"] for name, kept in elements(found.file) if name == "Formula"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_forty_formulas_are_set_and_have_their_tex_for_those_who_do_not_see(layout: str, tmp_path: Path) -> None:
    found = printed(tmp_path, *(f"$${tex}$$" for tex in FORMULAS.values()), layout=layout)
    assert spoken(found) == [" ".join(tex.split()) for tex in FORMULAS.values()]
    with unmeasured(), pdfplumber.open(found.file) as pdf:
        fonts = {char["fontname"].partition("+")[2] for page in pdf.pages for char in page.chars}
    assert "NewCMMath-Book" in fonts
    assert not {font for font in fonts if font.startswith("DejaVu")}


HOSTILE = [
    r"\text{#panic(1)}",
    r'\text{"#panic(1)"}',
    r'\text{\"}#panic',
    r"\text{\u41\n \(x\)}",
    r'eval("1+1") = x',
    r'read("data.json") + json("data.json")',
    r'\mathrm{read("data.json")}',
    r'image("broken.json")',
    r"\text{] #panic() [}",
    r"x // y /* z */",
    r"\text{// no comment /* */}",
    r"\langle label \rangle @label",
    r"\text{<label> @ref `raw`}",
    r"sqrt(x) frac(1,2) arrow.r",
    r"a \& b ; c",
    r"\mathrm{a\_b} \# x",
]  # fmt: skip


@pytest.mark.parametrize("tex", [tex for tex in HOSTILE if tex_problem(tex) is None])
def test_a_hostile_formula_is_text(tex: str, tmp_path: Path) -> None:
    found = printed(tmp_path, f"Before ${tex}$ after.")
    assert "Before" in found.text()
    assert "after." in found.text()
    assert spoken(found) == [tex]


def test_a_hostile_text_in_a_formula_is_read_back_as_it_was_typed(tmp_path: Path) -> None:
    text = "#panic() \"a\" 'b' `c` ~d ^e _f &g <h> @i //j /*k*/ \\l [m] (n) --o ...p"
    found = printed(tmp_path, rf"$\text{{{text}}}$")
    assert "".join(text.split()) in found.text()


def test_no_text_of_a_formula_becomes_code() -> None:
    """What a formula says stands in fields of text alone, whatever it is."""
    names = {"sign", "text", "fraction", "scripts"}

    def met(nodes: Iterable[MathNode]) -> Iterable[str]:
        for node in nodes:
            yield node["m"]
            for key in ("c", "under", "t", "b"):
                yield from met(node.get(key, []))  # type: ignore[arg-type]

    assert set(met(math_nodes(mathml(r"\frac{eval(x)}{\text{#import}}_{a}^{\mathrm{read}}"), ()))) <= names


def test_a_formula_that_cannot_be_set_is_printed_as_tex(tmp_path: Path) -> None:
    found = printed(tmp_path, r"See $\bbox[red]{x^2}$.")
    assert (r"\bbox[red]{x^2}" in found.text().replace("\u200b", ""), spoken(found)) == (True, [])


def test_a_gap_in_a_formula_is_a_blank_in_it_and_what_it_hides_is_set(tmp_path: Path) -> None:
    found = printed(tmp_path, r"The area is $\pi {{c1::r^2::of the radius}}$.", kind="cloze")
    assert spoken(found) == [r"\pi ___", "r^2"]
    assert "(oftheradius)" in found.text()


def test_gaps_of_a_formula_are_numbered_as_they_are_written(tmp_path: Path) -> None:
    found = printed(tmp_path, r"$\frac{ {{c1::a}} }{ {{c2::b}} }$ is it.", kind="cloze")
    above, below = sorted((box for text, box in found.boxes() if text in "12" and box.left > 20), key=lambda b: b.top)[
        :2
    ]
    assert spoken(found) == [r"\frac{ ___ }{ ___ }", "a", "b"]
    assert above.top < below.top


def test_a_formula_runs_from_left_to_right_in_a_text_that_runs_from_right_to_left(tmp_path: Path) -> None:
    found = printed(tmp_path, "א $a+b=c$ ב", language="he")
    places = [found.find(sign)[0].left for sign in ("ב", "𝑎", "𝑏", "𝑐", "א")]
    assert places == sorted(places)


def test_arabic_in_a_formula_has_a_face_of_its_own(tmp_path: Path) -> None:
    found = printed(tmp_path, r"$\text{السرعة} = \frac{s}{t}$", language="ar")
    with unmeasured(), pdfplumber.open(found.file) as pdf:
        fonts = {c["fontname"].partition("+")[2] for page in pdf.pages for c in page.chars if c["text"] in "سرعة"}
    assert {font[: len("Noto")] for font in fonts} == {"Noto"}


WIDE = (
    r"\text{a long name of a risk} = \frac{\text{all of the events that have been counted, from the first}}{\text{n}}"
)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "tex",
    [
        pytest.param(" + ".join("abcdefghijklmnopqrstuvwxyz") + " = z", id="breaks"),
        pytest.param(rf"{WIDE} \times {WIDE}", id="breaks and shrinks"),
        pytest.param(r"\frac{" + "+".join("abcdefghijklmnopqrstuvwxyzabcdefghijklm") + "}{2}", id="cannot break"),
    ],
)
def test_no_formula_on_a_line_of_its_own_leaves_its_column(tex: str, layout: str, tmp_path: Path) -> None:
    found = printed(tmp_path, f"$${tex}$$", f"${tex}$", layout=layout)
    width = found.sizes[0][0]
    right = {"sheet": width - 15, "cards": width, "test": width - 18, "large": width - 25.4}[layout]
    assert max(box.right for _, box in found.boxes()) <= right + 0.6
    assert [alt for alt in spoken(found) if alt != tex] == []


def test_grey_print_has_no_coloured_formulas(tmp_path: Path) -> None:
    cards = card_file("One", [{"id": "a", "kind": "basic", "front": "Q", "back": r"$\color{red}{x}$"}])
    decks = written(tmp_path / "decks", {"demo/deck.yaml": MINIMAL_DECK, "demo/one.yaml": cards})

    def colours(*, grey: bool) -> int:
        (file,) = artefacts(decks, tmp_path / str(grey), "pdf", printing=Printing(grey=grey)).values()
        with unmeasured(), pdfplumber.open(file) as pdf:
            inks = [char["non_stroking_color"] for page in pdf.pages for char in page.chars]
        return len({ink for ink in inks if ink and len(set(ink)) > 1})

    assert (colours(grey=True), colours(grey=False) > 1) == (0, True)


# All that can be set is known to the template

BLANK: BlankNode = {"t": "blank", "mark": "", "hint": ""}
COMMANDS = sorted(name for name in table().commands if name.isalpha())
ARGUMENTS = {
    "m": "{x}",
    "s": "{x}",
    "t": "{x}",
    "c": r"{x \\ y}",
    "r": "{x}",
    "g": "{(}",
    "D": "(",
    "B": "(",
    "n": "1em",
}


def set_alone(names: Iterable[str]) -> list[list[Any]]:
    """Return the nodes of each of some commands that can be set."""
    found = []
    for name in names:
        arguments = "".join(ARGUMENTS.get(letter, "") for letter in table().commands[name].arguments)
        for tex in (rf"\{name} {arguments}", rf"a \{name} {arguments} b", rf"x^{{\{name} {arguments}}}_{{y}}"):
            try:
                found.append(math_nodes(mathml(tex, display=True), ()))
            except NotSetError:
                break
    return found


def typeset(formulas: Iterable[list[MathNode]]) -> None:
    """Have Typst set formulas, as the templates do."""
    data: dict[str, Any] = {"layout": "sheet", "time": 0, "sections": [], "formulas": list(formulas)}
    with Workers() as workers:
        compiler.typeset(workers, data, {}, ())


PAGE = """#import "maths.typ": maths
#set document(title: "-")
#show math.equation: set text(font: "New Computer Modern Math", fallback: true)
#let put = (blank: n => [\\_], colour: (fill, body) => body, small: 1)
#for nodes in json("data.json").formulas { par(math.equation(alt: "-", maths(nodes, put))) }
#context [#metadata(counter(page).get().first())<last-page>]
"""


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put a template in the place of a layout that sets formulas and nothing else."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "sheet.typ").write_text(PAGE)
    (folder / "maths.typ").write_bytes((compiler._TEMPLATES / "maths.typ").read_bytes())  # noqa: SLF001
    monkeypatch.setattr(compiler, "_TEMPLATES", folder)


@pytest.mark.usefixtures("bare")
def test_every_command_that_can_be_set_is_printed() -> None:
    formulas = set_alone(COMMANDS)
    assert len(formulas) > 1800
    typeset(formulas)


@pytest.mark.usefixtures("bare")
def test_formulas_are_set_as_deep_as_they_may_be_nested() -> None:
    deepest = []
    for opening in (r"\sqrt{", r"\frac{1}{", "x^{", r"\hat{", r"\left(", r"\begin{matrix}", r"{\displaystyle "):
        closing = {r"\left(": r"\right)", r"\begin{matrix}": r"\end{matrix}"}.get(opening, "}")
        for depth in range(1, 40):
            try:
                nodes = math_nodes(mathml(opening * depth + "x" + closing * depth), ())
            except NotSetError:
                break
        deepest.append(nodes)
    typeset(deepest)
