"""A district with much that is not released and some that is, to read a report for either."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from core.people import Audience
from core.text import Text, text
from governance.announcements.model import Announcement, AnnouncementState
from governance.announcements.model import Change as Words
from governance.changes.model import ChangeRecord, ChangeState, Decision
from governance.conclusions.model import Conclusions, Step
from governance.docket.commands import AnswerItem
from governance.goals.model import Goal, Indicator, PlanStep, Reading, StepKind
from governance.recommendations.model import AdviceState, Recommendation
from governance.references.model import Bound, BoundKind
from governance.rules.commands import TakeStep, WriteRule
from governance.rules.model import RuleStep
from storage.transaction import Transaction
from surveys.results.beside import Rates
from surveys.results.model import (
    Cell,
    CommentsResult,
    RankedChoice,
    RankingResult,
    Table,
    WaveResults,
)
from surveys.survey import Dimension, PlannedTable, Wave, WaveState
from tests.attacks.hall import Hall
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, example, person, small_roster, teachers

SECRET = "zqsecret"
"""Is in everything that no report may tell."""

ACCEPTED, OUTCOME = "Add access points to the portables", "Forty were added."
DECLINED = "Buy a tablet for everybody"
CHANGED, RANKED, READ = "New gradebook", "Wi-Fi in portables", 91.5
STEPPED = "The portables were left out."

NOTHING = Text(default="")


def _words(title: str) -> Words:
    said = text(title)
    return Words(title=said, what=NOTHING, why=NOTHING, when=NOTHING, who=NOTHING, action=NOTHING)


def _advice(now: datetime, title: str, state: AdviceState, **more: object) -> Recommendation:
    decided = state in (AdviceState.ACCEPTED, AdviceState.DECLINED)
    made = Recommendation(
        id=uuid4(),
        queue="network",
        title=title,
        advice=f"{SECRET} of the advice",
        written_at=now,
        sent_at=now,
        state=state,
        decided_at=now if decided else None,
        reason="Because of the budget." if decided else None,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def _ranking(*labels: str) -> RankingResult:
    return RankingResult(
        question="first",
        prompt=text("What comes first?"),
        n=60,
        ranked=tuple(
            RankedChoice(
                key=f"c{n}",
                label=text(label),
                points=0.9 - n / 10,
                low=0.89 - n / 10,
                high=0.91 - n / 10,
                firsts=None,
            )
            for n, label in enumerate(labels)
        ),
    )


def results_of(wave: UUID, now: datetime, label: str, *, final: bool = True) -> WaveResults:
    """Beside the district's ranking are comments, and a group's ranking."""
    comments = CommentsResult(
        question="say", prompt=text("What else?"), n=12, comments=(f"{SECRET} of a comment",)
    )
    own = Cell(group=(), n=60, questions=(_ranking(label, "Repairs", "One sign-in"), comments))
    theirs = Cell(group=(("level", "high"),), n=20, questions=(_ranking(f"{SECRET} of a group"),))
    return WaveResults(
        wave_id=wave,
        title=text("Spring priorities"),
        final=final,
        asked=120,
        answered=60,
        tables=(
            Table(plan=PlannedTable(), cells=(own,)),
            Table(plan=PlannedTable(by=(Dimension.LEVEL,)), cells=(theirs,)),
        ),
        as_of=now,
        noisy=True,
        rates=Rates(asked=120, answered=60, response_rate_2=0.5),
    )


def released_wave(
    tx: Transaction, key: str, closes: datetime, label: str, *, closed: bool, final: bool = True
) -> UUID:
    found = uuid4()
    survey = replace(example().surveys[0], key=key, title=text(f"Survey {key}"))
    state = WaveState.CLOSED if closed else WaveState.OPEN
    tx.add_wave(
        Wave(
            id=found,
            survey=survey,
            audience=Audience(),
            opens_at=closes - timedelta(days=5),
            closes_at=closes,
            state=state,
        )
    )
    tx.put_results(found, results_of(found, closes, label, final=final))
    return found


async def fill(town: Hall, first: date, last: date) -> None:
    """``town`` is at a time inside of the period."""
    now = town.clock()
    long_ago = now - timedelta(days=900)
    cto = await person(town.core, CTO)
    link = uuid4()

    def put(tx: Transaction) -> None:
        for record in (
            ChangeRecord(id=uuid4(), words=_words(CHANGED), day=first, state=ChangeState.DONE),
            ChangeRecord(
                id=uuid4(),
                words=_words(f"{SECRET} taken back"),
                day=first,
                state=ChangeState.WITHDRAWN,
            ),
            ChangeRecord(
                id=uuid4(),
                words=_words(f"{SECRET} of another year"),
                day=first - timedelta(days=400),
                state=ChangeState.DONE,
            ),
        ):
            at = now if first <= record.day <= last else long_ago
            tx.put_change(replace(record, decision=Decision(by=cto.id, at=at)))
        hidden = ChangeRecord(id=uuid4(), words=_words(f"{SECRET} of a change"), day=last)
        tx.put_change(replace(hidden, state=ChangeState.PROPOSED, why=f"{SECRET} why"))
        for advice in (
            _advice(now, f"{SECRET} of a draft", AdviceState.DRAFT),
            _advice(now, f"{SECRET} undecided", AdviceState.SENT),
            _advice(now, f"{SECRET} long ago", AdviceState.ACCEPTED, decided_at=long_ago),
            _advice(
                now,
                ACCEPTED,
                AdviceState.ACCEPTED,
                outcome=OUTCOME,
                outcome_at=now,
                decided_by=cto.id,
            ),
            _advice(now, DECLINED, AdviceState.DECLINED),
        ):
            tx.put_recommendation(advice)
        released_wave(tx, "released", now, RANKED, closed=True)
        released_wave(
            tx, "live", now + timedelta(days=3), f"{SECRET} so far", closed=False, final=False
        )
        released_wave(tx, "being-closed", now, f"{SECRET} not final", closed=True, final=False)
        released_wave(tx, "old", long_ago, f"{SECRET} of long ago", closed=True)
        written = released_wave(tx, "concluded", long_ago, f"{SECRET} of then", closed=True)
        tx.put_conclusions(
            Conclusions(
                wave_id=written,
                title=text(f"{SECRET} of conclusions"),
                version=1,
                heard=text(f"{SECRET} heard"),
                steps=(Step(what=text(f"{SECRET} step"), by=text("soon")),),
            )
        )
        for title, audience, sent in (
            (f"{SECRET} of an announcement's draft", Audience(), None),
            (f"{SECRET} to a few", Audience(people=frozenset({TEACHER})), now),
        ):
            tx.put_announcement(
                Announcement(
                    id=link if sent else uuid4(),
                    change=_words(title),
                    audience=audience,
                    written_by=cto.id,
                    state=AnnouncementState.SENDING if sent else AnnouncementState.DRAFT,
                    sent_at=sent,
                )
            )
        _plan(tx, now, long_ago, cto.id)

    await town.core.store.write(put)
    await town.ask(
        ISO,
        WriteRule(
            rule_id=(rule := uuid4()),
            number="ITR 97",
            title=f"{SECRET} of a rule",
            committee="network",
            text="Use four words.",
        ),
    )
    await town.ask(ISO, TakeStep(rule_id=rule, step=RuleStep.PROPOSED))
    await _said(town, link)


def _plan(tx: Transaction, now: datetime, long_ago: datetime, by: UUID) -> None:
    """The first goal has an indicator; it was changed in the period, and long before."""
    district = tx.district()
    first, *rest = district.components
    goal = replace(
        first.goals[0],
        indicators=(
            Indicator(key="coverage", name=text("Rooms covered"), target=95, unit=text("%")),
        ),
    )
    tx.put_plan((replace(first, goals=(goal, *first.goals[1:])), *rest), (), now)
    for at, reason in ((long_ago, f"{SECRET} of long ago"), (now, STEPPED)):
        step = PlanStep(
            id=uuid4(),
            goal=replace(_bare(goal), reason=reason, decided_by="Board of Education"),
            component=first.key,
            kind=StepKind.ADAPTED,
            at=at,
            by_person=by,
        )
        tx.add_plan_steps([step])
    for at, value in ((long_ago, 12.0), (now, READ)):
        reading = Reading(
            goal=goal.key,
            indicator="coverage",
            on=at.date(),
            value=value,
            note=f"{SECRET} of a reading",
            by_person=by,
            at=at,
        )
        tx.put_reading(reading)


def _bare(goal: Goal) -> Goal:
    return replace(goal, indicators=(), decided_on=None)


def _link(item: UUID, bound: Bound, at: datetime, tx: Transaction) -> None:
    tx.add_link(item, bound, None, at)


async def _said(town: Hall, link: UUID) -> None:
    """Six people wrote, two of them were answered; one wrote what is restricted."""
    people = [one.email for one in teachers(small_roster(5), 5)] + [TEACHER]
    for n, email in enumerate(people):
        item = await town.item(email, f"{SECRET} said {n} of Naomi Whitehorse")
        if n < 2:
            await town.ask(CHAIR, AnswerItem(item_id=item, text=f"{SECRET} of an answer"))
        if n == 0:
            bound = Bound(kind=BoundKind.ANNOUNCEMENT, key=str(link))
            await town.core.store.write(partial(_link, item, bound, town.clock()))
    await town.item(TEACHER, f"{SECRET} of what is restricted", "restricted")
