"""A learner with Anki: imports packages, studies, edits. Runs in the Python that has the wanted Anki engine.

As a program it reads one JSON request a line, ``[method, arguments...]``, and answers each with one line of JSON;
``open`` with the path of a collection comes before all others, and again for another learner. So the same learner
works with engines of several years, each in an environment of its own. It needs nothing but ``anki``, of version
2.1.54 or later.
"""

from __future__ import annotations

import json
import sys
from typing import Any


class Learner:
    """One collection and what its owner does.

    Notes are named by the ``ID`` field that cardgen gives them, those of an author's own kinds by their first field.
    """

    def __init__(self, path: str) -> None:
        from anki.collection import Collection
        from anki.lang import set_lang

        set_lang("en_US")
        self._col: Any = Collection(path)

    def import_package(self, path: str, merge: bool = False) -> dict[str, int]:
        """Import with default options, or with "Merge note types" ticked; count what Anki says it did."""
        try:
            from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
        except ImportError:
            return self._import_as_in_2022(path)
        options = ImportAnkiPackageOptions(merge_notetypes=True) if merge else ImportAnkiPackageOptions()
        request = ImportAnkiPackageRequest(package_path=path, options=options)
        log = self._col.import_anki_package(request).log
        self._col.models._clear_cache()  # noqa: SLF001 - the desktop program does it after an import
        return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}

    def _import_as_in_2022(self, path: str) -> dict[str, int]:
        from anki.importing.apkg import AnkiPackageImporter

        importer = AnkiPackageImporter(self._col, path)
        importer.run()
        self._col.models._clear_cache()  # noqa: SLF001 - as above
        ignored = len(importer._ignoredGuids)  # noqa: SLF001 - it is counted nowhere else
        return {"new": importer.added, "updated": importer.updated, "duplicate": importer.dupes, "conflicting": ignored}

    def study(self, count: int, deck: str = "Demo") -> list[str]:
        """Answer the next cards of a deck with Good, as long as there are any; give the notes they belong to."""
        for config in self._col.decks.all_config():
            config["new"]["perDay"] = 9999
            self._col.decks.update_config(config)
        self._col.decks.select(self._col.decks.id(deck))
        self._col.reset() if hasattr(self._col, "reset") else None
        studied = []
        for _ in range(count):
            card = self._col.sched.getCard()
            if card is None:
                break
            studied.append(self._id(card.note()))
            card.start_timer() if hasattr(card, "start_timer") else card.startTimer()
            self._col.sched.answerCard(card, 3)
        return studied

    def schedules(self) -> dict[str, list[list[int]]]:
        """Return for each note the schedules of its cards: template, type, queue, due, interval, ease, reviews.

        The place in the queue of a card that was never studied is none of its learner's work, so it is left out.
        """
        rows = self._col.db.all("SELECT nid, ord, type, queue, due, ivl, factor, reps FROM cards ORDER BY nid, ord")
        found: dict[str, list[list[int]]] = {}
        for nid, ordinal, kind, queue, due, *rest in rows:
            found.setdefault(self._id_of(nid), []).append([ordinal, kind, queue, due if kind else 0, *rest])
        return found

    def reviews(self) -> int:
        """Count the review log."""
        return int(self._col.db.scalar("SELECT count() FROM revlog"))

    def field(self, note: str, name: str) -> str:
        """Return a field of a note."""
        return str(self._note(note)[name])

    def tags(self, note: str) -> list[str]:
        """Return the tags of a note."""
        return sorted(self._note(note).tags)

    def edit(self, note: str, name: str, text: str, at: int | None = None) -> None:
        """Change a field of a note, as in the browser; as if at another time, where one is given."""
        found = self._note(note)
        found[name] = text
        self._save(found, at)

    def add_tag(self, note: str, tag: str, at: int | None = None) -> None:
        """Put a tag on a note, likewise."""
        found = self._note(note)
        found.tags.append(tag)
        self._save(found, at)

    def suspend(self, note: str) -> None:
        """Take the cards of a note out of the queues."""
        self._col.sched.suspend_cards(self._note(note).card_ids())

    def move(self, note: str, deck: str) -> None:
        """Put the cards of a note into a deck of one's own."""
        self._col.set_deck(self._note(note).card_ids(), self._col.decks.id(deck))

    def delete(self, note: str) -> None:
        """Delete a note."""
        self._col.remove_notes([self._note(note).id])

    def contents(self) -> dict[str, list[Any]]:
        """Return each note's fields, tags and time; every note is there once."""
        found: dict[str, list[Any]] = {}
        for nid in self._col.db.list("SELECT id FROM notes"):
            note = self._col.get_note(nid)
            assert self._id(note) not in found
            found[self._id(note)] = [list(note.fields), sorted(note.tags), note.mod]
        return found

    def cards(self) -> dict[int, list[int]]:
        """Return all that a learner's work has made of each card, by its id, with its note, template and deck."""
        rows = self._col.db.all(
            "SELECT id, nid, ord, did, type, queue, CASE type WHEN 0 THEN 0 ELSE due END, ivl, factor, reps FROM cards"
        )
        return {card: rest for card, *rest in rows}

    def notes(self) -> list[str]:
        """Return all notes."""
        return sorted(self._id_of(nid) for nid in self._col.db.list("SELECT id FROM notes"))

    def find(self, search: str) -> list[str]:
        """Search in the browser."""
        return sorted({self._id_of(nid) for nid in self._col.find_notes(search)})

    def decks(self) -> dict[str, str]:
        """Return the deck of each note's first card."""
        rows = self._col.db.all(
            "SELECT nid, did FROM cards WHERE ord = (SELECT min(ord) FROM cards c WHERE c.nid = nid)"
        )
        return {self._id_of(nid): self._col.decks.name(did) for nid, did in rows}

    def new_order(self) -> list[str]:
        """Return the notes that were never studied, in the order of their places in the queue."""
        rows = self._col.db.list("SELECT nid FROM cards WHERE type = 0 ORDER BY due, ord")
        return list(dict.fromkeys(map(self._id_of, rows)))

    def missing_pictures(self) -> list[str]:
        """Return the names of the pictures that notes show and that are not there."""
        return sorted(self._col.media.check().missing)

    def heard(self) -> dict[str, list[list[str]]]:
        """Return what each card that can be heard plays and says on its two sides: names of files, or words."""

        def of(tags: list[Any]) -> list[str]:
            return [getattr(tag, "filename", None) or f"{tag.lang}: {tag.field_text}" for tag in tags]

        found = {}
        for card in map(self._col.get_card, self._col.db.list("SELECT id FROM cards ORDER BY nid, ord")):
            output = card.render_output()
            sides = [of(output.question_av_tags), of(output.answer_av_tags)]
            if any(sides):
                found[f"{self._id(card.note())} {card.ord}"] = sides
        return found

    def note_types(self, beginning: str = "cardgen") -> list[str]:
        """Return the names of cardgen's note types, or of others, and of anything that looks like a copy of one."""
        return sorted(entry.name for entry in self._col.models.all_names_and_ids() if entry.name.startswith(beginning))

    def parts(self, note_type: str) -> list[list[str]]:
        """Return the names of the fields and of the templates of a note type."""
        model = self._col.models.by_name(note_type)
        return [[part["name"] for part in model[parts]] for parts in ("flds", "tmpls")]

    def rename_field(self, note_type: str, old: str, new: str) -> None:
        """Rename a field of a note type, as in its dialog."""
        model = self._col.models.by_name(note_type)
        (field,) = (field for field in model["flds"] if field["name"] == old)
        self._col.models.rename_field(model, field, new)
        self._col.models.update_dict(model)

    def make_note_type(self, name: str, fields: list[str], templates: list[list[str]], with_ids: bool) -> int:
        """Add a note type with ids of its parts, as Anki's dialog does, or without, as many add-ons; return its id."""
        models = self._col.models
        model = models.new(name)
        for field in fields:
            models.add_field(model, models.new_field(field))
        for title, front, back in templates:
            template = models.new_template(title)
            template["qfmt"], template["afmt"] = front, back
            models.add_template(model, template)
        for part in (*model["flds"], *model["tmpls"]) if not with_ids else ():
            part["id"] = None
        return int(models.add_dict(model).id)

    def add_note(self, note_type: str, fields: list[str], guid: str, deck: str, at: int) -> None:
        """Add a note that comes from elsewhere, and was last changed at a time."""
        note = self._col.new_note(self._col.models.by_name(note_type))
        note.fields, note.guid = fields, guid
        self._col.add_note(note, self._col.decks.id(deck))
        self._col.db.execute("UPDATE notes SET mod = ? WHERE id = ?", at, note.id)

    def questions(self) -> list[str]:
        """Return what the cards ask, as HTML, in the order of notes and templates."""
        cards = map(self._col.get_card, self._col.db.list("SELECT id FROM cards ORDER BY nid, ord"))
        return [card.render_output().question_text for card in cards]

    def blank_cards(self) -> int:
        """Count the cards that Tools > Empty Cards would remove."""
        return sum(len(note.card_ids) for note in self._col.get_empty_cards().notes)

    def css(self, note_type: str) -> str:
        """Return the CSS of a note type."""
        return str(self._col.models.by_name(note_type)["css"])

    def set_css(self, note_type: str, css: str) -> None:
        """Change the CSS of a note type, as in the card editor."""
        model = self._col.models.by_name(note_type)
        model["css"] = css
        self._col.models.update_dict(model)

    def integrity(self) -> bool:
        """Return whether Anki's database check finds nothing wrong."""
        return bool(self._col.fix_integrity()[1])

    def version(self) -> str:
        """Return the engine's version."""
        from anki.buildinfo import version

        return str(version)

    def close(self) -> None:
        """Close the collection."""
        self._col.close()

    def _note(self, note: str) -> Any:
        (nid,) = (nid for nid in self._col.db.list("SELECT id FROM notes") if self._id_of(nid) == note)
        return self._col.get_note(nid)

    def _id_of(self, nid: int) -> str:
        return self._id(self._col.get_note(nid))

    @staticmethod
    def _id(note: Any) -> str:
        return str(note["ID"] if "ID" in note else note.fields[0])

    def _save(self, note: Any, at: int | None) -> None:
        self._col.update_note(note)
        if at is not None:
            self._col.db.execute("UPDATE notes SET mod = ? WHERE id = ?", at, note.id)


def main() -> None:
    """Serve one learner after another."""
    # The engine writes remarks of its own to standard output.
    answers, sys.stdout = sys.stdout, sys.stderr
    learner: Learner
    for line in sys.stdin:
        method, *arguments = json.loads(line)
        if method == "open":
            learner, answer = Learner(*arguments), None
        else:
            answer = getattr(learner, method)(*arguments)
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
