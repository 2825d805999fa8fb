"""The exceptions of the project: what the drawn tree says is what there is."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

import cardgen
from cardgen import errors


def classes() -> set[type[Exception]]:
    """Return the exceptions that the project defines, but those that one module keeps to itself."""
    found: set[type[Exception]] = set()
    for module in pkgutil.walk_packages(cardgen.__path__, "cardgen."):
        if not module.name.endswith("__main__"):
            members = vars(import_module(module.name)).values()
            found.update(each for each in members if isinstance(each, type) and issubclass(each, Exception))
    return {each for each in found if each.__module__.startswith("cardgen.") and not each.__name__.startswith("_")}


def drawn() -> dict[str, tuple[str, str]]:
    """Return the classes of the tree, each with the class over it and what is said of it."""
    over: list[str] = []
    found: dict[str, tuple[str, str]] = {}
    for line in re.findall(r"^    ((?:[│ ]   )*(?:[├└]── )?\w+Error {2,}.*)$", errors.__doc__ or "", re.MULTILINE):
        start = re.search(r"\w", line)
        assert start is not None
        depth = start.start() // 4
        name, about = re.split(r" {2,}", line[start.start() :])
        over[depth:] = [name]
        found[name] = (over[depth - 1] if depth else "Exception", about)
    return found


def test_the_drawn_tree_is_that_of_the_classes() -> None:
    tree = {each.__name__: ", ".join(base.__name__ for base in each.__bases__) for each in classes()}
    assert {name: above for name, (above, _) in drawn().items()} == tree


def test_each_exception_says_when_it_happens() -> None:
    assert [name for name, (_, about) in drawn().items() if not about] == []
    assert [each.__name__ for each in classes() if not each.__doc__] == []
