"""How the modules of cardgen depend on each other: one way, and each can be imported by itself."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter

import pytest
from conftest import REPOSITORY

LAYERS = (
    {"_version"},
    {"cardgen", "errors", "leftovers", "memory"},
    {"diagnostics", "words"},
    {"charts", "model", "read"},
    {"ledger", "richtext"},
    {"formulas", "masks", "templates"},
    {"kinds"},
    {"check", "notes"},
    {"export", "load"},
    {"anki", "print", "tables", "texts"},
    {"stories"},
    {"build"},
    {"bring", "diff", "lint", "plan", "preview", "site"},
    {"editor"},
    {"starter", "stats"},
    {"cli"},
    {"__main__"},
)
"""The packages and loose modules of cardgen in the order of the flow: each imports from earlier layers alone."""

Arrow = tuple[str, str]
"""What imports, and what is imported: each a package or loose module of cardgen."""

MODULES = {
    ".".join(("cardgen", *file.relative_to(REPOSITORY / "cardgen").with_suffix("").parts)).removesuffix(
        ".__init__"
    ): file
    for file in sorted((REPOSITORY / "cardgen").rglob("*.py"))
}

ALONE = """
import gc, importlib, os, sys, traceback

names = sys.argv[1:]
for name in names:
    importlib.import_module(name)
for name in names:
    sys.modules.pop(name, None)
gc.freeze()

for name in names:
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(name)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print(name)
"""
"""Imports each module in a process that has what cardgen imports from elsewhere, which is what takes time, and nothing
of cardgen; prints the names of those that fail."""


def room(module: str) -> str:
    """Return the package or loose module of cardgen that a module belongs to; the facade is ``cardgen``."""
    return ([*module.split("."), "cardgen"])[1]


@cache
def arrows() -> tuple[frozenset[Arrow], frozenset[Arrow]]:
    """Return all imports between rooms: those at run time, in functions too, and those for type hints alone."""
    at_run_time: set[Arrow] = set()
    for_types: set[Arrow] = set()
    for module, file in MODULES.items():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        blocks = [
            node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        ]
        typed = {node for block in blocks for statement in block.body for node in ast.walk(statement)}
        for node in ast.walk(tree):
            found = for_types if node in typed else at_run_time
            found.update((room(module), room(name)) for name in imported(node))
    return frozenset(at_run_time), frozenset(for_types - at_run_time)


def imported(node: ast.AST) -> list[str]:
    """Return the modules of cardgen that a statement imports; one from ``cardgen`` itself may be such a module."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        assert node.module, "imports are absolute"
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    else:
        return []
    inside = [name for name in names if name.split(".")[0] == "cardgen"]
    return [name if name in MODULES else name.rpartition(".")[0] for name in inside]


def later(found: frozenset[Arrow]) -> set[Arrow]:
    """Return the imports that lead to the same layer, outside the room itself, or to a later one."""
    layer = {name: number for number, names in enumerate(LAYERS) for name in names}
    return {(one, other) for one, other in found if one != other and layer[other] >= layer[one]}


def test_every_package_has_its_layer() -> None:
    assert sorted(name for layer in LAYERS for name in layer) == sorted({room(module) for module in MODULES})


def test_no_package_imports_one_that_comes_later() -> None:
    assert later(arrows()[0]) == set()


def test_no_package_names_types_of_one_that_comes_later() -> None:
    assert {arrow for arrow in later(arrows()[1]) if arrow[0] != "cardgen"} == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports in functions and for type hints count, too; not the facade, which finds names on demand."""
    graph = {
        module: {name for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) for name in imported(node)}
        - {module, "cardgen"}
        for module, file in MODULES.items()
        if module != "cardgen"
    }
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process for each would take long where there is no fork")
def test_every_module_can_be_imported_first() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE, *MODULES], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
