"""What was taken out of somebody's words: shown to whoever wrote them, corrected, confirmed.

``taken_out``, ``correct_item`` and ``confirm_item`` ask nobody who they are: whoever calls them
knows that it is the author (their account, or their receipt).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from governance.access import author, refusal
from governance.deliveries import Deliveries, Delivery, about_item
from governance.feedback.model import Item, Reading, Span
from governance.messages import News, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.reading.personal_data import MARKED, PATTERNED, redact
from governance.redaction.commands import (
    LONGEST_MARKS,
    ConfirmTakenOut,
    CorrectTakenOut,
    ShowTakenOut,
)
from governance.redaction.marking import joined, marked, spans_of
from governance.redaction.messages import Piece, TakenOut, TakenOutForm
from governance.redaction.originals import kept, let_go
from governance.redaction.purging import redraw
from governance.refusals import NOT_HERE
from governance.typed import typed
from surveys.messages import Rejected
from surveys.questions import Unfit

_NOT_READ = "Your message has not been read yet. Please check again in a minute."


def show(store: GovernanceStore, command: ShowTakenOut, now: datetime) -> TakenOutForm | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    return taken_out_form(store, item, now) or refusal(_NOT_READ)


def correct(
    store: GovernanceStore, command: CorrectTakenOut, now: datetime
) -> TakenOut | Rejected | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    return correct_item(store, item, command, now)


def confirm(store: GovernanceStore, command: ConfirmTakenOut, now: datetime) -> TakenOut | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    return confirm_item(store, item, now) or refusal(_NOT_READ)


def taken_out(store: GovernanceStore, item: Item, now: datetime) -> TakenOut | None:
    """None: it was not read yet."""
    if item.reading is None:
        return None
    state, day = kept(store, item, now)
    return TakenOut(
        item_id=item.id,
        redacted=item.reading.redacted,
        received_at=item.received_at,
        kept=state,
        delete_at=day,
    )


def taken_out_form(store: GovernanceStore, item: Item, now: datetime) -> TakenOutForm | None:
    """None: it was not read yet."""
    if item.reading is None:
        return None
    text, spans, _ = _words(store, item, item.reading)
    state, _ = kept(store, item, now)
    return TakenOutForm(item_id=item.id, pieces=_pieces(text, spans), kept=state)


def correct_item(
    store: GovernanceStore, item: Item, command: CorrectTakenOut, now: datetime
) -> TakenOut | Rejected | Refused:
    """Take more out, and put back what was not personal. Everybody sees the corrected words from
    now on, also where the old ones stand in a channel."""
    reading = item.reading
    if reading is None:
        return refusal(_NOT_READ)
    words, too_long = typed(command.also, LONGEST_MARKS)
    if too_long:
        return Rejected(unfit={"also": too_long})
    text, spans, original = _words(store, item, reading)
    more, missing = spans_of(text, marked(words), MARKED)
    if missing:
        return Rejected(unfit={"also": _not_there(missing)})
    stay = [span for span in spans if not (_key(span) in command.put_back and _returns(span))]
    corrected = joined([*stay, *more])
    redacted = redact(text, corrected)
    if redacted != reading.redacted:
        # Places are in the original: without it there is nothing that they could be places of.
        spans = tuple(corrected) if original else ()
        item = replace(item, reading=replace(reading, redacted=redacted, spans=spans, aspects=()))
        store.update_item(item)
        store.audit(None, "what was taken out was corrected by its author", item.id, now)
        redraw(store, item, now)
    shown = taken_out(store, item, now)
    return replace(shown, corrected=True) if shown else refusal(_NOT_READ)


def confirm_item(store: GovernanceStore, item: Item, now: datetime) -> TakenOut | None:
    """It is fine: the original goes now, or as soon as it may."""
    if item.reading is None:
        return None
    care = store.care(item.id)
    if care.confirmed_at is None:
        store.put_care(item.id, replace(care, confirmed_at=now))
        let_go(store, item.id)
    return taken_out(store, item, now)


def _words(
    store: GovernanceStore, item: Item, reading: Reading
) -> tuple[str, tuple[Span, ...], bool]:
    """The original, what is taken out of it, and True; where it is gone, or where student data
    was found in it since, what is left of it."""
    original = store.original(item.id)
    if original is None or redact(original, reading.spans) != reading.redacted:
        return reading.redacted, (), False
    return original, reading.spans, True


def _pieces(text: str, spans: tuple[Span, ...]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for span in spans:
        pieces.append(Piece(text=text[at : span.start]))
        key = _key(span) if _returns(span) else ""
        pieces.append(Piece(text=text[span.start : span.end], kind=span.kind, key=key))
        at = span.end
    pieces.append(Piece(text=text[at:]))
    return tuple(piece for piece in pieces if piece.text)


def _key(span: Span) -> str:
    """Names a span where it stands: what changed meanwhile is named by nothing."""
    return f"{span.start}-{span.end}-{span.kind}"


def _returns(span: Span) -> bool:
    """Numbers and addresses stay out: nobody needs them to understand a message."""
    return span.kind not in PATTERNED


def _not_there(missing: list[str]) -> Unfit:
    return Unfit(
        why="Not found in what you wrote: {words}. Write the words exactly as they are there.",
        values={"words": ", ".join(missing)[:200]},
    )


DELIVERIES: Deliveries = (
    Delivery(
        kind=f"told-{News.TAKEN_OUT}",
        compose=about_item(lambda on, item: taken_out(on.store, item, on.now)),
        may_wait=True,
    ),
)

OPERATIONS: Operations = (
    Operation(
        command=ShowTakenOut,
        run=lambda store, _, command, now: show(store, command, now),
        may=author,
        reads=True,
        button="taken-out",
    ),
    Operation(
        command=CorrectTakenOut,
        keeps_drafts=False,
        form=lambda command: ShowTakenOut(item_id=command.item_id),
        run=lambda store, _, command, now: correct(store, command, now),
        may=author,
        button="correct",
        takes=("also", "put_back"),
    ),
    Operation(
        command=ConfirmTakenOut,
        run=lambda store, _, command, now: confirm(store, command, now),
        may=author,
        button="fine",
    ),
)
