"""Pairs and ideas, inside one transaction."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, delete, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.text import Text
from storage.closings import Closings
from storage.connection import UNREAD
from storage.priority_tables import choice_shown, idea, reads_ideas
from storage.tables import person, wave
from surveys.encoding import decode, encode, survey_from_json
from surveys.priorities.model import Idea, IdeaState, Reason
from surveys.questions import Choice, Pair, Pairwise, Question
from surveys.survey import Survey, Wave, WaveState

_shuffle = random.SystemRandom().shuffle


class Priorities(Closings):
    """Implements ``surveys.priorities.ports.PriorityStore``."""

    def _wave_from(self, row: tuple[Any, ...]) -> Wave:
        return self._with_ideas([super()._wave_from(row)])[0]

    def _waves_from(self, rows: Sequence[Row[Any]]) -> list[Wave]:
        return self._with_ideas(super()._waves_from(rows))

    def _with_ideas(self, waves: list[Wave]) -> list[Wave]:
        """With the ideas that were added to their surveys since their launch."""
        taking = [one.id for one in waves if any(taking_ideas(one.survey))]
        if not taking:
            return waves
        of = (idea.c.wave_id, idea.c.question, idea.c.key, idea.c.words)
        mine = idea.c.wave_id.in_(taking), idea.c.state == IdeaState.ADDED
        added: dict[UUID, list[Any]] = {}
        for row in self.connection.execute(select(*of).where(*mine).order_by(idea.c.key)):
            added.setdefault(row.wave_id, []).append(row)
        return [
            replace(one, survey=with_ideas(one.survey, added[one.id])) if one.id in added else one
            for one in waves
        ]

    def forget_answers(self, wave_id: UUID) -> bool:
        """What was added stays, as a choice of the survey."""
        not_added = (idea.c.wave_id == wave_id, idea.c.state != IdeaState.ADDED)
        self.connection.execute(delete(idea).where(*not_added))
        self.connection.execute(update(idea).where(idea.c.wave_id == wave_id).values(meaning=None))
        self.connection.execute(delete(choice_shown).where(choice_shown.c.wave_id == wave_id))
        return super().forget_answers(wave_id)

    def wait_for_turn(self) -> None:
        """Until nobody else counts what was shown. To be called before anything is read: the
        snapshot of the transaction begins after it. SQLite has one writer anyway."""
        if self.connection.dialect.name == "postgresql":
            self.connection.exec_driver_sql("LOCK TABLE choice_shown IN SHARE ROW EXCLUSIVE MODE")

    def choices_shown(self, wave_id: UUID, question: str, group: str) -> Mapping[str, int]:
        of = {"b_wave": wave_id, "b_question": question, "b_people": group}
        return {row.choice: row.times for row in self.connection.execute(_SHOWN, of)}

    def note_shown(self, wave_id: UUID, question: str, group: str, pair: Pair) -> None:
        once_more = _once_more(self.connection.dialect.name)
        for choice in sorted(pair):  # always in this order: else two people wait for each other
            row = {"wave_id": wave_id, "question": question, "people": group, "choice": choice}
            self.connection.execute(once_more, {**row, "times": 1})

    # -- ideas ----------------------------------------------------------------------------------

    def idea(self, idea_id: UUID) -> Idea | None:
        row = self.connection.execute(select(idea).where(idea.c.id == idea_id)).first()
        return _idea_from(row) if row else None

    def ideas(
        self, wave_id: UUID, question: str | None = None, *, state: IdeaState | None = None
    ) -> Sequence[Idea]:
        wanted = select(idea).where(idea.c.wave_id == wave_id)
        if question is not None:
            wanted = wanted.where(idea.c.question == question)
        if state is not None:
            wanted = wanted.where(idea.c.state == state)
        found = [_idea_from(row) for row in self.connection.execute(wanted)]
        _shuffle(found)
        return found

    def ideas_of(self, wave_id: UUID, question: str, keys: Sequence[str]) -> Sequence[Idea]:
        mine = (idea.c.wave_id == wave_id, idea.c.question == question, idea.c.key.in_(keys))
        found = {
            row.key: _idea_from(row) for row in self.connection.execute(select(idea).where(*mine))
        }
        return [found[key] for key in keys if key in found]

    def count_ideas(self, wave_id: UUID, question: str, state: IdeaState) -> int:
        mine = (idea.c.wave_id == wave_id, idea.c.question == question, idea.c.state == state)
        counted = select(func.count()).select_from(idea).where(*mine)
        return self.connection.execute(counted).scalar_one()

    def put_idea(self, new: Idea) -> None:
        row = {**vars(new), "words": encode(Text, new.words)}
        self.put(idea, row, ("id",))

    def wait_another_morning(self, wave_id: UUID, question: str) -> int:
        waits = _waiting(wave_id, question)
        once_more = update(idea).where(*waits).values(rounds=idea.c.rounds + 1)
        self.connection.execute(once_more)
        longest = select(func.coalesce(func.max(idea.c.rounds), 0)).where(*waits)
        rounds: int = self.connection.execute(longest).scalar_one()
        return rounds

    def decline_waiting(self, wave_id: UUID, question: str, reason: Reason) -> None:
        ended = {"state": IdeaState.DECLINED, "reason": reason, "rounds": 0, "meaning": None}
        declined = update(idea).where(*_waiting(wave_id, question)).values(ended)
        self.connection.execute(declined)

    def works_here(self, email: str) -> bool:
        known = select(person.c.id).where(
            func.lower(person.c.email) == email.lower(), person.c.active
        )
        return self.connection.execute(known.limit(1)).first() is not None

    def reads_ideas(self, email: str) -> bool:
        def read() -> bool:
            found: bool = self.foreseen("reads ideas", email)
            if found is UNREAD:
                found = bool(self.connection.execute(select(reads_ideas(literal(email)))).scalar())
            return found

        return self.once(("reads ideas", email), read)

    def surveys_with_ideas(self) -> Mapping[UUID, Survey]:
        has_some = wave.c.id.in_(select(idea.c.wave_id))
        there = select(wave.c.id, wave.c.survey).where(wave.c.state == WaveState.OPEN, has_some)
        rows = self.connection.execute(there.order_by(wave.c.id))
        return {row.id: survey_from_json(row.survey) for row in rows}

    def choices_taking_ideas(self) -> Sequence[Choice]:
        there = (self.wave(wave_id) for wave_id in self._open_waves())
        taking = (one for wave in there if wave for one in taking_ideas(wave.survey))
        return [choice for question in taking for choice in question.choices]

    def _open_waves(self) -> Sequence[UUID]:
        still = select(wave.c.id).where(wave.c.state == WaveState.OPEN)
        return self.connection.execute(still).scalars().all()


def _waiting(wave_id: UUID, question: str) -> tuple[ColumnElement[bool], ...]:
    return (
        idea.c.wave_id == wave_id,
        idea.c.question == question,
        idea.c.state == IdeaState.WAITING,
    )


def taking_ideas(survey: Survey) -> Iterator[Pairwise]:
    """Its questions to which staff may add choices."""
    for question in survey.questions:
        if isinstance(question, Pairwise) and question.ideas is not None:
            yield question


def with_ideas(survey: Survey, added: Sequence[Any]) -> Survey:
    """A survey with the ideas that were added, behind the choices of its author."""

    def grown(question: Question) -> Question:
        if not isinstance(question, Pairwise):
            return question
        more = (
            Choice(key=one.key, label=decode(Text, one.words))
            for one in added
            if one.question == question.key
        )
        return replace(question, choices=(*question.choices, *more))

    pages = (replace(page, questions=tuple(map(grown, page.questions))) for page in survey.pages)
    return replace(survey, pages=tuple(pages))


def _idea_from(row: Row[Any]) -> Idea:
    return Idea(
        id=row.id,
        wave_id=row.wave_id,
        question=row.question,
        key=row.key,
        words=decode(Text, row.words),
        state=IdeaState(row.state),
        same_as=row.same_as,
        reason=Reason(row.reason) if row.reason else None,
        rounds=row.rounds,
        meaning=row.meaning,
    )


_SHOWN = select(choice_shown.c.choice, choice_shown.c.times).where(
    choice_shown.c.wave_id == bindparam("b_wave"),
    choice_shown.c.question == bindparam("b_question"),
    choice_shown.c.people == bindparam("b_people"),
)


@cache
def _once_more(dialect: str) -> Any:
    """Count one more, from nothing where there is none yet."""
    statement = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(choice_shown)
    return statement.on_conflict_do_update(
        index_elements=list(choice_shown.primary_key.columns.keys()),
        set_={"times": choice_shown.c.times + 1},
    )
