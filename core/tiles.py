"""What pages show of how things stand: states as tags, figures as tiles, the steps of a process,
and what happened or is due. A feature gives them; every page draws them in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.cards import Page
from core.words import Words


class Tone(StrEnum):
    """How a state is colored, beside its word. ``NOW``: it needs a person now."""

    PLAIN = "plain"
    INFO = "info"
    GOOD = "good"
    CAUTION = "caution"
    NOW = "now"


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A state in a word or two."""

    text: str
    tone: Tone = Tone.PLAIN


LEAST_OF_A_TREND = 2
"""Values from which on there is a trend."""


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A figure with what it says. ``of``: its base, in small letters beside it. ``trend``: earlier
    values and this one, the oldest first; None where there was none; one value alone is no trend
    and is dropped. ``trend_says``: the same in words. ``share``: from 0 to 1, drawn as a bar.
    ``says``: one short sentence. ``path``: the page that has more about it. ``ways``: several of
    them, where its figure is a sum of lists."""

    label: str
    figure: str
    of: str = ""
    trend: tuple[float | None, ...] = ()
    trend_says: str = ""
    share: float | None = None
    says: str = ""
    tone: Tone = Tone.PLAIN
    path: str = ""
    ways: tuple[Page, ...] = ()

    def __post_init__(self) -> None:
        if len(self.trend) < LEAST_OF_A_TREND:
            object.__setattr__(self, "trend", ())
            object.__setattr__(self, "trend_says", "")


def share_tile(words: Words, label: str, n: int, base: int, *, says: str = "") -> Tile:
    """``n`` of ``base``, with its bar; without one where there is no base."""
    return Tile(
        label=label,
        figure=words.number(n),
        of=words.say("of {n}", n=words.number(base)),
        share=n / base if base else None,
        says=says,
    )


class Stage(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a process. ``detail``: a date, mostly."""

    label: str
    stage: Stage
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What happened, or is due. ``when``: as it is read. ``detail``: in smaller letters."""

    when: str
    what: str
    stage: Stage = Stage.DONE
    detail: str = ""
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits for somebody, in a line. ``tag`` says what to do, and ``press`` is the label of
    its button. ``path``: the page that the button leads to; "" if the line opens in place.
    ``lead``: how a long message begins, until it is opened."""

    tag: Tag
    title: str
    press: str
    path: str
    detail: str = ""
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One of several figures that are compared: ``share`` of the longest, from 0 to 1."""

    label: str
    share: float
    figure: str
    path: str = ""
