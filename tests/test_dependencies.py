"""What cardgen is installed with: versions that were tested, within the ranges that it allows."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from conftest import DEPENDENCIES, REPOSITORY
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT: dict[str, Any] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TESTED = (REPOSITORY / "requirements/tested.txt").read_text(encoding="utf-8").splitlines()


def test_the_tested_versions_are_names_and_versions_and_nothing_else() -> None:
    assert [line for line in TESTED if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []


@pytest.mark.parametrize("dependency", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])
def test_a_dependency_has_a_tested_version_within_its_range(dependency: str) -> None:
    tested = {canonicalize_name(name): version for name, version in (line.split("==") for line in TESTED)}
    required = Requirement(dependency)
    assert tested[canonicalize_name(required.name)] in required.specifier


def test_the_modules_that_ci_also_runs_with_newest_versions_are_there() -> None:
    assert {name for name in DEPENDENCIES if not (REPOSITORY / f"tests/{name}.py").exists()} == set()


def test_ci_for_every_python_runs_the_pythons_of_the_classifiers() -> None:
    workflow = (REPOSITORY / ".github/workflows/tests.yml").read_text(encoding="utf-8")
    named = [found[1] for name in PROJECT["classifiers"] if (found := re.search(r":: (3\.\d+)$", name))]
    assert set(re.findall(r'"(3\.\d+)"', workflow)) == set(named)
