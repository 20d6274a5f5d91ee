"""Where the same thing is on the web: what a link in a chat or a mail points to."""

from __future__ import annotations

from urllib.parse import quote, urlencode
from uuid import UUID


def inbox(web_url: str) -> str:
    return f"{web_url}/"


def earlier(web_url: str) -> str:
    return f"{web_url}/earlier"


def told(web_url: str) -> str:
    """The reader's own feedback and its outcome."""
    return f"{web_url}/#said"


def survey(web_url: str, wave_id: UUID) -> str:
    return f"{web_url}/surveys/{wave_id}"


def protection(web_url: str, wave_id: UUID) -> str:
    """How its answers are protected, which a browser opens on the survey's page."""
    return f"{survey(web_url, wave_id)}#protected"


def results(web_url: str, wave_id: UUID) -> str:
    return f"{web_url}/results/{wave_id}"


def alignment(web_url: str, wave_id: UUID) -> str:
    """Which goals its priorities serve."""
    return f"{results(web_url, wave_id)}/goals"


def new_announcement(web_url: str) -> str:
    """Where an announcement is written."""
    return f"{web_url}/announcements/new"


def edited(web_url: str, announcement_id: UUID) -> str:
    """Where a draft is written on."""
    return f"{web_url}/announcements/{announcement_id}/edit"


def draft(web_url: str, announcement_id: UUID) -> str:
    """An announcement as it will be read, before it is sent."""
    return f"{web_url}/announcements/{announcement_id}/draft"


def feedback(web_url: str, about: str = "") -> str:
    """``about``: the token of what it is about (``feedback.about``)."""
    return f"{web_url}/feedback" + (f"?{urlencode({'about': about})}" if about else "")


def doing(web_url: str, token: str) -> str:
    """Where a button's command is given."""
    return f"{web_url}/do/{quote(token, safe='|')}"


ANONYMOUS = "/say-anonymously"
COLLECT = "/collect"


def anonymous(web_url: str, door: str, about: str = "") -> str:
    """Where nobody is known. The link is the same for everybody; ``door`` changes each month.
    ``about``: the token of what it is about (``feedback.about``)."""
    return f"{web_url}{ANONYMOUS}/{door}" + (f"/{about}" if about else "")


def collecting(web_url: str) -> str:
    """Where an answer is collected with a receipt."""
    return f"{web_url}{COLLECT}"


def item(web_url: str, item_id: UUID) -> str:
    return f"{web_url}/items/{item_id}"


def case(web_url: str, item_id: UUID, urgency: str) -> str:
    """An urgent case, for whoever responds to it."""
    return f"{web_url}/urgent/{item_id}/{urgency}"


def cases(web_url: str) -> str:
    return f"{web_url}/urgent"


def rules(web_url: str) -> str:
    """The library of IT rules."""
    return f"{web_url}/rules"


def rule_calendar(web_url: str, key: str = "", *, ends: str = "ics") -> str:
    """The calendar of IT rules (``ends`` "ics") or their feed ("xml"). With the ``key`` of its
    owner it needs no signing in."""
    if key:
        return f"{web_url}/rules/private/{key}/it-rules.{ends}"
    return f"{web_url}/rules/{'calendar.ics' if ends == 'ics' else 'feed.xml'}"


def change_dates(web_url: str, key: str = "", *, ends: str = "ics") -> str:
    """The same of changes."""
    if key:
        return f"{change_calendar(web_url)}/private/{key}/changes.{ends}"
    return f"{change_calendar(web_url)}/changes.{ends}"


def own_calendar(web_url: str) -> str:
    """How to have dates in one's own calendar."""
    return f"{web_url}/rules/calendar"


def rule(web_url: str, rule_id: UUID, version: int = 0, section: int = 0) -> str:
    """A rule; with ``version`` the same words forever, and with ``section`` a part of them."""
    at = f"{web_url}/rules/{rule_id}" + (f"/{version}" if version else "")
    return f"{at}#section-{section}" if section else at


def rule_comments(web_url: str, rule_id: UUID, version: int) -> str:
    return f"{web_url}/rules/{rule_id}/{version}/comments"


def compared(web_url: str, rule_id: UUID, old: int, new: int) -> str:
    return f"{web_url}/rules/{rule_id}/{old}/to/{new}"


def acknowledgements(web_url: str) -> str:
    """How many have acknowledged the rules."""
    return f"{web_url}/acknowledgements"


def acknowledgement(web_url: str, set_id: UUID) -> str:
    """What the reader is asked to acknowledge."""
    return f"{web_url}/acknowledgements/{set_id}"


def lessons(web_url: str) -> str:
    """The reader's lessons, and how far each is."""
    return f"{web_url}/lessons"


def acknowledged(web_url: str, announcement_id: UUID) -> str:
    """How many have confirmed an announcement by its date."""
    return f"{web_url}/announcements/{announcement_id}/acknowledged"


def acknowledged_csv(announcement_id: UUID) -> str:
    """The same person by person, as a file."""
    return f"/announcements/{announcement_id}/acknowledged.csv"


ACKNOWLEDGEMENTS_CSV = "/acknowledgements.csv"


def owed(web_url: str, of: str = "") -> str:
    """Who has not confirmed yet. ``of``: only of what has that key in the list."""
    return f"{web_url}/owed?{urlencode({'state': of})}" if of else f"{web_url}/owed"


def trends(web_url: str, queue: str) -> str:
    return f"{web_url}/committees/{queue}/trends"


def matter(web_url: str, item_id: UUID) -> str:
    return f"{web_url}/items/{item_id}/matter"


def taken_out(web_url: str, item_id: UUID) -> str:
    return f"{web_url}/feedback/{item_id}/taken-out"


def recommendations(web_url: str, queue: str) -> str:
    """What a committee recommends."""
    return f"{web_url}/committees/{queue}/recommendations"


def docket(web_url: str, queue: str) -> str:
    return f"{web_url}/committees/{queue}"


def docket_item(web_url: str, queue: str, item_id: UUID) -> str:
    """A docket with one item open beside it."""
    return f"{docket(web_url, queue)}?item={item_id}"


def advice(web_url: str, recommendation_id: UUID) -> str:
    return f"{web_url}/recommendations/{recommendation_id}"


def changes(web_url: str) -> str:
    return f"{web_url}/changes"


def plan(web_url: str) -> str:
    """The plan with its goals."""
    return f"{web_url}/plan"


def goal(web_url: str, key: str) -> str:
    return f"{plan(web_url)}/{key}"


def faq(web_url: str, change_id: UUID, entry_id: UUID | None = None) -> str:
    """What was asked about a change and answered; an entry of it, for whoever works on the
    change."""
    one = f"/{entry_id}" if entry_id else ""
    return f"{web_url}/calendar/{change_id}/faq{one}"


def named_lists(web_url: str) -> str:
    return f"{web_url}/lists"


def named_list(web_url: str, key: str) -> str:
    return f"{web_url}/lists/{key}"


def change_calendar(web_url: str) -> str:
    return f"{web_url}/calendar"


def change(web_url: str, change_id: UUID) -> str:
    return f"{web_url}/calendar/{change_id}"


def ready(web_url: str, change_id: UUID) -> str:
    """How ready people are for a change."""
    return f"{change(web_url, change_id)}/ready"


def sequence(web_url: str, change_id: UUID, announcement_id: UUID | None = None) -> str:
    """The messages about a change, or one of them."""
    at = f"{change(web_url, change_id)}/messages"
    return f"{at}/{announcement_id}" if announcement_id else at


def board_reports(web_url: str) -> str:
    return f"{web_url}/board"


def board_report(web_url: str, report_id: UUID) -> str:
    return f"{board_reports(web_url)}/{report_id}"


def you_said(web_url: str, report_id: UUID) -> str:
    """What staff said and what was done, for all staff."""
    return f"{board_report(web_url, report_id)}/you-said"


def service_status(web_url: str) -> str:
    return f"{web_url}/status"


def service_notice(web_url: str, announcement_id: UUID) -> str:
    return f"{web_url}/status/{announcement_id}"


def people(web_url: str) -> str:
    """The roster."""
    return f"{web_url}/people"


def people_import(web_url: str) -> str:
    """Importing people from a file."""
    return f"{web_url}/people/import"


def people_difference(web_url: str) -> str:
    """What the file would change."""
    return f"{web_url}/people/import/check"


def files(web_url: str) -> str:
    """Checking the district's files."""
    return f"{web_url}/files"


def held(web_url: str) -> str:
    """Records under a hold."""
    return f"{web_url}/held"


def lift_hold(web_url: str, wave_id: UUID) -> str:
    """Lifting the records hold on a survey."""
    return f"{web_url}/desk/hold/{wave_id}"


def audit(web_url: str) -> str:
    return f"{web_url}/audit"


def health(web_url: str) -> str:
    """What needs attention in the running service."""
    return f"{web_url}/health"


def surveys(web_url: str) -> str:
    return f"{web_url}/desk/surveys"


def asking(web_url: str, wave_id: UUID) -> str:
    return f"{web_url}/desk/asking/{wave_id}"


def announcements(web_url: str) -> str:
    """All announcements, for the CTO's office."""
    return f"{web_url}/announcements"


def announcement(web_url: str, announcement_id: UUID) -> str:
    return f"{web_url}/announcements/{announcement_id}"


def campaign(web_url: str, announcement_id: UUID) -> str:
    return f"{web_url}/announcements/{announcement_id}/progress"


def second_request(web_url: str, request_id: UUID) -> str:
    """A request that waits for a second person."""
    return f"{web_url}/second/{request_id}"


def edit_approval(web_url: str, announcement_id: UUID) -> str:
    return f"{web_url}/announcements/{announcement_id}/edit-approval"


def approval(web_url: str, announcement_id: UUID) -> str:
    return f"{web_url}/announcements/{announcement_id}/approval"


def signin(web_url: str, token: str = "") -> str:
    """Where somebody signs in; with a token, as themselves, once."""
    return f"{web_url}/signin?token={token}" if token else f"{web_url}/signin"


def signed(web_url: str, token: str, page: str) -> str:
    """A page of ours, signed in once on the way there."""
    path = page.removeprefix(web_url) or "/"
    return f"{signin(web_url, token)}&{urlencode({'next': path})}"


def heard(web_url: str, wave_id: UUID) -> str:
    return f"{web_url}/heard/{wave_id}"


def said(web_url: str, wave_id: UUID) -> str:
    """What somebody answered, on their own page."""
    return f"{web_url}/surveys/{wave_id}/said"


def my_surveys(web_url: str) -> str:
    return f"{web_url}/surveys"


def what_came(web_url: str) -> str:
    """Staff feedback by month: the district's months."""
    return f"{web_url}/what-came-of-it"


def week(web_url: str, queue: str) -> str:
    """A committee's week."""
    return f"{web_url}/committees/{queue}/week"


def chair(web_url: str, queue: str) -> str:
    """A committee's open messages with drafted answers."""
    return f"{web_url}/committees/{queue}/chair"


def conclusions(web_url: str, wave_id: UUID) -> str:
    """Where what was heard in a survey is written."""
    return f"{web_url}/results/{wave_id}/conclusions"


def series(web_url: str, series_id: UUID) -> str:
    """A survey that repeats: its dates, pausing, stopping."""
    return f"{web_url}/desk/series/{series_id}"


def launch(web_url: str, key: str) -> str:
    """The steps of a launch. ``key``: the survey's."""
    return f"{web_url}/desk/launch/{quote(key)}"


def agenda(web_url: str, queue: str) -> str:
    """Of a committee's next meeting."""
    return f"{web_url}/committees/{queue}/agenda"


def together(web_url: str, queue: str) -> str:
    """What can be done with several messages of a docket at once."""
    return f"{web_url}/committees/{queue}/together"


def saved_answers(web_url: str, queue: str) -> str:
    """The answers that a committee keeps."""
    return f"{web_url}/committees/{queue}/saved-answers"


def learning(web_url: str, change_id: UUID | None = None) -> str:
    """Training sessions and guides; of one change, or all."""
    return f"{change(web_url, change_id)}/learning" if change_id else f"{web_url}/learning"


def training(web_url: str, session_id: UUID) -> str:
    return f"{web_url}/learning/{session_id}"


def training_calendar(web_url: str, session_id: UUID) -> str:
    """The session as a file for calendars."""
    return f"{training(web_url, session_id)}/calendar.ics"


def guide(web_url: str, guide_id: UUID) -> str:
    return f"{web_url}/guides/{guide_id}"
