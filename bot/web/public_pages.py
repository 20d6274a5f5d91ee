"""What anybody may read without signing in: how privacy is protected, and the terms of use."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import Response

from bot.web.anonymous.bare import language_of
from bot.web.notices import Notice, Passage, lines
from bot.web.visiting import Visit
from core.cards import Bullets, Link, Secrecy
from core.words import Words
from surveys.survey import COMMENTS_FROM, SCORES_FROM


async def privacy(visit: Visit) -> Response:
    return await _page(visit, "privacy")


async def terms(visit: Visit) -> Response:
    return await _page(visit, "terms")


async def _page(visit: Visit, key: str) -> Response:
    """The district's own text, else ours. A stranger reads it in their browser's language."""
    reader = visit.own or replace(
        visit.reader, locale=language_of(visit.request.scope, visit.site.settings.locale)
    )
    words = visit.words(reader)
    title = words.say("Privacy") if key == "privacy" else words.say("Terms of use")
    own = await visit.site.pages.public_text(key)
    written = _markdown().render(own.in_locale(reader.locale)) if own else ""
    if own is None:
        district = visit.site.settings.district
        ours = _privacy(words, district) if key == "privacy" else _terms(words, district)
        return await visit.notice(replace(ours, title=title), reader)
    notice = Notice(
        title=title,
        text=Markup(written),  # noqa: S704 - the library escapes HTML and refuses scripts
        language=own.language_for(reader.locale),
    )
    return await visit.notice(notice, reader)


def _privacy(words: Words, district: str) -> Notice:
    say, here = words.say, Secrecy.SIGNED_IN
    surveys = (
        say(
            "Your answers are confidential. While a survey is open, an operator who broke the "
            "rules could link them to you, because you can still change them."
        ),
        say(
            "Results are shown only for groups of about {k} or more answers. Comments are shown "
            "only where {n} or more people wrote one.",
            k=SCORES_FROM,
            n=COMMENTS_FROM,
        ),
        say(
            "When a survey closes, we make its tables and add a small random number to each count. "
            "Then we delete the answers, unless the law makes the district keep them."
        ),
        say("No page shows by name who answered; the operator could look it up."),
    )
    told = (
        say(
            "Your original message is encrypted. It is deleted when you confirm the version "
            "without personal data, or after 7 days, unless it must be kept longer."
        ),
        say(
            "A committee reads your words with recognized personal data taken out. That version, "
            "and the record of who wrote it, can be read by anyone who runs the database."
        ),
        say(
            "If you withhold your name, the committee does not see it. The operator could find out."
        ),
        say(
            "A message about danger, a security problem or lost student data goes with your name "
            "to a person who can act. We’ll let you know."
        ),
    )
    goes = (
        say(
            "The district runs this service. Slack, Microsoft Teams, mail and the help desk get "
            "only what is sent through them. There is no advertising and no tracking. Cookies keep "
            "you signed in and nothing else."
        ),
        say(
            "To ask about your data or to fix a mistake in it, write to the district’s technology "
            "office."
        ),
    )
    return Notice(
        title="",
        parts=lines(
            say(
                "{district} uses Sounding Board to ask its staff about technology and to tell them "
                "what changes.",
                district=district,
            )
        ),
        passages=(
            Passage(title=say("Surveys"), parts=(Bullets(lines=surveys, secrecy=here),)),
            Passage(title=say("What you tell us"), parts=(Bullets(lines=told, secrecy=here),)),
            Passage(title=say("Where data goes"), parts=lines(*goes)),
        ),
    )


def _terms(words: Words, district: str) -> Notice:
    say = words.say
    said = (
        say(
            "This service is for the staff of {district}. It is not for students or the public.",
            district=district,
        ),
        say("Answering is voluntary. You can say no to any survey."),
        say(
            "Do not write about students by name. Leave out health and personal data that nobody "
            "needs."
        ),
        say(
            "It is not an emergency service and is not watched around the clock. In danger, call "
            "911."
        ),
        say(
            "Telling us something here is not a mandated report. Make that report as the law "
            "requires."
        ),
        say("The district’s rules for staff and its acceptable use policy apply here too."),
    )
    here = Secrecy.SIGNED_IN
    more = Link(label=say("Privacy"), url="/privacy", secrecy=here)
    return Notice(title="", parts=(Bullets(lines=said, secrecy=here), more))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable("image")
