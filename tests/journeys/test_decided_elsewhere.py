"""An approval is decided in one place, and the message that asked for it in a chat asks no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

from governance.commands import (
    Command,
    DeclineAnnouncement,
    SendAnnouncement,
    WriteAnnouncement,
)
from surveys.messages import Rejected
from tests.attacks.visiting import ask
from tests.journeys.running import Running, until
from tests.journeys.test_quiet_hours import WORDS, modal
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_urgent import APPROVER, WHY, buttons
from tests.journeys.town import CTO
from tests.stand_ins.slack import texts

ASKED = "asks you to approve"


async def do(service: Running, email: str, command: Command) -> None:
    """On the web."""
    done = (await ask(service, email, command)).message
    assert not isinstance(done, Rejected), done


async def requested(service: Running) -> UUID:
    subject = uuid4()
    await do(service, CTO, WriteAnnouncement(announcement_id=subject, words=WORDS))
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
