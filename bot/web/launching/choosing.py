"""What there is to choose from on a launch's form, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from core.people import Level
from core.words import Words
from governance.views import LaunchView
from surveys.survey import Wave
from surveys.waves.sampling import Rotation


@dataclass(frozen=True, kw_only=True)
class Going:
    """A rotation that can go on: ``wave`` is its last one, ``turn`` (from 1) the group that is
    next of ``groups``."""

    wave: Wave
    turn: int
    groups: int


def buildings(view: LaunchView) -> list[tuple[Level, list[tuple[str, str]]]]:
    """(key, name) of the buildings of each level that has any."""
    found = []
    for level in Level:
        named = [(one.key, one.name) for one in view.buildings if one.level is level]
        if named:
            found.append((level, sorted(named, key=lambda one: one[1].casefold())))
    return found


def earlier(view: LaunchView, words: Words) -> list[tuple[str, str]]:
    """(id, words) of the runs of this survey that a new one can continue."""
    return [(str(wave.id), _run(wave, words)) for wave in view.earlier]


def rotation_to_continue(view: LaunchView) -> Going | None:
    """The last run, where it asked a group in turn."""
    wave = view.earlier[0] if view.earlier else None
    if wave is None or not isinstance(wave.selection, Rotation):
        return None
    selection = wave.selection
    turn = selection.next().turn + 1
    return Going(wave=wave, turn=turn, groups=selection.groups)


def _run(wave: Wave, words: Words) -> str:
    opened = words.say("The run of {day}", day=words.day(wave.opens_at))
    if not isinstance(wave.selection, Rotation):
        return opened
    group = words.say(
        "group {turn} of {groups}",
        turn=wave.selection.turn % wave.selection.groups + 1,
        groups=wave.selection.groups,
    )
    return f"{opened} · {group}"
