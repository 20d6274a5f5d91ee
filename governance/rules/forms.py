"""What the forms about a rule show beside their fields."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.forms import Opening, Said, counted
from core.words import Words
from governance import links
from governance.rules import wording
from governance.rules.commands import ShowComments, ShowRule
from governance.rules.model import RuleStep
from governance.second_person import wording as asking
from governance.second_person.model import SecondPerson


def step(
    rule: UUID,
    number: str,
    taken: RuleStep,
    *,
    day: bool = False,
    why: bool = False,
    votes: bool = False,
    quorum: int = 0,
    earliest: date | None = None,
    second: SecondPerson | None = None,
) -> Opening:
    """The form of a step. ``earliest``: the first day that fits. ``second``: who has to approve it
    first."""
    asked = {
        "on": day,
        "why": why,
        "successor": taken is RuleStep.SUPERSEDED,
        **dict.fromkeys(("present", "favor", "against", "abstained"), votes),
    }

    def label(words: Words) -> str:
        return wording.step(words, taken)

    return Opening(
        title=Said("{step}: {number}", {"step": label, "number": number}),
        submit=lambda words: asking.label(words, second, label(words)),
        above=(lambda words: asking.first(words, second),) if second else (),
        values={"on": earliest} if day else {},
        labels={"on": lambda words: wording.day(words, taken)} if day else {},
        hints={"present": counted("Quorum: {n} member.", "Quorum: {n} members.", quorum)},
        without=frozenset(name for name, is_asked in asked.items() if not is_asked),
        leave=links.rule("", rule),
        back=ShowRule(rule_id=rule),
    )


def exemption(rule: UUID, number: str) -> Opening:
    return Opening(
        title=Said("An exception from {number}", {"number": number}),
        submit=Said("Grant it"),
        shows=Said("Grant an exception"),
        leave=links.rule("", rule),
        back=ShowRule(rule_id=rule),
    )


def disposing(
    rule: UUID, number: str, comments: tuple[tuple[str, str], ...], chosen: tuple[str, ...]
) -> Opening:
    """``comments``: (id, its beginning), those that say the same as ``chosen``."""
    return Opening(
        title=Said("Answer comments on {number}", {"number": number}),
        submit=Said("Send the answer"),
        choices={"comments": comments},
        values={"comments": chosen},
        leave=links.rule("", rule),
        back=ShowComments(rule_id=rule),
    )
