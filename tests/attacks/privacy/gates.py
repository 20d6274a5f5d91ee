"""Two gates: the product's, and one with nothing but a plain minimum of five.

The second is what a survey tool with a "minimum group size" has. It is attacked beside ours to
show that the attacks can succeed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from surveys.barriers import told_of, with_barriers
from surveys.ports import OpenResponse
from surveys.questions import FreeText
from surveys.release import final_results
from surveys.results import Cell, QuestionResult, Table, WaveResults, Withheld
from surveys.survey import Wave
from surveys.tabulating import Atom, atom_of, planned_cells, tabulate
from tests.surveys.store import NOON

Gate = Callable[[Wave, Sequence[OpenResponse]], WaveResults]

FIVE = 5


def ours(wave: Wave, responses: Sequence[OpenResponse]) -> WaveResults:
    asked = Counter(map(atom_of, responses))
    return final_results(wave, responses, asked, len(responses), str, NOON)


def plain_five(wave: Wave, responses: Sequence[OpenResponse]) -> WaveResults:
    """Everything planned, exactly, wherever five answered."""
    by_atom: dict[Atom, list[OpenResponse]] = {}
    for response in with_barriers(wave.survey, responses):
        by_atom.setdefault(atom_of(response), []).append(response)
    tables = tuple(
        Table(
            plan=plan,
            cells=tuple(
                _plain(wave, cell.group, [r for a in cell.atoms for r in by_atom.get(a, ())])
                for cell in planned_cells(plan, by_atom)
            ),
        )
        for plan in wave.survey.tables
    )
    return WaveResults(
        wave_id=wave.id,
        title=wave.survey.title,
        final=True,
        asked=len(responses),
        answered=len(responses),
        tables=tables,
        as_of=NOON,
    )


def _plain(
    wave: Wave, group: tuple[tuple[str, str], ...], responses: Sequence[OpenResponse]
) -> Cell:
    results: list[QuestionResult] = []
    for question in told_of(wave.survey):
        said = [r.answers[question.key] for r in responses if question.key in r.answers]
        if len(said) >= FIVE and not isinstance(question, FreeText):
            results.append(tabulate(question, said, len(said), wave.id))
        else:
            results.append(Withheld(question=question.key, prompt=question.prompt, least=FIVE))
    n = len(responses) if len(responses) >= FIVE else None
    return Cell(group=group, n=n, questions=tuple(results))


GATES: Mapping[str, Gate] = {"ours": ours, "plain five": plain_five}
