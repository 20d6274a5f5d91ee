"""How a survey's asking goes: counts of invitations that follow along, and what can be done: stop
it, send the rest, ask those again whom it did not reach. Never person by person."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.charts.results import progress_bar
from bot.conversation import Reader
from bot.web.details import drawn
from bot.web.notices import lines
from bot.web.render_card import presses
from bot.web.rendering import render
from bot.web.visiting import Visit
from core.cards import Page
from core.details import Detail
from core.words import Words
from governance import links
from governance.announcements.campaign_cards import asking_presses
from governance.labels import Labels
from governance.messages import WaveProgress
from governance.waves import asking_wording as asking_words
from governance.waves import lists as wave_lists
from surveys.survey import Wave, WaveState


async def show(visit: Visit, found: WaveProgress, reader: Reader) -> Response:
    words = visit.words(reader)
    return await visit.of_kind(
        "detail",
        words.say("Asking: {title}", title=words.text(found.wave.survey.title)),
        reader,
        up=Page(label=words.say("Surveys"), path=links.surveys("")),
        view=drawn(visit, _detail(words, found.wave), reader),
        content=_live(words, visit.request.url.path, drawn_tally(found, reader, csrf=visit.csrf)),
    )


def _detail(words: Words, wave: Wave) -> Detail:
    """The survey, and where else it is looked at and ended."""
    say, when = words.say, words.when
    pages = [Page(label=say("Results"), path=links.results("", wave.id))]
    if wave.state is WaveState.OPEN:
        pages.append(Page(label=say("Extend it"), path=f"/desk/extend/{wave.id}"))
        pages.append(Page(label=say("Close it now"), path=f"/desk/close/{wave.id}"))
    if wave.hold:
        pages.append(Page(label=say("Lift the records hold"), path=links.lift_hold("", wave.id)))
    state = {
        WaveState.PLANNED: say("Opens {when}.", when=when(wave.opens_at)),
        WaveState.CLOSED: say("Closed {when}.", when=when(wave.closes_at)),
    }.get(wave.state, say("Open until {when}.", when=when(wave.closes_at)))
    held = say("Its answers are under a records hold and are kept.") if wave.hold else ""
    return Detail(
        title=words.text(wave.survey.title),
        state=wave_lists.state_tag(words, wave),
        facts=" ".join((f"{Labels(words).audience(wave.audience)}.", state)),
        pages=tuple(pages),
        notes=lines(held),
    )


def _live(words: Words, path: str, tally: str) -> Markup:
    """The counts, which follow along while the page is open."""
    say = words.say
    return _LIVE.format(
        path,
        say("Stop live updates"),
        say("Follow live updates"),
        Markup(tally),  # noqa: S704 - it is drawn
        say("Reload the numbers"),
        say("No page shows by name who got it, who answered and who declined."),
    )


_LIVE = Markup(
    '<p class="unseen" role="status" aria-live="polite" id="tally-said"></p>\n'
    '<div id="tally" data-says="tally-said" data-pause="{1}" data-resume="{2}">\n{3}\n</div>\n'
    '<p><a href="{0}">{4}</a></p>\n<p class="quiet">{5}</p>'
)


async def numbers(visit: Visit, found: WaveProgress, reader: Reader) -> Response:
    """The counts alone: what the page asks for again while the survey is sent out."""
    return HTMLResponse(drawn_tally(found, reader, csrf=visit.csrf))


def drawn_tally(message: WaveProgress, reader: Reader, *, csrf: str) -> str:
    """The counts with their bar, and the buttons for what can be done."""
    words, tally = Words(reader.locale, reader.timezone), message.tally
    said, sent = asking_words.sentence(words, message), words.say("sent")
    bar = progress_bar(tally.sent, tally.people, sent, words, ident="sent") if tally else ""
    return render(
        "fragments/tally.html",
        reader,
        numbers=f"{links.asking('', message.wave.id)}/numbers",
        moving=tally is not None and tally.moving,
        said=said,
        measures=[(said, bar)],
        counts=asking_words.counts(words, message),
        notes=asking_words.notes(words, message),
        steps=presses(asking_presses(words, message), reader, csrf),
    )
