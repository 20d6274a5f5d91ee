"""Board reports on the web: the list, the page that is printed, and "You said, we did". Anybody can
read what the CTO's office put on the public page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from starlette.responses import Response
from starlette.routing import Route

from bot.cards import card_of
from bot.conversation import Reader
from bot.web import lists
from bot.web.anonymous.bare import language_of
from bot.web.endpoints import page
from bot.web.render_card import presses
from bot.web.settings import Site
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Press
from core.commands import Command
from core.words import Words
from governance import links
from governance.board_reports import announcing
from governance.board_reports import wording as say
from governance.board_reports.cards import corrects
from governance.board_reports.commands import (
    DraftYouSaid,
    ReadReportInPublic,
    ShowReport,
    ShowReports,
)
from governance.board_reports.listing import reports_list
from governance.board_reports.messages import ReportsView, ReportView
from governance.board_reports.model import Figures, IndicatorLine, Issued, Section
from governance.goals.wording import day_of
from governance.messages import AnnouncementDrafted, Refused

Shown = TypeVar("Shown", ReportsView, ReportView)

_LONGEST = 100.0

ON_PAPER = {
    "steps": 1,
    "rankings": 2,
    "decisions": 3,
    "changes": 4,
    "rules": 2,
    "surveys": 3,
    "further": 2,
}
"""Lines of each list on the printed sheet; of ``steps``, of each component. The page has all."""

MUCH, _A_LINE = 75, 60
"""Lines of a printed column from which a report is set smaller, and characters of one."""


def board_routes(site: Site) -> list[Route]:
    one = "/board/{report}"
    return [
        page(site, "/board", get=reports, open_door=True),
        page(site, one, get=report, open_door=True),
        page(site, f"{one}/you-said", get=you_said, post=draft_you_said, open_door=True),
    ]


async def _asked(
    visit: Visit, kind: type[Shown], command: Command, public: ReadReportInPublic
) -> tuple[Shown, Reader]:
    """As who is signed in; nobody has what is public, in their browser's language."""
    if visit.session.person is not None:
        reply = await visit.ask(command)
        message, reader = reply.message, reply.reader
    else:
        reply = await visit.site.conversation.unsigned(public)
        locale = language_of(visit.request.scope, visit.site.settings.locale)
        message, reader = reply.message, replace(reply.reader, locale=locale)
    if not isinstance(message, kind):
        raise TroubleError(401 if isinstance(message, Refused) else 404)
    return message, reader


async def _one(visit: Visit) -> tuple[ReportView, Reader]:
    which = visit.subject("report")
    return await _asked(
        visit, ReportView, ShowReport(report_id=which), ReadReportInPublic(report_id=which)
    )


async def reports(visit: Visit) -> Response:
    view, reader = await _asked(visit, ReportsView, ShowReports(), ReadReportInPublic())
    words = visit.words(reader)
    shown = card_of(view, words).presses
    return await lists.listed(
        visit,
        reader,
        words.say("Board reports"),
        reports_list(words, view),
        lead=words.say(
            "One page for the Board: the goals, what staff said, and what the district did about "
            "it."
        ),
        presses=presses(shown, reader, visit.csrf) if shown else "",
    )


async def report(visit: Visit) -> Response:
    view, reader = await _one(visit)
    words = visit.words(reader)
    card = card_of(view, words)
    # "You said, we did" has a form of its own here, which leads to the draft.
    shown = [one for one in card.presses if not isinstance(one.command, DraftYouSaid)]
    figures = view.figures
    return await visit.page(
        "pages/board_report.html",
        say.title(words, view.period, view.edition),
        reader,
        view=view,
        figures=figures,
        headline="" if view.words.headline else say.headline(words, figures),
        on=say.day_in(words, view.as_of),
        told=partial(_told, words),
        dated=partial(day_of, words),
        bar=bar,
        excerpt=say.excerpt,
        most=ON_PAPER,
        much=_lines(view) > MUCH,
        section={one.value: say.section(words, one) for one in Section},
        missing=[say.missing(words, one, n) for one, n in view.missing],
        corrects=corrects(words, view) if view.correction else "",
        link=links.board_report,
        twin=links.you_said("", view.report_id),
        tells=view.writes and not view.draft and view.newer is None,
        presses=_drawn(visit, reader, shown),
        more=_drawn(visit, reader, card.more),
    )


def _lines(view: ReportView) -> int:
    """About how many lines of a printed column the report takes: lists and typed words."""
    figures, said = view.figures, view.words
    typed = [said.intro, *said.notes.values(), *(one.words for one in said.stories)]
    shown = (
        *(one for all_, key in _lists(figures) for one in all_[: ON_PAPER[key]]),
        *(line for one in figures.components for goal in one.goals for line in goal.indicators),
    )
    goals = sum(len(one.goals) for one in figures.components)
    return sum(len(words) // _A_LINE + 1 for words in typed if words) + 2 * len(shown) + goals


def _lists(figures: Figures) -> list[tuple[Sequence[object], str]]:
    steps: list[tuple[Sequence[object], str]] = [(one.steps, "steps") for one in figures.components]
    return [
        *steps,
        (figures.rankings, "rankings"),
        (figures.decisions, "decisions"),
        (figures.changes, "changes"),
        (figures.rules, "rules"),
        (figures.surveys, "surveys"),
        (figures.further, "further"),
    ]


def _drawn(visit: Visit, reader: Reader, shown: list[Press] | tuple[Press, ...]) -> str:
    return presses(shown, reader, visit.csrf) if shown else ""


def _told(words: Words, part: str, *about: object) -> object:
    """A sentence of the report's wording, by its name."""
    return getattr(say, part)(words, *about)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Percent of its length: what is reached, and where the target is."""

    reached: float
    target: float


def bar(one: IndicatorLine) -> Bar | None:
    """None: there is nothing to draw."""
    longest = max(one.value or 0.0, one.target, one.before or 0.0)
    if one.value is None or one.value < 0 or longest <= 0:
        return None
    full = 100.0 if one.unit.default == "%" and longest <= _LONGEST else longest
    return Bar(
        reached=round(100 * one.value / full, 1), target=round(100 * max(one.target, 0) / full, 1)
    )


# -- you said, we did --------------------------------------------------------------------------


async def you_said(visit: Visit) -> Response:
    view, reader = await _one(visit)
    if view.draft:
        raise TroubleError(404)
    words = visit.words(reader)
    kept = Issued(
        period=view.period,
        edition=view.edition,
        correction=view.correction,
        words=view.words,
        figures=view.figures,
        at=view.as_of,
    )
    return await visit.page(
        "pages/you_said.html",
        announcing.title(words, kept),
        reader,
        view=view,
        said=announcing.said(words, kept),
        did=announcing.did(words, kept),
        back=links.board_report("", view.report_id),
    )


async def draft_you_said(visit: Visit) -> Response:
    """Its draft as an announcement."""
    if visit.session.person is None:
        raise TroubleError(401)
    which = visit.subject("report")
    reply = await visit.ask(DraftYouSaid(report_id=which))
    if isinstance(reply.message, AnnouncementDrafted):
        return visit.go(links.draft("", reply.message.announcement.id))
    return visit.go(links.board_report("", which))  # it went out already
