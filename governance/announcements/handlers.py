"""Announcing a change: write, see its reach, send now or at a time, and see what happened to it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from core.forms import Opening
from core.people import Audience, Person
from core.text import Text
from governance.access import OPERATOR_TOO, Actor, announced_to, announcer, office, refusal
from governance.announcements import forms
from governance.announcements.ahead import going_out
from governance.announcements.approvals import guard_of_people
from governance.announcements.asked import LIMITS, MISSING, REQUIRED, TRANSLATED
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    CheckAnnouncement,
    CheckWritten,
    SendAnnouncement,
    ShowAnnouncement,
    TryAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.forms import words_of
from governance.announcements.model import (
    EVERYONE,
    LONGEST_WORD,
    Announcement,
    AnnouncementState,
    Change,
    Guard,
)
from governance.committees.model import Office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.faq.subject import about_change
from governance.filling import handed_in
from governance.forms.messages import FormView
from governance.learning.offered import training_of
from governance.lessons.written import question_of
from governance.lists.audiences import (
    choices_of,
    lists_of,
    offered,
    unfit_audience,
    with_people_of,
)
from governance.lists.model import AudienceChoices
from governance.messages import (
    AnnouncementDrafted,
    AnnouncementScheduled,
    Notice,
    Refused,
)
from governance.operations import Fields, Operation, Operations
from governance.ports import GovernanceStore
from governance.read_reminders import owing
from governance.read_reminders.model import READ_BY
from governance.school_days import calendar, today
from governance.service_notices.forms import form_of
from governance.service_notices.model import ServiceThread
from governance.typed import typed, unfit_link
from governance.views import AnnouncementWritten
from surveys.messages import Rejected
from surveys.questions import Unfit

ANNOUNCE = "announce"
"""Entry of the clock."""

TEST = "notice-test"
"""Kind of the message to oneself."""

_FARTHEST = timedelta(days=366)
NOT_HERE = "This announcement is not here anymore."
NO_DRAFT = "There is no draft to change: it has gone out or is scheduled."
WAITS_FOR_APPROVAL = (
    "This announcement is waiting for a second person’s approval. Withdraw that request first."
)
TAKEN_BACK = "This announcement was taken back. You do not need to do anything."


def _draft(store: GovernanceStore, command: WriteAnnouncement) -> Announcement | Refused | None:
    """The draft as it is kept; None: a new one."""
    found = store.announcement(command.announcement_id) if command.announcement_id else None
    if found is None:
        return None
    if found.state is AnnouncementState.DRAFT and not found.lesson:
        return found
    return refusal(NO_DRAFT)


def open_form(
    store: GovernanceStore, actor: Actor, command: WriteAnnouncement, _: datetime
) -> Opening | FormView | Refused:
    found = _draft(store, command)
    if isinstance(found, Refused):
        return found
    if found is not None and found.change.service is not None:
        return form_of(store, found)
    language = found.change.title.language if found else store.district().locale
    of_file = command.change is not None
    return forms.announcement(found, offered(store), language=language, of_file=of_file)


def digest(said: str) -> str:
    """Tells whether a text is still the same; "" of no text."""
    return hashlib.sha256(said.encode()).hexdigest()[:16] if said else ""


def unfit(
    store: GovernanceStore, actor: Actor, command: WriteAnnouncement, now: datetime
) -> dict[str, Unfit]:
    """What does not fit beyond each field by itself."""
    old = _draft(store, command)
    if isinstance(old, Refused):
        return {}
    draft, wrong = _written(store, actor, command, old, now)
    if not wrong and store.reach(draft.audience, now).people == 0:
        return {"audience": Unfit(why=NOBODY)}
    return wrong


def write(
    store: GovernanceStore, actor: Actor, command: WriteAnnouncement, now: datetime
) -> AnnouncementDrafted | Refused:
    """Write or change a draft; answers with how it looks and whom it reaches."""
    old = _draft(store, command)
    if isinstance(old, Refused):
        return old
    if old is not None and old.change.service is not None:
        return refusal(NO_DRAFT)
    draft, _ = _written(store, actor, command, old, now)
    store.put_announcement(draft)
    return drafted(store, actor, draft, now)


NOBODY = "This reaches nobody. Choose more people."


def _written(
    store: GovernanceStore,
    actor: Actor,
    command: WriteAnnouncement,
    old: Announcement | None,
    now: datetime,
) -> tuple[Announcement, dict[str, Unfit]]:
    """A draft as it was typed, and what of it does not fit."""
    words, unfit = _words(command)
    unseen: frozenset[str] = frozenset()
    if old is not None:
        unseen = _unseen(command, words_of(old.change))
        unfit |= _overtaken(command, words, words_of(old.change))
    audience = _audience(command, old)
    unfit |= unfit_audience(store, audience)
    unfit |= unfit_joiners(store, command.joiners_until, now)
    if command.due is not None and (late := unfit_due(store, command.due, now)):
        unfit["due"] = late
    before, language = old.change if old else None, store.district().locale
    question = command.question or (old.question if old else None)
    if command.asks is not None:
        question, no_question = question_of(command.asks, old.question if old else None, language)
        unfit |= no_question
    asks = command.asks is not None and question is not None
    change = command.change or _change(words, before, language=language)
    # The operator's passing a draft on does not undo that somebody edited it on the web.
    written_by = actor.person_id or (old.written_by if old else None)
    draft = Announcement(
        id=command.announcement_id or uuid4(),
        change=change,
        audience=audience,
        written_by=written_by,
    )
    # Who said no to the draft as it was, and why, stays with it until somebody is asked again.
    draft = replace(
        old or draft,
        change=_kept(change, before, words, unseen),
        audience=audience,
        written_by=written_by,
        acknowledge=_acknowledge(command, old) or command.due is not None or asks,
        due=command.due,
        joiners_until=command.joiners_until,
        question=question,
    )
    return draft, unfit


def check_written(
    store: GovernanceStore, actor: Actor, command: CheckWritten, now: datetime
) -> AnnouncementWritten | FormView | Refused:
    """What was typed so far, as it would be kept and read; nothing is kept."""
    old = store.announcement(command.announcement_id)
    if old is not None and (old.state is not AnnouncementState.DRAFT or old.lesson):
        return refusal(NO_DRAFT)
    if old is not None and old.change.service is not None:
        return form_of(store, old)
    unfit: dict[str, Unfit] = {}
    if command.written is not None:
        draft, unfit = _written(store, actor, command.written, old, now)
    else:
        draft = old or Announcement(
            id=command.announcement_id,
            change=_change(dict.fromkeys(LIMITS, ""), None, language=store.district().locale),
            audience=Audience(),
            written_by=actor.person_id,
        )
    reach = store.reach(draft.audience, now)
    if reach.people == 0:
        unfit.setdefault("audience", Unfit(why=NOBODY))
    words = words_of(old.change) if old else {}
    return AnnouncementWritten(
        saved=old,
        draft=draft,
        reach=reach,
        choices=choices_of(store) if command.offers else AudienceChoices(),
        language=draft.change.title.language if old else store.district().locale,
        words=words,
        seen={key: digest(said) for key, said in words.items()},
        unfit=unfit,
        notice=_seen_by_readers(store, draft, unfit) if command.previews else None,
    )


def _seen_by_readers(
    store: GovernanceStore, draft: Announcement, unfit: Collection[str]
) -> Notice | None:
    """What readers would get, once there is something to read and no text is too long."""
    wrong = [key for key in unfit if key.partition(".")[0] in LIMITS and key not in REQUIRED]
    long = any(len(getattr(draft.change, name).default) > LIMITS[name] for name in REQUIRED)
    if long or wrong or not (draft.change.title.default and draft.change.what.default):
        return None
    return notice(store, draft, Actor())


def drafted(
    store: GovernanceStore, actor: Actor, draft: Announcement, now: datetime
) -> AnnouncementDrafted:
    """A draft with its reach, and what comes before it goes out."""
    reach, shown = store.reach(draft.audience, now), notice(store, draft, Actor())
    but = (actor.person_id, draft.written_by)
    return AnnouncementDrafted(
        announcement=draft,
        sender=shown.sender,
        reach=reach,
        guard=guard_of_people(store, reach.people, now, but=but),
        stale=tuple(one for one in lists_of(store, draft.audience) if one.trouble),
        lacks=tuple(lacks(draft)),
        notice=shown,
        calendar=calendar(store),
        ahead=going_out(store, actor, now, but=draft.id),
    )


def lacks(draft: Announcement) -> Iterator[Unfit]:
    """What a lesson cannot be sent without."""
    if draft.lesson and draft.question is None:
        yield Unfit(
            why="This lesson has no question yet. Select “Change it” to write one and to choose "
            "who gets the lesson."
        )
    if draft.lesson and draft.due is None:
        yield Unfit(
            why="Choose the date by which people should do this lesson. Select “Change it”."
        )


def show_draft(
    store: GovernanceStore, actor: Actor, command: CheckAnnouncement, now: datetime
) -> AnnouncementDrafted | Refused:
    found = store.announcement(command.announcement_id)
    if found is None or found.state is not AnnouncementState.DRAFT:
        return refusal(NO_DRAFT)
    return drafted(store, actor, found, now)


def _audience(command: WriteAnnouncement, old: Announcement | None) -> Audience:
    """Whom a draft is for. What a file said of single people stays with the draft."""
    if old is None or command.change is not None:
        return command.audience
    return with_people_of(command.audience, old.audience)


_JOINERS = timedelta(days=180)


def unfit_joiners(store: GovernanceStore, until: date | None, now: datetime) -> dict[str, Unfit]:
    """Why late joiners cannot get it until a day, by field."""
    if until is None:
        return {}
    first = today(store, now)
    if first < until <= first + _JOINERS:
        return {}
    why = "Choose a later day, within the next {n} days."
    return {"joiners_until": Unfit(why=why, values={"n": _JOINERS.days})}


def _acknowledge(command: WriteAnnouncement, old: Announcement | None) -> bool:
    """Whether it asks to be read: as a file says, else as it was."""
    if command.acknowledge is not None:
        return command.acknowledge
    return old.acknowledge if old else True


def unfit_due(store: GovernanceStore, day: date, at: datetime) -> Unfit | None:
    """Why people cannot be asked until that day, where it goes out at ``at``."""
    goes = today(store, at)
    if day < goes:
        return Unfit(why="This day is before it goes out. Choose a later one.")
    if day > goes + _FARTHEST:
        return Unfit(why="Choose a day within a year from now.")
    return None


def _words(command: WriteAnnouncement) -> tuple[dict[str, str], dict[str, Unfit]]:
    """The typed words as they are kept, and why some do not fit."""
    return ({}, {}) if command.change is not None else _fitted(command.words)


def reworded(
    given: Mapping[str, str], old: Change | None, *, language: str
) -> tuple[Change, dict[str, Unfit]]:
    """What was typed as the words of an announcement, and why some do not fit."""
    words, unfit = _fitted(given)
    return _kept(_change(words, old, language=language), old, words, ()), unfit


def _fitted(given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Unfit]]:
    words, unfit = {}, {}
    for field, most in LIMITS.items():
        words[field], too_long = typed(given.get(field, ""), most)
        if too_long:
            unfit[field] = too_long
        elif field in REQUIRED and not words[field]:
            unfit[field] = Unfit(why=MISSING)
    for key, said in given.items():
        field, _, tag = key.partition(".")
        if tag and field in TRANSLATED:
            words[key], too_long = typed(said, LIMITS[field])
            if too_long:
                unfit[key] = too_long
            elif words[key] and not words[field] and field not in unfit:
                unfit[field] = Unfit(why="This is only in another language. Write it here, too.")
    if "learn_url" not in unfit and (no_link := unfit_link(words["learn_url"])):
        unfit["learn_url"] = no_link
    return words, unfit


def _unseen(command: WriteAnnouncement, saved: Mapping[str, str]) -> frozenset[str]:
    """Texts that are others by now than the form showed."""
    return frozenset(
        key for key, seen in command.seen.items() if digest(saved.get(key, "")) != seen
    )


def _overtaken(
    command: WriteAnnouncement, words: dict[str, str], saved: Mapping[str, str]
) -> dict[str, Unfit]:
    """Texts that somebody else saved since the form was opened: where only they changed one,
    theirs goes into ``words``; where both did, why it does not fit."""
    unfit = {}
    for key, seen in command.seen.items():
        theirs = saved.get(key, "")
        if key not in words or digest(theirs) == seen or words[key] == theirs:
            continue
        if digest(words[key]) == seen:
            words[key] = theirs
        elif theirs:
            unfit[key] = Unfit(
                why="Someone else changed this to “{theirs}”. Save again to keep yours instead.",
                values={"theirs": theirs},
            )
        else:
            unfit[key] = Unfit(
                why="Someone else deleted this text. Save again to keep yours.",
                values={"theirs": ""},
            )
    return unfit


def _change(words: Mapping[str, str], old: Change | None, *, language: str) -> Change:
    """The typed words with the typed translations."""

    def text(field: str) -> Text | None:
        said = words[field]
        before: Text | None = getattr(old, field) if old else None
        same = before is not None and before.default == said
        given = ((key.partition("."), told) for key, told in words.items())
        return (
            Text(
                default=said,
                language=before.language if before and same else language,
                translations={
                    tag: told for (name, _, tag), told in given if name == field and tag and told
                },
            )
            if said
            else None
        )

    def required(field: str) -> Text:
        return text(field) or Text(default="")

    return Change(
        title=required("title"),
        what=required("what"),
        why=required("why"),
        when=required("when"),
        who=required("who"),
        action=required("action"),
        learn=text("learn"),
        learn_url=words["learn_url"] or None,
        ask=text("ask"),
    )


def _kept(
    new: Change, old: Change | None, words: Mapping[str, str], unseen: Collection[str]
) -> Change:
    """The change with the translations that nobody typed or sent along (chat asks for the text
    alone, and a file may lack some). Marked as outdated are those of a text that changed, until
    a form is saved that showed them beside the text as it is: not one of ``unseen``."""
    texts: dict[str, Any] = {}
    outdated = set()
    for field in TRANSLATED:
        text: Text | None = getattr(new, field)
        before: Text | None = getattr(old, field) if old else None
        if old is None or text is None or before is None:
            continue
        there = {t: w for t, w in before.translations.items() if f"{field}.{t}" not in words}
        texts[field] = replace(text, translations={**there, **text.translations})
        for tag, said in texts[field].translations.items():
            key = f"{field}.{tag}"
            same, typed_anew = before.default == text.default, said != before.translations.get(tag)
            stays = same and key in old.outdated and (key not in words or field in unseen)
            changed = not same and not typed_anew
            of_an_older_text = same and typed_anew and key in words and field in unseen
            if stays or changed or of_an_older_text:
                outdated.add(key)
    return replace(new, **texts, outdated=frozenset(outdated))


def sender(store: GovernanceStore) -> str:
    """Who announces: the CTO by name, else the district."""
    holders = store.holders(Office.CTO)
    return holders[0].name if holders else store.district().name


def sender_of(store: GovernanceStore, found: Announcement) -> str:
    """Who announces it: a lesson is whoever's wrote it."""
    author = store.person(found.written_by) if found.lesson and found.written_by else None
    return author.name if author else sender(store)


def send(
    store: GovernanceStore, actor: Actor, command: SendAnnouncement, now: datetime
) -> AnnouncementScheduled | Rejected | Refused:
    """Send a draft now or at a time. Pressing twice sends once."""
    found = store.announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.state is AnnouncementState.WAITING:
        return refusal(WAITS_FOR_APPROVAL)
    if found.state is AnnouncementState.DRAFT:
        by = replace(found, asked_by=actor.person_id)
        found = schedule(store, by, command.at, now)
        store.audit(actor.person_id, f"announcement {found.state}", found.id, now)
    at = found.send_at if found.state is AnnouncementState.SCHEDULED else None
    reach = store.reach(found.audience, at or now)
    return AnnouncementScheduled(
        announcement_id=found.id,
        title=found.change.title,
        people=reach.people,
        at=at,
        seconds=reach.seconds,
        held=reach.held,
    )


def unfit_to_send(command: SendAnnouncement, guard: Guard, now: datetime) -> dict[str, Unfit]:
    """Why a draft cannot go out as it is asked for, by field."""
    unfit = {}
    if command.at is not None and command.at > now + _FARTHEST:
        unfit["at"] = Unfit(why="Choose a time within a year from now.")
    elif command.at is not None and command.at < now - timedelta(minutes=5):
        unfit["at"] = Unfit(why="This time has passed. Choose a later one.")
    if guard.everyone and not confirmed(command.everyone):
        why = "This goes to everyone: {n} people. Type “everyone” to confirm."
        unfit["everyone"] = Unfit(why=why, values={"n": guard.people})
    return unfit


def unfit_dates(store: GovernanceStore, found: Announcement, at: datetime) -> dict[str, Unfit]:
    """Why it cannot go out then: it lacks something, or is to be confirmed by an earlier date."""
    for lack in lacks(found):
        return {"at": lack}
    if found.due is None:
        return {}
    late = unfit_due(store, found.due, at)
    why = "People are asked to confirm this before it goes out. Choose a later day for that."
    return {"at": Unfit(why=why)} if late else {}


def word_typed(fields: Fields) -> str:
    """What was typed to confirm that it goes to everyone."""
    return handed_in(fields, "everyone").strip()[:LONGEST_WORD]


def confirmed(typed: str) -> bool:
    """Whether the word was typed without which nothing goes to everyone."""
    return typed.strip().casefold() in EVERYONE


def schedule(
    store: GovernanceStore, draft: Announcement, at: datetime | None, now: datetime
) -> Announcement:
    """Let it go out, now or at a time."""
    if at is None or at <= now:
        return start(store, draft, now)
    scheduled = replace(draft, state=AnnouncementState.SCHEDULED, send_at=at)
    store.put_announcement(scheduled)
    # Numbered by its minute: a time that was given up must not keep the next one from the clock.
    store.schedule(ANNOUNCE, draft.id, at, int(at.timestamp()) // 60)
    return scheduled


def start(store: GovernanceStore, draft: Announcement, now: datetime) -> Announcement:
    """Freeze the audience as it is now, and queue it."""
    sending = replace(draft, state=AnnouncementState.SENDING, sent_at=now)
    if sending.approved_at is None:
        sending = replace(sending, approved_people=store.reach(sending.audience, now).people)
    store.put_announcement(sending)
    store.announce(sending, now)
    owing.ask(store, sending, now)
    return sending


def test(
    store: GovernanceStore, actor: Actor, command: TryAnnouncement, now: datetime
) -> AnnouncementDrafted | Refused:
    """To whoever asks for it alone, by the same way as to everybody."""
    found = store.announcement(command.announcement_id)
    if found is None or found.state is not AnnouncementState.DRAFT:
        return refusal(NO_DRAFT)
    store.deliver_to_person(
        actor.somebody,
        campaign=f"{TEST}:{found.id}:{int(now.timestamp())}",
        kind=TEST,
        subject=found.id,
        now=now,
    )
    return drafted(store, actor, found, now)


def notice(store: GovernanceStore, found: Announcement, actor: Actor) -> Notice:
    """An announcement as one reader sees it; as it is sent where the actor has no person."""
    person_id = actor.person_id
    read = store.acknowledged_at(found.id, person_id) if person_id else None
    planned = store.planned_message(found.id)
    asked = person_id is None or store.was_announced_to(found.id, person_id)
    duty = store.duty(READ_BY, found.id, person_id) if found.due and person_id else None
    return Notice(
        announcement_id=found.id,
        change=found.change,
        sender=sender_of(store, found),
        acknowledge=found.acknowledge and asked,
        acknowledged_at=read,
        urgent=found.urgent,
        edited_at=found.edited_at,
        about=about_change(planned.change_id) if planned else "",
        thread=thread_of(store, found),
        training=training_of(store, planned),
        due=duty.due if duty else found.due,
        late=duty is not None and duty.late,
        question=found.question,
        lesson=found.lesson,
    )


def thread_of(store: GovernanceStore, found: Announcement) -> ServiceThread | None:
    """What became of a service notice."""
    bound = store.service_notice(found.id) if found.change.service else None
    if bound is None:
        return None
    return ServiceThread(notice=bound, updates=tuple(store.service_updates(found.id)))


def show(store: GovernanceStore, actor: Actor, command: ShowAnnouncement) -> Notice | Refused:
    found = store.announcement(command.announcement_id)
    if found is None:
        return refusal(NOT_HERE)
    return refusal(TAKEN_BACK) if found.recalled_at is not None else notice(store, found, actor)


def acknowledge(
    store: GovernanceStore, actor: Actor, command: AcknowledgeAnnouncement, now: datetime
) -> Notice | Refused:
    """ "I have read this": one row, unique per person, from whichever platform. Gives the
    announcement back, marked as read: whoever pressed still needs its dates."""
    found = store.announcement(command.announcement_id)
    person_id = actor.person_id
    if found is None or person_id is None or not store.was_announced_to(found.id, person_id):
        return refusal("This announcement was not sent to you, so there is nothing to confirm.")
    if found.recalled_at is not None:
        return refusal(TAKEN_BACK)
    if found.question is None:
        confirm(store, actor, found, now)
    return notice(store, found, actor)


def confirm(store: GovernanceStore, actor: Actor, found: Announcement, now: datetime) -> None:
    """Somebody has read it. Pressed again, it changes nothing."""
    person_id = actor.somebody.id
    if store.acknowledge(found.id, person_id, now) == now:
        owing.done(store, actor, found, now)
    store.drop_read_reminders(found.id, person_id)


def _ahead(
    store: GovernanceStore, subjects: Sequence[UUID], reader: Person
) -> Iterable[UUID | None]:
    store.announcements_ahead(subjects)
    store.notices_ahead(subjects, reader.id)
    store.planned_ahead(subjects)
    found = (store.announcement(one) for one in subjects)
    dated = [one.id for one in found if one is not None and one.due]
    store.duties_ahead(READ_BY, dated, reader.id)
    return ()


def _noticed(on: Occasion) -> Notice | None:
    found = on.store.announcement(on.subject)
    if found is None or found.recalled_at is not None:
        return None
    shown = notice(on.store, found, Actor(person=on.reader))
    over = shown.thread is not None and shown.thread.notice.ended_at is not None
    going_out = on.reader is None and not on.again
    return None if over and going_out else shown


def _tested(on: Occasion) -> Notice | None:
    """As a draft is when it goes: whoever tries it wants to see the newest."""
    found = on.store.announcement(on.subject)
    if found is None:
        return None
    return replace(notice(on.store, found, Actor(person=on.reader)), acknowledge=False, trial=True)


DELIVERIES: Deliveries = (
    Delivery(kind="notice", compose=_noticed, may_wait=True, ahead=_ahead),
    Delivery(kind=TEST, compose=_tested, may_wait=True),
)

OPERATIONS: Operations = (
    Operation(
        command=WriteAnnouncement,
        run=write,
        may=office,
        by=OPERATOR_TOO,
        button="write",
        form_button="announce-form",
        carries=("announcement_id",),
        takes=("seen",),
        opens=open_form,
        fits=unfit,
    ),
    Operation(command=CheckWritten, run=check_written, may=office, reads=True),
    Operation(
        command=CheckAnnouncement,
        run=show_draft,
        may=announcer,
        reads=True,
        button="check-announcement",
    ),
    Operation(command=TryAnnouncement, run=test, may=announcer, button="try-announcement"),
    Operation(
        command=ShowAnnouncement,
        run=lambda store, actor, command, _: show(store, actor, command),
        may=announced_to,
        reads=True,
        button="announcement",
    ),
    Operation(
        command=AcknowledgeAnnouncement,
        run=acknowledge,
        may=announced_to,
        button="read",
        refreshes_home=True,
    ),
)
