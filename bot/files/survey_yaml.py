"""A survey in YAML: one file with its questions by page and the tables it will release."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from bot.files.adkar_yaml import read_adkar
from bot.files.condition_yaml import condition_data, read_condition
from bot.files.fields import Entry, open_entry, unique
from bot.files.problems import Problem, in_order, one_of
from bot.files.question_data import question_data
from bot.files.question_yaml import read_question
from bot.files.resolving import resolve
from bot.files.writing import text_data, to_yaml
from bot.files.yaml_source import Source
from surveys.survey import Dimension, Page, PlannedTable, Survey

WHOLE_DISTRICT = "district"
"""How a table that is not split is written; the others name what they are split by."""


def load_survey(
    path: Path,
    *,
    locale: str = "en",
    goals: Collection[str] | None = None,
    file: str | None = None,
) -> Survey | list[Problem]:
    """One survey's file. ``locale`` is the language of texts that name none; ``goals`` are the
    keys of the plan's goals, where they are to be checked."""
    source = Source(file=file or path.name, locale=locale)
    entry = open_entry(path, source, "the survey")
    survey = read_survey(entry) if entry else None
    if goals is not None:
        resolve([source], {"goal": goals})
    return survey if survey and not source.problems else in_order(source.problems)


def question_lines(path: Path) -> dict[str, int]:
    """On which line of a survey's file each question's key stands."""
    entry = open_entry(path, Source(file=path.name), "the survey")
    pages = entry.entries("pages", "page") if entry else []
    asked = [one for page in pages for one in page.entries("questions", "question")]
    nodes = [(_key(one), one.fields["key"][1]) for one in asked if "key" in one.fields]
    return {key: node.start_mark.line + 1 for key, node in nodes}


def read_survey(entry: Entry) -> Survey:
    entry.only(
        "key",
        "title",
        "asked_by",
        "purpose",
        "minutes",
        "thanks",
        "tables",
        "committees",
        "adkar",
        "pages",
    )
    pages = entry.entries("pages", "page", required=True)
    asked: list[Entry] = []
    survey = Survey(
        key=entry.key(),
        title=entry.text("title", longest=120),
        asked_by=entry.text("asked_by", longest=80),
        purpose=entry.text("purpose", longest=600),
        pages=_pages(pages, asked),
        tables=_tables(entry),
        minutes=entry.whole("minutes", least=1, most=60, default=1) or 1,
        thanks=entry.maybe_text("thanks", longest=600),
        committees=_committees(entry),
    )
    unique(asked, [str(_key(question)) for question in asked], "question")
    return replace(survey, adkar=read_adkar(entry, survey.counted))


def _key(question: Entry) -> str:
    node = question.fields.get("key", (None, None))[1]
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""


def _pages(entries: list[Entry], asked: list[Entry]) -> tuple[Page, ...]:
    pages: list[Page] = []
    for entry in entries:
        before = [question for page in pages for question in page.questions]
        if not pages and "show_if" in entry.fields:
            entry.wrong("show_if", "Everyone sees the first page.", 'Remove "show_if".')
        condition = read_condition(entry, before) if pages else None
        pages.append(replace(_page(entry, asked), show_if=condition))
    return tuple(pages)


def _page(entry: Entry, asked: list[Entry]) -> Page:
    entry.only("title", "show_if", "questions")
    questions = entry.entries("questions", "question", required=True)
    asked += questions
    read = [read_question(question) for question in questions]
    return Page(
        questions=tuple(question for question in read if question),
        title=entry.maybe_text("title", longest=75),
    )


def _committees(entry: Entry) -> tuple[str, ...]:
    """Committees whose members see the planned tables as the CTO's office does."""
    named = entry.words("committees")
    for node, name in named:
        entry.source.mention("committee", name, node, f"committees of {entry.what}")
    return tuple(name for _, name in named)


def _tables(entry: Entry) -> tuple[PlannedTable, ...]:
    """``[district, role, [level, role]]``; left out, only everyone asked is shown."""
    if "tables" not in entry.fields:
        return (PlannedTable(),)
    tables: list[PlannedTable] = []
    for node in entry.items("tables", required=True):
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        names = [(part, part.value) for part in parts if isinstance(part, yaml.ScalarNode)]
        if not names or len(names) < len(parts):
            entry.source.problem(node, "A table names what it is split by.", 'Write "role".')
            continue
        by = () if names[0][1] == WHOLE_DISTRICT and len(names) == 1 else _split(entry, names)
        table = PlannedTable(by=by)
        if table in tables:
            entry.source.problem(node, "This table is planned twice.", "Remove one of them.")
        tables.append(table)
    return tuple(tables)


def _split(entry: Entry, names: list[tuple[yaml.ScalarNode, str]]) -> tuple[Dimension, ...]:
    by: list[Dimension] = []
    for node, name in names:
        if name not in set(Dimension):
            fix = one_of(name, [WHOLE_DISTRICT, *Dimension])
            entry.source.problem(node, f'A table cannot be split by "{name}".', fix)
        elif Dimension(name) in by:
            fix = "Name it once."
            entry.source.problem(node, f'This table is split by "{name}" twice.', fix)
        else:
            by.append(Dimension(name))
    return tuple(by)


def dump_survey(survey: Survey, locale: str = "en") -> str:
    """YAML that reads back as the same survey."""
    data: dict[str, Any] = {
        "key": survey.key,
        "title": text_data(survey.title, locale),
        "asked_by": text_data(survey.asked_by, locale),
        "purpose": text_data(survey.purpose, locale),
        "minutes": survey.minutes,
    }
    if survey.thanks is not None:
        data["thanks"] = text_data(survey.thanks, locale)
    data["tables"] = [_table_data(table) for table in survey.tables]
    if survey.committees:
        data["committees"] = list(survey.committees)
    if survey.adkar:
        data["adkar"] = list(survey.adkar)
    data["pages"] = [_page_data(page, locale) for page in survey.pages]
    return to_yaml(data)


def _table_data(table: PlannedTable) -> str | list[str]:
    if not table.by:
        return WHOLE_DISTRICT
    return table.by[0].value if len(table.by) == 1 else [by.value for by in table.by]


def _page_data(page: Page, locale: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if page.title is not None:
        data["title"] = text_data(page.title, locale)
    if page.show_if is not None:
        data["show_if"] = condition_data(page.show_if)
    data["questions"] = [question_data(question, locale) for question in page.questions]
    return data
