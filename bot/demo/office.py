"""What the offices of the example district began before a visitor comes: the ISO's lesson for one
school, and a goal that the steering committee proposes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from core.people import Audience
from governance.announcements.commands import SendAnnouncement, StartAnnouncement
from governance.goal_changes.commands import SendProposal, WriteProposal
from governance.goal_changes.model import ProposalKind
from governance.lessons.commands import WriteLesson

if TYPE_CHECKING:
    from bot.demo.past import Player

LESSON = uuid5(NAMESPACE_URL, "demo/office/lesson")
PROPOSAL = uuid5(NAMESPACE_URL, "demo/office/proposal")

_SCHOOLS = frozenset({"prairie-creek-elementary"})
_SENT, _DUE = -3, 7
"""School days from today."""


def plan_office(player: Player) -> None:
    player.plan(player.school_day(_SENT), partial(_teach, player))
    player.plan(player.school_day(_SENT) + timedelta(hours=1), partial(_propose, player))


async def _teach(player: Player) -> None:
    lesson = WriteLesson(
        announcement_id=LESSON,
        title="How to spot a fake sign-in page",
        text=(
            "A fake page asks for your password and looks like ours. Look at the address before "
            "you type. Ours ends in schools.example.org. If you are not sure, close the page and "
            "call the help desk."
        ),
        question="You get a message with a link to sign in. What do you look at first?",
        choice_1="The colors and the logo of the page",
        choice_2="The address of the page",
        choice_3="Whether the message has typing errors",
        right="2",
        explanation="Anyone can copy a logo. Nobody can copy the end of our address.",
        due=player.school_day(_DUE).date(),
        audience=Audience(buildings=_SCHOOLS),
    )
    await player.as_iso(lesson)
    await player.as_iso(SendAnnouncement(announcement_id=LESSON))
    await player.by_itself(StartAnnouncement(announcement_id=LESSON))


async def _propose(player: Player) -> None:
    steering = await player.store.read(lambda tx: tx.district().plan.steering)
    wanted = WriteProposal(
        proposal_id=PROPOSAL,
        kind=ProposalKind.ADOPT,
        component="connected-classrooms",
        reason="Classes meet outdoors more often, and staff ask for Wi-Fi there.",
        words={
            "title": "Wi-Fi where classes meet outdoors",
            "title.es": "Wi-Fi donde las clases se reúnen al aire libre",
        },
    )
    await player.as_chair(steering, wanted)
    await player.as_chair(steering, SendProposal(proposal_id=PROPOSAL))
