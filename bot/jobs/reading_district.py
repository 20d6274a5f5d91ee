"""The reader of the loaded district: trained from its charters, examples and roster names."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial

import structlog

from core.people import Level, Role
from governance.committees.model import Committee
from governance.docket.handlers import FILE_IT
from governance.duplicates.model import Alike, Correction
from governance.faq.matching import texts_of as entry_texts
from governance.faq.model import FaqEntry
from governance.feedback.model import Reading, Urgency
from governance.priorities.matching import text_of as choice_text
from governance.reading.examples import Example, read_examples
from governance.reading.worker import ReadingRoom, UnreadError
from governance.rules.model import Version
from governance.rules.searching import texts_of
from storage.store import Store
from storage.transaction import Transaction

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 5.0

_AT_ONCE = 64
"""So that a glance never waits long behind a rule."""

Taught = tuple[datetime | None, tuple[int, datetime | None]]
"""When the district was loaded, and what people put right until now."""


class DistrictReader:
    """Opens the reading room at the first message. It learns anew when the district changed, and is
    told what somebody put right, before it reads the next one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._room: ReadingRoom | None = None
        self._taught: Taught | None = None
        self.up: bool | None = None
        """Whether it can read. None: nobody has asked yet."""

    async def keep_open(self) -> None:
        """Start it before the first message, and anew where it died or hangs; until cancelled."""
        while True:
            try:
                await self._open()
            except Exception as error:
                if self.up is not False:
                    log.error("reader.away", why=type(error).__name__, exc_info=error)
                self.up = False
            await asyncio.sleep(_LOOK_SECONDS)

    async def _open(self) -> None:
        if await self._store.read(lambda tx: tx.district_loaded_at()) is None:
            return  # there is nothing to learn yet
        await (await self._room_of_today()).open()
        self.up = True
        await self.read_rules()
        await self.read_faq()
        await self.read_priorities()

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        try:
            reading = await (await self._room_of_today()).read(text, role, level)
        except UnreadError:
            self.up = True
            raise
        except Exception:
            self.up = False
            raise
        self.up = True
        return reading

    async def glance(self, text: str) -> tuple[Urgency, ...] | None:
        """What is urgent in a message. None: it cannot be told at once (``ReadingRoom.glance``)."""
        return await self._room.glance(text) if self._room is not None else None

    async def meaning(self, text: str) -> bytes | None:
        """What a text means. None: it cannot be told at once (``ReadingRoom.meaning``)."""
        return await self._room.meaning(text) if self._room is not None else None

    async def themes_of(self, texts: Sequence[str]) -> Sequence[str]:
        """The theme of each of many texts without personal data, "" where it has none. Messages
        that wait are read in between. It raises as ``read`` does."""
        room, found = await self._room_of_today(), list[str]()
        for first in range(0, len(texts), _AT_ONCE):
            found += await room.themes_of(texts[first : first + _AT_ONCE])
        return found

    async def read_rules(self) -> None:
        """Keep what the sections of new versions mean, to be found by."""
        room = await self._room_of_today()
        while version := await self._store.read(lambda tx: tx.version_without_meaning()):
            texts, vectors = texts_of(version), b""
            for first in range(0, len(texts), _AT_ONCE):
                some = await room.meanings(texts[first : first + _AT_ONCE])
                if some is None:
                    return  # there is no model
                vectors += some
            await self._store.write(partial(_keep_meaning, version=version, vectors=vectors))

    async def read_faq(self) -> None:
        """Keep what new entries of an FAQ mean, to be found by."""
        room = await self._room_of_today()
        while entry := await self._store.read(lambda tx: tx.faq_without_meaning()):
            texts = entry_texts(entry)
            vectors = await room.meanings(texts) if texts else b""
            if vectors is None:
                return  # there is no model
            await self._store.write(partial(_keep_entry, entry=entry, vectors=vectors))

    async def read_priorities(self) -> None:
        """Keep what priorities and goals mean, to be aligned by; and choices to which staff may add
        ideas."""
        room = await self._room_of_today()
        if new := await self._store.read(_new_choices):
            await self._store.write(partial(_want_meanings, texts=new))
        while texts := await self._store.read(lambda tx: tx.texts_without_meaning(_AT_ONCE)):
            vectors = await room.meanings(texts)
            if vectors is None:
                return  # there is no model
            await self._store.write(partial(_keep_meanings, texts=texts, vectors=vectors))

    async def _room_of_today(self) -> ReadingRoom:
        """The room, with what the district and its people taught it until now."""
        taught = await self._store.read(lambda tx: (tx.district_loaded_at(), tx.corrections_mark()))
        if self._room is None or taught != self._taught:
            await self._learn(taught)
        assert self._room is not None  # noqa: S101  (_learn opened it)
        return self._room

    async def alike(self, reading: Reading) -> Alike | None:
        """What was said before, is open in the same queue, and says the same as a message that
        was just read. None: nobody can tell."""
        if self._room is None:
            return None
        queue = await self._store.read(lambda tx: tx.open_vectors(reading.route))
        return await self._room.alike(reading.redacted, queue)

    async def _learn(self, taught: Taught) -> None:
        """A district that was loaded again is learned anew; what was put right since is told, and
        counts from the next message on."""
        committees, examples, names, put_right = await self._store.read(_lessons)
        if self._room is None:
            self._room = ReadingRoom(committees, examples, names)
        elif self._taught is None or taught[0] != self._taught[0]:
            await self._room.retrain(committees, examples, names)
        await self._room.correct(put_right)
        self._taught = taught

    async def close(self) -> None:
        if self._room is not None:
            await self._room.close()


def _keep_meaning(tx: Transaction, version: Version, vectors: bytes) -> None:
    tx.keep_rule_meaning(version.rule_id, version.number, vectors)


def _keep_entry(tx: Transaction, entry: FaqEntry, vectors: bytes) -> None:
    tx.keep_faq_meaning(entry, vectors)


def _new_choices(tx: Transaction) -> Sequence[str]:
    return tx.new_texts([choice_text(one) for one in tx.choices_taking_ideas()])


def _want_meanings(tx: Transaction, texts: Sequence[str]) -> None:
    tx.want_meanings(texts)


def _keep_meanings(tx: Transaction, texts: Sequence[str], vectors: bytes) -> None:
    size = len(vectors) // len(texts)
    parts = (vectors[at : at + size] for at in range(0, len(vectors), size))
    tx.keep_meanings(dict(zip(texts, parts, strict=True)))


def _lessons(
    tx: Transaction,
) -> tuple[tuple[Committee, ...], tuple[Example, ...], frozenset[str], tuple[Example, ...]]:
    """Committees, labelled examples, the names of the roster, and what was put right, the newest
    first."""
    committees = tx.district().committees
    known = [committee.key for committee in committees]
    examples = read_examples(tx.examples().splitlines())
    # An example of a committee that is no more teaches nothing about those that are.
    kept = tuple(e for e in examples if not e.committees or e.committees[0] in known)
    put_right = tuple(
        one for correction in tx.corrections() if (one := _example(correction, committees))
    )
    return committees, kept, tx.roster_names(), put_right


def _example(correction: Correction, committees: tuple[Committee, ...]) -> Example | None:
    """What somebody put right, to learn from. None: the committee that it went to is no more."""
    found = next((one for one in committees if one.key == correction.went_to), None)
    if found is None and correction.went_to != FILE_IT:
        return None
    served = found.serves if found is not None else None
    return Example(
        text=correction.redacted,
        role=correction.role or Role.TEACHER,  # of an anonymous one nobody knows
        level=correction.level or served or Level.DISTRICT,
        committees=(found.key,) if found is not None else (),
    )
