"""What can be asked of Sounding Board."""

from __future__ import annotations


class Command:
    """Base of all that can be asked, by people, the clock and the operator: frozen dataclasses with
    imperative names and ids, and no words of the service. Each is declared once, as an
    ``Operation``."""

    __slots__ = ()
