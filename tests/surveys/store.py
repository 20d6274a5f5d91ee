"""A SurveyStore in dictionaries, for the rules of the activities; the real one has journeys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from core.deciding import Decision
from core.people import Audience, Building, Held, Level, Person, Role
from core.text import text
from surveys.commands import CloseWave
from surveys.encoding import results_from_json
from surveys.ports import OpenResponse, Response, Trial
from surveys.priorities.model import Idea, IdeaState, Reason
from surveys.questions import Choice, FreeText, Pair, Ranking, Scale, SingleChoice
from surveys.results.model import WaveResults
from surveys.survey import (
    USUAL,
    Dimension,
    Page,
    Participation,
    PlannedTable,
    Rules,
    Survey,
    Wave,
    WaveState,
)
from surveys.waves.closing import compute, forget_answers, gather, publish, stop_answers
from surveys.waves.limiting import AskingLimit
from surveys.waves.reaching import Drawn
from surveys.waves.sampling import Frame, Selection, sizes_of

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Kept:
    """Responses that need no reading."""

    found: Sequence[OpenResponse]

    def read(self) -> Sequence[OpenResponse]:
        return self.found


class DictStore:
    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.people = list(people)
        self.waves: dict[UUID, Wave] = {}
        self.panel: dict[UUID, dict[UUID, Participation]] = {}
        self.responses: dict[tuple[UUID, UUID], tuple[Person, Response]] = {}
        self.comments: dict[UUID, Sequence[tuple[str, str]]] = {}
        self.released: dict[UUID, WaveResults] = {}
        self.bodies: dict[UUID, str] = {}
        self.counts: dict[UUID, tuple[int, int | None]] = {}
        self.ledger: list[tuple[UUID | None, str]] = []
        self.clock: dict[tuple[str, UUID, int], datetime] = {}
        self.asked: set[tuple[UUID, int, UUID]] = set()
        self.told: list[UUID] = []
        self.limit: AskingLimit | None = AskingLimit()
        self.frames: dict[UUID, tuple[Frame, datetime]] = {}

    # -- pairs and ideas: their tests have the real store -------------------------------------

    def choices_shown(self, wave_id: UUID, question: str, group: str) -> Mapping[str, int]:
        return {}

    def note_shown(self, wave_id: UUID, question: str, group: str, pair: Pair) -> None:
        pass

    def idea(self, idea_id: UUID) -> Idea | None:
        return None

    def ideas(
        self, wave_id: UUID, question: str | None = None, *, state: IdeaState | None = None
    ) -> Sequence[Idea]:
        return []

    def ideas_of(self, wave_id: UUID, question: str, keys: Sequence[str]) -> Sequence[Idea]:
        return []

    def count_ideas(self, wave_id: UUID, question: str, state: IdeaState) -> int:
        return 0

    def put_idea(self, idea: Idea) -> None:
        raise NotImplementedError

    def wait_another_morning(self, wave_id: UUID, question: str) -> int:
        return 0

    def decline_waiting(self, wave_id: UUID, question: str, reason: Reason) -> None:
        pass

    def reads_ideas(self, email: str) -> bool:
        return False

    def surveys_with_ideas(self) -> Mapping[UUID, Survey]:
        return {}

    def works_here(self, email: str) -> bool:
        return any(one.email == email for one in self.people)

    def choices_taking_ideas(self) -> Sequence[Choice]:
        return []

    # -- people ---------------------------------------------------------------------------------

    def person(self, person_id: UUID) -> Person | None:
        return next((p for p in self.people if p.id == person_id), None)

    def people_of(self, audience: Audience) -> Sequence[Person]:
        return [p for p in self.people if audience.includes(p)]

    def sizes_of(self, audience: Audience) -> Counter[tuple[str, str, str]]:
        return sizes_of(self.people_of(audience))

    def held_of(self, audience: Audience, at: datetime) -> Held | None:
        return None

    def buildings(self) -> Sequence[Building]:
        return []

    def committee_names(self, keys: Sequence[str]) -> tuple[str, ...]:
        return tuple(key.title() for key in keys)

    def ready_survey(self, key: str) -> Survey | None:
        return None

    def wave(self, wave_id: UUID) -> Wave | None:
        return self.waves.get(wave_id)

    def goal_versions(self, at: datetime) -> Mapping[str, int]:
        return {}

    def add_wave(self, wave: Wave) -> bool:
        return self.waves.setdefault(wave.id, wave) is wave

    def note_version(self, wave: Wave, now: datetime) -> None:
        return None

    def trial(self, trial_id: UUID) -> Trial | None:
        return None

    def put_trial(self, trial: Trial) -> None:
        raise AssertionError("no test here tries a survey")

    def set_hold(self, wave_id: UUID, *, hold: bool, why: str = "") -> None:
        self.waves[wave_id] = replace(self.waves[wave_id], hold=hold)

    def audit(self, who: UUID | None, what: str, subject: UUID | None, now: datetime) -> int:
        return 1

    def set_wave_state(self, wave_id: UUID, state: WaveState) -> None:
        self.waves[wave_id] = replace(self.waves[wave_id], state=state)

    def asking_limit(self) -> AskingLimit | None:
        return self.limit

    def release_rules(self) -> Rules:
        return replace(USUAL, themes=True)

    def asked_often(self, since: datetime, times: int) -> frozenset[UUID]:
        opened = [wave for wave, (_, at) in self.frames.items() if at > since]
        asked = Counter(person for wave in opened for person in self.panel.get(wave, {}))
        return frozenset(person for person, n in asked.items() if n >= times)

    def count_asked_often(self, audience: Audience, since: datetime, times: int) -> int:
        often = self.asked_often(since, times)
        return sum(one.id in often for one in self.people_of(audience))

    def recent_frames(self, since: datetime) -> Sequence[Frame]:
        return [frame for frame, at in self.frames.values() if at > since]

    def drawn_ahead(
        self, audience: Audience, selection: Selection | None, *, spares: bool
    ) -> Drawn | None:
        return None

    def put_frame(self, wave_id: UUID, frame: Frame, now: datetime) -> None:
        self.frames[wave_id] = frame, now

    def frame_of(self, wave_id: UUID) -> Frame | None:
        return self.frames[wave_id][0] if wave_id in self.frames else None

    def set_closing(self, wave_id: UUID, closes_at: datetime, now: datetime) -> None:
        self.waves[wave_id] = replace(self.waves[wave_id], closes_at=closes_at)

    def freeze_panel(self, wave_id: UUID, people: Iterable[Person]) -> int:
        panel = self.panel.setdefault(wave_id, {})
        for person in people:
            panel.setdefault(person.id, Participation.ASKED)
        return len(panel)

    def participation(self, wave_id: UUID, person_id: UUID) -> Participation | None:
        return self.panel.get(wave_id, {}).get(person_id)

    def set_participation(self, wave_id: UUID, person_id: UUID, became: Participation) -> None:
        self.panel[wave_id][person_id] = became

    def panel_size(self, wave_id: UUID) -> int:
        return len(self.panel.get(wave_id, {}))

    def count_participation(self, wave_id: UUID, became: Participation) -> int:
        return sum(p is became for p in self.panel.get(wave_id, {}).values())

    def panel_by_group(self, wave_id: UUID) -> Mapping[tuple[str, str, str], int]:
        people = {person.id: person for person in self.people}
        panel = (people[one] for one in self.panel.get(wave_id, {}) if one in people)
        return Counter((one.role.value, one.level.value, one.building) for one in panel)

    def response(self, wave_id: UUID, person_id: UUID) -> Response | None:
        found = self.responses.get((wave_id, person_id))
        return found[1] if found else None

    def put_response(self, wave_id: UUID, person: Person, response: Response) -> None:
        self.responses[wave_id, person.id] = (person, response)

    def forget_response(self, wave_id: UUID, person_id: UUID) -> None:
        self.responses.pop((wave_id, person_id), None)

    def kept_responses(self, wave_id: UUID, *, complete: bool = True) -> Kept:
        return Kept(self.open_responses(wave_id, complete=complete))

    def open_responses(self, wave_id: UUID, *, complete: bool = True) -> Sequence[OpenResponse]:
        return [
            OpenResponse(answers=r.answers, role=p.role, level=p.level, building=p.building)
            for (wave, _), (p, r) in self.responses.items()
            if wave == wave_id and r.complete == complete
        ]

    def results(self, wave_id: UUID, *, bare: bool = False) -> WaveResults | None:
        return self.released.get(wave_id)

    def put_results(self, wave_id: UUID, results: WaveResults) -> None:
        self.released[wave_id] = results

    def results_body(self, wave_id: UUID) -> str | None:
        return self.bodies.get(wave_id)

    def put_results_body(self, wave_id: UUID, body: str) -> None:
        self.bodies[wave_id], self.released[wave_id] = body, results_from_json(body)

    def final_count(self, wave_id: UUID) -> tuple[int, int | None] | None:
        return self.counts.get(wave_id)

    def results_wait(self, wave_id: UUID) -> bool:
        return False

    def put_final_count(self, wave_id: UUID, asked: int, answered: int | None) -> bool:
        first = wave_id not in self.counts
        self.counts.setdefault(wave_id, (asked, answered))
        return first

    def keep_comments(self, wave_id: UUID, comments: Sequence[tuple[str, str]]) -> None:
        self.comments[wave_id] = comments

    def forget_answers(self, wave_id: UUID) -> bool:
        self.responses = {key: r for key, r in self.responses.items() if key[0] != wave_id}
        return True

    def kept_comments(
        self, wave_id: UUID, question: str, after: UUID | None, most: int
    ) -> Sequence[tuple[UUID, str]]:
        raise AssertionError("no test here reads comments")

    def note_release(
        self, wave_id: UUID, to: UUID | None, what: str, now: datetime, *, once: bool = False
    ) -> None:
        if not (once and (to, what) in self.ledger):
            self.ledger.append((to, what))

    def was_released(self, wave_id: UUID, to: UUID | None, *what: str) -> bool:
        return any((to, one) in self.ledger for one in what)

    def schedule(self, kind: str, subject: UUID, at: datetime, number: int = 0) -> None:
        self.clock.setdefault((kind, subject, number), at)

    def decide_invitations(
        self, wave: Wave, people: Sequence[UUID], now: datetime, *, by_lot: bool = False
    ) -> None:
        pass

    def invite(
        self, wave: Wave, people: Sequence[UUID], now: datetime, *, by_lot: bool = False
    ) -> None:
        self.freeze_panel(wave.id, [one for one in self.people if one.id in set(people)])
        self.asked |= {(wave.id, 0, one) for one in people}

    def remind(self, wave: Wave, number: int, now: datetime) -> None:
        waits = (Participation.ASKED, Participation.PARTIAL)
        panel = self.panel[wave.id].items()
        self.asked |= {(wave.id, number, one) for one, became in panel if became in waits}

    def tell_asked(
        self, wave_id: UUID, *, campaign: str, kind: str, now: datetime, decision: Decision
    ) -> None:
        pass

    def tell_cto_results(self, wave_id: UUID, now: datetime) -> Sequence[UUID]:
        self.told.append(wave_id)
        return ()

    def tell_committees_results(
        self, wave_id: UUID, committees: Sequence[str], now: datetime
    ) -> int:
        return 0


def close_wave(
    store: DictStore, command: CloseWave, now: datetime, redact: Callable[[str], str]
) -> None:
    """Every step of a closing, one after the other."""
    stop_answers(store, command, now)
    gathered = gather(store, command.wave_id)
    if gathered is not None:
        publish(store, compute(gathered, redact, lambda _: (), now), now)
    while not forget_answers(store, command.wave_id):
        pass


def person(role: Role = Role.TEACHER, level: Level = Level.HIGH, building: str = "north") -> Person:
    made = uuid4()
    return Person(
        id=made,
        sourced_id=str(made),
        email=f"{made}@district.example",
        given_name="Ana",
        family_name="Ruiz",
        role=role,
        level=level,
        building=building,
    )


WIFI = Scale(key="wifi", prompt=text("How is your classroom Wi-Fi?"), labels={1: text("Bad")})
DEVICE = SingleChoice(
    key="device",
    prompt=text("Which do you use most?"),
    choices=(
        Choice(key="laptop", label=text("Laptop")),
        Choice(key="tablet", label=text("Tablet", es="Tableta")),
        Choice(key="board", label=text("Board")),
    ),
)
FIRST = Ranking(
    key="first",
    prompt=text("What should come first?"),
    choices=tuple(Choice(key=k, label=text(k.upper())) for k in "abcd"),
    required=False,
)
WORDS = FreeText(key="words", prompt=text("Anything else?"), longest=40)


def survey(*tables: tuple[Dimension, ...]) -> Survey:
    return Survey(
        key="pulse",
        title=text("Pulse"),
        asked_by=text("Computing Services"),
        purpose=text("To know what to fix first."),
        pages=(Page(questions=(WIFI, DEVICE)), Page(questions=(FIRST, WORDS))),
        tables=tuple(PlannedTable(by=by) for by in ((), *tables)),
    )


def wave(asks: Survey | None = None, state: WaveState = WaveState.OPEN) -> Wave:
    return Wave(
        id=uuid4(),
        survey=asks or survey(),
        audience=Audience(),
        opens_at=NOON,
        closes_at=NOON + WEEK,
        state=state,
    )
