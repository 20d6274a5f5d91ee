"""The demo's two-minute tour: six things to try, each a button that becomes the right person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.web.sessions import Session
from bot.web.settings import Persona
from bot.words import Words


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: as whom, where it starts, and whether it was done."""

    key: str
    words: str
    persona: Persona
    path: str
    done: bool


def tour_steps(personas: Sequence[Persona], session: Session, words: Words) -> tuple[Step, ...]:
    """The tour with the personas there are; empty outside the demo."""
    say = words.say
    results = f"/results/{session.wave}" if session.wave else "/desk"
    planned = [
        ("answer", say("Answer the pulse as the teacher"), "teacher", "/"),
        ("results", say("See results appear"), "cto", results),
        ("tell", say("Tell us something"), "teacher", "/feedback"),
        ("reply", say("Answer it as the chair"), "chair", "/"),
        ("announce", say("Announce as the CTO"), "cto", "/desk"),
        ("read", say("Press “I have read this” as the teacher"), "teacher", "/"),
    ]
    by_key = {persona.key: persona for persona in personas}
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
