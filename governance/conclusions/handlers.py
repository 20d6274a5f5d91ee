"""After a survey: write what was heard and what follows, look at it, publish it, correct it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from core.deciding import UNDECIDED
from core.text import Text
from governance import links
from governance.access import Actor, anybody, office, refusal
from governance.announcements.approvals import second_person
from governance.conclusions.commands import (
    PublishConclusions,
    ReadConclusions,
    ShowConclusionsForm,
    WriteConclusions,
)
from governance.conclusions.figures import in_the_ledger, tellable, with_figures
from governance.conclusions.model import MOST_STEPS, Conclusions, ConclusionsForm, Step
from governance.deliveries import Deliveries, Delivery
from governance.messages import Done, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.second_person.model import Act, Shown
from surveys.questions import Unfit
from surveys.survey import Wave, WaveState

KIND = "conclusions"
"""Of a delivery that tells them."""

LONGEST = 2000
LONGEST_STEP = 300

_GONE = "This survey is not here anymore."
_OPEN = "This survey is still open. Say what you heard when it has closed."


def read(store: GovernanceStore, command: ReadConclusions) -> Conclusions | Done:
    """What was published last; nothing where nothing was."""
    return published(store, command.wave_id) or Done()


def published(store: GovernanceStore, wave_id: UUID) -> Conclusions | None:
    """What was published last, with the figures that it names."""
    said = store.conclusions(wave_id)
    return None if said is None else with_figures(said, store.results(wave_id))


def show_form(
    store: GovernanceStore, actor: Actor, command: ShowConclusionsForm
) -> ConclusionsForm | Refused:
    wave = _closed(store, command.wave_id)
    return wave if isinstance(wave, Refused) else _form(store, actor, wave)


def write(
    store: GovernanceStore, actor: Actor, command: WriteConclusions, now: datetime
) -> ConclusionsForm | Refused:
    """Keep a draft where it fits; else say what does not, and lose nothing that was typed. Its
    figures are shown to whoever writes it, and noted."""
    wave = _closed(store, command.wave_id)
    if isinstance(wave, Refused):
        return wave
    unfit = _unfit(command.words)
    results = store.results(wave.id)
    if not frozenset(command.figures) <= {key for key, _ in tellable(results)}:
        unfit["figures"] = Unfit(why="That is not one of the choices. Please choose again.")
    if unfit:
        form = _form(store, actor, wave)
        return replace(form, words=command.words, figures=command.figures, unfit=unfit)
    language = actor.person.locale if actor.person else "en"
    last = store.conclusions(wave.id)
    draft = _written(wave, command.words, language)
    version = last.version + 1 if last else 1
    store.put_conclusions(replace(draft, version=version, figures=command.figures))
    if command.figures and results is not None:
        told = in_the_ledger(results, command.figures)
        store.note_release(wave.id, actor.person_id, told, now, once=True)
    return _form(store, actor, wave)


def publish(
    store: GovernanceStore, actor: Actor, command: PublishConclusions, now: datetime
) -> ConclusionsForm | Refused:
    """The draft, as it was looked at (``version``), is what people see from now on. The first time
    everybody who was asked is told, once; of a correction only where that is wished."""
    wave = _closed(store, command.wave_id)
    if isinstance(wave, Refused):
        return wave
    draft = store.conclusions_draft(wave.id)
    if draft is not None and draft.version == command.version:
        store.put_conclusions(replace(draft, published_at=now))
        store.audit(actor.person_id, f"conclusions {draft.version} published", wave.id, now)
        results = store.results(wave.id)
        if draft.figures and results is not None:
            told = f"{in_the_ledger(results, draft.figures)}; to all of the staff"
            store.note_release(wave.id, None, told, now, once=True)
        if draft.version == 1 or command.tell:
            campaign = f"{KIND}:{wave.id}:{draft.version}"
            store.tell_asked(wave.id, campaign=campaign, kind=KIND, now=now, decision=UNDECIDED)
    return _form(store, actor, wave)


def _closed(store: GovernanceStore, wave_id: UUID) -> Wave | Refused:
    wave = store.wave(wave_id)
    if wave is None:
        return refusal(_GONE)
    return wave if wave.state is WaveState.CLOSED else refusal(_OPEN)


def _form(store: GovernanceStore, actor: Actor, wave: Wave) -> ConclusionsForm:
    draft, last = store.conclusions_draft(wave.id), store.conclusions(wave.id)
    shown, results = draft or last, store.results(wave.id)
    people = store.panel_size(wave.id)
    return ConclusionsForm(
        wave_id=wave.id,
        title=wave.survey.title,
        people=people,
        second=second_person(store, actor.person_id, people),
        words=_typed(shown) if shown else {},
        draft=with_figures(draft, results) if draft else None,
        published=last,
        choices=tellable(results),
        figures=shown.figures if shown else (),
    )


def _unfit(words: Mapping[str, str]) -> dict[str, Unfit]:
    unfit: dict[str, Unfit] = {}
    if not words.get("heard", "").strip():
        unfit["heard"] = Unfit(why="Say what you heard.")
    for name in ("heard", "not_done"):
        if len(words.get(name, "")) > LONGEST:
            unfit[name] = Unfit(
                why="This is too long: at most {most} characters.", values={"most": LONGEST}
            )
    for place in range(1, MOST_STEPS + 1):
        what, by = (words.get(f"{part}_{place}", "").strip() for part in ("what", "by"))
        if max(len(what), len(by)) > LONGEST_STEP:
            values = {"most": LONGEST_STEP}
            unfit[f"what_{place}"] = Unfit(
                why="This is too long: at most {most} characters.", values=values
            )
        elif what and not by:
            unfit[f"by_{place}"] = Unfit(why="Say by when.")
        elif by and not what:
            unfit[f"what_{place}"] = Unfit(why="Say what will be done by then.")
    steps = any(words.get(f"what_{place}", "").strip() for place in range(1, MOST_STEPS + 1))
    if not steps and not words.get("not_done", "").strip() and not unfit:
        unfit["what_1"] = Unfit(
            why="Say one thing you will do, or explain below why there is none."
        )
    return unfit


def _written(wave: Wave, words: Mapping[str, str], language: str) -> Conclusions:
    def text(name: str) -> Text:
        return Text(default=words.get(name, "").strip(), language=language.partition("-")[0])

    return Conclusions(
        wave_id=wave.id,
        title=wave.survey.title,
        version=1,
        heard=text("heard"),
        steps=tuple(
            Step(what=text(f"what_{place}"), by=text(f"by_{place}"))
            for place in range(1, MOST_STEPS + 1)
            if words.get(f"what_{place}", "").strip()
        ),
        not_done=text("not_done") if words.get("not_done", "").strip() else None,
    )


def _typed(shown: Conclusions) -> dict[str, str]:
    typed = {"heard": shown.heard.default}
    for place, step in enumerate(shown.steps, start=1):
        typed |= {f"what_{place}": step.what.default, f"by_{place}": step.by.default}
    if shown.not_done is not None:
        typed["not_done"] = shown.not_done.default
    return typed


def _shown(store: GovernanceStore, command: PublishConclusions, _: datetime) -> Shown | None:
    """The draft, where it is the one that was looked at."""
    draft = store.conclusions_draft(command.wave_id)
    if draft is None or draft.version != command.version:
        return None
    steps = tuple(one for step in draft.steps for one in (step.what, step.by))
    return Shown(
        act=Act.HEARD,
        title=draft.title,
        words=(draft.heard, *steps, *((draft.not_done,) if draft.not_done else ())),
        path=f"{links.results('', command.wave_id)}/conclusions",
    )


DELIVERIES: Deliveries = (Delivery(kind=KIND, compose=lambda on: published(on.store, on.subject)),)

OPERATIONS: Operations = (
    Operation(
        command=ReadConclusions,
        run=lambda store, _, command, __: read(store, command),
        may=anybody,
        reads=True,
        button="heard",
    ),
    Operation(
        command=ShowConclusionsForm,
        run=lambda store, actor, command, _: show_form(store, actor, command),
        may=office,
        reads=True,
    ),
    Operation(command=WriteConclusions, run=write, may=office),
    Operation(command=PublishConclusions, run=publish, may=office, second=_shown),
)
