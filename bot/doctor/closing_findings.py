"""What the doctor says of surveys that have closed and whose answers are still there."""

from __future__ import annotations

from bot.doctor.asking_around import Finding
from storage.transaction import Transaction


def closing_findings(tx: Transaction) -> list[Finding]:
    """Closings that were not finished, surveys under a records hold, and what earlier versions
    kept."""
    findings = []
    for wave in tx.with_answers():
        named = f"“{wave.survey.title.default}” ({wave.id})"
        if tx.results_wait(wave.id):
            continue  # ``restored_findings`` says so
        if tx.final_count(wave.id) is None:
            said = (
                f"{named} has closed without results: they could not be computed or written. Its "
                "answers are kept. The running service tries again every few seconds; its log says "
                "what is wrong (closing.failed)."
            )
            findings.append((False, said))
        elif wave.hold:
            findings.append((True, f"{named} is under a records hold: its answers are kept."))
        else:
            said = (
                f"{named} has its results, but its answers are not deleted yet. The running "
                "service tries again every few seconds; its log says what is wrong "
                "(closing.failed)."
            )
            findings.append((False, said))
    sealed = tx.sealed_records()
    if sealed:
        rows = sum(many for _, many in sealed)
        said = (
            f"{len(sealed)} surveys that an earlier version closed still have {rows:,} sealed "
            "answers. Nothing reads them. See them with: soundingboard records list; delete them "
            "with: soundingboard records delete"
        )
        findings.append((False, said))
    return findings
