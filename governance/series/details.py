"""The page of a survey that repeats: how it stands, its next dates, and its earlier ones."""

from __future__ import annotations

from core.cards import Bullets, Look, Part, Secrecy
from core.details import Detail, Section
from core.tiles import Moment, Stage, Tag, Tone
from core.words import Words
from governance import links
from governance.card_parts import lines
from governance.labels import Labels
from governance.series import wording as series_words
from governance.series.model import PastDate, SeriesState
from governance.series.views import SeriesView

_TONES = {
    SeriesState.RUNNING: Tone.GOOD,
    SeriesState.PAUSED: Tone.CAUTION,
    SeriesState.STOPPED: Tone.PLAIN,
}


def state_tag(words: Words, state: SeriesState) -> Tag:
    return Tag(text=Labels(words)(state), tone=_TONES[state])


def series_detail(words: Words, view: SeriesView) -> Detail:
    """What is done with it, such as pausing, is a form below it."""
    series, say = view.line.series, words.say
    said = [series_words.lasts(words, series.repeat)]
    if series.state is not SeriesState.STOPPED:
        said.append(series_words.off_days(words, series.repeat))
    audience = f"{Labels(words).audience(series.audience)}."
    sections = [Section(title=say("Next dates"), parts=_next(words, view))]
    if not view.past:
        none = lines((say("None yet."),), Look.QUIET)
        sections.append(Section(title=say("Earlier dates"), parts=none, beside=True))
    return Detail(
        title=words.text(series.survey.title),
        state=state_tag(words, series.state),
        facts=series_words.sentence(words, series.repeat),
        notes=(*lines((" ".join(said),)), *lines((audience,), Look.QUIET)),
        sections=tuple(sections),
        history=tuple(_moment(words, one) for one in view.past),
        history_title=say("Earlier dates"),
    )


def _next(words: Words, view: SeriesView) -> tuple[Part, ...]:
    state, say = view.line.series.state, words.say
    if state is SeriesState.STOPPED:
        return lines((say("It was stopped for good."),))
    paused = say("It is paused: these dates are skipped until you resume it.")
    coming = tuple(series_words.coming(words, view.line.dates))
    return (
        *lines((paused,) if state is SeriesState.PAUSED else ()),
        Bullets(lines=coming, secrecy=Secrecy.SIGNED_IN),
    )


def _moment(words: Words, one: PastDate) -> Moment:
    """What became of a date, with its results where it was launched."""
    if one.skipped is not None:
        return Moment(
            when=words.day(one.day),
            what=words.say("Skipped"),
            detail=series_words.why_skipped(words, one),
            stage=Stage.LATER,
        )
    path = links.results("", one.wave_id) if one.wave_id else ""
    return Moment(when=words.day(one.day), what=words.say("Launched: results"), path=path)
