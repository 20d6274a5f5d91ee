"""The page of a survey's asking: how far it is, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterator

from core.cards import Look, Page
from core.details import Detail, Live, Section
from core.tiles import Tile
from core.words import Words
from governance import links
from governance.announcements.campaign_cards import asking_presses
from governance.card_parts import lines
from governance.messages import WaveProgress
from governance.waves import asking_wording
from governance.waves.lists import state_tag, who_is_asked
from surveys.survey import Wave, WaveState


def asking_detail(words: Words, message: WaveProgress) -> Detail:
    """Counts, and never person by person."""
    say, wave, tally = words.say, message.wave, message.tally
    said = asking_wording.sentence(words, message)
    told = [
        "" if tally else said,
        say("Its answers are under a records hold and are kept.") if wave.hold else "",
        *asking_wording.of_numbers(words, message),
    ]
    reminders = asking_wording.of_reminders(words, message)
    skipped = (
        [say("People who have reached the survey limit are skipped.")]
        if wave.despite_limit is None
        else []
    )
    nobody = say("No page shows by name who got it, who answered and who declined.")
    counted = f" · {said}" if tally else ""
    return Detail(
        title=words.text(wave.survey.title),
        state=state_tag(words, wave),
        facts=f"{who_is_asked(words, wave)}. {_stands(words, wave)}{counted}",
        actions=asking_presses(words, message),
        pages=_pages(words, wave),
        notes=(*lines([one for one in told if one]), *lines([*skipped, nobody], Look.QUIET)),
        tiles=tuple(_tiles(words, message)),
        sections=(Section(title=say("Reminders"), parts=lines(reminders)),) if reminders else (),
        live=Live(
            path=f"{links.asking('', wave.id)}/numbers",
            says=said,
            moving=tally is not None and tally.moving,
        ),
    )


def _stands(words: Words, wave: Wave) -> str:
    if wave.state is WaveState.PLANNED:
        return words.say("Opens {when}.", when=words.when(wave.opens_at))
    if wave.state is WaveState.CLOSED:
        return words.say("Closed {when}.", when=words.when(wave.closes_at))
    return words.say("Open until {when}.", when=words.when(wave.closes_at))


def _pages(words: Words, wave: Wave) -> tuple[Page, ...]:
    """Where else it is looked at, and ended."""
    say = words.say
    pages = [Page(label=say("Results"), path=links.results("", wave.id))]
    if wave.state is WaveState.OPEN:
        pages.append(Page(label=say("Extend it"), path=f"/desk/extend/{wave.id}"))
        pages.append(Page(label=say("Close it now"), path=f"/desk/close/{wave.id}"))
    if wave.hold:
        pages.append(Page(label=say("Lift the records hold"), path=links.lift_hold("", wave.id)))
    return tuple(pages)


def _tiles(words: Words, message: WaveProgress) -> Iterator[Tile]:
    """What was sent of all invitations, and each other count."""
    tally, sent = message.tally, words.say("Sent")
    if tally is None:
        return
    yield Tile(
        label=sent,
        figure=words.number(tally.sent),
        of=words.say("of {n}", n=words.number(tally.people)),
        share=tally.sent / tally.people if tally.people else 0.0,
    )
    for label, people in asking_wording.counts(words, message):
        if label != sent:
            yield Tile(label=label, figure=words.number(people))
