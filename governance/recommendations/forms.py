"""What the forms to write a recommendation, and to decide about it, show beside their fields."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from core.forms import Label, Opening, Said
from core.words import Words
from governance import links, wording
from governance.recommendations.model import Recommendation
from governance.references.model import BoundKind

Choices = tuple[tuple[str, Label], ...]


def advice(
    found: Recommendation | None,
    *,
    queue: str,
    committee: str,
    items: Choices,
    goals: Choices,
    of_survey: bool = False,
) -> Opening:
    """``found``: the draft as it is kept; None: a new one. ``items``: messages on the committee's
    list. ``of_survey``: of what staff put first, which need be about nothing else."""
    values: dict[str, object] = {}
    if found is not None:
        kept: Mapping[BoundKind, tuple[str, ...]] = {
            kind: tuple(one.key for one in found.about if one.kind is kind) for kind in BoundKind
        }
        values = {
            "title": found.title,
            "advice": found.advice,
            "items": tuple(str(one) for one in found.items),
            "goals": kept[BoundKind.GOAL],
            "rule": next(iter(kept[BoundKind.RULE]), ""),
        }

    def named(words: Words) -> str:
        return wording.queue(words, committee)

    explained = Said(
        "The Chief Technology Officer accepts or declines it and says why. The committee and "
        "everyone whose words are behind it get the reason. If it is accepted, all staff can read "
        "it: leave names out."
    )
    needed = Said("Choose at least one message, goal or rule that it is about.")
    path = links.docket("", queue)
    return Opening(
        title=Said("Recommend something to the CTO"),
        above=(explained,) if of_survey else (explained, needed),
        values=values,
        choices={"items": items, "goals": goals},
        submit=Said("Save and preview"),
        shows=Said("Change it"),
        leave=path,
        up=(named, path),
    )


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
