"""What can be wrong with an own kind: all that Anki would take in silence, and all that would harm learners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.check.schemas import fields_of_all, kinds
from cardgen.diagnostics import Place, diagnose, did_you_mean, shortened
from cardgen.ledger.kinds_lock import FIELD, TEMPLATE, TIER
from cardgen.load.kind_files import unknown_words, words_in
from cardgen.load.kind_written import GAPPED, template_files
from cardgen.model import FieldType
from cardgen.model.own_kind import gate_of
from cardgen.read import label
from cardgen.read.kinds import STYLE_FILE
from cardgen.templates import Flaw, check_field_names, check_fronts, check_template, check_template_names, under

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from cardgen.diagnostics import Diagnostic
    from cardgen.ledger.kinds_lock import LockedType, Misfit, Places
    from cardgen.load.kind_written import Written
    from cardgen.read import KeyPath
    from cardgen.read.kinds import TextFile
    from cardgen.templates import Problem

CODES: Final = {
    Flaw.SYNTAX: "CG365",
    Flaw.UNKNOWN_FIELD: "CG366",
    Flaw.UNKNOWN_WORD: "CG372",
    Flaw.UNKNOWN_FILTER: "CG367",
    Flaw.SPEECH: "CG367",
    Flaw.VERSIONS: "CG367",
    Flaw.FRONT_SIDE: "CG367",
    Flaw.TYPED: "CG367",
    Flaw.NO_CARD: "CG368",
    Flaw.SAME_FRONT: "CG368",
    Flaw.GAPS: "CG369",
    Flaw.NAME: "CG370",
    Flaw.SAME_NAME: "CG370",
    Flaw.SPECIAL_NAME: "CG371",
}
"""The codes of what is wrong with templates and names."""

_PLACED: Final = {FIELD: ("fields", "field"), TIER: ("tiers", "tier"), TEMPLATE: ("cards", "card template")}
"""Where the file declares what has a place in the note type, and what people call it."""


def check_ids(kind: Written, facets: Collection[str]) -> Iterator[Diagnostic]:
    """Find ids that are taken, or not the same in two places."""
    written = kind.values.get("id")
    if written is not None and written != kind.name:
        message = f"the file is called {shortened(kind.name)}.yaml, and the kind `{written}`"
        yield kind.diagnose("CG360", message, ("id",), "Call both the same; it is the id that must never change.")
    elif written in kinds():
        yield kind.diagnose("CG360", f"cardgen has a kind `{written}` of its own", ("id",))
    for name in (field.id for field in kind.fields):
        if name in facets:
            yield kind.diagnose("CG374", f"`{name}` is a facet of the collection", ("fields", name), of_key=True)
        elif name in {*fields_of_all(), "id", "kind"}:
            yield kind.diagnose("CG374", f"`{name}` is a field that all cards have", ("fields", name), of_key=True)


def check_names(kind: Written, places: Places) -> Iterator[Diagnostic]:
    """Find names that Anki would change; of two that are the same, one that the author chose is to blame."""
    named = {"spare": "Reserved {}", "card": "Reserved card {}"}
    ours = [named[slot.use].format(slot.name) for slot in places.fields if slot.use in named]
    gates: list[tuple[KeyPath, str]] = [
        (("tiers", index), gate_of(tier)) for index, tier in enumerate(kind.tiers) if index
    ]
    fields: list[tuple[KeyPath, str]] = [(("fields", field.id, "title"), field.title) for field in kind.fields]
    yield from _names(kind, check_field_names, ours, [*gates, *fields])
    ours = [named[slot.use].format(slot.name) for slot in places.templates if slot.use in named]
    templates: list[tuple[KeyPath, str]] = [
        (("cards", name, "title"), entry["title"]) for name, entry in kind.templates.items()
    ]
    yield from _names(kind, check_template_names, ours, templates)


def _names(
    kind: Written,
    check: Callable[[Sequence[str]], Iterable[tuple[int, Problem]]],
    ours: Sequence[str],
    written: Sequence[tuple[KeyPath, str]],
) -> Iterator[Diagnostic]:
    for number, problem in check([*ours, *(name for _, name in written)]):
        if number >= len(ours):
            path = written[number - len(ours)][0]
            yield kind.diagnose(CODES[problem.flaw], problem.message, path, problem.hint)


def check_references(kind: Written) -> Iterator[Diagnostic]:
    """Find names of fields, templates and tiers that there are not."""
    names = [field.id for field in kind.fields]
    sort = kind.values.get("sort")
    if sort is not None and sort not in names:
        yield kind.diagnose("CG375", f"the kind has no field `{sort}`", ("sort",), did_you_mean(sort, names))
    for side, listed in kind.values.get("print", {}).items():
        for index, name in enumerate(listed):
            if name not in names:
                message = f"the kind has no field `{name}`"
                yield kind.diagnose("CG375", message, ("print", side, index), did_you_mean(name, names))
    for what, known in (("fields", names), ("templates", [*kind.templates])):
        for name in kind.values.get("anki", {}).get(what, {}):
            if name not in known:
                message = f"the kind has no {what.removesuffix('s')} `{name}`"
                yield kind.diagnose("CG375", message, ("anki", what, name), did_you_mean(name, known), of_key=True)
    for name, entry in kind.templates.items() if kind.is_known("tiers") else ():
        tier = entry.get("tier")
        if tier is not None and tier not in kind.tiers:
            hint = did_you_mean(tier, kind.tiers) or "Name the kind's tiers in `tiers`, the smallest first."
            yield kind.diagnose("CG375", f"the kind has no tier `{tier}`", ("cards", name, "tier"), hint)


def check_gaps(kind: Written) -> Iterator[Diagnostic]:
    """Find kinds that are half of gaps and half not."""
    if not kind.is_cloze:
        for field in kind.gapped:
            message = f"`{field.id}` has gaps, and cards of the kind do not come from gaps"
            yield kind.diagnose("CG376", message, ("fields", field.id, "type"))
        return
    if not any(field.type in GAPPED for field in kind.fields):
        yield kind.diagnose("CG376", "no field of the kind has gaps", ("cloze",), "Give one the type `gaps`.")
    for index, (name, entry) in enumerate(kind.templates.items()):
        if index:
            message = "Anki has one template for cards from gaps"
            yield kind.diagnose("CG376", message, ("cards", name), "Delete the others.", of_key=True)
        elif "tier" in entry:
            message = "each gap makes a card, whatever the tier"
            yield kind.diagnose("CG376", message, ("cards", name, "tier"), "Take the tier away.")


# What learners have


def misfit(kind: Written, found: Misfit) -> Diagnostic:
    """Return the finding that something has lost its place in the note type, or finds none."""
    use, name = found.slot
    around, noun = _PLACED[use]
    if found.is_lost:
        message = f"the {noun} `{name}` is gone, and a note type cannot lose one"
        hint = "Put it back; its title may change. If no learner has it yet, take its line of kinds.lock back."
        return kind.diagnose("CG377", message, (around,), hint, of_key=True)
    message = f"no spare {found.sort} is left for the {noun} `{name}`"
    if use == TIER:
        return kind.diagnose("CG377", message, (around, kind.tiers.index(name)))
    return kind.diagnose("CG377", message, (around, name), of_key=True)


def check_type(kind: Written, locked: LockedType | None) -> Iterator[Diagnostic]:
    """Find that the note type would be another than the one that learners have."""
    if locked is None:
        return
    if locked.is_cloze is not kind.is_cloze:
        came = "came from gaps" if locked.is_cloze else "did not come from gaps"
        yield kind.diagnose("CG378", f"its cards {came}, and Anki changes no note type to that", ("cloze",))
    if locked.anki_id != kind.values.get("anki", {}).get("id", 0):
        had = f"had the id {locked.anki_id}" if locked.anki_id else "had the id that cardgen computes"
        yield kind.diagnose("CG378", f"the note type {had}", ("anki", "id"))


# Files


def check_files(kind: Written) -> Iterator[Diagnostic]:
    """Find templates and style sheets that are not there; of what cannot be read, that is told already."""
    wanted: list[tuple[KeyPath, str]] = [
        (("cards", name), file) for name in kind.template_names for file in template_files(name)
    ]
    wanted.append((("cards",), STYLE_FILE))
    there = kind.files.texts.keys() | kind.files.assets.keys() | kind.files.others
    free = sorted(there - {file for _, file in wanted})
    for path, file in wanted:
        if file in there or file in kind.files.unreadable:
            continue
        near = did_you_mean(file, free)
        hint = "Write one; it may be empty." if file == STYLE_FILE else ""
        message = f"no file {label(kind.files.path / shortened(file))}"
        yield kind.diagnose("CG361", message, path, near if near.startswith("Did") else hint, of_key=True)


def check_templates(kind: Written) -> Iterator[Diagnostic]:
    """Find what Anki would show otherwise than its author means, or refuse to learners who change anything."""
    names = [*(field.title for field in kind.fields), *map(gate_of, kind.gates)]
    has_html = any(field.type is FieldType.HTML for field in kind.fields)
    gapped = None if has_html else [field.title for field in kind.gapped]
    for sides in kind.sides.values():
        files = sides._asdict()
        front, back = (side.text for side in sides)
        found = check_template(
            front,
            back,
            names,
            is_cloze=kind.is_cloze,
            gaps=gapped,
            required=[field.title for field in kind.fields if field.required],
            words=[*kind.words],
        )
        yield from (_placed(files[side], problem) for side, problem in found)
    for name, problem in check_fronts({name: _as_in_anki(kind, name) for name in kind.sides}):
        yield _placed(kind.sides[name].front, problem)
    if kind.style is not None:
        yield from unknown_words(kind.style, kind.words)


def _as_in_anki(kind: Written, name: str) -> str:
    front, gate = kind.sides[name].front.text, kind.gate_around(name)
    return under(gate, front) if gate else front


def _placed(file: TextFile, problem: Problem) -> Diagnostic:
    return diagnose(CODES[problem.flaw], problem.message, file.place(problem.span), problem.hint)


def check_unused(kind: Written) -> Iterator[Diagnostic]:
    """Find words and files that nothing in the kind names."""
    if kind.style is None or len(kind.sides) < len(kind.template_names):
        return  # what is not there could name them
    shown = words_in((side.text for sides in kind.sides.values() for side in sides), kind.style.text)
    for word in kind.words:
        if word not in shown:
            message = f"no template shows the word `{word}`"
            hint = f"Write `{{{{word:{word}}}}}` where it belongs, or delete it."
            yield kind.diagnose("CG362", message, ("words", word), hint, of_key=True)
    needed = {STYLE_FILE, *(file for name in kind.sides for file in template_files(name))}
    for name in sorted((kind.files.texts.keys() | kind.files.assets.keys() | kind.files.others) - needed):
        if not any(name in text.text for text in kind.texts):
            place = Place(label(kind.files.path / name))
            hint = "Packages bring what templates and style sheet name; a script gets the name from there."
            message = f"no template and no style sheet names {shortened(name)}"
            yield diagnose("CG362", message, place, hint if name in kind.files.assets else "")
