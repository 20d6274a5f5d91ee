"""Whole pages as cards: the way to the page."""

from __future__ import annotations

from typing import assert_never

from bot import links
from bot.conversation import Reader
from bot.teams.cards import Drawn, card, heading, line, link
from bot.teams.draw_said import MOST_BUTTONS, all_mine
from bot.words import Words
from governance.access import GONE, refusal
from governance.announcements.approval_messages import ApprovalAsked
from governance.anonymous.views import AnonymousView
from governance.chairs.bulk import Bulk
from governance.chairs.views import AgendaView, ChairView
from governance.commands import HomePart
from governance.committees.model import TRIAGE
from governance.conclusions.model import ConclusionsForm
from governance.digests.views import FiguresView, WeekView
from governance.duplicates.views import CorrectionsView, MatterView, TrendsView
from governance.messages import Message, Notice
from governance.recommendations.model import ChangesView
from governance.series.views import SeriesChecked, SeriesStarted, SeriesView
from governance.urgent.messages import CasesView
from governance.views import (
    CampaignView,
    DeskView,
    DocketView,
    DraftChanged,
    DraftView,
    HomeView,
    InboxView,
    LaunchView,
    PlanView,
    SurveysView,
    View,
)
from surveys.messages import Invitation, LaunchChecked
from surveys.results.exporting import Exported, SomeComments

MOST_LINES = 8


def _nobody(words: Words) -> Drawn:
    """Nobody in chat is ever answered with one."""
    said = words.unfit(refusal(GONE).why)
    return card([line(said)], summary=said, locale=words.locale)


def on_the_web(words: Words, view: View, reader: Reader) -> Drawn:
    said = words.say("This is shown on its page.")
    if isinstance(view, AnonymousView):
        return _nobody(words)
    match view:
        case InboxView() | HomeView():
            url = links.inbox(reader.web_url)
        case ChairView(queue=queue) | AgendaView(queue=queue) | Bulk(queue=queue):
            url = links.chair(reader.web_url, queue)
        case WeekView():
            url = links.week(reader.web_url, view.digest.queue)
        case FiguresView():
            url = links.what_came(reader.web_url)
        case DocketView():
            url = links.docket(reader.web_url, view.queue)
        case CasesView():
            url = links.cases(reader.web_url)
        case MatterView():
            url = links.matter(reader.web_url, view.first.item_id)
        case TrendsView():
            url = links.trends(reader.web_url, view.queue)
        case CorrectionsView():
            url = links.docket(reader.web_url, TRIAGE)
        case DeskView() | LaunchChecked() | LaunchView() | SeriesChecked():
            url = links.desk(reader.web_url)
        case SeriesStarted() | SeriesView():
            url = links.desk(reader.web_url)
        case SurveysView() | DraftView() | DraftChanged() | PlanView():
            url = links.surveys(reader.web_url)
        case CampaignView():
            url = links.campaign(reader.web_url, view.announcement.id)
        case ChangesView():
            url = links.changes(reader.web_url)
        case ConclusionsForm() | Exported() | SomeComments():
            url = links.results(reader.web_url, view.wave_id)
        case _:
            assert_never(view)
    actions = [link(words.say("Open the page"), url)] if reader.web_url else []
    return card([heading(said)], actions, summary=said, locale=words.locale)


def part_of_home(words: Words, view: HomeView, reader: Reader) -> Drawn:
    """What waits for somebody, or their committees' dockets, with the way to each."""
    if view.part is HomePart.DOCKETS:
        return _dockets(words, view, reader)
    said = words.say("Waiting for you")
    waiting = [entry.message for entry in view.inbox.entries if entry.waiting]
    told = [_waits(words, one) for one in waiting[:MOST_LINES]]
    body = [line(one) for one in told or [words.say("Nothing waits for you.")]]
    actions = [all_mine(words)]
    if reader.web_url:
        actions.append(link(words.say("Open the page"), links.inbox(reader.web_url)))
    return card([heading(said), *body], actions, summary=said, locale=words.locale)


def _dockets(words: Words, view: HomeView, reader: Reader) -> Drawn:
    said = words.say("The lists of your committees")
    told, actions = [], []
    for key, name in view.inbox.queues:
        open_items = view.inbox.open_items.get(key, 0)
        shown = words.queue(name)
        told.append(
            words.count("{name}: {n} item open", "{name}: {n} items open", open_items, name=shown)
        )
        actions.append(link(shown, links.docket(reader.web_url, key)))
    if not told:
        told = [words.say("You sit on no committee, so there is no list to show.")]
    shown_actions = actions[:MOST_BUTTONS] if reader.web_url else []
    body = [heading(said), *(line(one) for one in told)]
    return card(body, shown_actions, summary=said, locale=words.locale)


def _waits(words: Words, message: Message) -> str:
    match message:
        case Invitation(title=title, closes_at=closes_at):
            until = words.say("Open until {when}.", when=words.when(closes_at))
            return f"{words.text(title)}: {until}"
        case Notice(change=change) | ApprovalAsked(change=change):
            return words.text(change.title)
        case _:
            return words.say("Something is waiting for you in Sounding Board.")
