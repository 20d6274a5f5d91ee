"""The ISO's Home: the score of the newest assessment. The audit says once a day who saw it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from core.home import Drawing
from core.tiles import Tile, Tone
from core.words import Words
from governance.access import Actor
from governance.committees.model import Office
from governance.controls import addresses
from governance.controls import figure_wording as say
from governance.controls.audit import note_read_today
from governance.controls.carried import targets_in
from governance.controls.dashboard import runs_with
from governance.controls.figures import Counts, Run, TrendPoint, shown, trend
from governance.controls.model import Assessment, AssessmentState, Target
from governance.controls.renumbering import versions_of
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore


def overall(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    """Of the newest assessment that has begun."""
    if Office.ISO not in actor.standing.offices:
        return
    began = (one for one in store.assessments() if one.state is not AssessmentState.DRAFT)
    newest = next(began, None)
    if newest is None:
        yield _none
        return
    framework = next(
        (
            one
            for one in store.frameworks()
            if (one.key, one.version) == (newest.framework, newest.version)
        ),
        None,
    )
    if framework is None:
        return
    run = Run(assessment=newest, framework=framework, rows=store.assessed(newest.id))
    points = trend(runs_with(store, actor, run), versions_of(store, framework.key))
    if not points:
        return
    note_read_today(store, actor, newest.id, "score on Home", now)
    wanted = next((one for one in targets_in(store, framework) if not one.control), None)
    yield partial(_score, assessment=newest, points=points, target=wanted)


def _none(words: Words) -> Tile:
    return Tile(
        label=words.say("Security practices"),
        figure="–",
        says=words.say("No assessment has begun yet"),
        path=addresses.PRACTICES,
    )


def _score(
    words: Words,
    *,
    assessment: Assessment,
    points: tuple[TrendPoint, ...],
    target: Target | None,
) -> Tile:
    last = points[-1].figure
    found = None if last.mean is None else float(shown(last.mean))
    below = found is not None and target is not None and found < target.score
    return Tile(
        label=assessment.name,
        figure="–" if found is None else words.number(found),
        of=words.say("of 5, target {score}", score=words.number(target.score))
        if target
        else words.say("of {highest}", highest=words.number(5)),
        trend=tuple(one.figure.mean for one in points),
        trend_says=say.trend(words, points),
        says=_answered(words, last.counts),
        tone=Tone.CAUTION if below else Tone.PLAIN,
        path=addresses.assessment(assessment.id),
    )


def _answered(words: Words, counts: Counts) -> str:
    return words.say(
        "{answered} of {all} answered, {confirmed} confirmed",
        answered=words.number(counts.answered),
        all=words.number(counts.in_scope),
        confirmed=words.number(counts.confirmed),
    )


HOME: HomeSources = (HomeSource(rank=10, find=overall, notes=True),)
