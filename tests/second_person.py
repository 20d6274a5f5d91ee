"""The second person of a test's town: approves through the door what waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.conversation import Speaker
from core.people import Person, Platform
from governance.announcements.approvals import others
from governance.second_person.commands import ApproveRequest, AskSecondPerson
from governance.second_person.messages import SecondAsked
from governance.second_person.model import HeldRequest, RequestState


async def held(town: Any, *states: RequestState) -> Sequence[HeldRequest]:
    """What waits for somebody. ``town``: anything with a ``core``."""
    found: Sequence[HeldRequest] = await town.core.store.read(lambda tx: tx.held_requests(*states))
    return found


async def approve_all(town: Any) -> int:
    """Whoever asked confirms it, with the word for everyone, and a second person approves it; how
    many requests there were."""
    approved = 0
    for request in await held(town, RequestState.DRAFT, RequestState.WAITING):
        if request.state is RequestState.DRAFT:
            assert request.asked_by is not None
            ask = AskSecondPerson(request_id=request.id, everyone="everyone")
            await _says(town, request.asked_by, ask)
        waiting = await town.core.store.read(lambda tx, one=request: tx.held_request(one.id))
        may: Sequence[Person] = await town.core.store.read(
            lambda tx, one=request: others(tx, one.asked_by)
        )
        said = await _says(
            town, may[0].id, ApproveRequest(request_id=waiting.id, number=waiting.number)
        )
        assert isinstance(said, SecondAsked), said
        assert said.state is RequestState.APPROVED, said
        approved += 1
    return approved


async def _says(town: Any, person: Any, command: Any) -> Any:
    speaker = Speaker(platform=Platform.WEB, person=person)
    return (await town.core.dispatch.handle(speaker, command)).message
