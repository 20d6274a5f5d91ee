"""The home tab: what waits for one person, by every duty that they have.

Each part shows a few; the page on the web has them all. So the tab stays far below what Slack
takes (100 blocks, 250 KB), however much there is.
"""

from __future__ import annotations

from bot.cards import card_of
from bot.charts.beside_words import how_many_answered
from bot.registry import encode
from bot.slack.blocks import (
    Block,
    Element,
    Pen,
    actions,
    bold,
    button,
    cut,
    header,
    link,
    note,
    paragraph,
)
from bot.slack.draw_help import contacts
from bot.slack.draw_said import all_mine
from bot.slack.drawn import Drawn
from bot.slack.render import press_button, rendered
from core.cards import Card, Line, flat
from core.commands import Command
from governance import links, wording
from governance.announcements import campaign_wording as campaign_words
from governance.announcements.approval_messages import ApprovalAsked
from governance.announcements.campaign_commands import ShowAsking, ShowProgress
from governance.announcements.commands import ShowAnnouncement, ShowApproval, WriteAnnouncement
from governance.announcements.model import AnnouncementState
from governance.committees.model import RESTRICTED
from governance.conversations import wording as conversing_words
from governance.conversations.commands import ReplyToCommittee
from governance.docket.commands import ShowFeedbackForm, ShowItem
from governance.forms.commands import Open
from governance.help_desk.model import HelpDeskOffer
from governance.home.commands import HomePart
from governance.labels import Labels
from governance.messages import Brief, Message, Notice, Told
from governance.people.ways_in import AskSignInLink
from governance.recommendations import wording as recommendation_words
from governance.recommendations.commands import DecideAdvice
from governance.recommendations.messages import AdviceSent
from governance.redaction.messages import TakenOut
from governance.urgent import wording as case_words
from governance.views import (
    AnnouncementLine,
    DeskView,
    HomeView,
    InboxEntry,
    MyItem,
    OpenCases,
    OpenQueue,
    WaveLine,
)
from surveys.commands import DeclineWave, ShowPage, ShowSaid
from surveys.messages import Invitation
from surveys.survey import Participation, WaveState

MOST_WAITING = 8
MOST_PRESSES = 3
"""Of one thing that waits."""
MOST_ANSWERED = 3
MOST_SAID = 5
MOST_QUEUES = 6
MOST_ITEMS = 2
"""Open items of one docket."""
MOST_CAMPAIGNS = 4
MOST_RESULTS = 3
SHORT = 200
"""Characters of somebody's words; an answer may have twice as many."""


def part_of_home(message: HomeView, pen: Pen) -> Drawn:
    """What of the tab was asked for, as a message."""
    if message.part is HomePart.DOCKETS:
        said = pen.say("Your committees’ messages")
        return Drawn(text=said, blocks=_of_committees(message, pen))
    return Drawn(text=pen.say("Waiting for you"), blocks=_of_person(message, pen))


def _of_person(message: HomeView, pen: Pen) -> list[Block]:
    return [
        *_asks(message, pen),
        *_answered(message, pen),
        paragraph(
            link(links.inbox(pen.web_url), pen.say("Home on the web")),
            " · ",
            link(links.what_came(pen.web_url), pen.say("Staff feedback by month")),
        ),
    ]


def _of_committees(message: HomeView, pen: Pen) -> list[Block]:
    if not message.inbox.queues:
        return [paragraph(pen.say("You are not on a committee, so there are no messages to show."))]
    named = wording.queues(pen.words, message.inbox.queues)
    blocks: list[Block] = []
    for queue, name in named[:MOST_QUEUES]:
        blocks += _open_queue(message, queue, name, pen)
    return [*blocks, *_more(len(named) - MOST_QUEUES, pen), *_results(message, pen)]


def home(message: HomeView, pen: Pen) -> list[Block]:
    """All of the tab, each part in the order in which it presses."""
    return [
        *_danger(message, pen),
        *_waiting(message, pen),
        *_answered(message, pen),
        *(_committees(message, pen) if message.inbox.queues else []),
        *(_campaigns(message.desk, pen) if message.desk else []),
        *_said(message, pen),
        note(wording.not_monitored(pen.words)),
        *contacts(message.contacts, pen),
        paragraph(link(links.inbox(pen.web_url), pen.say("Home on the web"))),
    ]


def _danger(message: HomeView, pen: Pen) -> list[Block]:
    """What comes before everything: whom to call about what they told us."""
    told = [one.message for one in message.inbox.entries if one.urgent]
    return [
        block
        for one in told[:1]
        if isinstance(one, Told)
        for block in rendered(card_of(one, pen.words), pen).blocks
    ]


# -- what is asked of everybody -----------------------------------------------------------------


def _waiting(message: HomeView, pen: Pen) -> list[Block]:
    tell = button(pen.say("Tell us something"), encode(ShowFeedbackForm()), style="primary")
    offers = [tell]
    if message.desk is not None:
        offers.append(
            button(pen.say("Write an announcement"), encode(Open(of=WriteAnnouncement())))
        )
    offers.append(button(pen.say("Sign in on the web"), encode(AskSignInLink())))
    return [actions(*offers), *_asks(message, pen)]


def _asks(message: HomeView, pen: Pen) -> list[Block]:
    inbox = message.inbox
    heading = pen.say("Waiting for you")
    if not inbox.waits:
        return [header(heading), paragraph(pen.say("Nothing is waiting for you."))]
    blocks = [header(f"{heading} ({pen.words.number(inbox.waits)})")]
    entries, queues = 0, 0
    for one in inbox.in_order:
        match one:
            case OpenCases(cases=cases):
                blocks.append(_open_cases(cases, pen))
            case OpenQueue():
                queues += 1
                if queues <= MOST_QUEUES:
                    blocks += _open_queue(message, one.key, wording.queue(pen.words, one.name), pen)
            case InboxEntry():
                entries += 1
                if entries <= MOST_WAITING:
                    blocks += _asked(one.message, pen)
    return [*blocks, *_more(max(entries - MOST_WAITING, 0) + max(queues - MOST_QUEUES, 0), pen)]


def _open_cases(cases: int, pen: Pen) -> Block:
    said = wording.open_cases(pen.words, cases)
    return paragraph(bold(said + " "), link(links.cases(pen.web_url), pen.say("Open them now")))


def _asked(message: Message, pen: Pen) -> list[Block]:
    match message:
        case Invitation(wave_id=wave):
            open_until = pen.say("Open until {when}.", when=pen.words.when(message.closes_at))
            return _line(
                pen.text(message.title),
                open_until,
                _press(pen.say("Answer"), ShowPage(wave_id=wave)),
                _press(pen.say("No, thank you"), DeclineWave(wave_id=wave)),
            )
        case Notice(announcement_id=announcement):
            return _line(
                pen.text(message.change.title),
                pen.say("From {sender}", sender=message.sender),
                _press(pen.say("Read it"), ShowAnnouncement(announcement_id=announcement)),
            )
        case ApprovalAsked(announcement_id=announcement):
            asked = pen.say(
                "{who} asked on {when} to send it as urgent.",
                who=message.asked_by,
                when=pen.words.when(message.asked_at),
            )
            decide = ShowApproval(announcement_id=announcement)
            return _line(
                pen.text(message.change.title),
                asked,
                _press(pen.say("Approve or decline it"), decide),
            )
        case AdviceSent(recommendation_id=advice):
            return _line(
                recommendation_words.sent(pen.words, message),
                cut(message.advice, SHORT),
                _press(
                    pen.say("Accept"), Open(of=DecideAdvice(recommendation_id=advice, accept=True))
                ),
                _press(
                    pen.say("Decline"),
                    Open(of=DecideAdvice(recommendation_id=advice, accept=False)),
                ),
            )
        case HelpDeskOffer():
            return _carded(message, message.said, pen)
        case TakenOut():
            return _carded(message, message.redacted, pen)
        case Told(item_id=item):
            asks = conversing_words.asked(pen.words, message)
            reply = _press(pen.say("Reply"), Open(of=ReplyToCommittee(item_id=item)))
            return _line(asks, cut(message.question or "", SHORT), reply)
        case _:
            return _briefly(card_of(message, pen.words), pen)


def _carded(message: Message, said: str, pen: Pen) -> list[Block]:
    card = card_of(message, pen.words)
    buttons = [press_button(one) for one in card.presses]
    return _line(flat(card.title), cut(said, SHORT), *buttons)


def _briefly(card: Card, pen: Pen) -> list[Block]:
    """What asks for something, by its title, its first sentence and its buttons."""
    said = next((flat(one.text) for one in card.every_part if isinstance(one, Line)), "")
    presses = card.presses[:MOST_PRESSES] if card.kept else ()
    presses = presses if card.form is None else (card.form.opens,)
    page = card.page if pen.web_url else None
    more: list[str | Element] = []
    if page and not presses:
        more = [" ", link(f"{pen.web_url}{page.path}", page.label)]
    about = cut(said, SHORT) if card.kept else ""
    words = paragraph(bold(cut(card.subject, SHORT) + "\n"), about, *more)
    return [words, *([actions(*map(press_button, presses))] if presses else [])]


def _answered(message: HomeView, pen: Pen) -> list[Block]:
    """What they have answered and can still change, and the way to all they were asked."""
    blocks: list[Block] = []
    for entry in message.inbox.entries:
        match entry.message:
            case Invitation(wave_id=wave) if entry.participation is Participation.ANSWERED:
                until = pen.say(
                    "You answered. You can change your answers until {when}.",
                    when=pen.words.when(entry.message.closes_at),
                )
                press = _press(pen.say("What you said"), ShowSaid(wave_id=wave))
                blocks += _line(pen.text(entry.message.title), until, press)
    shown = blocks[: 2 * MOST_ANSWERED]
    return [*shown, actions(all_mine(pen))]


# -- what committees have -----------------------------------------------------------------------


def _open_queue(message: HomeView, queue: str, name: str, pen: Pen) -> list[Block]:
    """The first open items of a queue; of what is restricted only how many."""
    count = message.inbox.open_items.get(queue, 0)
    open_items = pen.words.count("{n} item is open", "{n} items are open", count)
    url = links.docket(pen.web_url, queue)
    shown = () if queue == RESTRICTED else message.open_briefs.get(queue, ())
    blocks = [paragraph(bold(name + "\n"), f"{open_items}. ", link(url, pen.say("Open the list")))]
    for one in shown[:MOST_ITEMS]:
        blocks += _open_item(one, pen)
    return blocks


def _committees(message: HomeView, pen: Pen) -> list[Block]:
    """The way to each of their queues, with or without open items."""
    named = wording.queues(pen.words, message.inbox.queues)
    return [
        header(pen.say("Your committees’ messages")),
        *(
            paragraph(link(links.docket(pen.web_url, queue), name))
            for queue, name in named[:MOST_QUEUES]
        ),
        *_more(len(named) - MOST_QUEUES, pen),
        *_results(message, pen),
    ]


def _results(message: HomeView, pen: Pen) -> list[Block]:
    return [
        paragraph(
            link(
                links.results(pen.web_url, wave),
                pen.say("Results: {title}", title=pen.text(title)),
            )
        )
        for wave, title in message.inbox.results[:MOST_RESULTS]
    ]


def _open_item(message: Brief, pen: Pen) -> list[Block]:
    about = [Labels(pen.words).byline(message.byline)]
    if message.urgency is not None and message.needs_a_person:
        about.insert(0, case_words.kind(pen.words, message.urgency))
    if message.due_at is not None:
        about.append(pen.say("Answer by {day}.", day=pen.words.day(message.due_at)))
    opens = _press(pen.say("Open it"), ShowItem(item_id=message.item_id))
    return _line(cut(message.redacted, SHORT), " · ".join(about), opens)


# -- what the office has under way ----------------------------------------------------------------


def _campaigns(desk: DeskView, pen: Pen) -> list[Block]:
    under_way = [
        one for one in desk.announcements if one.announcement.state is not AnnouncementState.DRAFT
    ]
    waves = [one for one in desk.waves if one.wave.state is not WaveState.CLOSED]
    blocks = [header(pen.say("Surveys and announcements"))]
    for wave in waves[:MOST_CAMPAIGNS]:
        blocks += _wave(wave, pen)
    for announcement in under_way[:MOST_CAMPAIGNS]:
        blocks += _announced(announcement, pen)
    return [*blocks, paragraph(link(links.inbox(pen.web_url), pen.say("Open Home on the web")))]


def _wave(line: WaveLine, pen: Pen) -> list[Block]:
    if line.wave.state is WaveState.PLANNED:
        until = pen.say("Opens {when}.", when=pen.words.when(line.wave.opens_at))
    else:
        until = pen.say("Open until {when}.", when=pen.words.when(line.wave.closes_at))
    until = f"{how_many_answered(line, pen.words)} {until}".strip()
    asking = ShowAsking(wave_id=line.wave.id)
    return _line(
        pen.text(line.wave.survey.title), until, _press(pen.say("Survey progress"), asking)
    )


def _announced(line: AnnouncementLine, pen: Pen) -> list[Block]:
    announcement, tally = line.announcement, line.tally
    said = campaign_words.sentence(pen.words, announcement, tally)
    progress = ShowProgress(announcement_id=announcement.id)
    return _line(pen.text(announcement.change.title), said, _press(pen.say("Progress"), progress))


# -- what they said -------------------------------------------------------------------------------


def _said(message: HomeView, pen: Pen) -> list[Block]:
    items = message.inbox.items
    if not items:
        return []
    blocks = [header(pen.say("What you told us"))]
    for one in items[:MOST_SAID]:
        blocks += _told(one, pen)
    return [*blocks, *_more(len(items) - MOST_SAID, pen)]


def _told(item: MyItem, pen: Pen) -> list[Block]:
    said = item.said or pen.say(
        "We have your message. It appears here, without personal data, once it has been read."
    )
    state = Labels(pen.words)(item.state)
    blocks = [
        paragraph(cut(said, SHORT)),
        note(f"{pen.words.day(item.received_at)} · {state}"),
    ]
    if item.answer:
        answers = pen.say(
            "{committee} answered:", committee=wording.answerer(pen.words, item.queue_name)
        )
        became = f"{wording.unfit(pen.words, item.outcome)} " if item.outcome else ""
        blocks.append(paragraph(bold(became + answers + " "), cut(item.answer, 2 * SHORT)))
    return blocks


# -- pieces ---------------------------------------------------------------------------------------


def _line(title: str, about: str, *buttons: Element) -> list[Block]:
    return [paragraph(bold(cut(title, SHORT) + "\n"), about), actions(*buttons)]


def _press(label: str, command: Command) -> Element:
    return button(label, encode(command))


def _more(left: int, pen: Pen) -> list[Block]:
    if left <= 0:
        return []
    return [note(pen.words.count("{n} more on the page.", "{n} more on the page.", left))]
