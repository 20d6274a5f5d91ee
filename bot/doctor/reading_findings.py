"""Whether messages are read by what they mean: what the doctor and ``route`` say of it."""

from __future__ import annotations

from bot.doctor.asking_around import Finding


def reading_finding() -> Finding:
    """Of this machine: the model is there, or what to fix."""
    missing = by_wording_alone()
    if missing is None:
        return True, "Messages are read by what they mean: the embedding model is there."
    return False, missing


def by_wording_alone() -> str | None:
    """What to tell where there is no embedding model; None where there is one."""
    from governance.reading.embedding import why_missing  # heavy: only whoever asks pays

    why = why_missing()
    if why is None:
        return None
    return (
        f"Reading falls back to wording alone: {why}. More messages go to triage, fewer urgent "
        "ones are found, and duplicates are not. Install what the lock file holds: "
        "pip install --require-hashes -r requirements/product.txt"
    )
