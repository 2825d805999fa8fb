"""Writes docs/words.md from the catalogues: ``python docs/make_words.py``."""

from __future__ import annotations

from pathlib import Path

from cardgen.words import ENGLISH, LANGUAGES, catalogue_of, key_names

_HEAD = """# The words of cardgen

What cardgen itself says on cards, on paper and in tables, by the language of the deck. `words` of collection.yaml
changes entries, or gives them for other languages ([writing-decks.md](writing-decks.md#collectionyaml)). What stands in
braces is filled in, and must stay; words between asterisks are bold. This page is made from `cardgen/words` by
`docs/make_words.py`.

"""


def page() -> str:
    """Return the page's text."""
    others = [words for name in LANGUAGES if name != "en" and (words := catalogue_of(name))]
    shown = (ENGLISH, *others)
    rows = [("entry", *(words.language for words in shown)), ("---",) * (len(shown) + 1)]
    rows += [(f"`{key}`", *(words[key].replace("*", "\\*") for words in shown)) for key in key_names()]
    return _HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


if __name__ == "__main__":
    (Path(__file__).parent / "words.md").write_text(page(), encoding="utf-8")
