"""The tables of frameworks, assessments and gaps. ``secret`` is encrypted (AES-256-GCM)."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
)

from storage.columns import AS_PUT_UP, KEY, PUBLISHED, Instant, metadata, stays

framework = Table(
    "framework",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("body", Text, nullable=False, info=AS_PUT_UP),  # JSON
    Column("at", Instant, nullable=False),
    Column("by_person", Uuid),
)

assessment = Table(  # triggers refuse to change one that is closed
    "assessment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False, info=PUBLISHED),
    Column("framework", String(40), nullable=False),
    Column("version", String(20), nullable=False),
    Column("scope_group", String(40), nullable=False),
    Column("controls", Text, nullable=False, info=KEY),  # numbers, with a comma between them
    Column("due", Date, nullable=False),
    Column("committee", String(40), nullable=False),
    Column("state", String(10), nullable=False),
    Column("after", Uuid),
    Column("made_by", Uuid),
    Column("made_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("closed_at", Instant),
)

assessed_safeguard = Table(  # of a closed assessment triggers refuse every change
    "assessed_safeguard",
    metadata,
    Column("assessment_id", ForeignKey(assessment.c.id), primary_key=True),
    Column("number", String(20), primary_key=True),
    Column("owner", Uuid, index=True),
    Column("due", Date, nullable=False),
    Column("round", Integer, nullable=False),
    Column("ask", Uuid, index=True),
    Column("state", String(10), nullable=False),
    Column("answered_by", Uuid),
    Column("answered_at", Instant),
    Column("confirmed_by", Uuid),
    Column("confirmed_at", Instant),
    Column("handed_by", Uuid),
    Column(
        "secret",
        LargeBinary,
        nullable=False,
        info=stays("an answer about a security practice, encrypted, about no item"),
    ),  # the answer
)

practice_target = Table(
    "practice_target",
    metadata,
    Column("framework", String(40), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("control", String(20), primary_key=True),
    Column(
        "secret",
        LargeBinary,
        nullable=False,
        info=stays("an answer about a security practice, encrypted, about no item"),
    ),  # the score, its day and who set it
)

said_evidence = Table(
    "said_evidence",
    metadata,
    Column("framework", String(40), primary_key=True),
    Column("number", String(20), primary_key=True),
    Column("item_id", Uuid, primary_key=True),
    Column("used", Boolean, nullable=False),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
)

gap = Table(
    "gap",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("owner", Uuid, nullable=False),
    Column("by_day", Date, nullable=False),
    Column("returned_at", Instant),
    Column("closed_at", Instant),
    Column(
        "secret",
        LargeBinary,
        nullable=False,
        info=stays("an answer about a security practice, encrypted, about no item"),
    ),  # which safeguard, and every decision
)

gap_work = Table(
    "gap_work",
    metadata,
    Column("gap_id", ForeignKey(gap.c.id), primary_key=True),
    Column("subject", Uuid, primary_key=True),
    Column("kind", String(14), nullable=False),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
    Column(
        "secret",
        LargeBinary,
        info=stays("an answer about a security practice, encrypted, about no item"),
    ),  # what the help desk was sent, and its number
)
