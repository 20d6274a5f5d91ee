"""The small checklist in the town, assessed by two owners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from bot.registry import decode, encode
from governance.controls.answer_commands import AnswerSafeguard, Applies
from governance.controls.model import Assessed, Dimension
from governance.controls.running_commands import (
    NameOwners,
    OpenAssessment,
    ReviewSafeguard,
    Verdict,
    WriteAssessment,
)
from governance.controls.running_messages import RunView
from governance.forms.commands import Open
from governance.forms.messages import FormView
from tests.attacks.hall import Hall
from tests.governance.controls.frameworks import SMALL
from tests.journeys.town import ISO, OFFICE, TEACHER

DUE = date(2026, 11, 2)
"""A school day four weeks after the hall opens."""
OWNERS = f"1 {TEACHER}\n2.1 {OFFICE}"


async def brought_in(town: Hall) -> None:
    await town.core.store.write(lambda tx: tx.put_framework(SMALL, None, town.clock()))


async def begun(town: Hall, owners: str = OWNERS, **more: Any) -> UUID:
    """A draft with its owners."""
    await brought_in(town)
    assessment_id = uuid4()
    given: dict[str, Any] = {"name": "Winter", "group": "g1", "due": DUE} | more
    command = WriteAssessment(framework="small", assessment_id=assessment_id, **given)
    view = await town.ask(ISO, command)
    assert isinstance(view, RunView), view
    if owners:
        view = await town.ask(ISO, NameOwners(assessment_id=assessment_id, owners=owners))
        assert isinstance(view, RunView), view
    return assessment_id


async def opened(town: Hall, owners: str = OWNERS, unowned: int = 0, **more: Any) -> UUID:
    assessment_id = await begun(town, owners, **more)
    view = await town.ask(ISO, OpenAssessment(assessment_id=assessment_id, unowned=unowned))
    assert isinstance(view, RunView), view
    return assessment_id


def answer(assessment_id: UUID, number: str, score: int = 3, **more: Any) -> AnswerSafeguard:
    given: dict[str, Any] = {one.value: str(score) for one in Dimension}
    given |= {"applies": Applies.YES, "evidence": "The procedure is on the shelf."}
    return AnswerSafeguard(assessment_id=assessment_id, number=number, **(given | more))


async def review(
    town: Hall, assessment_id: UUID, number: str, verdict: Verdict, word: str = ""
) -> Any:
    shows = Open(of=ReviewSafeguard(assessment_id=assessment_id, number=number))
    form = await town.ask(ISO, shows)
    assert isinstance(form, FormView), form
    return await town.ask(ISO, replace(carried(form), verdict=verdict, word=word))


def carried(form: FormView) -> Any:
    """The command of the form's button, as it travels with the message."""
    command = decode(encode(form.of))
    assert command is not None
    return command


async def row(town: Hall, assessment_id: UUID, number: str) -> Assessed:
    found = await town.core.store.read(lambda tx: tx.assessed_one(assessment_id, number))
    assert found is not None
    return found
