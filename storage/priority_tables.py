"""The tables of questions that are asked pair by pair. When a wave closes, only ideas that were
added stay."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
    func,
    literal,
    select,
)

from storage.columns import OF_A_SURVEY, metadata
from storage.tables import person, wave
from surveys.survey import WaveState

choice_shown = Table(  # how often choices were shown, whatever was said of them
    "choice_shown",
    metadata,
    Column("wave_id", ForeignKey(wave.c.id), primary_key=True),
    Column("question", String(80), primary_key=True),
    Column("people", String(50), primary_key=True),  # a level and a role
    Column("choice", String(80), primary_key=True),
    Column("times", Integer, nullable=False),
    sqlite_with_rowid=False,
)

idea = Table(  # no column says whose it is or when it came, and no order of rows does
    "idea",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("wave_id", ForeignKey(wave.c.id), nullable=False),
    Column("question", String(80), nullable=False),
    Column("key", String(80), nullable=False),
    Column("words", Text, nullable=False, info=OF_A_SURVEY),
    Column("state", String(10), nullable=False),
    Column("same_as", String(80), nullable=False),
    Column("reason", String(20)),
    Column("rounds", Integer, nullable=False),  # school mornings that it has waited
    Column("meaning", LargeBinary, info=OF_A_SURVEY),  # while it waits
    Index("ix_idea_wave_id_question_state", "wave_id", "question", "state"),
    sqlite_with_rowid=False,
)


def reads_ideas(email: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether this email address is named to read the ideas of an open wave that has some. It is
    asked with each page, so no survey is decoded for it: ``surveys.encoding`` writes the name like
    this, and whatever is typed into a survey has its quotes escaped, so it cannot read the same."""
    named = func.lower(literal('"moderator":"') + email + '"')
    survey = func.lower(wave.c.survey)
    there = select(wave.c.id).where(
        wave.c.state == WaveState.OPEN,
        wave.c.id.in_(select(idea.c.wave_id)),
        func.replace(survey, named, "") != survey,
    )
    return there.correlate(person).exists()
