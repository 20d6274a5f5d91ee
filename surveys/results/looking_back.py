"""Looking back: somebody is shown what they answered, as long as the records know that it is
theirs.

It is an answer to whoever asks, never a delivery: nothing of it is stored again, and it is made
anew each time for that one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from core.people import Person
from surveys.asking.answering import NOTHING_YET, closed_at
from surveys.asking.presenting import as_shown
from surveys.asking.showing import shown_pages
from surveys.commands import ShowSaid
from surveys.messages import AnswersDeleted, NotForYou, StillKnown, WhatYouSaid
from surveys.ports import Response, SurveyStore
from surveys.priorities.asked_pairs import asked_of, pairs_of
from surveys.questions import Answer, Question, Unfit
from surveys.survey import Participation, Wave, WaveState


def show_said(
    store: SurveyStore, actor: Person, command: ShowSaid, now: datetime
) -> WhatYouSaid | AnswersDeleted | NotForYou:
    """What a person answered, question by question as they were shown them. Once the wave has its
    results the answers are deleted, and that is what they are told."""
    wave = store.wave(command.wave_id)
    if wave is None:
        return NotForYou(why=Unfit(why="This survey is not here anymore."))
    became = store.participation(wave.id, actor.id)
    if wave.state is WaveState.PLANNED or became is None:
        title = wave.survey.title.in_locale(actor.locale)
        why = "“{title}” has not asked you anything."
        return NotForYou(why=Unfit(why=why, values={"title": title}))
    if wave.state is WaveState.CLOSED and not wave.hold and store.final_count(wave.id):
        return AnswersDeleted(
            wave_id=wave.id, title=wave.survey.title, closed_at=closed_at(store, wave)
        )
    said = _kept(store, wave, actor, became)
    return WhatYouSaid(
        wave_id=wave.id,
        title=wave.survey.title,
        closes_at=closed_at(store, wave),
        became=became,
        known=_known(wave, now),
        questions=_as_they_saw_them(wave, actor, said.answers),
        answers=said.answers,
    )


def _kept(store: SurveyStore, wave: Wave, actor: Person, became: Participation) -> Response:
    """Nothing is looked for of whoever has not answered, or has said no."""
    if became in (Participation.ASKED, Participation.DECLINED):
        return NOTHING_YET
    return store.response(wave.id, actor.id) or NOTHING_YET


def _as_they_saw_them(
    wave: Wave, actor: Person, answers: Mapping[str, Answer]
) -> tuple[Question, ...]:
    """The questions of the pages that they are shown, choices in the order of their own."""
    pages = wave.survey.pages
    places = shown_pages(wave.survey, answers)
    questions = [question for place in places for question in pages[place].questions]
    one_by_one = [pairs_of(wave.survey, place) for place in places]
    own = {one.key: replace(one, shown=asked_of(one, answers).pairs) for one in one_by_one if one}
    return tuple(own.get(one.key, one) for one in as_shown(questions, wave.id, actor.id))


def _known(wave: Wave, now: datetime) -> StillKnown:
    if wave.hold and wave.state is WaveState.CLOSED:
        return StillKnown.HELD
    return StillKnown.OPEN if now < wave.closes_at else StillKnown.CLOSING
