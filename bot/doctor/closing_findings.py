"""What the doctor says of surveys that have closed and whose answers are still there."""

from __future__ import annotations

from bot.doctor.asking_around import Finding
from core.words import Words
from storage.transaction import Transaction


def closing_findings(tx: Transaction, words: Words | None = None) -> list[Finding]:
    """Closings that were not finished, surveys under a records hold, and what earlier versions
    kept."""
    findings, words = [], words or Words()
    for wave in tx.with_answers():
        named = f"“{wave.survey.title.default}” ({wave.id})"
        if tx.results_wait(wave.id):
            continue  # ``restored_findings`` says so
        if tx.final_count(wave.id) is None:
            said = words.say(
                "{survey} has closed without results: they could not be computed or written. Its "
                "answers are kept. The running service tries again every few seconds; its log says "
                "what is wrong (closing.failed).",
                survey=named,
            )
            findings.append((False, said))
        elif wave.hold:
            said = words.say(
                "{survey} is under a records hold: its answers are kept.", survey=named
            )
            findings.append((True, said))
        else:
            said = words.say(
                "{survey} has its results, but its answers are not deleted yet. The running "
                "service tries again every few seconds; its log says what is wrong "
                "(closing.failed).",
                survey=named,
            )
            findings.append((False, said))
    sealed = tx.sealed_records()
    if sealed:
        rows = sum(many for _, many in sealed)
        said = words.say(
            "{surveys} surveys that an earlier version closed still have {rows} sealed answers. "
            "Nothing reads them. See them with: soundingboard records list; delete them with: "
            "soundingboard records delete",
            surveys=words.number(len(sealed)),
            rows=words.number(rows),
        )
        findings.append((False, said))
    return findings
