"""Surveys to start from: files that come with the product and are copied, then edited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.files.fields import LONGEST_KEY, SLUG
from bot.files.problems import one_of
from bot.files.survey_schema import FILE_NAME, survey_schema, written
from bot.files.survey_yaml import load_survey
from core.text import Text, text
from surveys.survey import Survey

FOLDER = Path(__file__).parent / "survey_templates"

ABOUT: Mapping[str, Text] = {
    "technology-satisfaction": text(
        "How well devices, Wi-Fi, systems and help work for staff, once or twice a year.",
        es="Qué tan bien funcionan los dispositivos, el Wi-Fi, los sistemas y la ayuda.",
    ),
    "weekly-pulse": text(
        "One minute a week: how technology worked, and what cost the most time.",
        es="Un minuto por semana: cómo funcionó la tecnología y qué quitó más tiempo.",
    ),
    "change-readiness": text(
        "Whether people are ready for a change, and what holds them back (ADKAR).",
        es="Si el personal está listo para un cambio y qué lo detiene (ADKAR).",
    ),
    "professional-learning": text(
        "After a workshop: whether it is of use, and what would help next.",
        es="Después de un taller: si sirve y qué ayudaría después.",
    ),
    "enps": text(
        "Whether staff would recommend the district as a place to work (eNPS).",
        es="Si el personal recomendaría el distrito como lugar de trabajo (eNPS).",
    ),
    "tool-review": text(
        "Whether to keep, replace or end a tool before its contract is renewed.",
        es="Si conservar, reemplazar o dejar una herramienta antes de renovar su contrato.",
    ),
}
"""What each template is for, in the order in which they are offered."""

_KEY_LINE = re.compile(r"^key: .*$", re.MULTILINE)


class TemplateError(ValueError):
    """Why no file was made from a template, in the reader's words."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """``survey`` may hold places to fill in (``core.text.places``)."""

    key: str
    about: Text
    survey: Survey


@cache
def templates() -> tuple[Template, ...]:
    """All templates, read."""
    return tuple(Template(key=key, about=ABOUT[key], survey=_read(key)) for key in ABOUT)


def template(key: str) -> Template:
    """``TemplateError`` where there is none of that name."""
    found = next((one for one in templates() if one.key == key), None)
    if found is None:
        raise TemplateError(f'There is no template "{key}". {one_of(key, ABOUT)}')
    return found


def start_survey(key: str, path: Path) -> Survey:
    """Copy a template to a new file, with the comments that say how to use it. A file's name that
    can be a survey's key becomes its key. ``TemplateError`` where there is no such template, or
    a file of that name already; ``OSError`` where it cannot be written. The schema for editors
    is put beside it."""
    chosen = template(key)
    words = (FOLDER / f"{key}.yaml").read_text(encoding="utf-8")
    stem = path.stem
    if SLUG.fullmatch(stem) and len(stem) <= LONGEST_KEY:
        words = _KEY_LINE.sub(f"key: {stem}", words, count=1)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(words)
    except FileExistsError:
        raise TemplateError(f"{path} already exists. Choose another name.") from None
    schema = path.with_name(FILE_NAME)
    if not schema.exists():
        schema.write_text(written(survey_schema()), encoding="utf-8")
    return chosen.survey


def _read(key: str) -> Survey:
    survey = load_survey(FOLDER / f"{key}.yaml")
    if isinstance(survey, list):
        raise TypeError(f"a template is broken: {survey[0]}")
    return survey
