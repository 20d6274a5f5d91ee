"""A text in numbered sections, such as a rule, as HTML: a part of the page that is about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from core.cards import Page


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A section of a document; ``number`` 0 is what stands before the first heading. ``at``: the
    address that leads to it forever. ``way``: what can be done about it."""

    number: int
    heading: Markup
    body: Markup
    at: str = ""
    way: Page | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """A text in numbered sections, in its ``language``. ``level``: of its headings. ``anchored``:
    addresses lead to its sections, which there is one of on a page. ``contents``: they are listed
    above it. ``note``: what has to be known of the text; ``others``: (language, where the text is
    in it). ``seal``: (what it is called, the checksum)."""

    clauses: Sequence[Clause]
    language: str
    level: int = 2
    anchored: bool = False
    contents: bool = False
    note: str = ""
    others: Sequence[tuple[str, Page]] = ()
    seal: tuple[str, str] | None = None
