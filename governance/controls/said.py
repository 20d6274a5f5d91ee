"""What staff said that the ISO's office took as evidence for a safeguard. The safeguard's owner
reads the redacted words, without author or date.

A row has no version of the framework. Its number is that of the version assessed when it was
written: messages are offered for that version only (``version_assessed``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from governance.access import Actor, is_kept_from
from governance.committees.model import RESTRICTED
from governance.controls.model import Assessment, Framework, SaidEvidence
from governance.controls.renumbering import are_same, versions_of
from governance.ports import GovernanceStore

MOST = 5
"""The newest, on a page and a form."""


def version_assessed(assessments: Iterable[Assessment], key: str, at: datetime) -> str:
    """The version of a framework in the assessment that was opened last by then; "": none was."""
    opened = [
        (one.opened_at, one.made_at, one.version)
        for one in assessments
        if one.framework == key and one.opened_at is not None and one.opened_at <= at
    ]
    return max(opened)[2] if opened else ""


def evidence_for(store: GovernanceStore, framework: Framework, number: str) -> list[SaidEvidence]:
    """What was taken or turned down for a safeguard, under whichever number it had at the time. The
    newest first."""
    rows = store.said_evidence(framework.key)
    if not rows:
        return []
    versions, assessments = versions_of(store, framework.key), store.assessments()

    def is_for_it(row: SaidEvidence) -> bool:
        then = version_assessed(assessments, framework.key, row.at)
        return are_same(versions, (framework.version, number), (then, row.number))

    return [row for row in rows if is_for_it(row)]


def used_words(
    store: GovernanceStore, actor: Actor, framework: Framework, number: str
) -> tuple[str, ...]:
    """Without what became restricted or was deleted since, and what names the reader."""
    used = (one.item_id for one in evidence_for(store, framework, number) if one.used)
    items = (store.item(one) for one in used if not is_kept_from(actor, one, store))
    found = [
        one.reading.redacted
        for one in items
        if one is not None and one.reading and one.reading.redacted and one.queue != RESTRICTED
    ]
    return tuple(found[:MOST])
