"""After a launch: the sentence that says what was launched, and the page that shows it."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.launching.seen import Seen
from bot.web.notices import Notice, lines
from bot.web.visiting import Visit
from bot.web.wave_pages import line_of
from core.cards import Bullets, Page, Secrecy
from core.words import Words
from governance import links, wording
from governance.labels import Labels
from governance.views import DeskView, WaveLine
from governance.waves import reach_wording as reach_words
from surveys.messages import WaveLaunched
from surveys.survey import WaveState


async def show(visit: Visit, desk: DeskView, reader: Reader) -> Response:
    """The page after it: what stands now, and what can be done next."""
    line, words = line_of(visit, desk), visit.words(reader)
    title = words.say("Launched: {title}", title=words.text(line.wave.survey.title))
    surveys = Page(label=words.say("Surveys"), path=links.surveys(""))
    progress = Page(label=words.say("Survey progress"), path=f"/desk/asking/{line.wave.id}")
    after = words.say(
        "You can follow the sending, stop it, extend the survey, or close it early. Its questions "
        "and tables no longer change."
    )
    notice = Notice(
        title=title,
        parts=(
            Bullets(lines=_stands(words, line), secrecy=Secrecy.SIGNED_IN),
            *lines(after),
        ),
        ways=(progress, surveys),
        up=surveys,
    )
    return await visit.notice(notice, reader)


def _stands(words: Words, line: WaveLine) -> tuple[str, ...]:
    """Whom a launched survey asks, and its dates."""
    say, when, wave = words.say, words.when, line.wave
    audience = f"{Labels(words).audience(wave.audience)}."
    planned = wave.state is WaveState.PLANNED
    if planned:
        opens = say("Opens on {when}.", when=when(wave.opens_at))
    else:
        asked = words.count("{n} person was asked.", "{n} people were asked.", line.asked)
        audience = f"{audience} {asked}"
        opens = say("Opened on {when}.", when=when(wave.opens_at))
    if wave.state is WaveState.CLOSED:
        closes = say("Closed {when}.", when=when(wave.closes_at))
    else:
        closes = say("Closes on {when}.", when=when(wave.closes_at))
    reminders = (
        say("A reminder goes to people who have not answered on {when}.", when=when(at))
        for at in wave.reminders
    )
    return (audience, opens, *reminders, closes)


def note(visit: Visit, seen: Seen, launched: WaveLaunched) -> str:
    """What was launched, whom it asks and when: said above the next page."""
    words = seen.words
    if launched.again:
        return words.say(
            "“{title}” had already been launched like this. Nothing was sent twice.",
            title=words.text(launched.title),
        )
    told = {
        "title": words.text(launched.title),
        "people": words.count("{n} person", "{n} people", launched.people),
        "when": words.when(launched.closes_at),
    }
    if launched.opens_at > visit.site.pages.now():
        said = words.say(
            "“{title}” asks {people} from {opens} on and closes on {when}.",
            opens=words.when(launched.opens_at),
            **told,
        )
    else:
        said = words.say("“{title}” asks {people} now and closes on {when}.", **told)
    reach = reach_words.beside(words, launched.reach) if launched.reach else []
    held = [wording.held(words, launched.held)] if launched.held else []
    return " ".join([said, *reach, *held])
