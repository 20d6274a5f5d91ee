"""What is noted of somebody's account: the language they read, and where they are reached."""

from __future__ import annotations

from datetime import datetime

from core.words import LANGUAGES
from governance.access import CLOCK_TOO, Actor, anybody
from governance.chat.introducing import introduce
from governance.home.commands import NoteAddress
from governance.messages import Done
from governance.operations import Operation, Operations
from governance.people.reading_language import ChooseLanguage
from governance.ports import GovernanceStore
from surveys.messages import Rejected
from surveys.questions import Unfit


def choose_language(
    store: GovernanceStore, actor: Actor, command: ChooseLanguage
) -> Done | Rejected:
    """One that we speak: in another, everything would be English without a word of warning."""
    if command.locale not in ("en", *LANGUAGES):
        why = "That is not one of the choices. Please choose again."
        return Rejected(unfit={"locale": Unfit(why=why)})
    if actor.person is not None:
        store.choose_language(actor.person.id, command.locale)
    return Done()


def note_address(store: GovernanceStore, actor: Actor, command: NoteAddress, now: datetime) -> Done:
    """A platform says where somebody is reached: who speaks, or (from the clock) a directory."""
    person = actor.person
    if person is None and command.email:
        person = store.person_by_email(command.email)
    if person is not None:
        store.note_address(
            person,
            platform=command.platform,
            workspace=command.workspace,
            user=command.user,
            conversation=command.conversation,
            service_url=command.service_url,
            reachable=command.reachable,
        )
        if command.opened and command.reachable:
            introduce(store, person, command.platform, now)
    return Done()


OPERATIONS: Operations = (
    Operation(
        command=ChooseLanguage,
        run=lambda store, actor, command, _: choose_language(store, actor, command),
        may=anybody,
    ),
    Operation(command=NoteAddress, run=note_address, may=anybody, by=CLOCK_TOO),
)
