"""What people will see, on each platform and in each language, drawn by the platforms."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

from markupsafe import Markup
from starlette.responses import Response

from bot.conversation import Reader
from bot.web.authoring.checking import checked
from bot.web.authoring.drawing import upper
from bot.web.authoring.holding import Opened, opened
from bot.web.authoring.overview import show
from bot.web.authoring.seeing import seen
from bot.web.details import DrawnSection, drawn
from bot.web.launching.days import usual_closing
from bot.web.render_card import drawn_parts
from bot.web.rendering import drawn_by
from bot.web.settings import Sight
from bot.web.visiting import Visit
from core.cards import Line, Look, Page, Secrecy
from core.details import Detail
from core.people import Platform
from core.words import Words
from governance.languages import language_name
from surveys.asking.presenting import as_shown, invited
from surveys.messages import Invitation, QuestionPage
from surveys.promise import promise
from surveys.survey import Survey

BUILDER = "https://app.slack.com/block-kit-builder/#"
"""Slack's own tool, which shows blocks as Slack does."""

_LIKENESS = "macros/likeness.html"


@dataclass(frozen=True, kw_only=True)
class Screen:
    """One thing that people see. ``body``: as the platform gets it; the web's own is ``html``."""

    heading: str
    html: Markup | None = None
    body: Mapping[str, Any] | None = None
    written: str = ""
    builder: str = ""


async def preview(visit: Visit) -> Response:
    held = await opened(visit)
    survey = checked(visit, held).survey
    if survey is None:
        alarm = held.words.say("A preview needs the whole survey. This is still missing:")
        return await show(visit, held, status=422, alarm=alarm)
    query = visit.request.query_params
    sights = {str(sight.platform): sight for sight in visit.site.pages.sights}
    platform = query.get("platform", "")
    platform = platform if platform in sights else str(Platform.WEB)
    language = query.get("language", "")
    language = language if language in held.languages else held.words.spoken
    words = held.words
    title, sight = words.say("Preview"), sights.get(platform)
    notes = (
        Line(text=_what_it_is(words, platform), secrecy=Secrecy.SIGNED_IN, look=Look.QUIET),
        *(
            Line(text=one, secrecy=Secrecy.SIGNED_IN, look=Look.ALARM)
            for one in _objections(sight, survey, held)
        ),
    )
    view = drawn(visit, Detail(title=title), held.reader)
    choose = drawn_by(
        _LIKENESS,
        "choose_sight",
        held.reader,
        f"{held.at}/preview",
        [(str(one), _named(one)) for one in (Platform.WEB, *_platforms(visit))],
        platform,
        [(tag, upper(language_name(words, tag))) for tag in held.languages],
        language,
    )
    sections = [
        DrawnSection(
            title=one.heading,
            parts=drawn_by(_LIKENESS, "screen", held.reader, one, platform, language),
        )
        for one in _screens(visit, held, survey, sight, language)
    ]
    return await visit.of_kind(
        "detail",
        title,
        held.reader,
        view=replace(view, notes=choose + drawn_parts(notes, held.reader), sections=sections),
        up=Page(label=words.say("The survey"), path=held.at),
    )


def _what_it_is(words: Words, platform: str) -> str:
    if platform == str(Platform.WEB):
        return words.say(
            "This is what people get. You can’t fill anything in here. To do that, use “Try it "
            "here.”"
        )
    return words.say(
        "This shows exactly what is sent. Buttons and boxes don’t work here, and the app uses its "
        "own colors and fonts."
    )


def _platforms(visit: Visit) -> Sequence[Platform]:
    return [sight.platform for sight in visit.site.pages.sights]


def _named(platform: Platform) -> str:
    return {Platform.SLACK: "Slack", Platform.TEAMS: "Teams", Platform.WEB: "Web"}[platform]


def _objections(sight: Sight | None, survey: Survey, held: Opened) -> Sequence[str]:
    return sight.objections(survey, held.reader) if sight else ()


def _screens(
    visit: Visit, held: Opened, survey: Survey, sight: Sight | None, language: str
) -> list[Screen]:
    """The invitation, then each page where it is not answered inside of that."""
    wave = uuid5(NAMESPACE_URL, f"preview/{held.id}")
    closes = usual_closing(visit.site.pages.now(), held.view.calendar, held.view.timezone)
    reader = Reader(locale=language, timezone=held.reader.timezone, web_url=held.reader.web_url)
    told_to = tuple(name for key, name in held.view.committees if key in survey.committees)
    asked = Invitation(
        wave_id=wave,
        title=survey.title,
        asked_by=survey.asked_by,
        purpose=survey.purpose,
        question_count=len(survey.questions),
        minutes=survey.effort,
        closes_at=closes,
        promise=promise(survey, committees=told_to, rules=held.view.rules),
        inline=survey.questions if survey.short else (),
    )
    messages: list[tuple[str, Invitation | QuestionPage]] = [
        (held.words.say("The invitation"), invited(asked, _reader_of(visit)))
    ]
    if not survey.short:
        messages += [
            (
                held.words.say("Page {n}", n=number + 1),
                _page(survey, wave, number, asked, _reader_of(visit)),
            )
            for number in range(len(survey.pages))
        ]
    return [_screen(visit, heading, one, sight, reader) for heading, one in messages]


def _reader_of(visit: Visit) -> UUID:
    """Whose own order of choices, and pairs, are shown: the author's."""
    return visit.session.person or UUID(int=0)


def _page(survey: Survey, wave: UUID, number: int, asked: Invitation, person: UUID) -> QuestionPage:
    return QuestionPage(
        wave_id=wave,
        title=survey.title,
        page=number,
        pages=len(survey.pages),
        questions=as_shown(survey.pages[number].questions, wave, person),
        closes_at=asked.closes_at,
        promise=asked.promise,
        about=survey.conditional,
    )


def _screen(
    visit: Visit,
    heading: str,
    message: Invitation | QuestionPage,
    sight: Sight | None,
    reader: Reader,
) -> Screen:
    if sight is None:
        html = visit.drawn(message, reader, level=3)
        html = html.replace(f' href="/surveys/{message.wave_id}"', "")  # it leads nowhere yet
        return Screen(heading=heading, html=Markup(html))  # noqa: S704 - drawn by our templates
    sent = sight.drawn(message, reader)
    blocks = {"blocks": sent.get("blocks", [])}
    builder = BUILDER + quote(json.dumps(blocks)) if sight.platform is Platform.SLACK else ""
    return Screen(
        heading=heading,
        body=seen(sent),
        written=json.dumps(sent, ensure_ascii=False, indent=2),
        builder=builder,
    )
