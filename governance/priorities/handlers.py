"""The operations of pairs and ideas. An idea is read by a moderator before others see it; nobody
learns whose it is, and its author hears what happened to it the next time they compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_hex
from uuid import UUID, uuid4

from core.forms import FROM_THE_LIST, Opening
from core.messages import Order
from core.people import Person
from core.text import Text
from governance.access import CLOCK, Actor, anybody, refusal
from governance.committees.model import Office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.forms.messages import FormView, again
from governance.messages import Done, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.priorities import forms
from governance.priorities.commands import (
    A_FEW_WORDS,
    AddIdea,
    DecideIdea,
    Decision,
    ShowIdea,
    ShowIdeaDecision,
    ShowIdeas,
    ShowIdeasBySurvey,
    TendIdeas,
)
from governance.priorities.matching import language_of, nearest, text_of
from governance.priorities.messages import (
    IdeaDecisionForm,
    IdeaReceived,
    IdeasBySurvey,
    IdeasLine,
    IdeasRead,
    IdeasWaiting,
    IdeaToRead,
)
from governance.redaction.screening import note_returned, screen
from governance.refusals import ALREADY_SETTLED, GONE, NAMED_PERSON_ONLY
from governance.school_days import calendar, today
from governance.second_tabs import given_back, says_another
from governance.typed import typed
from surveys.messages import NotForYou, Rejected
from surveys.priorities import comparing
from surveys.priorities.asked_pairs import FULL, closed_to_ideas, ideas_until, pairs_of
from surveys.priorities.commands import (
    BeginPairs,
    ComparePair,
    RestartPairs,
    ShowProtection,
    StopPairs,
)
from surveys.priorities.comparing import Turn, turn_of
from surveys.priorities.model import (
    LONGEST_IDEA,
    MOST_IDEAS,
    OWN_IDEAS,
    Idea,
    Ideas,
    IdeaState,
    Reason,
)
from surveys.questions import Choice, Pairwise, Unfit
from surveys.survey import Survey, Wave, WaveState

TEND_IDEAS = "tend-ideas"
MORNINGS = "10 8 * * mon-fri"
"""When moderators hear how many wait; on holidays they do not."""

WAITING = "ideas-waiting"

LATE_AFTER = 2
"""School mornings that an idea has waited when the CTO's office hears of it, too."""

LAST_DAY = timedelta(days=1)
"""Before the time for ideas is over: there may be no school morning to wait for."""

MOST_OFFERED = 90
"""Choices that an idea may be the same as: a list in Slack takes a hundred."""

SHORTEST_IDEA = 3
"""Characters."""


# -- adding one --------------------------------------------------------------------------------


def open_adding(
    store: GovernanceStore, actor: Actor, command: AddIdea, now: datetime
) -> Opening | comparing.Shown | Refused:
    turn = turn_of(store, actor.somebody, command, now)
    if not isinstance(turn, Turn):
        return Refused(why=turn.why) if isinstance(turn, NotForYou) else turn
    why = _closed(store, turn, now)
    if why is not None:
        return Refused(why=why)
    return _adding(store, turn.wave.wave, turn.page, turn.asked.question)


def too_short(_: object, __: object, command: AddIdea, ___: object) -> Mapping[str, Unfit]:
    short = len(_one_line(command.text)) < SHORTEST_IDEA
    return {"text": Unfit(why=A_FEW_WORDS)} if short else {}


def add(
    store: GovernanceStore, actor: Person, command: AddIdea, now: datetime
) -> FormView | IdeaReceived | comparing.Shown | Refused:
    """Nothing is kept of it but the words, under an id of its own; who had it only their own
    response knows, until it is deleted. Where it comes too late its words are given back."""
    turn = turn_of(store, actor, command, now)
    if not isinstance(turn, Turn):
        return turn if isinstance(turn, NotForYou) else _over_meanwhile(store, actor, command)
    wave, question = turn.wave.wave, turn.asked.question
    opening = _adding(store, wave, turn.page, question)
    screened = screen((_one_line(command.text),), command.put_back)
    received = IdeaReceived(
        wave_id=command.wave_id,
        page=command.page,
        moderator=_moderator_name(store, question),
        left=OWN_IDEAS - len(turn.asked.ideas),
        trial=turn.trial,
    )
    (text,) = screened.texts
    if text in _own_waiting(store, turn):
        return received  # pressed twice
    closed = _closed(store, turn, now)
    if closed is not None:
        return again(command, opening, unfit={"text": closed})
    if screened.doubt:
        return again(command, opening, doubt=screened.doubt)
    words = Text(default=text, language=language_of(text))
    alike = _alike(store, question, words, command.meant)
    if alike and alike[0].key != command.unlike:
        asks = _adding(store, wave, turn.page, question, alike[0])
        return again(replace(command, text=text), asks)
    received = replace(received, left=received.left - 1)
    if turn.trial:
        return received
    new = Idea(
        id=uuid4(),
        wave_id=wave.id,
        question=question.key,
        key=f"idea-{token_hex(5)}",
        words=words,
        meaning=command.meant,
    )
    store.put_idea(new)
    comparing.keep(store, actor, turn, turn.asked.with_idea(new.key))
    return received


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _over_meanwhile(store: GovernanceStore, actor: Person, command: AddIdea) -> FormView | Refused:
    """The form of a question that is not asked anymore, with what was typed; to whom it was never
    asked it is not shown."""
    wave = store.wave(command.wave_id)
    asked = wave is not None and store.participation(wave.id, actor.id) is not None
    if wave is not None and asked and command.page < len(wave.survey.pages):
        question = pairs_of(wave.survey, command.page)
        if question is not None and question.ideas is not None:
            opening = _adding(store, wave, command.page, question)
            return again(command, opening, unfit={"text": Unfit(why=ALREADY_SETTLED)})
    return refusal(ALREADY_SETTLED)


def _own_waiting(store: GovernanceStore, turn: Turn) -> set[str]:
    """The words of this person's ideas that wait."""
    own = store.ideas_of(turn.wave.wave.id, turn.asked.question.key, turn.asked.own_ideas)
    return {one.words.default for one in own if one.state is IdeaState.WAITING}


def _adding(
    store: GovernanceStore, wave: Wave, page: int, question: Pairwise, alike: Choice | None = None
) -> Opening:
    return forms.adding(
        wave.id,
        page,
        prompt=question.prompt,
        moderator=_moderator_name(store, question),
        until=ideas_until(wave, question) or wave.closes_at,
        alike=(alike.key, alike.label) if alike else None,
    )


def _moderator_name(store: GovernanceStore, question: Pairwise) -> str:
    person = _moderator(store, question.ideas)
    return person.name if person else ""


def _moderator(store: GovernanceStore, ideas: Ideas | None) -> Person | None:
    """Who is named, while they are on the roster."""
    person = store.person_by_email(ideas.moderator) if ideas else None
    return person if person is not None and person.active else None


def _closed(store: GovernanceStore, turn: Turn, now: datetime) -> Unfit | None:
    why = closed_to_ideas(store, turn.wave.wave, turn.asked, now)
    return Unfit(why=why[0], values={"n": why[1]}) if why else None


def _alike(
    store: GovernanceStore, question: Pairwise, words: Text, meant: bytes | None
) -> list[Choice]:
    """Choices that may say the same. Ideas that wait are not among them: nobody sees those."""
    said = {one.key: text_of(one) for one in question.choices}
    known = store.meanings_of(list(said.values()))
    meanings = {key: known[text] for key, text in said.items() if text in known}
    return nearest(words, meant, question.choices, meanings)


# -- reading them ------------------------------------------------------------------------------


def _moderated(actor: Actor, wave: Wave | None) -> list[Pairwise]:
    """The questions whose ideas somebody reads: who is named there; and the CTO's office all."""
    return [] if wave is None else _moderated_of(actor, wave.survey)


def _moderated_of(actor: Actor, survey: Survey) -> list[Pairwise]:
    if actor.person is None:
        return []
    me = actor.person.email.casefold()
    return [
        one
        for one in _taking_of(survey)
        if actor.cto or (one.ideas is not None and one.ideas.moderator.casefold() == me)
    ]


def _taking(wave: Wave) -> list[Pairwise]:
    return _taking_of(wave.survey)


def _taking_of(survey: Survey) -> list[Pairwise]:
    asked = survey.questions
    return [one for one in asked if isinstance(one, Pairwise) and one.ideas is not None]


def _of_wave(actor: Actor, command: ShowIdeas, store: GovernanceStore) -> Refused | None:
    allowed = _moderated(actor, store.wave(command.wave_id))
    return None if allowed else refusal(NAMED_PERSON_ONLY)


def _of_idea(
    actor: Actor, command: ShowIdea | ShowIdeaDecision | DecideIdea, store: GovernanceStore
) -> Refused | None:
    """To others it is as if it were not there."""
    found = store.idea(command.idea_id)
    mine = _moderated(actor, store.wave(found.wave_id)) if found else []
    allowed = found is not None and found.question in {one.key for one in mine}
    return None if allowed else refusal(GONE if actor.cto else NAMED_PERSON_ONLY)


def _of_any(actor: Actor, _: object, store: GovernanceStore) -> Refused | None:
    """Who is named to read the ideas of an open survey that has some; and the CTO's office."""
    person = actor.person
    allowed = actor.cto or (person is not None and store.reads_ideas(person.email))
    return None if allowed else refusal(NAMED_PERSON_ONLY)


def show_surveys(store: GovernanceStore, actor: Actor, now: datetime) -> IdeasBySurvey:
    """The surveys with ideas that somebody reads; those in which some wait stand first."""
    there = store.surveys_with_ideas().items()
    mine = [wave_id for wave_id, one in there if _moderated_of(actor, one)]
    waves = [found for one in mine if (found := store.wave(one))]
    lines = [_ideas_line(store, actor, one, now) for one in waves]
    return IdeasBySurvey(lines=tuple(sorted(lines, key=lambda one: not one.waiting)))


def _ideas_line(store: GovernanceStore, actor: Actor, wave: Wave, now: datetime) -> IdeasLine:
    mine = _moderated(actor, wave)
    open_ones = [one for one in mine if not _over(wave, one, now)]
    until = [at for one in open_ones if (at := ideas_until(wave, one))]
    return IdeasLine(
        wave_id=wave.id,
        title=wave.survey.title,
        waiting=sum(len(_ready(store, wave, one, now)) for one in open_ones),
        added=sum(store.count_ideas(wave.id, one.key, IdeaState.ADDED) for one in mine),
        until=max(until, default=None),
    )


def show_ideas(
    store: GovernanceStore, actor: Actor, command: ShowIdeas, now: datetime
) -> IdeaToRead | IdeasRead | Refused:
    wave = store.wave(command.wave_id)
    return refusal(GONE) if wave is None else _next(store, actor, wave, now)


def show_idea(
    store: GovernanceStore, actor: Actor, command: ShowIdea, now: datetime
) -> IdeaToRead | IdeasRead | Refused:
    found, wave, question = _open_idea(store, command.idea_id, now)
    if wave is None or question is None:
        return refusal(GONE)
    if found is None:
        return _next(store, actor, wave, now)
    return _to_read(store, wave, question, found, now)


def _open_idea(
    store: GovernanceStore, idea_id: UUID, now: datetime
) -> tuple[Idea | None, Wave | None, Pairwise | None]:
    """An idea that waits, with its wave and question; no idea where it does not wait any more."""
    found = store.idea(idea_id)
    wave = store.wave(found.wave_id) if found else None
    if found is None or wave is None:
        return None, None, None
    question = next(one for one in _taking(wave) if one.key == found.question)
    waits = found.state is IdeaState.WAITING and not _over(wave, question, now)
    return (found if waits else None), wave, question


def _over(wave: Wave, question: Pairwise, now: datetime) -> bool:
    until = ideas_until(wave, question)
    return wave.state is WaveState.CLOSED or until is None or now >= until


def _ready(store: GovernanceStore, wave: Wave, question: Pairwise, now: datetime) -> list[Idea]:
    """Ideas to be read, in random order: those that waited for a school morning, so that nobody
    sees when one was added; on the last day all that wait."""
    until = ideas_until(wave, question)
    last = until is not None and until - now <= LAST_DAY
    waiting = store.ideas(wave.id, question.key, state=IdeaState.WAITING)
    return [one for one in waiting if one.rounds or last]


def _next(
    store: GovernanceStore, actor: Actor, wave: Wave, now: datetime
) -> IdeaToRead | IdeasRead:
    mine = _moderated(actor, wave)
    open_ones = [one for one in mine if not _over(wave, one, now)]
    for question in open_ones:
        if ready := _ready(store, wave, question, now):
            return _to_read(store, wave, question, ready[0], now)
    until = [at for one in open_ones if (at := ideas_until(wave, one))]
    added = sum(store.count_ideas(wave.id, one.key, IdeaState.ADDED) for one in mine)
    return IdeasRead(
        wave_id=wave.id, title=wave.survey.title, added=added, until=max(until, default=None)
    )


def _to_read(
    store: GovernanceStore, wave: Wave, question: Pairwise, one: Idea, now: datetime
) -> IdeaToRead:
    alike = _alike(store, question, one.words, one.meaning)
    return IdeaToRead(
        idea_id=one.id,
        wave_id=wave.id,
        title=wave.survey.title,
        prompt=question.prompt,
        words=one.words,
        waiting=1 + sum(other.id != one.id for other in _ready(store, wave, question, now)),
        alike=tuple(choice.label for choice in alike[:2]),
    )


def show_decision(
    store: GovernanceStore, actor: Actor, command: ShowIdeaDecision, now: datetime
) -> IdeaDecisionForm | IdeaToRead | IdeasRead | Refused:
    found, wave, question = _open_idea(store, command.idea_id, now)
    if wave is None or question is None:
        return refusal(GONE)
    if found is None:
        return _next(store, actor, wave, now)
    return _decision_form(store, wave, question, found, command.decision)


def _decision_form(
    store: GovernanceStore, wave: Wave, question: Pairwise, found: Idea, decision: Decision
) -> IdeaDecisionForm:
    language = found.words.language
    choices: tuple[tuple[str, Text], ...] = ()
    if decision is Decision.SAME:
        likely = _alike(store, question, found.words, found.meaning)
        rest = [one for one in question.choices if one not in likely]
        choices = tuple((one.key, one.label) for one in (*likely, *rest)[:MOST_OFFERED])
    return IdeaDecisionForm(
        idea_id=found.id,
        wave_id=wave.id,
        decision=decision,
        words=found.words,
        text=found.words.default,
        language=language,
        other="en" if language == "es" else "es",
        choices=choices,
        same_as=choices[0][0] if choices else "",
    )


def decide(
    store: GovernanceStore, actor: Actor, command: DecideIdea, now: datetime
) -> IdeaDecisionForm | IdeaToRead | IdeasRead | Rejected | Refused:
    """Once; whoever comes second is shown the next one that waits, or their own words again."""
    found, wave, question = _open_idea(store, command.idea_id, now)
    if wave is None or question is None:
        return refusal(GONE)
    if found is None:
        decided = store.idea(command.idea_id)
        if decided is None or (field := _decides_another(command, decided)) is None:
            return _next(store, actor, wave, now)
        stands = decided.words.default if decided.state is IdeaState.ADDED else ""
        form = _decision_form(store, wave, question, decided, command.decision)
        return given_back(form, command, field, stands if field == "text" else "")
    form = _decision_form(store, wave, question, found, command.decision)
    match command.decision:
        case Decision.ADD | Decision.EDIT:
            said = _worded(store, actor, form, command, found, now)
            if isinstance(said, IdeaDecisionForm):
                return said
            if store.count_ideas(wave.id, question.key, IdeaState.ADDED) >= MOST_IDEAS:
                return refusal(FULL, n=str(MOST_IDEAS))
            decided = replace(found, words=said, state=IdeaState.ADDED)
        case Decision.SAME:
            if command.same_as not in {key for key, _ in form.choices}:
                why = Unfit(why=FROM_THE_LIST)
                return replace(form, unfit={"same_as": why})
            decided = replace(found, state=IdeaState.SAME, same_as=command.same_as)
        case Decision.DECLINE:
            if command.reason is None or command.reason is Reason.LATE:
                return replace(form, unfit={"reason": Unfit(why="Choose a reason.")})
            decided = replace(found, state=IdeaState.DECLINED, reason=command.reason)
    store.put_idea(replace(decided, rounds=0, meaning=None))
    store.audit(actor.person_id, f"idea decided: {decided.state}", wave.id, now)
    grown = store.wave(wave.id)
    return _next(store, actor, grown or wave, now)


def _decides_another(command: DecideIdea, decided: Idea) -> str | None:
    """The field in which somebody chose or typed something else than what stands of an idea; None:
    what they entered stands, or they entered nothing."""
    match command.decision:
        case Decision.ADD:
            return None
        case Decision.EDIT:
            said = " ".join(command.text.split())
            added = decided.state is IdeaState.ADDED
            another = says_another(said, decided.words.default, command.put_back)
            return "text" if another or (said and not added) else None
        case Decision.SAME:
            same = decided.state is IdeaState.SAME and decided.same_as == command.same_as
            return "same_as" if command.same_as and not same else None
        case Decision.DECLINE:
            same = decided.state is IdeaState.DECLINED and decided.reason is command.reason
            return "reason" if command.reason and not same else None


def _worded(
    store: GovernanceStore,
    actor: Actor,
    form: IdeaDecisionForm,
    command: DecideIdea,
    found: Idea,
    now: datetime,
) -> Text | IdeaDecisionForm:
    """The words as others read them: the author's, or as the moderator edited them."""
    if command.decision is Decision.ADD:
        return found.words
    form = replace(form, text=command.text, translated=command.translated)
    text, too_long = typed(" ".join(command.text.split()), LONGEST_IDEA)
    other, other_too_long = typed(" ".join(command.translated.split()), LONGEST_IDEA)
    if too_long or other_too_long:
        unfit = {"text": too_long, "translated": other_too_long}
        return replace(form, unfit={key: why for key, why in unfit.items() if why})
    if len(text) < SHORTEST_IDEA:
        return replace(form, unfit={"text": Unfit(why="Write the idea in a few words.")})
    screened = screen((text, other), command.put_back, (found.words.default,))
    if screened.doubt:
        return replace(form, doubt=screened.doubt)
    note_returned(store, actor.person_id, screened, found.wave_id, now)
    text, other = screened.texts
    translations = {form.other: other} if other else {}
    return Text(default=text, translations=translations, language=form.language)


# -- the clock ---------------------------------------------------------------------------------


def tend(store: GovernanceStore, now: datetime) -> Done:
    """Every school morning the moderator hears how many ideas wait. Where they are away, or an idea
    has waited since the morning before, the CTO's office hears it, too. What waits when the time
    for ideas is over came too late."""
    day = today(store, now)
    school_day = calendar(store).is_school_day(day)
    for wave_id in store.surveys_with_ideas():
        wave = store.wave(wave_id)
        for question in _taking(wave) if wave else ():
            if wave is None or _over(wave, question, now):
                store.decline_waiting(wave_id, question.key, Reason.LATE)
            elif school_day and (rounds := store.wait_another_morning(wave_id, question.key)):
                moderator = _moderator(store, question.ideas)
                told = [moderator] if moderator else []
                if rounds >= LATE_AFTER or moderator is None or _away(store, moderator, now):
                    told += store.holders(Office.CTO)[:1]
                for person in told:
                    store.deliver_to_person(
                        person,
                        campaign=f"ideas:{wave_id}:{day}",
                        kind=WAITING,
                        subject=wave_id,
                        now=now,
                    )
    return Done()


def _away(store: GovernanceStore, person: Person, now: datetime) -> bool:
    day = today(store, now)
    return any(one.days.includes(day) for one in store.absences(person.id))


def waiting(on: Occasion) -> IdeasWaiting | None:
    """None: nothing waits any more, or they are not this reader's."""
    store, wave = on.store, on.store.wave(on.subject)
    if wave is None:
        return None
    reader, mine = on.reader or on.to, _taking(wave)
    if reader is not None:
        mine = _moderated(Actor(person=reader, standing=store.standing(reader.id)), wave)
    taking = [one for one in mine if not _over(wave, one, on.now)]
    many = sum(len(_ready(store, wave, one, on.now)) for one in taking)
    if not many:
        return None
    names = dict.fromkeys(_moderator_name(store, one) for one in taking)
    return IdeasWaiting(
        wave_id=wave.id,
        title=wave.survey.title,
        waiting=many,
        until=max(at for one in taking if (at := ideas_until(wave, one))),
        moderators=tuple(name for name in names if name),
    )


DELIVERIES: Deliveries = (
    Delivery(
        kind=WAITING, compose=waiting, personal=True, waits=lambda _: Order.DECISION, may_wait=True
    ),
)


OPERATIONS: Operations = (
    Operation(
        command=BeginPairs,
        run=lambda store, actor, command, now: comparing.begin(store, actor.somebody, command, now),
        may=anybody,
        together=True,
        one_by_one=True,
        of_offices=False,
        refreshes_home=True,
        button="pairs",
    ),
    Operation(
        command=ComparePair,
        keeps_drafts=False,
        run=lambda store, actor, command, now: comparing.compare(
            store, actor.somebody, command, now
        ),
        may=anybody,
        together=True,
        one_by_one=True,
        of_offices=False,
        refreshes_home=True,
        button="pair",
    ),
    Operation(
        command=StopPairs,
        run=lambda store, actor, command, now: comparing.stop(store, actor.somebody, command, now),
        may=anybody,
        reads=True,
        of_offices=False,
        button="stop-pairs",
    ),
    Operation(
        command=RestartPairs,
        run=lambda store, actor, command, now: comparing.restart(
            store, actor.somebody, command, now
        ),
        may=anybody,
        together=True,
        one_by_one=True,
        of_offices=False,
        button="restart-pairs",
    ),
    Operation(
        command=ShowProtection,
        run=lambda store, actor, command, now: comparing.protection(
            store, actor.somebody, command, now
        ),
        may=anybody,
        reads=True,
        of_offices=False,
        button="pairs-protected",
    ),
    Operation(
        command=AddIdea,
        keeps_drafts=False,
        run=lambda store, actor, command, now: add(store, actor.somebody, command, now),
        may=anybody,
        one_by_one=True,  # who presses twice adds one
        untold=True,  # an idea has no time
        of_offices=False,
        button="add-idea",
        carries=("unlike",),
        opens=open_adding,
        fits=too_short,
        form_button="idea-form",
    ),
    Operation(
        command=ShowIdeasBySurvey,
        run=lambda store, actor, _, now: show_surveys(store, actor, now),
        may=_of_any,
        reads=True,
        button="ideas-by-survey",
    ),
    Operation(
        command=ShowIdeas,
        run=show_ideas,
        may=_of_wave,
        reads=True,
        button="ideas",
    ),
    Operation(
        command=ShowIdea,
        run=show_idea,
        may=_of_idea,
        reads=True,
        button="idea",
    ),
    Operation(
        command=ShowIdeaDecision,
        run=show_decision,
        may=_of_idea,
        reads=True,
        button="decide-idea-form",
    ),
    Operation(
        command=DecideIdea,
        run=decide,
        may=_of_idea,
        button="decide-idea",
        takes=("text", "translated", "same_as", "reason", "put_back"),
        form=lambda command: ShowIdeaDecision(idea_id=command.idea_id, decision=command.decision),
    ),
    Operation(
        command=TendIdeas,
        run=lambda store, _, __, now: tend(store, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=TEND_IDEAS, command=lambda *_: TendIdeas(), rule=MORNINGS),
    ),
)
