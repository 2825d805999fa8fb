"""What collection.yaml says for the pages of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cardgen.diagnostics import did_you_mean, shortened
from cardgen.model.site import NO_SITE_TEXTS, Audience, SiteTexts
from cardgen.richtext import Image, media_of, parse

if TYPE_CHECKING:
    from collections.abc import Collection as Names
    from collections.abc import Iterator, Mapping

    from cardgen.diagnostics import Diagnostic
    from cardgen.load.values import Findings
    from cardgen.read import Document


def load_site(document: Document | None, fields: Mapping[str, Any]) -> tuple[SiteTexts, Findings]:
    """Return what collection.yaml says for the pages of a site, and what is wrong with it: pictures in its texts.

    Args:
        document: The file; None if there is none.
        fields: Those of its fields that fit the schema.
    """
    written = fields.get("site")
    if document is None or written is None:
        return NO_SITE_TEXTS, ()
    texts = SiteTexts(
        **{name: written.get(name, "") for name in ("about", "notice", "which", "address", "report")},
        audiences=tuple(
            Audience(entry["variant"], entry["for"], entry.get("begin_with", ""))
            for entry in written.get("audiences", ())
        ),
        chapters=tuple((entry["title"], entry["text"]) for entry in written.get("chapters", ())),
    )
    return texts, tuple(_pictures(document, texts))


def _pictures(document: Document, texts: SiteTexts) -> Iterator[Diagnostic]:
    """Find pictures and recordings: where a collection's would lie, nothing says."""
    written = (
        (texts.about, ("about",)),
        (texts.notice, ("notice",)),
        (texts.which, ("which",)),
        *((audience.about, ("audiences", index, "for")) for index, audience in enumerate(texts.audiences)),
        *((text, ("chapters", index, "text")) for index, (_, text) in enumerate(texts.chapters)),
    )
    for text, path in written:
        # Most have neither, and what reads Markdown takes 20 ms to come.
        for node in media_of(parse(text)) if "![" in text else ():
            what = "picture" if isinstance(node, Image) else "recording"
            yield document.diagnose("CG334", f"`{shortened(node.path)}` is a {what}", ("site", *path))


def unknown_variants(document: Document | None, texts: SiteTexts, variants: Names[str]) -> Iterator[Diagnostic]:
    """Find audiences whose variant no deck has.

    Args:
        document: collection.yaml; None if there is none.
        texts: What it says.
        variants: The names of the variants of all decks.
    """
    if document is None:
        return
    for index, audience in enumerate(texts.audiences):
        for field, name in (("variant", audience.variant), ("begin_with", audience.begin_with)):
            if name and name not in variants:
                path = ("site", "audiences", index, field)
                yield document.diagnose("CG333", f"no deck has a variant `{name}`", path, did_you_mean(name, variants))
