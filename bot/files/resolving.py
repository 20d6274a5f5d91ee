"""Names that one file mentions and another defines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from bot.files.problems import did_you_mean, one_of
from bot.files.yaml_source import Source

WHERE = {
    "person": "the roster",
    "building": "the district's buildings",
    "committee": "committees.yaml",
    "goal": "the goals in plan.yaml that are not retired",
}


def resolve(sources: Iterable[Source], known: Mapping[str, Collection[str]]) -> None:
    """Notes each mention that nothing defines. Kinds that ``known`` leaves out pass."""
    defined = {kind: frozenset(names) for kind, names in known.items()}
    for source in sources:
        for mention in source.mentions:
            if source.full:
                break
            if mention.kind not in defined or mention.name in defined[mention.kind]:
                continue
            message = f'"{mention.name}" ({mention.what}) is not in {WHERE[mention.kind]}.'
            fix = _fix(mention.kind, mention.name, defined[mention.kind])
            source.at(mention.line, message, fix, mention.column)


def _fix(kind: str, name: str, names: Collection[str]) -> str:
    if kind != "person":
        return one_of(name, sorted(names))
    # Addresses of one district end alike, so only near-twins are worth a guess.
    meant = did_you_mean(name, sorted(names), likeness=0.92)
    other = f'Did you mean "{meant}"?' if meant else ""
    return other or "Correct the address, or add the person to the roster."
