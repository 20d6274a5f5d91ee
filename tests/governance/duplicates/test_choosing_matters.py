"""From a card in chat: this says the same as another message, or one of them says another thing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from governance.committees.model import TRIAGE
from governance.docket.commands import AnswerItem, ShowAnswerForm
from governance.duplicates.choosing import NO_OTHER
from governance.duplicates.commands import JoinItem, PartItem
from governance.duplicates.model import Alike, SaidBy
from governance.feedback.model import Urgency
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import AnswerForm, Brief, Refused
from governance.reading.embedding import SIZE
from governance.reading.matching import packed
from tests.attacks.hall import Hall, hall
from tests.governance.duplicates.test_matters import OTHER, SAID, SAME, docket, many, told
from tests.journeys.town import CHAIR, OFFICE, TEACHER


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=12) as found:
        yield found


def meaning(*numbers: float) -> Alike:
    vector = np.zeros(SIZE, np.float32)
    vector[: len(numbers)] = numbers
    return Alike(vector=packed(vector))


async def test_one_is_joined_to_the_likeliest_and_both_hear_one_answer(town: Hall) -> None:
    far = await town.item(OFFICE, OTHER, alike=meaning(0.1, 1))
    near = await town.item(OFFICE, SAME, alike=meaning(1, 0.2))
    item = await town.item(TEACHER, SAID, alike=meaning(1))
    form = await town.ask(CHAIR, Open(of=JoinItem(item_id=item)))
    assert isinstance(form, FormView)
    assert form.opening.choices["to"] == ((str(near), SAME), (str(far), OTHER)), (
        "the likeliest first"
    )
    card = await town.ask(CHAIR, JoinItem(item_id=item, to=str(near)))
    assert isinstance(card, Brief)
    assert (card.item_id, card.said_by) == (near, SaidBy(people=None))
    assert {one.item_id for one in await docket(town)} == {far, near}
    await town.ask(CHAIR, AnswerItem(item_id=item, text="Friday."))
    assert await told(town, "told-answered") == {near, item}


async def test_one_of_five_is_split_off_and_its_author_does_not_hear_the_answer(
    town: Hall,
) -> None:
    items = await many(town, 5)
    form = await town.ask(CHAIR, Open(of=PartItem(item_id=items[0])))
    assert isinstance(form, FormView)
    assert {key for key, _ in form.opening.choices["to"]} == {str(one) for one in items[1:]}
    card = await town.ask(CHAIR, PartItem(item_id=items[0], to=str(items[3])))
    assert isinstance(card, Brief)
    assert (card.item_id, card.said_by) == (items[0], SaidBy(people=None))
    assert {one.item_id for one in await docket(town)} == {items[0], items[3]}
    await town.ask(CHAIR, AnswerItem(item_id=items[0], text="Friday."))
    assert await told(town, "told-answered") == set(items) - {items[3]}


@pytest.mark.parametrize(
    ("people", "said_by"), [(1, None), (4, SaidBy(people=None)), (5, SaidBy(people=5))]
)
async def test_who_answers_is_told_how_many_hear_it_from_five_people_on(
    town: Hall, people: int, said_by: SaidBy | None
) -> None:
    items = await many(town, people)
    form = await town.ask(CHAIR, ShowAnswerForm(item_id=items[0]))
    assert isinstance(form, AnswerForm)
    assert form.said_by == said_by


async def test_what_is_alone_urgent_or_in_triage_is_not_chosen_for(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    alone = await town.ask(CHAIR, Open(of=JoinItem(item_id=item)))
    assert isinstance(alone, Refused)
    assert alone.why.why == NO_OTHER
    assert isinstance(await town.ask(CHAIR, Open(of=PartItem(item_id=item))), Refused)
    urgent = await town.item(OFFICE, SAME, urgency=Urgency.SECURITY)
    await town.item(OFFICE, SAME, TRIAGE)
    assert isinstance(await town.ask(CHAIR, Open(of=JoinItem(item_id=item))), Refused)
    assert isinstance(await town.ask(CHAIR, Open(of=JoinItem(item_id=urgent))), Brief)


async def test_what_was_not_offered_cannot_be_chosen(town: Hall) -> None:
    items = await many(town, 2)
    await town.item(OFFICE, OTHER, alike=meaning(0.1, 1))
    elsewhere = await town.item(OFFICE, SAME, "library-media")
    for command in (
        JoinItem(item_id=items[0], to=str(elsewhere)),
        JoinItem(item_id=items[0], to=str(items[0])),
        JoinItem(item_id=items[0], to="nonsense"),
        PartItem(item_id=items[0], to=str(elsewhere)),
        PartItem(item_id=items[0]),
    ):
        found = await town.ask(CHAIR, command)
        assert isinstance(found, FormView), command
        assert set(found.unfit) == {"to"}
    assert await town.core.store.read(lambda tx: tx.lead_of(items[1])) == items[0]
