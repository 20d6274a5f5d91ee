"""What a closing computes: in a process of its own, since it would hold up everybody in the
service. Nothing that is loaded here takes long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from governance.reading.child import SERVE, Child
from governance.reading.personal_data import without_personal_data
from governance.reading.quotes import represent
from governance.reading.themes import all_themes
from surveys.waves.closing import Computed, Gathered, compute
from surveys.waves.closing import with_themes as with_themes_of

_CODE = f"import gc; gc.disable(); import bot.jobs.computing, storage.answer_bodies; {SERVE}"
"""It loads while the answers are read, and ends with what it computed."""


def process() -> Child:
    """One to ask for ``computed``."""
    return Child(_CODE)


def computed(asked: tuple[Gathered, datetime]) -> Computed:
    """What the process is asked: the results of what was gathered, as of now."""
    gathered, now = asked
    return compute(gathered, without_personal_data, represent, now)


def with_themes(asked: tuple[Computed, Mapping[str, str]]) -> Computed:
    """What the process is asked when comments were read: the results with their themes. The child
    counts, since results may be long."""
    computed, read = asked
    return with_themes_of(computed, read, tuple(all_themes()))
