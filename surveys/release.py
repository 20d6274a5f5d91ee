"""The one gate: everything that is ever shown of responses passes here.

Suppression is solved once and jointly over all planned tables, when the wave closes; live figures
are of the whole district only. Small, blank and withheld look alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from random import SystemRandom

from surveys.barriers import BARRIER, rests_on, told_of, with_barriers
from surveys.coding import Counted, code
from surveys.live import LIVE_FROM, drawn, live_figures
from surveys.ports import OpenResponse, SurveyStore
from surveys.questions import Answer, CountedQuestion, Date, FreeText, Scale
from surveys.results import Cell, CommentsResult, QuestionResult, Table, WaveResults, Withheld
from surveys.setting_beside import NOTHING_MORE, Known, set_beside
from surveys.suppression import admitted
from surveys.survey import (
    COMMENTS_FROM,
    SCORES_FROM,
    Participation,
    PlannedTable,
    Survey,
    Wave,
    WaveState,
)
from surveys.tabulating import (
    Atom,
    PlannedCell,
    ScoreQuestion,
    atom_of,
    planned_cells,
    tabulate,
    told_by_enough,
)
from surveys.taking_part import answered_in, live_rates, make_up_tables
from surveys.trending import safe_after

BATCHES = 50
"""Live figures also wait for this fraction of the answers, so that a large wave is not counted
anew at every look."""

COMMENTS_SHOWN = 200
"""Comments that a page shows, drawn by chance, so that results stay small; an export has all."""

_DISTRICT = PlannedTable()


def final_results(
    wave: Wave,
    responses: Sequence[OpenResponse],
    asked: Mapping[Atom, int],
    panel: int,
    redact: Callable[[str], str],
    now: datetime,
    known: Known = NOTHING_MORE,
) -> WaveResults:
    """Everything that will be released of a wave. ``asked`` counts the people of its audience by
    finest group (for intervals, and for groups in which nobody answered); ``panel`` is how many of
    them were asked: fewer, where a part was drawn by lot. ``known`` is what else there is for what
    stands beside the tables."""
    responses = with_barriers(wave.survey, responses)
    atoms = {*asked, *map(atom_of, responses)}
    cells = _by_importance(wave.survey, atoms, responses)
    people = _people(responses, None)
    made_up = [c for table in make_up_tables(wave.survey) for c in planned_cells(table, atoms)]
    # How many answered in all is told in any case: it counts as a published cell. Who answered
    # beside who was asked comes last: no planned figure is withheld for its sake.
    family = [(-1, frozenset(people)), *((i, c.atoms) for i, c in enumerate([*cells, *made_up]))]
    enough = admitted(family, people, SCORES_FROM) & safe_after(known.earlier, family)
    shown = sorted(i for i in enough if 0 <= i < len(cells))
    results: dict[int, dict[str, QuestionResult]] = {i: {} for i in shown}
    for question in told_of(wave.survey):
        if not isinstance(question, FreeText):
            told = [(i, cells[i]) for i in shown if _asked_in(wave.survey, question, cells[i])]
            _release(question, wave, told, responses, asked, results, people)
        elif shown and not cells[shown[0]].group:  # comments are the whole district's only
            results[shown[0]][question.key] = _comments(question, responses, redact)
    filled = [_cell(wave.survey, cell, people, results.get(i)) for i, cell in enumerate(cells)]
    released = WaveResults(
        wave_id=wave.id,
        title=wave.survey.title,
        final=True,
        asked=panel if panel >= SCORES_FROM else None,
        answered=len(responses) if len(responses) >= SCORES_FROM else None,
        population=None if wave.selection is None else sum(asked.values()),
        tables=_tables(wave.survey, cells, filled),
        as_of=now,
    )
    counted = [cell for i, cell in enumerate(made_up, start=len(cells)) if i in enough]
    return set_beside(wave.survey, released, known, cells, made_up, answered_in(counted, people))


def live_due(before: WaveResults, answered: int) -> bool:
    """Whether enough new answers came in for a new batch."""
    seen = before.answered or 0
    return answered - seen >= max(SCORES_FROM, answered // BATCHES)


def live_results(
    wave: Wave,
    responses: Sequence[OpenResponse],
    panel: int,
    before: WaveResults | None,
    now: datetime,
) -> WaveResults:
    """The next live batch: the whole district's scores, if they are planned, without comments.

    Each question is told anew only when the half of its answers that is counted (``live``) is at
    least k more than it was. Which half that is, is drawn once for all questions.
    """
    old = before.tables[0].cells[0].questions if before and before.tables else ()
    told = {result.question: result for result in old}
    n = len(responses) // 2
    tables: tuple[Table, ...] = ()
    if _DISTRICT in wave.survey.tables:
        in_order = drawn(responses)
        questions = tuple(
            _live(question, wave, in_order, panel, told.get(question.key))
            for question in wave.survey.counted
        )
        cell = Cell(group=(), n=n if 2 * n >= LIVE_FROM else None, questions=questions)
        tables = (Table(plan=_DISTRICT, cells=(cell,)),)
    return WaveResults(
        wave_id=wave.id,
        title=wave.survey.title,
        final=False,
        asked=panel if panel >= SCORES_FROM else None,
        answered=len(responses) if len(responses) >= SCORES_FROM else None,
        tables=tables,
        as_of=now,
        rates=live_rates(panel, len(responses)),
    )


def released(store: SurveyStore, wave: Wave, now: datetime) -> WaveResults:
    """What may be shown of a wave now; while it is open, in batches."""
    results = store.results(wave.id) or live_results(wave, (), store.panel_size(wave.id), None, now)
    if wave.state is WaveState.OPEN and now < wave.closes_at:
        results = _refreshed(store, wave, results, now)
    return results


def _refreshed(store: SurveyStore, wave: Wave, before: WaveResults, now: datetime) -> WaveResults:
    """The live batch, taken anew where enough came in (counted first: reading all is dear)."""
    if not live_due(before, store.count_participation(wave.id, Participation.ANSWERED)):
        return before
    responses = store.open_responses(wave.id)
    results = live_results(wave, responses, store.panel_size(wave.id), before, now)
    store.put_results(wave.id, results)
    return results


def _by_importance(
    survey: Survey, atoms: set[Atom], responses: Sequence[OpenResponse]
) -> list[PlannedCell]:
    """Planned cells, the first to be shown first: coarser tables, and in a table the larger group,
    so that where one has to be withheld for another's sake it is a small one."""
    people = _people(responses, None)
    tables = sorted(dict.fromkeys(survey.tables), key=lambda table: len(table.by))
    cells = []
    for table in tables:
        planned = planned_cells(table, atoms)
        cells += sorted(planned, key=lambda cell: -sum(people.get(a, 0) for a in cell.atoms))
    return cells


def _people(responses: Sequence[OpenResponse], question: CountedQuestion | None) -> dict[Atom, int]:
    """How many answered (a question, or at all) in each finest group."""
    people: dict[Atom, int] = {}
    for response in responses:
        if question is None or question.key in response.answers:
            people[atom_of(response)] = people.get(atom_of(response), 0) + 1
    return people


def _release(
    question: ScoreQuestion,
    wave: Wave,
    cells: Sequence[tuple[int, PlannedCell]],
    responses: Sequence[OpenResponse],
    asked: Mapping[Atom, int],
    results: dict[int, dict[str, QuestionResult]],
    everybody: Mapping[Atom, int],
) -> None:
    """Add a question's results where its own answers, too, are enough; near-unanimity coded."""
    people = _people(responses, question)
    answers: dict[Atom, list[Answer]] = {}
    for response in responses:
        if question.key in response.answers:
            answers.setdefault(atom_of(response), []).append(response.answers[question.key])
    enough = {i for i, _ in cells}
    if people != everybody:  # else it was found when everybody was counted
        enough = admitted([(i, cell.atoms) for i, cell in cells], people, SCORES_FROM)
    counted = []
    for i, cell in cells:
        said = [answer for atom in cell.atoms for answer in answers.get(atom, ())]
        if i in enough and (cell.group or told_by_enough(question, said, SCORES_FROM)):
            size = sum(asked.get(atom, 0) for atom in cell.atoms)
            result = tabulate(question, said, size, wave.id)
            counted.append((i, Counted(cell=cell, answers=said, result=result)))
    # A barrier's first element is the sum of a scale's points.
    coded = code(question, [c for _, c in counted], answers, in_bands=question.key == BARRIER)
    for (i, _), shown in zip(counted, coded, strict=True):
        if shown is not None:
            results[i][question.key] = shown


def _comments(
    question: FreeText, responses: Sequence[OpenResponse], redact: Callable[[str], str]
) -> QuestionResult:
    """Comments are counted by who wrote one, and shuffled by themselves: the order of one
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


def _live(
    question: CountedQuestion,
    wave: Wave,
    responses: Sequence[OpenResponse],
    panel: int,
    before: QuestionResult | None,
) -> QuestionResult:
    # Days are coded, and only once, at the closing; what depends on an answer few are asked.
    if isinstance(question, FreeText | Date) or wave.survey.depends(question):
        return _withheld(question, live=True)
    told = 0 if before is None or isinstance(before, Withheld) else before.n
    answers = [r.answers[question.key] for r in responses if question.key in r.answers]
    if len(answers) // 2 - told < SCORES_FROM:
        return before or _withheld(question, live=True)
    figures = live_figures(question, answers, panel, wave.id)
    return figures or before or _withheld(question, live=True)


def _withheld(question: CountedQuestion, *, live: bool = False) -> Withheld:
    scores = LIVE_FROM if live else SCORES_FROM
    return Withheld(
        question=question.key,
        prompt=question.prompt,
        least=COMMENTS_FROM if isinstance(question, FreeText) else scores,
        asked_in=question.asked_in if isinstance(question, Scale | FreeText) else None,
        live=live,
    )


def _cell(
    survey: Survey,
    cell: PlannedCell,
    people: Mapping[Atom, int],
    shown: Mapping[str, QuestionResult] | None,
) -> Cell:
    """A cell as it is shown; ``shown`` None: withheld as a whole."""
    asked = [q for q in told_of(survey) if _asked_in(survey, q, cell)]
    return Cell(
        group=cell.group,
        n=None if shown is None else sum(people.get(atom, 0) for atom in cell.atoms),
        questions=tuple((shown or {}).get(q.key) or _withheld(q) for q in asked),
    )


def _asked_in(survey: Survey, question: CountedQuestion, cell: PlannedCell) -> bool:
    """Comments and days are the whole district's only. So is what a page asks that depends on an
    answer: how many of a group were shown it would give away what a code hides (">60%" of 20, and
    19 of them were asked further)."""
    alone = isinstance(question, FreeText | Date) or any(
        map(survey.depends, rests_on(survey, question))
    )
    return not cell.group or not alone


def _tables(
    survey: Survey, cells: Sequence[PlannedCell], filled: Sequence[Cell]
) -> tuple[Table, ...]:
    """Tables in the plan's order, their cells in the district's: not by how many answered."""
    tables = []
    for plan in dict.fromkeys(survey.tables):
        of_plan = {c.group: f for c, f in zip(cells, filled, strict=True) if c.table == plan}
        order = planned_cells(plan, {a for c in cells if c.table == plan for a in c.atoms})
        tables.append(Table(plan=plan, cells=tuple(of_plan[cell.group] for cell in order)))
    return tuple(tables)
