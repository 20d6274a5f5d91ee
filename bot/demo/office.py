"""What the offices of the example district began before a visitor comes: an announcement that one
school has confirmed, the ISO's lesson for another, a goal that the steering committee proposes, and
priorities to which staff add ideas."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from bot.demo.telling import Played
from core.people import Audience
from core.text import text
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    SendAnnouncement,
    StartAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.model import Change
from governance.goal_changes.commands import SendProposal, WriteProposal
from governance.goal_changes.model import ProposalKind
from governance.lessons.commands import WriteLesson
from governance.priorities.commands import AddIdea, TendIdeas
from surveys.waves.sampling import Sample

if TYPE_CHECKING:
    from bot.demo.past import Player

LESSON = uuid5(NAMESPACE_URL, "demo/office/lesson")
PROPOSAL = uuid5(NAMESPACE_URL, "demo/office/proposal")
PRIORITIES = uuid5(NAMESPACE_URL, "demo/office/priorities")

PRINTING = uuid5(NAMESPACE_URL, "demo/office/printing")

_SCHOOLS = frozenset({"prairie-creek-elementary"})
_SENT, _DUE = -3, 7
_CLOSES = 6
"""School days from today."""
_SURVEY = "staff-priorities"
_PEOPLE = 20
_IDEAS = (
    "A cart of charged loaner laptops in every hallway",
    "Let us sign in with a card instead of a password",
)


_PRINTING_SCHOOLS = frozenset({"loup-river-middle"})
_PRINTING_SENT, _PRINTING_DUE = -24, -15
_NOT_CONFIRMED = 5
"""People who did not confirm it in time."""


def plan_office(player: Player) -> None:
    player.plan(player.school_day(_PRINTING_SENT), partial(_announce, player))
    player.plan(player.school_day(_PRINTING_DUE), partial(_confirm, player))
    player.plan(player.school_day(_SENT), partial(_teach, player))
    player.plan(player.school_day(_SENT) + timedelta(hours=1), partial(_propose, player))
    asked = partial(
        player.ask_some,
        PRIORITIES,
        _SURVEY,
        Sample(people=_PEOPLE, seed=11),
        closes_at=player.school_day(_CLOSES),
    )
    player.plan(player.at - timedelta(hours=3), asked, Played.SURVEY)
    player.plan(player.at - timedelta(hours=1), partial(_add_ideas, player))


async def _announce(player: Player) -> None:
    """It went out and came due in time for the CTO's Home to show its figure."""
    change = Change(
        title=text("Badge printing at Loup River", es="Imprimir con credencial en Loup River"),
        what=text(
            "The copiers at Loup River print when you hold your badge to them.",
            es="Las copiadoras de Loup River imprimen cuando usted acerca su credencial.",
        ),
        why=text(
            "Tests and letters about students lay in the tray until somebody took them.",
            es="Exámenes y cartas sobre estudiantes quedaban en la bandeja.",
        ),
        when=text("From Monday on.", es="A partir del lunes."),
        who=text("Everyone who prints at Loup River.", es="Quien imprime en Loup River."),
        action=text(
            "Hold your badge to a copier once and sign in. Then the badge is enough.",
            es="Acerque su credencial una vez e inicie sesión. Después basta la credencial.",
        ),
    )
    written = WriteAnnouncement(
        announcement_id=PRINTING,
        change=change,
        due=player.school_day(_PRINTING_DUE).date(),
        audience=Audience(buildings=_PRINTING_SCHOOLS),
        acknowledge=True,
    )
    await player.as_cto(written)
    await player.as_cto(SendAnnouncement(announcement_id=PRINTING))
    await player.by_itself(StartAnnouncement(announcement_id=PRINTING))
    await player.delivered(PRINTING)


async def _confirm(player: Player) -> None:
    audience = Audience(buildings=_PRINTING_SCHOOLS)
    people = await player.store.read(lambda tx: tx.people_of(audience))
    for person in people[_NOT_CONFIRMED:]:
        await player.act(person.id, AcknowledgeAnnouncement(announcement_id=PRINTING))


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
    await player.delivered(LESSON)


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


async def _add_ideas(player: Player) -> None:
    """Each waits for the survey's moderator, who hears of it at once."""
    people = await player.store.read(lambda tx: tx.some_waiting(PRIORITIES, len(_IDEAS)))
    for person, idea in zip(people, _IDEAS, strict=False):
        await player.act(person, AddIdea(wave_id=PRIORITIES, page=0, text=idea))
    await player.by_itself(TendIdeas())
