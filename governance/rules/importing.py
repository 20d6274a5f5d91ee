"""Rules written in files: the operator brings in drafts for their owners, and moves none on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from governance.access import Source, anybody
from governance.messages import Done
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.rules.commands import ImportRules
from governance.rules.handlers import may_be_drafted, take, unfit_draft
from governance.rules.model import Rule, RuleState, RuleStep
from governance.rules.text import says_the_same
from surveys.messages import Rejected
from surveys.questions import Unfit

_WHY_NOT = {
    RuleState.PROPOSED: "It is proposed to its committee, which can return it first.",
    RuleState.COMMENTING: "It is open for comment. Its text can change once comments have ended.",
    RuleState.RATIFYING: "It is with its committee, to be ratified.",
    RuleState.RATIFIED: "It is waiting for the Chief Technology Officer’s approval.",
    RuleState.PUBLISHED: "It is in effect. The Information Security Officer revises it first.",
    RuleState.SUPERSEDED: "Another rule has replaced it.",
    RuleState.RETIRED: "It is retired.",
}


def import_rules(store: GovernanceStore, command: ImportRules, now: datetime) -> Done | Rejected:
    """New rules become drafts, drafts are replaced, the same again changes nothing. Where one does
    not fit, none is kept: ``unfit`` says why, by its number."""
    unfit: dict[str, Unfit] = {}
    kept: list[tuple[Rule, bool]] = []
    for one in command.rules:
        known = store.rule_by_number(one.number)
        there = store.lock_rule(known.id) if known else None
        wanted = _onto(there, one)
        if there is not None and _says_the_same(store, there, wanted):
            continue
        if there is not None and not may_be_drafted(there):
            unfit[one.number] = Unfit(why=_WHY_NOT[there.state])
        elif wrong := unfit_draft(store, wanted):
            unfit[one.number] = next(iter(wrong.values()))
        else:
            kept.append((wanted, there is None))
    if unfit:
        return Rejected(unfit=unfit)
    for wanted, new in kept:
        store.put_rule(wanted)
        if new:
            take(store, wanted, RuleStep.DRAFTED, None, now)
        store.audit(None, "rule imported", wanted.id, now)
    return Done()


def _onto(there: Rule | None, one: Rule) -> Rule:
    """What becomes of a rule with what its file says."""
    if there is None or one.draft is None:
        return one
    answers = there.draft.answers if there.draft else ()
    if there.holds or there.state is not RuleState.DRAFT:  # who agrees is settled
        return replace(there, serves=one.serves, draft=replace(one.draft, answers=answers))
    return replace(
        there,
        kind=one.kind,
        number=one.number,
        title=there.title if there.version else one.title,
        committee=one.committee,
        serves=one.serves,
        language=one.language,
        draft=replace(one.draft, answers=answers),
    )


def _says_the_same(store: GovernanceStore, there: Rule, wanted: Rule) -> bool:
    if there.draft is not None:
        return wanted == there
    newest, draft = store.rule_version(there.id, there.version), wanted.draft
    return (
        replace(wanted, draft=None) == there
        and newest is not None
        and draft is not None
        and says_the_same(newest, draft, wanted.language)
    )


OPERATIONS: Operations = (
    Operation(
        command=ImportRules,
        run=lambda store, _, command, now: import_rules(store, command, now),
        may=anybody,
        by=frozenset({Source.OPERATOR}),
    ),
)
