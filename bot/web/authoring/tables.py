"""The tables that a survey releases, as an author chooses them: fixed at launch, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.files.survey_yaml import WHOLE_DISTRICT
from bot.web.authoring.inputs import Data
from bot.web.forms import Form
from core.words import Words
from governance import wording
from governance.authoring.caution_wording import small_line
from surveys.authoring.cautions import small_in
from surveys.disclosure.expected import too_fine
from surveys.results.tabulating import Atom
from surveys.survey import Dimension, PlannedTable, Rules, Survey
from surveys.waves.launching import refusal

OFFERED: tuple[tuple[str, ...], ...] = (
    (Dimension.LEVEL,),
    (Dimension.ROLE,),
    (Dimension.BUILDING,),
    (Dimension.LEVEL, Dimension.ROLE),
    (Dimension.BUILDING, Dimension.ROLE),
)
"""Beside the whole district, which every survey shows."""


def data_of(survey: Survey) -> Data:
    """The tables of a survey as a draft holds them."""
    return {"tables": [list(table.by) or WHOLE_DISTRICT for table in survey.tables]}


def planned(data: Data) -> list[tuple[str, ...]]:
    """What each table of a draft is split by, without the whole district's."""
    found = []
    for table in data.get("tables") or []:
        by = tuple(map(str, table)) if isinstance(table, list) else (str(table),)
        if by != (WHOLE_DISTRICT,):
            found.append(by)
    return found


def choices(data: Data, words: Words) -> list[tuple[str, str]]:
    """(value, words) of every table that can be chosen; those that only a file plans, too."""
    there = {frozenset(by) for by in OFFERED}
    others = [by for by in planned(data) if frozenset(by) not in there]
    return [("+".join(by), told(by, words)) for by in (*OFFERED, *others)]


def notes(
    data: Data, sizes: Mapping[Atom, int], words: Words, rules: Rules, part: float = 1
) -> dict[str, str]:
    """Of each table that can be chosen, if ``part`` (0..1) of those are asked whom ``sizes``
    counts: how many of its groups are too small to be ever shown, and whether it is too fine even
    by itself."""
    found = {}
    for value, _ in choices(data, words) if sizes else ():
        table = PlannedTable(by=tuple(map(Dimension, value.split("+"))))
        small = small_in((table,), sizes, rules.smallest_group, part)
        fine = too_fine((PlannedTable(), table), sizes, part, rules)
        notes = [small_line(words, one) for one in small]
        notes += [wording.unfit(words, refusal(one)) for one in fine]
        if notes:
            found[value] = " ".join(notes)
    return found


def chosen(data: Data) -> list[str]:
    offered = {frozenset(by): "+".join(by) for by in OFFERED}
    return [offered.get(frozenset(by), "+".join(by)) for by in planned(data)]


def read_tables(form: Form, data: Data) -> list[Any]:
    """The tables ticked in a form, each as it was written where it was there before."""
    written = {frozenset(by): by for by in planned(data)}
    tables: list[Any] = [WHOLE_DISTRICT]
    known = set(Dimension)
    for value in form.all("tables"):
        by = tuple(value.split("+"))
        if not set(by) <= known or len(set(by)) < len(by):
            continue
        by = written.get(frozenset(by), by)
        table: Any = by[0] if len(by) == 1 else list(by)
        if table not in tables:
            tables.append(table)
    return tables


def told(by: Sequence[str], words: Words) -> str:
    """What a table puts side by side."""
    say = words.say
    names = {
        (Dimension.LEVEL,): say("By level: elementary, middle and high schools, district offices"),
        (Dimension.ROLE,): say("By role: teachers, office professionals, support staff, and so on"),
        (Dimension.BUILDING,): say("By building: each school and office"),
        (Dimension.LEVEL, Dimension.ROLE): say("By level and role together"),
        (Dimension.BUILDING, Dimension.ROLE): say("By building and role together"),
    }
    for known, name in names.items():
        if set(known) == set(by):
            return name
    parts = {
        Dimension.LEVEL: say("level"),
        Dimension.ROLE: say("role"),
        Dimension.BUILDING: say("building"),
    }
    listed = [parts[Dimension(one)] for one in by if one in set(Dimension)]
    return say("By {parts} together", parts=", ".join(listed))
