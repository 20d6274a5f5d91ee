"""Which goals priorities serve, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    Uuid,
    func,
    select,
    update,
)

from governance.alignment.model import Binding, Sent
from storage.columns import Instant, metadata, stays
from storage.connection import Connected

priority_goal = Table(
    "priority_goal",
    metadata,
    Column("wave_id", Uuid, primary_key=True),
    Column("question", String(80), primary_key=True),
    Column("choice", String(80), primary_key=True),
    Column("number", Integer, primary_key=True),  # the last one holds
    Column("goal", String(40), nullable=False),  # "": no goal covers it
    Column("version", Integer, nullable=False),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
)

alignment_sent = Table(
    "alignment_sent",
    metadata,
    Column("wave_id", Uuid, primary_key=True),
    Column("at", Instant, primary_key=True),
    Column("committee", String(40), nullable=False),  # "": the CTO's office
    Column("by_person", Uuid),
)

priority_advice = Table(
    "priority_advice",
    metadata,
    Column("recommendation_id", Uuid, primary_key=True),
    Column("wave_id", Uuid, nullable=False, index=True),
)

text_meaning = Table(
    "text_meaning",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column(
        "text",
        Text,
        nullable=False,
        info=stays("a goal or a choice of a survey as it was put up, and what it means"),
    ),  # "" once its vector is known
    Column(
        "vector",
        LargeBinary,
        info=stays("a goal or a choice of a survey as it was put up, and what it means"),
    ),  # None: not known yet
)

_AT_ONCE = 500
"""Texts that one statement asks for."""

_ALL = ("bindings",)
"""Under which ``bindings`` remembers those of all waves."""


class Alignments(Connected):
    """Implements ``governance.alignment.ports.AlignmentStore``."""

    def bindings(self, wave_id: UUID | None = None) -> Sequence[Binding]:
        known: Sequence[Binding] | None = self.within.get(_ALL)
        if wave_id is not None and known is not None:
            return [one for one in known if one.wave_id == wave_id]
        return self.once((*_ALL, wave_id) if wave_id else _ALL, lambda: self._bindings(wave_id))

    def _bindings(self, wave_id: UUID | None) -> Sequence[Binding]:
        later = priority_goal.alias("later")
        same = [
            later.c[name] == priority_goal.c[name] for name in ("wave_id", "question", "choice")
        ]
        newer = select(later.c.number).where(*same, later.c.number > priority_goal.c.number)
        rows = select(priority_goal).where(~newer.exists())
        if wave_id is not None:
            rows = rows.where(priority_goal.c.wave_id == wave_id)
        return [_binding(row) for row in self.connection.execute(rows)]

    def bind(self, binding: Binding) -> None:
        same = (
            priority_goal.c.wave_id == binding.wave_id,
            priority_goal.c.question == binding.question,
            priority_goal.c.choice == binding.choice,
        )
        last = select(func.coalesce(func.max(priority_goal.c.number), 0)).where(*same)
        row = {
            "wave_id": binding.wave_id,
            "question": binding.question,
            "choice": binding.choice,
            "number": self.connection.execute(last).scalar_one() + 1,
            "goal": binding.goal,
            "version": binding.version,
            "by_person": binding.by,
            "at": binding.at,
        }
        self.connection.execute(priority_goal.insert(), row)

    # -- sent, and advised ----------------------------------------------------------------------

    def alignment_sent(self, wave_id: UUID) -> Sent | None:
        rows = select(alignment_sent).where(alignment_sent.c.wave_id == wave_id)
        row = self.connection.execute(rows.order_by(alignment_sent.c.at.desc())).first()
        if row is None:
            return None
        return Sent(wave_id=row.wave_id, committee=row.committee, by=row.by_person, at=row.at)

    def put_alignment_sent(self, sent: Sent) -> None:
        row = {
            "wave_id": sent.wave_id,
            "at": sent.at,
            "committee": sent.committee,
            "by_person": sent.by,
        }
        self.put(alignment_sent, row, ("wave_id", "at"))

    def advise_on(self, recommendation_id: UUID, wave_id: UUID) -> None:
        row = {"recommendation_id": recommendation_id, "wave_id": wave_id}
        self.insert_new(priority_advice, row)

    def advised_on(self, wave_id: UUID) -> Sequence[UUID]:
        found = select(priority_advice.c.recommendation_id)
        mine = found.where(priority_advice.c.wave_id == wave_id)
        return self.connection.execute(mine).scalars().all()

    def wave_advised(self, recommendation_id: UUID) -> UUID | None:
        found = select(priority_advice.c.wave_id)
        mine = found.where(priority_advice.c.recommendation_id == recommendation_id)
        return self.connection.execute(mine).scalar()

    # -- what texts mean ------------------------------------------------------------------------

    def want_meanings(self, texts: Collection[str]) -> Mapping[str, bytes]:
        there = self._meanings(texts)
        new = ({"digest": _digest(one), "text": one, "vector": None} for one in _new(texts, there))
        self.insert_new(text_meaning, list(new))
        return {one: vector for one, vector in there.items() if vector}

    def new_texts(self, texts: Collection[str]) -> Sequence[str]:
        return _new(texts, self._meanings(texts))

    def texts_without_meaning(self, most: int) -> Sequence[str]:
        waiting = select(text_meaning.c.text).where(text_meaning.c.vector.is_(None)).limit(most)
        return self.connection.execute(waiting).scalars().all()

    def keep_meanings(self, meanings: Mapping[str, bytes]) -> None:
        for text, vector in meanings.items():
            same = text_meaning.c.digest == _digest(text)
            known = update(text_meaning).where(same).values(vector=vector, text="")
            self.connection.execute(known)

    def meanings_of(self, texts: Collection[str]) -> Mapping[str, bytes]:
        return {one: vector for one, vector in self._meanings(texts).items() if vector}

    def _meanings(self, texts: Collection[str]) -> dict[str, bytes | None]:
        asked, found = {_digest(one): one for one in texts}, {}
        digests = list(asked)
        for at in range(0, len(digests), _AT_ONCE):
            some = text_meaning.c.digest.in_(digests[at : at + _AT_ONCE])
            for row in self.connection.execute(select(text_meaning).where(some)):
                found[asked[row.digest]] = row.vector
        return found


def _new(texts: Collection[str], there: Container[str]) -> list[str]:
    return [one for one in dict.fromkeys(texts) if one and one not in there]


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _binding(row: Row[Any]) -> Binding:
    return Binding(
        wave_id=row.wave_id,
        question=row.question,
        choice=row.choice,
        goal=row.goal,
        version=row.version,
        by=row.by_person,
        at=row.at,
    )
