"""A gap becomes work: the product's own draft of a rule, a change, an announcement or a lesson, or
a ticket for the help desk. A draft holds the safeguard's number and short name; of what is to be
fixed a change has the day, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from core.people import Audience
from core.text import Text
from governance.access import Actor, refusal
from governance.announcements.handlers import LIMITS, drafted
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
from governance.help_desk.model import HandOverState
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
"""The latest day of a change that is begun."""

_NONE = Text(default="")

Begun = RuleView | ChangeView | AnnouncementDrafted


@dataclass(frozen=True, kw_only=True)
class About:
    """What a draft may say: the safeguard's number with the framework's short name, and its name.
    ``committee``: the assessment's, where the district has it."""

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
    """The same however often it is asked for."""
    return uuid5(gap.id, kind)


# -- beginning ---------------------------------------------------------------------------------


def begin(
    store: GovernanceStore, actor: Actor, gap: Gap, kind: WorkKind, now: datetime
) -> Begun | Refused | None:
    """The draft of a kind, made where there is none (it may have been deleted); None: the reader
    cannot open it."""
    subject = subject_of(gap, kind)
    if kind not in kinds_begun(store, gap):
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
    """Without a text, so that it cannot be proposed before there is one."""
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
    """No other rule has it; it is a beginning, and the ISO chooses the rule's own."""
    number, n = safeguard[:LONGEST_NUMBER], 1
    while store.rule_by_number(number) is not None:
        n += 1
        number = f"{safeguard[: LONGEST_NUMBER - 5]} ({n})"
    return number


def _change(store: GovernanceStore, actor: Actor, gap: Gap, subject: UUID, now: datetime) -> None:
    its, district, first = about(store, gap), store.district(), today(store, now)
    mends = gap.decision.choice is GapChoice.MEND  # until when a risk is accepted, it does not say
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
    drafted_by = actor.person_id
    step = TakenStep(id=uuid4(), change_id=subject, step=ChangeStep.DRAFTED, by=drafted_by, at=now)
    store.add_change_step(step)
    store.audit(drafted_by, f"change {ChangeStep.DRAFTED}", subject, now)


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
    store: GovernanceStore, actor: Actor, gap: Gap, subject: UUID, now: datetime
) -> None:
    """At first for nobody but whoever begins it: to whom it goes, its author chooses."""
    store.put_announcement(_message(store, actor, gap, subject))
    store.audit(actor.person_id, "announcement drafted", subject, now)


def _lesson(store: GovernanceStore, actor: Actor, gap: Gap, subject: UUID, now: datetime) -> None:
    """Without a day by which to do it, so that it cannot be sent before its author chooses one."""
    store.put_announcement(replace(_message(store, actor, gap, subject), lesson=True))
    store.audit(actor.person_id, "lesson drafted", subject, now)


def _message(store: GovernanceStore, actor: Actor, gap: Gap, subject: UUID) -> Announcement:
    return Announcement(
        id=subject,
        change=_words(about(store, gap), LIMITS["title"]),
        audience=Audience(people=frozenset({actor.somebody.email})),
        written_by=actor.person_id,
    )


_MAKE: Mapping[WorkKind, Callable[[GovernanceStore, Actor, Gap, UUID, datetime], None]] = {
    WorkKind.RULE: _rule,
    WorkKind.CHANGE: _change,
    WorkKind.ANNOUNCEMENT: _announcement,
    WorkKind.LESSON: _lesson,
}


def kinds_begun(store: GovernanceStore, gap: Gap) -> frozenset[WorkKind]:
    """What it became and still is. A ticket that the help desk did not take can be sent again."""
    return frozenset(one.kind for one in store.gap_work(gap.id) if _is_there(store, one))


def _is_there(store: GovernanceStore, work: GapWork) -> bool:
    match work.kind:
        case WorkKind.RULE:
            return store.rule(work.subject) is not None
        case WorkKind.CHANGE:
            return store.change(work.subject) is not None
        case WorkKind.ANNOUNCEMENT | WorkKind.LESSON:
            return store.announcement(work.subject) is not None
        case WorkKind.TICKET:
            return work.handed is not None and work.handed.state is not HandOverState.FAILED


# -- how it goes -------------------------------------------------------------------------------


def lines_of(store: GovernanceStore, actor: Actor, gap: Gap) -> tuple[WorkLine, ...]:
    return tuple(_line(store, actor, one) for one in store.gap_work(gap.id))


def _line(store: GovernanceStore, actor: Actor, work: GapWork) -> WorkLine:
    subject = work.subject
    line = WorkLine(kind=work.kind, subject=subject, at=work.at)
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
