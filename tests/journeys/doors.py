"""One scenario, three platforms: what somebody reads and presses in Slack, in Teams and on the web.

A person has something in front of them: a message, or what their last press showed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote
from uuid import UUID

from core.words import Words
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running, until
from tests.stand_ins.slack import texts
from tests.stand_ins.teams import Posted, TeamsUser

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

Filled = Mapping[str, str]


class Door(Protocol):
    """``who`` is an email address of somebody who is there."""

    pushes: bool
    """Reminders are messages; on the web what is to be done waits."""
    stands: str
    """How a change's state and its day are said."""

    @property
    def service(self) -> Running: ...

    async def gets(self, who: str, words: str) -> str:
        """Wait for a message that says something; it is in front of them then."""
        ...

    async def sees(self, who: str, words: str) -> str:
        """What their last press showed says something."""
        ...

    async def press(self, who: str, button: str) -> None: ...

    async def fills(self, who: str, submit: str, fields: Filled) -> None:
        """Fill in the form in front of them, and hand it in."""
        ...

    async def opens(self, who: str, button: str) -> None:
        """Press the button of a form, where a message does not show the form itself."""
        ...

    async def asks(self, who: str, typed: str, path: str) -> None:
        """Write to the app; on the web, open the page that does the same."""
        ...

    async def opens_window(self, who: str, button: str) -> None:
        """Press the button of a window, which a page shows by itself."""
        ...

    async def has(self, who: str, words: str) -> int:
        """How many messages that say something they have now."""
        ...

    async def opens_change(self, who: str, change: UUID) -> str: ...

    async def in_queue(self, who: str, words: str, button: str) -> None:
        """Press a button of something in the committee's queue."""
        ...

    async def restart(self) -> None: ...


async def listed(service: Running, change: UUID) -> str:
    """How the calendar calls a change."""
    found = await service.core.store.read(lambda tx: tx.change(change))
    assert found is not None
    return f"{found.words.title.default} ({Words().day(found.day)})"


class SlackDoor:
    pushes = True
    stands = "{state}. Planned for"

    def __init__(self, place: test_slack.Place) -> None:
        self._place = place
        self._before: dict[str, Any] = {}
        self._where: dict[str, str] = {}
        """Where they are: with the app, or in a channel."""
        self._old: dict[str, set[str]] = {}
        self._beside: dict[str, str] = {}
        """What their form says beside its fields."""

    @property
    def service(self) -> Running:
        return self._place.service

    async def gets(self, who: str, words: str) -> str:
        user = self._place.users[who]
        self._place.slack.world.modals[user].clear()
        self._where[who] = user
        self._before[who] = await self._place.message(user, words)
        return texts(self._before[who])

    async def sees(self, who: str, words: str) -> str:
        slack, user = self._place.slack, self._place.users[who]
        if words in self._beside.get(who, ""):
            return self._beside[who]

        async def look() -> Any:
            modal = slack.modal(user)
            shown = [modal] if modal else slack.from_app(self._where[who])[::-1]
            new = (one for one in shown if repr(one) not in self._old.get(who, ()))
            return next((one for one in new if words in texts(one)), None)

        self._before[who] = await until(look)
        return texts(self._before[who])

    async def press(self, who: str, button: str) -> None:
        user = self._place.users[who]
        self._remember(who)
        await self._place.slack.click(user, self._before[who], button)

    async def opens(self, who: str, button: str) -> None:
        await self.press(who, button)

    def _remember(self, who: str) -> None:
        """What is there before a press is not what it shows."""
        slack, user = self._place.slack, self._place.users[who]
        self._old[who] = {
            repr(one) for one in (slack.modal(user), *slack.from_app(self._where[who]))
        }

    async def fills(self, who: str, submit: str, fields: Filled) -> None:
        slack, user = self._place.slack, self._place.users[who]

        async def asked() -> bool:
            modal = slack.modal(user)
            blocks = modal["blocks"] if modal else ()
            there = {str(one.get("block_id")).rpartition("|")[2] for one in blocks}
            return bool(there) and there >= set(fields)

        await until(asked)
        self._remember(who)
        answer = await slack.submit(user, fields)
        assert answer.status_code == 200
        told = answer.json() if answer.text else {}
        self._beside[who] = "\n".join(told.get("errors", {}).values())

    async def asks(self, who: str, typed: str, path: str) -> None:
        slack, user = self._place.slack, self._place.users[who]
        slack.world.modals[user].clear()
        self._where[who] = user
        self._remember(who)
        await slack.dm(user, typed)

    async def opens_window(self, who: str, button: str) -> None:
        await self.press(who, button)

    async def has(self, who: str, words: str) -> int:
        return self._place.count(self._place.users[who], words)

    async def opens_change(self, who: str, change: UUID) -> str:
        await self.asks(who, "change calendar", "")
        await self.sees(who, "What changes in technology")
        await self.press(who, await listed(self.service, change))
        return await self.sees(who, ". Planned for")

    async def in_queue(self, who: str, words: str, button: str) -> None:
        channel = self._place.channels["network"]

        async def look() -> Any:
            found = [one for one in self._place.slack.from_app(channel) if words in texts(one)]
            return found[-1] if found else None

        self._where[who], self._before[who] = channel, await until(look)
        await self.press(who, button)

    async def restart(self) -> None:
        await self._place.restart()


class TeamsDoor:
    pushes = True
    stands = "{state}. Planned for"

    def __init__(self, place: test_teams.Place, users: Mapping[str, TeamsUser]) -> None:
        self._place, self._users = place, users
        self._before: dict[str, Any] = {}
        self._said: dict[str, list[Posted]] = {}
        """What came after somebody wrote: the answer, and what came meanwhile."""
        self.in_place: list[Any] = []
        """Answers that took the place of a message."""

    @property
    def service(self) -> Running:
        return self._place.service

    async def gets(self, who: str, words: str) -> str:
        self._before[who] = await self._place.message(self._users[who].chat, words)
        return str(self._before[who].text)

    async def sees(self, who: str, words: str) -> str:
        for one in self._said.pop(who, ()):
            if words in one.shown:
                self._before[who] = one
        shown = self._before[who].shown
        assert words in shown, f"{words!r} is not in {shown!r}"
        return str(shown)

    async def press(self, who: str, button: str) -> None:
        await self._execute(who, button, {})

    async def fills(self, who: str, submit: str, fields: Filled) -> None:
        await self._execute(who, submit, {f"field.{key}": said for key, said in fields.items()})

    async def opens(self, who: str, button: str) -> None:
        """Teams shows forms in the message."""

    async def _execute(self, who: str, button: str, inputs: Filled) -> None:
        before, teams, user = self._before[who], self._place.teams, self._users[who]
        if before.in_dialog:
            answer = await teams.hand_in(user, before, button, inputs)
        else:
            card = before if isinstance(before, Posted) else before.card
            answer = await teams.press(user, card, button, inputs)
        assert answer.status == 200
        if "task" not in answer.body:
            self.in_place.append(answer.body)
        self._before[who] = answer

    async def asks(self, who: str, typed: str, path: str) -> None:
        self._said[who] = await self._place.teams.say(self._users[who], typed)

    async def opens_window(self, who: str, button: str) -> None:
        await self.press(who, button)

    async def has(self, who: str, words: str) -> int:
        return len(
            [m for m in self._place.teams.messages(self._users[who].chat) if words in m.text]
        )

    async def opens_change(self, who: str, change: UUID) -> str:
        await self.asks(who, "change calendar", "")
        await self.sees(who, "What changes in technology")
        await self.press(who, await listed(self.service, change))
        return await self.sees(who, ". Planned for")

    async def in_queue(self, who: str, words: str, button: str) -> None:
        channel = self._place.channels["network"]

        async def look() -> Any:
            found = [one for one in self._place.teams.messages(channel) if words in one.text]
            return found[-1] if found else None

        self._before[who] = await until(look)
        await self.press(who, button)

    async def restart(self) -> None:
        await self._place.restart()


class WebDoor:
    """In a browser; a page is reloaded until it says what is waited for."""

    pushes = False
    stands = "{state} planned for"

    def __init__(self, service: Running, browser: Browser) -> None:
        self._service, self._browser = service, browser
        self._pages: dict[str, tuple[Page, datetime]] = {}
        self._before: dict[str, Any] = {}

    @property
    def service(self) -> Running:
        return self._service

    async def _page(self, who: str) -> Page:
        """Nobody stays signed in for days."""
        now = self._service.clock()
        if who in self._pages and now - self._pages[who][1] < timedelta(hours=6):
            return self._pages[who][0]
        if who not in self._pages:
            context = await self._browser.new_context(base_url=self._service.url, locale="en-US")
            page = await context.new_page()
        else:
            page = self._pages[who][0]
        page.set_default_timeout(9000)
        await page.goto(await self._service.signin_url(who))
        await page.locator("main form button").first.click()
        await page.locator("main h1").first.wait_for()
        self._pages[who] = (page, now)
        return page

    async def gets(self, who: str, words: str) -> str:
        page = await self._page(who)

        async def look() -> Any:
            for address in ("/", "/earlier"):
                await page.goto(address)
                found = page.locator(".card, details.came", has_text=words)
                if await found.count():
                    return found.first
            return None

        card = await until(look)
        if await card.evaluate("one => one.tagName === 'DETAILS' && !one.open"):
            await card.locator("summary").first.click()
        for one in await card.locator("details:not([open])", has_text=words).all():
            await one.locator("summary").first.click()
        self._before[who] = card
        return str(await card.inner_text())

    async def sees(self, who: str, words: str) -> str:
        page = await self._page(who)
        main = page.locator("main", has_text=words)
        await main.first.wait_for()
        for one in await page.locator("details:not([open])", has_text=words).all():
            await one.locator("summary").first.click()
        self._before[who] = page.locator("main")
        return str(await main.first.inner_text())

    async def press(self, who: str, button: str) -> None:
        shown = self._before[who]
        found = shown.get_by_role("link", name=button).or_(shown.get_by_role("button", name=button))
        menu = shown.locator("details.menu:not([open]) > summary")
        if not await found.count() and await menu.count():
            await menu.click()
        await found.first.click()
        page = await self._page(who)
        await page.wait_for_load_state()
        self._before[who] = page.locator("main")

    async def opens(self, who: str, button: str) -> None:
        """A page shows its form."""

    async def fills(self, who: str, submit: str, fields: Filled) -> None:
        page, shown = await self._page(who), self._before[who]
        for key, said in fields.items():
            line, *more = said.splitlines() or [""]
            choice = shown.locator(f"[name='{key}'][value='{line}']")
            listed = shown.locator(f"select[name='{key}']")
            if await listed.count():
                await listed.select_option(said)
            elif not more and await choice.count():
                await choice.first.check()
            else:
                await shown.locator(f"[name='{key}']").first.fill(said)
        await shown.get_by_role("button", name=submit).first.click()
        await page.wait_for_load_state()
        self._before[who] = page.locator("main")

    async def asks(self, who: str, typed: str, path: str) -> None:
        page = await self._page(who)
        await page.goto(path)
        self._before[who] = page.locator("main")

    async def opens_window(self, who: str, button: str) -> None:
        """A page shows it."""

    async def has(self, who: str, words: str) -> int:
        page = await self._page(who)
        found = []
        for address in ("/", "/earlier"):  # the newest stand on both
            await page.goto(address)
            found.append(await page.locator(".card, details.came", has_text=words).count())
        return max(found)

    async def opens_change(self, who: str, change: UUID) -> str:
        page = await self._page(who)
        await page.goto(f"/calendar/{change}")
        return await self.sees(who, "planned for")

    async def in_queue(self, who: str, words: str, button: str) -> None:
        page = await self._page(who)

        async def look() -> Any:
            await page.goto(f"/committees/network?q={quote(words)}")
            if not await page.locator("table.rows").count():
                return None
            await page.locator("table.rows tbody th a").first.click()
            await page.locator(".row-beside").wait_for()
            item = page.locator("article", has_text=words)
            found = item.get_by_role("link", name=button).or_(item.locator("form.answer-beside"))
            return found.first if await found.count() else None

        there = await until(look)
        if button != "Answer":  # an answer is written where the item is open
            await there.click()
            await page.wait_for_load_state()
        self._before[who] = page.locator("main")

    async def restart(self) -> None:
        await self._service.restart()
