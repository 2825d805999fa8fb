"""Cards in Markdown files of other programs become cards of ours that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from anki_cards import png
from conftest import written

from cardgen.bring import UnreadableSourceError, bring
from cardgen.load import load_decks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran


def sections_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the cards of a deck by the titles of its sections, in order, without their ids."""
    names = yaml.load((folder / "deck.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["sections"]
    read = [yaml.load((folder / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for name in names]
    return {
        section["title"]: [{key: card[key] for key in card if key != "id"} for card in section["cards"]]
        for section in read
    }


def cards_of(text: str, tmp_path: Path) -> list[dict[str, Any]]:
    """Return the cards that a file becomes."""
    written(tmp_path, {"notes.md": text})
    found = sections_of(bring(tmp_path / "notes.md", tmp_path / "decks" / "notes").folder)
    assert load_decks(tmp_path / "decks").diagnostics == ()
    return [card for cards in found.values() for card in cards]


def basic(front: str, back: str, **more: object) -> dict[str, object]:
    """Return a card with two sides."""
    return {"kind": "basic", "front": front, "back": back, **more}


def both(front: str, back: str, **more: object) -> dict[str, object]:
    """Return a card that is asked in both directions."""
    return {"kind": "reversed", "front": front, "back": back, **more}


def cloze(text: str, **more: object) -> dict[str, object]:
    """Return a card with gaps."""
    return {"kind": "cloze", "text": text, **more}


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("Q: one?\nA: yes\n\nQ: two?\nA: no\n", [basic("one?", "yes"), basic("two?", "no")]),
        ("Q: one\nand more?\nA:\n\n- a\n- b\n", [basic("one and more?", "- a\n- b")]),
        ("**Q:** one?\n**A:** yes\nQuestion: two?\nAnswer: no", [basic("one?", "yes"), basic("two?", "no")]),
        ("Q: one?\nA: yes\n---\nwords between\n\nQ: two?\nA: no\n", [basic("one?", "yes"), basic("two?", "no")]),
        ("C: The [sun] is a [star].", [cloze("The {{c1::sun}} is a {{c2::star}}.")]),
        (
            r"C: An array \[1\] of [two], [here](https://e.org)",
            [cloze("An array [1] of {{c1::two}}, [here](https://e.org)")],
        ),
        ("C: [std::move] it", [cloze("{{c1::std:\u2060:move}} it")]),
        ("Q: which?\nA: $x^2$ and\n\n$$\na\n$$\n", [basic("which?", "$x^2$ and\n\n$$a$$")]),
        (
            "Q: code?\nA:\n```py\nQ: no card\n# no heading\n```\n",
            [basic("code?", "```\nQ: no card\n# no heading\n```")],
        ),
        ('---\nname = "X"\n---\nQ: one?\r\nA: yes\r\n', [basic("one?", "yes")]),
        ("\ufeffQ: **bold**, a_b, 5 * 3 and C++?\nA: <b>yes</b>", [basic("**bold**, a_b, 5 * 3 and C++?", "**yes**")]),
        ("Q: is \\\\(x) a sound [sound:x.mp3]?\nA: no", [basic(r"is \\(x) a sound \[sound:x.mp3\]?", "no")]),
    ],
)
def test_cards_marked_with_letters(text: str, cards: list[dict[str, object]], tmp_path: Path) -> None:
    assert cards_of(text, tmp_path) == cards


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("a::b\nc:::d\n", [basic("a", "b"), both("c", "d")]),
        ("- a::b #t/u #v\n1. c :: d", [basic("a", "b", tags=["t::u", "v"]), basic("c", "d")]),
        ("words\n\na\nb\n?\nc\nd\n\nwords", [basic("a\\\nb", "c\\\nd")]),
        ("a\n??\nb\n<!--SR:!2026-01-01,3,250-->\n", [both("a", "b")]),
        ("`a::b` and [[c::d]]::e", [basic("`a::b` and c::d", "e")]),
        ("- ==a== is ==b==^[hint]", [cloze("{{c1::a}} is {{c2::b::hint}}")]),
        ("==a==[^2] is ==b==[^1] and ==c==[^2]", [cloze("{{c2::a}} is {{c1::b}} and {{c2::c}}")]),
        ("x {{c1::y::h}} z", [cloze("x {{c1::y::h}} z")]),
        (
            "Which? #card #t\nThis.\nAnd this.\n^1641234567890\n\nNo card.",
            [basic("Which?", "This.\\\nAnd this.", tags=["t"])],
        ),
        ("# Which? #card/reverse\n\nThis. ^abc123", [both("Which?", "This.")]),
        ("Two\nlines #flashcard\nanswer", [basic("Two\\\nlines", "answer")]),
        ("a::b ==c== %%gone%%<!-- gone\n\nx::y -->\n", [basic("a", "b ==c==")]),
        ("a\n?\n```\nx::y\n\nz\n```\n", [basic("a", "```\nx::y\n\nz\n```")]),
        ("a\n?\n| b | c |\n|---|---|\n| d | e |", [basic("a", "| b | c |\n| --- | --- |\n| d | e |")]),
        ("[[Note|words]] of [[Other#part]]::b", [basic("words of Other > part", "b")]),
        ("- [ ] a::> b", [basic("a", "b")]),
    ],
)
def test_cards_in_notes_of_obsidian(text: str, cards: list[dict[str, object]], tmp_path: Path) -> None:
    assert cards_of(text, tmp_path) == cards


def test_headings_of_a_single_file_become_sections(tmp_path: Path) -> None:
    written(tmp_path, {"n/notes.md": "# All\n## One **bold** #x\na::b\n### deep\nc::d\n## Two\ne::f\n"})
    brought = bring(tmp_path / "n", tmp_path / "decks" / "notes")
    assert sections_of(brought.folder) == {
        "One bold": [basic("a", "b"), basic("c", "d")],
        "Two": [basic("e", "f")],
    }


FILES: dict[str, str | bytes] = {
    "vault/.obsidian/a.md": "not::read",
    "vault/readme.md": "no cards here",
    "vault/geo/rivers.md": "---\ntags: [flashcards]\n---\nWhich? ![](../img/a.png)::![[b c.png|200]]\n",
    "vault/geo/towns.md": "#flashcards\nx ![w](@/img/a.png) ![](<img%20/no.png>)::![[said.mp3]]\n#flashcards/k/l y::z",
    "vault/other.md": "std::vector",
    "vault/img/a.png": png(1),
    "vault/deep/down/b c.png": png(2),
    "vault/said.mp3": b"sound",
    "secret.png": png(3),
}


def test_a_folder_becomes_a_deck_with_a_section_for_each_file(tmp_path: Path) -> None:
    written(tmp_path, FILES)
    brought = bring(tmp_path / "vault", tmp_path / "decks" / "notes")
    assert sections_of(brought.folder) == {
        "geo – rivers": [basic("Which? ![](media/a.png)", "![](media/b-c.png)")],
        "geo – towns": [basic("x ![w](media/a.png)", "![](media/said.mp3)")],
        "k – l": [basic("y", "z")],
    }
    assert (brought.folder / "media" / "b-c.png").read_bytes() == png(2)
    assert dict(brought.lost) == {"pictures without a file": 1}


@pytest.mark.parametrize("path", ["../secret.png", "/secret.png", "..\\secret.png", "link.png"])
def test_no_picture_outside_of_the_folder_is_taken(path: str, tmp_path: Path) -> None:
    written(tmp_path, {"vault/a.md": f"a::![]({path}) b\n", "secret.png": png(1)})
    (tmp_path / "vault" / "link.png").symlink_to(tmp_path / "secret.png")
    brought = bring(tmp_path / "vault", tmp_path / "decks" / "notes")
    assert (brought.media, dict(brought.lost)) == (0, {"pictures without a file": 1})


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.md", b"no cards", "has no cards in a form that cardgen knows: "),
        ("a.md", b"", "has no cards in a form that cardgen knows: "),
        ("a.md", b"a::\xff", "is not UTF-8 (byte 4); save it as UTF-8"),
        ("d/a.md", b"a::\xff", "has a.md, which is not UTF-8 (byte 4); save it as UTF-8"),
        ("a.md", b"Q: only\n\nQ: questions\nA:", "has 2 notes, and none can be brought over: "),
        ("d/a.png", b"x", "has no cards in a form that cardgen knows: "),
    ],
)
def test_what_has_no_cards_says_so(name: str, content: bytes, why: str, tmp_path: Path) -> None:
    written(tmp_path, {name: content})
    with pytest.raises(UnreadableSourceError) as raised:
        bring(tmp_path / name.split("/", maxsplit=1)[0], tmp_path / "decks" / "a")
    assert str(raised.value).startswith(why)
    assert not (tmp_path / "decks").exists()


@pytest.mark.parametrize(
    "text",
    [
        "Q: " + "[" * 10_000 + "\nA: b",
        "Q: " + "*a " * 12_000 + "\nA: b",
        "> " * 15_000 + "a::b",
        "[[" * 100_000 + "\n\na::b",
        "==a" * 30_000 + "==",
        "<!--" * 200_000 + "\n\na::" + "x" * 30_000,
        "%%" * 200_001 + "\n\na::" + "x" * 30_000,
        "a" + " " * 400_000 + "::b #x",
        "a::b" + " #x" * 6_000 + " " * 12_000 + "y",
        "a\n?\n" + "- " * 5_000 + "b",
        "\n\n".join("#" * (1 + index % 6) + f" h{index}" for index in range(20_000)) + "\n\nC: no",
    ],
)
def test_hostile_files_end_as_a_message(text: str, tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    written(tmp_path, {"a.md": text})
    ran = cardgen("import", "a.md")
    assert (ran.code, ran.err.startswith("Usage:") if ran.code else True) in ((0, True), (2, True))
    assert "Traceback" not in ran.err


def test_control_characters_are_left_out(tmp_path: Path) -> None:
    assert cards_of("a\x00\x07b::c\x1b[31md\u2028e", tmp_path) == [basic("ab", "c[31md e")]
