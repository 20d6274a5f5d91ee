"""What surveys need of a store, inside one transaction. ``storage`` implements it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from core.deciding import Decision
from core.people import Audience, Building, Held, Person
from surveys.priorities.ports import PriorityStore
from surveys.questions import Answer
from surveys.results.model import WaveResults
from surveys.survey import Participation, Rules, Survey, Wave, WaveState
from surveys.waves.limiting import AskingLimit
from surveys.waves.sampling import Frame, Selection

if TYPE_CHECKING:
    from surveys.waves.reaching import Drawn


@dataclass(frozen=True, kw_only=True)
class Response:
    """What one respondent said so far. ``complete`` once the last page was answered."""

    answers: Mapping[str, Answer]
    complete: bool


@dataclass(frozen=True, kw_only=True)
class OpenResponse:
    """A complete response with its respondent's role, level and building, read once, at the
    closing or for a live batch; never together with who it was."""

    answers: Mapping[str, Answer]
    role: str
    level: str
    building: str


class KeptResponses(Protocol):
    """Responses as they are kept: reading them is dear, and may be done in another process."""

    def read(self) -> Sequence[OpenResponse]:
        """In random order."""
        ...


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A survey that its author answers as a test, alone, until a moment. What was answered so
    far is held between its pages only."""

    id: UUID
    person_id: UUID
    survey: Survey
    until: datetime
    answers: Mapping[str, Answer] = field(default_factory=dict)


class SurveyStore(PriorityStore, Protocol):
    """People, waves, participation and responses, inside one transaction."""

    # -- people ---------------------------------------------------------------------------
    def person(self, person_id: UUID) -> Person | None: ...

    def people_of(self, audience: Audience) -> Sequence[Person]: ...

    def sizes_of(self, audience: Audience) -> Counter[tuple[str, str, str]]:
        """How many people of an audience share a role, a level and a building."""
        ...

    def held_of(self, audience: Audience, at: datetime) -> Held | None:
        """Whom quiet hours would keep from being messaged at a time; None: nobody."""
        ...

    def buildings(self) -> Sequence[Building]: ...

    def committee_names(self, keys: Sequence[str]) -> tuple[str, ...]:
        """The names of committees, in the order of their keys; one that is gone by its key."""
        ...

    # -- waves ----------------------------------------------------------------------------
    def ready_survey(self, key: str) -> Survey | None: ...

    def wave(self, wave_id: UUID) -> Wave | None: ...

    def goal_versions(self, at: datetime) -> Mapping[str, int]:
        """The version of each goal of the plan at a moment."""
        ...

    def add_wave(self, wave: Wave) -> bool:
        """False when a wave of that id is there already (a repeated launch)."""
        ...

    def note_version(self, wave: Wave, now: datetime) -> None:
        """Keep the wave's survey as its next version, unless it is the newest one already."""
        ...

    def set_hold(self, wave_id: UUID, *, hold: bool, why: str = "") -> None: ...

    def set_wave_state(self, wave_id: UUID, state: WaveState) -> None: ...

    def set_closing(self, wave_id: UUID, closes_at: datetime, now: datetime) -> None:
        """Also until when its messages that wait may still go, where it is later than before."""
        ...

    # -- whom a wave may ask ----------------------------------------------------------------
    def asking_limit(self) -> AskingLimit | None:
        """How often one person is asked in this district; None: as often as anybody likes."""
        ...

    def release_rules(self) -> Rules:
        """By which results are told of surveys that are launched now."""
        ...

    def asked_often(self, since: datetime, times: int) -> frozenset[UUID]:
        """Who is in the panels of so many waves, or more, that opened after a moment."""
        ...

    def count_asked_often(self, audience: Audience, since: datetime, times: int) -> int:
        """How many people of an audience are among them."""
        ...

    def recent_frames(self, since: datetime) -> Sequence[Frame]:
        """What the panels were frozen from that were frozen after a moment."""
        ...

    def drawn_ahead(
        self, audience: Audience, selection: Selection | None, *, spares: bool
    ) -> Drawn | None:
        """What was drawn right before this transaction, beside the writer: it takes long."""
        ...

    def put_frame(self, wave_id: UUID, frame: Frame, now: datetime) -> None:
        """Keep what a wave's panel was frozen from, and when it opened."""
        ...

    def frame_of(self, wave_id: UUID) -> Frame | None:
        """None before the opening, and of waves that are older than frames."""
        ...

    # -- panel and participation ------------------------------------------------------------
    def participation(self, wave_id: UUID, person_id: UUID) -> Participation | None: ...

    def set_participation(self, wave_id: UUID, person_id: UUID, became: Participation) -> None: ...

    def panel_size(self, wave_id: UUID) -> int: ...

    def count_participation(self, wave_id: UUID, became: Participation) -> int: ...

    def panel_by_group(self, wave_id: UUID) -> Mapping[tuple[str, str, str], int]:
        """How many of the panel have which role, level and building, as it was frozen."""
        ...

    # -- responses (while open) ---------------------------------------------------------------
    def response(self, wave_id: UUID, person_id: UUID) -> Response | None:
        """Looked up by HMAC(wave key, person); the key never leaves the store."""
        ...

    def put_response(self, wave_id: UUID, person: Person, response: Response) -> None:
        """Insert or replace. No time, no order, no name is kept with it."""
        ...

    def kept_responses(self, wave_id: UUID, *, complete: bool = True) -> KeptResponses:
        """What ``open_responses`` reads, before it is read."""
        ...

    def open_responses(self, wave_id: UUID, *, complete: bool = True) -> Sequence[OpenResponse]:
        """All complete responses of an open wave, or all that were begun and not finished, in
        random order."""
        ...

    def forget_response(self, wave_id: UUID, person_id: UUID) -> None:
        """What one person said is not kept any longer."""
        ...

    # -- trying a survey alone ----------------------------------------------------------------
    def trial(self, trial_id: UUID) -> Trial | None: ...

    def put_trial(self, trial: Trial) -> None: ...

    # -- results ----------------------------------------------------------------------------
    def results(self, wave_id: UUID, *, bare: bool = False) -> WaveResults | None:
        """The last released results: the live batch, or the final ones. ``bare``: without the names
        of buildings."""
        ...

    def put_results(self, wave_id: UUID, results: WaveResults) -> None: ...

    def results_body(self, wave_id: UUID) -> str | None:
        """The same as they are written."""
        ...

    def put_results_body(self, wave_id: UUID, body: str) -> None: ...

    def final_count(self, wave_id: UUID) -> tuple[int, int | None] | None:
        """Of a wave that has its final results: how many were asked, and how many answered as
        released."""
        ...

    def final_counts(self, waves: Collection[UUID]) -> Mapping[UUID, tuple[int, int | None]]:
        """The same of several waves; those without final results are left out."""
        ...

    def results_wait(self, wave_id: UUID) -> bool:
        """Whether the database was restored since the wave opened: results of it may have been
        shown before, so none are drawn until the operator says what happens to it."""
        ...

    def put_final_count(self, wave_id: UUID, asked: int, answered: int | None) -> bool:
        """Keep these, once. False: there are some, so the wave has its final results."""
        ...

    def keep_comments(self, wave_id: UUID, comments: Sequence[tuple[str, str]]) -> None:
        """Write comments (question key, text) in random order, with new ids."""
        ...

    def forget_answers(self, wave_id: UUID) -> bool:
        """Delete a part of a wave's answers, and with the first their keys. True: none is left.
        Secure deletion is the store's."""
        ...

    def kept_comments(
        self, wave_id: UUID, question: str, after: UUID | None, most: int
    ) -> Sequence[tuple[UUID, str]]:
        """Kept comments with their ids, in the order of their ids, which is random."""
        ...

    def note_release(
        self, wave_id: UUID, to: UUID | None, what: str, now: datetime, *, once: bool = False
    ) -> None:
        """One line of the ledger of what was shown, and to whom. ``once``: not again where it
        says just this of them already (a page that is looked at all day)."""
        ...

    def note_releases(
        self, to: UUID | None, what: Collection[tuple[UUID, str]], now: datetime
    ) -> None:
        """Lines of the ledger, each of a wave, unless it says just this already."""
        ...

    def was_released(self, wave_id: UUID, to: UUID | None, *what: str) -> bool:
        """Whether the ledger says one of these of them."""
        ...

    def audit(self, who: UUID | None, what: str, subject: UUID | None, now: datetime) -> int:
        """One line of who did and saw what; its number."""
        ...

    # -- what follows ---------------------------------------------------------------------------
    def schedule(self, kind: str, subject: UUID, at: datetime, number: int = 0) -> None:
        """Have the clock do ``kind`` (open | remind | close | announce) at a time, once.
        Unique on (kind, subject, number)."""
        ...

    def decide_invitations(
        self, wave: Wave, people: Sequence[UUID], now: datetime, *, by_lot: bool = False
    ) -> None:
        """Whether so many people may be asked: more than the district's number takes a second
        person's yes, else the store raises and the launch waits for it. ``by_lot``: who they are
        is known to nobody."""
        ...

    def invite(
        self, wave: Wave, people: Sequence[UUID], now: datetime, *, by_lot: bool = False
    ) -> None:
        """Freeze the panel: these people, and nobody else, are asked. Write one participation row
        (ASKED) for each, with their role, level and building, and queue an ``invitation`` with
        the closing as deadline. Unique per (wave, person). A large panel is written in parts,
        which may go on after this transaction."""
        ...

    def remind(self, wave: Wave, number: int, now: datetime) -> None:
        """Queue a ``reminder`` for everybody in the panel who neither answered nor declined, in
        the same way. Unique per (wave, number, person)."""
        ...

    def tell_asked(
        self, wave_id: UUID, *, campaign: str, kind: str, now: datetime, decision: Decision
    ) -> None:
        """Queue one message to everybody whom a wave asked. Unique per (campaign, kind, person)."""
        ...

    def tell_cto_results(self, wave_id: UUID, now: datetime) -> Sequence[UUID]:
        """Queue a ``results`` delivery of the wave to the CTO. To whom it goes."""
        ...

    def tell_committees_results(
        self, wave_id: UUID, committees: Sequence[str], now: datetime
    ) -> int:
        """Queue the same to the private channels of committees. To how many channels it goes."""
        ...
