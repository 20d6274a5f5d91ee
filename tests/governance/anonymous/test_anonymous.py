"""An anonymous item: what a committee may know of its author, and how they hear of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.people import Level, Role
from governance.committees.model import Office
from governance.composing import compose
from governance.docket.commands import AcknowledgeItem, AnswerItem, GiveFeedback, ShowItem
from governance.feedback.model import Byline, Naming, Urgency
from governance.messages import UrgentAlert
from governance.reading.router import Router
from storage.ledger_tables import delivery
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, TEACHER, example

QUEUE = next(c.key for c in example().district.committees if c.chair == CHAIR)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=40) as found:
        yield found


async def test_a_committee_knows_nothing_of_an_anonymous_author_not_even_the_role(
    town: Hall,
) -> None:
    withheld = await town.item(TEACHER, "The wifi drops.", QUEUE)
    anonymous = await town.item(None, "The wifi drops.", QUEUE)
    assert (await town.ask(CHAIR, ShowItem(item_id=withheld))).byline != Byline()
    assert (await town.ask(CHAIR, ShowItem(item_id=anonymous))).byline == Byline()


async def test_what_an_anonymous_author_would_hear_is_kept_and_nobody_is_sent_it(
    town: Hall,
) -> None:
    item = await town.item(None, "The wifi drops.", QUEUE)
    await town.ask(CHAIR, AcknowledgeItem(item_id=item))
    await town.ask(CHAIR, AnswerItem(item_id=item, text="A new access point comes."))
    kept = await town.core.store.read(lambda tx: tx.news_of(item))
    assert [news for news, _ in kept] == ["acknowledged", "answered"]
    queued = await town.core.store.read(
        lambda tx: tx.connection.execute(
            select(delivery.c.kind).where(delivery.c.subject == item)
        ).scalars()
    )
    assert not [kind for kind in queued if kind.startswith("told")]


async def test_no_buildings_leader_is_given_an_anonymous_item(town: Hall) -> None:
    schools = next(c for c in example().district.committees if c.technology_leaders)
    item = await town.item(None, "The projector flickers.", schools.key)
    assert (await town.stored(item)).assigned_to is None


async def test_a_responder_to_an_anonymous_item_hears_that_nobody_knows_who_said_it(
    town: Hall,
) -> None:
    item = await town.item(None, "Somebody brought a knife.", urgency=Urgency.SAFETY)
    responder = next(
        o.person for o in example().district.officers if o.office is Office.RESPONDER_SAFETY
    )
    alert = await town.core.store.read(
        lambda tx: compose(
            tx, "urgent-safety", item, tx.person_by_email(responder), None, town.clock()
        )
    )
    assert isinstance(alert, UrgentAlert)
    assert (alert.author, alert.building) == (None, None)
    assert alert.original == "Somebody brought a knife."


async def test_where_one_is_signed_in_nothing_is_taken_as_anonymous(town: Hall) -> None:
    """A form that says so was not one of ours; its words stay with who wrote them."""
    back = await town.ask(
        TEACHER, GiveFeedback(item_id=uuid4(), text="Hello.", naming=Naming.ANONYMOUS)
    )
    assert isinstance(back, Rejected)
    assert set(back.unfit) == {"naming"}
    assert not await town.core.store.read(lambda tx: tx.unread_items())


def test_where_nobody_knows_the_level_every_level_may_be_meant() -> None:
    router = Router.train(example().district.committees, [])
    known = router.judge("The projector flickers.", Role.TEACHER, Level.MIDDLE)
    unknown = router.judge("The projector flickers.", None, None)
    assert {one.committee for one in known.likely} < {one.committee for one in unknown.likely}
