"""The texts of an announcement, declared once for every form: each with its label, hint and limit,
and what is said where it is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.forms import asked_of, form_field

TO_EVERYONE = "This goes to everyone. Type “everyone” to confirm."
"""Asked for, and missing, where something goes to everyone."""

MISSING = "Fill in this field. People need it to act."


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The texts of an announcement: what was typed, by language; "" is the district's. Together
    they fit a Slack message and a Teams card."""

    title: Mapping[str, str] = form_field(
        "Title", {}, longest=120, missing=MISSING, translated=True
    )
    what: Mapping[str, str] = form_field(
        "What changes?", {}, longest=1500, rows=4, missing=MISSING, translated=True
    )
    why: Mapping[str, str] = form_field(
        "Why?", {}, longest=1500, rows=3, missing=MISSING, translated=True
    )
    when: Mapping[str, str] = form_field(
        "When?", {}, longest=300, rows=2, missing=MISSING, translated=True
    )
    who: Mapping[str, str] = form_field(
        "Who is affected?", {}, longest=300, rows=2, missing=MISSING, translated=True
    )
    action: Mapping[str, str] = form_field(
        "What should people do?",
        {},
        hint="If there is nothing to do, say so.",
        longest=1500,
        rows=3,
        missing=MISSING,
        translated=True,
    )
    learn: Mapping[str, str] = form_field(
        "Where to learn more", {}, longest=500, rows=2, translated=True
    )
    learn_url: str = form_field("Link to learn more", hint="It starts with https://", longest=500)
    ask: Mapping[str, str] = form_field(
        "Who to ask",
        {},
        hint="A name with a phone number or an address.",
        longest=300,
        rows=2,
        translated=True,
    )

    @property
    def words(self) -> dict[str, str]:
        """All of them by the keys of their inputs: "title", and "title.es" for its Spanish."""
        found: dict[str, str] = {}
        for one in TEXTS:
            said = getattr(self, one.name)
            texts = said if one.translated else {"": said}
            found |= {f"{one.name}.{tag}" if tag else one.name: text for tag, text in texts.items()}
        return found


TEXTS = asked_of(Texts)
LIMITS: Mapping[str, int] = {one.name: one.longest for one in TEXTS}
"""Longest text of each field, in characters."""
REQUIRED = tuple(one.name for one in TEXTS if one.required)
TRANSLATED = tuple(one.name for one in TEXTS if one.translated)


def by_name(words: Mapping[str, str]) -> dict[str, Any]:
    """``Texts.words`` as the fields of ``Texts``."""
    found: dict[str, Any] = {}
    for key, said in words.items():
        name, _, tag = key.partition(".")
        if name in TRANSLATED:
            found.setdefault(name, {})[tag] = said
        else:
            found[name] = said
    return found
