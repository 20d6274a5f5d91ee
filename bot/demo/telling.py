"""What whoever starts the demo reads while it gets ready: a line for each step of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

STARTS = "Getting the example district ready, which takes a minute or two"
"""Before the first step."""

LOADING = "Loading the district: its schools, staff, committees, rules and surveys"
REPORTING = "Writing and issuing the Board report"
ASKING = "Asking all staff this week’s survey"
OPENING = "Opening the doors"

Tell = Callable[[str], None]


class Played(StrEnum):
    """What is counted of what is played."""

    MESSAGE = "message"
    SURVEY = "survey"
    STEP = "step"


EARLIER_YEARS = "earlier years"


def playing(when: str, counts: Mapping[Played, int]) -> str:
    """What is played next, in a line: "Playing October: 3 surveys, 41 messages"."""
    named = (
        (Played.SURVEY, "survey", "surveys"),
        (Played.MESSAGE, "message", "messages"),
        (Played.STEP, "step by committees and offices", "steps by committees and offices"),
    )
    told = [
        f"{counts[what]} {one if counts[what] == 1 else many}"
        for what, one, many in named
        if counts.get(what)
    ]
    return f"Playing {when}: {', '.join(told)}"
