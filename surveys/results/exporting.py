"""Released results to take along. Nothing here that the page does not show: the same gate, the
same ledger. Nothing else is left of them (decision 54)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.people import Person
from surveys.commands import ExportResults, ReadComments
from surveys.messages import NotForYou
from surveys.ports import SurveyStore
from surveys.questions import Unfit
from surveys.results.model import CommentsResult, WaveResults
from surveys.results.viewing import for_viewer, in_the_ledger
from surveys.survey import Survey

COMMENTS_AT_ONCE = 2000
"""Comments of one ``ReadComments``: about a megabyte, however many there are."""

_NO_COMMENTS = "No comments on this question are shown."


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A wave with what of its results somebody may take along. All comments are read piece by
    piece (``ReadComments``)."""

    wave_id: UUID
    survey: Survey
    opens_at: datetime
    closes_at: datetime
    results: WaveResults


@dataclass(frozen=True, kw_only=True)
class SomeComments:
    """The next comments on a question; ``after`` asks for those that follow, None: there are no
    more."""

    wave_id: UUID
    question: str
    comments: tuple[str, ...]
    after: UUID | None


def export(
    store: SurveyStore,
    viewer: Person,
    command: ExportResults,
    now: datetime,
    may_see_all_tables: bool,
) -> Exported | NotForYou:
    """What there is to export, noted in the ledger with the form it takes."""
    results = for_viewer(store, viewer, command.wave_id, now, may_see_all_tables)
    wave = store.wave(command.wave_id)
    if isinstance(results, NotForYou) or wave is None:
        return results if isinstance(results, NotForYou) else NotForYou(why=_gone())
    what = f"{in_the_ledger(results)}; export: {command.form}"
    store.note_release(wave.id, viewer.id, what, now)
    return Exported(
        wave_id=wave.id,
        survey=wave.survey,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        results=results,
    )


def read_comments(
    store: SurveyStore,
    viewer: Person,
    command: ReadComments,
    now: datetime,
    may_see_all_tables: bool,
) -> SomeComments | NotForYou:
    """Comments of a question whose comments are released, in random order."""
    results = for_viewer(store, viewer, command.wave_id, now, may_see_all_tables)
    if isinstance(results, NotForYou):
        return results
    if command.question not in commented(results):
        return NotForYou(why=Unfit(why=_NO_COMMENTS))
    rows = store.kept_comments(command.wave_id, command.question, command.after, COMMENTS_AT_ONCE)
    store.note_release(
        command.wave_id, viewer.id, f"{len(rows)} comments on {command.question}", now
    )
    return SomeComments(
        wave_id=command.wave_id,
        question=command.question,
        comments=tuple(comment for _, comment in rows),
        after=rows[-1][0] if len(rows) == COMMENTS_AT_ONCE else None,
    )


def commented(results: WaveResults) -> dict[str, int]:
    """The questions whose comments are released, with how many there are."""
    return {
        result.question: result.n
        for table in results.tables
        for cell in table.cells
        for result in cell.questions
        if isinstance(result, CommentsResult)
    }


def _gone() -> Unfit:
    return Unfit(why="This survey is not here anymore.")
