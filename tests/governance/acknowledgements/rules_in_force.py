"""Rules that are in force, without the months that it takes to agree on one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from core.people import Audience
from core.text import Text
from governance.rules.handlers import fix_version
from governance.rules.model import Draft, Rule, RuleKind, RuleState
from storage.transaction import Transaction


def publish(
    tx: Transaction,
    number: str,
    now: datetime,
    *,
    audience: Audience | None = None,
    read_first: bool = False,
    text: str = "",
) -> UUID:
    rule = Rule(
        id=uuid4(),
        kind=RuleKind.REGULATION,
        number=number,
        title=Text(default=f"Title of {number}"),
        committee="network",
        state=RuleState.PUBLISHED,
        draft=Draft(
            title=Text(default=f"Title of {number}"),
            texts={"en": text or f"Text of {number}."},
            audience=audience or Audience(),
            read_first=read_first,
        ),
    )
    tx.put_rule(rule)
    made = fix_version(tx, rule, None, now)
    tx.put_rule(replace(made, in_force=made.version, draft=None))
    return rule.id


def amend(
    tx: Transaction, rule_id: UUID, text: str, now: datetime, *, changed: str, material: bool = True
) -> None:
    """A new version, in force at once."""
    rule = tx.rule(rule_id)
    assert rule is not None
    before = tx.rule_version(rule_id, rule.version)
    assert before is not None
    draft = Draft(
        title=rule.title,
        texts={"en": text},
        changed=changed,
        material=material,
        audience=before.audience,
    )
    made = fix_version(tx, replace(rule, draft=draft), None, now)
    tx.put_rule(replace(made, in_force=made.version, draft=None))
