"""The tables of a docket beside its items: what was done, who is away, what belongs together, and
what committees recommend."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text, Uuid

from storage.columns import KEY, OF_AN_ITEM, Instant, metadata
from storage.tables import item, person

docket_step = Table(
    "docket_step",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("queue", String(80), nullable=False),
    Column("by_person", Uuid),
    Column("about", Text, nullable=False, info=KEY),
    Column("at", Instant, nullable=False),
)

item_aside = Table(  # what a committee has put aside until a school day
    "item_aside",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("until", Date, nullable=False),
    Column("why", Text, nullable=False, info=OF_AN_ITEM),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
)

item_subject = Table(  # what a committee wrote in place of an item's first words
    "item_subject",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("subject", Text, nullable=False, info=OF_AN_ITEM),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
)

saved_answer = Table(  # what a committee keeps to answer with; its item is the one it was made of
    "saved_answer",
    metadata,
    Column("queue", String(80), primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("title", Text, nullable=False, info=OF_AN_ITEM),
    Column("text", Text, nullable=False, info=OF_AN_ITEM),
    Column("item_id", ForeignKey(item.c.id)),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
)

docket_change = Table(  # what stood there before a change, as long as it can be undone
    "docket_change",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
    Column("mark", String(200), nullable=False, info=KEY),
    Column("assigned_to", Uuid),
    Column("until", Date),
    Column("why", Text, nullable=False, info=OF_AN_ITEM),
    Column("subject", Text, nullable=False, info=OF_AN_ITEM),
)

docket_dating = Table(  # by which calendar and absences a docket's open items were dated
    "docket_dating",
    metadata,
    Column("queue", String(80), primary_key=True),
    Column("mark", String(64), nullable=False),
    Column("after", Uuid),  # dating goes on after this item; None: all are dated
)

absence = Table(  # days on which somebody who leads a committee is away
    "absence",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey(person.c.id), nullable=False, index=True),
    Column("first", String(10), nullable=False),  # local days, both included
    Column("last", String(10), nullable=False),
)

item_link = Table(  # a goal, a rule or an announcement that an item has to do with
    "item_link",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("version", Integer, nullable=False),  # of a goal; else 0
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
)

recommendation = Table(
    "recommendation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("queue", String(80), nullable=False, index=True),
    Column("title", Text, nullable=False, info=OF_AN_ITEM),
    Column("advice", Text, nullable=False, info=OF_AN_ITEM),
    Column("state", String(20), nullable=False),
    Column("written_by", Uuid),
    Column("written_at", Instant, nullable=False),
    Column("sent_by", Uuid),
    Column("sent_at", Instant),
    Column("decided_by", Uuid),
    Column("decided_at", Instant),
    Column("reason", Text, info=OF_AN_ITEM),
    Column("outcome", Text, info=OF_AN_ITEM),  # what has changed because of it
    Column("outcome_by", Uuid),
    Column("outcome_at", Instant),
)

recommendation_item = Table(
    "recommendation_item",
    metadata,
    Column("recommendation_id", ForeignKey(recommendation.c.id), primary_key=True),
    Column("item_id", ForeignKey(item.c.id), primary_key=True, index=True),
)

recommendation_about = Table(  # the goals and rules that it is bound to
    "recommendation_about",
    metadata,
    Column("recommendation_id", ForeignKey(recommendation.c.id), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("version", Integer, nullable=False),
)
