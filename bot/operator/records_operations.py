"""What is still kept of surveys' answers, for the operator: waves under a records hold, and the
sealed answers that versions before decision 54 left behind."""

from __future__ import annotations

from bot.app.core import Core
from bot.operator.arguments import id_of
from bot.operator.telling import Arguments, Told, by_operator
from storage.transaction import Transaction
from surveys.commands import SetHold
from surveys.survey import Wave


async def records_list(core: Core, given: Arguments) -> Told:
    """Nothing is given."""
    return Told(lines=tuple(await core.store.read(_listed)))


def _listed(tx: Transaction) -> list[str]:
    held = [one for one in tx.with_answers() if one.hold]
    lines = [f"{_named(wave)}: its answers are kept under a records hold." for wave in held]
    lines += [f"{_named(wave)}: {many:,} sealed answers." for wave, many in tx.sealed_records()]
    return lines or ["No answers are kept from closed surveys."]


def _named(wave: Wave) -> str:
    return f"{wave.id}  closed {wave.closes_at:%Y-%m-%d}  “{wave.survey.title.default}”"


async def records_hold(core: Core, given: Arguments) -> Told:
    """``wave``: a survey's id; ``reason``."""
    wave_id = id_of(given["wave"])
    told = await by_operator(core, SetHold(wave_id=wave_id, why=given["reason"]))
    if not told.ok:
        return told
    asked = await core.store.read(lambda tx: tx.panel_size(wave_id))
    said = "On hold: the answers are kept until it is lifted (soundingboard survey lift-hold)."
    return Told(lines=(said, f"{asked:,} people who were asked are notified."))


async def records_delete(core: Core, given: Arguments) -> Told:
    """``waves``: ids. Either all of them are deleted, or none."""
    ids = [id_of(one) for one in given["waves"]]

    def delete(tx: Transaction) -> Told:
        kept = {wave.id for wave, _ in tx.sealed_records()}
        if missing := [str(one) for one in ids if one not in kept]:
            return Told(lines=(f"No sealed answers are kept of: {', '.join(missing)}.",), ok=False)
        gone = 0
        for one in ids:
            gone += tx.delete_sealed_records(one)
            tx.audit(None, "sealed answers deleted", one, core.now())
        return Told(lines=(f"Deleted {gone:,} sealed answers of {len(ids)} surveys.",))

    return await core.store.write(delete)
