"""The one way in: event id into the inbox, access, one transaction, the reply."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import structlog

from bot import faults
from bot.app.watching import Watch
from bot.conversation import Reader, Reply, Speaker
from bot.jobs.closings import Closings, ThemesOf, no_reader
from bot.jobs.looking_ahead import TAKES_LONG, look_ahead, seeded_launch, seeing
from bot.registry import ALARM_ENTRIES, at_its_time, in_zone, may, operation_of, perform
from core.commands import Command
from core.deciding import Reaching, SecondPersonNeededError
from core.people import Person, Platform
from governance.access import Actor, Source
from governance.anonymous.commands import GiveAnonymously, UnsignedCommand
from governance.anonymous.views import AnonymousReceived
from governance.chat.model import AskHere, HoldWords
from governance.docket.commands import GiveFeedback
from governance.docket.dating import redate_next
from governance.faq.asking import may_be_answered
from governance.feedback.handlers import LONGEST, note_answer
from governance.feedback.model import Urgency
from governance.home.commands import NoteAddress
from governance.messages import Done, Refused
from governance.operations import Operation, Outcome, Wake
from governance.priorities.commands import AddIdea
from governance.rules.commands import AskRules, ShowRules
from governance.rules.library import LONGEST_QUERY
from governance.second_person.handlers import hold
from scheduler.trips import new_trip, on_trip
from storage.occurrences import Due
from storage.store import Store
from storage.transaction import Transaction
from surveys.messages import NotForYou
from surveys.priorities.model import LONGEST_IDEA

log = structlog.get_logger(__name__)

_PARTS_AT_ONCE = 100
"""Of dating dockets anew, at one look of the clock: it has more to do."""


@dataclass(frozen=True, kw_only=True)
class Woken:
    """The loops that a commit wakes: the pump, the reader, the clock. There may be no work."""

    pump: Callable[[], None]
    reading: Callable[[], None]
    clock: Callable[[datetime], None]


T = TypeVar("T")

InTransaction = Callable[[Callable[[Transaction], T]], Awaitable[T]]

Glance = Callable[[str], Awaitable[tuple[Urgency, ...] | None]]
"""What is urgent in a message, before it is stored. It is bounded in time and never raises. None:
it cannot be told at once."""


Meaning = Callable[[str], Awaitable[bytes | None]]
"""What a text means, as a vector; bounded as a glance is."""


async def not_told(_: str) -> None:
    """Where there is no reader."""


ANYONES = "person"
"""How the log and the metrics call every command of a person. By its name, a line or a count that
comes at the moment of a press would say who answered a survey, and when: the presses of a few
minutes are known to whoever sits beside somebody, or reads the log of the network."""


class Dispatch:
    """Implements ``bot.conversation.Conversation`` on the store."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        web_url: str,
        woken: Woken,
        watch: Watch,
        glance: Glance = not_told,
        meaning: Meaning = not_told,
        themes_of: ThemesOf = no_reader,
    ) -> None:
        self._store = store
        self._clock = clock
        self._web_url = web_url
        self._woken = woken
        self._watch = watch
        self._glance = glance
        self._meaning = meaning
        self._closings = Closings(store, clock, watch, themes_of)

    async def handle(
        self, speaker: Speaker, command: Command, *, event_id: str | None = None
    ) -> Reply:
        """One command of a person, one transaction."""
        now, operation = self._clock(), operation_of(command)
        command = seeded_launch(command)
        command = await self._read_at_once(command)
        ahead = await self._look_ahead(command, now)
        reads = operation.reads and event_id is None
        if reads and speaker.platform is Platform.WEB:
            in_transaction = self._store.read
        elif operation.together:
            in_transaction = self._store.write_together
        else:
            in_transaction = self._store.write
        keeps = operation.keeps and not isinstance(command, NoteAddress)
        if keeps:
            faults.writes()
        with on_trip(), structlog.contextvars.bound_contextvars(platform=str(speaker.platform)):
            reply = await self._or_held(
                in_transaction,
                lambda reaching, tx: self._turn(
                    seeing(tx, ahead), speaker, command, event_id, now, reaching
                ),
            )
            if keeps and reply.taken:
                faults.saved()
            if not operation.untold:
                log.info("handled", command=ANYONES, repeated=reply.repeated)
        if not operation.untold:
            self._watch.handled(ANYONES)
        await self._go_on(operation, command, reply)
        return reply

    async def _read_at_once(self, command: Any) -> Any:
        """The command with what the reader finds in it before it is handled. It is filled in
        here: whatever a command came with is replaced."""
        if isinstance(command, GiveFeedback | GiveAnonymously):
            command = replace(command, glanced=await self._glance(command.text[:LONGEST]))
        if isinstance(command, GiveFeedback):
            asks = may_be_answered(command)
            return replace(command, meant=await self._meaning(command.text) if asks else None)
        if isinstance(command, AddIdea):
            said = command.text[:LONGEST_IDEA].strip()
            return replace(command, meant=await self._meaning(said) if said else None)
        if isinstance(command, AskHere):
            said = command.text[:LONGEST]
            glanced, meant = await self._glance(said), await self._meaning(said)
            return replace(command, glanced=glanced, meant=meant)
        if isinstance(command, AskRules | ShowRules):
            asked = command.text if isinstance(command, AskRules) else command.query
            asked = asked[:LONGEST_QUERY].strip()
            command = replace(command, meant=await self._meaning(asked) if asked else None)
        if isinstance(command, AskRules | HoldWords):
            return replace(command, glanced=await self._glance(command.text[:LONGEST]))
        return command

    async def answered(self, reply: Reply, *, arrived: bool) -> None:
        """What became of an answer in chat: an urgent notice that did not arrive is sent."""
        item_id, now = reply.notice, self._clock()
        if item_id is None:
            return
        await self._store.write(lambda tx: note_answer(tx, item_id, arrived, now))
        if not arrived:
            self._woken.pump()

    async def by_itself(self, command: Command, source: Source = Source.CLOCK) -> Reply:
        """One command of the service itself, or of the operator."""
        now, operation = self._clock(), operation_of(command)
        command = seeded_launch(command)
        ahead = await self._look_ahead(command, now)
        actor = Actor(source=source)
        with on_trip(), structlog.contextvars.bound_contextvars(source=str(source)):
            reply = await self._or_held(
                self._store.write,
                lambda reaching, tx: self._allowed(
                    seeing(tx, ahead), actor, command, now, self._reader(tx, None), reaching
                ),
            )
            log.info("handled", command=type(command).__name__)
        self._watch.handled(type(command).__name__)
        await self._go_on(operation, command, reply)
        return reply

    async def unsigned(self, command: UnsignedCommand) -> Reply:
        """One command of nobody. It is no trip, and leaves no line in the log, no count and no
        time: beside what somebody else left at that moment each would say who it was."""
        now, operation = self._clock(), operation_of(command)
        command = await self._read_at_once(command)
        in_transaction = self._store.read if operation.reads else self._store.write
        actor = Actor(source=Source.NOBODY)
        reply = await in_transaction(
            lambda tx: self._allowed(tx, actor, command, now, self._reader(tx, None))
        )
        if operation.keeps and reply.taken:
            faults.saved()
        if isinstance(reply.message, AnonymousReceived) and reply.message.urgent:
            self._woken.pump()
        return reply

    async def keep_time(self) -> int:
        """Do everything that is due; each entry once, with what it triggers in its transaction.
        What that puts on the clock for now is done, too.

        An entry that fails is logged, keeps its place and is tried again at the next look.
        """
        now = self._clock()
        done = 0
        tried: set[tuple[UUID, str]] = set()
        for _ in range(_PARTS_AT_ONCE):
            found = await self._store.read(lambda tx: tx.due(now))
            due = [entry for entry in found if (entry.id, entry.slot) not in tried]
            if not due:
                break
            tried |= {(entry.id, entry.slot) for entry in due}
            for entry in due:
                with on_trip(new_trip()):
                    try:
                        done += await self._occur(entry, now)
                    except Exception:
                        log.exception(
                            "clock.entry_failed", kind=entry.kind, subject=str(entry.subject)
                        )
                        self._watch.entry_failed()
        done += await self._closings.take_up()
        for _ in range(_PARTS_AT_ONCE):
            if not await self._store.read(lambda tx: tx.being_dated()):
                break
            await self._store.write(redate_next)
        if await self._store.read(lambda tx: tx.waiting_in_vain()):
            done += await self._store.write(lambda tx: tx.join_lanes())
        if done:
            self._woken.pump()
        return done

    async def _occur(self, entry: Due, now: datetime) -> bool:
        command = at_its_time(entry.kind, entry.subject, entry.number)
        ahead = await self._look_ahead(command, now)
        return await self._or_held(
            self._store.write,
            lambda reaching, tx: _occur(seeing(tx, ahead), entry, command, now, reaching),
        )

    async def _or_held(
        self, in_transaction: InTransaction[T], work: Callable[[Reaching | None, Transaction], T]
    ) -> T:
        """What ``work`` returns. Where it would reach so many that a second person has to approve
        it, nothing of it is written, and it is done again with whom it reaches: it is held then."""
        try:
            return await in_transaction(partial(work, None))
        except SecondPersonNeededError as needed:
            return await self._store.write(partial(work, needed.reaching))

    async def _look_ahead(self, command: Command, now: datetime) -> Mapping[object, Any]:
        if not isinstance(command, TAKES_LONG):
            return {}
        return await self._store.read(lambda tx: look_ahead(tx, command, now))

    async def coming(self) -> Sequence[Due]:
        """What is on the clock, for its rebuilding at start."""
        return await self._store.read(lambda tx: tx.coming())

    def _turn(
        self,
        tx: Transaction,
        speaker: Speaker,
        command: Any,
        event_id: str | None,
        now: datetime,
        reaching: Reaching | None = None,
    ) -> Reply:
        if operation_of(command).one_by_one:
            tx.wait_for_turn()
        if not operation_of(command).of_offices and speaker.platform is not Platform.WEB:
            tx.foresee_answer(speaker.platform, speaker.workspace, speaker.user, command.wave_id)
        actor = _actor(tx, speaker, command)
        reader = replace(self._reader(tx, actor.person), offices=actor.standing.offices)
        if event_id is not None and not tx.first_time(event_id, now):
            return Reply(message=Done(), reader=reader, repeated=True)
        reply = self._allowed(tx, actor, in_zone(command, reader.timezone), now, reader, reaching)
        if speaker.platform is Platform.WEB and reply.notice is not None:
            note_answer(tx, reply.notice, True, now)  # it stays on their page, whatever arrives
        return reply

    def _allowed(
        self,
        tx: Transaction,
        actor: Actor,
        command: Command,
        now: datetime,
        reader: Reader,
        reaching: Reaching | None = None,
    ) -> Reply:
        """What is answered. ``reaching``: it goes to so many that a second person has to approve
        it, so that it is kept and not done."""
        # What only shows something reads nothing twice: what it notes changes nothing of that.
        with tx.only_noting() if operation_of(command).shows else nullcontext():
            refused = may(actor, command, tx)
            outcome = refused or _done(tx, actor, command, now, reaching)
        if isinstance(outcome, NotForYou):
            outcome = Refused(why=outcome.why)
        return Reply(message=outcome, reader=reader)

    def _reader(self, tx: Transaction, person: Person | None) -> Reader:
        if person is not None:
            return Reader(locale=person.locale, timezone=person.timezone, web_url=self._web_url)
        district = tx.loaded_district()
        if district is None:
            return Reader(web_url=self._web_url)
        return Reader(locale=district.locale, timezone=district.timezone, web_url=self._web_url)

    async def _go_on(self, operation: Operation[Any], command: Any, reply: Reply) -> None:
        if Wake.CLOSINGS in operation.wakes and isinstance(reply.message, Done):
            await self._closings.finish(command.wave_id)
        self._wake(operation, command)

    def _wake(self, operation: Operation[Any], command: Command) -> None:
        """Whoever has something to do after a command."""
        if operation.reads or operation.together:
            return
        if Wake.READER in operation.wakes:
            self._woken.reading()
        for at in operation.due(command) if operation.due else ():
            if at is not None and at.tzinfo is not None:
                self._woken.clock(at)
        self._woken.pump()


def _done(
    tx: Transaction, actor: Actor, command: Command, now: datetime, reaching: Reaching | None
) -> Outcome:
    if reaching is None:
        return perform(tx, actor, command, now)
    return hold(tx, actor, command, reaching, now)


def _occur(
    tx: Transaction, entry: Due, command: Command, now: datetime, reaching: Reaching | None = None
) -> bool:
    """An entry and what it triggers, in one transaction. False: another tick had it."""
    if not tx.happens(entry, now):
        return False
    if entry.kind not in ALARM_ENTRIES and _may_have_happened(tx, entry):
        tx.waits_since = now
    outcome = _done(tx, Actor(source=Source.CLOCK), command, now, reaching)
    if reaching is not None and isinstance(outcome, Refused):
        log.warning("clock.refused", kind=entry.kind, subject=str(entry.subject))
    log.info("clock.occurred", kind=entry.kind, subject=str(entry.subject))
    return True


def _may_have_happened(tx: Transaction, entry: Due) -> bool:
    """Whether the database was restored since an entry came due: what it sends may have been sent,
    so it waits for the operator."""
    return entry.restored or tx.restored_since(entry.at)


def _actor(tx: Transaction, speaker: Speaker, command: Command) -> Actor:
    if speaker.platform is Platform.WEB and speaker.person:
        tx.foresee_visit(speaker.person)
    person = _person(tx, speaker)
    if person is None or not operation_of(command).of_offices:
        return Actor(person=person, guest=speaker.guest, platform=speaker.platform)
    return Actor(
        person=person,
        standing=tx.standing(person.id),
        guest=speaker.guest,
        platform=speaker.platform,
    )


def _person(tx: Transaction, speaker: Speaker) -> Person | None:
    """Who speaks: by session, by a known address, else by the e-mail the platform confirms."""
    if speaker.platform is Platform.WEB:
        return tx.person(speaker.person) if speaker.person else None
    known = tx.person_by_address(speaker.platform, speaker.workspace, speaker.user)
    if (known is not None and known.active) or not speaker.email:
        return known
    person = tx.person_by_email(speaker.email) or known
    if person is not None and person.active and not speaker.guest:
        tx.note_address(  # of somebody new, or of whoever was given the account of one who left
            person,
            platform=speaker.platform,
            workspace=speaker.workspace,
            user=speaker.user,
            # Slack posts to a user's id; on Teams only an install gives a conversation.
            conversation=speaker.user if speaker.platform is Platform.SLACK else None,
            service_url=None,
            reachable=True,
        )
    return person
