"""The demo's security practices: last school year's assessment, which is closed, and this year's,
which owners are answering."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.demo.examples import example_past
from bot.files.fields import Entry, open_entry
from bot.files.framework_yaml import included
from bot.files.yaml_source import Source
from core.commands import Command
from governance.committees.model import Office
from governance.controls.answer_commands import AnswerSafeguard, Applies
from governance.controls.commands import ShowSafeguard
from governance.controls.figure_commands import SetTarget
from governance.controls.finding import moment_of
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
)
from governance.controls.running_commands import (
    ConfirmControl,
    OpenAssessment,
    ReviewSafeguard,
    Verdict,
    WriteAssessment,
)
from governance.gaps.commands import AcceptRisk, BeginWork, DecideGap
from governance.gaps.model import LONGEST_TO, LONGEST_WHY, GapChoice, WorkKind
from governance.school_days import today
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
_ANSWERING = 11
"""School days."""
_LEANS = {
    Dimension.POLICY: 0.3,
    Dimension.IMPLEMENTED: 0.3,
    Dimension.AUTOMATED: -0.3,
    Dimension.REPORTED: -0.5,
}
"""Policies are further along than automation and reporting."""


@dataclass(frozen=True, kw_only=True)
class Area:
    """A control: its owner, its level last year and now, and what its owner writes."""

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
    """``targets``: a control, or "" for the whole; a score; and the school days to reach it."""

    areas: Mapping[str, Area]
    others: Mapping[str, str]
    not_applicable: Mapping[str, str]
    confirmed: tuple[str, ...]
    answered: tuple[str, ...]
    sent_back: str
    word: str
    targets: tuple[tuple[str, float, int], ...]
    gaps: tuple[PastGap, ...]

    def owner(self, number: str) -> str:
        return self.others.get(number) or self.area(number).owner

    def area(self, number: str) -> Area:
        return self.areas[number.partition(".")[0]]

    def scores(self, number: str, level: float) -> Mapping[Dimension, int]:
        """Each safeguard differs from its control's level by the same amount in both years."""
        chance = random.Random(number)  # noqa: S311  (a play, not a secret)
        return {
            one: min(HIGHEST, max(LOWEST, round(level + lean + chance.uniform(-1.1, 1.1))))
            for one, lean in _LEANS.items()
        }


def practice_id(key: str) -> UUID:
    """The same at every start."""
    return uuid5(NAMESPACE_URL, f"demo/practices/{key}")


LAST_YEAR, THIS_YEAR = practice_id("last-year"), practice_id("this-year")


def plan_practices(player: Player) -> None:
    practices, opened = past_practices(), player.school_day(_OPENED)
    player.plan(opened - _YEAR, partial(_play_last_year, player, practices))
    player.plan(opened, partial(_open, player))
    for n, number in enumerate(practices.answered):
        at = player.school_day(_OPENED + 1 + n % _ANSWERING) + n * timedelta(minutes=7)
        player.plan(at, partial(_answer, player, practices, number))
    player.plan(player.school_day(_DECIDED), partial(_review, player, practices))
    player.plan(player.school_day(_DECIDED), partial(_decide, player, practices))


# -- last year -------------------------------------------------------------------------------------


async def _play_last_year(player: Player, practices: Practices) -> None:
    """All at once: messages from that time are no longer kept."""
    await player.store.write(partial(_put_last_year, practices, player.at))


def _put_last_year(practices: Practices, at: datetime, tx: Transaction) -> None:
    frameworks = included()
    for name in _IMPORTED:
        tx.put_framework(frameworks[name], None, at)
    iso, closed = _officer(Office.ISO, tx), at + _LASTED
    given = Assessment(
        id=LAST_YEAR,
        name=_name(tx, at),
        framework=_KEY,
        version=frameworks[_FRAMEWORK].version,
        group=_GROUP,
        due=closed.date(),
        committee=_COMMITTEE,
        state=AssessmentState.OPEN,
        made_by=iso,
        made_at=at,
        opened_at=at,
    )
    tx.put_assessment(given)
    rows = []
    for one in given.scope(frameworks[_FRAMEWORK]):
        owner = _person(practices.owner(one.number), tx)
        why = practices.not_applicable.get(one.number)
        area = practices.area(one.number)
        answer = Answer(applicable=False, why_not=why or "")
        if why is None:
            answer = Answer(
                applicable=True,
                scores=practices.scores(one.number, area.before),
                evidence=area.evidence,
                next_step=area.next_step,
            )
        rows.append(
            Assessed(
                assessment_id=given.id,
                number=one.number,
                owner=owner,
                due=given.due,
                state=AnswerState.CONFIRMED,
                answer=answer,
                answered_by=owner,
                answered_at=at + _LASTED / 2,
                confirmed_by=iso,
                confirmed_at=closed,
            )
        )
    tx.put_assessed(rows)
    tx.put_assessment(replace(given, state=AssessmentState.CLOSED, closed_at=closed))


# -- this year -------------------------------------------------------------------------------------


async def _open(player: Player) -> None:
    """It starts from last year's answers, with the same owners."""
    write = WriteAssessment(
        framework=_KEY,
        assessment_id=THIS_YEAR,
        name=await player.store.read(lambda tx: _name(tx, player.at)),
        group=_GROUP,
        due=player.school_day(_DUE).date(),
        committee=_COMMITTEE,
        from_last=True,
    )
    await _as_iso(player, write)
    await _as_iso(player, OpenAssessment(assessment_id=THIS_YEAR, unowned=0))


async def _answer(player: Player, practices: Practices, number: str) -> None:
    owner = await player.store.read(partial(_person, practices.owner(number)))
    area, why = practices.area(number), practices.not_applicable.get(number)
    scores = practices.scores(number, area.now)
    answer = AnswerSafeguard(
        assessment_id=THIS_YEAR,
        number=number,
        applies=Applies.NO if why else Applies.YES,
        why_not=why or "",
        evidence=area.evidence,
        next_step=area.next_step,
        policy=str(scores[Dimension.POLICY]),
        implemented=str(scores[Dimension.IMPLEMENTED]),
        automated=str(scores[Dimension.AUTOMATED]),
        reported=str(scores[Dimension.REPORTED]),
    )
    await player.act(owner, answer)


async def _review(player: Player, practices: Practices) -> None:
    """The ISO sends one back and confirms some controls."""
    rows = await player.store.read(lambda tx: tx.assessed(THIS_YEAR))
    row = next(one for one in rows if one.number == practices.sent_back)
    back = ReviewSafeguard(
        assessment_id=THIS_YEAR,
        number=row.number,
        seen=moment_of(row),
        verdict=Verdict.SEND_BACK,
        word=practices.word,
    )
    await _as_iso(player, back)
    for control in practices.confirmed:
        done = [one for one in rows if one.number.startswith(f"{control}.")]
        seen = max(moment_of(one) for one in done if one.state is AnswerState.DONE)
        confirm = ConfirmControl(assessment_id=THIS_YEAR, control=control, seen=seen)
        await _as_iso(player, confirm)


async def _as_iso(player: Player, command: Command) -> None:
    iso = await player.store.read(partial(_officer, Office.ISO))
    if iso is not None:
        await player.act(iso, command)


async def _decide(player: Player, practices: Practices) -> None:
    """The ISO sets targets and decides about gaps; one becomes the draft of a rule."""
    for control, score, days in practices.targets:
        by = player.school_day(days).date()
        target = SetTarget(assessment_id=THIS_YEAR, control=control, score=f"{score:.1f}", by=by)
        await _as_iso(player, target)
    cto = await player.store.read(partial(_officer, Office.CTO))
    for one in practices.gaps:
        decide = DecideGap(
            assessment_id=THIS_YEAR,
            number=one.number,
            choice=one.choice,
            why=one.why,
            by_day=player.school_day(one.days).date(),
            accepted_by=str(cto) if one.choice is GapChoice.ACCEPT else "",
            to=one.to,
        )
        await _as_iso(player, decide)
    for gap in await player.store.read(lambda tx: tx.gaps()):
        if gap.decision.waits and cto is not None:
            await player.act(cto, AcceptRisk(gap_id=gap.id, number=len(gap.decisions)))
        if gap.decision.choice is GapChoice.MEND:
            await _as_iso(player, BeginWork(gap_id=gap.id, kind=WorkKind.RULE))
    # The meanings of all safeguards are requested, so that messages can be offered as evidence.
    await _as_iso(player, ShowSafeguard(assessment_id=THIS_YEAR, number=practices.sent_back))


def _name(tx: Transaction, at: datetime) -> str:
    return f"CIS Controls IG1, {today(tx, at):%B %Y}"


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
    """``ValueError``: our file is wrong; says where."""
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
    unanswered = {word for _, word in entry.words("unanswered")}
    scope = included()[_FRAMEWORK].in_group(_GROUP)
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
        confirmed=tuple(word for _, word in entry.words("confirmed")),
        answered=tuple(one.number for one in scope if one.number not in unanswered),
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
