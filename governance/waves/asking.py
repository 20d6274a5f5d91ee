"""A survey's asking under way: how it goes, and asking those again whom it did not reach.

Only invitations are counted. Nothing here may depend on who answered: see decision 14.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from governance.access import OPERATOR_TOO, Actor, office, refusal
from governance.announcements.campaign_commands import AskAgain, CheckAskAgain, ShowAsking
from governance.announcements.model import Step, Tally
from governance.messages import AskAgainCheck, Refused, WaveProgress
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from surveys.survey import Wave, WaveState

NOT_HERE = "This survey is not here anymore."
CLOSED = "This survey has closed, so nothing more goes out."
_NOT_YET = "This survey has not opened yet; nobody was asked."
COUNTED_FROM = 5
"""Of a smaller panel a count tells what became of a person (who blocked the bot, say)."""

_FEW = "It asks fewer than {least} people. Nobody is shown whether their invitations arrived."


def show(store: GovernanceStore, command: ShowAsking, now: datetime) -> WaveProgress | Refused:
    return progress_of(store, command.wave_id, now)


def progress_of(store: GovernanceStore, wave_id: UUID, now: datetime) -> WaveProgress | Refused:
    wave = store.wave(wave_id)
    if wave is None:
        return refusal(NOT_HERE)
    due = [at for at in wave.reminders if at < wave.closes_at]
    return WaveProgress(
        wave=wave,
        tally=store.asking_tally(wave.id, now) if _may_be_counted(store, wave) else None,
        stopped_at=store.halted_at(wave.id),
        reminded=tuple(at for at in due if at <= now),
        reminders=tuple(at for at in due if at > now) if wave.state is not WaveState.CLOSED else (),
        seconds=store.asking_seconds(wave.id),
    )


def _may_be_counted(store: GovernanceStore, wave: Wave) -> bool:
    return store.panel_size(wave.id) >= COUNTED_FROM


def check_again(store: GovernanceStore, command: CheckAskAgain) -> AskAgainCheck | Refused:
    """How many of each, before anybody is asked again."""
    wave = store.wave(command.wave_id)
    refused = _not_to_be_asked(store, wave)
    if wave is None or refused is not None:
        return refused or refusal(NOT_HERE)
    return AskAgainCheck(wave_id=wave.id, title=wave.survey.title, missed=store.not_asked(wave.id))


def ask_again(
    store: GovernanceStore, actor: Actor, command: AskAgain, now: datetime
) -> WaveProgress | Refused:
    """To those whom the invitation did not reach, while it can be answered. An asking that was
    stopped goes on with it."""
    refused = _not_to_be_asked(store, store.wave(command.wave_id))
    if refused is not None:
        return refused
    again = store.ask_again(command.wave_id, now, unknown=command.unknown)
    if again:
        store.audit(actor.person_id, f"survey asked again of {again}", command.wave_id, now)
    return progress_of(store, command.wave_id, now)


def _not_to_be_asked(store: GovernanceStore, wave: Wave | None) -> Refused | None:
    if wave is None:
        return refusal(NOT_HERE)
    if wave.state is WaveState.CLOSED:
        return refusal(CLOSED)
    if wave.state is WaveState.PLANNED:
        return refusal(_NOT_YET)
    if not _may_be_counted(store, wave):
        return refusal(_FEW, least=str(COUNTED_FROM))
    return None


def steps_of_asking(message: WaveProgress) -> tuple[Step, ...]:
    """What makes sense now, the most pressing first. Stopping is offered until all invitations are
    sent. Where there are reminders it is offered as long as the survey is open, whether or not one
    waits: else its button would tell when a reminder is through."""
    if message.wave.state is not WaveState.OPEN:
        return ()
    tally = message.tally
    again = (Step.RESEND,) if tally is not None and _missed(tally) else ()
    if message.stopped_at is not None:
        return (Step.RESUME, *again)
    ended = all_sent(message) and not (message.reminders or message.reminded)
    return again if ended else (Step.STOP, *again)


def all_sent(message: WaveProgress) -> bool:
    """Whether no invitation waits any more, as far as that is told."""
    tally = message.tally
    return tally is not None and not (tally.to_go or tally.waiting)


def _missed(tally: Tally) -> bool:
    return bool(tally.missed) and not tally.to_go


OPERATIONS: Operations = (
    Operation(
        command=ShowAsking,
        run=lambda store, _, command, now: show(store, command, now),
        may=office,
        by=OPERATOR_TOO,
        button="asking",
        reads=True,
    ),
    Operation(
        command=CheckAskAgain,
        run=lambda store, _, command, __: check_again(store, command),
        may=office,
        button="ask-again-form",
        reads=True,
    ),
    Operation(
        command=AskAgain, run=ask_again, may=office, button="ask-again", carries=("unknown",)
    ),
)
