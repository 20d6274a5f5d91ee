"""The bot's own words: all in the catalogue, all in Spanish, plain, and none in English left."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from babel.messages.catalog import Message as Entry

from bot import cataloguing
from bot.conversation import Reader
from bot.mail.draw import draw as draw_mail
from bot.mail.letter import letter
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_home, draw_message, draw_modal, is_form
from bot.teams.draw import draw as draw_card
from bot.web.draw import draw as draw_html
from core.words import Words, po_file
from governance import wording
from governance.delivery_reasons import DeliveryReason
from governance.feedback.model import COMMITTEE_RETIRED
from governance.messages import AnnouncementDrafted
from tests.bot.mail.test_golden import SETTINGS, TO
from tests.bot.slack import samples as slack
from tests.bot.slack.test_golden import strings
from tests.bot.teams import samples as teams
from tests.bot.web import examples
from tests.stand_ins.adaptive_cards import faults
from tests.stand_ins.slack_blocks import message_faults, view_faults

HOW = (
    "Run `make words`, then write the Spanish after each empty msgstr of "
    "core/locale/es/LC_MESSAGES/soundingboard.po (docs/voice.md says how). Mend these:\n"
)
SPANISH = Reader(locale="es", web_url="https://soundingboard.example.org")
ENGLISH = Reader(locale="en", web_url="https://soundingboard.example.org")


@cache
def spanish() -> list[Entry]:
    return [entry for entry in cataloguing.read(po_file("es"), "es") if entry.id]


@cache
def in_the_code() -> list[Entry]:
    """Every file is read for it: three seconds."""
    return list(cataloguing.catalogue())


def said(entry: Entry) -> tuple[str, ...]:
    return (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)


def translated_of(entry: Entry) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def listed(found: list[str]) -> str:
    return HOW + "\n".join(f"  {one}" for one in found)


# -- the catalogue ----------------------------------------------------------------------------


def test_every_sentence_of_the_code_is_in_the_catalogues_and_none_that_is_gone() -> None:
    in_code = {said(entry) for entry in in_the_code() if entry.id}
    template = {said(entry) for entry in cataloguing.read(cataloguing.POT) if entry.id}
    translated = {said(entry) for entry in spanish()}
    missing = [f"not in the catalogues: {one}" for one in in_code - (template & translated)]
    gone = [f"no longer in the code: {one}" for one in (template | translated) - in_code]
    assert not missing + gone, listed(missing + gone)


def test_every_sentence_is_in_spanish() -> None:
    empty = [str(entry.id) for entry in spanish() if not all(translated_of(entry))]
    unsure = [f"marked as fuzzy: {entry.id}" for entry in spanish() if entry.fuzzy]
    assert not empty + unsure, listed(empty + unsure)


def test_a_translation_has_the_places_and_the_ends_of_its_sentence() -> None:
    wrong = []
    for entry in spanish():
        for english, translated in zip(said(entry), translated_of(entry), strict=True):
            same = cataloguing.places(english) == cataloguing.places(translated)
            ends = [text[:1] == " " for text in (english, translated)] + [
                text[-1:] == " " for text in (english, translated)
            ]
            if not same or ends[0] != ends[1] or ends[2] != ends[3]:
                wrong.append(f"{english!r} / {translated!r}")
    assert not wrong, listed(wrong)


def test_constants_and_reasons_and_templates_are_found() -> None:
    """What Babel's own readers would not find, one of each kind."""
    found = {entry.id for entry in in_the_code()}
    assert "This announcement is not here anymore." in found  # a constant
    assert "Enter a whole number." in found  # Unfit(why=…)
    assert {reason.sentence for reason in DeliveryReason} <= found  # a class's constants
    assert (
        "{n} item is with the help desk",
        "{n} items are with the help desk",
    ) in found  # a template
    assert "Start the tour" in found  # either branch of a condition


def test_a_reason_of_the_ledger_is_translated_when_it_is_read() -> None:
    words = Words("es")
    assert wording.delivery_reason(words, DeliveryReason.MAIL_FULL) == "Su buzón está lleno."
    kept = DeliveryReason.TEAMS_FAULT.about(503)
    assert wording.delivery_reason(words, kept) == (
        "Teams tuvo una falla propia (503); es posible que haya llegado."
    )
    assert wording.delivery_reason(Words("en"), kept) == (
        "Teams had a fault of its own (503); it may have arrived."
    )
    old = "An earlier version of the service noted: What nobody foresaw {x}: no."
    for unknown in ("other:What nobody foresaw {x}: no.", "What nobody foresaw {x}: no."):
        assert wording.delivery_reason(Words("en"), unknown) == old
    assert len({reason.sentence for reason in DeliveryReason}) == len(DeliveryReason)


def test_a_move_of_ours_is_told_in_the_readers_language_and_a_persons_reason_as_it_is() -> None:
    words = Words("es")
    assert wording.reason(words, COMMITTEE_RETIRED) == words.say("This committee was retired.")
    assert wording.reason(words, "Their mailbox is full.") == "Their mailbox is full."


def test_spanish_of_the_united_states_has_its_dates_numbers_and_plurals() -> None:
    words = Words("es", "America/Chicago")
    assert words.number(12040) == "12,040"
    assert words.percent(0.62) == "62%"
    assert words.day(examples.NOW) == "miércoles 25 de noviembre"
    assert words.when(examples.NOW).replace("\u202f", " ").replace("\xa0", " ") == (
        "miércoles 25 de noviembre, 9:40 a.m."
    )
    open_until = words.say("Open until {when}.", when=words.when(examples.NOW))
    assert open_until.endswith("9:40 a.m.")
    assert words.count("{n} question", "{n} questions", 1) == "1 pregunta"
    assert words.count("{n} question", "{n} questions", 2) == "2 preguntas"
    assert Words("es-MX").say("Answer") == "Responder"
    assert Words("pt-BR").say("Answer") == "Answer"


def test_a_date_of_another_year_has_its_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.words.this_year", lambda zone: 2027)
    new_year = datetime(2027, 1, 1, 5, 30, tzinfo=UTC)
    assert Words("en", "America/New_York").day(new_year) == "Friday, January 1"
    chicago = Words("en", "America/Chicago")
    assert chicago.day(new_year) == "Thursday, December 31, 2026"
    assert chicago.when(new_year).replace("\u202f", " ") == (
        "Thursday, December 31, 2026 at 11:30 PM"
    )
    assert Words("es", "America/Chicago").day(new_year) == "jueves 31 de diciembre de 2026"


# -- voice ------------------------------------------------------------------------------------


WHERE_NOBODY_IS_KNOWN = {
    "governance/chat/wording.py",  # the answer to "Is this anonymous?"
    "governance/conversations/wording.py",
    "bot/web/anonymous/pages.py",
    "bot/web/templates/messages/feedback_form.html",
    "bot/web/templates/pages/anonymous.html",
    "governance/rules/wording.py",
    "governance/wording.py",
    "governance/access.py",
    "governance/refusals.py",
    "governance/feedback/handlers.py",
}
"""Files that speak of the way to speak that is anonymous, and of nothing else by that word."""


def test_the_bot_does_not_shout_and_calls_nothing_else_anonymous() -> None:
    for entry in spanish():
        for sentence in (*said(entry), *translated_of(entry)):
            assert not re.search("[!¡]", sentence), sentence
            if re.search("anonym|anónim", sentence, re.IGNORECASE):
                assert {file for file, _ in entry.locations} <= WHERE_NOBODY_IS_KNOWN, sentence


# -- nothing of the other language ------------------------------------------------------------


@cache
def all_drawings(reader: Reader) -> dict[str, tuple[Any, Any]]:
    return {name: (sample, drawn) for name, sample, drawn in drawings(reader)}


def drawings(reader: Reader) -> Iterator[tuple[str, Any, Any]]:
    """Everything that the three platforms and the mail say: a name, the sample, its drawing."""
    pen = pen_for(reader, slack.FRESH)
    for name, sample in slack.SAMPLES.items():
        yield f"slack {name}", sample, draw_message(sample, pen)
        yield f"slack home {name}", sample, draw_home(sample, pen)
        if is_form(sample, Words()) or isinstance(sample, AnnouncementDrafted):
            yield f"slack modal {name}", sample, draw_modal(sample, pen)
    for name, message in teams.MESSAGES.items():
        card = draw_card(message, reader)
        if card is not None:
            yield f"teams {name}", message, {"card": card.card, "summary": card.summary}
    words = Words(reader.locale, reader.timezone)
    for name, message in examples.MESSAGES.items():
        yield f"web {name}", message, str(draw_html(message, reader, csrf="token"))
        drawn = draw_mail(message, words, SETTINGS.web_url)
        mail = letter(drawn, SETTINGS, words, to=TO, message_id="<a@b>", now=examples.NOW)
        body = mail.get_body(("plain",))
        told = [str(mail["Subject"]), body.get_content() if body else ""]
        yield f"mail {name}", message, told


@cache
def english_patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    """Each English sentence, its longest part and how it looks filled in; single words say
    nothing."""
    found = []
    for entry in spanish():
        for english, translated in zip(said(entry), translated_of(entry), strict=True):
            bare = re.sub(r"\{\w*\}", "", english)
            if english != translated and len(re.findall("[a-z]{2,}", bare)) >= 2:
                parts = re.split(r"\{\w*\}", english.strip())
                looks = r"(?<!\w)" + ".{1,200}?".join(map(re.escape, parts))
                found.append((english, max(parts, key=len), re.compile(looks)))
    return found


def english_left(sample: Any, drawn: Any) -> list[str]:
    """Our English in a drawing; what the sample itself says (a survey's title) is not ours."""
    return list(_english(sample, drawn))


def has_english(sample: Any, drawn: Any) -> bool:
    return any(_english(sample, drawn))


_MARKED = re.compile(r'<div lang="en">.*?</div>', re.DOTALL)
"""What is shown in English on purpose: a preview of what readers of English get."""


def _english(sample: Any, drawn: Any) -> Iterator[str]:
    texts = [_MARKED.sub("", text) for text in strings(drawn)]
    plain = "\n".join(html.unescape(re.sub(r"<[^>]*>", "\n", text)) for text in texts)
    given = repr(sample)
    for sentence, longest, pattern in english_patterns():
        if longest in plain and pattern.search(plain) and not pattern.search(given):
            yield sentence


def test_no_message_for_a_reader_of_spanish_has_english_of_ours_in_it() -> None:
    drawn = all_drawings(SPANISH)
    left = {name: found for name, one in drawn.items() if (found := english_left(*one))}
    assert left == {}


def test_the_search_for_english_would_find_it() -> None:
    drawn = all_drawings(ENGLISH)
    found = [name for name, one in drawn.items() if has_english(*one)]
    assert len(found) > 0.9 * len(drawn)


def test_no_drawing_says_a_sentence_that_translators_never_saw(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = {sentence for entry in spanish() for sentence in said(entry)}
    unknown = set()
    say = Words.say

    def listening(words: Words, message: str, /, **values: object) -> str:
        if message not in known:
            unknown.add(message)
        return say(words, message, **values)

    monkeypatch.setattr(wording, "unfit", lambda words, why: say(words, why.why, **why.values))
    monkeypatch.setattr(wording, "reason", say)
    monkeypatch.setattr(Words, "say", listening)
    list(drawings(ENGLISH))
    assert not unknown


# -- length -----------------------------------------------------------------------------------


def test_slack_and_teams_take_every_message_in_spanish() -> None:
    pen = pen_for(SPANISH, slack.FRESH)
    for name, sample in slack.SAMPLES.items():
        assert message_faults(draw_message(sample, pen)) == [], name
        if is_form(sample, Words()):
            assert view_faults(draw_modal(sample, pen)) == [], name
    for name, message in teams.MESSAGES.items():
        card = draw_card(message, SPANISH)
        assert card is None or faults(card.card) == [], name


def test_nothing_is_cut_in_spanish_that_is_whole_in_english() -> None:
    cut = {}
    for name, (_, translated) in all_drawings(SPANISH).items():
        if name.startswith("slack"):
            _, english = all_drawings(ENGLISH)[name]
            ends = [[t for t in strings(d) if t.endswith("…")] for d in (english, translated)]
            if len(ends[1]) > len(ends[0]):
                cut[name] = ends[1]
    assert cut == {}
