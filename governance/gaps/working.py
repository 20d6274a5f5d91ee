"""A gap becomes work: a draft of a rule, a change, an announcement or a lesson, or a ticket for the
help desk. A draft has the safeguard's number and short name, and nothing of the gap. A change that
fixes something also has its day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4, uuid5

from core.people import Audience
from core.text import Text
from governance.access import Actor, refusal
from governance.announcements.asked import LIMITS
from governance.announcements.handlers import drafted
from governance.announcements.model import Announcement, AnnouncementState, Change
from governance.changes.access import works_on
from governance.changes.handlers import view as change_view
from governance.changes.messages import ChangeView
from governance.changes.model import LONGEST_TITLE as LONGEST_CHANGE
from governance.changes.model import ChangeRecord, ChangeState, ChangeStep
from governance.changes.model import Step as TakenStep
from governance.changes.planning import spoken_day
from governance.gaps.finding import named
from governance.gaps.messages import WorkLine
from governance.gaps.model import Gap, GapChoice, GapWork, WorkKind
from governance.messages import AnnouncementDrafted, Refused
from governance.ports import GovernanceStore
from governance.refusals import GONE
from governance.rules.handlers import may_read, take
from governance.rules.handlers import view as rule_view
from governance.rules.messages import RuleView
from governance.rules.model import LONGEST_NUMBER, Draft, Rule, RuleKind, RuleStep
from governance.rules.model import LONGEST_TITLE as LONGEST_RULE
from governance.school_days import today

FARTHEST = timedelta(days=366)
"""The latest day of a new change."""

_NONE = Text(default="")

Begun = RuleView | ChangeView | AnnouncementDrafted


@dataclass(frozen=True, kw_only=True)
class About:
    """What a draft may say: the safeguard's number with the framework's short name, and its name.
    ``committee``: the assessment's, if the district has it."""

    safeguard: str
    name: Text
    committee: str = ""

    def titled(self, longest: int) -> Text:
        return _each(self.name, lambda said: said[:longest])

    def told(self) -> Text:
        return _each(self.name, lambda said: f"{self.safeguard}: {said}")


def _each(words: Text, change: Callable[[str], str]) -> Text:
    translations = {tag: change(said) for tag, said in words.translations.items()}
    return replace(words, default=change(words.default), translations=translations)


def about(store: GovernanceStore, gap: Gap) -> About:
    safeguard, its = named(store, gap)
    assessment = store.assessment(gap.assessment_id)
    committee = store.district().committee(assessment.committee) if assessment else None
    return About(
        safeguard=safeguard,
        name=its.name if its else Text(default=safeguard),
        committee=committee.key if committee else "",
    )


def subject_of(gap: Gap, kind: WorkKind) -> UUID:
    """The id of a gap's work of a kind; always the same one."""
    return uuid5(gap.id, kind)


# -- beginning ---------------------------------------------------------------------------------


def begin(
    store: GovernanceStore, actor: Actor, gap: Gap, kind: WorkKind, now: datetime
) -> Begun | Refused | None:
    """The draft of a kind, created if there is none (it may have been deleted). None: the reader
    cannot open it."""
    subject = subject_of(gap, kind)
    if not is_begun(store, actor, gap, kind):
        _MAKE[kind](store, actor, gap, subject, now)
        store.put_gap_work(
            GapWork(gap_id=gap.id, kind=kind, subject=subject, by=actor.person_id, at=now)
        )
    return _opened(store, actor, kind, subject, now)


def _opened(
    store: GovernanceStore, actor: Actor, kind: WorkKind, subject: UUID, now: datetime
) -> Begun | Refused | None:
    match kind:
        case WorkKind.RULE if (rule := store.rule(subject)) and may_read(actor, rule):
            return rule_view(store, actor, rule, now)
        case WorkKind.CHANGE if (record := store.change(subject)) and works_on(actor, record):
            return change_view(store, actor, record, now)
        case WorkKind.ANNOUNCEMENT | WorkKind.LESSON if found := store.announcement(subject):
            opens = found.state is AnnouncementState.DRAFT and (actor.cto or found.lesson)
            return drafted(store, actor, found, now) if opens else None
        case WorkKind.RULE | WorkKind.ANNOUNCEMENT | WorkKind.LESSON:
            return refusal(GONE)
    return None


def _rule(store: GovernanceStore, actor: Actor, gap: Gap, subject: UUID, now: datetime) -> None:
    """Without a text, so it cannot be proposed before someone writes one."""
    its = about(store, gap)
    made = Rule(
        id=subject,
        kind=RuleKind.REGULATION,
        number=_number(store, its.safeguard),
        title=its.titled(LONGEST_RULE),
        committee=its.committee,
        language=store.district().locale,
        draft=Draft(title=its.titled(LONGEST_RULE), texts={}, owner=actor.person_id),
    )
    store.put_rule(made)
    take(store, made, RuleStep.DRAFTED, actor.person_id, now)


def _number(store: GovernanceStore, safeguard: str) -> str:
    """A number that no other rule has, until the ISO chooses one."""
    number, n = safeguard[:LONGEST_NUMBER], 1
    while store.rule_by_number(number) is not None:
        n += 1
        number = f"{safeguard[: LONGEST_NUMBER - 5]} ({n})"
    return number


def _change(store: GovernanceStore, actor: Actor, gap: Gap, subject: UUID, now: datetime) -> None:
    its, district, first = about(store, gap), store.district(), today(store, now)
    # Until when a risk is accepted or transferred, a draft must not tell.
    mends = gap.decision.choice is GapChoice.MEND
    day = max(min(gap.decision.by_day, first + FARTHEST), first) if mends else first
    made = ChangeRecord(
        id=subject,
        words=replace(
            _words(its, LONGEST_CHANGE), when=spoken_day(day, district.timezone, district.locale)
        ),
        day=day,
        committee=its.committee,
        written_by=actor.person_id,
    )
    store.put_change(made)
    by = actor.person_id
    step = TakenStep(id=uuid4(), change_id=subject, step=ChangeStep.DRAFTED, by=by, at=now)
    store.add_change_step(step)
    store.audit(by, f"change {ChangeStep.DRAFTED}", subject, now)


def _words(its: About, longest: int) -> Change:
    return Change(
        title=its.titled(longest),
        what=its.told(),
        why=_NONE,
        when=_NONE,
        who=_NONE,
        action=_NONE,
    )


def _announcement(
    store: GovernanceStore,
    actor: Actor,
    gap: Gap,
    subject: UUID,
    now: datetime,
    *,
    lesson: bool = False,
) -> None:
    """Addressed to the person who starts it, until its author chooses an audience. A lesson has no
    due date yet, so it cannot be sent."""
    made = Announcement(
        id=subject,
        change=_words(about(store, gap), LIMITS["title"]),
        audience=Audience(people=frozenset({actor.somebody.email})),
        written_by=actor.person_id,
        lesson=lesson,
    )
    store.put_announcement(made)
    what = "lesson" if lesson else "announcement"
    store.audit(actor.person_id, f"{what} drafted", subject, now)


_MAKE: Mapping[WorkKind, Callable[[GovernanceStore, Actor, Gap, UUID, datetime], None]] = {
    WorkKind.RULE: _rule,
    WorkKind.CHANGE: _change,
    WorkKind.ANNOUNCEMENT: _announcement,
    WorkKind.LESSON: partial(_announcement, lesson=True),
}


def is_begun(store: GovernanceStore, actor: Actor, gap: Gap, kind: WorkKind) -> bool:
    return any(one.is_there for one in lines_of(store, actor, gap) if one.kind is kind)


# -- how it stands -----------------------------------------------------------------------------


def lines_of(store: GovernanceStore, actor: Actor, gap: Gap) -> tuple[WorkLine, ...]:
    return tuple(_line(store, actor, one) for one in store.gap_work(gap.id))


def _line(store: GovernanceStore, actor: Actor, work: GapWork) -> WorkLine:
    subject = work.subject
    line = WorkLine(kind=work.kind, subject=subject)
    match work.kind:
        case WorkKind.RULE if rule := store.rule(subject):
            done = rule.in_force is not None
            return replace(line, opens=may_read(actor, rule), rule=rule.state, done=done)
        case WorkKind.CHANGE if record := store.change(subject):
            seen = record.shown or works_on(actor, record)
            done = record.state is ChangeState.DONE
            return replace(line, opens=seen, change=record.state, done=done)
        case WorkKind.ANNOUNCEMENT | WorkKind.LESSON if found := store.announcement(subject):
            mine = found.lesson and actor.person_id == found.written_by
            sent = found.state is AnnouncementState.SENDING
            return replace(line, opens=actor.cto or mine, sent=sent)
        case WorkKind.TICKET if work.handed:
            return replace(line, ticket=work.handed.state, number=work.handed.number)
    return line
