"""`check --fix`: it fixes what it says, changes nothing else, and has nothing left to do the second time."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import MINIMAL_CARDS, Ran, written
from hypothesis import given
from hypothesis import strategies as st

from cardgen.diagnostics import Severity
from cardgen.errors import UsageError
from cardgen.lint.ids import slug
from cardgen.lint.run import CheckRequest, planned_fixes, write_fixes
from cardgen.read.scalars import positions
from cardgen.read.strict_yaml import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def fixed(root: Path, severity: Severity = Severity.INFO) -> bytes:
    """Fix decks, and return the bytes of the small deck's section."""
    write_fixes(planned_fixes(CheckRequest(root, severity=severity)))
    return (root / "demo/one.yaml").read_bytes()


BEFORE = """\
# A comment, kept.
title:   One   # its layout, too
cards:
  - id: a
    kind: basic
    front: >-
      Which  river ,
      so to say, is it ?
    back: "The  \\u0044anube ,  \\"so\\" they say"   # quotes stay
    tags: [b,  "c::d", a]   # sorted

  - kind: basic
    front: 'What''s the **capital** of Österreich?'
    back: Wien
  - {kind: process, title: "A  ship", steps: [{do: Enter the lock}, {id: up, do: Rise}, {do: Enter the lock}]}
"""

AFTER = """\
# A comment, kept.
title:   One   # its layout, too
cards:
  - id: a
    kind: basic
    front: >-
      Which river,
      so to say, is it?
    back: "The \\u0044anube, \\"so\\" they say"   # quotes stay
    tags: [a,  "b", c::d]   # sorted

  - id: whats-the-capital-of-osterreich
    kind: basic
    front: 'What''s the **capital** of Österreich?'
    back: Wien
  - {id: a-ship, kind: process, title: "A ship", steps: [{id: enter-the-lock, do: Enter the lock}, \
{id: up, do: Rise}, {id: enter-the-lock-2, do: Enter the lock}]}
"""


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(str.encode, id="as it is"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="lines of Windows"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="byte order mark"),
    ],
)
def test_what_can_be_fixed_is_and_every_other_byte_stays(
    form: Callable[[str], bytes], decks: Callable[..., Path]
) -> None:
    root = decks({"demo/one.yaml": form(BEFORE)})
    assert fixed(root) == form(AFTER)
    assert fixed(root) == form(AFTER)


LANGUAGE = """\
title: Demo  auf Deutsch
cards:
  a:
    front: Welcher  Fluss ?   # ein Kommentar
    note: 'Die  Donau'
    lint_ignore: {S10: Zu kurz.}
  b:
    title: Ein  Schiff
    steps: [{id: out, do: Warten}, {id: up, do: 'Steigen ,,  dann warten'}]
  ignored: {front: 'Zwei  Lücken', back: A, lint_ignore: {typographic-slip: So gemeint.}}
  nobody: {front: 'Zwei  Lücken'}
"""
ORIGINAL = """\
title: One
cards:
  - {id: a, kind: basic, front: Which river?, back: The Danube, lint_ignore: {S19: The card's alone.}}
  - {id: b, kind: process, title: A ship, steps: [{id: up, do: Rise}, {id: out, do: Wait}]}
  - {id: ignored, kind: basic, front: Which?, back: A}
"""


def test_texts_of_a_language_are_fixed(decks: Callable[..., Path]) -> None:
    root = decks({"demo/one.yaml": ORIGINAL, "demo/languages/de.yaml": LANGUAGE})
    write_fixes(planned_fixes(CheckRequest(root)))
    assert (root / "demo/languages/de.yaml").read_text(encoding="utf-8") == LANGUAGE.replace(
        "Welcher  Fluss ?", "Welcher Fluss?"
    ).replace("Die  Donau", "Die Donau").replace("Ein  Schiff", "Ein Schiff").replace(" ,,  dann", ", dann")
    assert (root / "demo/one.yaml").read_text(encoding="utf-8") == ORIGINAL


def test_spaces_that_are_right_in_a_language_stay(decks: Callable[..., Path]) -> None:
    block = "cards: {a: {front: 'Quel fleuve ?', back: Le Danube .}}\n"
    root = decks({"demo/one.yaml": ORIGINAL, "demo/languages/fr.yaml": block})
    write_fixes(planned_fixes(CheckRequest(root)))
    fixed = (root / "demo/languages/fr.yaml").read_text(encoding="utf-8")
    assert fixed == block.replace("Danube .", "Danube.")


def test_a_block_that_is_out_of_date_is_left_to_its_translator(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    blocks = "cards:\n  a: {front: Welcher Fluss ?, back: Donau}\n  ignored: {front: Welche ?, back: A}\n"
    root = decks({"demo/one.yaml": ORIGINAL, "demo/languages/de.yaml": blocks})
    cardgen("build", "--format", "csv")
    (root / "demo/one.yaml").write_text(ORIGINAL.replace("Which river?", "Which great river?"), encoding="utf-8")
    write_fixes(planned_fixes(CheckRequest(root)))
    file = root / "demo/languages/de.yaml"
    assert file.read_text(encoding="utf-8") == blocks.replace("Welche ?", "Welche?")
    assert "warning[CG621]" in cardgen("check").err


@pytest.mark.parametrize("asked", [("demo-de",), ("--language", "de"), ("decks/demo/languages/de.yaml",)])
def test_the_translation_alone_is_fixed_if_it_alone_is_asked_for(
    asked: tuple[str, ...], decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    cards = ORIGINAL.replace("A ship", "A  ship")
    decks({"demo/one.yaml": cards, "demo/languages/de.yaml": LANGUAGE})
    ran = cardgen("check", "--fix", *asked)
    assert ran.out.splitlines()[-1] == "4 changes in 1 file; --fix --write writes them"
    assert ran.out.startswith("--- decks/demo/languages/de.yaml\n")


def test_only_what_is_shown_is_fixed(decks: Callable[..., Path]) -> None:
    root = decks({"demo/one.yaml": MINIMAL_CARDS.replace("front: What", "tags: [b, a]\n    front: What  ")})
    assert b"tags: [b, a]\n    front: What is it?" in fixed(root, Severity.WARNING)


def test_without_write_there_is_a_diff_and_no_change(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    root = decks({"demo/one.yaml": MINIMAL_CARDS.replace("What is", "What  is")})
    before = (root / "demo/one.yaml").read_bytes()
    diff = (
        "--- decks/demo/one.yaml\n+++ decks/demo/one.yaml\n@@ -2,5 +2,5 @@\n cards:\n   - id: first\n     kind: basic\n"
        "-    front: What  is it?\n+    front: What is it?\n     back: This.\n"
        "1 change in 1 file; --fix --write writes them\n"
    )
    assert cardgen("check", "--fix") == Ran(0, diff, "")
    assert (root / "demo/one.yaml").read_bytes() == before


def test_with_write_it_is_fixed_and_checked(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"demo/one.yaml": MINIMAL_CARDS.replace("What is", "What  is")})
    fix = cardgen("check", "--fix", "--write", "--strict")
    assert fix == Ran(0, "1 deck, 1 card: no findings\n", "decks/demo/one.yaml  (1 change)\n")
    assert cardgen("check", "--fix") == Ran(0, "nothing to fix\n", "")


def test_bundled_decks_are_not_fixed(decks: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cardgen.lint.run.is_bundled", lambda _: True)
    with pytest.raises(UsageError, match="cannot be fixed"):
        planned_fixes(CheckRequest(decks()))


def test_write_alone_is_wrong_usage(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    assert cardgen("check", "--write").code == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("front: Which  one?\n    lint_ignore: {S19: On purpose.}", id="the card suppresses the rule"),
        pytest.param("front: &f Which  one?\n    note: *f", id="an alias repeats it"),
        pytest.param('front: "Which \\\n      \\ one?"', id="an escaped space"),
        pytest.param("front: '`Which  one?`'", id="code"),
        pytest.param("front: |\n      one\n          two  three", id="indented lines"),
    ],
)
def test_what_is_not_sure_is_left_alone(text: str, decks: Callable[..., Path]) -> None:
    content = f"title: One\ncards:\n  - id: a\n    kind: basic\n    {text}\n    back: A\n"
    root = decks({"demo/one.yaml": content})
    assert fixed(root).decode() == content


def test_an_id_that_learners_have_is_not_given_again(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    root = decks()
    cardgen("build", "--format", "csv")
    (root / "demo/one.yaml").write_text("title: One\ncards:\n  - {kind: basic, front: First, back: A}\n")
    assert b"{id: first-2, kind" in fixed(root)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("What is **the** capital?", "what-is-the-capital"),
        ("One two three four five six seven eight", "one-two-three-four-five-six"),
        ("The {{c1::Danube::river}} flows", "the-danube-flows"),
        ("Zürich's Café", "zurichs-cafe"),
        ("日本", "card"),
        ("x" * 100, "x" * 60),
    ],
)
def test_an_id_is_made_of_the_first_words(text: str, made: str) -> None:
    assert slug(text, "card") == made


def test_a_card_in_another_script_gets_a_number(decks: Callable[..., Path]) -> None:
    root = decks({"demo/one.yaml": "title: One\ncards:\n" + "  - {kind: basic, front: 日本, back: A}\n" * 2})
    assert fixed(root).decode().count("{id: card-1, ") == fixed(root).decode().count("{id: card-2, ") == 1


def test_a_file_that_cannot_be_read_is_left_alone(decks: Callable[..., Path]) -> None:
    root = decks({"demo/one.yaml": "title: One\ncards: [\n"})
    assert fixed(root) == b"title: One\ncards: [\n"


# Whatever is in it

WORDS = st.lists(
    st.sampled_from(
        ["a", "one", "  ", " ", ",", " ,", ".", "?", ";", "\n", "`", "$", "'", '"', "#", ": ", "é", "水", "|"]
    )
)
STYLES = ("json", "single", "folded")


def as_yaml(text: str, style: str) -> str:
    """Write a text as a scalar of a style."""
    if style == "single" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    if style == "folded" and text.strip() and "\n" not in text and not text.startswith(" "):
        return f">-\n      {text}"
    return json.dumps(text, ensure_ascii=False)


@given(
    fronts=st.lists(st.tuples(WORDS.map("".join), st.sampled_from(STYLES)), min_size=1, max_size=4),
    tags=st.lists(st.sampled_from(["a", "b", "c::d", "é"]), unique=True, min_size=1),
    with_id=st.booleans(),
)
def test_fixing_twice_is_fixing_once_and_nothing_else_changes(
    fronts: list[tuple[str, str]], tags: list[str], with_id: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = ["# head", "title: One", "cards:"]
    for number, (text, style) in enumerate(fronts):
        lines.append(f"  -   {f'id: c{number}' if with_id else 'level: core'}   # first")
        lines.append(f"      front: {as_yaml(f'x{text}x', style)}".replace("\n      ", "\n          "))
        lines.append(f"      tags: [{',  '.join(json.dumps(tag, ensure_ascii=False) for tag in tags)}] # sorted")
        lines.append("      kind: basic\n      back: Z # last")
    before = "\n".join(lines) + "\n"
    root = written(
        tmp_path_factory.mktemp("fix") / "decks",
        {
            "collection.yaml": "facets: {level: any}\n",
            "demo/deck.yaml": "id: demo\ntitle: Demo\nsections: [one]\n",
            "demo/one.yaml": before,
        },
    )
    once = fixed(root).decode()
    assert fixed(root).decode() == once
    assert comments(once) == comments(before)
    assert without_fixed(parse(once).value) == without_fixed(parse(before).value)


def comments(text: str) -> int:
    """Return the number of comments that were written."""
    return sum(text.count(comment) for comment in ("# head\n", "# first\n", "# sorted\n", "# last\n"))


def without_fixed(value: Any) -> Any:
    """Return a file's value without what may be fixed: spaces and commas of texts, the order of tags, ids."""
    value = copy.deepcopy(value)
    for card in value["cards"]:
        card.pop("id", None)
        card["front"] = "".join(char for char in card["front"] if char not in " ,")
        card["tags"] = sorted(card["tags"])
    return value


@given(text=WORDS.map("".join), style=st.sampled_from(STYLES))
def test_every_character_of_a_scalar_has_its_place(text: str, style: str) -> None:
    source = as_yaml(f"x{text}x", style).replace("\n      ", "\n  ")
    value = parse(f"key: {source}\n").value
    if value is None:
        return
    there = positions(source, value["key"])
    assert there is not None
    assert there == sorted(there)
    assert [source[at] for at, char in zip(there, value["key"], strict=True) if char in "xa水"] == [
        char for char in value["key"] if char in "xa水"
    ]
