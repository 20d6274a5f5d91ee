"""A whole page of the web, in a chat: the way to it."""

from __future__ import annotations

from typing import assert_never

from core.cards import Card, Page, Secrecy
from core.words import Words
from governance import links, wording
from governance.acknowledgements.messages import AcknowledgementExport
from governance.anonymous.views import AnonymousView
from governance.card_parts import lines
from governance.chairs.bulk import Bulk
from governance.chairs.views import AgendaView, ChairView
from governance.committees.model import TRIAGE
from governance.conclusions.model import ConclusionsForm
from governance.digests.views import FiguresView, WeekView
from governance.duplicates import wording as matter_words
from governance.duplicates.views import CorrectionsView, MatterView, TrendsView
from governance.duties.messages import OwedView
from governance.feeds.messages import CalendarDates
from governance.office.importing import ImportView
from governance.office.model import (
    AuditView,
    FileCheckView,
    HealthView,
    HeldView,
    PeopleView,
)
from governance.read_reminders.messages import AcknowledgedFile
from governance.recommendations.model import ChangesView, RecommendationsView
from governance.rules.messages import RulesView, Versions
from governance.saved_answers.model import SavedAnswersView
from governance.series.views import SeriesChecked, SeriesStarted, SeriesView
from governance.urgent.messages import CasesView
from governance.views import (
    AnnouncementsView,
    AnnouncementWritten,
    BeingRead,
    CampaignView,
    DeskView,
    DocketFile,
    DocketView,
    DraftChanged,
    DraftView,
    HomeView,
    InboxView,
    LaunchView,
    OverviewView,
    PlanView,
    SurveysView,
    View,
    WaveLines,
)
from surveys.messages import LaunchChecked
from surveys.results.exporting import Exported, SomeComments


def way(words: Words, view: View) -> Card:
    path, title = place_of(words, view)
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=lines([words.say("This is shown on its page.")]),
        page=Page(label=words.say("Open the page"), path=path),
    )


def place_of(words: Words, view: View) -> tuple[str, str]:
    """Its address, and what is there."""
    say = words.say
    if isinstance(view, AnonymousView):  # nobody in chat is ever answered with one
        return links.collecting(""), say("Get your answer")
    match view:
        case InboxView() | BeingRead() | HomeView() | OverviewView():
            return links.inbox(""), say("Home")
        case DocketView(queue=queue, name=name):
            return links.docket("", queue), _list(words, name)
        case MatterView(first=first):
            return links.matter("", first.item_id), matter_words.all_of_it(words)
        case TrendsView(queue=queue, name=name):
            return links.trends("", queue), _list(words, name)
        case CorrectionsView():
            return links.docket("", TRIAGE), _list(words, "Triage")
        case (
            DeskView()
            | LaunchChecked()
            | LaunchView()
            | SeriesChecked()
            | SeriesStarted()
            | SeriesView()
            | SurveysView()
            | WaveLines()
            | DraftView()
            | DraftChanged()
            | PlanView()
        ):
            return links.surveys(""), say("Surveys")
        case AnnouncementsView() | AnnouncementWritten():
            return links.announcements(""), say("Announcements")
        case PeopleView():
            return links.people(""), say("People")
        case AuditView():
            return links.audit(""), say("Audit")
        case HealthView():
            return links.health(""), say("Health")
        case ImportView():
            return links.people_import(""), say("Import people")
        case FileCheckView():
            return links.files(""), say("District files")
        case HeldView():
            return links.held(""), say("Records on hold")
        case DocketFile(queue=queue):
            return links.docket("", queue), say("Download")
        case CasesView():
            return links.cases(""), say("Urgent cases")
        case CampaignView(announcement=announcement):
            return links.campaign("", announcement.id), say("Person by person, on the web")
        case (
            ConclusionsForm(wave_id=wave_id)
            | Exported(wave_id=wave_id)
            | SomeComments(wave_id=wave_id)
        ):
            return links.results("", wave_id), say("See all results")
        case ChairView(queue=queue) | AgendaView(queue=queue) | Bulk(queue=queue):
            return links.chair("", queue), say("Bulk reply")
        case WeekView(digest=digest):
            committee = wording.queue(words, digest.queue_name)
            return links.week("", digest.queue), say("{committee}: the week", committee=committee)
        case SavedAnswersView(queue=queue):
            return links.saved_answers("", queue), say("Saved answers")
        case FiguresView():
            return links.what_came(""), say("Outcome")
        case RecommendationsView(queue=queue):
            return links.recommendations("", queue), say("Recommendations")
        case ChangesView():
            return links.changes(""), say("What changed because staff spoke up")
        case OwedView():
            return links.owed(""), say("Not confirmed yet")
        case AcknowledgedFile():
            return links.lessons(""), say("Lessons")
        case AcknowledgementExport():
            return links.acknowledgements(""), say("Acknowledgements")
        case RulesView():
            return links.rules(""), say("IT rules")
        case CalendarDates():
            return links.own_calendar(""), say("Dates in your calendar")
        case Versions(rule=rule, old=old, new=new):
            where = links.compared("", rule.id, old.number, new.number)
            return where, say("{number}: what changed", number=rule.number)
        case _:
            assert_never(view)


def _list(words: Words, name: str) -> str:
    return words.say("The list of {name}", name=wording.queue(words, name))
