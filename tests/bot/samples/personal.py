"""The care for personal data, as every platform draws it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from governance.messages import Message
from governance.redaction import forms
from governance.redaction.commands import RemoveStudentData
from governance.redaction.messages import (
    Kept,
    Piece,
    StudentDataRemoved,
    TakenOut,
    TakenOutForm,
)
from surveys.questions import Unfit
from tests.bot.samples.forms import form

_ITEM = UUID(int=9)
_REDACTED = "[name] (id [student id]) lost her iPad. The Wi-Fi drops every afternoon."


def personal(hostile: str, now: datetime) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    pieces = (
        Piece(text="Naomi Whitehorse", kind="PERSON", key="0-16-PERSON"),
        Piece(text=" (id "),
        Piece(text="4471029", kind="STUDENT_ID"),
        Piece(text=") lost her iPad. "),
        Piece(text="Lightspeed Relay", kind="PERSON", key="44-60-PERSON"),
        Piece(text=" drops every afternoon."),
    )
    waits = TakenOut(
        item_id=_ITEM,
        redacted=_REDACTED,
        received_at=now,
        kept=Kept.WAITING,
        delete_at=now + timedelta(days=7),
    )
    return {
        "taken_out": waits,
        "taken_out_corrected": TakenOut(
            item_id=_ITEM, redacted=hostile, received_at=now, kept=Kept.HELD, corrected=True
        ),
        "taken_out_gone": TakenOut(
            item_id=_ITEM, redacted=_REDACTED, received_at=now, kept=Kept.GONE
        ),
        "taken_out_form": TakenOutForm(item_id=_ITEM, pieces=pieces, kept=Kept.WAITING),
        "taken_out_form_again": TakenOutForm(
            item_id=_ITEM,
            pieces=(Piece(text=hostile, kind="HEALTH", key="0-9-HEALTH"), *pieces),
            kept=Kept.HELD,
            also="Bartholomew",
            put_back=("0-9-HEALTH",),
            unfit={
                "also": Unfit(
                    why="Not found in what you wrote: {words}. Write the words exactly as "
                    "they are there.",
                    values={"words": hostile},
                )
            },
        ),
        "taken_out_form_gone": TakenOutForm(
            item_id=_ITEM, pieces=(Piece(text=_REDACTED),), kept=Kept.GONE
        ),
        "student_data_form": form(
            RemoveStudentData(item_id=_ITEM), forms.student_data(_ITEM, _REDACTED)
        ),
        "student_data_form_again": form(
            RemoveStudentData(item_id=_ITEM, words="Bartholomew", whole=True),
            forms.student_data(_ITEM, hostile),
            unfit={
                "words": Unfit(
                    why="Write the words that are student data, or choose the whole text."
                )
            },
        ),
        "student_data_removed": StudentDataRemoved(
            item_id=_ITEM,
            queue_name="Network and Infrastructure",
            marked_by=hostile,
            at=now,
            kept=Kept.GONE,
        ),
        "student_data_kept": StudentDataRemoved(
            item_id=_ITEM, queue_name="triage", marked_by="", at=now, kept=Kept.HELD
        ),
    }
