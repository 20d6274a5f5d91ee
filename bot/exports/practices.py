"""An assessment as CSV, XLSX and JSON. Codes are English in every language. The workbook's sheet
"About" and the top of the JSON explain them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.exports.forms import Form, csv_of
from bot.exports.records import Value
from bot.exports.workbook import Sheets
from core.text import Text
from core.words import Words
from governance.controls.exported import AssessmentExport, FileForm
from governance.controls.figures import Figure, answer_of, figures, score
from governance.controls.model import Assessed, Dimension

FORMAT = "sounding-board/assessment/1"

COLUMNS = (
    "safeguard",
    "name",
    "control",
    "group",
    "function",
    "owner",
    "due",
    "state",
    "taken_over",
    "applicable",
    "why_not",
    *Dimension,
    "score",
    "evidence",
    "next_step",
    "answered_at",
    "answered_by",
    "confirmed_at",
    "confirmed_by",
)

COUNTS = ("in_scope", "not_applicable", "assessed", "confirmed")

CONTROL_COLUMNS = ("control", "name", "score", *Dimension, *COUNTS)


def written(export: AssessmentExport, words: Words) -> tuple[bytes, str]:
    """The file, and its media type."""
    write = {FileForm.CSV: _csv, FileForm.XLSX: _xlsx, FileForm.JSON: _json}[export.form]
    return write(export, words), Form(export.form).media_type


def file_name(export: AssessmentExport) -> str:
    return f"{export.framework.key}-assessment-{export.on.isoformat()}.{export.form}"


# -- rows --------------------------------------------------------------------------------------


def _safeguards(export: AssessmentExport, words: Words) -> list[dict[str, Value]]:
    by_number = {one.number: one for one in export.rows}
    framework = export.framework
    found = []
    for one in export.assessment.scope(framework):
        control = framework.control_of(one.number)
        about: dict[str, Value] = {
            "safeguard": f"{framework.short} {one.number}",
            "name": words.text(one.name),
            "control": f"{framework.short} {control.number}" if control else "",
            "group": one.group,
            "function": one.function,
        }
        row = by_number.get(one.number)
        found.append(about | (_answered(export, row) if row else {}))
    return found


def _answered(export: AssessmentExport, row: Assessed) -> dict[str, Value]:
    answer, counts = row.answer, score(answer_of(row))
    applies = {None: "", True: "yes", False: "no"}[answer.applicable]
    return {
        "owner": _name(export, row.owner),
        "due": row.due.isoformat(),
        "state": row.state,
        "taken_over": "yes" if row.taken_over else "",
        "applicable": applies,
        "why_not": answer.why_not,
        **{one: None if counts is None else answer.scores.get(one) for one in Dimension},
        "score": counts,
        "evidence": answer.evidence,
        "next_step": answer.next_step,
        "answered_at": _moment(row.answered_at),
        "answered_by": _name(export, row.answered_by),
        "confirmed_at": _moment(row.confirmed_at),
        "confirmed_by": _name(export, row.confirmed_by),
    }


def _controls(export: AssessmentExport, words: Words) -> list[dict[str, Value]]:
    return [
        {
            "control": f"{export.framework.short} {one.control.number}",
            "name": words.text(one.control.name),
            "score": one.figure.mean,
            **{str(key): mean for key, mean in one.dimensions.items()},
            **_counts(one.figure),
        }
        for one in figures(export.assessment, export.framework, export.rows).controls
    ]


def _counts(figure: Figure) -> dict[str, Value]:
    return {one: getattr(figure.counts, one) for one in COUNTS}


def _name(export: AssessmentExport, who: UUID | None) -> str:
    return export.people.get(who, "") if who else ""


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def codebook(words: Words) -> Mapping[str, str]:
    """What the columns mean."""
    say = words.say
    return {
        "safeguard": say("the framework’s short name and the safeguard’s number"),
        "group": say("the first implementation group that has the safeguard"),
        "function": say("the safeguard’s security function"),
        "state": say("open, done (answered), sent_back, or confirmed by the ISO"),
        "taken_over": say("yes: an earlier answer that the owner has not rechecked yet"),
        "applicable": say("yes or no; empty where there is no answer yet"),
        ", ".join(Dimension): say("the owner’s score, from 1 to 5; empty where the score is"),
        "score": say(
            "the mean of the four dimensions; empty where the safeguard is not assessed, was sent "
            "back or does not apply. A control’s score is the mean of its safeguards’ scores"
        ),
        "assessed": say("how many safeguards apply and have a score"),
        "evidence": say("the evidence that the owner gave"),
        "next_step": say("what would raise the score"),
        "answered_at": say("when the owner answered; an earlier answer keeps its time"),
    }


# -- files -------------------------------------------------------------------------------------


def _csv(export: AssessmentExport, words: Words) -> bytes:
    rows = ([row.get(one) for one in COLUMNS] for row in _safeguards(export, words))
    return csv_of([COLUMNS, *rows])


def _xlsx(export: AssessmentExport, words: Words) -> bytes:
    """Made in memory, so no temporary file holds a score."""
    file = io.BytesIO()
    book = Sheets(file, {"in_memory": True})
    tables = (
        (words.say("Safeguards"), COLUMNS, _safeguards(export, words)),
        (words.say("Controls"), CONTROL_COLUMNS, _controls(export, words)),
    )
    for name, columns, rows in tables:
        sheet = book.sheet(name, [max(12, len(one) + 2) for one in columns])
        at = book.headed(sheet, columns)
        for n, row in enumerate(rows, start=at):
            book.write(sheet, n, [row.get(one) for one in columns])
        sheet.freeze_panes(1, 1)
    about = book.sheet(words.say("About"), (24, 90))
    for n, line in enumerate(_about(export, words)):
        book.write(about, n, line)
    book.close()
    return file.getvalue()


def _about(export: AssessmentExport, words: Words) -> list[tuple[str, str]]:
    say, which, framework = words.say, export.assessment, export.framework
    return [
        (say("Assessment"), which.name),
        (say("Framework"), f"{words.text(framework.name)} {framework.version}"),
        (say("Implementation group"), which.group),
        (say("Controls"), ", ".join(which.controls) or say("all")),
        (say("State"), which.state),
        (say("Downloaded"), words.when(export.at)),
        (say("Published by"), framework.source),
        *codebook(words).items(),
    ]


def _json(export: AssessmentExport, words: Words) -> bytes:
    """Numbers are the framework's own. Times are in UTC."""
    which, framework = export.assessment, export.framework
    found = figures(which, framework, export.rows)
    by_number = {one.number: one for one in export.rows}
    body = {
        "format": FORMAT,
        "about": dict(codebook(words)),
        "exported_at": _moment(export.at),
        "framework": {
            "key": framework.key,
            "version": framework.version,
            "short": framework.short,
            "name": _text(framework.name),
            "source": framework.source,
        },
        "assessment": {
            "id": str(which.id),
            "name": which.name,
            "group": which.group,
            "controls": list(which.controls),
            "state": which.state,
            "due": which.due.isoformat(),
            "opened_at": _moment(which.opened_at) or None,
            "closed_at": _moment(which.closed_at) or None,
        },
        "score": found.overall.mean,
        **_counts(found.overall),
        "controls": [
            {
                "number": one.control.number,
                "name": _text(one.control.name),
                "score": one.figure.mean,
                "dimensions": dict(one.dimensions),
                **_counts(one.figure),
            }
            for one in found.controls
        ],
        "safeguards": [
            {
                "number": one.number,
                "name": _text(one.name),
                "group": one.group,
                "function": one.function,
                **_answer(export, by_number.get(one.number)),
            }
            for one in which.scope(framework)
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode(errors="replace")


def _answer(export: AssessmentExport, row: Assessed | None) -> dict[str, Any]:
    if row is None:
        return {"state": None, "applicable": None, "scores": {}, "score": None}
    told: dict[str, Any] = _answered(export, row)
    scores = {str(one): told.pop(one) for one in Dimension}
    return told | {
        "taken_over": row.taken_over,
        "applicable": row.answer.applicable,
        "scores": {one: n for one, n in scores.items() if n is not None},
        "answered_at": told["answered_at"] or None,
        "confirmed_at": told["confirmed_at"] or None,
    }


def _text(text: Text) -> dict[str, str]:
    """By language."""
    return {text.language: text.default, **text.translations}
