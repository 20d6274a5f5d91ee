"""Launching a survey on the web: what a browser sends, what it means, what is shown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.web.unsent import Fields as Drafted
from bot.web.unsent import Unsent
from core.commands import Command
from core.people import Audience, Level, Role
from core.text import text
from governance.authoring.commands import ShowLaunch, ShowPlan
from surveys import commands as surveys
from surveys.authoring.cautions import Caution, Concern
from surveys.disclosure.expected import TooFine
from surveys.messages import LaunchChecked, Rejected, WaveLaunched
from surveys.questions import FreeText, Unfit
from surveys.survey import Dimension, Page, PlannedTable, Survey
from surveys.waves.launching import refusal
from surveys.waves.sampling import Rotation, Sample, Selection
from tests.bot.web import examples
from tests.bot.web.examples import WAVE
from tests.bot.web.site import CTO, Stand, stand, visitor
from tests.bot.web.test_pages import CLOSES, Fields, hidden, sign_in

PATH = "/desk/launch/pulse"
CHICAGO = ZoneInfo("America/Chicago")
LEADING = Survey(
    key="pulse",
    title=examples.PULSE.title,
    asked_by=examples.PULSE.asked_by,
    purpose=examples.PULSE.purpose,
    pages=(Page(questions=(FreeText(key="load", prompt=text("How is your workload?")),)),),
)
WARNED = replace(
    examples.PLAN,
    survey=LEADING,
    cautions=(
        Caution(
            concern=Concern.BARGAINING,
            question="load",
            why=Unfit(why="It is about workload, which is bargained over."),
            advice=Unfit(why="Ask the association first."),
        ),
    ),
)


@pytest.fixture
def site() -> Stand:
    return stand()


@pytest.fixture
async def client(site: Stand) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link(CTO))
        site.conversation.heard.clear()
        yield browser


async def press(
    browser: httpx.AsyncClient, page: str, do: str, *, at: str = PATH, **typed: str | list[str]
) -> httpx.Response:
    """Press a button of the form on a page, with what a browser would send."""
    carried = {
        name: unescape(value) if isinstance(value, str) else value
        for name, value in hidden(page, PATH).items()
    }
    fields: Fields = {**carried, **typed, "do": do}
    return await browser.post(at, data=fields)


async def handed_in(
    browser: httpx.AsyncClient, do: str = "look", **typed: str | list[str]
) -> httpx.Response:
    form = {"reminders": "1", **CLOSES, **typed}
    return await press(browser, (await browser.get(PATH)).text, do, **form)


def launches(site: Stand) -> list[surveys.LaunchSurvey]:
    return [one for one in site.conversation.heard if isinstance(one, surveys.LaunchSurvey)]


def meant(site: Stand) -> surveys.LaunchSurvey:
    """The launch that the form was last understood as."""
    last = site.conversation.heard[-1]
    assert isinstance(last, ShowPlan | surveys.CheckLaunch)
    return last.launch


# -- the way through ------------------------------------------------------------------------------


async def test_nothing_is_launched_before_the_page_that_shows_everything_once_more(
    site: Stand, client: httpx.AsyncClient
) -> None:
    looked = await handed_in(client, roles=["teacher"])
    assert looked.status_code == 200
    assert "Nothing is sent until you press the button" in looked.text
    assert "41 groups. 9 of them have fewer than 12 people" in looked.text
    assert "Members of “Network and Infrastructure” see the tables." in looked.text
    assert launches(site) == []
    sent = await press(client, looked.text, "launch")
    (launch,) = launches(site)
    assert sent.headers["location"] == f"/desk/launched/{launch.wave_id}"
    assert launch.survey == examples.PULSE
    assert launch.audience == Audience(roles=frozenset({Role.TEACHER}))
    assert launch.opens_at is None
    assert launch.closes_at == datetime(2026, 12, 4, 16, 0, tzinfo=CHICAGO)
    (reminder,) = launch.reminders
    assert reminder == datetime(2026, 11, 30, 9, 0, tzinfo=CHICAGO), "on a school day's morning"


async def test_a_double_click_and_the_back_button_launch_the_same_wave(
    site: Stand, client: httpx.AsyncClient
) -> None:
    looked = await handed_in(client)
    await press(client, looked.text, "launch")
    first, before = launches(site)[0], site.conversation.script

    def launched_before(command: Command) -> object:
        if isinstance(command, surveys.LaunchSurvey):
            return WaveLaunched(
                wave_id=command.wave_id,
                title=examples.PULSE.title,
                people=12,
                opens_at=examples.NOW,
                closes_at=command.closes_at,
                again=True,
            )
        return before(command)

    site.conversation.script = launched_before  # type: ignore[assignment]
    twice = await press(client, looked.text, "launch")
    assert launches(site)[1] == first
    assert twice.headers["location"] == f"/desk/launched/{first.wave_id}"
    after = await client.get(f"/desk/launched/{WAVE}")
    assert "Nothing was sent twice" in after.text


async def test_what_was_not_looked_at_is_not_launched(
    site: Stand, client: httpx.AsyncClient
) -> None:
    looked = await handed_in(client, roles=["teacher"])
    other = await press(client, looked.text, "launch", roles=["board"])
    assert "Nothing is sent until you press the button" in other.text
    assert launches(site) == []


async def test_the_page_before_the_launch_leads_back_to_a_form_with_everything_in_it(
    site: Stand, client: httpx.AsyncClient
) -> None:
    typed: dict[str, str | list[str]] = {
        "roles": ["board"],
        "buildings": ["north"],
        "except_people": "out@example.org",
        "part": "sample",
        "part_number": "500",
        "draw": "simple",
        "tables": ["role"],
        "told_to": ["itt"],
        "despite": "yes",
        "despite_why": "The state asks <now>.",
    }
    looked = await handed_in(client, **typed)
    shown: dict[str, str | list[str]] = {"tables": ["role"], "told_to": ["itt"]}
    assert all(f'value="{one}" checked' in looked.text for one in ("role", "itt"))
    back = await press(client, looked.text, "whom", **shown)
    assert back.status_code == 200
    for value in ("board", "north", "sample", "simple", "yes"):
        assert f'value="{value}" checked' in back.text, value
    carried = hidden(back.text, PATH)
    assert (carried["tables"], carried["told_to"]) == ("role", "itt")
    assert "out@example.org</textarea>" in back.text
    assert 'value="The state asks &lt;now&gt;."' in back.text
    assert hidden(back.text, PATH)["wave_id"] == hidden(looked.text, PATH)["wave_id"]


async def test_warnings_are_read_before_a_launch_and_the_answer_goes_with_it(
    site: Stand, client: httpx.AsyncClient
) -> None:
    site.conversation.instead(ShowLaunch, replace(examples.LAUNCHING, survey=LEADING))
    site.conversation.instead(ShowPlan, WARNED)
    looked = await handed_in(client)
    assert "“How is your workload?” It is about workload" in looked.text
    refused = await press(client, looked.text, "launch")
    assert refused.status_code == 422
    assert 'href="#f-read"' in refused.text
    assert "Read them, then confirm that you did." in refused.text
    assert launches(site) == []
    await press(client, refused.text, "launch", read="yes")
    (launch,) = launches(site)
    assert launch.read_warnings


# -- three steps, each with an address -------------------------------------------------------------


@dataclass
class Kept:
    """Stands for the database that drafts are kept in."""

    drafts: dict[tuple[UUID, str], Unsent] = field(default_factory=dict)

    async def keep(self, person: UUID, form: str, item: UUID | None, fields: Drafted) -> bool:
        self.drafts[person, form] = Unsent(fields=fields, at=examples.NOW)
        return True

    async def kept(self, person: UUID, forms: Sequence[str]) -> Mapping[str, Unsent]:
        return {one: self.drafts[person, one] for one in forms if (person, one) in self.drafts}

    async def drop(self, person: UUID, form: str) -> None:
        self.drafts.pop((person, form), None)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
async def keeping(kept: Kept) -> AsyncIterator[tuple[Stand, httpx.AsyncClient]]:
    site = stand(unsent=kept)
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link(CTO))
        site.conversation.heard.clear()
        yield site, browser


async def test_each_step_can_be_opened_again_and_loses_nothing(
    keeping: tuple[Stand, httpx.AsyncClient],
) -> None:
    site, client = keeping
    first = (await client.get(PATH)).text
    assert 'aria-current="step"><span class="step-label">Who is asked' in first
    whom = await press(client, first, "when", roles=["teacher"], people="ada@example.org")
    assert (whom.status_code, whom.headers["location"]) == (303, f"{PATH}?step=when")
    when = (await client.get(f"{PATH}?step=when")).text
    assert "When does it close?" in when
    assert "Teachers" in when, "what is chosen so far stays in view"
    look = await press(client, when, "look", reminders="2", **CLOSES)
    assert look.headers["location"] == f"{PATH}?step=check"
    for _ in range(2):  # opened, and opened again
        check = await client.get(f"{PATH}?step=check")
        assert "Nothing is sent until you press the button" in check.text
        assert isinstance(site.conversation.heard[-1], ShowPlan)
        assert meant(site).audience.roles == {Role.TEACHER}
        assert len(meant(site).reminders) == 2
    back = await press(client, check.text, "whom")
    assert back.headers["location"] == f"{PATH}?step=whom"
    again = (await client.get(f"{PATH}?step=whom")).text
    assert 'value="teacher" checked' in again
    assert "ada@example.org</textarea>" in again
    assert launches(site) == []
    sent = await press(client, check.text, "launch")
    (launch,) = launches(site)
    assert sent.headers["location"] == f"/desk/launched/{launch.wave_id}"
    assert (await client.get(f"{PATH}?step=check")).headers["location"] == PATH, "it is launched"


async def test_what_was_typed_is_a_draft_until_it_is_launched_or_discarded(
    keeping: tuple[Stand, httpx.AsyncClient], kept: Kept
) -> None:
    _, client = keeping
    await press(client, (await client.get(PATH)).text, "when", roles=["board"])
    page = (await client.get(PATH)).text
    assert "You have an unsent draft from" in page
    assert 'value="board" checked' in page
    wrong = await press(client, page, "when", people="nobody", roles=["board"])
    assert wrong.status_code == 422
    assert 'href="#f-people"' in wrong.text
    assert "nobody</textarea>" in (await client.get(PATH)).text
    gone = await client.post("/unsent/discard", data=hidden(page, "/unsent/discard"))
    assert gone.headers["location"] == PATH
    assert kept.drafts == {}
    assert 'value="board" checked' not in (await client.get(PATH)).text


async def test_a_draft_that_is_no_launch_of_ours_is_not_opened(
    keeping: tuple[Stand, httpx.AsyncClient], kept: Kept
) -> None:
    _, client = keeping
    told = await press(client, (await client.get(PATH)).text, "when", roles=["wizard"])
    assert told.status_code == 400
    assert (await client.get(PATH)).status_code == 200


async def test_what_was_changed_beside_the_last_button_is_shown_before_it_is_launched(
    keeping: tuple[Stand, httpx.AsyncClient],
) -> None:
    site, client = keeping
    page = (await client.get(PATH)).text
    await press(client, page, "look", **CLOSES)
    check = (await client.get(f"{PATH}?step=check")).text
    told = await press(client, check, "launch", tables=["role"])
    assert launches(site) == []
    assert "You changed something. Check it once more, then launch." in told.text
    await press(client, told.text, "launch", tables=["role"])
    (launch,) = launches(site)
    assert PlannedTable(by=(Dimension.ROLE,)) in launch.survey.tables


async def test_what_does_not_fit_leads_to_its_step(client: httpx.AsyncClient) -> None:
    told = await handed_in(client, people="nobody", closes_at_date="soon")
    assert told.status_code == 422
    assert "Who is it for?" in told.text, "the first of them"
    assert "is not an email address" in told.text
    late = await press(client, told.text, "look", people="", closes_at_date="soon")
    assert late.status_code == 422
    assert "When does it close?" in late.text


# -- whom it reaches ------------------------------------------------------------------------------


async def test_counting_tells_whom_it_reaches_and_sends_nothing(
    site: Stand, client: httpx.AsyncClient
) -> None:
    first = await client.get(PATH)
    assert "It reaches 6,312 people." in first.text, "as it would be launched so far"
    told = await handed_in(client, "count", roles=["teacher"])
    assert told.status_code == 200
    assert "It reaches 6,312 people." in told.text
    assert "688 people are skipped" in told.text
    assert "Count again" in told.text
    assert 'value="teacher" checked' in told.text
    assert isinstance(site.conversation.heard[-1], surveys.CheckLaunch)
    assert launches(site) == []


async def test_whom_it_reaches_is_told_beside_what_does_not_fit(
    site: Stand, client: httpx.AsyncClient
) -> None:
    told = await handed_in(client, "count", closes_at_date="soon", roles="board", step="when")
    assert told.status_code == 422
    assert "Enter a date and a time for it to close." in told.text
    assert 'href="#closes_at_date"' in told.text
    assert "It reaches 6,312 people." in told.text
    assert hidden(told.text, PATH)["roles"] == "board"
    looked = await press(client, told.text, "look", closes_at_date="soon", roles="board")
    assert looked.status_code == 422
    assert "Enter a date and a time for it to close." in looked.text


async def test_what_the_service_finds_unfit_is_said_beside_its_input(
    site: Stand, client: httpx.AsyncClient
) -> None:
    why = {"audience": Unfit(why="Nobody on the roster belongs to this audience.")}
    unfit = LaunchChecked(reach=examples.REACH, unfit=why)
    site.conversation.instead(ShowPlan, replace(examples.PLAN, checked=unfit))
    told = await handed_in(client)
    assert told.status_code == 422
    assert 'href="#f-audience"' in told.text


async def test_a_table_that_is_refused_is_said_beside_its_box(
    site: Stand, client: httpx.AsyncClient
) -> None:
    fine = TooFine(
        table=PlannedTable(by=(Dimension.BUILDING,)),
        points=7,
        instead=PlannedTable(by=(Dimension.LEVEL,)),
    )
    unfit = LaunchChecked(reach=examples.REACH, unfit={"tables": refusal(fine)})
    site.conversation.instead(ShowPlan, replace(examples.PLAN, checked=unfit))
    told = await handed_in(client, tables=["building"])
    assert told.status_code == 422
    assert 'href="#f-tables"' in told.text
    said = "Results for each building would mostly be off by about 7 points. Choose results for"
    assert told.text.count(f"{said} each level instead.") == 2  # in the summary and beside it


@pytest.mark.usefixtures("real_launches")
async def test_what_is_too_fine_is_told_before_it_is_chosen(client: httpx.AsyncClient) -> None:
    page = (await handed_in(client)).text
    assert "Results for each building would mostly be off by about" in page


# -- everything that can be chosen ----------------------------------------------------------------


async def test_an_audience_is_chosen_by_every_part_of_the_rule(
    site: Stand, client: httpx.AsyncClient
) -> None:
    await handed_in(
        client,
        "count",
        roles=["teacher"],
        levels=["high"],
        buildings=["north", "oak"],
        committees=["network"],
        people="Ada Reyes <ADA@example.org>; bo@example.org",
        except_buildings=["maple"],
        except_committees=["itt"],
        except_people="out@example.org\n# those who left\n\naway@example.org",
    )
    assert meant(site).audience == Audience(
        roles=frozenset({Role.TEACHER}),
        levels=frozenset({Level.HIGH}),
        buildings=frozenset({"north", "oak"}),
        committees=frozenset({"network"}),
        people=frozenset({"ada@example.org", "bo@example.org"}),
        except_buildings=frozenset({"maple"}),
        except_committees=frozenset({"itt"}),
        except_people=frozenset({"out@example.org", "away@example.org"}),
    )


async def test_a_list_that_holds_something_else_names_its_lines_and_loses_nothing(
    site: Stand, client: httpx.AsyncClient
) -> None:
    pasted = "ada@example.org\nnobody\n\nbo@example.org, <b>"
    told = await handed_in(client, people=pasted, roles="board")
    assert told.status_code == 422
    said = unescape(told.text)
    assert "Line 2: “nobody” is not an email address." in said
    assert "Line 4: “b” is not an email address." in said
    assert 'href="#f-people"' in told.text
    assert f"{pasted}</textarea>" in said
    assert 'value="board" checked' in told.text
    assert launches(site) == []


async def test_a_file_of_addresses_is_added_to_the_list(
    site: Stand, client: httpx.AsyncClient
) -> None:
    page = (await client.get(PATH)).text
    fields = {**hidden(page, PATH), **CLOSES, "people": "ada@example.org", "do": "count"}
    file = {"people_file": ("staff.csv", b"\xef\xbb\xbfbo@example.org\r\ncy@example.org\r\n")}
    told = await client.post(PATH, data=fields, files=file)
    assert told.status_code == 200
    listed = {"ada@example.org", "bo@example.org", "cy@example.org"}
    assert meant(site).audience == Audience(people=frozenset(listed))
    assert "ada@example.org\nbo@example.org\ncy@example.org</textarea>" in told.text
    # Another press, without the file: a browser does not send it twice.
    await press(client, told.text, "count", people="\r\n".join(sorted(listed)), **CLOSES)
    assert meant(site).audience == Audience(people=frozenset(listed))


async def test_a_file_that_is_no_text_is_refused_and_the_rest_is_kept(
    client: httpx.AsyncClient,
) -> None:
    page = (await client.get(PATH)).text
    fields = {**hidden(page, PATH), **CLOSES, "roles": "board", "do": "count"}
    told = await client.post(
        PATH, data=fields, files={"except_people_file": ("x.xlsx", b"PK\x03\x04\xff\xfe")}
    )
    assert told.status_code == 422
    assert "This file isn’t plain text." in told.text
    assert 'value="board" checked' in told.text


async def test_a_list_as_long_as_the_whole_staff_goes_through(
    site: Stand, client: httpx.AsyncClient
) -> None:
    everybody = "\n".join(f"person.number.{n:05}@lincolnvalley.example.org" for n in range(7000))
    looked = await handed_in(client, people=everybody)
    assert looked.status_code == 200
    assert len(meant(site).audience.people) == 7000


async def test_addresses_of_nobody_on_the_roster_are_told_with_their_lines(
    site: Stand, client: httpx.AsyncClient
) -> None:
    gone = replace(examples.LAUNCHING, strangers=frozenset({"gone@example.org"}))
    site.conversation.instead(ShowLaunch, gone)
    told = await handed_in(client, "count", people="ada@example.org\ngone@example.org")
    assert "1 address of your lists is not on the staff roster: line 2 (gone@example.org)." in (
        told.text
    )


@pytest.mark.parametrize(
    ("typed", "selection"),
    [
        ({"part": "sample", "part_number": "500"}, Sample(people=500)),
        ({"part": "sample", "part_number": "7.5 %"}, Sample(share=0.075)),
        (
            {"part": "sample", "part_number": "500", "draw": "simple"},
            Sample(people=500, stratified=False),
        ),
        ({"part": "rotation", "part_number": "4"}, Rotation(groups=4)),
        ({"part": "all", "part_number": "4"}, None),
    ],
)
async def test_a_part_of_an_audience_is_chosen(
    site: Stand, client: httpx.AsyncClient, typed: dict[str, str], selection: Selection | None
) -> None:
    reason = {"despite": "yes", "despite_why": "The state asks."}
    told = await handed_in(client, "count", **typed, **reason)
    assert told.status_code == 200
    assert meant(site).selection == selection
    assert meant(site).despite_limit == "The state asks."
    assert f'value="{typed["part"]}" checked' in told.text


@pytest.mark.parametrize(
    ("part", "typed"),
    [("sample", "a few"), ("sample", "10%%"), ("sample", "²"), ("rotation", "10%")],
)
async def test_a_number_that_is_none_is_said_beside_it(
    client: httpx.AsyncClient, part: str, typed: str
) -> None:
    told = await handed_in(client, part=part, part_number=typed)
    assert told.status_code == 422
    assert 'href="#f-part-number"' in told.text
    assert f'value="{typed}"' in told.text


async def test_the_tables_and_who_sees_them_are_chosen_and_small_groups_are_told(
    site: Stand, client: httpx.AsyncClient
) -> None:
    page = await handed_in(client)
    assert "Results for each role in each building: 1 of 3 groups has fewer than 12 people." in (
        page.text
    )
    await handed_in(client, tables=["building+role", "level"], told_to=["itt"])
    survey = meant(site).survey
    assert set(survey.tables) == {
        PlannedTable(),
        PlannedTable(by=(Dimension.LEVEL,)),
        PlannedTable(by=(Dimension.BUILDING, Dimension.ROLE)),
    }
    assert survey.committees == ("itt",)
    assert survey.pages == examples.PULSE.pages


async def test_a_table_is_warned_of_by_how_many_of_its_people_a_lot_draws(
    client: httpx.AsyncClient,
) -> None:
    told = await handed_in(client, part="sample", part_number="35%")
    assert (
        "Results for each building: In about 1 of 2 groups fewer than 12 people will be asked. "
        "Nothing is shown for a group with fewer than 12."
    ) in told.text
    assert "groups have fewer than" not in told.text


async def test_the_plan_of_a_sample_does_not_say_which_groups_stay_too_small(
    site: Stand, client: httpx.AsyncClient
) -> None:
    tables = tuple(replace(one, part=0.35) for one in examples.PLAN.tables)
    site.conversation.instead(ShowPlan, replace(examples.PLAN, tables=tables))
    looked = await handed_in(client, roles=["teacher"], part="sample", part_number="35%")
    assert (
        "41 groups. In about 9 of 41 groups fewer than 12 people will be asked. "
        "Nothing is shown for groups with fewer than 12."
    ) in looked.text
    assert "nothing will ever be shown" not in looked.text


async def test_head_counts_are_those_of_the_audience_that_was_chosen(
    site: Stand, client: httpx.AsyncClient
) -> None:
    await handed_in(client, "count", roles=["board"])
    shown = [one for one in site.conversation.heard if isinstance(one, ShowLaunch)]
    assert shown[-1].audience == Audience(roles=frozenset({Role.BOARD}))


# -- a run that goes on ---------------------------------------------------------------------------


LAST = replace(
    examples.PULSE_WAVE,
    id=UUID(int=77 << 64 | 4 << 76 | 2 << 62),
    audience=Audience(levels=frozenset({Level.HIGH}), except_people=frozenset({"x@example.org"})),
    selection=Rotation(groups=4, turn=1, seed=7),
)


async def test_a_rotation_goes_on_with_the_next_group(
    site: Stand, client: httpx.AsyncClient
) -> None:
    site.conversation.instead(ShowLaunch, replace(examples.LAUNCHING, earlier=(LAST,)))
    page = await client.get(PATH)
    assert "Group 3 of 4 is next." in page.text
    assert f'href="{PATH}?continues={LAST.id}"' in page.text
    filled = (await client.get(f"{PATH}?continues={LAST.id}")).text
    assert f'value="{LAST.id}" selected' in filled
    assert 'value="high" checked' in filled
    assert 'value="rotation" checked' in filled
    assert "x@example.org</textarea>" in filled
    typed = {"levels": "high", "part": "rotation", "part_number": "4", "continues": str(LAST.id)}
    await press(client, filled, "look", except_people="x@example.org", **typed, **CLOSES)
    assert meant(site).continues == LAST.id
    assert meant(site).audience == LAST.audience
    assert meant(site).selection == Rotation(groups=4)


async def test_a_run_of_another_survey_cannot_be_continued(
    site: Stand, client: httpx.AsyncClient
) -> None:
    told = await handed_in(client, continues=str(WAVE))
    assert told.status_code == 422
    assert "It can only continue an earlier run of this survey." in told.text
    assert (await client.get(f"{PATH}?continues={WAVE}")).status_code == 404


# -- times ----------------------------------------------------------------------------------------


async def test_times_are_the_districts_and_school_days_are_named(
    site: Stand, client: httpx.AsyncClient
) -> None:
    page = await handed_in(client, "when")
    assert "Times are the district’s: Central Time." in page.text
    told = await handed_in(
        client,
        "count",
        opens_at_date="2026-11-26",
        opens_at_time="09:00",
        closes_at_date="2026-12-01",
    )
    assert "Thursday, November 26 is not a school day: Thanksgiving." in told.text
    assert "2 school days: Monday, November 30; Tuesday, December 1." in told.text
    assert meant(site).opens_at == datetime(2026, 11, 26, 9, 0, tzinfo=CHICAGO)


async def test_reminders_come_on_mornings_of_school_days_and_never_two_on_one(
    site: Stand, client: httpx.AsyncClient
) -> None:
    await handed_in(client, "count", reminders="2")
    mornings = [at.astimezone(CHICAGO) for at in meant(site).reminders]
    assert [f"{at:%a %d %H:%M}" for at in mornings] == ["Mon 30 09:00", "Wed 02 09:00"]
    await handed_in(client, "count", reminders="2", closes_at_date="2026-11-30")
    (one,) = meant(site).reminders
    assert f"{one.astimezone(CHICAGO):%a %d %H:%M}" == "Mon 30 09:00"


async def test_a_closing_is_offered_on_a_school_day(site: Stand, client: httpx.AsyncClient) -> None:
    assert 'value="2026-12-02"' in (await client.get(PATH)).text
    off = examples.LAUNCHING.calendar
    assert off is not None
    week = replace(off.holidays[0], last=datetime(2026, 12, 4).date())  # noqa: DTZ001 - a day
    closed = replace(off, holidays=(week,))
    site.conversation.instead(ShowLaunch, replace(examples.LAUNCHING, calendar=closed))
    assert 'value="2026-12-07"' in (await client.get(PATH)).text


# -- the page for the association -----------------------------------------------------------------


async def test_the_page_for_the_association_is_read_in_both_languages_and_kept_as_a_file(
    client: httpx.AsyncClient,
) -> None:
    looked = await handed_in(client, roles=["teacher"])
    shown = await press(client, looked.text, "", at=f"{PATH}/plan")
    assert "Who is asked" in shown.text
    fields = hidden(shown.text, f"{PATH}/plan")
    assert fields["roles"] == "teacher", "what was chosen goes along"
    spanish = await client.post(f"{PATH}/plan", data={**fields, "language": "es"})
    assert '<html lang="es' in spanish.text
    assert "A quién se pregunta" in spanish.text
    file = await client.post(f"{PATH}/plan", data={**fields, "file": "es"})
    assert file.headers["content-disposition"] == (
        'attachment; filename="pulse-association-es.html"'
    )
    assert "A quién se pregunta" in file.text
    assert "<form" not in file.text
    back = await client.post(PATH, data={**fields, "do": "look"})
    assert "Nothing is sent until you press the button" in back.text
    assert hidden(back.text, PATH)["roles"] == "teacher"


async def test_the_association_is_not_shown_what_nobody_meant(client: httpx.AsyncClient) -> None:
    page = (await client.get(PATH)).text
    fields = {**hidden(page, PATH), "closes_at_date": "soon", "closes_at_time": "16:00"}
    shown = await client.post(f"{PATH}/plan", data=fields)
    assert shown.status_code == 422
    assert "Enter a date and a time for it to close." in shown.text


# -- who may not ----------------------------------------------------------------------------------


async def test_a_role_that_there_is_not_never_means_everyone(
    site: Stand, client: httpx.AsyncClient
) -> None:
    for wrong in ("wizard", "student"):
        told = await handed_in(client, roles=[wrong])
        assert told.status_code == 400
    assert launches(site) == []


async def test_a_building_that_went_meanwhile_is_said_and_not_left_out(
    site: Stand, client: httpx.AsyncClient
) -> None:
    told = await handed_in(client, buildings=["gone"])
    assert told.status_code == 422
    assert "no longer exists. Choose again." in told.text


async def test_what_the_launch_itself_refuses_is_said_on_the_form(
    site: Stand, client: httpx.AsyncClient
) -> None:
    looked = await handed_in(client)
    late = Rejected(unfit={"closes_at": Unfit(why="The closing time is in the past.")})
    site.conversation.instead(surveys.LaunchSurvey, late)
    told = await press(client, looked.text, "launch")
    assert told.status_code == 422
    assert "The closing time is in the past." in told.text
    assert "It reaches 6,312 people." in told.text
    assert 'value="2026-12-04"' in told.text
