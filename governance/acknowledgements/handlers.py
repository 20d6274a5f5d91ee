"""Acknowledging the IT rules in one act, and asking again where a rule has changed in substance.

What is shown when somebody presses is what they acknowledge: a message that was drawn before a rule
changed is shown again instead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from core.deciding import Exempt
from core.people import Audience, Person, Platform
from core.text import Text
from governance import links
from governance.access import Actor, refusal
from governance.acknowledgements.commands import (
    AcknowledgeRules,
    AskAcknowledgements,
    ExportAcknowledgements,
    ReadAcknowledgements,
    ShowAcknowledgement,
    ShowAcknowledgements,
)
from governance.acknowledgements.messages import (
    Acknowledgement,
    AcknowledgementExport,
    AcknowledgementFigures,
    ChangedCount,
)
from governance.acknowledgements.model import (
    AcknowledgementSet,
    Listed,
    RuleAcknowledgement,
    annual_id,
    changed_id,
    school_year,
)
from governance.announcements.approvals import second_person
from governance.committees.model import Office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.duties.handlers import bring_up_to_date
from governance.duties.kinds import DutyKind, Wanted
from governance.duties.model import Count, Duty, Some
from governance.feedback.about import About, Subject, Subjects, Taken
from governance.feedback.model import Item, Named
from governance.messages import Done, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import GONE, ISO_AND_CTO, ISO_ONLY
from governance.rules.comments import DESK
from governance.rules.comments import about as about_rule
from governance.rules.model import Rule, Version
from governance.school_days import calendar, today
from governance.second_person.model import Act, SecondPerson, Shown

KIND = "rule-ack"
"""Of the duty, and of the delivery that asks."""

ABOUT = "rules"
"""The kind of what a question is about (``feedback.about``): all rules of a set."""

ASKED_ALREADY = "Staff were already asked this school year."
NO_RULES = "No rule is in effect yet."

_PROOF = 16
"""Hexadecimal digits of a proof: nobody guesses 64 bits at a door that answers one at a time."""


# -- what somebody is asked to acknowledge ---------------------------------------------------------


def mark_of(rules: Iterable[Listed]) -> int:
    """A number for exactly these versions, which a button carries."""
    said = "|".join(sorted(f"{one.rule_id}:{one.version}:{one.digest}" for one in rules))
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:6])


def _listed(
    store: GovernanceStore, given: AcknowledgementSet, person: Person, day: date
) -> tuple[Listed, ...]:
    """The rules of a set that are for somebody, as they hold now. A rule that they are excepted
    from is not."""
    known, sits = store.acknowledged_versions(person.id), store.committees_of(person.id)
    lists = store.lists_of(person.id)
    found = []
    for rule, version in store.rules_in_force():
        if given.rule_id not in (None, rule.id):
            continue
        if not version.audience.includes(person, sits, lists):
            continue
        if any(one.until >= day and one.excuses(person) for one in store.exemptions(rule.id)):
            continue
        last = known.get(rule.id)
        one = Listed(
            rule_id=rule.id,
            number=rule.number,
            title=version.title,
            version=version.number,
            digest=version.digest,
            changed=_changed(store, version, last) if last else "",
            new=bool(known) and last is None,
            texts=version.texts,
            language=version.language,
            read_first=version.read_first,
        )
        found.append(one)
    return tuple(found)


def _changed(store: GovernanceStore, version: Version, last: int) -> str:
    """What changed in all versions since the last that somebody acknowledged."""
    between = (
        store.rule_version(version.rule_id, number)
        for number in range(last + 1, version.number + 1)
    )
    return " ".join(one.changed for one in between if one and one.changed)


def _view(
    store: GovernanceStore, given: AcknowledgementSet, duty: Duty, person: Person, day: date
) -> Acknowledgement:
    rules = _done(store, duty) if duty.done_at else _listed(store, given, person, day)
    mark = mark_of(rules)
    return Acknowledgement(
        given=given,
        rules=rules,
        mark=mark,
        due=duty.due,
        done_at=duty.done_at,
        proofs=_proofs(store, f"{given.id}|{person.id}|{mark}", len(rules))
        if any(one.read_first for one in rules)
        else (),
    )


def _proofs(store: GovernanceStore, of: str, rules: int) -> tuple[str, ...]:
    """What nobody can make up, for each number of rules that may have been opened."""
    return tuple(store.seal(f"opened|{of}|{n}")[:_PROOF] for n in range(rules + 1))


def _done(store: GovernanceStore, duty: Duty) -> tuple[Listed, ...]:
    """What was acknowledged, whatever happened since."""
    found = []
    for row in store.acknowledged_in(duty.subject, duty.person):
        rule, version = store.rule(row.rule_id), store.rule_version(row.rule_id, row.version)
        if rule is not None and version is not None:
            one = Listed(
                rule_id=rule.id,
                number=rule.number,
                title=version.title,
                version=row.version,
                digest=row.digest,
            )
            found.append(one)
    return tuple(found)


def _asked_of_them(
    actor: Actor, command: ShowAcknowledgement | AcknowledgeRules, store: GovernanceStore
) -> Refused | None:
    mine = _mine(store, command.set_id, actor.person) if actor.person else None
    return None if mine else refusal(GONE)


def _mine(
    store: GovernanceStore, set_id: UUID, person: Person
) -> tuple[AcknowledgementSet, Duty] | None:
    given, duty = store.acknowledgement_set(set_id), store.duty(KIND, set_id, person.id)
    if given is None or duty is None or duty.let_go_at is not None:
        return None
    return given, duty


def show(
    store: GovernanceStore, actor: Actor, command: ShowAcknowledgement, now: datetime
) -> Acknowledgement | Refused:
    mine = _mine(store, command.set_id, actor.somebody)
    return _view(store, *mine, actor.somebody, today(store, now)) if mine else refusal(GONE)


def acknowledge(
    store: GovernanceStore, actor: Actor, command: AcknowledgeRules, now: datetime
) -> Acknowledgement | Refused:
    """One row for each rule. Pressed again, it changes nothing. Where a rule has to be opened
    first, the press opens it, and the next one counts."""
    person = actor.somebody
    mine = _mine(store, command.set_id, person)
    if mine is None:
        return refusal(GONE)
    view = _view(store, *mine, person, today(store, now))
    if view.done_at is not None:
        return view
    if view.mark != command.mark or not view.rules:
        return replace(view, moved_on=True)
    if (unread := view.to_open(view.proven(command.opened))) is not None:
        return replace(view, opened=unread + 1)
    way = actor.platform or Platform.WEB
    store.add_acknowledgements(
        [
            RuleAcknowledgement(
                set_id=command.set_id,
                person=person.id,
                rule_id=one.rule_id,
                version=one.version,
                digest=one.digest,
                at=now,
                way=way,
                rules=len(view.rules),
            )
            for one in view.rules
        ]
    )
    store.do_duty(mine[1], way, now)
    return replace(view, done_at=now)


# -- asking ----------------------------------------------------------------------------------------


def ask(store: GovernanceStore, actor: Actor, now: datetime) -> AcknowledgementFigures | Refused:
    if not store.rules_in_force():
        return refusal(NO_RULES)
    day, days = today(store, now), calendar(store)
    year = school_year(days, day)
    given = AcknowledgementSet(
        id=annual_id(year), year=year, due=_due(store, day), at=now, by=actor.person_id
    )
    if not store.put_acknowledgement_set(given):
        return refusal(ASKED_ALREADY)
    bring_up_to_date(store, DUTY, now)
    shown = figures(store, actor, now)
    said = f"acknowledgement of the IT rules asked of {shown.asked} people, {year}"
    store.audit(actor.person_id, said, given.id, now)
    return shown


def _due(store: GovernanceStore, day: date, *, joiner: bool = False) -> date:
    rules = store.district().rules
    days = rules.new_staff_days if joiner else rules.acknowledge_days
    return calendar(store).school_day_from(day + timedelta(days=days))


def wanted(store: GovernanceStore, day: date, some: Some | None = None) -> Iterable[Wanted]:
    """This school year's set for all whom any rule is for; and what has changed in substance, for
    those who acknowledged the rules before it did. Nobody is asked while they are excepted, and
    afterwards as who has joined."""
    rules = store.rules_in_force()
    audiences = {
        one: frozenset(store.ids_of(one, some))
        for one in {version.audience for _, version in rules}
    }
    reached = {
        rule.id: audiences[version.audience] - _excepted(store, rule, day)
        for rule, version in rules
    }
    annual = next((one for one in store.acknowledgement_sets() if one.annual), None)
    waiting: frozenset[UUID] = frozenset()
    if annual is not None:
        people = frozenset().union(*reached.values())
        joiner = today(store, annual.at) != day
        due = _due(store, day, joiner=True) if joiner else annual.due
        yield Wanted(subject=annual.id, people=people, due=due)
        waiting = people - store.who_did(KIND, annual.id, some)
    for rule, version in rules:
        since = _material(store, version)
        before = frozenset(store.acknowledged_before(rule.id, since, some))
        people = reached[rule.id] & before - waiting
        if people:
            yield from _again(store, rule, since, people, day)


def _material(store: GovernanceStore, version: Version) -> int:
    """The newest version, up to one, that changed the rule in substance."""
    for number in range(version.number, 1, -1):
        found = store.rule_version(version.rule_id, number)
        if found is not None and found.material:
            return number
    return 1


def _excepted(
    store: GovernanceStore, rule: Rule, day: date, before: date | None = None
) -> frozenset[UUID]:
    """Who has an exception on a day; with ``before``, only whoever has none any more then."""
    found: set[UUID] = set()
    for one in store.exemptions(rule.id):
        if one.until < day or (before is not None and one.until >= before):
            continue
        buildings = frozenset({one.building})
        found |= {one.person} if one.person else {*store.ids_of(Audience(buildings=buildings))}
    return frozenset(found)


def _again(
    store: GovernanceStore, rule: Rule, since: int, people: frozenset[UUID], day: date
) -> Iterable[Wanted]:
    due = _due(store, day)
    store.put_acknowledgement_set(
        AcknowledgementSet(
            id=changed_id(rule.id, since),
            year=school_year(calendar(store), day),
            due=due,
            at=store.moment_of(datetime.combine(day, time())),
            rule_id=rule.id,
            version=since,
        )
    )
    # They were excepted when it took effect, and are not any more.
    ended = people & _excepted(store, rule, rule.effective or date.min, before=day)
    subject = changed_id(rule.id, since)
    adopted = Exempt.ADOPTED
    yield Wanted(subject=subject, people=people - ended, due=due, exempt=adopted)
    late = _due(store, day, joiner=True)
    yield Wanted(subject=subject, people=ended, due=late, exempt=adopted)


def _names(store: GovernanceStore, sets: Collection[UUID]) -> Mapping[UUID, Text]:
    """There are few of them: one for each year, and one for each rule that changed."""
    store.rules_ahead()
    return {one.id: _name(store, one) for one in store.acknowledgement_sets() if one.id in sets}


def _name(store: GovernanceStore, given: AcknowledgementSet) -> Text:
    rule = store.rule(given.rule_id) if given.rule_id else None
    if rule is not None:
        return Text(default=f"{rule.number}: {rule.title.default}", language=rule.title.language)
    year = given.year
    return Text(default=f"IT rules, {year}", translations={"es": f"Normas de TI, {year}"})


def asked(on: Occasion, *, reminder: bool = False) -> Acknowledgement | None:
    """What has been done is sent to nobody; on a page it says so."""
    person = on.to or on.reader
    mine = _mine(on.store, on.subject, person) if person else None
    if person is None or mine is None or (on.to and mine[1].done_at):
        return None
    view = replace(_view(on.store, *mine, person, today(on.store, on.now)), reminder=reminder)
    return view if view.rules else None


def _shown(store: GovernanceStore, _: AskAcknowledgements, now: datetime) -> Shown:
    """Each rule that people are asked to acknowledge, in its version."""
    year = school_year(calendar(store), today(store, now))
    return Shown(
        act=Act.ACKNOWLEDGE,
        title=Text(default=f"IT rules, {year}", translations={"es": f"Normas de TI, {year}"}),
        words=tuple(_titled(rule, version) for rule, version in store.rules_in_force()),
        path=links.acknowledgements(""),
        stamp=" ".join(version.digest[:16] for _, version in store.rules_in_force()),
    )


# -- questions -------------------------------------------------------------------------------------


def question_about(given: AcknowledgementSet, rules: Sequence[Listed]) -> str:
    """The token of what a question is about: the rule, or where there are several a choice."""
    if len(rules) == 1:
        return About(kind="rule", subject=rules[0].rule_id, version=rules[0].version).token
    return About(kind=ABOUT, subject=given.id).token


def _named(
    store: GovernanceStore, about: About, _: datetime, __: Person | None, ___: bool
) -> Named | None:
    given = store.acknowledgement_set(about.subject)
    if about.version or about.part or given is None:
        return None
    return Named(
        name=_name(store, given),
        parts=tuple(
            (about_rule(rule, version.number).token, _titled(rule, version))
            for rule, version in store.rules_in_force()
        ),
    )


def _titled(rule: Rule, version: Version) -> Text:
    title = version.title
    return replace(
        title,
        default=f"{rule.number}: {title.default}",
        translations={k: f"{rule.number}: {said}" for k, said in title.translations.items()},
    )


def _take(_: GovernanceStore, __: Item, ___: About, ____: datetime) -> Taken:
    return Taken(queue=DESK)


# -- figures and the auditor's file ----------------------------------------------------------------


def _sees_figures(actor: Actor, _: object, __: GovernanceStore) -> Refused | None:
    offices = actor.standing.offices
    return None if offices & {Office.ISO, Office.CTO} else refusal(ISO_AND_CTO)


def figures(store: GovernanceStore, actor: Actor, now: datetime) -> AcknowledgementFigures:
    sets = store.acknowledgement_sets()
    annual = next((one for one in sets if one.annual), None)
    year = school_year(calendar(store), today(store, now))
    iso = Office.ISO in actor.standing.offices
    changed = [one for one in sets if one.rule_id and one.year == year]
    totals = store.duty_totals(KIND, [one.id for one in changed])
    if changed:
        store.rules_ahead()
    asked = [annual.id if annual else annual_id(year)]
    may_ask = iso and (annual is None or annual.year != year) and bool(store.rules_in_force())
    return AcknowledgementFigures(
        given=annual,
        year=year,
        buildings=tuple(store.duty_counts(KIND, asked)),
        roles=tuple(store.duty_counts(KIND, asked, by_role=True)),
        changed=tuple(_changed_count(store, one, totals.get(one.id)) for one in changed),
        may_ask=may_ask,
        second=_second(store, actor, now) if may_ask else None,
        may_list=iso,
        asking=store.still_to_ask_of(annual.id) if annual else 0,
    )


def _second(store: GovernanceStore, actor: Actor, now: datetime) -> SecondPerson | None:
    """At least as many as the rule for most is for are asked."""
    audiences = {version.audience for _, version in store.rules_in_force()}
    people = max(store.reach(one, now).people for one in audiences)
    return second_person(store, actor.person_id, people)


def _changed_count(
    store: GovernanceStore, given: AcknowledgementSet, counted: Count | None
) -> ChangedCount:
    rule = store.rule(given.rule_id) if given.rule_id else None
    return ChangedCount(
        number=rule.number if rule else "",
        title=rule.title if rule else Text(default=""),
        version=given.version,
        asked=counted.asked if counted else 0,
        done=counted.done if counted else 0,
    )


def export(store: GovernanceStore, actor: Actor, now: datetime) -> AcknowledgementExport:
    store.audit(actor.person_id, "acknowledgements exported", None, now)
    return AcknowledgementExport(at=now)


def read(store: GovernanceStore, command: ReadAcknowledgements) -> Done:
    command.write(store.acknowledgement_rows(), store.seal)
    return Done()


DUTY = DutyKind(kind=KIND, wanted=wanted, named=_names)
DUTY_KINDS = (DUTY,)

SUBJECTS: Subjects = (Subject(kind=ABOUT, named=_named, take=_take),)

DELIVERIES: Deliveries = (
    Delivery(kind=KIND, compose=asked, personal=True, may_wait=True),
    Delivery(
        kind=DUTY.again, compose=lambda on: asked(on, reminder=True), personal=True, may_wait=True
    ),
)

OPERATIONS: Operations = (
    Operation(
        command=AskAcknowledgements,
        run=lambda store, actor, _, now: ask(store, actor, now),
        may=lambda actor, _, __: (
            None if Office.ISO in actor.standing.offices else refusal(ISO_ONLY)
        ),
        button="ask-acks",
        second=_shown,
    ),
    Operation(
        command=ShowAcknowledgement,
        run=show,
        may=_asked_of_them,
        reads=True,
        button="ack",
    ),
    Operation(
        command=AcknowledgeRules,
        run=acknowledge,
        may=_asked_of_them,
        refreshes_home=True,
        button="ack-rules",
        carries=("opened",),
    ),
    Operation(
        command=ShowAcknowledgements,
        run=lambda store, actor, _, now: figures(store, actor, now),
        may=_sees_figures,
        reads=True,
        button="acks",
    ),
    Operation(
        command=ExportAcknowledgements,
        shows=True,
        run=lambda store, actor, _, now: export(store, actor, now),
        may=_sees_figures,
    ),
    Operation(
        command=ReadAcknowledgements,
        run=lambda store, _, command, __: read(store, command),
        may=_sees_figures,
        reads=True,
    ),
)
