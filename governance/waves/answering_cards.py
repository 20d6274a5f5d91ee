"""What follows an answer to a survey, and what is left of it once the survey has closed."""

from __future__ import annotations

from core.cards import Card, Line, Look, Page, Press, Secrecy
from core.words import Words
from governance import links, wording
from governance.card_parts import Drawings, lines
from governance.waves import my_survey_wording as my_survey_words
from governance.waves import said_wording as said_words
from governance.waves.my_surveys import ShowMySurveys
from surveys.commands import ShowPage, ShowSaid
from surveys.messages import Answered, AnswersDeleted


def answered(words: Words, message: Answered) -> Card:
    again = ShowPage(wave_id=message.wave_id)
    about = Line(text=words.written(message.title), secrecy=Secrecy.ANYWHERE, look=Look.QUIET)
    thanks = (
        (Line(text=words.written(message.thanks), secrecy=Secrecy.ANYWHERE),)
        if message.thanks
        else ()
    )
    if message.trial:
        return Card(
            title=wording.tried(words),
            secrecy=Secrecy.ANYWHERE,
            parts=(about, *thanks),
            presses=(Press(label=words.say("Try it again"), command=again),),
            page=Page(label=words.say("Surveys"), path=links.surveys("")),
        )
    return Card(
        title=said_words.thanks(words, message),
        secrecy=Secrecy.ANYWHERE,
        parts=(about, *thanks, *lines(_following(words, message))),
        presses=(
            Press(label=words.say("Change my answers"), command=again),
            Press(label=words.say("What you said"), command=ShowSaid(wave_id=message.wave_id)),
        ),
        page=Page(label=words.say("Go to home"), path=links.inbox("")),
    )


def _following(words: Words, message: Answered) -> list[str]:
    kept = (
        words.say("Then a records hold keeps your answers until it is lifted.")
        if message.held
        else words.say("Then the results are counted and all answers are deleted.")
    )
    change = words.say(
        "You can change your answers until {when}.", when=words.when(message.closes_at)
    )
    groups = words.say(
        "Results are shown for groups of about {k} or more answers, never person by person.",
        k=message.smallest_group,
    )
    return [f"{change} {kept}", groups]


def deleted(words: Words, message: AnswersDeleted) -> Card:
    return Card(
        title=said_words.title(words, message),
        secrecy=Secrecy.ANYWHERE,
        parts=lines([said_words.deleted(words, message)]),
        presses=(Press(label=my_survey_words.title(words), command=ShowMySurveys()),),
    )


CARDS: Drawings = {Answered: answered, AnswersDeleted: deleted}
