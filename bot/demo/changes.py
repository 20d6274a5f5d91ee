"""The example district's changes and service notices, played to where a visitor finds them."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.files.changed_yaml import Changed, Noticed, Question
from core.people import Audience, Person
from governance.announcements.asked import by_name
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    SendAnnouncement,
    StartAnnouncement,
)
from governance.announcements.model import AnnouncementState
from governance.changes.commands import AddMessage, PlanMessage, TakeChangeStep, WriteChange
from governance.changes.model import USUAL, ChangeStep, Phase
from governance.docket.commands import AnswerItem, GiveFeedback
from governance.faq.commands import PublishFaqEntry
from governance.faq.subject import about_change
from governance.feedback.model import Naming
from governance.learning.commands import DoGuide, SignUp, WriteGuide, WriteSession
from governance.learning.model import Format
from governance.service_notices.commands import PostUpdate, WriteServiceNotice
from storage.transaction import Transaction

if TYPE_CHECKING:
    from bot.demo.past import Player

_HOUR = timedelta(hours=1)


def demo_id(key: str) -> UUID:
    """The id of a change, a session, a guide or a notice: the same at every start."""
    return uuid5(NAMESPACE_URL, f"demo/changes/{key}")


def plan_change(player: Player, changed: Changed) -> None:
    change = demo_id(changed.key)
    player.plan(player.school_day(-changed.proposed), partial(_propose, player, changed))
    approve = TakeChangeStep(change_id=change, step=ChangeStep.APPROVED, why=changed.approval)
    at = player.school_day(-changed.approved)
    player.plan(at, partial(player.as_chair, changed.committee, approve))
    for ago in range(changed.approved, 0, -1):
        player.plan(player.school_day(-ago), partial(_send, player, change))
    start = TakeChangeStep(change_id=change, step=ChangeStep.STARTED)
    player.plan(player.school_day(-changed.started), partial(player.as_cto, start))
    player.plan(player.school_day(-1) + _HOUR, partial(_take_part, player, changed))
    for number, question in enumerate(changed.questions):
        asking = partial(_ask, player, changed, number, question)
        player.plan(player.school_day(-question.ago) + _HOUR, asking)
        if question.answer:
            answering = partial(_answer, player, changed, number, question)
            player.plan(player.school_day(-question.answered) + 2 * _HOUR, answering)


async def _propose(player: Player, changed: Changed) -> None:
    """Its words, its messages, and where people learn."""
    change, day = demo_id(changed.key), player.school_day(changed.day).date()
    written = WriteChange(
        change_id=change,
        **by_name(changed.words),
        audience=changed.audience,
        day=day,
        committee=changed.committee,
        serves=changed.serves,
        owner=changed.owner,
        sponsor=changed.sponsor,
        risk=changed.risk,
        risk_note=changed.risk_note,
    )
    await player.as_cto(written)
    await player.as_cto(AddMessage(change_id=change))
    first = await player.store.read(partial(_first_message, change))
    if changed.confirm and first is not None:
        days, at = USUAL[Phase.HEADS_UP]
        planned = PlanMessage(
            change_id=change,
            announcement_id=first,
            days=str(-days),
            at=f"{at:%H:%M}",
            audience=changed.audience,
            acknowledge=True,
            due=player.school_day(changed.day - changed.confirm).date(),
        )
        await player.as_cto(planned)
    for number, session in enumerate(changed.sessions):
        offered = WriteSession(
            session_id=demo_id(f"{changed.key}/session-{number}"),
            change_id=change,
            title=session.title,
            about=session.about,
            format=Format.ONLINE if session.link else Format.IN_PERSON,
            day=player.school_day(session.day).date(),
            begins=session.begins,
            ends=session.ends,
            place=session.place,
            link=session.link,
            capacity=session.seats,
            leader=session.leader,
            audience=changed.audience,
        )
        await player.as_cto(offered)
    for number, guide in enumerate(changed.guides):
        written_down = WriteGuide(
            guide_id=demo_id(f"{changed.key}/guide-{number}"),
            change_id=change,
            title=guide.title,
            text=guide.text,
            link=guide.link,
            audience=changed.audience,
        )
        await player.as_cto(written_down)
    await player.as_cto(TakeChangeStep(change_id=change, step=ChangeStep.PROPOSED))


async def _send(player: Player, change: UUID) -> None:
    """What the clock would have sent by then."""
    for announcement in await player.store.read(partial(_due, change, player.at)):
        await player.by_itself(StartAnnouncement(announcement_id=announcement))
        await player.delivered(announcement)


async def _take_part(player: Player, changed: Changed) -> None:
    """People confirm the first message, sign up and do the guide."""
    people = await player.store.read(partial(_people, changed.audience, player.spared))
    first = await player.store.read(partial(_first_message, demo_id(changed.key)))
    if first is not None:
        for person in _some(people, changed.confirmed, "confirmed"):
            await player.act(person.id, AcknowledgeAnnouncement(announcement_id=first))
    for number, session in enumerate(changed.sessions):
        taken = SignUp(session_id=demo_id(f"{changed.key}/session-{number}"))
        for person in _some(people, session.signed_up, session.title):
            await player.act(person.id, taken)
    for number, guide in enumerate(changed.guides):
        did = DoGuide(guide_id=demo_id(f"{changed.key}/guide-{number}"))
        for person in _some(people, guide.did, guide.title):
            await player.act(person.id, did)


async def _ask(player: Player, changed: Changed, number: int, question: Question) -> None:
    people = await player.store.read(partial(_people, changed.audience, player.spared))
    for author in _some(people, 1, question.text):
        asked = GiveFeedback(
            item_id=_item(changed, number),
            text=question.text,
            naming=Naming.WITHHELD,
            about=about_change(demo_id(changed.key)),
        )
        await player.give(author, asked)


async def _answer(player: Player, changed: Changed, number: int, question: Question) -> None:
    answered = AnswerItem(item_id=_item(changed, number), text=question.answer)
    await player.as_chair(changed.committee, answered)
    if question.faq:
        entry = PublishFaqEntry(
            change_id=demo_id(changed.key),
            entry_id=demo_id(f"{changed.key}/faq-{number}"),
            question=question.faq["question"],
            answer=question.faq["answer"],
        )
        await player.as_chair(changed.committee, entry)


def _item(changed: Changed, number: int) -> UUID:
    return demo_id(f"{changed.key}/question-{number}")


# -- service notices -------------------------------------------------------------------------------


def plan_notice(player: Player, noticed: Noticed) -> None:
    begins = player.school_day(-noticed.ago)
    player.plan(begins, partial(_tell, player, noticed))
    notice = demo_id(noticed.key)
    for hours, words in ((1, noticed.update), (2, noticed.end)):
        said = PostUpdate(
            announcement_id=notice,
            update_id=demo_id(f"{noticed.key}/{hours}"),
            last=words is noticed.end,
            words=words,
        )
        player.plan(begins + hours * _HOUR, partial(player.as_cto, said))


async def _tell(player: Player, noticed: Noticed) -> None:
    notice = demo_id(noticed.key)
    written = WriteServiceNotice(
        announcement_id=notice,
        title=noticed.title,
        what=noticed.what,
        audience=noticed.audience,
    )
    await player.as_cto(written)
    await player.as_cto(SendAnnouncement(announcement_id=notice))
    await player.delivered(notice)


# -- looking up ------------------------------------------------------------------------------------


def _some(people: Sequence[Person], many: int, why: str) -> Sequence[Person]:
    """The same people at every start."""
    chance = random.Random(why)  # noqa: S311  (a play, not a secret)
    return chance.sample(people, min(many, len(people)))


def _people(audience: Audience, spared: Collection[UUID], tx: Transaction) -> Sequence[Person]:
    return [one for one in tx.people_of(audience) if one.id not in spared]


def _first_message(change: UUID, tx: Transaction) -> UUID | None:
    found = (one for one in tx.planned(change) if one.phase is Phase.HEADS_UP)
    return next((one.announcement_id for one in found), None)


def _due(change: UUID, at: datetime, tx: Transaction) -> Sequence[UUID]:
    found = [tx.announcement(one.announcement_id) for one in tx.planned(change)]
    waiting = [one for one in found if one and one.state is AnnouncementState.SCHEDULED]
    return [one.id for one in waiting if one.send_at and one.send_at <= at]
