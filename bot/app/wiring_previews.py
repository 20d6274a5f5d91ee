"""How Slack and Teams would show a survey or an announcement, drawn as it would be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from bot.conversation import Reader
from bot.web.settings import Sight
from core.people import Platform
from core.words import Words
from governance.messages import Notice
from surveys.messages import Invitation, QuestionPage
from surveys.survey import Survey


class SlackSight:
    platform = Platform.SLACK

    def objections(self, survey: Survey, reader: Reader) -> Sequence[str]:
        from bot.slack.objections import objections

        return objections(survey, Words(reader.locale, reader.timezone))

    def drawn(
        self, message: Invitation | QuestionPage | Notice, reader: Reader
    ) -> Mapping[str, Any]:
        from bot.slack.blocks import pen_for
        from bot.slack.draw import draw_message, draw_modal

        pen = pen_for(reader, uuid4())
        modal = isinstance(message, QuestionPage)
        return draw_modal(message, pen) if modal else draw_message(message, pen)


class TeamsSight:
    platform = Platform.TEAMS

    def objections(self, survey: Survey, reader: Reader) -> Sequence[str]:
        from bot.teams.objections import objections

        return objections(Words(reader.locale, reader.timezone), survey)

    def drawn(
        self, message: Invitation | QuestionPage | Notice, reader: Reader
    ) -> Mapping[str, Any]:
        from bot.teams.draw import draw

        found = draw(message, reader)
        return found.card if found else {}


SIGHTS: tuple[Sight, ...] = (SlackSight(), TeamsSight())
