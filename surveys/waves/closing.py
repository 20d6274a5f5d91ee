"""Closing a wave, step by step: answers stop; results are computed from them outside the store's
transactions; they are written and read back; and only then are the answers deleted.

A step that fails, or during which the service is killed, is taken again. Results that were not
written were shown to nobody, so noise may be drawn for them anew; once written, they stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from secrets import randbelow
from uuid import UUID

from core.deciding import Exempt
from core.people import Person
from surveys.commands import CloseWave, LiftHold, SetHold
from surveys.disclosure.noise import Below
from surveys.disclosure.themes import counted
from surveys.encoding import results_from_json, results_to_json
from surveys.messages import Rejected
from surveys.ports import KeptResponses, OpenResponse, SurveyStore
from surveys.questions import FreeText, Unfit
from surveys.results.model import CommentsResult, CommentThemes, Restored, WaveResults
from surveys.results.partials import is_partial
from surveys.results.release import final_results
from surveys.results.setting_beside import Known, continued
from surveys.results.tabulating import Atom
from surveys.results.viewing import in_the_ledger, note_message
from surveys.survey import Survey, Wave, WaveState
from surveys.waves.reaching import frame

HOLD_SET, HOLD_LIFTED = "hold-set", "hold-lifted"
"""Kinds of deliveries that tell of a records hold."""

LONGEST_WHY = 300
"""Characters of why a records hold is set."""


class ResultsDifferError(Exception):
    """What was written of a wave's results is not what was computed."""


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Everything that a closed wave's results are computed from. ``begun``: responses that are not
    complete."""

    wave: Wave
    complete: KeptResponses
    begun: KeptResponses
    asked: Mapping[Atom, int]
    panel: int
    known: Known


@dataclass(frozen=True, kw_only=True)
class Computed:
    """``body``: the results as they are written; ``told``: what of them the ledger says.
    ``comments``: (question key, redacted text), of questions whose comments are shown.
    ``written``: what each person wrote of these, to be read for themes; never stored."""

    wave: Wave
    body: str
    panel: int
    answered: int | None
    told: str
    comments: Sequence[tuple[str, str]]
    written: Sequence[Sequence[str]] = ()


def stop_answers(
    store: SurveyStore, command: CloseWave, now: datetime, actor: Person | None = None
) -> None:
    """From now on nobody can answer. ``actor`` closes it by hand (None: the command line), where it
    is not the clock that does."""
    wave = store.wave(command.wave_id)
    if wave is None or wave.state is WaveState.CLOSED or (command.due and now < wave.closes_at):
        return
    store.set_wave_state(wave.id, WaveState.CLOSED)
    if now < wave.closes_at:
        store.set_closing(wave.id, now, now)  # whoever reads later when it closed reads when it did
    if not command.due:
        store.audit(actor.id if actor else None, "survey closed", wave.id, now)


def gather(store: SurveyStore, wave_id: UUID) -> Gathered | None:
    """None where there is nothing to compute: the wave is open, has its results, or was restored
    and waits for the operator."""
    wave = store.wave(wave_id)
    if wave is None or wave.state is not WaveState.CLOSED or store.final_count(wave.id):
        return None
    if store.results_wait(wave.id):
        return None
    panel = store.panel_size(wave.id)
    return Gathered(
        wave=wave,
        complete=store.kept_responses(wave.id),
        begun=store.kept_responses(wave.id, complete=False),
        asked=frame(store, wave),
        panel=panel,
        known=Known(asked=store.panel_by_group(wave.id), earlier=continued(store, wave)),
    )


def _that_count(
    survey: Survey, complete: KeptResponses, begun: KeptResponses
) -> list[OpenResponse]:
    """Complete responses, and those of which enough was answered."""
    partial = (one for one in begun.read() if is_partial(survey, one.answers))
    return [*complete.read(), *partial]


def compute(
    gathered: Gathered,
    redact: Callable[[str], str],
    represent: Callable[[Sequence[str]], Sequence[str]],
    now: datetime,
) -> Computed:
    """The results and the comments, before these are read for themes (``with_themes``).
    It reads no store and may take seconds. ``represent`` picks a
    few comments that stand for many. ``ResultsDifferError`` where they could not be read again."""
    redacted = cache(redact)  # the released and the kept words are the same, and read once
    wave, known = gathered.wave, replace(gathered.known, represent=represent)
    responses = _that_count(wave.survey, gathered.complete, gathered.begun)
    results = final_results(wave, responses, gathered.asked, gathered.panel, redacted, now, known)
    shown = _with_comments(wave, results)
    written = to_read(wave, results, responses, redacted)
    if written:  # as they stay where nobody can read them
        results = replace(results, themes=CommentThemes(least=wave.rules.smallest_group))
    return Computed(
        wave=wave,
        body=_body(results),
        panel=gathered.panel,
        answered=results.answered,
        told=in_the_ledger(results),
        comments=[
            (question, redacted(str(response.answers[question])))
            for question in shown
            for response in responses
            if question in response.answers
        ],
        written=written,
    )


def with_themes(
    computed: Computed,
    read: Mapping[str, str],
    every: Sequence[str],
    below: Below = randbelow,
) -> Computed:
    """The same with what the comments are about. ``read``: each comment's theme, "" where it has
    none; ``every``: all themes that there are. Somebody who wrote several comments counts once: for
    the theme of the first that has one, in the order of the questions."""
    rules = computed.wave.rules
    writers = [
        next((read[one] for one in comments if read[one]), "") for comments in computed.written
    ]
    results = replace(
        results_from_json(computed.body),
        themes=counted(writers, every, rules.answer, rules.smallest_group, below),
    )
    return replace(computed, body=_body(results), told=in_the_ledger(results), written=())


def _body(results: WaveResults) -> str:
    body = results_to_json(results)
    if results_from_json(body) != results:
        raise ResultsDifferError(
            f"the results of {results.wave_id} would not be read as they were computed"
        )
    return body


def to_read(
    wave: Wave,
    results: WaveResults,
    responses: Sequence[OpenResponse],
    redacted: Callable[[str], str],
) -> Sequence[Sequence[str]]:
    """What each person wrote of the comments that are shown, where themes were promised. Not the
    words to "something else": they are a part of a choice, which has an ε of its own."""
    if not wave.rules.themes:
        return ()
    shown = _with_comments(wave, results)
    keys = [
        one.key
        for one in wave.survey.counted
        if isinstance(one, FreeText) and one.asked_in is None and one.key in shown
    ]
    each = (
        [redacted(str(response.answers[key])) for key in keys if key in response.answers]
        for response in responses
    )
    return [comments for comments in each if comments]


def _with_comments(wave: Wave, results: WaveResults) -> Sequence[str]:
    """The questions whose comments are shown. Those of the others are not kept."""
    shown = {
        one.question
        for table in results.tables
        for cell in table.cells
        for one in cell.questions
        if isinstance(one, CommentsResult)
    }
    return [q.key for q in wave.survey.counted if isinstance(q, FreeText) and q.key in shown]


def publish(store: SurveyStore, computed: Computed, now: datetime) -> bool:
    """Write the results, read them back, and tell of them. False: another process was first, and
    its results stay. ``ResultsDifferError`` undoes it all, and the answers are kept."""
    wave = computed.wave
    if store.results_wait(wave.id):  # a restore was noticed, or said, while they were computed
        return False
    if not store.put_final_count(wave.id, computed.panel, computed.answered):
        return False
    store.put_results_body(wave.id, computed.body)
    if store.results_body(wave.id) != computed.body:
        raise ResultsDifferError(f"the results of {wave.id} were not written as they were computed")
    store.keep_comments(wave.id, computed.comments)
    for one in store.tell_cto_results(wave.id, now):
        note_message(store, one, wave.id, computed.told, now)
    if store.tell_committees_results(wave.id, wave.survey.committees, now):
        note_message(store, None, wave.id, computed.told, now)
    return True


def end_without_results(store: SurveyStore, wave: Wave, now: datetime) -> bool:
    """Close a wave for good, and draw nothing: results were seen before the database was restored,
    and others beside them would tell more than either may. ``forget_answers`` then deletes the
    answers, unless a records hold is on them. False: it has its results."""
    panel = store.panel_size(wave.id)
    if not store.put_final_count(wave.id, panel, None):
        return False
    stop_answers(store, CloseWave(wave_id=wave.id), now)
    found = WaveResults(
        wave_id=wave.id,
        title=wave.survey.title,
        final=True,
        noisy=True,
        smallest_group=wave.rules.smallest_group,
        asked=panel if panel >= wave.rules.smallest_group else None,
        answered=None,
        tables=(),
        as_of=now,
        restored=Restored.NO_RESULTS,
    )
    store.put_results_body(wave.id, results_to_json(found))
    store.audit(None, "closed without results after a restore", wave.id, now)
    return True


def forget_answers(store: SurveyStore, wave_id: UUID) -> bool:
    """Delete a part of the answers of a closed wave, where its results can be read and no records
    hold is on it. True: there is no more to delete, or not yet."""
    wave = store.wave(wave_id)
    if wave is None or wave.state is not WaveState.CLOSED or wave.hold:
        return True
    return store.final_count(wave_id) is None or store.forget_answers(wave_id)


def left_comments(store: SurveyStore, wave_id: UUID) -> Sequence[tuple[str, str]]:
    """Comments to be kept before the answers go: of a survey that an earlier version closed under a
    records hold, where they are still among them alone."""
    wave = store.wave(wave_id)
    if wave is None or wave.hold or store.final_count(wave_id) is None:
        return ()
    results = store.results(wave_id)
    if results is None or results.noisy:
        return ()
    gathered = store.kept_responses(wave_id), store.kept_responses(wave_id, complete=False)
    responses = _that_count(wave.survey, *gathered)
    return [
        (question, str(response.answers[question]))
        for question in _with_comments(wave, results)
        if not store.kept_comments(wave_id, question, None, 1)
        for response in responses
        if question in response.answers
    ]


def set_hold(
    store: SurveyStore, actor: Person | None, command: SetHold, now: datetime
) -> Rejected | None:
    """Keep the answers of a wave that has not closed; whoever was asked is told, with the reason.
    Whoever is asked from now on reads it in the promise."""
    wave, why = store.wave(command.wave_id), command.why.strip()
    if wave is None:
        return Rejected(unfit={"wave": Unfit(why="This survey is not here anymore.")})
    if wave.state is WaveState.CLOSED or now >= wave.closes_at:
        said = "This survey has closed. A records hold can be set until a survey closes."
        return Rejected(unfit={"wave": Unfit(why=said)})
    if wave.hold:
        return Rejected(unfit={"wave": Unfit(why="This survey is under a records hold already.")})
    if not why:
        return Rejected(unfit={"reason": Unfit(why="Say why. Everyone who was asked reads it.")})
    if len(why) > LONGEST_WHY:
        shorten = "Shorten the reason to {most} characters."
        return Rejected(unfit={"reason": Unfit(why=shorten, values={"most": LONGEST_WHY})})
    store.set_hold(wave.id, hold=True, why=why)
    _note_hold(store, actor, wave, f"records hold set: {why}", HOLD_SET, now)
    return None


def lift_hold(store: SurveyStore, actor: Person | None, command: LiftHold, now: datetime) -> None:
    """End a records hold: the answers are deleted now, where the wave is closed, else when it
    closes. Until then everybody who was asked is told."""
    wave = store.wave(command.wave_id)
    if wave is None or not wave.hold:
        return
    store.set_hold(wave.id, hold=False)
    _note_hold(store, actor, wave, "records hold lifted", HOLD_LIFTED, now)


def _note_hold(
    store: SurveyStore, actor: Person | None, wave: Wave, what: str, kind: str, now: datetime
) -> None:
    """In the audit, whose line makes each telling its own; and to everybody who was asked, while
    the wave is open."""
    line = store.audit(actor.id if actor else None, what, wave.id, now)
    if wave.state is WaveState.OPEN:
        campaign = f"hold:{wave.id}:{line}"
        store.tell_asked(wave.id, campaign=campaign, kind=kind, now=now, decision=Exempt.OWED)
