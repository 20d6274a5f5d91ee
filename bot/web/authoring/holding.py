"""A draft while its author has it open: read, changed in one part, and saved as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from bot.conversation import Reader
from bot.web.authoring import body
from bot.web.authoring.inputs import Data
from bot.web.authoring.parts import Look
from bot.web.visiting import Visit
from core.words import LANGUAGES, Words
from governance.authoring.commands import SaveDraft, ShowDraft
from governance.authoring.model import DraftState
from governance.views import DraftChanged, DraftView, EditLine


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A draft as it was saved last, and who reads it."""

    view: DraftView
    data: Data
    reader: Reader
    words: Words
    languages: tuple[str, ...]
    """The district's language first, then the others that the product speaks."""

    @property
    def id(self) -> UUID:
        return self.view.draft.id

    @property
    def version(self) -> int:
        return self.view.draft.version

    @property
    def editable(self) -> bool:
        return self.view.draft.state is DraftState.WRITTEN

    @property
    def at(self) -> str:
        return f"/drafts/{self.id}"

    @property
    def goals(self) -> list[tuple[str, str]]:
        """(key, title) of the goals that an answer can be tied to."""
        return [(key, self.words.text(title)) for key, title in self.view.goals]

    @property
    def last_edit(self) -> EditLine:
        return self.view.edits[0]


def languages_of(visit: Visit) -> tuple[str, ...]:
    first = visit.site.settings.locale.partition("-")[0]
    return (first, *(tag for tag in ("en", *LANGUAGES) if tag != first))


async def opened(visit: Visit, version: int | None = None, *, sizes: bool = False) -> Opened:
    command = ShowDraft(draft_id=visit.subject("draft"), version=version, sizes=sizes)
    reply = await visit.ask(command)
    return _opened(visit, reply.message, reply.reader)


def _opened(visit: Visit, message: object, reader: Reader) -> Opened:
    if not isinstance(message, DraftView):
        raise TypeError(f"a draft was expected: {type(message).__name__}")
    return Opened(
        view=message,
        data=body.parse(message.draft.body or "{}"),
        reader=reader,
        words=visit.words(reader),
        languages=languages_of(visit),
    )


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What came of saving a part. ``theirs``: somebody changed the same part meanwhile, and
    nothing was saved; ``held`` is then the draft as they left it."""

    held: Opened
    theirs: EditLine | None = None


async def save_part(
    visit: Visit, look: Look, change: Callable[[Data], None], *, after: int
) -> Saved:
    """Change one part of the newest version and save it. Where somebody has saved the draft
    since ``after``, what they did elsewhere stays; where it was this part, they go first."""
    newest = await opened(visit)
    if newest.version != after:
        seen = await opened(visit, after)
        if look(seen.data) != look(newest.data):
            return Saved(held=newest, theirs=newest.last_edit)
    data = body.parse(newest.view.draft.body)
    change(data)
    return await save(visit, newest, data)


async def save(visit: Visit, newest: Opened, data: Data) -> Saved:
    """Save a whole body after the version that it was made from."""
    written = body.dump(data)
    if written == newest.view.draft.body:
        return Saved(held=newest)
    command = SaveDraft(draft_id=newest.id, after=newest.version, body=written)
    reply = await visit.ask(command)
    match reply.message:
        case DraftChanged(theirs=theirs):
            held = _opened(visit, theirs, reply.reader)
            return Saved(held=held, theirs=held.last_edit)
        case message:
            return Saved(held=_opened(visit, message, reply.reader))
