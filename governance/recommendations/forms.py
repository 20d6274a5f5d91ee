"""What the form to decide about a recommendation shows beside its field."""

from __future__ import annotations

from uuid import UUID

from core.forms import Opening, Said
from governance import links


def deciding(recommendation: UUID, title: str, *, accept: bool) -> Opening:
    hint = (
        Said(
            "Say what happens next, and when. Everyone who contributed will see it, and all "
            "staff can read it."
        )
        if accept
        else Said("Everyone who contributed will see it. Leave names out.")
    )
    about = {"title": title}
    return Opening(
        title=Said("Accept “{title}”?", about) if accept else Said("Decline “{title}”?", about),
        hints={"reason": hint},
        submit=Said("Accept") if accept else Said("Decline"),
        shows=Said("Say why"),
        leave=links.advice("", recommendation),
    )
