"""Sentences about named lists that more than one drawing says."""

from __future__ import annotations

from collections.abc import Iterable

from core.words import Words
from governance.committees.model import GroupKind
from governance.lists.model import Imported, NamedList

_TOLD = 10
"""Lines of an import that are told one by one."""


def source(words: Words, one: NamedList) -> str:
    """Where its members come from."""
    match one.kind:
        case GroupKind.MICROSOFT:
            return words.say("A Microsoft 365 group")
        case GroupKind.SLACK:
            return words.say("A user group in Slack")
        case GroupKind.SLACK_CHANNEL:
            return words.say("The members of a Slack channel")
        case None:
            return words.say("Imported")


def people(words: Words, one: NamedList) -> str:
    return words.count("{n} person", "{n} people", one.people)


def state(words: Words, one: NamedList) -> str:
    """Since when its members are these; of a group that does not tell, why."""
    if one.filled_at is None:
        waits = words.say("Its group is checked within a minute.")
        return trouble(words, one) or waits
    if one.trouble:
        return words.say(
            "Not updated since {when}: {why}", when=words.when(one.filled_at), why=one.trouble
        )
    return words.say("Updated on {when}.", when=words.when(one.filled_at))


def trouble(words: Words, one: NamedList) -> str:
    if not one.trouble:
        return ""
    return words.say("We can’t see who is in its group: {why}", why=one.trouble)


def stale(words: Words, lists: Iterable[NamedList]) -> list[str]:
    """For whoever sends to them: lists that may be out of date."""
    return [
        words.say("The list “{name}”: {state}", name=one.name, state=state(words, one))
        for one in lists
    ]


def left_out(words: Words, one: NamedList) -> str:
    if not one.left_out:
        return ""
    return words.count(
        "{n} address is not on the staff roster and was left out.",
        "{n} addresses are not on the staff roster and were left out.",
        one.left_out,
    )


def imported(words: Words, found: Imported) -> list[str]:
    """What an import did, and which of its lines count for nobody."""
    said = [
        words.count(
            "{n} person on the roster is on this list now.",
            "{n} people on the roster are on this list now.",
            found.people,
        )
    ]
    if found.twice:
        twice = words.count(
            "{n} address is listed more than once.",
            "{n} addresses are listed more than once.",
            found.twice,
        )
        said.append(twice)
    if found.strangers:
        strangers = words.count(
            "{n} address is not on the roster:",
            "{n} addresses are not on the roster:",
            len(found.strangers),
        )
        said.append(f"{strangers} {_first(words, found.strangers)}")
    if found.unread:
        unread = words.count(
            "{n} line has no email address:",
            "{n} lines have no email address:",
            len(found.unread),
        )
        said.append(f"{unread} {_first(words, found.unread)}")
    return said


def _first(words: Words, lines: tuple[tuple[int, str], ...]) -> str:
    told = [words.say("line {n} ({said})", n=str(n), said=said) for n, said in lines[:_TOLD]]
    if (more := len(lines) - _TOLD) > 0:
        told.append(words.count("{n} more", "{n} more", more))
    return ", ".join(told)
