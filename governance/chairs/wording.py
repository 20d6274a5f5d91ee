"""The chair's page and the agenda, in words."""

from __future__ import annotations

from typing import assert_never

from core.words import Words
from governance.chairs.bulk import Became, Bulk, BulkAct
from governance.chairs.views import AnswerDraft, DraftKind


def draft(words: Words, one: AnswerDraft) -> str:
    """A drafted answer, to be changed by whoever sends it."""
    match one.kind:
        case DraftKind.EARLIER:
            return one.words
        case DraftKind.ANNOUNCED:
            return words.say("This is decided. See the announcement “{title}”.", title=one.words)
        case DraftKind.HELP_DESK:
            return words.say(
                "The help desk can fix this: {whom}. If it keeps coming back, tell us, and the "
                "committee will look into it.",
                whom=one.words,
            )
        case _:
            assert_never(one.kind)


def source(words: Words, one: AnswerDraft) -> str:
    """Where a draft is from."""
    match one.kind:
        case DraftKind.EARLIER:
            return words.say("Drafted from your own answer to a similar message. Read it first.")
        case DraftKind.ANNOUNCED:
            return words.say("Drafted from the announcement that is linked to it.")
        case DraftKind.HELP_DESK:
            return words.say("Drafted because the help desk handles things like this.")
        case _:
            assert_never(one.kind)


def act(words: Words, bulk: Bulk) -> str:
    """What is done with how many."""
    n = len(bulk.items)
    match bulk.act:
        case BulkAct.ACKNOWLEDGE:
            return words.count("Acknowledge {n} message", "Acknowledge {n} messages", n)
        case BulkAct.DISCUSS:
            return words.count("Discuss {n} message", "Discuss {n} messages", n)
        case BulkAct.ANSWER:
            return words.count("Answer {n} message", "Answer {n} messages", n)
        case BulkAct.MOVE:
            return words.count("Move {n} message", "Move {n} messages", n)
        case BulkAct.FILE:
            return words.count("File {n} message", "File {n} messages", n)
        case _:
            assert_never(bulk.act)


def ending(words: Words, bulk: Bulk) -> str:
    """When it leaves, or what happened to it."""
    if bulk.ended_at is None:
        return words.say("Goes out {when}.", when=words.when(bulk.leaves_at))
    if bulk.undone:
        return words.say("Undone. Nothing was changed, and nobody was notified.")
    return words.say("Sent {when}.", when=words.when(bulk.ended_at))


def became(words: Words, one: Became | None) -> str:
    """Of one item; "" before it has left."""
    match one:
        case None:
            return ""
        case Became.DONE:
            return words.say("done")
        case Became.CHANGED:
            return words.say("not done: someone else already handled it, or it was moved")
        case _:
            assert_never(one)


def decision(words: Words, accepted: bool | None) -> str:
    if accepted is None:
        return words.say("Answered")
    return words.say("Accepted") if accepted else words.say("Declined")
