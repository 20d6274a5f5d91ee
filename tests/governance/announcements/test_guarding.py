"""Nothing goes to many by one person alone, and to everyone only with a typed word."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.operator.loading import load
from core.people import Audience, Level, Role
from core.words import Words
from governance.access import Source
from governance.announcements.approval_messages import ApprovalAsked, ApprovalSettled, EditAsked
from governance.announcements.approvals import OUTGREW
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    EditAnnouncement,
    RecallAnnouncement,
    ShowProgress,
    StopCampaign,
)
from governance.announcements.campaign_wording import notes
from governance.announcements.commands import (
    ApproveAnnouncement,
    ApproveEdit,
    CheckAnnouncement,
    DeclineAnnouncement,
    DeclineEdit,
    SendAnnouncement,
    SendToJoiners,
    ShowApproval,
    StartAnnouncement,
    TryAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.model import LARGE_HOLDS, Announcement, AnnouncementState
from governance.committees.model import AnnouncementSettings
from governance.duties.commands import TendDuties
from governance.forms.messages import FormView
from governance.lists.commands import WriteList
from governance.messages import (
    AnnouncementDrafted,
    AnnouncementScheduled,
    Notice,
    Progress,
    Refused,
)
from governance.read_reminders.model import READ_BY
from governance.service_notices.commands import PostUpdate, WriteServiceNotice
from storage.ledger_tables import delivery
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_announcing import WORDS
from tests.governance.announcements.test_approving import APPROVER, appoint, inbox
from tests.governance.announcements.test_campaigning import audited, became
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, example, person, small_roster
from tests.postgres import migrated_database

FEW = Audience(people=frozenset({TEACHER, OFFICE}))
MANY = Audience(people=frozenset({TEACHER, OFFICE, CHAIR}))
EVERYONE = Audience()
USERS = Audience(lists=frozenset({"users"}))


@pytest.fixture(params=["sqlite", "postgres"])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    """A district in which one person may tell two people something, and no more."""
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        found = await stack.enter_async_context(hall(tmp_path, url=url))
        await settings(found, approve_above=2)
        yield found


async def settings(town: Hall, *, approve_above: int) -> None:
    district = replace(
        example().district,
        calendar=None,
        officers=(await town.core.store.read(lambda tx: tx.district())).officers,
        announcements=AnnouncementSettings(approve_above=approve_above),
    )
    loaded = replace(example(), district=district, roster=small_roster(5))
    await load(town.core.store, loaded, town.clock(), apply=True)


async def draft(town: Hall, audience: Audience) -> UUID:
    announcement = uuid4()
    command = WriteAnnouncement(announcement_id=announcement, **by_name(WORDS), audience=audience)
    assert isinstance(await town.ask(CTO, command), AnnouncementDrafted)
    return announcement


async def stored(town: Hall, announcement: UUID) -> Announcement:
    found = await town.core.store.read(lambda tx: tx.announcement(announcement))
    assert found is not None
    return found


async def sent(town: Hall, kind: str = "notice") -> list[Any]:
    wanted = select(delivery).where(delivery.c.kind == kind)
    return await town.core.store.read(lambda tx: list(tx.connection.execute(wanted).all()))


async def approve(town: Hall, email: str, announcement: UUID) -> Any:
    request = (await stored(town, announcement)).request
    return await town.ask(email, ApproveAnnouncement(announcement_id=announcement, request=request))


async def test_to_a_few_one_person_is_enough(town: Hall) -> None:
    announcement = await draft(town, FEW)
    shown = await town.ask(CTO, CheckAnnouncement(announcement_id=announcement))
    assert not shown.guard.second
    done = await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    assert isinstance(done, AnnouncementScheduled)
    assert len(await sent(town)) == 2


async def test_to_many_a_second_person_decides_by_day(town: Hall) -> None:
    announcement = await draft(town, MANY)
    shown = await town.ask(CTO, CheckAnnouncement(announcement_id=announcement))
    assert (shown.guard.second, shown.guard.everyone) == (True, False)
    assert "Cormac Ashgrove" in shown.guard.approvers
    waits = await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    assert isinstance(waits, Progress)
    assert waits.approval is not None
    assert not waits.approval.urgent
    assert await sent(town) == []
    asked = next(m for m in await inbox(town, APPROVER) if isinstance(m, ApprovalAsked))
    assert (asked.urgent, asked.at, asked.reach.people) == (False, None, 3)
    assert {row.priority for row in await sent(town, "approval")} != {0}, "nobody is woken"
    ended = await approve(town, APPROVER, announcement)
    assert isinstance(ended, ApprovalSettled)
    assert len(await sent(town)) == 3
    found = await stored(town, announcement)
    assert not found.overrides_quiet_hours(town.clock())


async def test_it_goes_at_its_time_where_it_was_approved_before(town: Hall) -> None:
    announcement, later = await draft(town, MANY), town.clock() + timedelta(days=3)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement, at=later))
    ended = await approve(town, APPROVER, announcement)
    assert (ended.goes_at, await sent(town)) == (later, [])
    town.clock.forward(days=3, minutes=1)
    await town.core.dispatch.keep_time()
    assert len(await sent(town)) == 3


async def test_without_a_yes_it_never_goes(town: Hall) -> None:
    announcement, later = await draft(town, MANY), town.clock() + timedelta(days=3)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement, at=later))
    town.clock.forward(days=3, minutes=2)
    await town.core.dispatch.keep_time()
    assert await sent(town) == []
    assert (await stored(town, announcement)).state is AnnouncementState.DRAFT
    now_or_never = await draft(town, MANY)
    await town.ask(CTO, SendAnnouncement(announcement_id=now_or_never))
    town.clock.forward(days=LARGE_HOLDS.days, minutes=2)
    await town.core.dispatch.keep_time()
    assert (await stored(town, now_or_never)).state is AnnouncementState.DRAFT
    assert "changed" in str(await approve(town, APPROVER, now_or_never)) or await sent(town) == []


async def test_nobody_says_yes_to_their_own_and_a_no_brings_the_draft_back(town: Hall) -> None:
    await appoint(town, CTO, (ISO,))
    await settings(town, approve_above=2)
    announcement = await draft(town, MANY)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    assert isinstance(await approve(town, CTO, announcement), Refused)
    request = (await stored(town, announcement)).request
    no = DeclineAnnouncement(announcement_id=announcement, request=request, why="Not in exam week.")
    await town.ask(ISO, no)
    found = await stored(town, announcement)
    assert (found.state, found.declined_why) == (AnnouncementState.DRAFT, "Not in exam week.")
    assert await sent(town) == []


async def test_a_yes_does_not_count_for_what_was_taken_back_and_changed(town: Hall) -> None:
    announcement, later = await draft(town, MANY), town.clock() + timedelta(days=3)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement, at=later))
    await approve(town, APPROVER, announcement)
    await town.ask(CTO, StopCampaign(subject=announcement))
    again = WriteAnnouncement(
        announcement_id=announcement, **by_name({**WORDS, "what": "Another matter."}), audience=MANY
    )
    await town.ask(CTO, again)
    assert isinstance(await town.ask(CTO, SendAnnouncement(announcement_id=announcement)), Progress)
    assert await sent(town) == []


@pytest.mark.parametrize(
    "audience",
    [EVERYONE, Audience(levels=frozenset(Level)), Audience(roles=frozenset(Role) - {Role.STUDENT})],
)
async def test_everyone_is_typed_through_every_door(town: Hall, audience: Audience) -> None:
    announcement = await draft(town, audience)
    shown = await town.ask(CTO, CheckAnnouncement(announcement_id=announcement))
    assert shown.guard.everyone
    for word in ("", "yes", "every one"):
        for command in (
            SendAnnouncement(announcement_id=announcement, everyone=word),
            SendAnnouncement(announcement_id=announcement, everyone=word, urgent=True),
            SendAnnouncement(
                announcement_id=announcement, everyone=word, at=town.clock() + timedelta(days=1)
            ),
        ):
            back = await town.ask(CTO, command)
            assert isinstance(back, Rejected), command
            assert set(back.unfit) == {"everyone"}
    plain = SendAnnouncement(announcement_id=announcement)
    by_operator = await town.core.dispatch.by_itself(plain, Source.OPERATOR)
    assert isinstance(by_operator.message, Rejected)
    await town.core.dispatch.by_itself(StartAnnouncement(announcement_id=announcement))
    assert await sent(town) == []
    assert await sent(town, "approval") == []
    confirmed = replace(plain, everyone=" Everyone ")
    assert isinstance(await town.ask(CTO, confirmed), Progress)
    assert await sent(town) == [], "a typed word is not a second person's yes"


async def test_the_operator_asks_a_person_too(town: Hall) -> None:
    announcement = await draft(town, MANY)
    plain = SendAnnouncement(announcement_id=announcement)
    reply = await town.core.dispatch.by_itself(plain, Source.OPERATOR)
    assert isinstance(reply.message, Progress)
    assert await sent(town) == []
    shown = await town.ask(APPROVER, ShowApproval(announcement_id=announcement))
    assert isinstance(shown, ApprovalAsked)
    assert shown.asked_by == ""
    await approve(town, APPROVER, announcement)
    assert len(await sent(town)) == 3


async def test_an_audience_that_grew_since_waits_at_its_time(town: Hall) -> None:
    await settings(town, approve_above=3)
    announcement, later = await draft(town, MANY), town.clock() + timedelta(days=1)
    scheduled = await town.ask(CTO, SendAnnouncement(announcement_id=announcement, at=later))
    assert isinstance(scheduled, AnnouncementScheduled)
    await settings(town, approve_above=2)
    town.clock.forward(days=1, minutes=1)
    await town.core.dispatch.keep_time()
    assert await sent(town) == []
    assert (await stored(town, announcement)).state is AnnouncementState.WAITING
    await approve(town, APPROVER, announcement)
    assert len(await sent(town)) == 3


async def test_a_test_goes_to_oneself_alone_and_is_no_send(town: Hall) -> None:
    announcement = await draft(town, EVERYONE)
    await town.ask(CTO, TryAnnouncement(announcement_id=announcement))
    tried = await sent(town, "notice-test")
    assert [row.recipient for row in tried] == [f"person:{(await person(town.core, CTO)).id}"]
    assert await sent(town) == []
    notice = next(m for m in await inbox(town, CTO) if isinstance(m, Notice) and m.trial)
    assert not notice.acknowledge
    assert (await stored(town, announcement)).state is AnnouncementState.DRAFT
    assert isinstance(
        await town.ask(TEACHER, TryAnnouncement(announcement_id=announcement)), Refused
    )


# -- what many have is not changed by one person ---------------------------------------------------


async def out(town: Hall, audience: Audience) -> UUID:
    """Sent, and everybody has it."""
    announcement = await draft(town, audience)
    done = await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    if isinstance(done, Progress):
        await approve(town, APPROVER, announcement)
    for one in await sent(town):
        email = (await town.core.store.read(lambda tx, one=one: tx.person(one.person_id))).email
        await became(town, email, state="sent")
    return announcement


async def edit(town: Hall, announcement: UUID, what: str = "Different words.") -> Any:
    words = {**WORDS, "what": what}
    return await town.ask(CTO, EditAnnouncement(announcement_id=announcement, **by_name(words)))


async def decide_edit(town: Hall, who: str, command: type, asked: EditAsked) -> Any:
    ident, number = asked.request.announcement_id, asked.request.number
    return await town.ask(who, command(announcement_id=ident, request=number))


async def test_an_edit_of_what_many_have_waits_for_a_second_person(town: Hall) -> None:
    announcement = await out(town, MANY)
    waits = await edit(town, announcement)
    assert isinstance(waits, EditAsked)
    assert (waits.open, waits.people) == (True, 3)
    assert (await stored(town, announcement)).change.what.default == WORDS["what"]
    assert await sent(town, "edited") == []
    asked = next(m for m in await inbox(town, APPROVER) if isinstance(m, EditAsked))
    assert asked.request.change.what.default == "Different words."
    own = await decide_edit(town, CTO, ApproveEdit, asked)
    assert isinstance(own, Refused), "nobody approves what they asked for"
    assert isinstance(await decide_edit(town, TEACHER, ApproveEdit, asked), Refused)
    done = await decide_edit(town, APPROVER, ApproveEdit, asked)
    assert (done.request.approved, done.decided_by) == (True, "Cormac Ashgrove")
    assert (await stored(town, announcement)).change.what.default == "Different words."
    assert len(await sent(town, "edited")) == 3
    again = await decide_edit(town, APPROVER, DeclineEdit, asked)
    assert again.request.approved, "whoever comes later hears what was decided"
    told = await sent(town, "edit-told")
    assert [row.person_id for row in told] == [(await person(town.core, CTO)).id]


async def test_an_edit_that_is_declined_changes_nothing(town: Hall) -> None:
    announcement = await out(town, MANY)
    waits = await edit(town, announcement)
    done = await decide_edit(town, APPROVER, DeclineEdit, waits)
    assert done.request.approved is False
    assert (await stored(town, announcement)).change.what.default == WORDS["what"]
    assert await sent(town, "edited") == []


async def test_a_newer_edit_takes_the_place_of_one_that_waits(town: Hall) -> None:
    announcement = await out(town, MANY)
    first = await edit(town, announcement)
    town.clock.moved += timedelta(minutes=1)
    await edit(town, announcement, "Other words again.")
    refused = await decide_edit(town, APPROVER, ApproveEdit, first)
    assert isinstance(refused, Refused)
    assert "changed since" in refused.why.why


async def test_an_edit_nobody_decided_on_in_time_is_over(town: Hall) -> None:
    announcement = await out(town, MANY)
    waits = await edit(town, announcement)
    town.clock.moved += LARGE_HOLDS + timedelta(minutes=1)
    late = await decide_edit(town, APPROVER, ApproveEdit, waits)
    assert not late.open
    assert late.request.approved is None
    assert (await stored(town, announcement)).change.what.default == WORDS["what"]


async def test_an_edit_of_what_was_taken_back_is_refused(town: Hall) -> None:
    announcement = await out(town, MANY)
    waits = await edit(town, announcement)
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    assert isinstance(await decide_edit(town, APPROVER, ApproveEdit, waits), Refused)


async def test_what_a_few_have_one_person_edits(town: Hall) -> None:
    announcement = await out(town, FEW)
    assert isinstance(await edit(town, announcement), Progress)
    assert (await stored(town, announcement)).change.what.default == "Different words."


async def everybody(town: Hall) -> list[str]:
    found = await town.core.store.read(lambda tx: [tx.person(one) for one in tx.ids_of(Audience())])
    return [one.email for one in found if one is not None]


async def on_the_list(town: Hall, *emails: str) -> None:
    written = WriteList(key="users", name="Users", addresses="\n".join(emails))
    assert not isinstance(await town.ask(CTO, written), FormView)


async def mornings(town: Hall, *, count: int = 1) -> None:
    """School mornings: late joiners, and then what people owe by a date."""
    for _ in range(count):
        town.clock.forward(days=1)
        for command in (SendToJoiners(), TendDuties()):
            await town.core.dispatch.by_itself(command, Source.CLOCK)


async def to_the_list(town: Hall, **more: Any) -> UUID:
    """Sent to who is on the list."""
    announcement = uuid4()
    given = {**by_name(WORDS), "audience": USERS, **more}
    await town.ask(CTO, WriteAnnouncement(announcement_id=announcement, **given))
    plain = SendAnnouncement(announcement_id=announcement, everyone="everyone")
    if isinstance(await town.ask(CTO, plain), Progress):
        await approve(town, APPROVER, announcement)
    return announcement


async def held(town: Hall, announcement: UUID) -> tuple[bool, int]:
    """Whether the CTO's office reads that nobody more gets it, and how often that was noted."""
    shown = await town.ask(CTO, ShowProgress(announcement_id=announcement))
    assert isinstance(shown, Progress)
    said = any("send a new announcement" in line for line in notes(Words("en"), shown))
    return said, (await audited(town)).count(OUTGREW)


async def test_a_list_that_grew_since_sending_sends_to_nobody_more(town: Hall) -> None:
    await on_the_list(town, TEACHER, OFFICE)
    announcement = await to_the_list(town, joiners_until=town.clock().date() + timedelta(days=30))
    assert len(await sent(town)) == 2
    assert await held(town, announcement) == (False, 0)
    await on_the_list(town, *await everybody(town))
    await mornings(town, count=2)
    assert len(await sent(town)) == 2
    assert await held(town, announcement) == (True, 1)
    await on_the_list(town, TEACHER, OFFICE, ISO)
    await mornings(town)
    assert len(await sent(town)) == 2, "until somebody decides"


async def test_a_duty_whose_list_grew_is_asked_of_nobody_more(town: Hall) -> None:
    await on_the_list(town, TEACHER, OFFICE, CHAIR)
    due = town.clock().date() + timedelta(days=12)
    announcement = await to_the_list(town, due=due)
    await on_the_list(town, *await everybody(town))
    await mornings(town, count=2)
    asked = await town.core.store.read(lambda tx: tx.asked_people(READ_BY, announcement))
    assert (len(asked), len(await sent(town))) == (3, 3)
    assert await held(town, announcement) == (True, 1)


async def test_a_few_who_join_many_get_it(town: Hall) -> None:
    """Of what was approved for many, and of what one person may send."""
    *most, last = await everybody(town)
    until = {"joiners_until": town.clock().date() + timedelta(days=30)}
    await on_the_list(town, *most)
    announcement = await to_the_list(town, due=town.clock().date() + timedelta(days=12))
    joined = await to_the_list(town, **until)
    await on_the_list(town, *most, last)
    await mornings(town)
    assert {
        one: [row.subject for row in await sent(town)].count(one) for one in (announcement, joined)
    } == {
        announcement: len(most) + 1,
        joined: len(most) + 1,
    }
    assert await held(town, announcement) == (False, 0)


async def test_what_everyone_has_takes_the_word_however_its_list_shrank(town: Hall) -> None:
    await on_the_list(town, *await everybody(town))
    announcement, notice = await draft(town, USERS), uuid4()
    wrote = WriteServiceNotice(
        announcement_id=notice, title={"": "No Wi-Fi"}, what={"": "Use a cable."}, audience=USERS
    )
    await town.ask(CTO, wrote)
    for one in (announcement, notice):
        plain = SendAnnouncement(announcement_id=one, everyone="everyone")
        assert isinstance(await town.ask(CTO, plain), Progress)
        await approve(town, APPROVER, one)
    for email in await everybody(town):
        await became(town, email, state="sent")
    await on_the_list(town, TEACHER)
    edit = EditAnnouncement(
        announcement_id=announcement, **by_name({**WORDS, "what": "Other words."})
    )
    update = PostUpdate(
        update_id=uuid4(), announcement_id=notice, words={"": "Use Wi-Fi."}, last=False
    )
    for command in (edit, update):
        refused = await town.ask(CTO, command)
        assert isinstance(refused, Rejected | FormView), command
        assert set(refused.unfit) == {"everyone"}
        done = await town.ask(CTO, replace(command, everyone="everyone"))
        assert not isinstance(done, Rejected | FormView | Refused)


async def test_a_yes_is_for_as_many_as_were_asked_about(town: Hall) -> None:
    await on_the_list(town, TEACHER, OFFICE, CHAIR)
    announcement = await draft(town, USERS)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    await on_the_list(town, TEACHER, OFFICE, CHAIR, ISO)
    town.clock.moved += timedelta(minutes=1)
    before = (await stored(town, announcement)).request
    refused = await approve(town, APPROVER, announcement)
    assert isinstance(refused, Refused)
    assert refused.why.values["n"] == "4"
    found = await stored(town, announcement)
    assert (found.state, await sent(town)) == (AnnouncementState.WAITING, [])
    assert found.request != before
    assert len(await sent(town, "approval")) == 2 * len(
        {r.person_id for r in await sent(town, "approval")}
    )
    await approve(town, APPROVER, announcement)
    assert len(await sent(town)) == 4


async def test_what_grew_to_everyone_since_it_was_asked_for_is_a_draft_again(town: Hall) -> None:
    await on_the_list(town, TEACHER, OFFICE, CHAIR)
    announcement = await draft(town, USERS)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    await on_the_list(town, *await everybody(town))
    assert isinstance(await approve(town, APPROVER, announcement), Refused)
    assert (await stored(town, announcement)).state is AnnouncementState.DRAFT
    assert await sent(town) == []
    told = await sent(town, "approval-lapsed")
    assert [row.person_id for row in told] == [(await person(town.core, CTO)).id]


@pytest.mark.parametrize("many", [False, True])
async def test_what_grew_to_everyone_is_a_draft_again_at_its_time(town: Hall, many: bool) -> None:
    await on_the_list(town, TEACHER, OFFICE, *([CHAIR] if many else []))
    announcement, later = await draft(town, USERS), town.clock() + timedelta(days=1)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement, at=later))
    if many:
        await approve(town, APPROVER, announcement)
    assert (await stored(town, announcement)).state is AnnouncementState.SCHEDULED
    await on_the_list(town, *await everybody(town))
    town.clock.forward(days=1, minutes=1)
    await town.core.dispatch.keep_time()
    assert await sent(town) == []
    found = await stored(town, announcement)
    assert (found.state, found.approved_at) == (AnnouncementState.DRAFT, None)


async def test_an_audience_that_grew_since_its_approval_takes_another(town: Hall) -> None:
    announcement = await draft(town, Audience(roles=frozenset({Role.TEACHER})))
    at = town.clock() + timedelta(hours=3)
    await town.core.store.write(
        lambda tx: tx.put_announcement(
            replace(
                tx.announcement(announcement),
                state=AnnouncementState.SCHEDULED,
                audience=Audience(people=MANY.people | {ISO}),
                send_at=at,
                approved_at=town.clock(),
                approved_people=3,
            )
        )
    )
    town.clock.moved += timedelta(hours=4)
    await town.core.dispatch.by_itself(StartAnnouncement(announcement_id=announcement))
    found = await stored(town, announcement)
    assert (found.state, found.approved_at) == (AnnouncementState.WAITING, None)
    assert await sent(town) == []
