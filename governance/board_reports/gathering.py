"""The figures of a Board report: of what is released or published, and gated.

Counts of messages are as of the month's figures (``governance.digests.monthly``): nothing is told
of fewer than five people, nor what would tell of them by taking away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from core.people import Audience
from core.text import Text
from governance.board_reports.aligning import goals_for
from governance.board_reports.further import further
from governance.board_reports.model import (
    ChangeLine,
    ComponentLine,
    DecisionLine,
    Figures,
    GoalLine,
    GoalStep,
    Heard,
    IndicatorLine,
    OpenItems,
    Priority,
    Ranking,
    RuleLine,
    Source,
    StoryKind,
    SurveyLine,
)
from governance.board_reports.overlapping import day_of, few, near_another, span
from governance.board_reports.periods import Period
from governance.changes.model import ChangeState
from governance.committees.model import District
from governance.digests.messages import ChangeKind
from governance.digests.monthly import WITHIN, answered
from governance.digests.people import PEOPLE_FROM, people
from governance.docket.backlog import backlog, first_day
from governance.docket.handlers import queue_name
from governance.goals.history import as_of, reworded_on
from governance.goals.model import Goal, Indicator, PlanStep, Reading, StepKind
from governance.goals.progress import decides, progress_of, since
from governance.goals.stepping import goals_of
from governance.ports import GovernanceStore
from governance.recommendations.model import AdviceState, Recommendation
from governance.references.model import Bound, BoundKind
from governance.rules.model import RuleStep
from surveys.asking.answering import closed_at
from surveys.results.model import RankingResult, WaveResults
from surveys.results.placing import placed
from surveys.results.setting_beside import of_the_district
from surveys.survey import Wave, WaveState

FIRST, MOST = 3, 6
"""Places of a ranking that are told, and choices at most where many share one."""

_EVERY = 10_000
_ENDED = (RuleStep.SUPERSEDED, RuleStep.RETIRED)


def gather(store: GovernanceStore, period: Period, now: datetime) -> Figures:
    district = store.district()
    waves = closed_in(store, period)
    return Figures(
        district=district.name,
        vision=district.plan.vision,
        components=_components(store, district, period),
        rankings=tuple(_rankings(store, waves)),
        heard=_heard(store, period, now),
        decisions=tuple(_decisions(store, district, period)),
        changes=tuple(_changes(store, period)),
        rules=tuple(_rules(store, period)),
        surveys=tuple(_surveys(waves)),
        still_open=_still_open(store, now),
        further=further(store, period, now),
    )


# -- the plan ----------------------------------------------------------------------------------


def _components(
    store: GovernanceStore, district: District, period: Period
) -> tuple[ComponentLine, ...]:
    """The plan as it was on the period's last day."""
    readings: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for one in store.readings():
        readings[one.goal, one.indicator].append(one)
    history = store.plan_steps()
    then = as_of(district.components, history, period.last, ZoneInfo(district.timezone))
    by_goal: dict[str, list[PlanStep]] = defaultdict(list)
    for step in history:
        by_goal[step.goal.key].append(step)
    zone = ZoneInfo(district.timezone)
    reworded = {key: reworded_on(some, zone, period.last) for key, some in by_goal.items()}
    steps = _steps(store, district, history, readings, period, reworded)
    live = {key for one in then for key in goals_of([one])}
    return tuple(
        ComponentLine(
            name=component.name,
            goals=tuple(
                _goal(goal, live, readings, period, reworded.get(goal.key))
                for goal in component.goals
            ),
            steps=tuple(step for key, step in steps if key == component.key),
        )
        for component in then
    )


def _goal(
    goal: Goal,
    live: Collection[str],
    readings: Mapping[tuple[str, str], Sequence[Reading]],
    period: Period,
    reworded: date | None,
) -> GoalLine:
    """``live``: the goals of that day; what goes on with an indicator of one of them is its own."""
    own = [one for one in goal.indicators if one.source not in live]
    stood = decides(
        progress_of(one, readings.get((goal.key, one.key), ()), period.last, reworded)
        for one in own
    )
    return GoalLine(
        title=goal.title,
        indicators=tuple(_indicator(goal, one, readings, period, reworded) for one in own),
        state=stood.state,
    )


def _indicator(
    goal: Goal,
    one: Indicator,
    readings: Mapping[tuple[str, str], Sequence[Reading]],
    period: Period,
    reworded: date | None,
) -> IndicatorLine:
    """``reworded``: what was measured before that day is no earlier value of it."""
    known = readings.get((goal.key, one.key), ())
    within = [r for r in known if period.first <= r.on <= period.last]
    before = [
        r for r in since(known, reworded) if r.on < (within[-1].on if within else period.first)
    ]
    return IndicatorLine(
        name=one.name,
        target=one.target,
        unit=one.unit,
        by=one.by,
        lower=one.lower,
        value=within[-1].value if within else None,
        on=within[-1].on if within else None,
        before=before[-1].value if before else None,
    )


def _steps(
    store: GovernanceStore,
    district: District,
    history: Sequence[PlanStep],
    readings: Mapping[tuple[str, str], Sequence[Reading]],
    period: Period,
    reworded: Mapping[str, date | None],
) -> list[tuple[str, GoalStep]]:
    """(component, step) of the period. Of what the plan's files brought only what they say was
    decided in it. A decision entered by mistake and taken back leaves none."""
    mistaken = set(_taken_back(store, history))
    today = goals_of(district.components)
    found = []
    for one in history:
        if (one.proposal, one.at) in mistaken:
            continue
        loaded = one.proposal is None and one.kind is StepKind.ADOPTED
        on = one.goal.decided_on or (None if loaded else day_of(store, one.at))
        if on is not None and period.first <= on <= period.last:
            adapted = loaded and one.goal.version > 1
            measured = one.goal.indicators if one.goal.retired else ()
            step = GoalStep(
                goal=one.goal.title,
                kind=StepKind.ADAPTED if adapted else one.kind,
                on=on,
                reason=one.goal.reason,
                decided_by=one.goal.decided_by,
                became=tuple(today[key].title for key in one.goal.became if key in today),
                measured=tuple(
                    _indicator(one.goal, each, readings, period, reworded.get(one.goal.key))
                    for each in measured
                ),
                go_on=_going_on(one.goal, today),
            )
            found.append((one.component, step))
    return found


def _going_on(gone: Goal, today: Mapping[str, Goal]) -> tuple[Text, ...]:
    """The goals that keep the indicators of one that is over."""
    named = [today[key] for key in gone.became if key in today]
    return tuple(
        goal.title for goal in named if any(one.source == gone.key for one in goal.indicators)
    )


def _taken_back(
    store: GovernanceStore, steps: Sequence[PlanStep]
) -> Iterator[tuple[UUID | None, datetime]]:
    """(proposal, moment) of the steps there and back."""
    for proposal in {one.proposal for one in steps if one.proposal}:
        known = store.plan_proposal(proposal)
        for one in known.decisions if known else ():
            if one.taken_back_at is not None:
                yield from ((proposal, one.at), (proposal, one.taken_back_at))


# -- surveys -----------------------------------------------------------------------------------


def closed_in(store: GovernanceStore, period: Period) -> list[tuple[Wave, WaveResults]]:
    """Surveys that closed in the period and whose results are released, the latest first."""
    since, until = span(store, period)
    found = []
    for wave in store.waves():
        results = store.results(wave.id) if wave.state is WaveState.CLOSED else None
        if results is not None and results.final and since <= closed_at(store, wave) < until:
            found.append((wave, of_the_district(results)))
    return found


def _rankings(
    store: GovernanceStore, waves: Sequence[tuple[Wave, WaveResults]]
) -> Iterator[Ranking]:
    """Of a survey that was asked several times the latest alone."""
    told = set()
    for wave, results in waves:
        if wave.survey.key in told:
            continue
        told.add(wave.survey.key)
        for table in results.tables:
            for cell in table.cells:
                for one in cell.questions:
                    if isinstance(one, RankingResult):
                        ranking = _ranking(store, wave, one)
                        if ranking.first:
                            yield ranking


def _ranking(store: GovernanceStore, wave: Wave, result: RankingResult) -> Ranking:
    """What may have one of the first places, ``MOST`` choices at most. None where there are too few
    answers."""
    found = (
        (one, place)
        for one, place in zip(result.ranked, placed(result.ranked), strict=True)
        if place is not None and place.first <= FIRST
    )
    there = sorted(found, key=lambda one: one[1].first)
    goals = goals_for(store, wave)
    return Ranking(
        survey=wave.survey.title,
        question=result.prompt,
        first=tuple(
            Priority(
                place=place.first,
                last=place.last,
                label=one.label,
                goals=goals.get((result.question, one.key)),
            )
            for one, place in there[:MOST]
        ),
        more=max(0, len(there) - MOST),
        choices=len(result.ranked),
    )


def _surveys(waves: Sequence[tuple[Wave, WaveResults]]) -> Iterator[SurveyLine]:
    by_key: dict[str, list[tuple[Wave, WaveResults]]] = defaultdict(list)
    for wave, results in waves:
        by_key[wave.survey.key].append((wave, results))
    for several in by_key.values():
        rated = [(wave, results, rate) for wave, results in several if (rate := _rate(results))]
        if rated:
            wave, results, (_, first) = rated[0]
            rates = [one for _, _, (one, _) in rated]
            yield SurveyLine(
                title=wave.survey.title,
                times=len(rated),
                asked=results.asked or 0,
                low=min(rates),
                high=max(rates),
                first_rate=first,
            )


def _rate(results: WaveResults) -> tuple[float, bool] | None:
    """A response rate, and whether it is the first of AAPOR's."""
    rates = results.rates
    if rates is None or results.asked is None:
        return None
    if rates.response_rate_1 is not None:
        return rates.response_rate_1, True
    return (rates.response_rate_2, False) if rates.response_rate_2 is not None else None


# -- what was said -----------------------------------------------------------------------------


def _heard(store: GovernanceStore, period: Period, now: datetime) -> Heard:
    said = store.said_between(*span(store, period))
    if people(said) < PEOPLE_FROM or near_another(store, period):
        return Heard()
    at = store.answered_at([one.id for one in said])
    ripe = [one for one in said if one.received_at + WITHIN <= now]
    in_time = {one.id for one in ripe if one.id in at and at[one.id] <= one.received_at + WITHIN}
    rest = [one for one in said if one.id not in at]
    otherwise = [one for one in said if one.id in at and one.id not in in_time]
    done = [one for one in said if one.id in at]
    told = not (few(done) or few(rest) or few(otherwise))
    fresh = [one for one in said if one.received_at + WITHIN > now]
    share = answered(period.first, ripe, at)
    apart = few(fresh)
    return Heard(
        received=len(said),
        answered=len(done) if told else None,
        base=None if apart else share.base,
        within=None if apart else share.within,
        few_left=not apart and share.few_left,
    )


def _still_open(store: GovernanceStore, now: datetime) -> OpenItems:
    """The sums of what the CTO's Home tells of each committee."""
    found = backlog(store, now)
    late = [one.late for one in found if one.late is not None]
    return OpenItems(
        open=sum(one.open for one in found) if found else None,
        overdue=sum(late) if late and len(late) == len(found) else None,
        before=first_day(store, now),
    )


# -- what was done -----------------------------------------------------------------------------


def _decided(store: GovernanceStore, period: Period) -> list[Recommendation]:
    since, until = span(store, period)
    found = store.recommendations(AdviceState.ACCEPTED, AdviceState.DECLINED, most=_EVERY)
    return [one for one in found if one.decided_at and since <= one.decided_at < until]


def _decisions(
    store: GovernanceStore, district: District, period: Period
) -> Iterator[DecisionLine]:
    """What was accepted first, the latest first."""
    found = _decided(store, period)
    for one in sorted(found, key=lambda one: one.state is not AdviceState.ACCEPTED):
        if one.decided_at is not None:
            yield DecisionLine(
                title=one.title,
                committee=queue_name(district, one.queue),
                accepted=one.state is AdviceState.ACCEPTED,
                reason=one.reason or "",
                on=day_of(store, one.decided_at),
                outcome=one.outcome or "",
            )


def _changes(store: GovernanceStore, period: Period) -> Iterator[ChangeLine]:
    """Changes that staff see, by their day: those of the period, and those approved in it."""
    since, until = span(store, period)
    for one in store.changes():
        if one.decision is None or one.state is ChangeState.WITHDRAWN:
            continue
        if period.first <= one.day <= period.last or since <= one.decision.at < until:
            yield ChangeLine(title=one.words.title, day=one.day, state=one.state)


def _rules(store: GovernanceStore, period: Period) -> Iterator[RuleLine]:
    """Versions that were published, and rules that ended, by their numbers."""
    for rule in store.rules():
        published: Text | None = None
        for step in store.rule_steps(rule.id):
            if step.step is RuleStep.PUBLISHED:
                version = store.rule_version(rule.id, step.version)
                published = version.title if version else published
            elif step.step not in _ENDED:
                continue
            on = day_of(store, step.at)
            if published is not None and period.first <= on <= period.last:
                yield RuleLine(number=rule.number, title=published, step=step.step, on=on)


# -- stories -----------------------------------------------------------------------------------


def sources(store: GovernanceStore, period: Period) -> tuple[Source, ...]:
    """What a story of the period can be about: recommendations whose outcome was told, conclusions
    that were published, and announcements to everyone that staff messages led to."""
    since, until = span(store, period)
    advice = [
        Source(
            kind=StoryKind.RECOMMENDATION,
            key=str(one.id),
            title=Text(default=one.title, language=store.district().locale),
        )
        for one in store.recommendations(AdviceState.ACCEPTED, most=_EVERY)
        if one.outcome and one.outcome_at and since <= one.outcome_at < until
    ]
    heard = [
        Source(
            kind=StoryKind.CONCLUSIONS,
            key=one.page.rpartition("/")[2],
            title=one.title,
        )
        for one in store.came_of_it(since, until)
        if one.kind is ChangeKind.CONCLUSIONS
    ]
    return (*advice, *heard, *_announced(store, since, until))


def _announced(store: GovernanceStore, since: datetime, until: datetime) -> Iterator[Source]:
    for one in store.announcements():
        sent = one.sent_at is not None and since <= one.sent_at < until and not one.recalled_at
        bound = Bound(kind=BoundKind.ANNOUNCEMENT, key=str(one.id))
        if sent and one.audience == Audience() and store.linked_to(bound):
            yield Source(kind=StoryKind.ANNOUNCEMENT, key=str(one.id), title=one.change.title)
