"""Where a message stands that answers a button or a form, whatever platform it is on."""

from __future__ import annotations

from uuid import UUID


class InPlace:
    """Base of what takes the place of the message whose button was pressed."""

    __slots__ = ()


class Settles(InPlace):
    """Base of what also takes the place of the message that a form was opened from; the form's
    window closes."""

    __slots__ = ()


class Concludes:
    """Base of what is said in a form's window and also takes the place of the message that the
    window was opened from, which is about ``opened_for``."""

    __slots__ = ()

    @property
    def opened_for(self) -> UUID:
        raise NotImplementedError


class Asks:
    """Base of what asks its reader for something. ``waiting``: it is not done yet."""

    __slots__ = ()

    @property
    def waiting(self) -> bool:
        return True
