"""What is shown of responses: everything passes here.

Tables are counted once, with noise in every count (``disclosure``), when the wave closes. Whatever
else is shown is computed from these tables; so it tells nothing that they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from random import SystemRandom
from secrets import randbelow

from surveys.disclosure import live
from surveys.disclosure.noise import Below
from surveys.disclosure.results import answered, figures, tables
from surveys.disclosure.tables import released as released_tables
from surveys.disclosure.tables import whole_of
from surveys.ports import OpenResponse, SurveyStore
from surveys.questions import FreeText
from surveys.results.model import (
    Cell,
    CommentsResult,
    QuestionResult,
    Restored,
    Table,
    WaveResults,
    Withheld,
)
from surveys.results.setting_beside import NOTHING_MORE, Known, set_beside
from surveys.results.tabulating import Atom, atom_of, planned_cells
from surveys.results.taking_part import make_up_tables, rates
from surveys.survey import COMMENTS_FROM, Participation, PlannedTable, Survey, Wave, WaveState

COMMENTS_SHOWN = 200
"""Comments that a page shows, chosen at random, so that results stay small; an export has all."""

_DISTRICT = PlannedTable()


def final_results(
    wave: Wave,
    responses: Sequence[OpenResponse],
    asked: Mapping[Atom, int],
    panel: int,
    redact: Callable[[str], str],
    now: datetime,
    known: Known = NOTHING_MORE,
    below: Below = randbelow,
) -> WaveResults:
    """Everything that will be released of a wave. ``asked`` counts the people of its audience by
    finest group; ``panel`` is how many of them were asked: fewer, where a part was chosen at
    random. ``known`` is what else there is for what is beside the tables. ``below`` draws the
    noise: the operating system's randomness, but in tests."""
    survey, least = wave.survey, wave.rules.smallest_group
    # Somebody may have moved to where nobody was when the panel was frozen.
    atoms = {**dict.fromkeys(map(atom_of, responses), 0), **asked}
    made_up = make_up_tables(survey)
    # Of a part of an audience that was chosen at random, groups are as large as were asked of them.
    invited = {atom: known.asked.get(atom, 0) for atom in atoms} if known.asked else atoms
    counted = released_tables(
        survey,
        invited,
        responses,
        whole=wave.rules.answer,
        below=below,
        beside=(_DISTRICT, *made_up),
        least=least,
    )
    found = WaveResults(
        wave_id=wave.id,
        title=survey.title,
        final=True,
        noisy=True,
        smallest_group=least,
        asked=panel if panel >= least else None,
        answered=answered(counted, frozenset(atoms), panel),
        population=None if wave.selection is None else sum(asked.values()),
        tables=_with_comments(
            survey, tables(survey, counted, atoms, whole_of(invited)), responses, redact
        ),
        as_of=now,
    )
    told = [
        (cell, answered(counted, cell.atoms, sum(atoms[atom] for atom in cell.atoms)))
        for table in dict.fromkeys((*survey.tables, *made_up))
        for cell in planned_cells(table, atoms)
        if not table.by or any(atom in asked for atom in cell.atoms)
    ]
    return set_beside(survey, found, known, told)


def live_results(
    wave: Wave,
    responses: Sequence[OpenResponse],
    panel: int,
    before: WaveResults | None,
    now: datetime,
    below: Below = randbelow,
) -> WaveResults:
    """The live figures after so many responses, of as many of them, chosen at random, as the last
    look has (``disclosure.live``). ``before``: the look that is stored; the same again, where there
    is no new one."""
    look = _look(panel, len(responses))
    if before is not None and (before.answered or 0) >= look:
        return before
    found: tuple[Table, ...] = ()
    if _DISTRICT in wave.survey.tables:
        seen = SystemRandom().sample(responses, look)
        counted = live.seen(wave.survey, panel, seen, below) if look else {}
        questions = figures(wave.survey, counted, panel, look, wave.rules.smallest_group)
        found = (
            Table(plan=_DISTRICT, cells=(Cell(group=(), n=look or None, questions=questions),)),
        )
    return WaveResults(
        wave_id=wave.id,
        title=wave.survey.title,
        final=False,
        noisy=True,
        smallest_group=wave.rules.smallest_group,
        asked=panel if panel >= wave.rules.smallest_group else None,
        answered=look or None,
        tables=found,
        as_of=now,
        rates=rates(look, panel) if look else None,
    )


def _look(panel: int, responses: int) -> int:
    """How many answers the last look has that is due; 0: none is."""
    return max((at for at in live.looks(panel) if at <= responses), default=0)


def released(store: SurveyStore, wave: Wave, now: datetime) -> WaveResults:
    """What may be shown of a wave now; while it is open, look by look."""
    panel = store.panel_size(wave.id)
    results = store.results(wave.id) or live_results(wave, (), panel, None, now)
    if store.results_wait(wave.id):
        return replace(results, restored=Restored.WAITS)
    if wave.state is not WaveState.OPEN or now >= wave.closes_at:
        return results
    # Counted first: reading all is dear.
    look = _look(panel, store.count_participation(wave.id, Participation.ANSWERED))
    if look <= (results.answered or 0):
        return results
    newer = live_results(wave, store.open_responses(wave.id), panel, results, now)
    if newer is not results:
        store.put_results(wave.id, newer)
    return newer


def _with_comments(
    survey: Survey,
    found: tuple[Table, ...],
    responses: Sequence[OpenResponse],
    redact: Callable[[str], str],
) -> tuple[Table, ...]:
    """The whole district's comments in their places among its questions."""
    free = [question for question in survey.counted if isinstance(question, FreeText)]
    if not free:
        return found
    told = {
        question.key: _withheld(question)
        if survey.depends(question)  # who was asked it had given a certain answer
        else _comments(question, responses, redact)
        for question in free
    }
    order = {question.key: at for at, question in enumerate(survey.counted)}

    def complete(cell: Cell) -> Cell:
        if cell.group or cell.n is None:
            return cell
        every = sorted(
            [*cell.questions, *told.values()], key=lambda one: order.get(one.question, len(order))
        )
        return replace(cell, questions=tuple(every))

    return tuple(replace(table, cells=tuple(map(complete, table.cells))) for table in found)


def _comments(
    question: FreeText, responses: Sequence[OpenResponse], redact: Callable[[str], str]
) -> QuestionResult:
    """Comments are counted by their writers, and shuffled by themselves: the order of one
    question's must not tell whose the other's are."""
    written = [str(r.answers[question.key]) for r in responses if question.key in r.answers]
    if len(written) < COMMENTS_FROM:
        return _withheld(question)
    comments = [redact(comment) for comment in written]
    SystemRandom().shuffle(comments)
    return CommentsResult(
        question=question.key,
        prompt=question.prompt,
        n=len(comments),
        comments=tuple(comments[:COMMENTS_SHOWN]),
        asked_in=question.asked_in,
    )


def _withheld(question: FreeText) -> Withheld:
    return Withheld(
        question=question.key,
        prompt=question.prompt,
        least=COMMENTS_FROM,
        asked_in=question.asked_in,
    )
