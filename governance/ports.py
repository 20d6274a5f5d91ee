"""What governance needs of a store, inside one transaction. ``storage`` implements it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from core.deciding import Decision
from core.lists import Found, ListRequest
from core.paging import Paging
from core.people import Audience, Level, Person, Platform, Role
from governance.acknowledgements.ports import AcknowledgementStore
from governance.alignment.ports import AlignmentStore
from governance.announcements.model import (
    Announcement,
    EditRequest,
    Missed,
    Reach,
    Recipient,
    Tally,
)
from governance.authoring.model import Draft, DraftEdit, DraftState, SurveyVersion
from governance.board_reports.ports import BoardReportStore
from governance.chairs.ports import BulkStore
from governance.changes.ports import ChangeStore
from governance.committees.model import Channel, District, Office, Openness
from governance.conclusions.model import Conclusions
from governance.controls.ports import ControlStore
from governance.delivery_reasons import Why
from governance.digests.ports import DigestStore
from governance.docket.ports import DocketStore
from governance.duplicates.ports import MatterStore
from governance.duties.ports import DutyStore
from governance.faq.ports import FaqStore
from governance.feedback.model import Urgency
from governance.feedback.ports import FeedbackStore
from governance.feedback.ports import Move as Move
from governance.feeds.ports import FeedStore
from governance.gaps.ports import GapStore
from governance.goal_changes.ports import GoalChangeStore
from governance.goals.ports import GoalStore
from governance.help_desk.ports import HandOverStore
from governance.home.waits import Waits
from governance.learning.ports import LearningStore
from governance.lessons.ports import LessonStore
from governance.lists.ports import ListStore
from governance.office.ports import OfficeStore
from governance.people.ways_in import WaysIn
from governance.pulses.ports import PulseStore
from governance.read_reminders.ports import ReadReminderStore
from governance.redaction.ports import PersonalStore
from governance.rules.ports import RuleStore
from governance.saved_answers.ports import SavedAnswerStore
from governance.second_person.ports import SecondPersonStore
from governance.series.ports import SeriesStore
from governance.service_notices.ports import ServiceStore
from governance.urgent.ports import UrgentStore
from surveys.ports import SurveyStore
from surveys.survey import Participation, Survey, Wave


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What duties a person has beside their role. Deputies of an office hold it too."""

    offices: frozenset[Office] = frozenset()
    leads: frozenset[str] = frozenset()
    """Committees they chair or are the deputy of."""
    sits: frozenset[str] = frozenset()
    """Committees they are on (those they lead included)."""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """A row of a person's inbox: a delivery that reached them."""

    delivery_id: UUID
    kind: str
    subject: UUID
    at: datetime


class GovernanceStore(
    SurveyStore,
    SeriesStore,
    FeedbackStore,
    DocketStore,
    UrgentStore,
    PersonalStore,
    DigestStore,
    MatterStore,
    HandOverStore,
    BulkStore,
    ReadReminderStore,
    LessonStore,
    RuleStore,
    FeedStore,
    ChangeStore,
    FaqStore,
    SavedAnswerStore,
    PulseStore,
    LearningStore,
    ServiceStore,
    ListStore,
    GoalStore,
    GoalChangeStore,
    AlignmentStore,
    BoardReportStore,
    ControlStore,
    GapStore,
    DutyStore,
    AcknowledgementStore,
    SecondPersonStore,
    OfficeStore,
    Protocol,
):
    """The whole store as activities see it."""

    # -- district and people ------------------------------------------------------------------
    def district(self) -> District: ...

    def only_noting(self) -> AbstractContextManager[None]:
        """While nothing is written but who was shown what: what is read twice is read once."""
        ...

    def foresee_visit(self, person_id: UUID) -> None:
        """Read at once who somebody is, and what they have to do with."""
        ...

    def standing(self, person_id: UUID) -> Standing: ...

    def holders(self, office: Office) -> Sequence[Person]:
        """The active holder and deputies of an office, the holder first."""
        ...

    def committees_of(self, person_id: UUID) -> frozenset[str]: ...

    def person_by_email(self, email: str) -> Person | None: ...

    def person_by_address(self, platform: Platform, workspace: str, user: str) -> Person | None: ...

    def note_address(
        self,
        person: Person,
        *,
        platform: Platform,
        workspace: str,
        user: str,
        conversation: str | None,
        service_url: str | None,
        reachable: bool,
    ) -> None:
        """Where somebody is reached; deliveries that waited for it join their lane."""
        ...

    def choose_language(self, person_id: UUID, locale: str) -> None:
        """From now on they read this language, whatever the roster says."""
        ...

    def roster_count(self, role: Role, level: Level) -> int:
        """How many active people share a role and a level (the byline's gate)."""
        ...

    def roster_count_at(self, role: Role, building: str) -> int:
        """How many active people share a role and a building (the gate of its leader)."""
        ...

    def open_channels(self) -> Mapping[UUID, Openness]:
        """Channels that are open to more than staff, by ``channel_id``, and why."""
        ...

    def put_openness(self, channel: Channel, openness: Openness | None, now: datetime) -> None:
        """Note why a channel is open, and let nothing go there that still waits; None: it is
        private again."""
        ...

    # -- announcements --------------------------------------------------------------------------
    def announcement(self, announcement_id: UUID) -> Announcement | None: ...

    def announcements_ahead(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``announcement``; where it only reads."""
        ...

    def notices_ahead(self, some: Sequence[UUID], person_id: UUID) -> None:
        """Read at once whether somebody was sent some announcements, and confirmed them."""
        ...

    def announcements(self) -> Sequence[Announcement]: ...

    def page_of_announcements(
        self, page: int, size: int, *, drafts: bool = True
    ) -> tuple[Sequence[Announcement], int]:
        """A page of announcements, those first that have not gone out, and how many there are."""
        ...

    def newest_announcements(self, most: int) -> Sequence[Announcement]:
        """Those that are no drafts: first what has not gone out, then the newest."""
        ...

    def announcements_listed(self, asked: ListRequest) -> tuple[Sequence[Announcement], Found]:
        """A page of all announcements: what is not sent yet first, then the newest."""
        ...

    def brief_tallies(self, announcements: Collection[UUID]) -> Mapping[UUID, Tally]:
        """How far announcements are, by state alone: for a list."""
        ...

    def page_of_waves(self, page: int, size: int) -> tuple[Sequence[Wave], int]:
        """A page of all waves, those first that are not closed, and how many there are."""
        ...

    def put_announcement(self, announcement: Announcement) -> None: ...

    def groups_of(
        self, audiences: Collection[Audience]
    ) -> Mapping[Audience, Collection[tuple[Role, Level]]]:
        """The roles and levels of the people in each audience, each once."""
        ...

    def reached_ahead(self, audiences: Iterable[Audience]) -> None:
        """Read at once whom each audience is, before ``reach`` is asked for one by one."""
        ...

    def reach(self, audience: Audience, at: datetime) -> Reach:
        """Whom an audience is, and who would be held in quiet hours at a time."""
        ...

    def announce(self, announcement: Announcement, now: datetime) -> int:
        """Freeze the audience: one ``notice`` delivery per person. How many. Those of a large
        audience are written in parts, which may go on after this transaction."""
        ...

    def open_to_joiners(self, day: date) -> Sequence[UUID]:
        """Announcements that went out and that late joiners get on this day."""
        ...

    def joiners(self, sent: Announcement) -> tuple[int, Sequence[UUID]]:
        """How many have a delivery of it, and who is in its audience by now and has none."""
        ...

    def announce_to(
        self, people: Sequence[UUID], sending: Announcement, now: datetime, *, decision: Decision
    ) -> None:
        """The same to more people, in the order of their ids. Nobody gets it twice."""

    def was_announced_to(self, announcement_id: UUID, person_id: UUID) -> bool: ...

    def acknowledge(self, announcement_id: UUID, person_id: UUID, now: datetime) -> datetime:
        """One row per person; the moment of the first press, however often they press."""
        ...

    def acknowledged_at(self, announcement_id: UUID, person_id: UUID) -> datetime | None: ...

    def tally(self, announcement_id: UUID, now: datetime) -> Tally: ...

    def recipients(
        self,
        announcement_id: UUID,
        *,
        outcome: str | None,
        search: str,
        sort: str,
        page: int,
        size: int,
    ) -> tuple[Sequence[Recipient], Paging]: ...

    def recipient_counts(self, announcement_id: UUID) -> Mapping[str, int]:
        """How many each ``RecipientFilter`` shows."""
        ...

    # -- campaigns: announcements, and the asking of waves -----------------------------------------
    def lock_announcement(self, announcement_id: UUID) -> Announcement | None:
        """The announcement, to be changed: whoever wants to change it too waits and sees what
        it has become."""
        ...

    def halt(self, subject: UUID, why: Why, by: UUID | None, now: datetime) -> None:
        """Stop a campaign: nothing of it leaves any more, and what waits is recalled with these
        words. Stopped twice, the first words stay."""
        ...

    def foresee_counts(self, waves: Sequence[UUID]) -> None:
        """Read at once what counting some waves asks for (``surveys.results.release.released``)."""
        ...

    def halted_at(self, subject: UUID) -> datetime | None: ...

    def waiting_since_restore(self) -> tuple[int, int]:
        """How many messages, and how many surveys, wait for the operator because the database was
        restored."""
        ...

    def restored_since(self, at: datetime) -> bool:
        """Whether the database was put back to an older state after that moment."""
        ...

    def still_to_ask(self, wave_id: UUID) -> int:
        """How many of a wave's panel wait for their invitation. Not who waits for a reminder."""
        ...

    def resume(self, subject: UUID, now: datetime) -> None:
        """Queue again what was stopped before it was sent, in the same rows: to people who are
        still on the roster (a reminder: and have not answered)."""
        ...

    def missed(self, announcement_id: UUID) -> Missed: ...

    def resend(self, announcement_id: UUID, now: datetime, *, unknown: bool) -> int:
        """Queue again, in the same rows, what did not reach people. How many."""
        ...

    def asking_tally(self, wave_id: UUID, now: datetime) -> Tally:
        """What became of a wave's invitations. Whoever answered before theirs left counts as
        sent: no count here depends on who answered."""
        ...

    def asking_seconds(self, wave_id: UUID) -> float:
        """How long asking the whole panel once takes."""
        ...

    def not_asked(self, wave_id: UUID) -> Missed:
        """Whom a wave's invitation did not reach."""
        ...

    def ask_again(self, wave_id: UUID, now: datetime, *, unknown: bool) -> int:
        """Queue again, in the same rows, the invitations that did not reach people. How many."""
        ...

    def recall_seconds(self, announcement_id: UUID) -> float:
        """How long taking it back from everybody who has it takes."""
        ...

    def recall(self, announcement_id: UUID, now: datetime) -> int:
        """Queue one ``recall`` delivery for everybody who has it. Repeated, it takes up what could
        not be taken back, and what turned out since to have arrived. How many."""
        ...

    def note_edit(self, before: Announcement, by: UUID | None, now: datetime) -> None:
        """Keep what an announcement said until now."""
        ...

    def put_edit_request(self, request: EditRequest) -> None:
        """In the place of an earlier one."""
        ...

    def edit_request(self, announcement_id: UUID) -> EditRequest | None: ...

    def correct(self, announcement_id: UUID, edited_at: datetime, now: datetime) -> int:
        """Have everybody's message say what the announcement says since its edit: changed where it
        stands, or else a correction. Repeated, it takes up who got neither. How many."""
        ...

    def waves_ahead_of(self, some: Iterable[UUID]) -> None:
        """Read at once some waves, before they are asked for one by one."""
        ...

    def results_ahead(self, some: Iterable[UUID]) -> None:
        """Read at once the results of some waves and when they are open, before they are asked for
        one by one."""
        ...

    def releases_ahead(self, some: Iterable[UUID], to: UUID | None) -> None:
        """Read at once what was shown of some waves to one person, before it is asked for."""
        ...

    # -- conclusions after a survey -------------------------------------------------------------
    def conclusions(self, wave_id: UUID) -> Conclusions | None:
        """What was published last."""
        ...

    def conclusions_ahead(self, some: Iterable[UUID]) -> None:
        """Read at once what was published of some surveys."""
        ...

    def conclusions_draft(self, wave_id: UUID) -> Conclusions | None: ...

    def put_conclusions(self, said: Conclusions) -> None:
        """Keep a version; one that was published comes no second time."""
        ...

    def heard_at(self, waves: Sequence[UUID]) -> Mapping[UUID, datetime]:
        """When what was heard was published last, for those of these waves of which it was."""
        ...

    def surveys_for(
        self, person_id: UUID, page: int, size: int
    ) -> tuple[Sequence[tuple[UUID, Participation | None]], Paging]:
        """A page of the waves that asked one person, with what they did with each, and with None of
        closed waves that did not ask them: those of all of the staff, and those of which was
        published what was heard. Those first that are not closed, then the newest."""
        ...

    # -- the office's surveys ----------------------------------------------------------------------
    def ready_surveys(self) -> Sequence[Survey]: ...

    def waves(self, *, bare: bool = False) -> Sequence[Wave]:
        """The newest first. ``bare``: without the ideas that were added to their surveys, for
        whoever shows their titles and times only."""
        ...

    def waves_ahead(self) -> Sequence[Wave]:
        """Those that are not closed, by when they open."""
        ...

    def written_on_web(self) -> frozenset[str]:
        """Keys of the ready surveys that were written or changed on the web."""
        ...

    def put_web_survey(self, survey: Survey) -> None:
        """Make a survey ready, in the place of the one with its key."""
        ...

    def survey_versions(self) -> Mapping[str, Sequence[SurveyVersion]]:
        """By survey's key, the different texts that were launched, the newest first."""
        ...

    # -- surveys that are being written -----------------------------------------------------------
    def draft(self, draft_id: UUID, version: int | None = None) -> Draft | None:
        """A draft as it was saved last, or as an earlier version of it."""
        ...

    def drafts(self) -> Sequence[Draft]:
        """Those that are still being written, the last saved first."""
        ...

    def draft_edits(self, drafts: Collection[UUID]) -> Mapping[UUID, Sequence[DraftEdit]]:
        """By draft, when and by whom it was saved, the newest first."""
        ...

    def add_draft_version(self, draft: Draft) -> bool:
        """Keep a draft's next version. False: there is one of that number, or its
        predecessor is not the newest."""
        ...

    def end_draft(self, draft_id: UUID, became: DraftState) -> None: ...

    # -- deliveries -------------------------------------------------------------------------------
    def was_sent_anything(self, person_id: UUID) -> bool:
        """Whether any message to them is on record, sent or queued."""
        ...

    def deliver_to_person(
        self,
        person: Person,
        *,
        campaign: str,
        kind: str,
        subject: UUID,
        now: datetime,
        urgent: bool = False,
        own: bool = False,
    ) -> None:
        """Queue one message to a person; unique per (campaign, kind, recipient). ``own``: it
        answers what they said or signed up for. Else many of a kind in one transaction take a
        second person (``SecondPersonNeededError``)."""
        ...

    def renew_sent(self, kind: str, subject: UUID, now: datetime) -> None:
        """Draw the messages of a kind about a subject again where they stand in chats; ``compose``
        gives what they show now, by their kind and "-now"."""
        ...

    def await_answer(
        self, person: Person, *, campaign: str, kind: str, subject: UUID, now: datetime
    ) -> None:
        """Queue one urgent message to a person, unique alike, that goes out only where the answer
        which says the same is not known to have arrived."""
        ...

    def note_answer(self, *, campaign: str, kind: str, now: datetime, arrived: bool) -> None:
        """What happened to that answer."""
        ...

    def deliver_to_queue(
        self, queue: str, *, campaign: str, kind: str, subject: UUID, now: datetime
    ) -> None:
        """Queue one message to a committee's (or triage's) channels and its page."""
        ...

    def delivered_to(
        self,
        person_id: UUID,
        kinds: Collection[str] | None = None,
        *,
        most: int = 50,
        latest: int = 0,
    ) -> Sequence[Delivered]:
        """The newest first. ``kinds``: those alone, and the ``latest`` of all."""
        ...

    def waits(
        self,
        person_id: UUID,
        now: datetime,
        *,
        today: date,
        queues: Collection[str],
        kinds: Collection[Urgency] | None,
    ) -> Waits:
        """How much waits for a person who works on some queues, without what is put aside until
        later than ``today``. ``kinds``: of urgent cases those
        that are theirs; beside them what they were called about. None: they answer for none."""
        ...

    # -- housekeeping -----------------------------------------------------------------------------
    def chain_releases(self, now: datetime) -> int:
        """Take some of what was shown of answers, and is not in it yet, into the audit's chain."""
        ...

    def forget_trials(self, ended_before: datetime) -> int:
        """Delete surveys that were answered as a test, and their last answers. How many."""
        ...

    def forget_unsent(self, before: datetime, imports_before: datetime) -> int:
        """Delete drafts of forms that were typed before a moment, and those of people who have
        left. How many."""
        ...

    def forget_events(self, before: datetime) -> int:
        """Delete events that were handled and sign-in links that were used before a moment."""
        ...

    def forget_deliveries(self, before: datetime) -> int:
        """Delete some of the deliveries that were queued before a moment and have come to an end;
        how many. What a campaign's had become stays in its ``tally``."""
        ...

    def forget_occurrences(self, before: datetime, once_before: datetime) -> int:
        """Delete what recurred, and what happened once, before a moment each. How many."""
        ...

    # -- signing in on the web -----------------------------------------------------------------
    def ways_in(self) -> WaysIn: ...

    def signin_token(self, person_id: UUID, expires: datetime) -> str:
        """What a link to sign in with carries. It signs this person in once, until then."""
        ...

    def forget_sessions(self, started_before: datetime) -> int:
        """Delete sessions that are too old to be used. How many."""
        ...

    # -- who did and saw what ----------------------------------------------------------
    def last_audited(self, subject: UUID, what: str = "") -> tuple[str, datetime] | None:
        """What was last noted of a subject (that begins with ``what``), and when."""
        ...
