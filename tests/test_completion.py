"""What a shell is told when somebody presses Tab, by the protocol of click's own scripts for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import MINIMAL_CARDS

from cardgen.diagnostics import CATALOGUE
from cardgen.lint.registry import built_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

DECKS = {
    "collection.yaml": "lint: lint.yaml\n",
    "lint.yaml": (
        "patterns:\n  - {id: yes-please, message: no thanks, match: thanks, sides: [any], bad: thanks, good: please}\n"
    ),
    "demo/deck.yaml": """\
id: demo
title: Demo
sections: [one]
variants:
  core: {title: The core, where: {kind: basic}}
  calm: {where: {kind: cloze}}
""",
    "other/deck.yaml": "id: another\ntitle: Other\nsections: [one]\nvariants: {cold: {where: {kind: typed}}}\n",
    "other/one.yaml": MINIMAL_CARDS,
    "broken/deck.yaml": "variants: [",
    "damaged/deck.yaml": "id: x\nvariants: {7: 8}\n",
    "other/languages/pt-BR.yaml": "cards: {",
    "other/languages/de.yaml": "",
    "no-deck/one.yaml": "",
    "kinds/land.yaml": "tiers: [standard, extended]\n",
    "kinds/town.yaml": "tiers: [small, standard, 7]\n",
    "kinds/broken.yaml": "tiers: [",
}


@pytest.fixture
def offered(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> Callable[..., str]:
    """Tell what one of the shells is answered after some words."""
    decks(DECKS)

    def ask(words: str, shell: str = "bash", cwd: Path | None = None) -> str:
        *before, last = words.split(" ")
        number = last if shell == "fish" else str(len(before))
        env = {"COMP_WORDS": words, "COMP_CWORD": number, "_CARDGEN_COMPLETE": f"{shell}_complete"}
        ran = cardgen(env=env) if cwd is None else cardgen(env=env, cwd=cwd)
        assert (ran.code, ran.err) == (0, "")
        return ran.out

    return ask


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cardgen ch", ["check"]),
        ("cardgen build ", ["broken", "damaged", "demo", "other", "other-de", "other-pt-br"]),
        ("cardgen build d", ["damaged", "demo"]),
        ("cardgen preview demo d", ["damaged"]),
        ("cardgen stats --deck demo --deck d", ["damaged"]),
        ("cardgen list other-", ["other-de", "other-pt-br"]),
        ("cardgen list --language ", ["de", "pt-BR"]),
        ("cardgen build --decks nowhere ", []),
        ("cardgen build --format a", ["apkg", "anki-csv"]),
        ("cardgen build --variant ", ["7", "core", "calm", "cold"]),
        ("cardgen build --variant c", ["core", "calm", "cold"]),
        ("cardgen build demo --variant c", ["core", "calm"]),
        ("cardgen stats other-de --variant ", ["cold"]),
        ("cardgen build --tier s", ["standard", "small"]),
        ("cardgen push --tier ", ["standard", "extended", "small", "7"]),
        ("cardgen build --tier x --decks nowhere --tier ", []),
        ("cardgen check --rule yes", ["yes-no", "yes-please"]),
        ("cardgen explain CG50", [code for code in CATALOGUE if code.startswith("CG50")]),
        ("cardgen explain cg505", ["CG505"]),
        ("cardgen explain answer-too", ["answer-too-long"]),
        ("cardgen schema c", ["collection", "cards"]),
    ],
)
def test_a_shell_is_told_how_words_go_on(words: str, expected: list[str], offered: Callable[..., str]) -> None:
    assert offered(words).split() == [f"plain,{word}" for word in expected]


def test_a_check_takes_files_as_well(offered: Callable[..., str]) -> None:
    assert offered("cardgen check d") == "plain,damaged\nplain,demo\n"
    assert offered("cardgen check decks/d") == "file,decks/d\n"


def test_all_codes_are_offered(offered: Callable[..., str]) -> None:
    codes = {*CATALOGUE, *(rule.code for rule in built_in())}
    assert set(offered("cardgen explain ").split()) == {f"plain,{code}" for code in codes}


def test_shells_that_can_show_it_are_told_what_a_word_means(offered: Callable[..., str]) -> None:
    assert offered("cardgen build demo --variant c", shell="zsh") == "plain\ncore\nThe core\nplain\ncalm\n_\n"
    assert offered("cardgen explain CG505", shell="zsh") == "plain\nCG505\nno-decks\n"


def test_fish_is_told_the_same_words(offered: Callable[..., str]) -> None:
    assert [item.split("\t")[0] for item in offered("cardgen build d", shell="fish").split("\n") if item] == [
        "plain,damaged",
        "plain,demo",
    ]


def test_without_decks_nothing_of_decks_is_offered_but_what_is_built_in(
    offered: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path.parent / "empty").mkdir()
    empty = tmp_path.parent / "empty"
    assert offered("cardgen check --rule yes", cwd=empty).split() == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script_for_each_shell(shell: str, cardgen: Callable[..., Ran]) -> None:
    ran = cardgen(env={"_CARDGEN_COMPLETE": f"{shell}_source"})
    assert (ran.code, ran.err) == (0, "")
    assert f"_CARDGEN_COMPLETE={shell}_complete" in ran.out
