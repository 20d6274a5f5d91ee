"""No registered form drops what a second tab typed while it answers as if that had been taken.

Every operation whose form takes words is done twice in the town of the table of access, with other
words the second time. The words come back, or the second time is refused (then the page keeps them
as a draft), or they are what stands now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from bot.registry import OPERATIONS, may, perform
from core.commands import Command
from governance.access import Actor
from governance.messages import Refused
from governance.priorities.commands import DecideIdea, Decision
from governance.urgent.commands import CloseCase
from governance.urgent.model import Outcome
from storage.connection import Surroundings
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault
from surveys.messages import NotForYou, Rejected
from tests.attacks.hall import SECRET
from tests.governance import test_access as table
from tests.governance.second_person.test_every_operation import actors
from tests.governance.test_access import EVERYTHING

WORDS = ("why", "reason", "note", "text", "word", "outcome", "correction")
"""Inputs of forms that are for sentences. An outcome is a choice in one form, and sentences in
another."""

FIRST, LATER = "Words of the first tab", "Other words typed later"

OF_THEIR_OWN = {
    "GiveFeedback": "other words are a message of their own",
}
"""Not about what somebody else may have decided."""

ELSEWHERE = {
    "AddIdea": "priorities/test_ideas.py",
    "AskAuthor": "conversations/test_conversing.py",
    "CloseGap": "gaps/test_working.py",
    "DecideGap": "gaps/towns.py",
    "DecideIdea": "priorities/test_ideas.py",
    "DeclineAnnouncement": "announcements/test_approving.py",
    "DeclineRequest": "second_person/test_second_person.py",
    "DisposeComments": "rules/test_process.py",
    "EnterPlanDecision": "goal_changes/test_deciding.py",
    "FillAnswer": "test_saved_answers.py",
    "PauseSeries": "series/test_repeating.py",
    "StopSeries": "series/test_repeating.py",
}
"""The town has nothing that they could be done about twice: their own tests do it."""

WRITING_AGAIN = {
    "EnterReading": "a reading of the same day says what stands",
    "GrantExemption": "each is one of its own",
    "PutAside": "the newest day stands, and the item says it",
    "PutAsideTogether": "the newest day stands, and each item says it",
    "ReplyToCommittee": "refused: the draft keeps it",
    "ReviewSafeguard": "the newest word stands, and the one before in the history",
    "TellOutcome": "the newest words stand, and the form has those before",
    "WriteGuide": "a form that shows what stands, and is written again",
    "WriteLesson": "a form that shows what stands, and is written again",
    "WriteProposal": "a form that shows what stands, and is written again",
    "WriteSavedAnswer": "a form that shows what stands, and is written again",
    "WriteRule": "a form that shows what stands, and is written again",
}
"""Forms to write something again: the later words are what stands, or they are refused."""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Transaction]:
    """One transaction on the town of the table of access."""
    url = f"sqlite:///{tmp_path / 'town.sqlite3'}"
    asyncio.run(table._furnish(url))
    around = Surroundings(vault=Vault(SECRET.encode()), signin_token=lambda *_: "link")
    store = Store(url, around)
    with store.engine.connect() as connection:
        yield Transaction(connection, around)
    asyncio.run(store.close())


def sentences(command: Command) -> list[str]:
    typed = {one.name for one in fields(command) if str(one.type) == "str"}
    return [one for one in OPERATIONS[type(command)].takes if one in WORDS and one in typed]


def said(command: Command, words: str) -> Any:
    fitting: dict[str, Any] = dict.fromkeys(sentences(command), words)
    if isinstance(command, CloseCase):
        fitting["outcome"] = Outcome.HELPED
    if isinstance(command, DecideIdea):
        fitting["decision"] = Decision.EDIT
    return replace(command, **fitting)


def second_time(town: Transaction, actor: Actor, command: Command) -> Any:
    """What a second tab gets; None: the town has not what it is about, or the first was refused."""
    now = table.MovableClock()()
    if may(actor, command, town) is not None:
        return None
    first = perform(town, actor, said(command, FIRST), now)
    if isinstance(first, Refused | Rejected | NotForYou) or getattr(first, "unfit", None):
        return None
    return perform(town, actor, said(command, LATER), now)


def test_no_second_tab_is_told_that_dropped_words_were_taken(town: Transaction) -> None:
    back, silent = set[str](), set[str]()
    asked = {type(one).__name__ for one in EVERYTHING if sentences(one)}
    for command in EVERYTHING:
        for _, actor in actors(town) if sentences(command) else ():
            saved = town.connection.begin_nested()
            town.within.clear()
            try:
                answered = second_time(town, actor, command)
            except (LookupError, ValueError, AssertionError):
                answered = None  # the town has not what it is about
            finally:
                saved.rollback()
            if answered is None:
                continue
            kept = isinstance(answered, Refused | Rejected | NotForYou) or LATER in repr(answered)
            (back if kept else silent).add(type(command).__name__)
    assert silent <= set(OF_THEIR_OWN), "answered as if it had been taken"
    assert back >= {
        "AnswerItem",
        "CancelSession",
        "CloseCase",
        "CorrectReport",
        "DecideAdvice",
        "MoveItem",
        "TakeChangeStep",
        "TakeStep",
    }
    assert asked - back - silent <= {*ELSEWHERE, *WRITING_AGAIN}, "done twice by no test"
    for name, test in ELSEWHERE.items():
        assert f"{name}(" in (Path(__file__).parent / test).read_text(), test
