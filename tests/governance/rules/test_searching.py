"""Which sections of the rules speak of what somebody asks."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from core.people import Audience
from core.text import Text
from governance.rules.model import Version
from governance.rules.searching import find_sections
from governance.rules.text import digest

ENGLISH = """## Sharing a password
Nobody shares a password, also not with the help desk.

## Length
At least fourteen characters.
"""
SPANISH = """## Compartir una contraseña
Nadie comparte su contraseña, tampoco con la mesa de ayuda.

## Longitud
Al menos catorce caracteres.
"""
LOST = """## At once
Call the help desk when a laptop is lost.
"""


def version(title: str, **texts: str) -> Version:
    named = Text(default=title)
    return Version(
        rule_id=uuid4(),
        number=1,
        title=named,
        texts=texts,
        language="en",
        digest=digest(named, texts, "en", Audience()),
        changed="",
        answers=(),
        material=True,
        at=datetime(2026, 9, 1, tzinfo=UTC),
        by=None,
    )


BOTH = [version("Passwords", en=ENGLISH, es=SPANISH), version("Lost devices", en=LOST)]


def headings(query: str) -> list[str]:
    return [one.section.heading for one in find_sections(query, BOTH)]


def test_the_section_that_says_most_of_it_comes_first() -> None:
    assert headings("Can I share my passwords?")[0] == "Sharing a password"
    assert headings("who do I call about a lost laptop")[0] == "At once"


def test_a_section_is_found_in_either_language_and_counts_once() -> None:
    assert headings("¿Puedo compartir mi contraseña?") == ["Compartir una contraseña"]


def test_words_that_say_nothing_find_nothing() -> None:
    assert headings("which rule says that?") == []
    assert headings("kindergarten") == []
