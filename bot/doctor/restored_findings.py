"""What the doctor says of a database that was restored, while something waits because of that."""

from __future__ import annotations

import httpx

from bot.doctor.asking_around import Finding
from core.words import Words
from storage.transaction import Transaction

_SECONDS = 5.0


def restored_findings(tx: Transaction, words: Words | None = None) -> list[Finding]:
    """Nothing where nothing waits."""
    return _findings(words or Words(), *tx.waiting_since_restore())


async def restored_here(url: str) -> list[Finding]:
    """The same, as the process tells that serves at ``url``. Nothing where it does not answer."""
    try:
        async with httpx.AsyncClient(timeout=_SECONDS, trust_env=False) as client:
            told = (await client.get(f"{url}/readyz")).json().get("restored") or {}
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return []
    return _findings(Words(), told.get("messages_waiting", 0), told.get("surveys_waiting", 0))


def _findings(words: Words, messages: int, surveys: int) -> list[Finding]:
    if not (messages or surveys):
        return []
    waits = [words.count("{n} message", "{n} messages", messages)] if messages else []
    if surveys:
        waits.append(
            words.count("the results of {n} survey", "the results of {n} surveys", surveys)
        )
    said = words.say(
        "This database was restored, so {what} wait until you decide: they may have been sent or "
        "seen before. What is new goes out. Run: soundingboard restored list",
        what=words.all_of(waits),
    )
    return [(False, said)]
