"""Ledgers of two branches, merged by git as .gitattributes says."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from conftest import REPOSITORY

from cardgen.ledger import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

FIRST = (
    "  - id: {0}\n    kind: basic\n    front: What is {0}?\n"
    "    tags: [t]\n    note: none\n    back: The answer to {0}.\n"
)
BASE = "title: One\ncards:\n" + "".join(map(FIRST.format, ("a", "b", "c")))


class Repository:
    """A repository with the small deck, built and committed on the branch `main`."""

    def __init__(self, folder: Path, build: Callable[..., Ran]) -> None:
        self._folder = folder
        self._build = build
        self._day = 0
        self.cards = folder / "decks/demo/one.yaml"
        self.ledger = folder / "decks/demo/ledger.txt"
        (folder / ".gitattributes").write_bytes((REPOSITORY / ".gitattributes").read_bytes())
        (folder / ".gitignore").write_text("/dist/\n")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit(BASE)

    def git(self, *arguments: str) -> None:
        """Run git in the repository."""
        names = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *names, *arguments], cwd=self._folder, check=True, capture_output=True)

    def commit(self, cards: str) -> None:
        """Write the cards, build on another day than before, and commit cards and ledger."""
        self._day += 1
        self.cards.write_text(cards)
        built = self._build(
            "build", "--format", "csv", env={"SOURCE_DATE_EPOCH": str(1_800_000_000 + self._day * 86_400)}
        )
        assert (built.code, built.err) == (0, "")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Change cards")

    def merge(self, ours: str, theirs: str) -> None:
        """Write cards on two branches that begin here, and merge them."""
        self.git("switch", "--quiet", "--create", "theirs")
        self.commit(theirs)
        self.git("switch", "--quiet", "main")
        self.commit(ours)
        self.git("merge", "--quiet", "--no-edit", "theirs")

    def entries(self) -> list[str]:
        """Return the addresses of the ledger's lines, as they stand there."""
        return [line.split()[0] for line in self.ledger.read_text().splitlines() if not line.startswith("#")]


@pytest.fixture
def repository(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> Repository:
    return Repository(decks({"demo/one.yaml": BASE}).parent, cardgen)


def test_cards_that_two_branches_add_change_and_retire_are_up_to_date_after_the_merge(
    repository: Repository, cardgen: Callable[..., Ran]
) -> None:
    ours = BASE.replace("title: One", "title: One\ndefaults: {}").replace("cards:\n", "cards:\n" + FIRST.format("aa"))
    ours = ours.replace(
        "    kind: basic\n    front: What is b?", "    kind: basic\n    retired: true\n    front: What is b?"
    )
    theirs = BASE.replace("The answer to c.", "C.") + FIRST.format("d")
    repository.merge(ours, theirs)
    locked = cardgen("build", "--locked", "--format", "csv")
    assert (locked.code, locked.err) == (0, "")
    entries = read(repository.ledger.read_text()).entries
    assert {place: entry.retired is not None for place, entry in entries.items()} == {
        "a": False, "aa": False, "b": True, "c": False, "d": False,
    }  # fmt: skip


def test_a_ledger_that_git_knows_is_missed(repository: Repository, cardgen: Callable[..., Ran]) -> None:
    repository.ledger.unlink()
    assert cardgen("build", "--format", "csv").err.splitlines()[0] == (
        "warning[CG618]: `demo` has no ledger but must have had one: git knows one"
    )


def test_a_build_puts_a_merged_ledger_in_order(repository: Repository, cardgen: Callable[..., Ran]) -> None:
    before = repository.ledger.read_text()
    head, *lines = before.splitlines()
    repository.ledger.write_text("\n".join([head, *reversed(lines), head, *lines]) + "\n")
    assert cardgen("build", "--locked", "--format", "csv").code == 0
    assert cardgen("build", "--format", "csv").code == 0
    assert repository.ledger.read_text() == before


def test_a_card_that_two_branches_changed_is_named_until_the_next_build(
    repository: Repository, cardgen: Callable[..., Ran]
) -> None:
    repository.merge(BASE.replace("What is b?", "What does b mean?"), BASE.replace("The answer to b.", "It is b."))
    assert repository.entries() == ["a", "b", "b", "c"]
    refused = cardgen("build", "--locked", "--format", "csv")
    assert (refused.code, refused.err) == (
        1,
        "error[CG603]: 1 note is not as the ledger knows it: `b`\n"
        "  --> decks/demo/ledger.txt\n"
        "  hint: Run `cardgen build` without --locked, and commit the ledger with the deck.\n"
        "\n"
        "1 error\n",
    )
    assert cardgen("build", "--format", "csv").code == 0
    assert repository.entries() == ["a", "b", "c"]
    assert cardgen("build", "--locked", "--format", "csv").code == 0
