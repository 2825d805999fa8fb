"""HTML that is put together, and in which a text is nothing but text."""

from __future__ import annotations

from html import escape
from typing import Final

_VOID: Final = frozenset({"br", "img", "link", "meta"})
"""Elements without an end tag (https://html.spec.whatwg.org/#void-elements), as far as they are used."""


class Html(str):
    """A piece of a page. Any other text is escaped before it comes into one."""

    __slots__ = ()


def html(part: str) -> Html:
    """Return a part as HTML: text is escaped, HTML stays as it is."""
    return part if isinstance(part, Html) else Html(escape(part, quote=False))


def joined(*parts: str) -> Html:
    """Return parts, texts or HTML, one after the other."""
    return Html("".join(map(html, parts)))


def element(name: str, *inside: str, **attributes: str | float | bool | None) -> Html:
    """Return an element.

    Args:
        name: Its name.
        inside: What is in it, texts or HTML.
        attributes: Underscores become hyphens, and ``class_`` becomes ``class``. One that is None or False is left
            out; one that is True stands without a value.
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}{'' if value is True else _value(value)}"
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Html(f"<{name}{written}>" if name in _VOID else f"<{name}{written}>{joined(*inside)}</{name}>")


def _value(value: str | float) -> str:
    return f'="{escape(str(value))}"'
