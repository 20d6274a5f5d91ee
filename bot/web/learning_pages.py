"""Training on the web: its pages, and a file for calendars of each session."""

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Calendar, Event
from starlette.responses import Response
from starlette.routing import Route

from bot.cards import card_of
from bot.conversation import Reader
from bot.web import lists
from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.render_card import presses
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.cards import flat
from core.words import Words
from governance import links
from governance.learning import wording as say
from governance.learning.commands import ShowGuide, ShowLearning, ShowSession, SignUp
from governance.learning.listing import learning_list
from governance.learning.messages import LearningView, SessionView


def learning_routes(site: Site) -> list[Route]:
    one = "/learning/{session}"
    return [
        page(site, "/learning", get=showing(of(ShowLearning), _learning)),
        page(site, "/calendar/{change}/learning", get=showing(of(ShowLearning), _learning)),
        page(site, one, get=showing(of(ShowSession))),
        page(site, f"{one}/calendar.ics", get=showing(of(ShowSession), _calendar)),
        page(site, "/guides/{guide}", get=showing(of(ShowGuide))),
    ]


async def _learning(visit: Visit, view: LearningView, reader: Reader) -> Response:
    words, card = visit.words(reader), card_of(view, visit.words(reader))
    adds = [one for one in card.presses if not isinstance(one.command, SignUp)]
    signs_up = [one for one in card.presses if isinstance(one.command, SignUp)]
    return await lists.listed(
        visit,
        reader,
        flat(card.title),
        learning_list(words, view),
        presses=presses(adds, reader, visit.csrf) if adds else "",
        above=presses(signs_up, reader, visit.csrf) if signs_up else "",
        up=card.up if view.change else None,
    )


async def _calendar(visit: Visit, view: SessionView, reader: Reader) -> Response:
    now = visit.site.pages.now()
    return Response(
        written(view, visit.words(reader), visit.site.settings.web_url, now),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="session.ics"'},
    )


def written(view: SessionView, words: Words, web_url: str, now: datetime) -> bytes:
    """RFC 5545. The UID stays; SEQUENCE rises when the session moves, so that a calendar that has
    it moves it. The link to join is for those who have a seat."""
    line, session = view.line, view.line.session
    seated = view.runs or (line.mine is not None and line.mine.seated)
    event = Event()
    event.add("uid", f"{session.id}@{web_url.partition('://')[2]}")
    event.add("sequence", session.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", line.starts.astimezone(UTC))
    event.add("dtend", line.ends.astimezone(UTC))
    event.add("summary", words.text(session.title))
    event.add("location", say.where(words, session))
    about = words.text(session.about) if session.about else ""
    event.add("description", "\n".join(filter(None, (about, session.link if seated else ""))))
    event.add("url", links.training(web_url, session.id))
    event.add("status", "CANCELLED" if session.cancelled else "CONFIRMED")
    made = Calendar()
    made.add("prodid", "-//Sounding Board//Training//EN")
    made.add("version", "2.0")
    made.add_component(event)
    file: bytes = made.to_ical()
    return file
