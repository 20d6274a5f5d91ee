"""The process of an IT rule: drafting it, and every step until it holds and after.

``STEPS`` says from which state a step leads where, and whose it is. A step is one transaction: the
rule's state, the row of its history, the message to whoever acts next, and the audit commit
together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from core.deciding import UNDECIDED
from core.forms import FROM_THE_LIST, Opening
from core.people import STAFF_ROLES, Audience, Level, Person, Role
from core.text import Text
from governance import links
from governance.access import CLOCK, Actor, anybody, refusal
from governance.announcements.approvals import second_person
from governance.committees.model import RESTRICTED, Committee, Office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.docket.dating import leaders_of
from governance.docket.handlers import queue_name
from governance.feedback.named import unnamed
from governance.forms.messages import FormView, again
from governance.goal_changes.model import Holder, HolderKind
from governance.goal_changes.remapping import bound_at
from governance.messages import Done, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.references.binding import line
from governance.references.model import BoundLine
from governance.refusals import CTO_ONLY, ISO_ONLY, LEADERS_ONLY, NOT_HERE
from governance.rules import forms
from governance.rules.commands import (
    NO_COUNT,
    NO_SUCCESSOR,
    NOBODY_FOUND,
    CloseComments,
    EndInterim,
    GrantExemption,
    RemindReview,
    ShowDraftForm,
    ShowRule,
    TakeEffect,
    TakeStep,
    WriteRule,
)
from governance.rules.messages import (
    DraftForm,
    LinkedWords,
    RuleNews,
    RuleView,
)
from governance.rules.model import (
    ENDED,
    LONGEST_NUMBER,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WHY,
    REVIEW_AFTER,
    Coming,
    Draft,
    Exemption,
    Interim,
    Rule,
    RuleKind,
    RuleState,
    RuleStep,
    Step,
    Version,
    Vote,
    number_key,
    staff_see,
)
from governance.rules.text import digest, says_the_same
from governance.school_days import calendar
from governance.second_person.model import Act, SecondPerson, Shown
from governance.second_tabs import says_another, settled
from governance.typed import typed
from surveys.questions import Unfit

RULE_NEWS, RULE_OPEN = "rule-news", "rule-open"
"""Kinds of deliveries: to whoever acts next, and to all whom a rule is for."""

FARTHEST = timedelta(days=366)
"""How far ahead a day of a step can be."""

TAKES_EFFECT = "rule-takes-effect"
COMMENTS_CLOSE, INTERIM_ENDS, REVIEW = "rule-comments-close", "rule-interim-ends", "rule-review"
"""Kinds of entries on the clock."""

ELSEWHERE = "This rule has changed in the meantime. Open it again."
NOT_IN_EFFECT = "This rule is not in effect, so no exception is needed."
NOT_LED = (
    "This committee has no chair or deputy, so no one could decide. Ask for one to be named, or "
    "choose another committee."
)
UNANSWERED = "Answer every comment first. Still open: {n}."


# -- who may take which step, and from where ---------------------------------------------------


def _iso(actor: Actor, _: Rule) -> Refused | None:
    return None if Office.ISO in actor.standing.offices else refusal(ISO_ONLY)


def _chair(actor: Actor, rule: Rule) -> Refused | None:
    return None if rule.committee in actor.standing.leads else refusal(LEADERS_ONLY)


def _cto(actor: Actor, _: Rule) -> Refused | None:
    return None if actor.cto else refusal(CTO_ONLY)


@dataclass(frozen=True, kw_only=True)
class Way:
    """From which states a step leads to which, whose it is, and what it must be told."""

    come_from: tuple[RuleState, ...]
    to: RuleState | None
    may: Callable[[Actor, Rule], Refused | None]
    why: bool = False
    day: bool = False
    votes: bool = False


_WORKED_ON = (
    RuleState.DRAFT,
    RuleState.PROPOSED,
    RuleState.COMMENTING,
    RuleState.CONSIDERING,
    RuleState.RATIFYING,
    RuleState.RATIFIED,
)

_WAITS_FOR_COMMITTEE = _WORKED_ON[1:-1]

STEPS: dict[RuleStep, Way] = {
    RuleStep.PROPOSED: Way(come_from=(RuleState.DRAFT,), to=RuleState.PROPOSED, may=_iso),
    RuleStep.RETURNED: Way(
        come_from=(RuleState.PROPOSED,), to=RuleState.DRAFT, may=_chair, why=True
    ),
    RuleStep.WITHDRAWN: Way(come_from=_WORKED_ON[:-1], to=None, may=_iso, why=True),
    RuleStep.OPENED: Way(come_from=(RuleState.PROPOSED,), to=RuleState.COMMENTING, may=_chair),
    RuleStep.EXTENDED: Way(
        come_from=(RuleState.COMMENTING,), to=RuleState.COMMENTING, may=_iso, day=True
    ),
    RuleStep.AMENDED: Way(come_from=(RuleState.CONSIDERING,), to=RuleState.CONSIDERING, may=_iso),
    RuleStep.SUBMITTED: Way(come_from=(RuleState.CONSIDERING,), to=RuleState.RATIFYING, may=_iso),
    RuleStep.RATIFIED: Way(
        come_from=(RuleState.RATIFYING,), to=RuleState.RATIFIED, may=_chair, day=True, votes=True
    ),
    RuleStep.PUBLISHED: Way(
        come_from=(RuleState.RATIFIED,), to=RuleState.PUBLISHED, may=_cto, day=True
    ),
    RuleStep.NOT_APPROVED: Way(
        come_from=(RuleState.RATIFIED,), to=RuleState.CONSIDERING, may=_cto, why=True
    ),
    RuleStep.REVISING: Way(come_from=(RuleState.PUBLISHED,), to=RuleState.DRAFT, may=_iso),
    RuleStep.REVIEWED: Way(come_from=(RuleState.PUBLISHED,), to=RuleState.PUBLISHED, may=_iso),
    RuleStep.INTERIM: Way(come_from=_WORKED_ON, to=None, may=_cto, why=True, day=True),
    RuleStep.SUPERSEDED: Way(
        come_from=(RuleState.PUBLISHED,), to=RuleState.SUPERSEDED, may=_cto, why=True
    ),
    RuleStep.RETIRED: Way(
        come_from=(RuleState.PUBLISHED,), to=RuleState.RETIRED, may=_cto, why=True
    ),
}
"""Steps that people take. The clock's are below."""


def steps_of(store: GovernanceStore, actor: Actor, rule: Rule) -> frozenset[RuleStep]:
    """What somebody can do with a rule now."""
    return frozenset(
        step
        for step, way in STEPS.items()
        if rule.state in way.come_from and way.may(actor, rule) is None
    )


def _may_take(actor: Actor, command: TakeStep, store: GovernanceStore) -> Refused | None:
    rule, way = store.rule(command.rule_id), STEPS.get(command.step)
    if rule is None or way is None:
        return refusal(NOT_HERE)
    return way.may(actor, rule)


def _may_write(_: Actor, __: object, store: GovernanceStore) -> Refused | None:
    return None if Office.ISO in _.standing.offices else refusal(ISO_ONLY)


LINKED_SHOWN = 20
"""Feedback beside a rule, the newest."""


def may_read(actor: Actor, rule: Rule) -> bool:
    """A draft is its writers'; what is proposed the committee's too; the rest is everybody's."""
    return bool(rule.shown or rule.holds) or works_on_rule(actor, rule)


def works_on_rule(actor: Actor, rule: Rule) -> bool:
    offices = actor.standing.offices
    if Office.ISO in offices or Office.CTO in offices:
        return True
    return rule.committee in actor.standing.sits and rule.version > 0


def _reader(actor: Actor, command: ShowRule, store: GovernanceStore) -> Refused | None:
    rule = store.rule(command.rule_id)
    return None if rule is not None and may_read(actor, rule) else refusal(NOT_HERE)


# -- drafting ----------------------------------------------------------------------------------


def show_draft(store: GovernanceStore, actor: Actor, command: ShowDraftForm) -> DraftForm | Refused:
    rule = store.rule(command.rule_id)
    if rule is not None and not may_be_drafted(rule):
        return refusal(ELSEWHERE)
    return _draft_form(store, actor, command.rule_id, rule)


def may_be_drafted(rule: Rule) -> bool:
    """Whether its text can be changed now."""
    return rule.state in (RuleState.DRAFT, RuleState.CONSIDERING)


def _draft_form(
    store: GovernanceStore, actor: Actor, rule_id: UUID, rule: Rule | None
) -> DraftForm:
    district = store.district()
    comments = () if rule is None else store.rule_comments(rule.id)
    hidden = kept_from(store, actor)
    draft = (rule.draft if rule else None) or _blank(actor)
    return DraftForm(
        rule_id=rule_id,
        new=rule is None,
        kind=rule.kind if rule else RuleKind.REGULATION,
        number=rule.number if rule else "",
        committee=rule.committee if rule else "",
        serves=", ".join(rule.serves) if rule else "",
        draft=draft,
        language=rule.language if rule else district.locale,
        committees=tuple((one.key, one.name) for one in district.committees),
        buildings=tuple((one.key, one.name) for one in store.buildings()),
        comments=tuple(
            (str(one.item_id), (one.words or "")[:150])
            for one in comments
            if one.disposition and one.item_id not in hidden
        ),
    )


def _blank(actor: Actor) -> Draft:
    return Draft(title=Text(default=""), texts={}, owner=actor.person_id)


def write(
    store: GovernanceStore, actor: Actor, command: WriteRule, now: datetime
) -> RuleView | DraftForm | Refused:
    """Keep a draft where it fits; else say what does not, and lose nothing that was typed."""
    rule = store.lock_rule(command.rule_id)
    if rule is not None and not may_be_drafted(rule):
        return refusal(ELSEWHERE)
    language = rule.language if rule else store.district().locale
    before = (rule.draft if rule else None) or _blank(actor)
    texts = {**before.texts, language: command.text.strip()}
    if language != "es":
        texts["es"] = command.spanish.strip()
    number, title = typed(command.number, LONGEST_NUMBER)[0], typed(command.title, LONGEST_TITLE)[0]
    draft = Draft(
        title=replace(before.title, default=title, language=language),
        texts={one: text for one, text in texts.items() if text or one == language},
        changed=typed(command.changed, LONGEST_WHY)[0],
        answers=tuple(UUID(one) for one in command.answers),
        material=not command.editorial,
        read_first=command.read_first,
        audience=_audience(command, before.audience),
        owner=before.owner,
    )
    kept = Rule(
        id=command.rule_id,
        kind=command.kind,
        number=number,
        title=draft.title,
        committee=command.committee,
        language=language,
    )
    kept = replace(
        rule or kept,
        kind=command.kind,
        number=number,
        committee=command.committee,
        serves=tuple(one.strip() for one in command.serves.split(",") if one.strip()),
        draft=draft,
    )
    if rule is None or rule.version == 0:
        kept = replace(kept, title=draft.title)
    if command.preview:
        form = _draft_form(store, actor, kept.id, kept)
        return replace(form, new=rule is None, previewed=True)
    unfit = {**unfit_draft(store, kept), **(_settled(rule, kept) if rule else {})}
    unfit |= _unlisted(store, command)
    form = replace(_draft_form(store, actor, kept.id, kept), new=rule is None, unfit=unfit)
    if form.unfit:
        return form
    store.put_rule(kept)
    if rule is None:
        take(store, kept, RuleStep.DRAFTED, actor.person_id, now)
    return view(store, actor, kept, now)


def _audience(command: WriteRule, before: Audience) -> Audience:
    """The form asks for roles, levels and buildings; what a file said beside them stays."""
    return replace(
        before,
        roles=frozenset(one for one in Role if one in command.roles),
        levels=frozenset(one for one in Level if one in command.levels),
        buildings=frozenset(command.buildings),
    )


def _unlisted(store: GovernanceStore, command: WriteRule) -> dict[str, Unfit]:
    listed = {
        "roles": (command.roles, STAFF_ROLES),
        "levels": (command.levels, frozenset(Level)),
        "buildings": (command.buildings, {one.key for one in store.buildings()}),
    }
    why = Unfit(why=FROM_THE_LIST)
    return {key: why for key, (chosen, there) in listed.items() if not {*chosen} <= {*there}}


def _settled(rule: Rule, kept: Rule) -> dict[str, Unfit]:
    """What a draft cannot change: the number that people cite a rule in effect by, and the
    committee once staff were asked."""
    unfit: dict[str, Unfit] = {}
    if rule.holds and number_key(kept.number) != number_key(rule.number):
        why = "The rule is in effect as {number}. Keep its number."
        unfit["number"] = Unfit(why=why, values={"number": rule.number})
    if kept.committee != rule.committee and (rule.holds or rule.state is not RuleState.DRAFT):
        unfit["committee"] = Unfit(why="The committee can no longer be changed.")
    return unfit


def unfit_draft(store: GovernanceStore, rule: Rule) -> dict[str, Unfit]:
    """What does not fit in a draft, by field; for the form and for a file alike."""
    unfit: dict[str, Unfit] = {}
    draft = rule.draft
    if not rule.number:
        unfit["number"] = Unfit(why="Enter a number, such as ITR 4.")
    elif (there := store.rule_by_number(rule.number)) is not None and there.id != rule.id:
        unfit["number"] = Unfit(why="Another rule has this number.")
    if store.district().committee(rule.committee) is None:
        unfit["committee"] = Unfit(why="Choose the committee that must agree.")
    if draft is None or not draft.title.default:
        unfit["title"] = Unfit(why="Enter a title.")
    for language, text in (draft.texts if draft else {}).items():
        if len(text) > LONGEST_TEXT:
            key = "text" if language == rule.language else "spanish"
            why = "This is {n} characters long. Please keep it to {most}."
            unfit[key] = Unfit(why=why, values={"n": len(text), "most": LONGEST_TEXT})
    if draft is None or not draft.texts.get(rule.language):
        unfit["text"] = Unfit(why="Write the text of the rule.")
    return unfit


def fix_version(store: GovernanceStore, rule: Rule, by: UUID | None, now: datetime) -> Rule:
    """Make a version of the draft. From now on nobody changes it."""
    draft = rule.draft
    if draft is None:
        raise ValueError(f"{rule.number} has no draft to make a version of")
    version = Version(
        rule_id=rule.id,
        number=rule.version + 1,
        title=draft.title,
        texts=draft.texts,
        language=rule.language,
        digest=digest(draft.title, draft.texts, rule.language, draft.audience),
        changed=draft.changed,
        answers=draft.answers,
        material=draft.material,
        read_first=draft.read_first,
        audience=draft.audience,
        owner=draft.owner,
        at=now,
        by=by,
    )
    store.add_rule_version(version)
    title = rule.title if rule.holds else draft.title
    return replace(rule, version=version.number, title=title)


def _changed_since(store: GovernanceStore, rule: Rule) -> bool:
    """Whether the draft says something else than the newest version."""
    draft, newest = rule.draft, store.rule_version(rule.id, rule.version)
    if draft is None:
        return False
    return newest is None or not says_the_same(newest, draft, rule.language)


def _led(store: GovernanceStore, rule: Rule) -> bool:
    """Whether its committee has a leader who is here, who alone can move it on."""
    committee = store.district().committee(rule.committee)
    return committee is not None and bool(leaders_of(store, committee))


def kept_from(store: GovernanceStore, actor: Actor) -> frozenset[UUID]:
    """Comments that name whoever asks: they neither read nor answer them, a deputy does."""
    return store.kept_from(actor.person_id) if actor.person_id else frozenset()


# -- steps -------------------------------------------------------------------------------------


def open_step(
    store: GovernanceStore, actor: Actor, command: TakeStep, now: datetime
) -> Opening | Refused:
    rule = store.rule(command.rule_id)
    if rule is None or rule.state not in STEPS[command.step].come_from:
        return refusal(ELSEWHERE)
    second = _second(store, actor, rule, (command.step,), now)
    return _opening(store, rule, command.step, now, second=second)


def _opening(
    store: GovernanceStore,
    rule: Rule,
    step: RuleStep,
    now: datetime,
    *,
    second: SecondPerson | None = None,
) -> Opening:
    committee = store.district().committee(rule.committee)
    way = STEPS[step]
    return forms.step(
        rule.id,
        rule.number,
        step,
        day=way.day,
        why=way.why,
        votes=way.votes,
        quorum=quorum(committee),
        earliest=_earliest(store, rule, step, now),
        second=second,
    )


def quorum(committee: Committee | None) -> int:
    """How many members have to be there: the committee's own number, else more than half."""
    if committee is None:
        return 1
    return committee.quorum or len(committee.seats) // 2 + 1


def _earliest(store: GovernanceStore, rule: Rule, step: RuleStep, now: datetime) -> date | None:
    today = _day(store, now)
    if step is RuleStep.EXTENDED and rule.comments_end:
        return _day(store, rule.comments_end) + timedelta(days=1)
    return today if step in (RuleStep.PUBLISHED, RuleStep.INTERIM) else None


def step(
    store: GovernanceStore, actor: Actor, command: TakeStep, now: datetime
) -> RuleView | DraftForm | FormView | Refused:
    """Take one step. Whoever comes second finds the rule elsewhere and changes nothing; a reason
    that they typed is back in its form. An incomplete draft is not proposed: its form says what is
    missing."""
    rule, way = store.lock_rule(command.rule_id), STEPS[command.step]
    if rule is None:
        return refusal(NOT_HERE)
    if rule.state not in way.come_from:
        return _stepped(store, rule, command, now) or refusal(ELSEWHERE)
    if command.step is RuleStep.PROPOSED and rule.draft and (unfit := unfit_draft(store, rule)):
        return replace(_draft_form(store, actor, rule.id, rule), unfit=unfit)
    if refused := _not_ready(store, rule, command.step):
        return refused
    moved = _moved(store, actor, rule, command, now)
    return view(store, actor, moved, now)


def _stepped(
    store: GovernanceStore, rule: Rule, command: TakeStep, now: datetime
) -> FormView | None:
    """Its form with the reason that came too late, and the reason of the step that was taken. None:
    no other reason was typed."""
    last = max(store.rule_steps(rule.id), key=lambda one: one.at, default=None)
    stands = last.why if last else ""
    if not says_another(command.why, stands):
        return None
    opening = _opening(store, rule, command.step, now)
    return again(command, opening, unfit={"why": settled(stands)})


def _not_ready(store: GovernanceStore, rule: Rule, step: RuleStep) -> Refused | None:
    if step in (RuleStep.PROPOSED, RuleStep.AMENDED) and rule.draft is None:
        return refusal("Write the text first.")
    if step is RuleStep.PROPOSED and not _led(store, rule):
        return refusal(NOT_LED)
    if step is RuleStep.AMENDED and not _changed_since(store, rule):
        return refusal("The draft says the same as the newest version. Change it first.")
    same = rule.version == rule.in_force and not _changed_since(store, rule)
    if step is RuleStep.INTERIM and same:
        return refusal("The draft says the same as the version in effect.")
    if step is RuleStep.SUBMITTED:
        waiting = sum(
            1
            for one in store.rule_comments(rule.id)
            if not one.disposition and unnamed(store, one.item_id, store.holders(Office.ISO))
        )
        if waiting := waiting + store.unread_comments(rule.id):
            return Refused(why=Unfit(why=UNANSWERED, values={"n": waiting}))
        if _changed_since(store, rule):
            return refusal("The draft has changes. Save it as a new version first, or undo them.")
    return None


def unfit_step(
    store: GovernanceStore, _: Actor, command: TakeStep, now: datetime
) -> dict[str, Unfit]:
    rule, way, unfit = store.rule(command.rule_id), STEPS[command.step], dict[str, Unfit]()
    if rule is None or rule.state not in way.come_from:
        return unfit  # someone else was first
    earliest = _earliest(store, rule, command.step, now)
    if way.day and command.on and earliest and command.on < earliest:
        unfit["on"] = Unfit(
            why="The comment period can only be extended. Choose a later day."
            if command.step is RuleStep.EXTENDED
            else "Choose today or a later day."
        )
    elif command.step is RuleStep.RATIFIED and command.on and command.on > _day(store, now):
        unfit["on"] = Unfit(why="This date is in the future. Enter the date of the meeting.")
    if command.step is RuleStep.EXTENDED and command.on and not _staff_are_there(store, command.on):
        unfit["on"] = Unfit(why="This is a day off. Choose a school day.")
    if way.day and command.on and command.on > _day(store, now) + FARTHEST:
        unfit["on"] = Unfit(why="Choose a day within the next year.")
    if way.votes:
        unfit |= _unfit_votes(store, rule, command)
    if command.step is RuleStep.SUPERSEDED:
        other = store.rule_by_number(command.successor)
        if other is None or other.id == rule.id or not other.holds:
            unfit["successor"] = Unfit(why=NO_SUCCESSOR)
    return unfit


def _unfit_votes(store: GovernanceStore, rule: Rule, command: TakeStep) -> dict[str, Unfit]:
    counts: dict[str, int] = {}
    for key in ("present", "favor", "against", "abstained"):
        said = str(getattr(command, key)).strip()
        if not (said.isascii() and said.isdigit() and len(said) < 4):
            return {key: Unfit(why=NO_COUNT)}
        counts[key] = int(said)
    committee = store.district().committee(rule.committee)
    needed = quorum(committee)
    if counts["present"] < needed:
        why = "There is no quorum: {n} were present, and {needed} are required."
        return {"present": Unfit(why=why, values={"n": counts["present"], "needed": needed})}
    voted = counts["favor"] + counts["against"] + counts["abstained"]
    if voted > counts["present"]:
        why = "That is {voted} votes, and only {n} members were present."
        return {"favor": Unfit(why=why, values={"voted": voted, "n": counts["present"]})}
    members = len(committee.seats) if committee else 0
    if members and counts["present"] > members:
        why = "The committee has {n} members."
        return {"present": Unfit(why=why, values={"n": members})}
    return {}


def _moved(
    store: GovernanceStore, actor: Actor, rule: Rule, command: TakeStep, now: datetime
) -> Rule:
    taken, way, why = command.step, STEPS[command.step], command.why
    moved = replace(rule, state=way.to or rule.state, why=why)
    if taken in _SHOWS:
        moved = replace(moved, shown=tuple({*moved.shown, moved.version}))
    vote, day = None, command.on if way.day else None
    match taken:
        case RuleStep.PROPOSED:
            if _changed_since(store, moved):
                moved = fix_version(store, moved, actor.person_id, now)
        case RuleStep.OPENED:
            ends = _comments_end(store, now)
            moved, day = replace(moved, comments_end=ends), _day(store, ends)
            store.schedule(COMMENTS_CLOSE, rule.id, ends, _number(store, ends))
        case RuleStep.EXTENDED if command.on:
            ends = _evening(store, command.on)
            moved = replace(moved, comments_end=ends)
            store.schedule(COMMENTS_CLOSE, rule.id, ends, _number(store, ends))
        case RuleStep.AMENDED:
            moved = fix_version(store, moved, actor.person_id, now)
            moved = replace(moved, shown=(*moved.shown, moved.version))
        case RuleStep.RATIFIED if command.on:
            vote = Vote(
                on=command.on,
                present=int(command.present),
                favor=int(command.favor),
                against=int(command.against),
                abstained=int(command.abstained),
            )
            if vote.favor <= vote.against:
                taken, moved = RuleStep.NOT_RATIFIED, replace(moved, state=RuleState.CONSIDERING)
        case RuleStep.PUBLISHED if command.on:
            coming = Coming(version=moved.version, day=command.on)
            moved = replace(moved, coming=coming, draft=None)
            if command.on <= _day(store, now):
                moved = _in_effect(store, moved)
            else:
                morning = store.moment_of(datetime.combine(command.on, time()))
                store.schedule(TAKES_EFFECT, rule.id, morning, command.on.toordinal())
        case RuleStep.WITHDRAWN:
            stays = RuleState.PUBLISHED if moved.in_force or moved.coming else RuleState.RETIRED
            moved = replace(moved, state=stays, draft=None, comments_end=None)
        case RuleStep.REVIEWED:
            moved = _reviewed(store, moved, _day(store, now))
        case RuleStep.REVISING:
            moved = replace(moved, draft=_draft_of(store.rule_version(rule.id, rule.version)))
        case RuleStep.INTERIM if command.on:
            if rule.state is RuleState.DRAFT and _changed_since(store, moved):
                moved = fix_version(store, moved, actor.person_id, now)
            moved = replace(moved, shown=tuple({*moved.shown, moved.version}))
            until = command.on
            moved = replace(moved, interim=Interim(version=moved.version, until=until, why=why))
            store.schedule(INTERIM_ENDS, rule.id, _evening(store, until), until.toordinal())
        case RuleStep.SUPERSEDED:
            other = store.rule_by_number(command.successor)
            moved = replace(moved, successor=other.id if other else None)
    store.put_rule(moved)
    take(store, moved, taken, actor.person_id, now, why=why, vote=vote, day=day)
    return moved


def _draft_of(version: Version | None) -> Draft | None:
    if version is None:
        return None
    return Draft(
        title=version.title, texts=version.texts, audience=version.audience, owner=version.owner
    )


def _in_effect(store: GovernanceStore, rule: Rule) -> Rule:
    """What was published takes effect, and an interim version ends."""
    coming = rule.coming
    if coming is None:
        return rule
    version = store.rule_version(rule.id, coming.version)
    held = replace(
        rule,
        title=version.title if version else rule.title,
        in_force=coming.version,
        effective=coming.day,
        coming=None,
        interim=None,
    )
    return _reviewed(store, held, coming.day)


def take_effect(store: GovernanceStore, command: TakeEffect, now: datetime) -> Done:
    """The day has come."""
    rule = store.lock_rule(command.rule_id)
    if rule is not None and rule.coming and rule.coming.day.toordinal() == command.number:
        store.put_rule(_in_effect(store, rule))
        store.audit(None, f"rule in effect, version {rule.coming.version}", rule.id, now)
    return Done()


def _reviewed(store: GovernanceStore, rule: Rule, since: date) -> Rule:
    review = since + timedelta(days=REVIEW_AFTER)
    at = store.moment_of(datetime.combine(review, time(8)))
    store.schedule(REVIEW, rule.id, at, review.toordinal())
    return replace(rule, review=review)


def _comments_end(store: GovernanceStore, now: datetime) -> datetime:
    """The evening of the district's last day for comments, which is never a day off. In summer,
    when staff are away, days do not count."""
    last, left = _day(store, now), store.district().rules.comment_days
    for _ in range(FARTHEST.days):
        if left <= 0 and _staff_are_there(store, last):
            break
        last += timedelta(days=1)
        left -= not calendar(store).in_summer(last)
    return _evening(store, last)


def _staff_are_there(store: GovernanceStore, day: date) -> bool:
    return calendar(store).is_school_day(day) and not calendar(store).in_summer(day)


def _number(store: GovernanceStore, ends: datetime) -> int:
    """Of an entry on the clock: the day, for more time means another entry."""
    return _day(store, ends).toordinal()


def _evening(store: GovernanceStore, day: date) -> datetime:
    """The end of a day, by the district's clock."""
    return store.moment_of(datetime.combine(day + timedelta(days=1), time()))


def _day(store: GovernanceStore, at: datetime) -> date:
    """The district's day. The end of a day belongs to it."""
    zone = ZoneInfo(store.district().timezone)
    return (at - timedelta(microseconds=1)).astimezone(zone).date()


def take(
    store: GovernanceStore,
    rule: Rule,
    taken: RuleStep,
    by: UUID | None,
    now: datetime,
    *,
    why: str = "",
    vote: Vote | None = None,
    day: date | None = None,
) -> Step:
    """Write a step down, and tell who acts next and who has to know."""
    made = Step(
        id=uuid4(),
        rule_id=rule.id,
        step=taken,
        version=rule.version,
        by=by,
        at=now,
        why=why,
        vote=vote,
        day=day,
    )
    store.add_rule_step(made)
    store.audit(by, f"rule {taken}, version {rule.version}", rule.id, now)
    _tell(store, rule, made, now)
    return made


_SHOWS = frozenset({RuleStep.OPENED, RuleStep.PUBLISHED})
"""Steps by which staff are shown the newest version."""

_TO_ISO = frozenset(
    {
        RuleStep.RETURNED,
        RuleStep.CLOSED,
        RuleStep.NOT_RATIFIED,
        RuleStep.NOT_APPROVED,
        RuleStep.PUBLISHED,
        RuleStep.REVIEW_DUE,
        RuleStep.INTERIM_ENDED,
    }
)
_TO_COMMITTEE = frozenset({RuleStep.PROPOSED, RuleStep.SUBMITTED, RuleStep.PUBLISHED})
_TO_CTO = frozenset({RuleStep.RATIFIED, RuleStep.INTERIM_ENDED})
TO_STAFF = frozenset({RuleStep.OPENED, RuleStep.INTERIM, RuleStep.RETIRED, RuleStep.SUPERSEDED})
"""Steps about which everyone under the rule gets a message."""


def _second(
    store: GovernanceStore, actor: Actor, rule: Rule, steps: Collection[RuleStep], now: datetime
) -> SecondPerson | None:
    """Who has to approve a step about which people get a message."""
    if TO_STAFF.isdisjoint(steps):
        return None
    source = rule.draft or store.rule_version(rule.id, rule.version)
    people = store.reach(source.audience, now).people if source else 0
    return second_person(store, actor.person_id, people)


def _tell(store: GovernanceStore, rule: Rule, made: Step, now: datetime) -> None:
    campaign = f"rule-step:{made.id}"
    people: dict[UUID, Person] = {}
    if made.step in _TO_ISO:
        people |= {one.id: one for one in store.holders(Office.ISO)[:1]}
    if made.step in _TO_CTO:
        people |= {one.id: one for one in store.holders(Office.CTO)[:1]}
    if made.step in _TO_COMMITTEE:
        store.deliver_to_queue(
            rule.committee, campaign=campaign, kind=RULE_NEWS, subject=made.id, now=now
        )
        committee = store.district().committee(rule.committee)
        found = (store.person_by_email(one) for one in (committee.leaders if committee else ()))
        people |= {one.id: one for one in found if one is not None and one.active}
    for person in people.values():
        if person.id != made.by:
            store.deliver_to_person(
                person, campaign=campaign, kind=RULE_NEWS, subject=made.id, now=now
            )
    ended = rule.state in ENDED and rule.in_force
    version = store.rule_version(rule.id, ended or rule.version)
    if made.step in TO_STAFF and version is not None:
        store.tell_audience(
            version.audience,
            campaign=campaign,
            kind=RULE_OPEN,
            subject=made.id,
            now=now,
            decision=UNDECIDED,
        )


# -- the clock ---------------------------------------------------------------------------------


def close_comments(store: GovernanceStore, command: CloseComments, now: datetime) -> Done:
    """The period has ended, unless it was given more time meanwhile."""
    rule = store.lock_rule(command.rule_id)
    if (
        rule is not None
        and rule.state is RuleState.COMMENTING
        and rule.comments_end is not None
        and rule.comments_end <= now
    ):
        version = store.rule_version(rule.id, rule.version)
        closed = replace(rule, state=RuleState.CONSIDERING, draft=_draft_of(version))
        store.put_rule(closed)
        take(store, closed, RuleStep.CLOSED, None, now)
    return Done()


def end_interim(store: GovernanceStore, command: EndInterim, now: datetime) -> Done:
    """It was not ratified in time, so it no longer applies."""
    rule = store.lock_rule(command.rule_id)
    interim = rule.interim if rule else None
    if rule is not None and interim is not None and _evening(store, interim.until) <= now:
        ended = replace(rule, interim=None)
        store.put_rule(ended)
        take(store, ended, RuleStep.INTERIM_ENDED, None, now)
    return Done()


def remind_review(store: GovernanceStore, command: RemindReview, now: datetime) -> Done:
    rule = store.lock_rule(command.rule_id)
    if (
        rule is not None
        and rule.state is RuleState.PUBLISHED
        and rule.review is not None
        and rule.review.toordinal() == command.number
    ):
        take(store, rule, RuleStep.REVIEW_DUE, None, now)
    return Done()


# -- exemptions --------------------------------------------------------------------------------


def open_exemption(
    store: GovernanceStore, _: Actor, command: GrantExemption, __: datetime
) -> Opening | Refused:
    rule = store.rule(command.rule_id)
    if rule is None or rule.holds is None:
        return refusal(NOT_IN_EFFECT)
    return forms.exemption(rule.id, rule.number)


def unfit_exemption(
    store: GovernanceStore, _: Actor, command: GrantExemption, now: datetime
) -> dict[str, Unfit]:
    unfit: dict[str, Unfit] = {}
    if not any(_excepted(store, command.whom)):
        unfit["whom"] = Unfit(why=NOBODY_FOUND)
    if command.on and command.on < _day(store, now):
        unfit["on"] = Unfit(why="Choose today or a later day.")
    return unfit


def _excepted(store: GovernanceStore, whom: str) -> tuple[Person | None, str]:
    """Somebody on the roster, or a building's key."""
    person = store.person_by_email(whom) if "@" in whom else None
    named = (
        one.key for one in store.buildings() if whom.casefold() in (one.key, one.name.casefold())
    )
    return person, "" if person else next(named, "")


def grant_exemption(
    store: GovernanceStore, actor: Actor, command: GrantExemption, now: datetime
) -> RuleView | Refused:
    rule = store.lock_rule(command.rule_id)
    if rule is None or rule.holds is None or command.on is None:
        return refusal(NOT_IN_EFFECT)
    person, building = _excepted(store, command.whom)
    store.add_exemption(
        Exemption(
            id=uuid4(),
            rule_id=rule.id,
            person=person.id if person else None,
            building=building,
            until=command.on,
            why=command.why,
            granted_by=actor.person_id,
            at=now,
        )
    )
    take(store, rule, RuleStep.EXCEPTION, actor.person_id, now, day=command.on)
    return view(store, actor, rule, now)


# -- showing -----------------------------------------------------------------------------------


def show(
    store: GovernanceStore, actor: Actor, command: ShowRule, now: datetime
) -> RuleView | Refused:
    rule = store.rule(command.rule_id)
    return refusal(NOT_HERE) if rule is None else view(store, actor, rule, now, command.version)


def view(
    store: GovernanceStore, actor: Actor, rule: Rule, now: datetime, number: int = 0
) -> RuleView:
    """``number`` 0: the newest version that the reader may see."""
    versions = tuple(
        one for one in store.rule_versions(rule.id) if may_see(actor, rule, one.number)
    )
    wanted = number or (versions[-1].number if versions else 0)
    version = next((one for one in versions if one.number == wanted), None)
    comments = store.rule_comments(rule.id, version.number) if version else ()
    successor = store.rule(rule.successor) if rule.successor else None
    owns = version or rule.draft
    can = steps_of(store, actor, rule)
    iso = Office.ISO in actor.standing.offices
    writes = iso and may_be_drafted(rule)
    return RuleView(
        rule=rule
        if works_on_rule(actor, rule)
        else replace(rule, draft=None, title=versions[-1].title if versions else rule.title),
        version=version,
        versions=versions,
        committee=queue_name(store.district(), rule.committee),
        owner=_name(store, owns.owner if owns else None),
        buildings={one.key: one.name for one in store.buildings()},
        steps=tuple(
            (one, _name(store, one.by))
            for one in store.rule_steps(rule.id)
            if may_see(actor, rule, one.version or min(rule.shown, default=0))
        ),
        exemptions=tuple(
            (one, _name(store, one.person) or one.building)
            for one in store.exemptions(rule.id)
            if one.until >= _day(store, now) and works_on_rule(actor, rule)
        ),
        can=can,
        second=_second(store, actor, rule, can, now),
        writes=writes,
        drafted=writes and rule.draft is not None and _changed_since(store, rule),
        not_led=iso and rule.state in _WAITS_FOR_COMMITTEE and not _led(store, rule),
        may_comment=may_comment(actor, rule, version.number if version else 0),
        comments=len(comments),
        answered=sum(1 for one in comments if one.disposition),
        supports=tuple(_supported(store, rule, one, version) for one in rule.serves),
        successor=successor.number if successor else "",
        linked=tuple(_linked(store, actor, rule)) if works_on_rule(actor, rule) else (),
    )


def _supported(
    store: GovernanceStore, rule: Rule, key: str, version: Version | None
) -> BoundLine | str:
    """A goal as it was worded when the version was written; a safeguard's number."""
    goal = bound_at(store, key, version.at if version else None)
    holder = Holder(kind=HolderKind.RULE, key=str(rule.id))
    return line(store, goal, holder) if goal.version else key


def _linked(store: GovernanceStore, actor: Actor, rule: Rule) -> Iterator[LinkedWords]:
    """The newest. What is sensitive, or names the reader, is not here."""
    hidden = kept_from(store, actor)
    found = ((store.item(one), bound) for one, bound in store.linked_to_rule(rule.number))
    read = (
        (item.reading, item.received_at, bound)
        for item, bound in found
        if item and item.reading and item.queue != RESTRICTED and item.id not in hidden
    )
    for reading, received_at, bound in islice(read, LINKED_SHOWN):
        section = bound.key.partition(" §")[2]
        yield LinkedWords(
            words=reading.redacted,
            received_at=received_at,
            version=bound.version,
            section=int(section) if section.isascii() and section.isdecimal() else 0,
        )


def may_comment(actor: Actor, rule: Rule, version: int) -> bool:
    """On the newest version: everybody while it is open, its committee from when it is proposed."""
    if version != rule.version or version == 0:
        return False
    if rule.state is RuleState.COMMENTING:
        return True
    return rule.state is RuleState.PROPOSED and rule.committee in actor.standing.sits


def may_see(actor: Actor, rule: Rule, number: int) -> bool:
    """Staff see what they were asked about and what holds or held; never what was only proposed."""
    if works_on_rule(actor, rule):
        return True
    return staff_see(rule, number)


def _name(store: GovernanceStore, person_id: UUID | None) -> str:
    person = store.person(person_id) if person_id else None
    return person.name if person else ""


def news(on: Occasion) -> RuleNews | None:
    step = on.store.rule_step(on.subject)
    rule = on.store.rule(step.rule_id) if step else None
    return None if step is None or rule is None else news_of(on.store, step, rule)


def news_of(store: GovernanceStore, step: Step, rule: Rule) -> RuleNews:
    return RuleNews(
        step=step,
        number=rule.number,
        title=rule.title,
        committee=queue_name(store.district(), rule.committee),
        state=rule.state,
        comments_end=rule.comments_end,
        effective=rule.effective,
    )


def to_staff(on: Occasion) -> RuleNews | None:
    """The same; nothing of a version that is no longer open for comment."""
    told = news(on)
    if told is None or told.step.step is not RuleStep.OPENED:
        return told
    rule = on.store.rule(told.step.rule_id)
    is_open = rule and rule.state is RuleState.COMMENTING and rule.version == told.step.version
    return told if is_open else None


def _shown(store: GovernanceStore, command: TakeStep, _: datetime) -> Shown | None:
    """What staff would read of a step: the rule's text as it stands, and why."""
    rule = store.rule(command.rule_id)
    version = store.rule_version(rule.id, rule.version) if rule else None
    source = (rule.draft if rule else None) or version
    if rule is None or source is None:
        return None
    title = f"{rule.number}: {source.title.default}"
    why = typed(command.why, LONGEST_WHY)[0]
    stamp = json.dumps(sorted(source.texts.items()))
    return Shown(
        act=Act.RULE,
        title=Text(default=title, language=source.title.language),
        words=(Text(default=why),) if why else (),
        audience=source.audience,
        path=links.rule("", rule.id),
        stamp=f"{command.step} {sha256(stamp.encode()).hexdigest()[:16]}",
    )


def _ahead(store: GovernanceStore, subjects: Sequence[UUID], _: Person) -> Iterable[UUID | None]:
    store.rule_steps_ahead(subjects)
    store.rules_ahead()
    return ()


DELIVERIES: Deliveries = (
    Delivery(kind=RULE_NEWS, compose=news, ahead=_ahead),
    Delivery(kind=RULE_OPEN, compose=to_staff, ahead=_ahead),
)

OPERATIONS: Operations = (
    Operation(
        command=ShowRule,
        run=show,
        may=_reader,
        reads=True,
        button="rule",
        carries=("version",),
    ),
    Operation(
        command=ShowDraftForm,
        run=lambda store, actor, command, _: show_draft(store, actor, command),
        may=_may_write,
        reads=True,
        button="rule-draft",
    ),
    Operation(
        command=WriteRule,
        run=write,
        may=_may_write,
        button="write-rule",
        takes=(
            "kind",
            "number",
            "title",
            "committee",
            "levels",
            "roles",
            "buildings",
            "text",
            "spanish",
            "changed",
            "answers",
            "serves",
            "editorial",
            "read_first",
            "preview",
        ),
        form=lambda command: ShowDraftForm(rule_id=command.rule_id),
    ),
    Operation(
        command=TakeStep,
        run=step,
        may=_may_take,
        button="rule-step",
        opens=open_step,
        fits=unfit_step,
        second=_shown,
    ),
    Operation(
        command=GrantExemption,
        run=grant_exemption,
        may=_may_write,
        button="rule-exception",
        opens=open_exemption,
        fits=unfit_exemption,
    ),
    Operation(
        command=CloseComments,
        run=lambda store, _, command, now: close_comments(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(
            kind=COMMENTS_CLOSE,
            command=lambda subject, number: CloseComments(rule_id=subject, number=number),
        ),
    ),
    Operation(
        command=TakeEffect,
        run=lambda store, _, command, now: take_effect(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(
            kind=TAKES_EFFECT,
            command=lambda subject, number: TakeEffect(rule_id=subject, number=number),
        ),
    ),
    Operation(
        command=EndInterim,
        run=lambda store, _, command, now: end_interim(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(
            kind=INTERIM_ENDS,
            command=lambda subject, number: EndInterim(rule_id=subject, number=number),
        ),
    ),
    Operation(
        command=RemindReview,
        run=lambda store, _, command, now: remind_review(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(
            kind=REVIEW,
            command=lambda subject, number: RemindReview(rule_id=subject, number=number),
        ),
    ),
)
