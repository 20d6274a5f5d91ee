"""Exports of an assessment. The audit records each one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.cards import Card, Page, Secrecy
from core.words import Words
from governance.access import Actor, refusal
from governance.card_parts import Drawings
from governance.controls import addresses
from governance.controls.access import offices, sees_all
from governance.controls.audit import note_read
from governance.controls.dashboard import found
from governance.controls.exported import AssessmentExport, ExportAssessment, FileForm
from governance.controls.facets import Place, PracticeFacet, PracticeLine
from governance.controls.finding import people_in
from governance.controls.model import Assessment
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import GONE
from governance.school_days import today


def export(
    store: GovernanceStore, actor: Actor, command: ExportAssessment, now: datetime
) -> AssessmentExport | Refused:
    there = found(store, actor, command.assessment_id)
    if there is None:
        return refusal(GONE)
    assessment, framework = there
    rows = tuple(store.assessed(assessment.id))
    note_read(store, actor, assessment.id, f"export {command.form}", now)
    return AssessmentExport(
        assessment=assessment,
        framework=framework,
        rows=rows,
        form=command.form,
        at=now,
        on=today(store, now),
        people=names(
            store, (who for o in rows for who in (o.owner, o.answered_by, o.confirmed_by))
        ),
    )


def names(store: GovernanceStore, people: Iterable[UUID | None]) -> dict[UUID, str]:
    return {who: one.name for who, one in people_in(store, people).items()}


def exported(words: Words, message: AssessmentExport) -> Card:
    """What a chat says. Files can only be downloaded on the web."""
    which = message.assessment
    return Card(
        title=words.say("Download {name}", name=which.name),
        secrecy=Secrecy.SIGNED_IN,
        outside=words.say("Download an assessment"),
        page=Page(label=words.say("Open it on the web"), path=addresses.assessment(which.id)),
    )


def files(words: Words, assessment: Assessment) -> tuple[Page, ...]:
    """The files of an assessment, each as a link with its form."""
    labels = {
        FileForm.XLSX: words.say("Excel (XLSX)"),
        FileForm.CSV: words.say("CSV"),
        FileForm.JSON: words.say("JSON"),
    }
    return tuple(
        Page(label=label, path=addresses.exported(assessment.id, form))
        for form, label in labels.items()
    )


def files_say(words: Words) -> str:
    return words.say(
        "These files contain every score and answer. Store them where only the ISO and "
        "the CTO can open them. Each download is recorded."
    )


# -- on the assessment's page ------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Downloads:
    assessment: Assessment


def _found(_: GovernanceStore, actor: Actor, place: Place, __: datetime) -> Downloads | None:
    if place.safeguard is not None or not sees_all(actor):
        return None
    return Downloads(assessment=place.assessment)


def _drawn(words: Words, facet: Downloads) -> PracticeLine:
    return PracticeLine(
        name=words.say("Export"),
        menu=True,
        said=(files_say(words),),
        entries=tuple((one, "") for one in files(words, facet.assessment)),
    )


PRACTICE_FACETS = (PracticeFacet(of=Downloads, order=80, find=_found, draw=_drawn),)

CARDS: Drawings = {AssessmentExport: exported}

OPERATIONS: Operations = (Operation(command=ExportAssessment, shows=True, run=export, may=offices),)
