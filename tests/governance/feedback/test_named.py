"""What names somebody on duty never reaches them: the next one has it instead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from core.people import Person
from core.words import Words
from governance.committees.model import RESPONDERS, RESTRICTED, TRIAGE, Office
from governance.composing import compose
from governance.docket.commands import MoveItem, ShowItem
from governance.duplicates.commands import ShowMatter
from governance.feedback.model import Urgency
from governance.feedback.named import names
from governance.forms.messages import FormView
from governance.home.commands import RemindReader, ShowDocket
from governance.messages import Brief, Refused, Told
from governance.urgent import wording as case_words
from governance.urgent.commands import ShowCase, ShowCases, TakeCase
from governance.urgent.messages import CasesView, UrgentAlert
from governance.views import DocketView
from storage.ledger_tables import audit, delivery
from storage.tables import person as people
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, TEACHER, example, person

SAFETY = Urgency.SAFETY


def holders(office: Office) -> list[str]:
    found = next(one for one in example().district.officers if one.office is office)
    return [found.person, *found.deputies]


FIRST, SECOND, *_ = holders(Office.RESPONDER_SAFETY)
READER, DEPUTY = holders(Office.RESTRICTED_READER)
OWNER, STANDS_IN = holders(Office.TRIAGE_OWNER)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def about(town: Hall, email: str, words: str = "Mr. {} frightens me") -> tuple[Person, str]:
    who = await person(town.core, email)
    return who, words.format(who.family_name)


async def told(town: Hall, item: UUID, *kinds: str) -> set[str]:
    """Who was sent something about an item, by address."""
    rows = (
        select(people.c.email)
        .join(delivery, delivery.c.person_id == people.c.id)
        .where(delivery.c.subject == item, delivery.c.kind.in_(kinds))
    )
    return await town.core.store.read(lambda tx: set(tx.connection.execute(rows).scalars()))


async def logged(town: Hall, item: UUID) -> str:
    rows = select(audit.c.what).where(audit.c.subject == item)
    return await town.core.store.read(lambda tx: "\n".join(tx.connection.execute(rows).scalars()))


async def test_an_urgent_message_about_a_responder_goes_to_the_next_one_and_not_to_them(
    town: Hall,
) -> None:
    who, words = await about(town, FIRST, "Mr. {} has a gun in his desk")
    item = await town.item(TEACHER, words, urgency=SAFETY)
    for _ in range(12):  # also when everybody is called, again and again
        town.clock.forward(minutes=15)
        await town.core.dispatch.keep_time()
    called = await told(town, item, "urgent-safety")
    assert SECOND in called
    assert FIRST not in called
    for command in (ShowCase(item_id=item, urgency=SAFETY), TakeCase(item_id=item, urgency=SAFETY)):
        assert isinstance(await town.ask(FIRST, command), Refused)
    view = await town.ask(FIRST, ShowCases())
    assert isinstance(view, CasesView)
    assert not view.open_cases
    assert isinstance(await town.ask(SECOND, TakeCase(item_id=item, urgency=SAFETY)), UrgentAlert)
    assert FIRST not in await told(town, item, "case-taken-safety")
    said = await logged(town, item)
    assert f"kept from {who.id}, whom it names" in said
    assert "gun" not in said
    assert who.family_name not in said


async def test_where_every_responder_of_a_kind_is_named_who_stands_above_is_called_at_once(
    town: Hall,
) -> None:
    those = [(await person(town.core, one)).name for one in holders(Office.RESPONDER_SAFETY)]
    item = await town.item(TEACHER, f"{', '.join(those)} have a gun", urgency=SAFETY)
    iso, cto = holders(Office.ISO)[0], holders(Office.CTO)[0]
    assert await told(town, item, "urgent-safety") == {iso, cto}
    assert isinstance(await town.ask(iso, TakeCase(item_id=item, urgency=SAFETY)), UrgentAlert)


async def test_where_nobody_is_left_to_call_the_author_hears_that(town: Hall) -> None:
    offices = (*RESPONDERS.values(), Office.ISO, Office.CTO)
    those = {(await person(town.core, one)).name for office in offices for one in holders(office)}
    item = await town.item(TEACHER, f"{', '.join(those)} have a gun", urgency=SAFETY)
    assert await told(town, item, "urgent-safety") == set()
    heard = await town.core.store.read(
        lambda tx: compose(tx, "told-urgent", item, None, None, town.clock())
    )
    assert isinstance(heard, Told)
    assert heard.called == ()
    assert "nobody here was alerted" in " ".join(case_words.notice(Words(), heard)[1])
    called = case_words.notice(Words(), replace(heard, called=("A. Ray",)))[1]
    assert "nobody" not in " ".join(called)


async def test_something_sensitive_about_the_reader_is_read_by_the_deputy(town: Hall) -> None:
    who, words = await about(town, READER)
    item = await town.item(TEACHER, words, queue=RESTRICTED)
    other = await town.item(TEACHER, "My supervisor comments on my body", queue=RESTRICTED)
    assert await told(town, item, "restricted") == {DEPUTY}
    assert await told(town, other, "restricted") == {READER}
    await town.core.dispatch.by_itself(RemindReader())
    assert await told(town, item, "restricted-daily") == {DEPUTY}
    assert await told(town, other, "restricted-daily") == {READER}
    waits = await town.core.store.read(
        lambda tx: compose(tx, "restricted-daily", other, None, None, town.clock())
    )
    assert waits.count == 1, "no count speaks of the other one"
    assert isinstance(await town.ask(READER, ShowItem(item_id=item)), Refused)
    listed = await town.ask(READER, ShowDocket(queue=RESTRICTED))
    assert isinstance(listed, DocketView)
    assert [one.item_id for one in listed.open_items] == [other]
    assert isinstance(await town.ask(DEPUTY, ShowItem(item_id=item)), Brief)
    assert who.family_name not in await logged(town, item)


async def test_what_names_a_committees_chair_goes_to_triage_and_cannot_be_moved_there(
    town: Hall,
) -> None:
    _, words = await about(town, CHAIR, "{} never answers about the wifi")
    item = await town.item(TEACHER, words)
    assert (await town.stored(item)).queue == TRIAGE
    for command in (ShowItem(item_id=item), ShowMatter(item_id=item)):
        assert isinstance(await town.ask(CHAIR, command), Refused)
    back = await town.ask(OWNER, MoveItem(item_id=item, to="network"))
    assert isinstance(back, FormView)
    assert "names someone" in back.unfit["to"].why
    assert isinstance(await town.ask(OWNER, MoveItem(item_id=item, to="library-media")), Brief)


async def test_what_names_who_sorts_is_in_no_channel_of_triage(town: Hall) -> None:
    _, words = await about(town, OWNER)
    item = await town.item(TEACHER, words, queue="network")
    await town.ask(CHAIR, MoveItem(item_id=item, to=TRIAGE))
    assert await told(town, item, "triage-late") == {STANDS_IN}
    in_channel = await town.core.store.read(
        lambda tx: compose(tx, "brief", item, None, TRIAGE, town.clock())
    )
    assert in_channel is None
    listed = await town.ask(OWNER, ShowDocket(queue=TRIAGE))
    assert isinstance(listed, DocketView)
    assert not listed.open_items
    assert isinstance(await town.ask(OWNER, ShowItem(item_id=item)), Refused)
    assert isinstance(await town.ask(STANDS_IN, ShowItem(item_id=item)), Brief)


async def test_where_nobody_is_named_all_goes_as_ever(town: Hall) -> None:
    item = await town.item(TEACHER, "The wifi drops at the church on Long Street", urgency=SAFETY)
    assert await told(town, item, "urgent-safety") == {FIRST}
    assert "kept from" not in await logged(town, item)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Dana Whitfield laughs at us", True),
        ("dana j. whitfield laughs at us", True),
        ("Whitfield, Dana", True),
        ("mrs whitfield laughs at us", True),
        ("Principal Dana Whitfield's mail", True),
        ("Whitfield again", True),
        ("write to D.Whitfield@schools.example.org", True),
        ("the whitfield building is cold", False),
        ("Dana laughs at us", False),
        ("Mr. Whitfielder", False),
        ("", False),
    ],
)
def test_somebody_is_named_by_name_by_title_or_by_address(
    words: str, found: bool, someone: Person
) -> None:
    assert names(words, someone) is found


@pytest.mark.parametrize(
    ("family", "words", "found"),
    [
        ("Peña", "La señora Pena nos grita", True),
        ("O'Neil", "Coach O’Neil grabbed him", True),
        ("Young", "Young teachers are better at it", False),
        ("Young", "Ms. Young is cruel", True),
        ("Li", "Li-ion batteries swell", False),
    ],
)
def test_a_name_without_its_accents_counts_and_a_word_that_is_a_name_does_not(
    family: str, words: str, found: bool, someone: Person
) -> None:
    assert names(words, replace(someone, family_name=family)) is found


@pytest.fixture
async def someone(town: Hall) -> Person:
    who = await person(town.core, FIRST)
    return replace(
        who,
        given_name="Dana",
        family_name="Whitfield",
        email="d.whitfield@schools.example.org",
    )
