"""The demo's two-minute tour: eight things to try, each a button that becomes the right person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.registry import operation_of
from bot.web.sessions import Session
from bot.web.settings import Followed, Persona
from core.commands import Command
from core.words import Words
from governance import links, wording
from governance.announcements.commands import AcknowledgeAnnouncement
from governance.docket.commands import AnswerItem
from governance.rules.model import number_key

REPLY = "reply"
"""The step whose person and page depend on where the visitor's message went."""

APPROVALS = frozenset({"approve", "approve-second"})
"""Buttons of a second person's yes."""

LOOKING = frozenset({"comment"})
"""Steps that are done by opening their page."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: as whom, where it starts, and whether it was done."""

    key: str
    words: str
    persona: Persona
    path: str
    done: bool


def demo_rule(number: str) -> UUID:
    """The id of a rule of the demo: the same at every start."""
    return uuid5(NAMESPACE_URL, f"demo/rules/{number_key(number)}")


def step_of(command: Command) -> str:
    """The step that a command does which a button carries; "" of any other."""
    match command:
        case AnswerItem():
            return REPLY
        case AcknowledgeAnnouncement():
            return "read"
        case _:
            return "approve" if operation_of(command).button in APPROVALS else ""


def tour_steps(
    personas: Sequence[Persona], session: Session, followed: Followed | None, words: Words
) -> tuple[Step, ...]:
    """The tour with the personas there are; empty outside the demo."""
    say = words.say
    by_key = {persona.key: persona for persona in personas}
    results = f"/results/{session.wave}" if session.wave else "/desk/surveys"
    answer = say("Answer it as the chair")
    if followed:
        by_key["chair"] = followed.persona
        answer = say(
            "Answer it for {committee}", committee=wording.queue(words, followed.queue_name)
        )
    comments = links.rule_comments("", demo_rule("ITR 4"), 1)
    planned = [
        ("answer", say("Answer the pulse as the teacher"), "teacher", "/"),
        ("results", say("See results appear as the CTO"), "cto", results),
        ("tell", say("Tell us something as the teacher"), "teacher", "/feedback?example=1"),
        (REPLY, answer, "chair", followed.path if followed else "/"),
        ("comment", say("See how a comment on a rule was answered"), "teacher", comments),
        ("announce", say("Send an announcement as the CTO"), "cto", "/announcements"),
        ("approve", say("Approve it as the second person"), "responder", "/"),
        ("read", say("Confirm it as the teacher"), "teacher", "/"),
    ]
    return tuple(
        Step(
            key=key,
            words=told,
            persona=by_key[part],
            path=path,
            done=key in session.toured,
        )
        for key, told, part, path in planned
        if part in by_key
    )
