"""Answering a wave: show a page, keep what fits, say what does not, and thank at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.people import Person
from surveys.asking.fitting import missing
from surveys.asking.fitting_pages import Fitted, fit_page
from surveys.asking.presenting import as_asked, as_shown, promise_of
from surveys.asking.showing import of_shown_pages, shown_pages
from surveys.commands import AnswerPage, DeclineWave, ShowPage
from surveys.messages import (
    Answered,
    Declined,
    NotForYou,
    QuestionPage,
    Rejected,
    WaveClosedAlready,
)
from surveys.ports import Response, SurveyStore, Trial
from surveys.priorities.asked_pairs import asked_of, comparing, own_ideas_in, pairs_of
from surveys.priorities.messages import Comparing
from surveys.questions import Answer, RawAnswer, Unfit, chosen_keys
from surveys.survey import Participation, Survey, Wave, WaveState
from surveys.waves.trials import as_wave, hold

NOTHING_YET = Response(answers={}, complete=False)


@dataclass(frozen=True, kw_only=True)
class AskedWave:
    """An open wave, and what became so far of asking this person. ``trial``: it is a test of
    theirs, and no wave."""

    wave: Wave
    participation: Participation
    trial: Trial | None = None


def show_page(
    store: SurveyStore, actor: Person, command: ShowPage, now: datetime
) -> QuestionPage | Comparing | WaveClosedAlready | NotForYou:
    """A page with what the person said so far; for a page that is not there, the nearest."""
    asked = open_for(store, actor, command.wave_id, now)
    if not isinstance(asked, AskedWave):
        return asked
    wave = asked.wave
    so_far = said_so_far(store, asked, actor)
    return page_at(store, wave, actor, command.page, so_far.answers, now)


def answer_page(
    store: SurveyStore, actor: Person, command: AnswerPage, now: datetime
) -> Answered | QuestionPage | Comparing | Rejected | WaveClosedAlready | NotForYou:
    """Keep one page. What fits is kept, also when something beside it does not. The answers of
    pages that are not shown any more, because of what was changed here, go.

    A response is complete when the last page is answered and nothing required is missing on any
    page; it stays complete while it is changed, so that a change half made loses no answer.
    """
    asked = open_for(store, actor, command.wave_id, now)
    if not isinstance(asked, AskedWave):
        return asked
    wave = asked.wave
    survey = wave.survey
    before = said_so_far(store, asked, actor)
    if command.page not in shown_pages(survey, before.answers):
        known = 0 <= command.page < len(survey.pages)
        return page_at(store, wave, actor, command.page if known else 0, before.answers, now)
    if pairs_of(survey, command.page) is not None:  # they are answered one by one
        return page_at(store, wave, actor, command.page, before.answers, now)
    page = as_asked(survey.pages[command.page], wave.id, actor.id)
    fitted = fit_page(page, command.answers, before.answers, actor.locale)
    unfit = _typed_only(fitted.unfit, command.answers) if command.back else fitted.unfit
    fitted = Fitted(kept=of_shown_pages(survey, fitted.kept), unfit=unfit)
    if fitted.unfit or command.back:
        keep(store, asked, actor, before, Response(answers=fitted.kept, complete=before.complete))
    if fitted.unfit:
        again = _form(store, wave, actor, command.page, fitted.kept, command.answers, fitted.unfit)
        return Rejected(unfit=fitted.unfit, page=again)
    if command.back:
        earlier = [n for n in shown_pages(survey, fitted.kept) if n < command.page]
        place = earlier[-1] if earlier else command.page
        return page_at(store, wave, actor, place, fitted.kept, now)
    return go_on(store, asked, actor, command.page, before, fitted.kept, now)


def go_on(
    store: SurveyStore,
    asked: AskedWave,
    actor: Person,
    page: int,
    before: Response,
    kept: Mapping[str, Answer],
    now: datetime,
) -> Answered | QuestionPage | Comparing:
    """Keep what was said so far, and show what comes after a page: the next one, an earlier one
    where something is missing, or thanks."""
    wave = asked.wave
    following = [n for n in shown_pages(wave.survey, kept) if n > page]
    gap = first_gap(wave.survey, kept)
    complete = before.complete or (not following and gap is None)
    keep(store, asked, actor, before, Response(answers=kept, complete=complete))
    if following:
        return page_at(store, wave, actor, following[0], kept, now)
    if gap is not None:
        return _with_gaps_shown(store, wave, actor, gap, kept, now)
    return _thanks(asked, changed=before.complete)


def _typed_only(
    unfit: Mapping[str, Unfit], answers: Mapping[str, RawAnswer]
) -> Mapping[str, Unfit]:
    """What does not fit of what was filled in; what was left empty can wait."""
    return {key: why for key, why in unfit.items() if any(chosen_keys(answers.get(key, "")))}


def decline(
    store: SurveyStore, actor: Person, command: DeclineWave, now: datetime
) -> Declined | Answered | WaveClosedAlready | NotForYou:
    """No reminder any more. Who has answered already is thanked instead: the answer stands."""
    asked = open_for(store, actor, command.wave_id, now)
    if not isinstance(asked, AskedWave):
        return asked
    wave = asked.wave
    if asked.participation is Participation.ANSWERED:
        return _thanks(asked, changed=False)
    if asked.trial is None:
        ideas = own_ideas_in(said_so_far(store, asked, actor).answers)
        store.set_participation(wave.id, actor.id, Participation.DECLINED)
        if ideas:  # they stay added, and count among those that one person may add
            store.put_response(wave.id, actor, Response(answers=ideas, complete=False))
        elif asked.participation is Participation.PARTIAL:
            store.forget_response(wave.id, actor.id)  # who says no has not answered in part
    return Declined(wave_id=wave.id, title=wave.survey.title, closes_at=wave.closes_at)


def first_gap(survey: Survey, answers: Mapping[str, Answer]) -> int | None:
    """The first page shown on which something required is not answered."""
    for number in shown_pages(survey, answers):
        if any(q.required and q.key not in answers for q in survey.pages[number].counted):
            return number
    return None


def open_for(
    store: SurveyStore, actor: Person, wave_id: UUID, now: datetime
) -> AskedWave | WaveClosedAlready | NotForYou:
    wave = store.wave(wave_id)
    if wave is None:
        trial = store.trial(wave_id)
        if trial is not None and trial.person_id == actor.id and now < trial.until:
            return AskedWave(wave=as_wave(trial), participation=Participation.PARTIAL, trial=trial)
        return NotForYou(why=Unfit(why="This survey is not here anymore."))
    title = wave.survey.title.in_locale(actor.locale)
    if wave.state is WaveState.CLOSED or now >= wave.closes_at:
        return WaveClosedAlready(title=wave.survey.title, closed_at=closed_at(store, wave))
    if wave.state is WaveState.PLANNED:
        return NotForYou(
            why=Unfit(
                why="“{title}” is not open yet. You will be asked when it opens.",
                values={"title": title},
            )
        )
    participation = store.participation(wave.id, actor.id)
    if participation is None:
        return NotForYou(
            why=Unfit(
                why="“{title}” asks a group that you were not part of when it opened.",
                values={"title": title},
            )
        )
    return AskedWave(wave=wave, participation=participation)


def closed_at(store: SurveyStore, wave: Wave) -> datetime:
    """The planned closing, or the real one where the survey was closed earlier."""
    results = store.results(wave.id)
    if results is not None and results.final:
        return min(wave.closes_at, results.as_of)
    return wave.closes_at


def said_so_far(store: SurveyStore, asked: AskedWave, actor: Person) -> Response:
    """Nothing is looked for of whoever is only asked: what is kept changes that with it."""
    if asked.trial is not None:
        return Response(answers=asked.trial.answers, complete=False)
    if asked.participation is Participation.ASKED:
        return NOTHING_YET
    return store.response(asked.wave.id, actor.id) or NOTHING_YET


def keep(
    store: SurveyStore, asked: AskedWave, actor: Person, before: Response, after: Response
) -> None:
    if asked.trial is not None:
        hold(store, asked.trial, after.answers, complete=after.complete)
        return
    if after != before:
        store.put_response(asked.wave.id, actor, after)
    became = Participation.ANSWERED if after.complete else Participation.PARTIAL
    said = bool(after.answers) or after.complete
    if said and asked.participation is not became:
        store.set_participation(asked.wave.id, actor.id, became)


def page_at(
    store: SurveyStore,
    wave: Wave,
    actor: Person,
    number: int,
    given: Mapping[str, Answer],
    now: datetime,
) -> QuestionPage | Comparing:
    """A page; of one that is not shown, the next that is, or else the last."""
    places = shown_pages(wave.survey, given)
    shown = next((place for place in places if place >= number), places[-1])
    question = pairs_of(wave.survey, shown)
    if question is None:
        return _form(store, wave, actor, shown, given)
    last = shown == places[-1]
    return comparing(store, wave, shown, asked_of(question, given), now, last=last)


def _form(
    store: SurveyStore,
    wave: Wave,
    actor: Person,
    page: int,
    given: Mapping[str, Answer],
    raw: Mapping[str, RawAnswer] | None = None,
    unfit: Mapping[str, Unfit] | None = None,
) -> QuestionPage:
    pages = wave.survey.pages
    keys = {question.key for question in pages[page].counted}
    return QuestionPage(
        wave_id=wave.id,
        title=wave.survey.title,
        page=page,
        pages=len(pages),
        questions=as_shown(pages[page].questions, wave.id, actor.id),
        closes_at=wave.closes_at,
        promise=promise_of(store, wave, page),
        given={key: answer for key, answer in given.items() if key in keys},
        raw={key: answer for key, answer in (raw or {}).items() if key in keys},
        unfit=unfit or {},
        shown=shown_pages(wave.survey, given),
        about=wave.survey.conditional,
    )


def _with_gaps_shown(
    store: SurveyStore,
    wave: Wave,
    actor: Person,
    number: int,
    kept: Mapping[str, Answer],
    now: datetime,
) -> QuestionPage | Comparing:
    """Back to an earlier page that was skipped, with what is missing on it named."""
    if pairs_of(wave.survey, number) is not None:
        return page_at(store, wave, actor, number, kept, now)
    gaps = {
        question.key: missing(question)
        for question in wave.survey.pages[number].counted
        if question.required and question.key not in kept
    }
    return _form(store, wave, actor, number, kept, unfit=gaps)


def _thanks(asked: AskedWave, *, changed: bool) -> Answered:
    wave = asked.wave
    return Answered(
        wave_id=wave.id,
        title=wave.survey.title,
        closes_at=wave.closes_at,
        changed=changed,
        thanks=wave.survey.thanks,
        trial=asked.trial is not None,
        held=wave.hold,
        smallest_group=wave.rules.smallest_group,
    )
