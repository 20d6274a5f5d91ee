"""What somebody types to the bot, as a command: the same in Slack and in Teams."""

from __future__ import annotations

import re
from uuid import UUID

from bot.registry import decode
from core.commands import Command
from governance.announcements.commands import WriteAnnouncement
from governance.changes.commands import ShowCalendar
from governance.chat.model import AskHere, Converse, HoldWords, Intent
from governance.chat.shortcuts import shortcut_of
from governance.docket.commands import GiveFeedback, ShowFeedbackForm
from governance.forms.commands import Open
from governance.home.commands import HomePart, ShowHelp, ShowHome
from governance.learning.commands import ShowLearning
from governance.people.ways_in import AskSignInLink
from governance.reading.chat import cannot_wait, understand
from governance.reading.chat_questions import Topic, topic_of
from governance.reading.chat_words import words_of
from governance.rules.asking import asks_for_rule, in_general
from governance.rules.commands import AskRules
from governance.service_notices.commands import ShowServiceStatus
from governance.waves.my_surveys import ShowMySurveys
from surveys.commands import ShowResults

_PLAIN = re.compile(
    r"\W*(?:yes|yep|yeah|no|nope|s[ií])(?:\W+(?:please|thanks|thank you|por favor|gracias))?\W*",
    re.IGNORECASE,
)
"""A yes or no that can answer a question; what else is friendly answers none."""

_RESULTS = re.compile(r"\s*results\s+(\S+)\s*", re.IGNORECASE)


def command_of(said: str, item_id: UUID) -> Command:
    """What a line means. ``item_id``: of the feedback that it gives, if it is that."""
    if results := _RESULTS.fullmatch(said):
        of_wave = decode(f"results|{results[1].lower()}")
        if isinstance(of_wave, ShowResults):
            return of_wave
    if asks_for_rule(said) and not cannot_wait(in_general(said)):
        return AskRules(item_id=item_id, text=said)
    if opened := shortcut_of(" ".join(words_of(said))):
        return opened
    topic = None if cannot_wait(said) else topic_of(said)
    if topic in (Topic.SERVICES, Topic.TRAINING, Topic.CHANGES):
        return AskHere(item_id=item_id, text=said, topic=topic)
    match understand(said):
        case None | Intent.UNCLEAR as intent if topic is not None:
            unclear = intent is Intent.UNCLEAR
            return AskHere(item_id=item_id, text=said, topic=topic, unclear=unclear)
        case None:
            return GiveFeedback(item_id=item_id, text=said)
        case Intent.UNCLEAR:
            return HoldWords(item_id=item_id, text=said)
        case Intent.HELP:
            return ShowHelp()
        case Intent.HOME:
            return ShowHome(part=HomePart.WAITING)
        case Intent.DOCKET:
            return ShowHome(part=HomePart.DOCKETS)
        case Intent.SURVEYS:
            return ShowMySurveys()
        case Intent.ANNOUNCE:
            return Open(of=WriteAnnouncement())
        case Intent.FEEDBACK:
            return ShowFeedbackForm()
        case Intent.SERVICES:
            return ShowServiceStatus()
        case Intent.CHANGES:
            return ShowCalendar()
        case Intent.TRAINING:
            return ShowLearning()
        case Intent.SIGN_IN:
            return AskSignInLink()
        case intent:
            return Converse(intent=intent, plain=bool(_PLAIN.fullmatch(said)))
