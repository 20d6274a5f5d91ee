"""A draft's body: a survey as its YAML says it, in JSON, whole or not; and what changes it.

Reading it as a survey goes through the reader of the district's files, so what can be launched
from a form and from a file is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import yaml

from bot.files.fields import Entry
from bot.files.problems import Problem
from bot.files.survey_yaml import dump_survey, read_survey
from bot.files.writing import to_yaml
from bot.files.yaml_source import Source
from bot.web.authoring.inputs import Data, new_key, words_of
from surveys.survey import Survey

REASONS = "reasons"
"""Where a body keeps why its author goes on in spite of a warning."""

STEPS = ("up", "down", "copy", "delete")


def parse(body: str) -> Data:
    read: Data = json.loads(body)
    return read


def dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def blank(asked_by: object) -> Data:
    data: Data = {"minutes": 1, "tables": ["district"], "pages": [{"questions": []}]}
    return {**data, "asked_by": asked_by} if asked_by else data


def of_survey(survey: Survey, locale: str) -> Data:
    """The body of a survey that is there already."""
    data: Data = _plain(yaml.safe_load(dump_survey(survey, locale)))
    return data


def _plain(value: Any) -> Any:
    """As JSON keeps it: names of fields are strings, and days are written out."""
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def survey_of(data: Data, locale: str) -> Survey | list[Problem]:
    """The survey, or what keeps it from being one."""
    wanted = {"key": "survey", **_filled({k: v for k, v in data.items() if k != REASONS})}
    source = Source(file="", locale=locale)
    survey = read_survey(entry_of(wanted, source, "the survey"))
    return list(source.problems) or survey


def entry_of(data: Data, source: Source, what: str) -> Entry:
    """Data as the files' reader takes them."""
    node = yaml.compose(to_yaml(data), Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        raise TypeError(f"{what} is no mapping")
    return Entry.of(source, node, what)


def _filled(value: Any) -> Any:
    """Without what is empty, which a file leaves out."""
    if isinstance(value, dict):
        return {name: _filled(part) for name, part in value.items() if part not in (None, "", {})}
    return [_filled(part) for part in value] if isinstance(value, list) else value


def title_of(data: Data, locale: str, reader: str) -> str:
    """The title in a reader's language, as far as there is one; or nothing."""
    words = words_of(data.get("title"), locale)
    return words.get(reader.partition("-")[0]) or words.get(locale) or ""


# -- pages and questions --------------------------------------------------------------------------


def pages_of(data: Data) -> list[Data]:
    pages: list[Data] = data.setdefault("pages", [])
    return pages


def questions(data: Data) -> Iterator[tuple[int, int, Data]]:
    """(page, place on it, question), both from 0."""
    for page, held in enumerate(pages_of(data)):
        for place, question in enumerate(held.get("questions") or []):
            yield page, place, question


def find(data: Data, key: str) -> tuple[int, int, Data] | None:
    return next((found for found in questions(data) if found[2].get("key") == key), None)


def keys_of(data: Data) -> set[str]:
    return {str(question.get("key")) for _, _, question in questions(data)}


def put_question(data: Data, page: int, question: Data, key: str | None, first: str) -> str:
    """Put a question where the one of ``key`` is, or last on a page. Its key, made where it has
    none or another has it; conditions on it, and ADKAR's elements, follow along."""
    others = keys_of(data) - {key}
    words = words_of(question.get("prompt"), first).get(first, "")
    wanted = str(question.get("key") or "") or new_key(words, others, otherwise="question")
    wanted = new_key(wanted, others, otherwise="question") if wanted in others else wanted
    question = {**question, "key": wanted}
    found = find(data, key) if key else None
    if found is None:
        pages = pages_of(data) or [{"questions": []}]
        data["pages"] = pages
        held = pages[min(page, len(pages) - 1)]
        held["questions"] = [*(held.get("questions") or []), question]
        return wanted
    at, place, before = found
    data["pages"][at]["questions"][place] = question
    _follow(data, before, question)
    return wanted


def _follow(data: Data, before: Data, after: Data) -> None:
    """What names a question, its statements or its answers names them as they are now."""
    was, is_now = str(before.get("key")), str(after.get("key"))
    statements = _moved(before.get("statements"), after.get("statements"))
    named = {was: is_now}
    named |= {f"{was}.{old}": f"{is_now}.{new}" for old, new in statements.items()}
    answers = _moved(before.get("choices"), after.get("choices"))
    for other in pages_of(data):
        condition = other.get("show_if")
        if not isinstance(condition, dict):
            continue
        if condition.get("question") == was:
            for test in ("any_of", "none_of"):
                if test in condition:
                    condition[test] = [answers.get(one, one) for one in condition[test]]
        condition["question"] = named.get(str(condition.get("question")), condition.get("question"))
    if "adkar" in data:
        data["adkar"] = [named.get(key, key) for key in data["adkar"]]


def _moved(before: Any, after: Any) -> dict[str, str]:
    """The keys of lines, and those that the lines with the same words have now."""
    now = {dump(one.get("label")): one["key"] for one in after or ()}
    return {one["key"]: now.get(dump(one.get("label")), one["key"]) for one in before or ()}


def move_question(data: Data, key: str, step: str) -> bool:
    """Up, down (over to the page beside it at its end), copied or deleted. False: there is no
    such question, or nothing to do."""
    found = find(data, key)
    if found is None or step not in STEPS:
        return False
    page, place, question = found
    held = data["pages"][page]["questions"]
    match step:
        case "copy":
            copy = {**question, "key": new_key(key, keys_of(data), otherwise="question")}
            held.insert(place + 1, copy)
        case "delete":
            held.pop(place)
        case "up" | "down":
            return _shift(data, page, place, -1 if step == "up" else 1)
    return True


def _shift(data: Data, page: int, place: int, by: int) -> bool:
    pages = data["pages"]
    held = pages[page]["questions"]
    if 0 <= place + by < len(held):
        held[place], held[place + by] = held[place + by], held[place]
        return True
    if not 0 <= page + by < len(pages):
        return False
    beside = pages[page + by].setdefault("questions", [])
    beside.insert(len(beside) if by < 0 else 0, held.pop(place))
    return True


def move_page(data: Data, page: int, step: str) -> bool:
    pages = pages_of(data)
    if step == "add":
        pages.append({"questions": []})
        return True
    if not 0 <= page < len(pages):
        return False
    if step == "delete":
        pages.pop(page)
        return True
    other = page + (-1 if step == "up" else 1)
    if not 0 <= other < len(pages):
        return False
    pages[page], pages[other] = pages[other], pages[page]
    return True


def earlier(data: Data, page: int) -> Sequence[Data]:
    """The questions of the pages before one: those that it can depend on."""
    return [question for at, _, question in questions(data) if at < page]
