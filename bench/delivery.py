"""A broadcast to 7,000: how much of a platform's limit it reaches, what is lost and doubled, and
what our own code could send at most.

In virtual time the pump, the ledger and the database are the real ones; only the clock and the
network are not. The last part is real: the service, HTTP, and a Slack that takes everything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from core.people import Platform

from .broadcasting import FAULTS, Broadcast, Outcome, Way, send
from .drawing import Axes, Line, chart, per_second
from .fairness import Fair, play_lanes
from .measured import Figure, Picture, Progress, Scale, Section, milliseconds, percent, times
from .sending import Ceiling, send_for_real

PEOPLE = 7000
HIDDEN = (230, 300, 400, 525)
"""Messages a minute that Slack was seen to take."""

_BELIEVED = 600
_SHOWN = 400
_BIN = 30.0

Key = tuple[str, Way]


def measure(scale: Scale, progress: Progress) -> Section:
    """The section of ``make bench``."""
    wanted = _wanted(scale.of(PEOPLE, 60))
    progress.begin(len(wanted) + 2)
    outcomes: dict[Key, Outcome] = {}
    with ProcessPoolExecutor(os.cpu_count()) as processes:  # virtual time: nothing is timed here
        played = {key: processes.submit(send, what, key[1]) for key, what in wanted.items()}
        lanes = processes.submit(play_lanes, scale.of(40, 4), scale.of(300, 20))
        for key, outcome in played.items():
            progress(f"{key[0]}: {key[1]}")
            outcomes[key] = outcome.result()
        progress("many lanes")
        fair = lanes.result()
    progress("as fast as our own code can send")
    ceiling = send_for_real(scale)
    return Section(
        key="delivery",
        title=f"A broadcast to {scale.of(PEOPLE, 60):,}",
        figures=[*_figures(outcomes), *_fairness(fair), *_most(ceiling)],
        pictures=[Picture(name="delivery", svg=_picture(outcomes))],
    )


def _wanted(people: int) -> Mapping[Key, Broadcast]:
    teams = Broadcast(platform=Platform.TEAMS, people=people, configured=30, real=30, seconds=1)
    slack = Broadcast(
        platform=Platform.SLACK, people=people, configured=_BELIEVED, real=_SHOWN, seconds=60
    )
    known = {
        "Teams, 30 a second": teams,
        "Teams, 50 a second": replace(teams, configured=50, real=50),
        "Slack, 230 a minute": replace(slack, configured=230, real=230),
    }
    hidden = {_hidden(real): replace(slack, real=real, seed=real) for real in HIDDEN}
    faults = {
        _FAULTY: replace(slack, script=FAULTS),
        "Teams, 30 a second, with faults": replace(teams, script=FAULTS),
    }
    beside = ("Teams, 50 a second", _hidden(_SHOWN), _FAULTY)
    whole = known | hidden | faults
    return {(name, Way.OURS): one for name, one in whole.items()} | {
        (name, way): whole[name] for name in beside for way in (Way.PAUSING, Way.NAIVE)
    }


def _hidden(real: int) -> str:
    return f"Slack, {real} a minute and hidden"


_FAULTY = f"Slack, {_SHOWN} a minute, hidden, with faults"


# -- in words ---------------------------------------------------------------------------------


def _figures(outcomes: Mapping[Key, Outcome]) -> Iterator[Figure]:
    for (name, way), one in outcomes.items():
        if way is Way.OURS:
            others = [outcomes[name, w] for w in Way if (name, w) in outcomes and w is not way]
            yield _share(name, one, others)
            if not name.endswith("faults"):
                yield _throttles(name, one, others)
            yield _honest(name, one, others)


def _share(name: str, one: Outcome, others: Sequence[Outcome]) -> Figure:
    faulty = name.endswith("faults")
    demand = 0.85 if one.broadcast.hidden else 0.95
    return Figure(
        what=f"{name}: share of the limit ({one.duration / 60:.1f} minutes)",
        demand="" if faulty else f"≥ {demand:.0%}",
        measured=percent(one.used),
        baseline=_beside(percent(other.used) for other in others),
        ratio=_beside(times(one.used / other.used) for other in others),
        reached=None if faulty else one.used >= demand,
    )


def _throttles(name: str, one: Outcome, others: Sequence[Outcome]) -> Figure:
    hidden = one.broadcast.hidden
    found = one.refused if hidden else one.refused_when_warm
    return Figure(
        what=f"{name}: 429s{'' if hidden else ' after the first two minutes'}, of the calls",
        demand="≤ 0.5%" if hidden else "< 0.1%",
        measured=f"{found:.2%}",
        baseline=_beside(f"{other.refused:.2%}" for other in others),
        reached=found <= 0.005 if hidden else found < 0.001,
    )


def _honest(name: str, one: Outcome, others: Sequence[Outcome]) -> Figure:
    missing = one.broadcast.people - one.arrived - one.unknown
    return Figure(
        what=f"{name}: not there after a day, doubled, sent again blindly "
        f"({one.unknown} marked unknown)",
        demand="0, 0, 0",
        measured=f"{max(one.lost, missing, 0)}, {one.doubled}, {one.blind}",
        baseline=_beside(
            f"{other.broadcast.people - other.arrived}, {other.doubled}, {other.blind}"
            for other in others
        ),
        reached=(one.lost, one.doubled, one.blind) == (0, 0, 0) and missing <= 0,
    )


def _beside(words: Iterator[str]) -> str:
    return " | ".join(words)


def _fairness(fair: Fair) -> Iterator[Figure]:
    yield Figure(
        what=f"{fair.lanes} lanes of {fair.people} in {fair.places} places: the slowest lane's "
        "time beside the fastest's (500 × 6,000 as a model: make prove)",
        demand="< 2 ×",
        measured=times(fair.slowest / fair.fastest),
        reached=fair.slowest < 2 * fair.fastest,
    )


def _most(ceiling: Ceiling) -> Iterator[Figure]:
    yield Figure(
        what="One process on SQLite, real HTTP, no limit: messages a second to Slack at most",
        measured=f"{ceiling.per_second:,.0f}/s",
        baseline=f"{_BELIEVED / 60:.0f}/s Slack, 50/s Teams",
        ratio=times(ceiling.per_second / 50),
    )
    yield Figure(
        what="CPU of the whole service for a message: claimed, composed, drawn, sent, recorded",
        measured=milliseconds(ceiling.cpu),
    )


# -- the picture ------------------------------------------------------------------------------


def _picture(outcomes: Mapping[Key, Outcome]) -> str:
    well, faulty = outcomes[_hidden(_SHOWN), Way.OURS], outcomes[_FAULTY, Way.OURS]
    pausing = outcomes[_hidden(_SHOWN), Way.PAUSING]
    most = 60 * max(30.0, 10 * -(-faulty.duration // 600))
    lines = [
        Line(
            kind="limit",
            name=f"The platform's limit: {_SHOWN} a minute",
            points=[(0, well.broadcast.limit), (most / 60, well.broadcast.limit)],
        ),
        _line("a", "Sounding Board", well, most),
        _line("b", "Sounding Board, with faults", faulty, most),
        _line("c", "Pauses everything on a 429", pausing, most),
    ]
    done = len([at for at in pausing.times if at < most])
    told = (
        f"A broadcast to {well.broadcast.people:,} people on a platform that takes "
        f"{well.broadcast.limit:.1f} messages a second. Sounding Board stays just below it and is "
        f"done after {well.duration / 60:.0f} minutes; where the platform also misbehaves (5% "
        f"refused, 2% broken, 1% of the answers lost), after {faulty.duration / 60:.0f} minutes. "
        f"A sender that pauses everything for 11 minutes when it is refused had sent {done:,} "
        f"after {most / 60:.0f} minutes."
    )
    axes = Axes(
        most_x=most / 60,
        step_x=10 if most > 1800 else 5,
        name_x="minutes",
        most_y=10,
        step_y=2,
        name_y="messages a second",
    )
    return chart("Messages a second, over time", told, axes, lines)


def _line(kind: str, name: str, outcome: Outcome, most: float) -> Line:
    end = min(most, max(outcome.times) + _BIN)
    points = per_second(outcome.times, _BIN, end)
    return Line(kind=kind, name=name, points=[(at / 60, rate) for at, rate in points])
