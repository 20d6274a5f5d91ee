"""Whom a wave may ask: the audience, without those who were asked often enough, and of the rest
whom its lot or its turn falls on. The same rule foresees a launch and freezes a panel.

``told_reach`` is the gate of these figures, beside ``release``, which is the answers'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from core.deciding import in_fives
from core.people import Audience
from surveys.messages import PanelReach
from surveys.ports import SurveyStore
from surveys.results.tabulating import Atom
from surveys.survey import Wave
from surveys.waves.limiting import AskingLimit
from surveys.waves.sampling import (
    Frame,
    Rotation,
    Selection,
    expected,
    frame_of,
    select,
    sizes_of,
)


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """How many people a panel has, and what they are drawn from."""

    panel: int
    frame: Frame


@dataclass(frozen=True, kw_only=True)
class Drawn(Foreseen):
    """A panel with the ids of its people, sorted."""

    people: Sequence[UUID]


def foresee(
    store: SurveyStore,
    audience: Audience,
    selection: Selection | None,
    now: datetime,
    *,
    spares: bool = True,
) -> Foreseen:
    """How many a wave would ask that was drawn at a moment (``draw``). People are counted where
    they are stored: this is what a page shows, and reading everybody takes too long for one."""
    sizes = store.sizes_of(audience)
    limit = store.asking_limit() if spares else None
    spared = store.count_asked_often(audience, now - limit.span, limit.surveys) if limit else 0
    return Foreseen(
        panel=expected(selection, sizes.total() - spared),
        frame=_frame(store, sizes, selection, spared, limit, now),
    )


def draw(
    store: SurveyStore,
    audience: Audience,
    selection: Selection | None,
    now: datetime,
    *,
    spares: bool = True,
) -> Drawn:
    """Whom a wave with this audience would ask at a moment. ``spares`` False: also those who were
    asked often enough. Who is skipped has no place in a sample, so that it reaches its size."""
    ahead = store.drawn_ahead(audience, selection, spares=spares)
    if ahead is not None:
        return ahead
    everyone = store.people_of(audience)
    limit = store.asking_limit() if spares else None
    tired = store.asked_often(now - limit.span, limit.surveys) if limit else frozenset()
    free = [person for person in everyone if person.id not in tired]
    frame = _frame(store, sizes_of(everyone), selection, len(everyone) - len(free), limit, now)
    people = sorted((one.id for one in select(selection, free)), key=attrgetter("int"))
    return Drawn(panel=len(people), people=people, frame=frame)


def _frame(
    store: SurveyStore,
    sizes: Mapping[Atom, int],
    selection: Selection | None,
    spared: int,
    limit: AskingLimit | None,
    now: datetime,
) -> Frame:
    hidden = limit is not None and _by_lot(store, now - limit.span)
    return frame_of(
        sizes, spared=spared, spared_by_lot=hidden, by_lot=hidden or selection is not None
    )


def _by_lot(store: SurveyStore, since: datetime) -> bool:
    """Whether who was asked lately is known to nobody."""
    return any(frame.by_lot for frame in store.recent_frames(since))


def frame(store: SurveyStore, wave: Wave) -> Mapping[Atom, int]:
    """How many people of the wave's audience there were in each finest group when its panel was
    frozen: the population of the intervals, also where only a part of them was asked."""
    frozen = store.frame_of(wave.id)
    return frozen.population if frozen else store.sizes_of(wave.audience)


def told_reach(
    drawn: Foreseen,
    selection: Selection | None,
    limit: AskingLimit | None,
    *,
    despite: bool = False,
) -> PanelReach:
    """Whom a launch reaches, as it may be told. That all of an audience were asked is no secret,
    and so the figures are exact, as long as no lot was drawn. Who was drawn is known to nobody:
    where that decides who is skipped, the figures are rounded down to fives, and of a rotation's
    group only its expected size is told."""
    frame, about = drawn.frame, drawn.frame.spared_by_lot
    spared: int | None = frame.spared
    if about:
        spared = in_fives(frame.spared) or None
    people = drawn.panel
    if isinstance(selection, Rotation):
        about, people = True, in_fives((frame.people - (spared or 0)) // selection.groups)
    elif about and selection is None:
        people = in_fives(people)
    return PanelReach(
        audience=frame.people,
        people=people,
        spared=spared,
        about=about,
        limit=limit,
        part=selection,
        despite=despite,
    )
