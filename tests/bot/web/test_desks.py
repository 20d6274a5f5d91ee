"""The pages of those who answer: committees, triage, responders, readers of what is sensitive."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest

from core.people import Person
from core.tiles import Tile
from core.words import Words
from governance.chairs.commands import ShowAgenda
from governance.committees.model import Office
from governance.digests.commands import ShowDigest
from governance.docket.commands import (
    AcknowledgeItem,
    DiscussItem,
    FileReading,
    GiveFeedback,
    PutAside,
    ShowItem,
)
from governance.duplicates.model import Alike
from governance.feedback.model import Item, ItemState, Naming, Span, Urgency
from governance.home.commands import ShowInbox, ShowOfficeFigures
from governance.messages import Brief
from governance.recommendations.commands import WriteAdvice
from governance.urgent.commands import CloseCase, TakeCase
from governance.urgent.wording import LONGEST_FIRST_WORDS
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall, reading
from tests.bot.web.rules.house import browser
from tests.bot.web.test_first_day import costs
from tests.bot.web.test_places import EVERYBODY, READER, RESPONDER, TRIAGE_OWNER
from tests.journeys.town import (
    CHAIR,
    OFFICE,
    TEACHER,
    example,
    person,
    small_roster,
    teachers,
)

WORDS = Words("en", "America/Chicago")
GUN = "He says he has a gun in his locker"
TWO_QUEUES = TRIAGE_OWNER, ("triage", "device-learning")
"""Somebody who works on two."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def danger(town: Hall, words: str = GUN) -> UUID:
    item = uuid4()
    await town.ask(TEACHER, GiveFeedback(item_id=item, text=words))
    read = reading("He says …", "restricted", Urgency.SAFETY)
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=read))
    return item


# -- responders -----------------------------------------------------------------------------------


async def test_the_button_to_take_a_case_comes_right_after_its_first_words(town: Hall) -> None:
    long = " ".join([GUN, *["and nobody knows what to do about it"] * 20])
    await danger(town, long)
    async with browser(town, RESPONDER) as client:
        page = (await client.get("/")).text
    quote, take = page.index(GUN), page.index(">Take it")
    between = re.sub(r"<[^>]*>", " ", page[quote:take])
    assert len(between) <= LONGEST_FIRST_WORDS + 60, "nothing but its first words"
    assert page.index("was alerted") > take
    assert page.index("<details><summary>Details", take) < page.index("was alerted"), "folded"
    assert long in page[take:], "all of its words are there"


async def test_whoever_takes_a_case_reads_what_comes_next_and_whom_to_call(town: Hall) -> None:
    item = await danger(town)
    at = f"/urgent/{item}/safety"
    await town.ask(RESPONDER, TakeCase(item_id=item, urgency=Urgency.SAFETY))
    call = "402-555-0111"
    assert call in example().district.contacts["safety"]
    async with browser(town, RESPONDER) as client:
        for where in (at, "/"):
            page = (await client.get(where)).text
            for said in (
                "You have it. Please act on it now.",
                "If anyone is in danger, call 911.",
                "Then press “Close it” and write what was done.",
                call,
            ):
                assert said in page, (where, said)
    second = example().district.officer(Office.RESPONDER_SAFETY)
    assert second is not None
    async with browser(town, second.deputies[0]) as client:
        page = (await client.get(at)).text
        assert "Cormac Ashgrove has taken this." in page
        assert "You have it" not in page
        assert call not in page[page.index("<main") : page.index("</main")]


async def test_the_list_of_cases_says_how_each_ended_and_who_closed_it(town: Hall) -> None:
    item, author = await danger(town), await person(town.core, TEACHER)
    async with browser(town, RESPONDER) as client:
        page = (await client.get("/urgent")).text
        assert re.search(r'data-label="Responder">Nobody yet</td>\s*<td[^>]*></td>', page)
        await town.ask(RESPONDER, TakeCase(item_id=item, urgency=Urgency.SAFETY))
        page = (await client.get("/urgent")).text
        assert 'data-label="Responder">Cormac Ashgrove</td>' in page
        close = CloseCase(item_id=item, urgency=Urgency.SAFETY, outcome="helped", note="There.")
        await town.ask(RESPONDER, close)
        page = (await client.get("/urgent?state=closed")).text
        assert 'data-label="Responder">Closed by Cormac Ashgrove on Oct 5</td>' in page
        assert 'data-label="How it ended">Someone was there and helped</td>' in page
        home = (await client.get("/")).text
    names = await town.core.store.read(lambda tx: {one.key: one.name for one in tx.buildings()})
    assert f"The case from {names[author.building]} was closed on Monday, October 5 at" in home


async def test_the_case_comes_before_everything_else_on_home(town: Hall) -> None:
    await danger(town)
    async with browser(town, RESPONDER) as client:
        page = (await client.get("/")).text
    main = page[page.index("<main") :]
    headings = re.findall(r"<h([1-6])[^>]*>(.*?)</h", main, re.DOTALL)
    assert [level for level, _ in headings[:2]] == ["1", "2"]
    assert "needs a person now" in headings[1][1]


# -- what can be done with one message -------------------------------------------------------------


async def test_two_actions_stand_beside_the_answer_and_the_rest_is_folded(town: Hall) -> None:
    item = await town.item(TEACHER, "The Wi-Fi in the gym is slow.")

    async def offered(at: str) -> tuple[list[str], list[str]]:
        page = (await client.get(at)).text
        (ways,) = re.findall(r'<div class="buttons item-ways">(.*?)</details>', page, re.DOTALL)
        shown, folded = ways.split('<details class="menu">')
        named = re.compile(r"<(?:button|a)\b[^>]*>([^<]+)")
        return named.findall(shown), named.findall(folded)

    rest = ["Assign", "Put aside until…", "Edit the subject", "Link", "Ask the author"]
    async with browser(town, CHAIR) as client:
        beside = f"/committees/network?item={item}"
        shown, folded = await offered(beside)
        assert shown == ["Send the answer", "Acknowledge", "Move"]
        assert folded == ["Discuss", *rest, "Student data here"]
        shown, again = await offered(f"/items/{item}")
        assert shown == ["Acknowledge", "Answer", "Move"]
        assert again == folded
        await town.ask(CHAIR, AcknowledgeItem(item_id=item))
        shown, folded = await offered(beside)
        assert shown == ["Send the answer", "Discuss", "Move"]
        assert folded == [*rest, "Student data here"]


# -- what is sensitive ----------------------------------------------------------------------------


async def test_a_case_that_was_closed_is_said_to_be(town: Hall) -> None:
    item = await danger(town)
    async with browser(town, READER) as client:
        at = f"/committees/restricted?item={item}"
        before = (await client.get(at)).text
        assert "Nobody has taken the urgent case yet." in before
        assert before.count("Urgent: safety") == 2, "in the list, and beside it"
        await town.ask(RESPONDER, TakeCase(item_id=item, urgency=Urgency.SAFETY))
        taken = (await client.get(at)).text
        assert "Cormac Ashgrove has taken the urgent case." in taken
        close = CloseCase(item_id=item, urgency=Urgency.SAFETY, outcome="helped", note="There.")
        await town.ask(RESPONDER, close)
        closed = (await client.get(at)).text
        end = r"Cormac Ashgrove closed the urgent case on [^:]*, .*: Someone was there and helped\."
        assert len(re.findall(end, closed)) == 2
        assert "Case closed" in closed
        for wrong in ("Nobody has read it yet", ">New</span>", "tag tone-now"):
            assert wrong not in closed, wrong
        other = await town.item(TEACHER, "My lead is rude.", "restricted")
        never_opened = (await client.get(f"/committees/restricted?item={other}")).text
        assert "Nobody has read it yet. Opening it is recorded." in never_opened


async def test_nothing_is_guessed_about_where_something_sensitive_belongs(town: Hall) -> None:
    item = await town.item(TEACHER, "The head laughs at my accent.", "restricted")
    await town.ask(READER, ShowItem(item_id=item))
    async with browser(town, READER) as client:
        at = f"/do/move-form|{item}"
        form = (await client.get(at)).text
        assert "Most likely first" not in form
        offered = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)<', form)
        named = [name for _, _, name in offered]
        assert offered[0] == ("stays", " selected", "It stays here")
        committees = [name for key, _, name in offered[1:] if key not in ("triage", "none")]
        assert committees == sorted(committees), "by name: none is likelier"
        assert named[-1] == "Not about technology: file it"
        hidden = dict(re.findall(r'name="(csrf)" value="([^"]*)"', form))
        kept = await client.post(
            f"/do/move|{item}|", data={**hidden, "to": "stays"}, follow_redirects=True
        )
        assert "It stays here. Nobody else can read it." in kept.text
    stored = await town.stored(item)
    assert (stored.queue, stored.state, stored.moves) == ("restricted", ItemState.NEW, 0)
    other = await town.item(TEACHER, "The Wi-Fi in the gym is slow.")
    async with browser(town, CHAIR) as client:
        form = (await client.get(f"/do/move-form|{other}")).text
        assert "Most likely first" in form
        assert "It stays here" not in form


async def test_what_needs_a_person_now_is_first_in_a_list(town: Hall) -> None:
    await town.item(TEACHER, "My lead is rude.", "restricted")
    town.clock.forward(days=1)
    item = await danger(town)
    async with browser(town, READER) as client:
        page = (await client.get("/committees/restricted")).text
    first = re.search(r'<a id="row-1"[^>]*>', page)
    assert first is not None
    assert f"item={item}" in first[0]


async def test_what_is_sensitive_says_in_words_why_it_is_there(town: Hall) -> None:
    item = await town.item(TEACHER, "My lead is rude.", "restricted")
    await town.ask(READER, ShowItem(item_id=item))
    async with browser(town, READER) as client:
        page = (await client.get(f"/committees/restricted?item={item}")).text
    assert "confidence" not in page
    assert "Why here: it may be sensitive, or it could not be read automatically." in page


async def test_danger_is_offered_only_the_places_that_it_may_go_to(town: Hall) -> None:
    item = await danger(town)
    await town.ask(READER, ShowItem(item_id=item))
    async with browser(town, READER) as client:
        page = (await client.get(f"/do/move-form|{item}")).text
    assert "Not about technology: file it" in page
    assert "Network and Infrastructure" not in page
    assert "A named responder has to look at it and release it" in page


async def test_a_move_out_of_restricted_says_how_many_will_read_it(town: Hall) -> None:
    item = await town.item(TEACHER, "My lead is rude.", "restricted")
    await town.ask(READER, ShowItem(item_id=item))
    members = await town.core.store.read(lambda tx: len(tx.members("network")))
    async with browser(town, READER) as client:
        page = (await client.get(f"/do/move-form|{item}")).text
    assert f"Network and Infrastructure: {members} people will read it" in page
    assert "Once you move it, that committee can read it. You can’t take it back." in page
    other = await town.item(TEACHER, "The Wi-Fi is slow.")
    async with browser(town, CHAIR) as client:
        page = (await client.get(f"/do/move-form|{other}")).text
    assert "will read it<" not in page, "committees read each other's messages anyway"


async def test_a_committee_that_a_message_names_is_not_offered(town: Hall) -> None:
    item = await town.item(TEACHER, "The Wi-Fi is slow.", "library-media")
    chair = await person(town.core, CHAIR)
    await town.core.store.write(lambda tx: tx.keep_from(item, chair.id))
    lead = await town.core.store.read(lambda tx: tx.members("library-media")[0].email)
    async with browser(town, lead) as client:
        page = (await client.get(f"/do/move-form|{item}")).text
    assert "Network and Infrastructure" not in page
    assert "They are left out." in page


# -- what figures lead to -------------------------------------------------------------------------


async def counted_tiles(town: Hall, email: str) -> list[Tile]:
    """Tiles of Home whose figure is a count of something."""
    found = [
        await town.ask(email, ShowInbox(parts=True)),
        await town.ask(email, ShowOfficeFigures()),
    ]
    drawn = [draw(WORDS) for view in found for _, draw in view.parts]
    return [
        one
        for one in drawn
        if isinstance(one, Tile) and one.figure.replace(",", "").isdigit() and not one.trend
    ]


async def rows_behind(client: httpx.AsyncClient, path: str) -> int | None:
    """How many rows a list has; None: the page is no list."""
    page = (await client.get(path)).text
    if 'id="listed"' not in page:
        return None
    said = re.search(r'data-said="(\d+) items? in this list"', page)
    chosen = re.search(r'<a class="tag"[^>]*aria-current="true">[^<]*?([\d,]+)</a>', page)
    if chosen:
        return int(chosen.group(1).replace(",", ""))
    return int(said.group(1)) if said else 0


async def wrong_tiles(town: Hall, email: str) -> tuple[list[str], int]:
    """Each way from a tile to a list that has more or fewer rows than the tile counts; and how many
    ways were followed."""
    wrong, followed = list[str](), 0
    async with browser(town, email) as client:
        for tile in await counted_tiles(town, email):
            ways = [(tile.figure, tile.path)] if tile.path else []
            ways += [(one.label.rpartition(" ")[2], one.path) for one in tile.ways]
            for figure, path in ways:
                rows = await rows_behind(client, path)
                followed += rows is not None
                if rows not in (None, int(figure.replace(",", ""))):
                    wrong.append(f"{email}: {tile.label} {figure}, but {path} has {rows}")
    return wrong, followed


async def test_every_figure_on_home_leads_to_what_it_counts(town: Hall) -> None:
    for number, queue in enumerate(("triage", *["device-learning"] * 2, *["network"] * 3)):
        await town.item(TEACHER, f"The cart in room {number} is broken.", queue)
    town.clock.forward(days=40)
    for number, queue in enumerate(("triage", *["device-learning"] * 2, *["network"] * 3)):
        await town.item(OFFICE, f"The tablet in hall {number} is broken.", queue)
    town.clock.forward(days=6)
    await put_aside(town, await town.item(OFFICE, "The printer hums."))
    found = {email: await wrong_tiles(town, email) for email in EVERYBODY}
    assert not [line for wrong, _ in found.values() for line in wrong]
    assert found[TWO_QUEUES[0]][1] >= 4, "in both queues"
    assert found[CHAIR][1] >= 2
    tiles = {one.label: one for one in await counted_tiles(town, TWO_QUEUES[0])}
    assert [(one.label.rpartition(" ")[2], one.path) for one in tiles["Late"].ways] == [
        ("2", "/committees/device-learning?state=late"),
        ("2", "/committees/triage?state=late"),
    ]
    assert tiles["Late"].path == ""
    assert all(not one.path and not one.ways for one in tiles.values() if one.figure == "0")


# -- lists ----------------------------------------------------------------------------------------


DONE_WITH_ONE = {
    "answer": "This is the message that you selected.",
    "assign": "Assign these messages",
    "aside": "Put these messages aside",
}


@pytest.mark.parametrize("do", DONE_WITH_ONE)
async def test_nothing_selected_keeps_the_list_as_it_was_and_says_what_to_do(
    town: Hall, do: str
) -> None:
    await town.item(TEACHER, "The Wi-Fi in the gym is slow.")
    async with browser(town, CHAIR) as client:
        asked = {"do": do, "q": "gym"}
        answer = await client.get("/committees/network/together", params=asked)
        back = urlsplit(answer.headers["Location"])
        assert parse_qs(back.query) == {"q": ["gym"]}
        again = (await client.get(answer.headers["Location"])).text
        assert "No message was selected. Check the box in front of each message" in again


@pytest.mark.parametrize("do", DONE_WITH_ONE)
async def test_nothing_selected_means_the_item_that_is_open(town: Hall, do: str) -> None:
    other = await town.item(TEACHER, "The Wi-Fi in the gym is slow.")
    item = await town.item(TEACHER, "The Wi-Fi in the library is slow.")
    async with browser(town, CHAIR) as client:
        page = (await client.get(f"/committees/network?item={item}&q=library")).text
        form = page[page.index('<form id="picked"') :]
        carried = dict(
            re.findall(r'name="([a-z]+)" value="([^"]*)"', form[: form.index("</form>")])
        )
        assert carried == {"item": str(item), "q": "library"}
        answer = await client.get(
            "/committees/network/together", params={"do": do, **carried}, follow_redirects=True
        )
    assert DONE_WITH_ONE[do] in answer.text
    assert str(item) in answer.text
    assert str(other) not in answer.text


async def test_answer_shows_the_messages_that_were_selected_and_a_way_to_all(town: Hall) -> None:
    items = [
        await town.item(TEACHER, f"The Wi-Fi in the {where} is slow.")
        for where in ("gym", "library", "office")
    ]
    async with browser(town, CHAIR) as client:
        chosen = {"do": "answer", "items": [str(one) for one in items[1:]]}
        page = await client.get(
            "/committees/network/together", params=chosen, follow_redirects=True
        )
        assert "These are the 2 messages that you selected." in page.text
        assert re.findall(r'name="items" value="([^"]*)" checked', page.text) == chosen["items"]
        assert page.text.count('name="items"') == 2
        assert '<a href="/committees/network/chair">Show all open messages</a>' in page.text
        hidden = re.findall(r'name="(csrf|bulk|only)" value="([^"]*)"', page.text)
        wrong = await client.post(
            "/committees/network/chair",
            data={
                "csrf": dict(hidden)["csrf"],
                "bulk": dict(hidden)["bulk"],
                "only": [value for name, value in hidden if name == "only"],
                "act": "answer",
            },
        )
        assert "Choose at least one message." in wrong.text
        assert wrong.text.count('name="items"') == 2, "the same ones again"
        assert (await client.get("/committees/network/chair")).text.count('name="items"') == 3
        assert (await client.get("/committees/network/chair?items=x")).status_code == 400


async def test_one_count_of_what_is_open_everywhere(town: Hall) -> None:
    await town.item(TEACHER, "The Wi-Fi in the gym is slow.")
    await put_aside(town, await town.item(OFFICE, "The Wi-Fi in the office is slow."))
    async with browser(town, CHAIR) as client:
        docket = (await client.get("/committees/network")).text
        agenda = (await client.get("/committees/network/agenda")).text
        week = (await client.get("/committees/network/week")).text
    assert "1 item is open. 1 is put aside." in docket
    for page in (agenda, week):
        assert "in the gym" in page
        assert "in the office" not in page, "nobody has to speak of it before its day"
    assert (await town.ask(CHAIR, ShowAgenda(queue="network"))).open == 1
    assert (await town.ask(CHAIR, ShowDigest(queue="network"))).digest.open == 1
    assert (await town.ask(CHAIR, ShowInbox())).open_items == {"network": 1}


async def put_aside(town: Hall, item: UUID) -> None:
    until = (town.clock() + timedelta(days=10)).date()
    done = await town.ask(CHAIR, PutAside(item_id=item, until=until, why="Parts are ordered."))
    assert isinstance(done, Brief), done


MOST_STATEMENTS = 25
"""For a docket with an item open beside it, and the side bar."""


def dark_halls(author: Person, numbers: range, now: datetime) -> Callable[[Transaction], None]:
    """Keep one open message for each number, with an answer due on its own day."""

    def keep(tx: Transaction) -> None:
        for number in numbers:
            words = f"The access point in hall {number} is dark."
            said = Item(
                id=UUID(int=number + 1),
                author=author.id,
                naming=Naming.WITHHELD,
                role=author.role,
                level=author.level,
                received_at=now,
            )
            tx.add_item(said, words)
            due = now + timedelta(days=number)
            filed = replace(said, state=ItemState.NEW, queue="network", assigned_to=author.id)
            tx.update_item(replace(filed, reading=reading(words, "network"), due_at=due))

    return keep


async def test_a_docket_costs_the_same_however_long_it_is(town: Hall) -> None:
    author, found = await person(town.core, TEACHER), list[int]()
    at = f"/committees/network?item={UUID(int=3)}"
    async with browser(town, CHAIR) as client:
        for numbers in (range(10), range(10, 500)):
            await town.core.store.write(dark_halls(author, numbers, town.clock()))
            await client.get(at)
            page, statements = await costs(client, at)
            assert f'id="item-{UUID(int=3)}"' in page.text
            assert f"{numbers.stop} items are open." in page.text
            found.append(statements)
    assert found[0] == found[1] <= MOST_STATEMENTS, found


# -- recommendations ------------------------------------------------------------------------------


async def test_what_a_recommendation_is_about_is_asked_for_once_and_called_optional_nowhere(
    tmp_path: Path,
) -> None:
    async with hall(tmp_path, staff=7) as town:
        staff = [one.email for one in teachers(small_roster(7), 7)]
        first = await town.item(staff[0], "The Wi-Fi in the gym is slow.")
        for email in staff[1:]:
            await town.item(email, "The gym has slow Wi-Fi.", alike=Alike(vector=b"", lead=first))
        form = f"/committees/network/recommendations/{uuid4()}"
        async with browser(town, CHAIR) as client:
            page = (await client.get(form)).text
            assert page.count("Choose at least one message, goal or rule that it is about.") == 1
            assert "(optional)" not in page
            assert "The Wi-Fi in the gym is slow. Said by 7 people." in page
            page = (await client.get(await drafted(town, first))).text
            assert "Based on 7 messages from staff, counting those that say the same." in page


async def drafted(town: Hall, item: UUID) -> str:
    """The page of a recommendation that is based on a message."""
    draft = WriteAdvice(
        recommendation_id=uuid4(),
        queue="network",
        title="Access points",
        advice="Buy two.",
        items=(str(item),),
    )
    await town.ask(CHAIR, draft)
    return f"/recommendations/{draft.recommendation_id}"


async def test_of_fewer_than_five_nothing_is_counted(town: Hall) -> None:
    item = await town.item(TEACHER, "The Wi-Fi in the gym is slow.")
    async with browser(town, CHAIR) as client:
        page = (await client.get(await drafted(town, item))).text
    assert "Buy two." in page
    for said in ("Based on", "Fewer than 5", "not counted"):
        assert said not in page


async def test_a_lead_whom_a_message_names_cannot_choose_it(town: Hall) -> None:
    item = await town.item(TEACHER, "Nikolai never answers.")
    chair = await person(town.core, CHAIR)
    form = f"/committees/network/recommendations/{uuid4()}"
    async with browser(town, CHAIR) as client:
        assert "never answers" in (await client.get(form)).text
        await town.core.store.write(lambda tx: tx.keep_from(item, chair.id))
        assert "never answers" not in (await client.get(form)).text


# -- authors --------------------------------------------------------------------------------------


async def test_an_author_hears_who_discusses_it_and_with_what(town: Hall) -> None:
    first = await town.item(OFFICE, "The Wi-Fi in the gym is slow.")
    await town.ask(CHAIR, DiscussItem(item_id=first))
    alike = Alike(vector=b"", lead=first)
    await town.item(TEACHER, "The Wi-Fi in the gym is so slow.", alike=alike)
    async with browser(town, OFFICE) as client:
        page = (await client.get("/")).text
    assert "Network and Infrastructure is discussing it</p>" in page.replace("\n", "")
    async with browser(town, TEACHER) as client:
        page = (await client.get("/")).text
    assert "is discussing it, together with similar messages" in page


async def test_what_was_taken_out_is_offered_only_where_something_was(town: Hall) -> None:
    await town.item(TEACHER, "The Wi-Fi in the gym is slow.")
    async with browser(town, TEACHER) as client:
        page = (await client.get("/")).text
        assert "What was taken out" not in page
        assert "Take something out" in page
        item = uuid4()
        await town.ask(TEACHER, GiveFeedback(item_id=item, text="Ann says it is slow."))
        read = reading("[name] says it is slow.", "network")
        spans = (Span(start=0, end=3, kind="name"),)
        await town.core.dispatch.by_itself(
            FileReading(item_id=item, reading=replace(read, spans=spans))
        )
        page = (await client.get("/")).text
        assert "What was taken out" in page
