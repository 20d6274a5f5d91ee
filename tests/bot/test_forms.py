"""What a command declares of its form is what each platform asks, takes and checks; of every
command that has one, off the registry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, get_origin
from uuid import UUID

import pytest

from bot.cards import card_of
from bot.conversation import Reader
from bot.registry import OPERATIONS, decode, encode, fill, operation_of
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_modal
from bot.slack.forms import field_of
from bot.teams.cards import FIELD, MANY
from bot.teams.draw import draw as draw_teams
from bot.web.draw import draw as draw_web
from core.commands import Command
from core.forms import Asked, Opening, Said, asked_of, form_field
from core.people import Audience
from core.tokens import type_of
from core.words import Words
from governance.access import anybody
from governance.announcements.asked import MISSING
from governance.announcements.campaign_commands import EditAnnouncement
from governance.filling import PUT_BACK
from governance.forms.checking import checked
from governance.forms.commands import Open
from governance.forms.messages import FormView, again, opened
from governance.home.handlers import show_help
from governance.operations import Operation
from governance.redaction.put_back import Doubt, Found
from tests.bot.slack.samples import FRESH
from tests.bot.web.reading import offered
from tests.governance.test_access import EVERYTHING

READER = Reader(web_url="https://soundingboard.example.org")
PEN = pen_for(READER, FRESH)

COMMANDS = list({type(one): one for one in EVERYTHING if OPERATIONS[type(one)].opens}.values())
"""One of each command that has a form."""

LOOKED_THROUGH = [one for one in COMMANDS if hasattr(one, PUT_BACK)]
"""Those whose words are looked through for personal data."""

SHOW_FORMS = 8
"""Commands that only show a form, as there were before ``Open``. No new one is added: a form is
declared on its command."""

FORMS_OF_OTHERS = 22
"""Commands that show the form of another one, whatever they are called: some show more than it. No
new one is added either."""

OF_EVERY_AUDIENCE = {"levels", "roles"}
"""Inputs of an audience where no building, committee or list is offered."""


def named(command: Command) -> str:
    return type(command).__name__


def opening(command: Command, **more: Any) -> Opening:
    """As an operation could give it: with two choices where it lists them."""
    some = (("first", "The first"), ("second", Said("Choose")))
    listed = {
        one.name: tuple((str(each), "It") for each in kind) if _is_choice(kind) else some
        for one in asked_of(type(command))
        if one.listed
        for kind, _ in (type_of(type(command), one.name),)
    }
    return Opening(
        title=Said("Sounding Board"),
        submit=Said("Save"),
        leave="/",
        choices=listed,
        **more,
    )


def inputs(one: Asked, command: Command) -> set[str]:
    """The keys of the inputs of a field."""
    kind, _ = type_of(type(command), one.name)
    if kind is datetime:
        return {f"{one.name}_date", f"{one.name}_time"}
    if kind is Audience:
        return set(OF_EVERY_AUDIENCE)
    return {one.name, f"{one.name}.es"} if one.translated else {one.name}


def in_slack(form: FormView) -> Iterator[str]:
    for block in draw_modal(form, PEN)["blocks"]:
        if block["type"] == "input":
            place = field_of(block["block_id"])
            assert place is not None
            yield place[0].partition(".seen")[0]


def in_teams(form: FormView) -> Iterator[str]:
    drawn = draw_teams(form, READER, window=True)
    assert drawn is not None
    for element in drawn.card["body"]:
        if element["type"].startswith("Input."):
            yield element["id"].removeprefix(FIELD).removeprefix(MANY)


def on_the_web(form: FormView) -> Iterator[str]:
    found = offered(str(draw_web(form, READER)))
    yield from found.form(f"/do/{encode(form.of)}").inputs


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_a_form_asks_for_what_is_declared_and_nothing_else(command: Command) -> None:
    form = opened(command, opening(command))
    asked = asked_of(type(command))
    keys = {key for one in asked for key in inputs(one, command)}
    files = {f"{one.name}_file" for one in asked if one.uploads}
    assert set(on_the_web(form)) == keys | files
    assert set(in_teams(form)) <= keys
    either = {key for one in asked if one.either for key in inputs(one, command)}
    texts = {key for key in keys if "." not in key} | either
    assert texts <= set(in_teams(form))
    assert set(in_slack(form)) == {key.removesuffix("_date").removesuffix("_time") for key in texts}
    assert type(form.of)(**_ids(form.of)) == form.of, "what was typed is in no token"


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_its_words_are_those_of_the_command(command: Command) -> None:
    """And so is what a doubt about personal data adds: one input, where the command takes it."""
    form = opened(command, opening(command))
    doubt = Doubt(found=(Found(key="0123456789ab", words="Naomi Whitehorse", kind="name"),))
    takes = any(one.name == PUT_BACK for one in fields(command))  # type: ignore[arg-type]
    if takes:
        form = replace(form, doubt=doubt)
    shown = card_of(form, Words()).form
    assert shown is not None
    labels = {one.key: one.label for one in shown.fields}
    asked = [one for one in asked_of(type(command)) if not _is_audience(one, command)]
    own = [f"English: {one.label}" if one.either else one.label for one in asked]
    assert [labels.pop(one.name) for one in asked] == own
    of_audience = OF_EVERY_AUDIENCE if len(asked) < len(asked_of(type(command))) else set()
    for one in asked:
        if one.either:
            assert labels.pop(f"{one.name}.es") == f"Spanish: {one.label}"
    assert len(labels) == len(of_audience) + takes
    assert of_audience <= set(labels)
    assert shown.submit.command == form.of
    assert shown.opens.command == Open(of=form.of)


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_what_is_handed_in_is_taken_and_shown_again(command: Command) -> None:
    typed: dict[str, str | tuple[str, ...]] = {}
    for one in asked_of(type(command)):
        typed |= _typed(one, command)
    filled = fill(command, typed, timezone="America/Chicago")
    empty = fill(command, {})
    for one in asked_of(type(command)):
        assert getattr(filled, one.name) != getattr(empty, one.name), one.name
    form = again(filled, opening(command))
    assert form.values == {one.name: getattr(filled, one.name) for one in asked_of(type(command))}
    _, unfit = checked(filled, opening(command))
    assert unfit == {}


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_what_is_missing_or_too_long_is_said_at_its_field(command: Command) -> None:
    asked = asked_of(type(command))
    blank: Any = opened(command, opening(command)).of
    _, unfit = checked(blank, opening(command))
    empty = {one.name for one in asked if not getattr(blank, one.name)}
    assert {key: one.why for key, one in unfit.items()} == {
        one.name: one.missing for one in asked if one.missing and one.name in empty
    }
    texts = [one.name for one in asked if _is_text(one, command)]
    _, unfit = checked(replace(blank, **dict.fromkeys(texts, "x" * 200_001)), opening(command))
    assert all("characters long" in unfit[name].why for name in texts)
    choices = [
        one.name for one in asked if one.listed and type_of(type(command), one.name)[0] is str
    ]
    _, unfit = checked(replace(blank, **dict.fromkeys(choices, "nowhere")), opening(command))
    assert set(choices) <= set(unfit), "only what is in the list"


@pytest.mark.parametrize("command", LOOKED_THROUGH, ids=named)
def test_each_platform_hands_in_what_its_author_was_shown_before(command: Command) -> None:
    """Else what was put back is asked about again, and again."""
    doubt = Doubt(found=(Found(key="k", words="Harper Wing", kind="NAME"),))
    form = replace(opened(command, opening(command)), doubt=doubt)
    drawn = draw_teams(form, READER, window=True)
    assert drawn is not None
    for page in (str(draw_web(form, READER)), str(draw_modal(form, PEN)), str(drawn.card)):
        assert doubt.seen in page


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_a_button_that_opens_a_form_is_the_command_behind_it(command: Command) -> None:
    bare = decode(encode(opened(command, opening(command)).of))
    assert bare is not None
    token = encode(Open(of=command))
    assert token.partition("|")[0] == OPERATIONS[type(command)].form_button
    assert decode(token) == Open(of=bare)
    opens, of = operation_of(Open(of=command)), OPERATIONS[type(command)]
    assert (opens.reads, opens.shows) == (not of.notes, bool(of.notes)), "it changes nothing"
    assert (opens.by, opens.in_channel) == (of.by, of.in_channel)


def test_a_translation_that_is_apart_is_asked_for_in_chat_as_well() -> None:
    """What was sent is put right for all who read it, and an emptied one is still there."""
    edits = EditAnnouncement(announcement_id=UUID(int=1), title={"": "Rooms", "es": ""})
    for apart in (True, False):
        form = opened(edits, opening(edits, apart=apart))
        for asked in (set(in_slack(form)), set(in_teams(form))):
            assert ("title.es" in asked) is apart
            assert "what.es" not in asked
        assert "title.es" in set(on_the_web(form))


def test_what_may_stay_empty_here_is_not_missing() -> None:
    edits = EditAnnouncement(announcement_id=UUID(int=1), what={"": "", "es": "Salones"})
    _, unfit = checked(edits, opening(edits, optional=frozenset({"title"})))
    assert "title" not in unfit
    assert "only in another language" in unfit["what"].why
    assert unfit["why"].why == MISSING


def test_no_command_is_added_that_only_shows_a_form() -> None:
    shows = [kind for kind in OPERATIONS if re.fullmatch(r"Show\w*Form", kind.__name__)]
    assert len(shows) <= SHOW_FORMS
    assert not any(OPERATIONS[kind].opens for kind in shows)


def test_no_command_is_added_that_shows_the_form_of_another() -> None:
    """By what a form leads back to, where what was handed in does not fit."""
    forms = [(one, OPERATIONS[type(one)].form) for one in EVERYTHING]
    shown = {type(form(one)) for one, form in forms if form} - {Open}
    assert len(shown) <= FORMS_OF_OTHERS, sorted(kind.__name__ for kind in shown)


def test_fields_and_what_opens_their_form_are_declared_together() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Sign(Command):
        name: str = form_field("Name")

    def declared(**more: Any) -> Operation[Any]:
        return Operation(command=Sign, run=show_help, may=anybody, **more)  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="Sign"):
        declared()
    whole = declared(button="sign", opens=lambda *_: opening(Sign()))
    assert (whole.takes, whole.form_button) == (("name",), "sign-form")
    assert whole.form is not None
    assert whole.form(Sign(name="Ann")) == Open(of=Sign(name="Ann"))
    assert "Ann" not in repr(Sign(name="Ann")), "what was typed is in no log"


def _ids(command: Any) -> Mapping[str, object]:
    asked = {one.name for one in asked_of(type(command))}
    return {
        one.name: getattr(command, one.name) for one in fields(command) if one.name not in asked
    }


def _is_audience(one: Asked, command: Command) -> bool:
    return type_of(type(command), one.name)[0] is Audience


def _is_choice(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def _several(one: Asked, command: Command) -> bool:
    return get_origin(type_of(type(command), one.name)[0]) is tuple


def _is_text(one: Asked, command: Command) -> bool:
    kind, _ = type_of(type(command), one.name)
    return kind is str and not (one.listed or one.choices)


def _typed(one: Asked, command: Command) -> dict[str, str | tuple[str, ...]]:
    kind, _ = type_of(type(command), one.name)
    if one.translated:
        return {one.name: "Rooms", f"{one.name}.es": "Salones"}
    if kind is Audience:
        return {"levels": ("high",)}
    if kind is bool:
        return {one.name: ("yes",)}
    if kind is datetime:
        return {f"{one.name}_date": "2026-12-08", f"{one.name}_time": "10:00"}
    if kind is date:
        return {one.name: "2026-12-08"}
    if one.listed and _is_choice(kind):
        return {one.name: str(list(kind)[-1])}
    if one.listed:
        return {one.name: ("second",) if _several(one, command) else "second"}
    if one.choices:
        usual = getattr(opened(command, opening(command)).of, one.name)
        other = next(str(key) for key in reversed(list(one.choices)) if key != usual)
        return {one.name: (other,) if _several(one, command) else other}
    return {one.name: "7"}
