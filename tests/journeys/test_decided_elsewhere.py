"""What is decided in one place is asked no more in the messages that asked for it in chats."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.commands import Command
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import StopCampaign
from governance.announcements.commands import (
    DeclineAnnouncement,
    SendAnnouncement,
    WriteAnnouncement,
)
from governance.controls.running_commands import NameOwners, OpenAssessment, WriteAssessment
from governance.feedback.model import Urgency
from governance.help_desk.model import KeepItem
from governance.recommendations.commands import DecideAdvice, SendAdvice, WriteAdvice
from governance.urgent.commands import CloseCase, TakeCase
from governance.urgent.model import Outcome
from surveys.messages import Rejected
from tests.attacks.visiting import ask
from tests.governance.controls.assessed import OWNERS, answer
from tests.governance.controls.frameworks import SMALL
from tests.journeys.running import Running, until
from tests.journeys.test_cannot_wait import DEAD, FIRST, GUN, fixable, said, urgent
from tests.journeys.test_changes import monday
from tests.journeys.test_quiet_hours import WORDS, modal
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_urgent import APPROVER, WHY, buttons
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER
from tests.stand_ins.help_desk import help_desk_stand_in
from tests.stand_ins.slack import texts

ASKED = "asks you to approve"
NEXT = "Assess the next one"


async def do(service: Running, email: str, command: Command) -> None:
    """On the web."""
    done = (await ask(service, email, command)).message
    assert not isinstance(done, Rejected), done


async def requested(service: Running) -> UUID:
    subject = uuid4()
    await do(service, CTO, WriteAnnouncement(announcement_id=subject, **by_name(WORDS)))
    await do(service, CTO, SendAnnouncement(announcement_id=subject, urgent=True))
    return subject


async def declined(service: Running, subject: UUID) -> None:
    found = await service.core.store.read(lambda tx: tx.announcement(subject))
    assert found is not None
    no = DeclineAnnouncement(announcement_id=subject, request=found.request, why=WHY)
    await do(service, APPROVER, no)


async def changed(messages: Callable[[], list[str]], words: str) -> None:
    """In the place of what asked stands what was decided: once, and nothing asks any more."""

    async def look() -> bool:
        said = messages()
        return sum(words in one for one in said) == 1 and not any(ASKED in one for one in said)

    await until(look)


async def test_what_is_decided_on_slacks_home_or_on_the_web_is_settled_in_the_direct_message(
    tmp_path: Path,
) -> None:
    async with in_slack(tmp_path, [APPROVER]) as place:
        slack, approver = place.slack, place.users[APPROVER]

        def said() -> list[str]:
            return [texts(one) for one in slack.from_app(approver)]

        await declined(place.service, await requested_in(place.service, said))
        await changed(said, "Cormac Ashgrove declined")
        await requested_in(place.service, said)
        sent = len(said())

        async def waits() -> dict | None:  # type: ignore[type-arg]
            """The home tab, opened until it has the request: it comes with the ledger's word."""
            await slack.open_home(approver)
            found = slack.home(approver)
            return found if found and "Approve or decline it" in texts(found) else None

        home = await until(waits, every=1)
        await slack.click(approver, home, "Approve or decline it")
        await modal(place, approver, ASKED)
        shown = slack.modal(approver)
        assert shown is not None
        yes = next(one for one in _labels(shown) if one.startswith("Approve: send it to"))
        await slack.click(approver, shown, yes)
        await changed(said, "Cormac Ashgrove approved")
        assert sent <= len(said()) <= sent + 1, "drawn again, not sent again"


async def requested_in(service: Running, said: Callable[[], list[str]]) -> UUID:
    subject = await requested(service)

    async def arrived() -> bool:
        return any(ASKED in one for one in said())

    await until(arrived)
    return subject


def _titles(card: dict) -> list[str]:  # type: ignore[type-arg]
    return buttons(card) if "actions" in card else []


def _labels(shown: dict) -> list[str]:  # type: ignore[type-arg]
    return [
        element["text"]["text"]
        for block in shown["blocks"]
        for element in block.get("elements", ())
        if element.get("type") == "button"
    ]


async def test_what_is_decided_on_the_web_is_settled_on_the_card_in_teams(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        approver = await place.join(APPROVER)
        subject = await requested(place.service)
        asked = await place.message(approver.chat, ASKED)
        assert any(one.startswith("Approve: send it to") for one in buttons(asked.card))
        await declined(place.service, subject)
        await changed(
            lambda: [one.text for one in place.teams.messages(approver.chat)],
            "Cormac Ashgrove declined",
        )
        assert asked.updates == 1
        assert "actions" not in asked.card


async def withdrawn(service: Running) -> AsyncIterator[tuple[str, str, str]]:
    subject = await requested(service)
    yield APPROVER, ASKED, "Approve: send it to"
    await do(service, CTO, StopCampaign(subject=subject))
    yield APPROVER, "This request was withdrawn", ""


async def recommended(service: Running) -> AsyncIterator[tuple[str, str, str]]:
    subject = uuid4()
    draft = WriteAdvice(
        recommendation_id=subject, queue="network", title="Cables", advice="Buy.", rule="ITR 4.2"
    )
    await do(service, CHAIR, draft)
    await do(service, CHAIR, SendAdvice(recommendation_id=subject))
    yield CTO, "recommends: Cables", "Decline"
    yes = DecideAdvice(recommendation_id=subject, accept=True, reason="In March.")
    await do(service, CTO, yes)
    yield CTO, "In March.", ""


async def offered(service: Running) -> AsyncIterator[tuple[str, str, str]]:
    item = await said(service, DEAD, fixable())
    yield TEACHER, DEAD, "Yes, without my name"
    await do(service, TEACHER, KeepItem(item_id=item))
    yield TEACHER, "It stays with the committee.", ""


async def called(service: Running) -> AsyncIterator[tuple[str, str, str]]:
    item = await said(service, GUN, urgent())
    yield FIRST, GUN, "Take it"
    await do(service, FIRST, TakeCase(item_id=item, urgency=Urgency.SAFETY))
    yield FIRST, "You have it. Please act on it now.", "Close it"
    closed = CloseCase(
        item_id=item, urgency=Urgency.SAFETY, outcome=Outcome.HELPED, note="The officer was there."
    )
    await do(service, FIRST, closed)
    yield FIRST, "The officer was there.", ""


async def assessed(service: Running) -> AsyncIterator[tuple[str, str, str]]:
    which = await asked_to_assess(service)
    yield TEACHER, "Please assess 2 safeguards", NEXT
    for number in ("1.1", "1.2"):
        await do(service, TEACHER, answer(which, number))
    yield TEACHER, "Your safeguards are assessed", ""


async def asked_to_assess(service: Running) -> UUID:
    which = uuid4()
    await service.core.store.write(lambda tx: tx.put_framework(SMALL, None, service.clock()))
    draft = WriteAssessment(
        assessment_id=which, framework="small", name="Winter", group="g1", due=monday(service, 4)
    )
    await do(service, ISO, draft)
    await do(service, ISO, NameOwners(assessment_id=which, owners=OWNERS))
    await do(service, ISO, OpenAssessment(assessment_id=which, unowned=0))
    return which


EACH = [withdrawn, recommended, offered, called, assessed]
"""Each: (who, what their message says, a button that it has and not for long)."""


async def follow(
    steps: AsyncIterator[tuple[str, str, str]], messages: Callable[[str], list[tuple[str, str]]]
) -> None:
    """A message goes along with what is decided elsewhere, in its place."""
    old: list[str] = []
    async for who, words, button in steps:

        async def stands(who: str = who, words: str = words, button: str = button) -> bool:
            there = messages(who)
            mine = [on for said, on in there if words in said]
            still = [on for _, on in there if any(one in on for one in old)]
            return len(mine) == 1 and button in mine[0] and not still

        await until(stands)
        if button:
            old.append(button)


async def test_what_is_settled_on_the_web_asks_no_more_in_slack(tmp_path: Path) -> None:
    async with (
        help_desk_stand_in() as desk,
        in_slack(tmp_path, list({APPROVER, FIRST}), **desk.settings) as place,
    ):

        def messages(who: str) -> list[tuple[str, str]]:
            sent = place.slack.from_app(place.users[who])
            return [(texts(one), " ".join(_labels(one))) for one in sent]

        for each in EACH:
            await follow(each(place.service), messages)


@pytest.mark.prove_on_postgres("messages that two workers renew")
async def test_what_is_settled_on_the_web_asks_no_more_in_teams(tmp_path: Path) -> None:
    async with help_desk_stand_in() as desk, in_teams(tmp_path, **desk.settings) as place:
        people = {APPROVER, FIRST, CTO, TEACHER}
        chats = {one: (await place.join(one)).chat for one in people}

        def messages(who: str) -> list[tuple[str, str]]:
            sent = place.teams.messages(chats[who])
            return [(one.text, " ".join(_titles(one.card))) for one in sent if one.card]

        for each in EACH:
            await follow(each(place.service), messages)
