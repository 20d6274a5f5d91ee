"""Who sees which part of what is released, noted in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from core.people import Person
from surveys.commands import ShowResults
from surveys.messages import NotForYou, Results
from surveys.ports import SurveyStore
from surveys.questions import Unfit
from surveys.results.model import WaveResults
from surveys.results.release import released
from surveys.results.setting_beside import of_the_district, told_beside
from surveys.survey import WaveState


def show_results(
    store: SurveyStore,
    viewer: Person,
    command: ShowResults,
    now: datetime,
    may_see_all_tables: bool,
) -> Results | NotForYou:
    """The released results, noted in the ledger: all planned tables, or the district's only."""
    results = for_viewer(store, viewer, command.wave_id, now, may_see_all_tables)
    if isinstance(results, NotForYou):
        return results
    store.note_release(command.wave_id, viewer.id, in_the_ledger(results), now)
    return Results(results=results)


def for_viewer(
    store: SurveyStore, viewer: Person, wave_id: UUID, now: datetime, may_see_all_tables: bool
) -> WaveResults | NotForYou:
    """What somebody may see of a wave now. Whoever shows it notes it in the ledger."""
    wave = store.wave(wave_id)
    if wave is None:
        return NotForYou(why=Unfit(why="This survey is not here anymore."))
    if wave.state is WaveState.PLANNED:
        title = wave.survey.title.in_locale(viewer.locale)
        return NotForYou(why=Unfit(why="“{title}” is not open yet.", values={"title": title}))
    results = released(store, wave, now)
    if not may_see_all_tables:
        results = of_the_district(results)
    return results


def note_numbers(
    store: SurveyStore, viewer: Person, answered: Mapping[UUID, int], now: datetime
) -> None:
    """In the ledger, where no more is shown of surveys than how many answered."""
    store.note_releases(viewer.id, numbers_told(answered), now)


def numbers_told(answered: Mapping[UUID, int]) -> list[tuple[UUID, str]]:
    """What the ledger says of how many answered: "180 answers"."""
    return [(one, _answers(n)) for one, n in answered.items()]


def _answers(answered: int) -> str:
    return f"{answered} answers"


def note_message(
    store: SurveyStore, to: UUID | None, wave_id: UUID, told: str, now: datetime
) -> None:
    """In the ledger, where results go out as a message (``to`` None: to a committee's channel).
    It is noted with the closing and not when it is sent: it lies on their page from then on, and
    what may have arrived counts as shown. ``told``: as ``in_the_ledger`` has it."""
    store.note_release(wave_id, to, f"{told}{_AS_A_MESSAGE}", now, once=True)


_AS_A_MESSAGE = "; as a message"


def was_shown(
    store: SurveyStore, viewer: Person | None, results: WaveResults, *, committee: bool
) -> bool:
    """Whether the ledger says that somebody was shown just these results. ``committee``: what was
    sent to the committees was shown to them, too."""
    told = in_the_ledger(results)
    message = f"{told}{_AS_A_MESSAGE}"
    if viewer is not None and store.was_released(results.wave_id, viewer.id, told, message):
        return True
    return committee and store.was_released(results.wave_id, None, message)


def in_the_ledger(results: WaveResults) -> str:
    """For the ledger: "final: district, role, role × level; 812 answers"."""
    tables = ", ".join(" × ".join(t.plan.by) or "district" for t in results.tables) or "no tables"
    answers = _answers(results.answered or 0)
    if not results.final:
        return f"live: {tables}; {answers}"
    return f"final: {tables}; {answers}{told_beside(results)}"
