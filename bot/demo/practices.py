"""The demo's security practices: last school year's assessment, which has closed, and this year's,
which its owners are answering."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.demo.examples import example_past
from bot.files.fields import Entry, open_entry
from bot.files.framework_yaml import included
from bot.files.yaml_source import Source
from governance.acknowledgements.model import school_year
from governance.committees.model import Office
from governance.controls.model import (
    HIGHEST,
    LONGEST_EVIDENCE,
    LONGEST_NEXT_STEP,
    LONGEST_WHY_NOT,
    LONGEST_WORD,
    LOWEST,
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Dimension,
    Target,
)
from governance.gaps.model import LONGEST_TO, LONGEST_WHY, Gap, GapChoice, GapDecision
from governance.school_days import calendar, today
from storage.transaction import Transaction

if TYPE_CHECKING:
    from bot.demo.past import Player

_FRAMEWORK, _KEY = "cis-8.1", "cis"
_IMPORTED = (_FRAMEWORK, "student-data-privacy")
_GROUP = "ig1"
_COMMITTEE = "governance-security"
_YEAR, _LASTED = timedelta(days=365), timedelta(days=30)
_OPENED, _DUE, _DECIDED = -15, 10, -2
"""School days from today."""
_LEANS = {
    Dimension.POLICY: 0.3,
    Dimension.IMPLEMENTED: 0.3,
    Dimension.AUTOMATED: -0.3,
    Dimension.REPORTED: -0.5,
}
"""Rules are written sooner than things are automated and reported."""


@dataclass(frozen=True, kw_only=True)
class Area:
    """A control: its owner, how far it was last year and is now, and what its owner says."""

    control: str
    owner: str
    before: float
    now: float
    evidence: str
    next_step: str


@dataclass(frozen=True, kw_only=True)
class PastGap:
    number: str
    choice: GapChoice
    why: str
    to: str
    days: int


@dataclass(frozen=True, kw_only=True)
class Practices:
    """``targets``: of a control, or ("") of the whole, with the school days until it is to be
    reached."""

    areas: Mapping[str, Area]
    others: Mapping[str, str]
    not_applicable: Mapping[str, str]
    confirmed: frozenset[str]
    unanswered: frozenset[str]
    sent_back: str
    word: str
    targets: tuple[tuple[str, float, int], ...]
    gaps: tuple[PastGap, ...]

    def owner(self, number: str) -> str:
        return self.others.get(number) or self.area(number).owner

    def area(self, number: str) -> Area:
        return self.areas[number.partition(".")[0]]


def practice_id(key: str) -> UUID:
    """The same at every start."""
    return uuid5(NAMESPACE_URL, f"demo/practices/{key}")


LAST_YEAR, THIS_YEAR = practice_id("last-year"), practice_id("this-year")


def plan_practices(player: Player) -> None:
    opened, due = player.school_day(_OPENED), player.school_day(_DUE)
    practices = past_practices()
    played = (
        (opened - _YEAR, partial(_put_last_year, practices)),
        (opened, partial(_put_this_year, practices, due.date())),
        (player.school_day(_DECIDED), partial(_put_decisions, practices, player.school_day)),
    )
    for at, put in played:
        player.plan(at, partial(_play, player, put))


async def _play(player: Player, put: Callable[[datetime, Transaction], None]) -> None:
    await player.store.write(partial(put, player.at))


def _put_last_year(practices: Practices, at: datetime, tx: Transaction) -> None:
    frameworks = included()
    for name in _IMPORTED:
        tx.put_framework(frameworks[name], None, at)
    closed = at + _LASTED
    given = _assessment(LAST_YEAR, at, closed.date(), tx)
    tx.put_assessment(given)
    rows = []
    for row in _asked(practices, given, tx):
        area = practices.area(row.number)
        answer = _answer(practices, row.number, area.before)
        rows.append(_confirmed(_answered(row, answer, at + _LASTED / 2), closed, tx))
    tx.put_assessed(rows)
    tx.put_assessment(replace(given, state=AssessmentState.CLOSED, closed_at=closed))


def _put_this_year(practices: Practices, due: date, at: datetime, tx: Transaction) -> None:
    given = replace(_assessment(THIS_YEAR, at, due, tx), after=LAST_YEAR)
    tx.put_assessment(given)
    rows = []
    for n, row in enumerate(_asked(practices, given, tx)):
        number = row.number
        if number not in practices.unanswered:
            answer = _answer(practices, number, practices.area(number).now)
            row = _answered(row, answer, at + timedelta(days=1 + n % 14))
            if number == practices.sent_back:
                answer = replace(answer, word=practices.word)
                row = replace(row, state=AnswerState.SENT_BACK, answer=answer, round=1)
            elif number.partition(".")[0] in practices.confirmed:
                row = _confirmed(row, at + timedelta(days=16), tx)
        rows.append(row)
    tx.put_assessed(rows)


def _put_decisions(
    practices: Practices, day: Callable[[int], datetime], at: datetime, tx: Transaction
) -> None:
    iso, cto = _officer(Office.ISO, tx), _officer(Office.CTO, tx)
    for control, score, days in practices.targets:
        tx.put_target(
            Target(
                framework=_KEY,
                control=control,
                score=score,
                by=day(days).date(),
                set_by=iso,
                set_at=at,
            )
        )
    for one in practices.gaps:
        decision = GapDecision(
            choice=one.choice,
            why=one.why,
            by_day=day(one.days).date(),
            owner=_person(practices.owner(one.number), tx),
            accepted_by=cto if one.choice is GapChoice.ACCEPT else None,
            to=one.to,
            decided_by=iso,
            decided_at=at,
        )
        tx.put_gap(
            Gap(
                id=practice_id(f"gap/{one.number}"),
                framework=_KEY,
                number=one.number,
                assessment_id=THIS_YEAR,
                decisions=(decision,),
            )
        )


def _assessment(assessment: UUID, at: datetime, due: date, tx: Transaction) -> Assessment:
    year = school_year(calendar(tx), today(tx, at))
    return Assessment(
        id=assessment,
        name=f"CIS Controls IG1, {year}",
        framework=_KEY,
        version=included()[_FRAMEWORK].version,
        group=_GROUP,
        due=due,
        committee=_COMMITTEE,
        state=AssessmentState.OPEN,
        made_by=_officer(Office.ISO, tx),
        made_at=at,
        opened_at=at,
    )


def _asked(practices: Practices, given: Assessment, tx: Transaction) -> Sequence[Assessed]:
    return [
        Assessed(
            assessment_id=given.id,
            number=one.number,
            owner=_person(practices.owner(one.number), tx),
            due=given.due,
        )
        for one in given.scope(included()[_FRAMEWORK])
    ]


def _answer(practices: Practices, number: str, level: float) -> Answer:
    why = practices.not_applicable.get(number)
    if why is not None:
        return Answer(applicable=False, why_not=why)
    chance = random.Random(f"{number} {level}")  # noqa: S311  (a play, not a secret)
    area = practices.area(number)
    scores = {
        one: min(HIGHEST, max(LOWEST, round(level + lean + chance.uniform(-0.7, 0.7))))
        for one, lean in _LEANS.items()
    }
    return Answer(applicable=True, scores=scores, evidence=area.evidence, next_step=area.next_step)


def _answered(row: Assessed, answer: Answer, at: datetime) -> Assessed:
    return replace(
        row, state=AnswerState.DONE, answer=answer, answered_by=row.owner, answered_at=at
    )


def _confirmed(row: Assessed, at: datetime, tx: Transaction) -> Assessed:
    by = _officer(Office.ISO, tx)
    return replace(row, state=AnswerState.CONFIRMED, confirmed_by=by, confirmed_at=at)


def _person(email: str, tx: Transaction) -> UUID:
    found = tx.person_by_email(email)
    if found is None:
        raise ValueError(f"{email} is not in the example district")
    return found.id


def _officer(office: Office, tx: Transaction) -> UUID | None:
    officer = tx.district().officer(office)
    return _person(officer.person, tx) if officer else None


# -- their file ------------------------------------------------------------------------------------


def past_practices() -> Practices:
    """Raises ValueError where the file is wrong: it is ours."""
    path = example_past().with_name("practices.yaml")
    source = Source(file=path.name)
    entry = open_entry(path, source, "the practices")
    found = _read(entry) if entry else None
    if source.problems or found is None:
        raise ValueError("\n".join(str(one) for one in source.problems))
    return found


def _read(entry: Entry) -> Practices:
    sent_back = entry.entry("sent_back", required=True) or entry
    areas = [_area(one) for one in entry.entries("areas", "area")]
    return Practices(
        areas={one.control: one for one in areas},
        others={
            number: one.string("owner")
            for one in entry.entries("others", "owner")
            for _, number in one.words("numbers")
        },
        not_applicable={
            one.string("number"): one.string("why", longest=LONGEST_WHY_NOT)
            for one in entry.entries("not_applicable", "safeguard")
        },
        confirmed=frozenset(word for _, word in entry.words("confirmed")),
        unanswered=frozenset(word for _, word in entry.words("unanswered")),
        sent_back=sent_back.string("number"),
        word=sent_back.string("word", longest=LONGEST_WORD),
        targets=tuple(
            (
                one.string("control", required=False),
                one.decimal("score") or 0.0,
                one.whole("days", least=1, most=250) or 1,
            )
            for one in entry.entries("targets", "target")
        ),
        gaps=tuple(_gap(one) for one in entry.entries("gaps", "gap")),
    )


def _area(entry: Entry) -> Area:
    return Area(
        control=entry.string("control"),
        owner=entry.string("owner"),
        before=entry.decimal("before") or 0.0,
        now=entry.decimal("now") or 0.0,
        evidence=entry.string("evidence", longest=LONGEST_EVIDENCE),
        next_step=entry.string("next_step", longest=LONGEST_NEXT_STEP),
    )


def _gap(entry: Entry) -> PastGap:
    return PastGap(
        number=entry.string("number"),
        choice=entry.member("choice", GapChoice, GapChoice.MEND, required=True),
        why=entry.string("why", longest=LONGEST_WHY),
        to=entry.string("to", longest=LONGEST_TO, required=False),
        days=entry.whole("days", least=1, most=250) or 1,
    )
