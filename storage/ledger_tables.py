"""The tables of time and delivery: the ledger, lanes, the clock, and what happened once."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    bindparam,
    false,
    or_,
    text,
)

from scheduler.delivery import RECALL, RENEWED
from scheduler.lanes import RESTORED
from storage.columns import KEY, PUBLISHED, Instant, metadata
from storage.deciding_tables import OF_A_DECISION
from storage.tables import person, wave

delivery = Table(
    "delivery",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("campaign", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column(
        "recipient", String(300), nullable=False, info=KEY
    ),  # person:<uuid> | queue:<key>[@channel]
    Column("subject", Uuid, nullable=False),
    Column("person_id", ForeignKey(person.c.id), index=True),
    Column("platform", String(10), nullable=False),
    Column("workspace", String(120), nullable=False),
    Column("conversation", String(300), info=KEY),
    Column("service_url", String(300), info=KEY),
    Column("lane", String(140), info=KEY),  # None: waits for an address
    Column("state", String(12), nullable=False),
    Column("why", Text, info=KEY),
    Column("priority", Integer, nullable=False),  # smaller goes first
    Column(
        "turn", Integer, nullable=False, server_default="0"
    ),  # between campaigns of one priority
    Column("not_before", Instant, nullable=False),  # unknown: when it is looked for again
    Column("held_until", Instant),  # the end of the quiet hours that it was put off for
    Column("deadline", Instant),
    Column("lease_until", Instant),
    Column("epoch", Integer, nullable=False, server_default="0"),  # the lane's, when it was claimed
    Column("attempts", Integer, nullable=False),
    Column("looks", Integer, nullable=False, server_default="0"),  # how often it was looked for
    Column("reference", String(200), info=KEY),
    Column("queued_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("trip", String(40)),  # what caused it, as the log names it; None: nobody knows
    UniqueConstraint("campaign", "kind", "recipient"),
    Index("ix_delivery_turn", "lane", "state", "priority", "turn", "not_before"),
    Index("ix_delivery_subject_kind_state", "subject", "kind", "state"),
    Index("ix_delivery_queued_at", "queued_at"),
    Index(  # few, and counted at every probe: ``waits_since_restore``
        "ix_delivery_restored",
        "lane",
        "state",
        sqlite_where=text(f"lane LIKE '{RESTORED}%'"),
        postgresql_where=text(f"lane LIKE '{RESTORED}%'"),
    ),
)

waits_since_restore = delivery.c.lane.like(bindparam(None, f"{RESTORED}%", literal_execute=True))
"""Of deliveries: the operator says what happens to them. In the words of the index, by which both
databases find them then."""

served = delivery.c.lane.not_like(f"{RESTORED}%")
"""Of deliveries: a process serves the lane, which waits neither for the operator nor for an address
(a lane that is NULL is not served)."""

of_sent_rows = or_(delivery.c.kind == RECALL, delivery.c.kind.endswith(RENEWED))
"""As ``scheduler.delivery.of_sent``, in SQL."""

process = Table(
    "process",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("host", String(200), nullable=False, info=KEY),
    Column("pid", Integer, nullable=False),
    Column("version", String(40), nullable=False),
    Column("tables", String(40), nullable=False),  # the newest migration that it knows
    Column("seen_at", Instant, nullable=False),
)

delivery_count = Table(
    "delivery_count",
    metadata,
    # How many deliveries that were deleted by age had become what.
    Column("campaign", String(80), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("outcome", String(12), primary_key=True),
    Column("subject", Uuid, nullable=False, index=True),
    Column("people", Integer, nullable=False),
)

fan_out = Table(  # what is done for many people and has still to be done for some, part by part
    "fan_out",
    metadata,
    Column("campaign", String(80), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("subject", Uuid, nullable=False, index=True),
    Column("priority", Integer, nullable=False),
    Column("deadline", Instant),
    Column("panel", Boolean, nullable=False),  # each recipient also joins the wave's panel
    Column("turns", Text, nullable=False, info=KEY),  # JSON: each lane's next turn
    Column("begun_at", Instant, nullable=False),
    Column("trip", String(40)),
    Column("restored", Boolean, nullable=False, server_default=false()),  # waits for the operator
    # What is done for each: "send" writes their delivery (others: ``storage.deliveries.ACTS``).
    Column("act", String(12), nullable=False, server_default="send"),
    Column("body", Text, info=KEY),  # JSON: what the act needs to know besides
    OF_A_DECISION,
)

fan_out_part = Table(  # people that were frozen and wait for it; the row goes when it is done
    "fan_out_part",
    metadata,
    Column("campaign", String(80), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("people", Integer, nullable=False),
    Column(
        "recipients", Text, nullable=False, info=KEY
    ),  # 32 hexadecimal digits of each person's id
)

halt = Table(
    "halt",
    metadata,
    Column("subject", Uuid, primary_key=True),  # an announcement or a wave that was stopped
    Column("why", Text, nullable=False, info=KEY),
    Column("by", Uuid),
    Column("at", Instant, nullable=False),
)

lane = Table(
    "lane",
    metadata,
    Column("key", String(140), primary_key=True, info=KEY),
    Column("arrival", Instant, nullable=False),  # the GCRA's theoretical arrival time
    Column("blocked_until", Instant),
    Column("epoch", Integer, nullable=False),  # how many batches were claimed
    Column("rate", Float),  # what the platform was found to take a second; None: not throttled yet
    Column("ceiling", Float),  # the rate at which it throttled us last
    Column("rate_since", Instant),
    Column("cut_epoch", Integer, nullable=False, server_default="0"),  # batches before a cut
    Column("strikes", Integer, nullable=False, server_default="0"),  # throttled without a success
)

conversation = Table(
    "conversation",
    metadata,
    Column("lane", String(140), primary_key=True, info=KEY),
    Column("conversation", String(300), primary_key=True, info=KEY),
    Column("arrival", Instant, nullable=False),  # GCRAs as in a lane: the short floor
    Column("long_arrival", Instant, nullable=False),  # and the long one
)

schedule = Table(
    "schedule",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False, index=True),  # with a rule: from when on it counts
    Column("rule", String(80)),  # cron fields on the district's wall clock; None: once
    # Put there by an entry that came due before a restore was noticed: what it sends waits, too.
    Column("restored", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("kind", "subject", "number"),
)

occurrence = Table(
    "occurrence",
    metadata,
    Column("schedule_id", ForeignKey(schedule.c.id), primary_key=True),
    Column("slot", String(40), primary_key=True),  # the planned local date and time
    Column("at", Instant, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("event_id", String(200), primary_key=True, info=KEY),
    Column("at", Instant, nullable=False),
)

signin = Table(
    "signin",
    metadata,
    Column("token_id", String(64), primary_key=True),
    Column("used_at", Instant, nullable=False),
)

web_session = Table(
    "web_session",
    metadata,
    Column("id", String(64), primary_key=True),  # SHA-256 of what the cookie holds
    Column("person_id", ForeignKey(person.c.id), nullable=False, index=True),
    Column("how", String(10), nullable=False),  # link | openid | demo
    Column("started_at", Instant, nullable=False, index=True),
    Column("seen_at", Instant, nullable=False),
)

calendar_address = Table(  # of calendars and feeds, for programs that cannot sign in
    "calendar_address",
    metadata,
    Column("person_id", ForeignKey(person.c.id), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),  # SHA-256 of what it holds
    Column("made_at", Instant, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("who", Uuid),
    Column("what", Text, nullable=False, info=KEY),
    Column("subject", Uuid),
    Column("chain", String(64), nullable=False),  # SHA-256 over this row and the one before
    Index("ix_audit_subject_what", "subject", "what"),
    Index("ix_audit_what_at", "what", "at", "subject"),
)

job_step = Table(
    "job_step",
    metadata,
    Column("name", String(120), primary_key=True),  # of a step of the jobs' own tables (PostgreSQL)
)

conclusions = Table(  # what was said after a survey; published_at NULL: a draft
    "conclusions",
    metadata,
    Column("wave_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", Text, nullable=False, info=PUBLISHED),
    Column("published_at", Instant),
)

lineage = Table(  # a database's lives: a new one begins where it was put back to an older state
    "lineage",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Uuid, nullable=False, unique=True),
    Column("count", BigInteger, nullable=False),  # grows every few seconds while a process runs
    Column("home", String(80), nullable=False),  # where it lies, as the database itself knows
    Column("at", Instant, nullable=False),  # when it was counted last
    Column("noticed_at", Instant),  # when the restore with which it began was noticed
    Column("as_of", Instant),  # how old the state was to which it was put back; None: not known
)

restored_wave = Table(  # open, or closed without results, in a copy that was restored: no results
    "restored_wave",
    metadata,
    Column("wave_id", ForeignKey(wave.c.id), primary_key=True),
    Column("since", Instant, nullable=False),
)
