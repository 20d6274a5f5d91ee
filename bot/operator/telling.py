"""What the operator is told: a command's answer in plain lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.app.core import Core
from bot.files.problems import Problem
from core.commands import Command
from core.people import Held
from core.words import Words
from governance import wording
from governance.access import Source
from governance.announcements import campaign_wording as campaign_words
from governance.announcements.urgent_wording import guard_lines
from governance.forms.messages import FormView
from governance.lists import wording as list_words
from governance.lists.messages import ListsView, ListView
from governance.lists.model import NamedList
from governance.messages import (
    AnnouncementDrafted,
    AnnouncementScheduled,
    Progress,
    Refused,
    WaveProgress,
)
from governance.second_person.messages import SecondAsked
from governance.series import wording as repeat_words
from governance.series.model import SeriesDate
from governance.series.views import SeriesChecked, SeriesStarted
from governance.waves import asking_wording as asking_words
from governance.waves import reach_wording as reach_words
from surveys.messages import LaunchChecked, PanelReach, Rejected, WaveLaunched


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an operation says, line by line, and whether it did what was asked."""

    lines: tuple[str, ...]
    ok: bool = True


Arguments = Mapping[str, Any]


def problems_told(problems: Sequence[Problem]) -> Told:
    """What is wrong in files, and that nothing followed from it."""
    lines = [str(problem) for problem in problems]
    return Told(lines=(*lines, f"{len(lines)} to fix; nothing was changed."), ok=False)


async def by_operator(core: Core, command: Command) -> Told:
    """Give a command as the operator, and say its answer in plain lines."""
    reply = await core.dispatch.by_itself(command, Source.OPERATOR)
    words = Words(reply.reader.locale, reply.reader.timezone)
    match reply.message:
        case Rejected(unfit=unfit) | FormView(unfit=unfit):
            return Told(
                lines=tuple(f"{k}: {wording.unfit(words, why)}" for k, why in unfit.items()),
                ok=False,
            )
        case Refused(why=why):
            return Told(lines=(wording.unfit(words, why),), ok=False)
        case WaveLaunched() as wave:
            return Told(
                lines=(
                    f"{words.text(wave.title)}: asks {wave.people} people, "
                    f"opens {words.when(wave.opens_at)}, closes {words.when(wave.closes_at)}.",
                    *_reach(words, wave.reach),
                    *_held(words, wave.held),
                    f"Wave {wave.wave_id}",
                )
            )
        case LaunchChecked(reach=reach, held=held, unfit=unfit):
            found = (*reach_words.lines(words, reach), *_held(words, held))
            wrong = tuple(f"{key}: {wording.unfit(words, why)}" for key, why in unfit.items())
            return Told(lines=(*found, *wrong), ok=not wrong)
        case SeriesChecked() | SeriesStarted() as series:
            return _series(words, series)
        case AnnouncementDrafted(announcement=draft, reach=reach, guard=guard):
            lasts = words.duration(reach.seconds)
            title = words.text(draft.change.title)
            said = f"{title}: reaches {reach.people} people, takes {lasts}."
            return Told(lines=(said, *_held(words, reach.held), *guard_lines(words, guard)))
        case Progress() as found:
            return Told(lines=campaign_words.lines(words, found))
        case WaveProgress() as asking:
            return Told(lines=asking_words.lines(words, asking))
        case ListsView(lists=found):
            return Told(lines=tuple(_list(words, one) for one in found) or ("No lists yet.",))
        case ListView(found=one, uses=uses, imported=imported):
            done = list_words.imported(words, imported) if imported else ()
            used = (words.say("Used by: {uses}", uses=", ".join(uses)),) if uses else ()
            return Told(lines=(*done, _list(words, one), *used))
        case AnnouncementScheduled() as sent:
            when = words.when(sent.at) if sent.at else "now"
            said = f"Goes to {sent.people} people {when}."
            return Told(lines=(said, *_held(words, sent.held)))
        case SecondAsked() as asked:
            who = words.any_of(asked.approvers) if asked.approvers else "nobody yet"
            return Told(
                lines=(
                    f"It reaches {asked.reaching.people:,} people, so a second person has to "
                    f"approve it first: {who}.",
                    f"Nothing is sent before that. Without a decision it lapses on "
                    f"{words.when(asked.lapses_at)}.",
                )
            )
        case _:
            return Told(lines=("Done.",))


def _list(words: Words, one: NamedList) -> str:
    said = (one.key, one.name, list_words.people(words, one), list_words.source(words, one))
    return " · ".join((*said, list_words.state(words, one)))


def _series(words: Words, said: SeriesChecked | SeriesStarted) -> Told:
    found = (
        *_coming(words, said.dates),
        *reach_words.lines(words, said.reach),
        *repeat_words.over_a_year(words, said.over_a_year),
    )
    if isinstance(said, SeriesStarted):
        return Told(lines=(*found, f"Series {said.series_id}"))
    wrong = tuple(f"{key}: {wording.unfit(words, why)}" for key, why in said.unfit.items())
    return Told(lines=(*found, *_held(words, said.held), *wrong), ok=not wrong)


def _coming(words: Words, dates: Sequence[SeriesDate]) -> tuple[str, ...]:
    """The dates of a series, with those that are left out."""
    return (f"Next: {'; '.join(repeat_words.coming(words, dates))}.",) if dates else ()


def _held(words: Words, held: Held | None) -> tuple[str, ...]:
    return (wording.held(words, held),) if held else ()


def _reach(words: Words, reach: PanelReach | None) -> tuple[str, ...]:
    """How the people were chosen and who is skipped; nothing where all of them are asked."""
    return tuple(reach_words.beside(words, reach)) if reach else ()
