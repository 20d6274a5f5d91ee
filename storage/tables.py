"""The tables. Every change here needs a migration (a test compares the two)."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
    false,
    func,
    text,
)

from storage.columns import (
    AS_PUT_UP,
    KEY,
    OF_A_SURVEY,
    OF_AN_ITEM,
    PUBLISHED,
    REPLACED,
    SECRET,
    Instant,
    metadata,
    stays,
)

district = Table(
    "district",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False, info=AS_PUT_UP),
    Column(
        "examples",
        Text,
        nullable=False,
        info=stays(
            "examples that an operator loads; whoever finds student data in them changes the file"
        ),
    ),  # labelled feedback, JSON lines
    Column("loaded_at", Instant, nullable=False, index=True),  # read alone: the body is large
)

service_key = Table(
    "service_key",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1: there is one key
    Column("fingerprint", LargeBinary, nullable=False, info=SECRET),
)

building = Table(
    "building",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("name", String(200), nullable=False, info=KEY),
    Column("level", String(20), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
)

person = Table(
    "person",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("sourced_id", String(120), nullable=False, unique=True),
    Column("email", String(254), nullable=False, unique=True, info=KEY),
    Column("given_name", String(120), nullable=False),
    Column("family_name", String(120), nullable=False),
    Column("role", String(20), nullable=False),
    Column("level", String(20), nullable=False),
    Column("building", String(80), nullable=False),
    Column("locale", String(20), nullable=False),
    Column("timezone", String(60), nullable=False),
    Column("platform", String(10), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("chosen_locale", String(20)),  # over the roster's; no import touches it
    Index("ix_person_role_level", "role", "level"),
)

reads = func.coalesce(person.c.chosen_locale, person.c.locale).label("locale")
"""The language that somebody reads: the one they chose, else the roster's."""

duty = Table(
    "duty",
    metadata,
    Column("person_id", ForeignKey(person.c.id), primary_key=True),
    Column("duty", String(10), primary_key=True),  # office | chair | co-chair | deputy | member
    Column("key", String(80), primary_key=True),  # an office's or a committee's key
    Column("rank", Integer, nullable=False),  # 0: the holder; then deputies in order
    Index("ix_duty_key", "duty", "key"),
)

named_list = Table(
    "named_list",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("kind", String(20)),  # of its group (``GroupKind``); null: imported
    Column("group_id", String(200), nullable=False, info=KEY),
    Column("tried_at", Instant),  # when its group was last asked
    Column("filled_at", Instant),  # since when its members are these
    Column(
        "trouble", String(300), nullable=False, info=KEY
    ),  # why its group did not tell, the last time
    Column("left_out", Integer, nullable=False),  # addresses that are nobody of the roster
)

list_member = Table(
    "list_member",
    metadata,
    Column("list_key", ForeignKey(named_list.c.key), primary_key=True),
    Column("person_id", ForeignKey(person.c.id), primary_key=True),
    Index("ix_list_member_person_id", "person_id"),
)

address = Table(
    "address",
    metadata,
    Column("platform", String(10), primary_key=True),
    Column("workspace", String(120), primary_key=True),
    Column("user", String(200), primary_key=True, info=KEY),
    Column("person_id", ForeignKey(person.c.id), nullable=False, index=True),
    Column("conversation", String(300), info=KEY),
    Column("service_url", String(300), info=KEY),
    Column("reachable", Boolean, nullable=False),
)

roster_account = Table(  # what a source that tells only changes has told so far
    "roster_account",
    metadata,
    Column("source", String(20), primary_key=True),
    Column("account", String(200), primary_key=True, info=KEY),
    Column("person_id", ForeignKey(person.c.id), index=True),
    Column("body", Text, nullable=False, info=KEY),
)

roster_link = Table(
    "roster_link",
    metadata,
    Column("source", String(20), primary_key=True),
    Column("link", Text, nullable=False, info=KEY),  # what to ask with next
    Column("at", Instant, nullable=False),
)

open_channel = Table(  # committees' channels that are open to more than staff
    "open_channel",
    metadata,
    Column("platform", String(10), primary_key=True),
    Column("workspace", String(120), primary_key=True),
    Column("conversation", String(300), primary_key=True, info=KEY),
    Column("openness", String(10), nullable=False),
    Column("since", Instant, nullable=False),
)

app_install = Table(  # when installing the app for somebody was tried last
    "app_install",
    metadata,
    Column("person_id", ForeignKey(person.c.id), primary_key=True),
    Column("tried_at", Instant, nullable=False),
)

chat_team = Table(  # teams of Microsoft Teams that have, or had, the app
    "chat_team",
    metadata,
    Column("workspace", String(120), primary_key=True),
    Column(
        "thread", String(200), primary_key=True, info=KEY
    ),  # the team's own, and its first channel's
    Column("team", String(80), nullable=False),  # its group's id; empty: Teams did not say
    Column("service_url", String(300), nullable=False, info=KEY),
    Column("installed", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
)

slack_installation = Table(  # where Slack's app was installed by OAuth, and is or was
    "slack_installation",
    metadata,
    Column("workspace", String(120), primary_key=True),  # an organization's id, of a whole one
    Column("id", Uuid, nullable=False, unique=True),  # another with each installation
    Column("enterprise", String(120), nullable=False),
    Column("organization", Boolean, nullable=False),
    Column("name", String(200), nullable=False, info=KEY),
    Column("encrypted", LargeBinary, info=SECRET),  # the bot's token; None: it was removed
    Column("installed_at", Instant, nullable=False),
)

survey = Table(
    "survey",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("body", Text, nullable=False, info=AS_PUT_UP),
    Column("retired", Boolean, nullable=False),
    Column("on_web", Boolean, nullable=False, server_default=false()),  # not from the files
)

survey_draft = Table(
    "survey_draft",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("replaces", String(80)),  # a ready survey's key
    Column("state", String(10), nullable=False),
)

survey_draft_version = Table(  # one row each time a draft is saved
    "survey_draft_version",
    metadata,
    Column("draft_id", ForeignKey(survey_draft.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),  # two who save at once: one of them is told
    Column("body", Text, nullable=False, info=AS_PUT_UP),
    Column("edited_by", Uuid),
    Column("edited_at", Instant, nullable=False),
)

survey_version = Table(  # what was launched, each different text once
    "survey_version",
    metadata,
    Column("survey_key", String(80), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body", Text, nullable=False, info=AS_PUT_UP),
    Column("launched_at", Instant, nullable=False),
    Column("launched_by", Uuid),
)

survey_trial = Table(  # a survey that its author answers as a test
    "survey_trial",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey(person.c.id), nullable=False),
    Column("survey", Text, nullable=False, info=AS_PUT_UP),
    Column("until", Instant, nullable=False),
    Column("answers", Text, nullable=False, info=OF_A_SURVEY),  # between two pages only
)

wave = Table(
    "wave",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("survey_key", String(80), nullable=False),
    Column("survey", Text, nullable=False, info=AS_PUT_UP),
    Column("audience", Text, nullable=False, info=AS_PUT_UP),
    Column("opens_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("reminders", Text, nullable=False, info=AS_PUT_UP),
    Column("state", String(10), nullable=False),
    Column("launched_by", Uuid),
    Column("results", Text, info=OF_A_SURVEY),
    Column(
        "selection", Text, info=AS_PUT_UP
    ),  # which part of the audience is asked; None: all of it
    Column("despite_limit", Text, info=AS_PUT_UP),  # why also those who were asked often enough
    Column("continues", Uuid),
    Column("series", Uuid, index=True),
    Column("opened_at", Instant, index=True),
    Column("frame", Text, info=AS_PUT_UP),  # what its panel was frozen from
    Column("hold", Boolean, nullable=False, server_default=false()),
    Column("hold_why", Text, info=AS_PUT_UP),  # of a hold that was set after the launch
    Column(
        "rules", Text, info=AS_PUT_UP
    ),  # by which its results are told; None: as before districts chose
    Index("ix_wave_state_opens_at", "state", "opens_at"),
)

wave_count = Table(  # of a closed wave: a list must not decode whole results for two numbers
    "wave_count",
    metadata,
    Column("wave_id", ForeignKey(wave.c.id), primary_key=True),
    Column("asked", Integer, nullable=False),
    Column("answered", Integer),  # as released; None: not shown
)

wave_key = Table(  # says whose an answer is
    "wave_key",
    metadata,
    Column("wave_id", ForeignKey(wave.c.id), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False, info=SECRET),
)

answer_key = Table(  # with which the answers of a wave are encrypted while it is open
    "answer_key",
    metadata,
    Column("wave_id", ForeignKey(wave.c.id), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False, info=SECRET),
)

participation = Table(
    "participation",
    metadata,
    Column("wave_id", ForeignKey(wave.c.id), primary_key=True),
    Column("person_id", ForeignKey(person.c.id), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("role", String(20), nullable=False),
    Column("level", String(20), nullable=False),
    Column("building", String(80), nullable=False),
    Index("ix_participation_wave_id_state", "wave_id", "state"),
    sqlite_with_rowid=False,
)

sealed_response = Table(
    "sealed_response",
    metadata,
    Column("wave_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column(
        "answers", Text, nullable=False, info=OF_A_SURVEY
    ),  # one to each question, each of somebody else
    sqlite_with_rowid=False,
)

sealed_comment = Table(
    "sealed_comment",
    metadata,
    Column("wave_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("question", String(80), nullable=False),
    Column("comment", Text, nullable=False, info=OF_A_SURVEY),
    sqlite_with_rowid=False,
)

release_note = Table(
    "release_note",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("wave_id", Uuid, nullable=False, index=True),
    Column("to_person", Uuid),
    Column("what", Text, nullable=False, info=AS_PUT_UP),
    Column("at", Instant, nullable=False),
    Column("audited", Integer, index=True),  # in which line of the audit it is; None: not yet
)

item = Table(
    "item",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("author", ForeignKey(person.c.id), index=True),  # None: said anonymously
    Column("naming", String(10), nullable=False),
    Column("role", String(20)),
    Column("level", String(20)),
    Column("received_at", Instant, nullable=False),
    Column("state", String(20), nullable=False),
    Column("queue", String(80)),
    Column("reading", Text, info=REPLACED),
    Column("theme", String(80)),  # its reading's first, under which it is counted
    Column("due_at", Instant),
    Column("answer", Text, info=REPLACED),
    Column("answered_by", Uuid),
    Column("moves", Integer, nullable=False),
    Column("trip", String(40)),  # of the request that brought it: its reading goes on with it
    Column("assigned_to", Uuid),
    Column("about", String(80)),  # the token of the one thing that it is about
    Column("danger", String(10)),  # feedback.model.Danger
    CheckConstraint(  # what reads as danger to a person is no committee's, whatever a handler does
        "danger <> 'held' OR (state = 'received' AND queue IS NULL) "
        "OR coalesce(queue, '') = 'restricted'",
        name="ck_item_held",
    ),
    Index("ix_item_queue_state_id", "queue", "state", "id"),  # counts without reading the rows
    Index("ix_item_state_received_at", "state", "received_at"),
    Index("ix_item_came", "queue", "received_at", "theme", "id"),  # what is new, by theme
    Index("ix_item_said", "received_at", "theme", "author", "queue"),  # people by theme
)

_STILL_OPEN = text("state IN ('new', 'acknowledged', 'in-discussion')")
for _name, _order in (
    # With the state at the end SQLite counts without reading the rows: it looks at it again.
    ("due_at", ("due_at", "received_at", "id", "state")),
    ("age", ("received_at", "id")),
    ("id", ("id", "due_at", "received_at", "state")),
    ("theme", ("theme", "author", "id", "state")),
):
    Index(
        f"ix_item_open_{_name}",
        *(item.c[column] for column in ("queue", *_order)),
        sqlite_where=_STILL_OPEN,
        postgresql_where=_STILL_OPEN,
    )

_NOT_READ_AGAIN = text("danger = 'unread'")
Index(  # empty but for the hours after an upgrade
    "ix_item_danger_unread",
    item.c.id,
    sqlite_where=_NOT_READ_AGAIN,
    postgresql_where=_NOT_READ_AGAIN,
)

item_original = Table(
    "item_original",
    metadata,
    Column("item_id", ForeignKey(item.c.id), primary_key=True),
    Column("encrypted", LargeBinary, nullable=False, info=REPLACED),
)

item_move = Table(
    "item_move",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("item_id", ForeignKey(item.c.id), nullable=False, index=True),
    Column("came_from", String(80), nullable=False),
    Column("went_to", String(80), nullable=False),
    Column("why", Text, nullable=False, info=OF_AN_ITEM),
    Column("by_person", Uuid),
    Column("at", Instant, nullable=False),
    Index("ix_item_move_went_to_at", "went_to", "at", "item_id"),
)

announcement = Table(
    "announcement",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", String(80), unique=True),
    Column("change", Text, nullable=False, info=PUBLISHED),
    Column("audience", Text, nullable=False, info=AS_PUT_UP),
    Column("written_by", Uuid),
    Column("state", String(10), nullable=False),
    Column("send_at", Instant),
    Column("sent_at", Instant),
    Column("acknowledge", Boolean, nullable=False),
    Column("due", Date),
    Column("question", Text, info=PUBLISHED),
    Column("lesson", Boolean, nullable=False, server_default=false()),
    Column("urgent", Boolean, nullable=False, server_default=false()),
    Column("asked_by", Uuid),  # who asked for an urgent one to be approved
    Column("asked_at", Instant),
    Column("approved_by", Uuid),
    Column("approved_at", Instant),
    Column("approved_people", Integer),  # for how many that yes was
    Column("declined_why", Text, info=PUBLISHED),
    Column("declined_by", Uuid),
    Column("recalled_at", Instant),
    Column("joiners_until", Date),
)

feed_notice = Table(  # whom Teams' activity feed told that an announcement waits
    "feed_notice",
    metadata,
    Column("announcement_id", ForeignKey(announcement.c.id), primary_key=True),
    Column("person_id", ForeignKey(person.c.id), primary_key=True),
    Column("state", String(12), nullable=False),  # sent | unknown | failed
    Column("why", Text, info=KEY),
    Column("at", Instant, nullable=False),
)

acknowledgement = Table(
    "acknowledgement",
    metadata,
    Column("announcement_id", ForeignKey(announcement.c.id), primary_key=True),
    Column("person_id", ForeignKey(person.c.id), primary_key=True),
    Column("at", Instant, nullable=False),
)
