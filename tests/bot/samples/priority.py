"""Pairs, and ideas of staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from core.text import Text, text
from governance.messages import Message
from governance.priorities import forms
from governance.priorities.commands import AddIdea, Decision
from governance.priorities.messages import (
    Comparing,
    IdeaDecisionForm,
    IdeaReceived,
    IdeasBySurvey,
    IdeasLine,
    IdeasRead,
    IdeasWaiting,
    IdeaToRead,
)
from governance.redaction.put_back import Doubt, Found, key_of
from surveys.priorities.messages import Side, Stage
from surveys.priorities.model import Ideas, IdeaState, News, Reason
from surveys.promise import Promise
from surveys.questions import Choice, Pairwise, Unfit
from tests.bot.samples.forms import form

READER = "nikolai.drobny@schools.example.org"

LABELS = (
    "Better Wi-Fi in every room",
    "New displays in classrooms",
    "Faster repairs of student devices",
    "One sign-in for everything",
    "Paid time to practice",
    "More technology coaches",
    "Quieter projectors",
    "A printer on every floor",
)
FIRST = Pairwise(
    key="first",
    prompt=text("Which of these two matters more to you?"),
    choices=tuple(Choice(key=f"c{at}", label=text(label)) for at, label in enumerate(LABELS)),
    pairs=6,
    ideas=Ideas(moderator=READER, days=4),
)
WAVE, IDEA = UUID(int=671), UUID(int=672)
UNTIL = datetime(2026, 12, 2, 22, tzinfo=UTC)
_TITLE = text("Classroom priorities", es="Prioridades del salón")
_PROMPT = text("Which of these two matters more to you?", es="¿Cuál de estas dos le importa más?")
_WIFI = text("Better Wi-Fi in every room", es="Mejor Wi-Fi en cada salón")
_CHARGERS = Text(default="Cargadores en la biblioteca", language="es")


def priorities(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    pair = Comparing(
        wave_id=WAVE,
        page=1,
        title=_TITLE,
        prompt=_PROMPT,
        hint=None,
        stage=Stage.PAIR,
        done=2,
        of=10,
        closes_at=UNTIL,
        pair=(Side(key="wifi", label=_WIFI), Side(key="idea-0a", label=text(hostile))),
        takes_ideas=True,
    )
    begin = replace(pair, stage=Stage.BEGIN, pair=None, done=0, page=0, promise=Promise())
    news = tuple(
        News(words=text(hostile), state=state, same_as=_WIFI, reason=Reason.NAMES)
        for state in IdeaState
    )
    adding = partial(forms.adding, WAVE, 0, prompt=_PROMPT, moderator="Nikolai Drobny", until=UNTIL)
    new = AddIdea(wave_id=WAVE, page=0)
    name = Found(key=key_of("Emma"), words="Emma", kind="name")
    decision = IdeaDecisionForm(
        idea_id=IDEA,
        wave_id=WAVE,
        decision=Decision.EDIT,
        words=_CHARGERS,
        text=_CHARGERS.default,
        language="es",
        other="en",
    )
    same = replace(
        decision,
        decision=Decision.SAME,
        choices=(("wifi", _WIFI), ("idea-0a", text(hostile))),
        same_as="wifi",
    )
    return {
        "pairs_begin": begin,
        "pairs_protected": replace(begin, stage=Stage.PROTECTED),
        "pair_to_compare": pair,
        "pair_with_news": replace(pair, news=news, takes_ideas=False, hint=text(hostile)),
        "pairs_stopped": replace(pair, stage=Stage.STOPPED, pair=None),
        "pairs_done": replace(pair, stage=Stage.DONE, pair=None, done=10, last=False, news=news),
        "idea_form": form(new, adding()),
        "idea_alike": form(replace(new, text=hostile), adding(alike=("wifi", _WIFI))),
        "idea_doubt": form(
            replace(new, text="Ask Emma"),
            adding(),
            doubt=Doubt(found=(name,)),
            unfit={"text": Unfit(why="Too long.")},
        ),
        "idea_received": IdeaReceived(wave_id=WAVE, page=0, moderator="Nikolai Drobny", left=2),
        "idea_tried": IdeaReceived(wave_id=WAVE, page=0, moderator="", left=2, trial=True),
        "ideas_waiting": IdeasWaiting(
            wave_id=WAVE, title=_TITLE, waiting=3, until=UNTIL, moderators=("Nikolai Drobny",)
        ),
        "ideas_by_survey": IdeasBySurvey(
            lines=(
                IdeasLine(wave_id=WAVE, title=text(hostile), waiting=3, added=1, until=UNTIL),
                IdeasLine(wave_id=IDEA, title=_TITLE, waiting=0, added=0, until=None),
            )
        ),
        "ideas_by_survey_none": IdeasBySurvey(lines=()),
        "idea_to_read": IdeaToRead(
            idea_id=IDEA,
            wave_id=WAVE,
            title=_TITLE,
            prompt=_PROMPT,
            words=text(hostile),
            waiting=3,
            alike=(_WIFI,),
        ),
        "ideas_read": IdeasRead(wave_id=WAVE, title=_TITLE, added=2, until=UNTIL),
        "ideas_over": IdeasRead(wave_id=WAVE, title=_TITLE, added=1, until=None),
        "idea_edited": decision,
        "idea_same": same,
        "idea_declined": replace(same, decision=Decision.DECLINE, reason=Reason.DONE),
    }
