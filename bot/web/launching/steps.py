"""The three steps of a launch: what is asked on each, and where what does not fit belongs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from bot.web import stepping
from bot.web.forms import Form
from bot.web.launching import repeating
from core.tiles import Step as Shown
from core.words import Words


class Step(StrEnum):
    """As an address names it."""

    WHOM = "whom"
    WHEN = "when"
    CHECK = "check"


INPUTS = {
    Step.WHOM: (
        *("roles", "levels", "buildings", "committees", "lists", "people"),
        *("except_people", "except_committees", "except_buildings"),
        *("part", "part_number", "draw", "continues", "despite", "despite_why"),
    ),
    Step.WHEN: (
        *("opens_at_date", "opens_at_time", "closes_at_date", "closes_at_time", "reminders"),
        *repeating.INPUTS,
    ),
    Step.CHECK: ("tables", "told_to", "hold"),
}
"""What is typed and chosen on each step; the other steps carry it along."""

CARRIED = ("wave_id", *(name for step in Step for name in INPUTS[step]))

_WHEN = frozenset({*repeating.OF_TIMES, *repeating.INPUT_OF})
_CHECK = frozenset({"tables", "hold", "everyone"})


def of_trouble(key: str) -> Step:
    """The step on which something that does not fit is put right."""
    if key in _WHEN:
        return Step.WHEN
    return Step.CHECK if key in _CHECK else Step.WHOM


def first_of(troubles: Iterable[str]) -> Step:
    """The first step on which something has to be put right."""
    return stepping.first_of(list(Step), {of_trouble(key) for key in troubles})


def carried(form: Form, but: Collection[str] = ()) -> list[tuple[str, str]]:
    """(name, value) of everything that was typed or chosen, but for some inputs."""
    return stepping.carried(form, CARRIED, but)


def shown(words: Words, now: Step) -> list[Shown]:
    """The steps as the top of the page lists them."""
    labels = {
        Step.WHOM: words.say("Who is asked"),
        Step.WHEN: words.say("When"),
        Step.CHECK: words.say("Check and launch"),
    }
    return stepping.shown(labels, now)
