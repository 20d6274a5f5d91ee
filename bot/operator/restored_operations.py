"""What waits because the database was restored, for the operator: listed, sent, dropped, or looked
for in Slack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.app.core import Core
from bot.operator.arguments import zone_of
from bot.operator.telling import Arguments, Told
from storage.transaction import Transaction
from storage.waiting import (
    Decision,
    Waiting,
    decide,
    is_being_written,
    last_restore,
    waiting_messages,
    waiting_waves,
)
from surveys.survey import WaveState

_NOTHING = "Nothing is on hold because of a restore."
_CHOICES = (
    "Send them:  soundingboard restored send CAMPAIGN",
    "Drop them:  soundingboard restored drop CAMPAIGN",
    "Ask Slack:  soundingboard restored ask CAMPAIGN   (sends only what did not arrive)",
)


async def restored_list(core: Core, given: Arguments) -> Told:
    """Nothing is given."""
    zone = await zone_of(core)
    return Told(lines=await core.store.read(lambda tx: tuple(_listed(tx, zone, core.now()))))


def _listed(tx: Transaction, zone: ZoneInfo, now: datetime) -> Iterator[str]:
    restored = last_restore(tx)
    messages, waves = waiting_messages(tx, now), waiting_waves(tx)
    waiting, _ = tx.waiting_since_restore()
    unwritten = waiting - sum(one.people + one.unwritten for one in messages)
    if restored is None or not (waiting or waves):
        yield _NOTHING
        return
    of = f", with what it held on {_when(restored.as_of, zone)}" if restored.as_of else ""
    yield f"The database was restored (noticed on {_when(restored.noticed_at, zone)}){of}."
    if messages:
        yield "These messages may have been sent since it was copied, so they wait:"
    for one in messages:
        yield _line(tx, one, zone)
    if unwritten:
        yield (
            f"{unwritten:,} more are still being written."
            if messages
            else (f"{unwritten:,} messages that wait are still being written.")
        )
    if waiting:
        yield from _CHOICES
    for wave_id in waves:
        wave = tx.wave(wave_id)
        if wave is None:
            continue
        closes = "closed" if wave.state is WaveState.CLOSED else "closes"
        title = wave.survey.title.default
        yield (
            f"{wave_id}  “{title}” ({closes} {_when(wave.closes_at, zone)}): its results wait, "
            "because some may have been seen before. See: soundingboard survey close --help"
        )


def _line(tx: Transaction, one: Waiting, zone: ZoneInfo) -> str:
    many = one.people + one.unwritten
    known = f", {one.askable:,} of them can be looked up" if one.askable else ""
    when = f"queued {_when(one.first, zone)}"
    if _when(one.last, zone) != _when(one.first, zone):
        when += f" to {_when(one.last, zone)}"
    return f"{one.campaign}  {_named(tx, one)}: {many:,} by {one.platform}, {when}{known}"


def _named(tx: Transaction, one: Waiting) -> str:
    """What a campaign is, as people know it."""
    wave = tx.wave(one.subject)
    if wave is not None:
        return f"{one.kind} of “{wave.survey.title.default}”"
    announcement = tx.announcement(one.subject)
    if announcement is not None:
        return f"{one.kind} of “{announcement.change.title.default}”"
    return one.kind


def _when(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


async def restored_decide(core: Core, given: Arguments) -> Told:
    """``decision``: send, drop or ask; ``which``: campaigns, none of them: all."""
    decision, which = Decision(given["decision"]), list(given["which"])
    while await core.store.read(is_being_written):  # the rest of a large broadcast, in parts
        await core.store.write_locking(lambda tx: tx.write_part(core.now()))
    here = await core.store.read(lambda tx: waiting_messages(tx, core.now()))
    if unknown := [one for one in which if one not in {each.campaign for each in here}]:
        said = f"Nothing of {', '.join(unknown)} is on hold because of a restore."
        return Told(lines=(said,), ok=False)

    def decided(tx: Transaction) -> int:
        now = core.now()
        done = sum(decide(tx, decision, now, one) for one in which or [None])
        said = f"restored messages: {decision} {done} of {' '.join(which) or 'all'}"
        tx.audit(None, said, None, now)
        return done

    done = await core.store.write(decided)
    core.ears.pump()
    left, _ = await core.store.read(lambda tx: tx.waiting_since_restore())
    told = {
        Decision.SEND: f"{done:,} messages go out now.",
        Decision.DROP: f"{done:,} messages are dropped: nobody gets them again.",
        Decision.ASK: (
            f"{done:,} messages are being looked up in Slack, about 36 a minute. Those found "
            "count as sent; those surely missing are sent."
        ),
    }
    waits = (f"{left:,} messages still wait: soundingboard restored list",) if left else ()
    return Told(lines=(told[decision], *waits))


async def restored_declare(core: Core, given: Arguments) -> Told:
    """The operator's word that this database was restored."""
    await core.count_on(said=True)
    return await restored_list(core, {})
