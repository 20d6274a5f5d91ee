"""Aligning: a person confirms which goal each priority serves, the CTO's office sends what follows
to the steering committee, and its lead begins a recommendation with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from core.forms import Opening
from core.paging import on_page
from core.people import Person
from governance.access import Actor, office, refusal, sees_all_tables
from governance.alignment.advising import advised
from governance.alignment.commands import (
    AlignPriorities,
    DraftGoalAdvice,
    DraftOutcome,
    SendAlignment,
    ShowAlignForm,
    ShowAlignment,
)
from governance.alignment.finding import aligned_of, alignment, goals_today
from governance.alignment.messages import AlignForm, AlignmentView, AlignRow, PrioritiesToAlign
from governance.alignment.model import (
    LATER,
    NO_GOAL,
    NONE,
    Aligned,
    Binding,
    Proposed,
    Sent,
    second_of,
)
from governance.alignment.nearest import proposed, texts_of
from governance.alignment.priorities import has_priorities, priorities_of, told_of
from governance.alignment.telling import outcome
from governance.committees.model import Office
from governance.conclusions.model import ConclusionsForm
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.forms.messages import FormView
from governance.goal_changes.access import steering
from governance.goals.model import Goal
from governance.messages import Refused
from governance.operations import Fields, Operation, Operations
from governance.ports import GovernanceStore
from governance.recommendations.commands import WriteAdvice
from governance.recommendations.handlers import open_advice
from governance.recommendations.model import AdviceView
from governance.refusals import CTO_ONLY, LEADERS_ONLY, NOT_HERE
from surveys.messages import Rejected
from surveys.questions import Unfit
from surveys.results.viewing import note_message
from surveys.survey import Wave, WaveState

TO_ALIGN, BRIEF = "to-align", "alignment"
"""Of deliveries: what waits for its goals, and what goes to the steering committee."""

ROWS, FEWEST_ROWS, CHOICES = 20, 6, 220
"""Priorities of one form, and choices of all of them: a message in Teams takes 28 KB."""

FIELD = "goal"

STILL_OPEN = "This survey is still open. Its priorities can be matched to goals when it has closed."
NOTHING_RANKED = "Nobody was asked to rank or compare anything in this survey."
TOO_FEW = "There were too few answers to show what comes first, so there is nothing to send."
MOVED = Unfit(why="The plan has changed since you opened this. Choose again.")


def field_of(question: str, choice: str) -> str:
    """The key of a priority's input."""
    return f"{FIELD}.{question}.{choice}"


def value_of(goal: Goal) -> str:
    return f"{goal.key}:{goal.version}"


# -- when a survey has closed ------------------------------------------------------------------


def begin(store: GovernanceStore, wave: Wave, now: datetime) -> None:
    """Its results are there: its priorities wait for their goals."""
    if not has_priorities(wave.survey) or not goals_today(store):
        return
    _want_meanings(store, wave)
    for person in _aligners(store):
        store.deliver_to_person(
            person, campaign=f"{TO_ALIGN}:{wave.id}", kind=TO_ALIGN, subject=wave.id, now=now
        )


def _aligners(store: GovernanceStore) -> list[Person]:
    """The CTO, and whoever leads the steering committee."""
    committee = steering(store)
    members = store.members(committee.key) if committee else ()
    leads = [one for one in members if committee and committee.key in store.standing(one.id).leads]
    people = {one.id: one for one in (*store.holders(Office.CTO)[:1], *leads)}
    return list(people.values())


def _want_meanings(store: GovernanceStore, wave: Wave) -> None:
    priorities = [one.priority for one in alignment(store, wave).priorities]
    store.want_meanings(list(texts_of(priorities, goals_today(store))))


def to_align(on: Occasion) -> PrioritiesToAlign | None:
    """None for whoever may no longer confirm."""
    wave, person = on.store.wave(on.subject), on.reader or on.to
    if wave is None or person is None:
        return None
    actor = _acting(on, person)
    if not _may_align(actor, on.store):
        return None
    return _to_align(on.store, actor, wave)


def _to_align(store: GovernanceStore, actor: Actor, wave: Wave) -> PrioritiesToAlign:
    found = aligned_of(store, wave, store.results(wave.id, bare=True))
    return PrioritiesToAlign(
        wave_id=wave.id,
        title=wave.survey.title,
        many=len(found),
        open=sum(not one.settled for one in found),
        reads=_may_read(actor, wave, store),
    )


def _acting(on: Occasion, person: Person) -> Actor:
    return Actor(person=person, standing=on.store.standing(person.id))


# -- showing -----------------------------------------------------------------------------------


def show(
    store: GovernanceStore, actor: Actor, command: ShowAlignment, now: datetime
) -> AlignmentView | Refused:
    wave = _ranked(store, command.wave_id)
    if isinstance(wave, Refused):
        return wave
    _want_meanings(store, wave)
    return _shown(store, actor, wave, now)


def _ranked(store: GovernanceStore, wave_id: UUID) -> Wave | Refused:
    wave = store.wave(wave_id)
    if wave is None:
        return refusal(NOT_HERE)
    if wave.state is not WaveState.CLOSED:
        return refusal(STILL_OPEN)
    return wave if has_priorities(wave.survey) else refusal(NOTHING_RANKED)


def _shown(store: GovernanceStore, actor: Actor, wave: Wave, now: datetime) -> AlignmentView:
    """What is shown of the results is noted in the ledger."""
    if told := told_of(wave, store.results(wave.id)):
        store.note_release(wave.id, actor.person_id, told, now, once=True)
    return _view(store, actor, wave)


def _view(store: GovernanceStore, actor: Actor, wave: Wave) -> AlignmentView:
    committee = steering(store)
    return AlignmentView(
        alignment=alignment(store, wave),
        aligns=_may_align(actor, store),
        sends=actor.cto,
        leads=committee is not None and committee.key in actor.standing.leads,
        sees=sees_all_tables(actor, wave),
    )


# -- confirming --------------------------------------------------------------------------------


def show_form(store: GovernanceStore, command: ShowAlignForm) -> AlignForm | Refused:
    wave = _ranked(store, command.wave_id)
    return wave if isinstance(wave, Refused) else _form(store, wave, command.page)


def _form(store: GovernanceStore, wave: Wave, page: int) -> AlignForm:
    """In the order of the survey and without figures: what serves a goal does so in any place, and
    leads match before they see what came first."""
    found, goals = alignment(store, wave), goals_today(store)
    order = {one.key: at for at, one in enumerate(priorities_of(wave.survey, None))}
    bare = [replace(one, priority=replace(one.priority, ranked=None)) for one in found.priorities]
    priorities = sorted(
        bare, key=lambda one: (order.get(one.priority.key, len(order)), one.priority.key)
    )
    rows_fit = max(FEWEST_ROWS, min(ROWS, CHOICES // (len(goals) + 2)))
    some, paging = on_page(priorities, page, rows_fit)
    meanings = store.meanings_of(list(texts_of([one.priority for one in some], goals)))
    rows = (_row(one, proposed(one.priority, goals, meanings), goals) for one in some)
    return AlignForm(
        wave_id=wave.id,
        title=wave.survey.title,
        rows=tuple(rows),
        paging=paging,
        left=len(found.open),
    )


def _row(one: Aligned, near: Proposed | None, goals: Sequence[Goal]) -> AlignRow:
    likely = near.goals if near else ()
    first = [goal for key in likely for goal in goals if goal.key == key]
    ordered = [*first, *(goal for goal in goals if goal.key not in likely)]
    return AlignRow(
        key=field_of(*one.priority.key),
        aligned=one,
        proposed=near,
        goals=tuple((value_of(goal), goal.title) for goal in ordered),
        chosen=_chosen(one, near, goals),
    )


def _chosen(one: Aligned, near: Proposed | None, goals: Sequence[Goal]) -> str:
    """What was confirmed, else what is proposed. A goal that was retired since is chosen again."""
    if one.settled and one.binding is not None and one.binding.goal == NO_GOAL:
        return NONE
    wanted = near.goal if near and near.sure else ""
    if one.settled and one.binding is not None:
        wanted = one.binding.goal
    return next((value_of(goal) for goal in goals if goal.key == wanted), LATER)


def align(
    store: GovernanceStore, actor: Actor, command: AlignPriorities, now: datetime
) -> AlignForm | AlignmentView | PrioritiesToAlign | Rejected | Refused:
    """What was chosen holds from now on. The next page follows, else what has followed from it."""
    wave = _ranked(store, command.wave_id)
    if isinstance(wave, Refused):
        return wave
    goals = {value_of(one): one for one in goals_today(store)}
    there = {field_of(*one.priority.key): one for one in alignment(store, wave).priorities}
    decided = {key: value for key, value in command.goals.items() if value not in ("", LATER)}
    chosen = {key: value for key, value in decided.items() if key in there}
    if moved := [key for key, value in chosen.items() if value != NONE and value not in goals]:
        return Rejected(unfit=dict.fromkeys(moved, MOVED))
    for key, value in chosen.items():
        _bind(store, actor, wave, there[key], goals.get(value), now)
    form = _form(store, wave, command.page)
    if form.left and form.paging.page + 1 < form.paging.pages:
        return _form(store, wave, form.paging.page + 1)
    if not _may_read(actor, wave, store):
        return _to_align(store, actor, wave)
    return _shown(store, actor, wave, now)


def _bind(
    store: GovernanceStore,
    actor: Actor,
    wave: Wave,
    one: Aligned,
    goal: Goal | None,
    now: datetime,
) -> None:
    """Nothing new is kept where it is bound like that already."""
    binding = Binding(
        wave_id=wave.id,
        question=one.priority.question,
        choice=one.priority.choice,
        goal=goal.key if goal else NO_GOAL,
        version=goal.version if goal else 0,
        by=actor.person_id,
        at=now,
    )
    before = one.binding
    if before and (before.goal, before.version) == (binding.goal, binding.version):
        return
    store.bind(binding)
    said = f"goal {goal.key} version {goal.version}" if goal else "no goal"
    told = f"priority {binding.question}/{binding.choice} aligned with {said}"
    store.audit(actor.person_id, told, wave.id, now)


# -- to the steering committee -----------------------------------------------------------------


def send(
    store: GovernanceStore, actor: Actor, command: SendAlignment, now: datetime
) -> AlignmentView | Refused:
    """To its members; where the files name no such committee, to the CTO's office. A press from
    before it was last sent sends nothing."""
    wave = _ranked(store, command.wave_id)
    if isinstance(wave, Refused):
        return wave
    last = store.alignment_sent(wave.id)
    if second_of(last.at if last else None) != command.after:
        return _shown(store, actor, wave, now)
    told = told_of(wave, store.results(wave.id))
    if not told:
        return refusal(TOO_FEW)
    committee = steering(store)
    people = store.members(committee.key) if committee else store.holders(Office.CTO)[:1]
    sent = Sent(
        wave_id=wave.id, committee=committee.key if committee else "", by=actor.person_id, at=now
    )
    store.put_alignment_sent(sent)
    to = committee.key if committee else "the CTO's office"
    store.audit(actor.person_id, f"alignment sent to {to}", wave.id, now)
    for person in people:
        store.deliver_to_person(
            person,
            campaign=f"{BRIEF}:{wave.id}:{now:%Y%m%d%H%M%S}",
            kind=BRIEF,
            subject=wave.id,
            now=now,
        )
        note_message(store, person.id, wave.id, told, now)
    return _shown(store, actor, wave, now)


def brief(on: Occasion) -> AlignmentView | None:
    """None for whoever may no longer see it."""
    wave, person = on.store.wave(on.subject), on.reader or on.to
    if wave is None or person is None:
        return None
    actor = _acting(on, person)
    return _view(on.store, actor, wave) if _may_read(actor, wave, on.store) else None


def draft_advice(
    store: GovernanceStore, actor: Actor, command: DraftGoalAdvice, now: datetime
) -> FormView | AdviceView | Refused:
    """The form of a new recommendation of the steering committee, with the proposal in it."""
    wave, committee = _ranked(store, command.wave_id), steering(store)
    if isinstance(wave, Refused) or committee is None:
        return wave if isinstance(wave, Refused) else refusal(NOT_HERE)
    found = alignment(store, wave)
    idea = next(
        (
            one
            for one in found.ideas
            if (one.priority.key if one.priority else ("", ""))
            == (command.question, command.choice)
            and (one.priority is not None or (one.goal and one.goal.key == command.goal))
        ),
        None,
    )
    if idea is None:
        return refusal(NOT_HERE)
    asked = WriteAdvice(recommendation_id=uuid4(), queue=committee.key)
    store.advise_on(asked.recommendation_id, wave.id)
    opening = open_advice(store, actor, asked, now)
    if not isinstance(opening, Opening):
        return opening
    return advised(store, actor, asked, opening, found, idea)


def draft_outcome(
    store: GovernanceStore, actor: Actor, command: DraftOutcome
) -> ConclusionsForm | Refused:
    wave = _ranked(store, command.wave_id)
    return wave if isinstance(wave, Refused) else outcome(store, actor, wave)


# -- access ------------------------------------------------------------------------------------


def _may_align(actor: Actor, store: GovernanceStore) -> bool:
    committee = steering(store)
    return actor.cto or (committee is not None and committee.key in actor.standing.leads)


def _may_read(actor: Actor, wave: Wave | None, store: GovernanceStore) -> bool:
    """Whoever sees the results, and the steering committee once it was sent to it."""
    if sees_all_tables(actor, wave):
        return True
    sent = store.alignment_sent(wave.id) if wave else None
    return sent is not None and sent.committee in actor.standing.sits


def reader_of_alignment(
    actor: Actor, command: ShowAlignment, store: GovernanceStore
) -> Refused | None:
    wave = store.wave(command.wave_id)
    return None if _may_read(actor, wave, store) else refusal(CTO_ONLY)


def aligner(
    actor: Actor, _: ShowAlignForm | AlignPriorities, store: GovernanceStore
) -> Refused | None:
    """The CTO's office, and whoever leads the steering committee."""
    return None if _may_align(actor, store) else refusal(CTO_ONLY)


def adviser(actor: Actor, command: DraftGoalAdvice, store: GovernanceStore) -> Refused | None:
    """Whoever leads the steering committee, of what it was sent."""
    committee, wave = steering(store), store.wave(command.wave_id)
    leads = committee is not None and committee.key in actor.standing.leads
    return None if leads and _may_read(actor, wave, store) else refusal(LEADERS_ONLY)


def _filled(command: AlignPriorities, fields: Fields) -> AlignPriorities:
    chosen = {
        key: value if isinstance(value, str) else (value[0] if value else "")
        for key, value in fields.items()
        if key.partition(".")[0] == FIELD
    }
    return replace(command, goals=chosen)


def _ahead(store: GovernanceStore, subjects: Sequence[UUID], _: Person) -> Iterable[UUID | None]:
    store.results_ahead(subjects)
    store.bindings()
    return ()


DELIVERIES: Deliveries = (
    Delivery(kind=TO_ALIGN, compose=to_align, personal=True, may_wait=True, ahead=_ahead),
    Delivery(kind=BRIEF, compose=brief, personal=True),
)

OPERATIONS: Operations = (
    Operation(
        command=ShowAlignment, shows=True, run=show, may=reader_of_alignment, button="alignment"
    ),
    Operation(
        command=ShowAlignForm,
        run=lambda store, _, command, __: show_form(store, command),
        may=aligner,
        reads=True,
        button="align-form",
        carries=("page",),
    ),
    Operation(
        command=AlignPriorities,
        run=align,
        may=aligner,
        button="align",
        carries=("page",),
        fill=_filled,
        form=lambda command: ShowAlignForm(wave_id=command.wave_id, page=command.page),
    ),
    Operation(
        command=SendAlignment, run=send, may=office, button="send-alignment", carries=("after",)
    ),
    Operation(
        command=DraftGoalAdvice,
        run=draft_advice,
        may=adviser,
        button="goal-advice",
        carries=("goal", "choice", "question"),
    ),
    Operation(
        command=DraftOutcome,
        run=lambda store, actor, command, _: draft_outcome(store, actor, command),
        may=office,
        reads=True,
        button="tell-outcome",
    ),
)
