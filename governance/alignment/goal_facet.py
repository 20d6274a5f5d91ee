"""What staff put first that serves a goal: a part of its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.cards import Page
from core.text import Text
from core.words import Words
from governance import links
from governance.access import Actor, sees_all_tables
from governance.alignment import wording as say
from governance.alignment.finding import standing
from governance.alignment.model import NO_GOAL, Priority
from governance.alignment.priorities import priorities_of, told_of
from governance.goal_changes.remapping import Moves
from governance.goals.facets import FacetLine, GoalFacet, LinkedFacet, Part
from governance.goals.model import Goal
from governance.ports import GovernanceStore
from surveys.results.placing import place_range

WAVES = 3
"""The newest surveys that a goal's page names."""

AMONG_THE_FIRST = 5
"""Places from the first one that the plan's table names: a place from 1 to 8 says little."""


@dataclass(frozen=True, kw_only=True)
class InSurvey:
    """A survey's priorities that serve the goal, the first place first. ``sees``: the reader sees
    its results; else what was published of them."""

    wave_id: UUID
    title: Text
    closed_at: datetime
    priorities: tuple[Priority, ...]
    sees: bool


@dataclass(frozen=True, kw_only=True)
class PutFirst:
    surveys: tuple[InSurvey, ...]


def _find(store: GovernanceStore, actor: Actor, goal: Goal, _: datetime) -> PutFirst | None:
    serving: dict[UUID, set[tuple[str, str]]] = {}
    for one in standing(store):
        if one.goal == goal.key:
            serving.setdefault(one.wave_id, set()).add((one.question, one.choice))
    store.waves_ahead_of(serving)
    store.results_ahead(serving)
    store.conclusions_ahead(serving)
    store.releases_ahead(serving, actor.person_id)
    found = (_in_survey(store, actor, wave, keys) for wave, keys in serving.items())
    told = sorted((one for one in found if one), key=lambda one: one.closed_at, reverse=True)
    return PutFirst(surveys=tuple(told[:WAVES])) if told else None


def _in_survey(
    store: GovernanceStore, actor: Actor, wave_id: UUID, keys: set[tuple[str, str]]
) -> InSurvey | None:
    """What was published of it; and all of it for whoever sees it and has looked at it already: a
    goal's page writes nothing into the ledger of releases."""
    wave, results = store.wave(wave_id), store.results(wave_id)
    if wave is None or results is None:
        return None
    told, said = told_of(wave, results), store.conclusions(wave_id)
    sees = sees_all_tables(actor, wave) and store.was_released(wave_id, actor.person_id, told)
    public = said.figures if said else ()
    shown = tuple(
        one
        for one in priorities_of(wave.survey, results)
        if one.key in keys and one.ranked and (sees or one.question in public)
    )
    if not shown:
        return None
    return InSurvey(
        wave_id=wave_id,
        title=wave.survey.title,
        closed_at=wave.closes_at,
        priorities=tuple(sorted(shown, key=lambda one: one.place)),
        sees=sees,
    )


@dataclass(frozen=True, kw_only=True)
class PlacedByStaff:
    """The best place of a goal's priorities in the survey that was matched to goals last."""

    first: int
    last: int


def _place(
    store: GovernanceStore, actor: Actor, moves: Moves, _: datetime
) -> Mapping[str, PlacedByStaff]:
    bound = [one for one in standing(store, known=moves) if one.goal != NO_GOAL]
    if not bound:
        return {}
    wave = max(bound, key=lambda one: one.at).wave_id
    goals = {(one.question, one.choice): one.goal for one in bound if one.wave_id == wave}
    survey = _in_survey(store, actor, wave, set(goals))
    placed: dict[str, PlacedByStaff] = {}
    for one in survey.priorities if survey else ():
        if one.ranked and one.ranked.last <= AMONG_THE_FIRST:  # the first place comes first
            best = PlacedByStaff(first=one.ranked.first, last=one.ranked.last)
            placed.setdefault(goals[one.key], best)
    return placed


def _draw_place(words: Words, found: PlacedByStaff) -> str:
    return words.say("ranked {place} by staff", place=place_range(found.first, found.last))


def _draw(words: Words, found: PutFirst) -> FacetLine:
    return FacetLine(
        name=words.say("What staff put first"),
        entries=tuple((_page(words, one), _said(words, one)) for one in found.surveys),
    )


def _page(words: Words, one: InSurvey) -> Page:
    path = links.alignment("", one.wave_id) if one.sees else links.heard("", one.wave_id)
    return Page(label=words.text(one.title), path=path)


def _said(words: Words, one: InSurvey) -> str:
    """ "Wi-Fi in the portables (place 1, 71 ± 5 of 100). Closed on Friday, November 13." """
    some = [say.priority(words, each) for each in one.priorities[: say.NAMED]]
    closed = words.say("Closed on {day}.", day=words.day(one.closed_at, year=True))
    return f"{'; '.join(some)}. {closed}"


GOAL_FACETS = (GoalFacet(of=PutFirst, part=Part.SAID, order=5, find=_find, draw=_draw),)
LINKED_FACETS = (LinkedFacet(of=PlacedByStaff, order=10, find=_place, draw=_draw_place),)
