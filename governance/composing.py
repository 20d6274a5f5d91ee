"""Composing: a delivery stores what it is about; its message is built when it is sent or shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from governance import handing_over, recommending, sensitive, trying
from governance.access import Actor, answers_for
from governance.announcing import notice
from governance.approval_messages import ApprovalAsked, ApprovalSettled
from governance.approvals import may_approve
from governance.approving import asked, settled
from governance.binding import links_of
from governance.bound import BoundLine
from governance.channels import channel_opened
from governance.committees import Office
from governance.concluding import published
from governance.conversation import open_question
from governance.digest_messages import DigestMessage
from governance.digesting import digest_of
from governance.docket import brief, queue_name
from governance.excerpts import excerpt as excerpt
from governance.feedback import Item, Naming, Urgency
from governance.introducing import introduction
from governance.leading import overdue
from governance.messages import Done, FeedbackReceived, Message, News, Told
from governance.monthly import FIGURES, figures_message
from governance.named import names_somebody_on
from governance.ports import GovernanceStore
from governance.purging import removed
from governance.recommendations import AdviceState, Recommendation
from governance.repeating import repetition
from governance.responding import alert, case_news, whom_called
from governance.roster_watch import roster_refused
from governance.standing_in import stood_in
from governance.taking_out import taken_out
from governance.trending import TRENDS, of_queue
from governance.triaging import late_one, waiting
from governance.urgent_cases import Did, at_work
from governance.watch_messages import RecordsHold
from surveys.closing import HOLD_SET
from surveys.messages import Invitation, Rejected, Results
from surveys.people import Person
from surveys.presenting import invited, promise_of
from surveys.promise import Promise
from surveys.survey import Wave, WaveState

_AGAIN = "-now"  # scheduler.delivery.RENEWED
ASKING = frozenset({"invitation", "reminder"})
"""Kinds of a delivery that ask somebody to answer a survey."""

OUTSIDE = ("human-resources", "title-ix", "association")

_CONTACTS = {
    News.RESTRICTED: OUTSIDE,
    News.NO_READER: OUTSIDE,
}
_BY_URGENCY: Mapping[Urgency | None, tuple[str, ...]] = {
    Urgency.SAFETY: ("safety",),
    Urgency.SECURITY: ("security", "help-desk"),
    Urgency.PRIVACY: ("privacy", "security"),
}
"""Whom to call about what is urgent, the first first."""


def _records_hold(store: GovernanceStore, wave_id: UUID, *, held: bool) -> RecordsHold | None:
    """None: it has been undone since."""
    wave = store.wave(wave_id)
    if wave is None or wave.hold is not held:
        return None
    return RecordsHold(
        wave_id=wave.id,
        title=wave.survey.title,
        closes_at=wave.closes_at,
        why=wave.hold_why if held else None,
    )


def compose(
    store: GovernanceStore,
    kind: str,
    subject: UUID,
    reader: Person | None,
    queue: str | None,
    now: datetime,
) -> Message | None:
    """The message of a delivery as it stands now. None: it is no longer wanted (a survey that
    closed meanwhile). ``reader`` is None for a committee's channel, whose key is ``queue``.
    A message that is drawn again in its place (``-now``) also says how it ended."""
    again = kind.endswith(_AGAIN)
    kind = kind.removesuffix(_AGAIN)
    match kind:
        case "invitation" | "reminder":
            wave = store.wave(subject)
            if wave is None or wave.state is not WaveState.OPEN or wave.closes_at <= now:
                return None
            told = promise_of(store, wave)
            asking = invitation(wave, told, reminder=int(kind == "reminder"))
            return asking if reader is None else invited(asking, reader.id)
        case "trial":  # TRIAL
            trial = trying.composed(store, subject, now)
            return trial if trial is None or reader is None else invited(trial, reader.id)
        case "hold-set" | "hold-lifted":  # closing.HOLD_SET, closing.HOLD_LIFTED
            return _records_hold(store, subject, held=kind == HOLD_SET)
        case "results":
            return _results(store, subject, reader, queue)
        case "repetition":  # REPETITION
            return repetition(store, subject, now) if _is_office(store, reader) else None
        case "conclusions":  # concluding.KIND
            return published(store, subject)
        case "notice":
            found = store.announcement(subject)
            if found is None or found.recalled_at is not None:
                return None
            return notice(store, found, Actor(person=reader))
        case "trends" | "triage-waiting":
            trends = kind == TRENDS
            return of_queue(store, queue, now) if trends else waiting(store, reader, now)
        case "channel-open" | "roster-refused" | "overdue" | "advice" | "advice-settled":
            return _noticed(store, kind, subject, reader, now)
        case "digest" | "figures":  # DIGEST, FIGURES
            return _told_in_sums(store, kind, subject, reader)
        case "introduction":  # INTRODUCTION
            return introduction(store)
        case "recall":
            return Done()  # what it takes back is named by its delivery
        case _ if kind.partition("-")[0] == "approval":
            return _about_approval(store, kind, subject, reader, now, again=again)
        case _ if kind.startswith(("urgent-", "case-")):
            item = store.item(subject)
            return _about_case(store, kind, item, reader, again=again) if item else None
        case _:
            item = store.item(subject)
            return _about_item(store, kind, item, reader, queue, now) if item else None


def _noticed(
    store: GovernanceStore, kind: str, subject: UUID, reader: Person | None, now: datetime
) -> Message | None:
    """What the service noticed by itself, and what committees recommend."""
    match kind:
        case "advice":  # ADVICE
            return recommending.sent(store, subject) if _is_office(store, reader) else None
        case "advice-settled":  # ADVICE_SETTLED
            return recommending.settled_for(store, subject, reader)
        case "channel-open":  # CHANNEL_OPEN
            return channel_opened(store, subject)
        case "roster-refused":  # ROSTER_REFUSED
            return roster_refused(store, subject)
        case _:  # OVERDUE
            return overdue(store, subject, reader, now)


def _results(
    store: GovernanceStore, wave_id: UUID, reader: Person | None, queue: str | None
) -> Results | None:
    seen = _sees_results(store, wave_id, reader, queue)
    results = store.results(wave_id) if seen else None
    return Results(results=results) if results else None


def _sees_results(
    store: GovernanceStore, wave_id: UUID, reader: Person | None, queue: str | None
) -> bool:
    """Not in the inbox of somebody who was the CTO; in the channels of the committees that the
    survey names."""
    if queue is not None:
        wave = store.wave(wave_id)
        return wave is not None and queue in wave.survey.committees
    return _is_office(store, reader)


def _told_in_sums(
    store: GovernanceStore, kind: str, subject: UUID, reader: Person | None
) -> DigestMessage | None:
    """Not in the inbox of somebody who led the committee or was the CTO (``reader`` None: it is
    just going out)."""
    if kind == FIGURES:
        return figures_message(store, subject) if _is_office(store, reader) else None
    told = digest_of(store, subject)
    if told is None or reader is None:
        return told
    return told if told.queue in store.standing(reader.id).leads else None


def _is_office(store: GovernanceStore, reader: Person | None) -> bool:
    """Whether they hold the CTO's office now (None: it is just going out to them)."""
    return reader is None or Office.CTO in store.standing(reader.id).offices


def invitation(wave: Wave, told: Promise, *, reminder: int = 0) -> Invitation:
    survey = wave.survey
    return Invitation(
        wave_id=wave.id,
        title=survey.title,
        asked_by=survey.asked_by,
        purpose=survey.purpose,
        question_count=len(survey.questions),
        minutes=survey.effort,
        closes_at=wave.closes_at,
        promise=told,
        inline=survey.questions if survey.short else (),
        reminder=reminder,
    )


def _about_approval(
    store: GovernanceStore,
    kind: str,
    subject: UUID,
    reader: Person | None,
    now: datetime,
    *,
    again: bool,
) -> ApprovalAsked | ApprovalSettled | None:
    """What is asked, while it is and of who may decide (``reader`` None: it is just going out to
    them); or to who asked, what was decided."""
    found = store.announcement(subject)
    if found is None:
        return None
    if kind == "approval":
        if reader is not None and not may_approve(store.standing(reader.id), store):
            return None
        stands = asked(store, found, now)
        return settled(store, found) if again and stands is None else stands
    ended = settled(store, found, to_asker=True)
    return ended if ended and kind == f"approval-{ended.settlement}" else None


def _about_item(
    store: GovernanceStore,
    kind: str,
    item: Item,
    reader: Person | None,
    queue: str | None,
    now: datetime,
) -> Message | None:
    if reader is not None and reader.id in store.named_in(item.id):
        return None
    if queue is not None and names_somebody_on(store, item.id, queue):
        return None  # all who work on it read along
    match kind:
        case "brief" | "late":
            if store.lead_of(item.id) is not None:
                return None  # it says the same as another one, which was told
            if queue is not None and item.queue != queue:
                return None  # it moved on (perhaps to the restricted page) before this was sent
            return brief(store, item, seen_from=queue)
        case "assigned":
            mine = reader is None or item.assigned_to == reader.id
            return brief(store, item) if item.assigned_to and mine else None
        case "triage-late":  # triaging.LATE
            return late_one(store, item, reader)
        case "restricted":
            return sensitive.noticed(store, item, reader)
        case "urgent":
            return None  # of before there were cases
        case "student-data":  # purging.KIND
            return removed(store, item, reader, now)
        case "told-taken-out":
            return taken_out(store, item, now)
        case "restricted-daily":  # sensitive.REMIND
            return sensitive.waiting(store, item, reader, now)
        case "help-desk" | "help-desk-news":  # handing_over.OFFER, NEWS
            return handing_over.shown(store, item)
        case "ticket":  # handing_over.TICKET
            return handing_over.ticket(store, item)
        case _ if kind.startswith("told-"):
            return told(store, item, News(kind.removeprefix("told-")))
        case _:
            raise ValueError(f"a delivery of an unknown kind: {kind!r}")


def _about_case(
    store: GovernanceStore, kind: str, item: Item, reader: Person | None, *, again: bool
) -> Message | None:
    """A case, for those who were called (``reader`` None: it is just going out to them) and still
    respond to such things. Closed before it left, it is wanted no more."""
    if reader is not None and reader.id in store.named_in(item.id):
        return None
    what, _, urgency = kind.rpartition("-")
    kind_of = Urgency(urgency)
    if reader is not None and not answers_for(
        Actor(person=reader, standing=store.standing(reader.id)), kind_of, item.id, store
    ):
        return None
    if what == "urgent":
        found = alert(store, item.id, kind_of)
        return found if found and (reader or again or found.closed_at is None) else None
    return case_news(store, item.id, kind_of, Did(what.removeprefix("case-")))


def answered(
    store: GovernanceStore, given: FeedbackReceived | Rejected
) -> FeedbackReceived | Told | Rejected:
    """What somebody hears who told us something: where it states danger, who was called and what to
    do, and nothing else."""
    if isinstance(given, Rejected) or not store.open_urgent(given.item_id):
        return given
    item = store.item(given.item_id)
    return told(store, item, News.URGENT) if item else given


def told(store: GovernanceStore, item: Item, news: News) -> Told:
    """What an author hears. Who answered is named by committee, and by name where they answered."""
    district, news = store.district(), sensitive.as_it_stands(store, item, news)
    answerer = store.person(item.answered_by) if item.answered_by else None
    cases = store.cases_of(item.id)
    urgency = next((kind for kind in Urgency if any(c.urgency is kind for c in cases)), None)
    wanted = _BY_URGENCY.get(urgency, ()) if news is News.URGENT else _CONTACTS.get(news, ())
    decided = _decided(store, item, news)
    queue = decided.queue if decided else item.queue
    return Told(
        item_id=item.id,
        news=news,
        said=excerpt(item),
        received_at=item.received_at,
        committee=queue_name(district, queue) if queue else None,
        answer=item.answer if news is News.ANSWERED else None,
        answered_by=answerer.name if answerer and news is News.ANSWERED else None,
        urgency=urgency,
        advice=decided.title if decided else None,
        reason=decided.reason if decided else None,
        contacts={key: district.contacts[key] for key in wanted if key in district.contacts},
        stood_in=news is News.RESTRICTED and stood_in(store, item),
        unread=item.reading is not None and item.reading.unread,
        called=whom_called(store, item.id) if news in (News.URGENT, News.TAKEN) else (),
        at_work=all(at_work(district, one.urgency, one.opened_at) for one in cases),
        anonymous=item.naming is Naming.ANONYMOUS,
        question=_asked(store, item) if news is News.ASKED else None,
        became=_became(store, item) if news in (News.ANSWERED, News.BECAME) else (),
    )


def _became(store: GovernanceStore, item: Item) -> tuple[BoundLine, ...]:
    """Without what was taken back or retired since: to an author it says nothing anymore."""
    lead = store.item(store.lead_of(item.id) or item.id)
    return tuple(one for one in links_of(store, lead or item) if one.now != 0)


def _asked(store: GovernanceStore, item: Item) -> str | None:
    question = open_question(store.exchanges(item.id))
    return question.words if question else None


_DECIDED = {News.ACCEPTED: AdviceState.ACCEPTED, News.DECLINED: AdviceState.DECLINED}


def _decided(store: GovernanceStore, item: Item, news: News) -> Recommendation | None:
    """The recommendation that an author hears of: the last with their words that ended so."""
    if news not in _DECIDED:
        return None
    for one in (item.id, store.lead_of(item.id)):  # their words may stand for those of others
        found = store.recommendations(_DECIDED[news], item=one) if one else ()
        if found:
            return found[0]
    return None
