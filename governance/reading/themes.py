"""What staff write about when they write about technology: themes, which belong to no committee.

Between a message and a committee stands a theme. Which committee takes it a district says in its
committees.yaml, so a theme can move to another committee without anything being learned anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from governance.committees.model import Committee

THEMES = Path(__file__).with_name("data") / "themes.yaml"


@dataclass(frozen=True, kw_only=True)
class Theme:
    """``about``: what it covers, in half a sentence."""

    key: str
    name: str
    about: str


@cache
def all_themes() -> Mapping[str, Theme]:
    """Every theme by its key, in the order of the file."""
    listed = yaml.safe_load(THEMES.read_text(encoding="utf-8"))["themes"]
    return {entry["key"]: Theme(**entry) for entry in listed}


def theme_name(key: str) -> str:
    """A theme as people read it in English; "" for none, and for one that is not known anymore.
    It is a sentence of the catalogue (``bot.cataloguing``), drawn with ``Words.name``."""
    known = all_themes()
    return known[key].name if key in known else ""


def owners(committees: Sequence[Committee]) -> Mapping[str, tuple[str, ...]]:
    """Theme -> the committees that take it, the first in the file first. Themes that nobody takes
    are left out; so are themes that are no more."""
    known = all_themes()
    found: dict[str, tuple[str, ...]] = {}
    for committee in committees:
        for theme in committee.themes:
            if theme in known:
                found[theme] = (*found.get(theme, ()), committee.key)
    return found
