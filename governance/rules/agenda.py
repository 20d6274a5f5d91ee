"""The rules that wait for a committee, with what was said about them, for its agenda."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from governance.ports import GovernanceStore
from governance.rules.comments import alike_of, headings_of
from governance.rules.messages import AgendaRule, CommentLine
from governance.rules.model import Comment, Rule, RuleState

MOST_IN_SECTION = 5
"""Comments on one section. The page of comments has all."""


def rules_for(
    store: GovernanceStore, committee: str, hidden: Collection[UUID], *, shared: bool
) -> tuple[AgendaRule, ...]:
    """``shared``: without any words of staff."""
    waiting = (RuleState.PROPOSED, RuleState.RATIFYING)
    rules = [one for one in store.rules() if one.committee == committee and one.state in waiting]
    return tuple(_waiting(store, one, hidden, shared=shared) for one in rules)


def _waiting(
    store: GovernanceStore, rule: Rule, hidden: Collection[UUID], *, shared: bool
) -> AgendaRule:
    """Comments are on the version that was proposed or that staff commented on, not on the
    amended one."""
    newest = store.rule_version(rule.id, rule.version)
    since = [one for one in store.rule_comments(rule.id) if one.version > (rule.in_force or 0)]
    on = max((one.version for one in since), default=rule.version)
    comments = [one for one in since if one.version == on]
    said = [one for one in comments if one.words and one.item_id not in hidden]
    return AgendaRule(
        rule_id=rule.id,
        number=rule.number,
        title=newest.title if newest else rule.title,
        version=rule.version,
        state=rule.state,
        comments=len(comments),
        commented=on,
        lines=() if shared else tuple(_lines(store, rule, on, said)),
    )


def _lines(
    store: GovernanceStore, rule: Rule, version: int, said: Sequence[Comment]
) -> Iterator[CommentLine]:
    """By section; what most people say comes first, and once."""
    headings, alike = headings_of(store.rule_version(rule.id, version)), alike_of(store, said)
    for section in sorted({one.section for one in said}):
        here = [one for one in said if one.section == section]
        told: set[UUID] = set()
        shown: list[Comment] = []
        for one in sorted(here, key=lambda one: -len(alike[one.item_id])):
            if one.item_id not in told:
                told.update(alike[one.item_id])
                shown.append(one)
        for one in shown[:MOST_IN_SECTION]:
            others, heading = len(alike[one.item_id]), headings.get(section, "")
            yield CommentLine(comment=one, heading=heading, alike=others)
