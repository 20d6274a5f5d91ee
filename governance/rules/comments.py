"""Comments on a rule: feedback about one of its versions, and what becomes of each.

A comment is a feedback item like any other: read, redacted, told back to its author in the way in
which they spoke. Here it is bound to a version and a section, and gets a disposition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from core.forms import Opening
from core.paging import on_page
from core.people import Person
from core.text import Text
from governance.access import Actor, refusal
from governance.committees.model import Office
from governance.feedback.about import About, Subject, Subjects, Taken
from governance.feedback.handlers import tell_author
from governance.feedback.model import Item, ItemState, Named, Naming
from governance.forms.messages import FormView, again
from governance.messages import News, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import ISO_ONLY, NOT_HERE
from governance.rules import forms
from governance.rules.commands import DisposeComments, ShowComments
from governance.rules.handlers import kept_from, may_read, may_see, works_on_rule
from governance.rules.messages import CommentLine, CommentsView
from governance.rules.model import (
    OPEN_TO_STAFF,
    Comment,
    Disposition,
    Rule,
    RuleState,
    RuleStep,
    Version,
    staff_see,
)
from governance.rules.text import sections
from governance.second_tabs import says_another, settled
from surveys.questions import Unfit

RULE = "rule"
"""The kind of what comments are about (``feedback.about``)."""

DESK = "iso-desk"

SAME_ABOVE = 0.54
"""Least cosine of two comments that say the same (as ``reading.duplicates``)."""

EXCERPT = 200
"""Characters of a comment where it is one of several to choose from."""

NOT_OPEN = (
    "This rule isn’t open for comment now. Your message goes to the Information Security Office as "
    "feedback."
)

_BECAME = {
    Disposition.ACCEPTED: "Your comment was accepted.",
    Disposition.IN_PART: "Your comment was accepted in part.",
    Disposition.DECLINED: "Your comment was declined.",
    Disposition.OUT_OF_SCOPE: "Your comment was out of scope.",
}


def about(rule: Rule, version: int, section: int = 0) -> About:
    return About(kind=RULE, subject=rule.id, version=version, part=section)


# -- commenting ------------------------------------------------------------------------------------


def named(
    store: GovernanceStore, about: About, now: datetime, reader: Person | None, inside: bool
) -> Named | None:
    """A rule as its reader may know of it: of what is only proposed, those on its committee."""
    rule = store.rule(about.subject)
    version = store.rule_version(about.subject, about.version) if rule else None
    if rule is None or version is None:
        return None
    on_it = reader is not None and rule.committee in store.committees_of(reader.id)
    if not (inside or on_it or staff_see(rule, version.number)):
        return None
    if about.part not in {0, *(one.number for one in sections(version.texts[version.language]))}:
        return None
    return Named(
        name=title(rule, version, about.part),
        parts=tuple(
            (replace(about, part=one.number).token, Text(default=f"{one.number}. {one.heading}"))
            for one in sections(version.texts[version.language])
            if one.number
        ),
        note=None if open_at(store, rule, version, now) else Unfit(why=NOT_OPEN),
    )


def title(rule: Rule, version: Version, section: int = 0) -> Text:
    """Such as "ITR 4: Passwords", and behind it the section's heading."""
    text = version.texts[version.language]
    at = next((one for one in sections(text) if one.number == section), None)
    behind = f", {at.number}. {at.heading}" if at and at.number else ""
    return Text(
        default=f"{rule.number}: {version.title.default}{behind}",
        translations={
            language: f"{rule.number}: {said}{behind}"
            for language, said in version.title.translations.items()
        },
        language=version.title.language,
    )


def take(store: GovernanceStore, item: Item, about: About, now: datetime) -> Taken | None:
    """Bind what was said to its version. What came too late is feedback to the same office, which
    reads the comments of staff together when the period has ended."""
    rule = store.rule(about.subject)
    version = store.rule_version(about.subject, about.version) if rule else None
    if rule is None or version is None:
        return None
    said = [item.received_at]
    if item.naming is Naming.ANONYMOUS:  # it waited for the morning: nobody knows for how long
        said.append(item.received_at - timedelta(days=1))
    in_time = any(open_at(store, rule, version, at) for at in said)
    store.add_rule_comment(
        Comment(
            item_id=item.id,
            rule_id=rule.id,
            version=version.number,
            section=about.part,
            at=item.received_at,
            words=None,
            late=not (in_time or _of_committee(store, rule, version, item)),
        )
    )
    return Taken(queue=DESK, until=rule.comments_end if in_time else None)


def open_at(store: GovernanceStore, rule: Rule, version: Version, at: datetime) -> bool:
    """Whether staff could comment on a version at a moment."""
    opened = [
        one
        for one in store.rule_steps(rule.id)
        if one.version == version.number and one.step in (RuleStep.OPENED, RuleStep.EXTENDED)
    ]
    last = max((one.day for one in opened if one.day), default=None)
    zone = ZoneInfo(store.district().timezone)
    return last is not None and opened[0].at <= at and at.astimezone(zone).date() <= last


def _of_committee(store: GovernanceStore, rule: Rule, version: Version, item: Item) -> bool:
    """What its committee suggests before staff are asked is answered like a comment."""
    on_it = item.author is not None and rule.committee in store.committees_of(item.author)
    return on_it and rule.state is RuleState.PROPOSED and rule.version == version.number


def outcome(store: GovernanceStore, item: Item) -> Unfit | None:
    comment = store.rule_comment(item.id)
    became = comment.disposition if comment else None
    return Unfit(why=_BECAME[became]) if became else None


# -- what happens to them --------------------------------------------------------------------------


def show(store: GovernanceStore, actor: Actor, command: ShowComments) -> CommentsView | Refused:
    rule = store.rule(command.rule_id)
    if rule is None or not may_read(actor, rule):
        return refusal(NOT_HERE)
    return comments_view(store, actor, rule, command)


def comments_view(
    store: GovernanceStore, actor: Actor, rule: Rule, asked: ShowComments
) -> CommentsView:
    """Staff see what was said once it was considered; who works on the rule sees it at once."""
    number = asked.version or rule.version
    version = store.rule_version(rule.id, number)
    headings = headings_of(version, actor.person.locale if actor.person else "")
    works = works_on_rule(actor, rule)
    given = store.rule_comments(rule.id, number)
    found = [one for one in given if works or one.disposition]
    found.sort(key=lambda one: (one.section, one.at))
    hidden = kept_from(store, actor)
    shown, paging = on_page([one for one in found if _asked_for(one, asked)], asked.page)
    if not works:
        hidden |= {one.item_id for one in shown if store.named_in(one.item_id)}
    there = {one.section for one in shown}
    alike = alike_of(store, [one for one in found if one.section in there], shown)
    answered_in = {
        item: one.number
        for one in reversed(store.rule_versions(rule.id))
        if may_see(actor, rule, one.number)
        for item in one.answers
    }
    disposes = works and rule.state in (*OPEN_TO_STAFF, RuleState.PROPOSED) and _writes(actor)
    waiting = (
        one.item_id
        for one in found
        if one.words and not one.disposition and one.item_id not in hidden
    )
    return CommentsView(
        rule=replace(rule, draft=None, title=version.title if version else rule.title),
        version=number,
        lines=tuple(
            CommentLine(
                comment=replace(one, words=None) if one.item_id in hidden else one,
                heading=headings.get(one.section, ""),
                alike=len(alike[one.item_id]),
                answered_in=answered_in.get(one.item_id, 0),
            )
            for one in shown
        ),
        disposes=disposes,
        became=Counter(one.disposition for one in found),
        sections=tuple((key, headings.get(key, "")) for key in sorted({o.section for o in found})),
        paging=paging,
        section=asked.section,
        unanswered=asked.unanswered,
        next_open=next(waiting, None) if disposes else None,
        considered=len(given) - len(found),
    )


def _asked_for(one: Comment, asked: ShowComments) -> bool:
    return asked.section in (None, one.section) and not (asked.unanswered and one.disposition)


def headings_of(version: Version | None, locale: str = "") -> dict[int, str]:
    """By the number of the section, in the reader's language where the rule has it."""
    if version is None:
        return {}
    texts = (version.texts[version.language], version.texts.get(locale.partition("-")[0], ""))
    return {one.number: one.heading for text in texts for one in sections(text)}


def _writes(actor: Actor) -> bool:
    return Office.ISO in actor.standing.offices


def alike_of(
    store: GovernanceStore, comments: Sequence[Comment], of: Sequence[Comment] | None = None
) -> dict[UUID, list[UUID]]:
    """Of each comment the others that say the same: on the same section, and alike in meaning.
    ``of``: which of them are asked about; None: all."""
    from governance.reading.matching import unpacked

    packed = store.vectors_of([one.item_id for one in comments])
    known = [one for one in comments if one.item_id in packed]
    found: dict[UUID, list[UUID]] = {one.item_id: [] for one in (comments if of is None else of)}
    if len(known) < 2:
        return found
    for section in {one.section for one in known}:
        here = [one.item_id for one in known if one.section == section]
        vectors = unpacked([packed[one] for one in here])
        asked = [place for place, one in enumerate(here) if one in found]
        alike = (vectors[asked] @ vectors.T) >= SAME_ABOVE
        for place, row in zip(asked, alike, strict=True):
            found[here[place]] = [here[at] for at in row.nonzero()[0] if at != place]
    return found


def _may_dispose(actor: Actor, _: object, __: GovernanceStore) -> Refused | None:
    return None if _writes(actor) else refusal(ISO_ONLY)


def open_dispose(
    store: GovernanceStore, actor: Actor, command: DisposeComments, _: datetime
) -> Opening | Refused:
    rule, comment = store.rule(command.rule_id), store.rule_comment(command.item_id)
    if rule is None or comment is None or comment.rule_id != rule.id:
        return refusal(NOT_HERE)
    return _opening(store, actor, rule, comment, command.comments)


def _opening(
    store: GovernanceStore, actor: Actor, rule: Rule, comment: Comment, before: Sequence[str] = ()
) -> Opening:
    """The comment, those that say the same, then all others of its section without an answer; and
    those that were chosen ``before``, which may have one by now."""
    hidden = kept_from(store, actor) | {comment.item_id}
    open_ones = [
        one
        for one in store.rule_comments(rule.id, comment.version)
        if (not one.disposition or str(one.item_id) in before) and one.item_id not in hidden
    ]
    alike = set(alike_of(store, [comment, *open_ones])[comment.item_id])
    same = [one for one in open_ones if one.item_id in alike]
    rest = [one for one in open_ones if one.item_id not in alike and one.section == comment.section]
    chosen = [comment, *same]
    return forms.disposing(
        rule.id,
        rule.number,
        tuple((str(one.item_id), (one.words or "…")[:EXCERPT]) for one in (*chosen, *rest)),
        tuple(str(one.item_id) for one in chosen),
    )


def dispose(
    store: GovernanceStore, actor: Actor, command: DisposeComments, now: datetime
) -> CommentsView | FormView | Refused:
    """One answer for one comment or several; what has one already keeps it."""
    rule = store.lock_rule(command.rule_id)
    chosen = [store.rule_comment(UUID(one)) for one in command.comments if _is_id(one)]
    hidden = kept_from(store, actor)
    comments = [
        one
        for one in chosen
        if one and rule and one.rule_id == rule.id and not one.late and one.item_id not in hidden
    ]
    first = store.rule_comment(command.item_id)
    if rule is None or first is None or first.rule_id != rule.id:
        return refusal(NOT_HERE)
    opening = _opening(store, actor, rule, first, command.comments)
    if not comments:
        none = Unfit(why="Choose at least one comment.")
        return again(command, opening, unfit={"comments": none})
    answered = [one for one in comments if one.disposition]
    if len(answered) == len(comments):
        chose_another = any(one.disposition is not command.disposition for one in answered)
        stands = answered[0].reason
        if chose_another or says_another(command.reason, stands, command.put_back):
            return again(command, opening, unfit={"reason": settled(stands)})
    screened = screen((command.reason,), command.put_back)
    if screened.doubt:
        return again(command, opening, doubt=screened.doubt)
    (reason,) = screened.texts
    for one in comments:
        if one.disposition is None:
            _dispose_one(
                store, actor, replace(one, disposition=command.disposition, reason=reason), now
            )
    said = f"{len(comments)} comments: {command.disposition}"
    store.audit(actor.person_id, said, rule.id, now)
    note_returned(store, actor.person_id, screened, rule.id, now)
    return comments_view(store, actor, rule, ShowComments(rule_id=rule.id, version=first.version))


def _is_id(said: str) -> bool:
    try:
        UUID(said)
    except ValueError:
        return False
    return True


def _dispose_one(store: GovernanceStore, actor: Actor, comment: Comment, now: datetime) -> None:
    store.dispose_comment(replace(comment, disposed_by=actor.person_id, disposed_at=now))
    item = store.item(comment.item_id)
    if item is None or item.queue != DESK or item.state is ItemState.ANSWERED:
        return  # somebody else's now: its own reader answers it
    answered = replace(
        item, state=ItemState.ANSWERED, answer=comment.reason, answered_by=actor.person_id
    )
    store.update_item(answered)
    tell_author(store, answered, News.ANSWERED, now)


SUBJECTS: Subjects = (Subject(kind=RULE, named=named, take=take, outcome=outcome),)

OPERATIONS: Operations = (
    Operation(
        command=ShowComments,
        run=lambda store, actor, command, _: show(store, actor, command),
        may=lambda actor, command, store: (
            None
            if (rule := store.rule(command.rule_id)) and may_read(actor, rule)
            else refusal(NOT_HERE)
        ),
        reads=True,
        button="rule-comments",
        carries=("version",),
    ),
    Operation(
        command=DisposeComments,
        run=dispose,
        may=_may_dispose,
        button="rule-dispose",
        opens=open_dispose,
    ),
)
